//! The stored content of a WordPress post, made into a manuscript.
//!
//! WordPress stores what was typed and makes a page of it at every request: shortcodes become pictures and players,
//! blank lines paragraphs, straight quotation marks curly ones, bare addresses films. All of that is done here once, in
//! its order, and the result is not one piece of HTML but nodes and cards. Nothing is fetched, nothing that a reader saw
//! is dropped without a word in the [`Report`].
//!
//! The way of a text: `shortcode` and `blocks` take out what becomes a card and leave marks (`marks`); `autoembed`,
//! `texturize` and `autop` do to the rest what WordPress does; `clean` takes styles and classes away;
//! [`manuscript::from_html`] makes nodes; the cards come back in the places of their marks.

mod address;
mod anchors;
mod autoembed;
mod autop;
mod blocks;
mod clean;
mod find;
mod footnotes;
pub mod limits;
mod marks;
mod pictures;
mod providers;
mod shortcode;
mod split;
mod tables;
mod tags;
mod texturize;

use std::collections::{BTreeMap, HashMap};

use manuscript::{Block, Document, NoDocument};

use self::footnotes::Footnotes;
use self::marks::Cards;

/// A file of the media library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attachment {
    /// Where the original is: absolute, as WordPress stored it.
    pub url: String,
    /// What it shows, for who does not see it; plain text.
    pub alt: String,
    /// What stands under it (the item's excerpt), as HTML.
    pub caption: String,
    /// Its title, as plain text.
    pub title: String,
    /// What is said of it (the item's content), as HTML.
    pub description: String,
    /// Pixels of the original.
    pub width: Option<u32>,
    /// Pixels of the original.
    pub height: Option<u32>,
    /// `image/jpeg`, `audio/mpeg`…; may be empty.
    pub mime: String,
}

/// What a body needs from outside. The default is a body that stands by itself.
#[derive(Clone, Copy, Default)]
pub struct Around<'a> {
    /// The media library, by the numbers of its items.
    pub attachments: Option<&'a HashMap<u64, Attachment>>,
    /// The content of reusable blocks (`wp_block`), by their numbers.
    pub reusable: Option<&'a HashMap<u64, String>>,
    /// The attachments that belong to the post, in the order of its gallery: what `[gallery]` without `ids` shows.
    pub children: &'a [u64],
    /// The post's meta `footnotes`, as JSON.
    pub footnotes: Option<&'a str>,
    /// The hosts of the site itself, in small letters: `example.org`, `www.example.org`, those of its uploads.
    pub hosts: &'a [String],
    /// What becomes of an address on one of these hosts, or of one without a host: `/content/images/…` for an upload,
    /// a path for an article. `None` leaves it as it is.
    pub moved: Option<Moved<'a>>,
}

/// Says what an address of the site becomes; `None` for what stays.
pub type Moved<'a> = &'a dyn Fn(&str) -> Option<String>;

/// A body as it is stored here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Lexical JSON: [`Document::parse`] reads it.
    pub json: String,
    /// How many pages WordPress made of it, 1 at least. They are one article here; the second begins at `#page-2`.
    pub pages: usize,
    /// What could not come along as it was.
    pub report: Report,
}

/// What could not come along as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What is counted by name.
    pub counts: Counts,
    /// Everything else, in words, each once.
    pub notes: Vec<String>,
}

/// What could not come along as it was, by name. All names are in the order of the alphabet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Shortcodes of page builders and themes that were taken away from around their text, and how many of each.
    pub shortcodes: BTreeMap<String, usize>,
    /// Shortcodes that nobody here knows: they stand in the text as they stood.
    pub unknown_shortcodes: BTreeMap<String, usize>,
    /// Blocks that nobody here knows: what stood in them was kept.
    pub unknown_blocks: BTreeMap<String, usize>,
    /// Blocks that WordPress filled anew for every page, such as lists of the latest articles: left out.
    pub dropped_blocks: BTreeMap<String, usize>,
}

/// Names that are counted one by one; what else there is stands under `…`.
const MOST_NAMES: usize = 1_000;

impl Counts {
    /// Adds what is counted of another body, so that there is one account of a whole site.
    pub fn add(&mut self, other: &Counts) {
        let all = [
            (&mut self.shortcodes, &other.shortcodes),
            (&mut self.unknown_shortcodes, &other.unknown_shortcodes),
            (&mut self.unknown_blocks, &other.unknown_blocks),
            (&mut self.dropped_blocks, &other.dropped_blocks),
        ];
        for (counts, others) in all {
            for (name, more) in others {
                let is_counted = counts.len() < MOST_NAMES || counts.contains_key(name);
                *counts.entry(if is_counted { name.clone() } else { "…".to_owned() }).or_default() += more;
            }
        }
    }
}

