//! HTML cut into tags and text, as it was written.
//!
//! Nothing is built here, so no HTML costs more than one walk over it.

use std::borrow::Cow;

use super::find::Find;

/// A piece of HTML.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'h> {
    /// What stands between tags, as it was written.
    Text(&'h str),
    /// `<a href="x">`
    Open(Tag<'h>),
    /// The name in `</a>`, as it was written.
    Close(&'h str),
    /// A comment, a document type and the like.
    Comment,
}

/// An opening tag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tag<'h> {
    /// Its name, as it was written.
    pub name: &'h str,
    /// What stands between its name and the `>`.
    rest: &'h str,
}

/// Elements of which the text is no HTML.
const RAW: [&str; 9] = ["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp", "plaintext"];

/// Walks over HTML.
#[derive(Clone, Debug)]
pub(super) struct Tokens<'h> {
    html: &'h str,
    at: usize,
    /// The element whose text is being read as it is.
    raw: Option<&'h str>,
    find: Find<'h>,
}

impl<'h> Tokens<'h> {
    pub fn of(html: &'h str) -> Tokens<'h> {
        Tokens { html, at: 0, raw: None, find: Find::in_text(html) }
    }

    /// Where the next piece begins.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The end of the text of a raw element that is open.
    fn raw_text(&mut self, name: &str) -> Option<Token<'h>> {
        let start = self.at;
        let mut from = start;
        while let Some(at) = self.find.after(from, "</") {
            let rest = &self.html[at + 2..];
            if starts_with_name(rest, name) {
                self.at = at;
                return (at > start).then(|| Token::Text(&self.html[start..at]));
            }
            from = at + 2;
        }
        self.at = self.html.len();
        (self.at > start).then(|| Token::Text(&self.html[start..]))
    }

    /// A tag or comment that begins here; `None` when the `<` is only text.
    fn markup(&mut self) -> Option<Token<'h>> {
        let (start, bytes) = (self.at, self.html.as_bytes());
        let second = *bytes.get(start + 1)?;
        if second == b'!' || second == b'?' {
            self.at = self.comment_end(start);
            return Some(Token::Comment);
        }
        let closes = second == b'/';
        let name_at = start + 1 + usize::from(closes);
        if !bytes.get(name_at)?.is_ascii_alphabetic() {
            return None;
        }
        let end = self.tag_end(name_at)?;
        let inside = &self.html[name_at..end];
        let name_end = inside.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inside.len());
        let (name, rest) = inside.split_at(name_end);
        self.at = end + 1;
        if closes {
            return Some(Token::Close(name));
        }
        self.raw = RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)).then_some(name);
        Some(Token::Open(Tag { name, rest }))
    }

    fn comment_end(&mut self, start: usize) -> usize {
        let end = if self.html[start..].starts_with("<!--") {
            self.find.after(start + 2, "-->").map(|at| at + 3)
        } else {
            self.find.after(start, ">").map(|at| at + 1)
        };
        end.unwrap_or(self.html.len())
    }

    /// The `>` that ends a tag: quoted values may hold one. A quotation mark that nobody closes is
    /// none, or the rest of the article would be an attribute.
    fn tag_end(&mut self, from: usize) -> Option<usize> {
        let bytes = self.html.as_bytes();
        self.find.after(from, ">")?;
        let (mut at, mut after_equals) = (from, false);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'>' => return Some(at),
                b'"' | b'\'' if after_equals => {
                    let mark = if *byte == b'"' { "\"" } else { "'" };
                    match self.find.after(at + 1, mark) {
                        Some(end) => at = end,
                        None => return self.find.after(at, ">"),
                    }
                    after_equals = false;
                }
                b'=' => after_equals = true,
                _ if byte.is_ascii_whitespace() => {}
                _ => after_equals = false,
            }
            at += 1;
        }
        None
    }
}

impl<'h> Iterator for Tokens<'h> {
    type Item = Token<'h>;

    fn next(&mut self) -> Option<Token<'h>> {
        if let Some(name) = self.raw.take()
            && let Some(text) = self.raw_text(name)
        {
            return Some(text);
        }
        if self.at >= self.html.len() {
            return None;
        }
        let start = self.at;
        if self.html.as_bytes()[start] == b'<'
            && let Some(token) = self.markup()
        {
            return Some(token);
        }
        // A `<` that begins no tag is text.
        let first = self.html[start..].chars().next().map_or(1, char::len_utf8);
        self.at = self.html[start + first..].find('<').map_or(self.html.len(), |next| start + first + next);
        Some(Token::Text(&self.html[start..self.at]))
    }
}

impl<'h> Tag<'h> {
    /// Whether it is an element of this name, in small letters.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Its attributes with their values as they were written.
    pub fn attributes(&self) -> Attributes<'h> {
        Attributes { rest: self.rest }
    }

    /// An attribute as it was written; the first of several.
    pub fn raw(&self, name: &str) -> Option<&'h str> {
        self.attributes().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// An attribute with what it escapes put back.
    pub fn value(&self, name: &str) -> Option<Cow<'h, str>> {
        self.raw(name).map(decode)
    }

    pub fn classes(&self) -> impl Iterator<Item = &'h str> + use<'h> {
        self.raw("class").unwrap_or_default().split_ascii_whitespace()
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.classes().any(|other| other == class)
    }
}

