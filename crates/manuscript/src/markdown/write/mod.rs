//! Markdown out: an article as text that people and programs read without a browser.

mod cards;
mod escape;
mod line;

use std::collections::HashSet;

use self::line::Line;
use super::html;
use crate::cards::{Card, CodeBlock, Image};
use crate::document::{Block, Document, Inline, Link, List, ListItem, ListKind, TextBlock, TextKind, Unknown};
use crate::format::Format;
use crate::from_html::from_html;
use crate::url::Urls;

impl Document<'_> {
    /// The body as Markdown, for the `.md` twin of an article's page: CommonMark, with the tables,
    /// struck text and `[^1]` notes of GitHub's where the body has them. It ends with a line end,
    /// unless it is empty.
    ///
    /// URLs are absolute as in a feed, and unsafe ones are left out. Text stays text whatever
    /// characters it has: [`from_markdown`](crate::from_markdown) reads the same words. Captions
    /// follow what they belong to as emphasised lines; an HTML card is cleaned and stays HTML; of
    /// other cards the words, links and pictures are kept. Cards for members are left out. A paywall
    /// is the caller's: give it the [`public_part`](Document::public_part).
    pub fn markdown(&self, site_url: &str) -> String {
        let mut notes = HashSet::new();
        for block in &self.blocks {
            if let Block::Card(card) = block
                && let Card::Html(card) = &**card
            {
                notes.extend(cards::notes(&card.html).into_iter().map(|(number, _)| number));
            }
        }
        let writer = Writer { urls: Urls::of_feed(site_url), site_url, notes };
        let mut out = writer.blocks(&self.blocks);
        if !out.is_empty() {
            out.push('\n');
        }
        out
    }
}

/// Writes one document.
struct Writer<'p> {
    urls: Urls<'p>,
    site_url: &'p str,
    /// The numbers of the notes that it has.
    notes: HashSet<u32>,
}

