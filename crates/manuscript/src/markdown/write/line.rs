//! One line of text: which marks open and close in it, and when tags must do instead.

use super::{Writer, escape};
use crate::document::{Inline, Link};
use crate::format::Format;

/// How a line is written in its place.
pub(super) struct Line<'w, 'p> {
    writer: &'w Writer<'p>,
    line_break: &'static str,
    in_link: bool,
    in_table: bool,
}

/// A stretch of a line that is set in one way.
struct Stretch {
    kind: Kind,
    text: String,
    format: Format,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Text,
    Code,
    /// A link: written already.
    Whole,
    /// White space or a line break, set like what stands on both sides of it.
    Gap,
}

/// What is written after one another.
enum Token {
    Open(Format),
    Close(Format),
    Stretch(Kind, String),
}

/// The formats with their marks and tags. Those without a mark have a tag only.
const FORMATS: [(Format, &str, &str); 7] = [
    (Format::BOLD, "**", "strong"),
    (Format::ITALIC, "*", "em"),
    (Format::STRIKETHROUGH, "~~", "s"),
    (Format::UNDERLINE, "", "u"),
    (Format::SUBSCRIPT, "", "sub"),
    (Format::SUPERSCRIPT, "", "sup"),
    (Format::HIGHLIGHT, "", "mark"),
];

/// How far ahead is far enough to see which format stays open longest.
const FAR: usize = 64;

impl<'w, 'p> Line<'w, 'p> {
    pub(super) fn in_paragraph(writer: &'w Writer<'p>) -> Line<'w, 'p> {
        Line { writer, line_break: "\\\n", in_link: false, in_table: false }
    }

    /// A heading has one line.
    pub(super) fn in_heading(writer: &'w Writer<'p>) -> Line<'w, 'p> {
        Line { line_break: "<br>", ..Line::in_paragraph(writer) }
    }

    /// So has a cell, and a bar would end it.
    pub(super) fn in_table(writer: &'w Writer<'p>) -> Line<'w, 'p> {
        Line { in_table: true, ..Line::in_heading(writer) }
    }

