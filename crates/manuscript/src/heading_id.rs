use std::collections::HashMap;

/// The `id` that Ghost gives a heading of this text.
///
/// Themes and old links rely on it, so it is the rule of Ghost's `@tryghost/kg-utils` (MIT) with
/// its oddities: symbols of ASCII vanish, white space becomes a hyphen, runs of hyphens vanish, and
/// every letter beyond ASCII is percent-encoded.
///
/// ```
/// assert_eq!(manuscript::heading_id("Trump’s hard line"), "trump%E2%80%99s-hard-line");
/// assert_eq!(manuscript::heading_id("a - b"), "ab");
/// ```
pub fn heading_id(text: &str) -> String {
    let text = text.trim_matches(is_space).to_lowercase();
    let mut hyphened = String::with_capacity(text.len());
    let mut in_space = false;
    for c in text.chars().filter(|c| !is_symbol(*c)) {
        if !is_space(c) {
            hyphened.push(c);
        } else if !in_space {
            hyphened.push('-');
        }
        in_space = is_space(c);
    }
    percent_encode(&without_hyphen_runs(&hyphened))
}

/// Tells headings of the same text apart: `same`, `same-1`, `same-2`.
#[derive(Default)]
pub(crate) struct HeadingIds(HashMap<String, u32>);

impl HeadingIds {
    pub(crate) fn next(&mut self, text: &str) -> String {
        let id = heading_id(text);
        match self.0.get_mut(&id) {
            Some(used) => {
                *used += 1;
                format!("{id}-{used}")
            }
            None => {
                self.0.insert(id.clone(), 0);
                id
            }
        }
    }
}

/// `/^-|-{2,}|-$/g` replaced by nothing. At the start the first hyphen goes by itself, so of two
/// there one stays.
fn without_hyphen_runs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.strip_prefix('-').unwrap_or(text);
    while let Some(at) = rest.find('-') {
        out.push_str(&rest[..at]);
        let after = rest[at..].trim_start_matches('-');
        if rest.len() - at - after.len() == 1 && !after.is_empty() {
            out.push('-');
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// JavaScript's `encodeURIComponent`.
fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'\'' | b'(' | b')' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// JavaScript's `\s`.
fn is_space(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}

/// The symbols that vanish: all of ASCII but the hyphen and the backtick.
fn is_symbol(c: char) -> bool {
    c.is_ascii_punctuation() && !matches!(c, '-' | '`')
}

#[cfg(test)]
mod tests {
    use super::{HeadingIds, heading_id};

    #[test]
    fn ids_are_ghosts() {
        for (text, id) in [
            ("Heading 1", "heading-1"),
            ("  a  -  b --- c_d  ", "abcd"),
            ("Élysée Київ 😀", "%C3%A9lys%C3%A9e-%D0%BA%D0%B8%D1%97%D0%B2-%F0%9F%98%80"),
            ("-x-", "x"),
            ("a-b", "a-b"),
            ("- a", "-a"),
            ("-- a", "a"),
            ("a - b -", "ab"),
            ("What? (Really!)", "what-really"),
            ("", ""),
        ] {
            assert_eq!(heading_id(text), id, "{text}");
        }
    }

    #[test]
    fn the_same_heading_again_is_numbered() {
        let mut ids = HeadingIds::default();
        assert_eq!([ids.next("Same"), ids.next("same"), ids.next("Same!")], ["same", "same-1", "same-2"]);
    }
}
