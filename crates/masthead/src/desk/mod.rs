//! The desk: where the staff writes, checks and publishes.
//!
//! `doors` are the pages that work without script: signing in, setting a password, the first owner. `spa` serves the
//! desk's own program, `api` is what it asks.

pub mod api;
mod doors;
pub mod hub;
mod page;
mod preview;
mod refusal;
pub mod session;
mod spa;
pub mod tries;

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{HeaderValue, header};

use crate::App;
use crate::pages::PRIVATE;
use crate::server::SECURITY_HEADERS;

/// What the desk keeps in memory.
#[derive(Default)]
pub struct Desk {
    /// Who is where.
    pub hub: hub::Hub,
    /// Who tries the door how often.
    pub tries: tries::Tries,
    /// The hash of the token of the first owner's link, while nobody has used it.
    pub first: Mutex<Option<String>>,
    /// Passkeys that are being added or used.
    #[cfg(feature = "passkeys")]
    pub ceremonies: api::passkeys::Ceremonies,
}

/// The routes below `/desk/`.
pub fn router() -> Router<Arc<App>> {
    let (api, _) = api::router().split_for_parts();
    Router::new()
        .merge(doors::router())
        .merge(preview::router())
        .merge(api)
        .merge(spa::router())
        .layer(axum::middleware::map_response(unkept))
        .layer(axum::middleware::from_fn(compressed))
}

/// Answers shorter than this gain nothing.
const WORTH_COMPRESSING: usize = 1_400;

/// Data that is long enough goes out compressed. Nothing of a request is in such an answer beside somebody's own words,
/// and no stranger can ask for one, so its length tells nobody a secret.
async fn compressed(request: Request, next: Next) -> Response {
    let accepts = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let accepts = accepts.is_some_and(|accepted| accepted.contains("gzip"));
    let response = next.run(request).await;
    let is_data = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if !accepts || !is_data {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
        return http::StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if bytes.len() < WORTH_COMPRESSING {
        return Response::from_parts(parts, Body::from(bytes));
    }
    let mut writer = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::fast());
    match writer.write_all(&bytes).and_then(|()| writer.finish()) {
        Ok(packed) => {
            parts.headers.remove(header::CONTENT_LENGTH);
            parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            parts.headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
            Response::from_parts(parts, Body::from(packed))
        }
        Err(_) => Response::from_parts(parts, Body::from(bytes)),
    }
}

/// What the desk answers is nobody's to keep, unless it says so itself.
async fn unkept(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(PRIVATE));
    for (name, value) in SECURITY_HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // An answer that is data is never a page.
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static("default-src 'none'"));
    response
}

/// Makes the link of the first owner, for a magazine that has nobody yet; its path.
pub async fn first_link(app: &App) -> Result<Option<String>, store::Broken> {
    if !store::staff::all(&app.store).await?.is_empty() {
        return Ok(None);
    }
    let token = crate::auth::new_token();
    let mut first = app.desk.first.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    *first = Some(crate::auth::token_hash(&token));
    Ok(Some(format!("/desk/first/{token}/")))
}
