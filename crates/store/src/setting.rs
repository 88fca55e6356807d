//! Settings: one JSON document for each group.

use news::Settings;

use crate::{Broken, Statement, Store};

queries! {
    "setting";

    /// A group of settings.
    row Body { body: String }

    /// The group with this name.
    one body_of(name: &str) -> Body = "SELECT body FROM setting WHERE name = $1";

    /// Writes a group.
    exec put(name: &str, body: &str) =
        "INSERT INTO setting (name, body) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET body = excluded.body";

    /// Who changed a setting last.
    row Changed { name: String, actor: String, made_at: i64 }

    all changes() -> Changed = "SELECT name, actor, made_at FROM setting_change ORDER BY name LIMIT 1000";
    exec note_change(name: &str, actor: &str, made_at: i64) =
        "INSERT INTO setting_change (name, actor, made_at) VALUES ($1, $2, $3) \
         ON CONFLICT (name) DO UPDATE SET actor = excluded.actor, made_at = excluded.made_at";

    /// Removes a group.
    exec remove(name: &str) = "DELETE FROM setting WHERE name = $1";
}

/// The magazine's settings; `None` in a magazine that was never set up.
pub async fn magazine(store: &Store) -> Result<Option<Settings>, Broken> {
    let Some(row) = body_of(store, "magazine").await? else { return Ok(None) };
    let settings =
        serde_json::from_str(&row.body).map_err(|why| Broken::Value(format!("the magazine's settings: {why}")))?;
    Ok(Some(settings))
}

/// Writes the magazine's settings.
pub fn put_magazine(settings: &Settings) -> Statement {
    put("magazine", &serde_json::to_string(settings).unwrap_or_default())
}
