//! Addresses in running text that become links: `https://…`, `//host.tld`, `mailto:…` and
//! `name@host.tld`. The rules are those of `linkify-it` as Ghost sets it (no bare host names).

use std::ops::Range;

/// An address in a text.
#[derive(Debug, PartialEq)]
pub(super) struct Address {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// Where it leads.
    pub(super) url: String,
}

/// Top-level domains that make an address of `name@host.tld`, beside those of two letters.
const DOMAINS: [&str; 17] = [
    "aero", "asia", "biz", "com", "coop", "edu", "gov", "info", "museum", "name", "net", "org", "pro", "shop", "web",
    "xxx", "рф",
];

/// Bytes between brackets or quotation marks inside a path; more is no part of an address.
const MAX_BRACKETED: usize = 500;

/// The addresses in a text, in their order.
pub(super) fn addresses(text: &str) -> Vec<Address> {
    let mut found: Vec<Address> = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find([':', '/', '@']) {
        at += next;
        let from = found.last().map_or(0, |last| last.range.end);
        let address = match &text[at..] {
            rest if rest.starts_with("://") => with_scheme(text, from, at),
            rest if rest.starts_with(':') => mail_scheme(text, from, at),
            rest if rest.starts_with("//") => without_scheme(text, from, at),
            rest if rest.starts_with('@') => mail(text, from, at),
            _ => None,
        };
        at = address.as_ref().map_or(at + 1, |address| address.range.end);
        found.extend(address);
    }
    found
}

/// `https://host/path`, with the `:` here.
fn with_scheme(text: &str, from: usize, colon: usize) -> Option<Address> {
    let letters = text[from..colon].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    let start = colon - letters;
    let is_known = ["http", "https", "ftp"].iter().any(|known| known.eq_ignore_ascii_case(&text[start..colon]));
    if !is_known || text[from..start].ends_with('+') {
        return None;
    }
    let authority = colon + 3;
    let host = after_login(text, authority);
    let host_end = host_end(text, host).map(|end| after_port(text, end)).filter(|end| host_may_end(text, *end))?;
    let end = path_end(text, host_end);
    // The stars behind it are emphasis.
    let range = start..start + text[start..end].trim_end_matches('*').len();
    Some(Address { url: text[range.clone()].to_owned(), range })
}

/// `//host.tld/path`.
fn without_scheme(text: &str, from: usize, start: usize) -> Option<Address> {
    let before = text[..start].chars().next_back();
    if start < from || !may_begin_after(before) || matches!(before, Some(':' | '/')) {
        return None;
    }
    let host = after_login(text, start + 2);
    let host_end = host_end(text, host)?;
    let name = &text[host..host_end];
    if !name.contains('.') && name != "localhost" {
        return None;
    }
    let host_end = Some(after_port(text, host_end)).filter(|end| host_may_end(text, *end))?;
    let range = start..path_end(text, host_end);
    Some(Address { url: text[range.clone()].to_owned(), range })
}

/// `mailto:name@host`, with the `:` here.
fn mail_scheme(text: &str, from: usize, colon: usize) -> Option<Address> {
    let start = colon.checked_sub("mailto".len()).filter(|start| *start >= from)?;
    let is_mail = text.get(start..colon).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto"));
    if !is_mail || !may_begin_after(text[..start].chars().next_back()) {
        return None;
    }
    let name = text[colon + 1..].bytes().take(65).take_while(|byte| is_of_mail_name(*byte)).count();
    let at = colon + 1 + name;
    if !(1..=64).contains(&name) || !text[at..].starts_with('@') {
        return None;
    }
    let end = host_end(text, at + 1).filter(|end| host_may_end(text, *end))?;
    Some(Address { range: start..end, url: text[start..end].to_owned() })
}

/// `name@host.tld`, with the `@` here.
fn mail(text: &str, from: usize, at: usize) -> Option<Address> {
    let name = text[from..at].bytes().rev().take(65).take_while(|byte| is_of_mail_name(*byte)).count();
    let start = at - name;
    let before = text[..start].chars().next_back();
    let may_begin = before.is_none_or(|c| is_space(c) || matches!(c, '<' | '>' | '｜' | '"' | '('));
    if !(1..=64).contains(&name) || !may_begin {
        return None;
    }
    let end = host_end(text, at + 1).filter(|end| host_may_end(text, *end))?;
    let (_, domain) = text[at + 1..end].rsplit_once('.')?;
    let domain = domain.to_lowercase();
    let is_known = DOMAINS.contains(&domain.as_str())
        || domain.starts_with("xn--")
        || (domain.len() == 2 && domain.bytes().all(|byte| byte.is_ascii_alphabetic()));
    is_known.then(|| Address { range: start..end, url: format!("mailto:{}", &text[start..end]) })
}

/// Past `name:password@`, if it stands here.
fn after_login(text: &str, start: usize) -> usize {
    let login = text[start..].char_indices().take(51).find(|(_, c)| is_space(*c) || "@/[]()".contains(*c));
    match login {
        Some((end, '@')) if end > 0 => start + end + 1,
        _ => start,
    }
}

