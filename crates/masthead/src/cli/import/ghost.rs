//! `masthead import ghost`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::import::ghost::Package;
use anyhow::Context;
use clap::Args;
use news::Actor;

use crate::App;
use crate::actions::moving::{Report, import_ghost};
use crate::cli::printed::{counted, list};
use crate::cli::progress::Bars;
use crate::cli::{Outcome, open};
use crate::config::Place;

/// `masthead import ghost`.
#[derive(Args, Debug)]
pub struct Ghost {
    /// Ghost's export: the JSON file of Settings › Import/Export, or a ZIP archive with it and `content/`
    file: PathBuf,
    /// Say what would happen, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Ghost {
    /// Does it.
    pub async fn run(self) -> Outcome {
        // Read whole before anything is written: a bad file costs nothing.
        let file = self.file.clone();
        let opened = tokio::task::spawn_blocking(move || Package::open(&file)).await?;
        let package = opened.with_context(|| self.file.display().to_string())?;
        let (app, scratch) = open::for_import(&self.place, self.dry_run).await?;
        let done = self.move_in(&app, package).await;
        if let Some(scratch) = scratch {
            let _ = std::fs::remove_dir_all(scratch); // what is left of it lies where temporary files lie
        }
        done
    }

    async fn move_in(&self, app: &Arc<App>, package: Package) -> Outcome {
        let title = package.export.settings.title.clone();
        let watch = Bars::default();
        let file = name_of(&self.file);
        let report = import_ghost(app, package, &file, Actor::Command, self.dry_run, &watch).await?;
        if self.json {
            say!("{}", report.json(self.dry_run));
        } else {
            self.print(&title, &report);
        }
        Ok(())
    }

    fn print(&self, title: &str, report: &Report) {
        let account = &report.account;
        let new =
            account.articles + account.pages + account.authors + account.tags + report.pictures + report.redirects;
        match (new, self.dry_run) {
            (0, _) => say!("Nothing of “{title}” is new here."),
            (_, true) => say!("“{title}” would move in; nothing was written."),
            (_, false) => say!("“{title}” has moved in."),
        }
        say!();
        counted(account.articles, "articles");
        counted(account.pages, "static pages");
        counted(account.authors, "authors");
        counted(account.tags, "tags");
        counted(report.pictures, "pictures and files");
        counted(report.redirects, "redirects");
        counted(account.here_already, "were here already and stay as they are");
        counted(report.statements, "quotations found, each with its speaker: masthead record list");
        counted(account.moved.len() as u64, "addresses change");
        if account.articles + account.pages > 0 && account.moved.is_empty() {
            say!("      0  addresses change");
        }
        if new > 0 && !self.dry_run {
            say!();
            say!("As long as nothing is edited, it can be taken back: masthead import undo {}", report.run);
        }
        if account.settings {
            say!();
            say!("Name, description, menus and the rest of the settings are those of the site that it was.");
        }
        list(
            "These addresses change; the routes that came along say so",
            account.moved.iter().map(|(from, to)| format!("{from} → {to}")),
        );
        list("These were left out", account.skipped.iter().map(|(what, why)| format!("{what}: {why}")));
        list(
            "These pictures are named and not here; copy Ghost's content/images into media/images of the data folder",
            report.missing.iter().cloned(),
        );
    }
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}
