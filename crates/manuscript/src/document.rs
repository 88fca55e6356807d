use std::borrow::Cow;

use crate::cards::Card;
use crate::fields::Fields;
use crate::format::Format;

/// The body of an article.
///
/// Ordered blocks, and beside each of them the fields of its node that have no type here. It borrows
/// from the JSON that it was read from: a text is copied only where JSON escapes something in it. As
/// long as nobody asks for [`blocks_mut`](Document::blocks_mut) it gives that JSON back byte for
/// byte.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    pub(crate) source: Option<&'a str>,
    /// The outermost object and the root, without their child nodes.
    pub(crate) envelope: Fields<'a>,
    pub(crate) root: Fields<'a>,
    pub(crate) blocks: Vec<Block<'a>>,
}

/// A piece of the body that stands on its own.
#[derive(Debug, Clone)]
pub enum Block<'a> {
    /// Paragraph, heading, quote or aside.
    Text(TextBlock<'a>),
    /// A list.
    List(List<'a>),
    /// A picture, a rule, a piece of HTML…
    Card(Box<Card<'a>>),
    /// A node of a type that we do not know, kept as it is.
    Unknown(Unknown<'a>),
    /// Text that stands directly under the root. No editor writes that, some imports do.
    Loose(Inline<'a>),
}

/// A block of running text.
#[derive(Debug, Clone)]
pub struct TextBlock<'a> {
    /// What kind of block.
    pub kind: TextKind,
    /// Its text.
    pub children: Vec<Inline<'a>>,
    pub(crate) fields: Fields<'a>,
}

/// The kinds of block that hold running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// An ordinary paragraph.
    Paragraph,
    /// A heading, 1 to 6.
    Heading(u8),
    /// A block quotation; its paragraphs are divided by two line breaks.
    Quote,
    /// Ghost's other style of block quotation.
    Aside,
}

/// A bulleted, numbered or ticked list.
#[derive(Debug, Clone)]
pub struct List<'a> {
    /// How its items are marked.
    pub kind: ListKind,
    /// The first number of a numbered list.
    pub start: u32,
    /// Its items.
    pub items: Vec<ListItem<'a>>,
    pub(crate) fields: Fields<'a>,
}

/// How the items of a list are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// By bullets.
    Bullet,
    /// By numbers.
    Number,
    /// By boxes to tick.
    Check,
}

/// One item of a list. A list inside a list is the only child of an item of its own, which belongs
/// to the item before it.
#[derive(Debug, Clone)]
pub struct ListItem<'a> {
    /// Its text, or one nested list.
    pub children: Vec<Inline<'a>>,
    pub(crate) fields: Fields<'a>,
}

/// A piece of a line.
#[derive(Debug, Clone)]
pub enum Inline<'a> {
    /// A run of text.
    Text(Text<'a>),
    /// A line break inside a block.
    LineBreak(Fields<'a>),
    /// A link.
    Link(Link<'a>),
    /// A block inside a line: a nested list in its item, a paragraph in a quote, a picture in a
    /// link.
    Block(Box<Block<'a>>),
    /// What only Ghost's editor knows (`zwnj`, `at-link`): kept, and never shown.
    Hidden(Unknown<'a>),
    /// A node of a type that we do not know, kept as it is.
    Unknown(Unknown<'a>),
}

/// A run of text set in one way.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// The text, not escaped.
    pub text: Cow<'a, str>,
    /// Bold, italic and so on.
    pub format: Format,
    pub(crate) fields: Fields<'a>,
}

/// A link and the text that it stands on.
#[derive(Debug, Clone)]
pub struct Link<'a> {
    /// Where to. As stored: it may start with `__GHOST_URL__`, and it may be unsafe; rendering sees
    /// to both.
    pub url: Cow<'a, str>,
    /// The `rel` attribute.
    pub rel: Cow<'a, str>,
    /// Its text.
    pub children: Vec<Inline<'a>>,
    pub(crate) fields: Fields<'a>,
}

/// A node of a type that we do not know. Its text, if it has child nodes, is still read, shown and
/// counted.
#[derive(Debug, Clone)]
pub struct Unknown<'a> {
    /// What stands in it.
    pub children: Vec<Inline<'a>>,
    pub(crate) fields: Fields<'a>,
}

impl Text<'_> {
    /// Whether it is the mark that an editor set for "to come" (Ghost's `tk`).
    pub fn is_to_come(&self) -> bool {
        self.fields.kind() == "tk"
    }
}

impl ListItem<'_> {
    /// Whether the item of a check list is ticked.
    pub fn is_checked(&self) -> bool {
        self.fields.read("checked", "false")
    }
}

