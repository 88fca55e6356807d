//! Presidents and vice-presidents of the United States since 1789: the `executive.yaml` of
//! `unitedstates/congress-legislators`.
//!
//! The file is a flat list of mappings two levels deep. Only that much of YAML is read: keys,
//! plain and quoted scalars, two spaces a level; anchors, flow collections and block scalars are not.

use jiff::civil::Date;

use super::{Ids, settle};
use crate::offices::{
    files::{FileError, MAX_FIELD_BYTES, MAX_ROWS},
    model::{About, Office, Person, Rank, Source, Term},
};

const FILE: &str = "executive.yaml";

/// Reads the list as it was on the snapshot day.
pub fn us_executive(text: &str, snapshot: Date) -> Result<Source, FileError> {
    let mut source = Source { about: about(snapshot), people: Vec::new(), offices: offices(), terms: Vec::new() };
    let mut ids = Ids::default();
    for entry in entries(text)? {
        let person = entry.person(&mut ids)?;
        for term in &entry.terms {
            source.terms.push(term.read(source.people.len())?);
        }
        source.people.push(person);
    }
    settle(&mut source);
    Ok(source)
}

fn about(snapshot: Date) -> About {
    About {
        name: "Presidents and vice-presidents of the United States".into(),
        url: "https://github.com/unitedstates/congress-legislators".into(),
        licence: "CC0 1.0".into(),
        licence_url: "https://creativecommons.org/publicdomain/zero/1.0/".into(),
        attribution: "The congress-legislators project, @unitedstates".into(),
        changes: "Reduced to names, offices and days; adjoining terms of one person joined.".into(),
        snapshot,
    }
}

fn offices() -> Vec<Office> {
    ["President", "Vice President"]
        .map(|name| Office {
            id: name.to_lowercase().replace(' ', "-"),
            country: "us".into(),
            rank: Rank::Head,
            name: name.into(),
            department: String::new(),
            topics: Vec::new(),
        })
        .into()
}

/// One person's lines: the fields below `name`, and each mapping below `terms`.
#[derive(Default)]
struct Entry {
    line: usize,
    name: Fields,
    terms: Vec<Fields>,
}

#[derive(Default)]
struct Fields {
    line: usize,
    pairs: Vec<(String, String)>,
}

