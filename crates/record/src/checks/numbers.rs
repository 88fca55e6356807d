//! Figures that disagree: with the headline, with each other, with their sum.
//!
//! Two figures of one article are seldom for one thing, so likeness alone proves nothing. What is reported is what a
//! slip makes: a headline's figure that the text lacks, beside one that differs by a digit; digits that changed
//! places; parts that miss their total by one digit; two results of one vote; two ages of one person.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::reading::{Line, Reading};
use super::{Context, Report};
use crate::lexicon::{self, kind};

/// Figures of an article that are compared: more stand only in tables.
const COMPARED: usize = 300;

/// Figures of one kind that a text has for two of them to be likely one.
const FEW: usize = 4;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    Count,
    Money,
    Percent,
    /// A result: `20-19`.
    Score(u32),
}

/// A figure of a text.
#[derive(Clone, Debug)]
struct Figure {
    value: u64,
    unit: Unit,
    /// The words that write it, with what it counts.
    words: Range<usize>,
    /// The noun after it, in the singular; 0 if none follows.
    noun: lexicon::Key,
    quoted: bool,
    /// Whether it is told as known: the twelve, all 46.
    definite: bool,
    /// Whether it is told to be all there are.
    all: bool,
}

pub(super) fn disagree(reading: &Reading, _: &Context, report: &mut Report) {
    let body = figures(&reading.body);
    let head: Vec<Figure> = reading.head.iter().flat_map(figures).collect();
    let mut told = Told { reading, report, places: Vec::new() };
    head_and_body(&head, &body, &mut told);
    slips(&head, &body, &mut told);
    known_counts(&head, &body, &mut told);
    votes(&body, &mut told);
    sums(&body, &mut told);
    ages(reading, &mut told);
    lives(reading, &mut told);
}

/// What was reported, so that one figure is reported once.
struct Told<'a, 'r> {
    reading: &'a Reading<'a>,
    report: &'a mut Report<'r>,
    places: Vec<usize>,
}

impl Told<'_, '_> {
    fn figure(&mut self, figure: &Figure, message: String) {
        self.words(figure.words.clone(), message);
    }

    fn words(&mut self, words: Range<usize>, message: String) {
        if !self.places.contains(&words.start) {
            self.places.push(words.start);
            let all = &self.reading.body.words;
            let start = all[words.start].range.start;
            // A currency sign belongs to its figure.
            let sign = self.reading.article.text[..start].chars().next_back().filter(|char| "£$€".contains(*char));
            self.report.at(start - sign.map_or(0, char::len_utf8)..all[words.end - 1].range.end, message);
        }
    }
}

/// A figure of the headline that the text lacks, and one in the text that it may have become.
fn head_and_body(head: &[Figure], body: &[Figure], told: &mut Told) {
    for figure in head.iter().filter(|figure| !matches!(figure.unit, Unit::Score(_)) && figure.value > 1) {
        // A figure of the headline counts as told if the text has it for the same thing, or has nothing else for that.
        let same = |other: &Figure| agree(figure, other) && (figure.noun == 0 || other.noun == figure.noun);
        let other_thing = body.iter().any(|other| agree(figure, other))
            && !body.iter().any(|other| other.noun == figure.noun && one_of_few(figure, other));
        if body.iter().any(same) || other_thing {
            continue;
        }
        let like = |other: &&Figure| {
            other.unit == figure.unit && !other.quoted && {
                let noun = figure.noun != 0 && figure.noun == other.noun && near(figure.value, other.value);
                noun || slip(figure.value, other.value)
            }
        };
        if let Some(other) = body.iter().find(like) {
            told.figure(other, format!("{} above the text", show(figure)));
        }
    }
}

/// Whether two small counts are of one noun and not far apart: nine coats, seven coats.
fn one_of_few(one: &Figure, other: &Figure) -> bool {
    one.noun != 0
        && one.noun == other.noun
        && one.unit == other.unit
        && one.value <= 20
        && one.value.abs_diff(other.value) <= 2
}

