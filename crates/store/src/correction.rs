//! Corrections and clarifications. They are added, never removed.

use news::{Correction, CorrectionKind, Id};

use crate::article::{parsed_id, time};
use crate::{Broken, Statement, Store};

macro_rules! columns {
    () => {
        "id, article_id, kind, body, made_at, text_before, text_after, made_by"
    };
}

queries! {
    "correction";

    /// A correction's columns.
    row CorrectionRow {
        id: String, article_id: String, kind: String, body: String, made_at: i64, text_before: Option<String>,
        text_after: Option<String>, made_by: Option<String>,
    }

    all rows_of(article_id: &str) -> CorrectionRow =
        concat!("SELECT ", columns!(), " FROM correction WHERE article_id = $1 ORDER BY made_at, id");
    /// Those that readers are told of, newest first.
    all public_rows(most: i64, skip: i64) -> CorrectionRow = concat!(
        "SELECT ", columns!(), " FROM correction WHERE kind <> 'typo' ORDER BY made_at DESC, id DESC LIMIT $1 OFFSET $2");
    exec add_row(
        id: &str, article_id: &str, kind: &str, body: &str, made_at: i64, text_before: Option<&str>, text_after: Option<&str>,
        made_by: Option<&str>,
    ) = concat!("INSERT INTO correction (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    exec remove(id: &str) = "DELETE FROM correction WHERE id = $1";
}

/// The corrections of an article, oldest first.
pub async fn of(store: &Store, article: &Id) -> Result<Vec<Correction>, Broken> {
    rows_of(store, article.as_str()).await?.into_iter().map(correction).collect()
}

/// The corrections that readers are told of, newest first, with their articles.
pub async fn public(store: &Store, most: i64, skip: i64) -> Result<Vec<(Id, Correction)>, Broken> {
    let rows = public_rows(store, most, skip).await?;
    rows.into_iter().map(|row| Ok((parsed_id(&row.article_id)?, correction(row)?))).collect()
}

fn correction(row: CorrectionRow) -> Result<Correction, Broken> {
    Ok(Correction {
        id: parsed_id(&row.id)?,
        kind: CorrectionKind::of(&row.kind).ok_or_else(|| Broken::Value(format!("kind of correction {}", row.id)))?,
        text: row.body,
        at: time(row.made_at)?,
        before: row.text_before,
        after: row.text_after,
        by: row.made_by,
    })
}

/// Adds a correction to an article.
pub fn add(article: &Id, correction: &Correction) -> Statement {
    let Correction { id, kind, text, at, before, after, by } = correction;
    add_row(
        id.as_str(),
        article.as_str(),
        kind.word(),
        text,
        at.as_millisecond(),
        before.as_deref(),
        after.as_deref(),
        by.as_deref(),
    )
}
