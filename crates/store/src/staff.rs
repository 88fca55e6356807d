//! Staff and their one-time links.

use news::{Role, Staff};

use crate::article::parsed_id;
use crate::{Broken, Store};

queries! {
    "staff";

    /// A member of staff.
    row StaffRow { id: String, email: String, name: String, role: String, password_hash: Option<String> }

    /// Whose link it is, and until when.
    row Invitation { staff_id: String, expires_at: i64 }

    one row_by_email(email: &str) -> StaffRow = "SELECT id, email, name, role, password_hash FROM staff WHERE email = $1";
    one row_by_id(id: &str) -> StaffRow = "SELECT id, email, name, role, password_hash FROM staff WHERE id = $1";
    all rows() -> StaffRow = "SELECT id, email, name, role, password_hash FROM staff ORDER BY created_at, id LIMIT 1000";
    one invitation(token_hash: &str) -> Invitation =
        "SELECT staff_id, expires_at FROM invitation WHERE token_hash = $1";

    /// A new member of staff; a second one with the same address is refused.
    exec add(id: &str, email: &str, name: &str, role: &str, password_hash: Option<&str>, created_at: i64) =
        "INSERT INTO staff (id, email, name, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    exec describe(id: &str, name: &str, role: &str) = "UPDATE staff SET name = $2, role = $3 WHERE id = $1";
    exec set_password(id: &str, password_hash: &str) = "UPDATE staff SET password_hash = $2 WHERE id = $1";
    exec invite(token_hash: &str, staff_id: &str, expires_at: i64) =
        "INSERT INTO invitation (token_hash, staff_id, expires_at) VALUES ($1, $2, $3)";
    /// Uses up one link: with [`crate::Batch::must`], only one of two takers wins.
    exec redeem(token_hash: &str) = "DELETE FROM invitation WHERE token_hash = $1";
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

fn staff(row: &StaffRow) -> Result<Staff, Broken> {
    Ok(Staff {
        id: parsed_id(&row.id)?,
        email: row.email.clone(),
        name: row.name.clone(),
        role: Role::of(&row.role).ok_or_else(|| Broken::Value(format!("role of {}", row.email)))?,
    })
}
