//! Recordings and files below `/content/media/` and `/content/files/`: read from the disk piece by piece, also from the
//! middle, as players ask for them. Nothing of them is kept in memory.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use tower::ServiceExt;
use tower_http::services::ServeFile;

use crate::App;

/// What browsers play or show by themselves; everything else is handed out to be saved.
const SHOWN: [&str; 5] = ["audio/", "video/", "image/", "application/pdf", "text/plain"];

/// A recording.
pub async fn medium(State(app): State<Arc<App>>, Path(name): Path<String>, request: Request) -> Response {
    serve(&app, &format!("media/{name}"), request).await
}

/// A file.
pub async fn file(State(app): State<Arc<App>>, Path(name): Path<String>, request: Request) -> Response {
    serve(&app, &format!("files/{name}"), request).await
}

async fn serve(app: &Arc<App>, name: &str, request: Request) -> Response {
    let Some(path) = app.media.file(name) else {
        let page = super::error::page(app, &crate::Error::NotFound).await;
        return super::send(&page, request.method(), request.headers());
    };
    let served = ServeFile::new(path).oneshot(request).await;
    let mut response =
        served.map_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response(), |found| found.map(Body::new));
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_document = kind == "application/pdf";
    let is_shown = SHOWN.iter().any(|shown| kind.starts_with(shown)) && !kind.starts_with("image/svg");
    let status = response.status();
    let headers = response.headers_mut();
    if !is_shown {
        // A browser is not told what it is either, so that no link or script of a page can use it.
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // Whatever it is, it runs nothing and asks nobody. Browsers' own viewer of documents does not work in a sandbox.
    let policy = match is_document {
        true => "default-src 'none'; object-src 'self'",
        false => "sandbox; default-src 'none'; media-src 'self'",
    };
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    let is_it = matches!(status, StatusCode::OK | StatusCode::PARTIAL_CONTENT | StatusCode::NOT_MODIFIED);
    let cache = if is_it { "public, max-age=31536000" } else { "no-store" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    response
}
