//! Which articles, static pages and lead pictures are asked for.
//!
//! A list is read from the shelf that holds all that can fit: a tag's, an author's, a section's, what is featured, else
//! the front. Dates are a range of that shelf; all else is asked of each article in memory. What changed in a long
//! archive is read in the order of changes, for clients that keep a copy. No question looks at more than [`DEEPEST`]
//! articles.

use std::sync::Arc;

use news::{Id, Kind, Place, SectionPath};

use super::asked::Asked;
use super::collection::{By, Collection};
use super::number;
use super::walk::{Along, DEEPEST, walk};
use crate::site::Post;
use crate::site::furniture::Furniture;
use crate::site::values;
use crate::{App, Error};

/// Articles that are read at a time.
const CHUNK: usize = 100;
/// Articles that a search finds, at most.
const FOUND: i64 = 500;

/// A part of a list.
#[derive(Default)]
pub struct Found {
    /// In order.
    pub posts: Vec<Arc<Post>>,
    /// How many there are in all.
    pub total: usize,
    /// The shelves that were looked at.
    pub places: Vec<Place>,
}

/// A part of the list that is asked for: so many are passed over, and so many taken.
pub async fn list(
    furniture: &Arc<Furniture>,
    collection: Collection,
    asked: &Asked,
    window: (usize, usize),
) -> Result<Found, Error> {
    let place = if collection == Collection::Pages { Place::Sitemap } else { Place::Front };
    match Wanted::of(furniture, collection, asked).await? {
        None => Ok(Found { places: vec![place], ..Found::default() }),
        Some(wanted) if collection == Collection::Pages => static_pages(furniture, &wanted, window).await,
        Some(wanted) => articles(furniture, &wanted, window).await,
    }
}

/// The published article or static page with this number.
pub async fn one(furniture: &Arc<Furniture>, number: u64, kind: Option<Kind>) -> Result<Option<Arc<Post>>, Error> {
    let ids = article_ids(furniture.app(), &[number]).await?;
    let posts = values::posts(furniture.app(), furniture, &ids).await?;
    Ok(posts.into_iter().find(|post| kind.is_none_or(|kind| post.article.kind == kind)))
}

async fn articles(furniture: &Arc<Furniture>, wanted: &Wanted<'_>, window: (usize, usize)) -> Result<Found, Error> {
    let (app, asked) = (furniture.app(), wanted.asked);
    if let Some(ids) = wanted.named(app).await? {
        let posts = fitting(furniture, wanted, &ids).await?;
        return Ok(part(posts, wanted, window, Place::Front));
    }
    let mut shelf = None;
    for place in wanted.shelves() {
        let length = store::shelf::count(&app.store, &place).await?;
        if shelf.as_ref().is_none_or(|(shortest, _)| length < *shortest) {
            shelf = Some((length, place));
        }
    }
    let (length, place) = match shelf {
        Some(shelf) => shelf,
        None => (store::shelf::count(&app.store, &Place::Front).await?, Place::Front),
    };
    let by_date = matches!(asked.by, By::Date | By::Include);
    let ((skip, take), is_the_shelf) = (window, wanted.is_a_shelf());
    if by_date && is_the_shelf && asked.after.is_none() && asked.before.is_none() {
        let (most, skip) = (take as i64, skip as i64);
        let rows = match asked.descending {
            true => store::shelf::newest(&app.store, &place, most, skip).await?,
            false => store::shelf::oldest(&app.store, &place, most, skip).await?,
        };
        let ids: Vec<Id> = rows.into_iter().map(|(id, _)| id).collect();
        let posts = values::posts(app, furniture, &ids).await?;
        return Ok(Found { posts, total: usize::try_from(length).unwrap_or_default(), places: vec![place] });
    }
    let has_bounds = asked.modified_after.is_some() || asked.modified_before.is_some();
    if (asked.by == By::Modified || has_bounds) && length > DEEPEST as i64 {
        let ids = walk(app, &Along::Changes, asked).await?;
        let posts = fitting(furniture, wanted, &ids).await?;
        return Ok(part(posts, wanted, window, Place::Front));
    }
    let along = Along::Shelf(place.clone());
    let ids = walk(app, &along, asked).await?;
    if by_date && is_the_shelf {
        // Nothing but dates is asked, so no article is read that is not shown.
        let shown: Vec<Id> = ids.iter().skip(skip).take(take).cloned().collect();
        let posts = values::posts(app, furniture, &shown).await?;
        return Ok(Found { posts, total: ids.len(), places: vec![place] });
    }
    let posts = fitting(furniture, wanted, &ids).await?;
    Ok(part(posts, wanted, window, place))
}