impl<'a> Unknown<'a> {
    /// The type that the node says it has.
    pub fn kind(&self) -> Cow<'a, str> {
        self.fields.kind()
    }

    /// Its other fields.
    pub fn fields(&self) -> &Fields<'a> {
        &self.fields
    }
}

impl<'a> Document<'a> {
    /// The blocks in their order.
    pub fn blocks(&self) -> &[Block<'a>] {
        &self.blocks
    }

    /// The blocks, to be changed. From now on [`to_json`](Document::to_json) writes compact JSON.
    pub fn blocks_mut(&mut self) -> &mut Vec<Block<'a>> {
        self.source = None;
        &mut self.blocks
    }

    /// The blocks by themselves, for another document.
    pub fn into_blocks(self) -> Vec<Block<'a>> {
        self.blocks
    }

    /// Whether a paywall divides the document.
    pub fn has_paywall(&self) -> bool {
        self.blocks.iter().any(Block::has_paywall)
    }

    /// What stands before the paywall; the whole document when there is none. Whether an article
    /// without a paywall is shown to everybody is the caller's question. Cards for members only are
    /// another matter: see [`GatedCards`](crate::GatedCards).
    pub fn public_part(&self) -> Document<'a> {
        let Some(wall) = self.blocks.iter().position(Block::has_paywall) else { return self.clone() };
        Document {
            source: None,
            envelope: self.envelope.clone(),
            root: self.root.clone(),
            blocks: self.blocks[..wall].to_vec(),
        }
    }

    /// Whether nothing is written yet: no block, or only empty text.
    pub fn is_blank(&self) -> bool {
        self.blocks.iter().all(|block| match block {
            Block::Text(text) => text.children.iter().all(Inline::is_blank),
            Block::Loose(inline) => inline.is_blank(),
            Block::List(_) | Block::Card(_) | Block::Unknown(_) => false,
        })
    }
}

impl Block<'_> {
    /// A paywall counts wherever it stands: better to hide a paragraph too much than to give one
    /// away.
    fn has_paywall(&self) -> bool {
        match self {
            Block::Card(card) => matches!(**card, Card::Paywall(_)),
            Block::Text(text) => text.children.iter().any(Inline::has_paywall),
            Block::List(list) => list.items.iter().any(|item| item.children.iter().any(Inline::has_paywall)),
            Block::Unknown(node) => node.children.iter().any(Inline::has_paywall),
            Block::Loose(inline) => inline.has_paywall(),
        }
    }
}

impl Inline<'_> {
    fn has_paywall(&self) -> bool {
        match self {
            Inline::Block(block) => block.has_paywall(),
            Inline::Link(link) => link.children.iter().any(Inline::has_paywall),
            Inline::Unknown(node) => node.children.iter().any(Inline::has_paywall),
            Inline::Text(_) | Inline::LineBreak(_) | Inline::Hidden(_) => false,
        }
    }

    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Inline::Text(text) => text.text.trim().is_empty(),
            Inline::LineBreak(_) | Inline::Hidden(_) => true,
            Inline::Link(link) => link.children.iter().all(Inline::is_blank),
            Inline::Block(_) | Inline::Unknown(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Document, Inline, Web};

    #[test]
    fn the_public_part_ends_at_the_paywall() {
        let body = Document::new(vec![Block::paragraph("free"), Block::paywall(), Block::paragraph("paid")]);
        assert!(body.has_paywall());
        assert_eq!(body.public_part().html(&Web::default()), "<p>free</p>");
        assert_eq!(body.html(&Web::default()), "<p>free</p><!--members-only--><p>paid</p>");
        assert!(!body.public_part().to_json().contains("paid"));
    }

    #[test]
    fn a_paywall_hidden_inside_a_paragraph_still_ends_the_public_part() {
        let wall = Inline::Block(Box::new(Block::paywall()));
        let mixed = Block::paragraph_of(vec![Inline::text("free"), wall, Inline::text("paid")]);
        let body = Document::new(vec![Block::paragraph("open"), mixed]);
        assert_eq!(body.public_part().plain_text(), "open");
    }

    #[test]
    fn without_a_paywall_everything_is_public() {
        let body = Document::new(vec![Block::paragraph("free")]);
        assert_eq!(body.public_part(), body);
        assert!(!body.has_paywall());
    }

    #[test]
    fn a_new_document_is_blank() {
        assert!(Document::empty().is_blank());
        assert!(!Document::new(vec![Block::rule()]).is_blank());
    }
}
