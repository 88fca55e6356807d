//! Dates as people write them in credits and bylines.

use std::ops::Range;

use jiff::civil::Date;

/// The first full date in a text, and the bytes that say it: `28 Jul 2025`, `July 28, 2025`, `28th
/// of July 2025`, `2025-07-28`. Days in figures alone (`07/08/2025`) mean two things and are not
/// read.
pub fn date_in(text: &str) -> Option<(Date, Range<usize>)> {
    let words = figures_and_letters(text);
    (0..words.len()).find_map(|at| {
        let word = |ahead: usize| words.get(at + ahead).map(|range| &text[range.clone()]);
        let joined = |ahead: usize, by: &[&str]| {
            (at..at + ahead).all(|at| by.contains(&text[words[at].end..words[at + 1].start].trim()))
        };
        let spaced = &["", ",", "."];
        let whole = |ahead: usize| words[at].start..words[at + ahead].end;
        let of = usize::from(word(1)? == "of");
        if let (Some(day), Some(month), Some(year)) =
            (day(word(0)?), month(word(1 + of)?), year(word(2 + of).unwrap_or_default()))
            && (joined(2 + of, spaced) || joined(2 + of, &["-"]))
        {
            return Some((Date::new(year, month, day).ok()?, whole(2 + of)));
        }
        let (first, second, third) = (word(0)?, word(1)?, word(2)?);
        if let (Some(month), Some(day), Some(year)) = (month(first), day(second), year(third))
            && joined(2, spaced)
        {
            return Some((Date::new(year, month, day).ok()?, whole(2)));
        }
        let (year, month, day) = (year(first)?, second.parse().ok()?, day(third)?);
        (second.len() == 2 && joined(2, &["-"])).then_some(())?;
        Some((Date::new(year, month, day).ok()?, whole(2)))
    })
}

fn figures_and_letters(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        match words.last_mut().filter(|word| word.end == at) {
            Some(word) => word.end = at + c.len_utf8(),
            None => words.push(at..at + c.len_utf8()),
        }
    }
    words
}

fn day(word: &str) -> Option<i8> {
    let figures = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    // An ISO time stands behind its day: "2025-07-28T09".
    let figures = figures.split_once('T').map_or(figures, |(day, _)| day);
    figures.parse().ok().filter(|day| (1..=31).contains(day))
}

fn month(word: &str) -> Option<i8> {
    #[rustfmt::skip]
    const MONTHS: [&str; 12] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ];
    let word = word.to_lowercase();
    let at = MONTHS
        .iter()
        .position(|month| *month == word || month[..3] == word || word == "sept" && *month == "september")?;
    i8::try_from(at + 1).ok()
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok())?.filter(|year| *year >= 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_where_they_are_plain() {
        let read = |text: &str| date_in(text).map(|(date, range)| (date.to_string(), text[range].to_owned()));
        let found = |date: &str, words: &str| Some((date.to_owned(), words.to_owned()));
        assert_eq!(read("on 28 Jul 2025."), found("2025-07-28", "28 Jul 2025"));
        assert_eq!(read("July 28, 2025"), found("2025-07-28", "July 28, 2025"));
        assert_eq!(read("the 1st of August 2025"), found("2025-08-01", "1st of August 2025"));
        assert_eq!(read("taken 2025-07-28"), found("2025-07-28", "2025-07-28"));
        for text in ["07/08/2025", "31 February 2025", "July 2025", "may 3 people", "28 Jul"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
