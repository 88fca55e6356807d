//! Sessions of staff.

use jiff::Timestamp;
use news::Staff;

use crate::staff::staff;
use crate::{Broken, Store};

queries! {
    "session";

    /// A session with whom it belongs to.
    row SessionRow {
        session_id: String, made_at: i64, seen_at: i64, waits: bool, id: String, email: String, name: String, role: String,
        password_hash: Option<String>, author_id: Option<String>, suspended: bool, staff_seen_at: Option<i64>,
        totp_is_on: bool,
    }

    /// A session as its owner sees it.
    row Listed { id: String, made_at: i64, seen_at: i64, agent: String, token_hash: String }

    /// How many.
    row CountRow { count: i64 }

    one row_by_hash(token_hash: &str) -> SessionRow =
        "SELECT s.id AS session_id, s.made_at, s.seen_at, s.waits, t.id, t.email, t.name, t.role, t.password_hash, t.author_id, \
         t.suspended, t.seen_at AS staff_seen_at, t.totp_is_on FROM session s JOIN staff t ON t.id = s.staff_id WHERE s.token_hash = $1";
    /// The open sessions of somebody, the last used first.
    all of_staff(staff_id: &str) -> Listed =
        "SELECT id, made_at, seen_at, agent, token_hash FROM session WHERE staff_id = $1 AND NOT waits \
         ORDER BY seen_at DESC, id LIMIT 100";

    exec add(token_hash: &str, id: &str, staff_id: &str, at: i64, agent: &str, waits: bool) =
        "INSERT INTO session (token_hash, id, staff_id, made_at, seen_at, agent, waits) VALUES ($1, $2, $3, $4, $4, $5, $6)";
    exec seen(token_hash: &str, at: i64) = "UPDATE session SET seen_at = $2 WHERE token_hash = $1";
    /// Opens a session whose second factor was right.
    exec open(token_hash: &str, at: i64) = "UPDATE session SET waits = FALSE, seen_at = $2 WHERE token_hash = $1 AND waits";
    exec end(token_hash: &str) = "DELETE FROM session WHERE token_hash = $1";
    exec end_one(staff_id: &str, id: &str) = "DELETE FROM session WHERE staff_id = $1 AND id = $2";
    exec end_all(staff_id: &str) = "DELETE FROM session WHERE staff_id = $1";
    exec end_others(staff_id: &str, token_hash: &str) = "DELETE FROM session WHERE staff_id = $1 AND token_hash <> $2";
    exec end_old(before: i64) = "DELETE FROM session WHERE seen_at < $1";
    exec end_waiting(before: i64) = "DELETE FROM session WHERE waits AND made_at < $1";
}

/// A session that was found.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its public id.
    pub id: String,
    /// Whose it is.
    pub staff: Staff,
    /// When it began.
    pub made_at: i64,
    /// When it was last used, to some minutes.
    pub seen_at: i64,
    /// Whether it still waits for the second factor.
    pub waits: bool,
    /// Whether its owner has a second factor by one-time codes.
    pub has_totp: bool,
}

/// The session with this hash, of whoever is not suspended.
pub async fn by_hash(store: &Store, token_hash: &str) -> Result<Option<Session>, Broken> {
    let Some(row) = row_by_hash(store, token_hash).await? else { return Ok(None) };
    let member = staff(&crate::staff::StaffRow {
        id: row.id,
        email: row.email,
        name: row.name,
        role: row.role,
        password_hash: row.password_hash,
        author_id: row.author_id,
        suspended: row.suspended,
        seen_at: row.staff_seen_at,
        totp_is_on: row.totp_is_on,
    })?;
    if member.suspended {
        return Ok(None);
    }
    Ok(Some(Session {
        id: row.session_id,
        staff: member,
        made_at: row.made_at,
        seen_at: row.seen_at,
        waits: row.waits,
        has_totp: row.totp_is_on,
    }))
}

/// Sessions unused since then are over; those that wait for a second factor wait ten minutes.
pub fn tidy(unused_since: Timestamp, waiting_since: Timestamp) -> [crate::Statement; 2] {
    [end_old(unused_since.as_millisecond()), end_waiting(waiting_since.as_millisecond())]
}
