//! Finding, or making, the sections, tags and authors that an article names.

use news::{Article, Author, Id, Kind, Slug, Tag, limits, tag};
use store::Batch;

use super::ActError;
use crate::App;

/// Slugs of the first public tag and the first author; a section counts as the first tag.
pub async fn primary(app: &App, article: &Article) -> Result<(Option<String>, Option<String>), ActError> {
    let tag = match (&article.section, article.tags.first()) {
        (Some(section), _) => Some(section.slug().to_owned()),
        (None, Some(id)) => {
            let tags = store::tag::by_ids(&app.store, &[id]).await?;
            tags.into_iter().find(Tag::is_public).map(|tag| tag.slug.to_string())
        }
        _ => None,
    };
    let author = match article.authors.first() {
        Some(id) => store::author::by_ids(&app.store, &[id]).await?.into_iter().next().map(|a| a.slug.to_string()),
        None => None,
    };
    Ok((tag, author))
}

/// Whether the article's address would begin with a word that the program keeps for itself.
pub fn is_reserved(article: &Article, slug: &Slug) -> bool {
    slug.is_word_of_lists() || (article.section.is_none() && slug.is_reserved())
}

/// The tag of this name; made if there is none.
pub async fn tag_named(app: &App, name: &str) -> Result<Tag, ActError> {
    let name = named(name, "tag")?;
    let mut slug = tag::slug_of(&name).ok_or_else(|| ActError::Field(format!("“{name}” cannot be a tag")))?;
    // “C#” and “C++” make the same slug and are not the same tag.
    let wanted = slug.clone();
    for number in 2..NAMESAKES {
        match store::tag::by_slug(&app.store, slug.as_str()).await? {
            Some(tag) if is_same(&tag.name, &name) => return Ok(tag),
            Some(_) => slug = wanted.numbered(number),
            None => break,
        }
    }
    let visibility = tag::visibility_of(&name);
    let made = Tag { visibility, ..Tag::named(app.new_id(), slug.clone(), name) };
    let mut batch = Batch::new();
    batch.push(store::tag::put(&made, app.now()));
    batch.push(super::events::tag(app, None, Some(&made)));
    match app.store.commit(batch).await {
        // Made by somebody else in the meantime: take theirs.
        Err(store::Refused::Taken) => store::tag::by_slug(&app.store, slug.as_str()).await?.ok_or(ActError::Stale),
        Err(other) => Err(other.into()),
        Ok(()) => Ok(made),
    }
}

/// A slug that no other tag has: the wanted one, or one with a number behind it.
pub async fn free_tag_slug(app: &App, wanted: Slug, own: Option<&Id>) -> Result<Slug, ActError> {
    for slug in std::iter::once(wanted.clone()).chain((2..NAMESAKES).map(|number| wanted.numbered(number))) {
        match store::tag::by_slug(&app.store, slug.as_str()).await? {
            Some(other) if own != Some(&other.id) => {}
            _ => return Ok(slug),
        }
    }
    Err(ActError::Field(format!("every slug like {wanted} is taken")))
}

/// A slug that no other article, or page, has.
pub async fn free_slug(app: &App, kind: Kind, wanted: Slug) -> Result<Slug, ActError> {
    for slug in std::iter::once(wanted.clone()).chain((2..NAMESAKES).map(|number| wanted.numbered(number))) {
        if store::article::id_by_slug(&app.store, kind.word(), slug.as_str()).await?.is_none() {
            return Ok(slug);
        }
    }
    Err(ActError::Field(format!("every slug like {wanted} is taken")))
}

/// A slug that no other author has.
pub async fn free_author_slug(app: &App, wanted: Slug) -> Result<Slug, ActError> {
    for slug in std::iter::once(wanted.clone()).chain((2..NAMESAKES).map(|number| wanted.numbered(number))) {
        if store::author::by_slug(&app.store, slug.as_str()).await?.is_none() {
            return Ok(slug);
        }
    }
    Err(ActError::Field(format!("every slug like {wanted} is taken")))
}

/// The author of this name; made if there is none.
pub async fn author_named(app: &App, name: &str) -> Result<Author, ActError> {
    let name = named(name, "author")?;
    let mut slug = Slug::of(&name).ok_or_else(|| ActError::Field(format!("“{name}” cannot be an author")))?;
    // 王伟 and 汪伟 make the same slug and are not the same person.
    let wanted = slug.clone();
    for number in 2..NAMESAKES {
        match store::author::by_slug(&app.store, slug.as_str()).await? {
            Some(author) if is_same(&author.name, &name) => return Ok(author),
            Some(_) => slug = wanted.numbered(number),
            None => break,
        }
    }
    let made = Author::named(app.new_id(), slug.clone(), name);
    let mut batch = Batch::new();
    batch.push(store::author::put(&made, app.now()));
    match app.store.commit(batch).await {
        Err(store::Refused::Taken) => store::author::by_slug(&app.store, slug.as_str()).await?.ok_or(ActError::Stale),
        Err(other) => Err(other.into()),
        Ok(()) => Ok(made),
    }
}

/// A new author of this name, also where there is one of that name already.
pub async fn new_author(app: &App, name: &str) -> Result<Author, ActError> {
    let name = named(name, "author")?;
    let wanted = Slug::of(&name).ok_or_else(|| ActError::Field(format!("“{name}” cannot be an author")))?;
    for slug in std::iter::once(wanted.clone()).chain((2..NAMESAKES).map(|number| wanted.numbered(number))) {
        if store::author::by_slug(&app.store, slug.as_str()).await?.is_some() {
            continue;
        }
        let made = Author::named(app.new_id(), slug, name.clone());
        let mut batch = Batch::new();
        batch.push(store::author::put(&made, app.now()));
        match app.store.commit(batch).await {
            Err(store::Refused::Taken) => {}
            Err(other) => return Err(other.into()),
            Ok(()) => return Ok(made),
        }
    }
    Err(ActError::Field(format!("too many authors are called {name}")))
}

/// Most names that share a slug.
const NAMESAKES: u32 = 100;

fn is_same(known: &str, named: &str) -> bool {
    known.to_lowercase() == named.to_lowercase()
}

fn named(name: &str, what: &str) -> Result<String, ActError> {
    let name: String = name.trim().chars().filter(|c| !c.is_control()).collect();
    match name.chars().count() {
        0 => Err(ActError::Field(format!("the {what} has no name"))),
        n if n > limits::NAME_CHARACTERS => {
            Err(ActError::Field(format!("the name of a {what} has at most {} characters", limits::NAME_CHARACTERS)))
        }
        _ => Ok(name),
    }
}
