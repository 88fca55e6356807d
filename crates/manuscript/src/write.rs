//! Lexical JSON out.

use serde_json::Value;

use crate::document::{Block, Document, Inline, Link, List, ListItem, ListKind, Text, TextBlock, TextKind, Unknown};
use crate::fields::Fields;
use crate::format::Format;
use crate::parse::{heading_level, list_start};

impl Document {
    /// The body as Lexical JSON.
    ///
    /// What was parsed and not touched comes back as the same bytes. A document that was built or
    /// edited is written as `JSON.stringify` would: compact, fields in their order. There, a number
    /// keeps its value but not a strange spelling (`1e2` becomes `100.0`), and an escape that JSON
    /// does not need is resolved; no editor writes either.
    pub fn to_json(&self) -> String {
        if let Some(source) = &self.source {
            return source.to_string();
        }
        self.value().to_string()
    }

    pub(crate) fn value(&self) -> Value {
        let mut root = self.root.clone();
        root.put_children(self.blocks.iter().map(Block::value).collect());
        let mut envelope = self.envelope.clone();
        envelope.put("root", root.into_value());
        envelope.into_value()
    }
}

impl Block {
    fn value(&self) -> Value {
        match self {
            Block::Text(text) => text.value(),
            Block::List(list) => list.value(),
            Block::Card(card) => card.fields().into_value(),
            Block::Unknown(node) => node.value(),
            Block::Loose(inline) => inline.value(),
        }
    }
}

impl TextBlock {
    fn value(&self) -> Value {
        let mut fields = self.fields.clone();
        // The kind decides the type; a spelling that means the same kind stays.
        let same = |types: [&str; 2]| types.contains(&self.fields.kind());
        match self.kind {
            TextKind::Paragraph if !same(["paragraph"; 2]) => fields.put("type", "paragraph".into()),
            TextKind::Quote if !same(["extended-quote", "quote"]) => fields.put("type", "extended-quote".into()),
            TextKind::Aside if !same(["aside"; 2]) => fields.put("type", "aside".into()),
            TextKind::Heading(level) => {
                if !same(["extended-heading", "heading"]) {
                    fields.put("type", "extended-heading".into());
                }
                if heading_level(&fields) != level {
                    fields.put("tag", format!("h{level}").into());
                }
            }
            _ => {}
        }
        with_children(fields, &self.children)
    }
}

impl List {
    fn value(&self) -> Value {
        let mut fields = self.fields.clone();
        if ListKind::of(&fields) != self.kind {
            let (list_type, tag) = self.kind.words();
            fields.put("listType", list_type.into());
            fields.put("tag", tag.into());
        }
        if list_start(&fields) != self.start {
            fields.put("start", self.start.into());
        }
        fields.put_children(self.items.iter().map(ListItem::value).collect());
        fields.into_value()
    }
}

impl ListItem {
    fn value(&self) -> Value {
        with_children(self.fields.clone(), &self.children)
    }
}

impl Inline {
    fn value(&self) -> Value {
        match self {
            Inline::Text(text) => text.value(),
            Inline::LineBreak(fields) => fields.clone().into_value(),
            Inline::Link(link) => link.value(),
            Inline::Block(block) => block.value(),
            Inline::Unknown(node) => node.value(),
        }
    }
}

impl Text {
    fn value(&self) -> Value {
        let mut fields = self.fields.clone();
        fields.put_text("text", &self.text);
        if Format(fields.number("format").unwrap_or_default()) != self.format {
            fields.put("format", self.format.0.into());
        }
        fields.into_value()
    }
}

impl Link {
    fn value(&self) -> Value {
        let mut fields = self.fields.clone();
        fields.put_text("url", &self.url);
        fields.put_text("rel", &self.rel);
        with_children(fields, &self.children)
    }
}

impl Unknown {
    fn value(&self) -> Value {
        with_children(self.fields.clone(), &self.children)
    }
}

fn with_children(mut fields: Fields, children: &[Inline]) -> Value {
    fields.put_children(children.iter().map(Inline::value).collect());
    fields.into_value()
}
