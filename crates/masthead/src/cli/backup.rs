//! `masthead backup` and `masthead restore`.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use super::{Outcome, progress};
use crate::config::Place;

/// `masthead backup`.
#[derive(Args, Debug)]
pub struct Backup {
    /// The file to write; an older one of that name is replaced when the new one is whole
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

/// `masthead restore`.
#[derive(Args, Debug)]
pub struct Restore {
    /// A file that `masthead backup` wrote
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl Backup {
    /// Does it.
    pub async fn run(self) -> Outcome {
        refuse_server(&self.place)?;
        let (data, file) = (self.place.data.clone(), self.file.clone());
        let spinner = progress::spinner("Backing up");
        let manifest = tokio::task::spawn_blocking(move || store::backup::make(&data, &file)).await??;
        spinner.finish_and_clear();
        let size = std::fs::metadata(&self.file).map(|facts| facts.len()).unwrap_or(0);
        say!(
            "{} holds {} files of {} ({size} bytes).",
            self.file.display(),
            manifest.files.len(),
            self.place.data.display()
        );
        Ok(())
    }
}

impl Restore {
    /// Does it.
    pub async fn run(self) -> Outcome {
        refuse_server(&self.place)?;
        let (data, file) = (self.place.data.clone(), self.file.clone());
        let spinner = progress::spinner("Restoring");
        let manifest = tokio::task::spawn_blocking(move || store::backup::restore(&file, &data))
            .await?
            .with_context(|| format!("nothing was restored from {}", self.file.display()))?;
        spinner.finish_and_clear();
        say!("{} is as it was: {} files, each checked.", self.place.data.display(), manifest.files.len());
        Ok(())
    }
}

/// A database server is backed up by its own tools, which know how to do it while it runs.
fn refuse_server(place: &Place) -> Outcome {
    if place.database != "sqlite" {
        bail!(
            "this magazine is in PostgreSQL: back that up with pg_dump, and the folders media and themes of {} with it",
            place.data.display()
        );
    }
    Ok(())
}
