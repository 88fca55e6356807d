//! To whom something was said, where, and on which day, as the sentence around the verb of saying tells it.
//!
//! Closed patterns of news copy: `told reporters`, `told Times Radio`, `posted on Truth Social`, `in an interview with
//! the Echo`, `on Tuesday`, `yesterday`, `on 3 March`. What fits none of them stays unknown.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::checks::dates::{month_of, ordinal, weekday_of};
use crate::lexicon::kind;
use crate::reading::Reading;
use crate::token::{Class, Token};

/// The circumstances of a statement. All places are bytes of the article's text.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Occasion {
    /// To whom it was said: reporters, the court.
    pub addressee: Option<Range<usize>>,
    /// Where it was said or written: Times Radio, a statement, a post on Truth Social.
    pub venue: Option<Range<usize>>,
    /// When.
    pub said_on: Option<SaidOn>,
}

/// The day on which something was said.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SaidOn {
    /// The words that tell it.
    pub words: Range<usize>,
    /// The day.
    pub date: Date,
    /// Whether it was worked out from the day of publication, because the words alone name no year.
    pub resolved: bool,
}

/// Verbs that are followed by the one who hears.
const TELLS: [&str; 7] = ["told", "tells", "telling", "informed", "assured", "reassured", "reminded"];
/// Verbs of the writer's sentence after which its words are no circumstances any more.
const MODALS: [&str; 8] = ["would", "could", "should", "may", "might", "must", "can", "cannot"];
const HEARERS: [&str; 4] = ["me", "us", "him", "them"];
/// Words that say of a name that it is a medium, or are one.
const MEDIA: &[&str] = &[
    "radio",
    "news",
    "times",
    "bbc",
    "itv",
    "cnn",
    "lbc",
    "telegraph",
    "guardian",
    "post",
    "tv",
    "television",
    "programme",
    "podcast",
    "gazette",
    "echo",
    "herald",
    "mail",
    "sun",
    "mirror",
    "journal",
    "agency",
    "reuters",
    "magazine",
    "newspaper",
    "observer",
    "bloomberg",
    "nbc",
    "abc",
    "cbs",
    "msnbc",
    "npr",
    "tribune",
    "chronicle",
    "courier",
    "press",
    "breakfast",
    "newsnight",
    "show",
    "social",
    "x",
    "twitter",
    "facebook",
    "instagram",
    "bluesky",
    "tiktok",
    "linkedin",
    "telegram",
    "youtube",
    "whatsapp",
];
/// What something is said in or at.
const OCCASIONS: &[&str] = &[
    "statement",
    "interview",
    "speech",
    "letter",
    "post",
    "email",
    "e-mail",
    "tweet",
    "briefing",
    "conference",
    "message",
    "note",
    "memo",
    "filing",
    "column",
    "blog",
    "podcast",
    "hearing",
    "meeting",
    "debate",
    "rally",
    "broadcast",
    "video",
    "documentary",
    "article",
    "essay",
    "media",
];
/// Words of the sentence that are read on each side of the verb.
const READ: usize = 30;
/// Words of a phrase.
const WORDS: usize = 5;

/// What the sentence tells around a verb of saying; nothing where there is no verb.
pub(crate) fn occasion(reading: &Reading, cue: Option<&Range<usize>>, published: Option<Date>) -> Occasion {
    let Some(cue) = cue else { return Occasion::default() };
    let sight = Sight { text: reading.text, tokens: &reading.tokens };
    let verb = sight.tokens.partition_point(|token| token.range.start < cue.start);
    if verb >= sight.tokens.len() {
        return Occasion::default();
    }
    let zones = [sight.after(verb), sight.before(verb)];
    let hearer = TELLS.contains(&sight.word(verb)).then(|| sight.hearer(verb + 1, zones[0].end)).flatten();
    let (medium, addressee) = match hearer {
        Some(hearer) if sight.is_medium(&hearer) => (Some(hearer), None),
        other => (None, other),
    };
    let venue = medium.or_else(|| zones.iter().find_map(|zone| sight.venue(zone)));
    Occasion {
        addressee: addressee.map(|words| sight.place(&words)),
        venue: venue.map(|words| sight.place(&words)),
        said_on: zones.iter().find_map(|zone| sight.day(zone, published)),
    }
}

