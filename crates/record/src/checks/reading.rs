//! An article as the checks read it: words, sentences and what stands in quotation marks, found once for all.

use std::cell::OnceCell;
use std::ops::Range;

use super::names::{Mention, mentions};
use crate::geometry::Geometry;
use crate::lexicon::{self, kind};
use crate::model::Weights;
use crate::quotes::{Quote, quotes_in};
use crate::text::{Article, Paragraph, is_alphanumeric, paragraphs, plain_word_end};

/// A word or a number.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub range: Range<usize>,
    /// Its number in the lexicon.
    pub key: lexicon::Key,
    /// What is known of it; see [`kind`].
    pub kinds: u32,
    /// Whether it begins a sentence, so that its capital tells nothing.
    pub begins: bool,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
}

impl Word {
    pub fn is(&self, kinds: u32) -> bool {
        self.kinds & kinds != 0
    }
}

/// A text with its words.
pub(super) struct Line<'a> {
    pub text: &'a str,
    pub words: Vec<Word>,
}

impl<'a> Line<'a> {
    /// A headline or a standfirst.
    fn new(text: &'a str) -> Line<'a> {
        let paragraphs = paragraphs(text);
        Line { text, words: words(text, &paragraphs, &Geometry::read(text, &paragraphs)) }
    }

    pub fn of(&self, word: &Word) -> &'a str {
        &self.text[word.range.clone()]
    }

    /// What stands between a word and the next one.
    pub fn gap(&self, at: usize) -> &'a str {
        let end = self.words.get(at + 1).map_or(self.text.len(), |next| next.range.start);
        &self.text[self.words[at].range.end..end]
    }
}

/// An article and what was found in it.
pub(super) struct Reading<'a> {
    pub article: &'a Article<'a>,
    pub paragraphs: Vec<Paragraph>,
    pub geometry: &'a Geometry,
    pub body: Line<'a>,
    /// The headline and the standfirst, those that there are.
    pub head: Vec<Line<'a>>,
    /// As the model sees it.
    model: &'a crate::reading::Reading<'a>,
    said: OnceCell<Vec<Quote>>,
    names: OnceCell<Vec<Mention>>,
}

impl<'a> Reading<'a> {
    pub fn new(article: &'a Article<'a>, model: &'a crate::reading::Reading<'a>) -> Reading<'a> {
        let paragraphs = model.paragraphs.clone();
        let geometry = &model.geometry;
        let words = words(article.text, &paragraphs, geometry);
        let head = [article.title, article.standfirst].into_iter().flatten().map(Line::new).collect();
        let body = Line { text: article.text, words };
        Reading { article, paragraphs, geometry, body, head, model, said: OnceCell::new(), names: OnceCell::new() }
    }

    /// The quotations, found at the first question.
    pub fn quotes(&self) -> &[Quote] {
        self.said.get_or_init(|| quotes_in(self.article, self.model, Weights::built_in()))
    }

    /// The same, when nobody asks any more.
    pub fn into_quotes(self) -> Vec<Quote> {
        self.quotes();
        self.said.into_inner().unwrap_or_default()
    }

    /// The names outside quotation marks, found at the first question.
    pub fn mentions(&self) -> &[Mention] {
        self.names.get_or_init(|| mentions(self))
    }

    /// The text of a place.
    pub fn text(&self, range: Range<usize>) -> &'a str {
        &self.article.text[range]
    }

    /// The numbers of the words that begin in a place.
    pub fn words_in(&self, range: &Range<usize>) -> Range<usize> {
        let from = self.body.words.partition_point(|word| word.range.start < range.start);
        from..self.body.words.partition_point(|word| word.range.start < range.end).max(from)
    }

    /// The paragraph in which a byte stands.
    pub fn paragraph_at(&self, byte: usize) -> Option<usize> {
        let after = self.paragraphs.partition_point(|paragraph| paragraph.range.start <= byte);
        self.paragraphs.get(after.checked_sub(1)?).filter(|paragraph| byte <= paragraph.range.end).map(|it| it.number)
    }

    /// The words of the sentence around a word.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let words = &self.body.words;
        let paragraph = self.paragraph_at(words[at].range.start);
        let begins = |at: &usize| {
            words[*at].begins
                && !(words[*at].quoted
                    && *at > 0
                    && self.body.gap(at - 1).chars().all(|char| !matches!(char, '.' | '!' | '?')))
        };
        let start = (at.saturating_sub(SENTENCE)..=at).rev().find(begins).unwrap_or(at.saturating_sub(SENTENCE));
        let limit = words.len().min(at + SENTENCE);
        let end = (at + 1..limit)
            .find(|next| begins(next) || self.paragraph_at(words[*next].range.start) != paragraph)
            .unwrap_or(limit);
        start..end
    }
}

