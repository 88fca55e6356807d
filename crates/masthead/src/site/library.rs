//! What templates ask for while they are drawn, answered by the store.
//!
//! A theme's questions are answered from shelves: a filter is looked at for the one shelf that holds all it can fit
//! (a tag's, an author's, what is featured, else the front), that shelf is read in its order, and the rest of the filter
//! is asked of each article in memory. So no question sorts the archive, and no text of a theme comes near SQL.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use news::{Id, Place, SectionPath};
use theme::library::{Among, Found, Query, Resource};
use theme::{Map, Object, Value};
use tokio::sync::OwnedSemaphorePermit;

use super::furniture::Furniture;
use super::values::{self, Post};
use crate::Error;
use crate::ghost::filter::{self, Comparison, Filter, NAMED, Named, Operator, POSTS};

/// How many one gets who says no number.
const USUAL: u32 = 15;
/// Articles that are read at a time.
const CHUNK: i64 = 60;
/// Articles that one question looks at, at most: what lies deeper is not found by a filter that fits almost nothing.
const DEEPEST: usize = 5_000;
/// Articles that all questions of a page look at together, at most; beyond it the page fails.
const MOST_LOOKED_AT: usize = 10_000;

/// The store, for one page. It remembers what it was asked, and tells the page which places the answers show.
pub struct Library {
    furniture: Arc<Furniture>,
    asked: Mutex<HashMap<Query, Result<Found, String>>>,
    looked_at: AtomicUsize,
}

impl Library {
    /// For a page with this furniture; to be asked on a thread that may wait.
    pub fn of(furniture: &Arc<Furniture>) -> Library {
        Library { furniture: furniture.clone(), asked: Mutex::default(), looked_at: AtomicUsize::new(0) }
    }

    /// The answer shows this place too.
    pub fn shows(&self, place: Place) {
        self.furniture.shows(place);
    }

    fn wait<T>(&self, answer: impl Future<Output = Result<T, store::Broken>>) -> Result<T, String> {
        self.furniture.runtime.block_on(answer).map_err(|why| why.to_string())
    }

    fn store(&self) -> &store::Store {
        &self.furniture.app.store
    }

    fn posts_of(&self, ids: &[Id]) -> Result<Vec<Arc<Post>>, String> {
        let posts = values::posts(&self.furniture.app, &self.furniture, ids);
        self.furniture.runtime.block_on(posts).map_err(|why| why.to_string())
    }

    fn find(&self, query: &Query) -> Result<Found, String> {
        match query.resource {
            Resource::Posts => self.posts(query),
            Resource::Pages => self.pages(query),
            Resource::Tags => self.tags(query),
            Resource::Authors => self.authors(query),
            Resource::Tiers => self.listed(
                query,
                self.furniture.settings.tiers.iter().filter(|t| t.active && t.public).map(values::tier_of).collect(),
            ),
            Resource::Newsletters => {
                let newsletters = self.furniture.settings.newsletters.iter().filter(|letter| letter.active);
                self.listed(query, newsletters.map(newsletter).collect())
            }
        }
    }

    /// A page of articles as they are, and how many there are in all.
    pub fn page(&self, query: &Query) -> Result<(Vec<Arc<Post>>, usize), String> {
        let (posts, total) = self.list(query)?;
        let total = match total {
            Total::Known(total) => total,
            Total::Counted(counter) => counter.count(),
        };
        Ok((posts, total))
    }

    fn posts(&self, query: &Query) -> Result<Found, String> {
        let (posts, total) = self.list(query)?;
        Ok(page_of(posts, query, query.limit.unwrap_or(USUAL) as usize, total))
    }

