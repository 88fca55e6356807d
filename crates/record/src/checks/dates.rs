//! Days that do not fit: a weekday beside the wrong date, “tomorrow” beside another day, “today” on no day at all.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::reading::Reading;
use super::{Context, Report};
use crate::lexicon;
use crate::text::Paragraph;

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

const MONTHS: [&str; 12] = [
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
];

/// A date as a text writes it.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Day {
    month: i8,
    day: i8,
    year: Option<i16>,
    /// Its words.
    words: Range<usize>,
}

pub(super) fn weekday(reading: &Reading, paragraph: &Paragraph, _: &Context, report: &mut Report) {
    let words = reading.words_in(&paragraph.range);
    for at in words.clone() {
        let Some(day) = day_at(reading, at, words.end) else { continue };
        if reading.body.words[at].quoted {
            continue;
        }
        let place = |words: Range<usize>| {
            reading.body.words[words.start].range.start..reading.body.words[words.end - 1].range.end
        };
        // 2000 was a leap year: what is not in it is in no year.
        if Date::new(day.year.unwrap_or(2000), day.month, day.day).is_err() {
            let range = place(day.words.clone());
            report.at(range.clone(), format!("“{}” is in no calendar", reading.text(range)));
            continue;
        }
        let Some((weekday, named)) = weekday_beside(reading, &day, words.clone()) else { continue };
        let years = years(reading, &day);
        let falls: Vec<(i16, Weekday)> = years
            .iter()
            .filter_map(|&year| Some((year, Date::new(year, day.month, day.day).ok()?.weekday())))
            .collect();
        let Some(&(year, truly)) = falls.first() else { continue };
        if falls.iter().all(|(_, falls)| *falls != weekday) {
            let range = place(named.start.min(day.words.start)..named.end.max(day.words.end));
            let date = format!("{} {} {year}", day.day, capital(MONTHS[day.month as usize - 1]));
            report.at(range, format!("{date} falls on a {}", name(truly)));
        }
    }
}

/// The weekday named with a date: `Sunday 3 May`, `Sunday, May 3`, `3 May, a Sunday`.
fn weekday_beside(reading: &Reading, day: &Day, within: Range<usize>) -> Option<(Weekday, Range<usize>)> {
    let word = |at: usize| reading.body.of(&reading.body.words[at]);
    let near = |at: usize| reading.body.gap(at).trim_matches([' ', ',', '(', '.', '\n']).is_empty();
    let mut before = day.words.start;
    while before > within.start
        && near(before - 1)
        && matches!(word(before - 1), "the" | "of" | "morning" | "afternoon" | "evening" | "night" | "on")
    {
        before -= 1;
    }
    if before > within.start
        && near(before - 1)
        && let Some(weekday) = weekday_of(word(before - 1))
    {
        return Some((weekday, before - 1..day.words.end));
    }
    let after = day.words.end;
    if after + 1 < within.end
        && near(after - 1)
        && reading.body.gap(after - 1).contains([',', '('])
        && matches!(word(after), "a" | "which")
    {
        let at = if word(after) == "a" { after + 1 } else { after + 3 };
        let weekday = (at < within.end).then(|| weekday_of(word(at)))??;
        return Some((weekday, day.words.start..at + 1));
    }
    None
}

/// The years that a date without one may mean, the likeliest first: its last time before the article's day, and
/// its next. A year named in the same sentence counts too.
fn years(reading: &Reading, day: &Day) -> Vec<i16> {
    if let Some(year) = day.year {
        return vec![year];
    }
    let Some(date) = reading.article.date else { return Vec::new() };
    // Days until then: of the year before, this one and the next, those that a news text would leave without a year.
    let until = |year: i16| Date::new(year, day.month, day.day).ok().map(|then| (then - date).get_days());
    let mut years: Vec<(i32, i16)> = (date.year() - 1..=date.year() + 1)
        .filter_map(|year| until(year).filter(|days| (-366..=220).contains(days)).map(|days| (days.abs(), year)))
        .collect();
    years.sort_unstable();
    let named = reading.sentence(day.words.start).filter_map(|at| {
        let word = reading.body.of(&reading.body.words[at]);
        (word.len() == 4).then(|| word.parse::<i16>().ok()).flatten().filter(|year| (1700..2200).contains(year))
    });
    years.into_iter().map(|(_, year)| year).chain(named).collect()
}

/// A date that begins with this word: `3 May`, `3rd of May 2025`, `May 3`, `Sept. 26, 2025`.
fn day_at(reading: &Reading, at: usize, end: usize) -> Option<Day> {
    let word = |place: usize| if place < end { reading.body.of(&reading.body.words[place]) } else { "" };
    if !word(at).starts_with(|first: char| first.is_ascii_digit() || first.is_ascii_uppercase()) {
        return None;
    }
    let near = |place: usize| {
        place < end
            && reading.body.gap(place).len() <= 3
            && reading.body.gap(place).trim_matches([' ', '.', ',', '\n']).is_empty()
    };
    let plain = |place: usize| near(place) && !reading.body.gap(place).contains(',');
    let (month, day, mut last) = if let Some(day) = ordinal(word(at)) {
        let of = at + 1 + usize::from(word(at + 1) == "of" && plain(at));
        (month_of(word(of)).filter(|_| plain(of - 1))?, day, of)
    } else {
        let month = month_of(word(at))?;
        (month, ordinal(word(at + 1)).filter(|_| plain(at))?, at + 1)
    };
    let year = word(last + 1).parse::<i16>().ok().filter(|year| near(last) && (1700..2200).contains(year));
    last += usize::from(year.is_some());
    Some(Day { month, day, year, words: at..last + 1 })
}

