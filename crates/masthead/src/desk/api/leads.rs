//! Addresses that readers asked for in vain, and addresses that lead elsewhere.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use news::settings::is_web_address;
use news::{Act, SectionPath, Verb};
use serde::Deserialize;
use store::{Batch, act, lead, miss};
use utoipa::{IntoParams, ToSchema};

use super::list::{self, Asked};
use super::shape;
use crate::App;
use crate::actions::ActError;
use crate::desk::refusal::{Refusal, Sent};
use crate::desk::session::{Editors, Signed};
use crate::site::route;

/// Addresses that are shown: those asked for most often.
const MOST: i64 = 100;
/// Articles that are suggested for one.
const SUGGESTED: usize = 3;
/// Beginnings that are looked for.
const MOST_WORDS: usize = 12;
/// Redirects one behind the other that are followed.
const MOST_STEPS: usize = 10;
/// Longest address, in bytes.
const LONGEST: usize = 1_000;

/// What readers did not find, the most wanted first, each with articles whose slug is alike.
#[utoipa::path(get, path = "/desk/api/misses", responses((status = OK, body = shape::Page<shape::Miss>)))]
pub async fn misses(_: Editors, State(app): State<Arc<App>>) -> Result<Json<shape::Page<shape::Miss>>, Refusal> {
    let mut items = Vec::new();
    for row in miss::most_asked(&app.store, MOST).await? {
        let suggestions = suggestions(&app, &row.path).await?;
        let shape =
            shape::Miss { path: row.path, times: row.times, first_at: row.first_at, last_at: row.last_at, suggestions };
        items.push(shape);
    }
    Ok(list::page(items, None))
}

/// Public articles and pages whose slug is the last part of an address, or begins with it, or begins it.
async fn suggestions(app: &App, path: &str) -> Result<Vec<shape::Suggestion>, store::Broken> {
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy().to_lowercase();
    let last = decoded.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let wanted = last.split(['.', '?']).next().unwrap_or_default();
    if wanted.len() < 3 {
        return Ok(Vec::new());
    }
    let mut ids: Vec<news::Id> = Vec::new();
    for start in beginnings(wanted) {
        if ids.len() == SUGGESTED {
            break;
        }
        for kind in ["article", "page"] {
            for row in
                store::article::ids_by_slug_start(&app.store, kind, &start, &format!("{start}\u{10ffff}"), 3).await?
            {
                if let Ok(id) = news::Id::parse(&row.id)
                    && !ids.contains(&id)
                    && ids.len() < SUGGESTED
                {
                    ids.push(id);
                }
            }
        }
    }
    let cards = store::article::cards(&app.store, &ids).await?;
    let suggestion = |id: &news::Id| {
        let article = cards.iter().map(|card| &card.article).find(|article| article.id == *id)?;
        Some(shape::Suggestion { path: article.path.clone()?, headline: article.headline.to_string() })
    };
    Ok(ids.iter().filter_map(suggestion).collect())
}

/// What slugs may begin with that are like this one: all of it, then fewer and fewer of its words, from its end and then
/// from its beginning. A short word alone begins too many.
fn beginnings(slug: &str) -> Vec<String> {
    let words: Vec<&str> = slug.split('-').filter(|word| !word.is_empty()).collect();
    let shorter = (1..=words.len()).rev().map(|end| words[..end].join("-"));
    let later = (1..words.len()).map(|start| words[start..].join("-"));
    let long_enough = |start: &String| start.len() > 3;
    shorter.chain(later).filter(long_enough).take(MOST_WORDS).collect()
}

/// An address.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AskedPath {
    /// From its first slash on.
    path: String,
}

/// Forgets an address that nobody needs.
#[utoipa::path(delete, path = "/desk/api/misses", params(AskedPath), responses((status = OK, body = shape::Moved)))]
pub async fn forget(
    _: Editors,
    State(app): State<Arc<App>>,
    Query(asked): Query<AskedPath>,
) -> Result<Json<shape::Moved>, Refusal> {
    let mut batch = Batch::new();
    batch.push(miss::remove(&asked.path));
    app.store.commit(batch).await.map_err(ActError::from)?;
    Ok(Json(shape::Moved { moved: Some(0) }))
}

/// Addresses that lead elsewhere, in their order. Earlier addresses of articles are not among them: those lead on by
/// themselves.
#[utoipa::path(get, path = "/desk/api/leads", params(Asked), responses((status = OK, body = shape::Page<shape::Lead>)))]
pub async fn list(
    _: Editors,
    State(app): State<Arc<App>>,
    Query(asked): Query<Asked>,
) -> Result<Json<shape::Page<shape::Lead>>, Refusal> {
    let limit = asked.limit();
    let after = asked.cursor.as_deref().unwrap_or_default();
    let rows = match asked.words() {
        "" => lead::after(&app.store, after, limit + 1).await?,
        words => lead::like(&app.store, words, after, limit + 1).await?,
    };
    let (rows, next) = list::part(rows, limit, |row| row.path.clone());
    Ok(list::page(rows.into_iter().map(shaped).collect(), next))
}

