//! A magazine that comes from elsewhere moves in. What is new here is written as it was there, with its id, its times and
//! its address; what is here already stays as it is, so that running it again changes nothing and loses nothing.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use import::ghost::Export;
use news::{Article, Author, Id, Kind, Place, Settings, Slug, Tag};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};
use store::{Batch, Statement, origin, outbox, setting};

use super::ActError;
use super::configure::configure;
use super::keep::{By, add_new, derived_pictures, payload};
use super::publish::{Stands, addressed, what_stands_at};
use crate::App;

/// Articles of one batch: so many are lost at most when the machine fails, and begun anew by the next run.
const STRETCH: usize = 100;

/// Pictures that articles name and that are not there, by the names that media have: `images/2024/11/quay.jpg`.
pub fn missing_pictures<'a>(
    articles: impl Iterator<Item = &'a Article>,
    is_there: impl Fn(&str) -> bool,
) -> Vec<String> {
    let name = |url: String| Some(percent_decode_str(url.strip_prefix("/content/")?).decode_utf8().ok()?.into_owned());
    let mut missing: Vec<String> = articles.flat_map(derived_pictures).filter_map(name).collect();
    missing.retain(|name| !is_there(name));
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// The group of settings in which lie the rows of Ghost's tables that there is no room for here.
pub const REST: &str = "ghost-rest";

/// What a move did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Articles that are new here.
    pub articles: u64,
    /// Static pages that are new here.
    pub pages: u64,
    /// Authors that are new here.
    pub authors: u64,
    /// Tags that are new here.
    pub tags: u64,
    /// Articles and pages that were here already.
    pub here_already: u64,
    /// Whether the magazine took over name, menus and the like.
    pub settings: bool,
    /// Public addresses that are not those of the site that it left: path there, path here.
    pub moved: Vec<(String, String)>,
    /// What was left out, and why.
    pub skipped: Vec<(String, String)>,
}

/// Moves an export in; `dry` goes the whole way and writes nothing. What is new is remembered as
/// brought by `run`; `done` is told how many articles are behind it.
pub async fn move_in(
    app: &Arc<App>,
    export: Export,
    by: &By,
    dry: bool,
    run: &Id,
    done: impl Fn(u64),
) -> Result<Account, ActError> {
    let mut account = Account { skipped: export.left_out.into_iter().map(split).collect(), ..Account::default() };
    let mut batch = Batch::new();
    batch.push(rest(app, export.rest).await?);
    account.settings = export.has_settings && is_empty(app).await?;
    account.moved = export.moved;
    if account.settings && !dry {
        configure(app, &settings(app.settings().await.map_err(broken)?, export.settings), by).await?;
    }
    let authors = authors(app, &export.authors, run, &mut batch, &mut account).await?;
    let tags = tags(app, &export.tags, run, &mut batch, &mut account).await?;
    commit(app, &mut batch, dry).await?;

    // With routes of the magazine's own an article stands where they say; with those that came along, where it stood.
    let has_routes = !app.routing().collections().is_empty();
    let mut came = Came::default();
    for (at, mut article) in export.articles.into_iter().enumerate() {
        done(at as u64);
        for (ids, known) in [(&mut article.authors, &authors), (&mut article.tags, &tags)] {
            *ids = ids.iter().filter_map(|id| known.get(id).cloned()).collect();
        }
        if let Some(why) = in_the_way(app, &article, &came).await? {
            match why {
                InTheWay::Itself => account.here_already += 1,
                InTheWay::Other(why) => account.skipped.push((article.headline.to_string(), why)),
            }
            continue;
        }
        if has_routes && article.is_public() {
            let there = article.path.clone();
            article = addressed(app, article).await?;
            if let (Some(there), Some(here)) = (there, &article.path)
                && there != *here
            {
                account.moved.push((there, here.clone()));
            }
        }
        if let Err(why) = add_new(app, &mut batch, &article, by) {
            account.skipped.push((article.headline.to_string(), why.to_string()));
            continue;
        }
        remember(&mut batch, run, &origin::of_article(&article.id), article.version);
        came.paths.extend(article.path.clone());
        came.ids.insert(article.id.clone());
        match article.kind {
            Kind::Article => account.articles += 1,
            Kind::Page => account.pages += 1,
        }
        if (account.articles + account.pages).is_multiple_of(STRETCH as u64) {
            commit(app, &mut batch, dry).await?;
        }
    }
    let is_new = account.settings || account.articles + account.pages + account.authors + account.tags > 0;
    if is_new {
        batch.push(outbox::add("refill", &payload(&[Place::Everything]), &app.origin, app.now().as_millisecond()));
    }
    commit(app, &mut batch, dry).await?;
    if is_new && !dry {
        app.pages.touch(&[Place::Everything]);
    }
    Ok(account)
}

