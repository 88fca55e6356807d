//! The house style: a table that editors change, read from TOML, with a British and an American one built in.

use std::sync::LazyLock;

use serde::Deserialize;

use super::reading::{Reading, Word};
use super::{Context, Report};
use crate::lexicon;

/// Rules of a house style, at most.
pub const MOST_RULES: usize = 10_000;
/// Bytes of a table, at most.
pub const LONGEST_TABLE: usize = 1 << 20;
/// Words of what a rule finds, at most.
pub const LONGEST_PHRASE: usize = 6;

/// How a newsroom writes its words.
#[derive(Debug)]
pub struct HouseStyle {
    /// What the house calls it.
    pub name: String,
    rules: Vec<Rule>,
    /// The rules by their first word.
    index: lexicon::ByKey<Vec<usize>>,
}

#[derive(Debug)]
struct Rule {
    /// The words it finds.
    find: Vec<lexicon::Key>,
    replace: String,
    why: String,
    /// Words that, right beside it, make it right.
    unless: Vec<lexicon::Key>,
    /// Whether it also stands for words in capitals, as names are.
    capitals: bool,
}

/// The table as editors write it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    name: String,
    #[serde(default)]
    words: toml::Table,
    #[serde(default)]
    rule: Vec<TableRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableRule {
    find: String,
    r#use: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    capitals: bool,
}

/// Why a table is no house style. It says which row an editor must change.
#[derive(Debug)]
pub struct NoHouseStyle(String);

impl std::fmt::Display for NoHouseStyle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the table of house style cannot be used: {}", self.0)
    }
}

impl std::error::Error for NoHouseStyle {}

static BRITISH: LazyLock<HouseStyle> = LazyLock::new(|| built_in(include_str!("british.toml")));
static AMERICAN: LazyLock<HouseStyle> = LazyLock::new(|| built_in(include_str!("american.toml")));

fn built_in(table: &str) -> HouseStyle {
    HouseStyle::parse(table).expect("the tables that are built in are tested")
}

impl HouseStyle {
    /// Reads a table; its form is told at the head of the ones built in.
    pub fn parse(table: &str) -> Result<HouseStyle, NoHouseStyle> {
        if table.len() > LONGEST_TABLE {
            return Err(NoHouseStyle(format!("it is longer than {LONGEST_TABLE} bytes")));
        }
        let table: Table = toml::from_str(table).map_err(|error| NoHouseStyle(error.to_string()))?;
        let mut style = HouseStyle { name: table.name, rules: Vec::new(), index: lexicon::ByKey::default() };
        for (find, replace) in &table.words {
            let replace = replace.as_str().ok_or_else(|| NoHouseStyle(format!("“{find}” stands for no word")))?;
            style.add(
                find,
                Rule {
                    find: Vec::new(),
                    replace: replace.to_owned(),
                    why: String::new(),
                    unless: Vec::new(),
                    capitals: false,
                },
            )?;
        }
        for rule in table.rule {
            let unless = rule.unless.iter().map(|word| lexicon::key(word)).collect();
            style.add(
                &rule.find,
                Rule { find: Vec::new(), replace: rule.r#use, why: rule.why, unless, capitals: rule.capitals },
            )?;
        }
        Ok(style)
    }

    fn add(&mut self, find: &str, mut rule: Rule) -> Result<(), NoHouseStyle> {
        rule.find = find.split_whitespace().map(lexicon::key).collect();
        let Some(&first) = rule.find.first() else { return Err(NoHouseStyle("a row finds nothing".to_owned())) };
        if rule.find.len() > LONGEST_PHRASE || self.rules.len() >= MOST_RULES {
            return Err(NoHouseStyle(format!(
                "“{find}” is longer than {LONGEST_PHRASE} words, or the table than {MOST_RULES} rows"
            )));
        }
        self.index.entry(first).or_default().push(self.rules.len());
        self.rules.push(rule);
        Ok(())
    }

    /// The style built in for British newsrooms.
    pub fn british() -> &'static HouseStyle {
        &BRITISH
    }

    /// The style built in for American newsrooms.
    pub fn american() -> &'static HouseStyle {
        &AMERICAN
    }

    /// The rule that finds its words here, the longest first.
    fn rule_at(&self, reading: &Reading, at: usize) -> Option<&Rule> {
        let words = &reading.body.words;
        let rules = self.index.get(&words[at].key)?.iter().map(|&rule| &self.rules[rule]);
        rules.filter(|rule| rule.matches(reading, at, words)).max_by_key(|rule| rule.find.len())
    }
}

impl Rule {
    fn matches(&self, reading: &Reading, at: usize, words: &[Word]) -> bool {
        let end = at + self.find.len();
        let found = end <= words.len()
            && words[at..end].iter().zip(&self.find).all(|(word, key)| word.key == *key && !word.quoted)
            && (at + 1..end).all(|next| reading.body.gap(next - 1).chars().all(char::is_whitespace));
        let name =
            words[at].capital && (!words[at].begins || words.get(end).is_some_and(|next| next.capital && !next.begins));
        let beside = |place: Option<usize>| {
            place.and_then(|place| words.get(place)).is_some_and(|word| self.unless.contains(&word.key))
        };
        found
            && (self.capitals || !name)
            && !beside(at.checked_sub(1))
            && !beside(Some(end))
            && !in_address(reading, &words[at])
    }
}