/// Makes a manuscript of the stored content of a post or page.
///
/// Any text is taken: broken blocks, shortcodes and tags are read as far as they can be. A body beyond what a manuscript
/// may hold ([`manuscript::limits`]) comes as plain paragraphs, with a note.
pub fn document(raw: &str, around: &Around<'_>) -> Body {
    let mut work = Work::new(around);
    if raw.len() > manuscript::limits::MAX_BYTES {
        // Nothing of that size fits; reading it would only cost.
        let cut = &raw[..raw.floor_char_boundary(manuscript::limits::MAX_BYTES)];
        work.note("the body is longer than any body may be: it came as plain paragraphs, and its end is cut off");
        let json = work.plain(&marks::door(cut)).to_json().into_owned();
        return Body { json, pages: 1, report: work.report };
    }
    let html = work.html(&marks::door(raw));
    let html = html + &work.place_footnotes();
    let html = clean::clean(&html, &mut work);
    let json = work.document(&html).to_json().into_owned();
    Body { json, pages: work.pages, report: work.report }
}

/// A title as readers see it, in plain words: curly marks, no references, no markup.
pub fn title(raw: &str) -> String {
    words(&texturize::texturize(&marks::without(raw)))
}

/// The words of a piece of HTML, in one line.
pub fn words(html: &str) -> String {
    clean::paragraphs(html).join(" ")
}

/// A caption or the like as HTML of one line, set as WordPress sets it.
pub fn line(raw: &str, around: &Around<'_>) -> String {
    Work::new(around).line(raw)
}

/// A body being made.
struct Work<'a> {
    around: &'a Around<'a>,
    cards: Cards,
    report: Report,
    pages: usize,
    footnotes: Footnotes,
    /// Reusable blocks that are being read: one may hold another, and must not hold itself.
    reading: Vec<u64>,
    /// How many reusable blocks were read.
    reused: usize,
}

impl<'a> Work<'a> {
    fn new(around: &'a Around<'a>) -> Work<'a> {
        Work {
            around,
            cards: Cards::default(),
            report: Report::default(),
            pages: 1,
            footnotes: Footnotes::read(around.footnotes.unwrap_or_default()),
            reading: Vec::new(),
            reused: 0,
        }
    }

    /// What WordPress makes of the content, with marks for cards.
    fn html(&mut self, text: &str) -> String {
        let text = shortcode::replace(text, self);
        if blocks::are_in(&text) {
            let html = blocks::render(&text, self);
            texturize::texturize(&autoembed::autoembed(&html, self))
        } else {
            let html = blocks::divide_pages(&text, self);
            let html = texturize::texturize(&autoembed::autoembed(&html, self));
            autop::unwrap_cards(&autop::autop(&html))
        }
    }

    fn note(&mut self, note: &str) {
        if !self.report.notes.iter().any(|other| other == note) {
            self.report.notes.push(note.to_owned());
        }
    }

    /// An attachment by its number.
    fn attachment(&self, id: u64) -> Option<&'a Attachment> {
        self.around.attachments?.get(&id)
    }

    /// A line of HTML, set as WordPress sets it and without styles: for captions and the like.
    fn line(&mut self, html: &str) -> String {
        clean::line(&texturize::texturize(&marks::without(html)), self)
    }

    fn document(&mut self, html: &str) -> Document<'static> {
        match self.nodes(html) {
            Ok(document) => document,
            Err(why) => {
                self.note(&format!("the body came as plain paragraphs: {why}"));
                self.plain(html)
            }
        }
    }

    fn nodes(&mut self, html: &str) -> Result<Document<'static>, NoDocument> {
        let blocks = manuscript::from_html(&marks::for_reading(html))?.into_blocks();
        let mut blocks = self.cards.bring_back(blocks);
        blocks.retain(|block| !marks::is_blank(block));
        let document = if blocks.is_empty() { Document::empty() } else { Document::new(blocks) };
        Document::parse(&document.to_json())?;
        Ok(document)
    }

    /// The words of a body that is beyond the limits.
    fn plain(&mut self, html: &str) -> Document<'static> {
        let paragraphs = clean::paragraphs(html);
        let document = Document::new(paragraphs.iter().map(|text| Block::paragraph(text.clone())).collect());
        if Document::parse(&document.to_json()).is_ok() {
            return document;
        }
        // Too many paragraphs, or too many words.
        let mut whole = paragraphs.join(" ");
        let document = Document::new(vec![Block::paragraph(whole.clone())]);
        if Document::parse(&document.to_json()).is_ok() {
            return document;
        }
        whole.truncate(whole.floor_char_boundary(MOST_WORDS));
        self.note("the end of the body is cut off: it is longer than any body may be");
        Document::new(vec![Block::paragraph(whole)])
    }
}

/// Bytes of text that fit into a body, whatever in them is escaped.
const MOST_WORDS: usize = manuscript::limits::MAX_BYTES / 8;

/// Counts a name.
fn count(counts: &mut BTreeMap<String, usize>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => _ = counts.insert(name.to_owned(), 1),
    }
}

#[cfg(test)]
mod tests;
