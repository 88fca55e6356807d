//! Ids by the digits that make their number, for clients that know things by whole numbers. Which digits they are is
//! said by the indexes that find them (`0008-numbers.sql`), so no row holds a number and no act writes one.

use news::Id;

use crate::article::{json, parsed_id};
use crate::{Broken, Store};

/// Most ids that one question finds: two things may share a number, hundreds do not.
const MOST: i64 = 1_000;

queries! {
    "number";

    /// An id.
    row IdRow { id: String }

    all articles_with(digits: &str, most: i64) -> IdRow =
        "SELECT id FROM article WHERE (substr(id, 8, 7) || substr(id, 19, 6)) IN {list $1} LIMIT $2";
    all tags_with(digits: &str, most: i64) -> IdRow =
        "SELECT id FROM tag WHERE (substr(id, 8, 7) || substr(id, 19, 6)) IN {list $1} LIMIT $2";
    all authors_with(digits: &str, most: i64) -> IdRow =
        "SELECT id FROM author WHERE (substr(id, 8, 7) || substr(id, 19, 6)) IN {list $1} LIMIT $2";
}

/// Articles and static pages whose ids have these digits, of any status, in no order.
pub async fn articles(store: &Store, digits: &[String]) -> Result<Vec<Id>, Broken> {
    ids(articles_with(store, &json(&digits), MOST).await?)
}

/// Tags whose ids have these digits, in no order.
pub async fn tags(store: &Store, digits: &[String]) -> Result<Vec<Id>, Broken> {
    ids(tags_with(store, &json(&digits), MOST).await?)
}

/// Authors whose ids have these digits, in no order.
pub async fn authors(store: &Store, digits: &[String]) -> Result<Vec<Id>, Broken> {
    ids(authors_with(store, &json(&digits), MOST).await?)
}

fn ids(rows: Vec<IdRow>) -> Result<Vec<Id>, Broken> {
    rows.iter().map(|row| parsed_id(&row.id)).collect()
}
