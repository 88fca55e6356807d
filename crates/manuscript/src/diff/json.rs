//! A comparison as plain data, for the desk.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::running::Running;
use super::{Change, Diff, FieldChange, Style, Word, WordChange};
use crate::document::{Block, TextKind};
use crate::format::Format;

impl Diff<'_> {
    /// The comparison as JSON: `{"changes": [...]}`, one object for each change, in reading order.
    ///
    /// | key | in | value |
    /// |---|---|---|
    /// | `change` | all | `same`, `changed`, `card-changed`, `moved`, `added`, `removed` |
    /// | `old`, `new` | those that have one | number of the block in its body, from 0 |
    /// | `kind` | all | `paragraph`, `h1` to `h6`, `quote`, `aside`, `list`, or the node's type (`image`); of the new block where there is one |
    /// | `was` | `changed` | the kind it had, when that is another |
    /// | `words` | `changed` | `[{"change": "same"\|"added"\|"removed"\|"restyled", "text"}]`, a restyled one with `old` and `new`: `{"formats": ["strong"], "link": "/a/"\|null}` |
    /// | `fields` | `card-changed` | `[{"field", "old", "new"}]`, the values as in the node, null for none |
    /// | `text` | `moved`, `added`, `removed` | its running text |
    pub fn to_json(&self) -> Value {
        let changes: Vec<Value> = self.changes.iter().map(|change| self.change_json(change)).collect();
        json!({ "changes": changes })
    }

    fn change_json(&self, change: &Change<'_>) -> Value {
        let name = match change {
            Change::Same { .. } => "same",
            Change::Changed { .. } => "changed",
            Change::CardChanged { .. } => "card-changed",
            Change::Moved { .. } => "moved",
            Change::Added { .. } => "added",
            Change::Removed { .. } => "removed",
        };
        let mut json = json!({ "change": name });
        let (before, after) = (self.old_block(change), self.new_block(change));
        if let Some(old) = change.old_number() {
            json["old"] = old.into();
        }
        if let Some(new) = change.new_number() {
            json["new"] = new.into();
        }
        if let Some(block) = after.or(before) {
            json["kind"] = kind(block).into();
            if matches!(change, Change::Moved { .. } | Change::Added { .. } | Change::Removed { .. }) {
                json["text"] = Running::of(block).text.into();
            }
        }
        match change {
            Change::Changed { words, .. } => {
                let was = before.map(kind).filter(|was| after.is_none_or(|after| kind(after) != *was));
                if let Some(was) = was {
                    json["was"] = was.into();
                }
                json["words"] = words.iter().map(word_json).collect();
            }
            Change::CardChanged { fields, .. } => json["fields"] = fields.iter().map(field_json).collect(),
            _ => {}
        }
        json
    }
}

fn word_json(word: &Word<'_>) -> Value {
    let text = &word.text;
    match &word.change {
        WordChange::Same => json!({ "change": "same", "text": text }),
        WordChange::Added => json!({ "change": "added", "text": text }),
        WordChange::Removed => json!({ "change": "removed", "text": text }),
        WordChange::Restyled { old, new } => {
            json!({ "change": "restyled", "text": text, "old": style_json(old), "new": style_json(new) })
        }
    }
}

fn style_json(style: &Style<'_>) -> Value {
    let formats = Format::ALL.into_iter().filter(|(format, _)| style.format.has(*format)).map(|(_, element)| element);
    json!({ "formats": formats.collect::<Vec<_>>(), "link": style.link })
}

fn field_json(change: &FieldChange) -> Value {
    json!({ "field": change.field, "old": change.old, "new": change.new })
}

fn kind<'d>(block: &'d Block<'_>) -> Cow<'d, str> {
    match block {
        Block::Text(text) => match text.kind {
            TextKind::Paragraph => "paragraph".into(),
            TextKind::Heading(level) => format!("h{level}").into(),
            TextKind::Quote => "quote".into(),
            TextKind::Aside => "aside".into(),
        },
        Block::List(_) => "list".into(),
        Block::Card(card) => card.kind().into(),
        Block::Unknown(node) => node.kind(),
        Block::Loose(_) => "paragraph".into(),
    }
}
