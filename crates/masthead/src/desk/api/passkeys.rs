//! Passkeys (Web Authentication, level 3): adding one, and signing in with one. A passkey proves both that somebody
//! holds the device and that it knows them, so no second factor is asked for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::{Path, State};
use http::{HeaderMap, StatusCode, header};
use news::{Id, Verb, limits};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{Batch, passkey};
use utoipa::ToSchema;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::me::WithPassword;
use super::shape;
use crate::App;
use crate::actions::sign_in::{self, Asker};
use crate::desk::refusal::{Refusal, Sent};
use crate::desk::session::{Anybody, cookie, is_foreign};
use crate::desk::tries::Tries;

/// How long somebody may look for their device.
const PATIENCE: Duration = Duration::from_secs(5 * 60);
/// Ceremonies that are under way at once; beyond, the oldest are forgotten.
const AT_ONCE: usize = 1_000;

/// What is under way between a question and its answer.
#[derive(Default)]
pub struct Ceremonies(Mutex<HashMap<String, (Instant, Ceremony)>>);

enum Ceremony {
    Adding(Id, Box<PasskeyRegistration>),
    SigningIn(Box<DiscoverableAuthentication>),
}

impl Ceremonies {
    fn begin(&self, ceremony: Ceremony) -> String {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, (begun, _)| begun.elapsed() < PATIENCE);
        if all.len() >= AT_ONCE
            && let Some(oldest) = all.iter().min_by_key(|(_, (begun, _))| *begun).map(|(token, _)| token.clone())
        {
            all.remove(&oldest);
        }
        let token = crate::app::random_hex::<16>();
        all.insert(token.clone(), (Instant::now(), ceremony));
        token
    }

    /// Each is taken once.
    fn take(&self, token: &str) -> Option<Ceremony> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(token).filter(|(begun, _)| begun.elapsed() < PATIENCE).map(|(_, ceremony)| ceremony)
    }
}

/// The passkeys of whoever is signed in.
#[utoipa::path(get, path = "/desk/api/me/passkeys", responses((status = OK, body = Vec<shape::Passkey>)))]
pub async fn list(Anybody(signed): Anybody, State(app): State<Arc<App>>) -> Result<Json<Vec<shape::Passkey>>, Refusal> {
    let rows = passkey::of_staff(&app.store, signed.staff.id.as_str()).await?;
    let key = |row: passkey::Passkey| shape::Passkey {
        id: row.id,
        name: row.name,
        made_at: row.made_at,
        used_at: row.used_at,
    };
    Ok(Json(rows.into_iter().map(key).collect()))
}

/// A question for the browser, and the name of the ceremony.
#[derive(Debug, Serialize, ToSchema)]
pub struct Question {
    ceremony: String,
    /// For `navigator.credentials`; binary values in base64url.
    #[schema(value_type = Object)]
    options: Value,
}

/// Begins to add a passkey.
#[utoipa::path(post, path = "/desk/api/me/passkeys/begin", request_body = WithPassword, responses((status = OK, body = Question)))]
pub async fn begin(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Sent(sent): Sent<WithPassword>,
) -> Result<Json<Question>, Refusal> {
    signed.knows(&app, &sent.password).await?;
    let known = passkey::of_staff(&app.store, signed.staff.id.as_str()).await?;
    let known: Vec<Passkey> = known.iter().filter_map(|row| serde_json::from_str(&row.credential).ok()).collect();
    let exclude = known.iter().map(|key| key.cred_id().clone()).collect();
    let staff = &signed.staff;
    let (options, state) = webauthn(&app)?
        .start_passkey_registration(handle(&staff.id), &staff.email, &staff.name, Some(exclude))
        .map_err(refused)?;
    let mut options = serde_json::to_value(&options).unwrap_or_default();
    // The device keeps who it is for, so that signing in needs no address.
    options["publicKey"]["authenticatorSelection"]["residentKey"] = "preferred".into();
    let ceremony = app.desk.ceremonies.begin(Ceremony::Adding(staff.id.clone(), Box::new(state)));
    Ok(Json(Question { ceremony, options }))
}

