//! Articles, authors, tags and sections as templates see them: Ghost's names,
//! and ours for what Ghost has no name for. The manual lists them.

use std::sync::{Arc, OnceLock};

use news::credit::Part;
use news::{Article, Author, Credit, Id, LeadPicture, Place, Reader, SectionPath, Slug, Social, Tag};
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
    /// The public part as HTML, made when a list asks for it.
    html: OnceLock<Arc<str>>,
    caption: OnceLock<Value>,
    related: OnceLock<Value>,
    statements: OnceLock<Value>,
    furniture: Arc<Furniture>,
}

/// What an article's own page shows beyond its card.
#[derive(Default)]
pub struct Whole {
    /// The body, or its public part, as HTML.
    pub html: Arc<str>,
    /// Words of what this reader gets.
    pub words: usize,
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
    let authors = app.last_read.authors(app, &unique(|a| &a.authors)).await?;
    let tags = app.last_read.tags(app, &unique(|a| &a.tags)).await?;
    Ok(cards
        .into_iter()
        .map(|Card { article, derived }| Post {
            authors: article.authors.iter().filter_map(|id| authors.get(id).cloned()).collect(),
            tags: article.tags.iter().filter_map(|id| tags.get(id).cloned()).collect(),
            article,
            derived,
            whole: None,
            html: OnceLock::new(),
            caption: OnceLock::new(),
            related: OnceLock::new(),
            statements: OnceLock::new(),
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
    /// The magazine, as the page of this article sees it.
    pub fn furniture(&self) -> &Arc<Furniture> {
        &self.furniture
    }

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

    /// The name of its section.
    pub fn section_name(&self) -> Option<String> {
        let path = self.article.section.as_ref()?;
        Some(self.furniture.section(path).map_or_else(|| path.name(), |section| section.name.clone()))
    }

    fn all_tags(&self) -> Vec<Value> {
        let section = self.article.section.iter().map(|path| section_as_tag(&self.furniture, path));
        section.chain(self.tags.iter().map(|tag| tag_of(&self.furniture, tag))).collect()
    }

    /// Ghost's rule: when the first tag is internal there is no primary one.
    fn primary_tag(&self) -> Value {
        match (&self.article.section, self.tags.first()) {
            (Some(section), _) => section_as_tag(&self.furniture, section),
            (None, Some(tag)) if tag.is_public() => tag_of(&self.furniture, tag),
            _ => Value::Null,
        }
    }

    /// The tiers whose members read it: for `paid` all that cost something.
    fn tiers(&self) -> Value {
        let all = &self.furniture.settings.tiers;
        let is = |tier: &&news::Tier| match &self.article.access {
            news::Access::Tiers(slugs) => slugs.contains(&tier.slug),
            news::Access::Paid => tier.kind == "paid" && tier.active,
            news::Access::Members | news::Access::Public => tier.active,
        };
        Value::list(all.iter().filter(is).map(tier_of))
    }

    /// What a stranger may read, as HTML. On the article's own page it was made before; a list makes it when a template
    /// asks, on the thread that draws.
    fn html(&self) -> Arc<str> {
        if let Some(whole) = &self.whole {
            return whole.html.clone();
        }
        let made = || {
            let Furniture { app, runtime, .. } = &*self.furniture;
            let card = runtime.block_on(store::article::by_id(&app.store, &self.article.id)).ok().flatten();
            let body = card.map(|card| card.article.body).unwrap_or_default();
            let document = super::article::public_part_of(&body, self.is_open());
            document.map(|document| super::article::web_html(&self.furniture, &document)).unwrap_or_default().into()
        };
        self.html.get_or_init(made).clone()
    }

    /// What a stranger may read, as Ghost's clients get it; `raw` is the HTML of which their plain text is made. `None` of
    /// an article without a body. To be asked on a thread that may wait.
    pub(crate) fn for_clients(&self, raw: bool) -> Option<String> {
        let Furniture { app, runtime, .. } = &*self.furniture;
        let row = runtime.block_on(store::article::body_of(&app.store, self.article.id.as_str())).ok().flatten()?;
        let html = |is_open: bool| {
            let document = super::article::public_part_of(&row.body, is_open)?;
            Some(super::article::html_for_clients(&self.furniture, &document, raw))
        };
        let public = html(self.is_open())?;
        let is_there = !public.is_empty() || !self.is_open() && html(true).is_some_and(|whole| !whole.is_empty());
        is_there.then_some(public)
    }

    /// “You may also like”, looked for when a template asks: many never do.
    fn related(&self) -> Value {
        let find = || {
            let Furniture { app, runtime, .. } = &*self.furniture;
            let found = runtime.block_on(super::related::to(app, &self.furniture, &self.article.id));
            let Ok((posts, asked)) = found else { return Value::list([]) };
            asked.into_iter().chain(places_of(&posts)).for_each(|place| self.furniture.shows(place));
            list(&posts)
        };
        self.related.get_or_init(find).clone()
    }

    /// What is said in it and is public, looked for when a template asks.
    fn statements(&self) -> Value {
        let find = || {
            let Furniture { app, runtime, .. } = &*self.furniture;
            self.furniture.shows(Place::Record);
            let found = runtime.block_on(super::record::of_article(app, &self.article.id));
            found.unwrap_or_else(|why| {
                tracing::error!("The statements of article {} cannot be read: {why}", self.article.id);
                Value::list([])
            })
        };
        self.statements.get_or_init(find).clone()
    }

    fn plain_text(&self) -> String {
        self.excerpt().to_owned()
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
            "html" => Some(self.html()).filter(|html| !html.is_empty()).map(Value::html).unwrap_or("".into()),
            "plaintext" => self.plain_text().into(),
            "comment_id" => a.extras.comment_id.as_deref().unwrap_or(a.id.as_str()).into(),
            "type" => if a.kind == news::Kind::Page { "page" } else { "post" }.into(),
            "excerpt" => self.excerpt().into(),
            "custom_excerpt" => a.standfirst.as_deref().into(),
            "feature_image" => self.furniture.picture(picture.and_then(|p| p.src.as_deref())),
            "feature_image_alt" => picture.and_then(|p| p.alt.as_deref()).into(),
            "feature_image_caption" => self.caption.get_or_init(|| picture.map(caption).into()).clone(),
            "featured" => a.featured.into(),
            "visibility" => a.access.word().into(),
            "access" => self.is_open().into(),
            "page" => (a.kind == news::Kind::Page).into(),
            "url" => self.furniture.full(self.path()).into(),
            "published_at" => time(a.published_at),
            "updated_at" => time(Some(a.updated_at)),
            "created_at" => time(Some(a.created_at)),
            "reading_time" => self.derived.minutes.into(),
            "word_count" => self.derived.words.into(),
            "authors" => Value::list(self.authors.iter().map(|author| author_of(&self.furniture, author))),
            "primary_author" => self.authors.first().map(|author| author_of(&self.furniture, author)).into(),
            "author" => self.authors.first().map(|author| author_of(&self.furniture, author)).into(),
            "tiers" => self.tiers(),
            "tags" => Value::list(self.all_tags()),
            "primary_tag" => self.primary_tag(),
            "topics" => Value::list(self.public_tags().map(|tag| tag_of(&self.furniture, tag))),
            "section" => self.section(),
            "breadcrumb" => crumbs(&self.furniture.breadcrumb(a.section.as_ref())),
            "lead_picture" => picture.map(lead_picture).into(),
            "updated" => a.updated_on().is_some().into(),
            "related" if whole.is_some() => self.related(),
            "related" => Value::list([]),
            "statements" if whole.is_some() => self.statements(),
            "statements" => Value::list([]),
            "corrections" => Value::list(whole.map_or(&[][..], |whole| &whole.corrections).iter().map(correction)),
            "canonical_url" => a.extras.canonical_url.as_deref().map(|url| self.furniture.absolute(url)).into(),
            "custom_template" => a.extras.custom_template.as_deref().into(),
            "codeinjection_head" => a.extras.codeinjection_head.as_deref().into(),
            "codeinjection_foot" => a.extras.codeinjection_foot.as_deref().into(),
            "show_title_and_feature_image" => a.extras.show_title_and_feature_image.unwrap_or(true).into(),
            "meta_title" => a.extras.meta_title.as_deref().into(),
            "meta_description" => a.extras.meta_description.as_deref().into(),
            "og_title" => a.extras.og_title.as_deref().into(),
            "og_description" => a.extras.og_description.as_deref().into(),
            "og_image" => self.furniture.picture(a.extras.og_image.as_deref()),
            "twitter_title" => a.extras.twitter_title.as_deref().into(),
            "twitter_description" => a.extras.twitter_description.as_deref().into(),
            "twitter_image" => self.furniture.picture(a.extras.twitter_image.as_deref()),
            _ => return None,
        })
    }

    fn names(&self) -> Vec<&str> {
        NAMES.to_vec()
    }
}

/// The fields of an article, in the order in which `{{#each}}` meets them.
const NAMES: &[&str] = &[
    "id",
    "uuid",
    "title",
    "slug",
    "html",
    "comment_id",
    "feature_image",
    "featured",
    "visibility",
    "created_at",
    "updated_at",
    "published_at",
    "custom_excerpt",
    "codeinjection_head",
    "codeinjection_foot",
    "custom_template",
    "canonical_url",
    "authors",
    "tags",
    "tiers",
    "primary_author",
    "primary_tag",
    "url",
    "excerpt",
    "reading_time",
    "access",
    "page",
    "og_image",
    "og_title",
    "og_description",
    "twitter_image",
    "twitter_title",
    "twitter_description",
    "meta_title",
    "meta_description",
    "feature_image_alt",
    "feature_image_caption",
    "word_count",
    "topics",
    "section",
    "breadcrumb",
    "lead_picture",
    "updated",
    "related",
    "statements",
    "corrections",
];

/// An author as templates see them.
struct AuthorValue {
    furniture: Arc<Furniture>,
    author: Arc<Author>,
    /// Whether `count.posts` was asked for.
    counts: bool,
}

/// An author as a value.
pub fn author_of(furniture: &Arc<Furniture>, author: &Arc<Author>) -> Value {
    author_with(furniture, author, false)
}

/// The same, with the number of their articles.
pub fn author_with(furniture: &Arc<Furniture>, author: &Arc<Author>, counts: bool) -> Value {
    Value::object(AuthorValue { furniture: furniture.clone(), author: author.clone(), counts })
}

impl Object for AuthorValue {
    fn get(&self, name: &str) -> Option<Value> {
        let author = &self.author;
        let profile = &author.profile;
        Some(match name {
            "id" => author.id.as_str().into(),
            "name" => author.name.as_str().into(),
            "slug" => author.slug.as_str().into(),
            "url" => self.furniture.full(&self.furniture.author_url(author)).into(),
            "role" => author.role.as_deref().into(),
            "bio" => author.bio.as_deref().into(),
            "location" => author.location.as_deref().into(),
            "website" => author.website.as_deref().filter(|url| is_web(url)).into(),
            "profile_image" => self.furniture.picture(author.portrait.as_deref()),
            "cover_image" => self.furniture.picture(profile.cover_image.as_deref()),
            "meta_title" => profile.meta_title.as_deref().into(),
            "meta_description" => profile.meta_description.as_deref().into(),
            "visibility" => "public".into(),
            "count" if self.counts => count_of(&self.furniture, Place::Author(author.id.clone())),
            network => {
                return profile.accounts.all().into_iter().find(|(name, _)| *name == network).map(|(_, a)| a.into());
            }
        })
    }

