//! Staff and their one-time links.

use news::{Role, Staff};

use crate::article::parsed_id;
use crate::{Broken, Store};

queries! {
    "staff";

    /// A member of staff.
    row StaffRow {
        id: String, email: String, name: String, role: String, password_hash: Option<String>, author_id: Option<String>,
        suspended: bool, seen_at: Option<i64>, totp_is_on: bool,
    }

    /// Whose link it is, and until when.
    row Invitation { staff_id: String, expires_at: i64 }

    /// An id.
    row IdRow { id: String }

    /// The second factor of somebody.
    row Totp { totp_secret: Option<String>, totp_is_on: bool, totp_step: i64 }

    one row_by_email(email: &str) -> StaffRow = "SELECT id, email, name, role, password_hash, author_id, suspended, seen_at, totp_is_on FROM staff WHERE email = $1";
    one row_by_id(id: &str) -> StaffRow = "SELECT id, email, name, role, password_hash, author_id, suspended, seen_at, totp_is_on FROM staff WHERE id = $1";
    all rows() -> StaffRow = "SELECT id, email, name, role, password_hash, author_id, suspended, seen_at, totp_is_on FROM staff ORDER BY created_at, id LIMIT 1000";
    one invitation(token_hash: &str) -> Invitation =
        "SELECT staff_id, expires_at FROM invitation WHERE token_hash = $1";

    /// A new member of staff; a second one with the same address is refused.
    exec add(id: &str, email: &str, name: &str, role: &str, password_hash: Option<&str>, created_at: i64) =
        "INSERT INTO staff (id, email, name, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    exec describe(id: &str, name: &str, role: &str) = "UPDATE staff SET name = $2, role = $3 WHERE id = $1";
    exec suspend(id: &str, suspended: bool) = "UPDATE staff SET suspended = $2 WHERE id = $1";
    /// Gives somebody without a byline theirs.
    exec set_author(id: &str, author_id: &str) = "UPDATE staff SET author_id = $2 WHERE id = $1 AND author_id IS NULL";
    /// Says which author somebody is in bylines.
    exec link_author(id: &str, author_id: Option<&str>) = "UPDATE staff SET author_id = $2 WHERE id = $1";
    exec rename(id: &str, name: &str) = "UPDATE staff SET name = $2 WHERE id = $1";
    /// Gives another role, if it is still the one that was read.
    exec set_role(id: &str, role: &str, was: &str) = "UPDATE staff SET role = $2 WHERE id = $1 AND role = $3";
    exec seen(id: &str, at: i64) = "UPDATE staff SET seen_at = $2 WHERE id = $1";
    /// Whether there is anybody at all who can sign in.
    all some_with_password() -> IdRow = "SELECT id FROM staff WHERE password_hash IS NOT NULL LIMIT 1";
    /// How many owners may sign in beside one.
    all other_owners(id: &str) -> IdRow =
        "SELECT id FROM staff WHERE role = 'owner' AND NOT suspended AND password_hash IS NOT NULL AND id <> $1 LIMIT 1";
    one totp(id: &str) -> Totp = "SELECT totp_secret, totp_is_on, totp_step FROM staff WHERE id = $1";
    exec propose_totp(id: &str, secret: &str) =
        "UPDATE staff SET totp_secret = $2 WHERE id = $1 AND NOT totp_is_on";
    exec turn_totp_on(id: &str, step: i64) =
        "UPDATE staff SET totp_is_on = TRUE, totp_step = $2 WHERE id = $1 AND totp_secret IS NOT NULL";
    exec turn_totp_off(id: &str) = "UPDATE staff SET totp_is_on = FALSE, totp_secret = NULL WHERE id = $1";
    /// Uses up a code: with [`crate::Batch::must`], a step that was used changes no row.
    exec use_step(id: &str, step: i64) = "UPDATE staff SET totp_step = $2 WHERE id = $1 AND totp_step < $2";
    exec add_recovery_code(staff_id: &str, code_hash: &str) =
        "INSERT INTO recovery_code (staff_id, code_hash) VALUES ($1, $2)";
    /// Uses up a code: with [`crate::Batch::must`], of two takers one wins.
    exec use_recovery_code(staff_id: &str, code_hash: &str) =
        "DELETE FROM recovery_code WHERE staff_id = $1 AND code_hash = $2";
    exec clear_recovery_codes(staff_id: &str) = "DELETE FROM recovery_code WHERE staff_id = $1";
    all recovery_codes(staff_id: &str) -> IdRow = "SELECT code_hash AS id FROM recovery_code WHERE staff_id = $1";
    exec set_password(id: &str, password_hash: &str) = "UPDATE staff SET password_hash = $2 WHERE id = $1";
    exec invite(token_hash: &str, staff_id: &str, expires_at: i64) =
        "INSERT INTO invitation (token_hash, staff_id, expires_at) VALUES ($1, $2, $3)";
    /// Uses up one link: with [`crate::Batch::must`], only one of two takers wins.
    exec redeem(token_hash: &str) = "DELETE FROM invitation WHERE token_hash = $1";
    /// Ends the links of a member of staff that are over anyway.
    exec revoke_old(staff_id: &str, now: i64) = "DELETE FROM invitation WHERE staff_id = $1 AND expires_at < $2";
    /// Ends every link of a member of staff.
    exec revoke(staff_id: &str) = "DELETE FROM invitation WHERE staff_id = $1";
}

/// The member of staff with this address, and whether a password is set.
pub async fn by_email(store: &Store, email: &str) -> Result<Option<Staff>, Broken> {
    row_by_email(store, email).await?.map(|row| staff(&row)).transpose()
}

/// The member of staff with this id.
pub async fn by_id(store: &Store, id: &str) -> Result<Option<Staff>, Broken> {
    row_by_id(store, id).await?.map(|row| staff(&row)).transpose()
}

/// Everybody, the longest-serving first.
pub async fn all(store: &Store) -> Result<Vec<Staff>, Broken> {
    rows(store).await?.iter().map(staff).collect()
}

pub(crate) fn staff(row: &StaffRow) -> Result<Staff, Broken> {
    Ok(Staff {
        id: parsed_id(&row.id)?,
        email: row.email.clone(),
        name: row.name.clone(),
        role: Role::of(&row.role).ok_or_else(|| Broken::Value(format!("role of {}", row.email)))?,
        author: row.author_id.as_deref().map(parsed_id).transpose()?,
        suspended: row.suspended,
        has_password: row.password_hash.is_some(),
        seen_at: row.seen_at.map(crate::article::time).transpose()?,
    })
}
