//! Ghost's admin tokens: JSON Web Tokens (RFC 7519) signed with HS256 and the
//! secret half of an admin key, `kid` naming the key. Ghost uses no other
//! algorithm, so no other is read: the header's `alg` never chooses the check.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use http::header::AUTHORIZATION;
use http::request::Parts;
use news::Id;
use news::key::Key;
use serde::Deserialize;
use sha2::Sha256;

use super::error::ApiError;
use crate::App;

/// Longest life of a token, in seconds (Ghost's rule).
const LONGEST_LIFE: i64 = 5 * 60;
/// How far clocks may differ, in seconds.
const SKEW: i64 = 60;
/// Longest token that is looked at, in bytes.
const LONGEST_TOKEN: usize = 4096;

/// A caller who holds an admin key.
pub struct Admin(pub Key);

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

impl FromRequestParts<Arc<App>> for Admin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Admin, ApiError> {
        let header = parts.headers.get(AUTHORIZATION).ok_or(ApiError::no_permission())?;
        let token = header
            .to_str()
            .ok()
            .and_then(|text| text.strip_prefix("Ghost "))
            .filter(|token| token.len() <= LONGEST_TOKEN)
            .ok_or(ApiError::bad_token("the Authorization header must be “Ghost” and a token"))?;
        check(app, token.trim()).await.map(Admin)
    }
}

async fn check(app: &App, token: &str) -> Result<Key, ApiError> {
    let bad = ApiError::bad_token;
    let (signed, signature) = token.rsplit_once('.').ok_or(bad("the token has no signature"))?;
    let (header, claims) = signed.split_once('.').ok_or(bad("the token has no claims"))?;
    let header: Header = part(header).ok_or(bad("the token's header cannot be read"))?;
    if header.alg != "HS256" {
        return Err(bad("the token is not signed with HS256"));
    }
    let kid = Id::parse(&header.kid).map_err(|_| ApiError::unknown_key())?;
    let key = store::key::by_id(&app.store, kid.as_str()).await?.ok_or(ApiError::unknown_key())?;
    let secret = from_hex(&key.secret).ok_or(ApiError::unknown_key())?;
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
