//! Articles, authors, tags and sections as templates see them: Ghost's names,
//! and ours for what Ghost has no name for. The manual lists them.

use std::collections::HashMap;
use std::sync::Arc;

use news::credit::Part;
use news::{Article, Author, Credit, Id, LeadPicture, Place, Reader, Tag};
use store::article::{Card, Derived};
use theme::{Map, Object, Value};

use super::furniture::{Furniture, crumbs};
use crate::{App, Error};

/// An article with the names of its people and things.
pub struct Post {
    /// The article; its body is empty in lists.
    pub article: Article,
    /// What was derived of its body.
    pub derived: Derived,
    /// In the order of the byline.
    pub authors: Vec<Arc<Author>>,
    /// In the article's order, internal ones too.
    pub tags: Vec<Arc<Tag>>,
    /// What only the article's own page shows.
    pub whole: Option<Whole>,
    furniture: Arc<Furniture>,
}

/// What an article's own page shows beyond its card.
#[derive(Default)]
pub struct Whole {
    /// The body, or its public part, as HTML.
    pub html: Arc<str>,
    /// Words of what this reader gets.
    pub words: usize,
    /// “You may also like”.
    pub related: Vec<Arc<Post>>,
    /// Corrections, oldest first.
    pub corrections: Vec<news::Correction>,
}

/// The posts of these ids, in order; ids that are gone, or not public, are left out.
pub async fn posts(app: &App, furniture: &Arc<Furniture>, ids: &[Id]) -> Result<Vec<Arc<Post>>, Error> {
    let cards = store::article::cards(&app.store, ids).await?;
    let posts = with_names(app, furniture, cards).await?;
    Ok(posts.into_iter().filter(|post| post.article.is_public()).map(Arc::new).collect())
}

/// Adds authors and tags to cards.
pub async fn with_names(app: &App, furniture: &Arc<Furniture>, cards: Vec<Card>) -> Result<Vec<Post>, Error> {
    let unique = |ids: fn(&Article) -> &Vec<Id>| {
        let mut all: Vec<&Id> = cards.iter().flat_map(|card| ids(&card.article)).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let authors = store::author::by_ids(&app.store, &unique(|a| &a.authors)).await?;
    let tags = store::tag::by_ids(&app.store, &unique(|a| &a.tags)).await?;
    let authors: HashMap<Id, Arc<Author>> = authors.into_iter().map(|a| (a.id.clone(), Arc::new(a))).collect();
    let tags: HashMap<Id, Arc<Tag>> = tags.into_iter().map(|t| (t.id.clone(), Arc::new(t))).collect();
    Ok(cards
        .into_iter()
        .map(|Card { article, derived }| Post {
            authors: article.authors.iter().filter_map(|id| authors.get(id).cloned()).collect(),
            tags: article.tags.iter().filter_map(|id| tags.get(id).cloned()).collect(),
            article,
            derived,
            whole: None,
            furniture: furniture.clone(),
        })
        .collect())
}

/// The places that a page showing these posts depends on.
pub fn places_of(posts: &[Arc<Post>]) -> impl Iterator<Item = Place> + '_ {
    posts.iter().map(|post| Place::Article(post.article.id.clone()))
}

/// Posts as a list of lazy values.
pub fn list(posts: &[Arc<Post>]) -> Value {
    Value::list(posts.iter().map(|post| Value::Object(post.clone())))
}

impl Post {
    /// The path, or `/404/` for what has none.
    pub fn path(&self) -> &str {
        self.article.path.as_deref().unwrap_or("/404/")
    }

    /// The standfirst, else the first words of the public part.
    pub fn excerpt(&self) -> &str {
        self.article.standfirst.as_deref().unwrap_or(&self.derived.excerpt)
    }

    /// Whether a stranger gets the whole article.
    pub fn is_open(&self) -> bool {
        self.article.access.allows(Reader::Stranger)
    }

    /// Public tags.
    pub fn public_tags(&self) -> impl Iterator<Item = &Arc<Tag>> {
        self.tags.iter().filter(|tag| tag.is_public())
    }

    fn section(&self) -> Value {
        let Some(path) = &self.article.section else { return Value::Null };
        let known = self.furniture.section(path);
        Value::map([
            ("name", known.map_or_else(|| path.name(), |s| s.name.clone()).into()),
            ("slug", path.slug().into()),
            ("path", path.as_str().into()),
            ("url", path.url().into()),
            ("description", known.and_then(|s| s.description.as_deref()).into()),
        ])
    }

