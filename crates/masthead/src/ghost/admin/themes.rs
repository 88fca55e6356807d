//! `/ghost/api/admin/themes/`: a theme comes in as a ZIP archive, and is put on.

use std::sync::Arc;

use axum::extract::{Multipart, Path, State};
use axum::response::Response;
use http::StatusCode;
use serde_json::{Value, json};

use super::answer;
use super::caller::{Editors, Trusted};
use super::uploads::{Sent, form};
use crate::App;
use crate::actions::theme;
use crate::ghost::error::ApiError;
use crate::site::themes;

/// Every theme that is here.
pub async fn browse(_: Editors, State(app): State<Arc<App>>) -> Result<Response, ApiError> {
    let active = app.settings().await?.theme;
    let themes: Vec<Value> = themes::names(&app.data).iter().map(|name| shaped(&app, name, &active)).collect();
    Ok(answer(StatusCode::OK, json!({ "themes": themes })))
}

/// The theme that is worn.
pub async fn active(_: Editors, State(app): State<Arc<App>>) -> Result<Response, ApiError> {
    let active = app.settings().await?.theme;
    Ok(answer(StatusCode::OK, json!({ "themes": [shaped(&app, &active, &active)] })))
}

/// Takes a theme in. It is read whole before anything is written; the worn one, replaced, is shown at once.
pub async fn upload(
    Trusted(caller): Trusted,
    State(app): State<Arc<App>>,
    sent: Multipart,
) -> Result<Response, ApiError> {
    let none = || ApiError::unprocessable("Please select a theme.");
    let Sent { name, bytes } = form(sent).await?.file.ok_or_else(none)?;
    let read = ::theme::archive::unpack(&bytes);
    let files = read.map_err(|why| ApiError::unprocessable("Failed to read zip file").because(why.to_string()))?;
    let wrong = |why: anyhow::Error| ApiError::wrong_theme(format!("{why:#}"));
    let name = theme::receive(&app, files, name, &caller.by()).await.map_err(wrong)?;
    let active = app.settings().await?.theme;
    Ok(answer(StatusCode::OK, json!({ "themes": [shaped(&app, &name, &active)] })))
}

/// Wears a theme; one that cannot draw a page stays off.
pub async fn activate(
    Trusted(caller): Trusted,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
) -> Result<Response, ApiError> {
    if !themes::names(&app.data).contains(&name) {
        let message = format!("{name} cannot be activated because it is not currently installed.");
        return Err(ApiError::unprocessable(message));
    }
    theme::wear(&app, &name, &caller.by()).await.map_err(|why| ApiError::wrong_theme(format!("{why:#}")))?;
    Ok(answer(StatusCode::OK, json!({ "themes": [shaped(&app, &name, &name)] })))
}

fn shaped(app: &App, name: &str, active: &str) -> Value {
    let Ok(theme) = themes::load(&app.data, name) else {
        return json!({ "name": name, "package": {}, "active": name == active });
    };
    let mut templates: Vec<Value> = Vec::new();
    for template in theme.templates() {
        let (kind, slug) = template.split_once('-').unwrap_or((template, ""));
        if matches!(kind, "custom" | "post" | "page") && !slug.is_empty() {
            let on = if kind == "custom" { vec!["page", "post"] } else { vec![kind] };
            templates.push(
                json!({ "filename": template, "name": slug, "for": on, "slug": (kind != "custom").then_some(slug) }),
            );
        }
    }
    let package = json!({ "name": theme.name(), "version": theme.version() });
    json!({ "name": name, "package": package, "active": name == active, "templates": templates, "errors": [], "warnings": [] })
}
