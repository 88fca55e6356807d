//! A post as a client sends it, read into a change of an article.

use jiff::Timestamp;
use news::article::Extras;
use news::{Access, Headline, Id, LeadPicture, SectionPath, Slug, limits};
use serde::Deserialize;
use serde_json::json;

use super::caller::Caller;
use super::sent::{Field, given};
use crate::App;
use crate::actions::edit::{self, Change};
use crate::actions::names;
use crate::ghost::error::ApiError;

/// A body in which nothing is written yet, as Ghost begins one.
const BLANK: &str = r#"{"root":{"children":[{"children":[],"direction":null,"format":"","indent":0,"type":"paragraph","version":1}],"direction":null,"format":"","indent":0,"type":"root","version":1}}"#;

/// Longest standfirst that Ghost takes, in characters. A longer one, written at the desk, may stay.
const EXCERPT: usize = 300;

/// Ghost's statuses that a client may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Not public.
    Draft,
    /// Public.
    Published,
    /// Public later.
    Scheduled,
    /// It went out by mail alone, and that stays so.
    Sent,
}

/// Ghost's fields; those that are absent stay as they are. Unknown ones are ignored, as Ghost does.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PostFields {
    title: Option<String>,
    slug: Option<String>,
    #[serde(deserialize_with = "given")]
    lexical: Field,
    #[serde(deserialize_with = "given")]
    mobiledoc: Field,
    #[serde(deserialize_with = "given")]
    html: Field,
    #[serde(deserialize_with = "given")]
    custom_excerpt: Field,
    status: Option<String>,
    visibility: Option<String>,
    /// Ours, beyond Ghost: the path of the section, such as `politics/europe`.
    #[serde(deserialize_with = "given")]
    section: Field,
    tiers: Option<Vec<Named>>,
    featured: Option<bool>,
    tags: Option<Vec<Named>>,
    authors: Option<Vec<Named>>,
    #[serde(deserialize_with = "given")]
    published_at: Field,
    /// When the client read the post: states which version it changes.
    pub updated_at: Option<String>,
    #[serde(deserialize_with = "given")]
    feature_image: Field,
    #[serde(deserialize_with = "given")]
    feature_image_alt: Field,
    #[serde(deserialize_with = "given")]
    feature_image_caption: Field,
    #[serde(deserialize_with = "given")]
    codeinjection_head: Field,
    #[serde(deserialize_with = "given")]
    codeinjection_foot: Field,
    #[serde(deserialize_with = "given")]
    custom_template: Field,
    #[serde(deserialize_with = "given")]
    canonical_url: Field,
    #[serde(deserialize_with = "given")]
    og_image: Field,
    #[serde(deserialize_with = "given")]
    og_title: Field,
    #[serde(deserialize_with = "given")]
    og_description: Field,
    #[serde(deserialize_with = "given")]
    twitter_image: Field,
    #[serde(deserialize_with = "given")]
    twitter_title: Field,
    #[serde(deserialize_with = "given")]
    twitter_description: Field,
    #[serde(deserialize_with = "given")]
    meta_title: Field,
    #[serde(deserialize_with = "given")]
    meta_description: Field,
    #[serde(deserialize_with = "given")]
    email_subject: Field,
    #[serde(deserialize_with = "given")]
    frontmatter: Field,
    show_title_and_feature_image: Option<bool>,
}

/// A tag, author or tier: its name, its address, or an object with one of these.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Named {
    Word(String),
    Object {
        #[serde(default)]
        id: Option<String>,
        #[serde(default)]
        slug: Option<String>,
        #[serde(default)]
        name: Option<String>,
        #[serde(default)]
        email: Option<String>,
    },
}

impl PostFields {
    /// Whether a title is given.
    pub fn has_title(&self) -> bool {
        self.title.is_some()
    }

    /// The status that the client asks for.
    pub fn wanted(&self) -> Result<Option<Wanted>, ApiError> {
        Ok(match self.status.as_deref() {
            None => None,
            Some("draft") => Some(Wanted::Draft),
            Some("published") => Some(Wanted::Published),
            Some("scheduled") => Some(Wanted::Scheduled),
            Some("sent") => Some(Wanted::Sent),
            Some(_) => {
                let params = json!({ "allowedValues": ["published", "draft", "scheduled", "sent"] });
                let (at, rule) = ("/posts/0/status", "properties/status/enum");
                return Err(ApiError::schema("status", at, rule, params, "must be equal to one of the allowed values"));
            }
        })
    }

