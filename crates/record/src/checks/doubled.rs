//! Words that stand twice.

use super::reading::Reading;
use super::{Context, Report};
use crate::text::Paragraph;

/// Words that rightly stand twice.
const RIGHTLY: &str = " had that is was bye ha no yes very really so long now there again well hear knock night tut pom chop never more \
    many far much too hush aye oh ah dear blah hip tick beep woof big quack baa la na who what come go run wait please boo ";

pub(super) fn doubled(reading: &Reading, paragraph: &Paragraph, _: &Context, report: &mut Report) {
    let words = reading.words_in(&paragraph.range);
    for at in words.clone().take(words.len().saturating_sub(1)) {
        let (first, second) = (&reading.body.words[at], &reading.body.words[at + 1]);
        let word = reading.body.of(first);
        let doubled = first.key == second.key
            && !first.quoted
            && reading.body.gap(at).chars().all(char::is_whitespace)
            && word.starts_with(char::is_alphabetic)
            // Duran Duran, Bora Bora; but “The The” is no name that begins a sentence.
            && !(first.capital && second.capital)
            && !is_rightly(reading, at, word);
        if doubled {
            let message = format!("“{word}” stands twice");
            report.fix(first.range.start..second.range.end, message, first.range.end..second.range.end, "");
        }
    }
}

/// Whether a doubled word may be meant. Three in a row are.
fn is_rightly(reading: &Reading, at: usize, word: &str) -> bool {
    let same =
        |other: usize| reading.body.words.get(other).is_some_and(|other| other.key == reading.body.words[at].key);
    let small = word.to_lowercase();
    let listed = RIGHTLY.split_whitespace().any(|rightly| rightly == small);
    // “The jar now now holds”: inside a clause, these are slips too.
    let slip = matches!(small.as_str(), "now" | "is" | "was" | "so" | "there" | "much" | "who" | "too")
        && !reading.body.words[at].begins
        && reading.body.gap(at + 1).chars().all(char::is_whitespace);
    (listed && !slip) || same(at + 2) || at.checked_sub(1).is_some_and(same)
}
