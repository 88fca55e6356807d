//! Sections, tags and authors as lists: short enough to be read whole, filtered and ordered in memory.

use std::collections::HashMap;

use news::{Author, Place, SectionPath, Tag};

use super::asked::Asked;
use super::collection::{By, Collection};
use super::number;
use crate::Error;
use crate::site::Post;
use crate::site::furniture::Furniture;

/// What WordPress calls a term: a section or a tag.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its number.
    pub number: u64,
    /// As readers see it.
    pub name: String,
    /// The last part of its address.
    pub slug: String,
    /// A sentence about it.
    pub description: String,
    /// Its address.
    pub link: String,
    /// Articles on it.
    pub count: i64,
    /// The number of the section around it; 0 at the top. Tags have none.
    pub parent: Option<u64>,
}

impl Term {
    /// A section.
    pub fn of_section(furniture: &Furniture, path: &SectionPath, count: i64) -> Term {
        let known = furniture.section(path);
        Term {
            number: number::of_section(path),
            name: known.map_or_else(|| path.name(), |section| section.name.clone()),
            slug: path.slug().to_owned(),
            description: known.and_then(|section| section.description.clone()).unwrap_or_default(),
            link: furniture.full(&path.url()),
            count,
            parent: Some(path.parent().as_ref().map_or(0, number::of_section)),
        }
    }

    /// A tag.
    pub fn of_tag(furniture: &Furniture, tag: &Tag, count: i64) -> Term {
        Term {
            number: number::of(&tag.id),
            name: tag.name.clone(),
            slug: tag.slug.to_string(),
            description: tag.description.clone().unwrap_or_default(),
            link: furniture.full(&furniture.tag_url(tag)),
            count,
            parent: None,
        }
    }

    /// `category` or `post_tag`.
    pub fn taxonomy(&self) -> &'static str {
        if self.parent.is_some() { "category" } else { "post_tag" }
    }

    /// The collection of which it is one.
    pub fn collection(&self) -> Collection {
        if self.parent.is_some() { Collection::Categories } else { Collection::Tags }
    }
}

/// Somebody who wrote something that the public may read.
pub struct Writer {
    /// Who.
    pub author: Author,
    /// Their articles.
    pub count: i64,
}

/// What a list can be filtered and ordered by.
pub trait Listed {
    /// Its number.
    fn number(&self) -> u64;
    /// Its name.
    fn name(&self) -> &str;
    /// Its slug.
    fn slug(&self) -> &str;
    /// Articles on it.
    fn count(&self) -> i64;
}

impl Listed for Term {
    fn number(&self) -> u64 {
        self.number
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn slug(&self) -> &str {
        &self.slug
    }

    fn count(&self) -> i64 {
        self.count
    }
}

impl Listed for Writer {
    fn number(&self) -> u64 {
        number::of(&self.author.id)
    }

    fn name(&self) -> &str {
        &self.author.name
    }

    fn slug(&self) -> &str {
        self.author.slug.as_str()
    }

