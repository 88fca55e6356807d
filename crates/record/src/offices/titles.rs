//! From the words that copy uses for an office to the offices that can be meant.
//!
//! Three tables that are data, not code: `titles.tsv` (what newspapers call an office),
//! `countries.tsv` (how copy names a state) and `qualifiers.tsv` (words before a title: `former`
//! says that it is not held, `Labour` changes nothing). The regular names are made by rule.

use std::ops::Range;

use crate::lexicon::{self, Key};

use super::{
    files::{FileError, rows},
    model::{Office, Rank},
    verdict::Unknown,
    words::{Phrases, Word, phrase, tight, words},
};

/// The longest title that is looked up, in words.
pub const MAX_TITLE_WORDS: usize = 24;

const MAX_QUALIFIERS: usize = 6;
const MAX_QUALIFIER_WORDS: usize = 4;

/// Posts whose name says nothing without the department; copy uses the words for others as well.
const NAMELESS: &[&str] = &[
    "Minister of State",
    "Parliamentary Under-Secretary of State",
    "Parliamentary Secretary",
    "Assistant Whip",
    "Assistant Whip (HM Treasury)",
    "Lord Commissioner (Whip)",
    "Lord in Waiting",
    "Baroness in Waiting",
];

/// The three tables of words, as text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tables<'t> {
    pub titles: &'t str,
    pub countries: &'t str,
    pub qualifiers: &'t str,
}

/// All wordings of all offices.
#[derive(Debug)]
pub(super) struct Titles {
    wordings: Phrases<Wording>,
    qualifiers: Phrases<Qualifier>,
    /// Words of which every wording has one.
    nouns: Vec<Key>,
}

/// What one wording can mean.
#[derive(Debug, Default)]
pub(super) struct Wording {
    /// The offices, as numbers of the register.
    pub offices: Vec<usize>,
    /// It names some minister of a department or for a subject, not one office.
    pub loose: bool,
}

#[derive(Debug, Default)]
enum Qualifier {
    /// It belongs to the title and changes nothing: `Labour`, `embattled`.
    #[default]
    Neutral,
    /// It is not part of the title, nor says whose office it is: `on`, `Monday`.
    Outside,
    /// The office is not held, or not that office: `former`, `shadow`.
    Off,
    Country(String),
}

/// A title in a text: its wording with what stands before and behind.
#[derive(Debug)]
pub(super) struct Title<'t> {
    /// The words that it takes, with qualifiers and country, without an article.
    pub words: Range<usize>,
    /// Where the wording itself begins and ends.
    pub core: Range<usize>,
    pub wording: &'t Wording,
    /// The state, where the words tell it.
    pub country: Option<&'t str>,
    /// Before it stands a word that surely says nothing about whose office it is.
    pub clear: bool,
    /// A qualifier says that it is not held.
    pub off: bool,
    /// `of` something that is no state that we know.
    pub of_other: bool,
}

impl Titles {
    pub fn new(offices: &[&Office], tables: Tables<'_>) -> Result<Titles, FileError> {
        let mut titles = Titles { wordings: Phrases::new(), qualifiers: Phrases::new(), nouns: Vec::new() };
        titles.read_qualifiers(tables)?;
        for (index, office) in offices.iter().enumerate() {
            titles.name(index, office);
        }
        titles.read_titles(offices, tables.titles)?;
        titles.nouns = titles.wordings.nouns();
        Ok(titles)
    }