impl Writer<'_> {
    /// Blocks with an empty line between them.
    fn blocks(&self, blocks: &[Block<'_>]) -> String {
        let mut parts = Vec::new();
        // Two lists in a row with the same mark would be one.
        let mut lists_in_row = 0;
        for block in blocks {
            let part = match block {
                Block::Text(text) => self.text_block(text),
                Block::List(list) => self.list(list, lists_in_row % 2 == 1),
                Block::Card(card) => self.card(card),
                Block::Unknown(node) => self.flow(&node.children),
                Block::Loose(inline) => self.flow(std::slice::from_ref(inline)),
            };
            if part.is_empty() {
                continue;
            }
            lists_in_row = if matches!(block, Block::List(_)) { lists_in_row + 1 } else { 0 };
            parts.push(part);
        }
        parts.join("\n\n")
    }

    fn text_block(&self, text: &TextBlock<'_>) -> String {
        match text.kind {
            TextKind::Paragraph => self.flow(&text.children),
            TextKind::Heading(level) => self.heading(level, &text.children),
            TextKind::Quote | TextKind::Aside => prefixed(&self.paragraphs(&text.children), "> ", "> "),
        }
    }

    fn heading(&self, level: u8, children: &[Inline<'_>]) -> String {
        let mut parts = Vec::new();
        for part in parts_of(children) {
            match part {
                Part::Line(line) => {
                    let words = Line::in_heading(self).write(&line);
                    // Hashes at the end would be taken for the heading's own.
                    let words = match words.strip_suffix('#') {
                        Some(before) => format!("{before}\\#"),
                        None => words,
                    };
                    if !words.is_empty() {
                        parts.push(format!("{} {words}", "#".repeat(usize::from(level.clamp(1, 6)))));
                    }
                }
                Part::Block(block) => parts.push(self.blocks(std::slice::from_ref(block))),
            }
        }
        joined(parts)
    }

    /// Lines as paragraphs, blocks between them.
    fn flow(&self, children: &[Inline<'_>]) -> String {
        let parts = parts_of(children).into_iter().map(|part| match part {
            Part::Line(line) => Line::in_paragraph(self).write(&line),
            Part::Block(block) => self.blocks(std::slice::from_ref(block)),
        });
        joined(parts.collect())
    }

    /// The same, where two line breaks divide paragraphs.
    fn paragraphs(&self, children: &[Inline<'_>]) -> String {
        let mut paragraphs: Vec<&[Inline<'_>]> = Vec::new();
        let mut start = 0;
        for at in 1..children.len() {
            if at > start && matches!(&children[at - 1..=at], [Inline::LineBreak(_), Inline::LineBreak(_)]) {
                paragraphs.push(&children[start..at - 1]);
                start = at + 1;
            }
        }
        paragraphs.push(children.get(start..).unwrap_or_default());
        joined(paragraphs.into_iter().map(|paragraph| self.flow(paragraph)).collect())
    }

    /// A list. An item that holds only a list belongs inside the item before it.
    fn list(&self, list: &List<'_>, other_mark: bool) -> String {
        // A number of more than nine digits is text.
        let mut number = if list.start < 900_000_000 { list.start } else { 1 };
        let mut items: Vec<String> = Vec::new();
        let mut marks: Vec<String> = Vec::new();
        for item in &list.items {
            let is_nested = matches!(&item.children[..], [Inline::Block(block)] if matches!(**block, Block::List(_)));
            let words = self.paragraphs(&item.children);
            if let Some(last) = items.last_mut().filter(|_| is_nested) {
                last.push('\n');
                last.push_str(&words);
                continue;
            }
            marks.push(mark(list.kind, item, number, other_mark));
            items.push(words);
            number += 1;
        }
        let items = items.iter().zip(&marks).map(|(words, mark)| {
            let width = if list.kind == ListKind::Number { mark.len() } else { 2 };
            prefixed(words, mark, &" ".repeat(width))
        });
        items.collect::<Vec<_>>().join("\n")
    }

    fn card(&self, card: &Card<'_>) -> String {
        if !card.is_public() {
            return String::new();
        }
        match card {
            Card::Image(image) => self.image(image),
            Card::Code(code) => self.code(code),
            Card::Html(card) => self.html(&card.html),
            Card::Markdown(card) => {
                let blocks = html(&card.markdown).and_then(|html| from_html(&html)).map(Document::into_blocks);
                self.blocks(&blocks.unwrap_or_default())
            }
            Card::Rule(_) => "***".to_owned(),
            Card::Paywall(_) => "<!--members-only-->".to_owned(),
            other => self.words_of(other),
        }
    }

    fn image(&self, image: &Image<'_>) -> String {
        let caption = self.caption(&image.caption);
        let Some(src) = self.urls.media(&image.src) else { return caption };
        let mut picture = format!("![{}]({}", escape::label(&image.alt), escape::destination(&src));
        if !image.title.trim().is_empty() {
            picture.push_str(&format!(" \"{}\"", escape::label(&image.title)));
        }
        picture.push(')');
        if let Some(href) = self.urls.link(&image.href).filter(|href| !href.is_empty()) {
            picture = format!("[{picture}]({})", escape::destination(&href));
        }
        joined(vec![picture, caption])
    }

    fn code(&self, card: &CodeBlock<'_>) -> String {
        let fence = "`".repeat(escape::longest_run(&card.code, '`').max(2) + 1);
        let language: String = card.language.chars().filter(|c| !c.is_whitespace() && *c != '`').collect();
        let code = card.code.replace("\r\n", "\n").replace('\r', "\n");
        joined(vec![format!("{fence}{}\n{code}\n{fence}", escape::entities(&language)), self.caption(&card.caption)])
    }

    /// A caption's HTML as an emphasised line.
    fn caption(&self, html: &str) -> String {
        let Ok(caption) = from_html(html) else { return String::new() };
        let mut blocks = caption.into_blocks();
        for block in &mut blocks {
            if let Block::Text(text) = block {
                emphasise(&mut text.children);
            }
        }
        self.blocks(&blocks)
    }
}

fn emphasise(line: &mut [Inline<'_>]) {
    for piece in line {
        match piece {
            Inline::Text(text) => text.format = text.format | Format::ITALIC,
            Inline::Link(link) => emphasise(&mut link.children),
            _ => {}
        }
    }
}

fn mark(kind: ListKind, item: &ListItem<'_>, number: u32, other: bool) -> String {
    match (kind, other) {
        (ListKind::Number, false) => format!("{number}. "),
        (ListKind::Number, true) => format!("{number}) "),
        (ListKind::Check, _) if item.is_checked() => format!("{} [x] ", if other { '*' } else { '-' }),
        (ListKind::Check, _) => format!("{} [ ] ", if other { '*' } else { '-' }),
        (ListKind::Bullet, false) => "- ".to_owned(),
        (ListKind::Bullet, true) => "* ".to_owned(),
    }
}

/// Puts one prefix before the first line and another before the rest. An empty line gets what shows
/// of it.
fn prefixed(text: &str, first: &str, rest: &str) -> String {
    if text.is_empty() && first.starts_with('>') {
        return String::new();
    }
    let mut out = String::new();
    for (at, line) in text.split('\n').enumerate() {
        let prefix = if at == 0 { first } else { rest };
        if at > 0 {
            out.push('\n');
        }
        out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        out.push_str(line);
    }
    out
}

fn joined(mut parts: Vec<String>) -> String {
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// A stretch of a line without blocks, or a block that stands in it.
enum Part<'d, 'a> {
    Line(Vec<&'d Inline<'a>>),
    Block(&'d Block<'a>),
}

/// Cuts a line at its blocks; what holds one dissolves.
fn parts_of<'d, 'a>(children: &'d [Inline<'a>]) -> Vec<Part<'d, 'a>> {
    let mut parts = Vec::new();
    children.iter().for_each(|child| add_parts(child, &mut parts));
    parts
}

fn add_parts<'d, 'a>(child: &'d Inline<'a>, parts: &mut Vec<Part<'d, 'a>>) {
    match child {
        Inline::Block(block) => parts.push(Part::Block(block)),
        Inline::Unknown(Unknown { children, .. }) => children.iter().for_each(|child| add_parts(child, parts)),
        Inline::Link(Link { children, .. }) if children.iter().any(holds_a_block) => {
            children.iter().for_each(|child| add_parts(child, parts));
        }
        _ => match parts.last_mut() {
            Some(Part::Line(line)) => line.push(child),
            _ => parts.push(Part::Line(vec![child])),
        },
    }
}

fn holds_a_block(inline: &Inline<'_>) -> bool {
    match inline {
        Inline::Block(_) => true,
        Inline::Link(link) => link.children.iter().any(holds_a_block),
        Inline::Unknown(node) => node.children.iter().any(holds_a_block),
        Inline::Text(_) | Inline::LineBreak(_) | Inline::Hidden(_) => false,
    }
}

#[cfg(test)]
mod tests;
