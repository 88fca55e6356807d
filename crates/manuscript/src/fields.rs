use std::borrow::Cow;

use serde_json::Value;

use crate::raw::{Raw, push_text};
use crate::scan::Cursor;

/// The fields of a node in the order in which they came, those that nobody here knows included, each
/// in its own spelling.
///
/// A typed value (`Image::alt`, say) is *read* out of them and *put back* when the node is written.
/// What was not edited then stands in the very place and spelling that it had: a field that was
/// absent, null or of a strange type stays so until somebody gives it another value.
#[derive(Debug, Clone)]
pub struct Fields<'a>(Form<'a>);

/// A field's name and value.
type Field<'a> = (Cow<'a, str>, Raw<'a>);

#[derive(Debug, Clone)]
enum Form<'a> {
    Listed(Vec<Field<'a>>),
    /// The JSON of a node without children, which is nearly every node: a list of its fields would be
    /// larger than itself, and is asked for only when the node is edited or compared.
    Whole(&'a str),
}

impl Default for Fields<'_> {
    fn default() -> Self {
        Fields(Form::Listed(Vec::new()))
    }
}

impl<'a> Fields<'a> {
    /// The fields that a new node starts with, in the order in which Ghost writes them; the values
    /// are JSON.
    pub(crate) fn new(fields: &[(&'static str, &'static str)]) -> Fields<'static> {
        let fields = fields.iter().map(|(key, json)| (Cow::Borrowed(*key), Raw::fixed(json)));
        Fields(Form::Listed(fields.collect()))
    }

    /// The fields of an object that was read before, kept as its JSON.
    pub(crate) fn whole(json: &'a str) -> Fields<'a> {
        Fields(Form::Whole(json))
    }

    fn listed(&self) -> Cow<'_, [Field<'a>]> {
        match &self.0 {
            Form::Listed(fields) => Cow::Borrowed(fields),
            Form::Whole(json) => Cow::Owned(Fields::of_object(&mut Cursor::new(json)).unwrap_or_default().into_list()),
        }
    }

    fn into_list(self) -> Vec<Field<'a>> {
        match self.0 {
            Form::Listed(fields) => fields,
            Form::Whole(json) => Fields::of_object(&mut Cursor::new(json)).unwrap_or_default().into_list(),
        }
    }

    fn of_object(json: &mut Cursor<'a>) -> Option<Fields<'a>> {
        if json.peek() != Some(b'{') {
            return None;
        }
        let mut fields = Fields::with_room();
        let mut object = json.enter(b'{').ok()?;
        while let Some(key) = json.next_field(&mut object).ok()? {
            fields.set(key, json.value().ok()?);
        }
        Some(fields)
    }

    /// The objects of an array; `None` when it is no array of objects.
    pub(crate) fn of_array(raw: &Raw<'a>) -> Option<Vec<Fields<'a>>> {
        match &raw.0 {
            Cow::Borrowed(json) => Fields::of_array_in(json),
            Cow::Owned(json) => Some(Fields::of_array_in(json)?.into_iter().map(Fields::into_owned).collect()),
        }
    }

    fn of_array_in(json: &'a str) -> Option<Vec<Fields<'a>>> {
        let mut json = Cursor::new(json);
        let mut objects = Vec::new();
        if json.peek() != Some(b'[') {
            return None;
        }
        let mut array = json.enter(b'[').ok()?;
        while json.next_element(&mut array).ok()? {
            objects.push(Fields::of_object(&mut json)?);
        }
        Some(objects)
    }

    fn into_owned(self) -> Fields<'static> {
        let owned = |(key, Raw(json)): (Cow<'a, str>, Raw<'a>)| {
            (Cow::Owned(key.into_owned()), Raw(Cow::Owned(json.into_owned())))
        };
        Fields(Form::Listed(self.into_list().into_iter().map(owned).collect()))
    }

    /// A field as JSON, as it was written.
    pub fn json(&self, key: &str) -> Option<&str> {
        match &self.0 {
            Form::Listed(fields) => fields.iter().find(|(other, _)| other == key).map(|(_, raw)| raw.as_json()),
            Form::Whole(_) => match self.get(key)?.0 {
                Cow::Borrowed(json) => Some(json),
                Cow::Owned(_) => None,
            },
        }
    }

    /// The node's type as it is written; empty when it has none.
    pub fn kind(&self) -> Cow<'a, str> {
        self.text("type")
    }

    pub(crate) fn len(&self) -> usize {
        match &self.0 {
            Form::Listed(fields) => fields.len(),
            Form::Whole(_) => self.listed().len(),
        }
    }

    /// None yet, and room for those that most nodes have.
    pub(crate) fn with_room() -> Fields<'a> {
        Fields(Form::Listed(Vec::with_capacity(8)))
    }

    /// Sets a field: where it stands, or at the end. The last of several counts, as in JavaScript.
    pub(crate) fn set(&mut self, key: impl Into<Cow<'a, str>>, raw: Raw<'a>) {
        let key = key.into();
        if let Form::Whole(_) = self.0 {
            *self = Fields(Form::Listed(self.listed().into_owned()));
        }
        let Form::Listed(fields) = &mut self.0 else { return };
        match fields.iter_mut().find(|(other, _)| *other == key) {
            Some((_, place)) => *place = raw,
            None => fields.push((key, raw)),
        }
    }

    fn get(&self, key: &str) -> Option<Raw<'a>> {
        if let Form::Listed(fields) = &self.0 {
            return fields.iter().find(|(other, _)| other == key).map(|(_, raw)| raw.clone());
        }
        self.listed().iter().find(|(other, _)| other == key).map(|(_, raw)| raw.clone())
    }

    /// A string; empty when the field is absent or no string.
    pub(crate) fn text(&self, key: &str) -> Cow<'a, str> {
        self.get(key).and_then(|raw| raw.text()).unwrap_or_default()
    }

    pub(crate) fn set_text(&mut self, key: &'static str, text: &str) {
        self.set(key, Raw::of_text(text));
    }

    /// A value; `default` is the JSON that Ghost takes for a field that is absent or empty.
    pub(crate) fn read<T: FieldValue<'a>>(&self, key: &str, default: &'static str) -> T {
        T::read(self.get(key).as_ref()).unwrap_or_else(|| T::read(Some(&Raw::fixed(default))).unwrap_or_default())
    }

    /// Puts a value back.
    pub(crate) fn put<T: FieldValue<'a>>(&mut self, key: &'static str, default: &'static str, value: &T) {
        if self.read::<T>(key, default) != *value {
            self.set(key, value.raw());
        }
    }

    /// Writes the node as JSON, each field in its own spelling. Child nodes, if there are any, stand
    /// where the field `children` stands, or at the end.
    pub(crate) fn write(&self, out: &mut String, children: Option<&dyn Fn(&mut String)>) {
        self.write_with(out, "children", children);
    }

    /// The same with a field of any name in place of `children`.
    pub(crate) fn write_with(&self, out: &mut String, name: &str, children: Option<&dyn Fn(&mut String)>) {
        if let (Form::Whole(json), None) = (&self.0, children) {
            return out.push_str(json);
        }
        out.push('{');
        let mut placed = children.is_none();
        let mut first = true;
        for (key, raw) in self.listed().iter() {
            begin_field(out, key, &mut first);
            match children {
                Some(children) if key == name => {
                    children(out);
                    placed = true;
                }
                _ => out.push_str(raw.as_json()),
            }
        }
        if let (Some(children), false) = (children, placed) {
            begin_field(out, name, &mut first);
            children(out);
        }
        out.push('}');
    }

    /// Every field: its name, its JSON, and that as a tree.
    pub(crate) fn each(&self, mut visit: impl FnMut(&str, &str, Value)) {
        for (key, raw) in self.listed().iter() {
            visit(key, raw.as_json(), raw.value());
        }
    }

    /// As a tree, without child nodes.
    pub(crate) fn to_map(&self) -> serde_json::Map<String, Value> {
        let mut map = serde_json::Map::new();
        self.each(|key, _, value| {
            map.insert(key.to_owned(), value);
        });
        map
    }
}

