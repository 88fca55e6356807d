//! What clients send: `{"posts": [{…}]}`.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::ghost::error::ApiError;

/// A field that is absent stays as it is, one that is null goes.
pub type Field = Option<Option<String>>;

/// For serde: tells `null` from absent.
pub fn given<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Field, D::Error> {
    Option::<String>::deserialize(from).map(Some)
}

/// The one thing of a request's body.
pub fn only<T: DeserializeOwned>(body: &[u8], resource: &str) -> Result<T, ApiError> {
    let mut body: Value =
        serde_json::from_slice(body).map_err(|why| ApiError::bad_request(format!("The body is not JSON: {why}")))?;
    if holds_nul(&body) {
        return Err(ApiError::invalid(resource, "text may not hold U+0000"));
    }
    let Some(things) = body.get_mut(resource) else {
        let message = format!("must have required property '{resource}'");
        return Err(ApiError::schema(resource, "", "required", json!({ "missingProperty": resource }), &message));
    };
    match things.get_mut(0).map(Value::take) {
        Some(thing) => {
            T::deserialize(thing).map_err(|why| ApiError::invalid("0", format!("A field has the wrong type: {why}")))
        }
        None => {
            let (at, rule) = (format!("/{resource}"), format!("properties/{resource}/minItems"));
            let message = "must NOT have fewer than 1 items";
            Err(ApiError::schema(resource, &at, &rule, json!({ "limit": 1 }), message))
        }
    }
}

/// Refuses a thing without a field that every such thing has.
pub fn required(resource: &str, field: &str) -> ApiError {
    let (at, rule) = (format!("/{resource}/0"), format!("properties/{resource}/items/required"));
    let message = format!("must have required property '{field}'");
    ApiError::schema("0", &at, &rule, json!({ "missingProperty": field }), &message)
}

/// PostgreSQL keeps no U+0000 in text, and nobody can mean it.
fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(values) => values.iter().any(holds_nul),
        Value::Object(fields) => fields.values().any(holds_nul),
        _ => false,
    }
}
