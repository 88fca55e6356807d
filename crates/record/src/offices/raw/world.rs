//! Heads of state and government now in office: the `all-leaders-current.csv` of
//! `open-data-archive/world-leaders-current`.
//!
//! Only the present holder and the day since when. That is enough to tell that an older name is
//! out of date, and nothing is said about days before.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{Ids, csv::Table, settle};
use crate::offices::{
    files::FileError,
    model::{About, Office, Person, Rank, Source, Term},
};

/// Titles that are left out: they pass by birth, copy uses them for whole families, and the file
/// names a prime minister as king.
const HEREDITARY: &[&str] = &["King", "Queen", "Emperor", "Sultan", "Monarch", "Yang di-Pertuan Agong"];

/// Reads the list as it was on the snapshot day.
pub fn world_leaders(text: &str, snapshot: Date) -> Result<Source, FileError> {
    const GOVERNMENT: [&str; 3] = ["HoG Title", "Head of Government", "HoG Since"];
    const STATE: [&str; 3] = ["HoS Title", "Head of State", "HoS Since"];
    let columns: Vec<&str> = ["ISO"].into_iter().chain(GOVERNMENT).chain(STATE).collect();
    let table = Table::parse("all-leaders-current.csv", text, &columns)?;
    let mut source = Source { about: about(snapshot), people: Vec::new(), offices: Vec::new(), terms: Vec::new() };
    let (mut person_ids, mut office_ids, mut known) = (Ids::default(), Ids::default(), HashMap::new());
    for row in &table.rows {
        let country = country(table.field(row, "ISO"));
        for [title, holder, since] in [GOVERNMENT, STATE] {
            // `Prime Minister (King)`: the remark is not part of the title.
            let title = table.field(row, title).split('(').next().unwrap_or_default().trim();
            let name = table.field(row, holder);
            if name.is_empty() || title.is_empty() || HEREDITARY.iter().any(|born| title.starts_with(born)) {
                continue;
            }
            if source.offices.iter().any(|office: &Office| office.country == country && office.name == title) {
                continue;
            }
            let person = *known.entry(name.to_owned()).or_insert_with(|| {
                source.people.push(Person {
                    id: person_ids.make(name),
                    name: name.to_owned(),
                    surname: None,
                    spellings: Vec::new(),
                });
                source.people.len() - 1
            });
            source.terms.push(Term {
                person,
                office: source.offices.len(),
                from: table.date(row, since)?,
                until: None,
            });
            source.offices.push(Office {
                id: office_ids.make(&format!("{country} {title}")),
                country: country.clone(),
                rank: Rank::Head,
                name: title.to_owned(),
                department: String::new(),
                topics: Vec::new(),
            });
        }
    }
    settle(&mut source);
    Ok(source)
}

/// `AU_AF` is the African Union, which has no ISO code: `au_af`.
fn country(iso: &str) -> String {
    iso.to_ascii_lowercase()
}

fn about(snapshot: Date) -> About {
    About {
        name: "World leaders now in office".into(),
        url: "https://github.com/open-data-archive/world-leaders-current".into(),
        licence: "CC BY-SA 4.0".into(),
        licence_url: "https://creativecommons.org/licenses/by-sa/4.0/".into(),
        attribution: "open-data-archive, world-leaders-current; after Wikipedia and Wikidata".into(),
        changes: "Divided into people, offices and terms; hereditary titles left out.".into(),
        snapshot,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOUR: &str = "\
\"Country\",\"ISO\",\"HoG Title\",\"Head of Government\",\"HoG Since\",\"HoS Title\",\"Head of State\",\"HoS Since\"
\"Argentina\",\"AR\",\"President\",\"Javier Milei\",\"2023-12-10\",\"President\",\"Javier Milei\",\"2023-12-10\"
\"Canada\",\"CA\",\"Prime Minister\",\"Mark Carney\",\"\",\"Monarch\",\"Charles III\",\"2022-09-08\"
\"Saudi Arabia\",\"SA\",\"Prime Minister (King)\",\"Mohammed bin Salman\",\"2022-09-27\",\"King\",\"Mohammed bin Salman\",\"2022-09-27\"
";

    #[test]
    fn one_who_is_head_of_both_holds_one_office_and_monarchs_are_left_out() {
        let source = world_leaders(FOUR, jiff::civil::date(2026, 8, 22)).unwrap();
        let offices: Vec<_> = source.offices.iter().map(|office| office.id.as_str()).collect();
        assert_eq!(offices, ["ar-president", "ca-prime-minister", "sa-prime-minister"]);
    }

    #[test]
    fn an_unknown_first_day_stays_unknown() {
        let source = world_leaders(FOUR, jiff::civil::date(2026, 8, 22)).unwrap();
        let carney = source.terms.iter().find(|term| source.people[term.person].name == "Mark Carney").unwrap();
        assert_eq!(carney.from, None);
    }
}
