//! Values as PHP's `serialize()` writes them, in which WordPress keeps every meta field that is no plain text: sizes of
//! a picture, what its camera said, a plugin's settings.
//!
//! `a:2:{s:5:"width";i:640;s:3:"alt";s:4:"quay";}`. Lengths of strings count bytes; nothing is believed of them, nor of
//! counts: what is claimed and does not come is refused. Objects are read as maps that know their class; nothing is
//! ever made of a class, which is what makes PHP's own reader dangerous.
//!
//! Source: <https://www.php.net/manual/en/function.serialize.php>, and for the letters that it does not explain what
//! PHP 8 writes.

use std::borrow::Cow;

/// Deepest nesting.
pub const DEEPEST: usize = 64;

/// Most values, those within others and keys too.
pub const MOST_VALUES: usize = 200_000;

/// Longest text, in bytes: 8 MiB.
pub const LONGEST: usize = 8 << 20;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `N;`
    Null,
    /// `b:1;`
    Bool(bool),
    /// `i:-5;`
    Int(i64),
    /// `d:0.5;`
    Float(f64),
    /// `s:4:"quay";`, and the name of a case of an enumeration, `E:`.
    Text(String),
    /// `a:` or `O:`.
    Map(Map),
    /// `R:2;` or `r:2;`: the same as the value of that number, counted from 1 in the order in which they stand.
    Same(usize),
}

/// An array, or the fields of an object, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// The class of an object.
    pub class: Option<String>,
    /// Keys and values. In an object a key is the bare name of a field, also of a private one.
    pub entries: Vec<(Key, Value)>,
}

/// A key of an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// Of a list.
    Int(i64),
    /// Of a record.
    Text(String),
}

/// Why a text is no serialised value, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("at byte {at}: {why}")]
pub struct NoPhp {
    /// In bytes.
    pub at: usize,
    /// Why.
    pub why: Flaw,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Flaw {
    /// No value begins with this.
    #[error("no value begins here")]
    NoValue,
    /// Another character was to come.
    #[error("“{0}” was to come")]
    Missing(char),
    /// No number, or one too large.
    #[error("a number was to come")]
    NoNumber,
    /// The string does not end where its length says.
    #[error("a string does not have the length that it claims")]
    Length,
    /// A key that is neither a number nor a text.
    #[error("a key is neither number nor text")]
    NoKey,
    /// Something follows the value.
    #[error("something follows the value")]
    More,
    /// More than [`DEEPEST`].
    #[error("it is nested more than {DEEPEST} deep")]
    TooDeep,
    /// More than [`MOST_VALUES`].
    #[error("it has more than {MOST_VALUES} values")]
    TooMany,
    /// More than [`LONGEST`].
    #[error("it has more than {} MiB", LONGEST >> 20)]
    TooLong,
}

/// Whether a text is likely to be a serialised value: it begins and ends like one. Plain texts that do are rare, and
/// [`read`] tells.
pub fn is_serialized(text: &str) -> bool {
    let text = text.trim();
    match text.as_bytes() {
        b"N;" => true,
        [letter, b':', next, .., b';'] if b"bid".contains(letter) => next.is_ascii_digit() || b"-+.IN".contains(next),
        [b's' | b'E', b':', digit, .., b'"', b';'] => digit.is_ascii_digit(),
        [b'a' | b'O', b':', digit, .., b'}'] => digit.is_ascii_digit(),
        _ => false,
    }
}

/// Reads a value to which white space may be put around.
pub fn read(text: &str) -> Result<Value, NoPhp> {
    Parser::over(text, false)?.whole().map(|(value, _)| value)
}

/// Reads a value although lengths of its strings may be wrong, and says how many were. That is the commonest fault:
/// an address was replaced in the database by one of another length, or line ends were converted. Such a string ends
/// where a quotation mark and a semicolon stand before something that can follow a string.
pub fn read_mended(text: &str) -> Result<(Value, usize), NoPhp> {
    Parser::over(text, true)?.whole()
}

impl Value {
    /// The value of a key, in a map.
    pub fn get(&self, key: &str) -> Option<&Value> {
        // Written twice, the later one counts.
        self.entries().iter().rev().find(|(name, _)| name.is(key)).map(|(_, value)| value)
    }

    /// The value of a number, in a list.
    pub fn at(&self, index: i64) -> Option<&Value> {
        self.entries().iter().rev().find(|(name, _)| *name == Key::Int(index)).map(|(_, value)| value)
    }

    /// Keys and values, in order; none in what is no map.
    pub fn entries(&self) -> &[(Key, Value)] {
        match self {
            Value::Map(map) => &map.entries,
            _ => &[],
        }
    }

    /// A text, or a number as text; what else there is has none.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Value::Text(text) => Some(Cow::Borrowed(text)),
            Value::Int(number) => Some(Cow::Owned(number.to_string())),
            Value::Float(number) => Some(Cow::Owned(number.to_string())),
            _ => None,
        }
    }

    /// A whole number, also one that is kept as text, as widths of pictures are.
    pub fn int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            Value::Bool(truth) => Some(i64::from(*truth)),
            Value::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }
}

