//! What a template can see: plain values, some of them lazy.
//!
//! There are no prototypes and no methods here, only what was put in: a template
//! that asks for `constructor` gets nothing, as for any other unknown name.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A value as templates know it. Cloning is cheap: what is large is shared.
#[derive(Clone, Default)]
pub enum Value {
    /// There is no such thing; prints nothing.
    #[default]
    Undefined,
    /// There is such a field and it is empty; prints nothing.
    Null,
    /// Prints `true` or `false`.
    Bool(bool),
    /// Prints as JavaScript prints a number.
    Number(f64),
    /// Text: escaped when `{{…}}` prints it.
    Text(Arc<str>),
    /// Markup that is safe already: printed as it is, even by `{{…}}`.
    Html(Arc<str>),
    /// Prints its members with commas between. `Undefined` in a list is a hole: `each` skips it.
    List(Arc<[Value]>),
    /// Names and values in the order in which they were put in.
    Map(Arc<Map>),
    /// Names whose values are made when a template asks for them.
    Object(Arc<dyn Object>),
}

/// A thing with fields that are made only when a template asks for them, such as
/// an article whose body need not be rendered for a list of headlines.
///
/// `get` may be called more than once for one name: what is dear to make is
/// worth keeping in a cell.
pub trait Object: Send + Sync {
    /// The field `name`; `None` when there is no such field.
    fn get(&self, name: &str) -> Option<Value>;
    /// The names of all fields, in the order in which `{{#each}}` meets them.
    fn names(&self) -> Vec<&str>;
}

/// Names and values in order. A name that is put in twice keeps its first place and its last value.
#[derive(Clone, Default)]
pub struct Map {
    entries: Vec<(Cow<'static, str>, Value)>,
}

impl Map {
    /// A map without entries.
    pub fn new() -> Map {
        Map::default()
    }

    /// Puts `value` in under `name`, in place of an earlier one of that name.
    pub fn insert(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Value>) {
        let (name, value) = (name.into(), value.into());
        match self.entries.iter_mut().find(|entry| entry.0 == name) {
            Some(entry) => entry.1 = value,
            None => self.entries.push((name, value)),
        }
    }

    /// The value under `name`. The maps of a page are short, so this is a walk along them.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.entries.iter().find(|entry| entry.0 == name).map(|entry| &entry.1)
    }

    /// Names and values in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.entries.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<K: Into<Cow<'static, str>>> FromIterator<(K, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(entries: I) -> Map {
        let mut map = Map::new();
        entries.into_iter().for_each(|(name, value)| map.insert(name, value));
        map
    }
}

impl<K: Into<Cow<'static, str>>, const N: usize> From<[(K, Value); N]> for Map {
    fn from(entries: [(K, Value); N]) -> Map {
        entries.into_iter().collect()
    }
}

impl Value {
    /// Plain text, escaped when it is printed.
    pub fn text(text: impl Into<Arc<str>>) -> Value {
        Value::Text(text.into())
    }

    /// Markup that needs no escaping. Whoever calls this vouches for it.
    pub fn html(html: impl Into<Arc<str>>) -> Value {
        Value::Html(html.into())
    }

    /// A map of these entries, in this order.
    pub fn map<K: Into<Cow<'static, str>>, const N: usize>(entries: [(K, Value); N]) -> Value {
        Map::from(entries).into()
    }

    /// A list of these values.
    pub fn list(values: impl IntoIterator<Item = Value>) -> Value {
        Value::List(values.into_iter().collect())
    }

    /// A thing with lazy fields.
    pub fn object(object: impl Object + 'static) -> Value {
        Value::Object(Arc::new(object))
    }

    /// The field `name`, or the member with that number; `Undefined` when there is none.
    pub fn get(&self, name: &str) -> Value {
        match self {
            Value::Map(map) => map.get(name).cloned().unwrap_or_default(),
            Value::Object(object) => object.get(name).unwrap_or_default(),
            Value::List(list) if name == "length" => list.len().into(),
            Value::List(list) => name.parse().ok().and_then(|at: usize| list.get(at).cloned()).unwrap_or_default(),
            Value::Text(text) | Value::Html(text) if name == "length" => text.encode_utf16().count().into(),
            _ => Value::Undefined,
        }
    }

    /// The names of the fields of a map or an object.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Value::Map(map) => map.iter().map(|(name, _)| name).collect(),
            Value::Object(object) => object.names(),
            _ => Vec::new(),
        }
    }

    /// Whether there is nothing: `Undefined` or `Null`.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Value::Undefined | Value::Null)
    }

    /// What `{{#if}}` asks: false for nothing, `false`, 0, empty plain text and an empty list.
    pub fn is_truthy(&self) -> bool {
        match self {
            Value::Undefined | Value::Null => false,
            Value::Bool(truth) => *truth,
            Value::Number(number) => *number != 0.0 && !number.is_nan(),
            Value::Text(text) => !text.is_empty(),
            // An object in JavaScript, and those are true.
            Value::Html(_) => true,
            Value::List(list) => !list.is_empty(),
            Value::Map(_) | Value::Object(_) => true,
        }
    }

    /// The characters of a text or of markup.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Html(text) => Some(text),
            _ => None,
        }
    }

    /// The members of a list.
    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Value::List(list) => Some(list),
            _ => None,
        }
    }

    /// A number, or text that is one.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            Value::Text(text) | Value::Html(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Whether both are the same thing, not merely equal ones: decides whether a block opens a
    /// new step of `../`.
    pub(crate) fn is(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Bool(one), Value::Bool(two)) => one == two,
            (Value::Number(one), Value::Number(two)) => one == two,
            (Value::Text(one) | Value::Html(one), Value::Text(two) | Value::Html(two)) => one == two,
            (Value::List(one), Value::List(two)) => Arc::ptr_eq(one, two),
            (Value::Map(one), Value::Map(two)) => Arc::ptr_eq(one, two),
            (Value::Object(one), Value::Object(two)) => Arc::ptr_eq(one, two),
            (one, two) => one.is_nothing() && two.is_nothing(),
        }
    }
}

