//! Sections of the magazine.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use news::{Section, SectionPath, limits};
use serde::Deserialize;
use utoipa::ToSchema;

use super::shape;
use crate::App;
use crate::actions::section;
use crate::desk::refusal::{Refusal, Sent};
use crate::desk::session::{Anybody, Editors};

/// All of them, in the magazine's order.
#[utoipa::path(get, path = "/desk/api/sections", responses((status = OK, body = Vec<shape::Section>)))]
pub async fn list(_: Anybody, State(app): State<Arc<App>>) -> Result<Json<Vec<shape::Section>>, Refusal> {
    Ok(Json(all(&app).await?))
}

async fn all(app: &App) -> Result<Vec<shape::Section>, Refusal> {
    let mut shaped = Vec::new();
    for section in store::section::all(&app.store).await? {
        // Drafts count too: they move with their section.
        let count = store::article::count_in_section(&app.store, section.path.as_str()).await?;
        shaped.push(shape::Section {
            url: app.url.with(&section.path.url()),
            path: section.path.to_string(),
            name: section.name,
            description: section.description,
            position: section.position,
            articles: count.map_or(0, |row| row.count),
        });
    }
    Ok(shaped)
}

/// A section as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSection {
    path: String,
    name: String,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    position: Option<i64>,
}

/// A new section.
#[utoipa::path(post, path = "/desk/api/sections", request_body = ChangeSection, responses((status = CREATED, body = Vec<shape::Section>)))]
pub async fn add(
    Editors(signed): Editors,
    State(app): State<Arc<App>>,
    Sent(sent): Sent<ChangeSection>,
) -> Result<(StatusCode, Json<Vec<shape::Section>>), Refusal> {
    let new = parsed(sent)?;
    if store::section::at(&app.store, &new.path).await?.is_some() {
        return Err(Refusal::field("path", format!("there is a section {} already", new.path)));
    }
    if store::address::holder(&app.store, &new.path.url()).await?.is_some() {
        return Err(Refusal::field("path", format!("an article stands at {}", new.path.url())));
    }
    section::describe(&app, &new, &signed.by()).await?;
    Ok((StatusCode::CREATED, Json(all(&app).await?)))
}

/// Name, description and order of a section.
#[utoipa::path(put, path = "/desk/api/sections", request_body = ChangeSection, responses((status = OK, body = Vec<shape::Section>)))]
pub async fn change(
    Editors(signed): Editors,
    State(app): State<Arc<App>>,
    Sent(sent): Sent<ChangeSection>,
) -> Result<Json<Vec<shape::Section>>, Refusal> {
    let changed = parsed(sent)?;
    if store::section::at(&app.store, &changed.path).await?.is_none() {
        return Err(Refusal::not_found());
    }
    section::describe(&app, &changed, &signed.by()).await?;
    Ok(Json(all(&app).await?))
}

fn parsed(sent: ChangeSection) -> Result<Section, Refusal> {
    let path = SectionPath::parse(&sent.path).map_err(|why| Refusal::field("path", why.to_string()))?;
    let name = sent.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > limits::NAME_CHARACTERS {
        return Err(Refusal::field("name", format!("a name has 1 to {} characters", limits::NAME_CHARACTERS)));
    }
    let description = sent.description.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    if description.as_ref().is_some_and(|text| text.chars().count() > limits::META_CHARACTERS) {
        let most = limits::META_CHARACTERS;
        return Err(Refusal::field("description", format!("a description has at most {most} characters")));
    }
    Ok(Section { path, name, description, position: sent.position.unwrap_or(1_000) })
}

/// How long the answer waits for a section to be moved; it goes on behind it.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(15);

/// Where a section goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveSection {
    from: String,
    to: String,
}

/// Moves a section with everything in it; onto one that is there, the two become one. Old addresses redirect.
#[utoipa::path(post, path = "/desk/api/sections/move", request_body = MoveSection, responses((status = OK, body = shape::Moved)))]
pub async fn move_to(
    Editors(signed): Editors,
    State(app): State<Arc<App>>,
    Sent(sent): Sent<MoveSection>,
) -> Result<(StatusCode, Json<shape::Moved>), Refusal> {
    let read = |text: &str, field: &str| SectionPath::parse(text).map_err(|why| Refusal::field(field, why.to_string()));
    let (from, to) = (read(&sent.from, "from")?, read(&sent.to, "to")?);
    // A large section takes its time, and goes on when the asker has gone. Asked again, it goes on where it stopped.
    let by = signed.by();
    let work = tokio::spawn(async move { section::move_to(&app, &from, &to, &by).await });
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(Ok(moved)) => Ok((StatusCode::OK, Json(shape::Moved { moved: Some(moved?) }))),
        Ok(Err(why)) => Err(crate::actions::ActError::Field(format!("the move was cut off: {why}")).into()),
        Err(_) => Ok((StatusCode::ACCEPTED, Json(shape::Moved { moved: None }))),
    }
}