/// Whether two figures may be one: equal, or one rounded from the other.
fn agree(one: &Figure, other: &Figure) -> bool {
    let (a, b) = (one.value as f64, other.value as f64);
    one.value == other.value
        || trailing_zeros(one.value) != trailing_zeros(other.value)
            && (a - b).abs() / a.max(b) < 0.05
            && a.max(b) > 50.0
}

fn trailing_zeros(value: u64) -> usize {
    let (_, significant, length) = digits_of(value);
    length - significant
}

fn near(one: u64, other: u64) -> bool {
    one.abs_diff(other) * 3 <= one.max(other)
}

/// Digits that changed places, or one that changed, in figures of three digits or more.
fn slip(one: u64, other: u64) -> bool {
    swapped(one, other) || changed(one, other)
}

fn changed(one: u64, other: u64) -> bool {
    let ((a, long, length), (b, also_long, also_length)) = (digits_of(one), digits_of(other));
    let same_length = length == also_length && long == also_long;
    same_length && one >= 100 && (0..long).filter(|&at| a[at] != b[at]).count() == 1
}

fn swapped(one: u64, other: u64) -> bool {
    let ((a, long, length), (b, also_long, also_length)) = (digits_of(one), digits_of(other));
    if length != also_length {
        return false;
    }
    let mut differ = (0..long.min(also_long)).filter(|&at| a[at] != b[at]);
    matches!((differ.next(), differ.next(), differ.next()), (Some(first), Some(second), None)
        if second == first + 1 && a[first] == b[second] && a[second] == b[first])
}

/// The digits of a value, the first one first; how many there are without the zeros at the end, and how many in all.
fn digits_of(mut value: u64) -> ([u8; 20], usize, usize) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    digits.copy_within(start.., 0);
    let length = digits.len() - start;
    let zeros = digits[..length].iter().rev().take_while(|&&digit| digit == 0).count();
    (digits, length - zeros, length)
}

/// Digits that changed places between two figures of the text, or of one and the headline; digits that changed,
/// if both count the same noun.
fn slips(head: &[Figure], body: &[Figure], told: &mut Told) {
    let all: Vec<(bool, &Figure)> = head
        .iter()
        .map(|figure| (true, figure))
        .chain(body.iter().map(|figure| (false, figure)))
        .take(COMPARED)
        .collect();
    // A text that has many figures of a kind compares them: most differ rightly.
    let few = |figure: &Figure| {
        let mut values: Vec<u64> = all
            .iter()
            .filter(|(_, other)| other.unit == figure.unit && other.noun == figure.noun)
            .map(|(_, other)| other.value)
            .collect();
        values.sort_unstable();
        values.dedup();
        values.len() <= FEW
    };
    let often = |figure: &Figure| all.iter().filter(|(_, other)| other.value == figure.value).count();
    for (at, (above_one, one)) in all.iter().enumerate() {
        for (_, other) in all[at + 1..].iter().filter(|(above, other)| !above && other.unit == one.unit) {
            let noun = one.noun != 0 && one.noun == other.noun && one.unit == Unit::Count;
            let long = |least: usize| digits_of(one.value).1 >= least;
            if one.value == other.value {
                continue;
            }
            let places = one.value >= 100
                && one.unit != Unit::Percent
                && swapped(one.value, other.value)
                && (long(3) || noun || *above_one && one.unit == Unit::Count && (one.noun == 0 || other.noun == 0));
            let digit = noun && changed(one.value, other.value) && long(2);
            // “eleven seconds” twice and “twelve seconds” once.
            let step = noun
                && one.value.abs_diff(other.value) == 1
                && one.value.min(other.value) > 4
                && often(one).abs_diff(often(other)) > 0
                && often(one).min(often(other)) == 1;
            let money = one.unit == Unit::Money
                && changed(one.value, other.value)
                && long(2)
                && often(one).max(often(other)) > 1
                && often(one).min(often(other)) == 1;
            if !(places || digit || step || money) || !few(one) || matches!(one.unit, Unit::Score(_)) {
                continue;
            }
            // The one that stands more often is right; of two that stand once, the one in quotation marks or else the first is.
            let in_body = body.iter().any(|figure| std::ptr::eq(figure, *one));
            let rarer = often(one) < often(other) || often(one) == often(other) && other.quoted && !one.quoted;
            let (wrong, right) = if in_body && rarer { (one, other) } else { (other, one) };
            told.figure(wrong, format!("{} elsewhere", show(right)));
        }
    }
}

