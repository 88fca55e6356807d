//! The words in which a reader is told of a change. To translate them is to fill this table again.

use crate::cards::Card;

/// `{}` stands for what is told; two of them in the order old, new.
pub(super) struct Phrases {
    /// Between two changed stretches of the article.
    pub(super) gap: &'static str,
    pub(super) added: &'static str,
    pub(super) removed: &'static str,
    pub(super) replaced: &'static str,
    pub(super) changed: &'static str,
    pub(super) moved: &'static str,
    /// Above a paragraph that stands elsewhere now.
    pub(super) text_moved: &'static str,
    /// The words are the same, and look otherwise.
    pub(super) restyled: &'static str,
    /// The text of the link first.
    pub(super) link_added: &'static str,
    pub(super) link_removed: &'static str,
    pub(super) link_changed: &'static str,
    /// Before the text that stands for a picture.
    pub(super) alt: &'static str,
    /// What a card is called when nothing better is known.
    pub(super) element: &'static str,
    /// What cards are called, by their type.
    cards: &'static [(&'static str, &'static str)],
}

pub(super) const ENGLISH: Phrases = Phrases {
    gap: "…",
    added: "{} added",
    removed: "{} removed",
    replaced: "{} replaced",
    changed: "{} changed",
    moved: "{} moved",
    text_moved: "Moved to here:",
    restyled: "Only the formatting changed.",
    link_added: "Link added to “{}”: {}",
    link_removed: "Link removed from “{}”: {}",
    link_changed: "Link on “{}” changed from {} to {}",
    alt: "Description:",
    element: "Element",
    cards: &[
        ("image", "Picture"),
        ("gallery", "Gallery"),
        ("video", "Video"),
        ("audio", "Recording"),
        ("file", "File"),
        ("embed", "Embedded content"),
        ("bookmark", "Link to a page"),
        ("codeblock", "Code"),
        ("callout", "Box"),
        ("toggle", "Foldable text"),
        ("button", "Button"),
        ("call-to-action", "Notice"),
        ("product", "Product"),
        ("header", "Heading"),
        ("signup", "Form to sign up"),
        ("transistor", "Podcast"),
    ],
};

impl Phrases {
    pub(super) fn card(&self, card: &Card<'_>) -> &'static str {
        self.cards.iter().find(|(kind, _)| *kind == card.kind()).map_or(self.element, |(_, name)| name)
    }
}

/// A phrase with its gaps filled.
pub(super) fn filled(phrase: &str, with: &[&str]) -> String {
    let mut out = String::new();
    let mut with = with.iter();
    for (number, part) in phrase.split("{}").enumerate() {
        if number > 0 {
            out.push_str(with.next().copied().unwrap_or_default());
        }
        out.push_str(part);
    }
    out
}
