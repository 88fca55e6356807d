//! Which people a text names, well enough to find related articles. The room
//! `record` will know speakers; this is only a count of capitalised names.

use std::collections::BTreeMap;

/// Most people kept of one text.
pub const MOST: usize = 12;

/// Longest word of a name, in bytes.
pub const LONGEST_WORD: usize = 60;

/// Words that begin a sentence or a title, but no name.
const NOT_NAMES: &[&str] = &[
    "a",
    "an",
    "and",
    "as",
    "at",
    "but",
    "by",
    "for",
    "from",
    "he",
    "her",
    "his",
    "how",
    "i",
    "if",
    "in",
    "it",
    "its",
    "last",
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "dame",
    "lord",
    "lady",
    "president",
    "minister",
    "prime",
    "chancellor",
    "secretary",
    "councillor",
    "cllr",
    "mayor",
    "professor",
    "no",
    "not",
    "now",
    "of",
    "on",
    "one",
    "or",
    "our",
    "she",
    "so",
    "some",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "to",
    "two",
    "we",
    "what",
    "when",
    "while",
    "who",
    "why",
    "with",
    "you",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "north",
    "south",
    "east",
    "west",
    "new",
    "great",
    "old",
    "upper",
    "lower",
];

/// Folded names (lower case, one space) of people that the text names at least
/// once in full: two or three capitalised words in a row. The most often named
/// first, at most [`MOST`].
pub fn named(text: &str) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut run: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = bare.strip_suffix("’s").or_else(|| bare.strip_suffix("'s")).unwrap_or(bare);
        let opens = word.starts_with(['“', '"', '(', '‘']);
        if opens {
            close(&mut run, &mut counts);
        }
        if is_name_word(bare) {
            run.push(bare.to_lowercase());
        } else {
            close(&mut run, &mut counts);
        }
        if word.ends_with(['.', ',', ';', ':', '!', '?', '”', ')', '"']) {
            close(&mut run, &mut counts);
        }
    }
    close(&mut run, &mut counts);
    let mut names: Vec<(String, usize)> = counts.into_iter().collect();
    names.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    names.into_iter().take(MOST).map(|(name, _)| name).collect()
}

fn is_name_word(word: &str) -> bool {
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return false };
    // Longer than any name: two of them would be a key that no index takes.
    if word.len() > LONGEST_WORD {
        return false;
    }
    let shape = first.is_uppercase() && letters.next().is_some_and(|c| c.is_lowercase() || c == '’' || c == '\'');
    shape && !NOT_NAMES.contains(&word.to_lowercase().as_str())
}

fn close(run: &mut Vec<String>, counts: &mut BTreeMap<String, usize>) {
    if (2..=3).contains(&run.len()) {
        *counts.entry(run.join(" ")).or_default() += 1;
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_name_is_found_without_its_title() {
        assert_eq!(
            named("Sir Keir Starmer met Emmanuel Macron on Monday. “Nato is not for sale,” said Keir Starmer’s aide."),
            ["keir starmer", "emmanuel macron"]
        );
    }

    #[test]
    fn a_sentence_without_names_names_nobody() {
        assert!(named("The council said on Tuesday that it would not. Some of them left.").is_empty());
    }
}
