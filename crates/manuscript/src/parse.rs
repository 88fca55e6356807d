//! Lexical JSON in.

use serde_json::Value;

use crate::cards::Card;
use crate::document::{Block, Document, Inline, Link, List, ListItem, ListKind, Text, TextBlock, TextKind, Unknown};
use crate::fields::Fields;
use crate::format::Format;
use crate::limits::{MAX_BYTES, MAX_DEPTH, MAX_HTML_BYTES, MAX_HTML_DEPTH, MAX_HTML_NODES, MAX_NODES};

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
    /// Not JSON at all.
    #[error("the body is not JSON: {reason} at line {line} column {column}")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
        /// What the JSON parser says.
        reason: String,
    },
    /// JSON, but no Lexical document.
    #[error("the body is not a Lexical document: {0}")]
    NotLexical(&'static str),
    /// HTML beyond [`MAX_HTML_BYTES`], [`MAX_HTML_DEPTH`] or [`MAX_HTML_NODES`].
    #[error(
        "the HTML is too much: {MAX_HTML_BYTES} bytes, {MAX_HTML_DEPTH} elements inside one another \
         and {MAX_HTML_NODES} nodes are allowed"
    )]
    TooMuchHtml,
}

impl Document {
    /// Reads a body as Ghost stores it (`{"root":{"type":"root","children":[…]}}`).
    ///
    /// Types and fields that are not known here are kept. Refused are only what is no such
    /// document, and what is beyond the [limits](crate::limits).
    pub fn parse(lexical_json: &str) -> Result<Document, NoDocument> {
        if lexical_json.len() > MAX_BYTES {
            return Err(NoDocument::TooLarge { bytes: lexical_json.len() });
        }
        let Value::Object(envelope) = serde_json::from_str(lexical_json).map_err(not_json)? else {
            return Err(NoDocument::NotLexical("it is no object"));
        };
        let mut envelope = Fields::of(envelope);
        let mut root = envelope.take_object("root").ok_or(NoDocument::NotLexical("it has no root"))?;
        if !root.get("children").is_some_and(Value::is_array) {
            return Err(NoDocument::NotLexical("its root has no children"));
        }
        let nodes = root.take_children();
        let blocks = Reader::default().blocks(nodes)?;
        Ok(Document { source: Some(lexical_json.into()), envelope, root, blocks })
    }
}

fn not_json(error: serde_json::Error) -> NoDocument {
    let whole = error.to_string();
    if whole.starts_with("recursion limit exceeded") {
        return NoDocument::TooDeep;
    }
    // The parser adds the place to its reason; we have fields for it.
    let reason = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(reason, _)| reason);
    NoDocument::NotJson { line: error.line(), column: error.column(), reason: reason.to_owned() }
}

/// A node by what it is, wherever it stands.
enum Node {
    Block(Block),
    Inline(Inline),
    Unknown(Unknown),
}

#[derive(Default)]
struct Reader {
    nodes: usize,
    depth: usize,
}

impl Reader {
    fn blocks(&mut self, nodes: Vec<Value>) -> Result<Vec<Block>, NoDocument> {
        self.each(nodes, |reader, node| {
            Ok(match reader.node(node)? {
                Node::Block(block) => block,
                Node::Inline(inline) => Block::Loose(inline),
                Node::Unknown(node) => Block::Unknown(node),
            })
        })
    }

    fn line(&mut self, nodes: Vec<Value>) -> Result<Vec<Inline>, NoDocument> {
        self.each(nodes, |reader, node| {
            Ok(match reader.node(node)? {
                Node::Block(block) => Inline::Block(Box::new(block)),
                Node::Inline(inline) => inline,
                Node::Unknown(node) => Inline::Unknown(node),
            })
        })
    }

    /// Reads the nodes of one level, and keeps count.
    fn each<T>(
        &mut self,
        nodes: Vec<Value>,
        read: impl Fn(&mut Reader, Value) -> Result<T, NoDocument>,
    ) -> Result<Vec<T>, NoDocument> {
        if nodes.is_empty() {
            return Ok(Vec::new());
        }
        self.nodes += nodes.len();
        if self.nodes > MAX_NODES {
            return Err(NoDocument::TooManyNodes);
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(NoDocument::TooDeep);
        }
        let read = nodes.into_iter().map(|node| read(self, node)).collect();
        self.depth -= 1;
        read
    }

    /// Reads one node: every type that is not a card has its line here, the cards have theirs in
    /// `cards/`.
    fn node(&mut self, node: Value) -> Result<Node, NoDocument> {
        let mut fields = object(node)?;
        let node = match fields.kind() {
            "paragraph" => self.text_block(TextKind::Paragraph, fields)?,
            "extended-heading" | "heading" => self.text_block(TextKind::Heading(heading_level(&fields)), fields)?,
            "extended-quote" | "quote" => self.text_block(TextKind::Quote, fields)?,
            "aside" => self.text_block(TextKind::Aside, fields)?,
            "list" => self.list(fields)?,
            "extended-text" | "text" | "tk" => {
                let format = Format(fields.number("format").unwrap_or_default());
                Node::Inline(Inline::Text(Text { text: fields.take_text("text"), format, fields }))
            }
            "linebreak" => Node::Inline(Inline::LineBreak(fields)),
            "link" | "autolink" => {
                let (url, rel) = (fields.take_text("url"), fields.take_text("rel"));
                let children = self.line(fields.take_children())?;
                Node::Inline(Inline::Link(Link { url, rel, children, fields }))
            }
            _ => match Card::read(fields) {
                Ok(card) => Node::Block(Block::Card(card)),
                Err(mut fields) => {
                    let children = self.line(fields.take_children())?;
                    Node::Unknown(Unknown { children, fields })
                }
            },
        };
        Ok(node)
    }

    fn text_block(&mut self, kind: TextKind, mut fields: Fields) -> Result<Node, NoDocument> {
        let children = self.line(fields.take_children())?;
        Ok(Node::Block(Block::Text(TextBlock { kind, children, fields })))
    }

    /// A list whose children are not all items is no list that we know how to show, so it is kept
    /// as unknown.
    fn list(&mut self, mut fields: Fields) -> Result<Node, NoDocument> {
        let nodes = fields.take_children();
        let is_item = |node: &Value| node.get("type").and_then(Value::as_str) == Some("listitem");
        if !nodes.iter().all(is_item) {
            return Ok(Node::Unknown(Unknown { children: self.line(nodes)?, fields }));
        }
        let items = self.each(nodes, |reader, node| {
            let mut fields = object(node)?;
            Ok(ListItem { children: reader.line(fields.take_children())?, fields })
        })?;
        let kind = ListKind::of(&fields);
        let start = list_start(&fields);
        Ok(Node::Block(Block::List(List { kind, start, items, fields })))
    }
}

fn object(node: Value) -> Result<Fields, NoDocument> {
    match node {
        Value::Object(object) => Ok(Fields::of(object)),
        _ => Err(NoDocument::NotLexical("one of its nodes is no object")),
    }
}

pub(crate) fn heading_level(fields: &Fields) -> u8 {
    match fields.text("tag").as_bytes() {
        [b'h', level @ b'1'..=b'6'] => level - b'0',
        _ => 2,
    }
}

pub(crate) fn list_start(fields: &Fields) -> u32 {
    fields.number("start").unwrap_or(1)
}

impl ListKind {
    pub(crate) fn of(fields: &Fields) -> ListKind {
        match (fields.text("listType"), fields.text("tag")) {
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
            ("", "the body is not JSON: EOF while parsing a value at line 1 column 0"),
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
