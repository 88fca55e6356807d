//! The record of acts.

use news::Act;

use crate::Statement;

queries! {
    "act";

    /// A line of the record.
    row ActRow { number: i64, made_at: i64, actor: String, verb: String, subject: String, reason: Option<String> }

    /// What was done to a subject, newest first.
    all of(subject: &str, most: i64) -> ActRow =
        "SELECT number, made_at, actor, verb, subject, reason FROM act WHERE subject = $1 ORDER BY number DESC LIMIT $2";

    /// Everything that was done before an act, newest first.
    all before(number: i64, most: i64) -> ActRow =
        "SELECT number, made_at, actor, verb, subject, reason FROM act WHERE number < $1 ORDER BY number DESC LIMIT $2";
    /// The same of one subject.
    all of_before(subject: &str, number: i64, most: i64) -> ActRow =
        "SELECT number, made_at, actor, verb, subject, reason FROM act WHERE subject = $1 AND number < $2 ORDER BY number DESC LIMIT $3";

    /// The same of one actor.
    all by_before(actor: &str, number: i64, most: i64) -> ActRow =
        "SELECT number, made_at, actor, verb, subject, reason FROM act WHERE actor = $1 AND number < $2 ORDER BY number DESC LIMIT $3";

    exec add_row(made_at: i64, actor: &str, verb: &str, subject: &str, reason: Option<&str>) =
        "INSERT INTO act (made_at, actor, verb, subject, reason) VALUES ($1, $2, $3, $4, $5)";
}

/// Adds a line to the record.
pub fn add(act: &Act) -> Statement {
    let Act { actor, verb, subject, at, reason } = act;
    add_row(at.as_millisecond(), &actor.word(), verb.word(), subject, reason.as_deref())
}