    fn names(&self) -> Vec<&str> {
        let mut names = vec!["id", "name", "slug", "profile_image", "cover_image", "bio", "website", "location"];
        names.extend(self.author.profile.accounts.all().iter().map(|(name, _)| *name));
        names.extend(["meta_title", "meta_description", "url", "role"]);
        names
    }
}

/// A tag as templates see it, or a section, which is a tag for themes that know no sections.
struct TagValue {
    furniture: Arc<Furniture>,
    tag: Arc<Tag>,
    /// The path and the address of a section.
    section: Option<(SectionPath, String)>,
    /// Whether `count.posts` was asked for.
    counts: bool,
}

/// A tag as a value.
pub fn tag_of(furniture: &Arc<Furniture>, tag: &Arc<Tag>) -> Value {
    tag_with(furniture, tag, false)
}

/// The same, with the number of its articles.
pub fn tag_with(furniture: &Arc<Furniture>, tag: &Arc<Tag>, counts: bool) -> Value {
    Value::object(TagValue { furniture: furniture.clone(), tag: tag.clone(), section: None, counts })
}

/// A section as a tag.
pub fn section_as_tag(furniture: &Arc<Furniture>, path: &SectionPath) -> Value {
    section_with(furniture, path, false)
}

/// The same, with the number of its articles.
pub fn section_with(furniture: &Arc<Furniture>, path: &SectionPath, counts: bool) -> Value {
    let known = furniture.section(path);
    let name = known.map_or_else(|| path.name(), |section| section.name.clone());
    let Ok(slug) = Slug::parse(path.slug()) else { return Value::Null };
    let mut tag = Tag::named(path.id(), slug, name);
    tag.visibility = news::Visibility::Public;
    tag.description = known.and_then(|section| section.description.clone());
    let section = Some((path.clone(), path.url()));
    Value::object(TagValue { furniture: furniture.clone(), tag: Arc::new(tag), section, counts })
}

impl Object for TagValue {
    fn get(&self, name: &str) -> Option<Value> {
        let (tag, dress) = (&self.tag, &self.tag.dress);
        Some(match name {
            "id" => tag.id.as_str().into(),
            "name" => tag.name.as_str().into(),
            "slug" => tag.slug.as_str().into(),
            "description" => tag.description.as_deref().into(),
            "visibility" => tag.visibility.word().into(),
            "url" => match &self.section {
                Some((_, url)) => self.furniture.full(url).into(),
                // Nobody reads what an internal tag holds together.
                None if !tag.is_public() => self.furniture.full("/404/").into(),
                None => self.furniture.full(&self.furniture.tag_url(tag)).into(),
            },
            "feature_image" => self.furniture.picture(dress.feature_image.as_deref()),
            "accent_color" => dress.accent_color.as_deref().into(),
            "canonical_url" => dress.canonical_url.as_deref().map(|url| self.furniture.absolute(url)).into(),
            "codeinjection_head" => dress.codeinjection_head.as_deref().into(),
            "codeinjection_foot" => dress.codeinjection_foot.as_deref().into(),
            "og_image" => self.furniture.picture(dress.social.og_image.as_deref()),
            "twitter_image" => self.furniture.picture(dress.social.twitter_image.as_deref()),
            "count" if self.counts => count_of(
                &self.furniture,
                self.section
                    .as_ref()
                    .map_or_else(|| Place::Tag(tag.id.clone()), |(path, _)| Place::Section(path.clone())),
            ),
            other => {
                return social_words(&dress.social).find(|(name, _)| *name == other).map(|(_, words)| words.into());
            }
        })
    }

