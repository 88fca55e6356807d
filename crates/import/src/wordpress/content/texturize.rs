//! Straight quotation marks made curly, hyphens made dashes: what WordPress does to English text at every request.
//!
//! The stored text has `"` and `'`; the page that readers saw had “ ” ‘ ’. Which of them stands where is decided as
//! WordPress 6 does it (`wptexturize`): a mark that nobody closed stays unclosed, and a piece of text ends at every tag.
//! Text in `<pre>`, `<code>`, `<kbd>`, `<tt>`, `<script>` and `<style>` stays as it is, and so does an address that
//! stands by itself.
//!
//! One of its mistakes is not made: in `<em>Emma</em>'s` and `<a>“so</a>"` it takes the mark behind the tag for one that
//! opens, because it does not look at what stands in front of the tag. What is made here stays, and the desk would
//! search for the end of quotations that never began.

mod primes;

use super::split::{Piece, pieces};

/// Marks that are decided in one step and written in a later one. Noncharacters, which no text holds.
const APOSTROPHE: char = '\u{fdd2}';
const OPEN_SINGLE: char = '\u{fdd3}';
const CLOSE_SINGLE: char = '\u{fdd4}';
const OPEN_DOUBLE: char = '\u{fdd5}';
const CLOSE_DOUBLE: char = '\u{fdd6}';

/// Elements of which the text is not set.
const AS_IT_IS: [&str; 6] = ["pre", "code", "kbd", "style", "script", "tt"];

/// Sets the text of a piece of HTML.
pub(super) fn texturize(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut open: Vec<&str> = Vec::new();
    // Whether a word ended in front of the tag.
    let (mut in_word, mut behind_word) = (false, false);
    for piece in pieces(html) {
        match piece {
            Piece::Comment(comment) => out.push_str(comment),
            Piece::Tag(tag) => {
                push_references(&mut out, tag);
                enter_or_leave(tag, &mut open);
                behind_word = in_word && is_end_of_words(tag);
            }
            Piece::Text(text) => {
                if !open.is_empty() || text.trim().is_empty() || is_address(text) {
                    out.push_str(text);
                } else if behind_word && text.starts_with(['\'', '"']) {
                    // Any letter tells that a word goes before.
                    out.push_str(&set(&format!("a{text}"))[1..]);
                } else {
                    out.push_str(&set(text));
                }
                let opens = ['(', '[', '{', '-', '"', '\'', '“', '‘'];
                in_word = !ends_with_space(text) && !text.ends_with(opens) && !text.ends_with("&lt;");
                behind_word = false;
            }
        }
    }
    out
}

/// Whether a tag ends an element that sets words.
fn is_end_of_words(tag: &str) -> bool {
    const WORDS: [&str; 22] = [
        "</a>",
        "</abbr>",
        "</b>",
        "</cite>",
        "</code>",
        "</del>",
        "</em>",
        "</font>",
        "</i>",
        "</ins>",
        "</kbd>",
        "</mark>",
        "</q>",
        "</s>",
        "</small>",
        "</span>",
        "</strike>",
        "</strong>",
        "</sub>",
        "</sup>",
        "</tt>",
        "</u>",
    ];
    WORDS.contains(&tag)
}

/// Keeps the list of elements in which nothing is set. A tag's name ends at the first space, as WordPress has it.
fn enter_or_leave<'h>(tag: &'h str, open: &mut Vec<&'h str>) {
    let inside = tag.trim_start_matches('<').trim_end_matches('>');
    let (closes, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
    let name = inside.split(' ').next().unwrap_or_default();
    if !AS_IT_IS.contains(&name) {
        return;
    }
    if !closes {
        open.push(name);
    } else if open.last() == Some(&name) {
        open.pop();
    }
}

fn is_address(text: &str) -> bool {
    let text = text.trim();
    let begins = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    (begins("http://") || begins("https://")) && !text.contains(|c: char| c.is_whitespace() || c == '"')
}

fn set(text: &str) -> String {
    let mut text = fixed(text);
    if text.contains('\'') {
        for step in [short_year, short_year_in_double, year, quoted_number, open_single, apostrophe] {
            text = replaced(&text, '\'', step);
        }
        text = primes::single(&text);
    }
    if text.contains('"') {
        for step in [quoted_double_number, open_double] {
            text = replaced(&text, '"', step);
        }
        text = primes::double(&text);
    }
    if text.contains('-') {
        text = dashes(&text);
    }
    if text.contains('x') {
        text = times(&text);
    }
    let mut out = String::with_capacity(text.len());
    push_references(&mut out, &text);
    out.chars()
        .map(|c| match c {
            APOSTROPHE | CLOSE_SINGLE => '’',
            OPEN_SINGLE => '‘',
            OPEN_DOUBLE => '“',
            CLOSE_DOUBLE => '”',
            _ => c,
        })
        .collect()
}

