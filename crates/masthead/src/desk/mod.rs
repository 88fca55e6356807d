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
mod session;
mod spa;
pub mod tries;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::response::Response;
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