    fn names(&self) -> Vec<&str> {
        vec![
            "id",
            "name",
            "slug",
            "description",
            "feature_image",
            "visibility",
            "meta_title",
            "meta_description",
            "accent_color",
            "url",
        ]
    }
}

/// `count.posts`: how long the shelf is.
fn count_of(furniture: &Furniture, place: Place) -> Value {
    let count = furniture.runtime.block_on(store::shelf::count(&furniture.app.store, &place));
    Value::map([("posts", count.unwrap_or_default().into())])
}

/// What is said to search engines and on cards, by Ghost's names.
pub(crate) fn social_words(social: &Social) -> impl Iterator<Item = (&'static str, Option<&str>)> {
    [
        ("meta_title", &social.meta_title),
        ("meta_description", &social.meta_description),
        ("og_image", &social.og_image),
        ("og_title", &social.og_title),
        ("og_description", &social.og_description),
        ("twitter_image", &social.twitter_image),
        ("twitter_title", &social.twitter_title),
        ("twitter_description", &social.twitter_description),
    ]
    .into_iter()
    .map(|(name, text)| (name, text.as_deref()))
}

/// Addresses that a link of a page may lead to.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// A tier as a value; prices in the smallest unit of the currency.
pub(crate) fn tier_of(tier: &news::Tier) -> Value {
    Value::map([
        ("id", tier.id.as_str().into()),
        ("name", tier.name.as_str().into()),
        ("slug", tier.slug.as_str().into()),
        ("description", tier.description.as_deref().into()),
        ("type", tier.kind.as_str().into()),
        ("active", tier.active.into()),
        ("visibility", if tier.public { "public" } else { "none" }.into()),
        ("currency", tier.currency.as_deref().into()),
        ("monthly_price", tier.monthly_price.into()),
        ("yearly_price", tier.yearly_price.into()),
        ("trial_days", tier.trial_days.into()),
        ("benefits", Value::list(tier.benefits.iter().map(|benefit| benefit.as_str().into()))),
    ])
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

/// Ghost's caption of the lead picture: as it was given, or else ours; behind it the credit, with its licence linked. So
/// a theme that knows nothing of credits prints them.
fn caption(picture: &LeadPicture) -> Value {
    caption_line(picture).map_or(Value::Null, Value::html)
}

/// The same as markup.
pub fn caption_line(picture: &LeadPicture) -> Option<String> {
    let caption = match &picture.caption_html {
        Some(html) => Some(theme::credit::Caption::Html(manuscript::inline_html(html, ""))),
        None => picture.caption.clone().map(theme::credit::Caption::Text),
    };
    let mut links = Vec::new();
    if let Some(credit) = &picture.credit {
        let mut has_licence = false;
        for part in credit.parts() {
            links.push(match part {
                Part::Text(text) => theme::credit::Part { text: text.into(), url: None, is_licence: false },
                Part::Address(url) => {
                    theme::credit::Part { text: url.into(), url: Some(url.into()), is_licence: false }
                }
                Part::Licence(text, licence) => {
                    has_licence = true;
                    theme::credit::Part { text: text.into(), url: licence.url.map(str::to_owned), is_licence: true }
                }
            });
        }
        if let Some(licence) = credit.licence().filter(|_| !has_licence) {
            links.push(theme::credit::Part { text: " ".into(), url: None, is_licence: false });
            links.push(theme::credit::Part {
                text: licence.name.into(),
                url: licence.url.map(str::to_owned),
                is_licence: true,
            });
        }
    }
    theme::credit::line(caption, &links)
}

/// What a lead picture's credit says in one line; for feeds and structured data.
pub fn credit_of(picture: Option<&LeadPicture>) -> Option<&Credit> {
    picture?.credit.as_ref()
}
