//! One quotation in two wordings: in the headline and the text, or in the text and the archive.

use std::collections::HashSet;

use super::archive::{Alike, compare, in_order, keys};
use super::reading::{Line, Reading};
use super::{Context, Report};
use crate::geometry::Geometry;
use crate::lexicon::{self, kind};
use crate::text::paragraphs;

/// Words in order that a headline's quotation must share with one of the text to be taken for it.
const SHARED_IN_HEAD: f32 = 0.6;
/// The same for the archive, where more quotations wait to be mistaken.
const SHARED_IN_ARCHIVE: f32 = 0.7;
/// Words of a quotation that is looked for in the archive.
const LONG_ENOUGH: usize = 7;
/// Quotations of the headline and of the text that are compared.
const COMPARED: usize = 400;

pub(super) fn altered(reading: &Reading, context: &Context, report: &mut Report) {
    head(reading, report);
    let (Some(archive), Some(date)) = (context.archive.filter(|archive| !archive.is_empty()), reading.article.date)
    else {
        return;
    };
    for passage in &reading.geometry.passages {
        let text = reading.text(passage.inner.clone());
        // A cut that is shown is no change.
        if keys(text).len() < LONG_ENOUGH || text.contains('…') || text.contains("...") {
            continue;
        }
        let earlier = archive.like(text, date);
        if earlier.iter().any(|earlier| earlier.alike == Alike::Same) {
            continue;
        }
        let close =
            earlier.iter().find(|earlier| matches!(earlier.alike, Alike::Partly(part) if part >= SHARED_IN_ARCHIVE));
        if let Some(earlier) = close {
            report.at(passage.range.clone(), format!("“{}” in {}", earlier.text.trim(), earlier.article));
        }
    }
}

/// What the headline and the standfirst quote must be what the text quotes.
fn head(reading: &Reading, report: &mut Report) {
    let quoting = |line: &&Line| line.words.iter().any(|word| word.quoted);
    if !reading.head.iter().any(|line| quoting(&line)) {
        return; // the usual case, and the body is long
    }
    let all = keys_of_all(reading.article.text);
    let body: Vec<_> = reading
        .geometry
        .passages
        .iter()
        .take(COMPARED)
        .map(|passage| (passage, keys(reading.text(passage.inner.clone()))))
        .collect();
    let mut told = HashSet::new();
    for line in &reading.head {
        for passage in Geometry::read(line.text, &paragraphs(line.text)).passages.into_iter().take(COMPARED) {
            let quoted = keys(&line.text[passage.inner.clone()]);
            if quoted.len() < 3 || quoted.len() > 40 || all.windows(quoted.len()).any(|part| part == quoted) {
                continue;
            }
            let best = body
                .iter()
                .filter(|(_, words)| !words.is_empty() && compare(&quoted, words) != Alike::Same)
                .map(|(passage, words)| (in_order(&quoted, words), passage, words))
                .filter(|((shared, place), _, words)| {
                    // Spread over a long speech, common words meet by chance.
                    let tight = place.len() <= quoted.len() + quoted.len() / 2 + 1;
                    let telling =
                        *shared >= 4 || words[place.clone()].iter().any(|key| quoted.contains(key) && is_telling(*key));
                    *shared >= 2 && *shared as f32 / quoted.len() as f32 >= SHARED_IN_HEAD && tight && telling
                })
                .max_by_key(|((shared, _), _, _)| *shared);
            if let Some((_, passage, _)) = best
                && told.insert(passage.range.start)
            {
                let head = &line.text[passage_range(line.text, &quoted)];
                report.at(passage.range.clone(), format!("above the text this is quoted in other words: {head}"));
            }
        }
    }
}

/// The passage of a headline with these words, marks included.
fn passage_range(line: &str, quoted: &[lexicon::Key]) -> std::ops::Range<usize> {
    let passages = Geometry::read(line, &paragraphs(line)).passages;
    passages
        .into_iter()
        .find(|passage| keys(&line[passage.inner.clone()]) == quoted)
        .map_or(0..line.len(), |passage| passage.range)
}

/// The words of a text, however long.
fn keys_of_all(text: &str) -> Vec<lexicon::Key> {
    text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).map(lexicon::key).collect()
}

/// Whether a word says something by itself.
fn is_telling(key: lexicon::Key) -> bool {
    lexicon::kinds(key)
        & (kind::PRONOUN
            | kind::DETERMINER
            | kind::PREPOSITION
            | kind::AUXILIARY
            | kind::CLAUSE
            | kind::FIRST_PERSON
            | kind::PLAIN)
        == 0
}