/// The tokens of a text; ranges are of tokens.
struct Sight<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl<'a> Sight<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| &self.text[token.range.clone()])
    }

    fn place(&self, words: &Range<usize>) -> Range<usize> {
        self.tokens[words.start].range.start..self.tokens[words.end - 1].range.end
    }

    fn same_sentence(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.tokens[one], &self.tokens[other]);
        one.sentence == other.sentence && one.paragraph == other.paragraph
    }

    /// Whether the circumstances end before a word: a stop, a quotation, the words that were said.
    fn ends(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let verb = token.is(kind::SAY) && !self.tokens[at - 1].is(kind::DETERMINER);
        token.passage.is_some()
            || matches!(token.class, Class::Stop(_))
            || token.is(kind::CLAUSE | kind::AUXILIARY)
            || MODALS.contains(&self.word(at))
            || verb
    }

    /// The words after the verb that may tell circumstances.
    fn after(&self, verb: usize) -> Range<usize> {
        let limit = self.tokens.len().min(verb + 1 + READ);
        let ends = |&at: &usize| {
            !self.same_sentence(verb, at) || self.ends(at) || self.tokens[at].is(kind::PRONOUN) && at > verb + 1
        };
        verb + 1..(verb + 1..limit).find(ends).unwrap_or(limit)
    }

    /// The words before it, if they open the sentence: `In a statement on Tuesday, the council said`.
    fn before(&self, verb: usize) -> Range<usize> {
        let from = verb.saturating_sub(READ);
        let first = (from..verb).rev().take_while(|&at| self.same_sentence(verb, at)).last().unwrap_or(verb);
        let opens = self.tokens[first].is(kind::PREPOSITION) || self.word(first) == "Yesterday";
        if !opens || self.tokens[first].passage.is_some() {
            return first..first;
        }
        first..(first + 1..verb).find(|&at| self.ends(at)).unwrap_or(verb)
    }

    fn hearer(&self, at: usize, end: usize) -> Option<Range<usize>> {
        if at < end && HEARERS.contains(&self.word(at)) { Some(at..at + 1) } else { self.phrase(at, end) }
    }

    /// A noun with what stands before it: `reporters`, `the BBC’s Today programme`.
    fn phrase(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let noun = start + usize::from(start < end && self.tokens[start].is(kind::DETERMINER));
        let named = noun < end && self.tokens[noun].class == Class::Capital;
        let small = kind::DETERMINER | kind::PREPOSITION | kind::PRONOUN | kind::CALENDAR;
        let fits = |at: usize| {
            let token = &self.tokens[at];
            match token.class {
                Class::Capital => !token.is(kind::CALENDAR),
                Class::Small if named => {
                    at > noun && (MEDIA.contains(&self.word(at)) || token.key == crate::token::POSSESSIVE)
                }
                Class::Small => !token.is(small) && !matches!(self.word(at), "it" | "today" | "yesterday" | "last"),
                Class::Number => named,
                Class::Stop(_) => false,
            }
        };
        let joined = |at: usize| {
            at == start || matches!(&self.text[self.tokens[at - 1].range.end..self.tokens[at].range.start], "" | " ")
        };
        let mut at = noun;
        while at < end && at < noun + WORDS && joined(at) && fits(at) {
            at += 1;
        }
        (at > noun).then_some(start..at)
    }

    fn is_medium(&self, words: &Range<usize>) -> bool {
        words.clone().any(|at| {
            self.tokens[at].class == Class::Capital && MEDIA.contains(&self.word(at).to_ascii_lowercase().as_str())
        })
    }

    fn venue(&self, zone: &Range<usize>) -> Option<Range<usize>> {
        zone.clone().find_map(|at| {
            let preposition = self.word(at).to_ascii_lowercase();
            if !matches!(preposition.as_str(), "on" | "in" | "at" | "during" | "via" | "to") {
                return None;
            }
            let phrase = self.phrase(at + 1, zone.end)?;
            let occasion =
                phrase.clone().find(|&word| OCCASIONS.contains(&self.word(word).to_ascii_lowercase().as_str()));
            match occasion {
                Some(noun) if preposition != "to" && !self.is_medium(&phrase) => {
                    Some(phrase.start..self.with_whom(noun + 1, zone.end))
                }
                _ => self.is_medium(&phrase).then_some(phrase),
            }
        })
    }

    /// Where `an interview` ends that is one `with the Echo`.
    fn with_whom(&self, at: usize, end: usize) -> usize {
        let with = at < end && matches!(self.word(at), "with" | "to" | "on" | "for");
        let named = |words: &Range<usize>| words.clone().any(|word| self.tokens[word].class == Class::Capital);
        with.then(|| self.phrase(at + 1, end)).flatten().filter(named).map_or(at, |words| words.end)
    }

    fn day(&self, zone: &Range<usize>, published: Option<Date>) -> Option<SaidOn> {
        zone.clone()
            .find_map(|at| self.named_day(at, zone, published))
            .or_else(|| zone.clone().find_map(|at| self.day_before(at, published?)))
    }

    /// `3 March`, `March 3, 2025`. Without a year it is the last such day before publication.
    fn named_day(&self, at: usize, zone: &Range<usize>, published: Option<Date>) -> Option<SaidOn> {
        let month = month_of(self.word(at)).filter(|_| self.tokens[at].class == Class::Capital)?;
        let number = |place: usize| {
            self.tokens.get(place).filter(|token| token.class == Class::Number).and_then(|_| ordinal(self.word(place)))
        };
        let before = at.checked_sub(1).filter(|before| zone.contains(before)).and_then(number);
        let (day, start, mut end) = match before {
            Some(day) => (day, at - 1, at + 1),
            None => (number(at + 1)?, at, at + 2),
        };
        let place = end + usize::from(self.word(end) == "," && before.is_none());
        let year = self.word(place).parse::<i16>().ok().filter(|year| (1900..2200).contains(year));
        let date = match (year, published) {
            (Some(year), _) => {
                end = place + 1;
                Date::new(year, month, day).ok()?
            }
            (None, Some(published)) => {
                let this_year = Date::new(published.year(), month, day).ok().filter(|date| *date <= published);
                this_year.or_else(|| Date::new(published.year() - 1, month, day).ok())?
            }
            (None, None) => return None,
        };
        Some(SaidOn { words: self.place(&(start..end)), date, resolved: year.is_none() })
    }

    /// `today`, `yesterday`, `Tuesday`: the last one, counted from the day of publication.
    fn day_before(&self, at: usize, published: Date) -> Option<SaidOn> {
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        let days = match self.word(at) {
            "today" => 0,
            "yesterday" | "Yesterday" => 1,
            word => {
                let capital = self.tokens[at].class == Class::Capital && before != "next";
                let weekday = weekday_of(word).filter(|_| capital)?;
                let days = i64::from(published.weekday().since(weekday));
                if days == 0 && before == "last" { 7 } else { days }
            }
        };
        let date = published.checked_sub(days.days()).ok()?;
        Some(SaidOn { words: self.tokens[at].range.clone(), date, resolved: true })
    }
}