/// The end of a host name: labels of 1 to 63 letters with dots between them.
fn host_end(text: &str, start: usize) -> Option<usize> {
    let label = |at: usize| {
        let len: usize =
            text[at..].chars().take(64).take_while(|c| is_letter(*c) || *c == '-').map(char::len_utf8).sum();
        let label = &text[at..at + len];
        let is_label =
            !label.is_empty() && label.chars().count() < 64 && !label.starts_with('-') && !label.ends_with('-');
        is_label.then_some(at + len)
    };
    let mut end = label(start)?;
    while let Some(next) = text[end..].strip_prefix('.').and_then(|_| label(end + 1)) {
        end = next;
    }
    Some(end)
}

fn after_port(text: &str, host_end: usize) -> usize {
    let Some(rest) = text[host_end..].strip_prefix(':') else { return host_end };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let is_port = (1..=5).contains(&digits) && rest[..digits].parse::<u16>().is_ok();
    if is_port { host_end + 1 + digits } else { host_end }
}

/// Whether what follows a host leaves it one.
fn host_may_end(text: &str, end: usize) -> bool {
    let mut rest = text[end..].chars();
    match (rest.next(), rest.next()) {
        (None, _) => true,
        (Some('-' | '_'), _) => false,
        (Some(':'), Some(next)) => !next.is_ascii_digit(),
        (Some('.'), Some(next)) => next != '-' && is_space_or_punctuation(next),
        (Some(next), _) => !is_letter(next),
    }
}

/// The end of a path, query or fragment. Marks that end a sentence are left out of it, brackets and
/// quotation marks only belong to it in pairs.
fn path_end(text: &str, start: usize) -> usize {
    if !text[start..].starts_with(['/', '?', '#']) {
        return start;
    }
    let mut end = start + 1;
    while let Some(len) = path_piece(&text[end..]) {
        end += len;
    }
    if end == start + 1 && !text[start..].starts_with('/') { start } else { end }
}

/// Bytes of the next piece of a path.
fn path_piece(rest: &str) -> Option<usize> {
    let mut chars = rest.chars();
    let (first, second) = (chars.next()?, chars.next());
    let goes_on = second.is_some_and(|c| !is_space(c));
    let run = || rest.len() - rest.trim_start_matches(first).len();
    match first {
        '[' => bracketed(rest, ']', 0),
        '(' => bracketed(rest, ')', 0),
        '{' => bracketed(rest, '}', 0),
        '"' => bracketed(rest, '"', 1),
        '\'' => bracketed(rest, '\'', 1).or_else(|| second.filter(|c| is_letter(*c) || *c == '-').map(|_| 1)),
        '.' if second == Some('.') => {
            let dots = run();
            let next = rest.as_bytes().get(dots)?;
            (next.is_ascii_alphanumeric() || b"%/&".contains(next)).then_some(dots + 1)
        }
        '.' | ',' | ';' => goes_on.then_some(1),
        '?' => (goes_on && second != Some('?')).then_some(1),
        '!' => rest[run()..].chars().next().filter(|c| !is_space(*c)).map(|_| run()),
        ')' | ']' | '}' => None,
        _ => (!is_space(first) && !is_separator(first)).then(|| first.len_utf8()),
    }
}

/// Bytes from an opening mark to its closing one, with at least so many between them.
fn bracketed(rest: &str, close: char, least: usize) -> Option<usize> {
    let inside = &rest[1..rest.floor_char_boundary(MAX_BRACKETED)];
    let (end, found) = inside.char_indices().find(|(_, c)| *c == close || is_space(*c))?;
    (found == close && end >= least).then_some(end + 2)
}

fn is_of_mail_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-;:&=+$,._".contains(&byte)
}

fn may_begin_after(before: Option<char>) -> bool {
    before.is_none_or(|c| c != '_' && (is_separator(c) || is_space_or_punctuation(c)))
}

fn is_letter(c: char) -> bool {
    !is_separator(c) && !is_space_or_punctuation(c)
}

fn is_separator(c: char) -> bool {
    matches!(c, '<' | '>' | '｜')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Signs such as `$`, `+` and `|` are no punctuation.
fn is_space_or_punctuation(c: char) -> bool {
    is_space(c)
        || (c.is_ascii_punctuation() && !"$+<=>^`|~".contains(c))
        || matches!(c, '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301f}' | '\u{30fb}' | '\u{ff01}'..='\u{ff0f}'
            | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}')
}

#[cfg(test)]
mod tests {
    use super::addresses;

    fn check(text: &str, urls: &[&str]) {
        let found: Vec<_> = addresses(text).into_iter().map(|address| address.url).collect();
        assert_eq!(found, urls, "{text}");
    }

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        check("See https://a.org/b, or (http://c.org/d_(e)).", &["https://a.org/b", "http://c.org/d_(e)"]);
        check(
            "http://a.org/?q=1&r=2#x! ftp://b.org... http://c",
            &["http://a.org/?q=1&r=2#x", "ftp://b.org", "http://c"],
        );
        check("http://a.org/b..c https://é.org:8080/'x'", &["http://a.org/b..c", "https://é.org:8080/'x'"]);
    }

    #[test]
    fn a_bare_host_is_no_address_but_a_mail_name_is() {
        check("www.a.org a.org //b.org/x //x me@a.org, me@a.local", &["//b.org/x", "mailto:me@a.org"]);
        check("mailto:a@b (a@b.com) é@b.com", &["mailto:a@b", "mailto:a@b.com"]);
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        check("xhttp://a.org http://-a.org http://a_b.org http:// javascript://a.org", &[]);
    }
}
