//! The staff: who may sign in, as what.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use http::StatusCode;
use news::{Role, Verb};
use serde::Deserialize;
use utoipa::ToSchema;

use super::shape;
use crate::App;
use crate::actions::staff;
use crate::desk::refusal::{Refusal, Sent};
use crate::desk::session::{Anybody, Owners};

/// Everybody, the longest-serving first.
#[utoipa::path(get, path = "/desk/api/staff", responses((status = OK, body = Vec<shape::StaffMember>)))]
pub async fn list(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
) -> Result<Json<Vec<shape::StaffMember>>, Refusal> {
    let staff = store::staff::all(&app.store).await?;
    let mut shaped: Vec<shape::StaffMember> = staff.iter().map(shape::StaffMember::from).collect();
    if !signed.staff.role.is_at_least(Role::Editor) {
        // Colleagues have names; their addresses are for those who run the desk.
        for member in shaped.iter_mut().filter(|member| member.id != signed.staff.id.as_str()) {
            member.email = String::new();
            member.last_seen_at = None;
        }
    }
    Ok(Json(shaped))
}

/// Somebody new.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    email: String,
    name: String,
    role: String,
}

/// Invites somebody; the link sets their password, once.
#[utoipa::path(post, path = "/desk/api/staff", request_body = Invite, responses((status = CREATED, body = shape::Link)))]
pub async fn invite(
    Owners(signed): Owners,
    State(app): State<Arc<App>>,
    Sent(sent): Sent<Invite>,
) -> Result<(StatusCode, Json<shape::Link>), Refusal> {
    let role = role(&sent.role)?;
    let email = news::staff::email(&sent.email).map_err(|why| Refusal::field("email", why.to_string()))?;
    if store::staff::by_email(&app.store, &email).await?.is_some() {
        return Err(Refusal::field("email", "somebody with this address is on the staff already"));
    }
    let token = staff::invite(&app, &email, &sent.name, role, &signed.by()).await?;
    Ok((StatusCode::CREATED, Json(link_of(&app, &token))))
}

/// What a member of staff is to be; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeStaff {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    role: Option<String>,
    #[serde(default)]
    suspended: Option<bool>,
    /// The author that they are in bylines.
    #[serde(default)]
    author_id: Option<String>,
}

/// Name, role, suspension. With another role, or suspended, all their sessions end.
#[utoipa::path(put, path = "/desk/api/staff/{id}", request_body = ChangeStaff, responses((status = OK, body = shape::StaffMember)))]
pub async fn change(
    Owners(signed): Owners,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<ChangeStaff>,
) -> Result<Json<shape::StaffMember>, Refusal> {
    let member = store::staff::by_id(&app.store, &id).await?.ok_or_else(Refusal::not_found)?;
    let role = sent.role.as_deref().map(role).transpose()?;
    if member.id == signed.staff.id && sent.suspended == Some(true) {
        return Err(Refusal::field("suspended", "nobody can suspend themselves"));
    }
    staff::change(&app, &member, sent.name.as_deref(), role, sent.suspended, &signed.by()).await?;
    if let Some(author) = &sent.author_id {
        let author = news::Id::parse(author).map_err(|_| Refusal::field("author_id", "there is no such author"))?;
        staff::link_author(&app, &member, &author, &signed.by()).await?;
    }
    let member = store::staff::by_id(&app.store, &id).await?.ok_or_else(Refusal::not_found)?;
    Ok(Json(shape::StaffMember::from(&member)))
}

/// A new one-time link for somebody who lost the first, or their password.
#[utoipa::path(post, path = "/desk/api/staff/{id}/link", responses((status = OK, body = shape::Link)))]
pub async fn link(
    Owners(signed): Owners,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Json<shape::Link>, Refusal> {
    let member = store::staff::by_id(&app.store, &id).await?.ok_or_else(Refusal::not_found)?;
    let token = staff::new_link(&app, &member, Verb::Invited, &signed.by()).await?;
    Ok(Json(link_of(&app, &token)))
}

fn link_of(app: &App, token: &str) -> shape::Link {
    shape::Link { link: app.url.with(&format!("/desk/join/{token}/")) }
}

fn role(word: &str) -> Result<Role, Refusal> {
    Role::of(word).ok_or_else(|| Refusal::field("role", "choose owner, editor, author or contributor"))
}