impl Fields {
    fn get(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    fn date(&self, key: &str) -> Result<Option<Date>, FileError> {
        let day = self.get(key).unwrap_or_default();
        let wrong = |_| FileError::wrong(FILE, self.line, format!("{key} is {day:?}, not a day like 2025-05-06"));
        day.parse().map(Some).map_err(wrong)
    }

    fn read(&self, person: usize) -> Result<Term, FileError> {
        let office = match self.get("type") {
            Some("prez") => 0,
            Some("viceprez") => 1,
            other => {
                let what = format!("the type of a term must be prez or viceprez, not {:?}", other.unwrap_or_default());
                return Err(FileError::wrong(FILE, self.line, what));
            }
        };
        Ok(Term { person, office, from: self.date("start")?, until: self.date("end")? })
    }
}

impl Entry {
    fn person(&self, ids: &mut Ids) -> Result<Person, FileError> {
        let (Some(first), Some(last)) = (self.name.get("first"), self.name.get("last")) else {
            return Err(FileError::wrong(FILE, self.line, "a person without a first or a last name"));
        };
        // Copy calls them by the short name: Joe Biden, Jimmy Carter.
        let name = format!("{} {last}", self.name.get("nickname").unwrap_or(first));
        let mut spellings = vec![format!("{first} {last}")];
        if let Some(middle) = self.name.get("middle") {
            let initials: String =
                middle.split_whitespace().filter_map(|word| word.chars().next()).map(|c| format!("{c}.")).collect();
            spellings.push(format!("{first} {middle} {last}"));
            spellings.push(format!("{first} {initials} {last}"));
        }
        spellings.extend(self.name.get("official_full").map(str::to_owned));
        spellings.sort();
        spellings.dedup();
        spellings.retain(|spelling| *spelling != name);
        let surname = last.contains(' ').then(|| last.to_owned());
        Ok(Person { id: ids.make(&name), name, surname, spellings })
    }
}

fn entries(text: &str) -> Result<Vec<Entry>, FileError> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut section = String::new();
    for (index, raw) in text.lines().enumerate() {
        let line = index + 1;
        let plain = raw.trim_start_matches(' ');
        if plain.is_empty() || plain.starts_with('#') || raw == "---" {
            continue;
        }
        if raw.len() > MAX_FIELD_BYTES || entries.len() > MAX_ROWS {
            return Err(FileError::wrong(FILE, line, "the line is too long, or there are too many of them"));
        }
        let item = plain.strip_prefix("- ");
        let depth = raw.len() - plain.len() + if item.is_some() { 2 } else { 0 };
        // An item of a list of plain values, such as the several `fec` numbers.
        let Some((key, value)) = pair(item.unwrap_or(plain)) else { continue };
        if raw.starts_with("- ") {
            entries.push(Entry { line, ..Entry::default() });
        }
        let Some(entry) = entries.last_mut() else {
            return Err(FileError::wrong(FILE, line, "a list of people must begin with “- ”"));
        };
        match (depth, section.as_str()) {
            (2, _) => section = key,
            (4, "name") => entry.name.pairs.push((key, value)),
            (4, "terms") if item.is_some() => entry.terms.push(Fields { line, pairs: vec![(key, value)] }),
            (4, "terms") => match entry.terms.last_mut() {
                Some(term) => term.pairs.push((key, value)),
                None => return Err(FileError::wrong(FILE, line, "a term must begin with “- ”")),
            },
            _ => {}
        }
    }
    Ok(entries)
}

fn pair(text: &str) -> Option<(String, String)> {
    let (key, value) = text.split_once(':')?;
    let value = value.trim();
    let bare = |mark| value.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    let value = bare('\'').or_else(|| bare('"')).unwrap_or(value);
    Some((key.trim().to_owned(), value.replace("''", "'")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "\
- id:
    fec:
    - S2OH00436
  name:
    first: Joseph
    nickname: Joe
    middle: Robinette
    last: Biden
  terms:
  - type: viceprez
    start: '2009-01-20'
    end: '2013-01-20'
  - type: viceprez
    start: '2013-01-20'
    end: '2017-01-20'
  - type: prez
    start: '2021-01-20'
    end: '2025-01-20'
- id:
    bioguide: V000137
  name:
    first: Martin
    last: Van Buren
  terms:
  - type: prez
    start: '1837-03-04'
    end: '1841-03-04'
";

    #[test]
    fn a_person_bears_the_name_that_copy_uses_and_keeps_the_others() {
        let source = us_executive(TWO, jiff::civil::date(2026, 6, 19)).unwrap();
        assert_eq!(source.people[0].name, "Joe Biden");
        assert_eq!(source.people[0].spellings, ["Joseph Biden", "Joseph R. Biden", "Joseph Robinette Biden"]);
        assert_eq!(source.people[1].surname.as_deref(), Some("Van Buren"));
    }

    #[test]
    fn two_terms_in_a_row_are_one_holding() {
        let source = us_executive(TWO, jiff::civil::date(2026, 6, 19)).unwrap();
        let days: Vec<_> = source.terms.iter().map(|term| (term.office, term.from.unwrap().year())).collect();
        assert_eq!(days, [(0, 1837), (0, 2021), (1, 2009)]);
    }

    #[test]
    fn a_term_of_another_kind_is_refused_by_its_line() {
        let error = us_executive(&TWO.replace("type: prez", "type: king"), jiff::civil::date(2026, 6, 19)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "executive.yaml, line 16: the type of a term must be prez or viceprez, not \"king\""
        );
    }
}
