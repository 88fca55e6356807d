//! Ghost's Admin API: what the official client, automations and Ghost's own tools read and write.

mod caller;
mod config;
mod db;
mod fields;
mod listed;
mod listing;
pub(super) mod members;
mod named;
mod newsletters;
mod posts;
mod routing;
mod sent;
mod session;
mod settings;
pub(super) mod shape;
mod tags;
mod themes;
mod tiers;
mod uploads;
mod users;
mod webhooks;

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Extension, Json, Router};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use serde_json::{Value, json};

use super::error::ApiError;
use crate::App;

/// The routes below `/ghost/api/admin`.
pub fn admin() -> Router<Arc<App>> {
    let articles = |resource: posts::Resource| {
        let at = |rest: &str| format!("/{}/{rest}", resource.name);
        Router::new()
            .route(&at(""), get(posts::browse).post(posts::add))
            .route(&at("bulk/"), put(posts::edit_many).delete(posts::remove_many))
            .route(&at("{id}/"), get(posts::read).put(posts::edit).delete(posts::remove))
            .route(&at("{id}/copy/"), post(posts::copy))
            .route(&at("slug/{slug}/"), get(posts::read_by_slug))
            .layer(Extension(resource))
    };
    let uploads = Router::new()
        .route("/images/upload/", post(uploads::image))
        .route("/media/upload/", post(uploads::medium))
        .route("/media/thumbnail/upload/", put(uploads::thumbnail))
        .route("/files/upload/", post(uploads::file))
        .route("/themes/upload/", post(themes::upload))
        .route("/db/", get(db::export).post(db::import))
        .route("/redirects/upload/", post(routing::set_redirects))
        .route("/settings/routes/yaml/", get(routing::routes).post(routing::set_routes))
        .layer(uploads::largest());
    Router::new()
        .merge(articles(posts::POSTS))
        .merge(articles(posts::PAGES))
        .merge(uploads)
        .route("/site/", get(config::site))
        .route("/config/", get(config::config))
        .route("/settings/", get(settings::browse).put(settings::edit))
        .route("/redirects/download/", get(routing::redirects))
        .route("/tags/", get(tags::browse).post(tags::add))
        .route("/tags/{id}/", get(tags::read).put(tags::edit).delete(tags::remove))
        .route("/tags/slug/{slug}/", get(tags::read_by_slug))
        .route("/users/", get(users::browse))
        .route("/users/{id}/", get(users::read).put(users::edit).delete(users::remove))
        .route("/users/slug/{slug}/", get(users::read_by_slug))
        .route("/users/email/{email}/", get(users::read_by_email))
        .route("/roles/", get(users::roles))
        .route("/tiers/", get(tiers::browse).post(tiers::add))
        .route("/tiers/{id}/", get(tiers::read).put(tiers::edit))
        .route("/newsletters/", get(newsletters::browse).post(newsletters::add))
        .route("/newsletters/slug/{slug}/", get(newsletters::read_by_slug))
        .route("/newsletters/{id}/", get(newsletters::read).put(newsletters::edit))
        .route("/members/", get(members::browse).post(members::add))
        .route("/members/email/{email}/", get(members::read_by_email).delete(members::remove_by_email))
        .route("/members/{id}/", get(members::read).put(members::edit).delete(members::remove))
        .route("/labels/", get(members::labels))
        .route("/webhooks/", post(webhooks::add))
        .route("/webhooks/{id}/", put(webhooks::edit).delete(webhooks::remove))
        .route("/themes/", get(themes::browse))
        .route("/themes/active/", get(themes::active))
        .route("/themes/{name}/activate/", put(themes::activate))
        .route("/slugs/{kind}/{name}/", get(named::slug))
        .route("/integrations/", get(named::integrations))
        .route("/snippets/", get(named::snippets))
        .route("/session/", get(session::who).post(session::open).delete(session::close))
        .route("/session/verify/", put(session::verify).post(session::verify))
        .fallback(no_route)
        .method_not_allowed_fallback(no_route)
}

/// An answer of the API.
fn answer(status: StatusCode, body: Value) -> Response {
    let mut response = (status, Json(body)).into_response();
    headers(response.headers_mut());
    response
}

/// The same of something new, with its address.
fn created(app: &App, path: &str, body: Value) -> Response {
    let mut response = answer(StatusCode::CREATED, body);
    if let Ok(location) = HeaderValue::try_from(app.url.with(&format!("/ghost/api/admin/{path}/"))) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// Nothing to say.
fn nothing() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    headers(response.headers_mut());
    response
}

/// The headers of every answer of the API: nothing of it may be kept by a cache.
pub fn headers(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache, private, no-store"));
    headers.insert("content-version", HeaderValue::from_static(super::VERSION));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Version, Origin, Accept-Encoding"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

/// Where a page stands in its list.
fn pagination(page: usize, limit: usize, total: usize) -> Value {
    let pages = total.div_ceil(limit.max(1)).max(1);
    json!({
        "page": page, "limit": limit, "pages": pages, "total": total,
        "next": (page < pages).then(|| page + 1), "prev": (page > 1).then(|| page - 1),
    })
}

/// A path without the slash at its end leads to the one with it.
async fn no_route(method: Method, uri: Uri) -> Response {
    if uri.path().ends_with('/') || !matches!(method, Method::GET | Method::HEAD) {
        return ApiError::no_route().into_response();
    }
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let location = [(header::LOCATION, format!("/ghost/api/admin{}/{query}", uri.path()))]; // nested below that
    (StatusCode::MOVED_PERMANENTLY, location).into_response()
}