fn begin_field(out: &mut String, key: &str, first: &mut bool) {
    if !std::mem::replace(first, false) {
        out.push(',');
    }
    push_text(out, key);
    out.push(':');
}

/// A value that a field can hold.
pub(crate) trait FieldValue<'a>: Default + PartialEq {
    /// `None` when the field is absent, empty or holds something else, as Ghost takes it: then the
    /// default counts.
    fn read(raw: Option<&Raw<'a>>) -> Option<Self>;

    fn raw(&self) -> Raw<'a>;
}

impl<'a> FieldValue<'a> for Cow<'a, str> {
    fn read(raw: Option<&Raw<'a>>) -> Option<Self> {
        raw?.text().filter(|text| !text.is_empty())
    }

    fn raw(&self) -> Raw<'a> {
        Raw::of_text(self)
    }
}

/// A text that may be missing on purpose: an empty string is none, and not the default.
impl<'a> FieldValue<'a> for Option<Cow<'a, str>> {
    fn read(raw: Option<&Raw<'a>>) -> Option<Self> {
        raw?.text().map(|text| Some(text).filter(|text| !text.is_empty()))
    }

    fn raw(&self) -> Raw<'a> {
        Raw::of_text(self.as_deref().unwrap_or_default())
    }
}

/// A value that stays JSON, in its own spelling.
#[derive(Debug, Clone, Default)]
pub struct Json<'a>(Raw<'a>);

