//! Documents written by code. New nodes carry the fields that Ghost's editor writes, in its order.

use serde_json::{Value, json};

use crate::cards::{Card, HtmlCard, Image, Paywall, Rule};
use crate::document::{Block, Document, Inline, Link, List, ListItem, ListKind, Text, TextBlock, TextKind};
use crate::fields::Fields;
use crate::format::Format;

impl Document {
    /// A document of these blocks.
    pub fn new(blocks: Vec<Block>) -> Document {
        Document { source: None, envelope: Fields::new([("root", json!({}))]), root: element("root", []), blocks }
    }

    /// One empty paragraph: what Ghost's editor starts with.
    pub fn empty() -> Document {
        Document::new(vec![Block::paragraph("")])
    }
}

impl Block {
    /// A paragraph of plain text.
    pub fn paragraph(text: impl Into<String>) -> Block {
        Block::paragraph_of(line(text))
    }

    /// A paragraph of prepared pieces.
    pub fn paragraph_of(children: Vec<Inline>) -> Block {
        Block::Text(TextBlock::new(TextKind::Paragraph, children))
    }

    /// A heading; a level outside 1 to 6 becomes the nearest one.
    pub fn heading(level: u8, text: impl Into<String>) -> Block {
        Block::Text(TextBlock::new(TextKind::Heading(level.clamp(1, 6)), line(text)))
    }

    /// A block quotation.
    pub fn quote(text: impl Into<String>) -> Block {
        Block::Text(TextBlock::new(TextKind::Quote, line(text)))
    }

    /// Ghost's other style of block quotation.
    pub fn aside(text: impl Into<String>) -> Block {
        Block::Text(TextBlock::new(TextKind::Aside, line(text)))
    }

    /// A bulleted list of plain texts.
    pub fn bullets<T: Into<String>>(items: impl IntoIterator<Item = T>) -> Block {
        Block::List(List::new(ListKind::Bullet, 1, items.into_iter().map(line).collect()))
    }

    /// A numbered list of plain texts, from 1.
    pub fn numbered<T: Into<String>>(items: impl IntoIterator<Item = T>) -> Block {
        Block::List(List::new(ListKind::Number, 1, items.into_iter().map(line).collect()))
    }

    /// A piece of HTML, shown to everybody.
    pub fn html(html: impl Into<String>) -> Block {
        Block::Card(Card::Html(HtmlCard::new(html)))
    }

    /// A picture.
    pub fn image(image: Image) -> Block {
        Block::Card(Card::Image(image))
    }

    /// A horizontal rule.
    pub fn rule() -> Block {
        Block::Card(Card::Rule(Rule::new()))
    }

    /// The end of the public part.
    pub fn paywall() -> Block {
        Block::Card(Card::Paywall(Paywall::new()))
    }
}

impl TextBlock {
    /// A block of running text.
    pub fn new(kind: TextKind, children: Vec<Inline>) -> TextBlock {
        let fields = match kind {
            TextKind::Paragraph => element("paragraph", []),
            TextKind::Heading(level) => element("extended-heading", [("tag", format!("h{level}").into())]),
            TextKind::Quote => element("extended-quote", []),
            TextKind::Aside => element("aside", []),
        };
        TextBlock { kind, children, fields }
    }
}

impl List {
    /// A list of these items; `start` is the first number of a numbered list.
    pub fn new(kind: ListKind, start: u32, items: Vec<Vec<Inline>>) -> List {
        let mut number = start;
        let mut item = |mut children: Vec<Inline>| {
            let value = number;
            match &mut children[..] {
                // A nested list is no item to count.
                [Inline::Block(nested)] => nested.indent(),
                _ => number = number.saturating_add(1),
            }
            ListItem { fields: element("listitem", [("value", value.into())]), children }
        };
        let items = items.into_iter().map(&mut item).collect();
        let (list_type, tag) = kind.words();
        let fields = element("list", [("listType", list_type.into()), ("start", start.into()), ("tag", tag.into())]);
        List { kind, start, items, fields }
    }
}

impl Block {
    /// Moves a list, and those inside it, one level further in: Lexical counts the levels at every
    /// item.
    fn indent(&mut self) {
        let Block::List(list) = self else { return };
        for item in &mut list.items {
            let level = item.fields.number("indent").unwrap_or_default();
            item.fields.put("indent", level.saturating_add(1).into());
            if let [Inline::Block(nested)] = &mut item.children[..] {
                nested.indent();
            }
        }
    }
}

impl Inline {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Inline {
        Inline::formatted(text, Format::PLAIN)
    }

    /// Text that is bold, italic and so on.
    pub fn formatted(text: impl Into<String>, format: Format) -> Inline {
        let fields = Fields::new([
            ("detail", 0.into()),
            ("format", format.0.into()),
            ("mode", "normal".into()),
            ("style", "".into()),
            ("text", "".into()),
            ("type", "extended-text".into()),
            ("version", 1.into()),
        ]);
        Inline::Text(Text { text: text.into(), format, fields })
    }

    /// A link on plain text.
    pub fn link(url: impl Into<String>, text: impl Into<String>) -> Inline {
        Inline::Link(Link::new(url, line(text)))
    }

    /// A line break inside a block.
    pub fn line_break() -> Inline {
        Inline::LineBreak(Fields::new([("type", "linebreak".into()), ("version", 1.into())]))
    }
}

impl Link {
    /// A link on prepared pieces.
    pub fn new(url: impl Into<String>, children: Vec<Inline>) -> Link {
        let fields = element(
            "link",
            [("rel", Value::Null), ("target", Value::Null), ("title", Value::Null), ("url", "".into())],
        );
        Link { url: url.into(), rel: String::new(), children, fields }
    }
}

fn line(text: impl Into<String>) -> Vec<Inline> {
    let text = text.into();
    if text.is_empty() { Vec::new() } else { vec![Inline::text(text)] }
}

fn element<const N: usize>(kind: &str, own: [(&str, Value); N]) -> Fields {
    let mut fields = Fields::new([
        ("children", json!([])),
        ("direction", "ltr".into()),
        ("format", "".into()),
        ("indent", 0.into()),
        ("type", kind.into()),
        ("version", 1.into()),
    ]);
    for (key, value) in own {
        fields.put(key, value);
    }
    fields
}
