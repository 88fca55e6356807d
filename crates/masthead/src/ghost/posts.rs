//! `/ghost/api/admin/posts/` and `/pages/`: browse, read, add, edit, delete.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use news::{Actor, Article, Id, Kind, Slug, Status};
use serde::Deserialize;
use serde_json::{Value, json};

use super::auth::Admin;
use super::error::ApiError;
use super::fields::{self, Wanted};
use super::shape::{self, Formats};
use crate::App;
use crate::actions::{By, Written, delete, edit, publish, schedule, withdraw};
use crate::site;

/// Most posts of one answer (Ghost's limit since 6.0).
const MOST: i64 = 100;
/// Posts of an answer that asks for no number.
const USUAL: i64 = 15;

/// Posts or pages.
#[derive(Clone, Copy, Debug)]
pub struct Resource {
    /// In paths and envelopes.
    pub name: &'static str,
    /// In our own words.
    pub kind: Kind,
}

/// Articles.
pub const POSTS: Resource = Resource { name: "posts", kind: Kind::Article };
/// Static pages.
pub const PAGES: Resource = Resource { name: "pages", kind: Kind::Page };

/// What a client may ask for in the query.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Parameters {
    source: Option<String>,
    formats: Option<String>,
    limit: Option<String>,
    page: Option<String>,
    include: Option<String>,
}

impl Parameters {
    /// How many an answer holds.
    pub fn limit(&self) -> i64 {
        match self.limit.as_deref() {
            None => USUAL,
            Some("all") => MOST,
            Some(text) => text.parse().ok().filter(|n| *n > 0).unwrap_or(USUAL).min(MOST),
        }
    }

    /// Which page of them, from 1.
    pub fn page(&self) -> i64 {
        self.page.as_deref().and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
    }

    /// Whether something is to be included.
    pub fn includes(&self, name: &str) -> bool {
        self.include.as_ref().is_some_and(|list| list.split(',').any(|one| one.trim() == name))
    }
}

/// What the magazine is, for anybody.
pub async fn site(State(app): State<Arc<App>>) -> Result<Response, ApiError> {
    let settings = app.settings().await?;
    let body = json!({ "site": {
        "title": settings.title, "description": settings.description, "logo": settings.logo, "icon": settings.icon,
        "cover_image": settings.cover_image, "accent_color": settings.accent_color, "locale": settings.locale,
        "url": app.url.with("/"), "version": super::VERSION.trim_start_matches('v'),
    }});
    Ok(answer(StatusCode::OK, body))
}

