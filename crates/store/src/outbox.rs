//! The outbox: what is still to do because of what was committed. Rows are
//! written in the same batch as their cause and removed when the work is done.

queries! {
    "outbox";

    /// A piece of work.
    row Work { number: i64, kind: String, payload: String, origin: String }

    /// The oldest work first.
    all waiting(most: i64) -> Work = "SELECT number, kind, payload, origin FROM outbox ORDER BY number LIMIT $1";

    /// Adds work; `origin` names the process that wrote it.
    exec add(kind: &str, payload: &str, origin: &str, made_at: i64) =
        "INSERT INTO outbox (kind, payload, origin, made_at) VALUES ($1, $2, $3, $4)";

    /// Removes work that is done.
    exec done(number: i64) = "DELETE FROM outbox WHERE number = $1";
}
