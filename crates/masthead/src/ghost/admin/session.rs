//! `/ghost/api/admin/session/`: a member of staff signs in with name and password, as Ghost's own tools do.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;

use super::caller::{COOKIE_NAME, Caller, Editors, comes_from_elsewhere, session_token};
use super::{headers, nothing, users};
use crate::App;
use crate::actions::sign_in::{self, Asker, Door};
use crate::ghost::asked::Parameters;
use crate::ghost::error::ApiError;

/// Name and password.
#[derive(Deserialize)]
pub struct Opening {
    username: String,
    password: String,
}

/// A one-time code.
#[derive(Deserialize)]
pub struct Verifying {
    token: String,
}

/// Who is signed in.
pub async fn who(
    Editors(caller): Editors,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, ApiError> {
    match &caller {
        Caller::Person(staff) => users::me(&app, staff, &asked).await,
        Caller::Program(_) => Err(ApiError::not_for_programs()),
    }
}

/// Opens a session; its cookie comes with the answer.
pub async fn open(
    State(app): State<Arc<App>>,
    asker: Asker,
    sent: HeaderMap,
    Json(Opening { username, password }): Json<Opening>,
) -> Result<Response, ApiError> {
    ours(&app, &sent)?;
    match sign_in::with_password(&app, &username, &password, &asker).await? {
        Door::Open(token) => Ok(opened(&app, StatusCode::CREATED, "Created", &token)),
        Door::NeedsCode(token) => {
            let mut response = ApiError::needs_code().into_response();
            response.headers_mut().insert(header::SET_COOKIE, cookie(&app, Some(&token)));
            Ok(response)
        }
        Door::Closed => Err(ApiError::wrong_password()),
        Door::TooMany => Err(ApiError::too_many()),
    }
}

/// Opens a session that waits for its code.
pub async fn verify(
    State(app): State<Arc<App>>,
    asker: Asker,
    sent: HeaderMap,
    Json(Verifying { token: code }): Json<Verifying>,
) -> Result<Response, ApiError> {
    ours(&app, &sent)?;
    let token = session_token(&sent).ok_or_else(ApiError::no_permission)?;
    match sign_in::with_code(&app, &token, &code, &asker).await? {
        Door::Open(token) | Door::NeedsCode(token) => Ok(opened(&app, StatusCode::OK, "OK", &token)),
        Door::Closed => Err(ApiError::wrong_password()),
        Door::TooMany => Err(ApiError::too_many()),
    }
}

/// Ends the session.
pub async fn close(State(app): State<Arc<App>>, sent: HeaderMap) -> Result<Response, ApiError> {
    ours(&app, &sent)?;
    if let Some(token) = session_token(&sent) {
        sign_in::sign_out(&app, &token).await?;
    }
    let mut response = nothing();
    response.headers_mut().insert(header::SET_COOKIE, cookie(&app, None));
    Ok(response)
}

/// A form of another site opens no session here.
fn ours(app: &App, sent: &HeaderMap) -> Result<(), ApiError> {
    if comes_from_elsewhere(app, sent) { Err(ApiError::from_elsewhere()) } else { Ok(()) }
}

fn opened(app: &App, status: StatusCode, word: &'static str, token: &str) -> Response {
    let mut response = (status, word).into_response();
    headers(response.headers_mut());
    response.headers_mut().insert(header::SET_COOKIE, cookie(app, Some(token)));
    response
}

fn cookie(app: &App, token: Option<&str>) -> HeaderValue {
    let secure = if app.url.as_str().starts_with("https://") { "; Secure" } else { "" };
    let (token, age) = match token {
        Some(token) => (token, sign_in::UNUSED.as_secs()),
        None => ("", 0),
    };
    let cookie = format!("{COOKIE_NAME}={token}; Path=/ghost; HttpOnly; SameSite=Strict; Max-Age={age}{secure}");
    // Tokens are hexadecimal, the rest is ours.
    HeaderValue::try_from(cookie).unwrap_or(HeaderValue::from_static(""))
}
