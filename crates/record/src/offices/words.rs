//! Words of a text, folded so that two ways to write one word are equal, and a tree of phrases.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::lexicon::{ByKey, Key, key};
use crate::text::{is_alphanumeric, plain_word_end};

/// Abbreviations that keep their full stop: it ends no sentence.
const DOTTED: &[&str] = &["dr", "gen", "gov", "hon", "jr", "mr", "mrs", "ms", "prof", "rep", "rt", "sen", "sr", "st"];

/// Words that join the others of a phrase.
const JOINING: &[&str] = &["and", "of", "for", "in", "to", "the", "with"];

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'t> {
    /// Where it stands, with the `’s` of a possessive.
    pub range: Range<usize>,
    /// Where it ends without the `’s`.
    pub stem_end: usize,
    /// The word in small letters without accents, apostrophes and full stops.
    pub folded: Cow<'t, str>,
    /// The number of the folded word.
    pub key: Key,
    /// It begins with a capital letter.
    pub capital: bool,
    /// It has no small letter (`US`, which is not `us`).
    pub upper: bool,
}

impl Word<'_> {
    /// It ends in `’s`.
    pub fn possessive(&self) -> bool {
        self.stem_end < self.range.end
    }
}

/// The words of a text, in one pass. Hyphens divide words; apostrophes inside do not.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if is_alphanumeric(first) {
            let end = word_end(text, at);
            words.push(word(text, at..end));
            at = end;
        } else {
            at += first.len_utf8();
        }
    }
    words
}

/// The words of a phrase, folded and without `the`, as phrases are kept and compared.
pub(super) fn phrase(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.folded.into_owned()).filter(|word| word != "the").collect()
}

/// Only a space, a line end or a hyphen stands between two words that follow each other.
pub(super) fn tight(text: &str, left: &Word<'_>, right: &Word<'_>) -> bool {
    let gap = &text[left.range.end..right.range.start];
    matches!(gap, " " | "-" | "\u{a0}" | "\n" | "\u{2011}" | "\r\n")
}

fn word_end(text: &str, start: usize) -> usize {
    // Abbreviations keep their full stop, and are short.
    if let Some(end) = plain_word_end(text, start, text.len()).filter(|end| end - start > 4) {
        return end;
    }
    let mut end = start;
    loop {
        end += text.as_bytes()[end..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let Some(c) = text[end..].chars().next() else { break };
        let after = end + c.len_utf8();
        let inside = match c {
            c if is_alphanumeric(c) => true,
            '\'' | '’' => text[after..].starts_with(char::is_alphabetic),
            // Initials: `U.S.` and `J.D.` are one word each.
            '.' => single_letter_before(&text[start..end]),
            _ => false,
        };
        if !inside {
            break;
        }
        end = after;
    }
    if text[end..].starts_with('.')
        && end - start <= 4
        && DOTTED.iter().any(|known| known.eq_ignore_ascii_case(&text[start..end]))
    {
        end += 1;
    }
    end
}

fn single_letter_before(stem: &str) -> bool {
    let mut back = stem.chars().rev();
    back.next().is_some_and(char::is_uppercase) && back.next().is_none_or(|c| c == '.')
}

fn word(text: &str, range: Range<usize>) -> Word<'_> {
    let raw = &text[range.clone()];
    if raw.bytes().all(|byte| byte.is_ascii_lowercase()) {
        let folded = fold(raw);
        return Word { stem_end: range.end, key: key(&folded), folded, capital: false, upper: false, range };
    }
    let stem = raw.strip_suffix("'s").or_else(|| raw.strip_suffix("’s")).unwrap_or(raw);
    let folded = fold(stem);
    Word {
        stem_end: range.start + stem.len(),
        key: key(&folded),
        folded,
        capital: stem.starts_with(char::is_uppercase),
        upper: !stem.contains(char::is_lowercase),
        range,
    }
}

/// Most words are small letters already and are not copied.
fn fold(stem: &str) -> Cow<'_, str> {
    let plain: Cow<'_, str> = if stem.bytes().all(|byte| byte.is_ascii_lowercase()) {
        stem.into()
    } else if stem.is_ascii() {
        small(stem).into()
    } else {
        small(&deunicode::deunicode_with_tofu(stem, "")).into()
    };
    match plain.as_ref() {
        "defense" => "defence".into(),
        "labor" => "labour".into(),
        _ => plain,
    }
}

