//! Documents written by code. New nodes carry the fields that Ghost's editor writes, in its order.

use std::borrow::Cow;

use crate::cards::{Card, CodeBlock, HtmlCard, Image, Paywall, Rule};
use crate::document::{Block, Document, Inline, Link, List, ListItem, ListKind, Text, TextBlock, TextKind};
use crate::fields::Fields;
use crate::format::Format;

impl<'a> Document<'a> {
    /// A document of these blocks.
    pub fn new(blocks: Vec<Block<'a>>) -> Document<'a> {
        Document { source: None, envelope: Fields::new(&[("root", "{}")]), root: element("root", &[]), blocks }
    }

    /// One empty paragraph: what Ghost's editor starts with.
    pub fn empty() -> Document<'static> {
        Document::new(vec![Block::paragraph("")])
    }
}

impl<'a> Block<'a> {
    /// A paragraph of plain text.
    pub fn paragraph(text: impl Into<Cow<'a, str>>) -> Block<'a> {
        Block::paragraph_of(line(text))
    }

    /// A paragraph of prepared pieces.
    pub fn paragraph_of(children: Vec<Inline<'a>>) -> Block<'a> {
        Block::Text(TextBlock::new(TextKind::Paragraph, children))
    }

    /// A heading; a level outside 1 to 6 becomes the nearest one.
    pub fn heading(level: u8, text: impl Into<Cow<'a, str>>) -> Block<'a> {
        Block::Text(TextBlock::new(TextKind::Heading(level.clamp(1, 6)), line(text)))
    }

    /// A block quotation.
    pub fn quote(text: impl Into<Cow<'a, str>>) -> Block<'a> {
        Block::Text(TextBlock::new(TextKind::Quote, line(text)))
    }

    /// Ghost's other style of block quotation.
    pub fn aside(text: impl Into<Cow<'a, str>>) -> Block<'a> {
        Block::Text(TextBlock::new(TextKind::Aside, line(text)))
    }

    /// A bulleted list of plain texts.
    pub fn bullets<T: Into<Cow<'a, str>>>(items: impl IntoIterator<Item = T>) -> Block<'a> {
        Block::List(List::new(ListKind::Bullet, 1, items.into_iter().map(line).collect()))
    }

    /// A numbered list of plain texts, from 1.
    pub fn numbered<T: Into<Cow<'a, str>>>(items: impl IntoIterator<Item = T>) -> Block<'a> {
        Block::List(List::new(ListKind::Number, 1, items.into_iter().map(line).collect()))
    }

    /// A card.
    pub fn card(card: Card<'a>) -> Block<'a> {
        Block::Card(Box::new(card))
    }

    /// A piece of HTML, shown to everybody.
    pub fn html(html: impl Into<Cow<'a, str>>) -> Block<'a> {
        Block::card(Card::Html(HtmlCard { html: html.into(), ..HtmlCard::blank() }))
    }

    /// A piece of program text in a language; empty for none in particular.
    pub fn code(language: impl Into<Cow<'a, str>>, code: impl Into<Cow<'a, str>>) -> Block<'a> {
        Block::card(Card::Code(CodeBlock { language: language.into(), code: code.into(), ..CodeBlock::blank() }))
    }

    /// A picture.
    pub fn image(image: Image<'a>) -> Block<'a> {
        Block::card(Card::Image(image))
    }

    /// A horizontal rule.
    pub fn rule() -> Block<'a> {
        Block::card(Card::Rule(Rule::blank()))
    }

    /// The end of the public part.
    pub fn paywall() -> Block<'a> {
        Block::card(Card::Paywall(Paywall::blank()))
    }
}

impl<'a> TextBlock<'a> {
    /// A block of running text.
    pub fn new(kind: TextKind, children: Vec<Inline<'a>>) -> TextBlock<'a> {
        let fields = match kind {
            TextKind::Paragraph => element("paragraph", &[]),
            TextKind::Heading(level) => element("extended-heading", &[("tag", heading_tag(level))]),
            TextKind::Quote => element("extended-quote", &[]),
            TextKind::Aside => element("aside", &[]),
        };
        TextBlock { kind, children, fields }
    }
}

impl<'a> List<'a> {
    /// A list of these items; `start` is the first number of a numbered list.
    pub fn new(kind: ListKind, start: u32, items: Vec<Vec<Inline<'a>>>) -> List<'a> {
        let mut number = start;
        let mut item = |mut children: Vec<Inline<'a>>| {
            let value = number;
            match &mut children[..] {
                // A nested list is no item to count.
                [Inline::Block(nested)] => nested.indent(),
                _ => number = number.saturating_add(1),
            }
            let mut fields = element("listitem", &[("value", "1")]);
            fields.put("value", "0", &value);
            ListItem { fields, children }
        };
        let items = items.into_iter().map(&mut item).collect();
        let (list_type, tag) = kind.words();
        let mut fields = element("list", &[("listType", "\"\""), ("start", "1"), ("tag", "\"\"")]);
        fields.set_text("listType", list_type);
        fields.put("start", "1", &start);
        fields.set_text("tag", tag);
        List { kind, start, items, fields }
    }
}

impl Block<'_> {
    /// Moves a list, and those inside it, one level further in: Lexical counts the levels at every
    /// item.
    fn indent(&mut self) {
        let Block::List(list) = self else { return };
        for item in &mut list.items {
            let level: u32 = item.fields.read("indent", "0");
            item.fields.put("indent", "0", &level.saturating_add(1));
            if let [Inline::Block(nested)] = &mut item.children[..] {
                nested.indent();
            }
        }
    }
}

impl<'a> Inline<'a> {
    /// Plain text.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Inline<'a> {
        Inline::formatted(text, Format::PLAIN)
    }

    /// Text that is bold, italic and so on.
    pub fn formatted(text: impl Into<Cow<'a, str>>, format: Format) -> Inline<'a> {
        let fields = Fields::new(&[
            ("detail", "0"),
            ("format", "0"),
            ("mode", "\"normal\""),
            ("style", "\"\""),
            ("text", "\"\""),
            ("type", "\"extended-text\""),
            ("version", "1"),
        ]);
        Inline::Text(Text { text: text.into(), format, fields })
    }

    /// A link on plain text.
    pub fn link(url: impl Into<Cow<'a, str>>, text: impl Into<Cow<'a, str>>) -> Inline<'a> {
        Inline::Link(Link::new(url, line(text)))
    }

    /// A line break inside a block.
    pub fn line_break() -> Inline<'a> {
        Inline::LineBreak(Fields::new(&[("type", "\"linebreak\""), ("version", "1")]))
    }
}

impl<'a> Link<'a> {
    /// A link on prepared pieces.
    pub fn new(url: impl Into<Cow<'a, str>>, children: Vec<Inline<'a>>) -> Link<'a> {
        let fields = element("link", &[("rel", "null"), ("target", "null"), ("title", "null"), ("url", "\"\"")]);
        Link { url: url.into(), rel: Cow::Borrowed(""), children, fields }
    }
}

fn line<'a>(text: impl Into<Cow<'a, str>>) -> Vec<Inline<'a>> {
    let text = text.into();
    if text.is_empty() { Vec::new() } else { vec![Inline::text(text)] }
}

/// As JSON.
fn heading_tag(level: u8) -> &'static str {
    match level {
        0 | 1 => "\"h1\"",
        2 => "\"h2\"",
        3 => "\"h3\"",
        4 => "\"h4\"",
        5 => "\"h5\"",
        _ => "\"h6\"",
    }
}

fn element(kind: &'static str, own: &[(&'static str, &'static str)]) -> Fields<'static> {
    let mut fields = Fields::new(&[
        ("children", "[]"),
        ("direction", "null"),
        ("format", "\"\""),
        ("indent", "0"),
        ("type", "\"\""),
        ("version", "1"),
    ]);
    fields.set_text("type", kind);
    for (key, json) in own {
        fields.set(*key, crate::raw::Raw::fixed(json));
    }
    fields
}
