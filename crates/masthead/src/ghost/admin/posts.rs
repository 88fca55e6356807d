//! `/ghost/api/admin/posts/` and `/pages/`: browse, read, add, edit, copy, delete, and many at a time.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use bytes::Bytes;
use http::StatusCode;
use news::{Article, Id, Kind, Slug, Status};
use serde::Deserialize;
use serde_json::{Value, json};
use store::article::Card;

use super::caller::Admin;
use super::fields::{self, PostFields, Wanted};
use super::sent::{only, required};
use super::shape::Drawn;
use super::{answer, created, listing, nothing, pagination};
use crate::App;
use crate::actions::edit::Change;
use crate::actions::{By, Written, delete, edit, publish, schedule, withdraw};
use crate::ghost::asked::Parameters;
use crate::ghost::error::ApiError;

/// Posts or pages.
#[derive(Clone, Copy, Debug)]
pub struct Resource {
    /// In paths and envelopes.
    pub name: &'static str,
    /// One of them.
    pub singular: &'static str,
    /// In our own words.
    pub kind: Kind,
}

/// Articles.
pub const POSTS: Resource = Resource { name: "posts", singular: "post", kind: Kind::Article };
/// Static pages.
pub const PAGES: Resource = Resource { name: "pages", singular: "page", kind: Kind::Page };

/// What is scheduled first, then what is being written, then what is out, each with the latest first.
pub async fn browse(
    _: Admin,
    State(app): State<Arc<App>>,
    Extension(resource): Extension<Resource>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let drawn = Drawn::of(&app).await?;
    let (cards, total) = listing::page(&app, &drawn, resource, &asked).await?;
    let posts = shaped(&app, &drawn, cards, &asked).await?;
    let pagination = pagination(asked.page(), asked.limit(), total);
    Ok(answer(StatusCode::OK, json!({ resource.name: posts, "meta": { "pagination": pagination } })))
}

/// One, by id.
pub async fn read(
    _: Admin,
    State(app): State<Arc<App>>,
    Extension(resource): Extension<Resource>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let card = find(&app, resource, &id, "read").await?;
    Ok(answer(StatusCode::OK, one(&app, resource, card, &asked.with_field("id")).await?))
}

/// One, by slug.
pub async fn read_by_slug(
    _: Admin,
    State(app): State<Arc<App>>,
    Extension(resource): Extension<Resource>,
    Path(slug): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let missing = || ApiError::not_there(resource.singular);
    let slug = Slug::parse(&slug).map_err(|_| missing())?;
    let card = store::article::by_slug(&app.store, resource.kind, slug.as_str()).await?.ok_or_else(missing)?;
    Ok(answer(StatusCode::OK, one(&app, resource, card, &asked.with_field("slug")).await?))
}

/// Writes a new one: a draft, scheduled, or public at once.
pub async fn add(
    Admin(caller): Admin,
    State(app): State<Arc<App>>,
    Extension(resource): Extension<Resource>,
    Query(asked): Query<Parameters>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let saying = |why: ApiError| why.saying("save", resource.singular);
    let fields = only::<PostFields>(&body, resource.name).map_err(saying)?.from(&caller);
    let written = write_new(&app, resource, fields, &asked, &caller.by()).await.map_err(saying)?;
    let path = format!("{}/{}", resource.name, written.article.id);
    Ok(created(&app, &path, one(&app, resource, written, &asked).await?))
}

async fn write_new(
    app: &Arc<App>,
    resource: Resource,
    fields: PostFields,
    asked: &Parameters,
    by: &By,
) -> Result<Written, ApiError> {
    if !fields.has_title() {
        return Err(required(resource.name, "title"));
    }
    let (wanted, date) = (fields.wanted()?, fields.date()?);
    if wanted == Some(Wanted::Scheduled) {
        needed(date)?;
    }
    let change = fields.change(app, is_html(asked), None).await?;
    let mut pending = edit::begin(app, resource.kind, change).await?;
    Ok(match wanted.unwrap_or(Wanted::Draft) {
        Wanted::Published => publish::publish(app, pending, date, by).await?,
        Wanted::Scheduled => schedule::schedule(app, pending, needed(date)?, by).await?,
        Wanted::Draft => {
            pending.after.published_at = date;
            edit::save(app, pending, by).await?
        }
        Wanted::Sent => return Err(ApiError::invalid("status", "nothing is sent yet; write a draft")),
    })
}

