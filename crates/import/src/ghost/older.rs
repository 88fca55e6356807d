//! What older versions of Ghost, and tools that write its format, wrote otherwise: made as the newest has it, before
//! anything is read.

use std::collections::HashSet;

use news::Id;
use serde_json::{Map, Value, json};

/// Columns that name a row, and the table whose row they name.
const NAMES: [(&str, &str); 9] = [
    ("post_id", "posts"),
    ("tag_id", "tags"),
    ("author_id", "users"),
    ("user_id", "users"),
    ("role_id", "roles"),
    ("product_id", "products"),
    ("newsletter_id", "newsletters"),
    ("benefit_id", "benefits"),
    ("parent_id", "tags"),
];

/// Columns that stood in a post's own row before they had a table.
const META: [&str; 12] = [
    "og_image",
    "og_title",
    "og_description",
    "twitter_image",
    "twitter_title",
    "twitter_description",
    "meta_title",
    "meta_description",
    "email_subject",
    "frontmatter",
    "feature_image_alt",
    "feature_image_caption",
];

/// Settings under the names that they have now.
const SETTINGS: [(&str, &str); 3] = [("default_locale", "locale"), ("lang", "locale"), ("active_timezone", "timezone")];

/// Makes tables as the newest Ghost writes them.
pub(super) fn renew(tables: &mut Map<String, Value>, exported_on: Option<&Value>) {
    for (table, rows) in tables.iter_mut() {
        for row in rows.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            if table == "posts" {
                post(row);
            }
            // What has no date is as old as the export.
            if matches!(table.as_str(), "tags" | "users")
                && row.get("created_at").is_none_or(Value::is_null)
                && let Some(at) = exported_on
            {
                row.insert("created_at".into(), at.clone());
            }
            rename(row, "id", table);
            for (column, named) in NAMES {
                rename(row, column, named);
            }
        }
    }
    meta(tables);
    settings(tables);
}

/// Numbers and words were ids once. The same word of the same table is the same id, in every run.
fn rename(row: &mut Map<String, Value>, column: &str, table: &str) {
    let word = match row.get(column) {
        Some(Value::String(word)) if !word.is_empty() && Id::parse(word).is_err() => word.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => return,
    };
    row.insert(column.to_owned(), json!(Id::of_text(7, &format!("{table} {word}"))));
}

fn post(row: &mut Map<String, Value>) {
    let is_page = row.get("page").is_some_and(|page| *page == true || *page == 1);
    if is_page && !row.contains_key("type") {
        row.insert("type".into(), "page".into());
    }
    // Comments elsewhere know a post by the id that it had first; the first Ghosts kept it under another name.
    if let Some(amp) = row.remove("amp").filter(|amp| amp.as_str().is_some_and(|amp| !amp.is_empty())) {
        row.insert("comment_id".into(), amp);
    }
    if row.get("comment_id").is_none_or(Value::is_null)
        && let Some(id) = row.get("id")
    {
        let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
        row.insert("comment_id".into(), id.into());
    }
}

/// A row of `posts_meta` for each post that has none and carries what stands there now.
fn meta(tables: &mut Map<String, Value>) {
    let rows = |table: &str| tables.get(table).and_then(Value::as_array).into_iter().flatten();
    let with_row: HashSet<String> = rows("posts_meta").map(|row| row["post_id"].to_string()).collect();
    let has = |row: &Value, column: &str| row.get(column).is_some_and(|value| !value.is_null());
    let new: Vec<Value> = rows("posts")
        .filter(|row| !with_row.contains(&row["id"].to_string()) && META.iter().any(|column| has(row, column)))
        .map(|row| {
            let fields = META.iter().map(|column| ((*column).to_owned(), row[*column].clone()));
            let mut meta: Map<String, Value> = fields.collect();
            meta.insert("post_id".into(), row["id"].clone());
            meta.into()
        })
        .collect();
    if !new.is_empty()
        && let Some(rows) = tables.entry("posts_meta").or_insert_with(|| json!([])).as_array_mut()
    {
        rows.extend(new);
    }
}

fn settings(tables: &mut Map<String, Value>) {
    let Some(rows) = tables.get_mut("settings").and_then(Value::as_array_mut) else { return };
    for (was, is) in SETTINGS {
        if rows.iter().all(|row| row["key"] != is)
            && let Some(row) = rows.iter_mut().find(|row| row["key"] == was)
        {
            row["key"] = is.into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_known_by_the_same_id_wherever_it_is_named() {
        let mut tables = json!({
            "users": [{ "id": "1", "name": "Ghost" }], "posts": [{ "id": 7, "page": 1, "meta_title": "For machines" }],
            "posts_authors": [{ "post_id": 7, "author_id": "1" }],
            "settings": [{ "key": "active_timezone", "value": "Europe/Oslo" }],
        });
        let tables = tables.as_object_mut().unwrap();
        renew(tables, None);
        let whole = Value::Object(tables.clone());
        assert_eq!(whole["users"][0]["id"], whole["posts_authors"][0]["author_id"]);
        assert_eq!(whole["posts"][0]["id"], whole["posts_authors"][0]["post_id"]);
        assert!(Id::parse(whole["posts"][0]["id"].as_str().unwrap()).is_ok());
        assert_ne!(whole["posts"][0]["id"], whole["users"][0]["id"]);
        assert_eq!((&whole["posts"][0]["comment_id"], &whole["posts"][0]["type"]), (&json!("7"), &json!("page")));
        assert_eq!(whole["posts_meta"][0]["meta_title"], "For machines");
        assert_eq!(whole["settings"][0]["key"], "timezone");
    }
}
