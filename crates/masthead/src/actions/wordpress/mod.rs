//! A WordPress site moves in: exports are walked over once for what their items refer to, then files, then item by item.
//!
//! Each item is remembered by its name there (`store::origin`) with a hash of what came, in the batch that writes it. So an
//! import that was stopped anywhere goes on, and one that is repeated changes only what was changed there and not here.

mod account;
mod files;
mod findings;
mod hash;
mod items;
mod leads;
mod names;
mod places;
mod reading;
mod run;
mod settings;

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use import::wordpress::Survey;
use import::wordpress::wxr::{Piece, Reader};
use news::{Actor, Id, Place};
use store::{Batch, outbox};

pub use account::Account;
pub use files::Files;
pub use run::Run;

use super::keep::{By, payload};
use super::moving::Watch;
use super::rebuild;
use crate::App;

/// The word for such an import among all.
pub const KIND: &str = "wordpress";

/// Bytes that are read of a file at a time.
const BUFFER: usize = 256 << 10;

/// Most files of one import.
const MOST_FILES: usize = 1_000;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Where the files of the media library come from.
    pub files: Files,
    /// Go the whole way and write nothing.
    pub dry: bool,
    /// Count what the desk's checks find in what came.
    pub check: bool,
}

/// The exports that paths name: files, and what ends in `.xml` in folders.
pub fn exports(paths: &[PathBuf]) -> Result<Vec<PathBuf>, anyhow::Error> {
    let mut all = Vec::new();
    for path in paths {
        let shown = path.display();
        if !path.is_dir() {
            File::open(path).with_context(|| format!("{shown} cannot be read"))?;
            all.push(path.clone());
            continue;
        }
        let folder = std::fs::read_dir(path).with_context(|| format!("{shown} cannot be read"))?;
        let is_export = |path: &PathBuf| path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("xml"));
        let mut found: Vec<PathBuf> = folder.filter_map(|file| Some(file.ok()?.path())).filter(is_export).collect();
        if found.is_empty() {
            bail!("there is no .xml file in {shown}");
        }
        found.sort();
        all.append(&mut found);
    }
    if all.len() > MOST_FILES {
        bail!("that is more than {MOST_FILES} files; import them in several goes");
    }
    Ok(all)
}

/// Exports that were walked over once.
#[derive(Debug)]
pub struct Surveyed {
    survey: Survey,
    /// Those that are exports.
    exports: Vec<PathBuf>,
    /// What is to be said of the others.
    account: Account,
}

/// Moves the exports in: settings and names, files, items, what leads to them, menus, and then who said what.
pub async fn import_wordpress(
    app: &Arc<App>,
    surveyed: Surveyed,
    wanted: &Wanted,
    actor: Actor,
    watch: &impl Watch,
) -> Result<Account, anyhow::Error> {
    let Surveyed { mut survey, exports, mut account } = surveyed;
    let folder = wanted.files.folder()?;
    let begun = store::run::unfinished(&app.store, KIND, &survey.site).await?.and_then(|run| Id::parse(&run.id).ok());
    account.goes_on = begun.is_some();
    let id = begun.unwrap_or_else(|| app.new_id());
    let by = By { actor, reason: Some(format!("import {id} of {}", survey.site)) };
    let run = &Run { app, id, site: survey.site.clone(), by, now: app.now(), dry: wanted.dry };
    (account.run, account.site, account.dry) = (Some(run.id.clone()), run.site.clone(), run.dry);
    run.begin(&exports.iter().map(|file| name_of(file)).collect::<Vec<_>>().join(", ")).await?;

    let places = settings::take_over(run, &survey, &mut account).await?;
    let names = names::of(run, &survey).await?;
    let here = names::put(run, &names, &mut account).await?;
    files::bring(run, &mut survey, &wanted.files, folder.as_deref(), watch, &mut account).await?;

    let (survey, names) = (Arc::new(survey), Arc::new(names));
    watch.begins("Moving in", bytes_of(&exports));
    let found = items::bring(run, &exports, (&survey, &names), (&here, places), watch, &mut account).await?;
    watch.ends();
    leads::put(run, &survey, &names, &here, &mut account).await?;
    settings::menus(run, &survey, &names, &found, &mut account).await?;
    if !run.dry {
        finish(run, wanted, watch, &mut account).await?;
    }
    Ok(account)
}

