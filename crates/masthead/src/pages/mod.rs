//! Kept pages: answers that wait in memory, made once and served as they are.
//!
//! A page is kept under its path together with the places that it shows. When
//! an act changes a place, first pages that show it are rendered anew at once
//! and swapped in (see [`refill`]); all others are dropped and rendered at the
//! next request. Nothing private is ever kept: only answers that every
//! stranger gets.

mod compress;
mod page;
pub mod refill;

use std::collections::hash_map::RandomState;
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Instant;

use news::Place;

pub use page::{ASK, Encoding, FOR_EVER, Fresh, PRIVATE, Page};

const SHARDS: usize = 32;
/// Refills that are remembered, so that a page rendered before one and put after it is not kept.
const REMEMBERED: usize = 1024;
/// What a kept page costs beyond its bytes.
const OVERHEAD: usize = 1_500;

/// How a page is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Not at all.
    Never,
    /// While there is room.
    WhileRoom,
    /// As the first page of a list, a feed or a sitemap: refilled at once when it changes, last to go.
    First,
}

/// All kept pages.
pub struct Pages {
    shards: Vec<RwLock<HashMap<Arc<str>, Arc<Kept>>>>,
    hasher: RandomState,
    index: Mutex<Index>,
    used: AtomicUsize,
    budget: usize,
    started: Instant,
    compressor: compress::Compressor,
}

/// A page in its place.
pub struct Kept {
    page: Arc<Page>,
    first: bool,
    places: Vec<Place>,
    /// How often it was served: the busiest are refilled first.
    hits: AtomicU32,
    /// Second (since the start) at which it was last served.
    last_used: AtomicU32,
}

#[derive(Default)]
struct Index {
    paths: HashMap<Place, HashSet<Arc<str>>>,
    generation: u64,
    recent: VecDeque<(u64, Vec<Place>)>,
}

/// Taken before a page is rendered: tells at the end whether it is still true.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Generation(u64);

impl Pages {
    /// No pages yet; at most `budget` bytes.
    pub fn new(budget: usize) -> Arc<Pages> {
        Arc::new_cyclic(|pages| Pages {
            shards: (0..SHARDS).map(|_| RwLock::default()).collect(),
            hasher: RandomState::new(),
            index: Mutex::default(),
            used: AtomicUsize::new(0),
            budget,
            started: Instant::now(),
            compressor: compress::Compressor::start(pages.clone()),
        })
    }

    /// The page kept at this path.
    pub fn get(&self, path: &str) -> Option<Arc<Page>> {
        let shard = self.shard(path).read().unwrap_or_else(PoisonError::into_inner);
        let kept = shard.get(path)?;
        kept.hits.fetch_add(1, Ordering::Relaxed);
        kept.last_used.store(self.second(), Ordering::Relaxed);
        Some(kept.page.clone())
    }

    /// The state of the world now; take it before asking the store.
    pub fn generation(&self) -> Generation {
        Generation(self.index().generation)
    }

    /// Keeps a page, unless one of its places changed since `rendered_at`.
    /// Returns whether it was kept. Compression follows in the background.
    pub fn put(&self, path: &str, page: Arc<Page>, places: Vec<Place>, keep: Keep, rendered_at: Generation) -> bool {
        if keep == Keep::Never || page.cost() > self.budget / 4 {
            return false;
        }
        let path: Arc<str> = path.into();
        {
            let mut index = self.index();
            if index.changed_since(rendered_at, &places) {
                return false;
            }
            self.remove(&mut index, &path);
            for place in &places {
                index.paths.entry(place.clone()).or_default().insert(path.clone());
            }
            let kept = Kept {
                page: page.clone(),
                first: keep == Keep::First,
                places,
                hits: AtomicU32::new(0),
                last_used: AtomicU32::new(self.second()),
            };
            self.used.fetch_add(page.cost() + OVERHEAD, Ordering::Relaxed);
            self.write(&path).insert(path.clone(), Arc::new(kept));
        }
        if self.used.load(Ordering::Relaxed) > self.budget {
            self.make_room();
        }
        if page.wants_compression() {
            self.compressor.send(path, page);
        }
        true
    }

    /// Notes that these places changed. Pages that show one of them are dropped,
    /// except first pages: their paths are returned, busiest first, to be
    /// rendered anew and put over the old ones.
    pub fn touch(&self, places: &[Place]) -> Vec<Arc<str>> {
        let mut index = self.index();
        index.remember(places);
        let mut paths: HashSet<Arc<str>> = HashSet::new();
        if places.contains(&Place::Everything) {
            paths.extend(index.paths.values().flatten().cloned());
        } else {
            paths.extend(places.iter().filter_map(|place| index.paths.get(place)).flatten().cloned());
        }
        let mut first = Vec::new();
        for path in paths {
            let hits = {
                let shard = self.shard(&path).read().unwrap_or_else(PoisonError::into_inner);
                shard.get(&path).filter(|kept| kept.first).map(|kept| kept.hits.load(Ordering::Relaxed))
            };
            match hits {
                Some(hits) => first.push((hits, path)),
                None => self.remove(&mut index, &path),
            }
        }
        first.sort_by(|a, b| b.cmp(a));
        first.into_iter().map(|(_, path)| path).collect()
    }

    /// Drops one page.
    pub fn drop_path(&self, path: &str) {
        let mut index = self.index();
        self.remove(&mut index, path);
    }

    /// Number of kept pages and the bytes that they take.
    pub fn size(&self) -> (usize, usize) {
        let count = self.shards.iter().map(|s| s.read().unwrap_or_else(PoisonError::into_inner).len()).sum();
        (count, self.used.load(Ordering::Relaxed))
    }

