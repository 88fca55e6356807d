//! The places in a text that say who holds an office.
//!
//! Three closed patterns, which news copy keeps to: `Chancellor Rachel Reeves`, `the chancellor,
//! Rachel Reeves, said` and `Rachel Reeves, the chancellor, said`. Lists (`the chancellor, Rachel
//! Reeves and …`) look alike and are passed over.

use std::ops::Range;

use super::{
    names::{Who, is_style},
    register::Register,
    titles::Title,
    words::{Word, tight, words},
};

/// The longest name, titles and all: `the Rt Hon Lord Cameron of Chipping Norton`.
const MAX_NAME_WORDS: usize = 9;
/// Small words inside names.
const PARTICLES: &[&str] = &[
    "al", "bin", "da", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le", "van", "von", "zu",
];
/// Words that begin a clause and not a name, and days, which American copy sets right after a name.
const NOT_NAMES: &[&str] = &[
    "a",
    "an",
    "the",
    "i",
    "he",
    "she",
    "they",
    "we",
    "it",
    "and",
    "but",
    "on",
    "in",
    "at",
    "to",
    "for",
    "from",
    "is",
    "was",
    "has",
    "will",
    "said",
    "says",
    "told",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A place where the text gives a person an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The title with its qualifiers and country (`former German Chancellor`), in bytes.
    pub title: Range<usize>,
    /// The name, in bytes.
    pub name: Range<usize>,
    /// The earliest year that the sentence names. In a sentence about another year the claim is not
    /// about the day of the article.
    pub year: Option<i16>,
}

impl Claim {
    /// The whole place: title, name, and what stands between.
    pub fn range(&self) -> Range<usize> {
        self.title.start.min(self.name.start)..self.title.end.max(self.name.end)
    }
}

impl Register {
    /// The claims of a text, in its order. Whether they hold on a day says [`Register::verdict`], to
    /// which `text[claim.title]` and `text[claim.name]` are given. The work is linear in the length
    /// of the text.
    pub fn claims(&self, text: &str) -> Vec<Claim> {
        let words = words(text);
        let mut claims = Vec::new();
        let mut start = 0;
        let mut off_before = None;
        while start < words.len() {
            let Some(title) = self.titles.at(text, &words, start) else {
                start += 1;
                continue;
            };
            // `former chancellor and prime minister`: former both.
            let shared = off_before.is_some_and(|end: usize| {
                end + 1 == title.words.start && words.get(end).is_some_and(|word| word.folded == "and")
            });
            off_before = (title.off || shared).then_some(title.words.end);
            if !shared && let Some(name) = self.name_of(text, &words, &title) {
                let at = words[title.words.start].range.start..words[title.words.end - 1].stem_end;
                let year = earliest_year(text, &words, &title);
                claims.push(Claim { title: at, name, year });
            }
            start = title.core.end;
        }
        claims
    }

