//! `routes.yaml` and redirects, taken in and handed out as files.

use std::sync::Arc;

use axum::extract::{Multipart, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde_json::json;

use super::caller::{Caller, Owners};
use super::uploads::{Sent, form};
use super::{answer, headers};
use crate::App;
use crate::actions::moving::taken;
use crate::ghost::error::ApiError;
use crate::site::routing::{REDIRECTS, ROUTES};

/// The file of routes; empty where there is none.
pub async fn routes(_: Owners, State(app): State<Arc<App>>) -> Result<Response, ApiError> {
    Ok(handed_out("application/yaml", ROUTES, read(&app, ROUTES)?.unwrap_or_default()))
}

/// Takes up a file of routes. Articles stay where they are until `masthead routes use` moves them.
pub async fn set_routes(
    Owners(caller): Owners,
    State(app): State<Arc<App>>,
    sent: Multipart,
) -> Result<Response, ApiError> {
    let Sent { bytes, .. } =
        form(sent).await?.file.ok_or_else(|| ApiError::unprocessable("Please select a YAML file."))?;
    take_up(&app, ROUTES, &bytes, &caller).await
}

/// The file of redirects.
pub async fn redirects(_: Owners, State(app): State<Arc<App>>) -> Result<Response, ApiError> {
    for name in REDIRECTS {
        if let Some(text) = read(&app, name)? {
            let kind = if name.ends_with(".json") { "application/json" } else { "application/yaml" };
            return Ok(handed_out(kind, name, text));
        }
    }
    Ok(answer(StatusCode::OK, json!([])))
}

/// Takes up a file of redirects; what was there before is replaced.
pub async fn set_redirects(
    Owners(caller): Owners,
    State(app): State<Arc<App>>,
    sent: Multipart,
) -> Result<Response, ApiError> {
    let none = || ApiError::unprocessable("Please select a file.");
    let Sent { name, bytes } = form(sent).await?.file.ok_or_else(none)?;
    let is_json = name.to_ascii_lowercase().ends_with(".json");
    take_up(&app, REDIRECTS[usize::from(is_json)], &bytes, &caller).await
}

async fn take_up(app: &Arc<App>, name: &str, bytes: &[u8], caller: &Caller) -> Result<Response, ApiError> {
    let text = std::str::from_utf8(bytes).map_err(|_| ApiError::unprocessable("The file is not text in UTF-8."))?;
    let wrong = |why: anyhow::Error| ApiError::unprocessable(format!("{why:#}"));
    taken(app, name, text, false, &caller.by()).await.map_err(wrong)?;
    Ok(answer(StatusCode::OK, json!({})))
}

fn read(app: &App, name: &str) -> Result<Option<String>, ApiError> {
    match std::fs::read_to_string(app.data.join(name)) {
        Ok(text) => Ok(Some(text)),
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(why) => Err(crate::Error::Io(why).into()),
    }
}

fn handed_out(kind: &'static str, name: &str, text: String) -> Response {
    let mut response = text.into_response();
    headers(response.headers_mut());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(disposition) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}