/// Changes one; `updated_at` must be that of the version which the client read.
pub async fn edit(
    Admin(caller): Admin,
    State(app): State<Arc<App>>,
    Extension(resource): Extension<Resource>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let saying = |why: ApiError| why.saying("edit", resource.singular);
    let before = find(&app, resource, &id, "edit").await?.article;
    let fields = only::<PostFields>(&body, resource.name).map_err(saying)?.from(&caller);
    refuse_stale(resource, &fields.updated_at, &before).map_err(saying)?;
    let written = write(&app, before, fields, is_html(&asked), &caller.by()).await.map_err(saying)?;
    Ok(answer(StatusCode::OK, one(&app, resource, written, &asked).await?))
}

async fn write(
    app: &Arc<App>,
    before: Article,
    fields: PostFields,
    is_html: bool,
    by: &By,
) -> Result<Written, ApiError> {
    let (wanted, date) = (fields.wanted()?, fields.date()?);
    let change = fields.change(app, is_html, Some(&before)).await?;
    let mut pending = edit::change(app, before.clone(), change).await?;
    // What is sent is told as such, and stays so unless somebody wants it to be something else.
    let wanted = wanted.filter(|wanted| !(*wanted == Wanted::Sent && before.status == Status::Sent));
    Ok(match (before.status, wanted) {
        (_, Some(Wanted::Sent)) => return Err(ApiError::invalid("status", "nothing is sent yet")),
        (Status::Sent, Some(Wanted::Draft)) => {
            pending.after.status = Status::Draft;
            edit::save(app, pending, by).await?
        }
        (Status::Published, None | Some(Wanted::Published)) => {
            if date.is_some_and(|date| date > app.now()) {
                let context =
                    "a published article cannot be dated in the future: make it a draft first, then schedule it";
                return Err(ApiError::invalid("published_at", context));
            }
            pending.after.published_at = date.or(before.published_at);
            edit::save(app, pending, by).await?
        }
        (_, Some(Wanted::Published)) => publish::publish(app, pending, date, by).await?,
        (Status::Scheduled, None) | (_, Some(Wanted::Scheduled)) => {
            let when = needed(date.or(before.published_at))?;
            schedule::schedule(app, pending, when, by).await?
        }
        (Status::Published | Status::Scheduled, Some(Wanted::Draft)) => withdraw::withdraw(app, pending, by).await?,
        (_, None | Some(Wanted::Draft)) => {
            pending.after.published_at = date.or(before.published_at);
            edit::save(app, pending, by).await?
        }
    })
}

/// A draft with the same text and papers.
pub async fn copy(
    Admin(caller): Admin,
    State(app): State<Arc<App>>,
    Extension(resource): Extension<Resource>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let from = find(&app, resource, &id, "copy").await?.article;
    let mut extras = from.extras.clone();
    (extras.uuid, extras.comment_id) = (None, None);
    let change = Change {
        headline: fields::copied(&from.headline),
        standfirst: Some(from.standfirst),
        body: Some(from.body),
        section: Some(from.section),
        tags: Some(from.tags),
        authors: Some(from.authors),
        lead_picture: Some(from.lead_picture),
        access: Some(from.access),
        featured: Some(false),
        extras: Some(extras),
        ..Change::default()
    };
    let pending = edit::begin(&app, resource.kind, change).await?;
    let written = edit::save(&app, pending, &caller.by()).await?;
    let path = format!("{}/{}", resource.name, written.article.id);
    Ok(created(&app, &path, one(&app, resource, written, &asked).await?))
}

/// Deletes one.
pub async fn remove(
    Admin(caller): Admin,
    State(app): State<Arc<App>>,
    Extension(resource): Extension<Resource>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let card = find(&app, resource, &id, "delete").await?;
    delete::delete(&app, &card.article.id, &caller.by()).await?;
    Ok(nothing())
}

/// What is done to many: `{"bulk": {"action": "feature", "meta": {…}}}`.
#[derive(Deserialize)]
struct Bulk {
    bulk: ManyAct,
}