impl Key {
    /// Whether it reads so: PHP makes numbers of texts that are numbers.
    fn is(&self, key: &str) -> bool {
        match self {
            Key::Text(text) => text == key,
            Key::Int(number) => key.parse() == Ok(*number),
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    values: usize,
    mends: bool,
    mended: usize,
}

impl<'t> Parser<'t> {
    fn over(text: &'t str, mends: bool) -> Result<Parser<'t>, NoPhp> {
        let at = text.len() - text.trim_start().len();
        if text.len() > LONGEST {
            return Err(NoPhp { at: LONGEST, why: Flaw::TooLong });
        }
        Ok(Parser { text: text.trim_end(), at, values: 0, mends, mended: 0 })
    }

    fn whole(mut self) -> Result<(Value, usize), NoPhp> {
        let value = self.value(0)?;
        if self.rest().is_empty() { Ok((value, self.mended)) } else { Err(self.flaw(Flaw::More)) }
    }

    fn value(&mut self, depth: usize) -> Result<Value, NoPhp> {
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(self.flaw(Flaw::TooMany));
        }
        if depth > DEEPEST {
            return Err(self.flaw(Flaw::TooDeep));
        }
        let Some(letter) = self.rest().bytes().next() else { return Err(self.flaw(Flaw::NoValue)) };
        if letter == b'N' {
            self.mark("N")?;
            self.mark(";")?;
            return Ok(Value::Null);
        }
        if !b"bidsEaOrR".contains(&letter) {
            return Err(self.flaw(Flaw::NoValue));
        }
        self.at += 1;
        self.mark(":")?;
        match letter {
            b'b' => match self.until(';')? {
                "0" => Ok(Value::Bool(false)),
                "1" => Ok(Value::Bool(true)),
                _ => Err(self.flaw(Flaw::NoNumber)),
            },
            b'i' => self.number(';').map(Value::Int),
            b'd' => self.number(';').map(Value::Float),
            b'r' | b'R' => self.number(';').map(Value::Same),
            b's' | b'E' => self.string(";").map(Value::Text),
            b'O' => {
                let class = self.string(":")?;
                self.map(depth, Some(class))
            }
            _ => self.map(depth, None),
        }
    }

    /// `2:{ key value key value }`
    fn map(&mut self, depth: usize, class: Option<String>) -> Result<Value, NoPhp> {
        let count: usize = self.number(':')?;
        self.mark("{")?;
        // The count is a claim: no room is made for it beforehand.
        let mut entries = Vec::new();
        for _ in 0..count {
            let place = self.at;
            let key = match self.value(depth + 1)? {
                Value::Int(number) => Key::Int(number),
                Value::Text(text) if class.is_some() => Key::Text(bare(&text).to_owned()),
                Value::Text(text) => Key::Text(text),
                _ => return Err(NoPhp { at: place, why: Flaw::NoKey }),
            };
            entries.push((key, self.value(depth + 1)?));
        }
        self.mark("}")?;
        Ok(Value::Map(Map { class, entries }))
    }

    /// `4:"quay"` and what must follow it.
    fn string(&mut self, after: &str) -> Result<String, NoPhp> {
        let place = self.at;
        let len: usize = self.number(':')?;
        self.mark("\"")?;
        let rest = self.rest();
        // A length that ends within a character is a lie too.
        let claimed = rest.get(..len).filter(|_| {
            let follows = rest.get(len..).and_then(|rest| rest.strip_prefix('"'));
            follows.is_some_and(|follows| follows.starts_with(after))
        });
        let text = match claimed {
            Some(text) => text,
            None if self.mends && after == ";" => {
                let end = end_of_string(rest).ok_or(NoPhp { at: place, why: Flaw::Length })?;
                self.mended += 1;
                &rest[..end]
            }
            None => return Err(NoPhp { at: place, why: Flaw::Length }),
        };
        self.at += text.len() + 1 + after.len();
        Ok(text.to_owned())
    }

    fn number<N: std::str::FromStr>(&mut self, end: char) -> Result<N, NoPhp> {
        let place = self.at;
        self.until(end)?.parse().map_err(|_| NoPhp { at: place, why: Flaw::NoNumber })
    }

    fn until(&mut self, end: char) -> Result<&'t str, NoPhp> {
        // No number has more digits than the longest that a float is written with.
        let near = self.rest().char_indices().take(400).find(|(_, mark)| *mark == end);
        let Some((len, _)) = near else { return Err(self.flaw(Flaw::Missing(end))) };
        let read = &self.rest()[..len];
        self.at += len + 1;
        Ok(read)
    }

    fn mark(&mut self, mark: &str) -> Result<(), NoPhp> {
        if !self.rest().starts_with(mark) {
            return Err(self.flaw(Flaw::Missing(mark.chars().next().unwrap_or(' '))));
        }
        self.at += mark.len();
        Ok(())
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn flaw(&self, why: Flaw) -> NoPhp {
        NoPhp { at: self.at, why }
    }
}

/// Where a string ends whose length is wrong.
fn end_of_string(rest: &str) -> Option<usize> {
    rest.match_indices("\";").map(|(end, _)| end).find(|end| {
        let mut follows = rest.as_bytes()[end + 2..].iter();
        match (follows.next(), follows.next(), follows.next()) {
            (None | Some(b'}'), ..) => true,
            (Some(b'N'), Some(b';'), _) => true,
            (Some(b'd'), Some(b':'), Some(first)) => first.is_ascii_digit() || b"-.IN".contains(first),
            (Some(letter), Some(b':'), Some(first)) if b"bisaOErR".contains(letter) => {
                first.is_ascii_digit() || *first == b'-'
            }
            _ => false,
        }
    })
}

/// The name of a field: those of a class alone have the class, or a star, before it, between zero bytes, which a file
/// of XML cannot hold.
fn bare(name: &str) -> &str {
    if !name.starts_with(['\0', '\u{FFFD}']) {
        return name;
    }
    name.rsplit(['\0', '\u{FFFD}']).next().unwrap_or(name)
}

#[cfg(test)]
mod tests;
