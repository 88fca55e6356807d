//! Whose of the staff an article is: who began it.

use news::Id;

use crate::article::parsed_id;
use crate::{Broken, Store};

queries! {
    "writer";

    /// A member of staff.
    row WriterRow { staff_id: String }

    all rows_of(article_id: &str) -> WriterRow = "SELECT staff_id FROM writer WHERE article_id = $1";
    exec add(staff_id: &str, article_id: &str) =
        "INSERT INTO writer (staff_id, article_id) VALUES ($1, $2) ON CONFLICT (staff_id, article_id) DO NOTHING";
    exec clear(article_id: &str) = "DELETE FROM writer WHERE article_id = $1";
}

/// Who began an article.
pub async fn of(store: &Store, article: &Id) -> Result<Vec<Id>, Broken> {
    rows_of(store, article.as_str()).await?.iter().map(|row| parsed_id(&row.staff_id)).collect()
}