/// Reads what came for the record, and writes the report down.
async fn finish(
    run: &Run<'_>,
    wanted: &Wanted,
    watch: &impl Watch,
    account: &mut Account,
) -> Result<(), anyhow::Error> {
    let mut batch = Batch::new();
    let has_brought = account.is_new() || account.goes_on;
    if has_brought {
        watch.begins("Reading who said what", account.articles);
        account.statements = rebuild::of_run(run.app, &run.id, |done| watch.done(done)).await?.statements;
        watch.ends();
    }
    // The checks hold quotations against those that were found.
    if wanted.check {
        watch.begins("Checking", account.articles);
        findings::count(run, watch, account).await?;
        watch.ends();
    }
    if has_brought {
        let now = run.app.now().as_millisecond();
        batch.push(store::run::finish(run.id.as_str(), now, &account.kept_json().to_string()));
        batch.push(outbox::add("refill", &payload(&[Place::Everything]), &run.app.origin, now));
    } else {
        // It brought nothing: there is nothing to tell and nothing to take back.
        batch.push(store::run::forget(run.id.as_str()));
    }
    run.commit(&mut batch).await?;
    run.app.pages.touch(&[Place::Everything]);
    Ok(())
}

/// The first walk, before anything is written. A file that is no export is left out, unless there is no other.
pub async fn survey(exports: Vec<PathBuf>, watch: &impl Watch) -> Result<Surveyed, anyhow::Error> {
    watch.begins("Reading", bytes_of(&exports));
    let behind = Arc::new(AtomicU64::new(0));
    let told = behind.clone();
    let mut work = tokio::task::spawn_blocking(move || -> Result<_, anyhow::Error> {
        let (mut survey, mut account, mut read) = (Survey::default(), Account::default(), Vec::new());
        let mut refused = None;
        for path in exports {
            let before = told.load(Ordering::Relaxed);
            match walk(&path, &mut survey, |offset| told.store(before + offset, Ordering::Relaxed)) {
                Ok(notes) => {
                    notes.into_iter().for_each(|note| account.note(&name_of(&path), &note));
                    read.push(path);
                }
                Err(why) => {
                    account.skip(&name_of(&path), &why.to_string());
                    refused.get_or_insert(anyhow!("{}: {why}", path.display()));
                }
            }
        }
        match refused {
            Some(why) if read.is_empty() => return Err(why),
            _ => survey.finish(),
        }
        std::mem::take(&mut survey.notes).iter().for_each(|note| account.note("", note));
        Ok(Surveyed { survey, exports: read, account })
    });
    loop {
        tokio::select! {
            done = &mut work => {
                watch.ends();
                return done?;
            }
            () = tokio::time::sleep(Duration::from_millis(100)) => watch.done(behind.load(Ordering::Relaxed)),
        }
    }
}

fn bytes_of(exports: &[PathBuf]) -> u64 {
    exports.iter().filter_map(|file| Some(file.metadata().ok()?.len())).sum()
}

fn walk(path: &Path, survey: &mut Survey, progress: impl Fn(u64)) -> Result<Vec<String>, anyhow::Error> {
    let mut reader = Reader::open(BufReader::with_capacity(BUFFER, File::open(path)?))?;
    if let Some(site) = Survey::site_of(reader.channel())
        && !survey.site.is_empty()
        && site != survey.site
    {
        // Numbers are those of one site: articles of two would get each other's pictures.
        bail!("it is of another site, {site}; import that one by itself");
    }
    survey.channel(reader.channel());
    while let Some(piece) = reader.next_piece()? {
        if let Piece::Item(item) = piece {
            survey.see(&item);
        }
        progress(reader.offset());
    }
    // What stands behind the items, too.
    survey.channel(reader.channel());
    Ok(reader.notes().to_vec())
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}
