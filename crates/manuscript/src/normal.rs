//! One spelling for all documents that say the same.

use serde_json::{Map, Value};

use crate::document::{Block, Document, Inline, Link, ListItem};
use crate::fields::Fields;

/// Fields that say nothing: the direction, which the editor guesses anew at every save, and what newer
/// versions of Lexical add to nodes and Ghost does not read.
const MEANINGLESS: [&str; 5] = ["direction", "textFormat", "textStyle", "$", "version"];

/// Fields with the value that means the same as none.
const DEFAULTS: [(&str, &str); 6] =
    [("detail", "0"), ("format", "0"), ("format", "\"\""), ("indent", "0"), ("mode", "\"normal\""), ("style", "\"\"")];

/// Two spellings of one type.
const SPELLINGS: [(&str, &str); 4] =
    [("text", "extended-text"), ("heading", "extended-heading"), ("quote", "extended-quote"), ("autolink", "link")];

impl Document<'_> {
    /// The document in a form in which all documents that say the same are equal: JSON with its fields
    /// sorted, neighbouring runs of one format merged, both spellings of a type made one, and without
    /// what is a default or says nothing (`direction`, which editors rewrite at every save).
    ///
    /// It is for comparing only.
    pub fn normal_form(&self) -> String {
        let mut root = normal_fields(&self.root);
        root.insert("children".to_owned(), Value::Array(self.blocks.iter().map(Block::outline).collect()));
        let mut envelope = normal_fields(&self.envelope);
        envelope.insert("root".to_owned(), Value::Object(root));
        sorted(Value::Object(envelope)).to_string()
    }
}

/// Documents are equal when they say the same: see [`normal_form`](Document::normal_form).
impl PartialEq for Document<'_> {
    fn eq(&self, other: &Document<'_>) -> bool {
        self.normal_form() == other.normal_form()
    }
}

/// Blocks are equal when they say the same.
impl PartialEq for Block<'_> {
    fn eq(&self, other: &Block<'_>) -> bool {
        self.normal() == other.normal()
    }
}

impl Block<'_> {
    /// The block in its normal form.
    pub(crate) fn normal(&self) -> Value {
        sorted(self.outline())
    }

    /// The normal form, its fields not yet sorted.
    fn outline(&self) -> Value {
        match self {
            Block::Text(text) => {
                let mut fields = normal_fields(&text.retyped());
                fields.insert("children".to_owned(), normal_line(&text.children));
                Value::Object(fields)
            }
            Block::List(list) => {
                let mut fields = normal_fields(&list.retyped());
                let items = list.items.iter().map(ListItem::outline).collect();
                fields.insert("children".to_owned(), Value::Array(items));
                Value::Object(fields)
            }
            Block::Card(card) => Value::Object(normal_fields(&card.written())),
            Block::Unknown(node) => with_line(normal_fields(&node.fields), &node.children),
            Block::Loose(inline) => normal_line(std::slice::from_ref(inline)),
        }
    }
}

impl ListItem<'_> {
    /// Its number in the list follows from its place.
    fn outline(&self) -> Value {
        let mut fields = normal_fields(&self.fields);
        fields.shift_remove("value");
        with_line(fields, &self.children)
    }
}

