//! Draws a page of the desk with the template engine: plain forms, no script, never kept.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use theme::{Map, Value, handlebars};

use crate::App;
use crate::pages::PRIVATE;

/// The frame of every page of the desk, and the forms in it.
const PARTIALS: &[(&str, &str)] = &[("frame", include_str!("../../desk/frame.hbs"))];
/// Asks for address and password.
pub const SIGN_IN: &str = include_str!("../../desk/sign-in.hbs");
/// Asks for the second factor.
pub const CODE: &str = include_str!("../../desk/code.hbs");
/// Asks whose password is forgotten.
pub const RESET: &str = include_str!("../../desk/reset.hbs");
/// Asks for everything about the first owner.
pub const FIRST: &str = include_str!("../../desk/first.hbs");
/// Asks for a password.
pub const JOIN: &str = include_str!("../../desk/join.hbs");
/// Says one sentence.
pub const MESSAGE: &str = include_str!("../../desk/message.hbs");

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Draws a template.
pub async fn draw(app: &App, template: &str, values: Map, status: StatusCode) -> Response {
    let settings = app.settings().await.unwrap_or_default();
    let site = Value::map([
        ("title", settings.title.as_str().into()),
        ("locale", settings.locale.as_str().into()),
        ("url", app.url.with("/").into()),
    ]);
    let html = match handlebars::render(template, PARTIALS, values.into(), Map::from([("site", site)])) {
        Ok(html) => html,
        Err(why) => {
            tracing::error!("failed to draw a page of the desk: {why}");
            return (StatusCode::INTERNAL_SERVER_ERROR, "This page could not be made.\n").into_response();
        }
    };
    let mut response = (status, html).into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, PRIVATE),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // The address holds the one-time secret.
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
