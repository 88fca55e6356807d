//! A comparison for readers.
//!
//! Changed words stand in `<del>` and `<ins>` and nothing else: ARIA gives these elements the roles
//! `deletion` and `insertion`, for which it forbids a name, so an `aria-label` would be dropped by
//! the very screen readers that it is for. Those that do not speak the roles read text that the
//! theme puts there (`del::before { content: "removed: " }`, visually hidden).

use std::borrow::Cow;

use serde_json::Value;

use super::phrases::{ENGLISH, Phrases, filled};
use super::running::Running;
use super::{Change, Diff, Style, Word, WordChange, words};
use crate::cards::Card;
use crate::document::{Block, TextBlock, TextKind};
use crate::escape::push_text;
use crate::url::Urls;
use crate::web::{GatedCards, Web};

impl Diff<'_> {
    /// The comparison as HTML: the changed blocks, each with the block before and after it, and
    /// `<p class="diff-gap">` where blocks are left out between them. Empty when a reader sees no
    /// change.
    ///
    /// Running text is printed without its formats and links. What became of a card is told in
    /// words (`<p class="diff-card">`), and so is what became of formats and links
    /// (`<p class="diff-note">`). Nothing in it is a link, loads anything or runs a script.
    ///
    /// Cards for members are left out as [`Web::gated_cards`] says. For readers who may not see what
    /// stands behind a paywall, compare the [`public_part`](crate::Document::public_part)s.
    pub fn html(&self, web: &Web) -> String {
        let told: Vec<_> = self.changes.iter().filter_map(|change| Told::of(self, change, web)).collect();
        let is_changed = |at: usize| told.get(at).is_some_and(Told::is_changed);
        let mut page = Page { out: String::new(), urls: Urls::of_page(&web.site_url), phrases: &ENGLISH };
        let mut last = None;
        for (at, block) in told.iter().enumerate() {
            let is_near = is_changed(at) || is_changed(at + 1) || at.checked_sub(1).is_some_and(is_changed);
            if !is_near {
                continue;
            }
            if last.is_some_and(|last| last + 1 < at) {
                page.line("diff-gap", page.phrases.gap);
            }
            page.told(block);
            last = Some(at);
        }
        page.out
    }
}

/// What a reader is told of a block.
enum Told<'r, 'd> {
    Same(&'r Block<'d>),
    Added(&'r Block<'d>),
    Removed(&'r Block<'d>),
    Moved(&'r Block<'d>),
    Edited(&'r Block<'d>, &'r Block<'d>, &'r Change<'d>),
}

impl<'r, 'd> Told<'r, 'd> {
    fn of(diff: &'r Diff<'d>, change: &'r Change<'d>, web: &Web) -> Option<Told<'r, 'd>> {
        let old = diff.old_block(change).filter(|block| is_seen(block, web));
        let new = diff.new_block(change).filter(|block| is_seen(block, web));
        // A card that became one for members is gone, as far as a reader can see.
        Some(match (old, new) {
            (None, None) => return None,
            (None, Some(new)) => Told::Added(new),
            (Some(old), None) => Told::Removed(old),
            (Some(old), Some(new)) => match change {
                Change::Moved { .. } => Told::Moved(new),
                _ if is_edit_seen(old, new, change) => Told::Edited(old, new, change),
                _ => Told::Same(new),
            },
        })
    }

    fn is_changed(&self) -> bool {
        !matches!(self, Told::Same(_))
    }
}

/// Whether a block shows something of which a reader is told.
fn is_seen(block: &Block<'_>, web: &Web) -> bool {
    match block {
        Block::Card(card) => match &**card {
            Card::Paywall(_) | Card::Rule(_) | Card::Email(_) | Card::EmailCta(_) => false,
            card => card.is_public() || web.gated_cards == GatedCards::Marked,
        },
        _ => !Running::of(block).text.trim().is_empty(),
    }
}

/// Fields of a card that only say how large it is shown, and to whom.
const UNSEEN: [&str; 4] = ["width", "height", "cardWidth", "visibility"];

fn is_edit_seen(old: &Block<'_>, new: &Block<'_>, change: &Change<'_>) -> bool {
    match change {
        Change::Changed { words, .. } => {
            kind(old) != kind(new) || words.iter().any(|word| word.change != WordChange::Same)
        }
        Change::CardChanged { fields, .. } => fields.iter().any(|field| {
            let was_filled_in = is_nothing(&field.old) && is_nothing(&field.new);
            !was_filled_in && !UNSEEN.contains(&field.field.as_str())
        }),
        _ => false,
    }
}

/// Whether a field is absent or empty. An editor that saves a card writes the fields that it lacked.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn kind(block: &Block<'_>) -> TextKind {
    match block {
        Block::Text(TextBlock { kind, .. }) => *kind,
        _ => TextKind::Paragraph,
    }
}

struct Page<'p> {
    out: String,
    urls: Urls<'p>,
    phrases: &'static Phrases,
}

