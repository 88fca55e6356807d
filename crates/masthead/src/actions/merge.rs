//! Two that are one: people of the record, tags.

use std::sync::Arc;

use news::statement::folded_name;
use news::{Act, Id, Place, Verb};
use store::{Batch, act, outbox, person, tag};

use super::ActError;
use super::events;
use super::keep::{By, commit, note, payload};
use super::{edit, working_copy};
use crate::App;

/// Articles that are changed between two looks at the list.
const AT_ONCE: i64 = 100;

/// Makes one person of two: spellings, statements and offices of the first are the second's from now on.
pub async fn people(app: &Arc<App>, from: &Id, into: &Id, by: &By) -> Result<(), ActError> {
    if from == into {
        return Err(ActError::Field("choose another person to merge with".into()));
    }
    let both = person::by_ids(&app.store, &[from.clone(), into.clone()]).await?;
    let Some(first) = both.iter().find(|person| person.id == *from) else { return Err(ActError::NotFound) };
    if both.len() < 2 {
        return Err(ActError::NotFound);
    }
    let mut spellings: Vec<String> =
        person::spellings_of(&app.store, from.as_str()).await?.into_iter().map(|row| row.folded).collect();
    spellings.push(folded_name(&first.name));
    let mut batch = Batch::new();
    // Of two who merge the same people the other way round, one is refused.
    batch.must(person::there(into.as_str()));
    batch.must(person::remove(from.as_str()));
    batch.push(person::note_move(first.slug.as_str(), into.as_str()));
    person::merge(from, into, &spellings).into_iter().for_each(|statement| batch.push(statement));
    note(&mut batch, app, into, &By { reason: Some(first.name.clone()), ..by.clone() }, Verb::Merged);
    batch.push(outbox::add("refill", &payload(&[Place::Record]), &app.origin, app.now().as_millisecond()));
    Ok(commit(app, batch, vec![Place::Record]).await?)
}

/// Makes one tag of two: every article of the first gets the second.
pub async fn tags(app: &Arc<App>, from: &Id, into: &Id, by: &By) -> Result<u64, ActError> {
    if from == into || tag::by_ids(&app.store, &[from, into]).await?.len() < 2 {
        return Err(ActError::Field("choose another tag to merge with".into()));
    }
    let count = each_with(app, from, by, |tags| {
        let there = tags.contains(into);
        tags.iter_mut().filter(|tag| *tag == from).for_each(|tag| *tag = into.clone());
        if there {
            let mut first = true;
            tags.retain(|tag| tag != into || std::mem::take(&mut first));
        }
    })
    .await?;
    drop_tag(app, from, Verb::Merged, by).await?;
    Ok(count)
}

/// Takes a tag from every article and removes it.
pub async fn without_tag(app: &Arc<App>, id: &Id, by: &By) -> Result<u64, ActError> {
    let count = each_with(app, id, by, |tags| tags.retain(|tag| tag != id)).await?;
    drop_tag(app, id, Verb::Deleted, by).await?;
    Ok(count)
}

async fn each_with(app: &Arc<App>, tag: &Id, by: &By, change: impl Fn(&mut Vec<Id>)) -> Result<u64, ActError> {
    let (mut count, mut last) = (0, String::new());
    loop {
        let ids = store::article::ids_with_tag(&app.store, tag.as_str(), &last, AT_ONCE).await?;
        let Some(end) = ids.last() else { return Ok(count) };
        last = end.id.clone();
        for id in ids.iter().filter_map(|row| Id::parse(&row.id).ok()) {
            for last_try in [false, false, true] {
                let at = working_copy::open(app, &id).await?;
                let pending = at.pending_both(|article| change(&mut article.tags), by);
                match edit::save(app, pending, by).await {
                    Err(ActError::Stale) if !last_try => {}
                    done => {
                        done?;
                        count += 1;
                        break;
                    }
                }
            }
        }
    }
}

async fn drop_tag(app: &Arc<App>, id: &Id, verb: Verb, by: &By) -> Result<(), ActError> {
    let gone = tag::by_ids(&app.store, &[id]).await?.pop();
    let mut batch = Batch::new();
    batch.push(tag::remove(id.as_str()));
    batch.push(events::tag(app, gone.as_ref(), None));
    let By { actor, reason } = by.clone();
    batch.push(act::add(&Act { actor, verb, subject: id.to_string(), at: app.now(), reason }));
    batch.push(outbox::add("refill", &payload(&[Place::Everything]), &app.origin, app.now().as_millisecond()));
    Ok(commit(app, batch, vec![Place::Everything]).await?)
}
