//! What earlier articles quoted: found again by runs of words, compared word by word.

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;

use crate::geometry::Geometry;
use crate::lexicon;
use crate::text::{Article, is_alphanumeric, paragraphs};

/// Words in a row that two quotations must share to be compared.
const RUN: usize = 4;
/// Words of a quotation that are read.
const READ: usize = 300;
/// Quotations that are remembered for one run of words; more share a commonplace.
const COMMON: usize = 32;
/// Earlier quotations that one is compared with.
const COMPARED: usize = 12;

/// The quotations of earlier articles.
#[derive(Debug, Default)]
pub struct Archive {
    said: Vec<Said>,
    runs: HashMap<u64, Vec<u32>>,
}

#[derive(Debug)]
struct Said {
    article: String,
    date: Option<Date>,
    text: String,
    words: Vec<lexicon::Key>,
}

/// A quotation found in an earlier article.
#[derive(Clone, Debug)]
pub struct Earlier<'a> {
    /// The article, as it was named to [`Archive::add`].
    pub article: &'a str,
    /// Its date.
    pub date: Option<Date>,
    /// The quotation as it was printed there.
    pub text: &'a str,
    /// How the two compare.
    pub(super) alike: Alike,
}

/// How two quotations compare.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Alike {
    /// One is the other, or a part of it.
    Same,
    /// They share words in order: this part of the longer one.
    Partly(f32),
}

impl Archive {
    /// An archive without articles.
    pub fn new() -> Archive {
        Archive::default()
    }

    /// Whether it holds no quotation.
    pub fn is_empty(&self) -> bool {
        self.said.is_empty()
    }

    /// Remembers the quotations of an article; `name` comes back in what is found.
    pub fn add(&mut self, name: &str, article: &Article) {
        let geometry = Geometry::read(article.text, &paragraphs(article.text));
        for passage in &geometry.passages {
            let words = keys(&article.text[passage.inner.clone()]);
            if words.len() < RUN {
                continue;
            }
            let place = self.said.len() as u32;
            for run in words.windows(RUN) {
                let places = self.runs.entry(hash(run)).or_default();
                if places.len() < COMMON && places.last() != Some(&place) {
                    places.push(place);
                }
            }
            let text = article.text[passage.inner.clone()].to_owned();
            self.said.push(Said { article: name.to_owned(), date: article.date, text, words });
        }
    }

    /// Earlier quotations like this one, from articles of before a day, the oldest first.
    pub(super) fn like(&self, quotation: &str, before: Date) -> Vec<Earlier<'_>> {
        let words = keys(quotation);
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for run in words.windows(RUN) {
            for &place in self.runs.get(&hash(run)).into_iter().flatten() {
                *shared.entry(place).or_default() += 1;
            }
        }
        let mut places: Vec<(usize, u32)> = shared
            .into_iter()
            .filter(|(place, _)| self.said[*place as usize].date.is_some_and(|date| date < before))
            .map(|(place, runs)| (runs, place))
            .collect();
        places.sort_unstable_by(|one, other| other.cmp(one));
        let mut found: Vec<Earlier> = places
            .into_iter()
            .take(COMPARED)
            .map(|(_, place)| {
                let said = &self.said[place as usize];
                Earlier {
                    article: &said.article,
                    date: said.date,
                    text: &said.text,
                    alike: compare(&words, &said.words),
                }
            })
            .collect();
        found.sort_by_key(|earlier| earlier.date);
        found
    }
}

/// The words of a quotation as numbers: small letters, contractions in their two parts, insertions in
/// brackets left out.
pub(super) fn keys(text: &str) -> Vec<lexicon::Key> {
    let mut found = Vec::new();
    let mut brackets = 0_usize;
    for word in text.split(|char| !(is_alphanumeric(char) || matches!(char, '’' | '\'' | '[' | ']'))) {
        if brackets == 0 && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            found.push(lexicon::key(word));
            if found.len() >= READ {
                break;
            }
            continue;
        }
        brackets += word.matches('[').count();
        let inside = brackets > 0;
        brackets = brackets.saturating_sub(word.matches(']').count());
        if inside {
            continue;
        }
        found.extend(word.split(['’', '\'', ']']).filter(|part| !part.is_empty()).map(lexicon::key));
        if found.len() >= READ {
            break;
        }
    }
    found
}

fn hash(run: &[lexicon::Key]) -> u64 {
    run.iter().fold(0, |hash: u64, key| hash.rotate_left(13) ^ key.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// How two quotations compare, word by word.
pub(super) fn compare(one: &[lexicon::Key], other: &[lexicon::Key]) -> Alike {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.is_empty() || long.windows(short.len()).any(|part| part == short) {
        return Alike::Same;
    }
    Alike::Partly(in_order(short, long).0 as f32 / long.len() as f32)
}

/// How many words of the first stand in the second in the same order, and where in the second they begin and end.
pub(super) fn in_order(one: &[lexicon::Key], other: &[lexicon::Key]) -> (usize, Range<usize>) {
    let mut table = vec![vec![0_u16; other.len() + 1]; one.len() + 1];
    for (i, a) in one.iter().enumerate() {
        for (j, b) in other.iter().enumerate() {
            table[i + 1][j + 1] = if a == b { table[i][j] + 1 } else { table[i][j + 1].max(table[i + 1][j]) };
        }
    }
    let (mut i, mut j) = (one.len(), other.len());
    let mut places = Vec::new();
    while i > 0 && j > 0 {
        if one[i - 1] == other[j - 1] {
            places.push(j - 1);
            (i, j) = (i - 1, j - 1);
        } else if table[i - 1][j] >= table[i][j - 1] {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    (places.len(), places.last().map_or(0..0, |&first| first..places[0] + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_quotation_is_the_same_quotation() {
        let long = keys("We could not let it go. It’s the road.");
        assert_eq!(compare(&keys("We could not let it go,"), &long), Alike::Same);
        assert!(
            matches!(compare(&keys("We would not let it go"), &long), Alike::Partly(part) if part > 0.4 && part < 0.6)
        );
    }

    #[test]
    fn insertions_in_brackets_are_not_the_speakers_words() {
        assert_eq!(keys("it [the ferry] is ours"), keys("it is ours"));
    }
}