/// What is replaced wherever it stands: dots, old ways to write quotation marks, words that begin with an apostrophe.
fn fixed(text: &str) -> String {
    const DROPPED: [&str; 11] =
        ["'tain't", "'twere", "'twas", "'tis", "'twill", "'til", "'bout", "'nuff", "'round", "'cause", "'em"];
    let mut out = text.to_owned();
    let mut replace = |what: &str, by: &str| {
        if out.contains(what) {
            out = out.replace(what, by);
        }
    };
    replace("...", "…");
    replace("``", "“");
    replace("''", &CLOSE_DOUBLE.to_string());
    replace(" (tm)", " ™");
    // These count as closing marks when the rest is decided, because WordPress cannot tell them apart.
    for word in DROPPED {
        replace(word, &word.replace('\'', &CLOSE_SINGLE.to_string()));
    }
    out
}

/// What a step makes of the mark here: how many bytes it takes and what stands in their place.
type Step = fn(&str, &str) -> Option<(usize, String)>;

/// Asks a step about every mark of one kind; it is given what stands before the mark and what begins with it.
fn replaced(text: &str, mark: char, step: Step) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(next) = text[at..].find(mark).map(|next| at + next) {
        out.push_str(&text[at..next]);
        match step(&text[..next], &text[next..]) {
            Some((taken, put)) => {
                out.push_str(&put);
                at = next + taken;
            }
            None => {
                out.push(mark);
                at = next + mark.len_utf8();
            }
        }
    }
    out.push_str(&text[at..]);
    out
}

/// `'99'`: a short year at the end of a quotation.
fn short_year(_: &str, here: &str) -> Option<(usize, String)> {
    let digits = two_digits(here)?;
    let after = here[3..].strip_prefix('\'')?;
    ends_a_quotation(after).then(|| (4, format!("{APOSTROPHE}{digits}{CLOSE_SINGLE}")))
}

/// `'99"`
fn short_year_in_double(_: &str, here: &str) -> Option<(usize, String)> {
    let digits = two_digits(here)?;
    let after = here[3..].strip_prefix('"')?;
    ends_a_quotation(after).then(|| (4, format!("{APOSTROPHE}{digits}{CLOSE_DOUBLE}")))
}

/// `'99`, and never `'999`, `'99%`, `'99.5`.
fn year(_: &str, here: &str) -> Option<(usize, String)> {
    two_digits(here)?;
    let after = &here.as_bytes()[3..];
    let is_number = match after {
        [b'%' | b'0'..=b'9', ..] => true,
        [b'.' | b',', next, ..] => next.is_ascii_digit(),
        _ => false,
    };
    (!is_number).then(|| (1, APOSTROPHE.to_string()))
}

fn two_digits(here: &str) -> Option<&str> {
    here.get(1..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `'0.42'`
fn quoted_number(before: &str, here: &str) -> Option<(usize, String)> {
    let number = number_in(before, here, '\'')?;
    Some((number.len() + 2, format!("{OPEN_SINGLE}{number}{CLOSE_SINGLE}")))
}

/// `"42"`
fn quoted_double_number(before: &str, here: &str) -> Option<(usize, String)> {
    let number = number_in(before, here, '"')?;
    Some((number.len() + 2, format!("{OPEN_DOUBLE}{number}{CLOSE_DOUBLE}")))
}

fn number_in<'t>(before: &str, here: &'t str, mark: char) -> Option<&'t str> {
    let inside = &here[1..];
    let end = inside.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
    let is_number = inside.starts_with(|c: char| c.is_ascii_digit()) && inside[end..].starts_with(mark);
    (is_number && (before.is_empty() || ends_with_space(before))).then(|| &inside[..end])
}

fn open_single(before: &str, _: &str) -> Option<(usize, String)> {
    let opens = before.is_empty()
        || before.ends_with(['(', '[', '{', '"', '-'])
        || before.ends_with("&lt;")
        || ends_with_space(before);
    opens.then(|| (1, OPEN_SINGLE.to_string()))
}