    /// Swaps a page for the same page with compressed bodies, if it is still there.
    fn swap_compressed(&self, path: &str, old: &Arc<Page>, new: Page) {
        let mut shard = self.write(path);
        let Some(kept) = shard.get(path).filter(|kept| Arc::ptr_eq(&kept.page, old)) else { return };
        let (before, after) = (old.cost(), new.cost());
        let kept = Kept {
            page: Arc::new(new),
            first: kept.first,
            places: kept.places.clone(),
            hits: AtomicU32::new(kept.hits.load(Ordering::Relaxed)),
            last_used: AtomicU32::new(kept.last_used.load(Ordering::Relaxed)),
        };
        shard.insert(path.into(), Arc::new(kept));
        self.used.fetch_add(after - before, Ordering::Relaxed);
    }

    /// Drops the least recently used quarter of each shard until a tenth of the budget is free; first pages go last.
    fn make_room(&self) {
        let target = self.budget / 10 * 9;
        for firsts_too in [false, true] {
            for shard in &self.shards {
                if self.used.load(Ordering::Relaxed) <= target {
                    return;
                }
                let mut oldest: Vec<(u32, Arc<str>)> = shard
                    .read()
                    .unwrap_or_else(PoisonError::into_inner)
                    .iter()
                    .filter(|(_, kept)| firsts_too || !kept.first)
                    .map(|(path, kept)| (kept.last_used.load(Ordering::Relaxed), path.clone()))
                    .collect();
                oldest.sort_unstable();
                let mut index = self.index();
                for (_, path) in oldest.iter().take(oldest.len().div_ceil(4)) {
                    self.remove(&mut index, path);
                }
            }
        }
    }

    fn remove(&self, index: &mut Index, path: &str) {
        let Some(kept) = self.write(path).remove(path) else { return };
        self.used.fetch_sub(kept.page.cost() + OVERHEAD, Ordering::Relaxed);
        for place in &kept.places {
            if let Some(paths) = index.paths.get_mut(place) {
                paths.remove(path);
                if paths.is_empty() {
                    index.paths.remove(place);
                }
            }
        }
    }

    fn shard(&self, path: &str) -> &RwLock<HashMap<Arc<str>, Arc<Kept>>> {
        &self.shards[self.hasher.hash_one(path) as usize % SHARDS]
    }

    fn write(&self, path: &str) -> std::sync::RwLockWriteGuard<'_, HashMap<Arc<str>, Arc<Kept>>> {
        self.shard(path).write().unwrap_or_else(PoisonError::into_inner)
    }

    fn index(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn second(&self) -> u32 {
        self.started.elapsed().as_secs() as u32
    }
}

impl Index {
    fn remember(&mut self, places: &[Place]) {
        self.generation += 1;
        self.recent.push_back((self.generation, places.to_vec()));
        if self.recent.len() > REMEMBERED {
            self.recent.pop_front();
        }
    }

    fn changed_since(&self, rendered_at: Generation, places: &[Place]) -> bool {
        let forgotten = self.recent.front().is_some_and(|(first, _)| *first > rendered_at.0 + 1);
        forgotten
            || self.recent.iter().rev().take_while(|(generation, _)| *generation > rendered_at.0).any(|(_, changed)| {
                changed.contains(&Place::Everything) || changed.iter().any(|place| places.contains(place))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Arc<Page> {
        Arc::new(Page::new(Fresh::html(text.as_bytes().to_vec())))
    }

    fn keep(pages: &Pages, path: &str, place: Place, keep: Keep) {
        assert!(pages.put(path, page(path), vec![place], keep, pages.generation()));
    }

    fn month(name: &str) -> Place {
        Place::Month(name.into())
    }

    #[test]
    fn a_changed_place_drops_its_pages_and_names_the_first_ones() {
        let pages = Pages::new(1 << 20);
        keep(&pages, "/", Place::Front, Keep::First);
        keep(&pages, "/page/2/", Place::Front, Keep::WhileRoom);
        keep(&pages, "/money/", month("x"), Keep::First);
        let first: Vec<String> = pages.touch(&[Place::Front]).iter().map(|p| p.to_string()).collect();
        assert_eq!(first, ["/"]);
        assert!(pages.get("/").is_some(), "a reader never meets an empty shelf");
        assert!(pages.get("/page/2/").is_none());
        assert!(pages.get("/money/").is_some());
    }

    #[test]
    fn a_page_rendered_before_a_change_is_not_kept_after_it() {
        let pages = Pages::new(1 << 20);
        let before = pages.generation();
        pages.touch(&[Place::Front]);
        assert!(!pages.put("/", page("old"), vec![Place::Front], Keep::First, before));
        assert!(pages.put("/x/", page("other"), vec![month("x")], Keep::WhileRoom, before));
    }

    #[test]
    fn the_busiest_first_page_comes_first() {
        let pages = Pages::new(1 << 20);
        for path in ["/a/", "/b/", "/c/"] {
            keep(&pages, path, Place::Front, Keep::First);
        }
        for _ in 0..3 {
            pages.get("/b/");
        }
        assert_eq!(pages.touch(&[Place::Everything])[0].as_ref(), "/b/");
    }

    #[test]
    fn kept_pages_stay_within_their_budget_and_first_pages_go_last() {
        let pages = Pages::new(200_000);
        keep(&pages, "/", Place::Front, Keep::First);
        for n in 0..500 {
            keep(&pages, &format!("/{n}/"), month("x"), Keep::WhileRoom);
        }
        let (count, used) = pages.size();
        assert!(used <= 200_000, "{used}");
        assert!(count > 50 && pages.get("/").is_some());
    }
}
