//! `/ghost/api/admin/tags/`: browse, read, add, edit, delete.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use news::{Act, Actor, Id, Place, Slug, Tag, Verb, Visibility, limits};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use store::{Batch, act, outbox};

use super::auth::Admin;
use super::error::ApiError;
use super::posts::{Parameters, answer};
use super::shape;
use crate::App;
use crate::actions::{By, keep, merge, names};

/// Longest text of a field that themes show, in characters.
const LONGEST_FIELD: usize = 2000;

/// A field that is absent stays as it is, one that is null goes.
type Field = Option<Option<String>>;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    name: Option<String>,
    slug: Option<String>,
    visibility: Option<String>,
    #[serde(deserialize_with = "given")]
    description: Field,
    #[serde(deserialize_with = "given")]
    feature_image: Field,
    #[serde(deserialize_with = "given")]
    accent_color: Field,
    #[serde(deserialize_with = "given")]
    canonical_url: Field,
    #[serde(deserialize_with = "given")]
    codeinjection_head: Field,
    #[serde(deserialize_with = "given")]
    codeinjection_foot: Field,
    #[serde(deserialize_with = "given")]
    meta_title: Field,
    #[serde(deserialize_with = "given")]
    meta_description: Field,
    #[serde(deserialize_with = "given")]
    og_image: Field,
    #[serde(deserialize_with = "given")]
    og_title: Field,
    #[serde(deserialize_with = "given")]
    og_description: Field,
    #[serde(deserialize_with = "given")]
    twitter_image: Field,
    #[serde(deserialize_with = "given")]
    twitter_title: Field,
    #[serde(deserialize_with = "given")]
    twitter_description: Field,
}

fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Field, D::Error> {
    Option::<String>::deserialize(from).map(Some)
}

/// All of them, by name.
pub async fn browse(
    _: Admin,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let tags = store::tag::all(&app.store).await?;
    let (limit, page) = (asked.limit(), asked.page());
    let total = tags.len() as i64;
    let skip = usize::try_from((page - 1).saturating_mul(limit)).unwrap_or(usize::MAX);
    let mut shown = Vec::new();
    for tag in tags.into_iter().skip(skip).take(limit as usize) {
        shown.push(shaped(&app, &tag, &asked).await?);
    }
    let pagination = shape::pagination(page, limit, total);
    Ok(answer(StatusCode::OK, json!({ "tags": shown, "meta": { "pagination": pagination } })))
}

/// One, by id.
pub async fn read(
    _: Admin,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let tag = find(&app, &id).await?;
    Ok(answer(StatusCode::OK, json!({ "tags": [shaped(&app, &tag, &asked).await?] })))
}

/// One, by slug.
pub async fn read_by_slug(
    _: Admin,
    State(app): State<Arc<App>>,
    Path(slug): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let tag = store::tag::by_slug(&app.store, &slug).await?.ok_or(ApiError::not_there("tag"))?;
    Ok(answer(StatusCode::OK, json!({ "tags": [shaped(&app, &tag, &asked).await?] })))
}

