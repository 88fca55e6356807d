//! Changing what the magazine says about itself, and its theme.

use std::sync::Arc;

use news::{Act, Place, Settings, Verb};
use store::{Batch, Statement, act, outbox, setting};

use super::ActError;
use super::keep::{By, commit, payload};
use crate::App;

/// Writes the magazine's settings; every page changes with them.
pub async fn configure(app: &Arc<App>, settings: &Settings, by: &By) -> Result<(), ActError> {
    configure_with(app, settings, Vec::new(), by).await
}

/// The same, with what is written in the same batch.
pub async fn configure_with(
    app: &Arc<App>,
    settings: &Settings,
    beside: Vec<Statement>,
    by: &By,
) -> Result<(), ActError> {
    let now = app.now();
    let mut batch = Batch::new();
    beside.into_iter().for_each(|statement| batch.push(statement));
    batch.push(setting::put_magazine(settings));
    let By { actor, reason } = by.clone();
    batch.push(act::add(&Act { actor, verb: Verb::Configured, subject: "magazine".into(), at: now, reason }));
    batch.push(outbox::add("refill", &payload(&[Place::Everything]), &app.origin, now.as_millisecond()));
    Ok(commit(app, batch, vec![Place::Everything]).await?)
}
