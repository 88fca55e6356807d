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
    details: Option<Box<Value>>,
    property: Option<String>,
    code: Option<&'static str>,
}

impl ApiError {
    fn new(status: StatusCode, kind: &'static str, message: impl Into<String>) -> ApiError {
        let (context, property, code) = (None, None, None);
        ApiError { status, kind, message: message.into(), context, details: None, property, code }
    }

    /// What was wanted, where it was not known yet: `edit`, `post`.
    pub fn saying(mut self, verb: &str, singular: &str) -> ApiError {
        let begins = ["Validation error, cannot ", "Resource not found error, cannot "];
        if let Some(begin) = begins.into_iter().find(|begin| self.message.starts_with(begin)) {
            self.message = format!("{begin}{verb} {singular}.");
        }
        self
    }

    /// 403: no key at all.
    pub fn no_permission() -> ApiError {
        let mut error = ApiError::new(StatusCode::FORBIDDEN, "NoPermissionError", "Authorization failed");
        error.context = Some("This request needs a token made with an admin key (`masthead key new NAME`).".into());
        error
    }

    /// 403: a session's request that no page of ours sent.
    pub fn from_elsewhere() -> ApiError {
        let mut error = ApiError::new(StatusCode::FORBIDDEN, "NoPermissionError", "Authorization failed");
        error.context = Some("A session changes something from the magazine's own pages only.".into());
        error
    }

    /// 403: what programs may not ask for.
    pub fn not_for_programs() -> ApiError {
        let message = "API tokens do not have permission to access this endpoint";
        ApiError::new(StatusCode::FORBIDDEN, "NoPermissionError", message)
    }

    /// 403: what a role does not allow.
    pub fn not_allowed() -> ApiError {
        let message = "You do not have permission to perform this action";
        ApiError::new(StatusCode::FORBIDDEN, "NoPermissionError", message)
    }

    /// 403: something named that programs may not do.
    pub fn not_permitted(what: &str) -> ApiError {
        let message = format!("You do not have permission to {what}");
        ApiError::new(StatusCode::FORBIDDEN, "NoPermissionError", message)
    }

    /// 403: the second factor is still to come.
    pub fn needs_code() -> ApiError {
        let message = "User must verify session to login.";
        let mut error = ApiError::new(StatusCode::FORBIDDEN, "Needs2FAError", message);
        error.code = Some("2FA_TOKEN_REQUIRED");
        error
    }

    /// 429: too many tries.
    pub fn too_many() -> ApiError {
        ApiError::new(StatusCode::TOO_MANY_REQUESTS, "TooManyRequestsError", "Too many attempts. Try again later.")
    }

    /// 401: a name or a password that is wrong.
    pub fn wrong_password() -> ApiError {
        ApiError::new(StatusCode::UNAUTHORIZED, "UnauthorizedError", "The name or the password is wrong.")
    }

    /// 401: another way of saying who calls.
    pub fn wrong_scheme() -> ApiError {
        let message = "Authorization header format is \"Authorization: Ghost [token]\"";
        let mut error = ApiError::new(StatusCode::UNAUTHORIZED, "UnauthorizedError", message);
        error.code = Some("INVALID_AUTH_HEADER");
        error
    }

    /// 400: what is no token at all.
    pub fn no_token() -> ApiError {
        let mut error = ApiError::bad_request("Invalid token");
        error.code = Some("INVALID_JWT");
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
        let mut error = ApiError::unprocessable("Validation error, cannot save post.");
        error.context = Some(context.into());
        error.property = Some(property.into());
        error
    }

    /// 422, of nothing named.
    pub fn unprocessable(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "ValidationError", message)
    }

    /// The same, with a reason.
    pub fn because(mut self, context: impl Into<String>) -> ApiError {
        self.context = Some(context.into());
        self
    }

    /// 422: a body that is not as the API's schema has it. `at` is the place as a JSON pointer, `property` its last part.
    pub fn schema(property: &str, at: &str, rule: &str, params: Value, message: &str) -> ApiError {
        let mut error = ApiError::invalid(property, format!("Validation failed for {property}."));
        let keyword = rule.rsplit('/').next().unwrap_or(rule);
        error.details = Some(Box::new(json!([{
            "instancePath": at, "schemaPath": format!("#/{rule}"), "keyword": keyword, "params": params, "message": message,
        }])));
        error
    }

    /// 400: a request that cannot be read.
    pub fn bad_request(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::BAD_REQUEST, "BadRequestError", message)
    }

    /// 415: what is no picture, no recording, no file that is handed out.
    pub fn unsupported(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UnsupportedMediaTypeError", message)
    }

    /// 422: a theme that cannot be used.
    pub fn wrong_theme(why: impl Into<String>) -> ApiError {
        let message = "Theme is not compatible or contains errors.";
        ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "ThemeValidationError", message).because(why)
    }

    /// Whether it says that programs may not ask for this.
    pub fn is_for_programs(&self) -> bool {
        self.kind == "NoPermissionError" && self.message.starts_with("API tokens")
    }

    /// What it says.
    pub fn message(&self) -> String {
        match &self.context {
            Some(context) => format!("{} {context}", self.message),
            None => self.message.clone(),
        }
    }

    /// 413: more than is taken.
    pub fn too_large(message: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "RequestEntityTooLargeError", message)
    }

    /// 404.
    pub fn not_found() -> ApiError {
        let mut error = ApiError::new(StatusCode::NOT_FOUND, "NotFoundError", "Resource not found error.");
        error.context = Some("Not found.".into());
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
        error.context = Some("Validation (matches) failed for id.".into());
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
            ActError::NotPublishable(why) => {
                ApiError::unprocessable("Validation error, cannot save post.").because(why.to_string())
            }
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
            "details": self.details,
            "property": self.property,
            "help": null,
            "code": self.code,
            "id": crate::app::random_hex::<16>(),
            "ghostErrorCode": null,
        }]});
        let mut response = (self.status, Json(body)).into_response();
        super::admin::headers(response.headers_mut());
        response
    }
}