    fn count(&self) -> i64 {
        self.count
    }
}

/// Every section, with or without articles: menus name them all.
pub async fn sections(furniture: &Furniture) -> Result<Vec<Term>, Error> {
    let counts = counts(furniture, "section:").await?;
    let term = |path: &SectionPath| Term::of_section(furniture, path, counts.of(&Place::Section(path.clone())));
    Ok(furniture.sections.iter().map(|section| term(&section.path)).collect())
}

/// Every public tag on which articles stand: the name of one that stands on drafts alone stays in the newsroom.
pub async fn tags(furniture: &Furniture) -> Result<Vec<Term>, Error> {
    let counts = counts(furniture, "tag:").await?;
    let tags = store::tag::all(&furniture.app().store).await?;
    let term = |tag: &Tag| Term::of_tag(furniture, tag, counts.of(&Place::Tag(tag.id.clone())));
    Ok(tags.iter().filter(|tag| tag.is_public()).map(term).filter(|term| term.count > 0).collect())
}

/// Every author of an article.
pub async fn writers(furniture: &Furniture) -> Result<Vec<Writer>, Error> {
    let counts = counts(furniture, "author:").await?;
    let authors = store::author::all(&furniture.app().store).await?.into_iter();
    let writer = |author: Author| Writer { count: counts.of(&Place::Author(author.id.clone())), author };
    Ok(authors.map(writer).filter(|writer| writer.count > 0).collect())
}

/// The sections of an article: its own, then those around it. An article stands on the list of each.
pub fn sections_of(post: &Post) -> Vec<Term> {
    post.article.sections().iter().map(|path| Term::of_section(post.furniture(), path, 0)).collect()
}

/// The public tags of an article.
pub fn tags_of(post: &Post) -> Vec<Term> {
    post.public_tags().map(|tag| Term::of_tag(post.furniture(), tag, 0)).collect()
}

/// The section or public tag with this number, and its shelf.
pub async fn one(furniture: &Furniture, collection: Collection, number: u64) -> Result<Option<(Term, Place)>, Error> {
    let app = furniture.app();
    if collection == Collection::Categories {
        let found = furniture.sections.iter().find(|section| number::of_section(&section.path) == number);
        let Some(section) = found else { return Ok(None) };
        let place = Place::Section(section.path.clone());
        let count = store::shelf::count(&app.store, &place).await?;
        return Ok(Some((Term::of_section(furniture, &section.path, count), place)));
    }
    let ids = store::number::tags(&app.store, &number::digits(&[number])).await?;
    let tags = store::tag::by_ids(&app.store, &ids.iter().collect::<Vec<_>>()).await?;
    for tag in tags.into_iter().filter(Tag::is_public) {
        let place = Place::Tag(tag.id.clone());
        let count = store::shelf::count(&app.store, &place).await?;
        if count > 0 {
            return Ok(Some((Term::of_tag(furniture, &tag, count), place)));
        }
    }
    Ok(None)
}

/// The author with this number, with something that the public may read.
pub async fn writer(furniture: &Furniture, number: u64) -> Result<Option<Author>, Error> {
    let app = furniture.app();
    let ids = store::number::authors(&app.store, &number::digits(&[number])).await?;
    for author in store::author::by_ids(&app.store, &ids.iter().collect::<Vec<_>>()).await? {
        if store::shelf::count(&app.store, &Place::Author(author.id.clone())).await? > 0 {
            return Ok(Some(author));
        }
    }
    Ok(None)
}

/// Of all, those that are asked for, in order, and how many they are in all.
pub fn part<T: Listed>(mut all: Vec<T>, asked: &Asked) -> (Vec<T>, usize) {
    let words = asked.search.as_ref().map(|words| words.trim().to_lowercase());
    all.retain(|thing| {
        asked.include.as_ref().is_none_or(|include| include.contains(&thing.number()))
            && !asked.exclude.contains(&thing.number())
            && asked.slugs.as_ref().is_none_or(|slugs| slugs.iter().any(|slug| slug.as_str() == thing.slug()))
            && words.as_ref().is_none_or(|words| {
                thing.name().to_lowercase().contains(words) || thing.slug().contains(words.as_str())
            })
            && (!asked.hide_empty || thing.count() > 0)
    });
    let place = |thing: &T| asked.include.iter().flatten().position(|number| *number == thing.number());
    match asked.by {
        By::Id => all.sort_by_key(Listed::number),
        By::Slug => all.sort_by(|one, other| one.slug().cmp(other.slug())),
        By::Count => all.sort_by_key(Listed::count),
        By::Include => all.sort_by_key(place),
        _ => all.sort_by_cached_key(|thing| thing.name().to_lowercase()),
    }
    // A search has no order of its own: terms come by name.
    if asked.descending && !matches!(asked.by, By::Include | By::Date) {
        all.reverse();
    }
    let total = all.len();
    let (skip, take) = asked.window();
    (all.into_iter().skip(skip).take(take).collect(), total)
}

struct Counts(HashMap<String, i64>);

impl Counts {
    fn of(&self, place: &Place) -> i64 {
        self.0.get(&place.to_string()).copied().unwrap_or_default()
    }
}

async fn counts(furniture: &Furniture, kind: &str) -> Result<Counts, Error> {
    Ok(Counts(store::shelf::counts(&furniture.app().store, kind).await?))
}
