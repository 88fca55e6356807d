//! Who is signed in: the cookie, and the guards that handlers ask for.
//!
//! A handler names the least role that it wants as one of its arguments: there is no list of paths beside it that
//! could be got round. A request that changes something must come from our own pages: it carries a header that no form
//! of another site can send, and says where it comes from.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, header};
use news::{Actor, Role, Staff};

use super::refusal::Refusal;
use crate::App;
use crate::actions::By;
use crate::actions::sign_in::{self, Asker};
use crate::auth;
use crate::server::Client;

/// A member of staff who is signed in.
#[derive(Clone, Debug)]
pub struct Signed {
    /// Who.
    pub staff: Staff,
    /// The public id of the session.
    pub session: String,
    /// The hash of the session's token.
    pub hash: String,
    /// Whether one-time codes are on.
    pub has_totp: bool,
}

impl Signed {
    /// Whoever this is, for the record of acts.
    pub fn by(&self) -> By {
        By::new(Actor::Staff(self.staff.id.clone()))
    }

    /// The same, with a reason.
    pub fn by_reason(&self, reason: Option<String>) -> By {
        By { reason: reason.filter(|reason| !reason.trim().is_empty()), ..self.by() }
    }

    /// Refuses whoever has a lesser role.
    pub fn at_least(&self, role: Role) -> Result<(), Refusal> {
        if self.staff.role.is_at_least(role) { Ok(()) } else { Err(Refusal::not_allowed()) }
    }

    /// Refuses whoever does not know the password: a window that somebody left open is not enough to change what opens
    /// the door. Tries are counted.
    pub async fn knows(&self, app: &App, password: &str) -> Result<(), Refusal> {
        let is_right = sign_in::is_password(app, &self.staff, password).await?;
        if is_right { Ok(()) } else { Err(Refusal::field("password", "this is not your password")) }
    }
}

/// Anybody of the staff.
pub struct Anybody(pub Signed);
/// Editors and owners.
pub struct Editors(pub Signed);
/// Owners.
pub struct Owners(pub Signed);

macro_rules! guard {
    ($guard:ident, $role:expr) => {
        impl FromRequestParts<Arc<App>> for $guard {
            type Rejection = Refusal;

            async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<$guard, Refusal> {
                let signed = signed(parts, app).await?;
                signed.at_least($role)?;
                Ok($guard(signed))
            }
        }
    };
}

guard!(Anybody, Role::Contributor);
guard!(Editors, Role::Editor);
guard!(Owners, Role::Owner);

async fn signed(parts: &Parts, app: &Arc<App>) -> Result<Signed, Refusal> {
    if !matches!(parts.method, Method::GET | Method::HEAD)
        && (is_foreign(app, &parts.headers) || parts.headers.get("x-masthead").is_none_or(|value| value != "desk"))
    {
        return Err(Refusal::foreign());
    }
    let token = token(app, &parts.headers).ok_or_else(Refusal::signed_out)?;
    signed_by(app, &token).await?.ok_or_else(Refusal::signed_out)
}

/// Who holds a session's token.
pub async fn signed_by(app: &App, token: &str) -> Result<Option<Signed>, Refusal> {
    let session = sign_in::session(app, token).await?;
    Ok(session.map(|session| Signed {
        staff: session.staff,
        session: session.id,
        hash: auth::token_hash(token),
        has_totp: session.has_totp,
    }))
}

/// The cookie's name: with the prefix that keeps other hosts and plain HTTP out (RFC 6265bis), where the site is https.
fn name(app: &App) -> &'static str {
    if app.url.as_str().starts_with("https://") { "__Host-masthead" } else { "masthead" }
}

/// The token in a request's cookie.
pub fn token(app: &App, headers: &HeaderMap) -> Option<String> {
    let name = name(app);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(known, value)| *known == name && value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit()))
        .map(|(_, value)| value.to_owned())
}

/// The cookie that holds a token; with none, the one that takes it away.
pub fn cookie(app: &App, token: Option<&str>) -> HeaderValue {
    let secure = if app.url.as_str().starts_with("https://") { "; Secure" } else { "" };
    let (token, age) = match token {
        Some(token) => (token, sign_in::UNUSED.as_secs()),
        None => ("", 0),
    };
    let cookie = format!("{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}", name(app));
    // Tokens are hexadecimal, names are ours.
    HeaderValue::try_from(cookie).unwrap_or(HeaderValue::from_static(""))
}

/// A form of ours is sent from our own pages. Browsers say where a form comes from; a request without either header is
/// no browser's.
pub fn is_foreign(app: &App, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let twice = |name: &str| headers.get_all(name).iter().nth(1).is_some();
    if twice("origin") || twice("sec-fetch-site") {
        return true;
    }
    let site = text("sec-fetch-site");
    let from_elsewhere = site.is_some_and(|site| site != "same-origin" && site != "none");
    // A magazine on one's own machine is reached under several names of it.
    let at_home = is_loopback_origin(app.url.as_str());
    let ours = |origin: &str| {
        // Pages whose address is a secret send no referrer, and browsers then hide the origin of their forms too.
        let hidden = origin == "null" && site == Some("same-origin");
        origin == app.url.as_str() || hidden || (at_home && is_loopback_origin(origin))
    };
    let of_another = headers.contains_key("origin") && !text("origin").is_some_and(ours);
    from_elsewhere || of_another
}

fn is_loopback_origin(origin: &str) -> bool {
    let host = origin.strip_prefix("http://").unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    ["localhost", "127.0.0.1", "[::1]"].contains(&name)
}

impl FromRequestParts<Arc<App>> for Asker {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<App>) -> Result<Asker, Self::Rejection> {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Asker { address: parts.extensions.get::<Client>().map(|client| client.0), agent: agent.to_owned() })
    }
}
