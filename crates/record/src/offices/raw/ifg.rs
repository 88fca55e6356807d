//! The Institute for Government's Ministers Database: tables of persons, posts, organisations and
//! appointments joined by UUIDs, since 4 May 1979.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

use jiff::civil::Date;

use super::{Ids, csv::Table, settle};
use crate::offices::{
    files::{FileError, read_file},
    model::{About, Office, Person, Rank, Source, Term},
    names::is_peer,
};

/// The tables that are read. Leave and cabinet status are not.
#[derive(Debug)]
pub struct IfgFiles {
    /// `person.csv`: a row for each name that a person bore, with its days.
    pub person: String,
    /// `post.csv`
    pub post: String,
    /// `organisation.csv`: departments.
    pub organisation: String,
    /// `post_relationship.csv`: the portfolio groups of a post.
    pub post_relationship: String,
    /// `appointment.csv`
    pub appointment: String,
}

impl IfgFiles {
    /// Reads the tables of a folder.
    pub fn read(folder: &Path) -> Result<IfgFiles, FileError> {
        let file = |name: &str| read_file(&folder.join(name));
        Ok(IfgFiles {
            person: file("person.csv")?,
            post: file("post.csv")?,
            organisation: file("organisation.csv")?,
            post_relationship: file("post_relationship.csv")?,
            appointment: file("appointment.csv")?,
        })
    }
}

/// Reads the Ministers Database as it was on the snapshot day.
pub fn ifg(files: &IfgFiles, snapshot: Date) -> Result<Source, FileError> {
    let (people, person_at) = people(&files.person)?;
    let (offices, office_at) = offices(files)?;
    let table =
        Table::parse("appointment.csv", &files.appointment, &["person_id", "post_id", "start_date", "end_date"])?;
    let mut terms = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let find = |column: &str, at: &HashMap<String, usize>| {
            let id = table.field(row, column);
            at.get(id).copied().ok_or_else(|| table.wrong(row, format!("there is no {column} {id}")))
        };
        terms.push(Term {
            person: find("person_id", &person_at)?,
            office: find("post_id", &office_at)?,
            from: table.date(row, "start_date")?,
            until: table.date(row, "end_date")?,
        });
    }
    let mut source = Source { about: about(snapshot), people, offices, terms };
    settle(&mut source);
    Ok(source)
}

fn about(snapshot: Date) -> About {
    About {
        name: "IfG Ministers Database".into(),
        url: "https://github.com/instituteforgov/ifg-ministers-database-public".into(),
        licence: "CC BY 4.0".into(),
        licence_url: "https://creativecommons.org/licenses/by/4.0/".into(),
        attribution: "Institute for Government, IfG Ministers Database".into(),
        changes: "Tables joined and reduced to names, posts, departments, portfolio groups and days; adjoining \
                  appointments of one person to one post joined; UUIDs replaced by readable ids."
            .into(),
        snapshot,
    }
}

/// Persons in the order of their ids, and where each UUID went.
fn people(text: &str) -> Result<(Vec<Person>, HashMap<String, usize>), FileError> {
    let table = Table::parse("person.csv", text, &["id", "name", "short_name"])?;
    let mut named: BTreeMap<&str, (Vec<&str>, &str)> = BTreeMap::new();
    for row in &table.rows {
        let (names, surname) = named.entry(table.field(row, "id")).or_default();
        let name = table.field(row, "name");
        if name.is_empty() {
            return Err(table.wrong(row, "a person without a name"));
        }
        if !names.contains(&name) {
            names.push(name);
        }
        // A peer's short name is part of the title; the surname is that of the plain name.
        if !is_peer(name) {
            *surname = table.field(row, "short_name");
        }
    }
    let mut sorted: Vec<(&str, Vec<&str>, &str)> = named
        .into_iter()
        .map(|(uuid, (mut names, surname))| {
            names.sort_by_key(|name| (is_peer(name), *name));
            (uuid, names, surname)
        })
        .collect();
    sorted.sort_by_key(|(uuid, names, _)| (names[0], *uuid));
    let (mut ids, mut people, mut at) = (Ids::default(), Vec::new(), HashMap::new());
    for (uuid, names, surname) in sorted {
        at.insert(uuid.to_owned(), people.len());
        people.push(Person {
            id: ids.make(names[0]),
            name: names[0].to_owned(),
            surname: (surname.contains([' ', '-']) && names[0].split_whitespace().last() != Some(surname))
                .then(|| surname.to_owned()),
            spellings: names[1..].iter().map(|&name| name.to_owned()).collect(),
        });
    }
    Ok((people, at))
}

