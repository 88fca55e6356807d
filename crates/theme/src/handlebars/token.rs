//! Source text into tokens, by the rules of Handlebars 4.
//!
//! The names of the kinds are those of handlebars.js, whose recorded token streams are the test.

use std::borrow::Cow;

use super::SyntaxProblem;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Content,
    Comment,
    Open,
    OpenUnescaped,
    OpenBlock,
    OpenEndBlock,
    OpenInverse,
    OpenInverseChain,
    OpenPartial,
    OpenPartialBlock,
    OpenRawBlock,
    Inverse,
    Close,
    CloseUnescaped,
    CloseRawBlock,
    EndRawBlock,
    OpenSubexpression,
    CloseSubexpression,
    OpenBlockParams,
    CloseBlockParams,
    Equals,
    Separator,
    Data,
    Id,
    Text,
    Number,
    Bool,
    Undefined,
    Null,
    End,
}

/// A piece of the source. The text of a string or a bracketed name comes without its escapes.
#[derive(Debug)]
pub(crate) struct Token<'s> {
    pub(crate) kind: Kind,
    pub(crate) text: Cow<'s, str>,
    /// Where it starts, in bytes.
    pub(crate) offset: usize,
}

/// Cuts a template up. The last token is always `End`.
pub(crate) fn tokens(source: &str) -> Result<Vec<Token<'_>>, SyntaxProblem> {
    let mut lexer = Lexer { source, at: 0, tokens: Vec::new() };
    while lexer.at < source.len() {
        lexer.content();
        if lexer.at < source.len() {
            lexer.mustache()?;
        }
    }
    lexer.push(Kind::End, 0);
    Ok(lexer.tokens)
}

struct Lexer<'s> {
    source: &'s str,
    at: usize,
    tokens: Vec<Token<'s>>,
}

