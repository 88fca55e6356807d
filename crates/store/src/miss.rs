//! Addresses that were asked for and at which nothing stands.

queries! {
    "miss";

    /// An address, how often it was asked for, and when.
    row Miss { path: String, times: i64, first_at: i64, last_at: i64 }

    /// How many.
    row CountRow { count: i64 }

    /// Those that were asked for most often.
    all most_asked(most: i64) -> Miss =
        "SELECT path, times, first_at, last_at FROM miss ORDER BY times DESC, path DESC LIMIT $1";
    /// How many there are.
    one count() -> CountRow = "SELECT count(*) AS count FROM miss";

    exec add(path: &str, times: i64, at: i64) =
        "INSERT INTO miss (path, times, first_at, last_at) VALUES ($1, $2, $3, $3) \
         ON CONFLICT (path) DO UPDATE SET times = miss.times + excluded.times, last_at = excluded.last_at";
    /// The same of one that is known already.
    exec add_known(path: &str, times: i64, at: i64) =
        "UPDATE miss SET times = times + $2, last_at = $3 WHERE path = $1";
    exec remove(path: &str) = "DELETE FROM miss WHERE path = $1";
    /// Forgets so many of those that were asked for once, the oldest first.
    exec forget_some(most: i64) =
        "DELETE FROM miss WHERE path IN (SELECT path FROM miss WHERE times = 1 ORDER BY last_at LIMIT $1)";
    /// Forgets those that nobody asked for since a moment.
    exec forget_before(at: i64) = "DELETE FROM miss WHERE last_at < $1";
}