/// The text that an unescaped `{{{…}}}` prints.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Undefined | Value::Null => Ok(()),
            Value::Bool(truth) => write!(f, "{truth}"),
            Value::Number(number) => print_number(*number, f),
            Value::Text(text) | Value::Html(text) => f.write_str(text),
            Value::List(list) => {
                for (at, member) in list.iter().enumerate() {
                    f.write_str(if at == 0 { "" } else { "," })?;
                    member.fmt(f)?;
                }
                Ok(())
            }
            Value::Map(_) | Value::Object(_) => f.write_str("[object Object]"),
        }
    }
}

/// As JavaScript prints it: no point in a whole number, a power of ten beyond 21 digits.
fn print_number(number: f64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let size = number.abs();
    if number.is_infinite() {
        f.write_str(if number > 0.0 { "Infinity" } else { "-Infinity" })
    } else if number == 0.0 {
        f.write_str("0")
    } else if number.is_nan() || (1e-6..1e21).contains(&size) {
        write!(f, "{number}")
    } else {
        let text = format!("{number:e}");
        f.write_str(&if size > 1.0 { text.replace('e', "e+") } else { text })
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Undefined => f.write_str("undefined"),
            Value::Null => f.write_str("null"),
            Value::Text(text) => write!(f, "{text:?}"),
            Value::Html(html) => write!(f, "html {html:?}"),
            Value::List(list) => f.debug_list().entries(list.iter()).finish(),
            Value::Map(map) => f.debug_map().entries(map.iter()).finish(),
            Value::Object(object) => f.debug_set().entries(object.names()).finish(),
            plain => write!(f, "{plain}"),
        }
    }
}

macro_rules! from {
    ($($kind:ty: $value:ident => $made:expr),+ $(,)?) => {
        $(impl From<$kind> for Value {
            fn from($value: $kind) -> Value {
                $made
            }
        })+
    };
}

from! {
    &str: text => Value::Text(text.into()),
    String: text => Value::Text(text.into()),
    Arc<str>: text => Value::Text(text),
    bool: truth => Value::Bool(truth),
    i32: number => Value::Number(number.into()),
    u32: number => Value::Number(number.into()),
    i64: number => Value::Number(number as f64),
    u64: number => Value::Number(number as f64),
    usize: number => Value::Number(number as f64),
    f64: number => Value::Number(number),
    Map: map => Value::Map(Arc::new(map)),
    serde_json::Value: json => Value::from(&json),
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(values: Vec<T>) -> Value {
        Value::list(values.into_iter().map(Into::into))
    }
}

impl From<&serde_json::Value> for Value {
    fn from(json: &serde_json::Value) -> Value {
        use serde_json::Value as Json;
        match json {
            Json::Null => Value::Null,
            Json::Bool(truth) => Value::Bool(*truth),
            Json::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
            Json::String(text) => Value::text(text.as_str()),
            Json::Array(list) => Value::list(list.iter().map(Value::from)),
            // Straight in, because JSON objects hold each name once already.
            Json::Object(object) => {
                let entries = object.iter().map(|(name, value)| (name.clone().into(), value.into())).collect();
                Map { entries }.into()
            }
        }
    }
}

/// A value with some fields laid over it: the context of a partial that is called with arguments.
pub(crate) struct Extended {
    pub(crate) base: Value,
    pub(crate) over: Map,
}

impl Object for Extended {
    fn get(&self, name: &str) -> Option<Value> {
        match self.over.get(name) {
            Some(value) => Some(value.clone()),
            None => Some(self.base.get(name)).filter(|value| !matches!(value, Value::Undefined)),
        }
    }

    fn names(&self) -> Vec<&str> {
        let mut names = self.base.names();
        names.extend(self.over.iter().map(|(name, _)| name).filter(|name| self.base.get(name).is_nothing()));
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_in_javascript() {
        let printed = |number: f64| Value::Number(number).to_string();
        assert_eq!(printed(42.0), "42");
        assert_eq!(printed(-0.0), "0");
        assert_eq!(printed(0.5), "0.5");
        assert_eq!(printed(1e21), "1e+21");
        assert_eq!(printed(1e-7), "1e-7");
        assert_eq!(printed(f64::NAN), "NaN");
    }

    #[test]
    fn a_list_prints_with_commas_and_nothing_prints_nothing() {
        let list = Value::list([1.into(), Value::Null, Value::list([2.into(), 3.into()])]);
        assert_eq!(list.to_string(), "1,,2,3");
    }

    #[test]
    fn only_what_was_put_in_can_be_got_out() {
        let map = Value::map([("title", "Tide".into())]);
        assert_eq!(map.get("title").to_string(), "Tide");
        for name in ["constructor", "__proto__", "toString", "hasOwnProperty"] {
            assert!(matches!(map.get(name), Value::Undefined), "{name}");
        }
    }

    #[test]
    fn a_name_put_in_twice_keeps_its_place_and_takes_the_last_value() {
        let mut map = Map::from([("a", 1.into()), ("b", 2.into())]);
        map.insert("a", 3);
        assert_eq!(format!("{:?}", Value::from(map)), r#"{"a": 3, "b": 2}"#);
    }
}
