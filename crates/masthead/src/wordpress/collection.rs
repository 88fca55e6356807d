//! The collections that are served, and what each may be asked.

use serde_json::{Value as Json, json};

use super::asked::{MOST, USUAL};

/// A collection of `wp/v2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection {
    /// Articles.
    Posts,
    /// Static pages.
    Pages,
    /// Lead pictures of articles and static pages.
    Media,
    /// Sections.
    Categories,
    /// Public tags.
    Tags,
    /// Authors.
    Users,
    /// Nothing: there are no comments.
    Comments,
    /// What has these words.
    Search,
}

/// By what a list is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // WordPress's names
pub enum By {
    Date,
    Modified,
    Id,
    Title,
    Slug,
    Include,
    Relevance,
    MenuOrder,
    Name,
    Count,
}

impl Collection {
    /// All of them.
    pub const ALL: [Collection; 8] = [
        Collection::Posts,
        Collection::Pages,
        Collection::Media,
        Collection::Categories,
        Collection::Tags,
        Collection::Users,
        Collection::Comments,
        Collection::Search,
    ];

    /// As paths name it.
    pub fn name(self) -> &'static str {
        match self {
            Collection::Posts => "posts",
            Collection::Pages => "pages",
            Collection::Media => "media",
            Collection::Categories => "categories",
            Collection::Tags => "tags",
            Collection::Users => "users",
            Collection::Comments => "comments",
            Collection::Search => "search",
        }
    }

    /// The collection that a path names.
    pub fn named(name: &str) -> Option<Collection> {
        Collection::ALL.into_iter().find(|collection| collection.name() == name)
    }

    /// Whether one thing of it can be asked for by its number.
    pub fn has_things(self) -> bool {
        self != Collection::Search
    }

    /// What a list of it may be asked, beside `_embed` and `_fields`. The index lists it, and nothing else is read.
    pub fn parameters(self) -> &'static [&'static str] {
        match self {
            Collection::Posts => &[
                "context",
                "page",
                "per_page",
                "search",
                "after",
                "modified_after",
                "author",
                "author_exclude",
                "before",
                "modified_before",
                "exclude",
                "include",
                "offset",
                "order",
                "orderby",
                "slug",
                "status",
                "categories",
                "categories_exclude",
                "tags",
                "tags_exclude",
                "sticky",
            ],
            Collection::Pages => &[
                "context",
                "page",
                "per_page",
                "search",
                "after",
                "modified_after",
                "author",
                "author_exclude",
                "before",
                "modified_before",
                "exclude",
                "include",
                "offset",
                "order",
                "orderby",
                "parent",
                "slug",
                "status",
            ],
            Collection::Media => &[
                "context",
                "page",
                "per_page",
                "after",
                "modified_after",
                "author",
                "author_exclude",
                "before",
                "modified_before",
                "exclude",
                "include",
                "offset",
                "order",
                "orderby",
                "parent",
                "status",
            ],
            Collection::Categories => &[
                "context",
                "page",
                "per_page",
                "search",
                "exclude",
                "include",
                "offset",
                "order",
                "orderby",
                "hide_empty",
                "parent",
                "post",
                "slug",
            ],
            Collection::Tags => &[
                "context",
                "page",
                "per_page",
                "search",
                "exclude",
                "include",
                "offset",
                "order",
                "orderby",
                "hide_empty",
                "post",
                "slug",
            ],
            Collection::Users => {
                &["context", "page", "per_page", "search", "exclude", "include", "offset", "order", "orderby", "slug"]
            }
            Collection::Comments => &["context", "page", "per_page", "post"],
            Collection::Search => &["context", "page", "per_page", "search", "type", "subtype", "exclude", "include"],
        }
    }

    /// By what a list of it can be ordered; the first is meant where nothing is said.
    pub fn orders(self) -> &'static [By] {
        match self {
            Collection::Posts | Collection::Media => {
                &[By::Date, By::Id, By::Include, By::Modified, By::Relevance, By::Slug, By::Title]
            }
            Collection::Pages => {
                &[By::Date, By::Id, By::Include, By::MenuOrder, By::Modified, By::Relevance, By::Slug, By::Title]
            }
            Collection::Categories | Collection::Tags => &[By::Name, By::Count, By::Id, By::Include, By::Slug],
            Collection::Users => &[By::Name, By::Id, By::Include, By::Slug],
            Collection::Comments | Collection::Search => &[By::Date],
        }
    }

    /// Whether what is newest, or last in the alphabet, stands first where nothing is said.
    pub fn is_descending(self) -> bool {
        self.orders().first() == Some(&By::Date)
    }
}

impl By {
    /// As `orderby` names it.
    pub fn word(self) -> &'static str {
        match self {
            By::Date => "date",
            By::Modified => "modified",
            By::Id => "id",
            By::Title => "title",
            By::Slug => "slug",
            By::Include => "include",
            By::Relevance => "relevance",
            By::MenuOrder => "menu_order",
            By::Name => "name",
            By::Count => "count",
        }
    }
}

/// What the index says of a parameter.
pub fn described(parameter: &str) -> Json {
    match parameter {
        "context" => {
            json!({ "type": "string", "enum": ["view", "embed", "edit"], "default": "view", "required": false })
        }
        "page" => json!({ "type": "integer", "default": 1, "minimum": 1, "required": false }),
        "per_page" => {
            json!({ "type": "integer", "default": USUAL, "minimum": 1, "maximum": MOST, "required": false })
        }
        "offset" | "post" | "id" => json!({ "type": "integer", "required": false }),
        "order" => json!({ "type": "string", "enum": ["asc", "desc"], "required": false }),
        "sticky" | "hide_empty" => json!({ "type": "boolean", "required": false }),
        "after" | "before" | "modified_after" | "modified_before" => {
            json!({ "type": "string", "format": "date-time", "required": false })
        }
        "search" | "orderby" | "type" => json!({ "type": "string", "required": false }),
        "slug" | "status" | "subtype" => {
            json!({ "type": "array", "items": { "type": "string" }, "required": false })
        }
        _ => json!({ "type": "array", "items": { "type": "integer" }, "default": [], "required": false }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_collection_is_found_by_its_name() {
        for collection in Collection::ALL {
            assert_eq!(Collection::named(collection.name()), Some(collection));
        }
        assert_eq!(Collection::named("themes"), None);
    }
}
