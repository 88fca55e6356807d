//! Quotations that are nobody's.

use std::collections::HashSet;
use std::ops::Range;

use super::reading::Reading;
use super::{Context, Report};
use crate::lexicon::kind;

/// A speaker that is less likely than this is a guess.
const LIKELY: f32 = 0.68;
/// Words of a quotation that needs a speaker: fewer are a sign, a title or a cry.
const LONG_ENOUGH: usize = 4;

/// Words of a sentence that only interrupts a speaker.
const ASIDE: usize = 8;

/// Words from the head of a sentence within which its subject stands.
const SUBJECT: usize = 8;

/// A quotation that stands as a sentence of its own, where neither the model nor the sentence before it knows who speaks.
pub(super) fn unattributed(reading: &Reading, _: &Context, report: &mut Report) {
    let passages = &reading.geometry.passages;
    let introduced =
        |passage: &Range<usize>| follows_a_quotation(reading, passage) || introduced_by_name(reading, passage);
    let alone: Vec<usize> =
        (0..passages.len()).filter(|&at| is_alone(reading, at) && !introduced(&passages[at].range)).collect();
    for passage in passages.iter().filter(|passage| is_compared_by_nobody(reading, &passage.range)) {
        report.at(passage.range.clone(), "by whom? Nobody is named who says so");
    }
    if alone.is_empty() {
        return;
    }
    let mut known: HashSet<usize> = HashSet::new();
    for quote in reading.quotes() {
        let near = |passage: usize| quote.speaker.iter().any(|speaker| is_person_near(reading, speaker, passage));
        let said = quote.spans.iter().map(|span| span.start).filter(|&start| quote.confidence >= LIKELY || near(start));
        known.extend(said);
    }
    for at in alone {
        let passage = &passages[at];
        if !known.contains(&passage.inner.start) || introduced_by_nobody(reading, &passage.range) {
            report.at(passage.range.clone(), "who says this? No speaker stands near it");
        }
    }
}

/// Whether a passage is a sentence or more and no mere question, with none of the writer's words in its sentence.
fn is_alone(reading: &Reading, at: usize) -> bool {
    let passages = &reading.geometry.passages;
    let passage = &passages[at];
    let text = reading.article.text;
    let paragraph = &reading.paragraphs[passage.paragraph];
    let inner = text[passage.inner.clone()].trim();
    let whole = inner.starts_with(char::is_uppercase) && inner.ends_with(['.', '!', '…']);
    let before = text[paragraph.range.start..passage.range.start].trim_end();
    let ended = before.ends_with(['.', '!', '?']) && reading.paragraphs.get(passage.paragraph).is_some();
    let after = text[passage.range.end..paragraph.range.end].trim_start();
    let begun = after.is_empty() || after.starts_with(|char: char| char.is_uppercase() || char.is_ascii_digit());
    let runs_on = passage.runs_on || at > 0 && passages[at - 1].runs_on;
    let words = reading.words_in(&passage.inner).len();
    let lost = reading.geometry.lost.iter().any(|lost| lost.paragraph == passage.paragraph);
    // “She paused. “Yes.” He laughed”: the name that follows may be the speaker's.
    let said_after = reading.body.words[reading.words_in(&(passage.range.end..paragraph.range.end))]
        .iter()
        .take(2)
        .any(|word| word.is(kind::SAY));
    whole && ended && begun && !runs_on && words >= LONG_ENOUGH && !lost && !said_after
}

/// Whether the sentence before a passage holds a quotation, whose speaker goes on: “Yes,” she said. “It is.”
fn follows_a_quotation(reading: &Reading, passage: &Range<usize>) -> bool {
    let words = &reading.body.words;
    let Some(last) = reading.words_in(passage).start.checked_sub(1) else { return false };
    if reading.paragraph_at(words[last].range.start) != reading.paragraph_at(passage.start) {
        return false;
    }
    let sentence = reading.sentence(last);
    // “There was a pause.” interrupts, and a question is answered.
    let before = sentence.start.checked_sub(1).filter(|_| sentence.len() <= ASIDE);
    let aside = before.is_some_and(|before| reading.sentence(before).any(|at| words[at].quoted));
    aside || reading.body.gap(last).contains('?') || sentence.into_iter().any(|at| words[at].quoted)
}

