//! Sections that change their name or go elsewhere, with everything in them.

use std::sync::Arc;

use news::{Act, Id, Place, SectionPath, Verb};
use store::{Batch, act, outbox, section};

use super::ActError;
use super::keep::{By, commit, payload};
use super::{edit, working_copy};
use crate::App;

/// Articles that are moved between two looks at the list.
const AT_ONCE: i64 = 100;

/// Writes what is said of a section; every page changes with it, because menus name the sections.
pub async fn describe(app: &Arc<App>, described: &news::Section, by: &By) -> Result<(), ActError> {
    let mut batch = Batch::new();
    described.path.parent().iter().flat_map(section::make).for_each(|make| batch.push(make));
    batch.push(section::put(described));
    batch.push(section::forget_move(described.path.as_str()));
    finish(app, batch, &described.path, Verb::Described, by).await
}

/// Moves a section, the sections below it and all their articles. Onto one that is there, they become one. Every
/// address redirects from then on. Answers how many articles moved; done again after a crash, it goes on.
pub async fn move_to(app: &Arc<App>, from: &SectionPath, to: &SectionPath, by: &By) -> Result<u64, ActError> {
    if to == from || to.line().contains(from) {
        return Err(ActError::Field(format!("{from} cannot be moved into itself")));
    }
    let moved = |path: &SectionPath| -> Result<SectionPath, ActError> {
        let rest = path.as_str().strip_prefix(from.as_str()).unwrap_or_default();
        SectionPath::parse(&format!("{to}{rest}")).map_err(|why| ActError::Field(why.to_string()))
    };
    let all = section::all(&app.store).await?;
    let going: Vec<_> = all.iter().filter(|section| section.path.line().contains(from)).collect();
    if going.is_empty() {
        return Err(ActError::Field(format!("there is no section {from}")));
    }
    let there = |path: &SectionPath| all.iter().any(|section| section.path == *path);
    let mut batch = Batch::new();
    for old in &going {
        let path = moved(&old.path)?;
        if !there(&path) {
            path.parent().iter().flat_map(section::make).for_each(|make| batch.push(make));
            batch.push(section::put(&news::Section { path: path.clone(), ..(*old).clone() }));
        }
    }
    finish(app, batch, to, Verb::Moved, by).await?;

    let mut count = 0;
    for old in &going {
        let path = moved(&old.path)?;
        let mut last = String::new();
        loop {
            let ids = store::article::ids_in_section(&app.store, old.path.as_str(), &last, AT_ONCE).await?;
            let Some(end) = ids.last() else { break };
            last = end.id.clone();
            for id in ids.iter().filter_map(|row| Id::parse(&row.id).ok()) {
                relocate(app, &id, by, |article| article.section = Some(path.clone())).await?;
                count += 1;
            }
        }
    }
    for id in beside(app, from).await? {
        relocate(app, &id, by, |article| {
            for also in &mut article.extras.also_in {
                if also.line().contains(from) {
                    *also = moved(also).unwrap_or_else(|_| also.clone());
                }
            }
        })
        .await?;
        count += 1;
    }

    let mut batch = Batch::new();
    for old in &going {
        let path = moved(&old.path)?;
        batch.push(section::remove(old.path.as_str()));
        batch.push(section::follow_move(old.path.as_str(), path.as_str()));
        batch.push(section::note_move(old.path.as_str(), path.as_str()));
        batch.push(section::forget_move(path.as_str()));
    }
    finish(app, batch, to, Verb::Moved, by).await?;
    Ok(count)
}

/// Articles that stand on the list of a section, or of one below it, beside those of their own.
async fn beside(app: &App, from: &SectionPath) -> Result<Vec<Id>, ActError> {
    let (mut found, mut skip) = (Vec::new(), 0);
    loop {
        let ids = store::shelf::newest(&app.store, &Place::Section(from.clone()), AT_ONCE, skip).await?;
        if ids.is_empty() {
            return Ok(found);
        }
        skip += ids.len() as i64;
        let ids: Vec<Id> = ids.into_iter().map(|(id, _)| id).collect();
        let cards = store::article::cards(&app.store, &ids).await?;
        let is_beside = |article: &news::Article| article.extras.also_in.iter().any(|path| path.line().contains(from));
        found.extend(cards.into_iter().map(|card| card.article).filter(is_beside).map(|article| article.id));
    }
}

/// One article into another section. Somebody who saves it at the same moment is waited for.
async fn relocate(app: &Arc<App>, id: &Id, by: &By, change: impl Fn(&mut news::Article)) -> Result<(), ActError> {
    for _ in 0..8 {
        let pending = match working_copy::open(app, id).await {
            Ok(at) => at.pending_both(&change, by),
            Err(ActError::NotFound) => return Ok(()),
            Err(why) => return Err(why),
        };
        match edit::save(app, pending, by).await {
            Err(ActError::Stale) => {}
            Err(ActError::NotFound) => return Ok(()),
            done => return done.map(|_| ()),
        }
    }
    Err(ActError::Stale)
}

async fn finish(app: &Arc<App>, mut batch: Batch, subject: &SectionPath, verb: Verb, by: &By) -> Result<(), ActError> {
    let By { actor, reason } = by.clone();
    let subject = format!("section:{subject}");
    batch.push(act::add(&Act { actor, verb, subject, at: app.now(), reason }));
    batch.push(outbox::add("refill", &payload(&[Place::Everything]), &app.origin, app.now().as_millisecond()));
    Ok(commit(app, batch, vec![Place::Everything]).await?)
}