/// The attributes of a tag.
pub(super) struct Attributes<'h> {
    rest: &'h str,
}

impl<'h> Iterator for Attributes<'h> {
    type Item = (&'h str, &'h str);

    fn next(&mut self) -> Option<(&'h str, &'h str)> {
        let space = |c: char| c.is_ascii_whitespace();
        let rest = self.rest.trim_start_matches(|c| space(c) || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest.char_indices().skip(1).find(|(_, c)| space(*c) || matches!(c, '=' | '/'));
        let (name, rest) = rest.split_at(end.map_or(rest.len(), |(end, _)| end));
        let Some(value) = rest.trim_start_matches(space).strip_prefix('=') else {
            self.rest = rest;
            return Some((name, ""));
        };
        let value = value.trim_start_matches(space);
        let quoted = ['"', '\''].into_iter().find_map(|mark| value.strip_prefix(mark)?.split_once(mark));
        let (value, rest) = quoted.unwrap_or_else(|| value.split_at(value.find(space).unwrap_or(value.len())));
        self.rest = rest;
        Some((name, value))
    }
}

/// Whether a text begins with a tag's name, in any letters, that ends there.
fn starts_with_name(text: &str, name: &str) -> bool {
    let Some(start) = text.get(..name.len()) else { return false };
    let next = text.as_bytes().get(name.len());
    start.eq_ignore_ascii_case(name) && next.is_none_or(|byte| !byte.is_ascii_alphanumeric())
}

/// The characters that references in a text stand for. Those with names beyond HTML's own five are
/// left to whoever parses the HTML.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((reference(&rest[1..end])?, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// A text of HTML as plain text, with references of any name.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let decoded = decode(text);
    let is_name = |rest: &str| {
        let end = rest.bytes().take(32).position(|byte| byte == b';');
        end.is_some_and(|end| end > 1 && rest.bytes().take(end).all(|byte| byte.is_ascii_alphanumeric()))
    };
    if !text
        .split('&')
        .skip(1)
        .any(|rest| is_name(rest) && reference(rest.split(';').next().unwrap_or_default()).is_none())
    {
        return decoded;
    }
    // The parser knows them all. It folds white space, so the ends of the text are put back.
    let mut html = String::with_capacity(text.len() + 16);
    push_text(&mut html, text);
    let words = manuscript::from_html(&format!("<p>{html}</p>")).map(|document| document.plain_text());
    let space = |text: &str, ends: bool| if ends && !text.is_empty() { " " } else { "" };
    let is_space = |c: char| c.is_ascii_whitespace();
    match words {
        Ok(words) => Cow::Owned(format!(
            "{}{words}{}",
            space(text, text.starts_with(is_space)),
            space(text, text.ends_with(is_space))
        )),
        Err(_) => decoded,
    }
}

fn reference(name: &str) -> Option<char> {
    let number = match name.strip_prefix('#') {
        None => {
            return match name {
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                "nbsp" => Some('\u{a0}'),
                _ => None,
            };
        }
        Some(digits) => match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => digits.parse(),
        },
    };
    char::from_u32(number.ok()?).filter(|c| *c != '\0')
}

/// A text as HTML. References that it holds stay what they are.
pub(super) fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
}

/// A value as an attribute of HTML.
pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("&quot;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// A plain text as HTML.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::{Token, Tokens, decode, plain};

    fn pieces(html: &str) -> Vec<String> {
        let piece = |token| match token {
            Token::Text(text) => format!("“{text}”"),
            Token::Open(tag) => format!("+{}{:?}", tag.name, tag.attributes().collect::<Vec<_>>()).replace("[]", ""),
            Token::Close(name) => format!("-{name}"),
            Token::Comment => "!".to_owned(),
        };
        Tokens::of(html).map(piece).collect()
    }

    #[test]
    fn tags_are_told_from_text() {
        assert_eq!(pieces("<p>a<br/>é < b</p><!-- <b> -->"), ["+p", "“a”", "+br", "“é ”", "“< b”", "-p", "!"]);
        assert_eq!(pieces("<a b=c d='>' E=\"f g\" h>"), [r#"+a[("b", "c"), ("d", ">"), ("E", "f g"), ("h", "")]"#]);
        assert_eq!(pieces("1 <2 and <b"), ["“1 ”", "“<2 and ”", "“<b”"]);
        assert_eq!(pieces("<i x=\"a>b</i>c"), [r#"+i[("x", "\"a")]"#, "“b”", "-i", "“c”"]);
    }

    #[test]
    fn a_script_is_one_text() {
        assert_eq!(pieces("<SCRIPT>a<b></script>c"), ["+SCRIPT", "“a<b>”", "-script", "“c”"]);
        assert_eq!(pieces("<style>a</p>"), ["+style", "“a</p>”"]);
    }

    #[test]
    fn references_are_read() {
        assert_eq!(decode("a &amp;&#8217;&#x26;&b; & c"), "a &’&&b; & c");
        assert_eq!(plain(" caf&eacute; &amp; <b>&hellip; "), " café & <b>… ");
    }

    #[test]
    fn hostile_html_takes_one_walk() {
        for html in ["<", "<a ", "<a b=\"", "<!--", "<script>", "</", "<a b='>"] {
            let html = html.repeat(1_000_000 / html.len());
            assert!(Tokens::of(&html).count() > 0);
        }
    }
}
