//! Authors: the people in bylines, with an account or without.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use http::StatusCode;
use news::{Act, Id, Place, Verb, limits};
use serde::Deserialize;
use store::{Batch, act, outbox};
use utoipa::ToSchema;

use super::list::{self, Asked, cursor};
use super::shape;
use crate::App;
use crate::actions::{keep, names};
use crate::desk::refusal::{Refusal, Sent};
use crate::desk::session::Anybody;

/// By name.
#[utoipa::path(get, path = "/desk/api/authors", params(Asked), responses((status = OK, body = shape::Page<shape::Author>)))]
pub async fn list(
    _: Anybody,
    State(app): State<Arc<App>>,
    Query(asked): Query<Asked>,
) -> Result<Json<shape::Page<shape::Author>>, Refusal> {
    let (name, after) = asked.after_name();
    let limit = asked.limit();
    let rows = store::author::like(&app.store, asked.words(), &name, &after, limit + 1).await?;
    let (rows, next) = list::part(rows, limit, |author| cursor(author.id.as_str(), &author.name));
    let mut items = Vec::new();
    for author in rows {
        items.push(shaped(&app, author).await?);
    }
    Ok(list::page(items, next))
}

async fn shaped(app: &App, author: news::Author) -> Result<shape::Author, Refusal> {
    let count = store::article::count_by_author(&app.store, author.id.as_str()).await?;
    Ok(shape::Author {
        url: app.url.with(&author.url()),
        id: author.id.to_string(),
        slug: author.slug.to_string(),
        name: author.name,
        role: author.role,
        bio: author.bio,
        location: author.location,
        website: author.website,
        portrait: author.portrait,
        email: author.email,
        articles: count.map_or(0, |row| row.count),
    })
}

/// A new author.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAuthor {
    name: String,
}

/// Makes an author; one of that name who is there is answered.
#[utoipa::path(post, path = "/desk/api/authors", request_body = NewAuthor, responses((status = CREATED, body = shape::Author)))]
pub async fn add(
    _: Anybody,
    State(app): State<Arc<App>>,
    Sent(sent): Sent<NewAuthor>,
) -> Result<(StatusCode, Json<shape::Author>), Refusal> {
    let author = names::author_named(&app, &sent.name).await?;
    Ok((StatusCode::CREATED, Json(shaped(&app, author).await?)))
}

/// An author as they are to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeAuthor {
    name: String,
    #[serde(default)]
    role: Option<String>,
    #[serde(default)]
    bio: Option<String>,
    #[serde(default)]
    location: Option<String>,
    #[serde(default)]
    website: Option<String>,
    #[serde(default)]
    portrait: Option<String>,
    #[serde(default)]
    email: Option<String>,
}

/// What is said of an author. Everybody may say it of themselves.
#[utoipa::path(put, path = "/desk/api/authors/{id}", request_body = ChangeAuthor, responses((status = OK, body = shape::Author)))]
pub async fn change(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<ChangeAuthor>,
) -> Result<Json<shape::Author>, Refusal> {
    let id = Id::parse(&id).map_err(|_| Refusal::not_found())?;
    if signed.staff.author.as_ref() != Some(&id) {
        signed.at_least(news::Role::Editor)?;
    }
    let before = store::author::by_ids(&app.store, &[&id]).await?.pop().ok_or_else(Refusal::not_found)?;
    let name = sent.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > limits::NAME_CHARACTERS {
        return Err(Refusal::field("name", format!("a name has 1 to {} characters", limits::NAME_CHARACTERS)));
    }
    let clean = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let author = news::Author {
        name,
        role: clean(sent.role),
        bio: clean(sent.bio),
        location: clean(sent.location),
        website: clean(sent.website),
        portrait: clean(sent.portrait),
        email: clean(sent.email),
        ..before
    };
    for (field, address) in [("website", &author.website), ("portrait", &author.portrait)] {
        if address.as_deref().is_some_and(|address| !news::settings::is_web_address(address)) {
            return Err(Refusal::field(field, "write a web address, or a path of this magazine"));
        }
    }
    let texts = [&author.role, &author.bio, &author.location, &author.website, &author.portrait, &author.email];
    if texts.into_iter().flatten().any(|text| text.chars().count() > limits::META_CHARACTERS) {
        return Err(Refusal::field("bio", format!("a field has at most {} characters", limits::META_CHARACTERS)));
    }
    let now = app.now();
    let places = vec![Place::Author(id.clone()), Place::Everything];
    let mut batch = Batch::new();
    batch.push(store::author::put(&author, now));
    let (actor, subject) = (signed.by().actor, id.to_string());
    let reason = Some(author.name.clone());
    batch.push(act::add(&Act { actor, verb: Verb::Described, subject, at: now, reason }));
    batch.push(outbox::add("refill", &keep::payload(&places), &app.origin, now.as_millisecond()));
    keep::commit(&app, batch, places).await?;
    Ok(Json(shaped(&app, author).await?))
}
