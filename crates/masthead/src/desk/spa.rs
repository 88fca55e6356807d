//! The desk's own program: files made of `admin/` beforehand, embedded. Without them the server says what to do.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};

use super::doors::{encoded, message_with};
use super::session::{signed_by, token};
use crate::App;
use crate::pages::{FOR_EVER, PRIVATE};

/// What the program may load and run: its own files, and no string that a script makes.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data: blob:; \
     media-src 'self' https: blob:; connect-src 'self'; font-src 'self'; frame-src 'self' blob: data:; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
     trusted-types svelte-trusted-html masthead ProseMirrorClipboard";

#[cfg(admin_built)]
#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../admin/dist/"]
struct Files;

/// The program at every address of the desk that is nothing else.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/desk", get(async || Redirect::permanent("/desk/")))
        .route("/desk/", get(index))
        .route("/desk/passkey.js", get(passkey))
        .route("/desk/assets/{*file}", get(asset))
        .route("/desk/{*rest}", get(index))
}

/// A file of the program, and how it may be compressed.
struct Found {
    bytes: std::borrow::Cow<'static, [u8]>,
    encoding: Option<&'static str>,
}

#[cfg(admin_built)]
fn file(name: &str, accepted: &str) -> Option<Found> {
    for (ending, encoding) in [(".br", "br"), (".gz", "gzip")] {
        let is_accepted = accepted.split(',').any(|part| part.trim().split(';').next() == Some(encoding));
        if is_accepted && let Some(file) = Files::get(&format!("{name}{ending}")) {
            return Some(Found { bytes: file.data, encoding: Some(encoding) });
        }
    }
    Files::get(name).map(|file| Found { bytes: file.data, encoding: None })
}

#[cfg(not(admin_built))]
fn file(_: &str, _: &str) -> Option<Found> {
    None
}

/// The page in which the program runs, for whoever is signed in.
async fn index(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Response {
    let signed = match token(&app, &headers) {
        Some(token) => signed_by(&app, &token).await,
        None => Ok(None),
    };
    match signed {
        Ok(Some(_)) => {}
        Ok(None) => return to_sign_in(&uri),
        Err(why) => return why.into_response(),
    }
    match file("index.html", accepted(&headers)) {
        Some(found) => {
            let mut response = send(found, "text/html; charset=utf-8", PRIVATE);
            let policy = [
                (header::CONTENT_SECURITY_POLICY, POLICY),
                (header::REFERRER_POLICY, "no-referrer"),
                (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
            ];
            for (name, value) in policy {
                response.headers_mut().insert(name, HeaderValue::from_static(value));
            }
            response
        }
        None => {
            let sentence = "The desk was not built into this program: install Node.js 20.19 or newer and run “cargo xtask run”. \
                            The site, the API and all commands work without it.";
            message_with(&app, StatusCode::SERVICE_UNAVAILABLE, sentence, None).await
        }
    }
}

/// Leads to the page that signs in, and back.
pub(super) fn to_sign_in(uri: &Uri) -> Response {
    let to = uri.path_and_query().map_or("/desk/", |path| path.as_str());
    let to = encoded(to);
    Redirect::to(&format!("/desk/sign-in/?to={to}")).into_response()
}

/// The script of the page that signs in.
async fn passkey() -> Response {
    let found = Found { bytes: include_bytes!("../../desk/passkey.js").as_slice().into(), encoding: None };
    send(found, "text/javascript; charset=utf-8", "no-cache")
}

/// Files carry the hash of their bytes in their names and never change.
async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(kind) = media_type(&name) else { return StatusCode::NOT_FOUND.into_response() };
    match file(&format!("assets/{name}"), accepted(&headers)) {
        Some(found) => send(found, kind, FOR_EVER),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn accepted(headers: &HeaderMap) -> &str {
    headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn media_type(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "json" => "application/json",
        _ => return None,
    })
}

fn send(found: Found, kind: &'static str, cache: &'static str) -> Response {
    let mut response = found.bytes.into_owned().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = found.encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
