//! `/ghost/api/admin/users/` and `/roles/`: authors, whom Ghost calls users.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use http::StatusCode;
use news::{Author, Id};
use serde_json::{Value, json};

use super::answer;
use super::caller::{Admin, Caller};
use super::listed::{Listed, envelope, listed, only_fields};
use super::shape::Drawn;
use crate::App;
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
    let author = store::author::by_email(&app.store, &email).await?.ok_or(ApiError::not_there("user"))?;
    one(&app, author, &asked).await
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
    one(app, author, asked).await
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