    /// The date that the client gives, if any.
    pub fn date(&self) -> Result<Option<Timestamp>, ApiError> {
        self.published_at.clone().flatten().map(|text| time("published_at", &text)).transpose()
    }

    /// What this caller may write of it; code of anybody else is passed over, as clients send back all that they read.
    pub fn from(mut self, caller: &Caller) -> PostFields {
        if !caller.may_inject_code() {
            (self.codeinjection_head, self.codeinjection_foot) = (None, None);
        }
        self
    }

    /// The change of an article that these fields ask for. `source_html`: the
    /// body comes as HTML (`?source=html`). Tags and authors that are not there
    /// are made, so this comes after everything that may refuse.
    pub async fn change(
        self,
        app: &App,
        source_html: bool,
        before: Option<&news::Article>,
    ) -> Result<Change, ApiError> {
        for (name, url) in [
            ("feature_image", &self.feature_image),
            ("canonical_url", &self.canonical_url),
            ("og_image", &self.og_image),
            ("twitter_image", &self.twitter_image),
        ] {
            refuse_strange_address(name, url.as_ref().and_then(|url| url.as_deref()))?;
        }
        if let Some(Some(excerpt)) = &self.custom_excerpt
            && excerpt.chars().count() > EXCERPT
            && before.is_none_or(|before| before.standfirst.as_ref() != Some(excerpt))
        {
            let (at, rule) = ("/posts/0/custom_excerpt", "properties/custom_excerpt/maxLength");
            let message = format!("must NOT have more than {EXCERPT} characters");
            return Err(ApiError::schema("custom_excerpt", at, rule, json!({ "limit": EXCERPT }), &message));
        }
        if let Some(Some(lexical)) = &self.lexical
            && !lexical.is_empty()
            && serde_json::from_str::<serde::de::IgnoredAny>(lexical).is_err()
        {
            let (at, rule) = ("/posts/0/lexical", "properties/lexical/format");
            let params = json!({ "format": "json-string" });
            return Err(ApiError::schema("lexical", at, rule, params, "must match format \"json-string\""));
        }
        let mut change = Change {
            headline: self.title.as_deref().map(headline).transpose()?,
            slug: self.slug.as_deref().filter(|slug| !slug.is_empty()).map(slug).transpose()?,
            standfirst: self.custom_excerpt.clone().map(|text| text.filter(|text| !text.trim().is_empty())),
            access: self.access(&app.settings().await?)?,
            featured: self.featured,
            section: self.section()?,
            lead_picture: self.lead_picture(app, before),
            extras: Some(self.extras(before)),
            ..Change::default()
        };
        change.body = match (&self.html, &self.lexical, source_html) {
            (Some(Some(html)), _, true) => {
                let document = manuscript::from_html(html).map_err(|why| ApiError::invalid("html", why.to_string()))?;
                Some(if document.blocks().is_empty() { BLANK.to_owned() } else { document.to_json().into_owned() })
            }
            (_, Some(Some(lexical)), _) if !lexical.is_empty() => {
                manuscript::Document::parse(lexical).map_err(|why| ApiError::invalid("lexical", why.to_string()))?;
                Some(lexical.clone())
            }
            _ => match self.mobiledoc.as_ref().and_then(Option::as_deref).filter(|text| !text.is_empty()) {
                Some(mobiledoc) => {
                    let document = manuscript::from_mobiledoc(mobiledoc);
                    let document = document.map_err(|why| ApiError::invalid("mobiledoc", why.to_string()))?;
                    Some(document.to_json().into_owned())
                }
                None => before.is_none().then(|| BLANK.to_owned()),
            },
        };
        edit::refuse_over_limits(&change)?;
        if let Some(tags) = self.tags {
            // We show the section as the first tag; a client that sends back what it read means the section.
            let section = before.and_then(|article| article.section.as_ref()).map(SectionPath::slug);
            let tags = tags.into_iter().filter(|tag| !tag.is_section(section)).collect();
            change.tags = Some(find_tags(app, tags).await?);
        }
        if let Some(authors) = self.authors {
            change.authors = Some(find_authors(app, authors).await?);
        }
        Ok(change)
    }

