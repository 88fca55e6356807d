//! Reported speech without marks, by two closed patterns: “X said that …” and “…, according to X”.
//!
//! Without a parser more would be guesswork; even these are for an editor to look at, not to publish.

use std::ops::Range;

use crate::lexicon::{Key, key};
use crate::reading::Reading;

/// What a sentence reports without marks.
pub(crate) struct Report {
    pub said: Range<usize>,
    pub cue: Range<usize>,
    pub mention: usize,
}

/// Verbs after which “that” is always speech.
const SPEECH: [Key; 16] = [
    key("said"),
    key("says"),
    key("added"),
    key("announced"),
    key("confirmed"),
    key("warned"),
    key("insisted"),
    key("argued"),
    key("claimed"),
    key("admitted"),
    key("denied"),
    key("promised"),
    key("replied"),
    key("wrote"),
    key("stated"),
    key("explained"),
];

/// The reports of a text, in order.
pub(crate) fn reports(reading: &Reading) -> Vec<Report> {
    (0..reading.mentions.len())
        .filter_map(|mention| said_that(reading, mention).or_else(|| according_to(reading, mention)))
        .collect()
}

/// “X said that …”, to the end of the sentence.
fn said_that(reading: &Reading, mention: usize) -> Option<Report> {
    let end = reading.mention_items[mention].end;
    let verb = reading.items.get(end).filter(|verb| SPEECH.contains(&verb.key))?;
    let that = reading.items.get(end + 1).filter(|that| that.key == key("that") && that.sentence == verb.sentence)?;
    let said = clause(reading, end + 2, that.sentence)?;
    Some(Report { said, cue: reading.tokens[verb.token].range.clone(), mention })
}

/// “…, according to X.”
fn according_to(reading: &Reading, mention: usize) -> Option<Report> {
    let items = reading.mention_items[mention].clone();
    let start = (items.start.saturating_sub(3)..items.start).find(|&at| reading.items[at].key == key("according"))?;
    let cue = &reading.items[start];
    let first =
        reading.items[..start].iter().rposition(|item| item.sentence != cue.sentence).map_or(0, |before| before + 1);
    let comma = start.checked_sub(1).filter(|&at| at > first && reading.items[at].letter == b',')?;
    if reading.items[first..comma].iter().any(|item| item.letter == b'Q') {
        return None;
    }
    let (from, to) = (&reading.tokens[reading.items[first].token], &reading.tokens[reading.items[comma - 1].token]);
    let end = reading.tokens.get(cue.token + 1)?.range.end;
    Some(Report { said: from.range.start..to.range.end, cue: reading.tokens[cue.token].range.start..end, mention })
}

/// A sentence from an item to its stop, if none of it stands in marks.
fn clause(reading: &Reading, first: usize, sentence: usize) -> Option<Range<usize>> {
    let items = &reading.items[first.min(reading.items.len())..];
    let count = items.iter().take_while(|item| item.sentence == sentence && item.letter != b'Q').count();
    let stopped = items.get(count).is_none_or(|next| next.sentence != sentence);
    let words = items[..count].iter().filter(|item| !item.letter.is_ascii_punctuation()).count();
    let last = &reading.tokens[items.get(count.checked_sub(1)?)?.token];
    let stop = usize::from(last.is_stop(&['.', '!', '?']));
    let last = &reading.tokens[items.get(count.checked_sub(1 + stop)?)?.token];
    (stopped && words > 2).then(|| reading.tokens[items[0].token].range.start..last.range.end)
}
