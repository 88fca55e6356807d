//! Places in an article that links lead to.
//!
//! A node has no id of its own (a heading's follows from its words), so a place that somebody links to, or a heading
//! that was given a name, gets a small HTML card in front of it that holds the id.

use std::collections::HashSet;

use manuscript::Block;

use super::Work;
use super::limits::MAX_ANCHORS;
use super::tags::{Token, Tokens, decode, escaped};

/// What is known of the places of a body.
#[derive(Default)]
pub(super) struct Anchors {
    /// The ids that links of the body lead to.
    wanted: HashSet<String>,
    /// Where in the HTML each place begins, with its id.
    found: Vec<(usize, String)>,
}

impl Anchors {
    /// Reads the links of a body.
    pub fn of(html: &str) -> Anchors {
        let tags = Tokens::of(html).filter_map(|token| match token {
            Token::Open(tag) if tag.is("a") => tag.value("href"),
            _ => None,
        });
        let wanted = tags.filter_map(|href| Some(href.trim().strip_prefix('#')?.to_owned()));
        Anchors { wanted: wanted.filter(|id| !id.is_empty()).take(MAX_ANCHORS).collect(), found: Vec::new() }
    }

    /// A place that may be linked to.
    pub fn meet(&mut self, at: usize, id: &str) {
        if self.wanted.contains(decode(id).trim()) {
            self.add(at, id);
        }
    }

    /// A place that is linked to.
    pub fn add(&mut self, at: usize, id: &str) {
        let id = decode(id).trim().to_owned();
        let is_new = !self.found.iter().any(|(_, other)| *other == id);
        if is_new && !id.is_empty() && self.found.len() < MAX_ANCHORS {
            self.found.push((at, id));
        }
    }

    /// Puts a card in front of every place.
    pub fn put(mut self, html: String, work: &mut Work<'_>) -> String {
        if self.found.is_empty() {
            return html;
        }
        self.found.sort_by_key(|(at, _)| *at);
        let mut out = String::with_capacity(html.len());
        let mut written = 0;
        for here in self.found.chunk_by(|(one, _), (other, _)| one == other) {
            let at = here[0].0;
            out.push_str(&html[written..at]);
            let ids: Vec<&str> = here.iter().map(|(_, id)| id.as_str()).collect();
            out.push_str(&work.cards.mark(vec![card(&ids)]));
            written = at;
        }
        out.push_str(&html[written..]);
        out
    }
}

/// A card that holds ids and shows nothing.
pub(super) fn card(ids: &[&str]) -> Block<'static> {
    Block::html(ids.iter().map(|id| format!("<a id=\"{}\"></a>", escaped(id))).collect::<String>())
}
