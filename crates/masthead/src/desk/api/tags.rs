//! Tags.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use http::StatusCode;
use news::{Act, Id, Place, Verb, limits, tag as rules};
use serde::Deserialize;
use store::{Batch, act, outbox};
use utoipa::ToSchema;

use super::list::{self, Asked, cursor};
use super::shape;
use crate::App;
use crate::actions::{events, keep, merge as merging, names};
use crate::desk::refusal::{Refusal, Sent};
use crate::desk::session::{Anybody, Editors};

/// By name.
#[utoipa::path(get, path = "/desk/api/tags", params(Asked), responses((status = OK, body = shape::Page<shape::Tag>)))]
pub async fn list(
    _: Anybody,
    State(app): State<Arc<App>>,
    Query(asked): Query<Asked>,
) -> Result<Json<shape::Page<shape::Tag>>, Refusal> {
    let (name, after) = asked.after_name();
    let limit = asked.limit();
    let rows = store::tag::like(&app.store, asked.words(), &name, &after, limit + 1).await?;
    let (rows, next) = list::part(rows, limit, |tag| cursor(tag.id.as_str(), &tag.name));
    let mut items = Vec::new();
    for tag in rows {
        items.push(shaped(&app, tag).await?);
    }
    Ok(list::page(items, next))
}

async fn shaped(app: &App, tag: news::Tag) -> Result<shape::Tag, Refusal> {
    let count = store::article::count_with_tag(&app.store, tag.id.as_str()).await?;
    Ok(shape::Tag {
        url: app.url.with(&tag.url()),
        id: tag.id.to_string(),
        slug: tag.slug.to_string(),
        internal: !tag.is_public(),
        name: tag.name,
        description: tag.description,
        articles: count.map_or(0, |row| row.count),
    })
}

/// A new tag.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTag {
    name: String,
}

/// Makes a tag; one of that name that is there is answered.
#[utoipa::path(post, path = "/desk/api/tags", request_body = NewTag, responses((status = CREATED, body = shape::Tag)))]
pub async fn add(
    _: Anybody,
    State(app): State<Arc<App>>,
    Sent(sent): Sent<NewTag>,
) -> Result<(StatusCode, Json<shape::Tag>), Refusal> {
    let tag = names::tag_named(&app, &sent.name).await?;
    Ok((StatusCode::CREATED, Json(shaped(&app, tag).await?)))
}

/// A tag as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeTag {
    name: String,
    #[serde(default)]
    description: Option<String>,
}

/// Name and description; the address stays.
#[utoipa::path(put, path = "/desk/api/tags/{id}", request_body = ChangeTag, responses((status = OK, body = shape::Tag)))]
pub async fn change(
    Editors(signed): Editors,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<ChangeTag>,
) -> Result<Json<shape::Tag>, Refusal> {
    let before = one(&app, &id).await?;
    let mut tag = before.clone();
    let name = sent.name.trim();
    if name.is_empty() || name.chars().count() > limits::NAME_CHARACTERS {
        return Err(Refusal::field("name", format!("a name has 1 to {} characters", limits::NAME_CHARACTERS)));
    }
    tag.visibility = rules::visibility_of(name);
    tag.name = name.to_owned();
    tag.description = sent.description.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let now = app.now();
    let places = vec![Place::Tag(tag.id.clone()), Place::Everything];
    let mut batch = Batch::new();
    tag.updated_at = now;
    batch.push(store::tag::put(&tag, now));
    batch.push(events::tag(&app, Some(&before), Some(&tag)));
    let (actor, subject) = (signed.by().actor, tag.id.to_string());
    batch.push(act::add(&Act { actor, verb: Verb::Described, subject, at: now, reason: Some(tag.name.clone()) }));
    batch.push(outbox::add("refill", &keep::payload(&places), &app.origin, now.as_millisecond()));
    keep::commit(&app, batch, places).await?;
    Ok(Json(shaped(&app, tag).await?))
}

async fn one(app: &App, id: &str) -> Result<news::Tag, Refusal> {
    let id = Id::parse(id).map_err(|_| Refusal::not_found())?;
    store::tag::by_ids(&app.store, &[&id]).await?.pop().ok_or_else(Refusal::not_found)
}

/// The tag that stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeTag {
    into: String,
}

/// Makes one tag of two.
#[utoipa::path(post, path = "/desk/api/tags/{id}/merge", request_body = MergeTag, responses((status = OK, body = shape::Moved)))]
pub async fn merge(
    Editors(signed): Editors,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<MergeTag>,
) -> Result<Json<shape::Moved>, Refusal> {
    let (from, into) = (one(&app, &id).await?, one(&app, &sent.into).await?);
    let moved = merging::tags(&app, &from.id, &into.id, &signed.by()).await?;
    Ok(Json(shape::Moved { moved: Some(moved) }))
}

/// Takes a tag from every article and removes it.
#[utoipa::path(delete, path = "/desk/api/tags/{id}", responses((status = OK, body = shape::Moved)))]
pub async fn delete(
    Editors(signed): Editors,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Json<shape::Moved>, Refusal> {
    let tag = one(&app, &id).await?;
    let moved = merging::without_tag(&app, &tag.id, &signed.by()).await?;
    Ok(Json(shape::Moved { moved: Some(moved) }))
}
