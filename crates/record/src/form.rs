//! Speakers whom the form of a text tells: the label of a transcript, the signature of a reader's comment.

use std::ops::Range;

use crate::mention::Kind;
use crate::reading::Reading;

/// The speaker of a passage by its label or its signature.
pub(crate) fn told(reading: &Reading, passage: usize) -> Option<usize> {
    label_in_marks(reading, passage).or_else(|| signature(reading, passage))
}

/// “WALLACE: But, Governor, …”, and every passage of a transcript's paragraph.
fn label_in_marks(reading: &Reading, passage: usize) -> Option<usize> {
    let tokens = &reading.passage_tokens[passage];
    let at = reading.mentions.partition_point(|mention| mention.tokens.start < tokens.start);
    (reading.mentions.get(at)?.tokens.start == tokens.start).then_some(at)
}

/// “…” — Krystal Correa, Leeds
fn signature(reading: &Reading, passage: usize) -> Option<usize> {
    let item = reading.passage_items[passage];
    let paragraph = reading.passage(passage).paragraph;
    if reading.letter(item as isize + 1, paragraph) != b'-' {
        return None;
    }
    let mention = reading.mentions_before[item + 2] as usize;
    let items = reading.mention_items.get(mention)?;
    let first = reading.item(item as isize - 1).is_none_or(|before| {
        before.paragraph != paragraph || breaks(reading, before.token, reading.passage(passage).range.start)
    });
    (items.start == item + 2 && reading.is(mention, Kind::Name) && first && ends_line(reading, mention))
        .then_some(mention)
}

/// Whether a line ends after a name and at most a place and an age.
fn ends_line(reading: &Reading, mention: usize) -> bool {
    let end = reading.range(mention).end;
    let rest = &reading.text[end..];
    let line = rest.split('\n').next().unwrap_or_default();
    line.trim().is_empty()
        || (line.starts_with([',', '.', ' '])
            && line.split_whitespace().count() <= 5
            && !line.trim_end_matches('.').contains(['.', '“', '"']))
}

/// Whether a line ends between a token and a place.
fn breaks(reading: &Reading, token: usize, place: usize) -> bool {
    reading.text.get(reading.tokens[token].range.end..place).is_some_and(|between| between.contains('\n'))
}

/// An answer without marks in a transcript: its label's tokens and what was said.
pub(crate) struct Answer {
    pub label: Range<usize>,
    pub said: Range<usize>,
}

/// Most words of a label.
const LABEL: usize = 5;

/// The answers of a transcript or an interview: paragraphs that begin with a name and a colon, if there
/// are two at least. Those with passages in marks are left to the passages.
pub(crate) fn answers(reading: &Reading) -> Vec<Answer> {
    let mut found = Vec::new();
    let mut first = 0;
    for paragraph in &reading.paragraphs {
        let tokens = &reading.tokens[first..];
        let count = tokens.iter().take_while(|token| token.paragraph == paragraph.number).count();
        let tokens = &tokens[..count];
        first += count;
        let Some(colon) = tokens.iter().take(LABEL + 1).position(|token| token.is_stop(&[':'])) else { continue };
        let label = &tokens[..colon];
        let names = label.iter().filter(|token| token.is_word());
        let is_label = colon > 0
            && names.clone().count() > 0
            && names.clone().all(|token| token.shouted || token.range.len() == 1);
        let (Some(next), true) = (tokens.get(colon + 1), is_label && label.iter().all(|token| token.passage.is_none()))
        else {
            continue;
        };
        if next.passage.is_none() {
            found.push(Answer {
                label: label[0].range.start..label[colon - 1].range.end,
                said: next.range.start..paragraph.range.end,
            });
        }
    }
    if found.len() < 2 { Vec::new() } else { found }
}
