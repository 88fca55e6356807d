//! What came from elsewhere and has no room here yet, as it came: [`news::aside`].

queries! {
    "aside";

    /// Something that is kept.
    row Aside { site: String, name: String, what: String, article_id: Option<String>, body: String }

    /// How many of a kind an import brought.
    row Count { what: String, count: i64 }

    /// What is kept beside an article, of one kind.
    all of_article(article_id: &str, what: &str, most: i64) -> Aside =
        "SELECT site, name, what, article_id, body FROM aside WHERE article_id = $1 AND what = $2 ORDER BY name LIMIT $3";
    /// One of them.
    one at(site: &str, what: &str, name: &str) -> Aside =
        "SELECT site, name, what, article_id, body FROM aside WHERE site = $1 AND what = $2 AND name = $3";
    /// What an import brought, by kind.
    all counts_of(run_id: &str) -> Count =
        "SELECT what, count(*) AS count FROM aside WHERE run_id = $1 GROUP BY what ORDER BY what";
    /// What an import brought of one kind, behind a name.
    all of_run(run_id: &str, what: &str, name: &str, most: i64) -> Aside =
        "SELECT site, name, what, article_id, body FROM aside WHERE run_id = $1 AND what = $2 AND name > $3 ORDER BY name LIMIT $4";

    /// What is there already is written anew, and stays that of the import that brought it.
    exec put(site: &str, name: &str, what: &str, article_id: Option<&str>, run_id: &str, body: &str) =
        "INSERT INTO aside (site, name, what, article_id, run_id, body) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (site, what, name) DO UPDATE SET article_id = excluded.article_id, body = excluded.body";
    exec remove_run(run_id: &str) = "DELETE FROM aside WHERE run_id = $1";
}