/// Whether the sentence before a passage begins with a person: who does something and then speaks.
fn introduced_by_name(reading: &Reading, passage: &Range<usize>) -> bool {
    let words = &reading.body.words;
    let Some(last) = reading.words_in(passage).start.checked_sub(1) else { return false };
    let person = |at: usize| {
        let named = is_name(reading, at) && (words[at].is(kind::HE | kind::SHE | kind::TITLE) || words[at - 1].capital);
        named || matches!(reading.body.of(&words[at]), "he" | "she" | "He" | "She")
    };
    reading.sentence(last).take(SUBJECT).any(person)
}

/// Whether a speaker that was found is a person of the same paragraph.
fn is_person_near(reading: &Reading, speaker: &Range<usize>, passage: usize) -> bool {
    let same = reading.paragraph_at(speaker.start) == reading.paragraph_at(passage);
    same && reading.words_in(speaker).any(|at| {
        let word = &reading.body.words[at];
        let common = word.is(kind::PLAIN | kind::PRONOUN | kind::DETERMINER | kind::PREPOSITION);
        word.capital && !common || matches!(reading.body.of(word), "he" | "she" | "He" | "She")
    })
}

/// Whether the word is of a person's name and not of a place, “at the Spot Diner”.
fn is_name(reading: &Reading, at: usize) -> bool {
    let words = &reading.body.words;
    let first = (0..=at).rev().take(SUBJECT).take_while(|&at| words[at].capital).last().unwrap_or(at);
    let place = first > 0 && !words[first].begins && words[first - 1].is(kind::DETERMINER | kind::PREPOSITION);
    words[at].capital && !words[at].begins && !words[at].is(kind::CALENDAR) && !place
}

/// Whether a pronoun stands for persons.
fn is_anybody(word: &str) -> bool {
    ["he", "she", "they", "I", "we", "you", "who", "him", "them", "somebody", "someone", "others", "himself", "herself"]
        .iter()
        .any(|it| word.eq_ignore_ascii_case(it))
}

/// `has been compared to “…”`, with no `by` in the sentence.
fn is_compared_by_nobody(reading: &Reading, passage: &Range<usize>) -> bool {
    let words = &reading.body.words;
    let inside = reading.words_in(passage);
    let first = inside.start;
    let back = |places: usize| first.checked_sub(places).map_or("", |at| reading.body.of(&words[at]));
    let passive = matches!(back(3), "been" | "was" | "were" | "is" | "are")
        && matches!(
            back(2),
            "compared" | "likened" | "described" | "dismissed" | "hailed" | "praised" | "condemned" | "denounced"
        )
        && matches!(back(1), "to" | "with" | "as");
    passive && inside.len() >= LONG_ENOUGH && !reading.sentence(first - 1).any(|at| reading.body.of(&words[at]) == "by")
}

/// Whether the writer's sentence before a passage, in its paragraph, has nobody in it who could speak.
fn introduced_by_nobody(reading: &Reading, passage: &Range<usize>) -> bool {
    let words = &reading.body.words;
    let first = reading.words_in(passage).start;
    let Some(last) = first.checked_sub(1).filter(|&last| !words[last].quoted) else { return false };
    if reading.paragraph_at(words[last].range.start) != reading.paragraph_at(passage.start) {
        return false;
    }
    let sentence = reading.sentence(last);
    let anybody = |at: usize| {
        let word = &words[at];
        word.quoted
            || is_name(reading, at)
            || word.is(kind::PERSON | kind::GROUP | kind::SAY | kind::TITLE) && !word.is(kind::DETERMINER)
            || is_anybody(reading.body.of(word))
    };
    sentence.len() >= LONG_ENOUGH && !sentence.clone().any(anybody)
}
