//! Short lists, which are filtered, ordered and cut in memory: tags, users, tiers, newsletters.

use serde_json::{Value, json};
use theme::library::MOST;

use super::pagination;
use crate::App;
use crate::ghost::asked::Parameters;
use crate::ghost::error::ApiError;
use crate::ghost::filter::{self, written_names};

/// A page of a list, and how many there are in all.
pub struct Listed<T> {
    /// The page.
    pub page: Vec<T>,
    /// How many fit.
    pub total: usize,
}

/// The page that is asked for of these things; `value` is how a filter sees one.
pub fn listed<T>(
    app: &App,
    asked: &Parameters,
    name: &str,
    mut things: Vec<T>,
    value: impl Fn(&T) -> &Value,
) -> Result<Listed<T>, ApiError> {
    let filter = asked.filter(written_names(), app.now()).map_err(|why| ApiError::wrong_filter(name, why))?;
    if let Some(filter) = filter {
        things.retain(|thing| filter.fits(&theme::Value::from(value(thing))));
    }
    if let Some(order) = asked.order().and_then(|order| filter::order(order, written_names())) {
        things.sort_by_cached_key(|thing| value(thing)["id"].to_string());
        things.sort_by(|one, other| {
            filter::compare(&theme::Value::from(value(one)), &theme::Value::from(value(other)), &order)
        });
    }
    let total = things.len();
    let page = things.into_iter().skip(asked.skip()).take(asked.limit().min(MOST as usize)).collect();
    Ok(Listed { page, total })
}

/// The fields that are asked for, with what is included.
pub fn only_fields(mut value: Value, asked: &Parameters) -> Value {
    if asked.names_fields()
        && let Some(fields) = value.as_object_mut()
    {
        fields.retain(|name, _| asked.wants(name) || asked.includes(name) || name == "count");
    }
    value
}

/// A list with its place among the pages.
pub fn envelope(name: &str, values: Vec<Value>, asked: &Parameters, total: usize) -> Value {
    json!({ name: values, "meta": { "pagination": pagination(asked.page(), asked.limit(), total) } })
}