    fn access(&self, settings: &news::Settings) -> Result<Option<Access>, ApiError> {
        let Some(word) = self.visibility.as_deref() else { return Ok(None) };
        let slug = |named: &Named| match named {
            Named::Object { id: Some(id), .. } => {
                settings.all_tiers().into_iter().find(|tier| tier.id == *id).map(|tier| tier.slug)
            }
            named => named.word().map(str::to_owned),
        };
        let tiers = self.tiers.iter().flatten().filter_map(slug).collect();
        let wrong = || ApiError::invalid("visibility", format!("“{word}” is not one of public, members, paid, tiers"));
        Access::of(word, tiers).map(Some).ok_or_else(wrong)
    }

    fn section(&self) -> Result<Option<Option<SectionPath>>, ApiError> {
        let Some(path) = &self.section else { return Ok(None) };
        let path = path.as_deref().filter(|path| !path.is_empty()).map(SectionPath::parse).transpose();
        path.map(Some).map_err(|why| ApiError::invalid("section", why.to_string()))
    }

    fn lead_picture(&self, app: &App, before: Option<&news::Article>) -> Option<Option<LeadPicture>> {
        if self.feature_image.is_none() && self.feature_image_alt.is_none() && self.feature_image_caption.is_none() {
            return None;
        }
        let mut picture = before.and_then(|article| article.lead_picture.clone()).unwrap_or_default();
        if let Some(src) = self.feature_image.clone() {
            let src = src.filter(|src| !src.is_empty());
            let src = src.map(|src| src.strip_prefix(app.url.as_str()).map_or(src.clone(), str::to_owned));
            if src != picture.src {
                (picture.width, picture.height) = src.as_deref().and_then(|src| size_of(app, src)).unzip();
            }
            picture.src = src;
        }
        if let Some(alt) = self.feature_image_alt.clone() {
            picture.alt = alt;
        }
        if let Some(caption) = self.feature_image_caption.clone() {
            picture.caption_html = caption.filter(|caption| !caption.is_empty());
        }
        Some(Some(picture))
    }

    fn extras(&self, before: Option<&news::Article>) -> Extras {
        let mut extras = before.map(|article| article.extras.clone()).unwrap_or_default();
        macro_rules! take {
            ($($field:ident),+) => {$(if let Some(value) = &self.$field { extras.$field = value.clone(); })+};
        }
        take!(
            codeinjection_head,
            codeinjection_foot,
            custom_template,
            canonical_url,
            og_image,
            og_title,
            og_description,
            twitter_image,
            twitter_title,
            twitter_description,
            meta_title,
            meta_description,
            email_subject,
            frontmatter
        );
        if let Some(shown) = self.show_title_and_feature_image {
            extras.show_title_and_feature_image = Some(shown).filter(|shown| !shown);
        }
        extras
    }
}

impl Named {
    fn is_section(&self, section: Option<&str>) -> bool {
        matches!((self, section), (Named::Object { id: None, slug: Some(slug), .. }, Some(section)) if slug == section)
    }

    fn word(&self) -> Option<&str> {
        match self {
            Named::Word(word) => Some(word),
            Named::Object { slug, name, .. } => slug.as_deref().or(name.as_deref()),
        }
    }
}

/// Only the web, and our own paths: nothing else is ever linked.
fn refuse_strange_address(property: &str, url: Option<&str>) -> Result<(), ApiError> {
    let Some(url) = url.filter(|url| !url.is_empty()) else { return Ok(()) };
    let own = url.starts_with('/') && !url.starts_with("//") || url.starts_with("__GHOST_URL__/");
    let web = url.starts_with("https://") || url.starts_with("http://");
    if (own || web) && !url.contains(|c: char| c.is_control() || c.is_whitespace() || "<>\"\\".contains(c)) {
        return Ok(());
    }
    Err(ApiError::invalid(property, format!("“{url}” is neither a web address nor a path of this magazine")))
}

