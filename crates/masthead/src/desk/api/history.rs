//! Versions of an article: the list, one of them, what differs, and bringing one back.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use manuscript::Document;
use news::Verb;
use serde::Deserialize;
use store::revision;
use utoipa::IntoParams;

use super::acts::Names;
use super::article::{Version, allowed, fresh, opened, shaped};
use super::list;
use super::{papers, shape};
use crate::App;
use crate::actions::edit::Change;
use crate::actions::{ActError, working_copy};
use crate::desk::refusal::{Refusal, Sent};
use crate::desk::session::Anybody;

/// Most versions that are listed.
const MOST: i64 = 500;

/// The newest first. A number below 0 is a working copy that another change overtook.
#[utoipa::path(get, path = "/desk/api/articles/{id}/revisions", responses((status = OK, body = shape::Page<shape::Revision>)))]
pub async fn revisions(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Json<shape::Page<shape::Revision>>, Refusal> {
    let (at, _) = opened(&app, &signed, &id).await?;
    let id = at.kept.id.as_str();
    let rows = revision::listed(&app.store, id, MOST).await?;
    let acts = store::act::of(&app.store, id, MOST).await?;
    let names = Names::of(&app, rows.iter().map(|row| row.actor.as_str())).await?;
    let verb = |row: &revision::Listed| {
        // An act and its revision are written in one batch, at one time.
        let near = acts.iter().find(|act| act.actor == row.actor && (act.made_at - row.made_at).abs() < 1_000);
        near.map(|act| act.verb.clone())
    };
    let items = rows.iter().map(|row| shape::Revision {
        version: row.version,
        at: row.made_at,
        by: names.name(&row.actor),
        name: row.name.clone(),
        reason: row.reason.clone(),
        verb: verb(row),
    });
    Ok(list::page(items.collect(), None))
}

/// What a version said.
#[utoipa::path(get, path = "/desk/api/articles/{id}/revisions/{version}", responses((status = OK, body = shape::RevisionText)))]
pub async fn revision(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path((id, version)): Path<(String, i64)>,
) -> Result<Json<shape::RevisionText>, Refusal> {
    let (at, _) = opened(&app, &signed, &id).await?;
    let article = at_version(&app, at.kept.id.as_str(), version).await?;
    Ok(Json(shape::RevisionText { papers: papers::of(&app, &article).await?, body: article.body }))
}

async fn at_version(app: &App, id: &str, version: i64) -> Result<news::Article, Refusal> {
    let row = revision::at(&app.store, id, version).await?.ok_or_else(Refusal::not_found)?;
    Ok(revision::article(&row)?)
}

/// Brings a version back: its text and papers become the working copy, which goes out by its own act.
#[utoipa::path(post, path = "/desk/api/articles/{id}/revisions/{version}/restore", request_body = Version, responses((status = OK, body = shape::Article)))]
pub async fn restore(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path((id, version)): Path<(String, i64)>,
    Sent(sent): Sent<Version>,
) -> Result<Json<shape::Article>, Refusal> {
    let (at, may) = opened(&app, &signed, &id).await?;
    allowed(may.edit)?;
    fresh(&app, &signed, &at, sent.version()).await?;
    let old = at_version(&app, at.kept.id.as_str(), version).await?;
    let change = Change {
        headline: Some(old.headline),
        slug: None,
        standfirst: Some(old.standfirst),
        body: Some(old.body),
        section: Some(old.section),
        tags: Some(old.tags),
        authors: Some(old.authors),
        lead_picture: Some(old.lead_picture),
        access: Some(old.access),
        featured: Some(old.featured),
        extras: Some(old.extras),
        published_at: None,
    };
    let article = at.kept.id.clone();
    let at = working_copy::write(&app, &article, sent.version(), change, &signed.by()).await?;
    let mut batch = store::Batch::new();
    let reason = Some(format!("version {version}"));
    let actor = signed.by().actor;
    let act = news::Act { actor, verb: Verb::Restored, subject: article.to_string(), at: app.now(), reason };
    batch.push(store::act::add(&act));
    app.store.commit(batch).await?;
    app.desk.hub.changed(&article, at.version(), &signed.staff.name);
    Ok(Json(shaped(&app, &signed, at).await?))
}

/// Which two versions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AskedDiff {
    /// The older one; `kept` for what stands in the magazine.
    from: String,
    /// The newer one; `copy` for what the desk has now.
    to: String,
}

/// What differs between two versions, word by word.
#[utoipa::path(get, path = "/desk/api/articles/{id}/diff", params(AskedDiff), responses((status = OK, body = shape::Diff)))]
pub async fn diff(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<AskedDiff>,
) -> Result<Json<shape::Diff>, Refusal> {
    let (at, _) = opened(&app, &signed, &id).await?;
    let version = async |word: &str| match word {
        "copy" => Ok(at.now.clone()),
        "kept" => Ok(at.kept.clone()),
        word => {
            let version = word.parse().map_err(|_| Refusal::field("version", "this is no version"))?;
            at_version(&app, at.kept.id.as_str(), version).await
        }
    };
    let (old, new) = (version(&asked.from).await?, version(&asked.to).await?);
    let papers = papers::differences(&papers::of(&app, &old).await?, &papers::of(&app, &new).await?);
    let work = tokio::task::spawn_blocking(move || {
        let (old, new) = (Document::parse(&old.body)?, Document::parse(&new.body)?);
        Ok::<_, manuscript::NoDocument>(manuscript::diff(&old, &new).to_json())
    });
    let json = work.await.map_err(|why| ActError::Field(why.to_string()))?.map_err(ActError::from)?;
    Ok(Json(shape::Diff { papers, changes: json["changes"].clone() }))
}
