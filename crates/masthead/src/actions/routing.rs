//! The magazine's routes and redirects taken up, and its articles moved to where the routes want them.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use news::{Id, Verb};
use theme::redirects;

use super::keep::{By, keep, load};
use super::publish::addressed;
use super::{ActError, configure};
use crate::App;
use crate::site::routing::{REDIRECTS, ROUTES, read_routes};

/// Articles that are looked at at a time.
const AT_ONCE: i64 = 200;

/// Checks a file of routes; the error says line and reason.
pub fn check_routes(file: &Path) -> Result<theme::routes::Routes, anyhow::Error> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    read_routes(&text).map_err(|why| anyhow::anyhow!("{}, {why}", file.display()))
}

/// Checks a file of redirects.
pub fn check_redirects(file: &Path) -> Result<redirects::Redirects, anyhow::Error> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    redirects::read(&text).map_err(|why| anyhow::anyhow!("{}, {why}", file.display()))
}

/// Takes up a file of routes. It is checked first; a wrong one changes nothing. Articles stay where they are until
/// [`readdress`] moves them.
pub async fn use_routes(app: &Arc<App>, file: &Path, by: &By) -> Result<(), anyhow::Error> {
    check_routes(file)?;
    place(app, file, ROUTES)?;
    taken_up(app, by).await
}

/// Takes up a file of redirects; what was there before is replaced.
pub async fn use_redirects(app: &Arc<App>, file: &Path, by: &By) -> Result<(), anyhow::Error> {
    check_redirects(file)?;
    let is_json = file.extension().is_some_and(|extension| extension == "json");
    let name = REDIRECTS[usize::from(is_json)];
    let other = app.data.join(REDIRECTS[usize::from(!is_json)]);
    place(app, file, name)?;
    if other.exists() {
        fs::remove_file(&other).with_context(|| format!("{} cannot be removed", other.display()))?;
    }
    taken_up(app, by).await
}

/// Writes the file beside its place and then into it, so that a running server never reads half of one.
fn place(app: &App, file: &Path, name: &str) -> Result<(), anyhow::Error> {
    let (to, new) = (app.data.join(name), app.data.join(format!(".{name}.new")));
    if fs::canonicalize(file).ok() == fs::canonicalize(&to).ok() && to.exists() {
        return Ok(());
    }
    fs::copy(file, &new).with_context(|| format!("{} cannot be written", new.display()))?;
    fs::rename(&new, &to).with_context(|| format!("{} cannot be written", to.display()))
}

/// Every page may be another one now.
async fn taken_up(app: &Arc<App>, by: &By) -> Result<(), anyhow::Error> {
    app.reload_routing()?;
    let settings = app.settings().await?;
    Ok(configure::configure(app, &settings, by).await?)
}

/// Moves every published article to the address that routes and settings give it now; the old one leads there for ever.
/// Its date of change stays. Answers how many moved; `seen` is told how many were looked at.
pub async fn readdress(app: &Arc<App>, by: &By, mut seen: impl FnMut(u64)) -> Result<u64, anyhow::Error> {
    let (mut last, mut count, mut moved) = (String::new(), 0, 0);
    loop {
        let ids = store::article::ids_after(&app.store, news::Kind::Article.word(), &last, AT_ONCE).await?;
        let Some(end) = ids.last() else { return Ok(moved) };
        last = end.id.clone();
        for id in ids.iter().filter_map(|row| Id::parse(&row.id).ok()) {
            count += 1;
            seen(count);
            moved += u64::from(move_one(app, &id, by).await?);
        }
    }
}

/// Whether an article moved. Somebody who saves it at the same moment is waited for.
async fn move_one(app: &Arc<App>, id: &Id, by: &By) -> Result<bool, anyhow::Error> {
    for _ in 0..8 {
        let before = match load(app, id).await {
            Err(ActError::NotFound) => return Ok(false),
            loaded => loaded?.article,
        };
        if !before.is_public() {
            return Ok(false);
        }
        let mut asked = before.clone();
        asked.extras.keeps_address = false; // an owner who moves all articles moves this one too
        let mut after = addressed(app, asked).await?;
        if after.path == before.path {
            return Ok(false);
        }
        after.version += 1;
        match keep(app, Some(&before), after, Vec::new(), by, Verb::Moved).await {
            Err(ActError::Stale) => {}
            Err(ActError::NotFound) => return Ok(false),
            done => return done.map(|_| true).map_err(Into::into),
        }
    }
    bail!("article {id} is being written without a pause; try again")
}
