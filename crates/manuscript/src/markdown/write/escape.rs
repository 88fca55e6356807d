//! Text that stays text in Markdown.

/// Escapes running text. Line ends count as spaces. What only means something at the start of a line
/// (`#`, `1.`) is escaped only there; an address is escaped because it would become a link.
pub(super) fn text(text: &str, at_line_start: bool) -> String {
    let mark = line_mark(text).filter(|_| at_line_start);
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        if mark == Some(at) || means_something(c, &out, &text[at + c.len_utf8()..]) {
            out.push('\\');
        }
        out.push(if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c });
    }
    out
}

fn means_something(c: char, written: &str, after: &str) -> bool {
    let (before, next) = (written.chars().next_back(), after.chars().next());
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
        '_' => !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)),
        '&' => next.is_some_and(|c| c == '#' || c.is_ascii_alphanumeric()),
        ':' => after.starts_with("//"),
        '@' => before.is_none_or(|c| !c.is_whitespace()) && next.is_none_or(char::is_alphanumeric),
        '.' => {
            written.len() >= 3
                && written.is_char_boundary(written.len() - 3)
                && written[written.len() - 3..].eq_ignore_ascii_case("www")
        }
        _ => false,
    }
}

/// Where the mark stands that would make more of a line than a paragraph.
fn line_mark(text: &str) -> Option<usize> {
    match text.as_bytes().first()? {
        b'#' | b'>' | b'-' | b'+' | b'=' | b':' | b'|' => Some(0),
        b'0'..=b'9' => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let mut rest = text[digits..].chars();
            let is_mark = matches!(rest.next(), Some('.' | ')')) && rest.next().is_none_or(char::is_whitespace);
            is_mark.then_some(digits)
        }
        _ => None,
    }
}

/// Text between square brackets, or in a title between double quotes.
pub(super) fn label(label: &str) -> String {
    text(&label.split_whitespace().collect::<Vec<_>>().join(" "), false).replace('"', "\\\"")
}

/// A URL between round brackets.
pub(super) fn destination(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.trim().chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '<' | '>' | '|' => out.push_str(&format!("%{:02X}", u32::from(c))),
            c if c.is_ascii_whitespace() || c.is_ascii_control() => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    let out = entities(&out);
    if out.is_empty() || out.contains(['(', ')']) { format!("<{out}>") } else { out }
}

/// Escapes what would be read as the name of a character: `&copy;`.
pub(super) fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        out.push_str(before);
        let name = after.bytes().take_while(|byte| *byte == b'#' || byte.is_ascii_alphanumeric()).count();
        out.push_str(if after[name..].starts_with(';') { "\\&" } else { "&" });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A code span that holds exactly this.
pub(super) fn code(code: &str) -> String {
    let fence = "`".repeat(longest_run(code, '`') + 1);
    let is_blank = code.trim_matches(' ').is_empty();
    let needs_room = code.starts_with('`') || code.ends_with('`') || (code.starts_with(' ') && code.ends_with(' '));
    let room = if needs_room && !is_blank { " " } else { "" };
    format!("{fence}{room}{code}{room}{fence}")
}

/// How often the character stands in a row at most.
pub(super) fn longest_run(text: &str, of: char) -> usize {
    text.split(|c| c != of).map(|run| run.chars().count()).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{code, destination, entities, text};

    #[test]
    fn what_means_something_is_escaped_and_the_rest_is_not() {
        for (plain, escaped) in [
            ("a*b_c _d_ [e] <f> ~g~ `h` \\", "a\\*b_c \\_d\\_ \\[e\\] \\<f> \\~g\\~ \\`h\\` \\\\"),
            ("AT&T & R&amp;D", "AT\\&T & R\\&amp;D"),
            ("1. a #b 2.5 (c) $d! - e", "1\\. a #b 2.5 (c) $d! - e"),
            ("https://a.org me@b.org @c www.d.org wow.", "https\\://a.org me\\@b.org @c www\\.d.org wow."),
        ] {
            assert_eq!(text(plain, true), escaped);
        }
    }

    #[test]
    fn a_mark_is_escaped_only_at_the_start_of_a_line() {
        for (plain, escaped) in
            [("- a", "\\- a"), ("# a", "\\# a"), ("12) a", "12\\) a"), ("1.5 a", "1.5 a"), ("> a", "\\> a")]
        {
            assert_eq!(text(plain, true), escaped);
            assert_eq!(text(plain, false), plain);
        }
    }

    #[test]
    fn a_code_span_holds_backticks_and_spaces() {
        for (plain, span) in [("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), (" a ", "`  a  `"), ("  ", "`  `")] {
            assert_eq!(code(plain), span);
        }
    }

    #[test]
    fn a_url_cannot_leave_its_brackets() {
        for (url, written) in [
            ("/a b", "/a%20b"),
            ("/a_(b)", "</a_(b)>"),
            ("/a>)b\n", "</a%3E)b>"),
            ("/?a=1&b=2&copy;", "/?a=1&b=2\\&copy;"),
            ("", "<>"),
        ] {
            assert_eq!(destination(url), written);
        }
        assert_eq!(entities("&#x20; & &a"), "\\&#x20; & &a");
    }
}
