//! A whole package of Ghost's moves in: its rules, its pictures, its articles, and then who said what is read.

use std::collections::HashSet;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use import::ghost::{LARGEST_FILE, Package};
use news::{Actor, Id};
use serde_json::{Value, json};
use store::{Batch, media, run};

use super::move_in::{Account, missing_pictures, move_in, remember};
use super::{ActError, By, rebuild, routing};
use crate::App;

/// Who is shown how far it is.
pub trait Watch {
    /// A part of the work begins; it has so many steps.
    fn begins(&self, what: &'static str, steps: u64);
    /// So many steps of the part are done.
    fn done(&self, steps: u64);
    /// The part is over.
    fn ends(&self);
}

/// Nobody looks.
pub struct Unwatched;

impl Watch for Unwatched {
    fn begins(&self, _: &'static str, _: u64) {}
    fn done(&self, _: u64) {}
    fn ends(&self) {}
}

/// What came in, or would.
#[derive(Debug)]
pub struct Report {
    /// Names the run.
    pub run: Id,
    /// Of articles and their names.
    pub account: Account,
    /// Pictures and files that are new.
    pub pictures: u64,
    /// Redirects.
    pub redirects: u64,
    /// Whether routes came along.
    pub routes: bool,
    /// Pictures that are named and not here.
    pub missing: Vec<String>,
    /// Quotations that were found.
    pub statements: u64,
}

impl Report {
    /// As programs read it.
    pub fn json(&self, dry: bool) -> Value {
        let account = &self.account;
        let skipped: Vec<_> = account.skipped.iter().map(|(what, why)| json!({ "what": what, "why": why })).collect();
        let moved: Vec<_> = account.moved.iter().map(|(from, to)| json!({ "from": from, "to": to })).collect();
        json!({
            "run": self.run, "dry_run": dry, "articles": account.articles, "pages": account.pages,
            "authors": account.authors, "tags": account.tags, "here_already": account.here_already,
            "settings": account.settings, "pictures": self.pictures, "pictures_missing": self.missing,
            "comments": 0, "redirects": self.redirects, "routes": self.routes, "kept_as_other": 0,
            "moved": moved, "skipped": skipped, "statements": self.statements, "findings": 0,
        })
    }

