//! What the desk works on before it becomes a revision: written at every pause of the typing, taken into the article
//! by the acts that follow.

use std::sync::Arc;

use jiff::SignedDuration;
use news::{Article, Id, Status};
use store::working_copy::{self, WorkingCopy};
use store::{Batch, revision};

use super::ActError;
use super::edit::{self, Change, Pending};
use super::keep::{By, load};
use crate::App;

/// Work of a draft becomes a revision by itself once so much time lies behind the last one.
const REVISION_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// Versions that the desk states: the article's in thousands of millions, the copy's number behind them.
const COPIES: i64 = 1_000_000_000;

/// An article with what the desk made of it.
#[derive(Clone, Debug)]
pub struct AtTheDesk {
    /// As it stands in the magazine.
    pub kept: Article,
    /// As the desk has it: the working copy, or the same.
    pub now: Article,
    /// The working copy, if there is one that belongs to this version.
    pub copy: Option<WorkingCopy>,
    /// A working copy that another door's change overtook.
    pub overtaken: Option<WorkingCopy>,
}

impl AtTheDesk {
    /// What a writer states to have read: it grows with every change by any door.
    pub fn version(&self) -> i64 {
        stated(self.kept.version, self.copy.as_ref().map_or(0, |copy| copy.number))
    }

    /// Whether somebody changed it since this version.
    pub fn refuse_stale(&self, read: i64) -> Result<(), ActError> {
        if read == self.version() { Ok(()) } else { Err(ActError::Stale) }
    }

    /// Changes the article and, where there is one, the working copy in the same way: nobody's words are overtaken.
    pub fn pending_both(mut self, change: impl Fn(&mut Article), by: &By) -> Pending {
        let mut after = self.kept.clone();
        change(&mut after);
        let mut beside = Vec::new();
        if let Some(copy) = &mut self.copy {
            let before = copy.number;
            change(&mut copy.article);
            copy.number += 1;
            copy.base = self.kept.version + 1;
            copy.changed_by = by.actor.word();
            beside.push(working_copy::write(copy, before));
        }
        Pending { after, before: Some(self.kept), beside }
    }

    /// The article to be written by an act, which ends the working copy.
    pub fn pending(self) -> Pending {
        let mut after = self.now;
        after.version = self.kept.version;
        after.status = self.kept.status;
        let end = self.copy.map(|copy| working_copy::end(after.id.as_str(), copy.number));
        Pending { after, before: Some(self.kept), beside: end.into_iter().collect() }
    }
}

/// The version that the desk states of an article and the number of its working copy, 0 for none.
pub fn stated(version: i64, copy: i64) -> i64 {
    version * COPIES + copy
}

/// An article as the desk has it.
pub async fn open(app: &App, id: &Id) -> Result<AtTheDesk, ActError> {
    let kept = load(app, id).await?.article;
    let (copy, overtaken) = match working_copy::of(&app.store, id).await? {
        Some(copy) if copy.base == kept.version => (Some(copy), None),
        other => (None, other),
    };
    let mut now = copy.as_ref().map_or_else(|| kept.clone(), |copy| copy.article.clone());
    // What acts decide is never the copy's.
    now.status = kept.status;
    now.version = kept.version;
    now.path = kept.path.clone();
    now.first_published_at = kept.first_published_at;
    Ok(AtTheDesk { kept, now, copy, overtaken })
}

/// Writes the working copy: no revision, no act, nothing that readers see. `read` is the version that the writer
/// had; if it is not the newest, nothing is written.
pub async fn write(app: &Arc<App>, id: &Id, read: i64, change: Change, by: &By) -> Result<AtTheDesk, ActError> {
    let at = open(app, id).await?;
    at.refuse_stale(read)?;
    let pending = edit::change(app, at.now.clone(), change).await?;
    let before = at.copy.as_ref().or(at.overtaken.as_ref()).map_or(0, |copy| copy.number);
    let copy = WorkingCopy {
        number: if before == 0 { first_number() } else { before + 1 },
        base: at.kept.version,
        words: words(&pending.after),
        article: pending.after.clone(),
        changed_at: app.now().as_millisecond(),
        changed_by: by.actor.word(),
    };
    let mut batch = Batch::new();
    if let Some(overtaken) = &at.overtaken {
        batch.push(revision::overtaken(&overtaken.article, &overtaken.changed_by, overtaken.changed_at));
    }
    batch.must(working_copy::write(&copy, before));
    app.store.commit(batch).await?;
    let at = AtTheDesk { now: pending.after, copy: Some(copy), overtaken: None, ..at };
    if at.kept.is_public() || at.kept.status == Status::Scheduled || !is_due(app, &at.kept) {
        return Ok(at);
    }
    // A long morning's draft gets its revisions without being asked.
    let id = at.kept.id.clone();
    match edit::save(app, at.clone().pending(), by).await {
        Ok(_) => open(app, &id).await,
        // The copy is written; the revision can wait for the next pause.
        Err(ActError::Stale) => open(app, &id).await,
        Err(why) => Err(why),
    }
}

/// Drops the working copy: the desk has the article again as it stands.
pub async fn discard(app: &Arc<App>, id: &Id, read: i64) -> Result<AtTheDesk, ActError> {
    let at = open(app, id).await?;
    at.refuse_stale(read)?;
    if let Some(copy) = &at.copy {
        let mut batch = Batch::new();
        // It can be brought back from the list of versions.
        batch.push(revision::overtaken(&copy.article, &copy.changed_by, copy.changed_at));
        batch.must(working_copy::end(id.as_str(), copy.number));
        app.store.commit(batch).await?;
    }
    open(app, id).await
}

/// Words of an article's body.
pub fn words(article: &Article) -> i64 {
    manuscript::Document::parse(&article.body).map_or(0, |document| document.word_count() as i64)
}

/// The number of a first copy: by chance, so that a version that somebody read before another copy was dropped is never
/// taken for this one.
pub fn first_number() -> i64 {
    let [a, b, c, d] = crate::app::random::<4>();
    1 + i64::from(u32::from_be_bytes([a, b, c, d]) >> 3)
}

fn is_due(app: &App, kept: &Article) -> bool {
    app.now().duration_since(kept.updated_at) >= REVISION_EVERY
}
