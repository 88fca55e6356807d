//! Markup read from its beginning to its end, as the HTML standard's tokenizer reads it (section 13.2.5), and XML with
//! it. No tree is built: a link is an attribute, wherever its element stands.

use std::borrow::Cow;

/// A piece of markup.
pub(super) enum Token<'t> {
    Open(Tag),
    Close,
    Text(&'t str),
    /// What is no markup although it stands among it: a script, a style, a CDATA section.
    Raw(&'t str),
}

/// The beginning of an element: names in lower case, values decoded.
#[derive(Default)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
}

/// Reads markup from its beginning to its end.
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    is_xml: bool,
    /// The element that was just opened, where nothing in it is markup.
    raw: Option<&'static str>,
}

/// Elements of HTML whose content is no markup.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes"];

impl<'t> Tokens<'t> {
    pub(super) fn of_html(text: &'t str) -> Tokens<'t> {
        Tokens { text, at: 0, is_xml: false, raw: None }
    }

    pub(super) fn of_xml(text: &'t str) -> Tokens<'t> {
        Tokens { is_xml: true, ..Tokens::of_html(text) }
    }

    /// Everything before the end tag of this name.
    fn up_to_end_of(&mut self, name: &str) -> &'t str {
        let rest = &self.text[self.at..];
        let is_end = |at: usize| {
            let behind = rest.as_bytes().get(at + 2..).unwrap_or_default();
            rest[at..].starts_with("</") && begins(behind, name.as_bytes()) && ends_name(behind.get(name.len()))
        };
        let end = rest.match_indices('<').map(|(at, _)| at).find(|at| is_end(*at)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        if let Some(name) = self.raw.take() {
            return Some(Token::Raw(self.up_to_end_of(name)));
        }
        loop {
            let rest = &self.text[self.at..];
            if rest.is_empty() {
                return None;
            }
            if !rest.starts_with('<') {
                let end = rest.find('<').unwrap_or(rest.len());
                self.at += end;
                return Some(Token::Text(&rest[..end]));
            }
            if rest.starts_with("<!--") {
                self.at += end_of(rest, 2, "-->"); // `<!-->` is a whole comment
            } else if let Some(data) = rest.strip_prefix("<![CDATA[").filter(|_| self.is_xml) {
                self.at += end_of(rest, 0, "]]>");
                return Some(Token::Raw(&data[..data.find("]]>").unwrap_or(data.len())]));
            } else if rest.starts_with("<!") || rest.starts_with("<?") && !self.is_xml {
                self.at += end_of(rest, 2, ">");
            } else if rest.starts_with("</") {
                self.at += end_of(rest, 2, ">");
                return Some(Token::Close);
            } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '?' && self.is_xml) {
                let Some((tag, length)) = Tag::read(rest) else {
                    self.at = self.text.len(); // the text ends within the tag
                    return None;
                };
                self.at += length;
                self.raw = RAW.iter().copied().find(|name| !self.is_xml && *name == tag.name);
                return Some(Token::Open(tag));
            } else {
                self.at += 1;
                return Some(Token::Text("<"));
            }
        }
    }
}

impl Tag {
    /// The tag with which a text begins, and its length; `None` where the text ends first.
    fn read(text: &str) -> Option<(Tag, usize)> {
        let bytes = text.as_bytes();
        let until = |mut at: usize, stops: fn(u8) -> bool| {
            while bytes.get(at).is_some_and(|byte| !stops(*byte)) {
                at += 1;
            }
            at
        };
        let mut at = until(1, |byte| is_space(byte) || matches!(byte, b'/' | b'>'));
        let mut tag = Tag { name: text[1..at].to_ascii_lowercase(), attributes: Vec::new() };
        loop {
            at = until(at, |byte| !is_space(byte) && !matches!(byte, b'/' | b'?'));
            if *bytes.get(at)? == b'>' {
                return Some((tag, at + 1));
            }
            // Whatever stands here begins a name, an equals sign too.
            let end = until(at + 1, |byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'='));
            let name = text[at..end].to_ascii_lowercase();
            at = until(end, |byte| !is_space(byte));
            let mut value = "";
            if bytes.get(at) == Some(&b'=') {
                at = until(at + 1, |byte| !is_space(byte));
                let quote = *bytes.get(at)?;
                if matches!(quote, b'"' | b'\'') {
                    let rest = &text[at + 1..];
                    let end = rest.find(char::from(quote))?;
                    value = &rest[..end];
                    at += end + 2;
                } else {
                    let end = until(at, |byte| is_space(byte) || byte == b'>');
                    value = &text[at..end];
                    at = end;
                }
            }
            tag.attributes.push((name, decoded(value).into_owned()));
        }
    }

    /// The value of an attribute; empty where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.as_str())
    }
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

fn ends_name(byte: Option<&u8>) -> bool {
    byte.is_none_or(|byte| is_space(*byte) || matches!(byte, b'/' | b'>'))
}

/// Whether bytes begin with these, whatever their case.
pub(super) fn begins(bytes: &[u8], with: &[u8]) -> bool {
    bytes.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

/// The place behind the next `mark` from `from` on, or the end.
pub(super) fn end_of(text: &str, from: usize, mark: &str) -> usize {
    text[from..].find(mark).map_or(text.len(), |at| from + at + mark.len())
}

/// References by name that may stand in an address.
const NAMED: &[(&str, char)] =
    &[("amp;", '&'), ("quot;", '"'), ("apos;", '\''), ("lt;", '<'), ("gt;", '>'), ("sol;", '/'), ("equals;", '=')];

/// Text with its character references decoded, as far as they may stand in an address.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let (decoded, length) = reference(behind).unwrap_or(('&', 0));
        out.push(decoded);
        rest = &behind[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character that stands behind an ampersand, and how long its name is.
fn reference(text: &str) -> Option<(char, usize)> {
    let Some(number) = text.strip_prefix('#') else {
        return NAMED.iter().find(|(name, _)| text.starts_with(*name)).map(|(name, means)| (*means, name.len()));
    };
    let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
    let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let means = u32::from_str_radix(&digits[..end], radix).ok().and_then(char::from_u32)?;
    let before = text.len() - digits.len();
    Some((means, before + end + usize::from(digits[end..].starts_with(';'))))
}