    /// Towards Ghost, the section is the first tag: name, slug and path.
    pub fn section_tag(&self) -> Option<(String, String, String)> {
        let path = self.article.section.as_ref()?;
        let name = self.furniture.section(path).map_or_else(|| path.name(), |s| s.name.clone());
        Some((name, path.slug().to_owned(), path.url()))
    }

    fn section_as_tag(&self) -> Option<Value> {
        let (name, slug, url) = self.section_tag()?;
        Some(tag_value(&slug, &name, None, "public", &url))
    }

    fn all_tags(&self) -> Vec<Value> {
        self.section_as_tag().into_iter().chain(self.tags.iter().map(|tag| tag_of(tag))).collect()
    }

    /// Ghost's rule: when the first tag is internal there is no primary one.
    fn primary_tag(&self) -> Value {
        match (self.section_as_tag(), self.tags.first()) {
            (Some(section), _) => section,
            (None, Some(tag)) if tag.is_public() => tag_of(tag),
            _ => Value::Null,
        }
    }
}

impl Object for Post {
    fn get(&self, name: &str) -> Option<Value> {
        let a = &self.article;
        let time = |at: Option<jiff::Timestamp>| Value::from(at.map(|at| at.to_string()));
        let picture = a.lead_picture.as_ref();
        let whole = self.whole.as_ref();
        Some(match name {
            "id" => a.id.as_str().into(),
            "uuid" => a.extras.uuid.as_deref().into(),
            "slug" => a.slug.as_str().into(),
            "title" => a.headline.as_str().into(),
            "html" => whole.map(|whole| Value::html(whole.html.clone())).into(),
            "excerpt" => self.excerpt().into(),
            "custom_excerpt" => a.standfirst.as_deref().into(),
            "feature_image" => picture.and_then(|p| p.src.as_deref()).into(),
            "feature_image_alt" => picture.and_then(|p| p.alt.as_deref()).into(),
            "feature_image_caption" => picture.map(caption).into(),
            "featured" => a.featured.into(),
            "visibility" => a.access.word().into(),
            "access" => self.is_open().into(),
            "page" => (a.kind == news::Kind::Page).into(),
            "url" => self.path().into(),
            "published_at" => time(a.published_at),
            "updated_at" => time(Some(a.updated_at)),
            "created_at" => time(Some(a.created_at)),
            "reading_time" => self.derived.minutes.into(),
            "word_count" => self.derived.words.into(),
            "authors" => Value::list(self.authors.iter().map(|author| author_of(author))),
            "primary_author" => self.authors.first().map(|author| author_of(author)).into(),
            "tags" => Value::list(self.all_tags()),
            "primary_tag" => self.primary_tag(),
            "topics" => Value::list(self.public_tags().map(|tag| tag_of(tag))),
            "section" => self.section(),
            "breadcrumb" => crumbs(&self.furniture.breadcrumb(a.section.as_ref())),
            "lead_picture" => picture.map(lead_picture).into(),
            "updated" => a.updated_on().is_some().into(),
            "related" => list(whole.map_or(&[], |whole| &whole.related)),
            "corrections" => Value::list(whole.map_or(&[][..], |whole| &whole.corrections).iter().map(correction)),
            "canonical_url" => a.extras.canonical_url.as_deref().into(),
            "custom_template" => a.extras.custom_template.as_deref().into(),
            "meta_title" => a.extras.meta_title.as_deref().into(),
            "meta_description" => a.extras.meta_description.as_deref().into(),
            _ => return None,
        })
    }

    fn names(&self) -> Vec<&str> {
        vec![
            "id",
            "uuid",
            "slug",
            "title",
            "html",
            "excerpt",
            "custom_excerpt",
            "feature_image",
            "feature_image_alt",
            "feature_image_caption",
            "featured",
            "visibility",
            "access",
            "page",
            "url",
            "published_at",
            "updated_at",
            "created_at",
            "reading_time",
            "word_count",
            "authors",
            "primary_author",
            "tags",
            "primary_tag",
            "topics",
            "section",
            "breadcrumb",
            "lead_picture",
            "updated",
            "related",
            "corrections",
            "canonical_url",
            "custom_template",
            "meta_title",
            "meta_description",
        ]
    }
}

