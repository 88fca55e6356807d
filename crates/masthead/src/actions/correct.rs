//! Correcting: a public note beside the article.

use std::sync::Arc;

use news::{Article, Correction, Place, Verb};
use store::{Batch, correction, outbox};

use super::ActError;
use super::keep::{By, commit, note, payload};
use crate::App;

/// Longest correction in characters.
pub const LONGEST: usize = 2_000;

/// Adds a correction to an article; its page shows it at once.
pub async fn correct(app: &Arc<App>, article: &Article, made: &Correction, by: &By) -> Result<(), ActError> {
    refuse_wordless(made)?;
    let mut places = vec![Place::Article(article.id.clone()), Place::Corrections];
    places.extend(article.path.clone().map(Place::Path));
    let mut batch = Batch::new();
    batch.push(correction::add(&article.id, made));
    note(&mut batch, app, &article.id, by, Verb::Corrected);
    batch.push(outbox::add("refill", &payload(&places), &app.origin, app.now().as_millisecond()));
    Ok(commit(app, batch, places).await?)
}

/// Refuses a note that says nothing, or too much. One that readers are not told of needs no words.
pub fn refuse_wordless(made: &Correction) -> Result<(), ActError> {
    let length = made.text.trim().chars().count();
    if (length == 0 && made.kind.is_public()) || length > LONGEST {
        return Err(ActError::Field(format!("a correction has 1 to {LONGEST} characters")));
    }
    Ok(())
}