fn offices(files: &IfgFiles) -> Result<(Vec<Office>, HashMap<String, usize>), FileError> {
    let table = Table::parse("organisation.csv", &files.organisation, &["id", "name", "short_name"])?;
    let departments: HashMap<&str, (&str, &str)> = table
        .rows
        .iter()
        .map(|row| (table.field(row, "id"), (table.field(row, "name"), table.field(row, "short_name"))))
        .collect();
    let table = Table::parse("post_relationship.csv", &files.post_relationship, &["post_id", "group_name"])?;
    let mut topics: HashMap<&str, Vec<String>> = HashMap::new();
    for row in &table.rows {
        topics.entry(table.field(row, "post_id")).or_default().push(table.field(row, "group_name").to_owned());
    }
    let table = Table::parse("post.csv", &files.post, &["id", "organisation_id", "name", "rank_equivalence"])?;
    let mut posts: Vec<(&str, &str, &str, Office)> = Vec::new();
    for row in &table.rows {
        let (uuid, name) = (table.field(row, "id"), table.field(row, "name"));
        let (department, short) = departments.get(table.field(row, "organisation_id")).copied().unwrap_or_default();
        let mut topics = topics.remove(uuid).unwrap_or_default();
        topics.retain(|topic| !topic.starts_with(name));
        topics.sort();
        posts.push((
            name,
            short,
            uuid,
            Office {
                id: String::new(),
                country: "gb".into(),
                rank: rank(table.field(row, "rank_equivalence")),
                name: name.to_owned(),
                department: department.to_owned(),
                topics,
            },
        ));
    }
    posts.sort_by_key(|(name, short, uuid, _)| (*name, *short, *uuid));
    let (mut ids, mut offices, mut at) = (Ids::default(), Vec::new(), HashMap::new());
    for (name, short, uuid, mut office) in posts {
        office.id = ids.make(&format!("{name} {short}"));
        at.insert(uuid.to_owned(), offices.len());
        offices.push(office);
    }
    Ok((offices, at))
}

/// `SoS` is a secretary of state or of that rank; `Parl. lead.` leads a House or the whips.
fn rank(equivalence: &str) -> Rank {
    match equivalence {
        "PM" | "DPM" | "SoS" | "Parl. lead." => Rank::Head,
        _ => Rank::Minister,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> IfgFiles {
        IfgFiles {
            person: "id,name,short_name\np1,Lord Cameron of Chipping Norton,Cameron\np1,David Cameron,Cameron\n\
                     p2,Iain Duncan Smith,Duncan Smith\n"
                .into(),
            post: "id,organisation_id,name,rank_equivalence\no1,d1,\"Secretary of State for Work, and Pensions\",SoS\n"
                .into(),
            organisation: "id,name,short_name\nd1,Department for Work and Pensions,DWP\n".into(),
            post_relationship: "post_id,group_name\no1,Work\n".into(),
            appointment:
                "person_id,post_id,start_date,end_date\np2,o1,2010-05-12,2015-05-08\np2,o1,2015-05-08,2016-03-18\n\
                          p1,o1,2023-11-13,\n"
                    .into(),
        }
    }

    #[test]
    fn a_peer_is_filed_under_the_plain_name() {
        let source = ifg(&files(), jiff::civil::date(2026, 6, 19)).unwrap();
        assert_eq!(source.people[0].id, "david-cameron");
        assert_eq!(source.people[0].spellings, ["Lord Cameron of Chipping Norton"]);
        assert_eq!(source.people[1].surname.as_deref(), Some("Duncan Smith"));
    }

    #[test]
    fn terms_that_follow_each_other_are_one() {
        let source = ifg(&files(), jiff::civil::date(2026, 6, 19)).unwrap();
        let terms: Vec<String> = source.terms.iter().map(|term| format!("{:?}–{:?}", term.from, term.until)).collect();
        assert_eq!(terms, ["Some(2010-05-12)–Some(2016-03-18)", "Some(2023-11-13)–None"]);
    }

    #[test]
    fn an_appointment_of_nobody_is_refused() {
        let broken = IfgFiles { person: "id,name,short_name\n".into(), ..files() };
        let error = ifg(&broken, jiff::civil::date(2026, 6, 19)).unwrap_err();
        assert_eq!(error.to_string(), "appointment.csv, line 2: there is no person_id p2");
    }
}