#[cfg(test)]
mod tests {
    use crate::{Article, quotes};

    /// Of each quotation, to whom, where and when, in an article of Friday 20 March 2026.
    fn check(text: &str, expected: &[&str]) {
        let article = Article { date: Some(jiff::civil::date(2026, 3, 20)), ..Article::of_text(text) };
        let found: Vec<String> = quotes(&article)
            .into_iter()
            .map(|quote| {
                let of = |place: Option<std::ops::Range<usize>>| place.map_or("-", |place| &text[place]);
                let day = quote.occasion.said_on.map_or("-".to_owned(), |said| {
                    format!("{}{}", said.date, if said.resolved { " (resolved)" } else { "" })
                });
                format!("{} | {} | {day}", of(quote.occasion.addressee), of(quote.occasion.venue))
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn those_who_are_told_are_the_addressee_and_a_medium_is_the_venue() {
        check("“We will go on,” Hannah Low told reporters on Tuesday.", &["reporters | - | 2026-03-17 (resolved)"]);
        check("“We will go on,” Hannah Low told Times Radio yesterday.", &["- | Times Radio | 2026-03-19 (resolved)"]);
    }

    #[test]
    fn a_post_a_statement_and_an_interview_are_venues() {
        check("“We will go on,” Hannah Low posted on Truth Social.", &["- | Truth Social | -"]);
        check("“We will go on,” Hannah Low said in a statement.", &["- | a statement | -"]);
        check(
            "“We will go on,” Hannah Low said in an interview with the Echo on 3 March.",
            &["- | an interview with the Echo | 2026-03-03 (resolved)"],
        );
    }

    #[test]
    fn a_day_with_its_year_needs_no_resolving_and_one_without_lies_before_publication() {
        check("“We will go on,” Hannah Low said on March 3, 2025.", &["- | - | 2025-03-03"]);
        check("“We will go on,” Hannah Low said on 24 December.", &["- | - | 2025-12-24 (resolved)"]);
    }

    #[test]
    fn a_day_of_what_was_said_is_not_the_day_of_saying() {
        check("Hannah Low said that the bridge would open on Tuesday.", &["- | - | -"]);
    }
}
