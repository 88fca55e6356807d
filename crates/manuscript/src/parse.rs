//! Lexical JSON in.

use std::borrow::Cow;

use crate::cards::Card;
use crate::document::{Block, Document, Inline, Link, List, ListItem, ListKind, Text, TextBlock, TextKind, Unknown};
use crate::fields::Fields;
use crate::format::Format;
use crate::limits::{MAX_BYTES, MAX_DEPTH, MAX_FIELDS, MAX_HTML_BYTES, MAX_HTML_DEPTH, MAX_HTML_NODES, MAX_NODES};
use crate::raw::Raw;
use crate::scan::{Cursor, Inside};

/// Why a text is no body. The words can be shown to who sent it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoDocument {
    /// More than [`MAX_BYTES`].
    #[error("the body has {bytes} bytes, {MAX_BYTES} are allowed")]
    TooLarge {
        /// How many it has.
        bytes: usize,
    },
    /// Deeper than [`MAX_DEPTH`].
    #[error("the body has more than {MAX_DEPTH} nodes inside one another")]
    TooDeep,
    /// More than [`MAX_NODES`].
    #[error("the body has more than {MAX_NODES} nodes")]
    TooManyNodes,
    /// More than [`MAX_FIELDS`] in one node.
    #[error("one of the body's nodes has more than {MAX_FIELDS} fields")]
    TooManyFields,
    /// Not JSON at all.
    #[error("the body is not JSON: {reason} at line {line} column {column}")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
    /// JSON, but no Lexical document.
    #[error("the body is not a Lexical document: {0}")]
    NotLexical(&'static str),
    /// JSON, but no mobiledoc.
    #[error("the body is not a mobiledoc: {0}")]
    NotMobiledoc(&'static str),
    /// HTML beyond [`MAX_HTML_BYTES`], [`MAX_HTML_DEPTH`] or [`MAX_HTML_NODES`].
    #[error(
        "the HTML is too much: {MAX_HTML_BYTES} bytes, {MAX_HTML_DEPTH} elements inside one another \
         and {MAX_HTML_NODES} nodes are allowed"
    )]
    TooMuchHtml,
    /// Markdown beyond [`MAX_HTML_BYTES`], [`MAX_HTML_DEPTH`] or
    /// [`MAX_MARKDOWN_NODES`](crate::limits::MAX_MARKDOWN_NODES), or of a form
    /// that takes too long to read: very deep lists, very many notes that do not end.
    #[error("the Markdown is too much: it has over {MAX_HTML_BYTES} bytes, or is nested too deeply")]
    TooMuchMarkdown,
}

impl<'a> Document<'a> {
    /// Reads a body as Ghost stores it (`{"root":{"type":"root","children":[…]}}`).
    ///
    /// Types and fields that are not known here are kept. Refused are only what is no such
    /// document, and what is beyond the [limits](crate::limits).
    pub fn parse(lexical_json: &'a str) -> Result<Document<'a>, NoDocument> {
        if lexical_json.len() > MAX_BYTES {
            return Err(NoDocument::TooLarge { bytes: lexical_json.len() });
        }
        let mut reader = Reader { json: Cursor::new(lexical_json), nodes: 0, depth: 0 };
        let (envelope, root) = reader.envelope()?;
        reader.json.end()?;
        let (root, nodes) = root.ok_or(NoDocument::NotLexical("it has no root"))?;
        let nodes = nodes.ok_or(NoDocument::NotLexical("its root has no children"))?;
        let blocks = nodes.into_iter().map(Node::into_block).collect();
        Ok(Document { source: Some(lexical_json), envelope, root, blocks })
    }
}

impl<'a> Document<'a> {
    /// A document that was made here: there is one set of limits for all that is stored.
    pub(crate) fn within_limits(self) -> Result<Document<'a>, NoDocument> {
        Document::parse(&self.to_json())?;
        Ok(self)
    }
}

