//! Every door that is not a kept page.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{Method, StatusCode, header};

use crate::{App, desk, ghost, site, wordpress};

/// Largest body of a request to the API, in bytes.
pub const LARGEST_BODY: usize = 10 << 20;

/// The router behind the kept pages.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/healthz", get(healthz))
        .merge(media())
        .nest("/ghost/api/admin", ghost::admin())
        .merge(ghost::content())
        .merge(wordpress::wordpress())
        .merge(desk::router())
        .fallback(public)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(app)
}

/// The pages that readers see, and nothing else: for looking at a theme.
pub fn readers(app: Arc<App>) -> Router {
    Router::new().route("/public/changes", get(changes)).merge(media()).fallback(public).with_state(app)
}

/// Recordings and files, which are read from the disk as they are asked for.
fn media() -> Router<Arc<App>> {
    Router::new()
        .route("/content/media/{*name}", get(site::media::medium))
        .route("/content/files/{*name}", get(site::media::file))
}

/// How often the theme changed.
async fn changes(State(app): State<Arc<App>>) -> Response {
    let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (plain, app.changes().unwrap_or_default().to_string()).into_response()
}

/// 200 while the database answers.
async fn healthz(State(app): State<Arc<App>>) -> Response {
    let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    match store::section::all(&app.store).await {
        Ok(_) => (plain, "ok\n").into_response(),
        Err(why) => {
            tracing::error!("not healthy: {why}");
            (StatusCode::SERVICE_UNAVAILABLE, plain, "the database does not answer\n").into_response()
        }
    }
}

/// Everything that readers ask for.
async fn public(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    match parts.method {
        Method::GET | Method::HEAD => site::answer(&app, &parts.uri, &parts.method, &parts.headers).await,
        _ => {
            let allow = [(header::ALLOW, "GET, HEAD")];
            (StatusCode::METHOD_NOT_ALLOWED, allow, "This address can only be read.\n").into_response()
        }
    }
}
