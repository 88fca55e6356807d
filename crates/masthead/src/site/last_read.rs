//! What nearly every page asks for and hardly ever changes, as it was last read: good until anything changes.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use news::{Author, Id, Tag};

use super::furniture::Magazine;
use crate::pages::Generation;
use crate::{App, Error};

/// Authors, or tags, that are remembered; beyond it, all are forgotten.
const REMEMBERED: usize = 10_000;

/// Kept with the generation of pages before which it was read. What was read while something changed is
/// thus older than its pages are, and read anew.
#[derive(Default)]
pub struct LastRead {
    magazine: Mutex<(Generation, Option<Arc<Magazine>>)>,
    authors: Names<Author>,
    tags: Names<Tag>,
    rest: Mutex<(Generation, Option<Arc<Rest>>)>,
    keys: Mutex<(Generation, HashSet<String>)>,
}

/// Rows that came from elsewhere and have no room of their own, table by table.
pub type Rest = serde_json::Map<String, serde_json::Value>;

impl LastRead {
    /// Settings and sections.
    pub async fn magazine(&self, app: &App) -> Result<Arc<Magazine>, Error> {
        let generation = app.pages.generation();
        if let (then, Some(magazine)) = &*lock(&self.magazine)
            && *then == generation
        {
            return Ok(magazine.clone());
        }
        let settings = app.settings().await?;
        let sections = store::section::all(&app.store).await?;
        let magazine = Arc::new(Magazine::of(settings, sections, app.url.as_str().to_owned()));
        *lock(&self.magazine) = (generation, Some(magazine.clone()));
        Ok(magazine)
    }

    /// What came from elsewhere and has no room here.
    pub async fn rest(&self, app: &App) -> Result<Arc<Rest>, Error> {
        let generation = app.pages.generation();
        if let (then, Some(rest)) = &*lock(&self.rest)
            && *then == generation
        {
            return Ok(rest.clone());
        }
        let row = store::setting::body_of(&app.store, crate::actions::move_in::REST).await?;
        let rest = Arc::new(row.and_then(|row| serde_json::from_str(&row.body).ok()).unwrap_or_default());
        *lock(&self.rest) = (generation, Some(Arc::clone(&rest)));
        Ok(rest)
    }

    /// Whether there is a content key of these letters. Whoever ends one moves the generation on.
    pub async fn has_key(&self, app: &App, content: &str) -> Result<bool, Error> {
        let generation = app.pages.generation();
        {
            let mut keys = lock(&self.keys);
            if keys.0 != generation {
                *keys = (generation, HashSet::new());
            } else if keys.1.contains(content) {
                return Ok(true);
            }
        }
        let is_there = store::key::by_content(&app.store, content).await?.is_some();
        let mut keys = lock(&self.keys);
        if is_there && keys.0 == generation {
            keys.1.insert(content.to_owned());
        }
        Ok(is_there)
    }

    /// Authors by their ids; those that are gone are left out.
    pub async fn authors(&self, app: &App, ids: &[&Id]) -> Result<HashMap<Id, Arc<Author>>, Error> {
        let generation = app.pages.generation();
        let (mut known, unknown) = self.authors.of(generation, ids);
        let read = store::author::by_ids(&app.store, &unknown).await?;
        self.authors.note(generation, &mut known, read.into_iter().map(|author| (author.id.clone(), author)));
        Ok(known)
    }

    /// Tags by their ids; those that are gone are left out.
    pub async fn tags(&self, app: &App, ids: &[&Id]) -> Result<HashMap<Id, Arc<Tag>>, Error> {
        let generation = app.pages.generation();
        let (mut known, unknown) = self.tags.of(generation, ids);
        let read = store::tag::by_ids(&app.store, &unknown).await?;
        self.tags.note(generation, &mut known, read.into_iter().map(|tag| (tag.id.clone(), tag)));
        Ok(known)
    }
}

type ById<T> = HashMap<Id, Arc<T>>;

struct Names<T>(Mutex<(Generation, ById<T>)>);

impl<T> Default for Names<T> {
    fn default() -> Names<T> {
        Names(Mutex::new((Generation::default(), HashMap::new())))
    }
}

impl<T> Names<T> {
    /// Those that are known, and the ids of those that are not.
    fn of<'a>(&self, generation: Generation, ids: &[&'a Id]) -> (ById<T>, Vec<&'a Id>) {
        let mut names = lock(&self.0);
        if names.0 != generation {
            *names = (generation, HashMap::new());
        }
        let mut known = HashMap::with_capacity(ids.len());
        let mut unknown = Vec::new();
        for &id in ids {
            match names.1.get(id) {
                Some(name) => _ = known.insert(id.clone(), name.clone()),
                None => unknown.push(id),
            }
        }
        (known, unknown)
    }

    fn note(&self, generation: Generation, known: &mut ById<T>, read: impl Iterator<Item = (Id, T)>) {
        let mut names = lock(&self.0);
        let is_good = names.0 == generation;
        for (id, name) in read {
            let name = Arc::new(name);
            if is_good {
                if names.1.len() >= REMEMBERED {
                    names.1.clear();
                }
                names.1.insert(id.clone(), name.clone());
            }
            known.insert(id, name);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
