//! Working copies: what the desk works on and no revision holds yet.

use news::{Article, Id};

use crate::article::json;
use crate::{Broken, Statement, Store};

queries! {
    "working_copy";

    /// A working copy's columns.
    row CopyRow { number: i64, base_version: i64, words: i64, snapshot: String, changed_at: i64, changed_by: String }

    /// A headline that is being written.
    row HeadlineRow { article_id: String, headline: String }

    /// The headlines of the working copies of these articles.
    all headlines_of(ids: &str) -> HeadlineRow =
        "SELECT article_id, headline FROM working_copy WHERE article_id IN {list $1}";
    one row_of(article_id: &str) -> CopyRow =
        "SELECT number, base_version, words, snapshot, changed_at, changed_by FROM working_copy WHERE article_id = $1";
    /// The first copy; a second one changes no row.
    exec begin(
        article_id: &str, number: i64, base_version: i64, headline: &str, words: i64, snapshot: &str, changed_at: i64, changed_by: &str,
    ) = "INSERT INTO working_copy (article_id, number, base_version, headline, words, snapshot, changed_at, changed_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (article_id) DO NOTHING";
    /// The next copy, if nobody wrote one since `before`.
    exec go_on(
        article_id: &str, before: i64, number: i64, base_version: i64, headline: &str, words: i64, snapshot: &str, changed_at: i64,
        changed_by: &str,
    ) = "UPDATE working_copy SET number = $3, base_version = $4, headline = $5, words = $6, snapshot = $7, changed_at = $8, \
         changed_by = $9 \
         WHERE article_id = $1 AND number = $2";
    /// Ends a copy that became a revision, or was dropped.
    exec end(article_id: &str, number: i64) = "DELETE FROM working_copy WHERE article_id = $1 AND number = $2";
    exec clear(article_id: &str) = "DELETE FROM working_copy WHERE article_id = $1";
}

/// A working copy: the article as it is to be.
#[derive(Clone, Debug)]
pub struct WorkingCopy {
    /// Grows by one with each that is written.
    pub number: i64,
    /// The version of the article that it was made from.
    pub base: i64,
    /// The article in it.
    pub article: Article,
    /// Words of its body.
    pub words: i64,
    /// When it was written.
    pub changed_at: i64,
    /// By whom, as the record of acts writes it.
    pub changed_by: String,
}

/// The working copy of an article, if there is one.
pub async fn of(store: &Store, article: &Id) -> Result<Option<WorkingCopy>, Broken> {
    let Some(row) = row_of(store, article.as_str()).await? else { return Ok(None) };
    let article = serde_json::from_str(&row.snapshot)
        .map_err(|why| Broken::Value(format!("the working copy of article {article}: {why}")))?;
    Ok(Some(WorkingCopy {
        number: row.number,
        base: row.base_version,
        article,
        words: row.words,
        changed_at: row.changed_at,
        changed_by: row.changed_by,
    }))
}

/// Writes a working copy; `before` is the number of the one that it replaces, 0 for none. With
/// [`crate::Batch::must`], of two writers one wins.
pub fn write(copy: &WorkingCopy, before: i64) -> Statement {
    let WorkingCopy { number, base, article, words, changed_at, changed_by } = copy;
    let (id, headline, snapshot) = (article.id.as_str(), article.headline.as_str(), json(article));
    match before {
        0 => begin(id, *number, *base, headline, *words, &snapshot, *changed_at, changed_by),
        before => go_on(id, before, *number, *base, headline, *words, &snapshot, *changed_at, changed_by),
    }
}
