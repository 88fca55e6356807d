//! `masthead export`.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::import::ghost::pack;
use anyhow::{Context, anyhow};
use clap::{Args, Subcommand};
use serde_json::json;

use super::{Outcome, open, progress};
use crate::App;
use crate::actions::move_out::{Account, move_out};
use crate::actions::rebuild;
use crate::config::Place;

/// Hand the magazine out.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// As Ghost's own export: a JSON file, or a ZIP archive with it and every picture and file
    Ghost(Ghost),
    /// As a static site: the public site as files that any web server serves
    Static(super::export_static::Static),
}

/// `masthead export ghost`.
#[derive(Args, Debug)]
pub struct Ghost {
    /// The file to write, ending in .json or .zip; an older one of that name is replaced when the new one is whole
    #[arg(value_parser = file)]
    file: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// Where pictures, recordings and files lie in the data folder, by Ghost's names.
const KINDS: [&str; 3] = ["images", "media", "files"];
/// Sized copies of pictures, which are made anew wherever they are asked for.
const COPIES: &str = "images/size";

fn file(text: &str) -> Result<PathBuf, String> {
    let is_known = [".json", ".zip"].iter().any(|end| text.to_ascii_lowercase().ends_with(end));
    is_known.then(|| text.into()).ok_or_else(|| "write a name that ends in .json or .zip".into())
}

impl Export {
    /// Does it.
    pub async fn run(self) -> Outcome {
        match self {
            Export::Ghost(ghost) => ghost.run().await,
            Export::Static(site) => site.run().await,
        }
    }
}

impl Ghost {
    async fn run(self) -> Outcome {
        let app = open::existing(&self.place).await?;
        let new = beside(&self.file, "new");
        let export = beside(&self.file, "json");
        let is_archive = self.file.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"));
        let written = async {
            let account = self.write(&app, if is_archive { &export } else { &new }).await?;
            let files = if is_archive { self.pack(&new, &export).await? } else { 0 };
            fs::rename(&new, &self.file)?;
            Ok::<_, anyhow::Error>((account, files))
        };
        let written = written.await;
        for left in [&new, &export] {
            let _ = fs::remove_file(left); // of a run that failed, or the export that is in the archive now
        }
        let (account, files) = written.with_context(|| format!("{} was not written", self.file.display()))?;
        if self.json {
            say!("{}", json!({ "articles": account.articles, "pages": account.pages, "files": files }));
        } else {
            let with = if is_archive { format!(" and {files} pictures and files") } else { String::new() };
            say!("{} holds {} articles, {} pages{with}.", self.file.display(), account.articles, account.pages);
        }
        Ok(())
    }

    async fn write(&self, app: &Arc<App>, to: &Path) -> Result<Account, anyhow::Error> {
        let out = BufWriter::new(File::create(to)?);
        let bar = progress::bar(rebuild::articles(app).await?, "Writing articles");
        let (out, account) = move_out(app, out, |done| bar.set_position(done)).await?;
        bar.finish_and_clear();
        out.into_inner().map_err(|why| anyhow!("{}", why.error()))?.sync_all()?;
        Ok(account)
    }

    async fn pack(&self, to: &Path, export: &Path) -> Result<u64, anyhow::Error> {
        let media = self.place.data.join("media");
        let (to, export) = (to.to_owned(), export.to_owned());
        let packed = tokio::task::spawn_blocking(move || {
            let mut files = Vec::new();
            for kind in KINDS {
                collect(&media, kind, &mut files)?;
            }
            files.sort();
            let bar = progress::bar(files.len() as u64, "Pictures and files");
            let count = files.len() as u64;
            pack(&to, &export, files.into_iter().map(|name| (name.clone(), media.join(name))), || bar.inc(1))?;
            bar.finish_and_clear();
            Ok::<_, anyhow::Error>(count)
        });
        packed.await?
    }
}

/// The names of all files below a folder of the media.
fn collect(media: &Path, below: &str, files: &mut Vec<String>) -> Result<(), anyhow::Error> {
    let Ok(entries) = fs::read_dir(media.join(below)) else { return Ok(()) };
    for entry in entries {
        let entry = entry?;
        let name = format!("{below}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() && name != COPIES {
            collect(media, &name, files)?;
        } else if entry.file_type()?.is_file() && store::media::is_name(&name) {
            files.push(name);
        }
    }
    Ok(())
}

/// A name beside the file, for what is not whole yet.
fn beside(file: &Path, end: &str) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!(".{name}.{end}"))
}