/// A node by what it is, wherever it stands.
enum Node<'a> {
    Block(Block<'a>),
    Inline(Inline<'a>),
    Item(ListItem<'a>),
    Unknown(Unknown<'a>),
}

impl<'a> Node<'a> {
    fn into_block(self) -> Block<'a> {
        match self {
            Node::Block(block) => block,
            Node::Inline(inline) => Block::Loose(inline),
            Node::Item(item) => Block::Unknown(item.into()),
            Node::Unknown(node) => Block::Unknown(node),
        }
    }

    fn into_inline(self) -> Inline<'a> {
        match self {
            Node::Block(block) => Inline::Block(Box::new(block)),
            Node::Inline(inline) => inline,
            Node::Item(item) => Inline::Unknown(item.into()),
            Node::Unknown(node) => Inline::Unknown(node),
        }
    }
}

/// An item outside a list.
impl<'a> From<ListItem<'a>> for Unknown<'a> {
    fn from(item: ListItem<'a>) -> Unknown<'a> {
        Unknown { children: item.children, fields: item.fields }
    }
}

/// The fields of an object, and its child nodes if it has an array of them.
type Object<'a> = (Fields<'a>, Option<Vec<Node<'a>>>);

struct Reader<'a> {
    json: Cursor<'a>,
    nodes: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// The outermost object, and the root in it.
    fn envelope(&mut self) -> Result<(Fields<'a>, Option<Object<'a>>), NoDocument> {
        let (mut fields, mut root) = (Fields::default(), None);
        let mut inside = self.enter_object("it is no object")?;
        while let Some(key) = self.json.next_field(&mut inside)? {
            if key == "root" {
                root = Some(self.object("it has no root")?);
                add(&mut fields, key, Raw::fixed("{}"))?;
            } else {
                add(&mut fields, key, self.json.value()?)?;
            }
        }
        Ok((fields, root))
    }

    fn object(&mut self, otherwise: &'static str) -> Result<Object<'a>, NoDocument> {
        let (mut fields, mut children) = (Fields::with_room(), None);
        let mut inside = self.enter_object(otherwise)?;
        while let Some(key) = self.json.next_field(&mut inside)? {
            let raw = if key == "children" && self.json.peek() == Some(b'[') {
                children = Some(self.children()?);
                Raw::fixed("[]")
            } else {
                self.json.value()?
            };
            add(&mut fields, key, raw)?;
        }
        Ok((fields, children))
    }

    fn enter_object(&mut self, otherwise: &'static str) -> Result<Inside, NoDocument> {
        if !matches!(self.json.peek(), Some(b'{') | None) {
            // Broken JSON is the better reason.
            self.json.value()?;
            return Err(NoDocument::NotLexical(otherwise));
        }
        self.json.enter(b'{')
    }

    fn children(&mut self) -> Result<Vec<Node<'a>>, NoDocument> {
        self.depth += 1;
        let mut nodes = Vec::new();
        let mut inside = self.json.enter(b'[')?;
        while self.json.next_element(&mut inside)? {
            self.nodes += 1;
            if self.nodes > MAX_NODES {
                return Err(NoDocument::TooManyNodes);
            }
            if self.depth > MAX_DEPTH {
                return Err(NoDocument::TooDeep);
            }
            self.json.peek();
            let start = self.json.at();
            let (fields, children) = self.object("one of its nodes is no object")?;
            nodes.push(node(fields, children, self.json.since(start)));
        }
        self.depth -= 1;
        Ok(nodes)
    }
}

fn add<'a>(fields: &mut Fields<'a>, key: Cow<'a, str>, raw: Raw<'a>) -> Result<(), NoDocument> {
    fields.set(key, raw);
    if fields.len() > MAX_FIELDS { Err(NoDocument::TooManyFields) } else { Ok(()) }
}

/// Makes a node of what was read: every type that is not a card has its line here, the cards have
/// theirs in `cards/`.
fn node<'a>(fields: Fields<'a>, children: Option<Vec<Node<'a>>>, json: &'a str) -> Node<'a> {
    let is_leaf = children.is_none();
    let children = children.unwrap_or_default();
    let text_block =
        |kind, fields, children| Node::Block(Block::Text(TextBlock { kind, children: line(children), fields }));
    match &*fields.kind() {
        "paragraph" => text_block(TextKind::Paragraph, fields, children),
        "extended-heading" | "heading" => text_block(TextKind::Heading(heading_level(&fields)), fields, children),
        "extended-quote" | "quote" => text_block(TextKind::Quote, fields, children),
        "aside" => text_block(TextKind::Aside, fields, children),
        "list" => list(fields, children),
        "listitem" => Node::Item(ListItem { children: line(children), fields }),
        "extended-text" | "text" | "tk" => Node::Inline(Inline::Text(Text {
            text: fields.text("text"),
            format: Format(fields.read("format", "0")),
            fields: if is_leaf { Fields::whole(json) } else { fields },
        })),
        "linebreak" => Node::Inline(Inline::LineBreak(if is_leaf { Fields::whole(json) } else { fields })),
        "zwnj" | "at-link" | "at-link-search" => {
            Node::Inline(Inline::Hidden(Unknown { children: line(children), fields }))
        }
        "link" | "autolink" => {
            let (url, rel) = (fields.text("url"), fields.text("rel"));
            Node::Inline(Inline::Link(Link { url, rel, children: line(children), fields }))
        }
        _ => match Card::read(fields) {
            Ok(card) => Node::Block(Block::card(card)),
            Err(fields) => Node::Unknown(Unknown { children: line(children), fields }),
        },
    }
}

