//! `/ghost/api/admin/tags/`: browse, read, add, edit, delete.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use bytes::Bytes;
use http::StatusCode;
use news::{Act, Id, Place, Slug, Tag, Verb, Visibility, limits};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Batch, act, outbox};

use super::caller::{Admin, Caller};
use super::listed::{Listed, listed};
use super::sent::{Field, given, only};
use super::shape::Drawn;
use super::{answer, created, nothing};
use crate::App;
use crate::actions::{By, events, keep, merge, names};
use crate::ghost::asked::Parameters;
use crate::ghost::error::ApiError;

/// Longest text of a field that themes show, in characters.
const LONGEST_FIELD: usize = 2000;

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

/// All of them, in the order in which they were made.
pub async fn browse(
    _: Admin,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let mut tags = store::tag::all(&app.store).await?;
    tags.sort_by(|one, other| one.id.cmp(&other.id));
    let drawn = Drawn::of(&app).await?;
    let counts = asked.includes("count.posts");
    let mut shown = Vec::new();
    for tag in tags {
        // Counted where it is asked for by number too; else only on the page that is shown.
        let tag = Arc::new(tag);
        shown.push((drawn.tag(&tag), tag));
    }
    let Listed { page, total } = listed(&app, &asked, "tags", shown, |(value, _)| value)?;
    let mut values = Vec::new();
    for (mut value, tag) in page {
        if counts {
            value["count"] = count(&app, &tag).await?;
        }
        values.push(super::listed::only_fields(value, &asked));
    }
    Ok(answer(StatusCode::OK, super::listed::envelope("tags", values, &asked, total)))
}

/// One, by id.
pub async fn read(
    _: Admin,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let tag = find(&app, &id, "read").await?;
    Ok(answer(StatusCode::OK, one(&app, tag, &asked).await?))
}

/// One, by slug.
pub async fn read_by_slug(
    _: Admin,
    State(app): State<Arc<App>>,
    Path(slug): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let tag = store::tag::by_slug(&app.store, &slug).await?.ok_or(ApiError::not_there("tag"))?;
    Ok(answer(StatusCode::OK, one(&app, tag, &asked).await?))
}

/// A new one. Where there is one of this name already, it is a second one with a number in its slug, as in Ghost.
pub async fn add(Admin(caller): Admin, State(app): State<Arc<App>>, body: Bytes) -> Result<Response, ApiError> {
    let saying = |why: ApiError| why.saying("save", "tag");
    let fields = only::<Fields>(&body, "tags").map_err(saying)?.from(&caller);
    let name = fields.name.clone().unwrap_or_default();
    let wanted = match &fields.slug {
        Some(slug) => Slug::of(slug),
        None => news::tag::slug_of(name.trim()),
    };
    let wanted = wanted.ok_or_else(|| saying(ApiError::invalid("name", "a tag needs a name")))?;
    let mut tag = Tag::named(app.new_id(), names::free_tag_slug(&app, wanted, None).await?, name.trim().to_owned());
    fields.lay_over(&app, &mut tag).await.map_err(saying)?;
    keep_it(&app, None, &mut tag, caller.by()).await?;
    let path = format!("tags/{}", tag.id);
    Ok(created(&app, &path, one(&app, tag, &Parameters::default()).await?))
}

/// Changes one.
pub async fn edit(
    Admin(caller): Admin,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let saying = |why: ApiError| why.saying("edit", "tag");
    let before = find(&app, &id, "edit").await?;
    let mut tag = before.clone();
    let fields = only::<Fields>(&body, "tags").map_err(saying)?.from(&caller);
    fields.lay_over(&app, &mut tag).await.map_err(saying)?;
    keep_it(&app, Some(&before), &mut tag, caller.by()).await?;
    Ok(answer(StatusCode::OK, one(&app, tag, &Parameters::default()).await?))
}

/// Takes one from every article and removes it.
pub async fn remove(
    Admin(caller): Admin,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let tag = find(&app, &id, "delete").await?;
    merge::without_tag(&app, &tag.id, &caller.by()).await?;
    Ok(nothing())
}

async fn find(app: &App, id: &str, verb: &str) -> Result<Tag, ApiError> {
    let id = Id::parse(id).map_err(|_| ApiError::wrong_id("tag").saying(verb, "tag"))?;
    let found = store::tag::by_ids(&app.store, &[&id]).await?.pop();
    found.ok_or_else(|| ApiError::not_there("tag").saying(verb, "tag"))
}

impl Fields {
    /// What this caller may write of it; code of anybody else is passed over.
    fn from(mut self, caller: &Caller) -> Fields {
        if !caller.may_inject_code() {
            (self.codeinjection_head, self.codeinjection_foot) = (None, None);
        }
        self
    }

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
async fn keep_it(app: &Arc<App>, before: Option<&Tag>, tag: &mut Tag, by: By) -> Result<(), ApiError> {
    let now = app.now();
    tag.updated_at = now;
    let places = vec![Place::Tag(tag.id.clone()), Place::Everything];
    let mut batch = Batch::new();
    batch.push(store::tag::put(tag, now));
    let (actor, subject) = (by.actor, tag.id.to_string());
    batch.push(act::add(&Act { actor, verb: Verb::Described, subject, at: now, reason: Some(tag.name.clone()) }));
    batch.push(events::tag(app, before, Some(tag)));
    batch.push(outbox::add("refill", &keep::payload(&places), &app.origin, now.as_millisecond()));
    keep::commit(app, batch, places).await.map_err(|why| crate::actions::ActError::from(why).into())
}

async fn one(app: &Arc<App>, tag: Tag, asked: &Parameters) -> Result<Value, ApiError> {
    let tag = Arc::new(tag);
    let mut value = Drawn::of(app).await?.tag(&tag);
    if asked.includes("count.posts") {
        value["count"] = count(app, &tag).await?;
    }
    Ok(json!({ "tags": [super::listed::only_fields(value, asked)] }))
}

async fn count(app: &App, tag: &Tag) -> Result<Value, ApiError> {
    let count = store::article::count_with_tag(&app.store, tag.id.as_str()).await?;
    Ok(json!({ "posts": count.map_or(0, |row| row.count) }))
}
