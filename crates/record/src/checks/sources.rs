//! Claims without a source: “critics say”, “many consider”, “it is understood that”.

use std::ops::Range;
use std::sync::LazyLock;

use super::reading::Reading;
use super::{Context, Report};
use crate::lexicon;
use crate::text::Paragraph;

/// What a word may be in such a claim, as bits.
mod part {
    /// A plural that stands for nobody when nothing says which.
    pub const SOMEBODY: u16 = 1;
    /// A vague subject by itself, or before `people` and the like.
    pub const SOME: u16 = 1 << 1;
    /// Who they may be and still be nobody.
    pub const PEOPLE: u16 = 1 << 2;
    /// A verb of claiming.
    pub const CLAIMS: u16 = 1 << 3;
    /// What may stand between subject and verb.
    pub const BETWEEN: u16 = 1 << 4;
    /// What is said by nobody at all: it is understood.
    pub const PASSIVE: u16 = 1 << 5;
    /// What a new clause begins with, so that the plural after it is bare.
    pub const CLAUSE: u16 = 1 << 6;
    /// What before `many` makes it count or compare.
    pub const COUNTED: u16 = 1 << 7;
    /// A trade that tells no more than the plural after it: market watchers.
    pub const TRADE: u16 = 1 << 8;
    /// News of nobody: following reports that.
    pub const NEWS: u16 = 1 << 9;
    /// What leads to such news.
    pub const FOLLOWING: u16 = 1 << 10;
    /// A verb that, after `some`, counts hands.
    pub const VOTES: u16 = 1 << 11;
}

const PARTS: &[(u16, &str)] = &[
    (
        part::SOMEBODY,
        "analysts campaigners commentators critics detractors experts insiders investigators observers onlookers opponents pundits researchers rumours \
         rumors scientists sceptics skeptics sources specialists supporters watchers watchdogs doctors economists historians reports studies surveys \
         research polls evidence",
    ),
    (part::SOME, "many some most others several"),
    (
        part::PEOPLE,
        "people observers experts critics locals residents commentators analysts voters readers fans insiders scientists",
    ),
    (
        part::CLAIMS,
        "say says said claim claims claimed believe believes believed think thinks argue argues argued suggest suggests suggested consider considers \
         feel fear feared show shows shown showed warn warned insist insisted allege alleged maintain indicate indicates indicated reckon contend agree \
         agreed predict predicted speculate speculated question questioned",
    ),
    (part::BETWEEN, "have has had also now often long still already widely repeatedly"),
    (
        part::PASSIVE,
        "understood believed thought said claimed reported rumoured rumored alleged feared argued suggested",
    ),
    (part::CLAUSE, "as although but and while because though that what which following amid after"),
    (part::COUNTED, "so too how as not like of by for with the these those and than in on"),
    (part::TRADE, "market industry city political medical health legal royal police"),
    (part::NEWS, "reports claims rumours rumors speculation suggestions"),
    (part::FOLLOWING, "following amid despite after"),
    (part::VOTES, "said agreed"),
];

static WORDS: LazyLock<lexicon::ByKey<u16>> = LazyLock::new(|| {
    let mut words = lexicon::ByKey::default();
    for (part, list) in PARTS {
        list.split_whitespace().for_each(|word| *words.entry(lexicon::key(word)).or_default() |= part);
    }
    words
});

pub(super) fn vague(reading: &Reading, paragraph: &Paragraph, _: &Context, report: &mut Report) {
    let range = reading.words_in(&paragraph.range);
    let parts: Vec<u16> =
        reading.body.words[range.clone()].iter().map(|word| WORDS.get(&word.key).copied().unwrap_or(0)).collect();
    let sight = Sight { reading, from: range.start, parts: &parts };
    let mut at = 0;
    while at < parts.len() {
        let Some(words) = sight.claim(at).filter(|_| !sight.word(at).quoted) else {
            at += 1;
            continue;
        };
        let place = sight.word(words.start).range.start..sight.word(words.end - 1).range.end;
        let message = format!("who? “{}” names nobody who answers for the claim", reading.text(place.clone()));
        report.at(place, message);
        at = words.end;
    }
}

