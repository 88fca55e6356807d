//! Taking the last act back, within a minute of it.

use std::sync::Arc;

use jiff::SignedDuration;
use news::{Article, Id, Status, Verb};
use store::revision;

use super::ActError;
use super::edit::Pending;
use super::keep::{By, Written, keep, load};
use super::publish::addressed;
use crate::App;

/// How long an act can be taken back.
pub const UNDO: SignedDuration = SignedDuration::from_secs(60);

/// What could be taken back now, and until when.
#[derive(Clone, Debug)]
pub struct Undoable {
    /// The article before the act.
    pub before: Article,
    /// What was done.
    pub verb: Verb,
    /// Milliseconds since 1970.
    pub until: i64,
}

/// The last act upon an article, if it is young enough and changed what readers see.
pub async fn undoable(app: &App, article: &Article) -> Result<Option<Undoable>, ActError> {
    let until = article.updated_at.as_millisecond() + UNDO.as_millis() as i64;
    if app.now().as_millisecond() >= until {
        return Ok(None);
    }
    let revisions = revision::of(&app.store, article.id.as_str(), 2).await?;
    let [last, before] = &revisions[..] else { return Ok(None) };
    if last.version != article.version {
        return Ok(None);
    }
    let before = revision::article(before)?;
    let verb = match (before.status, article.status) {
        (Status::Published, Status::Published) => Verb::Edited,
        (_, Status::Published) => Verb::Published,
        (_, Status::Withdrawn) => Verb::Withdrawn,
        (_, Status::Scheduled) => Verb::Scheduled,
        _ => return Ok(None),
    };
    Ok(Some(Undoable { before, verb, until }))
}

/// Takes the last act back: the article is again as it was before, text and status.
pub async fn undo(app: &Arc<App>, id: &Id, by: &By) -> Result<Written, ActError> {
    let now = load(app, id).await?.article;
    let Some(undoable) = undoable(app, &now).await? else {
        return Err(ActError::Field(format!("an act can be taken back for {} seconds", UNDO.as_secs())));
    };
    let mut after = undoable.before;
    after.version = now.version + 1;
    after.updated_at = app.now();
    after.path = now.path.clone();
    if after.is_public() {
        after = addressed(app, after).await?;
    } else if now.first_published_at.is_some() && undoable.verb == Verb::Published {
        // Nobody has read it: it was never public.
        after.first_published_at = None;
    }
    let pending = Pending { before: Some(now), after, beside: Vec::new() };
    keep(app, pending.before.as_ref(), pending.after, pending.beside, by, Verb::Undone).await
}