fn shaped(row: lead::Lead) -> shape::Lead {
    let of_import = !row.run_id.is_empty();
    shape::Lead { path: row.path, leads_to: row.leads_to, made_at: row.made_at, of_import }
}

/// An address and where it is to lead.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLead {
    /// From its first slash on.
    path: String,
    /// A path of the magazine, or an address elsewhere.
    leads_to: String,
}

/// Leads an address at which nothing stands to another one, with 301.
#[utoipa::path(put, path = "/desk/api/leads", request_body = NewLead, responses((status = OK, body = shape::Lead)))]
pub async fn put(
    Editors(signed): Editors,
    State(app): State<Arc<App>>,
    Sent(sent): Sent<NewLead>,
) -> Result<Json<shape::Lead>, Refusal> {
    let path = one_path(&sent.path)?;
    let leads_to = news::slug::encoded(sent.leads_to.trim());
    if !is_web_address(&leads_to) || leads_to.len() > LONGEST || leads_to.starts_with('_') {
        return Err(Refusal::field("leads_to", "write a path such as /politics/, or an address such as https://…"));
    }
    // An address of the magazine's own is a path.
    let leads_to = match leads_to.strip_prefix(app.url.as_str().trim_end_matches('/')) {
        Some(own) if own.starts_with('/') => own.to_owned(),
        _ => leads_to,
    };
    let section = SectionPath::parse(path.trim_matches('/')).ok();
    let has_section = match &section {
        Some(section) => store::section::at(&app.store, section).await?.is_some(),
        None => false,
    };
    if has_section || store::address::holder(&app.store, &path).await?.is_some() {
        return Err(Refusal::field("path", "something stands, or once stood, there: it leads on by itself"));
    }
    // A circle would lead readers round and round; so does an address that is this one but for a slash or capitals.
    let tidy = |path: &str| path.trim_end_matches('/').to_lowercase();
    let mut next = leads_to.clone();
    for _ in 0..MOST_STEPS {
        if tidy(&next) == tidy(&path) {
            return Err(Refusal::field("leads_to", "that leads back to the address itself"));
        }
        match lead::at(&app.store, &next).await? {
            Some(further) => next = further.leads_to,
            None => break,
        }
    }
    let now = app.now();
    let mut batch = Batch::new();
    batch.push(lead::put(&path, &leads_to, "", now.as_millisecond()));
    batch.push(miss::remove(&path));
    note(&mut batch, &app, &signed, &path, Some(format!("to {leads_to}")));
    app.store.commit(batch).await.map_err(ActError::from)?;
    Ok(Json(shape::Lead { path, leads_to, made_at: now.as_millisecond(), of_import: false }))
}

/// Takes a redirect away.
#[utoipa::path(delete, path = "/desk/api/leads", params(AskedPath), responses((status = OK, body = shape::Moved)))]
pub async fn remove(
    Editors(signed): Editors,
    State(app): State<Arc<App>>,
    Query(asked): Query<AskedPath>,
) -> Result<Json<shape::Moved>, Refusal> {
    if lead::at(&app.store, &asked.path).await?.is_none() {
        return Err(Refusal::not_found());
    }
    let mut batch = Batch::new();
    batch.push(lead::remove(&asked.path));
    note(&mut batch, &app, &signed, &asked.path, Some("it leads nowhere any more".into()));
    app.store.commit(batch).await.map_err(ActError::from)?;
    Ok(Json(shape::Moved { moved: Some(1) }))
}

fn note(batch: &mut Batch, app: &App, signed: &Signed, path: &str, reason: Option<String>) {
    let subject = format!("address:{path}");
    batch.push(act::add(&Act { actor: signed.by().actor, verb: Verb::Led, subject, at: app.now(), reason }));
}

/// A path in its one right form.
fn one_path(text: &str) -> Result<String, Refusal> {
    let no = |why: &str| Err(Refusal::field("path", why.to_owned()));
    let text = text.trim();
    if !text.starts_with('/') || text.starts_with("//") || text.len() > LONGEST {
        return no("an address begins with a slash, such as /old/page/");
    }
    if text.contains(['#', '?', ' ', '<', '>', '"']) {
        return no("only the path counts: nothing behind a # or a ?");
    }
    match route::normal(&news::slug::encoded(text)) {
        Some(path) if path.contains("//") => no("this can be no address of the magazine"),
        Some(path) if route::is_the_programs(&path) => no("the program answers at this address itself"),
        Some(path) => Ok(path),
        None => no("this can be no address of the magazine"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_begins_alike_or_ends_alike() {
        assert_eq!(beginnings("the-old-wall"), ["the-old-wall", "the-old", "old-wall", "wall"]);
        assert_eq!(beginnings("wall"), ["wall"]);
        assert_eq!(beginnings("a-b"), Vec::<String>::new());
    }
}