fn small(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Phrases by their words, so that the longest one at a place is found in one walk.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    nodes: Vec<Node<T>>,
}

#[derive(Debug)]
struct Node<T> {
    /// By the keys of the words; the phrases are those of our own tables and sources.
    next: ByKey<usize>,
    value: Option<T>,
}

impl<T: Default> Phrases<T> {
    pub fn new() -> Phrases<T> {
        Phrases { nodes: vec![Node { next: ByKey::default(), value: None }] }
    }

    /// The value kept for a phrase, made when there is none.
    pub fn entry(&mut self, phrase: &[String]) -> &mut T {
        let mut at = 0;
        for word in phrase {
            at = match self.nodes[at].next.get(&key(word)) {
                Some(&next) => next,
                None => {
                    self.nodes.push(Node { next: ByKey::default(), value: None });
                    let new = self.nodes.len() - 1;
                    self.nodes[at].next.insert(key(word), new);
                    new
                }
            };
        }
        self.nodes[at].value.get_or_insert_with(T::default)
    }

    /// Words of which every phrase has one: the one of its words that the most phrases have, which is the noun
    /// (`minister`, `secretary`). A text without them has no phrase.
    pub fn nouns(&self) -> Vec<Key> {
        let mut phrases = Vec::new();
        self.collect(0, &mut Vec::new(), &mut phrases);
        let mut counts: HashMap<Key, usize> = HashMap::new();
        phrases.iter().flatten().for_each(|&word| *counts.entry(word).or_default() += 1);
        // `and` and `of` are in many wordings and in every text.
        let telling = |word: Key| !JOINING.iter().any(|small| key(small) == word);
        let noun = |phrase: &Vec<Key>| phrase.iter().copied().max_by_key(|&word| (telling(word), counts[&word], word));
        let mut nouns: Vec<Key> = phrases.iter().filter_map(noun).collect();
        for (british, american) in [("defence", "defense"), ("labour", "labor")] {
            if nouns.contains(&key(british)) {
                nouns.push(key(american));
            }
        }
        nouns.sort_unstable();
        nouns.dedup();
        nouns
    }

    fn collect(&self, node: usize, path: &mut Vec<Key>, phrases: &mut Vec<Vec<Key>>) {
        if self.nodes[node].value.is_some() {
            phrases.push(path.clone());
        }
        for (&word, &next) in &self.nodes[node].next {
            path.push(word);
            self.collect(next, path, phrases);
            path.pop();
        }
    }

    /// The longest phrase that begins at the first of the words, and how many words it takes.
    /// Inside a phrase the words may be divided by a comma (`Environment, Food and Rural Affairs`)
    /// and `the` may come in between.
    pub fn longest(&self, text: &str, words: &[Word<'_>]) -> Option<(usize, &T)> {
        let mut at = 0;
        let mut found = None;
        for (index, word) in words.iter().enumerate() {
            if index > 0 && !joined(text, &words[index - 1], word) {
                break;
            }
            if index > 0 && word.folded == "the" {
                continue;
            }
            let Some(&next) = self.nodes[at].next.get(&word.key) else { break };
            at = next;
            if let Some(value) = &self.nodes[at].value {
                found = Some((index + 1, value));
            }
        }
        found
    }
}

fn joined(text: &str, left: &Word<'_>, right: &Word<'_>) -> bool {
    tight(text, left, right) || &text[left.range.end..right.range.start] == ", "
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded.into_owned()).collect()
    }

    #[test]
    fn accents_capitals_and_american_spelling_fold_away() {
        assert_eq!(folded("António Erdoğan, Defense"), ["antonio", "erdogan", "defence"]);
    }

    #[test]
    fn initials_are_one_word_and_a_possessive_is_set_apart() {
        assert_eq!(folded("U.S. President J.D. O’Neill’s"), ["us", "president", "jd", "oneill"]);
        assert!(words("Germany’s")[0].possessive());
    }

    #[test]
    fn the_end_of_a_sentence_is_not_an_initial() {
        let text = "He met Starmer. Reeves left.";
        let words = words(text);
        assert!(!tight(text, &words[2], &words[3]));
    }

    #[test]
    fn any_text_can_be_cut_into_words() {
        for text in ["", ".", "’s", "'", "é’", "A.", "A.B", "日本の首相", "\u{301}a", "Dr", "O’’s"] {
            for word in words(text) {
                assert!(text.get(word.range.clone()).is_some() && text.get(..word.stem_end).is_some(), "{text:?}");
            }
        }
    }
}