/// `all 39 notices`, `the twelve`: a count told as known that is not the one told before.
fn known_counts(head: &[Figure], body: &[Figure], told: &mut Told) {
    let all: Vec<&Figure> = head.iter().chain(body).take(COMPARED).collect();
    for figure in body
        .iter()
        .take(COMPARED)
        .filter(|figure| figure.definite && figure.unit == Unit::Count && figure.value > 6 && !figure.quoted)
    {
        let alone = all.iter().filter(|other| other.value == figure.value).count() == 1;
        let close = |other: &&&Figure| {
            let nouns =
                figure.noun == 0 || other.noun == figure.noun || figure.all && other.value.abs_diff(figure.value) <= 2;
            other.unit == Unit::Count && nouns && one_off(figure.value, other.value)
        };
        let before = all.iter().filter(|other| {
            other.words.start < figure.words.start || head.iter().any(|above| std::ptr::eq(above, **other))
        });
        if let Some(other) = before.filter(close).find(|_| alone) {
            told.figure(figure, format!("{} before", show(other)));
        }
    }
}

/// Whether two counts below a thousand are one apart, or apart by their last digit.
fn one_off(one: u64, other: u64) -> bool {
    let last = one > 12 && one / 10 == other / 10 && one != other;
    one < 1_000 && (one.abs_diff(other) == 1 || last)
}

/// Two results of one vote.
fn votes(body: &[Figure], told: &mut Told) {
    let reading = told.reading;
    let of_vote = |figure: &&Figure| {
        let around = figure.words.start.saturating_sub(3)..(figure.words.end + 2).min(reading.body.words.len());
        matches!(figure.unit, Unit::Score(_))
            && around.into_iter().any(|at| {
                matches!(
                    reading.body.of(&reading.body.words[at]),
                    "vote" | "votes" | "voted" | "Voted" | "passed" | "split"
                )
            })
    };
    let mut results = body.iter().filter(of_vote);
    let Some(first) = results.next() else { return };
    let (Unit::Score(against), total) = (first.unit, |figure: &Figure| {
        figure.value + if let Unit::Score(against) = figure.unit { u64::from(against) } else { 0 }
    }) else {
        return;
    };
    for other in results
        .filter(|other| total(other) == total(first) && other.value != first.value && other.value != u64::from(against))
    {
        told.figure(other, format!("{}-{against} before", first.value));
    }
}

/// Shares of more than a hundred per cent, and parts that miss their total by what a slip makes.
fn sums(body: &[Figure], told: &mut Told) {
    let reading = told.reading;
    let paragraph = |figure: &Figure| reading.paragraph_at(reading.body.words[figure.words.start].range.start);
    for pair in body.windows(2).filter(|pair| pair.iter().all(|figure| figure.unit == Unit::Percent && !figure.quoted))
    {
        let sentence = reading.sentence(pair[0].words.start);
        let opposed = |word: &str| {
            matches!(word, "against" | "opposed" | "disapproved" | "disagreed" | "no" | "rejected" | "leave" | "oppose")
        };
        let both = sentence.contains(&pair[1].words.start);
        let complement = (pair[0].words.start..(pair[1].words.end + 5).min(sentence.end))
            .any(|at| opposed(reading.body.of(&reading.body.words[at])));
        if both && complement && pair[0].value + pair[1].value > 100 * SCALE {
            told.figure(&pair[1], format!("{} and {} make more than 100 per cent", show(&pair[0]), show(&pair[1])));
        }
    }
    let mut start = 0;
    while start < body.len() {
        let number = paragraph(&body[start]);
        let end = (start..body.len()).find(|&at| paragraph(&body[at]) != number).unwrap_or(body.len());
        let counts: Vec<&Figure> = body[start..end.min(start + 24)]
            .iter()
            .filter(|figure| figure.unit == Unit::Count && !figure.quoted)
            .collect();
        for length in 3..=5 {
            for parts in counts.windows(length) {
                parts_of(parts, &counts, told);
            }
        }
        start = end;
    }
}

