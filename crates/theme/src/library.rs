//! What a template may ask the magazine for while it is drawn: `{{#get}}`, `{{#next_post}}` and their like.

use crate::Value;

/// Answers a template's questions. The server implements it over its store; a theme never sees more than these values.
pub trait Library: Send + Sync {
    /// A list, or one thing of it. An `Err` is a sentence for whoever makes the theme: a filter that is none, a field
    /// that there is not.
    fn browse(&self, query: &Query) -> Result<Found, String>;

    /// Whether answers have cost all that a page may cost; the page fails then.
    fn is_spent(&self) -> bool {
        false
    }

    /// The published article before (`older`) or after this one, among all or those that share something with it.
    fn neighbour(&self, post: &Value, older: bool, among: Among) -> Option<Value>;
}

/// A question, as `{{#get}}` puts it. All texts are as they stand in the theme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// What is asked for.
    pub resource: Resource,
    /// In Ghost's filter language.
    pub filter: Option<String>,
    /// Such as `published_at desc`.
    pub order: Option<String>,
    /// How many; `None` is as many as Ghost gives by itself (15). At most [`MOST`].
    pub limit: Option<u32>,
    /// From 1.
    pub page: u32,
    /// Such as `authors,tags,count.posts`.
    pub include: Option<String>,
    /// The only fields that are wanted.
    pub fields: Option<String>,
    /// One thing by its id.
    pub id: Option<String>,
    /// One thing by its slug.
    pub slug: Option<String>,
}

impl Query {
    /// Whether `count.posts` is wanted.
    pub fn counts(&self) -> bool {
        let wants = |list: &String| list.split(',').any(|name| name.trim() == "count.posts");
        self.include.as_ref().is_some_and(wants)
            || self.order.as_ref().is_some_and(|order| order.contains("count.posts"))
    }
}

/// The most that one question gets: Ghost 6 reads `all` and every larger number so.
pub const MOST: u32 = 100;

/// What can be asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Resource {
    /// Published articles.
    #[default]
    Posts,
    /// Static pages.
    Pages,
    /// Tags and sections.
    Tags,
    /// Authors.
    Authors,
    /// Tiers of membership.
    Tiers,
    /// Newsletters.
    Newsletters,
}

impl Resource {
    /// By Ghost's name, which is that of the list in the answer too.
    pub fn named(name: &str) -> Option<Resource> {
        Resource::ALL.into_iter().find(|resource| resource.name() == name)
    }

    /// Ghost's name.
    pub fn name(self) -> &'static str {
        match self {
            Resource::Posts => "posts",
            Resource::Pages => "pages",
            Resource::Tags => "tags",
            Resource::Authors => "authors",
            Resource::Tiers => "tiers",
            Resource::Newsletters => "newsletters",
        }
    }

    const ALL: [Resource; 6] =
        [Resource::Posts, Resource::Pages, Resource::Tags, Resource::Authors, Resource::Tiers, Resource::Newsletters];
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// A list.
    pub items: Value,
    /// `page`, `pages`, `limit`, `total`, `prev`, `next`; nothing where one thing was asked for.
    pub pagination: Value,
}

/// Among which articles a neighbour is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// All of them.
    All,
    /// Those whose first tag is this one's.
    PrimaryTag,
    /// Those whose first author is this one's.
    PrimaryAuthor,
}

/// A library without a book, for pages that ask for nothing.
pub struct Empty;

impl Library for Empty {
    fn browse(&self, _: &Query) -> Result<Found, String> {
        Ok(Found { items: Value::list([]), pagination: Value::Undefined })
    }

    fn neighbour(&self, _: &Value, _: bool, _: Among) -> Option<Value> {
        None
    }
}
