//! Ghost's APIs: the Content API for those who read, and the Admin API, as far as it is there, for those who write.
//! Ghost's words (post, lexical, visibility) stay in this folder.

mod auth;
mod content;
mod error;
mod fields;
pub mod filter;
mod images;
mod posts;
mod shape;
mod tags;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::App;

pub use content::content;

/// The version that clients are told.
pub const VERSION: &str = "v6.65";

/// The routes below `/ghost/api/admin`.
pub fn admin() -> Router<Arc<App>> {
    let router = Router::new()
        .route("/site/", get(posts::site))
        .route("/images/upload/", post(images::upload).layer(images::largest()))
        .route("/tags/", get(tags::browse).post(tags::add))
        .route("/tags/{id}/", get(tags::read).put(tags::edit).delete(tags::remove))
        .route("/tags/slug/{slug}/", get(tags::read_by_slug));
    let with_kind = |router: Router<Arc<App>>, resource: posts::Resource| {
        let base = format!("/{}/", resource.name);
        let one = format!("/{}/{{id}}/", resource.name);
        let by_slug = format!("/{}/slug/{{slug}}/", resource.name);
        let routes = Router::new()
            .route(&base, get(posts::browse).post(posts::add))
            .route(&one, get(posts::read).put(posts::edit).delete(posts::remove))
            .route(&by_slug, get(posts::read_by_slug))
            .layer(axum::Extension(resource));
        router.merge(routes)
    };
    let router = with_kind(router, posts::POSTS);
    with_kind(router, posts::PAGES).fallback(error::no_route)
}