    fn list(&self, query: &Query) -> Result<(Vec<Arc<Post>>, Total), String> {
        let now = self.furniture.app.now();
        let filter = self.filter(query, POSTS, now)?;
        let order = query.order.as_deref().and_then(|text| filter::order(text, POSTS));
        let limit = query.limit.unwrap_or(USUAL) as usize;
        let skip = (query.page as usize - 1).saturating_mul(limit);
        let place = self.place(filter.as_ref())?;
        let Some(place) = place else { return Ok((Vec::new(), Total::Known(0))) };
        self.shows(place.clone());

        // Named one by one: looked up, in the order in which they are named.
        if let Some(named) = filter.as_ref().and_then(Filter::named) {
            let mut posts = self.named(&named)?;
            posts.retain(|post| filter.as_ref().is_none_or(|filter| filter.fits(&Value::Object(post.clone()))));
            if let Some(order) = &order {
                sort(&mut posts, order);
            }
            let total = Total::Known(posts.len());
            let posts = posts.into_iter().skip(skip).take(limit).collect();
            return Ok((posts, total));
        }
        let newest_first = match order.as_deref() {
            None => Some(true),
            Some([(field, descending)]) if field.name == "published_at" => Some(*descending),
            Some(_) => None,
        };
        let rest = filter.filter(|filter| !is_the_shelf(filter, &place));
        let Some(newest_first) = newest_first else {
            let mut posts = self.walk(&place, true, rest.as_ref(), usize::MAX)?;
            sort(&mut posts, &order.unwrap_or_default());
            let total = Total::Known(posts.len());
            return Ok((posts.into_iter().skip(skip).take(limit).collect(), total));
        };
        let (posts, total) = match &rest {
            None => {
                let ids = self.shelf(&place, newest_first, limit as i64, skip as i64)?;
                let total = self.wait(store::shelf::count(self.store(), &place))?;
                (self.posts_of(&ids)?, Total::Known(total.max(0) as usize))
            }
            Some(rest) => {
                let mut posts = self.walk(&place, newest_first, Some(rest), skip.saturating_add(limit))?;
                posts.drain(..skip.min(posts.len()));
                let counter = Counter { furniture: self.furniture.clone(), place, filter: rest.clone() };
                (posts, Total::Counted(counter))
            }
        };
        Ok((posts, total))
    }

    /// Reads a filter, with `id` and `slug` beside it.
    fn filter(
        &self,
        query: &Query,
        fields: &'static [filter::Field],
        now: Timestamp,
    ) -> Result<Option<Filter>, String> {
        let mut filters = Vec::new();
        if let Some(text) = &query.filter {
            filters.push(filter::parse(text, fields, now).map_err(|why| why.to_string())?);
        }
        for (name, value) in [("id", &query.id), ("slug", &query.slug)] {
            if let (Some(value), Some(field)) = (value, fields.iter().find(|field| field.name == name)) {
                let values = vec![filter::Literal::Text(value.clone())];
                filters.push(Filter::Is(Comparison {
                    field: field.clone(),
                    operator: Operator::Equal,
                    not: false,
                    values,
                }));
            }
        }
        Ok(match filters.len() {
            0 => None,
            1 => filters.pop(),
            _ => Some(Filter::All(filters)),
        })
    }

    /// The shelf that holds everything that a filter can fit: the shortest of those it names. `None` where it names a
    /// tag or an author that there is not.
    fn place(&self, filter: Option<&Filter>) -> Result<Option<Place>, String> {
        let mut best: Option<(i64, Place)> = None;
        for must in filter.map(Filter::musts).unwrap_or_default() {
            let place = match (&*must.field.name, must.only()) {
                ("featured", _) if must.values == [filter::Literal::Flag(true)] && !must.not => Some(Place::Featured),
                ("tag" | "tags" | "tag.slug" | "tags.slug" | "primary_tag" | "primary_tag.slug", Some(slug)) => {
                    match self.tag(slug)? {
                        None => return Ok(None),
                        place => place,
                    }
                }
                (
                    "author" | "authors" | "author.slug" | "authors.slug" | "primary_author" | "primary_author.slug",
                    Some(slug),
                ) => match self.wait(store::author::by_slug(self.store(), slug))? {
                    None => return Ok(None),
                    Some(author) => Some(Place::Author(author.id)),
                },
                _ => None,
            };
            if let Some(place) = place {
                let length = self.wait(store::shelf::count(self.store(), &place))?;
                if best.as_ref().is_none_or(|(shortest, _)| length < *shortest) {
                    best = Some((length, place));
                }
            }
        }
        Ok(Some(best.map_or(Place::Front, |(_, place)| place)))
    }

