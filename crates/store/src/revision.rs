//! Revisions: the whole article as each act left it. Added, never changed.

use news::{Actor, Article};

use crate::Statement;

queries! {
    "revision";

    /// A revision's columns; `snapshot` is the article as JSON.
    row Revision {
        version: i64, made_at: i64, actor: String, reason: Option<String>, name: Option<String>, snapshot: String,
    }

    /// A revision without its text.
    row Listed { version: i64, made_at: i64, actor: String, reason: Option<String>, name: Option<String> }

    /// How many.
    row CountRow { count: i64 }

    /// The revisions of an article, newest first.
    all of(article_id: &str, most: i64) -> Revision =
        "SELECT version, made_at, actor, reason, name, snapshot FROM revision WHERE article_id = $1 AND version > 0 \
         ORDER BY version DESC LIMIT $2";

    /// The revisions of an article without their texts, newest first. Those with a number below 0 are working copies
    /// that another change overtook.
    all listed(article_id: &str, most: i64) -> Listed =
        "SELECT version, made_at, actor, reason, name FROM revision WHERE article_id = $1 ORDER BY made_at DESC, version DESC LIMIT $2";

    /// One revision.
    one at(article_id: &str, version: i64) -> Revision =
        "SELECT version, made_at, actor, reason, name, snapshot FROM revision WHERE article_id = $1 AND version = $2";

    /// Gives a revision a name.
    exec call(article_id: &str, version: i64, name: &str) =
        "UPDATE revision SET name = $3 WHERE article_id = $1 AND version = $2";

    /// Articles without a revision of their current version; there must be none.
    one missing() -> CountRow =
        "SELECT count(*) AS count FROM article a WHERE NOT EXISTS \
         (SELECT 1 FROM revision r WHERE r.article_id = a.id AND r.version = a.version)";

    /// Forgets the revisions of an article, for an import that is taken back.
    exec remove_of(article_id: &str) = "DELETE FROM revision WHERE article_id = $1";

    exec add_row(article_id: &str, version: i64, made_at: i64, actor: &str, reason: Option<&str>, snapshot: &str) =
        "INSERT INTO revision (article_id, version, made_at, actor, reason, snapshot) VALUES ($1, $2, $3, $4, $5, $6)";
}

/// An article out of a revision.
pub fn article(revision: &Revision) -> Result<Article, crate::Broken> {
    serde_json::from_str(&revision.snapshot)
        .map_err(|why| crate::Broken::Value(format!("revision {}: {why}", revision.version)))
}

/// Keeps a working copy that another change overtook, so that no word of it is lost.
pub fn overtaken(article: &Article, actor: &str, at: i64) -> Statement {
    let snapshot = serde_json::to_string(article).unwrap_or_default();
    add_row(article.id.as_str(), -at, at, actor, Some("a working copy that another change overtook"), &snapshot)
}

/// The article as it is now, for ever.
pub fn add(article: &Article, actor: &Actor, reason: Option<&str>) -> Statement {
    let snapshot = serde_json::to_string(article).unwrap_or_default();
    let made_at = article.updated_at.as_millisecond();
    add_row(article.id.as_str(), article.version, made_at, &actor.word(), reason, &snapshot)
}