    fn name_of(&self, text: &str, words: &[Word<'_>], title: &Title<'_>) -> Option<Range<usize>> {
        let last = &words[title.words.end - 1];
        if title.of_other || last.possessive() || strange_before(text, words, title) {
            return None;
        }
        let next = words.get(title.words.end)?;
        if tight(text, last, next) {
            // `a President Trump would …` supposes.
            if supposed(text, words, title) {
                return None;
            }
            let name = self.name_after(text, words, title.words.end)?;
            // `president of the American Medical Association`: only a person may follow a state.
            let of_state = title.words.end > title.core.end;
            return (!of_state || self.names.find(&text[name.clone()]) != Who::Nobody).then_some(name);
        }
        if gap(text, last, next) == ", "
            && let Some(name) = self.name_after(text, words, title.words.end)
            && closes(text, words, name.end)
        {
            return Some(name);
        }
        self.name_before(text, words, title)
    }

    /// The name that begins at a word. Of a run of capitals (a headline) the part that is a known
    /// full name, else all of it.
    fn name_after(&self, text: &str, words: &[Word<'_>], start: usize) -> Option<Range<usize>> {
        let mut end = start;
        while let Some(word) = words.get(end) {
            let joined = end == start || tight(text, &words[end - 1], word);
            let part = word.capital && !NOT_NAMES.contains(&word.folded.as_ref());
            let particle = end > start
                && (PARTICLES.contains(&word.folded.as_ref()) || (word.folded == "of" && is_style(&words[start])));
            if !joined || !(part || particle) || end - start == MAX_NAME_WORDS {
                break;
            }
            end += 1;
            if word.possessive() {
                break;
            }
        }
        while end > start && !words[end - 1].capital {
            end -= 1;
        }
        if words[start..end].iter().all(is_style) {
            return None;
        }
        let place = |end: usize| words[start].range.start..words[end - 1].stem_end;
        let known = (start + 2..=end).rev().map(place).find(|at| self.knows(&text[at.clone()]));
        Some(known.unwrap_or_else(|| place(end)))
    }

    /// `Rachel Reeves, the chancellor,`: a full name before the title's article.
    fn name_before(&self, text: &str, words: &[Word<'_>], title: &Title<'_>) -> Option<Range<usize>> {
        if !closes(text, words, words[title.words.end - 1].range.end) {
            return None;
        }
        let mut first = title.words.start;
        if first > 0 && matches!(words[first - 1].folded.as_ref(), "the" | "a" | "an") {
            first -= 1;
        }
        let end = first;
        if end == 0 || gap(text, &words[end - 1], &words[end]) != ", " {
            return None;
        }
        let mut start = end;
        while start > 0 && end - start < MAX_NAME_WORDS {
            let word = &words[start - 1];
            let joined = start == end || tight(text, word, &words[start]);
            let part = word.capital || PARTICLES.contains(&word.folded.as_ref());
            if !joined || !part || NOT_NAMES.contains(&word.folded.as_ref()) || word.possessive() {
                break;
            }
            start -= 1;
        }
        while start < end && !words[start].capital {
            start += 1;
        }
        if end - start < 2 {
            return None;
        }
        let place = |start: usize| words[start].range.start..words[end - 1].range.end;
        let known = (start..=end - 2).map(place).find(|at| self.knows(&text[at.clone()]));
        Some(known.unwrap_or_else(|| place(start)))
    }

    fn knows(&self, name: &str) -> bool {
        matches!(self.names.find(name), Who::Full(_))
    }
}

/// A capitalised word right before the title that we do not know: a state, a body, a person
/// (`Danish Prime Minister`, `Trump’s Defense Secretary`). Whose office it is, is not known.
fn strange_before(text: &str, words: &[Word<'_>], title: &Title<'_>) -> bool {
    let start = title.words.start;
    start > 0 && !title.clear && {
        let before = &words[start - 1];
        let article = matches!(before.folded.as_ref(), "the" | "a" | "an" | "our" | "its" | "their" | "his" | "her");
        tight(text, before, &words[start]) && (before.capital || before.possessive()) && !article
    }
}

fn supposed(text: &str, words: &[Word<'_>], title: &Title<'_>) -> bool {
    let before = title.words.start.checked_sub(1).map(|at| &words[at]);
    before.is_some_and(|word| {
        matches!(word.folded.as_ref(), "a" | "an" | "any") && tight(text, word, &words[title.words.start])
    })
}

/// After this place an apposition ends: at a full stop, a bracket, a dash, or at a comma after which
/// no list goes on.
fn closes(text: &str, words: &[Word<'_>], end: usize) -> bool {
    let rest = &text[end..];
    let mut chars = rest.chars();
    match chars.next() {
        None | Some('.' | ';' | ':' | ')' | '\n') => true,
        Some(',') => {
            let next = words.partition_point(|word| word.range.start < end);
            words.get(next).is_none_or(|word| !word.capital && !matches!(word.folded.as_ref(), "and" | "or"))
        }
        Some(' ') => matches!(chars.next(), Some('–' | '—')),
        _ => false,
    }
}

fn gap<'t>(text: &'t str, left: &Word<'_>, right: &Word<'_>) -> &'t str {
    &text[left.range.end..right.range.start]
}

/// The earliest year from 1900 to 2099 in the sentence around the title, looked for among the
/// nearest words on both sides.
fn earliest_year(text: &str, words: &[Word<'_>], title: &Title<'_>) -> Option<i16> {
    const NEAR: usize = 40;
    let ends = |left: &Word<'_>, right: &Word<'_>| gap(text, left, right).contains(['.', '?', '!', '\n']);
    let before = (title.words.start.saturating_sub(NEAR)..title.words.start)
        .rev()
        .take_while(|&at| !ends(&words[at], &words[at + 1]));
    let last = title.words.end - 1;
    let after = (last + 1..words.len().min(last + NEAR)).take_while(|&at| !ends(&words[at - 1], &words[at]));
    before.chain(after).filter_map(|at| year(&words[at].folded)).min()
}

/// `2022`, and `1990s`.
fn year(word: &str) -> Option<i16> {
    let digits = word.strip_suffix('s').unwrap_or(word);
    let plain = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|year| plain && (1900..2100).contains(year))
}