    /// A tag's shelf, or that of the section which is called so.
    fn tag(&self, slug: &str) -> Result<Option<Place>, String> {
        if let Some(tag) = self.wait(store::tag::by_slug(self.store(), slug))? {
            return Ok(Some(Place::Tag(tag.id)));
        }
        let section = self.furniture.sections.iter().find(|section| section.path.slug() == slug);
        Ok(section.map(|section| Place::Section(section.path.clone())))
    }

    fn shelf(&self, place: &Place, newest_first: bool, most: i64, skip: i64) -> Result<Vec<Id>, String> {
        let rows = match newest_first {
            true => self.wait(store::shelf::newest(self.store(), place, most, skip))?,
            false => self.wait(store::shelf::oldest(self.store(), place, most, skip))?,
        };
        Ok(rows.into_iter().map(|(id, _)| id).collect())
    }

    /// The first `enough` articles of a shelf that fit.
    fn walk(
        &self,
        place: &Place,
        newest_first: bool,
        filter: Option<&Filter>,
        enough: usize,
    ) -> Result<Vec<Arc<Post>>, String> {
        let (mut found, mut seen) = (Vec::new(), 0);
        // Most filters fit nearly all: `id:-…`. So little more is read than is wanted, until it proves to be too little.
        let mut chunk = CHUNK.min(enough as i64 + 2);
        while found.len() < enough && seen < DEEPEST {
            if theme::library::Library::is_spent(self) {
                return Err("the page has looked at too many articles already".into());
            }
            let ids = self.shelf(place, newest_first, chunk, seen as i64)?;
            chunk = CHUNK;
            if ids.is_empty() {
                break;
            }
            seen += ids.len();
            self.looked_at.fetch_add(ids.len(), Ordering::Relaxed);
            for post in self.posts_of(&ids)? {
                if filter.is_none_or(|filter| filter.fits(&Value::Object(post.clone()))) {
                    found.push(post);
                }
            }
        }
        found.truncate(enough);
        Ok(found)
    }

    fn named(&self, named: &Named<'_>) -> Result<Vec<Arc<Post>>, String> {
        let ids = match named {
            Named::Ids(ids) => ids.iter().filter_map(|id| Id::parse(id).ok()).collect(),
            Named::Slugs(slugs) => {
                let mut ids = Vec::new();
                for slug in slugs.iter().take(CHUNK as usize) {
                    let found = self.wait(store::article::by_slug(self.store(), news::Kind::Article, slug))?;
                    ids.extend(found.map(|card| card.article.id));
                }
                ids
            }
        };
        let posts = self.posts_of(&ids)?;
        Ok(posts.into_iter().filter(|post| post.article.kind == news::Kind::Article).collect())
    }

    fn pages(&self, query: &Query) -> Result<Found, String> {
        let (pages, total) = self.static_pages(query)?;
        Ok(page_of(pages, query, query.limit.unwrap_or(USUAL) as usize, Total::Known(total)))
    }