    /// Reads a title that stands alone, such as `former UK Chancellor`.
    pub fn read(&self, text: &str) -> Result<Title<'_>, Unknown> {
        let words = words(text);
        if words.len() > MAX_TITLE_WORDS {
            return Err(Unknown::Title);
        }
        for start in 0..words.len() {
            let Some(title) = self.at(text, &words, start) else { continue };
            if title.words.end == words.len() {
                let before = &words[..title.words.start];
                let whole = !title.of_other && before.iter().all(article);
                return match (title.off, whole) {
                    (true, _) => Err(Unknown::Qualified),
                    (false, true) => Ok(title),
                    (false, false) => Err(Unknown::Title),
                };
            }
        }
        Err(Unknown::Title)
    }

    /// Whether a text with this word may have a title.
    pub fn may_have(&self, word: &str, key: Key) -> bool {
        let known = |key: Key| self.nouns.binary_search(&key).is_ok();
        // `vice-president` is two words here, `Présidente` has its accent taken off.
        let part = |part: &str| !part.is_ascii() || known(lexicon::key(part));
        known(key)
            || !word.is_ascii() && word.split(['-', '‑', '–', '’']).any(part)
            || word.contains('-') && word.split('-').any(part)
    }

    /// The title whose wording begins at a word, if there is one.
    pub fn at(&self, text: &str, words: &[Word<'_>], start: usize) -> Option<Title<'_>> {
        let (length, wording) = self.wordings.longest(text, &words[start..])?;
        let core = start..start + length;
        let mut title =
            Title { words: core.clone(), core, wording, country: None, clear: false, off: false, of_other: false };
        self.look_left(text, words, &mut title);
        self.look_right(text, words, &mut title);
        Some(title)
    }

    fn look_left<'t>(&'t self, text: &str, words: &[Word<'_>], title: &mut Title<'t>) {
        for _ in 0..MAX_QUALIFIERS {
            let end = title.words.start;
            let Some((start, qualifier)) = self.qualifier_before(text, words, end) else { break };
            match qualifier {
                Qualifier::Neutral => {}
                Qualifier::Outside => {
                    title.clear = true;
                    break;
                }
                Qualifier::Off => title.off = true,
                Qualifier::Country(code) => title.country = Some(code),
            }
            title.words.start = start;
        }
        // `then embattled`: one strange word may stand between.
        let start = title.words.start;
        if start >= 2
            && tight(text, &words[start - 1], &words[start])
            && !words[start - 1].capital
            && let Some((_, Qualifier::Off)) = self.qualifier_before(text, words, start - 1)
        {
            title.off = true;
        }
    }

    fn qualifier_before(&self, text: &str, words: &[Word<'_>], end: usize) -> Option<(usize, &Qualifier)> {
        if end == 0 || end >= words.len() || !tight(text, &words[end - 1], &words[end]) {
            return None;
        }
        (end.saturating_sub(MAX_QUALIFIER_WORDS)..end).find_map(|start| {
            let (length, qualifier) = self.qualifiers.longest(text, &words[start..end])?;
            (start + length == end && stands(qualifier, &words[start])).then_some((start, qualifier))
        })
    }

    fn look_right<'t>(&'t self, text: &str, words: &[Word<'_>], title: &mut Title<'t>) {
        let end = title.words.end;
        let Some(next) = words.get(end).filter(|next| tight(text, &words[end - 1], next)) else { return };
        if matches!(next.folded.as_ref(), "elect" | "designate") {
            title.off = true;
            title.words.end += 1;
        } else if next.folded == "of" {
            let mut at = end + 1;
            at += usize::from(words.get(at).is_some_and(|word| word.folded == "the"));
            match words.get(at..).and_then(|rest| self.qualifiers.longest(text, rest)) {
                Some((length, qualifier @ Qualifier::Country(code))) if stands(qualifier, &words[at]) => {
                    title.country = Some(code);
                    title.words.end = at + length;
                }
                _ => title.of_other = true,
            }
        }
    }

    fn read_qualifiers(&mut self, tables: Tables<'_>) -> Result<(), FileError> {
        for row in rows("qualifiers.tsv", tables.qualifiers, &["word", "effect"])? {
            let effect = match row.fields[1] {
                "off" => Qualifier::Off,
                "none" => Qualifier::Neutral,
                "outside" => Qualifier::Outside,
                other => return Err(row.wrong(format!("the effect must be off, none or outside, not {other:?}"))),
            };
            *self.qualifiers.entry(&phrase(&row.filled(0)?)) = effect;
        }
        for row in rows("countries.tsv", tables.countries, &["country", "called"])? {
            for called in row.list(1) {
                *self.qualifiers.entry(&phrase(&called)) = Qualifier::Country(row.filled(0)?);
            }
        }
        Ok(())
    }

    fn read_titles(&mut self, offices: &[&Office], text: &str) -> Result<(), FileError> {
        for row in rows("titles.tsv", text, &["country", "kind", "called", "means"])? {
            let (country, called, means) = (row.filled(0)?, row.filled(2)?, row.list(3));
            let department = match row.fields[1] {
                "office" => false,
                "department" => true,
                other => return Err(row.wrong(format!("the kind must be office or department, not {other:?}"))),
            };
            for (index, office) in offices.iter().enumerate().filter(|(_, office)| office.country == country) {
                if department && means.contains(&office.department) {
                    self.loosely(index, &format!("{called} Minister"));
                } else if !department && means.contains(&office.name) {
                    self.firmly(index, office, &called);
                }
            }
        }
        Ok(())
    }

    /// Enters an office under its official name and what follows from it by rule.
    fn name(&mut self, index: usize, office: &Office) {
        let (plain, remark) = remark(&office.name);
        if !NAMELESS.contains(&office.name.as_str()) {
            self.firmly(index, office, plain);
            if let Some(remark) = remark {
                self.firmly(index, office, remark);
            }
        }
        let topics = office.topics.iter().map(|topic| self::remark(topic).0);
        if let Some(subject) = plain.strip_prefix("Secretary of State for ") {
            for part in parts(subject).chain(topics) {
                self.firmly(index, office, &format!("{part} Secretary"));
            }
        } else if let Some(subject) = plain.strip_prefix("Minister for ") {
            for part in parts(subject).chain(topics) {
                self.loosely(index, &format!("{part} Minister"));
                self.loosely(index, &format!("Minister for {part}"));
            }
        }
        let department = ["Department for ", "Department of ", "Ministry of "]
            .iter()
            .find_map(|kind| office.department.strip_prefix(kind));
        for part in department.into_iter().flat_map(parts) {
            self.loosely(index, &format!("{part} Minister"));
        }
    }

    fn firmly(&mut self, index: usize, office: &Office, called: &str) {
        let wording = self.wordings.entry(&phrase(called));
        wording.loose |= office.rank == Rank::Minister;
        add(wording, index);
    }

    fn loosely(&mut self, index: usize, called: &str) {
        let wording = self.wordings.entry(&phrase(called));
        wording.loose = true;
        add(wording, index);
    }
}

fn add(wording: &mut Wording, index: usize) {
    if !wording.offices.contains(&index) {
        wording.offices.push(index);
    }
}

/// A country is written with a capital, and its initials with capitals only: `told us`.
fn stands(qualifier: &Qualifier, first: &Word<'_>) -> bool {
    match qualifier {
        Qualifier::Country(_) if first.folded.len() <= 3 => first.upper,
        Qualifier::Country(_) => first.capital,
        _ => true,
    }
}

/// Words that may stand before a title and mean nothing.
fn article(word: &Word<'_>) -> bool {
    matches!(word.folded.as_ref(), "the" | "a" | "an" | "our" | "its" | "their")
}

/// A subject and the subjects that it is made of: `Housing, Communities and Local Government`.
fn parts(subject: &str) -> impl Iterator<Item = &str> {
    let pieces = subject.split(", ").flat_map(|piece| piece.split(" and ")).filter(|piece| !piece.is_empty());
    std::iter::once(subject).chain(pieces)
}

/// A name without the remark in round brackets, and the remark.
fn remark(name: &str) -> (&str, Option<&str>) {
    match name.split_once(" (") {
        Some((plain, remark)) => (plain, Some(remark.trim_end_matches(')'))),
        None => (name, None),
    }
}
