//! The helpers of Ghost that a news theme calls, with Ghost's semantics.
//!
//! Written from the public documentation and from what Ghost 6 prints; the markup is our own, the
//! class names are those that themes style.

mod article;
mod classes;
mod date;
mod frame;
mod links;
mod logic;
mod loops;
mod moment;
mod picture;
mod social;
mod tense;
mod text;
mod truncate;

use crate::Value;
use crate::handlebars::render::Helper;
use crate::handlebars::{self, RenderError};

/// Ours, for a theme that has none of that name.
pub(crate) const PARTIALS: &[(&str, &str)] = &[
    ("navigation", include_str!("../partials/navigation.hbs")),
    ("pagination", include_str!("../partials/pagination.hbs")),
    ("content-cta", include_str!("../partials/content-cta.hbs")),
];

/// The helper of this name, Ghost's or Handlebars' own.
pub(crate) fn find(name: &str) -> Option<Helper> {
    let helpers: &[(&str, Helper)] = HELPERS;
    let found = helpers.binary_search_by_key(&name, |(known, _)| known).ok();
    found.map(|at| helpers[at].1).or_else(|| handlebars::builtin(name))
}

/// In alphabetical order, for the search.
const HELPERS: &[(&str, Helper)] = &[
    ("asset", picture::asset),
    ("authors", article::authors),
    ("block", frame::block),
    ("body", frame::body),
    ("body_class", classes::body_class),
    ("concat", text::concat),
    ("content", article::content),
    ("contentFor", frame::content_for),
    ("date", date::date),
    ("encode", text::encode),
    ("excerpt", article::excerpt),
    ("facebook_url", social::facebook_url),
    ("foreach", loops::foreach),
    ("ghost_foot", frame::ghost_foot),
    ("ghost_head", frame::ghost_head),
    ("has", logic::has),
    ("img_url", picture::img_url),
    ("is", logic::is),
    ("match", logic::match_),
    ("meta_description", frame::meta_description),
    ("meta_title", frame::meta_title),
    ("navigation", frame::navigation),
    ("page_url", links::page_url),
    ("pagination", frame::pagination),
    ("plural", text::plural),
    ("post_class", classes::post_class),
    ("raw", text::raw),
    ("reading_time", article::reading_time),
    ("social_url", social::social_url),
    ("split", text::split),
    ("t", text::t),
    ("tags", article::tags),
    ("title", text::title),
    ("twitter_url", social::twitter_url),
    ("url", links::url),
];

/// What a helper returns.
type Done = Result<Value, RenderError>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_helpers_stand_in_order_so_that_each_is_found() {
        assert!(HELPERS.is_sorted_by_key(|(name, _)| *name));
        assert!(HELPERS.iter().all(|(name, _)| find(name).is_some()));
        assert!(find("if").is_some() && find("nonsense").is_none());
    }
}