    /// Writes the pieces of a line. Blocks inside it are the caller's business.
    pub(super) fn write(&self, pieces: &[&Inline<'_>]) -> String {
        let mut stretches = Vec::new();
        for piece in pieces {
            self.add(piece, &mut stretches);
        }
        settle_gaps(&mut stretches);
        let tokens = tokens(stretches);
        let out = self.print(&tokens, marks_work(&tokens));
        if self.in_table { out.replace('|', "\\|") } else { out }
    }

    fn add(&self, piece: &Inline<'_>, out: &mut Vec<Stretch>) {
        match piece {
            Inline::Text(text) if text.format.has(Format::CODE) => {
                let kind = if text.text.trim_matches(is_space).is_empty() { Kind::Gap } else { Kind::Code };
                push(out, kind, &text.text.replace(['\n', '\r'], " "), Format(text.format.0 & !Format::CODE.0));
            }
            Inline::Text(text) => {
                let words = text.text.trim_start_matches(is_space);
                let (before, words) = text.text.split_at(text.text.len() - words.len());
                let (words, after) = words.split_at(words.trim_end_matches(is_space).len());
                push(out, Kind::Gap, if before.is_empty() { "" } else { " " }, text.format);
                push(out, Kind::Text, words, text.format);
                push(out, Kind::Gap, if after.is_empty() { "" } else { " " }, text.format);
            }
            Inline::LineBreak(_) => push(out, Kind::Gap, self.line_break, Format::PLAIN),
            Inline::Link(link) => self.link(link, out),
            Inline::Unknown(node) => node.children.iter().for_each(|child| self.add(child, out)),
            Inline::Block(_) | Inline::Hidden(_) => {}
        }
    }

    fn link(&self, link: &Link<'_>, out: &mut Vec<Stretch>) {
        let plain = |out: &mut Vec<Stretch>| link.children.iter().for_each(|child| self.add(child, out));
        let note = link.url.strip_prefix("#fn").and_then(|number| number.parse::<u32>().ok());
        if let Some(note) = note.filter(|note| self.writer.notes.contains(note)) {
            return push(out, Kind::Whole, &format!("[^{note}]"), Format::PLAIN);
        }
        let url = self.writer.urls.link(&link.url).filter(|url| !url.trim().is_empty());
        let Some(url) = url.filter(|_| !self.in_link && !link.children.iter().all(Inline::is_blank)) else {
            return plain(out);
        };
        let inside = Line { in_link: true, in_table: false, line_break: "<br>", ..*self };
        let words = inside.write(&link.children.iter().collect::<Vec<_>>());
        if let Some(address) = bare_address(link, &url) {
            push(out, Kind::Whole, &format!("<{address}>"), Format::PLAIN);
        } else {
            // A space at the edge of a link stands beside it.
            push(out, Kind::Gap, if begins_with_space(link) { " " } else { "" }, Format::PLAIN);
            push(out, Kind::Whole, &format!("[{words}]({})", escape::destination(&url)), Format::PLAIN);
            push(out, Kind::Gap, if ends_with_space(link) { " " } else { "" }, Format::PLAIN);
        }
    }

    fn print(&self, tokens: &[Token], with_marks: bool) -> String {
        let mut out = String::new();
        for token in tokens {
            let at_line_start = out.is_empty() || out.ends_with('\n');
            match token {
                Token::Open(format) | Token::Close(format) => {
                    let (mark, tag) = names(*format);
                    let slash = if matches!(token, Token::Close(_)) { "/" } else { "" };
                    if with_marks && !mark.is_empty() {
                        out.push_str(mark);
                    } else {
                        out.push_str(&format!("<{slash}{tag}>"));
                    }
                }
                Token::Stretch(Kind::Text, text) => {
                    let begins_a_block = at_line_start && self.line_break.ends_with('\n');
                    out.push_str(&escape::text(text, begins_a_block));
                }
                // What stands in brackets and has `]:` in it would be read as the address of a reference.
                Token::Stretch(Kind::Code, code) if self.in_link && code.contains(']') => {
                    out.push_str(&format!("<code>{}</code>", escape::text(code, false)));
                }
                Token::Stretch(Kind::Code, code) => out.push_str(&escape::code(code)),
                Token::Stretch(Kind::Whole, whole) => {
                    // Before a link it would make a picture of it.
                    if whole.starts_with('[') && out.ends_with('!') {
                        out.insert(out.len() - 1, '\\');
                    }
                    out.push_str(whole);
                }
                Token::Stretch(Kind::Gap, gap) => out.push_str(gap),
            }
        }
        out
    }
}

/// Adds a stretch, or adds it to the one before that is set alike.
fn push(out: &mut Vec<Stretch>, kind: Kind, text: &str, format: Format) {
    if text.is_empty() {
        return;
    }
    match out.last_mut() {
        Some(last) if last.kind == kind && matches!(kind, Kind::Text | Kind::Code) && last.format == format => {
            last.text.push_str(text);
        }
        Some(last) if last.kind == kind && kind == Kind::Gap => {
            if last.text == " " {
                last.text.clear();
            }
            if text != " " || last.text.is_empty() {
                last.text.push_str(text);
            }
        }
        _ => out.push(Stretch { kind, text: text.to_owned(), format }),
    }
}

/// Gaps at both ends show nothing; between two stretches a gap is set as both are.
fn settle_gaps(stretches: &mut Vec<Stretch>) {
    while stretches.last().is_some_and(|last| last.kind == Kind::Gap) {
        stretches.pop();
    }
    if stretches.first().is_some_and(|first| first.kind == Kind::Gap) {
        stretches.remove(0);
    }
    for at in 1..stretches.len().saturating_sub(1) {
        if stretches[at].kind == Kind::Gap {
            stretches[at].format = Format(stretches[at - 1].format.0 & stretches[at + 1].format.0);
        }
    }
}

/// Puts in where formats open and close: what stays open longest opens first.
fn tokens(stretches: Vec<Stretch>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut open: Vec<Format> = Vec::new();
    let formats: Vec<Format> = stretches.iter().map(|stretch| stretch.format).collect();
    for (at, stretch) in stretches.into_iter().enumerate() {
        let kept = open.iter().position(|format| !stretch.format.has(*format)).unwrap_or(open.len());
        tokens.extend(open.drain(kept..).rev().map(Token::Close));
        let is_new = |format: &Format| stretch.format.has(*format) && !open.contains(format);
        let mut new: Vec<Format> = FORMATS.iter().map(|(format, ..)| *format).filter(is_new).collect();
        let length = |format: &Format| formats[at..].iter().take(FAR).take_while(|other| other.has(*format)).count();
        new.sort_by_cached_key(|format| std::cmp::Reverse(length(format)));
        tokens.extend(new.iter().copied().map(Token::Open));
        open.append(&mut new);
        tokens.push(Token::Stretch(stretch.kind, stretch.text));
    }
    tokens.extend(open.into_iter().rev().map(Token::Close));
    tokens
}

/// Whether every mark in the line would be read as one. CommonMark looks at the characters on both
/// sides; where those do not fit, or marks meet that close and open, the line is written with tags.
fn marks_work(tokens: &[Token]) -> bool {
    let mut open = 0;
    let mut before = None;
    let mut rest = tokens;
    while !rest.is_empty() {
        let marks = rest.iter().take_while(|token| !matches!(token, Token::Stretch(..))).count();
        let (group, after) = rest.split_at(marks);
        let next = after.first().and_then(|token| edge(token, |text| text.chars().next()));
        let (opening, closing) = (opening(group), group.len() - opening(group));
        let works = match (opening, closing) {
            (0, 0) => true,
            (_, 0) => is_read(group, before, next, open == 0),
            (0, _) => is_read(group, next, before, open == 1),
            _ => false,
        };
        if !works {
            return false;
        }
        open = open + opening - closing;
        before = after.first().and_then(|token| edge(token, |text| text.chars().next_back()));
        rest = after.get(1..).unwrap_or_default();
    }
    true
}

fn opening(group: &[Token]) -> usize {
    group.iter().filter(|token| matches!(token, Token::Open(_))).count()
}

/// Whether marks that all open, or all close, do just that between these two characters. Marks that
/// could do either are understood only alone: with none open around them.
fn is_read(group: &[Token], outside: Option<char>, inside: Option<char>, alone: bool) -> bool {
    let mark = |token: &Token| match token {
        Token::Open(format) | Token::Close(format) => names(*format).0,
        Token::Stretch(..) => "",
    };
    if group.iter().all(|token| mark(token).is_empty()) {
        return true;
    }
    let only_stars = group.iter().all(|token| mark(token).starts_with('*'));
    let is_in_text = inside.is_some_and(|c| !c.is_whitespace());
    let is_at_word = only_stars && inside.is_some_and(char::is_alphanumeric);
    is_in_text
        && match outside {
            None => true,
            Some(c) if c.is_ascii_whitespace() => true,
            Some(c) if c.is_ascii_punctuation() => is_at_word || (alone && group.len() == 1),
            Some(_) => is_at_word && alone && group.len() == 1,
        }
}

fn edge(token: &Token, end: impl Fn(&str) -> Option<char>) -> Option<char> {
    match token {
        Token::Stretch(Kind::Code, _) => Some('`'),
        Token::Stretch(_, text) => end(text),
        Token::Open(_) | Token::Close(_) => None,
    }
}

/// The text of a link that is its own address: `<https://a.org>`, `<me@a.org>`.
fn bare_address<'l>(link: &'l Link<'_>, url: &str) -> Option<&'l str> {
    let [Inline::Text(text)] = &link.children[..] else { return None };
    let text = (text.format == Format::PLAIN).then_some(&*text.text)?;
    let is_web = text == url && ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#@!$'*+,;=%".contains(&byte);
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_mail = url.strip_prefix("mailto:") == Some(text)
        && text.split_once('@').is_some_and(|(name, host)| name.split('.').chain(host.split('.')).all(is_word));
    ((is_web && text.bytes().all(is_plain)) || is_mail).then_some(text)
}

fn begins_with_space(link: &Link<'_>) -> bool {
    matches!(link.children.first(), Some(Inline::Text(text)) if text.text.starts_with(is_space))
}

fn ends_with_space(link: &Link<'_>) -> bool {
    matches!(link.children.last(), Some(Inline::Text(text)) if text.text.ends_with(is_space))
}

/// A format's mark and tag.
fn names(format: Format) -> (&'static str, &'static str) {
    FORMATS.iter().find(|(known, ..)| *known == format).map_or(("", ""), |(_, mark, tag)| (mark, tag))
}

/// White space that HTML folds.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}