fn with_line(mut fields: Map<String, Value>, children: &[Inline<'_>]) -> Value {
    if !children.is_empty() {
        fields.insert("children".to_owned(), normal_line(children));
    }
    Value::Object(fields)
}

/// Neighbouring texts that differ in nothing but their words become one; empty ones go.
fn normal_line(children: &[Inline<'_>]) -> Value {
    let mut line: Vec<Map<String, Value>> = Vec::new();
    for child in children {
        let next = match child {
            Inline::Text(text) if text.text.is_empty() => continue,
            Inline::Text(text) => normal_fields(&text.rewritten()),
            Inline::LineBreak(fields) => normal_fields(fields),
            Inline::Link(link) => {
                let Link { children, .. } = link;
                let mut fields = normal_fields(&link.rewritten());
                fields.insert("children".to_owned(), normal_line(children));
                fields
            }
            Inline::Block(block) => match block.outline() {
                Value::Object(fields) => fields,
                _ => continue,
            },
            Inline::Unknown(node) | Inline::Hidden(node) => {
                match with_line(normal_fields(&node.fields), &node.children) {
                    Value::Object(fields) => fields,
                    _ => continue,
                }
            }
        };
        if matches!(child, Inline::Text(_)) && line.last_mut().is_some_and(|last| append(last, &next)) {
            continue;
        }
        line.push(next);
    }
    Value::Array(line.into_iter().map(Value::Object).collect())
}

/// Appends the words of a text to those of the one before it, if both are set alike.
fn append(last: &mut Map<String, Value>, next: &Map<String, Value>) -> bool {
    let alike = last.len() == next.len()
        && next.iter().all(|(key, value)| key == "text" || last.get(key) == Some(value))
        && last.get("type").and_then(Value::as_str) == Some("extended-text");
    match (alike, last.get_mut("text"), next.get("text").and_then(Value::as_str)) {
        (true, Some(Value::String(words)), Some(more)) => {
            words.push_str(more);
            true
        }
        _ => false,
    }
}

fn normal_fields(fields: &Fields<'_>) -> Map<String, Value> {
    let mut map = Map::new();
    fields.each(|key, json, value| {
        let says_nothing = MEANINGLESS.contains(&key) || DEFAULTS.contains(&(key, json)) || value.is_null();
        if !says_nothing && key != "children" {
            map.insert(key.to_owned(), value);
        }
    });
    if let Some(Value::String(kind)) = map.get_mut("type")
        && let Some((_, usual)) = SPELLINGS.iter().find(|(other, _)| other == kind)
    {
        *kind = (*usual).to_owned();
    }
    map
}

fn sorted(mut value: Value) -> Value {
    value.sort_all_objects();
    value
}

#[cfg(test)]
mod tests {
    use crate::{Block, Document, Format, Inline};

    fn same(one: &str, other: &str) -> bool {
        let body = |children: &str| format!(r#"{{"root":{{"type":"root","children":[{children}]}}}}"#);
        let (one, other) = (body(one), body(other));
        Document::parse(&one).unwrap() == Document::parse(&other).unwrap()
    }

    #[test]
    fn spelling_direction_and_split_runs_make_no_difference() {
        assert!(same(
            r#"{"children":[{"text":"ab","type":"text"}],"direction":"ltr","type":"heading","tag":"h2","version":1}"#,
            r#"{"type":"extended-heading","direction":null,"tag":"h2","textFormat":0,"children":[
               {"type":"extended-text","text":"a","format":0,"style":""},{"type":"text","text":""},{"type":"text","text":"b"}]}"#,
        ));
    }

    #[test]
    fn words_formats_and_unknown_fields_do() {
        for (one, other) in [
            (r#"{"type":"text","text":"a"}"#, r#"{"type":"text","text":"b"}"#),
            (r#"{"type":"text","text":"a"}"#, r#"{"type":"text","text":"a","format":1}"#),
            (r#"{"type":"x","a":1}"#, r#"{"type":"x","a":2}"#),
            (r#"{"type":"image","src":"/a"}"#, r#"{"type":"image","src":"/a","ours":true}"#),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn an_edit_counts_before_it_is_written() {
        let bold = |text| Inline::formatted(text, Format::BOLD);
        let mut body = Document::new(vec![Block::paragraph_of(vec![bold("a")])]);
        let Block::Text(paragraph) = &mut body.blocks_mut()[0] else { panic!("a paragraph") };
        paragraph.children.push(bold("b"));
        assert_eq!(body, Document::new(vec![Block::paragraph_of(vec![bold("ab")])]));
    }
}
