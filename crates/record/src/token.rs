//! Words, numbers and stops, with the sentences they stand in.

use std::ops::Range;

use crate::geometry::Passage;
use crate::lexicon::{self, Key, kind};
use crate::text::{Paragraph, is_alphanumeric, plain_word_end};

/// A word, a number or a stop. Quotation marks are no tokens.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub range: Range<usize>,
    pub key: Key,
    /// What is known of the word: bits of [`kind`].
    pub kinds: u32,
    pub class: Class,
    /// All capitals, and more than one.
    pub shouted: bool,
    pub paragraph: usize,
    /// Counted through the text; set by [`divide`].
    pub sentence: usize,
    /// The passage it stands in, marks and all; set by [`divide`].
    pub passage: Option<usize>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Class {
    /// A word with a capital.
    Capital,
    /// Any other word.
    Small,
    Number,
    Stop(char),
}

impl Token {
    pub fn is(&self, kinds: u32) -> bool {
        self.kinds & kinds != 0
    }

    pub fn is_stop(&self, stops: &[char]) -> bool {
        matches!(self.class, Class::Stop(stop) if stops.contains(&stop))
    }

    pub fn is_word(&self) -> bool {
        matches!(self.class, Class::Capital | Class::Small)
    }
}

/// The possessive ending, which is a token of its own.
pub(crate) const POSSESSIVE: Key = lexicon::key("'s");

/// The tokens of a text.
pub(crate) fn tokens(text: &str, paragraphs: &[Paragraph]) -> Vec<Token> {
    let mut found = Vec::with_capacity(text.len() / 5);
    for paragraph in paragraphs {
        let mut at = paragraph.range.start;
        while let Some(char) = text[at..paragraph.range.end].chars().next() {
            if char == ' ' {
                at += 1;
                continue;
            }
            let end = if is_alphanumeric(char) {
                word_end(text, at, paragraph.range.end)
            } else if is_possessive(text, at, paragraph.range.start) {
                at + char.len_utf8() + 1
            } else {
                at + char.len_utf8()
            };
            if let Some(class) = class(char, end - at) {
                let key = lexicon::key(&text[at..end]);
                let kinds = if matches!(class, Class::Stop(_)) { 0 } else { lexicon::kinds(key) };
                let shouted = class == Class::Capital && end - at > 1 && !text[at..end].contains(char::is_lowercase);
                found.push(Token {
                    range: at..end,
                    key,
                    kinds,
                    class,
                    shouted,
                    paragraph: paragraph.number,
                    sentence: 0,
                    passage: None,
                });
            }
            at = end;
        }
    }
    found
}

fn class(first: char, len: usize) -> Option<Class> {
    match first {
        _ if is_alphanumeric(first) => Some(match first {
            _ if first.is_uppercase() => Class::Capital,
            _ if first.is_numeric() => Class::Number,
            _ => Class::Small,
        }),
        '’' | '\'' if len > first.len_utf8() => Some(Class::Small),
        '“' | '”' | '"' | '‘' | '’' | '\'' | '„' | '‟' | '‚' | '‛' | '`' => None,
        '–' | '—' | '―' | '‒' | '-' => Some(Class::Stop('—')),
        _ if first.is_whitespace() || first.is_control() => None,
        _ => Some(Class::Stop(first)),
    }
}

/// Where the word that begins here ends: hyphens, inner apostrophes, thousands and initials belong to it.
fn word_end(text: &str, start: usize, limit: usize) -> usize {
    if let Some(end) = plain_word_end(text, start, limit) {
        return end;
    }
    let mut end = start;
    let mut initials = true;
    let mut before = '\0';
    let mut chars = text[start..limit].char_indices().peekable();
    while let Some((offset, char)) = chars.next() {
        let at = start + offset;
        let after = chars.peek().map(|&(_, after)| after);
        let joined = match char {
            _ if is_alphanumeric(char) => {
                initials &= offset == 0 || before == '.';
                true
            }
            '-' | '\u{2011}' => after.is_some_and(is_alphanumeric),
            '’' | '\'' => after.is_some_and(char::is_alphabetic) && !is_possessive(text, at, start),
            ',' => after.is_some_and(|after| after.is_ascii_digit()) && before.is_ascii_digit(),
            '.' if initials && at > start => after.is_none_or(|after| after.is_alphabetic() || offset > 1),
            '.' => after.is_some_and(|after| after.is_ascii_digit()) && before.is_ascii_digit(),
            _ => false,
        };
        if !joined {
            break;
        }
        before = char;
        end = at + char.len_utf8();
    }
    end
}

