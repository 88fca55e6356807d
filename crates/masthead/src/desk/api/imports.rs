//! What was imported.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::Value;

use super::acts::Names;
use super::{list, shape};
use crate::App;
use crate::desk::refusal::Refusal;
use crate::desk::session::Editors;

/// Imports that are listed.
const MOST: i64 = 100;

/// The newest first, each with its report as `masthead import … --json` prints it.
#[utoipa::path(get, path = "/desk/api/imports", responses((status = OK, body = shape::Page<shape::Import>)))]
pub async fn list(_: Editors, State(app): State<Arc<App>>) -> Result<Json<shape::Page<shape::Import>>, Refusal> {
    let rows = store::run::newest(&app.store, MOST).await?;
    let names = Names::of(&app, rows.iter().map(|row| row.actor.as_str())).await?;
    let items = rows.into_iter().map(|row| shape::Import {
        actor_name: names.name(&row.actor),
        report: serde_json::from_str(&row.report).unwrap_or(Value::Null),
        id: row.id,
        kind: row.kind,
        site: row.site,
        source: row.source,
        made_at: row.made_at,
        finished_at: row.finished_at,
        undone_at: row.undone_at,
    });
    Ok(list::page(items.collect(), None))
}
