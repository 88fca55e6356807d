//! Who calls the Admin API: a program with a key, a member of staff with a key of their own, or with a session.
//!
//! Tokens are JSON Web Tokens (RFC 7519) signed with HS256 and the secret half of an admin key, `kid` naming the key.
//! Ghost uses no other algorithm, so no other is read: the header's `alg` never chooses the check.
//!
//! A handler names whom it serves as one of its arguments, as at the desk ([`crate::desk::session`]).

use std::sync::Arc;

use axum::extract::FromRequestParts;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use http::header::{AUTHORIZATION, COOKIE};
use http::request::Parts;
use http::{HeaderMap, Method};
use news::key::Key;
use news::{Actor, Id, Role, Staff};
use serde::Deserialize;
use sha2::Sha256;

use crate::App;
use crate::actions::{By, sign_in};
use crate::desk::session::is_foreign;
use crate::ghost::error::ApiError;

/// Longest life of a token, in seconds (Ghost's rule).
const LONGEST_LIFE: i64 = 5 * 60;
/// How far clocks may differ, in seconds.
const SKEW: i64 = 60;
/// Longest token that is looked at, in bytes.
const LONGEST_TOKEN: usize = 4096;

/// The cookie of Ghost's sessions.
pub const COOKIE_NAME: &str = "ghost-admin-api-session";

/// Who calls.
#[derive(Clone, Debug)]
pub enum Caller {
    /// A program, with its key.
    Program(Key),
    /// A member of staff.
    Person(Staff),
}

impl Caller {
    /// For the record of acts.
    pub fn by(&self) -> By {
        By::new(match self {
            Caller::Program(key) => Actor::Key(key.id.clone()),
            Caller::Person(staff) => Actor::Staff(staff.id.clone()),
        })
    }

    /// Whether code that runs in readers' pages is taken from them: from a program, and from an owner.
    pub fn may_inject_code(&self) -> bool {
        matches!(self, Caller::Program(_) | Caller::Person(Staff { role: Role::Owner, .. }))
    }

    /// The key of a program.
    pub fn key(&self) -> Option<&Id> {
        match self {
            Caller::Program(key) => Some(&key.id),
            Caller::Person(_) => None,
        }
    }
}

/// A program, or an editor.
pub struct Admin(pub Caller);

/// A program, or an owner: for what concerns readers' addresses, other hosts, and what runs in every page.
pub struct Trusted(pub Caller);

/// An editor or an owner, not a program.
pub struct Editors(pub Caller);

/// An owner, not a program.
pub struct Owners(pub Caller);

impl FromRequestParts<Arc<App>> for Admin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Admin, ApiError> {
        let caller = caller(parts, app).await?;
        // What an author may do depends on whose article it is: the desk is their door.
        if matches!(&caller, Caller::Person(staff) if !staff.role.is_at_least(Role::Editor)) {
            return Err(ApiError::not_allowed());
        }
        Ok(Admin(caller))
    }
}

impl FromRequestParts<Arc<App>> for Trusted {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Trusted, ApiError> {
        match caller(parts, app).await? {
            Caller::Person(staff) if staff.role != Role::Owner => Err(ApiError::not_allowed()),
            caller => Ok(Trusted(caller)),
        }
    }
}

macro_rules! people {
    ($guard:ident, $role:expr) => {
        impl FromRequestParts<Arc<App>> for $guard {
            type Rejection = ApiError;

            async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<$guard, ApiError> {
                match caller(parts, app).await? {
                    Caller::Program(_) => Err(ApiError::not_for_programs()),
                    Caller::Person(staff) if !staff.role.is_at_least($role) => Err(ApiError::not_allowed()),
                    person => Ok($guard(person)),
                }
            }
        }
    };
}

people!(Editors, Role::Editor);
people!(Owners, Role::Owner);

async fn caller(parts: &Parts, app: &App) -> Result<Caller, ApiError> {
    let Some(header) = parts.headers.get(AUTHORIZATION) else { return by_session(parts, app).await };
    let header = header.to_str().map_err(|_| ApiError::wrong_scheme())?;
    let token = header.strip_prefix("Ghost ").ok_or_else(ApiError::wrong_scheme)?;
    if token.len() > LONGEST_TOKEN {
        return Err(ApiError::no_token());
    }
    let key = check(app, token.trim()).await?;
    match &key.staff {
        None => Ok(Caller::Program(key)),
        Some(id) => {
            let staff = store::staff::by_id(&app.store, id.as_str()).await?;
            staff.filter(|staff| !staff.suspended).map(Caller::Person).ok_or_else(ApiError::unknown_key)
        }
    }
}

