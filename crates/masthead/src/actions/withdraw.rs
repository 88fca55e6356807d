//! Taking an article from the public.

use std::sync::Arc;

use news::{Status, Verb};

use super::ActError;
use super::edit::Pending;
use super::keep::{By, Written, keep};
use crate::App;

/// Withdraws a published article: its address answers 410 from now on. One that
/// was only scheduled goes back to the drafts, since nobody has read it.
pub async fn withdraw(app: &Arc<App>, pending: Pending, by: &By) -> Result<Written, ActError> {
    let Pending { before, after, beside } = pending;
    let now = app.now();
    let (after, verb) = match after.status {
        Status::Published | Status::Withdrawn => (news::publish::withdraw(after, now), Verb::Withdrawn),
        _ => (news::publish::unpublish(after, now), Verb::Unpublished),
    };
    keep(app, before.as_ref(), after, beside, by, verb).await
}
