//! The outline of JSON text: objects and arrays are walked here, so that child nodes are met where they
//! stand; every value inside is taken as one piece, checked by `serde_json`.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::parse::NoDocument;
use crate::raw::Raw;

/// An object or array that was entered.
pub(crate) struct Inside {
    close: u8,
    first: bool,
}

/// A place in JSON text.
pub(crate) struct Cursor<'a> {
    json: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(json: &'a str) -> Cursor<'a> {
        Cursor { json, at: 0 }
    }

    /// The next byte that is no white space.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.json.as_bytes().get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                next => return next.copied(),
            }
        }
    }

    /// Enters an object (`{`) or an array (`[`).
    pub(crate) fn enter(&mut self, open: u8) -> Result<Inside, NoDocument> {
        self.token(open)?;
        Ok(Inside { close: if open == b'{' { b'}' } else { b']' }, first: true })
    }

    /// The name of the next field of an object, after which its value is to be taken; `None` at the
    /// end.
    #[inline]
    pub(crate) fn next_field(&mut self, inside: &mut Inside) -> Result<Option<Cow<'a, str>>, NoDocument> {
        if !self.next_element(inside)? {
            return Ok(None);
        }
        let key = self.key()?;
        self.token(b':')?;
        Ok(Some(key))
    }

    /// Whether another element of an array is there to be taken.
    #[inline]
    pub(crate) fn next_element(&mut self, inside: &mut Inside) -> Result<bool, NoDocument> {
        let first = std::mem::replace(&mut inside.first, false);
        if self.peek() == Some(inside.close) {
            self.at += 1;
            return Ok(false);
        }
        if !first {
            self.token(b',')?;
        }
        Ok(true)
    }

    /// Takes a whole value.
    #[inline]
    pub(crate) fn value(&mut self) -> Result<Raw<'a>, NoDocument> {
        self.peek();
        if let Some(len) = simple_value(&self.json.as_bytes()[self.at..]) {
            let json = &self.json[self.at..self.at + len];
            self.at += len;
            return Ok(Raw(Cow::Borrowed(json)));
        }
        self.parsed(|raw: &'a RawValue| Raw(Cow::Borrowed(raw.get())))
    }

    /// Where the cursor stands, in bytes.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// What was read since.
    pub(crate) fn since(&self, start: usize) -> &'a str {
        &self.json[start..self.at]
    }

    /// Nothing but white space may be left.
    pub(crate) fn end(&mut self) -> Result<(), NoDocument> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.error("trailing characters", self.at)),
        }
    }

    #[inline]
    fn key(&mut self) -> Result<Cow<'a, str>, NoDocument> {
        if self.peek() != Some(b'"') {
            return Err(self.error("expected a field's name", self.at));
        }
        match simple_string(&self.json.as_bytes()[self.at..]) {
            Some(len) => {
                let key = &self.json[self.at + 1..self.at + len - 1];
                self.at += len;
                Ok(Cow::Borrowed(key))
            }
            None => self.parsed(Cow::<str>::Owned),
        }
    }

    #[inline]
    fn token(&mut self, byte: u8) -> Result<(), NoDocument> {
        if self.peek() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        Err(self.expected(byte))
    }

    #[cold]
    fn expected(&self, byte: u8) -> NoDocument {
        self.error(&format!("expected `{}`", char::from(byte)), self.at)
    }

    fn parsed<T: serde::Deserialize<'a>, R>(&mut self, take: impl FnOnce(T) -> R) -> Result<R, NoDocument> {
        let mut values = serde_json::Deserializer::from_str(&self.json[self.at..]).into_iter::<T>();
        match values.next() {
            Some(Ok(value)) => {
                self.at += values.byte_offset();
                Ok(take(value))
            }
            Some(Err(error)) => {
                let whole = error.to_string();
                // The parser adds the place to its reason; we have fields for it.
                let reason = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(reason, _)| reason);
                let before = self.json[self.at..].split_inclusive('\n').take(error.line().saturating_sub(1));
                let column = error.column().saturating_sub(1);
                let at = self.at + before.map(str::len).sum::<usize>() + column;
                Err(self.error(reason, at))
            }
            None => Err(self.error("a value is missing", self.at)),
        }
    }

    fn error(&self, reason: &str, at: usize) -> NoDocument {
        let at = at.min(self.json.len());
        let before = &self.json.as_bytes()[..at];
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let reason = if at == self.json.len() { "it ends too early" } else { reason };
        NoDocument::NotJson { line, column: at - line_start + 1, reason: reason.to_owned() }
    }
}

/// The length of a value that most fields have: a string without escapes, a word, a small whole number. `None`
/// for anything else, right or wrong: that is the library's to say.
fn simple_value(json: &[u8]) -> Option<usize> {
    let len = match json.first()? {
        b'"' => return simple_string(json),
        b'n' if json.starts_with(b"null") => 4,
        b't' if json.starts_with(b"true") => 4,
        b'f' if json.starts_with(b"false") => 5,
        b'1'..=b'9' => json.iter().take_while(|byte| byte.is_ascii_digit()).count(),
        b'0' => 1,
        _ => return None,
    };
    let after = json.get(len).copied();
    matches!(after, None | Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t')).then_some(len)
}

/// The length of a string, its quotes counted, if nothing in it is escaped.
fn simple_string(json: &[u8]) -> Option<usize> {
    let inside = &json[1..];
    // The two halves of the question are asked apart: each is a loop that the compiler can widen.
    let end = memchr::memchr2(b'"', b'\\', inside)?;
    let plain = inside[end] == b'"' && !inside[..end].iter().any(|byte| *byte < 0x20);
    plain.then_some(end + 2)
}
