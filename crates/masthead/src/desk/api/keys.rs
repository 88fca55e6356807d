//! Keys of the API.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::shape;
use crate::App;
use crate::actions::staff;
use crate::desk::refusal::{Refusal, Sent};
use crate::desk::session::Owners;

/// All of them, without their secrets.
#[utoipa::path(get, path = "/desk/api/keys", responses((status = OK, body = Vec<shape::Key>)))]
pub async fn list(_: Owners, State(app): State<Arc<App>>) -> Result<Json<Vec<shape::Key>>, Refusal> {
    let keys = store::key::listed(&app.store).await?;
    let key = |row: store::key::Listed| shape::Key { id: row.id, name: row.name, made_at: row.created_at };
    Ok(Json(keys.into_iter().map(key).collect()))
}

/// A new key.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeKey {
    name: String,
}

/// Makes a key; its secrets are shown once.
#[utoipa::path(post, path = "/desk/api/keys", request_body = MakeKey, responses((status = CREATED, body = shape::NewKey)))]
pub async fn add(
    Owners(signed): Owners,
    State(app): State<Arc<App>>,
    Sent(sent): Sent<MakeKey>,
) -> Result<(StatusCode, Json<shape::NewKey>), Refusal> {
    let made_at = app.now().as_millisecond();
    let key = staff::new_key(&app, &sent.name, None, &signed.by()).await?;
    let shaped = shape::NewKey {
        admin_key: format!("{}:{}", key.id, key.secret),
        id: key.id.to_string(),
        name: key.name,
        made_at,
        content_key: key.content,
    };
    Ok((StatusCode::CREATED, Json(shaped)))
}

/// Ends a key: whoever holds it is out at once.
#[utoipa::path(delete, path = "/desk/api/keys/{id}", responses((status = NO_CONTENT)))]
pub async fn end(
    Owners(signed): Owners,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    staff::end_key(&app, &id, &signed.by()).await?;
    Ok(StatusCode::NO_CONTENT)
}