pub(crate) fn ordinal(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
    let rest = &word[digits.len()..];
    if !matches!(rest, "" | "st" | "nd" | "rd" | "th") || digits.len() > 2 {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

pub(crate) fn month_of(word: &str) -> Option<i8> {
    let small = word.to_ascii_lowercase();
    let short =
        matches!(small.as_str(), "jan" | "feb" | "mar" | "apr" | "aug" | "sep" | "sept" | "oct" | "nov" | "dec");
    let found = MONTHS.iter().position(|month| *month == small || short && month.starts_with(&small))?;
    word.starts_with(char::is_uppercase).then_some(found as i8 + 1)
}

pub(crate) fn weekday_of(word: &str) -> Option<Weekday> {
    let small = word.to_ascii_lowercase();
    let found = DAYS
        .iter()
        .find(|(name, _)| *name == small || small.len() >= 3 && small.len() <= 5 && name.starts_with(&small))?;
    word.starts_with(char::is_uppercase).then_some(found.1)
}

fn name(weekday: Weekday) -> String {
    DAYS.iter().find(|(_, day)| *day == weekday).map(|(name, _)| capital(name)).unwrap_or_default()
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// Words that tell a day only to who knows the day of publication.
const RELATIVE: &[&str] = &[
    "today",
    "yesterday",
    "tomorrow",
    "tonight",
    "last night",
    "last week",
    "next week",
    "this week",
    "this morning",
    "this afternoon",
    "this evening",
    "last month",
    "next month",
    "this month",
    "last year",
    "next year",
    "this year",
];

pub(super) fn relative(reading: &Reading, _: &Context, report: &mut Report) {
    match reading.article.date {
        Some(date) => beside_another_day(reading, date, report),
        None => undated(reading, report),
    }
}

/// One finding for the whole text: one date mends all.
fn undated(reading: &Reading, report: &mut Report) {
    let words = &reading.body.words;
    let found = (0..words.len())
        .filter(|&at| !words[at].quoted)
        .find_map(|at| relative_at(reading, at).map(|length| at..at + length));
    let found = found.or_else(|| {
        (1..words.len())
            .find(|&at| {
                !words[at].quoted
                    && weekday_of(reading.body.of(&words[at])).is_some()
                    && day_at(reading, at + 1, words.len()).is_none()
            })
            .map(|at| at..at + 1)
    });
    if let Some(found) = found {
        let range = words[found.start].range.start..words[found.end - 1].range.end;
        report.at(range.clone(), format!("“{}” says nothing in an article without a date", reading.text(range)));
    }
}

fn relative_at(reading: &Reading, at: usize) -> Option<usize> {
    let words = &reading.body.words;
    let first = reading.body.of(&words[at]);
    RELATIVE.iter().find_map(|relative| {
        let mut parts = relative.split(' ');
        if !parts.next()?.eq_ignore_ascii_case(first) {
            return None;
        }
        match parts.next() {
            None => Some(1),
            Some(second) => {
                let next =
                    words.get(at + 1).filter(|next| reading.body.of(next) == second && reading.body.gap(at) == " ");
                next.map(|_| 2)
            }
        }
    })
}

/// Words for a day, and how many days it is from today.
const NEXT_TO_TODAY: [(lexicon::Key, i64); 4] = [
    (lexicon::key("today"), 0),
    (lexicon::key("tonight"), 0),
    (lexicon::key("yesterday"), -1),
    (lexicon::key("tomorrow"), 1),
];

/// `tomorrow, 25 March` in an article of 14 March.
fn beside_another_day(reading: &Reading, date: Date, report: &mut Report) {
    let words = &reading.body.words;
    for at in (0..words.len()).filter(|&at| !words[at].quoted) {
        let Some(&(_, offset)) = NEXT_TO_TODAY.iter().find(|(key, _)| *key == words[at].key) else { continue };
        let apart = |place: usize| reading.body.gap(place).trim_matches([' ', ',', '(']).is_empty();
        let mut next = at + 1;
        while next < words.len() && apart(next - 1) && weekday_of(reading.body.of(&words[next])).is_some() {
            next += 1;
        }
        let Some(day) = (next < words.len() && apart(next - 1)).then(|| day_at(reading, next, words.len())).flatten()
        else {
            continue;
        };
        let Ok(meant) = date.checked_add(offset.days()) else { continue };
        if (meant.month(), meant.day()) != (day.month, day.day) {
            let range = words[at].range.start..words[day.words.end - 1].range.end;
            let word = reading.body.of(&words[at]);
            report.at(range, format!("to an article of {date}, {word} is {meant}"));
        }
    }
}