    /// A page of static pages as they are, and how many there are in all.
    pub fn static_pages(&self, query: &Query) -> Result<(Vec<Arc<Post>>, usize), String> {
        self.shows(Place::Sitemap);
        let filter = self.filter(query, POSTS, self.furniture.app.now())?;
        let cards = self.wait(store::article::static_pages(self.store()))?;
        let posts = values::with_names(&self.furniture.app, &self.furniture, cards);
        let posts = self.furniture.runtime.block_on(posts).map_err(|why| why.to_string())?;
        let mut posts: Vec<Arc<Post>> = posts.into_iter().map(Arc::new).collect();
        posts.retain(|post| filter.as_ref().is_none_or(|filter| filter.fits(&Value::Object(post.clone()))));
        // By title where nothing is said, as in Ghost.
        let order = query.order.as_deref().and_then(|text| filter::order(text, POSTS));
        let order = order.or_else(|| filter::order("title asc", POSTS)).unwrap_or_default();
        sort(&mut posts, &order);
        let limit = query.limit.unwrap_or(USUAL) as usize;
        let total = posts.len();
        let skip = (query.page as usize - 1).saturating_mul(limit);
        Ok((posts.into_iter().skip(skip).take(limit).collect(), total))
    }

    fn tags(&self, query: &Query) -> Result<Found, String> {
        self.shows(Place::Front);
        let counts = query.counts();
        let counted = self.wait(store::shelf::counts(self.store(), "tag:"))?;
        let tags = self.wait(store::tag::all(self.store()))?;
        let with_articles =
            |tag: &news::Tag| counted.get(&Place::Tag(tag.id.clone()).to_string()).is_some_and(|n| *n > 0);
        let tags =
            tags.into_iter().filter(with_articles).map(|tag| values::tag_with(&self.furniture, &Arc::new(tag), counts));
        let sections = self.wait(store::shelf::counts(self.store(), "section:"))?;
        let has = |path: &SectionPath| sections.contains_key(&Place::Section(path.clone()).to_string());
        let paths = self.furniture.sections.iter().map(|section| &section.path).filter(|path| has(path));
        let mut all: Vec<Value> =
            tags.chain(paths.map(|path| values::section_with(&self.furniture, path, counts))).collect();
        all.sort_by_cached_key(|tag| tag.get("name").to_string());
        self.listed(query, all)
    }

    fn authors(&self, query: &Query) -> Result<Found, String> {
        self.shows(Place::Front);
        let counts = query.counts();
        let counted = self.wait(store::shelf::counts(self.store(), "author:"))?;
        let authors = self.wait(store::author::all(self.store()))?;
        let with_articles =
            |author: &news::Author| counted.get(&Place::Author(author.id.clone()).to_string()).is_some_and(|n| *n > 0);
        let authors = authors.into_iter().filter(with_articles);
        self.listed(
            query,
            authors.map(|author| values::author_with(&self.furniture, &Arc::new(author), counts)).collect(),
        )
    }

    /// A page of a list that is short enough to be filtered and ordered whole.
    fn listed(&self, query: &Query, mut all: Vec<Value>) -> Result<Found, String> {
        if let Some(filter) = self.filter(query, NAMED, self.furniture.app.now())? {
            all.retain(|thing| filter.fits(thing));
        }
        if let Some(order) = query.order.as_deref().and_then(|text| filter::order(text, NAMED)) {
            all.sort_by(|one, other| filter::compare(one, other, &order));
        }
        let limit = query.limit.unwrap_or(USUAL) as usize;
        let total = all.len();
        let skip = (query.page as usize - 1).saturating_mul(limit);
        let items = all.into_iter().skip(skip).take(limit);
        Ok(found(Value::list(items), query, limit, Total::Known(total)))
    }
}

impl theme::library::Library for Library {
    fn browse(&self, query: &Query) -> Result<Found, String> {
        let known = |asked: &HashMap<Query, Result<Found, String>>| asked.get(query).cloned();
        if let Some(found) = known(&self.asked.lock().unwrap_or_else(PoisonError::into_inner)) {
            return found;
        }
        let found = self.find(query);
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(query.clone(), found.clone());
        found
    }

    fn is_spent(&self) -> bool {
        self.looked_at.load(Ordering::Relaxed) >= MOST_LOOKED_AT
    }

