//! Handing an article on: back to its writer, to whoever reviews it, or on to whoever publishes it.

use std::sync::Arc;

use news::{Status, Verb};

use super::ActError;
use super::edit::Pending;
use super::keep::{By, Written, keep};
use crate::App;

/// Gives an article that is not public another place on its way: draft, in review or ready.
pub async fn hand_on(app: &Arc<App>, pending: Pending, to: Status, by: &By) -> Result<Written, ActError> {
    let Pending { before, after, beside } = pending;
    let after = news::publish::hand_on(after, to, app.now())?;
    keep(app, before.as_ref(), after, beside, by, Verb::HandedOn).await
}
