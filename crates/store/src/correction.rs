//! Corrections and clarifications. They are added, never removed.

use news::{Correction, CorrectionKind, Id};

use crate::article::{parsed_id, time};
use crate::{Broken, Statement, Store};

queries! {
    "correction";

    /// A correction's columns.
    row CorrectionRow { id: String, kind: String, body: String, made_at: i64 }

    all rows_of(article_id: &str) -> CorrectionRow =
        "SELECT id, kind, body, made_at FROM correction WHERE article_id = $1 ORDER BY made_at, id";
    exec add_row(id: &str, article_id: &str, kind: &str, body: &str, made_at: i64) =
        "INSERT INTO correction (id, article_id, kind, body, made_at) VALUES ($1, $2, $3, $4, $5)";
}

/// The corrections of an article, oldest first.
pub async fn of(store: &Store, article: &Id) -> Result<Vec<Correction>, Broken> {
    let rows = rows_of(store, article.as_str()).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Correction {
                id: parsed_id(&row.id)?,
                kind: CorrectionKind::of(&row.kind)
                    .ok_or_else(|| Broken::Value(format!("kind of correction {}", row.id)))?,
                text: row.body,
                at: time(row.made_at)?,
            })
        })
        .collect()
}

/// Adds a correction to an article.
pub fn add(article: &Id, correction: &Correction) -> Statement {
    let Correction { id, kind, text, at } = correction;
    add_row(id.as_str(), article.as_str(), kind.word(), text, at.as_millisecond())
}
