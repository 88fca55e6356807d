//! `masthead import ghost`.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::import::ghost::{LARGEST_FILE, Package};
use anyhow::{Context, anyhow};
use clap::Args;
use news::Actor;
use serde_json::json;
use store::media;

use crate::App;
use crate::actions::move_in::{Account, missing_pictures, move_in};
use crate::actions::{By, rebuild, routing};
use crate::cli::{Outcome, open, progress};
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

/// Lines of a list that are printed before “and so many more”.
const SHOWN: usize = 20;

/// What beside articles came in.
#[derive(Default)]
struct Beside {
    pictures: u64,
    redirects: u64,
    routes: bool,
    missing: Vec<String>,
}

impl Ghost {
    /// Does it.
    pub async fn run(self) -> Outcome {
        // Read whole before anything is written: a bad file costs nothing.
        let file = self.file.clone();
        let opened = tokio::task::spawn_blocking(move || Package::open(&file)).await?;
        let mut package = opened.with_context(|| self.file.display().to_string())?;
        let (app, scratch) = self.open().await?;
        let done = self.move_in(&app, &mut package).await;
        if let Some(scratch) = scratch {
            let _ = std::fs::remove_dir_all(scratch); // what is left of it lies where temporary files lie
        }
        done
    }

    /// The magazine; for a dry run where there is none, one that is thrown away.
    async fn open(&self) -> Result<(Arc<App>, Option<PathBuf>), anyhow::Error> {
        let is_there = self.place.database != "sqlite" || self.place.data.join("masthead.db").is_file();
        if !self.dry_run || is_there {
            return Ok((open::for_writing(&self.place).await?, None));
        }
        let scratch = std::env::temp_dir().join(format!("masthead-dry-run-{}", crate::app::random_hex::<8>()));
        let place = Place { data: scratch.clone(), ..self.place.clone() };
        Ok((open::for_writing(&place).await?, Some(scratch)))
    }

    async fn move_in(&self, app: &Arc<App>, package: &mut Package) -> Outcome {
        let run = app.new_id();
        let by = By { actor: Actor::Command, reason: Some(format!("import {run} of {}", name_of(&self.file))) };
        let title = package.export.settings.title.clone();
        let mut skipped = Vec::new();
        let mut beside = Beside::default();
        self.rules(app, package, &by, &mut beside, &mut skipped).await?;

        let names: HashSet<String> = package.media.iter().map(|medium| medium.name.clone()).collect();
        let is_there = |name: &str| names.contains(name) || app.media.has(name);
        beside.missing = missing_pictures(package.export.articles.iter(), is_there);

        // Before the articles: no page is ever shown without its pictures.
        self.media(app, package, &mut beside, &mut skipped);
        let export = std::mem::take(&mut package.export);
        let bar = progress::bar(export.articles.len() as u64, "Moving in");
        let mut account = move_in(app, export, &by, self.dry_run, |done| bar.set_position(done)).await?;
        bar.finish_and_clear();
        account.skipped.append(&mut skipped);

        let mut statements = 0;
        if !self.dry_run && account.articles > 0 {
            let bar = progress::bar(rebuild::articles(app).await?, "Reading who said what");
            statements = rebuild::rebuild(app, false, |done| bar.set_position(done)).await?.statements;
            bar.finish_and_clear();
        }
        if self.json {
            self.print_json(&run.to_string(), &account, &beside, statements);
        } else {
            self.print(&title, &account, &beside, statements);
        }
        Ok(())
    }

    /// Ghost's own files of routes and redirects, where the magazine has none.
    async fn rules(
        &self,
        app: &Arc<App>,
        package: &Package,
        by: &By,
        beside: &mut Beside,
        skipped: &mut Vec<(String, String)>,
    ) -> Result<(), anyhow::Error> {
        let here = |name: &str| app.data.join(name).exists();
        if let Some(text) = &package.routes {
            if here("routes.yaml") {
                skipped.push(("routes.yaml".into(), "the magazine has one".into()));
            } else {
                match self.taken(app, "routes.yaml", text, by).await {
                    Ok(()) => beside.routes = true,
                    Err(why) => skipped.push(("routes.yaml".into(), format!("{why:#}"))),
                }
            }
        }
        if let Some((name, text)) = &package.redirects {
            if here("redirects.yaml") || here("redirects.json") {
                skipped.push(((*name).into(), "the magazine has redirects".into()));
            } else {
                match self.taken(app, name, text, by).await {
                    Ok(()) => beside.redirects = theme::redirects::read(text).map_or(0, |rules| rules.len() as u64),
                    Err(why) => skipped.push(((*name).into(), format!("{why:#}"))),
                }
            }
        }
        Ok(())
    }

