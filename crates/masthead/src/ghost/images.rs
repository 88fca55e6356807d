//! `/ghost/api/admin/images/upload/`: a picture comes in, as from the desk.

use std::sync::Arc;

use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, State};
use axum::response::Response;
use http::StatusCode;
use news::Actor;
use serde_json::json;

use super::auth::Admin;
use super::error::ApiError;
use super::posts::answer;
use crate::App;
use crate::actions::{By, picture};

/// Longest `ref`, which clients send to know their pictures again, in bytes (Ghost's limit).
const LONGEST_REF: usize = 2000;

/// How large a request may be: a picture and what stands about it.
pub fn largest() -> DefaultBodyLimit {
    DefaultBodyLimit::max(picture::LARGEST + (64 << 10))
}

/// Takes the part `file`; answers its address and the `ref` that came with it.
pub async fn upload(Admin(key): Admin, State(app): State<Arc<App>>, mut form: Multipart) -> Result<Response, ApiError> {
    let (mut file, mut reference) = (None, None);
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        match field.name() {
            Some("file") => {
                let name = field.file_name().unwrap_or("picture").to_owned();
                file = Some((name, field.bytes().await.map_err(unreadable)?));
            }
            Some("ref") => reference = Some(field.text().await.map_err(unreadable)?),
            _ => {} // `purpose`, which says what Ghost's own desk does with it
        }
    }
    let (name, bytes) = file.ok_or_else(|| ApiError::invalid("file", "the request has no part “file”"))?;
    if reference.as_ref().is_some_and(|reference| reference.len() > LONGEST_REF) {
        return Err(ApiError::invalid("ref", format!("a ref has at most {LONGEST_REF} bytes")));
    }
    let made = picture::upload(&app, &name, bytes.to_vec(), &By::new(Actor::Key(key.id))).await?;
    Ok(answer(StatusCode::CREATED, json!({ "images": [{ "url": app.url.with(&made.src), "ref": reference }] })))
}

fn unreadable(why: MultipartError) -> ApiError {
    match why.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            ApiError::too_large(format!("a picture has at most {} MB", picture::LARGEST / 1_000_000))
        }
        _ => ApiError::bad_request(format!("the form cannot be read: {}", why.body_text())),
    }
}
