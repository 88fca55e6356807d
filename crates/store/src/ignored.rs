//! Findings that somebody looked at and left, with the reason.

queries! {
    "ignored";

    /// A finding that was left.
    row Ignored { kind: String, exact: String, reason: String, actor: String, made_at: i64 }

    /// Those of an article.
    all of(article_id: &str) -> Ignored =
        "SELECT kind, exact, reason, actor, made_at FROM ignored WHERE article_id = $1 ORDER BY made_at, kind, exact LIMIT 2000";
    exec put(article_id: &str, kind: &str, exact: &str, reason: &str, actor: &str, made_at: i64) =
        "INSERT INTO ignored (article_id, kind, exact, reason, actor, made_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (article_id, kind, exact) DO UPDATE SET reason = excluded.reason, actor = excluded.actor, \
         made_at = excluded.made_at";
    exec remove(article_id: &str, kind: &str, exact: &str) =
        "DELETE FROM ignored WHERE article_id = $1 AND kind = $2 AND exact = $3";
    exec clear(article_id: &str) = "DELETE FROM ignored WHERE article_id = $1";
}
