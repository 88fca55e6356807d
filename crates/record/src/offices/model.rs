//! What a source holds: people, offices, and who held which from when to when.

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use super::verdict::GRACE_DAYS;

/// Where facts come from, on what terms, and up to which day they are good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The name of the collection.
    pub name: String,
    /// Where it is published.
    pub url: String,
    /// The name of its licence.
    pub licence: String,
    /// Where the licence can be read.
    pub licence_url: String,
    /// The words in which its makers are to be named.
    pub attribution: String,
    /// What was changed on the way here.
    pub changes: String,
    /// The last day that it speaks about.
    pub snapshot: Date,
}

/// One collection of facts about office-holders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its origin, licence and snapshot day.
    pub about: About,
    /// Everyone who has a term.
    pub people: Vec<Person>,
    /// Every office with a term.
    pub offices: Vec<Office>,
    /// Who held what, when.
    pub terms: Vec<Term>,
}

/// One person. Two people of the same name are two of these with different ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Unlike any other in the source, made of the name: `rachel-reeves`.
    pub id: String,
    /// The full name as a newsroom would first print it.
    pub name: String,
    /// The surname, where it is not the last word of the name (`Duncan Smith`).
    pub surname: Option<String>,
    /// Other names of the same person (`Lord Cameron of Chipping Norton`).
    pub spellings: Vec<String>,
}

impl Person {
    /// The name and all other spellings.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.spellings.iter().map(String::as_str))
    }
}

/// How firmly an office stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// One person at a time holds it and newspapers call it by a fixed name: a prime minister, a
    /// secretary of state, a president.
    Head,
    /// One of several ministers of a department; copy names these loosely.
    Minister,
}

/// One office of one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Unlike any other in the source, made of name and department.
    pub id: String,
    /// The state, as in the table of countries: `gb`, `de`, `eu`.
    pub country: String,
    /// How firmly it stands.
    pub rank: Rank,
    /// The official name.
    pub name: String,
    /// The department's name; empty when there is none.
    pub department: String,
    /// What the office answers for: `Housing`, `Immigration`.
    pub topics: Vec<String>,
}

/// A person held an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Index into [`Source::people`].
    pub person: usize,
    /// Index into [`Source::offices`].
    pub office: usize,
    /// The first day; `None` when the source does not tell it.
    pub from: Option<Date>,
    /// The last day; `None` when it had not ended on the snapshot day.
    pub until: Option<Date>,
}

/// A term with all that belongs to it.
#[derive(Debug, Clone, Copy)]
pub struct Holding<'r> {
    /// Who held it.
    pub person: &'r Person,
    /// What they held.
    pub office: &'r Office,
    /// The first day, where it is known.
    pub from: Option<Date>,
    /// The last day; `None` when it had not ended on the snapshot day.
    pub until: Option<Date>,
    /// Who says so.
    pub source: &'r About,
}

impl Holding<'_> {
    /// Whether the source says that the term ran on that day: never after its snapshot, never
    /// without a first day.
    pub fn covers(&self, date: Date) -> bool {
        date <= self.source.snapshot
            && self.from.is_some_and(|from| from <= date)
            && self.until.is_none_or(|until| date <= until)
    }

    /// As [`Holding::covers`], with [`GRACE_DAYS`] around the term's ends: on the morning after a
    /// reshuffle copy still names the minister of the day before.
    pub(super) fn nearly_covers(&self, date: Date) -> bool {
        let grace = GRACE_DAYS.days();
        date <= self.source.snapshot
            && self.from.is_some_and(|from| from.saturating_sub(grace) <= date)
            && self.until.is_none_or(|until| date <= until.saturating_add(grace))
    }
}
