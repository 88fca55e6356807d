//! Scheduling: the clock will publish it.

use std::sync::Arc;

use jiff::Timestamp;
use news::{Actor, Article, Id, Verb};

use super::ActError;
use super::edit::{self, Pending};
use super::keep::{By, Written, keep};
use super::publish::publish;
use crate::App;

/// Sets an article to go out at `when`, which must lie ahead.
pub async fn schedule(app: &Arc<App>, pending: Pending, when: Timestamp, by: &By) -> Result<Written, ActError> {
    let Pending { before, after, beside } = pending;
    let after = news::publish::schedule(after, when, app.now())?;
    let written = keep(app, before.as_ref(), after, beside, by, Verb::Scheduled).await?;
    app.scheduled.notify_one();
    Ok(written)
}

/// Publishes what is due. Two processes may try: the second finds a newer version and leaves it.
pub async fn publish_due(app: &Arc<App>, id: &Id) -> Result<Option<Article>, ActError> {
    let pending = edit::open(app, id).await?;
    if !news::publish::is_due(&pending.after, app.now()) {
        return Ok(None);
    }
    let dated = pending.after.published_at;
    match publish(app, pending, dated, &By::new(Actor::Clock)).await {
        Ok(written) => Ok(Some(written.article)),
        Err(ActError::Stale) => Ok(None),
        Err(why) => Err(why),
    }
}