#[derive(Deserialize)]
struct ManyAct {
    action: String,
    #[serde(default)]
    meta: Meta,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Meta {
    tags: Vec<Value>,
    visibility: Option<String>,
    tiers: Vec<Value>,
}

/// Changes every article that a filter fits.
pub async fn edit_many(
    Admin(caller): Admin,
    State(app): State<Arc<App>>,
    Extension(resource): Extension<Resource>,
    Query(asked): Query<Parameters>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let Bulk { bulk } = serde_json::from_slice(&body)
        .map_err(|why| ApiError::bad_request(format!("The body is not what a bulk edit sends: {why}")))?;
    let fields = match bulk.action.as_str() {
        "feature" => json!({ "featured": true }),
        "unfeature" => json!({ "featured": false }),
        "unpublish" | "unschedule" => json!({ "status": "draft" }),
        "access" => json!({ "visibility": bulk.meta.visibility, "tiers": bulk.meta.tiers }),
        "addTag" => Value::Null,
        other => return Err(ApiError::invalid("action", format!("“{other}” is nothing that can be done to many"))),
    };
    let (mut done, mut failed) = (0, Vec::new());
    for card in listing::all(&app, resource, &asked).await? {
        let before = card.article;
        let is_out = matches!(before.status, Status::Published | Status::Scheduled);
        if fields["status"] == "draft" && !is_out {
            continue;
        }
        let fields = match bulk.action.as_str() {
            "addTag" => {
                let kept = before.tags.iter().map(|id| json!({ "id": id }));
                json!({ "tags": kept.chain(bulk.meta.tags.iter().cloned()).collect::<Vec<_>>() })
            }
            _ => fields.clone(),
        };
        let id = before.id.clone();
        let fields = PostFields::deserialize(&fields).map_err(|why| ApiError::invalid("meta", why.to_string()))?;
        match write(&app, before, fields, false, &caller.by()).await {
            Ok(_) => done += 1,
            Err(why) => failed.push(json!({ "id": id, "error": why.message() })),
        }
    }
    Ok(answer(StatusCode::OK, many(done, failed)))
}

/// Deletes every article that a filter fits; without a filter, none.
pub async fn remove_many(
    Admin(caller): Admin,
    State(app): State<Arc<App>>,
    Extension(resource): Extension<Resource>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let (mut done, mut failed) = (0, Vec::new());
    for card in listing::all(&app, resource, &asked).await? {
        match delete::delete(&app, &card.article.id, &caller.by()).await {
            Ok(()) => done += 1,
            Err(why) => failed.push(json!({ "id": card.article.id, "error": why.to_string() })),
        }
    }
    Ok(answer(StatusCode::OK, many(done, failed)))
}

fn many(successful: usize, failed: Vec<Value>) -> Value {
    let stats = json!({ "successful": successful, "unsuccessful": failed.len() });
    json!({ "bulk": { "meta": { "stats": stats, "errors": failed, "unsuccessfulData": [] } } })
}

async fn find(app: &App, resource: Resource, id: &str, verb: &str) -> Result<Card, ApiError> {
    let wrong = |why: ApiError| why.saying(verb, resource.singular);
    let id = Id::parse(id).map_err(|_| wrong(ApiError::wrong_id(resource.singular)))?;
    let card = store::article::by_id(&app.store, &id).await?;
    let card = card.filter(|card| card.article.kind == resource.kind);
    card.ok_or_else(|| wrong(ApiError::not_there(resource.singular)))
}

/// Ghost's guard against lost changes, to the millisecond.
fn refuse_stale(resource: Resource, updated_at: &Option<String>, before: &Article) -> Result<(), ApiError> {
    let Some(text) = updated_at else { return Err(required(resource.name, "updated_at")) };
    let read = fields::time("updated_at", text)?;
    if read.as_millisecond() == before.updated_at.as_millisecond() {
        return Ok(());
    }
    Err(ApiError::collision())
}

fn needed(date: Option<jiff::Timestamp>) -> Result<jiff::Timestamp, ApiError> {
    let message = "Validation error, cannot save post.";
    date.ok_or_else(|| ApiError::unprocessable(message).because("Value in published_at cannot be blank."))
}

fn is_html(asked: &Parameters) -> bool {
    asked.source.as_deref() == Some("html")
}

/// Articles with what is asked of them; the cards of a list come without bodies.
async fn shaped(
    app: &Arc<App>,
    drawn: &Drawn,
    mut cards: Vec<Card>,
    asked: &Parameters,
) -> Result<Vec<Value>, ApiError> {
    for card in cards.iter_mut().filter(|card| card.article.body.is_empty()) {
        let body = store::article::body_of(&app.store, card.article.id.as_str()).await?;
        card.article.body = body.map(|row| row.body).unwrap_or_default();
    }
    let posts = drawn.posts(cards).await?;
    Ok(posts.iter().map(|post| drawn.post(post, asked)).collect())
}

async fn one(app: &Arc<App>, resource: Resource, card: Card, asked: &Parameters) -> Result<Value, ApiError> {
    let drawn = Drawn::of(app).await?;
    Ok(json!({ resource.name: shaped(app, &drawn, vec![card], asked).await? }))
}