    fn neighbour(&self, post: &Value, older: bool, among: Among) -> Option<Value> {
        let id = Id::parse(post.get("id").as_str()?).ok()?;
        let at: Timestamp = post.get("published_at").as_str()?.parse().ok()?;
        let (place, wanted) = match among {
            Among::All => (Place::Front, None),
            Among::PrimaryTag => {
                let slug = post.get("primary_tag").get("slug");
                (self.tag(slug.as_str()?).ok()??, Some(("primary_tag", slug)))
            }
            Among::PrimaryAuthor => {
                let slug = post.get("primary_author").get("slug");
                let author = self.wait(store::author::by_slug(self.store(), slug.as_str()?)).ok()??;
                (Place::Author(author.id), Some(("primary_author", slug)))
            }
        };
        self.shows(place.clone());
        let (mut at, mut id) = (at, id);
        for _ in 0..DEEPEST / CHUNK as usize {
            let rows = self
                .wait(store::shelf::beside(
                    self.store(),
                    &place,
                    (at, &id),
                    older,
                    if wanted.is_some() { CHUNK } else { 1 },
                ))
                .ok()?;
            let last = rows.last()?.clone();
            let ids: Vec<Id> = rows.into_iter().map(|(id, _)| id).collect();
            self.looked_at.fetch_add(ids.len(), Ordering::Relaxed);
            let is = |post: &Arc<Post>| {
                wanted.as_ref().is_none_or(|(name, slug)| {
                    Object::get(&**post, name).is_some_and(|thing| thing.get("slug").as_str() == slug.as_str())
                })
            };
            if let Some(found) = self.posts_of(&ids).ok()?.into_iter().find(is) {
                self.shows(Place::Article(found.article.id.clone()));
                return Some(Value::Object(found));
            }
            if theme::library::Library::is_spent(self) {
                return None;
            }
            (id, at) = last;
        }
        None
    }
}

/// Asks the library on a thread that may wait; answers with the places that the answer shows.
pub async fn ask<T: Send + 'static>(
    furniture: &Arc<Furniture>,
    question: impl FnOnce(&Library) -> Result<T, String> + Send + 'static,
) -> Result<(T, Vec<Place>), Error> {
    answered(furniture, None, question).await
}

/// The same for a program: what nobody keeps may be asked for in endless ways, so much of it is looked for at a time, and
/// readers' pages go on.
pub async fn ask_in_turn<T: Send + 'static>(
    furniture: &Arc<Furniture>,
    question: impl FnOnce(&Library) -> Result<T, String> + Send + 'static,
) -> Result<(T, Vec<Place>), Error> {
    let turn = furniture.app.turn().await?;
    answered(furniture, Some(turn), question).await
}

async fn answered<T: Send + 'static>(
    furniture: &Arc<Furniture>,
    turn: Option<OwnedSemaphorePermit>,
    question: impl FnOnce(&Library) -> Result<T, String> + Send + 'static,
) -> Result<(T, Vec<Place>), Error> {
    let furniture = furniture.clone();
    let asked = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let library = Library::of(&furniture);
        question(&library).map(|found| (found, furniture.asked()))
    });
    asked.await.map_err(std::io::Error::other)?.map_err(Error::Refused)
}

/// Whether a filter says no more than that an article stands on this shelf.
fn is_the_shelf(filter: &Filter, place: &Place) -> bool {
    let Filter::Is(comparison) = filter else { return false };
    match place {
        Place::Featured => comparison.field.name == "featured",
        Place::Tag(_) => ["tag", "tags", "tag.slug", "tags.slug"].contains(&&*comparison.field.name),
        Place::Author(_) => ["author", "authors", "author.slug", "authors.slug"].contains(&&*comparison.field.name),
        _ => false,
    }
}

fn sort(posts: &mut [Arc<Post>], order: &[(&filter::Field, bool)]) {
    posts.sort_by(|one, other| filter::compare(&Value::Object(one.clone()), &Value::Object(other.clone()), order));
}

/// How many there are in all: known, or counted when a template asks.
enum Total {
    Known(usize),
    Counted(Counter),
}

