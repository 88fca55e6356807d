//! Passkeys of staff: public keys, as the verifying library writes them.

queries! {
    "passkey";

    /// A passkey.
    row Passkey { id: String, staff_id: String, name: String, credential: String, made_at: i64, used_at: Option<i64> }

    all of_staff(staff_id: &str) -> Passkey =
        "SELECT id, staff_id, name, credential, made_at, used_at FROM passkey WHERE staff_id = $1 ORDER BY made_at, id LIMIT 50";
    one by_id(id: &str) -> Passkey =
        "SELECT id, staff_id, name, credential, made_at, used_at FROM passkey WHERE id = $1";
    exec add(id: &str, staff_id: &str, name: &str, credential: &str, made_at: i64) =
        "INSERT INTO passkey (id, staff_id, name, credential, made_at) VALUES ($1, $2, $3, $4, $5)";
    exec used(id: &str, credential: &str, at: i64) = "UPDATE passkey SET credential = $2, used_at = $3 WHERE id = $1";
    exec remove_all(staff_id: &str) = "DELETE FROM passkey WHERE staff_id = $1";
    exec remove(staff_id: &str, id: &str) = "DELETE FROM passkey WHERE staff_id = $1 AND id = $2";
}
