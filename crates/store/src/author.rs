//! Authors.

use jiff::Timestamp;
use news::{Author, Id, Slug};

use crate::article::parsed_id;
use crate::{Broken, Statement, Store};

macro_rules! columns {
    () => {
        "id, slug, name, role, bio, location, website, portrait, email, profile, created_at, updated_at"
    };
}

queries! {
    "author";

    /// An author's columns.
    row AuthorRow {
        id: String, slug: String, name: String, role: Option<String>, bio: Option<String>, location: Option<String>,
        website: Option<String>, portrait: Option<String>, email: Option<String>, profile: String,
        created_at: i64, updated_at: i64,
    }

    one row_by_slug(slug: &str) -> AuthorRow = concat!("SELECT ", columns!(), " FROM author WHERE slug = $1");
    one row_by_email(email: &str) -> AuthorRow =
        concat!("SELECT ", columns!(), " FROM author WHERE email = $1 ORDER BY created_at LIMIT 1");
    all rows_by_ids(ids: &str) -> AuthorRow = concat!("SELECT ", columns!(), " FROM author WHERE id IN {list $1}");
    all rows(most: i64) -> AuthorRow = concat!("SELECT ", columns!(), " FROM author ORDER BY name, id LIMIT $1");

    all rows_like(pattern: &str, name: &str, id: &str, most: i64) -> AuthorRow = concat!(
        "SELECT ", columns!(), " FROM author WHERE lower(name) LIKE $1 ESCAPE '!' AND (name, id) > ($2, $3) \
         ORDER BY name, id LIMIT $4");
    /// Removes one that stands in no byline and is no member of staff.
    exec remove_unused(id: &str) =
        "DELETE FROM author WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM article_author WHERE author_id = $1) \
         AND NOT EXISTS (SELECT 1 FROM staff WHERE author_id = $1)";
    exec put_row(
        id: &str, slug: &str, name: &str, role: Option<&str>, bio: Option<&str>, location: Option<&str>,
        website: Option<&str>, portrait: Option<&str>, email: Option<&str>, profile: &str, created_at: i64, updated_at: i64,
    ) = concat!("INSERT INTO author (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
         ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, name = excluded.name, role = excluded.role, bio = excluded.bio, \
         location = excluded.location, website = excluded.website, portrait = excluded.portrait, email = excluded.email, \
         profile = excluded.profile, updated_at = excluded.updated_at");
}

/// The author with this slug.
pub async fn by_slug(store: &Store, slug: &str) -> Result<Option<Author>, Broken> {
    row_by_slug(store, slug).await?.map(author).transpose()
}

/// The first author with this address.
pub async fn by_email(store: &Store, email: &str) -> Result<Option<Author>, Broken> {
    row_by_email(store, email).await?.map(author).transpose()
}

/// The authors with these ids, in no order.
pub async fn by_ids(store: &Store, ids: &[&Id]) -> Result<Vec<Author>, Broken> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = serde_json::to_string(ids).unwrap_or_default();
    rows_by_ids(store, &list).await?.into_iter().map(author).collect()
}

/// Authors whose names have these words, by name, behind a place of the list.
pub async fn like(store: &Store, words: &str, name: &str, id: &str, most: i64) -> Result<Vec<Author>, Broken> {
    rows_like(store, &crate::pattern(words), name, id, most).await?.into_iter().map(author).collect()
}

/// Every author by name (at most 20,000).
pub async fn all(store: &Store) -> Result<Vec<Author>, Broken> {
    rows(store, 20_000).await?.into_iter().map(author).collect()
}

/// Writes an author, changed at this moment.
pub fn put(author: &Author, changed_at: Timestamp) -> Statement {
    put_row(
        author.id.as_str(),
        author.slug.as_str(),
        &author.name,
        author.role.as_deref(),
        author.bio.as_deref(),
        author.location.as_deref(),
        author.website.as_deref(),
        author.portrait.as_deref(),
        author.email.as_deref(),
        &serde_json::to_string(&author.profile).unwrap_or_default(),
        author.created_at.as_millisecond(),
        changed_at.as_millisecond(),
    )
}

fn author(row: AuthorRow) -> Result<Author, Broken> {
    let bad = |what: &str| Broken::Value(format!("{what} of author {}", row.id));
    Ok(Author {
        id: parsed_id(&row.id)?,
        slug: Slug::parse(&row.slug).map_err(|_| bad("slug"))?,
        profile: serde_json::from_str(&row.profile).map_err(|_| bad("profile"))?,
        created_at: crate::article::time(row.created_at)?,
        updated_at: crate::article::time(row.updated_at)?,
        name: row.name,
        role: row.role,
        bio: row.bio,
        location: row.location,
        website: row.website,
        portrait: row.portrait,
        email: row.email,
    })
}
