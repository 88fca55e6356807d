//! What the serving process does by itself: it publishes what is due, works off the outbox, and tells
//! webhooks.

pub mod clock;
pub mod misses;
pub mod outbox;
pub mod webhooks;

use std::sync::Arc;

use crate::App;

/// Starts the jobs; they end with the process. Only the process that holds the
/// lock of the data folder may call this.
pub fn start(app: &Arc<App>) {
    tokio::spawn(clock::run(app.clone()));
    tokio::spawn(misses::run(app.clone()));
    tokio::spawn(outbox::run(app.clone()));
    tokio::spawn(webhooks::run(app.clone()));
}