/// A paragraph's words, counted from its first.
struct Sight<'a> {
    reading: &'a Reading<'a>,
    from: usize,
    parts: &'a [u16],
}

impl Sight<'_> {
    /// The words from here that make a claim of nobody.
    fn claim(&self, at: usize) -> Option<Range<usize>> {
        let length = match self.text(at) {
            "it" | "It" => self.passive(at),
            "according" | "According" => self.according(at),
            _ if self.is(at, part::FOLLOWING) => {
                (self.is(at + 1, part::NEWS) && self.text(at + 2) == "that").then_some(3)
            }
            _ => self.plural(at),
        };
        length.map(|length| at..(at + length).min(self.parts.len()))
    }

    /// `it is widely understood that`
    fn passive(&self, at: usize) -> Option<usize> {
        if !matches!(self.text(at + 1), "is" | "was" | "has") {
            return None;
        }
        let skipped =
            |place: &usize| matches!(self.text(*place), "been" | "now" | "also") || self.text(*place).ends_with("ly");
        let verb = (at + 2..at + 6).find(|place| !skipped(place))?;
        (self.is(verb, part::PASSIVE) && self.text(verb + 1) == "that").then_some(verb + 2 - at)
    }

    /// `according to sources`; “sources close to the minister” says a little more.
    fn according(&self, at: usize) -> Option<usize> {
        (self.text(at + 1) == "to"
            && self.is(at + 2, part::SOMEBODY)
            && self.text(at + 2) != "evidence"
            && !self.joined(at + 2))
        .then_some(3)
    }

    /// `critics have claimed`, `many people believe`, `market watchers think`
    fn plural(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1);
        // A word before it tells which ones: “local critics”, “two sources”, “their supporters”.
        let bare = self.word_at(at).is_some_and(|word| word.begins)
            || before.is_none_or(|before| !self.joined(before) || self.is(before, part::CLAUSE));
        // “so many say” counts; “a target many consider” does not.
        let counted = !bare && before.is_some_and(|before| self.is(before, part::COUNTED));
        let subject = if self.is(at, part::SOME) && !counted {
            1 + usize::from(self.joined(at) && self.is(at + 1, part::PEOPLE))
        } else if self.is(at, part::SOMEBODY) && bare {
            1
        } else if self.is(at, part::TRADE) && bare && self.joined(at) && self.is(at + 1, part::SOMEBODY) {
            2
        } else {
            return None;
        };
        let mut verb = at + subject;
        while self.joined(verb - 1) && self.is(verb, part::BETWEEN) {
            verb += 1;
        }
        let hands = self.is(at, part::SOME) && subject == 1 && self.is(verb, part::VOTES);
        let claims = self.joined(verb - 1) && self.is(verb, part::CLAIMS) && !self.word(verb).quoted && !hands;
        // A quotation right after has its own check.
        let quotes = claims && self.reading.body.gap(self.from + verb).contains(['“', '‘', '"']);
        (claims && !quotes).then_some(verb + 1 - at)
    }

    fn is(&self, at: usize, parts: u16) -> bool {
        self.parts.get(at).is_some_and(|word| word & parts != 0)
    }

    fn word_at(&self, at: usize) -> Option<&super::reading::Word> {
        self.parts.get(at).map(|_| self.word(at))
    }

    fn word(&self, at: usize) -> &super::reading::Word {
        &self.reading.body.words[self.from + at]
    }

    fn text(&self, at: usize) -> &str {
        self.word_at(at).map_or("", |word| self.reading.body.of(word))
    }

    /// Whether only white space parts a word from the next of its paragraph.
    fn joined(&self, at: usize) -> bool {
        at + 1 < self.parts.len() && self.reading.body.gap(self.from + at).chars().all(char::is_whitespace)
    }
}
