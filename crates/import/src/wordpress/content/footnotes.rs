//! Notes at the foot of an article: WordPress keeps them beside it.

use std::collections::HashMap;

use manuscript::Block;
use serde_json::Value;

use super::{Work, marks};

/// In front of the HTML of the notes, as for those of Markdown.
const MARK: &str = "<!--masthead:footnotes-->";

/// The notes of an article.
#[derive(Default)]
pub(super) struct Footnotes {
    /// The HTML of each note, in their order.
    notes: Vec<String>,
    /// The place of each note in the list, by its id.
    places: HashMap<String, usize>,
    is_placed: bool,
}

impl Footnotes {
    /// Reads the meta of a post: an array of `{"id", "content"}`. What is none is no note.
    pub fn read(json: &str) -> Footnotes {
        let value: Value = serde_json::from_str(json).unwrap_or_default();
        let mut read = Footnotes::default();
        for note in value.as_array().into_iter().flatten() {
            let text = |key: &str| note[key].as_str().map(marks::door).unwrap_or_default();
            let id = text("id");
            if !id.is_empty() && !read.places.contains_key(&id) {
                read.places.insert(id, read.notes.len());
                read.notes.push(text("content"));
            }
        }
        read
    }

    /// What a link to a note becomes: `#fn1`.
    pub fn link(&self, href: &str) -> Option<String> {
        let place = self.places.get(href.strip_prefix('#')?)?;
        Some(format!("#fn{}", place + 1))
    }

    /// The notes as a card, once. Their HTML goes through `line` first.
    pub fn card(&mut self, mut line: impl FnMut(&str) -> String) -> Option<Block<'static>> {
        if self.is_placed || self.notes.is_empty() {
            return None;
        }
        self.is_placed = true;
        let mut html = format!("{MARK}<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n");
        for (at, note) in self.notes.iter().enumerate() {
            let number = at + 1;
            html.push_str(&format!(
                "<li id=\"fn{number}\" class=\"footnote-item\"><p>{} <a href=\"#fnref{number}\" \
                 class=\"footnote-backref\">↩\u{fe0e}</a></p>\n</li>\n",
                line(note)
            ));
        }
        html.push_str("</ol>\n</section>");
        Some(Block::html(html))
    }
}

impl Work<'_> {
    /// The mark of the notes; empty when they have their place already, or when there are none.
    pub(super) fn place_footnotes(&mut self) -> String {
        let mut notes = std::mem::take(&mut self.footnotes);
        let card = notes.card(|note| self.line(note));
        self.footnotes = notes;
        self.cards.mark(card.into_iter().collect())
    }
}
