//! Keys of the API.

use news::key::Key;

use crate::article::parsed_id;
use crate::{Broken, Store};

queries! {
    "key";

    /// A key's columns.
    row KeyRow { id: String, name: String, content: String, secret: String, staff_id: Option<String> }

    one row_by_id(id: &str) -> KeyRow = "SELECT id, name, content, secret, staff_id FROM api_key WHERE id = $1";
    one row_by_content(content: &str) -> KeyRow =
        "SELECT id, name, content, secret, staff_id FROM api_key WHERE content = $1 LIMIT 1";

    /// A key without its secrets.
    row Listed { id: String, name: String, created_at: i64 }

    all listed() -> Listed = "SELECT id, name, created_at FROM api_key ORDER BY created_at, id LIMIT 1000";
    exec end(id: &str) = "DELETE FROM api_key WHERE id = $1";
    exec add(id: &str, name: &str, content: &str, secret: &str, staff_id: Option<&str>, created_at: i64) =
        "INSERT INTO api_key (id, name, content, secret, staff_id, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    /// Ends the keys of a member of staff.
    exec end_all_of(staff_id: &str) = "DELETE FROM api_key WHERE staff_id = $1";
}

/// The key with this id.
pub async fn by_id(store: &Store, id: &str) -> Result<Option<Key>, Broken> {
    row_by_id(store, id).await?.map(key).transpose()
}

/// The key whose reading half this is.
pub async fn by_content(store: &Store, content: &str) -> Result<Option<Key>, Broken> {
    row_by_content(store, content).await?.map(key).transpose()
}

fn key(row: KeyRow) -> Result<Key, Broken> {
    let staff = row.staff_id.as_deref().map(parsed_id).transpose()?;
    Ok(Key { id: parsed_id(&row.id)?, name: row.name, content: row.content, secret: row.secret, staff })
}
