//! Whom an article means by an office alone: “the Prime Minister said”.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::lexicon::{Key, key};
use crate::mention::Kind;
use crate::offices::{Register, Verdict};
use crate::people::People;
use crate::reading::Reading;
use crate::token::POSSESSIVE;

/// The last words of offices that one person holds at a time.
const OFFICES: [Key; 9] = [
    key("minister"),
    key("president"),
    key("secretary"),
    key("chancellor"),
    key("premier"),
    key("taoiseach"),
    key("mayor"),
    key("governor"),
    key("attorney"),
];

/// The states that an office without a country may belong to, in the order in which they are tried.
const HOMES: [&str; 2] = ["gb", "us"];

/// Whether a word is the last of an office.
pub(crate) fn is_office(word: Key) -> bool {
    OFFICES.contains(&word)
}

/// Finds holders of offices among those whom the article names, asking the register each question once.
pub(crate) struct Holders {
    date: Option<Date>,
    found: HashMap<String, Option<usize>>,
}

impl Holders {
    /// For an article of this day.
    pub fn on(date: Option<Date>) -> Holders {
        Holders { date, found: HashMap::new() }
    }

    /// The one person of the article who held the office that a mention calls by its words. Somebody whom the
    /// article does not name is never meant: which state's president it is, only the names tell.
    pub fn of(&mut self, reading: &Reading, people: &People, mention: usize) -> Option<usize> {
        let office = is_office(reading.head(mention).key);
        if !office || !matches!(reading.mentions[mention].kind, Kind::Name | Kind::Role) {
            return None;
        }
        // “The Prime Minister’s spokesman” is not the Prime Minister.
        let next = reading.tokens.get(reading.mentions[mention].tokens.end);
        if next.is_some_and(|next| next.key == POSSESSIVE) {
            return None;
        }
        let words = &reading.text[reading.range(mention)];
        let title = words.strip_prefix("the ").or_else(|| words.strip_prefix("The ")).unwrap_or(words);
        let plain = title.split_whitespace().count() <= 6 && (title.len() < words.len() || starts_large(title));
        if !plain {
            return None; // “a minister” may be anybody
        }
        if let Some(found) = self.found.get(title) {
            return *found;
        }
        let found = match self.date {
            Some(date) => holder_on(people, title, date),
            None => once_holder(people, title),
        };
        self.found.insert(title.to_owned(), found);
        found
    }
}

fn starts_large(title: &str) -> bool {
    title.starts_with(char::is_uppercase)
}

fn holder_on(people: &People, title: &str, date: Date) -> Option<usize> {
    HOMES.iter().find_map(|home| {
        let holders = Register::embedded().holders(title, date, home);
        let holds =
            |person: &usize| holders.iter().any(|held| held.person.names().any(|name| people.bears(*person, name)));
        only((0..people.len()).filter(holds))
    })
}

/// Of an article without a date: the only one in it who ever held the office, as far as it is news.
fn once_holder(people: &People, title: &str) -> Option<usize> {
    let register = Register::embedded();
    let date = register.sources().map(|about| about.snapshot).min()?;
    only((0..people.len()).filter(|person| {
        let verdict = register.verdict(title, people.name_of(*person), date);
        matches!(verdict, Verdict::Held { .. } | Verdict::AnotherTime { .. })
    }))
}

fn only(mut found: impl Iterator<Item = usize>) -> Option<usize> {
    found.next().filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use crate::{Article, quotes};

    fn speaker(date: Option<&str>, text: &str) -> Option<String> {
        let date = date.map(|date| date.parse().expect("a date"));
        quotes(&Article { date, ..Article::of_text(text) }).pop().and_then(|quote| quote.name)
    }

    #[test]
    fn the_holder_of_the_day_is_meant_if_the_article_names_him() {
        let text = "Sir Keir Starmer and Rishi Sunak were in London.\n\n“We will not give way,” the Prime Minister told reporters.";
        assert_eq!(speaker(Some("2025-08-18"), text).as_deref(), Some("Keir Starmer"));
        assert_eq!(speaker(Some("2023-08-18"), text).as_deref(), Some("Rishi Sunak"));
        assert_eq!(speaker(None, text), None);
    }

    #[test]
    fn an_office_alone_is_nobodys_name() {
        let text = "Jo Low left.\n\n“We will not give way,” the Prime Minister told reporters.";
        assert_eq!(speaker(Some("2025-08-18"), text), None);
        assert_eq!(
            speaker(None, "Keir Starmer left.\n\n“We will not give way,” the Prime Minister told reporters.")
                .as_deref(),
            Some("Keir Starmer")
        );
    }
}