/// The browser's answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddPasskey {
    ceremony: String,
    /// How its owner knows it.
    name: String,
    #[schema(value_type = Object)]
    credential: Value,
}

/// Adds a passkey.
#[utoipa::path(post, path = "/desk/api/me/passkeys", request_body = AddPasskey, responses((status = CREATED, body = shape::Passkey)))]
pub async fn add(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Sent(sent): Sent<AddPasskey>,
) -> Result<(StatusCode, Json<shape::Passkey>), Refusal> {
    let Some(Ceremony::Adding(staff, state)) = app.desk.ceremonies.take(&sent.ceremony) else {
        return Err(Refusal::field("ceremony", "this took too long; begin again"));
    };
    if staff != signed.staff.id {
        return Err(Refusal::not_allowed());
    }
    let answer: RegisterPublicKeyCredential = serde_json::from_value(sent.credential)
        .map_err(|why| Refusal::field("credential", format!("the browser's answer cannot be read: {why}")))?;
    let key = webauthn(&app)?.finish_passkey_registration(&answer, &state).map_err(refused)?;
    let name: String = sent.name.trim().chars().filter(|c| !c.is_control()).take(limits::NAME_CHARACTERS).collect();
    let shaped = shape::Passkey {
        id: hex(key.cred_id().as_ref()),
        name: if name.is_empty() { "Passkey".to_owned() } else { name },
        made_at: app.now().as_millisecond(),
        used_at: None,
    };
    let credential = serde_json::to_string(&key).unwrap_or_default();
    let mut batch = Batch::new();
    batch.push(passkey::add(&shaped.id, staff.as_str(), &shaped.name, &credential, shaped.made_at));
    batch.push(sign_in::factor_act(&app, &signed.staff, Verb::FactorAdded));
    app.store.commit(batch).await?;
    Ok((StatusCode::CREATED, Json(shaped)))
}

/// Takes a passkey away.
#[utoipa::path(delete, path = "/desk/api/me/passkeys/{id}", request_body = WithPassword, responses((status = NO_CONTENT)))]
pub async fn remove(
    Anybody(signed): Anybody,
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Sent(sent): Sent<WithPassword>,
) -> Result<StatusCode, Refusal> {
    signed.knows(&app, &sent.password).await?;
    let mut batch = Batch::new();
    batch.must(passkey::remove(signed.staff.id.as_str(), &id));
    batch.push(sign_in::factor_act(&app, &signed.staff, Verb::FactorRemoved));
    app.store.commit(batch).await.map_err(|_| Refusal::not_found())?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begins to sign in. Nobody says who they are: the device does.
#[utoipa::path(post, path = "/desk/api/passkeys/sign-in/begin", responses((status = OK, body = Question)))]
pub async fn begin_sign_in(
    State(app): State<Arc<App>>,
    asker: Asker,
    headers: HeaderMap,
) -> Result<Json<Question>, Refusal> {
    ours(&app, &headers)?;
    // There is no account yet: it counts by where it comes from.
    if !app.desk.tries.may_from(asker.address, app.now()) {
        return Err(Refusal::too_many());
    }
    let (options, state) = webauthn(&app)?.start_discoverable_authentication().map_err(refused)?;
    let mut options = serde_json::to_value(&options).unwrap_or_default();
    // The button was pressed: the browser may ask at once.
    if let Some(options) = options.as_object_mut() {
        options.remove("mediation");
    }
    let ceremony = app.desk.ceremonies.begin(Ceremony::SigningIn(Box::new(state)));
    Ok(Json(Question { ceremony, options }))
}

/// The browser's answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UsePasskey {
    ceremony: String,
    #[schema(value_type = Object)]
    credential: Value,
}

/// What is answered when the door is open.
#[derive(Debug, Serialize, ToSchema)]
pub struct Opened {
    signed_in: bool,
}

