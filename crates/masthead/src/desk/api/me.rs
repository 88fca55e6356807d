//! Whoever is signed in: name, password, second factor, sessions.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use http::StatusCode;
use news::Verb;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape;
use crate::App;
use crate::actions::{sign_in, staff};
use crate::desk::refusal::{Refusal, Sent, sentence};
use crate::desk::session::Anybody;

/// Who is signed in, and where.
#[utoipa::path(get, path = "/desk/api/me", responses((status = OK, body = shape::Me)))]
pub async fn show(Anybody(signed): Anybody, State(app): State<Arc<App>>) -> Result<Json<shape::Me>, Refusal> {
    let settings = app.settings().await?;
    Ok(Json(shape::Me {
        staff: shape::StaffMember::from(&signed.staff),
        magazine: shape::Magazine {
            title: settings.title,
            url: app.url.with("/"),
            locale: settings.locale,
            timezone: settings.timezone,
        },
        passkeys: super::PASSKEYS,
        has_totp: signed.has_totp,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }))
}

/// A name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rename {
    name: String,
}

/// How colleagues know them.
#[utoipa::path(put, path = "/desk/api/me", request_body = Rename, responses((status = OK, body = shape::StaffMember)))]
pub async fn rename(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Sent(sent): Sent<Rename>,
) -> Result<Json<shape::StaffMember>, Refusal> {
    staff::change(&app, &signed.staff, Some(&sent.name), None, None, &signed.by()).await?;
    let member = store::staff::by_id(&app.store, signed.staff.id.as_str()).await?.ok_or_else(Refusal::not_found)?;
    Ok(Json(shape::StaffMember::from(&member)))
}

/// The old password and the new one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    old: String,
    new: String,
}

/// Sets a new password; every other session ends.
#[utoipa::path(put, path = "/desk/api/me/password", request_body = NewPassword, responses((status = NO_CONTENT)))]
pub async fn set_password(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Sent(sent): Sent<NewPassword>,
) -> Result<StatusCode, Refusal> {
    if !sign_in::is_password(&app, &signed.staff, &sent.old).await? {
        return Err(Refusal::field("old", "this is not your password"));
    }
    match staff::set_password(&app, &signed.staff, &sent.new, &signed.hash).await? {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(weak) => Err(Refusal::field("new", sentence(&weak.to_string()))),
    }
}

/// Open sessions, the last used first.
#[utoipa::path(get, path = "/desk/api/me/sessions", responses((status = OK, body = Vec<shape::Session>)))]
pub async fn sessions(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
) -> Result<Json<Vec<shape::Session>>, Refusal> {
    let rows = store::session::of_staff(&app.store, signed.staff.id.as_str()).await?;
    let session = |row: store::session::Listed| shape::Session {
        current: row.id == signed.session,
        id: row.id,
        made_at: row.made_at,
        seen_at: row.seen_at,
        agent: row.agent,
    };
    Ok(Json(rows.into_iter().map(session).collect()))
}

/// Ends every session but this one.
#[utoipa::path(delete, path = "/desk/api/me/sessions", responses((status = NO_CONTENT)))]
pub async fn end_others(Anybody(signed): Anybody, State(app): State<Arc<App>>) -> Result<StatusCode, Refusal> {
    end(&app, &signed, store::session::end_others(signed.staff.id.as_str(), &signed.hash)).await
}

/// Ends one session.
#[utoipa::path(delete, path = "/desk/api/me/sessions/{id}", responses((status = NO_CONTENT)))]
pub async fn end_session(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    end(&app, &signed, store::session::end_one(signed.staff.id.as_str(), &id)).await
}

async fn end(app: &App, signed: &crate::desk::session::Signed, end: store::Statement) -> Result<StatusCode, Refusal> {
    let mut batch = store::Batch::new();
    batch.push(end);
    batch.push(sign_in::factor_act(app, &signed.staff, Verb::SessionsEnded));
    app.store.commit(batch).await?;
    app.desk.hub.ended(&signed.staff.id);
    Ok(StatusCode::NO_CONTENT)
}

/// A secret for an authenticator.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewTotp {
    secret: String,
    uri: String,
    /// The address as a picture that a phone reads.
    svg: String,
}

/// Begins one-time codes; they count from the first right code on.
#[utoipa::path(post, path = "/desk/api/me/totp", request_body = WithPassword, responses((status = OK, body = NewTotp)))]
pub async fn propose_totp(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Sent(sent): Sent<WithPassword>,
) -> Result<Json<NewTotp>, Refusal> {
    signed.knows(&app, &sent.password).await?;
    let secret = sign_in::totp::base32(&sign_in::propose_totp(&app, &signed.staff).await?);
    let encode =
        |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    let title = encode(&app.settings().await?.title);
    let uri = format!("otpauth://totp/{title}:{}?secret={secret}&issuer={title}", encode(&signed.staff.email));
    let svg = qrcode::QrCode::new(&uri)
        .map(|code| code.render::<qrcode::render::svg::Color>().min_dimensions(220, 220).build())
        .unwrap_or_default();
    Ok(Json(NewTotp { secret, uri, svg }))
}

/// A code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TotpCode {
    code: String,
}

/// Recovery codes, shown once.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecoveryCodes {
    recovery_codes: Vec<String>,
}

/// Turns one-time codes on with the first right one.
#[utoipa::path(put, path = "/desk/api/me/totp", request_body = TotpCode, responses((status = OK, body = RecoveryCodes)))]
pub async fn turn_totp_on(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Sent(sent): Sent<TotpCode>,
) -> Result<Json<RecoveryCodes>, Refusal> {
    match sign_in::turn_totp_on(&app, &signed.staff, &sent.code).await? {
        Some(recovery_codes) => Ok(Json(RecoveryCodes { recovery_codes })),
        None => Err(Refusal::field("code", "this code is not right; codes change every 30 seconds")),
    }
}

/// The password of whoever is signed in: asked again before a factor is added or taken away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithPassword {
    pub(super) password: String,
}

/// Turns one-time codes off.
#[utoipa::path(delete, path = "/desk/api/me/totp", request_body = WithPassword, responses((status = NO_CONTENT)))]
pub async fn turn_totp_off(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Sent(sent): Sent<WithPassword>,
) -> Result<StatusCode, Refusal> {
    signed.knows(&app, &sent.password).await?;
    sign_in::turn_totp_off(&app, &signed.staff).await?;
    Ok(StatusCode::NO_CONTENT)
}