/// Width and height of a picture of ours.
fn size_of(app: &App, src: &str) -> Option<(u32, u32)> {
    let bytes = app.media.get(&format!("images/{}", src.strip_prefix("/content/images/")?)).ok()??;
    let facts = picture::probe(&bytes).ok()?;
    Some((facts.width, facts.height))
}

fn headline(text: &str) -> Result<Headline, ApiError> {
    let message = "Validation error, cannot save post.";
    Headline::parse(text).map_err(|why| ApiError::unprocessable(message).because(format!("The title: {why}.")))
}

/// The headline of a copy.
pub fn copied(headline: &Headline) -> Option<Headline> {
    let copied = Headline::parse(&format!("{} (Copy)", headline.as_str()));
    Some(copied.unwrap_or_else(|_| headline.clone()))
}

/// A slug by hand keeps its shape; anything else is made into one.
fn slug(text: &str) -> Result<Slug, ApiError> {
    Slug::parse(text)
        .ok()
        .or_else(|| Slug::of(text))
        .ok_or_else(|| ApiError::invalid("slug", "a slug needs at least one letter or digit"))
}

/// RFC 3339, as Ghost's clients send it.
pub fn time(property: &str, text: &str) -> Result<Timestamp, ApiError> {
    let at = text.parse::<Timestamp>().ok().filter(|at| limits::TIMES.contains(at));
    at.ok_or_else(|| ApiError::invalid(property, format!("“{text}” is not a date and time (RFC 3339)")))
}

async fn find_tags(app: &App, named: Vec<Named>) -> Result<Vec<Id>, ApiError> {
    if named.len() > limits::TAGS {
        return Err(ApiError::invalid("tags", format!("an article has at most {} tags", limits::TAGS)));
    }
    let mut ids = Vec::new();
    for named in named {
        let by_slug = match &named {
            Named::Object { id: Some(id), .. } => match Id::parse(id) {
                Ok(id) => store::tag::by_ids(&app.store, &[&id]).await?.into_iter().next(),
                Err(_) => None,
            },
            Named::Object { slug: Some(slug), .. } => store::tag::by_slug(&app.store, slug).await?,
            _ => None,
        };
        let tag = match (by_slug, &named) {
            (Some(tag), _) => Some(tag),
            (None, Named::Word(name) | Named::Object { name: Some(name), .. }) => {
                Some(names::tag_named(app, name).await?)
            }
            (None, Named::Object { slug: Some(slug), .. }) => Some(names::tag_named(app, slug).await?),
            _ => None,
        };
        ids.extend(tag.map(|tag| tag.id));
    }
    Ok(without_repeats(ids))
}

async fn find_authors(app: &App, named: Vec<Named>) -> Result<Vec<Id>, ApiError> {
    if named.len() > limits::AUTHORS {
        return Err(ApiError::invalid("authors", format!("an article has at most {} authors", limits::AUTHORS)));
    }
    let mut ids = Vec::new();
    for named in named {
        let (id, slug, name, email) = match &named {
            Named::Word(word) if word.contains('@') => (None, None, None, Some(word.clone())),
            Named::Word(word) => (None, Some(word.clone()), Some(word.clone()), None),
            Named::Object { id, slug, name, email } => (id.clone(), slug.clone(), name.clone(), email.clone()),
        };
        let mut found = None;
        if let Some(id) = id.and_then(|id| Id::parse(&id).ok()) {
            found = store::author::by_ids(&app.store, &[&id]).await?.into_iter().next();
        }
        if let (None, Some(email)) = (&found, &email) {
            found = store::author::by_email(&app.store, email).await?;
        }
        if let (None, Some(slug)) = (&found, &slug) {
            found = store::author::by_slug(&app.store, slug).await?;
        }
        if let (None, Some(name)) = (&found, &name) {
            found = Some(names::author_named(app, name).await?);
        }
        // An unknown address names nobody: Ghost puts the owner there, we print no byline that nobody wrote.
        ids.extend(found.map(|author| author.id));
    }
    Ok(without_repeats(ids))
}

fn without_repeats(ids: Vec<Id>) -> Vec<Id> {
    let mut seen = std::collections::HashSet::new();
    ids.into_iter().filter(|id| seen.insert(id.clone())).collect()
}
