//! Tags.

use jiff::Timestamp;
use news::{Id, Slug, Tag, Visibility};

use crate::article::parsed_id;
use crate::{Broken, Statement, Store};

macro_rules! columns {
    () => {
        "id, slug, name, description, visibility, dress, created_at, updated_at"
    };
}

queries! {
    "tag";

    /// A tag's columns.
    row TagRow {
        id: String, slug: String, name: String, description: Option<String>, visibility: String, dress: String,
        created_at: i64, updated_at: i64,
    }

    one row_by_slug(slug: &str) -> TagRow = concat!("SELECT ", columns!(), " FROM tag WHERE slug = $1");
    all rows_by_ids(ids: &str) -> TagRow = concat!("SELECT ", columns!(), " FROM tag WHERE id IN {list $1}");
    all rows(most: i64) -> TagRow = concat!("SELECT ", columns!(), " FROM tag ORDER BY name, id LIMIT $1");

    all rows_like(pattern: &str, name: &str, id: &str, most: i64) -> TagRow =
        concat!("SELECT ", columns!(), " FROM tag WHERE lower(name) LIKE $1 ESCAPE '!' \
         AND (name, id) > ($2, $3) ORDER BY name, id LIMIT $4");
    exec remove(id: &str) = "DELETE FROM tag WHERE id = $1";
    /// Removes one that no article has.
    exec remove_unused(id: &str) =
        "DELETE FROM tag WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM article_tag WHERE tag_id = $1)";
    exec put_row(id: &str, slug: &str, name: &str, description: Option<&str>, visibility: &str, dress: &str, created_at: i64,
        updated_at: i64) =
        concat!("INSERT INTO tag (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, name = excluded.name, description = excluded.description, \
         visibility = excluded.visibility, dress = excluded.dress, updated_at = excluded.updated_at");
}

/// The tag with this slug.
pub async fn by_slug(store: &Store, slug: &str) -> Result<Option<Tag>, Broken> {
    row_by_slug(store, slug).await?.map(tag).transpose()
}

/// The tags with these ids, in no order.
pub async fn by_ids(store: &Store, ids: &[&Id]) -> Result<Vec<Tag>, Broken> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = serde_json::to_string(ids).unwrap_or_default();
    rows_by_ids(store, &list).await?.into_iter().map(tag).collect()
}

/// Tags whose names have these words, by name, behind a place of the list.
pub async fn like(store: &Store, words: &str, name: &str, id: &str, most: i64) -> Result<Vec<Tag>, Broken> {
    rows_like(store, &crate::pattern(words), name, id, most).await?.into_iter().map(tag).collect()
}

/// Every tag by name (at most 50,000).
pub async fn all(store: &Store) -> Result<Vec<Tag>, Broken> {
    rows(store, 50_000).await?.into_iter().map(tag).collect()
}

/// Writes a tag, changed at this moment.
pub fn put(tag: &Tag, changed_at: Timestamp) -> Statement {
    let dress = serde_json::to_string(&tag.dress).unwrap_or_default();
    let (id, slug, visibility) = (tag.id.as_str(), tag.slug.as_str(), tag.visibility.word());
    put_row(
        id,
        slug,
        &tag.name,
        tag.description.as_deref(),
        visibility,
        &dress,
        tag.created_at.as_millisecond(),
        changed_at.as_millisecond(),
    )
}

fn tag(row: TagRow) -> Result<Tag, Broken> {
    let bad = |what: &str| Broken::Value(format!("{what} of tag {}", row.id));
    Ok(Tag {
        id: parsed_id(&row.id)?,
        slug: Slug::parse(&row.slug).map_err(|_| bad("slug"))?,
        visibility: Visibility::of(&row.visibility).ok_or_else(|| bad("visibility"))?,
        dress: serde_json::from_str(&row.dress).map_err(|_| bad("dress"))?,
        created_at: crate::article::time(row.created_at)?,
        updated_at: crate::article::time(row.updated_at)?,
        name: row.name,
        description: row.description,
    })
}
