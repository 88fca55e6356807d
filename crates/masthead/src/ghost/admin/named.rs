//! Smaller things that Ghost's own desk asks for: free slugs, keys, snippets.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use news::{Slug, tag};
use serde_json::{Value, json};

use super::answer;
use super::caller::{Editors, Owners};
use super::shape::Drawn;
use crate::App;
use crate::actions::names;
use crate::ghost::error::ApiError;
use crate::ghost::shape::utc;

/// Longest text of which a slug is made, in bytes.
const LONGEST: usize = 4_000;

/// A slug for a title or a name that nobody has yet.
pub async fn slug(
    _: Editors,
    State(app): State<Arc<App>>,
    Path((kind, name)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    if name.len() > LONGEST {
        return Err(ApiError::invalid("name", format!("at most {LONGEST} bytes make a slug")));
    }
    let wanted = if kind == "tag" { tag::slug_of(&name) } else { Slug::of(&name) };
    let wanted = wanted.unwrap_or_else(Slug::untitled);
    let free = match kind.as_str() {
        "tag" => names::free_tag_slug(&app, wanted, None).await?,
        "post" | "page" => {
            let kind = if kind == "page" { news::Kind::Page } else { news::Kind::Article };
            names::free_slug(&app, kind, wanted).await?
        }
        "user" => names::free_author_slug(&app, wanted).await?,
        other => return Err(ApiError::invalid("type", format!("nothing called {other} has a slug"))),
    };
    Ok(answer(StatusCode::OK, json!({ "slugs": [{ "slug": free }] })))
}

/// The keys of programs, without their secrets.
pub async fn integrations(_: Owners, State(app): State<Arc<App>>) -> Result<Response, ApiError> {
    let keys = store::key::listed(&app.store).await?;
    let integration = |key: store::key::Listed| {
        let made_at = jiff::Timestamp::from_millisecond(key.created_at).map(utc).ok();
        json!({
            "id": key.id, "type": "custom", "name": key.name, "slug": Slug::of(&key.name), "icon_image": null,
            "description": null, "created_at": made_at, "updated_at": made_at,
        })
    };
    let integrations: Vec<Value> = keys.into_iter().map(integration).collect();
    Ok(answer(StatusCode::OK, json!({ "integrations": integrations })))
}

/// Snippets that came from elsewhere.
pub async fn snippets(_: Editors, State(app): State<Arc<App>>) -> Result<Response, ApiError> {
    let drawn = Drawn::of(&app).await?;
    let snippets: Vec<&serde_json::Map<String, Value>> = drawn.came("snippets").collect();
    Ok(answer(StatusCode::OK, json!({ "snippets": snippets })))
}
