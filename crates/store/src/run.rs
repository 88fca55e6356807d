//! Imports, and what each of them brought.

queries! {
    "run";

    /// An import. `report` is what it said at its end, as JSON; empty while it is under way.
    row Run {
        id: String, kind: String, site: String, source: String, actor: String, made_at: i64, finished_at: Option<i64>,
        undone_at: Option<i64>, report: String,
    }

    /// The import with this id.
    one by_id(id: &str) -> Run =
        "SELECT id, kind, site, source, actor, made_at, finished_at, undone_at, report FROM run WHERE id = $1";
    /// The newest imports.
    all newest(most: i64) -> Run =
        "SELECT id, kind, site, source, actor, made_at, finished_at, undone_at, report FROM run ORDER BY made_at DESC, id DESC LIMIT $1";
    /// An import of a site that was stopped in the middle.
    one unfinished(kind: &str, site: &str) -> Run =
        "SELECT id, kind, site, source, actor, made_at, finished_at, undone_at, report FROM run \
         WHERE kind = $1 AND site = $2 AND finished_at IS NULL AND undone_at IS NULL ORDER BY made_at DESC LIMIT 1";

    exec begin(id: &str, kind: &str, site: &str, source: &str, actor: &str, made_at: i64) =
        "INSERT INTO run (id, kind, site, source, actor, made_at, report) VALUES ($1, $2, $3, $4, $5, $6, '') \
         ON CONFLICT (id) DO NOTHING";
    exec finish(id: &str, finished_at: i64, report: &str) =
        "UPDATE run SET finished_at = $2, report = $3 WHERE id = $1 AND undone_at IS NULL";
    exec undone(id: &str, undone_at: i64) = "UPDATE run SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL";
    /// Forgets an import that brought nothing.
    exec forget(id: &str) = "DELETE FROM run WHERE id = $1 AND finished_at IS NULL";
}
