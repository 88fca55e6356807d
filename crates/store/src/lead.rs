//! Addresses at which nothing of ours ever stood, and which lead to something of ours.

use crate::{Broken, Store};

queries! {
    "lead";

    /// Where an address leads.
    row Lead { path: String, leads_to: String, run_id: String, made_at: i64 }

    /// How many.
    row CountRow { count: i64 }

    /// Where this path leads.
    one at(path: &str) -> Lead = "SELECT path, leads_to, run_id, made_at FROM lead WHERE path = $1";
    /// Paths that lead elsewhere, behind one of them.
    all after(path: &str, most: i64) -> Lead =
        "SELECT path, leads_to, run_id, made_at FROM lead WHERE path > $1 ORDER BY path LIMIT $2";
    all rows_like(pattern: &str, path: &str, most: i64) -> Lead =
        "SELECT path, leads_to, run_id, made_at FROM lead WHERE (lower(path) LIKE $1 ESCAPE '!' \
         OR lower(leads_to) LIKE $1 ESCAPE '!') AND path > $2 ORDER BY path LIMIT $3";
    /// How many an import brought.
    one count_of(run_id: &str) -> CountRow = "SELECT count(*) AS count FROM lead WHERE run_id = $1";

    /// One that is there already stays.
    exec add(path: &str, leads_to: &str, run_id: &str, made_at: i64) =
        "INSERT INTO lead (path, leads_to, run_id, made_at) VALUES ($1, $2, $3, $4) ON CONFLICT (path) DO NOTHING";
    exec put(path: &str, leads_to: &str, run_id: &str, made_at: i64) =
        "INSERT INTO lead (path, leads_to, run_id, made_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (path) DO UPDATE SET leads_to = excluded.leads_to, run_id = excluded.run_id, made_at = excluded.made_at";
    exec remove(path: &str) = "DELETE FROM lead WHERE path = $1";
    exec remove_run(run_id: &str) = "DELETE FROM lead WHERE run_id = $1";
}

/// Those with these words in them, behind a path.
pub async fn like(store: &Store, words: &str, path: &str, most: i64) -> Result<Vec<Lead>, Broken> {
    rows_like(store, &crate::pattern(words), path, most).await
}
