//! Taking the last act back, within a minute of it.

use std::sync::Arc;

use jiff::SignedDuration;
use news::{Article, Id, Place, Status, Verb};
use store::working_copy::{self, WorkingCopy};
use store::{correction, revision};

use super::ActError;
use super::keep::{By, Written, keep, load};
use super::publish::addressed;
use super::working_copy::{first_number, words};
use crate::App;
use crate::pages::refill::refill;

/// How long an act can be taken back.
pub const UNDO: SignedDuration = SignedDuration::from_secs(60);

/// A note to readers is made so shortly before the act that it goes out with, in milliseconds.
const NOTE_BEFORE: i64 = 2_000;

/// What could be taken back now, and until when.
#[derive(Clone, Debug)]
pub struct Undoable {
    /// The article before the act.
    pub before: Article,
    /// What was done.
    pub verb: Verb,
    /// By whom, as the record of acts writes it.
    pub actor: String,
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
    Ok(Some(Undoable { before, verb, actor: last.actor.clone(), until }))
}

/// Takes the last act back: readers see again what they saw before, a note that went out with it is gone, and the words
/// of the act lie on the desk as a working copy, where they lay before.
pub async fn undo(app: &Arc<App>, id: &Id, by: &By) -> Result<Written, ActError> {
    let now = load(app, id).await?.article;
    let Some(undoable) = undoable(app, &now).await? else {
        return Err(ActError::Field(format!("an act can be taken back for {} seconds", UNDO.as_secs())));
    };
    if working_copy::of(&app.store, id).await?.is_some() {
        return Err(ActError::Field("somebody has gone on writing since; withdraw it instead".into()));
    }
    let mut after = undoable.before;
    if after.status == Status::Scheduled {
        // It was due already: the clock would send it out again at once.
        after.status = Status::Ready;
        after.published_at = after.first_published_at;
    }
    after.version = now.version + 1;
    after.updated_at = app.now();
    after.path = now.path.clone();
    if after.is_public() {
        after = addressed(app, after).await?;
    }
    let copy = WorkingCopy {
        number: first_number(),
        base: after.version,
        words: words(&now),
        article: now.clone(),
        changed_at: app.now().as_millisecond(),
        changed_by: by.actor.word(),
    };
    let mut beside = vec![working_copy::write(&copy, 0)];
    let act = now.updated_at.as_millisecond() - NOTE_BEFORE;
    let notes = correction::of(&app.store, id).await?;
    beside.extend(
        notes.iter().filter(|note| note.at.as_millisecond() >= act).map(|note| correction::remove(note.id.as_str())),
    );
    let written = keep(app, Some(&now), after, beside, by, Verb::Undone).await?;
    refill(app, &[Place::Corrections]).await;
    Ok(written)
}
