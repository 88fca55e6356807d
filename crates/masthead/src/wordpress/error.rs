//! Errors as WordPress writes them: `{"code", "message", "data": {"status"}}`.

use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use serde_json::{Value as Json, json};

use super::collection::Collection;
use crate::pages::PRIVATE;

/// The type of every answer.
pub const JSON: &str = "application/json; charset=UTF-8";

/// An error as WordPress's clients expect it.
#[derive(Clone, Debug)]
pub struct RestError {
    status: StatusCode,
    code: &'static str,
    message: String,
    wrong: Option<Wrong>,
}

/// The parameter that is not right.
#[derive(Clone, Debug)]
struct Wrong {
    parameter: &'static str,
    code: &'static str,
    message: String,
}

impl RestError {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> RestError {
        RestError { status, code, message: message.into(), wrong: None }
    }

    /// 404: nothing is asked at this path, or by this method.
    pub fn no_route() -> RestError {
        let message = "No route was found matching the URL and request method.";
        RestError::new(StatusCode::NOT_FOUND, "rest_no_route", message)
    }

    /// 404 of a thing with a number.
    pub fn not_there(collection: Collection) -> RestError {
        let (code, message) = match collection {
            Collection::Posts | Collection::Pages | Collection::Media => ("rest_post_invalid_id", "Invalid post ID."),
            Collection::Categories | Collection::Tags => ("rest_term_invalid", "Term does not exist."),
            Collection::Users => ("rest_user_invalid_id", "Invalid user ID."),
            Collection::Comments => ("rest_comment_invalid_id", "Invalid comment ID."),
            Collection::Search => return RestError::no_route(),
        };
        RestError::new(StatusCode::NOT_FOUND, code, message)
    }

    /// 404 of a type, taxonomy or status.
    pub fn no_kind(of: &str) -> RestError {
        let (code, message) = match of {
            "types" => ("rest_type_invalid", "Invalid post type."),
            "taxonomies" => ("rest_taxonomy_invalid", "Invalid taxonomy."),
            _ => ("rest_status_invalid", "Invalid status."),
        };
        RestError::new(StatusCode::NOT_FOUND, code, message)
    }

    /// 401: nobody signs in here.
    pub fn not_signed_in() -> RestError {
        RestError::new(StatusCode::UNAUTHORIZED, "rest_not_logged_in", "You are not currently logged in.")
    }

    /// 401: what editors see is not shown here.
    pub fn forbidden_context() -> RestError {
        let message = "Sorry, you are not allowed to edit this. What is served here can only be read.";
        RestError::new(StatusCode::UNAUTHORIZED, "rest_forbidden_context", message)
    }

    /// 400: a page behind the last one.
    pub fn no_such_page(collection: Collection) -> RestError {
        let code = match collection {
            Collection::Search => "rest_search_invalid_page_number",
            _ => "rest_post_invalid_page_number",
        };
        let message = "The page number requested is larger than the number of pages available.";
        RestError::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// 400: more behind the question mark than is read.
    pub fn too_long() -> RestError {
        let message = "The query is too long, or cannot be read.";
        RestError::new(StatusCode::BAD_REQUEST, "rest_invalid_query", message)
    }

    /// 400: a parameter that is not right.
    pub fn invalid(parameter: &'static str, code: &'static str, message: impl Into<String>) -> RestError {
        let mut error =
            RestError::new(StatusCode::BAD_REQUEST, "rest_invalid_param", format!("Invalid parameter(s): {parameter}"));
        error.wrong = Some(Wrong { parameter, code, message: message.into() });
        error
    }

    /// 400: a parameter of another type; `at` is the parameter, or a place in its list.
    pub fn wrong_type(parameter: &'static str, at: &str, kind: &str) -> RestError {
        RestError::invalid(parameter, "rest_invalid_type", format!("{at} is not of type {kind}."))
    }

    /// 400: a word that is not among those known.
    pub fn not_one_of(parameter: &'static str, known: &[&str]) -> RestError {
        let words = match known {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [one, other] => format!("{one} and {other}"),
            [others @ .., last] => format!("{}, and {last}", others.join(", ")),
        };
        RestError::invalid(parameter, "rest_not_in_enum", format!("{parameter} is not one of {words}."))
    }

    fn broken(why: &dyn std::fmt::Display) -> RestError {
        let number = crate::app::random_hex::<4>();
        tracing::error!("error {number}: {why}");
        let message = format!("The server failed; its log has the reason under number {number}.");
        RestError::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_server_error", message)
    }

    /// As it is sent.
    pub fn to_json(&self) -> Json {
        let mut data = json!({ "status": self.status.as_u16() });
        if let Some(wrong) = &self.wrong {
            data["params"] = json!({ wrong.parameter: wrong.message });
            data["details"] =
                json!({ wrong.parameter: { "code": wrong.code, "message": wrong.message, "data": null } });
        }
        json!({ "code": self.code, "message": self.message, "data": data })
    }
}

impl From<store::Broken> for RestError {
    fn from(why: store::Broken) -> RestError {
        RestError::broken(&why)
    }
}

impl From<crate::Error> for RestError {
    fn from(why: crate::Error) -> RestError {
        RestError::broken(&why)
    }
}

impl IntoResponse for RestError {
    fn into_response(self) -> Response {
        let headers = [(header::CONTENT_TYPE, JSON), (header::CACHE_CONTROL, PRIVATE)];
        (self.status, headers, self.to_json().to_string()).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_has_the_shape_that_clients_of_wordpress_read() {
        let wrong = RestError::invalid("per_page", "rest_out_of_bounds", "per_page must be smaller").to_json();
        assert_eq!(wrong["code"], "rest_invalid_param");
        assert_eq!(wrong["message"], "Invalid parameter(s): per_page");
        assert_eq!(wrong["data"]["status"], 400);
        assert_eq!(wrong["data"]["params"]["per_page"], "per_page must be smaller");
        assert_eq!(wrong["data"]["details"]["per_page"]["code"], "rest_out_of_bounds");
        assert_eq!(RestError::no_route().to_json()["data"], json!({ "status": 404 }));
        let context = RestError::not_one_of("context", &["view", "embed", "edit"]).to_json();
        assert_eq!(context["data"]["params"]["context"], "context is not one of view, embed, and edit.");
    }
}
