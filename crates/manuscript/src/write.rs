//! Lexical JSON out.

use std::borrow::Cow;

use crate::document::{Block, Document, Inline, Link, List, ListKind, Text, TextBlock, TextKind};
use crate::fields::Fields;
use crate::format::Format;
use crate::parse::heading_level;

impl Document<'_> {
    /// The body as Lexical JSON.
    ///
    /// What was parsed and not touched comes back as the same bytes. Of a document that was built or
    /// edited, every field that nobody edited keeps its spelling; only the white space between fields
    /// and nodes goes.
    pub fn to_json(&self) -> Cow<'_, str> {
        match self.source {
            Some(source) => Cow::Borrowed(source),
            None => Cow::Owned(self.written()),
        }
    }

    fn written(&self) -> String {
        let mut out = String::new();
        let root = |out: &mut String| {
            self.root.write(out, Some(&|out| array(out, &self.blocks, Block::write)));
        };
        self.envelope.write_with(&mut out, "root", Some(&root));
        out
    }
}

impl Block<'_> {
    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Block::Text(text) => with_children(&text.retyped(), &text.children, out),
            Block::List(list) => list.retyped().write(
                out,
                Some(&|out| {
                    array(out, &list.items, |item, out| with_children(&item.fields, &item.children, out));
                }),
            ),
            Block::Card(card) => card.written().write(out, None),
            Block::Unknown(node) => with_children(&node.fields, &node.children, out),
            Block::Loose(inline) => inline.write(out),
        }
    }
}

impl<'a> TextBlock<'a> {
    /// Its fields with the type that its kind asks for; a spelling that means the same kind stays.
    pub(crate) fn retyped(&self) -> Fields<'a> {
        let mut fields = self.fields.clone();
        let kind = self.fields.kind();
        let same = |types: &[&str]| types.contains(&&*kind);
        match self.kind {
            TextKind::Paragraph if !same(&["paragraph"]) => fields.set_text("type", "paragraph"),
            TextKind::Quote if !same(&["extended-quote", "quote"]) => fields.set_text("type", "extended-quote"),
            TextKind::Aside if !same(&["aside"]) => fields.set_text("type", "aside"),
            TextKind::Heading(level) => {
                if !same(&["extended-heading", "heading"]) {
                    fields.set_text("type", "extended-heading");
                }
                if heading_level(&fields) != level {
                    fields.set_text("tag", &format!("h{level}"));
                }
            }
            _ => {}
        }
        fields
    }
}

impl<'a> List<'a> {
    /// Its fields with its kind and first number.
    pub(crate) fn retyped(&self) -> Fields<'a> {
        let mut fields = self.fields.clone();
        if ListKind::of(&fields) != self.kind {
            let (list_type, tag) = self.kind.words();
            fields.set_text("listType", list_type);
            fields.set_text("tag", tag);
        }
        fields.put("start", "1", &self.start);
        fields
    }
}

impl<'a> Text<'a> {
    /// Its fields with its words and format.
    pub(crate) fn rewritten(&self) -> Fields<'a> {
        let mut fields = self.fields.clone();
        fields.put("text", "\"\"", &self.text);
        let Format(bits) = self.format;
        fields.put("format", "0", &bits);
        fields
    }
}

impl<'a> Link<'a> {
    /// Its fields with its URL.
    pub(crate) fn rewritten(&self) -> Fields<'a> {
        let mut fields = self.fields.clone();
        fields.put("url", "\"\"", &self.url);
        fields.put("rel", "\"\"", &self.rel);
        fields
    }
}

impl Inline<'_> {
    fn write(&self, out: &mut String) {
        match self {
            Inline::Text(text) => text.rewritten().write(out, None),
            Inline::LineBreak(fields) => fields.write(out, None),
            Inline::Link(link) => with_children(&link.rewritten(), &link.children, out),
            Inline::Block(block) => block.write(out),
            Inline::Unknown(node) | Inline::Hidden(node) => with_children(&node.fields, &node.children, out),
        }
    }
}

/// A node that came without an array of children gets one only when it needs it.
fn with_children(fields: &Fields<'_>, children: &[Inline<'_>], out: &mut String) {
    if children.is_empty() {
        return fields.write(out, None);
    }
    fields.write(out, Some(&|out| array(out, children, Inline::write)));
}

fn array<T>(out: &mut String, elements: &[T], write: impl Fn(&T, &mut String)) {
    out.push('[');
    for (number, element) in elements.iter().enumerate() {
        if number > 0 {
            out.push(',');
        }
        write(element, out);
    }
    out.push(']');
}
