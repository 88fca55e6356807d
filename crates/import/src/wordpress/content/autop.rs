//! Paragraphs made of blank lines: WordPress's `wpautop`, step by step.
//!
//! A classic post is stored as lines: an empty line between paragraphs, a line end for a break. What becomes of tags
//! between them is no rule that one could state, only some thirty replacements, each of which has met somebody's
//! post. They are done here in WordPress's order and with its idea of a tag, so that a post has the paragraphs that
//! its readers saw.

mod tidy;

use super::find::Find;
use super::marks;
use super::split::{Piece, pieces};

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 45] = [
    "table",
    "thead",
    "tfoot",
    "caption",
    "col",
    "colgroup",
    "tbody",
    "tr",
    "td",
    "th",
    "div",
    "dl",
    "dd",
    "dt",
    "ul",
    "ol",
    "li",
    "pre",
    "form",
    "map",
    "area",
    "blockquote",
    "address",
    "math",
    "style",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "fieldset",
    "legend",
    "section",
    "article",
    "aside",
    "hgroup",
    "header",
    "footer",
    "nav",
    "figure",
    "figcaption",
    "details",
];

/// And those at the end of WordPress's list.
const MORE_BLOCKS: [&str; 2] = ["menu", "summary"];

/// Stands for a line end inside a tag. Like WordPress's own it is a comment between spaces, because the later steps
/// take its `>` for the end of the tag.
const LINE_END: &str = " <!-- nl --> ";

/// In front of the number of a `<pre>` that was put aside.
const PUT_ASIDE: &str = "<pre put-aside-";

/// Makes paragraphs and line breaks. Empty for a text of white space.
pub(super) fn autop(text: &str) -> String {
    if text.trim_matches(|c| space(c) || c == '\0').is_empty() {
        return String::new();
    }
    let (text, mut pres) = put_pres_aside(text);
    let text = double_breaks(&text);
    let text = lines_around_blocks(&text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = hide_line_ends_in_tags(&text);
    let text = join_parts(text);
    let text = paragraphs(&text);
    let text = tidy::paragraphs(&text);
    let text = tidy::line_breaks(&text);
    let text = match text.strip_suffix('\n').unwrap_or(&text).strip_suffix("\n</p>") {
        Some(before) => format!("{before}</p>{}", if text.ends_with('\n') { "\n" } else { "" }),
        None => text,
    };
    let text = bring_pres_back(&text, &mut pres);
    text.replace(LINE_END, "\n").replace(LINE_END.trim(), "\n")
}

/// A paragraph that holds cards only is none: what WordPress does for its shortcodes (`shortcode_unautop`).
pub(super) fn unwrap_cards(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<p>") {
        out.push_str(before);
        let inside = &after[..after.find('<').unwrap_or(after.len())];
        match after[inside.len()..].strip_prefix("</p>") {
            Some(end) if marks::is_only(inside) => {
                out.push_str(inside);
                rest = end;
            }
            _ => {
                out.push_str("<p>");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// White space as the pattern `\s` has it.
fn space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')
}

fn after_space(text: &str) -> &str {
    text.trim_start_matches(space)
}

/// Whether `<…` or `</…` begins a block whose name ends there.
fn is_block_named(after_bracket: &str, ends: &[char]) -> bool {
    let name = after_bracket.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let is_block = BLOCKS.contains(&name) || MORE_BLOCKS.contains(&name);
    is_block && after_bracket[name.len()..].starts_with(ends)
}

/// Whether a tag's name begins like that of a block. The steps that take paragraphs away do not look further, so
/// `<picture>` is a `<p` to them.
fn is_block_like(tag: &str) -> bool {
    begins_with(tag, |name| BLOCKS.iter().chain(&MORE_BLOCKS).any(|block| name.starts_with(block)))
}

fn begins_with(tag: &str, test: impl Fn(&str) -> bool) -> bool {
    tag.strip_prefix('<').is_some_and(|name| test(name.strip_prefix('/').unwrap_or(name)))
}

/// Walks over every `<` of a text. The step is given the text and the place, and says up to where it replaces and by
/// what.
fn at_tags<'t>(text: &'t str, mut step: impl FnMut(&mut Find<'t>, usize) -> Option<(usize, String)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut find = Find::in_text(text);
    let mut at = 0;
    while let Some(next) = text[at..].find('<').map(|next| at + next) {
        out.push_str(&text[at..next]);
        match step(&mut find, next) {
            Some((end, put)) => {
                out.push_str(&put);
                at = end;
            }
            None => {
                out.push('<');
                at = next + 1;
            }
        }
    }
    out.push_str(&text[at..]);
    out
}

/// What stands in a `<pre>` is not touched.
fn put_pres_aside(text: &str) -> (String, Vec<Option<String>>) {
    let (mut out, mut pres) = (String::with_capacity(text.len() + 1), Vec::new());
    let mut parts = text.split("</pre>").peekable();
    while let Some(part) = parts.next() {
        match part.find("<pre").filter(|_| parts.peek().is_some()) {
            Some(start) => {
                out.push_str(&part[..start]);
                out.push_str(&format!("{PUT_ASIDE}{}></pre>", pres.len()));
                pres.push(Some(format!("{}</pre>", &part[start..])));
            }
            None => out.push_str(part),
        }
    }
    out.push('\n');
    (out, pres)
}

fn bring_pres_back(text: &str, pres: &mut [Option<String>]) -> String {
    let mut parts = text.split(PUT_ASIDE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let pre = part.split_once("></pre>").and_then(|(number, after)| {
            // Each comes back once, however often somebody wrote its number.
            Some((pres.get_mut(number.parse::<usize>().ok()?)?.take()?, after))
        });
        match pre {
            Some((pre, after)) => {
                out.push_str(&pre);
                out.push_str(after);
            }
            None => {
                out.push_str(PUT_ASIDE);
                out.push_str(part);
            }
        }
    }
    out
}

/// Two `<br>` divide paragraphs.
fn double_breaks(text: &str) -> String {
    let after_break = |text: &'_ str| -> Option<usize> {
        let rest = after_space(text.strip_prefix("<br")?);
        let rest = rest.strip_prefix('/').unwrap_or(rest).strip_prefix('>')?;
        Some(text.len() - rest.len())
    };
    at_tags(text, |_, at| {
        let first = at + after_break(&text[at..])?;
        let between = text[first..].len() - after_space(&text[first..]).len();
        let second = first + between;
        Some((second + after_break(&text[second..])?, "\n\n".to_owned()))
    })
}

fn lines_around_blocks(text: &str) -> String {
    let before = at_tags(text, |_, at| {
        let opens = is_block_named(&text[at + 1..], &[' ', '\t', '\n', '\r', '\u{b}', '\u{c}', '/', '>']);
        opens.then(|| (at + 1, "\n\n<".to_owned()))
    });
    let closed = at_tags(&before, |find, at| {
        let closes = before[at..].strip_prefix("</").is_some_and(|name| is_block_named(name, &['>']));
        let end = find.after(at, ">").filter(|_| closes)? + 1;
        Some((end, format!("{}\n\n", &before[at..end])))
    });
    at_tags(&closed, |_, at| {
        let rest = after_space(closed[at..].strip_prefix("<hr")?);
        let rest = rest.strip_prefix('/').unwrap_or(rest).strip_prefix('>')?;
        let end = closed.len() - rest.len();
        Some((end, format!("{}\n\n", &closed[at..end])))
    })
}

fn hide_line_ends_in_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Tag(tag) | Piece::Comment(tag) => out.push_str(&tag.replace('\n', LINE_END)),
        }
    }
    out
}