impl<'s> Lexer<'s> {
    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let text = Cow::Borrowed(&self.source[self.at..self.at + length]);
        self.tokens.push(Token { kind, text, offset: self.at });
        self.at += length;
    }

    fn push_content(&mut self, length: usize) {
        if length > 0 {
            self.push(Kind::Content, length);
        }
    }

    /// Text up to the next mustache that stands there unescaped. `\{{` is text; `\\{{` is a
    /// backslash and a mustache.
    fn content(&mut self) {
        while let Some(length) = self.rest().find("{{") {
            let text = &self.rest()[..length];
            if text.ends_with("\\\\") {
                self.push_content(length - 1);
                self.at += 1;
                return;
            }
            let Some(before) = text.strip_suffix('\\') else {
                self.push_content(length);
                return;
            };
            self.push_content(before.len());
            self.at += 1;
            let escaped = self.rest();
            // Backslashes before the next mustache belong to that one.
            let end = escaped[2..].find("{{").map_or(escaped.len(), |found| {
                let next = found + 2;
                let backslashes = escaped[2..next].bytes().rev().take(2).take_while(|byte| *byte == b'\\').count();
                next - backslashes
            });
            self.push_content(end);
        }
        self.push_content(self.rest().len());
    }

    /// From `{{` to its `}}`.
    fn mustache(&mut self) -> Result<(), SyntaxProblem> {
        let start = self.at;
        let raw = self.rest().starts_with("{{{{");
        if raw {
            self.push(Kind::OpenRawBlock, 4);
        } else if self.opening()? {
            return Ok(());
        }
        // Elsewhere `}}}` is the end of a mustache and a brace after it.
        let triple = self.tokens.last().is_some_and(|token| token.kind == Kind::OpenUnescaped);
        loop {
            let space = self.rest().len() - self.rest().trim_start().len();
            self.at += space;
            let rest = self.rest();
            if rest.is_empty() {
                return Err(problem(start, "this `{{` is never closed"));
            } else if raw && rest.starts_with("}}}}") {
                self.push(Kind::CloseRawBlock, 4);
                return self.raw_block(start);
            } else if triple && (rest.starts_with("}~}}") || rest.starts_with("}}}")) {
                self.push(Kind::CloseUnescaped, if rest.starts_with("}~") { 4 } else { 3 });
                return Ok(());
            } else if rest.starts_with("~}}") || rest.starts_with("}}") {
                self.push(Kind::Close, if rest.starts_with('~') { 3 } else { 2 });
                return Ok(());
            }
            self.inside()?;
        }
    }

    /// The opening of a mustache; true when it was a whole one (a comment or an `{{else}}`).
    fn opening(&mut self) -> Result<bool, SyntaxProblem> {
        let rest = self.rest();
        let strip = if rest[2..].starts_with('~') { 3 } else { 2 };
        let inner = &rest[strip..];
        if inner.starts_with('!') {
            return self.comment(inner, strip);
        }
        let trimmed = inner.trim_start();
        let (inverse, is_else) = match (inner.strip_prefix('^'), trimmed.strip_prefix("else")) {
            (Some(after), _) => (Some(after), false),
            (None, Some(after)) if !after.starts_with(is_name) => (Some(after), true),
            _ => (None, false),
        };
        if let Some(after) = inverse {
            let closing = after.trim_start();
            let closed = closing.strip_prefix('~').unwrap_or(closing);
            if closed.starts_with("}}") {
                self.push(Kind::Inverse, rest.len() - closed.len() + 2);
                return Ok(true);
            }
            let kind = if is_else { Kind::OpenInverseChain } else { Kind::OpenInverse };
            self.push(kind, rest.len() - after.len());
            return Ok(false);
        }
        let (kind, length) = match inner.as_bytes() {
            [b'>', ..] => (Kind::OpenPartial, 1),
            [b'#', b'>', ..] => (Kind::OpenPartialBlock, 2),
            [b'#', b'*', ..] => (Kind::OpenBlock, 2),
            [b'#', ..] => (Kind::OpenBlock, 1),
            [b'/', ..] => (Kind::OpenEndBlock, 1),
            [b'{', ..] => (Kind::OpenUnescaped, 1),
            [b'&' | b'*', ..] => (Kind::Open, 1),
            _ => (Kind::Open, 0),
        };
        self.push(kind, strip + length);
        Ok(false)
    }

    /// `{{! … }}` ends at the first `}}`, `{{!-- … --}}` only at `--}}`.
    fn comment(&mut self, inner: &str, strip: usize) -> Result<bool, SyntaxProblem> {
        let end = if inner.starts_with("!--") {
            let plain = inner.find("--}}").map(|found| found + 4);
            let stripping = inner.find("--~}}").map(|found| found + 5);
            plain.into_iter().chain(stripping).min()
        } else {
            inner.find("}}").map(|found| found + 2)
        };
        let end = end.ok_or_else(|| problem(self.at, "this comment is never closed"))?;
        self.push(Kind::Comment, strip + end);
        Ok(true)
    }

    /// The content of `{{{{name}}}} … {{{{/name}}}}`, which may hold further raw blocks as text.
    fn raw_block(&mut self, opened: usize) -> Result<(), SyntaxProblem> {
        let (start, mut depth, mut from) = (self.at, 1, self.at);
        while let Some(found) = self.source[from..].find("{{{{").map(|found| from + found) {
            from = found + 4;
            let Some(close) = self.source[from..].strip_prefix('/') else {
                depth += 1;
                continue;
            };
            let Some(length) = close.find("}}}}").filter(|length| close[..*length].chars().all(is_name)) else {
                continue;
            };
            from += 1 + length + 4;
            depth -= 1;
            if depth == 0 {
                self.at = start;
                self.push_content(found - start);
                self.at += 5;
                self.push(Kind::EndRawBlock, length);
                self.at += 4;
                return Ok(());
            }
        }
        Err(problem(opened, "this raw block is never closed"))
    }

    /// One token between the braces.
    fn inside(&mut self) -> Result<(), SyntaxProblem> {
        let rest = self.rest();
        let first = rest.as_bytes()[0];
        let next = rest.chars().nth(1);
        match first {
            b'(' => self.push(Kind::OpenSubexpression, 1),
            b')' => self.push(Kind::CloseSubexpression, 1),
            b'=' => self.push(Kind::Equals, 1),
            b'@' => self.push(Kind::Data, 1),
            b'|' => self.push(Kind::CloseBlockParams, 1),
            b'"' | b'\'' => self.quoted(first)?,
            b'[' => self.bracketed()?,
            b'.' if rest.starts_with("..") => self.push(Kind::Id, 2),
            b'.' if next.is_some_and(ends_name) => self.push(Kind::Id, 1),
            b'.' | b'/' => self.push(Kind::Separator, 1),
            _ => self.word()?,
        }
        Ok(())
    }

    fn word(&mut self) -> Result<(), SyntaxProblem> {
        let rest = self.rest();
        if let Some(length) = block_params(rest) {
            self.push(Kind::OpenBlockParams, length);
            return Ok(());
        }
        if let Some(length) = number(rest) {
            self.push(Kind::Number, length);
            return Ok(());
        }
        let length = rest.find(|letter| !is_name(letter)).unwrap_or(rest.len());
        let after = rest[length..].chars().next();
        if let Some(odd) = after.filter(|letter| length == 0 || !ends_name(*letter)) {
            return Err(problem(self.at + length, &format!("`{odd}` cannot stand here")));
        }
        let kind = match &rest[..length] {
            _ if !after.is_some_and(ends_literal) => Kind::Id,
            "true" | "false" => Kind::Bool,
            "undefined" => Kind::Undefined,
            "null" => Kind::Null,
            _ => Kind::Id,
        };
        self.push(kind, length);
        Ok(())
    }

    fn quoted(&mut self, quote: u8) -> Result<(), SyntaxProblem> {
        let length = self.until(quote).ok_or_else(|| problem(self.at, "this string is never closed"))?;
        let inner = &self.rest()[1..length - 1];
        let quote = char::from(quote);
        let escape = format!("\\{quote}");
        let text = match inner.contains(&escape) {
            true => Cow::Owned(inner.replace(&escape, &quote.to_string())),
            false => Cow::Borrowed(inner),
        };
        self.tokens.push(Token { kind: Kind::Text, text, offset: self.at });
        self.at += length;
        Ok(())
    }

    /// `[any name]`, kept with its brackets so that `[this]` is not `this`.
    fn bracketed(&mut self) -> Result<(), SyntaxProblem> {
        let length = self.until(b']').ok_or_else(|| problem(self.at, "this `[` is never closed"))?;
        let whole = &self.rest()[..length];
        let text = match whole.contains('\\') {
            true => Cow::Owned(whole.replace("\\]", "]").replace("\\\\", "\\")),
            false => Cow::Borrowed(whole),
        };
        self.tokens.push(Token { kind: Kind::Id, text, offset: self.at });
        self.at += length;
        Ok(())
    }

    /// Length up to and with the closing sign; a backslash before it makes it an ordinary one,
    /// unless that backslash is itself escaped within brackets.
    fn until(&self, close: u8) -> Option<usize> {
        let bytes = self.rest().as_bytes();
        let mut at = 1;
        while at < bytes.len() {
            let escapes = bytes[at] == b'\\'
                && (bytes.get(at + 1) == Some(&close) || (close == b']' && bytes.get(at + 1) == Some(&b'\\')));
            if bytes[at] == close {
                return Some(at + 1);
            }
            at += if escapes { 2 } else { 1 };
        }
        None
    }
}

