use serde_json::{Map, Value};

/// The JSON object of a node: its fields in the order in which they came, those that we do not know
/// included.
///
/// A typed value (`Image::alt`, say) is *taken out* when a node is read and *put back* when it is
/// written. What was not edited is then put back into the very place and form that it had: a field
/// that was absent, null or of a strange type stays so until somebody gives it another value.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fields(Map<String, Value>);

impl Fields {
    /// The fields that a new node of this type starts with, in the order in which Ghost writes
    /// them.
    pub(crate) fn new<const N: usize>(fields: [(&str, Value); N]) -> Fields {
        Fields(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    pub(crate) fn of(object: Map<String, Value>) -> Fields {
        Fields(object)
    }

    pub(crate) fn into_value(self) -> Value {
        Value::Object(self.0)
    }

    /// One field, for the few readers of a field that has no type of its own.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// The node's type as it is written; empty when it has none.
    pub fn kind(&self) -> &str {
        self.text("type")
    }

    /// A string; empty when the field is absent or no string.
    pub(crate) fn text(&self, key: &str) -> &str {
        self.0.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// Takes a string out and leaves an empty one in its place.
    pub(crate) fn take_text(&mut self, key: &str) -> String {
        match self.0.get_mut(key) {
            Some(Value::String(text)) => std::mem::take(text),
            _ => String::new(),
        }
    }

    pub(crate) fn put_text(&mut self, key: &str, text: &str) {
        match self.0.get_mut(key) {
            Some(Value::String(place)) => text.clone_into(place),
            _ if text.is_empty() => {}
            _ => self.put(key, text.into()),
        }
    }

    /// A whole number not below zero; a fraction is cut off.
    pub(crate) fn number(&self, key: &str) -> Option<u32> {
        let number = self.0.get(key)?;
        let whole = number.as_u64().or_else(|| number.as_f64().filter(|n| *n >= 0.0).map(|n| n as u64));
        whole.and_then(|n| u32::try_from(n).ok())
    }

    pub(crate) fn put_number(&mut self, key: &str, number: Option<u32>) {
        if self.number(key) != number {
            self.put(key, number.into());
        }
    }

    /// Takes the child nodes out and leaves an empty array in their place.
    pub(crate) fn take_children(&mut self) -> Vec<Value> {
        match self.0.get_mut("children") {
            Some(Value::Array(children)) => std::mem::take(children),
            _ => Vec::new(),
        }
    }

    pub(crate) fn put_children(&mut self, nodes: Vec<Value>) {
        match self.0.get_mut("children") {
            Some(Value::Array(place)) => *place = nodes,
            _ if nodes.is_empty() => {}
            _ => self.put("children", nodes.into()),
        }
    }

    /// Sets a field: where it stands, or at the end.
    pub(crate) fn put(&mut self, key: &str, value: Value) {
        self.0.insert(key.to_owned(), value);
    }

    /// Takes an object out and leaves an empty one; `None` when there is none.
    pub(crate) fn take_object(&mut self, key: &str) -> Option<Fields> {
        match self.0.get_mut(key) {
            Some(Value::Object(object)) => Some(Fields(std::mem::take(object))),
            _ => None,
        }
    }
}
