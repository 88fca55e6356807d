//! `/ghost/api/admin/users/` and `/roles/`: authors, whom Ghost calls users.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Path, Query, State};
use axum::response::Response;
use bytes::Bytes;
use http::StatusCode;
use http::request::Parts;
use news::{Act, Author, Id, Place, Role, Verb, limits};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Batch, act, outbox};

use super::answer;
use super::caller::{Admin, Caller, Editors};
use super::listed::{Listed, envelope, listed, only_fields};
use super::sent::{Field, given, only};
use super::shape::{Drawn, NO_MAIL};
use crate::App;
use crate::actions::{ActError, keep};
use crate::ghost::asked::Parameters;
use crate::ghost::error::ApiError;

/// All of them, by name.
pub async fn browse(
    _: Admin,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let drawn = Drawn::of(&app).await?;
    let roles = asked.includes("roles");
    let authors = store::author::all(&app.store).await?.into_iter().map(Arc::new);
    let users = authors.map(|author| (drawn.user(&author, roles), author)).collect();
    let Listed { page, total } = listed(&app, &asked, "users", users, |(value, _)| value)?;
    let mut values = Vec::new();
    for (value, author) in page {
        values.push(counted(&app, value, &author, &asked).await?);
    }
    Ok(answer(StatusCode::OK, envelope("users", values, &asked, total)))
}

/// One, by id; `me` is who calls.
pub async fn read(
    Admin(caller): Admin,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let missing = || ApiError::not_there("user");
    let id = match (id.as_str(), &caller) {
        ("me", Caller::Person(staff)) => return me(&app, staff, &asked).await,
        ("me", Caller::Program(_)) => return Err(missing()),
        (id, _) => Id::parse(id).map_err(|_| ApiError::wrong_id("user"))?,
    };
    let author = store::author::by_ids(&app.store, &[&id]).await?.pop();
    one(&app, author.ok_or_else(missing)?, &asked).await
}

/// One, by slug.
pub async fn read_by_slug(
    _: Admin,
    State(app): State<Arc<App>>,
    Path(slug): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let author = store::author::by_slug(&app.store, &slug).await?.ok_or(ApiError::not_there("user"))?;
    one(&app, author, &asked).await
}

/// One, by address.
pub async fn read_by_email(
    _: Admin,
    State(app): State<Arc<App>>,
    Path(email): Path<String>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    let author = match email.strip_suffix(NO_MAIL) {
        Some(slug) => store::author::by_slug(&app.store, slug).await?.filter(|author| author.email.is_none()),
        None => store::author::by_email(&app.store, &email).await?,
    };
    let author = author.ok_or(ApiError::not_there("user"))?;
    one(&app, author, &asked).await
}

/// What clients send of a user.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    name: Option<String>,
    #[serde(deserialize_with = "given")]
    email: Field,
    #[serde(deserialize_with = "given")]
    bio: Field,
    #[serde(deserialize_with = "given")]
    website: Field,
    #[serde(deserialize_with = "given")]
    location: Field,
    #[serde(deserialize_with = "given")]
    profile_image: Field,
    #[serde(deserialize_with = "given")]
    cover_image: Field,
    #[serde(deserialize_with = "given")]
    meta_title: Field,
    #[serde(deserialize_with = "given")]
    meta_description: Field,
}

/// What a program may not do, whatever it sends.
pub struct People(pub Caller);

impl FromRequestParts<Arc<App>> for People {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<People, ApiError> {
        match Editors::from_request_parts(parts, app).await {
            Ok(Editors(caller)) => Ok(People(caller)),
            Err(why) if why.is_for_programs() => Err(ApiError::not_permitted("edit user")),
            Err(why) => Err(why),
        }
    }
}