/// The parts of lists of choices, of old embedded objects, of players and the captions of figures are not divided by
/// lines.
fn join_parts(mut text: String) -> String {
    let opens = |names: &'static [&'static str]| move |tag: &str| names.iter().any(|name| tag.starts_with(name));
    if text.contains("<option") {
        text = without_space(&text, opens(&["<option"]), None);
        text = without_space(&text, |_| false, Some(&opens(&["</option>"])));
    }
    if text.contains("</object>") {
        text = without_space(&text, |_| false, Some(&opens(&["<object"])));
        text = without_space(&text, opens(&["</object>"]), None);
        let parts = opens(&["<param", "</param", "<embed", "</embed"]);
        text = without_space(&text, parts, Some(&parts));
    }
    if text.contains("<source") || text.contains("<track") {
        text = without_space(&text, |_| false, Some(&opens(&["<audio", "<video"])));
        text = without_space(&text, opens(&["</audio>", "</video>"]), None);
        let parts = opens(&["<source", "<track"]);
        text = without_space(&text, parts, Some(&parts));
    }
    if text.contains("<figcaption") {
        text = without_space(&text, opens(&["<figcaption"]), None);
        text = without_space(&text, |_| false, Some(&opens(&["</figcaption>"])));
    }
    text
}

/// Takes white space away in front of tags that `before` names and behind those that `after` names.
fn without_space(text: &str, before: impl Fn(&str) -> bool, after: Option<&dyn Fn(&str) -> bool>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut find = Find::in_text(text);
    let (mut at, mut floor) = (0, 0);
    while let Some(next) = text[at..].find('<').map(|next| at + next) {
        out.push_str(&text[at..next]);
        let here = &text[next..];
        let (goes_before, goes_after) = (before(here), after.is_some_and(|after| after(here)));
        let end = find.after(next, ">").filter(|_| goes_before || goes_after).map(|end| end + 1);
        let Some(end) = end else {
            out.push('<');
            at = next + 1;
            continue;
        };
        if goes_before {
            out.truncate(out.trim_end_matches(space).len().max(floor));
        }
        out.push_str(&text[next..end]);
        floor = out.len();
        at = if goes_after { text.len() - after_space(&text[end..]).len() } else { end };
    }
    out.push_str(&text[at..]);
    out
}

/// What stands between blank lines, in `<p>`.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    let mut paragraph = |text: &str| {
        if !text.is_empty() {
            out.push_str("<p>");
            out.push_str(text.trim_matches('\n'));
            out.push_str("</p>\n");
        }
    };
    let mut from = 0;
    while let Some(at) = rest[from..].find('\n').map(|at| from + at) {
        let run = &rest[at..rest.len() - after_space(&rest[at..]).len()];
        match run.rfind('\n').filter(|last| *last > 0) {
            Some(last) => {
                paragraph(&rest[..at]);
                rest = &rest[at + last + 1..];
                from = 0;
            }
            None => from = at + 1,
        }
    }
    paragraph(rest);
    out
}

#[cfg(test)]
mod tests;
