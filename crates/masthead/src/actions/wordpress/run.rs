//! One import, as each of its steps needs to know it.

use std::sync::Arc;

use jiff::Timestamp;
use news::{Act, Id, Verb};
use store::{Batch, act, origin, run};

use super::KIND;
use crate::App;
use crate::actions::ActError;
use crate::actions::keep::By;

/// Longest list of files that is written down, in characters.
const LONGEST_SOURCE: usize = 500;

/// An import under way.
pub struct Run<'a> {
    /// The magazine.
    pub app: &'a Arc<App>,
    /// Names the import.
    pub id: Id,
    /// The site: `example.org`.
    pub site: String,
    /// Who does it.
    pub by: By,
    /// When it began.
    pub now: Timestamp,
    /// Whether nothing is written.
    pub dry: bool,
}

impl Run<'_> {
    /// Writes that it is under way.
    pub async fn begin(&self, source: &str) -> Result<(), ActError> {
        let source: String = source.chars().take(LONGEST_SOURCE).collect();
        let actor = self.by.actor.word();
        let mut batch = Batch::new();
        batch.push(run::begin(self.id.as_str(), KIND, &self.site, &source, &actor, self.now.as_millisecond()));
        self.commit(&mut batch).await
    }

    /// Writes what is in a batch, and empties it; a dry run only empties it.
    pub async fn commit(&self, batch: &mut Batch) -> Result<(), ActError> {
        let batch = std::mem::take(batch);
        if self.dry || batch.is_empty() {
            return Ok(());
        }
        Ok(self.app.store.commit(batch).await?)
    }

    /// What has this name on the site, if it came before.
    pub async fn known(&self, name: &str) -> Result<Option<origin::Origin>, store::Broken> {
        origin::at(&self.app.store, &self.site, name).await
    }

    /// Remembers where something came from. `came` says what it was like there, `version` what the import made of it.
    pub fn remember(&self, batch: &mut Batch, name: &str, subject: &str, came: &str, version: i64) {
        batch.push(origin::put(&self.site, name, subject, self.id.as_str(), came, version));
    }

    /// How an address leads to whatever has a name on the site, wherever that is by then.
    pub fn lead_to(&self, name: &str) -> String {
        format!("origin:{} {name}", self.site)
    }

    /// A line for the record of acts, of the import as a whole.
    pub fn note(&self, batch: &mut Batch) {
        batch.push(act::add(&Act {
            actor: self.by.actor.clone(),
            verb: Verb::Imported,
            subject: format!("import:{}", self.id),
            at: self.app.now(),
            reason: Some(self.site.clone()),
        }));
    }
}