/// A session is a browser's: what changes something must come from our own pages.
async fn by_session(parts: &Parts, app: &App) -> Result<Caller, ApiError> {
    let token = session_token(&parts.headers).ok_or_else(ApiError::no_permission)?;
    if !matches!(parts.method, Method::GET | Method::HEAD) && comes_from_elsewhere(app, &parts.headers) {
        return Err(ApiError::from_elsewhere());
    }
    let session = sign_in::session(app, &token).await?;
    session.map(|session| Caller::Person(session.staff)).ok_or_else(ApiError::no_permission)
}

/// Whether a request is not a page's of ours, or does not say so.
pub fn comes_from_elsewhere(app: &App, headers: &HeaderMap) -> bool {
    is_foreign(app, headers) || !["origin", "sec-fetch-site"].iter().any(|name| headers.contains_key(*name))
}

/// The token in the cookie of a session.
pub fn session_token(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    let is_token = |value: &str| value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit());
    pairs.find(|(name, value)| *name == COOKIE_NAME && is_token(value)).map(|(_, value)| value.to_owned())
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
}

#[derive(Deserialize)]
struct Claims {
    iat: i64,
    exp: i64,
    aud: String,
}

async fn check(app: &App, token: &str) -> Result<Key, ApiError> {
    let bad = ApiError::bad_token;
    let (signed, signature) = token.rsplit_once('.').ok_or_else(ApiError::no_token)?;
    let (header, claims) = signed.split_once('.').ok_or_else(ApiError::no_token)?;
    let header: Header = part(header).ok_or_else(ApiError::no_token)?;
    if header.alg != "HS256" {
        return Err(bad("the token is not signed with HS256"));
    }
    let kid = Id::parse(&header.kid).map_err(|_| ApiError::unknown_key())?;
    let key = store::key::by_id(&app.store, kid.as_str()).await?.ok_or_else(ApiError::unknown_key)?;
    let secret = from_hex(&key.secret).ok_or_else(ApiError::unknown_key)?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| bad("the token's signature cannot be read"))?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&secret).map_err(|_| ApiError::unknown_key())?;
    mac.update(signed.as_bytes());
    mac.verify_slice(&signature).map_err(|_| bad("the token's signature is wrong"))?;
    let claims: Claims = part(claims).ok_or(bad("the token's claims cannot be read"))?;
    lives(&claims, app.now().as_second()).map_err(bad)?;
    Ok(key)
}

fn lives(claims: &Claims, now: i64) -> Result<(), &'static str> {
    if !is_audience(&claims.aud) {
        return Err("the token is for another audience than /admin/");
    }
    if claims.exp <= now {
        return Err("the token has expired");
    }
    if claims.iat > now + SKEW {
        return Err("the token is from the future");
    }
    if claims.exp.saturating_sub(claims.iat) > LONGEST_LIFE || now.saturating_sub(claims.iat) > LONGEST_LIFE + SKEW {
        return Err("the token lives longer than five minutes");
    }
    Ok(())
}

/// Ghost's pattern: `/admin/`, with or without slashes and a version before it.
fn is_audience(audience: &str) -> bool {
    let audience = audience.trim_matches('/');
    let audience = match audience.split_once('/') {
        Some((version, rest)) if is_version(version) => rest,
        _ => audience,
    };
    audience == "admin"
}

fn is_version(word: &str) -> bool {
    word.strip_prefix('v').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

fn part<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(iat: i64, exp: i64, aud: &str) -> Claims {
        Claims { iat, exp, aud: aud.into() }
    }

    #[test]
    fn a_token_lives_five_minutes_and_only_for_admins() {
        assert_eq!(lives(&claims(100, 400, "/admin/"), 200), Ok(()));
        assert_eq!(lives(&claims(100, 400, "/v3/admin/"), 200), Ok(()));
        assert!(lives(&claims(100, 400, "/admin/"), 400).is_err());
        assert!(lives(&claims(100, 9_999, "/admin/"), 200).is_err());
        assert!(lives(&claims(i64::MIN, 400, "/admin/"), 200).is_err());
        assert!(lives(&claims(900, 1_000, "/admin/"), 200).is_err());
        assert!(lives(&claims(100, 400, "/members/"), 200).is_err());
        assert!(lives(&claims(100, 400, "vendor/admin"), 200).is_err());
    }
}