/// Remembers what a run brought. What comes from Ghost keeps its id, so its name there is its name here.
pub(super) fn remember(batch: &mut Batch, run: &Id, subject: &str, version: i64) {
    batch.push(origin::put(&format!("ghost {run}"), subject, subject, run.as_str(), "", version));
}

async fn commit(app: &App, batch: &mut Batch, dry: bool) -> Result<(), ActError> {
    let batch = std::mem::take(batch);
    match dry {
        true => Ok(()),
        false => Ok(app.store.commit(batch).await?),
    }
}

/// A magazine in which nothing was written yet takes the settings over too.
pub(super) async fn is_empty(app: &App) -> Result<bool, ActError> {
    for kind in [Kind::Article, Kind::Page] {
        if store::article::count(&app.store, kind.word()).await?.is_some_and(|row| row.count > 0) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The rows that there is no room for; tables that this export does not have stay as they came before.
async fn rest(app: &App, came: Map<String, Value>) -> Result<Statement, ActError> {
    let before = setting::body_of(&app.store, REST).await?;
    let mut rest: Map<String, Value> = before.and_then(|row| serde_json::from_str(&row.body).ok()).unwrap_or_default();
    let is_empty = |rows: &Value| rows.as_array().is_none_or(Vec::is_empty);
    rest.extend(came.into_iter().filter(|(_, rows)| !is_empty(rows)));
    Ok(setting::put(REST, &Value::Object(rest).to_string()))
}

/// Theirs, and ours where Ghost has no word for it.
pub fn settings(ours: Settings, theirs: Settings) -> Settings {
    Settings {
        about: ours.about,
        legal: ours.legal,
        copyright_holder: ours.copyright_holder,
        email: ours.email,
        theme: ours.theme,
        theme_before: ours.theme_before,
        frontend_key: ours.frontend_key,
        record_confidence: ours.record_confidence,
        policies: ours.policies,
        ..theirs
    }
}

/// Their authors by id, as they are called here: one with the same id or slug is the same.
async fn authors(
    app: &App,
    theirs: &[Author],
    run: &Id,
    batch: &mut Batch,
    account: &mut Account,
) -> Result<HashMap<Id, Id>, ActError> {
    let ids: Vec<&Id> = theirs.iter().map(|author| &author.id).collect();
    let here = store::author::by_ids(&app.store, &ids).await?.into_iter().map(|author| author.id).collect();
    let mut called = Called::by(here);
    for author in theirs {
        let namesake = store::author::by_slug(&app.store, author.slug.as_str()).await?;
        if called.is_new(&author.id, &author.slug, namesake.map(|author| author.id)) {
            batch.push(store::author::put(author, author.updated_at));
            remember(batch, run, &format!("author:{}", author.id), 0);
            account.authors += 1;
        }
    }
    Ok(called.ids)
}

/// The same of tags.
async fn tags(
    app: &App,
    theirs: &[Tag],
    run: &Id,
    batch: &mut Batch,
    account: &mut Account,
) -> Result<HashMap<Id, Id>, ActError> {
    let ids: Vec<&Id> = theirs.iter().map(|tag| &tag.id).collect();
    let here = store::tag::by_ids(&app.store, &ids).await?.into_iter().map(|tag| tag.id).collect();
    let mut called = Called::by(here);
    for tag in theirs {
        let namesake = store::tag::by_slug(&app.store, tag.slug.as_str()).await?;
        if called.is_new(&tag.id, &tag.slug, namesake.map(|tag| tag.id)) {
            batch.push(store::tag::put(tag, tag.updated_at));
            remember(batch, run, &format!("tag:{}", tag.id), 0);
            account.tags += 1;
        }
    }
    Ok(called.ids)
}

/// How authors, or tags, of an export are called here.
#[derive(Default)]
struct Called {
    ids: HashMap<Id, Id>,
    /// Of this export, so far: a file made by hand may give one slug to two.
    slugs: HashMap<Slug, Id>,
}

impl Called {
    fn by(here: Vec<Id>) -> Called {
        Called { ids: here.into_iter().map(|id| (id.clone(), id)).collect(), slugs: HashMap::new() }
    }

    /// Whether it is to be written: nothing of its id or slug is here or came before it.
    fn is_new(&mut self, id: &Id, slug: &Slug, namesake: Option<Id>) -> bool {
        if self.ids.contains_key(id) {
            return false;
        }
        let same = namesake.or_else(|| self.slugs.get(slug).cloned());
        self.ids.insert(id.clone(), same.clone().unwrap_or_else(|| id.clone()));
        self.slugs.entry(slug.clone()).or_insert_with(|| id.clone());
        same.is_none()
    }
}

/// Why an article cannot be written.
enum InTheWay {
    /// It is here already.
    Itself,
    /// Something else has its name or its address.
    Other(String),
}

/// What this run has brought so far, and may not have written yet.
#[derive(Default)]
struct Came {
    ids: HashSet<Id>,
    paths: HashSet<String>,
}

async fn in_the_way(app: &App, article: &Article, came: &Came) -> Result<Option<InTheWay>, ActError> {
    let store = &app.store;
    if came.ids.contains(&article.id) {
        return Ok(Some(InTheWay::Other(format!("the export has another one with the id {}", article.id))));
    }
    if store::article::by_id(store, &article.id).await?.is_some() {
        return Ok(Some(InTheWay::Itself));
    }
    if !store::revision::listed(store, article.id.as_str(), 1).await?.is_empty() {
        return Ok(Some(InTheWay::Other("it was deleted here".into())));
    }
    if store::article::id_by_slug(store, article.kind.word(), article.slug.as_str()).await?.is_some() {
        let why = format!("another one here has the slug {}", article.slug);
        return Ok(Some(InTheWay::Other(why)));
    }
    let Some(path) = &article.path else { return Ok(None) };
    let stands = match came.paths.contains(path) {
        true => Some(Stands::Article(String::new())), // of this run, and perhaps not written yet
        false => what_stands_at(app, path).await?,
    };
    let why = match stands {
        Some(Stands::Article(_)) => format!("something else stands, or once stood, at {path}"),
        Some(Stands::Section) => format!("a section stands at {path}"),
        None => return Ok(None),
    };
    Ok(Some(InTheWay::Other(why)))
}

/// What the reader of the export could not read: `headline: reason`.
fn split(line: String) -> (String, String) {
    match line.split_once(": ") {
        Some((what, why)) => (what.to_owned(), why.to_owned()),
        None => (line, "it cannot be read".to_owned()),
    }
}

fn broken(why: crate::Error) -> ActError {
    match why {
        crate::Error::Broken(broken) => broken.into(),
        other => ActError::Field(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_the_id_or_the_slug_of_somebody_is_the_same() {
        let id = |n: i64| Id::made(n, [0; 8]);
        let slug = |text| Slug::parse(text).unwrap();
        let mut called = Called::by(vec![id(1)]);
        assert!(!called.is_new(&id(1), &slug("ada"), None), "here by the id");
        assert!(!called.is_new(&id(2), &slug("ben"), Some(id(9))), "here by the slug");
        assert!(called.is_new(&id(3), &slug("cy"), None));
        assert!(!called.is_new(&id(4), &slug("cy"), None), "twice in one export");
        assert_eq!([1, 2, 3, 4].map(|n| called.ids[&id(n)].clone()), [id(1), id(9), id(3), id(3)]);
    }
}
