//! Addresses: every path at which an article was ever public.

queries! {
    "address";

    /// What answers at a path: the article, and where it is now.
    row Address { article_id: String, status: Option<String>, path: Option<String> }

    /// Who has a path.
    row Holder { article_id: String }

    /// The article that is, or was, at this path; `status` is absent when it was deleted.
    one at(path: &str) -> Address =
        "SELECT d.article_id, a.status, a.path FROM address d LEFT JOIN article a ON a.id = d.article_id WHERE d.path = $1";

    /// The article that holds this path.
    one holder(path: &str) -> Holder = "SELECT article_id FROM address WHERE path = $1";

    /// A path.
    row PathRow { path: String }

    /// Paths behind another, in their order.
    all paths_after(path: &str, most: i64) -> PathRow = "SELECT path FROM address WHERE path > $1 ORDER BY path LIMIT $2";

    /// Gives a path to an article that has it already, or to nobody's; a path of
    /// another article changes no row, which refuses the batch.
    exec claim(path: &str, article_id: &str) =
        "INSERT INTO address (path, article_id) VALUES ($1, $2) \
         ON CONFLICT (path) DO UPDATE SET article_id = excluded.article_id WHERE address.article_id = excluded.article_id";
    /// Takes every path from an article, for an import that is taken back: nobody was told of them yet.
    exec remove_of(article_id: &str) = "DELETE FROM address WHERE article_id = $1";
}