async fn static_pages(furniture: &Arc<Furniture>, wanted: &Wanted<'_>, window: (usize, usize)) -> Result<Found, Error> {
    let cards = store::article::static_pages(&furniture.app().store).await?;
    let posts = values::with_names(furniture.app(), furniture, cards).await?;
    let posts = posts.into_iter().filter(|post| wanted.fits(post)).map(Arc::new).collect();
    Ok(part(posts, wanted, window, Place::Sitemap))
}

/// Puts in order what fits, and takes the part that is shown.
fn part(mut posts: Vec<Arc<Post>>, wanted: &Wanted<'_>, (skip, take): (usize, usize), place: Place) -> Found {
    match (wanted.asked.by, &wanted.ids) {
        (By::Include, Some(ids)) => posts.sort_by_key(|post| ids.iter().position(|id| *id == post.article.id)),
        (by, _) => posts.sort_by(|one, other| {
            let (a, b) = (&one.article, &other.article);
            let order = match by {
                By::Modified => a.updated_at.cmp(&b.updated_at),
                By::Id => a.id.cmp(&b.id),
                By::Title => a.headline.as_str().to_lowercase().cmp(&b.headline.as_str().to_lowercase()),
                By::Slug => a.slug.cmp(&b.slug),
                _ => a.published_at.cmp(&b.published_at),
            };
            let order = order.then_with(|| a.id.cmp(&b.id));
            if wanted.asked.descending { order.reverse() } else { order }
        }),
    }
    let total = posts.len();
    Found { posts: posts.into_iter().skip(skip).take(take).collect(), total, places: vec![place] }
}

/// Those of these articles that fit.
async fn fitting(furniture: &Arc<Furniture>, wanted: &Wanted<'_>, ids: &[Id]) -> Result<Vec<Arc<Post>>, Error> {
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let posts = values::posts(furniture.app(), furniture, chunk).await?;
        found.extend(posts.into_iter().filter(|post| wanted.fits(post)));
    }
    Ok(found)
}

/// What is asked for, with ids in the place of numbers.
struct Wanted<'a> {
    asked: &'a Asked,
    kind: Kind,
    has_picture: bool,
    ids: Option<Vec<Id>>,
    not_ids: Vec<Id>,
    authors: Option<Vec<Id>>,
    not_authors: Vec<Id>,
    tags: Option<Vec<Id>>,
    not_tags: Vec<Id>,
    sections: Option<Vec<SectionPath>>,
    not_sections: Vec<SectionPath>,
}