/// Words of a sentence that are read on each side.
const SENTENCE: usize = 60;

/// The words of a text, paragraph by paragraph. Apostrophes and hyphens inside a word belong to it, as do the
/// points of a number and of an abbreviation in single letters.
fn words(text: &str, paragraphs: &[Paragraph], geometry: &Geometry) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::with_capacity(text.len() / 6);
    let mut passages = geometry.passages.iter().peekable();
    for paragraph in paragraphs {
        let mut at = paragraph.range.start;
        let mut first = true;
        while let Some(range) = next_word(text, at..paragraph.range.end) {
            while passages.next_if(|passage| passage.range.end <= range.start).is_some() {}
            let quoted = passages.peek().is_some_and(|passage| passage.range.start <= range.start);
            let gap = &text[at..range.start];
            let word = &text[range.clone()];
            let key = lexicon::key(word);
            found.push(Word {
                begins: first || begins_after(gap, found.last(), text),
                capital: word.starts_with(char::is_uppercase),
                kinds: lexicon::kinds(key),
                key,
                quoted,
                range: range.clone(),
            });
            at = range.end;
            first = false;
        }
    }
    found
}

fn next_word(text: &str, within: Range<usize>) -> Option<Range<usize>> {
    // After most words comes one space, and then a plain word.
    let start = within.start + usize::from(text.as_bytes().get(within.start) == Some(&b' '));
    if let Some(end) = plain_word_end(text, start, within.end) {
        return Some(start..end);
    }
    let mut chars = text[within.clone()].char_indices().map(|(at, char)| (at + within.start, char)).peekable();
    let (start, mut last) = chars.find(|&(_, char)| is_alphanumeric(char))?;
    let mut end = start + last.len_utf8();
    // Letters since the last point, to tell U.S. from the end of a sentence.
    let mut letters = 1;
    while let Some((at, char)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let joins = |test: fn(char) -> bool| next.is_some_and(test);
        let inside = match char {
            _ if is_alphanumeric(char) || is_accent(char) => true,
            '\'' | '’' | '-' | '‑' | '–' => joins(is_alphanumeric) && (char != '–' || last.is_numeric()),
            '.' | ',' if last.is_ascii_digit() => joins(|next| next.is_ascii_digit()),
            '.' if letters == 1 && last.is_alphabetic() => {
                joins(char::is_alphabetic) && is_initial(&text[at + 1..within.end])
            }
            _ => false,
        };
        if !inside {
            break;
        }
        letters = if char.is_alphabetic() { letters + 1 } else { 0 };
        last = char;
        end = at + char.len_utf8();
    }
    Some(start..end)
}

/// Whether a text begins with one letter by itself.
fn is_initial(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    chars.next().is_none_or(|char| !is_alphanumeric(char))
}

fn is_accent(char: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&char)
}

/// Whether a sentence begins after this gap.
fn begins_after(gap: &str, before: Option<&Word>, text: &str) -> bool {
    // Between most words.
    if gap == " " {
        return false;
    }
    let opens = gap.trim_end_matches(['"', '\'']);
    let opened = opens.len() < gap.len() && opens.ends_with([' ', '(', '\n', '—']);
    if opened || gap.contains(['!', '?', '…', '\n', '“', '‘', '•', ':']) || gap.contains("...") {
        return true;
    }
    let Some(before) = before.filter(|_| gap.contains('.')) else { return false };
    let word = &text[before.range.clone()];
    let initial = word.chars().count() == 1 && before.capital;
    !(initial || before.is(kind::ABBREVIATION) && before.capital)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let article = Article::of_text(text);
        let model = crate::reading::Reading::new(text, Weights::built_in());
        let reading = Reading::new(&article, &model);
        reading
            .body
            .words
            .iter()
            .map(|word| format!("{}{}", if word.begins { "^" } else { "" }, reading.body.of(word)))
            .collect()
    }

    #[test]
    fn words_keep_their_inner_points_and_apostrophes() {
        assert_eq!(
            read("It’s £2,318.50, a U.S. four-day O’Rourke."),
            ["^It’s", "2,318.50", "a", "U.S", "four-day", "O’Rourke"]
        );
    }

    #[test]
    fn an_abbreviation_ends_no_sentence() {
        assert_eq!(read("Sen. J. Ruiz left. He ran."), ["^Sen", "J", "Ruiz", "left", "^He", "ran"]);
    }
}
