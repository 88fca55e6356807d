//! `/ghost/api/admin/site/` and `/config/`: what the magazine is, and what it runs on.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use news::settings::Members;
use serde_json::json;

use super::answer;
use super::caller::Admin;
use super::shape::Drawn;
use crate::App;
use crate::ghost::VERSION;
use crate::ghost::error::ApiError;
use crate::ghost::shape::json_of;

/// What the magazine is, for anybody.
pub async fn site(State(app): State<Arc<App>>) -> Result<Response, ApiError> {
    let drawn = Drawn::of(&app).await?;
    let (s, furniture) = (&drawn.furniture().settings, drawn.furniture());
    let picture = |url: &Option<String>| json_of(&furniture.picture(url.as_deref()));
    let body = json!({ "site": {
        "title": s.title, "description": s.description, "logo": picture(&s.logo), "icon": picture(&s.icon),
        "cover_image": picture(&s.cover_image), "accent_color": s.accent_color, "locale": s.locale,
        "timezone": s.timezone, "url": app.url.with("/"), "version": VERSION.trim_start_matches('v'),
        "allow_external_signup": s.members == Members::All,
    }});
    Ok(answer(StatusCode::OK, body))
}

/// What clients may count on.
pub async fn config(_: Admin, State(app): State<Arc<App>>) -> Result<Response, ApiError> {
    let settings = app.settings().await?;
    let database = match app.store.engine() {
        "sqlite" => "sqlite3",
        engine => engine,
    };
    let body = json!({ "config": {
        "version": format!("{}.0", VERSION.trim_start_matches('v')), "environment": "production",
        "database": database, "mail": "stub", "useGravatar": false,
        "labs": { "members": settings.members != Members::None }, "clientExtensions": {},
        "enableDeveloperExperiments": false, "stripeDirect": false, "mailgunIsConfigured": false,
        "emailAnalytics": false,
        "security": { "allowWebhookInternalIPs": app.fetch.is_private_allowed(), "staffDeviceVerification": false },
    }});
    Ok(answer(StatusCode::OK, body))
}