impl Page<'_> {
    fn told(&mut self, told: &Told<'_, '_>) {
        match told {
            Told::Same(Block::Card(card)) => self.line("diff-card", self.phrases.card(card)),
            Told::Same(block) => self.whole(block, WordChange::Same),
            Told::Added(Block::Card(card)) => self.card(card, self.phrases.added, WordChange::Added),
            Told::Added(block) => self.whole(block, WordChange::Added),
            Told::Removed(Block::Card(card)) => self.card(card, self.phrases.removed, WordChange::Removed),
            Told::Removed(block) => self.whole(block, WordChange::Removed),
            Told::Moved(Block::Card(card)) => self.card(card, self.phrases.moved, WordChange::Same),
            Told::Moved(block) => {
                self.line("diff-note", self.phrases.text_moved);
                self.whole(block, WordChange::Same);
            }
            Told::Edited(Block::Card(old), Block::Card(new), change) => self.edited_card(old, new, change),
            Told::Edited(_, new, Change::Changed { words, .. }) => {
                self.words(new, words);
                self.notes(words);
            }
            Told::Edited(old, new, _) => self.words(new, &words::compare(&Running::of(old), &Running::of(new))),
        }
    }

    /// A text of which all is to be said the same.
    fn whole(&mut self, block: &Block<'_>, change: WordChange<'_>) {
        self.words(block, &[Word { change, text: Running::of(block).text }]);
    }

    fn words(&mut self, block: &Block<'_>, words: &[Word<'_>]) {
        let (open, close) = match kind(block) {
            TextKind::Paragraph => ("<p>", "</p>"),
            TextKind::Heading(_) => ("<p><strong>", "</strong></p>"),
            TextKind::Quote | TextKind::Aside => ("<blockquote><p>", "</p></blockquote>"),
        };
        self.out.push_str(open);
        for word in words {
            let (open, close) = match word.change {
                WordChange::Same | WordChange::Restyled { .. } => ("", ""),
                WordChange::Added => ("<ins>", "</ins>"),
                WordChange::Removed => ("<del>", "</del>"),
            };
            self.out.push_str(open);
            for (number, line) in word.text.split('\n').enumerate() {
                if number > 0 {
                    self.out.push_str("<br>");
                }
                push_text(&mut self.out, line);
            }
            self.out.push_str(close);
        }
        self.out.push_str(close);
    }

    /// What changed besides the words.
    fn notes(&mut self, words: &[Word<'_>]) {
        let mut has_link_note = false;
        for word in words {
            let WordChange::Restyled { old, new } = word.change else { continue };
            let link = |style: Style<'_>| Some(self.urls.link(style.link?)?.into_owned());
            let (text, phrases) = (word.text.as_str(), self.phrases);
            let note = match (link(old), link(new)) {
                (None, Some(new)) => filled(phrases.link_added, &[text, &new]),
                (Some(old), None) => filled(phrases.link_removed, &[text, &old]),
                (Some(old), Some(new)) if old != new => filled(phrases.link_changed, &[text, &old, &new]),
                _ => continue,
            };
            has_link_note = true;
            self.line("diff-note", &note);
        }
        let has_words = words.iter().any(|word| matches!(word.change, WordChange::Added | WordChange::Removed));
        if !has_words && !has_link_note {
            self.line("diff-note", self.phrases.restyled);
        }
    }

    /// A card of which all is to be said the same, and its texts.
    fn card(&mut self, card: &Card<'_>, phrase: &str, change: WordChange<'static>) {
        self.line("diff-card", &filled(phrase, &[self.phrases.card(card)]));
        for (_, text) in card.texts() {
            self.card_text(&[Word { change, text: text.into_owned() }]);
        }
    }

    fn edited_card(&mut self, old: &Card<'_>, new: &Card<'_>, change: &Change<'_>) {
        let Change::CardChanged { fields, .. } = change else { return };
        let is_replaced = fields.iter().any(|field| matches!(field.field.as_str(), "src" | "url"));
        let phrase = if is_replaced { self.phrases.replaced } else { self.phrases.changed };
        self.line("diff-card", &filled(phrase, &[self.phrases.card(new)]));
        let (old, new) = (old.texts(), new.texts());
        for at in 0..old.len().max(new.len()) {
            let text = |texts: &[(_, Cow<'_, str>)]| texts.get(at).map_or("", |(_, text)| text).to_owned();
            let (old, new) = (text(&old), text(&new));
            if old != new {
                self.card_text(&words::compare_plain(&old, &new));
            }
        }
        if let Some(alt) = fields.iter().find(|field| field.field == "alt") {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let mut words = vec![Word { change: WordChange::Same, text: format!("{} ", self.phrases.alt) }];
            words.extend(words::compare_plain(&text(&alt.old), &text(&alt.new)));
            self.card_text(&words);
        }
    }

    fn card_text(&mut self, words: &[Word<'_>]) {
        if words.iter().any(|word| !word.text.trim().is_empty()) {
            self.words(&Block::paragraph(""), words);
        }
    }

    fn line(&mut self, class: &str, text: &str) {
        self.out.push_str("<p class=\"");
        self.out.push_str(class);
        self.out.push_str("\">");
        push_text(&mut self.out, text);
        self.out.push_str("</p>");
    }
}
