//! A page saved as plain text: the article is told from the furniture around it, and every line is
//! accounted for.
//!
//! The reader knows no particular magazine. [`furniture`] is a table of what magazines put around
//! an article; what no rule there claims is the article. Nothing is corrected: quotation marks,
//! spaces and spellings stay as they stood.

mod body;
mod door;
mod furniture;
mod walk;

use std::fmt;

use jiff::civil::Date;
use manuscript::{Block, Document};
use news::credit::Credit;
use serde::Serialize;

pub use door::{MAX_BYTES, MAX_LINE, MAX_LINES, NotText};

/// An article read from a page of text.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TextPage {
    /// The headline.
    pub headline: String,
    /// A sentence between headline and byline.
    pub standfirst: Option<String>,
    /// The article, in order.
    pub body: Vec<Part>,
    /// What stood where the lead picture was: `Image 3139`.
    pub picture_placeholder: Option<String>,
    /// The credit of the lead picture: the first credit line of the page.
    pub credit: Option<Credit>,
    /// The names of the breadcrumb, from the front page on.
    pub breadcrumb: Vec<String>,
    /// The magazine, as its line of copyright names it.
    pub site_name: Option<String>,
    /// What the magazine says about itself.
    pub about: Option<String>,
    /// Who wrote it, as the byline says, without its "By".
    pub byline: Option<String>,
    /// The day of publication, if the page says it.
    pub published: Option<Date>,
    /// The day of the last change, if the page says it.
    pub updated: Option<Date>,
    /// Tags that the page lists.
    pub tags: Vec<String>,
    /// What became of each line, in order: every line of the file exactly once.
    pub account: Vec<LineAccount>,
}

/// A part of the article. The text is as it stood, without the space around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "text")]
pub enum Part {
    /// A subhead.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A line marked as a quotation by `>`.
    Quote(String),
    /// An item of a list, without its mark.
    Item(String),
}

/// What became of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineAccount {
    /// Its number, from 1.
    pub line: usize,
    /// Its text without the line end; a byte order mark before the first is left out too.
    pub text: String,
    /// What it became.
    pub fate: Fate,
}

/// Whether a line was kept, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It is in the page's values.
    Kept(Kept),
    /// It is not part of the article. The words say what it was: `comment count`.
    Dropped(&'static str),
    /// There was nothing in it.
    Blank,
}

/// What a kept line became. Numbers count from 1, each kind by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// The headline.
    Headline,
    /// The standfirst.
    Standfirst,
    /// The byline.
    Byline,
    /// The date of publication or of the last change.
    Date,
    /// The tags.
    Tags,
    /// The credit of the lead picture.
    Credit,
    /// The words in the line before the credit that announced it.
    CreditLabel,
    /// What the magazine says about itself.
    About,
    /// A subhead.
    Heading(usize),
    /// A paragraph.
    Paragraph(usize),
    /// A quotation.
    Quote(usize),
    /// An item of a list.
    Item(usize),
}

/// Reads a page. A file that is no text, or text without an article, is refused with a sentence.
pub fn read(bytes: &[u8]) -> Result<TextPage, NotText> {
    let lines = door::lines(bytes)?;
    let mut walk = walk::Walk::over(&lines);
    walk.find_headline().ok_or(NotText::NoArticle)?;
    walk.sort_lines();
    walk.read_body();
    let page = walk.page();
    if page.body.is_empty() { Err(NotText::NoArticle) } else { Ok(page) }
}

impl TextPage {
    /// The body as a manuscript. Subheads are of the second level, and items that follow one
    /// another are one list.
    pub fn manuscript(&self) -> Document<'_> {
        let runs = self.body.chunk_by(|a, b| matches!((a, b), (Part::Item(_), Part::Item(_))));
        Document::new(runs.map(block).collect())
    }
}

fn block(run: &[Part]) -> Block<'_> {
    match run {
        [Part::Heading(text)] => Block::heading(2, text.as_str()),
        [Part::Paragraph(text)] => Block::paragraph(text.as_str()),
        [Part::Quote(text)] => Block::quote(text.as_str()),
        items => Block::bullets(items.iter().map(Part::text)),
    }
}

impl Part {
    /// The words of this part.
    pub fn text(&self) -> &str {
        match self {
            Part::Heading(text) | Part::Paragraph(text) | Part::Quote(text) | Part::Item(text) => text,
        }
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fate::Kept(kept) => write!(f, "{kept}"),
            Fate::Dropped(what) => write!(f, "dropped: {what}"),
            Fate::Blank => f.write_str("blank"),
        }
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kept::Headline => f.write_str("headline"),
            Kept::Standfirst => f.write_str("standfirst"),
            Kept::Byline => f.write_str("byline"),
            Kept::Date => f.write_str("date"),
            Kept::Tags => f.write_str("tags"),
            Kept::Credit => f.write_str("credit"),
            Kept::CreditLabel => f.write_str("credit label"),
            Kept::About => f.write_str("about us"),
            Kept::Heading(n) => write!(f, "subhead {n}"),
            Kept::Paragraph(n) => write!(f, "paragraph {n}"),
            Kept::Quote(n) => write!(f, "quotation {n}"),
            Kept::Item(n) => write!(f, "item {n}"),
        }
    }
}
