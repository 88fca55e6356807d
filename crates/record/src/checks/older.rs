//! Quotations told as new that were printed long ago.

use super::archive::Alike;
use super::reading::Reading;
use super::{Context, Report};
use crate::lexicon::kind;

/// Days within which a quotation is still the same piece of news.
const FRESH: i32 = 7;
/// Words of a quotation that is looked for: fewer are a phrase that anybody uses.
const LONG_ENOUGH: usize = 5;

pub(super) fn older(reading: &Reading, context: &Context, report: &mut Report) {
    let (Some(archive), Some(date)) = (context.archive.filter(|archive| !archive.is_empty()), reading.article.date)
    else {
        return;
    };
    for passage in &reading.geometry.passages {
        let text = reading.text(passage.inner.clone());
        if super::archive::keys(text).len() < LONG_ENOUGH {
            continue;
        }
        let first = archive.like(text, date).into_iter().find(|earlier| earlier.alike == Alike::Same);
        let Some((first, printed)) = first.and_then(|first| Some((first.date?, first.article))) else { continue };
        if (date - first).get_days() > FRESH && !told_as_old(reading, passage.range.start) {
            report.at(
                passage.range.clone(),
                format!("these words were printed on {first} ({printed}); the article tells them as new"),
            );
        }
    }
}

/// Whether the text says that the words are not new: in their sentence, or in the one before unless the
/// sentence itself gives a day of this week.
fn told_as_old(reading: &Reading, at: usize) -> bool {
    let words = &reading.body.words;
    let first = reading.words_in(&(at..reading.article.text.len())).start;
    if first >= words.len() {
        return false;
    }
    let own = reading.sentence(first);
    let any = |sentence: std::ops::Range<usize>, sign: fn(&Reading, usize) -> bool| {
        sentence.filter(|&word| !words[word].quoted).any(|word| sign(reading, word))
    };
    if any(own.clone(), is_old) {
        return true;
    }
    let same = |word: &usize| reading.paragraph_at(words[*word].range.start) == reading.paragraph_at(at);
    let before = own.start.checked_sub(1).filter(same).map(|last| reading.sentence(last));
    !any(own, is_fresh) && before.is_some_and(|before| any(before, is_old))
}

/// A month, a year, `last spring`, `a year ago`, `had told`.
fn is_old(reading: &Reading, word: usize) -> bool {
    let words = &reading.body.words;
    let text = reading.body.of(&words[word]);
    let next = words.get(word + 1).map_or("", |next| reading.body.of(next));
    let month = words[word].capital
        && (words[word].is(kind::CALENDAR) && !text.ends_with("day") || text == "May" && !words[word].begins);
    let year = text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1800..2200).contains(&year));
    let last = text.eq_ignore_ascii_case("last")
        && matches!(next, "year" | "month" | "spring" | "summer" | "autumn" | "winter" | "week" | "fall");
    let ago = matches!(text, "ago" | "earlier" | "previously" | "once" | "originally");
    let had = text == "had" && words.get(word + 1).is_some_and(|next| next.is(kind::SAY));
    month || year || last || ago || had
}

/// A day of the week, `yesterday`, `this week`.
fn is_fresh(reading: &Reading, word: usize) -> bool {
    let words = &reading.body.words;
    let text = reading.body.of(&words[word]);
    matches!(text, "today" | "yesterday" | "tonight" | "this")
        || words[word].is(kind::CALENDAR) && words[word].capital && text.ends_with("day")
}
