//! Writing and changing articles.

use std::sync::Arc;

use manuscript::Document;
use news::article::Extras;
use news::{Access, Article, Headline, Id, Kind, LeadPicture, SectionPath, Slug, Status, Verb, limits};

use super::keep::{By, Written, keep, load};
use super::publish::addressed;
use super::{ActError, names};
use crate::App;

/// Most numbers tried behind a slug that is taken.
const NUMBERS: u32 = 1_000;

/// What an article is to become; what is `None` stays as it is.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)] // the names of the article's own fields
pub struct Change {
    pub headline: Option<Headline>,
    pub slug: Option<Slug>,
    pub standfirst: Option<Option<String>>,
    /// The manuscript, as Lexical JSON.
    pub body: Option<String>,
    pub section: Option<Option<SectionPath>>,
    pub tags: Option<Vec<Id>>,
    pub authors: Option<Vec<Id>>,
    pub lead_picture: Option<Option<LeadPicture>>,
    pub access: Option<Access>,
    pub featured: Option<bool>,
    pub extras: Option<Extras>,
    /// For a draft: the date that it will carry.
    pub published_at: Option<Option<jiff::Timestamp>>,
}

/// An article about to be written, beside the one that was read. Nothing is
/// written until an act takes it: [`save`], [`super::publish::publish`],
/// [`super::schedule::schedule`], [`super::withdraw::withdraw`].
#[derive(Clone, Debug)]
pub struct Pending {
    /// As it was read; `None` for a new one.
    pub before: Option<Article>,
    /// As it is to be.
    pub after: Article,
    /// What is written in the same batch: the working copy that it ends, a correction.
    pub beside: Vec<store::Statement>,
}

/// A new article.
pub async fn begin(app: &App, kind: Kind, change: Change) -> Result<Pending, ActError> {
    let headline = change.headline.clone().ok_or_else(|| ActError::Field("an article needs a headline".into()))?;
    let slug = change.slug.clone().or_else(|| Slug::of(headline.as_str())).unwrap_or_else(Slug::untitled);
    let now = app.now();
    let blank = Article {
        id: app.new_id(),
        kind,
        headline,
        slug: slug.clone(),
        standfirst: None,
        body: Document::empty().to_json().into_owned(),
        section: None,
        tags: Vec::new(),
        authors: Vec::new(),
        lead_picture: None,
        status: Status::Draft,
        access: Access::Public,
        featured: false,
        created_at: now,
        updated_at: now,
        published_at: None,
        first_published_at: None,
        path: None,
        version: 0,
        extras: Extras::default(),
    };
    let mut after = changed(blank, change)?;
    after.extras.uuid.get_or_insert_with(new_uuid);
    after.slug = free_slug(app, &after, &slug).await?;
    Ok(Pending { before: None, after, beside: Vec::new() })
}

/// An article that is there, changed. Whoever read it states what was read: if
/// somebody changes it before the act is written, the act is refused.
pub async fn change(app: &App, before: Article, change: Change) -> Result<Pending, ActError> {
    let wanted = change.slug.clone();
    let mut after = changed(before.clone(), change)?;
    if let Some(wanted) = wanted.filter(|wanted| *wanted != before.slug) {
        after.slug = free_slug(app, &after, &wanted).await?;
        after.extras.keeps_address = false;
    }
    Ok(Pending { before: Some(before), after, beside: Vec::new() })
}

/// An article that is there, as it is.
pub async fn open(app: &App, id: &Id) -> Result<Pending, ActError> {
    let before = load(app, id).await?.article;
    Ok(Pending { after: before.clone(), before: Some(before), beside: Vec::new() })
}

/// Writes it and leaves its status as it is. A public article gets a new
/// address when its slug, section or date asks for it; the old one redirects
/// from then on.
pub async fn save(app: &Arc<App>, pending: Pending, by: &By) -> Result<Written, ActError> {
    let Pending { before, mut after, beside } = pending;
    after.updated_at = app.now().max(after.updated_at);
    after.version += 1;
    if after.is_public() {
        after = addressed(app, after).await?;
    }
    let verb = match &before {
        None => Verb::Created,
        Some(before) if before.path.is_some() && before.path != after.path => Verb::Moved,
        Some(_) => Verb::Edited,
    };
    keep(app, before.as_ref(), after, beside, by, verb).await
}