impl<'a> Wanted<'a> {
    /// `None` where nothing can fit: a number that nothing has was asked for.
    async fn of(furniture: &Furniture, collection: Collection, asked: &'a Asked) -> Result<Option<Wanted<'a>>, Error> {
        let app = furniture.app();
        let is_media = collection == Collection::Media;
        let of_articles = |numbers: &[u64]| -> Vec<u64> {
            match is_media {
                true => numbers.iter().filter_map(|picture| number::article_of_picture(*picture)).collect(),
                false => numbers.to_vec(),
            }
        };
        let ids = match (&asked.include, &asked.parent) {
            (Some(numbers), _) => Some(article_ids(app, &of_articles(numbers)).await?),
            (None, Some(numbers)) if is_media => Some(article_ids(app, numbers).await?),
            (None, Some(numbers)) if !numbers.contains(&0) => return Ok(None), // no page stands below another
            _ => None,
        };
        let authors = match &asked.author {
            Some(numbers) => Some(author_ids(app, numbers).await?),
            None => None,
        };
        let tags = match &asked.tags {
            Some(numbers) => Some(public_tags(app, numbers).await?),
            None => None,
        };
        let sections_with = |numbers: &[u64]| -> Vec<SectionPath> {
            let paths = furniture.sections.iter().map(|section| &section.path);
            paths.filter(|path| numbers.contains(&number::of_section(path))).cloned().collect()
        };
        let wanted = Wanted {
            asked,
            kind: if collection == Collection::Pages { Kind::Page } else { Kind::Article },
            has_picture: is_media,
            ids,
            not_ids: article_ids(app, &of_articles(&asked.exclude)).await?,
            authors,
            not_authors: author_ids(app, &asked.author_exclude).await?,
            tags,
            not_tags: public_tags(app, &asked.tags_exclude).await?,
            sections: asked.categories.as_deref().map(sections_with),
            not_sections: sections_with(&asked.categories_exclude),
        };
        let lists = [&wanted.ids, &wanted.authors, &wanted.tags];
        let has_empty = lists.into_iter().flatten().any(Vec::is_empty);
        let is_nothing = has_empty || wanted.sections.as_ref().is_some_and(Vec::is_empty);
        Ok(Some(wanted).filter(|_| !is_nothing))
    }

    /// Articles that are named one by one, or by their words.
    async fn named(&self, app: &App) -> Result<Option<Vec<Id>>, Error> {
        if let Some(ids) = &self.ids {
            return Ok(Some(ids.clone()));
        }
        if let Some(slugs) = &self.asked.slugs {
            let mut ids = Vec::new();
            for slug in slugs {
                let row = store::article::id_by_slug(&app.store, self.kind.word(), slug.as_str()).await?;
                ids.extend(row.and_then(|row| Id::parse(&row.id).ok()));
            }
            return Ok(Some(ids));
        }
        match &self.asked.search {
            Some(words) => Ok(Some(store::article::public_like(&app.store, words, FOUND).await?)),
            None => Ok(None),
        }
    }

    /// Shelves of which each holds all that fits.
    fn shelves(&self) -> Vec<Place> {
        let mut shelves = Vec::new();
        if let Some([author]) = self.authors.as_deref() {
            shelves.push(Place::Author(author.clone()));
        }
        if let Some([tag]) = self.tags.as_deref() {
            shelves.push(Place::Tag(tag.clone()));
        }
        if let Some([section]) = self.sections.as_deref() {
            shelves.push(Place::Section(section.clone()));
        }
        if self.asked.sticky == Some(true) {
            shelves.push(Place::Featured);
        }
        shelves
    }

    /// Whether one shelf, or the front, holds nothing but what fits, as far as dates allow.
    fn is_a_shelf(&self) -> bool {
        let lists = [self.authors.is_some(), self.tags.is_some(), self.sections.is_some(), self.asked.sticky.is_some()];
        let lists = lists.into_iter().filter(|is_asked| *is_asked).count();
        let not = [&self.not_ids, &self.not_authors, &self.not_tags];
        let is_bare = not.into_iter().all(Vec::is_empty) && self.not_sections.is_empty() && !self.has_picture;
        let changes = self.asked.modified_after.is_some() || self.asked.modified_before.is_some();
        lists <= 1 && self.shelves().len() == lists && is_bare && !changes
    }

    /// Whether an article is among what is asked for.
    fn fits(&self, post: &Post) -> bool {
        let (asked, article) = (self.asked, &post.article);
        let one_of = |wanted: &Option<Vec<Id>>, own: &[Id]| {
            wanted.as_ref().is_none_or(|wanted| own.iter().any(|id| wanted.contains(id)))
        };
        let none_of = |unwanted: &[Id], own: &[Id]| !own.iter().any(|id| unwanted.contains(id));
        let own_sections = article.sections();
        let stands_in = |sections: &[SectionPath]| own_sections.iter().any(|path| sections.contains(path));
        let own = std::slice::from_ref(&article.id);
        let (at, changed_at) = (article.published_at.unwrap_or(article.updated_at), article.updated_at);
        article.is_public()
            && article.kind == self.kind
            && one_of(&self.ids, own)
            && none_of(&self.not_ids, own)
            && one_of(&self.authors, &article.authors)
            && none_of(&self.not_authors, &article.authors)
            && one_of(&self.tags, &article.tags)
            && none_of(&self.not_tags, &article.tags)
            && self.sections.as_deref().is_none_or(stands_in)
            && !stands_in(&self.not_sections)
            && asked.slugs.as_ref().is_none_or(|slugs| slugs.contains(&article.slug))
            && asked.sticky.is_none_or(|sticky| sticky == article.featured)
            && asked.after.is_none_or(|after| at > after)
            && asked.before.is_none_or(|before| at < before)
            && asked.modified_after.is_none_or(|after| changed_at > after)
            && asked.modified_before.is_none_or(|before| changed_at < before)
            && asked.search.as_ref().is_none_or(|words| has_words(post, words))
            && (!self.has_picture || super::media::src_of(post).is_some())
    }
}

/// As the store looks for words: in the headline, and in the sentence under it.
fn has_words(post: &Post, words: &str) -> bool {
    let words = words.trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&words);
    has(post.article.headline.as_str()) || post.article.standfirst.as_deref().is_some_and(has)
}

/// The articles with these numbers, of any status, in this order.
async fn article_ids(app: &App, numbers: &[u64]) -> Result<Vec<Id>, Error> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let mut ids = store::number::articles(&app.store, &number::digits(numbers)).await?;
    ids.sort_by_key(|id| numbers.iter().position(|number| *number == number::of(id)));
    Ok(ids)
}

async fn author_ids(app: &App, numbers: &[u64]) -> Result<Vec<Id>, Error> {
    match numbers {
        [] => Ok(Vec::new()),
        numbers => Ok(store::number::authors(&app.store, &number::digits(numbers)).await?),
    }
}

/// The tags with these numbers; of one that is the newsroom's own, nothing is known here.
async fn public_tags(app: &App, numbers: &[u64]) -> Result<Vec<Id>, Error> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let ids = store::number::tags(&app.store, &number::digits(numbers)).await?;
    let tags = app.last_read.tags(app, &ids.iter().collect::<Vec<_>>()).await?;
    Ok(tags.into_values().filter(|tag| tag.is_public()).map(|tag| tag.id.clone()).collect())
}