impl Json<'_> {
    /// The JSON of a tree.
    pub fn of(value: &Value) -> Json<'static> {
        Json(Raw(Cow::Owned(value.to_string())))
    }

    /// The JSON.
    pub fn as_str(&self) -> &str {
        self.0.as_json()
    }

    /// The value as a tree.
    pub(crate) fn value(&self) -> Value {
        self.0.value()
    }
}

impl PartialEq for Json<'_> {
    fn eq(&self, other: &Json<'_>) -> bool {
        self.as_str() == other.as_str() || self.value() == other.value()
    }
}

impl<'a> FieldValue<'a> for Json<'a> {
    fn read(raw: Option<&Raw<'a>>) -> Option<Self> {
        raw.filter(|raw| raw.as_json() != "null").cloned().map(Json)
    }

    fn raw(&self) -> Raw<'a> {
        self.0.clone()
    }
}

/// Pixels and the like: a whole number not below zero; a fraction is cut off.
impl<'a> FieldValue<'a> for Option<u32> {
    fn read(raw: Option<&Raw<'a>>) -> Option<Self> {
        let json = raw?.as_json();
        let whole = match json.parse::<u64>() {
            Ok(whole) => whole,
            Err(_) => json.parse::<f64>().ok().filter(|number| (0.0..=f64::from(u32::MAX)).contains(number))? as u64,
        };
        u32::try_from(whole).ok().map(Some)
    }

    fn raw(&self) -> Raw<'a> {
        match self {
            Some(number) => Raw(Cow::Owned(number.to_string())),
            None => Raw::fixed("null"),
        }
    }
}

impl<'a> FieldValue<'a> for u32 {
    fn read(raw: Option<&Raw<'a>>) -> Option<Self> {
        Option::<u32>::read(raw)?
    }

    fn raw(&self) -> Raw<'a> {
        Some(*self).raw()
    }
}

impl<'a> FieldValue<'a> for f64 {
    fn read(raw: Option<&Raw<'a>>) -> Option<Self> {
        raw?.as_json().parse().ok().filter(|number: &f64| number.is_finite() && *number != 0.0)
    }

    fn raw(&self) -> Raw<'a> {
        Raw(Cow::Owned(serde_json::to_string(self).unwrap_or_else(|_| "null".to_owned())))
    }
}

impl<'a> FieldValue<'a> for bool {
    fn read(raw: Option<&Raw<'a>>) -> Option<Self> {
        match raw?.as_json() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    fn raw(&self) -> Raw<'a> {
        Raw::fixed(if *self { "true" } else { "false" })
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::Fields;
    use crate::raw::Raw;

    #[test]
    fn a_field_that_was_not_edited_keeps_its_spelling() {
        let mut fields = Fields::default();
        for (key, json) in [("a", "1e2"), ("b", r#""\u0041""#), ("c", "null"), ("d", r#"{ "x": [1.0, " y "] }"#)] {
            fields.set(key, Raw(Cow::Borrowed(json)));
        }
        fields.put("a", "0", &100_u32);
        fields.put("b", "\"\"", &Cow::Borrowed("A"));
        fields.put("c", "\"\"", &Cow::Borrowed(""));
        let mut out = String::new();
        fields.write(&mut out, None);
        assert_eq!(out, r#"{"a":1e2,"b":"\u0041","c":null,"d":{ "x": [1.0, " y "] }}"#);
        fields.put("c", "\"\"", &Cow::Borrowed("now"));
        assert_eq!(fields.json("c"), Some("\"now\""));
    }

    #[test]
    fn the_last_of_two_fields_of_one_name_counts() {
        let mut fields = Fields::default();
        fields.set("a", Raw::fixed("1"));
        fields.set("a", Raw::fixed("2"));
        assert_eq!((fields.json("a"), fields.len()), (Some("2"), 1));
    }
}