/// A new one. Where there is one of this name already, it is a second one with a number in its slug, as in Ghost.
pub async fn add(Admin(key): Admin, State(app): State<Arc<App>>, body: Bytes) -> Result<Response, ApiError> {
    let fields = only(&body)?;
    let name = fields.name.clone().unwrap_or_default();
    let wanted = match &fields.slug {
        Some(slug) => Slug::of(slug),
        None => news::tag::slug_of(name.trim()),
    };
    let wanted = wanted.ok_or_else(|| ApiError::invalid("name", "a tag needs a name"))?;
    let mut tag = Tag::named(app.new_id(), names::free_tag_slug(&app, wanted, None).await?, name.trim().to_owned());
    fields.lay_over(&app, &mut tag).await?;
    keep_it(&app, &tag, By::new(Actor::Key(key.id)), Verb::Described).await?;
    let mut response =
        answer(StatusCode::CREATED, json!({ "tags": [shaped(&app, &tag, &Parameters::default()).await?] }));
    if let Ok(location) = HeaderValue::try_from(app.url.with(&format!("/ghost/api/admin/tags/{}/", tag.id))) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// Changes one.
pub async fn edit(
    Admin(key): Admin,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let mut tag = find(&app, &id).await?;
    only(&body)?.lay_over(&app, &mut tag).await?;
    keep_it(&app, &tag, By::new(Actor::Key(key.id)), Verb::Described).await?;
    Ok(answer(StatusCode::OK, json!({ "tags": [shaped(&app, &tag, &Parameters::default()).await?] })))
}

/// Takes one from every article and removes it.
pub async fn remove(
    Admin(key): Admin,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let tag = find(&app, &id).await?;
    merge::without_tag(&app, &tag.id, &By::new(Actor::Key(key.id))).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    shape::headers(response.headers_mut());
    Ok(response)
}

async fn find(app: &App, id: &str) -> Result<Tag, ApiError> {
    let id = Id::parse(id).map_err(|_| ApiError::wrong_id("tag"))?;
    store::tag::by_ids(&app.store, &[&id]).await?.pop().ok_or(ApiError::not_there("tag"))
}

fn only(body: &[u8]) -> Result<Fields, ApiError> {
    #[derive(Deserialize)]
    struct Sent {
        tags: Vec<Fields>,
    }
    let sent: Sent = serde_json::from_slice(body).map_err(|why| ApiError::bad_request(format!("the body: {why}")))?;
    sent.tags.into_iter().next().ok_or_else(|| ApiError::invalid("tags", "the list “tags” is empty"))
}

impl Fields {
    async fn lay_over(self, app: &App, tag: &mut Tag) -> Result<(), ApiError> {
        if let Some(name) = &self.name {
            let name = name.trim();
            if name.is_empty() || name.chars().count() > limits::NAME_CHARACTERS {
                let context = format!("a name has 1 to {} characters", limits::NAME_CHARACTERS);
                return Err(ApiError::invalid("name", context));
            }
            tag.visibility = news::tag::visibility_of(name);
            tag.name = name.to_owned();
        }
        if let Some(slug) = self.slug.as_deref().filter(|slug| *slug != tag.slug.as_str()) {
            let wanted = Slug::of(slug).ok_or_else(|| ApiError::invalid("slug", "it cannot be a slug"))?;
            tag.slug = names::free_tag_slug(app, wanted, Some(&tag.id)).await?;
        }
        match self.visibility.as_deref() {
            None => {}
            Some("public") => tag.visibility = Visibility::Public,
            Some("internal") => tag.visibility = Visibility::Internal,
            Some(_) => return Err(ApiError::invalid("visibility", "it is public or internal")),
        }
        let dress = &mut tag.dress;
        for (name, given, kept) in [
            ("description", self.description, &mut tag.description),
            ("feature_image", self.feature_image, &mut dress.feature_image),
            ("accent_color", self.accent_color, &mut dress.accent_color),
            ("canonical_url", self.canonical_url, &mut dress.canonical_url),
            ("meta_title", self.meta_title, &mut dress.social.meta_title),
            ("meta_description", self.meta_description, &mut dress.social.meta_description),
            ("og_image", self.og_image, &mut dress.social.og_image),
            ("og_title", self.og_title, &mut dress.social.og_title),
            ("og_description", self.og_description, &mut dress.social.og_description),
            ("twitter_image", self.twitter_image, &mut dress.social.twitter_image),
            ("twitter_title", self.twitter_title, &mut dress.social.twitter_title),
            ("twitter_description", self.twitter_description, &mut dress.social.twitter_description),
        ] {
            let Some(given) = given else { continue };
            if given.as_ref().is_some_and(|text| text.chars().count() > LONGEST_FIELD) {
                return Err(ApiError::invalid(name, format!("it has at most {LONGEST_FIELD} characters")));
            }
            // Addresses of ours are kept without our host, which may change.
            let own = |text: String| text.strip_prefix(app.url.as_str()).map(str::to_owned).unwrap_or(text);
            *kept = given.map(|text| own(text.trim().to_owned())).filter(|text| !text.is_empty());
        }
        for (name, given, kept) in [
            ("codeinjection_head", self.codeinjection_head, &mut dress.codeinjection_head),
            ("codeinjection_foot", self.codeinjection_foot, &mut dress.codeinjection_foot),
        ] {
            let Some(given) = given else { continue };
            if given.as_ref().is_some_and(|code| code.len() > limits::CODE_BYTES) {
                return Err(ApiError::invalid(name, format!("it has at most {} bytes", limits::CODE_BYTES)));
            }
            *kept = given.filter(|code| !code.trim().is_empty());
        }
        Ok(())
    }
}

/// Written, and shown on every page that names it.
async fn keep_it(app: &Arc<App>, tag: &Tag, by: By, verb: Verb) -> Result<(), ApiError> {
    let now = app.now();
    let places = vec![Place::Tag(tag.id.clone()), Place::Everything];
    let mut batch = Batch::new();
    batch.push(store::tag::put(tag, now));
    let (actor, subject) = (by.actor, tag.id.to_string());
    batch.push(act::add(&Act { actor, verb, subject, at: now, reason: Some(tag.name.clone()) }));
    batch.push(outbox::add("refill", &keep::payload(&places), &app.origin, now.as_millisecond()));
    keep::commit(app, batch, places).await.map_err(|why| crate::actions::ActError::from(why).into())
}

async fn shaped(app: &App, tag: &Tag, asked: &Parameters) -> Result<Value, ApiError> {
    let mut value = shape::tag_row(app, tag);
    if asked.includes("count.posts") {
        let count = store::article::count_with_tag(&app.store, tag.id.as_str()).await?;
        value["count"] = json!({ "posts": count.map_or(0, |row| row.count) });
    }
    Ok(value)
}