/// Signs in: the cookie comes with the answer.
#[utoipa::path(post, path = "/desk/api/passkeys/sign-in", request_body = UsePasskey, responses((status = OK, body = Opened)))]
pub async fn sign_in(
    State(app): State<Arc<App>>,
    asker: Asker,
    headers: HeaderMap,
    Sent(sent): Sent<UsePasskey>,
) -> Result<(HeaderMap, Json<Opened>), Refusal> {
    ours(&app, &headers)?;
    let unknown = || Refusal::field("credential", "this passkey is not known here");
    let Some(Ceremony::SigningIn(state)) = app.desk.ceremonies.take(&sent.ceremony) else {
        return Err(Refusal::field("ceremony", "this took too long; begin again"));
    };
    let answer: PublicKeyCredential = serde_json::from_value(sent.credential)
        .map_err(|why| Refusal::field("credential", format!("the browser's answer cannot be read: {why}")))?;
    let webauthn = webauthn(&app)?;
    let (user, credential) = webauthn.identify_discoverable_authentication(&answer).map_err(refused)?;
    let staff = staff_of(user).ok_or_else(unknown)?;
    let row = passkey::by_id(&app.store, &hex(credential)).await?.filter(|row| row.staff_id == staff.as_str());
    let row = row.ok_or_else(unknown)?;
    if !app.desk.tries.may(&Tries::code(&row.id), asker.address, app.now()) {
        return Err(Refusal::too_many());
    }
    let mut key: Passkey = serde_json::from_str(&row.credential).map_err(|_| unknown())?;
    let result = webauthn
        .finish_discoverable_authentication_v2(&answer, *state, DiscoverableKey::from(&key))
        .map_err(refused)?;
    app.desk.tries.forget(&Tries::code(&row.id));
    key.update_credential(&result);
    let member = store::staff::by_id(&app.store, staff.as_str()).await?.filter(|member| !member.suspended);
    let member = member.ok_or_else(unknown)?;
    let mut batch = Batch::new();
    let credential = serde_json::to_string(&key).unwrap_or_default();
    batch.push(passkey::used(&row.id, &credential, app.now().as_millisecond()));
    app.store.commit(batch).await?;
    let token = sign_in::let_in(&app, &member, &asker).await?;
    let mut headers = HeaderMap::new();
    headers.insert(header::SET_COOKIE, cookie(&app, Some(&token)));
    Ok((headers, Json(Opened { signed_in: true })))
}

fn ours(app: &App, headers: &HeaderMap) -> Result<(), Refusal> {
    let marked = headers.get("x-masthead").is_some_and(|value| value == "desk");
    if is_foreign(app, headers) || !marked { Err(Refusal::foreign()) } else { Ok(()) }
}

/// The library, for this magazine's own address.
fn webauthn(app: &App) -> Result<Webauthn, Refusal> {
    let no = |why: String| Refusal::field("url", format!("passkeys do not work at this address: {why}"));
    let origin = Url::parse(app.url.as_str()).map_err(|why| no(why.to_string()))?;
    let host = origin.host_str().unwrap_or_default().to_owned();
    WebauthnBuilder::new(&host, &origin).and_then(WebauthnBuilder::build).map_err(|why| no(why.to_string()))
}

fn refused(why: webauthn_rs::prelude::WebauthnError) -> Refusal {
    Refusal::field("credential", format!("the passkey was not taken: {why}"))
}

/// A member of staff as the device keeps them: the id's twelve bytes, and four of nothing.
fn handle(id: &Id) -> Uuid {
    let mut bytes = [0; 16];
    for (at, byte) in bytes.iter_mut().enumerate().take(12) {
        *byte = id.as_str().get(at * 2..at * 2 + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
    }
    Uuid::from_bytes(bytes)
}

fn staff_of(handle: Uuid) -> Option<Id> {
    Id::parse(&hex(&handle.as_bytes()[..12])).ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_tells_whose_it_is() {
        let id = Id::parse("0123456789abcdef01234567").unwrap();
        assert_eq!(staff_of(handle(&id)), Some(id));
    }
}