/// In a word: no space before it, and neither space nor punctuation after it.
fn apostrophe(before: &str, here: &str) -> Option<(usize, String)> {
    let after = &here[1..];
    let ends = is_end(after)
        || after.starts_with(['.', ',', ':', ';', '!', '?', '"', '\'', '(', ')', '{', '}', '[', ']', '-'])
        || after.starts_with("&lt;")
        || after.starts_with("&gt;")
        || starts_with_space(after);
    (!ends && !ends_with_space(before)).then(|| (1, APOSTROPHE.to_string()))
}

fn open_double(before: &str, here: &str) -> Option<(usize, String)> {
    let opens = before.is_empty()
        || before.ends_with(['(', '[', '{', '-'])
        || before.ends_with("&lt;")
        || ends_with_space(before);
    (opens && !starts_with_space(&here[1..])).then(|| (1, OPEN_DOUBLE.to_string()))
}

/// Whether what follows a mark lets it end a quotation.
fn ends_a_quotation(after: &str) -> bool {
    is_end(after)
        || after.starts_with(['.', ',', ':', ';', '!', '?', ')', '}', '-', ']'])
        || after.starts_with("&gt;")
        || starts_with_space(after)
}

/// The end of the text, or a line end that is the last thing in it.
fn is_end(after: &str) -> bool {
    after.is_empty() || after == "\n"
}

fn starts_with_space(text: &str) -> bool {
    text.starts_with([' ', '\t', '\n', '\r', '\u{a0}']) || text.starts_with("&nbsp;")
}

fn ends_with_space(text: &str) -> bool {
    text.ends_with([' ', '\t', '\n', '\r', '\u{a0}']) || text.ends_with("&nbsp;")
}

/// `---`, and `--` between spaces, are long dashes; other `--`, and `-` between spaces, are short ones.
fn dashes(text: &str) -> String {
    let text = text.replace("---", "—");
    let alone = |before: &str, after: &str| {
        (before.is_empty() || ends_with_space(before)) && (is_end(after) || starts_with_space(after))
    };
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(next) = text[at..].find('-').map(|next| at + next) {
        out.push_str(&text[at..next]);
        let (before, here) = (&text[..next], &text[next..]);
        // `xn--` begins the name of a host.
        let (taken, dash) = match here.strip_prefix("--") {
            Some(after) if alone(before, after) => (2, "—"),
            Some(_) if !before.ends_with("xn") => (2, "–"),
            _ if alone(before, &here[1..]) => (1, "–"),
            _ => (1, "-"),
        };
        out.push_str(dash);
        at = next + taken;
    }
    out.push_str(&text[at..]);
    out
}

/// `9x9`, and never `0x99`.
fn times(text: &str) -> String {
    let bytes = text.as_bytes();
    let in_number = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
    let in_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let mut out = String::with_capacity(text.len());
    let mut written = 0;
    for (at, _) in text.match_indices('x') {
        let is_between = at > written && bytes[at - 1].is_ascii_digit() | matches!(bytes[at - 1], b'.' | b',');
        if !is_between || !bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
            continue;
        }
        // The factor before it begins at a digit that no letter touches.
        let run = bytes[written..at].iter().rev().take_while(|byte| in_number(byte)).count();
        let starts = |start: &usize| {
            let before = start.checked_sub(1).map(|before| &bytes[before]);
            bytes[*start].is_ascii_digit() && before.is_none_or(|byte| !in_word(byte))
        };
        let first = (at - run..at).find(starts).filter(|start| bytes[*start] != b'0' || at - start > 1);
        // The one after it ends where a word does.
        let run = bytes[at + 1..].iter().take_while(|byte| in_number(byte)).count();
        let end = (at + 2..=at + 1 + run).rev().find(|end| {
            let next = bytes.get(*end);
            in_word(&bytes[end - 1]) != next.is_some_and(in_word)
        });
        if let (Some(_), Some(end)) = (first, end) {
            out.push_str(&text[written..at]);
            out.push('×');
            out.push_str(&text[at + 1..end]);
            written = end;
        }
    }
    out.push_str(&text[written..]);
    out
}

/// Writes text with every `&` that begins no reference made one.
fn push_references(out: &mut String, text: &str) {
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push_str(if is_reference(part) { "&" } else { "&amp;" });
        out.push_str(part);
    }
}

fn is_reference(after: &str) -> bool {
    let Some(end) = after.bytes().take(12).position(|byte| byte == b';') else { return false };
    let name = &after.as_bytes()[..end];
    match name {
        [b'#', b'x' | b'X', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit),
        [b'#', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        name => {
            (1..=8).contains(&name.len()) && name.iter().all(|c| c.is_ascii_alphabetic() || matches!(c, b'1'..=b'4'))
        }
    }
}

#[cfg(test)]
mod tests;
