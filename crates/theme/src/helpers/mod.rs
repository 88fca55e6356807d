//! The helpers of Ghost, with Ghost's semantics, and a few of our own.
//!
//! Written from the public documentation and from what Ghost 6 prints; the markup is our own, the
//! class names are those that themes style.

mod article;
mod ask;
mod classes;
mod color;
mod date;
mod frame;
mod house;
mod links;
mod logic;
mod loops;
mod members;
mod moment;
mod picture;
pub mod social;
mod tense;
mod text;
mod truncate;

/// The first so many words of plain text, as `{{excerpt}}` cuts them.
pub fn first_words(text: &str, most: usize) -> &str {
    truncate::truncate_text(text, truncate::Measure::Words(most))
}

use crate::Value;
use crate::handlebars::render::Helper;
use crate::handlebars::{self, RenderError};

/// Ours, for a theme that has none of that name.
pub(crate) const PARTIALS: &[(&str, &str)] = &[
    ("navigation", include_str!("../partials/navigation.hbs")),
    ("pagination", include_str!("../partials/pagination.hbs")),
    ("content-cta", include_str!("../partials/content-cta.hbs")),
    ("breadcrumbs", include_str!("../partials/breadcrumbs.hbs")),
    ("credit", include_str!("../partials/credit.hbs")),
    ("corrections", include_str!("../partials/corrections.hbs")),
    ("statements", include_str!("../partials/statements.hbs")),
    ("related", include_str!("../partials/related.hbs")),
    ("section", include_str!("../partials/section.hbs")),
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
    ("breadcrumbs", house::breadcrumbs),
    ("cancel_link", members::nothing_yet),
    ("collection", ask::collection),
    ("color_to_rgba", color::color_to_rgba),
    ("comment_count", members::nothing_yet),
    ("comments", members::nothing_yet),
    ("concat", text::concat),
    ("content", article::content),
    ("contentFor", frame::content_for),
    ("content_api_key", links::content_api_key),
    ("content_api_url", links::content_api_url),
    ("contrast_text_color", color::contrast_text_color),
    ("corrections", house::corrections),
    ("credit", house::credit),
    ("date", date::date),
    ("encode", text::encode),
    ("excerpt", article::excerpt),
    ("facebook_url", social::facebook_url),
    ("foreach", loops::foreach),
    ("get", ask::get),
    ("ghost_foot", frame::ghost_foot),
    ("ghost_head", frame::ghost_head),
    ("has", logic::has),
    ("img_url", picture::img_url),
    ("is", logic::is),
    ("json", text::json),
    ("link", links::link),
    ("link_class", links::link_class),
    ("match", logic::match_),
    ("meta_description", frame::meta_description),
    ("meta_title", frame::meta_title),
    ("navigation", frame::navigation),
    ("next_post", ask::next_post),
    ("page_url", links::page_url),
    ("pagination", frame::pagination),
    ("plural", text::plural),
    ("post_class", classes::post_class),
    ("prev_post", ask::prev_post),
    ("price", members::price),
    ("raw", text::raw),
    ("readable_url", links::readable_url),
    ("reading_time", article::reading_time),
    ("recommendations", members::nothing_yet),
    ("related", house::related),
    ("search", members::search),
    ("section", house::section),
    ("social_accounts", social::social_accounts),
    ("social_url", social::social_url),
    ("split", text::split),
    ("statements", house::statements),
    ("t", text::t),
    ("tags", article::tags),
    ("tiers", members::tiers),
    ("title", text::title),
    ("total_members", members::total),
    ("total_paid_members", members::total),
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
