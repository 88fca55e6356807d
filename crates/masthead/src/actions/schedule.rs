//! Scheduling: the clock will publish it.

use std::sync::Arc;

use jiff::Timestamp;
use news::{Actor, Article, Id, Verb};

use super::ActError;
use super::edit::Pending;
use super::keep::{By, Written, keep};
use super::publish::publish;
use super::working_copy;
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
    let at = working_copy::open(app, id).await?;
    if !news::publish::is_due(&at.kept, app.now()) {
        return Ok(None);
    }
    let dated = at.kept.published_at;
    // What somebody wrote since stays on the desk: the clock publishes what was scheduled.
    let pending = at.pending_both(|_| {}, &By::new(Actor::Clock));
    // Whoever scheduled it may have signed for what is open: the reason goes out with it.
    let acts = store::act::of(&app.store, id.as_str(), 50).await?;
    let reason = acts.iter().find(|act| act.verb == Verb::Scheduled.word()).and_then(|act| act.reason.clone());
    match publish(app, pending, dated, &By { actor: Actor::Clock, reason }).await {
        Ok(written) => Ok(Some(written.article)),
        Err(ActError::Stale) => Ok(None),
        Err(why) => Err(why),
    }
}
