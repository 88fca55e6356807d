//! What the desk's API says when it says no: a sentence for a person, a word for a program.

use axum::Json;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use super::api::shape;
use crate::actions::ActError;
use crate::pages::PRIVATE;

/// A refusal.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refusal {
    #[serde(skip)]
    status: StatusCode,
    /// `signed-out`, `not-allowed`, `not-found`, `stale`, `unsigned`, `field`, `foreign`, `too-many`, `failed`.
    error: &'static str,
    /// For a person.
    message: String,
    /// The field that is wrong, where one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// With `stale`: the article as it stands now.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<Box<shape::Article>>,
    /// With `unsigned`: what waits for a signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<shape::Finding>>,
}

impl Refusal {
    fn new(status: StatusCode, error: &'static str, message: impl Into<String>) -> Refusal {
        Refusal { status, error, message: message.into(), field: None, current: None, findings: None }
    }

    /// Nobody is signed in.
    pub fn signed_out() -> Refusal {
        Refusal::new(StatusCode::UNAUTHORIZED, "signed-out", "Sign in first.")
    }

    /// The role is not enough.
    pub fn not_allowed() -> Refusal {
        Refusal::new(StatusCode::FORBIDDEN, "not-allowed", "Your role does not allow this.")
    }

    /// The request does not come from the desk's own pages.
    pub fn foreign() -> Refusal {
        Refusal::new(StatusCode::FORBIDDEN, "foreign", "This request was not sent by the desk.")
    }

    /// There is nothing of that name.
    pub fn not_found() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, "not-found", "There is nothing here. It may have been deleted.")
    }

    /// A field is not right.
    pub fn field(field: &str, message: impl Into<String>) -> Refusal {
        let mut refusal = Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "field", sentence(&message.into()));
        refusal.field = Some(field.to_owned());
        refusal
    }

    /// Too many tries.
    pub fn too_many() -> Refusal {
        Refusal::new(StatusCode::TOO_MANY_REQUESTS, "too-many", "Too many tries. Wait a quarter of an hour.")
    }

    /// Somebody else was first: the article as it stands now.
    pub fn stale(current: shape::Article) -> Refusal {
        let message = "Somebody else changed this article in the meantime.";
        let mut refusal = Refusal::new(StatusCode::CONFLICT, "stale", message);
        refusal.current = Some(Box::new(current));
        refusal
    }

    /// Findings that want a signature with a reason.
    pub fn unsigned(findings: Vec<shape::Finding>) -> Refusal {
        let message = "Some findings are open. Mend them, or sign with a reason.";
        let mut refusal = Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "unsigned", message);
        refusal.findings = Some(findings);
        refusal
    }

    fn failed(why: &dyn std::fmt::Display) -> Refusal {
        let number = crate::app::random_hex::<4>();
        tracing::error!("error {number}: {why}");
        let message = format!("The server failed; its log has the reason under number {number}. Nothing was changed.");
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", message)
    }
}

impl From<ActError> for Refusal {
    fn from(why: ActError) -> Refusal {
        match why {
            ActError::NotFound => Refusal::not_found(),
            ActError::Stale => Refusal::new(StatusCode::CONFLICT, "stale", sentence(&why.to_string())),
            ActError::NotPublishable(_) | ActError::Body(_) | ActError::Field(_) => {
                Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "field", sentence(&why.to_string()))
            }
            ActError::Broken(store::Broken::Full) => Refusal::new(
                StatusCode::INSUFFICIENT_STORAGE,
                "failed",
                "The server's disk is full. Nothing was changed; what you wrote is kept on this device.",
            ),
            ActError::Broken(broken) => Refusal::failed(&broken),
        }
    }
}

impl From<store::Broken> for Refusal {
    fn from(broken: store::Broken) -> Refusal {
        ActError::Broken(broken).into()
    }
}

impl From<store::Refused> for Refusal {
    fn from(refused: store::Refused) -> Refusal {
        ActError::from(refused).into()
    }
}

impl From<crate::Error> for Refusal {
    fn from(why: crate::Error) -> Refusal {
        match why {
            crate::Error::NotFound | crate::Error::Gone => Refusal::not_found(),
            other => Refusal::failed(&other),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, [(header::CACHE_CONTROL, PRIVATE)], Json(self)).into_response()
    }
}

/// A request's JSON. One that cannot be read is answered with where it is wrong.
pub struct Sent<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Sent<T>, Refusal> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(value)) => Ok(Sent(value)),
            Err(why) => {
                let status = why.status();
                let status = if status.is_server_error() { StatusCode::BAD_REQUEST } else { status };
                Err(Refusal::new(status, "field", sentence(&why.body_text())))
            }
        }
    }
}

/// A sentence of its own: a capital and a full stop.
pub fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    chars.next().map_or_else(String::new, |first| format!("{}{}{stop}", first.to_uppercase(), chars.as_str()))
}