    /// Takes one of these files up; a dry run only reads it.
    async fn taken(&self, app: &Arc<App>, name: &str, text: &str, by: &By) -> Result<(), anyhow::Error> {
        let file = app.data.join(format!(".moving-in.{name}"));
        std::fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))?;
        let done = match (name, self.dry_run) {
            ("routes.yaml", true) => routing::check_routes(&file).map(|_| ()),
            ("routes.yaml", false) => routing::use_routes(app, &file, by).await,
            (_, true) => routing::check_redirects(&file).map(|_| ()),
            (_, false) => routing::use_redirects(app, &file, by).await,
        };
        let _ = std::fs::remove_file(&file); // a name that nothing reads
        done.map_err(|why| anyhow!("{}", format!("{why:#}").replace(&file.display().to_string(), name)))
    }

    /// Pictures, recordings and files. One that is here already stays.
    fn media(&self, app: &App, package: &mut Package, beside: &mut Beside, skipped: &mut Vec<(String, String)>) {
        let media = package.media.clone();
        let bar = progress::bar(media.len() as u64, "Pictures and files");
        for medium in &media {
            bar.inc(1);
            let name = &medium.name;
            if !media::is_name(name) {
                skipped.push((name.clone(), "a name that is not kept here".into()));
            } else if app.media.has(name) {
                // Here already: of an earlier run, or of the magazine's own.
            } else if self.dry_run {
                beside.pictures += 1;
            } else {
                let bytes = package.read(medium).map_err(|why| why.to_string());
                let bytes = bytes.and_then(|bytes| match bytes.len() as u64 > media::LARGEST {
                    true => Err(format!("larger than {} MiB", media::LARGEST.min(LARGEST_FILE) >> 20)),
                    false => Ok(bytes),
                });
                match bytes.and_then(|bytes| app.media.add(name, &bytes).map_err(|why| why.to_string())) {
                    Ok(added) => beside.pictures += u64::from(added),
                    Err(why) => skipped.push((name.clone(), why)),
                }
            }
        }
        bar.finish_and_clear();
    }

    fn print_json(&self, run: &str, account: &Account, beside: &Beside, statements: u64) {
        let skipped: Vec<_> = account.skipped.iter().map(|(what, why)| json!({ "what": what, "why": why })).collect();
        let moved: Vec<_> = account.moved.iter().map(|(from, to)| json!({ "from": from, "to": to })).collect();
        say!(
            "{}",
            json!({
                "run": run, "dry_run": self.dry_run, "articles": account.articles, "pages": account.pages,
                "authors": account.authors, "tags": account.tags, "here_already": account.here_already,
                "settings": account.settings, "pictures": beside.pictures, "pictures_missing": beside.missing,
                "comments": 0, "redirects": beside.redirects, "routes": beside.routes, "kept_as_other": 0,
                "moved": moved, "skipped": skipped, "statements": statements, "findings": 0,
            })
        );
    }

    fn print(&self, title: &str, account: &Account, beside: &Beside, statements: u64) {
        let new =
            account.articles + account.pages + account.authors + account.tags + beside.pictures + beside.redirects;
        match (new, self.dry_run) {
            (0, _) => say!("Nothing of “{title}” is new here."),
            (_, true) => say!("“{title}” would move in; nothing was written."),
            (_, false) => say!("“{title}” has moved in."),
        }
        say!();
        let line = |count: u64, what: &str| {
            if count > 0 {
                say!("{count:>7}  {what}");
            }
        };
        line(account.articles, "articles");
        line(account.pages, "static pages");
        line(account.authors, "authors");
        line(account.tags, "tags");
        line(beside.pictures, "pictures and files");
        line(beside.redirects, "redirects");
        line(account.here_already, "were here already and stay as they are");
        line(statements, "quotations found, each with its speaker: masthead record list");
        line(account.moved.len() as u64, "addresses change");
        if account.articles + account.pages > 0 && account.moved.is_empty() {
            say!("      0  addresses change");
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
            beside.missing.iter().cloned(),
        );
    }
}

fn list(what: &str, lines: impl ExactSizeIterator<Item = String>) {
    let count = lines.len();
    if count == 0 {
        return;
    }
    say!();
    say!("{what}:");
    lines.take(SHOWN).for_each(|line| say!("  {line}"));
    if count > SHOWN {
        say!("  and {} more; --json names all", count - SHOWN);
    }
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}
