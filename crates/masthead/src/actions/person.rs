//! People of the record: who they are told apart by, and bringing them in with the offices that they held.

use std::collections::HashMap;
use std::sync::Arc;

use news::person::Term;
use news::statement::folded_name;
use news::{Id, Person, Slug};
use record::offices::Source;
use sha2::{Digest, Sha256};
use store::{Batch, person};

use super::ActError;
use crate::App;

/// Most numbers tried behind a slug that another person has.
const NUMBERS: u32 = 1_000;

/// People of one batch.
const BATCH: usize = 250;

/// An id made of texts: the same texts, the same id.
pub(super) fn digest(parts: &[&str]) -> Id {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let hex: String = hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    Id::parse(&hex).unwrap_or_else(|_| Id::made(0, [0; 8]))
}

/// The id of the one person who bears a folded name.
pub(super) fn id_of(folded: &str) -> Id {
    digest(&["person", folded])
}

/// A slug for a person, which no other has in the store or among `taken`; `None` when the name has no letters.
pub(super) async fn free_slug(app: &App, name: &str, id: &Id, taken: &[&Slug]) -> Result<Option<Slug>, ActError> {
    let Some(wanted) = Slug::of(name) else { return Ok(None) };
    for slug in std::iter::once(wanted.clone()).chain((2..NUMBERS).map(|n| wanted.numbered(n))) {
        let holder = person::by_slug(&app.store, slug.as_str()).await?;
        let words_of_lists = slug.is_word_of_lists();
        if holder.is_none_or(|holder| holder.id == *id) && !taken.contains(&&slug) && !words_of_lists {
            return Ok(Some(slug));
        }
    }
    Ok(None)
}

/// Brings the people of a collection into the register, with the offices that they held; answers how many were
/// new. Who is there already under one of the names, and is the only one, gets the offices; two people of one name
/// in the collection stay two. Doing it again changes nothing. `done` is told how many people were dealt with.
pub async fn import(app: &Arc<App>, source: &Source, done: impl Fn(u64)) -> Result<usize, ActError> {
    let folded: Vec<Vec<String>> = source
        .people
        .iter()
        .map(|person| {
            let mut names: Vec<String> = person.names().map(folded_name).filter(|name| name.contains(' ')).collect();
            names.sort_unstable();
            names.dedup();
            names
        })
        .collect();
    let mut bearers_here: HashMap<&str, usize> = HashMap::new();
    folded.iter().flatten().for_each(|name| *bearers_here.entry(name).or_default() += 1);

    let mut new = 0;
    for start in (0..source.people.len()).step_by(BATCH) {
        let end = (start + BATCH).min(source.people.len());
        let names: Vec<String> = folded[start..end].iter().flatten().cloned().collect();
        let known = person::bearers(&app.store, &names).await?;
        let ids: Vec<Id> = (start..end)
            .map(|at| {
                let main = folded_name(&source.people[at].name);
                let is_alone = main.contains(' ') && bearers_here.get(main.as_str()) == Some(&1);
                let theirs = id_of(&main);
                let own = digest(&["person", &source.about.name, &source.people[at].id]);
                let mut there = known.iter().filter(|(name, _)| folded[at].contains(name)).map(|(_, id)| id);
                match (there.next(), there.next()) {
                    _ if !is_alone => own,
                    (None, _) => theirs,
                    (Some(one), None) => one.clone(),
                    (Some(one), Some(two)) => {
                        // Spelled in two ways that lead to one person; or to several, and then it is none of them.
                        let same = one == two && there.all(|id| id == one);
                        if same { one.clone() } else { own }
                    }
                }
            })
            .collect();
        let there = person::by_ids(&app.store, &ids).await?;
        let mut batch = Batch::new();
        let mut slugs: Vec<Slug> = Vec::new();
        for (at, id) in (start..end).zip(ids) {
            if there.iter().any(|person| person.id == id) {
                folded[at].iter().for_each(|name| batch.push(person::add_spelling(name, id.as_str())));
            } else {
                let name = &source.people[at].name;
                let taken: Vec<&Slug> = slugs.iter().collect();
                let Some(slug) = free_slug(app, name, &id, &taken).await? else { continue };
                slugs.push(slug.clone());
                let row = Person { id: id.clone(), slug, name: name.clone() };
                person::add(&row, &folded[at], app.now()).into_iter().for_each(|row| batch.push(row));
                new += 1;
            }
            for held in source.terms.iter().filter(|held| held.person == at) {
                let office = &source.offices[held.office];
                let term = Term {
                    office: office.name.clone(),
                    department: office.department.clone(),
                    country: office.country.clone(),
                    from: held.from,
                    until: held.until,
                    source: source.about.name.clone(),
                    snapshot: source.about.snapshot,
                };
                batch.push(person::hold(&id, &term));
            }
        }
        app.store.commit(batch).await?;
        done((end - start) as u64);
    }
    Ok(new)
}
