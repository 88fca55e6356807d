//! Text and attributes as a browser serialises them, which is what Ghost's renderer prints.

use std::fmt::{self, Display, Write};

/// Text between tags, for `write!`.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

/// What stands between the double quotes of an attribute, for `write!`; `<` and `>` stay, as in
/// browsers.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escape(f, self.0, |byte| match byte {
            b'&' => Some("&amp;"),
            b'<' => Some("&lt;"),
            b'>' => Some("&gt;"),
            _ => None,
        })
    }
}

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escape(f, self.0, |byte| match byte {
            b'&' => Some("&amp;"),
            b'"' => Some("&quot;"),
            _ => None,
        })
    }
}

/// Copies whole stretches of text between the characters that are replaced.
fn escape(out: &mut impl Write, text: &str, replace: fn(u8) -> Option<&'static str>) -> fmt::Result {
    const NO_BREAK: [u8; 2] = [0xc2, 0xa0];
    let bytes = text.as_bytes();
    let (mut plain, mut at) = (0, 0);
    while at < bytes.len() {
        let near = &bytes[at..bytes.len().min(at + 32)];
        // Asked of all 32 at once, so that the compiler can: most stretches hold nothing of the kind.
        if !near.iter().fold(false, |any, byte| any | matches!(byte, b'&' | b'<' | b'>' | b'"' | 0xc2)) {
            at += near.len();
            continue;
        }
        for (next, byte) in (at..).zip(near) {
            let (replacement, len) = match replace(*byte) {
                Some(replacement) => (replacement, 1),
                None if *byte == NO_BREAK[0] && bytes.get(next + 1) == Some(&NO_BREAK[1]) => ("&nbsp;", 2),
                None => continue,
            };
            out.write_str(&text[plain..next])?;
            out.write_str(replacement)?;
            plain = next + len;
        }
        at += near.len();
    }
    out.write_str(&text[plain..])
}

/// Text between tags.
pub(crate) fn push_text(out: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _ = write!(out, "{}", Escaped(text));
}

/// ` name="value"`. The value is safe between the double quotes.
pub(crate) fn push_attribute(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"{}\"", Quoted(value));
}

#[cfg(test)]
mod tests {
    use super::{Escaped, Quoted};

    #[test]
    fn text_and_attributes_are_escaped_as_browsers_do() {
        let text = "a<b>&\"c\"\u{a0}é\u{c2}";
        assert_eq!(Escaped(text).to_string(), "a&lt;b&gt;&amp;\"c\"&nbsp;é\u{c2}");
        assert_eq!(Quoted(text).to_string(), "a<b>&amp;&quot;c&quot;&nbsp;é\u{c2}");
    }
}
