//! Markdown as a tree, within limits.

use std::borrow::Cow;

use comrak::arena_tree::NodeEdge;
use comrak::{Arena, Node, Options, try_parse_document};

use crate::limits::{MAX_HTML_BYTES, MAX_HTML_DEPTH, MAX_MARKDOWN_NODES};
use crate::parse::NoDocument;

/// Whose Markdown is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// That of Ghost's card: a line end is a break, `#x` a heading, `==x==` a mark, `~x~` and `^x^`
    /// below and above the line.
    Ghost,
    /// That of an article in a file: CommonMark, and a block of settings at the top is passed over.
    Article,
}

/// Lines times the widest indentation. A list as deep as the indentation is compared with every
/// line after it, so this is what deep lists cost.
const MAX_INDENTATION_WORK: usize = 1 << 25;

/// Times that a note may begin, times bytes: for each the text is read to its end.
const MAX_NOTE_WORK: usize = 1 << 29;

/// Line ends as `\n`, and the one character that may not be in HTML replaced.
pub(super) fn normal(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains(['\r', '\0']) {
        return Cow::Borrowed(markdown);
    }
    Cow::Owned(markdown.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}"))
}

/// Parses text that went through [`normal`].
///
/// The parser itself is linear but for two things, which are counted beforehand. Trees deeper than
/// what is allowed in HTML are refused, so whoever walks one may call itself.
pub(super) fn parse<'t>(arena: &'t Arena<'t>, markdown: &str, dialect: Dialect) -> Result<Node<'t>, NoDocument> {
    let widest = markdown.lines().map(indentation).max().unwrap_or_default();
    let indentation_work = widest.saturating_mul(markdown.lines().count());
    let notes = if dialect == Dialect::Ghost { markdown.matches("^[").count() } else { 0 };
    let note_work = notes.saturating_mul(markdown.len());
    if markdown.len() > MAX_HTML_BYTES || indentation_work > MAX_INDENTATION_WORK || note_work > MAX_NOTE_WORK {
        return Err(NoDocument::TooMuchMarkdown);
    }
    let too_many = || arena.len() > MAX_MARKDOWN_NODES;
    let root = try_parse_document(arena, markdown, &options(dialect), &too_many);
    let root = root.map_err(|_| NoDocument::TooMuchMarkdown)?;
    let mut depth = 0;
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(_) => depth += 1,
            NodeEdge::End(_) => depth -= 1,
        }
        if depth > MAX_HTML_DEPTH {
            return Err(NoDocument::TooMuchMarkdown);
        }
    }
    Ok(root)
}

/// Columns of what stands before a line's own text: spaces and the marks of lists and quotations.
fn indentation(line: &str) -> usize {
    let marks = line
        .bytes()
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b'0'..=b'9' | b'.' | b')'));
    marks.map(|byte| if byte == b'\t' { 4 } else { 1 }).sum()
}

fn options(dialect: Dialect) -> Options<'static> {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    match dialect {
        Dialect::Ghost => {
            options.extension.highlight = true;
            options.extension.inline_footnotes = true;
            options.extension.subscript = true;
            options.extension.superscript = true;
            options.parse.escaped_char_spans = true;
        }
        Dialect::Article => options.extension.front_matter_delimiter = Some("---".to_owned()),
    }
    options
}
