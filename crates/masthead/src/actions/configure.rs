//! Changing what the magazine says about itself, and its theme.

use std::sync::Arc;

use news::{Act, Place, Settings, Verb};
use store::{Batch, act, outbox, setting};

use super::ActError;
use super::keep::{By, commit, payload};
use crate::App;

/// Writes the magazine's settings; every page changes with them.
pub async fn configure(app: &Arc<App>, settings: &Settings, by: &By) -> Result<(), ActError> {
    let now = app.now();
    let mut batch = Batch::new();
    batch.push(setting::put_magazine(settings));
    let By { actor, reason } = by.clone();
    batch.push(act::add(&Act { actor, verb: Verb::Configured, subject: "magazine".into(), at: now, reason }));
    batch.push(outbox::add("refill", &payload(&[Place::Everything]), &app.origin, now.as_millisecond()));
    Ok(commit(app, batch, vec![Place::Everything]).await?)
}
