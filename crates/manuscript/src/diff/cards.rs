//! Cards, and nodes of types that we do not know, as fields to compare.

use serde_json::{Map, Value};

use super::FieldChange;
use crate::document::Block;

/// The fields in which two nodes differ, in the order of their names.
pub(super) fn changed_fields(old: &Block<'_>, new: &Block<'_>) -> Vec<FieldChange> {
    let (mut old, mut new) = (fields(old), fields(new));
    let mut names: Vec<String> = old.keys().chain(new.keys()).cloned().collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .map(|field| FieldChange {
            old: old.remove(&field).unwrap_or_default(),
            new: new.remove(&field).unwrap_or_default(),
            field,
        })
        .filter(|change| change.old != change.new)
        .collect()
}

/// The fields that mean something.
pub(super) fn fields(block: &Block<'_>) -> Map<String, Value> {
    match block.normal() {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

/// The fields that say what a card shows: with another one it is another picture, not an edited one.
pub(super) const SUBJECT: [&str; 8] =
    ["src", "url", "images", "productImageSrc", "imageUrl", "html", "markdown", "code"];
