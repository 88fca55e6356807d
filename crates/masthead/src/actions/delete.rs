//! Removing an article for good. Revisions and acts stay; its address answers 410.

use std::sync::Arc;

use news::{Article, Id, Place, Verb, appears_on};
use store::{Batch, article, outbox, shelf};

use super::ActError;
use super::events;
use super::keep::{By, commit, load, note, payload};
use super::record::reread;
use crate::App;

/// Deletes an article.
pub async fn delete(app: &Arc<App>, id: &Id, by: &By) -> Result<(), ActError> {
    let before = load(app, id).await?.article;
    let mut batch = Batch::new();
    if let Some(copy) = store::working_copy::of(&app.store, id).await? {
        // The last words of somebody stay among the versions.
        batch.push(store::revision::overtaken(&copy.article, &copy.changed_by, copy.changed_at));
    }
    let places = remove(app, &mut batch, &before).await?;
    note(&mut batch, app, id, by, Verb::Deleted);
    events::article(app, Some(&before), None).into_iter().for_each(|event| batch.push(event));
    batch.push(outbox::add("refill", &payload(&places), &app.origin, app.now().as_millisecond()));
    Ok(commit(app, batch, places).await?)
}

/// Adds to a batch the removal of an article from everywhere that it stands. Revisions, acts and addresses stay. Answers
/// which places change.
pub(super) async fn remove(app: &App, batch: &mut Batch, before: &Article) -> Result<Vec<Place>, ActError> {
    let id = &before.id;
    let stood_on = shelf::shelves_of(&app.store, id).await?;
    let mut places = appears_on(Some(before), None);
    places.extend(stood_on.iter().cloned());
    // Without a text it says nothing.
    let mut silent = before.clone();
    silent.body = manuscript::Document::empty().to_json().into_owned();
    let said = reread(app, &silent).await?;
    places.extend(said.places());
    said.write_into(batch, id, app.now());
    article::remove(batch, before);
    for clear in [store::writer::clear, store::working_copy::clear, store::ignored::clear, store::picture::clear_uses] {
        batch.push(clear(id.as_str()));
    }
    shelf::restock(batch, before, &stood_on, &[], app.now());
    Ok(places)
}