fn problem(offset: usize, message: &str) -> SyntaxProblem {
    SyntaxProblem { offset, message: message.to_owned() }
}

/// `as |`, with any space between.
fn block_params(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("as")?;
    let bar = after.trim_start();
    (bar.len() < after.len() && bar.starts_with('|')).then(|| rest.len() - bar.len() + 1)
}

/// `-?digits(.digits)?` with an end after it; `404/page` is a name.
fn number(rest: &str) -> Option<usize> {
    let digits = |from: usize| from + rest[from..].bytes().take_while(u8::is_ascii_digit).count();
    let start = usize::from(rest.starts_with('-'));
    let mut end = digits(start);
    if end == start {
        return None;
    }
    if rest[end..].starts_with('.') && digits(end + 1) > end + 1 {
        end = digits(end + 1);
    }
    rest[end..].starts_with(ends_literal).then_some(end)
}

/// Letters of which bare names are made: all but white space and most ASCII punctuation.
fn is_name(letter: char) -> bool {
    !letter.is_whitespace() && !"!\"#%&'()*+,./;<=>@[\\]^`{|}~".contains(letter)
}

fn ends_name(letter: char) -> bool {
    letter.is_whitespace() || "=~}/.)]|".contains(letter)
}

fn ends_literal(letter: char) -> bool {
    letter.is_whitespace() || "~})]".contains(letter)
}