/// Refuses what goes beyond the limits, before anything is made for it.
pub fn refuse_over_limits(change: &Change) -> Result<(), ActError> {
    if let Some(body) = &change.body {
        Document::parse(body)?;
    }
    let over = |what: &str, most: usize| ActError::Field(format!("{what}: at most {most}"));
    if change.tags.as_ref().is_some_and(|tags| tags.len() > limits::TAGS) {
        return Err(over("tags of one article", limits::TAGS));
    }
    if change.authors.as_ref().is_some_and(|authors| authors.len() > limits::AUTHORS) {
        return Err(over("authors of one article", limits::AUTHORS));
    }
    if let Some(Some(text)) = &change.standfirst
        && text.chars().count() > limits::STANDFIRST_CHARACTERS
    {
        return Err(over("characters of a standfirst", limits::STANDFIRST_CHARACTERS));
    }
    if let Some(Some(picture)) = &change.lead_picture {
        if picture.alt.as_ref().is_some_and(|alt| alt.chars().count() > limits::META_CHARACTERS) {
            return Err(over("characters of an alternative text", limits::META_CHARACTERS));
        }
        let texts = [&picture.caption, &picture.caption_html];
        if texts.into_iter().flatten().any(|text| text.chars().count() > limits::CAPTION_CHARACTERS) {
            return Err(over("characters of a caption", limits::CAPTION_CHARACTERS));
        }
        if picture.src.as_ref().is_some_and(|src| src.len() > limits::URL_BYTES) {
            return Err(over("bytes of a picture's address", limits::URL_BYTES));
        }
    }
    if let Some(extras) = &change.extras {
        let codes = [&extras.codeinjection_head, &extras.codeinjection_foot];
        if codes.into_iter().flatten().any(|code| code.len() > limits::CODE_BYTES) {
            return Err(over("bytes of injected code", limits::CODE_BYTES));
        }
        if extras.texts().any(|text| text.chars().count() > limits::META_CHARACTERS) {
            return Err(over("characters of a field for machines", limits::META_CHARACTERS));
        }
    }
    Ok(())
}

fn changed(mut article: Article, change: Change) -> Result<Article, ActError> {
    refuse_over_limits(&change)?;
    let stood = (article.section.clone(), article.published_at);
    fn set<T>(field: &mut T, value: Option<T>) {
        if let Some(value) = value {
            *field = value;
        }
    }
    set(&mut article.headline, change.headline);
    set(&mut article.standfirst, change.standfirst);
    set(&mut article.body, change.body);
    set(&mut article.section, change.section);
    set(&mut article.tags, change.tags);
    set(&mut article.authors, change.authors);
    set(&mut article.lead_picture, change.lead_picture);
    set(&mut article.access, change.access);
    set(&mut article.featured, change.featured);
    set(&mut article.published_at, change.published_at);
    set(&mut article.extras, change.extras);
    article.lead_picture = article.lead_picture.filter(|picture| !picture.is_empty());
    if let Some(section) = &article.section {
        article.extras.also_in.retain(|also| !section.line().contains(also));
    }
    if stood != (article.section.clone(), article.published_at) {
        article.extras.keeps_address = false;
    }
    Ok(article)
}

/// The slug, with a number behind it when another article has it.
pub(super) async fn free_slug(app: &App, article: &Article, wanted: &Slug) -> Result<Slug, ActError> {
    let is_free = async |slug: &Slug| -> Result<bool, ActError> {
        let taken = store::article::id_by_slug(&app.store, article.kind.word(), slug.as_str()).await?;
        Ok(taken.is_none_or(|other| other.id == article.id.as_str()) && !names::is_reserved(article, slug))
    };
    for slug in std::iter::once(wanted.clone()).chain((2..NUMBERS).map(|n| wanted.numbered(n))) {
        if is_free(&slug).await? {
            return Ok(slug);
        }
    }
    Err(ActError::Field(format!("every slug like {wanted} is taken; choose another")))
}

/// RFC 9562, version 4.
pub fn new_uuid() -> String {
    let mut bytes = crate::app::random::<16>();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