/// Whether one slip in these parts keeps them from making a total that stands beside them.
fn parts_of(parts: &[&Figure], beside: &[&Figure], told: &mut Told) {
    let sum: u64 = parts.iter().map(|part| part.value).sum();
    let totals =
        || beside.iter().filter(|total| !parts.iter().any(|part| std::ptr::eq(*part, **total)) && total.value >= 100);
    if totals().any(|total| total.value == sum) {
        return;
    }
    for total in totals().filter(|total| parts.iter().all(|part| part.value < total.value)) {
        for part in parts {
            let Some(meant) = (total.value + part.value).checked_sub(sum) else { continue };
            if swapped(part.value, meant) || changed(part.value, meant) {
                let listed: Vec<String> = parts.iter().map(|part| show(part)).collect();
                told.figure(part, format!("{} make {sum}, not {}", listed.join(", "), show(total)));
                return;
            }
        }
    }
}

/// Two ages of one person: `Ada Thorne, 41,` and `Ada Thorne, 42,`.
fn ages(reading: &Reading, told: &mut Told) {
    let words = &reading.body.words;
    let mut known: HashMap<String, &str> = HashMap::new();
    for mention in reading.mentions().iter().filter(|mention| mention.name.len() > 1) {
        let end = mention.name.end;
        let comma = |at: usize| reading.body.gap(at).starts_with(',');
        if end >= words.len() || !comma(end - 1) || !(comma(end) || reading.body.gap(end).starts_with('.')) {
            continue;
        }
        let age = reading.body.of(&words[end]);
        if age.len() != 2 || age.parse::<u8>().is_err() {
            continue;
        }
        let name = reading.text(words[mention.name.start].range.start..words[end - 1].range.end);
        let first = *known.entry(name.to_owned()).or_insert(age);
        if first != age {
            told.words(mention.name.start..end + 1, format!("{name} is {first} before"));
        }
    }
}

/// An age at death that the years of birth and death do not make.
fn lives(reading: &Reading, told: &mut Told) {
    let words = &reading.body.words;
    let word = |at: usize| words.get(at).map_or("", |word| reading.body.of(word));
    let year = |from: usize| {
        (from + 1..from + 6).find_map(|at| word(at).parse::<i32>().ok().filter(|year| (1700..2200).contains(year)))
    };
    // One sentence tells both, as notices of a death end.
    let both = (0..words.len()).filter(|&at| word(at) == "born").find_map(|born| {
        let died = (born + 1..born + 16).find(|&at| word(at) == "died")?;
        Some((year(born)?, year(died)?))
    });
    let Some((born, died)) = both else { return };
    for at in 0..words.len() {
        let length = match (word(at), word(at + 1)) {
            ("aged", _) => 1,
            ("age", "of") => 2,
            _ => continue,
        };
        let dead =
            (at.saturating_sub(8)..at).any(|before| matches!(word(before), "died" | "die" | "dead" | "dies" | "death"));
        let Ok(age) = word(at + length).parse::<i32>() else { continue };
        if dead && ![died - born, died - born - 1].contains(&age) {
            told.words(
                at..at + length + 1,
                format!("from {born} to {died} it is {} or {} years", died - born - 1, died - born),
            );
        }
    }
}