fn line(nodes: Vec<Node<'_>>) -> Vec<Inline<'_>> {
    nodes.into_iter().map(Node::into_inline).collect()
}

/// A list whose children are not all items is no list that we know how to show, so it is kept as
/// unknown.
fn list<'a>(fields: Fields<'a>, nodes: Vec<Node<'a>>) -> Node<'a> {
    if !nodes.iter().all(|node| matches!(node, Node::Item(_))) {
        return Node::Unknown(Unknown { children: line(nodes), fields });
    }
    let items = nodes.into_iter().filter_map(|node| match node {
        Node::Item(item) => Some(item),
        _ => None,
    });
    Node::Block(Block::List(List {
        kind: ListKind::of(&fields),
        start: list_start(&fields),
        items: items.collect(),
        fields,
    }))
}

pub(crate) fn heading_level(fields: &Fields<'_>) -> u8 {
    match fields.text("tag").as_bytes() {
        [b'h', level @ b'1'..=b'6'] => level - b'0',
        _ => 2,
    }
}

pub(crate) fn list_start(fields: &Fields<'_>) -> u32 {
    fields.read("start", "1")
}

impl ListKind {
    pub(crate) fn of(fields: &Fields<'_>) -> ListKind {
        match (&*fields.text("listType"), &*fields.text("tag")) {
            ("number", _) | ("", "ol") => ListKind::Number,
            ("check", _) => ListKind::Check,
            _ => ListKind::Bullet,
        }
    }

    /// `listType` and `tag` as Lexical spells them.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            ListKind::Bullet => ("bullet", "ul"),
            ListKind::Number => ("number", "ol"),
            ListKind::Check => ("check", "ul"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NoDocument;
    use crate::Document;
    use crate::limits::{MAX_BYTES, MAX_DEPTH, MAX_NODES};

    fn refusal(json: &str) -> String {
        Document::parse(json).expect_err("no document").to_string()
    }

    fn body(children: &str) -> String {
        format!(r#"{{"root":{{"type":"root","children":[{children}]}}}}"#)
    }

    #[test]
    fn what_is_no_body_is_refused_in_words() {
        for (json, words) in [
            ("", "the body is not JSON: it ends too early at line 1 column 1"),
            ("{\n\"root\": }", "the body is not JSON: expected value at line 2 column 9"),
            ("[]", "the body is not a Lexical document: it is no object"),
            ("{}", "the body is not a Lexical document: it has no root"),
            (r#"{"root":{}}"#, "the body is not a Lexical document: its root has no children"),
            (&body("1"), "the body is not a Lexical document: one of its nodes is no object"),
        ] {
            assert_eq!(refusal(json), words);
        }
    }

    #[test]
    fn a_body_at_the_limits_is_read_and_one_beyond_is_not() {
        let nested = |depth| body(&(r#"{"type":"x","children":["#.repeat(depth) + &"]}".repeat(depth)));
        assert!(Document::parse(&nested(MAX_DEPTH)).is_ok());
        for depth in [MAX_DEPTH + 1, MAX_DEPTH + 10, 10_000] {
            assert_eq!(Document::parse(&nested(depth)), Err(NoDocument::TooDeep));
        }
        let wide = |nodes| body(&vec!["{}"; nodes].join(","));
        assert!(Document::parse(&wide(MAX_NODES)).is_ok());
        assert_eq!(Document::parse(&wide(MAX_NODES + 1)), Err(NoDocument::TooManyNodes));
        let bytes = MAX_BYTES + 1;
        assert_eq!(Document::parse(&" ".repeat(bytes)), Err(NoDocument::TooLarge { bytes }));
    }

    #[test]
    fn old_and_new_spellings_of_a_type_are_the_same_kind() {
        let text = |kind| format!(r#"{{"type":"{kind}","tag":"h3","children":[{{"type":"text","text":"a"}}]}}"#);
        for (old, new) in [("heading", "extended-heading"), ("quote", "extended-quote")] {
            let html = |kind| Document::parse(&body(&text(kind))).unwrap().html(&crate::Web::default());
            assert_eq!(html(old), html(new));
        }
    }
}
