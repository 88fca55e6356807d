//! Errors in Ghost's envelope.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::{Value, json};

use super::filter::NoFilter;
use crate::actions::ActError;

/// An error as Ghost's clients expect it.
#[derive(Clone, Debug)]
pub struct ApiError {
    status: StatusCode,
    kind: &'static str,
    message: String,
    context: Option<String>,
    property: Option<String>,
    code: Option<&'static str>,
}

impl ApiError {
    fn new(status: StatusCode, kind: &'static str, message: impl Into<String>) -> ApiError {
        ApiError { status, kind, message: message.into(), context: None, property: None, code: None }
    }

    /// 403: no key at all.
    pub fn no_permission() -> ApiError {
        let mut error = ApiError::new(StatusCode::FORBIDDEN, "NoPermissionError", "Authorization failed");
        error.context = Some("This request needs a token made with an admin key (`masthead key new NAME`).".into());
        error
    }

    /// 401: a token that is not right.
    pub fn bad_token(why: &str) -> ApiError {
        let mut error = ApiError::new(StatusCode::UNAUTHORIZED, "UnauthorizedError", format!("Invalid token: {why}"));
        error.code = Some("INVALID_JWT");
        error
    }

    /// 401: a key that is not there.
    pub fn unknown_key() -> ApiError {
        let mut error = ApiError::new(StatusCode::UNAUTHORIZED, "UnauthorizedError", "Unknown Admin API Key");
        error.code = Some("UNKNOWN_ADMIN_API_KEY");
        error
    }

    /// 422: a field that is not right.
    pub fn invalid(property: &str, context: impl Into<String>) -> ApiError {
        let mut error =
            ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "ValidationError", "Validation error, cannot save post.");
        error.context = Some(context.into());
        error.property = Some(property.into());
        error
    }

    /// 400: a request that cannot be read.
    pub fn bad_request(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::BAD_REQUEST, "BadRequestError", message)
    }

    /// 413: more than is taken.
    pub fn too_large(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLargeError", message)
    }

    /// 404.
    pub fn not_found() -> ApiError {
        let mut error = ApiError::new(StatusCode::NOT_FOUND, "NotFoundError", "Resource not found error.");
        error.context = Some("Post not found.".into());
        error
    }

    /// 404 of a thing that was named, such as `post`.
    pub fn not_there(singular: &str) -> ApiError {
        let message = format!("Resource not found error, cannot read {singular}.");
        let mut error = ApiError::new(StatusCode::NOT_FOUND, "NotFoundError", message);
        let (first, rest) = singular.split_at(1);
        error.context = Some(format!("{}{rest} not found.", first.to_uppercase()));
        error
    }

    /// 404 of a route.
    pub fn no_route() -> ApiError {
        ApiError::new(StatusCode::NOT_FOUND, "NotFoundError", "Resource not found")
    }

    /// 422: an id that can be none.
    pub fn wrong_id(singular: &str) -> ApiError {
        let message = format!("Validation error, cannot read {singular}.");
        let mut error = ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "ValidationError", message);
        error.context = Some("Validation (matches) failed for id".into());
        error
    }

    /// 400: a filter that is none, or asks about what nobody may ask about.
    pub fn wrong_filter(name: &str, why: NoFilter) -> ApiError {
        let message = format!("Request not understood error, cannot list {name}.");
        let mut error = ApiError::new(StatusCode::BAD_REQUEST, "BadRequestError", message);
        error.context = Some(match why {
            NoFilter::NoField(_) => format!("Could not understand request: {why}."),
            _ => format!("Error parsing filter: {why}."),
        });
        error
    }

    /// 403: no key for reading.
    pub fn no_content_key() -> ApiError {
        let mut error = ApiError::new(StatusCode::FORBIDDEN, "NoPermissionError", "Authorization failed");
        error.context = Some("This request needs `?key=` and a content key (`masthead key new NAME`).".into());
        error
    }

    /// 401: a key for reading that is not there.
    pub fn unknown_content_key() -> ApiError {
        let mut error = ApiError::new(StatusCode::UNAUTHORIZED, "UnauthorizedError", "Unknown Content API Key");
        error.code = Some("UNKNOWN_CONTENT_API_KEY");
        error
    }

    /// 409: the article is not as the client read it.
    pub fn collision() -> ApiError {
        let message = "Saving failed! Someone else is editing this post.";
        let mut error = ApiError::new(StatusCode::CONFLICT, "UpdateCollisionError", message);
        error.context = Some(message.into());
        error.code = Some("UPDATE_COLLISION");
        error
    }

    fn broken(why: &dyn std::fmt::Display, status: StatusCode) -> ApiError {
        let number = crate::app::random_hex::<4>();
        tracing::error!("error {number}: {why}");
        let message = match status {
            StatusCode::INSUFFICIENT_STORAGE => "The disk is full: nothing was saved.".to_owned(),
            _ => format!("The server failed; its log has the reason under number {number}. Nothing was saved."),
        };
        ApiError::new(status, "InternalServerError", message)
    }
}

impl From<store::Broken> for ApiError {
    fn from(why: store::Broken) -> ApiError {
        let status = match why {
            store::Broken::Full => StatusCode::INSUFFICIENT_STORAGE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        ApiError::broken(&why, status)
    }
}

impl From<crate::Error> for ApiError {
    fn from(why: crate::Error) -> ApiError {
        match why {
            crate::Error::Broken(broken) => broken.into(),
            crate::Error::Refused(why) => ApiError::bad_request(why),
            why => ApiError::broken(&why, StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}

impl From<ActError> for ApiError {
    fn from(why: ActError) -> ApiError {
        match why {
            ActError::NotFound => ApiError::not_found(),
            ActError::Stale => ApiError::collision(),
            ActError::NotPublishable(why) => ApiError::invalid("published_at", why.to_string()),
            ActError::Body(why) => ApiError::invalid("lexical", why.to_string()),
            ActError::Field(why) => ApiError::invalid("0", why),
            ActError::Broken(broken) => broken.into(),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body: Value = json!({ "errors": [{
            "message": self.message,
            "context": self.context,
            "type": self.kind,
            "details": null,
            "property": self.property,
            "help": null,
            "code": self.code,
            "id": crate::app::random_hex::<16>(),
            "ghostErrorCode": null,
        }]});
        let mut response = (self.status, Json(body)).into_response();
        super::shape::headers(response.headers_mut());
        response
    }
}

/// 404 for a route that is not there (yet).
pub async fn no_route() -> ApiError {
    let mut error = ApiError::not_found();
    error.message = "Resource not found".into();
    error.context = Some("This part of Ghost's API is not here.".into());
    error
}