/// Counts what fits on a shelf, for the rare template that prints the number.
struct Counter {
    furniture: Arc<Furniture>,
    place: Place,
    filter: Filter,
}

impl Counter {
    fn count(&self) -> usize {
        let library = Library::of(&self.furniture);
        library.walk(&self.place, true, Some(&self.filter), usize::MAX).map_or(0, |posts| posts.len())
    }
}

fn page_of(posts: Vec<Arc<Post>>, query: &Query, limit: usize, total: Total) -> Found {
    let seen = Arc::new(Seen::of(query));
    let items = posts.into_iter().map(|post| Value::object(Part { post, seen: seen.clone() }));
    found(Value::list(items), query, limit, total)
}

/// What of an article a question asked to see: without `include` nobody's names, with `fields` these alone.
struct Seen {
    tags: bool,
    authors: bool,
    tiers: bool,
    fields: Option<Vec<String>>,
}

impl Seen {
    fn of(query: &Query) -> Seen {
        let names = |list: &Option<String>| -> Vec<String> {
            list.iter().flat_map(|list| list.split(',')).map(|name| name.trim().to_owned()).collect()
        };
        let include = names(&query.include);
        let has = |name: &str| include.iter().any(|included| included == name);
        let fields = Some(names(&query.fields)).filter(|fields| !fields.is_empty());
        Seen { tags: has("tags"), authors: has("authors") || has("author"), tiers: has("tiers"), fields }
    }

    fn has(&self, name: &str) -> bool {
        let is_asked = || self.fields.as_ref().is_none_or(|fields| fields.iter().any(|field| field == name));
        match name {
            "tags" | "topics" => self.tags,
            "authors" => self.authors,
            "tiers" => self.tiers,
            "primary_tag" => self.tags && is_asked(),
            "primary_author" | "author" => self.authors && is_asked(),
            "url" => true,
            _ => is_asked(),
        }
    }
}

/// An article as far as it was asked for.
struct Part {
    post: Arc<Post>,
    seen: Arc<Seen>,
}

impl Object for Part {
    fn get(&self, name: &str) -> Option<Value> {
        self.seen.has(name).then(|| self.post.get(name)).flatten()
    }

    fn names(&self) -> Vec<&str> {
        self.post.names().into_iter().filter(|name| self.seen.has(name)).collect()
    }
}

fn found(items: Value, query: &Query, limit: usize, total: Total) -> Found {
    if query.id.is_some() || query.slug.is_some() {
        return Found { items, pagination: Value::Undefined };
    }
    let pagination =
        Pagination { page: query.page as usize, limit: limit.max(1), total, counted: std::sync::OnceLock::new() };
    Found { items, pagination: Value::object(pagination) }
}

/// Where a page stands in its list; the total is made when it is asked for.
struct Pagination {
    page: usize,
    limit: usize,
    total: Total,
    counted: std::sync::OnceLock<usize>,
}

impl Object for Pagination {
    fn get(&self, name: &str) -> Option<Value> {
        let total = || match &self.total {
            Total::Known(total) => *total,
            Total::Counted(counter) => *self.counted.get_or_init(|| counter.count()),
        };
        let pages = || total().div_ceil(self.limit).max(1);
        Some(match name {
            "page" => self.page.into(),
            "limit" => self.limit.into(),
            "total" => total().into(),
            "pages" => pages().into(),
            "prev" => (self.page > 1).then(|| self.page - 1).into(),
            "next" => (self.page < pages()).then(|| self.page + 1).into(),
            _ => return None,
        })
    }

    fn names(&self) -> Vec<&str> {
        vec!["page", "limit", "pages", "total", "next", "prev"]
    }
}

fn newsletter(letter: &news::Newsletter) -> Value {
    Map::from([
        ("id", Value::from(letter.id.as_str())),
        ("name", letter.name.as_str().into()),
        ("slug", letter.slug.as_str().into()),
        ("description", letter.description.as_deref().into()),
    ])
    .into()
}