    /// Whether anything was brought.
    fn is_new(&self) -> bool {
        let account = &self.account;
        account.articles + account.pages + account.authors + account.tags + self.pictures > 0
    }
}

/// Moves a package in; `dry` goes the whole way and writes nothing. `file` is what it is called in the record of acts.
pub async fn import_ghost(
    app: &Arc<App>,
    mut package: Package,
    file: &str,
    actor: Actor,
    dry: bool,
    watch: &impl Watch,
) -> Result<Report, anyhow::Error> {
    let id = app.new_id();
    let by = By { actor, reason: Some(format!("import {id} of {file}")) };
    let mut report = Report {
        run: id,
        account: Account::default(),
        pictures: 0,
        redirects: 0,
        routes: false,
        missing: Vec::new(),
        statements: 0,
    };
    if !dry {
        let site = package.export.settings.title.clone();
        let mut batch = Batch::new();
        let now = app.now().as_millisecond();
        batch.push(run::begin(report.run.as_str(), "ghost", &site, file, &by.actor.word(), now));
        app.store.commit(batch).await.map_err(ActError::from)?;
    }
    let mut skipped = Vec::new();
    rules(app, &package, &by, dry, &mut report, &mut skipped).await?;

    let names: HashSet<String> = package.media.iter().map(|medium| medium.name.clone()).collect();
    let is_there = |name: &str| names.contains(name) || app.media.has(name);
    report.missing = missing_pictures(package.export.articles.iter(), is_there);

    // Before the articles: no page is ever shown without its pictures.
    let brought = take_media(app, &mut package, dry, watch, &mut report, &mut skipped);
    let mut batch = Batch::new();
    brought.iter().for_each(|name| remember(&mut batch, &report.run, &format!("file:{name}"), 0));
    if !batch.is_empty() {
        app.store.commit(batch).await.map_err(ActError::from)?;
    }
    let export = std::mem::take(&mut package.export);
    watch.begins("Moving in", export.articles.len() as u64);
    report.account = move_in(app, export, &by, dry, &report.run, |done| watch.done(done)).await?;
    watch.ends();
    report.account.skipped.append(&mut skipped);

    if !dry && report.account.articles > 0 {
        watch.begins("Reading who said what", rebuild::articles(app).await?);
        report.statements = rebuild::rebuild(app, false, |done| watch.done(done)).await?.statements;
        watch.ends();
    }
    if !dry {
        let mut batch = Batch::new();
        batch.push(match report.is_new() {
            true => run::finish(report.run.as_str(), app.now().as_millisecond(), &report.json(false).to_string()),
            // It brought nothing: there is nothing to tell and nothing to take back.
            false => run::forget(report.run.as_str()),
        });
        app.store.commit(batch).await.map_err(ActError::from)?;
    }
    Ok(report)
}

type Skipped = Vec<(String, String)>;

/// Ghost's own files of routes and redirects, where the magazine has none.
async fn rules(
    app: &Arc<App>,
    package: &Package,
    by: &By,
    dry: bool,
    report: &mut Report,
    skipped: &mut Skipped,
) -> Result<(), anyhow::Error> {
    let here = |name: &str| app.data.join(name).exists();
    if let Some(text) = &package.routes {
        if here("routes.yaml") {
            skipped.push(("routes.yaml".into(), "the magazine has one".into()));
        } else {
            match taken(app, "routes.yaml", text, dry, by).await {
                Ok(()) => report.routes = true,
                Err(why) => skipped.push(("routes.yaml".into(), format!("{why:#}"))),
            }
        }
    }
    if let Some((name, text)) = &package.redirects {
        if here("redirects.yaml") || here("redirects.json") {
            skipped.push(((*name).into(), "the magazine has redirects".into()));
        } else {
            match taken(app, name, text, dry, by).await {
                Ok(()) => report.redirects = theme::redirects::read(text).map_or(0, |rules| rules.len() as u64),
                Err(why) => skipped.push(((*name).into(), format!("{why:#}"))),
            }
        }
    }
    Ok(())
}

/// Takes one of these files up, whose text came from elsewhere; a dry run only reads it.
pub async fn taken(app: &Arc<App>, name: &str, text: &str, dry: bool, by: &By) -> Result<(), anyhow::Error> {
    let file = app.data.join(format!(".moving-in.{name}"));
    std::fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))?;
    let done = match (name, dry) {
        ("routes.yaml", true) => routing::check_routes(&file).map(|_| ()),
        ("routes.yaml", false) => routing::use_routes(app, &file, by).await,
        (_, true) => routing::check_redirects(&file).map(|_| ()),
        (_, false) => routing::use_redirects(app, &file, by).await,
    };
    let _ = std::fs::remove_file(&file); // a name that nothing reads
    done.map_err(|why| anyhow!("{}", format!("{why:#}").replace(&file.display().to_string(), name)))
}

/// Pictures, recordings and files. One that is here already stays. Answers the names of those that are new.
fn take_media(
    app: &App,
    package: &mut Package,
    dry: bool,
    watch: &impl Watch,
    report: &mut Report,
    skipped: &mut Skipped,
) -> Vec<String> {
    let mut brought = Vec::new();
    let files = package.media.clone();
    watch.begins("Pictures and files", files.len() as u64);
    for (done, medium) in (1..).zip(&files) {
        watch.done(done);
        let name = &medium.name;
        if !media::is_name(name) {
            skipped.push((name.clone(), "a name that is not kept here".into()));
        } else if app.media.has(name) {
            // Here already: of an earlier run, or of the magazine's own.
        } else if dry {
            report.pictures += 1;
        } else {
            let bytes = package.read(medium).map_err(|why| why.to_string());
            let bytes = bytes.and_then(|bytes| match bytes.len() as u64 > media::LARGEST {
                true => Err(format!("larger than {} MiB", media::LARGEST.min(LARGEST_FILE) >> 20)),
                false => Ok(bytes),
            });
            match bytes.and_then(|bytes| app.media.add(name, &bytes).map_err(|why| why.to_string())) {
                Ok(true) => {
                    report.pictures += 1;
                    brought.push(name.clone());
                }
                Ok(false) => {}
                Err(why) => skipped.push((name.clone(), why)),
            }
        }
    }
    watch.ends();
    brought
}
