//! Draws a page of the desk with the theme engine: its own small theme, no script, never kept.

use std::sync::LazyLock;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use theme::{Head, Limits, Map, Page, Theme, Value};

use crate::App;
use crate::pages::PRIVATE;

static TEMPLATES: LazyLock<Option<Theme>> = LazyLock::new(|| {
    let files = [
        ("package.json", include_str!("../../desk/package.json")),
        ("default.hbs", include_str!("../../desk/default.hbs")),
        ("join.hbs", include_str!("../../desk/join.hbs")),
        ("message.hbs", include_str!("../../desk/message.hbs")),
    ];
    let theme = Theme::load(files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())));
    theme.inspect_err(|why| tracing::error!("the desk's templates: {why}")).ok()
});

/// Draws a template.
pub async fn draw(app: &App, template: &str, values: Map, status: StatusCode) -> Response {
    let settings = app.settings().await.unwrap_or_default();
    let site = Value::map([
        ("title", settings.title.as_str().into()),
        ("locale", settings.locale.as_str().into()),
        ("url", app.url.with("/").into()),
    ]);
    let page = Page {
        templates: &[template],
        root: values.into(),
        data: Map::from([("site", site)]),
        contexts: &["desk"],
        path: "/desk/",
        now: app.now(),
        head: Head::default(),
        limits: Limits::default(),
    };
    let drawn = TEMPLATES.as_ref().map(|theme| theme.render(&page));
    let html = match drawn {
        Some(Ok(rendered)) => rendered.html,
        other => {
            tracing::error!(
                "failed to draw “{template}”: {:?}",
                other.and_then(Result::err).map(|why| why.to_string())
            );
            return (StatusCode::INTERNAL_SERVER_ERROR, "This page could not be made.\n").into_response();
        }
    };
    let mut response = (status, html).into_response();
    let headers = response.headers_mut();
    let policy =
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, PRIVATE),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // The address holds the one-time secret.
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