/// Changes what is said of an author.
pub async fn edit(
    People(caller): People,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let saying = |why: ApiError| why.saying("edit", "user");
    let id = Id::parse(&id).map_err(|_| saying(ApiError::wrong_id("user")))?;
    let found = store::author::by_ids(&app.store, &[&id]).await?.pop();
    let mut author = found.ok_or_else(|| saying(ApiError::not_there("user")))?;
    let fields: Fields = only(&body, "users").map_err(saying)?;
    if let Some(name) = &fields.name {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > limits::NAME_CHARACTERS {
            let context = format!("a name has 1 to {} characters", limits::NAME_CHARACTERS);
            return Err(saying(ApiError::invalid("name", context)));
        }
        author.name = name.to_owned();
    }
    let own = |text: String| text.strip_prefix(app.url.as_str()).map(str::to_owned).unwrap_or(text);
    let profile = &mut author.profile;
    for (name, given, kept) in [
        ("email", fields.email, &mut author.email),
        ("bio", fields.bio, &mut author.bio),
        ("website", fields.website, &mut author.website),
        ("location", fields.location, &mut author.location),
        ("profile_image", fields.profile_image, &mut author.portrait),
        ("cover_image", fields.cover_image, &mut profile.cover_image),
        ("meta_title", fields.meta_title, &mut profile.meta_title),
        ("meta_description", fields.meta_description, &mut profile.meta_description),
    ] {
        let Some(given) = given else { continue };
        let text = given.map(|text| own(text.trim().to_owned())).filter(|text| !text.is_empty());
        if name == "email" && text.as_deref().is_some_and(|text| news::staff::email(text).is_err()) {
            return Err(saying(ApiError::invalid(name, "this is not an e-mail address")));
        }
        let is_address = matches!(name, "website" | "profile_image" | "cover_image");
        if text.as_deref().is_some_and(|text| is_address && !news::settings::is_web_address(text)) {
            return Err(saying(ApiError::invalid(name, "write a web address, or a path of this magazine")));
        }
        if text.as_ref().is_some_and(|text| text.chars().count() > limits::META_CHARACTERS) {
            let context = format!("it has at most {} characters", limits::META_CHARACTERS);
            return Err(saying(ApiError::invalid(name, context)));
        }
        *kept = text.filter(|text| !text.ends_with(NO_MAIL));
    }
    let now = app.now();
    author.updated_at = now;
    let places = vec![Place::Author(author.id.clone()), Place::Everything];
    let mut batch = Batch::new();
    batch.push(store::author::put(&author, now));
    let (actor, subject) = (caller.by().actor, author.id.to_string());
    batch.push(act::add(&Act { actor, verb: Verb::Described, subject, at: now, reason: Some(author.name.clone()) }));
    batch.push(outbox::add("refill", &keep::payload(&places), &app.origin, now.as_millisecond()));
    keep::commit(&app, batch, places).await.map_err(ActError::from)?;
    one(&app, author, &Parameters::default()).await
}

/// An author stays as long as articles name them: nobody removes one here.
pub async fn remove(_: People) -> ApiError {
    ApiError::not_permitted("destroy user")
}

/// What somebody may be.
pub async fn roles(_: Admin, State(app): State<Arc<App>>) -> Result<Response, ApiError> {
    Ok(answer(StatusCode::OK, json!({ "roles": Drawn::of(&app).await?.roles() })))
}

/// A member of staff, as far as they have a byline; else by their account.
pub async fn me(app: &Arc<App>, staff: &news::Staff, asked: &Parameters) -> Result<Response, ApiError> {
    let author = match &staff.author {
        Some(id) => store::author::by_ids(&app.store, &[id]).await?.pop(),
        None => None,
    };
    let slug = news::Slug::of(&staff.name).unwrap_or_else(news::Slug::untitled);
    let mut author = author.unwrap_or_else(|| Author::named(staff.id.clone(), slug, staff.name.clone()));
    author.email = Some(staff.email.clone());
    let (drawn, author) = (Drawn::of(app).await?, Arc::new(author));
    let mut value = drawn.user(&author, false);
    if asked.includes("roles") {
        value["roles"] = json!([drawn.role_named(match staff.role {
            Role::Owner => "Owner",
            Role::Editor => "Editor",
            Role::Author => "Author",
            Role::Contributor => "Contributor",
        })]);
    }
    Ok(answer(StatusCode::OK, json!({ "users": [counted(app, value, &author, asked).await?] })))
}

async fn one(app: &Arc<App>, author: Author, asked: &Parameters) -> Result<Response, ApiError> {
    let (drawn, author) = (Drawn::of(app).await?, Arc::new(author));
    let value = drawn.user(&author, asked.includes("roles"));
    Ok(answer(StatusCode::OK, json!({ "users": [counted(app, value, &author, asked).await?] })))
}

async fn counted(app: &App, mut value: Value, author: &Author, asked: &Parameters) -> Result<Value, ApiError> {
    if asked.includes("count.posts") {
        let count = store::article::count_by_author(&app.store, author.id.as_str()).await?;
        value["count"] = json!({ "posts": count.map_or(0, |row| row.count) });
    }
    Ok(only_fields(value, asked))
}