/// Whether `’s` begins here and ends a word.
fn is_possessive(text: &str, at: usize, start: usize) -> bool {
    let mut rest = text[at..].chars();
    matches!(rest.next(), Some('’' | '\''))
        && matches!(rest.next(), Some('s' | 'S'))
        && rest.next().is_none_or(|after| !is_alphanumeric(after))
        && text[start..at].ends_with(is_alphanumeric)
}

/// Numbers the sentences, and says of each token which passage it stands in.
pub(crate) fn divide(text: &str, tokens: &mut [Token], passages: &[Passage]) {
    let mut passage = 0;
    for token in tokens.iter_mut() {
        while passages.get(passage).is_some_and(|passage| passage.range.end <= token.range.start) {
            passage += 1;
        }
        token.passage =
            passages.get(passage).filter(|passage| passage.range.start <= token.range.start).map(|_| passage);
    }
    let mut sentence = 0;
    for at in 1..tokens.len() {
        sentence += usize::from(begins_sentence(text, tokens, at));
        tokens[at].sentence = sentence;
    }
}

fn begins_sentence(text: &str, tokens: &[Token], at: usize) -> bool {
    let (last, next) = (&tokens[at - 1], &tokens[at]);
    if last.paragraph != next.paragraph {
        return true;
    }
    if !last.is_stop(&['.', '!', '?', '…']) || !matches!(next.class, Class::Capital | Class::Number) {
        return false;
    }
    if last.is_stop(&['.']) && at >= 2 && tokens[at - 2].range.end == last.range.start {
        let word = &tokens[at - 2];
        if word.is(kind::ABBREVIATION) || (word.class == Class::Capital && word.range.len() == 1) {
            return false;
        }
    }
    // “Why?” Smith asked.
    let leaves = last.passage.is_some() && next.passage.is_none();
    let asks = || tokens[at..].iter().take(5).take_while(|token| token.is_word()).any(|token| token.is(kind::SAY));
    !(leaves && !text[last.range.clone()].starts_with('.') && asks())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraphs;

    fn check(text: &str, expected: &str) {
        let found = tokens(text, &paragraphs(text));
        let words: Vec<&str> = found.iter().map(|token| &text[token.range.clone()]).collect();
        assert_eq!(words.join("|"), expected);
    }

    #[test]
    fn a_possessive_is_a_token_and_a_contraction_is_a_word() {
        check("Clinton’s aide didn’t go to O’Rourke's.", "Clinton|’s|aide|didn’t|go|to|O’Rourke|'s|.");
    }

    #[test]
    fn initials_and_numbers_hold_their_stops() {
        check("J.D. paid the U.S. $1,250.50 on-line.", "J.D.|paid|the|U.S.|$|1,250.50|on-line|.");
    }

    #[test]
    fn titles_and_questions_end_no_sentence() {
        let text = "“Why?” Smith asked. Mr. Low said: “No.” He left.";
        let paragraphs = paragraphs(text);
        let mut found = tokens(text, &paragraphs);
        divide(text, &mut found, &crate::Geometry::read(text, &paragraphs).passages);
        let sentence =
            |word: &str| found.iter().find(|token| &text[token.range.clone()] == word).map(|token| token.sentence);
        assert_eq!((sentence("Why"), sentence("asked")), (Some(0), Some(0)));
        assert_eq!((sentence("Low"), sentence("No"), sentence("left")), (Some(1), Some(1), Some(2)));
    }
}