/// Percentages are counted in hundredths.
const SCALE: u64 = 100;

/// The figures of a text. Years, dates, times and ordinals are none.
fn figures(line: &Line) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.words.len() {
        let Some((figure, next)) = figure_at(line, at) else {
            at += 1;
            continue;
        };
        found.extend(figure);
        at = next;
    }
    found
}

/// The figure that begins at a word, and where the words after it begin; nothing if the word is no number.
fn figure_at(line: &Line, at: usize) -> Option<(Option<Figure>, usize)> {
    let text = line.of(&line.words[at]);
    // Nearly all words are no numbers; their first letter tells.
    if !text.starts_with(|first: char| first.is_ascii_digit() || "ztofsenZTOFSEN".contains(first)) {
        return None;
    }
    let start = line.words[at].range.start;
    let sign = line.text[..start].chars().next_back();
    if let Some((one, other)) = text.split_once(['-', '–']).and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)))
    {
        return Some((Some(figure(line, at..at + 1, one, Unit::Score(other))), at + 1));
    }
    let (mut value, mut end) = digits(text).map(|value| (value, at + 1)).or_else(|| spelled(line, at))?;
    let word = |place: usize| line.words.get(place).map_or("", |word| line.of(word));
    let spaced = |place: usize| line.gap(place - 1) == " ";
    if let Some(scale) = scale(word(end)).filter(|_| spaced(end)) {
        value *= scale;
        end += 1;
    }
    let percent = line.gap(end - 1).starts_with('%')
        || spaced(end) && (word(end).eq_ignore_ascii_case("percent") || word(end) == "per" && word(end + 1) == "cent");
    let unit = match sign {
        _ if percent => Unit::Percent,
        Some('£' | '$' | '€') => Unit::Money,
        _ => Unit::Count,
    };
    if percent && !line.gap(end - 1).starts_with('%') {
        end += 1 + usize::from(word(end) == "per");
    }
    // Hundredths, so that 2.5 per cent is a whole number; counts are whole, or no counts.
    let hundredths = (value * SCALE as f64).round();
    if !(0.0..1e15).contains(&hundredths) {
        return Some((None, end));
    }
    let whole = if unit == Unit::Percent { hundredths as u64 } else { value as u64 };
    let broken = unit == Unit::Count && value.fract() != 0.0;
    let time = line.gap(end - 1).starts_with(':')
        || sign == Some(':')
        || matches!(word(end), "a.m" | "p.m" | "am" | "pm")
        || text.len() == 5 && text.as_bytes()[2] == b'.';
    let year = unit == Unit::Count && text.len() == 4 && (1500.0..2200.0).contains(&value) && !text.contains(',');
    let month = |place: usize| {
        line.words
            .get(place)
            .is_some_and(|word| word.capital && (word.is(kind::CALENDAR) || MONTHS.contains(&line.of(word))))
    };
    let date = value <= 31.0 && (month(end) && spaced(end) || at > 0 && month(at - 1));
    let part = at > 0
        && matches!(
            word(at - 1),
            "No" | "Number" | "number" | "Route" | "Room" | "Highway" | "Channel" | "page" | "article" | "section"
        );
    let figure = (!(broken || time || year || date || part)).then(|| figure(line, at..end, whole, unit));
    Some((figure, end))
}

const MONTHS: [&str; 8] = ["May", "Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec"];