/// An author as a value.
pub fn author_of(author: &Author) -> Value {
    Value::map([
        ("id", author.id.as_str().into()),
        ("name", author.name.as_str().into()),
        ("slug", author.slug.as_str().into()),
        ("url", author.url().into()),
        ("role", author.role.as_deref().into()),
        ("bio", author.bio.as_deref().into()),
        ("location", author.location.as_deref().into()),
        ("website", author.website.as_deref().filter(|url| is_web(url)).into()),
        ("profile_image", author.portrait.as_deref().into()),
        ("cover_image", Value::Null),
    ])
}

/// A tag as a value.
pub fn tag_of(tag: &Tag) -> Value {
    tag_value(tag.slug.as_str(), &tag.name, tag.description.as_deref(), tag.visibility.word(), &tag.url())
}

fn tag_value(slug: &str, name: &str, description: Option<&str>, visibility: &str, url: &str) -> Value {
    Value::map([
        ("name", name.into()),
        ("slug", slug.into()),
        ("description", description.into()),
        ("visibility", visibility.into()),
        ("url", url.into()),
        ("feature_image", Value::Null),
        ("accent_color", Value::Null),
    ])
}

/// Addresses that a link of a page may lead to.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// A note to readers.
pub(super) fn correction(correction: &news::Correction) -> Value {
    Value::map([
        ("id", correction.id.as_str().into()),
        ("kind", correction.kind.word().into()),
        ("before", correction.before.as_deref().into()),
        ("after", correction.after.as_deref().into()),
        ("text", correction.text.as_str().into()),
        ("at", correction.at.to_string().into()),
    ])
}

fn lead_picture(picture: &LeadPicture) -> Value {
    Value::map([
        ("src", picture.src.as_deref().into()),
        ("width", picture.width.into()),
        ("height", picture.height.into()),
        ("alt", picture.alt.as_deref().into()),
        ("caption", caption_of(picture)),
        ("credit", picture.credit.as_ref().map(credit).into()),
    ])
}

fn credit(credit: &Credit) -> Value {
    let licence = credit.licence();
    let in_text = credit.parts().iter().any(|part| matches!(part, Part::Licence(..)));
    let parts = credit.parts().into_iter().map(|part| match part {
        Part::Text(text) => Map::from([("text", Value::from(text))]),
        Part::Licence(text, licence) => {
            Map::from([("text", Value::from(text)), ("url", licence.url.into()), ("licence", true.into())])
        }
        Part::Address(url) => Map::from([("text", Value::from(url)), ("url", url.into())]),
    });
    Value::map([
        ("text", credit.text.as_str().into()),
        ("parts", Value::list(parts.map(Value::from))),
        ("title", credit.title.as_deref().into()),
        ("creator", credit.creator.as_deref().into()),
        ("organisation", credit.organisation.as_deref().into()),
        ("date", credit.date.map(|date| date.to_string()).into()),
        ("source", credit.source.as_deref().into()),
        ("source_url", credit.source_url.as_deref().filter(|url| is_web(url)).into()),
        ("licence_in_text", in_text.into()),
        ("licence", licence.map(|l| Value::map([("name", l.name.into()), ("url", l.url.into())])).into()),
    ])
}

/// The caption without the credit: text, or HTML through the manuscript's allow list.
fn caption_of(picture: &LeadPicture) -> Value {
    match (&picture.caption, &picture.caption_html) {
        (Some(text), _) => text.as_str().into(),
        (None, Some(html)) => Value::html(manuscript::inline_html(html, "")),
        (None, None) => Value::Null,
    }
}

/// Ghost's caption of the lead picture: HTML when it was given as such (through
/// the manuscript's allow list), else caption and credit as text.
fn caption(picture: &LeadPicture) -> Value {
    if let Some(html) = &picture.caption_html {
        return Value::html(manuscript::inline_html(html, ""));
    }
    let credit = picture.credit.as_ref().map(|credit| credit.text.as_str());
    let text: Vec<&str> = [picture.caption.as_deref(), credit].into_iter().flatten().collect();
    if text.is_empty() { Value::Null } else { text.join(" ").into() }
}

/// What a lead picture's credit says in one line; for feeds and structured data.
pub fn credit_of(picture: Option<&LeadPicture>) -> Option<&Credit> {
    picture?.credit.as_ref()
}
