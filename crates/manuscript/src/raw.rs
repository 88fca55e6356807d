//! JSON values as they were written.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, Visitor};
use serde_json::Value;

/// One JSON value, in the very spelling in which it came. It is decoded only when somebody asks.
#[derive(Debug, Clone)]
pub(crate) struct Raw<'a>(pub(crate) Cow<'a, str>);

impl Default for Raw<'_> {
    fn default() -> Self {
        Raw::fixed("null")
    }
}

impl<'a> Raw<'a> {
    /// A value spelled out in the code.
    pub(crate) const fn fixed(json: &'static str) -> Raw<'static> {
        Raw(Cow::Borrowed(json))
    }

    /// The JSON of a string.
    pub(crate) fn of_text(text: &str) -> Raw<'static> {
        let mut json = String::with_capacity(text.len() + 2);
        push_text(&mut json, text);
        Raw(Cow::Owned(json))
    }

    pub(crate) fn as_json(&self) -> &str {
        &self.0
    }

    /// The value as a string; `None` for anything else. Borrowed when nothing in it is escaped.
    pub(crate) fn text(&self) -> Option<Cow<'a, str>> {
        match &self.0 {
            Cow::Borrowed(json) => {
                let inside = json.strip_prefix('"')?.strip_suffix('"')?;
                if memchr::memchr(b'\\', inside.as_bytes()).is_some() {
                    decode(json).map(Cow::Owned)
                } else {
                    Some(Cow::Borrowed(inside))
                }
            }
            Cow::Owned(json) => {
                json.starts_with('"').then_some(())?;
                decode(json).map(Cow::Owned)
            }
        }
    }

    /// The value as a tree; `null` when it is nested deeper than the JSON parser goes.
    pub(crate) fn value(&self) -> Value {
        serde_json::from_str(&self.0).unwrap_or_default()
    }
}

/// A string with escapes. Half a surrogate pair, which JSON allows and Unicode does not, becomes
/// replacement characters.
fn decode(json: &str) -> Option<String> {
    struct Bytes;
    impl Visitor<'_> for Bytes {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_bytes<E>(self, bytes: &[u8]) -> Result<String, E> {
            Ok(String::from_utf8_lossy(bytes).into_owned())
        }
    }
    serde_json::Deserializer::from_str(json).deserialize_bytes(Bytes).ok()
}

/// Writes a string as `JSON.stringify` does: quotes, backslashes and control characters escaped.
pub(crate) fn push_text(out: &mut String, text: &str) {
    out.push('"');
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0x08 => "\\b",
            0x0c => "\\f",
            0x00..0x20 => "",
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        out.push_str(escape);
        if escape.is_empty() {
            out.push_str(&format!("\\u{byte:04x}"));
        }
        plain = at + 1;
    }
    out.push_str(&text[plain..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Raw, push_text};

    fn text(json: &str) -> Option<Cow<'_, str>> {
        Raw(Cow::Borrowed(json)).text()
    }

    #[test]
    fn a_string_without_escapes_is_borrowed() {
        assert!(matches!(text("\"a “b” 😀\""), Some(Cow::Borrowed("a “b” 😀"))));
        assert_eq!(text(r#""a\"b\u00e9\ud83d\ude00""#).unwrap(), "a\"bé😀");
    }

    #[test]
    fn half_a_surrogate_pair_is_read_as_replacement() {
        assert_eq!(text(r#""a\ud83d""#).unwrap().trim_end_matches('\u{fffd}'), "a");
    }

    #[test]
    fn what_is_no_string_is_no_text() {
        for json in ["null", "1", "[\"a\"]", "{}", "true"] {
            assert_eq!(text(json), None, "{json}");
        }
    }

    #[test]
    fn strings_are_written_as_the_json_library_writes_them() {
        for text in ["", "a", "\"\\/\n\r\t\u{8}\u{c}\u{0}\u{1f}\u{7f}\u{2028}é😀"] {
            let mut out = String::new();
            push_text(&mut out, text);
            assert_eq!(out, serde_json::to_string(text).unwrap());
        }
    }
}
