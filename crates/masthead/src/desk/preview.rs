//! An article as readers would see it, for whoever is signed in. Never kept, never indexed.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, HeaderValue, Uri, header};

use super::api::document_opened;
use super::refusal::Refusal;
use super::session::{signed_by, token};
use super::spa::to_sign_in;
use crate::pages::PRIVATE;
use crate::{App, site};

/// The preview.
pub fn router() -> Router<Arc<App>> {
    Router::new().route("/desk/preview/{id}/", get(show))
}

async fn show(State(app): State<Arc<App>>, Path(id): Path<String>, uri: Uri, headers: HeaderMap) -> Response {
    let signed = match token(&app, &headers) {
        Some(token) => signed_by(&app, &token).await,
        None => Ok(None),
    };
    match signed {
        Ok(Some(signed)) => match drawn(&app, &signed, &id).await {
            Ok(response) => response,
            Err(why) => why.into_response(),
        },
        Ok(None) => to_sign_in(&uri),
        Err(why) => why.into_response(),
    }
}

async fn drawn(app: &Arc<App>, signed: &super::session::Signed, id: &str) -> Result<Response, Refusal> {
    let article = document_opened(app, signed, id).await?;
    let mut response = site::preview(app, article).await?;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(PRIVATE));
    headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    Ok(response)
}
