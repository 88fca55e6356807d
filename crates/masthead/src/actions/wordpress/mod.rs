//! A WordPress site moves in: exports are walked over once for what their items refer to, then files, then item by item.
//!
//! Each item is remembered by its name there (`store::origin`) with a hash of what came, in the batch that writes it. So an
//! import that was stopped anywhere goes on, and one that is repeated changes only what was changed there and not here.

mod account;
mod files;
mod items;
mod leads;

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use import::wordpress::wxr::{Piece, Reader};
use import::wordpress::{Names, Survey, Target};
use news::{Actor, Id, Place, SectionPath, Settings};
use store::{Batch, origin, outbox, run};
use tokio::task::JoinSet;

pub use account::Account;
pub use files::Files;

use super::check::check;
use super::configure::configure;
use super::keep::{By, payload};
use super::moving::Watch;
use super::{ActError, move_in, rebuild};
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

/// Moves the exports in.
pub async fn import_wordpress(
    app: &Arc<App>,
    surveyed: Surveyed,
    wanted: &Wanted,
    actor: Actor,
    watch: &impl Watch,
) -> Result<Account, anyhow::Error> {
    let Surveyed { mut survey, exports, mut account } = surveyed;
    let uploads = wanted.files.folder()?;
    let bytes = bytes_of(&exports);
    let source = exports.iter().map(|file| name_of(file)).collect::<Vec<_>>().join(", ");
    let begun = run::unfinished(&app.store, KIND, &survey.site).await?.and_then(|run| Id::parse(&run.id).ok());
    let goes_on = begun.is_some();
    account.run = Some(begun.unwrap_or_else(|| app.new_id()));
    account.goes_on = goes_on;
    account.dry = wanted.dry;
    account.site = survey.site.clone();
    let run = account.run.clone().unwrap_or_else(|| app.new_id());
    let by = By { actor, reason: Some(format!("import {run} of {}", survey.site)) };
    if !wanted.dry {
        let mut batch = Batch::new();
        let cut: String = source.chars().take(500).collect();
        batch.push(run::begin(run.as_str(), KIND, &survey.site, &cut, &by.actor.word(), app.now().as_millisecond()));
        app.store.commit(batch).await.map_err(ActError::from)?;
    }
    settings(app, &survey, &by, &mut account).await?;
    if account.timezone.is_none() {
        account.note(
            "",
            "the zone of the site's clock could not be told from its dates; look at the magazine's time zone",
        );
    }
    let names = names(app, &survey).await?;
    let ids = items::put_names(app, &survey, &names, &run, wanted.dry, &by, &mut account).await?;

    files::bring(app, &mut survey, &wanted.files, uploads, &run, wanted.dry, &by, watch, &mut account).await?;

    let (survey, names) = (Arc::new(survey), Arc::new(names));
    watch.begins("Moving in", bytes);
    let found = items::bring(app, &exports, &survey, &names, ids, &run, wanted.dry, &by, watch, &mut account).await?;
    watch.ends();
    leads::put(app, &survey, &names, &run, wanted.dry, &mut account).await?;
    navigation(app, &survey, &names, &found, wanted.dry, &by, &mut account).await?;

    if !wanted.dry {
        if account.is_new() || goes_on {
            watch.begins("Reading who said what", account.articles);
            account.statements = rebuild::of_run(app, &run, |done| watch.done(done)).await?.statements;
            watch.ends();
        }
        if wanted.check {
            watch.begins("Checking", account.articles);
            (account.findings, account.findings_by_kind) = checked(app, &run, watch).await?;
            watch.ends();
        }
        let mut batch = Batch::new();
        if account.is_new() || goes_on {
            batch.push(run::finish(run.as_str(), app.now().as_millisecond(), &account.kept_json().to_string()));
            let everything = payload(&[Place::Everything]);
            batch.push(outbox::add("refill", &everything, &app.origin, app.now().as_millisecond()));
        } else {
            // It brought nothing: there is nothing to tell and nothing to take back.
            batch.push(run::forget(run.as_str()));
        }
        app.store.commit(batch).await.map_err(ActError::from)?;
        app.pages.touch(&[Place::Everything]);
    }
    Ok(account)
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

/// A magazine in which nothing was written yet takes over what the site says of itself.
async fn settings(app: &Arc<App>, survey: &Survey, by: &By, account: &mut Account) -> Result<(), anyhow::Error> {
    let (permalink, zone) = (survey.permalink(), survey.zone());
    account.permalink = permalink.as_ref().map(|permalink| permalink.as_str().to_owned());
    account.timezone.clone_from(&zone);
    account.settings = move_in::is_empty(app).await?;
    let ours = app.settings().await?;
    let texts = [(&survey.title, &ours.title), (&survey.description, &ours.description)];
    let [title, description] = texts.map(|(theirs, ours)| if theirs.is_empty() { ours } else { theirs }.clone());
    let is_tag =
        |tag: &str| tag.len() >= 2 && tag.len() <= 35 && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let after = Settings {
        title,
        description,
        locale: Some(survey.language.clone()).filter(|tag| is_tag(tag)).unwrap_or_else(|| ours.locale.clone()),
        timezone: zone.unwrap_or_else(|| ours.timezone.clone()),
        permalink: permalink.map_or_else(|| ours.permalink.clone(), |permalink| permalink.as_str().to_owned()),
        ..ours.clone()
    };
    if account.settings && !account.dry && after != ours {
        configure(app, &after, by).await?;
    }
    Ok(())
}

/// Sections where no article of the magazine stands.
async fn names(app: &Arc<App>, survey: &Survey) -> Result<Names, ActError> {
    let mut taken: HashSet<SectionPath> = HashSet::new();
    for path in Names::wished(survey) {
        if store::section::at(&app.store, &path).await?.is_none()
            && store::address::holder(&app.store, &path.url()).await?.is_some()
        {
            taken.insert(path);
        }
    }
    Ok(Names::of(survey, |path| taken.contains(path), app.now()))
}

/// What the desk's checks find in the public articles of an import: how much, and of which kind.
async fn checked(
    app: &Arc<App>,
    run: &Id,
    watch: &impl Watch,
) -> Result<(u64, BTreeMap<&'static str, u64>), anyhow::Error> {
    let (mut count, mut kinds, mut done) = (0, BTreeMap::new(), 0);
    let (mut site, mut name) = (String::new(), String::new());
    loop {
        let brought = origin::of_run(&app.store, run.as_str(), &site, &name, 100).await?;
        let Some(last) = brought.last() else { return Ok((count, kinds)) };
        (site, name) = (last.site.clone(), last.name.clone());
        let mut work = JoinSet::new();
        for id in brought.iter().filter_map(|row| Id::parse(row.subject.strip_prefix("article:")?).ok()) {
            let app = app.clone();
            work.spawn(async move {
                match store::article::by_id(&app.store, &id).await? {
                    Some(card) if card.article.is_public() => check(&app, &card.article).await,
                    _ => Ok(Vec::new()),
                }
            });
        }
        while let Some(found) = work.join_next().await {
            for finding in found?? {
                count += 1;
                *kinds.entry(finding.kind.name()).or_default() += 1;
            }
            done += 1;
            watch.done(done);
        }
    }
}

/// Menus, where the magazine has none.
async fn navigation(
    app: &Arc<App>,
    survey: &Survey,
    names: &Names,
    found: &items::Found,
    dry: bool,
    by: &By,
    account: &mut Account,
) -> Result<(), anyhow::Error> {
    let placed = survey.menus.placed(|target| match target {
        Target::Item(id) => found.get(id).cloned(),
        Target::Category(id) => names.category(*id),
        Target::Tag(id) => names.tag(*id),
        Target::Address(url) => Some((String::new(), survey.moved(url).unwrap_or_else(|| url.clone()))),
    });
    let ours = app.settings().await?;
    if !ours.navigation.is_empty() || !ours.secondary_navigation.is_empty() {
        return Ok(());
    }
    account.menu_lines = (placed.navigation.len() + placed.secondary.len()) as u64;
    if placed.left_out > 0 {
        account.note(
            "",
            &format!(
                "{} lines of menus have no place: menus have one level here, and there are two of them",
                placed.left_out
            ),
        );
    }
    if !dry && account.menu_lines > 0 {
        let after = Settings { navigation: placed.navigation, secondary_navigation: placed.secondary, ..ours };
        configure(app, &after, by).await?;
    }
    Ok(())
}

/// How an address leads to whatever has a name on its site.
fn origin_of(site: &str, name: &str) -> String {
    format!("origin:{site} {name}")
}

/// Remembers where something came from.
fn remember(batch: &mut Batch, site: &str, name: &str, subject: &str, run: &Id, came: &str, version: i64) {
    batch.push(origin::put(site, name, subject, run.as_str(), came, version));
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}