/// Whether a word is a part of an address: `https://example.org/color`.
fn in_address(reading: &Reading, word: &Word) -> bool {
    let text = reading.article.text.as_bytes();
    let beside = |at: Option<usize>| {
        at.and_then(|at| text.get(at)).is_some_and(|byte| matches!(byte, b'/' | b'@' | b'_' | b'#' | b'='))
    };
    beside(word.range.start.checked_sub(1))
        || beside(Some(word.range.end))
        || text.get(word.range.end) == Some(&b'.') && text.get(word.range.end + 1).is_some_and(u8::is_ascii_lowercase)
}

pub(super) fn house(reading: &Reading, context: &Context, report: &mut Report) {
    let Some(style) = context.style.or_else(|| written_in(reading)) else { return };
    let mut at = 0;
    while at < reading.body.words.len() {
        let rule = style.rule_at(reading, at).filter(|_| !in_credit(reading, at));
        let Some(rule) = rule else {
            at += 1;
            continue;
        };
        let words = &reading.body.words[at..at + rule.find.len()];
        let range = words[0].range.start..words[words.len() - 1].range.end;
        let replace = if words[0].capital { capital(&rule.replace) } else { rule.replace.clone() };
        let why = if rule.why.is_empty() { String::new() } else { format!(": {}", rule.why) };
        report.fix(range.clone(), format!("the house writes “{replace}”{why}"), range, replace);
        at += rule.find.len();
    }
}

/// Whether a word stands in a credit, which is spelled as its picture's maker spells.
fn in_credit(reading: &Reading, at: usize) -> bool {
    let paragraph = reading.paragraph_at(reading.body.words[at].range.start);
    paragraph.is_some_and(|number| super::pictures::is_credit(reading.text(reading.paragraphs[number].range.clone())))
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The dialect that the text is written in, where that is plain: the one whose rules it breaks far less often,
/// with the signs that need no table. Small articles show few signs, so one of them is enough if none speaks against it.
fn written_in(reading: &Reading) -> Option<&'static HouseStyle> {
    let breaks =
        |style: &HouseStyle| (0..reading.body.words.len()).filter(|&at| style.rule_at(reading, at).is_some()).count();
    let (mut british, mut american) = (breaks(&AMERICAN), breaks(&BRITISH));
    let words = &reading.body.words;
    for at in 1..words.len() {
        let (before, word) = (reading.body.of(&words[at - 1]), reading.body.of(&words[at]));
        let number = |word: &str| word.len() <= 2 && word.parse::<u8>().is_ok();
        match before {
            "Mr" | "Mrs" | "Ms" | "Dr" if reading.body.gap(at - 1) == " " => british += 1,
            "Mr" | "Mrs" | "Ms" | "Dr" | "Sen" | "Rep" | "Gov" if reading.body.gap(at - 1) == ". " => american += 1,
            "January" | "February" | "March" | "April" | "June" | "July" | "August" | "September" | "October"
            | "November" | "December"
                if number(word) =>
            {
                american += 1;
            }
            "Jan" | "Feb" | "Aug" | "Sept" | "Oct" | "Nov" | "Dec" if number(word) => american += 1,
            _ if number(before)
                && words[at].is(lexicon::kind::CALENDAR)
                && words[at].capital
                && reading.body.gap(at - 1) == " " =>
            {
                british += 1
            }
            _ => {}
        }
    }
    british += reading.article.text.matches('£').count();
    american += reading.article.text.matches('$').count();
    // A fragment's comma stands inside the marks in America, outside in Britain.
    for passage in &reading.geometry.passages {
        let inner = reading.text(passage.inner.clone());
        let fragment = inner.starts_with(char::is_lowercase);
        american += usize::from(fragment && inner.ends_with([',', '.']));
        british += 2 * usize::from(fragment && reading.article.text[passage.range.end..].starts_with([',', '.']));
    }
    // In single marks only the British quote.
    let single =
        reading.geometry.passages.iter().filter(|passage| passage.style == crate::marks::Style::Single).count();
    if single * 2 > reading.geometry.passages.len() {
        british += 3;
    }
    if british > american && british >= 2 * american {
        Some(&BRITISH)
    } else if american > british && american >= 2 * british {
        Some(&AMERICAN)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_built_in_can_be_read_and_agree() {
        let (british, american) = (HouseStyle::british(), HouseStyle::american());
        assert!(british.rules.len() > 100 && american.rules.len() > 100);
        for style in [british, american] {
            for rule in &style.rules {
                let replaced: Vec<_> = rule.replace.split_whitespace().map(lexicon::key).collect();
                assert_ne!(rule.find, replaced, "{}", rule.replace);
                let itself = style.rules.iter().any(|other| other.find == replaced && other.unless.is_empty());
                assert!(!itself, "{} is to be replaced again", rule.replace);
            }
        }
    }

    #[test]
    fn a_table_with_a_mistake_says_where() {
        assert!(HouseStyle::parse("name = 'x'\n[words]\n'' = 'y'").is_err());
        let error = HouseStyle::parse("name = 'x'\n[words]\na = 3").unwrap_err();
        assert!(error.to_string().contains("“a”"), "{error}");
    }
}