/// The newest change first.
pub async fn browse(
    _: Admin,
    State(app): State<Arc<App>>,
    Extension(resource): Extension<Resource>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, ApiError> {
    let (limit, page) = (parameters.limit(), parameters.page());
    let kind = resource.kind.word();
    let total = store::article::count(&app.store, kind).await?.map_or(0, |row| row.count);
    let rows = store::article::ids_by_change(&app.store, kind, limit, (page - 1).saturating_mul(limit)).await?;
    let mut posts = Vec::new();
    for id in rows.iter().filter_map(|row| Id::parse(&row.id).ok()) {
        if let Some(card) = store::article::by_id(&app.store, &id).await? {
            posts.push(shaped(&app, card, &parameters).await?);
        }
    }
    let pagination = shape::pagination(page, limit, total);
    Ok(answer(StatusCode::OK, json!({ resource.name: posts, "meta": { "pagination": pagination } })))
}

/// One, by id.
pub async fn read(
    _: Admin,
    State(app): State<Arc<App>>,
    Extension(resource): Extension<Resource>,
    Path(id): Path<String>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, ApiError> {
    let card = find(&app, resource, &id).await?;
    one(&app, resource, card, &parameters, StatusCode::OK).await
}

/// One, by slug.
pub async fn read_by_slug(
    _: Admin,
    State(app): State<Arc<App>>,
    Extension(resource): Extension<Resource>,
    Path(slug): Path<String>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, ApiError> {
    let slug = Slug::parse(&slug).map_err(|_| ApiError::not_found())?;
    let card = store::article::by_slug(&app.store, resource.kind, slug.as_str()).await?.ok_or(ApiError::not_found())?;
    one(&app, resource, card, &parameters, StatusCode::OK).await
}

/// Writes a new one: a draft, scheduled, or public at once.
pub async fn add(
    Admin(key): Admin,
    State(app): State<Arc<App>>,
    Extension(resource): Extension<Resource>,
    Query(parameters): Query<Parameters>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let fields = fields::only(&body, resource.name)?;
    let (wanted, date) = (fields.wanted()?, fields.date()?);
    if !fields.has_title() {
        return Err(ApiError::invalid("title", "must have required property 'title'"));
    }
    if wanted == Some(Wanted::Scheduled) {
        needed(date)?;
    }
    let change = fields.change(&app, parameters.source.as_deref() == Some("html"), None).await?;
    let mut pending = edit::begin(&app, resource.kind, change).await?;
    let by = By::new(Actor::Key(key.id));
    let written = match wanted.unwrap_or(Wanted::Draft) {
        Wanted::Published => publish::publish(&app, pending, date, &by).await?,
        Wanted::Scheduled => schedule::schedule(&app, pending, needed(date)?, &by).await?,
        Wanted::Draft => {
            pending.after.published_at = date;
            edit::save(&app, pending, &by).await?
        }
    };
    one(&app, resource, written, &parameters, StatusCode::CREATED).await
}

/// Changes one; `updated_at` must be that of the version which the client read.
pub async fn edit(
    Admin(key): Admin,
    State(app): State<Arc<App>>,
    Extension(resource): Extension<Resource>,
    Path(id): Path<String>,
    Query(parameters): Query<Parameters>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let before = find(&app, resource, &id).await?.article;
    let fields = fields::only(&body, resource.name)?;
    refuse_stale(&fields.updated_at, &before)?;
    let (wanted, date) = (fields.wanted()?, fields.date()?);
    let change = fields.change(&app, parameters.source.as_deref() == Some("html"), Some(&before)).await?;
    let mut pending = edit::change(&app, before.clone(), change).await?;
    let by = By::new(Actor::Key(key.id));
    let written = match (before.status, wanted) {
        (Status::Published, None | Some(Wanted::Published)) => {
            if date.is_some_and(|date| date > app.now()) {
                let context = "a published article cannot be dated in the future; set its status to scheduled";
                return Err(ApiError::invalid("published_at", context));
            }
            pending.after.published_at = date.or(before.published_at);
            edit::save(&app, pending, &by).await?
        }
        (_, Some(Wanted::Published)) => publish::publish(&app, pending, date, &by).await?,
        (Status::Scheduled, None) | (_, Some(Wanted::Scheduled)) => {
            let when = needed(date.or(before.published_at))?;
            schedule::schedule(&app, pending, when, &by).await?
        }
        (Status::Published | Status::Scheduled, Some(Wanted::Draft)) => withdraw::withdraw(&app, pending, &by).await?,
        (_, None | Some(Wanted::Draft)) => {
            pending.after.published_at = date.or(before.published_at);
            edit::save(&app, pending, &by).await?
        }
    };
    one(&app, resource, written, &parameters, StatusCode::OK).await
}

/// Deletes one.
pub async fn remove(
    Admin(key): Admin,
    State(app): State<Arc<App>>,
    Extension(resource): Extension<Resource>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let card = find(&app, resource, &id).await?;
    delete::delete(&app, &card.article.id, &By::new(Actor::Key(key.id))).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    shape::headers(response.headers_mut());
    Ok(response)
}

async fn find(app: &App, resource: Resource, id: &str) -> Result<Written, ApiError> {
    let wrong = |_| ApiError::invalid("id", "Validation (matches) failed for id");
    let id = Id::parse(id).map_err(wrong)?;
    let card = store::article::by_id(&app.store, &id).await?;
    card.filter(|card| card.article.kind == resource.kind).ok_or(ApiError::not_found())
}

/// Ghost's guard against lost changes, to the millisecond.
fn refuse_stale(updated_at: &Option<String>, before: &Article) -> Result<(), ApiError> {
    let Some(text) = updated_at else {
        return Err(ApiError::invalid("updated_at", "must have required property 'updated_at'"));
    };
    let read = fields::time("updated_at", text)?;
    if read.as_millisecond() == before.updated_at.as_millisecond() { Ok(()) } else { Err(ApiError::collision()) }
}

fn needed(date: Option<jiff::Timestamp>) -> Result<jiff::Timestamp, ApiError> {
    date.ok_or_else(|| ApiError::invalid("published_at", "Value in published_at cannot be blank."))
}

async fn shaped(app: &Arc<App>, card: Written, parameters: &Parameters) -> Result<Value, ApiError> {
    let post = site::post(app, card).await?;
    Ok(shape::post(app, &post, Formats::of(parameters.formats.as_deref())))
}

async fn one(
    app: &Arc<App>,
    resource: Resource,
    card: Written,
    parameters: &Parameters,
    status: StatusCode,
) -> Result<Response, ApiError> {
    let id = card.article.id.clone();
    let post = shaped(app, card, parameters).await?;
    let mut response = answer(status, json!({ resource.name: [post] }));
    if status == StatusCode::CREATED {
        let location = app.url.with(&format!("/ghost/api/admin/{}/{id}/", resource.name));
        if let Ok(location) = HeaderValue::try_from(location) {
            response.headers_mut().insert(header::LOCATION, location);
        }
    }
    Ok(response)
}

/// An answer of the API.
pub fn answer(status: StatusCode, body: Value) -> Response {
    let mut response = (status, Json(body)).into_response();
    shape::headers(response.headers_mut());
    response
}