fn figure(line: &Line, words: Range<usize>, value: u64, unit: Unit) -> Figure {
    let next = line.words.get(words.end).filter(|_| line.gap(words.end - 1) == " ");
    let stop = kind::PREPOSITION | kind::DETERMINER | kind::PRONOUN | kind::AUXILIARY | kind::CLAUSE | kind::CALENDAR;
    let noun = next.filter(|next| {
        !next.capital
            && !next.is(stop)
            && !line.of(next).ends_with("ed")
            && !matches!(line.of(next), "and" | "or" | "more" | "other" | "times" | "of" | "but" | "were" | "was")
    });
    let before =
        words.start.checked_sub(1).filter(|&before| line.gap(before) == " ").map(|before| line.of(&line.words[before]));
    let others =
        next.is_some_and(|next| matches!(line.of(next), "other" | "others" | "remaining" | "new" | "more" | "or"));
    let noun_words = usize::from(noun.is_some());
    Figure {
        value,
        unit,
        noun: noun.map_or(0, |noun| singular(line.of(noun))),
        quoted: line.words[words.start].quoted,
        definite: matches!(before, Some("the" | "all" | "All" | "The" | "those" | "these")) && !others,
        all: matches!(before, Some("all" | "All")),
        words: words.start..words.end + noun_words,
    }
}

fn singular(noun: &str) -> lexicon::Key {
    lexicon::key(noun.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(noun))
}

/// `2,318`, `4.8m`, `640k`; nothing for `22nd` or `90mph`.
fn digits(word: &str) -> Option<f64> {
    let end = word.find(|char: char| !(char.is_ascii_digit() || char == ',' || char == '.')).unwrap_or(word.len());
    let (number, unit) = word.split_at(end);
    let factor = if unit.is_empty() { 1.0 } else { scale(unit)? };
    if number.is_empty() || number.len() > 15 {
        return None;
    }
    number.replace(',', "").parse::<f64>().ok().map(|value| value * factor)
}

fn scale(word: &str) -> Option<f64> {
    match word {
        "hundred" => Some(100.0),
        "thousand" | "k" => Some(1e3),
        "million" | "m" => Some(1e6),
        "billion" | "bn" => Some(1e9),
        _ => None,
    }
}

const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A number in words, to 999: `two hundred and eighty-six`, and where the words after it begin.
fn spelled(line: &Line, at: usize) -> Option<(f64, usize)> {
    let small = |place: usize| line.words.get(place).and_then(|word| IN_WORDS.get(&word.key).copied());
    let is = |place: usize, word: &str| line.words.get(place).is_some_and(|found| line.of(found) == word);
    let first = small(at)?;
    if !is(at + 1, "hundred") {
        // “one” is oftener a pronoun.
        return (first != 1).then_some((first as f64, at + 1));
    }
    let and = usize::from(is(at + 2, "and"));
    match small(at + 2 + and) {
        Some(rest) => Some(((first * 100 + rest) as f64, at + 3 + and)),
        None => Some(((first * 100) as f64, at + 2)),
    }
}

/// Words for the numbers below a hundred.
static IN_WORDS: LazyLock<lexicon::ByKey<u64>> = LazyLock::new(|| {
    let below_twenty = UNITS.iter().zip(0..).map(|(unit, value)| (lexicon::key(unit), value));
    let above = TENS.iter().zip([20, 30, 40, 50, 60, 70, 80, 90]).flat_map(|(ten, tens)| {
        let with_unit = (1..10).map(move |unit| (lexicon::key(&format!("{ten}-{}", UNITS[unit])), tens + unit as u64));
        with_unit.chain([(lexicon::key(ten), tens)])
    });
    below_twenty.chain(above).collect()
});

fn show(figure: &Figure) -> String {
    match figure.unit {
        Unit::Percent => format!("{} per cent", figure.value as f64 / SCALE as f64),
        Unit::Score(other) => format!("{}-{other}", figure.value),
        _ => {
            let digits = figure.value.to_string();
            let mut shown = String::new();
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at).is_multiple_of(3) {
                    shown.push(',');
                }
                shown.push(digit);
            }
            shown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_swaps_two_digits_or_changes_one() {
        assert!(swapped(2318, 2381) && swapped(42, 24) && changed(840_000, 820_000));
        assert!(!slip(2318, 2183) && !slip(40, 41) && !slip(1000, 100));
    }
}
