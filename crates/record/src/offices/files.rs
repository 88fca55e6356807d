//! The form in which a source is kept: a folder with `source.toml` and three tables.
//!
//! The tables are tab-separated, UTF-8, with a first line of column names; a list inside a field
//! is divided by `|`. An empty field is an unknown value.
//!
//! | file | columns |
//! |---|---|
//! | `people.tsv` | id, name, surname (when it is not the last word of the name), other spellings |
//! | `offices.tsv` | id, country, rank (`head` or `minister`), name, department, topics |
//! | `terms.tsv` | person, office, from, until (days as `2025-05-06`) |

use std::{
    collections::HashMap,
    fs,
    io::{self, Read as _},
    path::Path,
};

use jiff::civil::Date;

use super::model::{About, Office, Person, Rank, Source, Term};

/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 32 * 1024 * 1024;
/// The most rows of one table.
pub const MAX_ROWS: usize = 200_000;
/// The longest field, in bytes.
pub const MAX_FIELD_BYTES: usize = 2_000;
/// The most sources of one register.
pub const MAX_SOURCES: usize = 64;

pub(super) const PEOPLE: &[&str] = &["id", "name", "surname", "spellings"];
pub(super) const OFFICES: &[&str] = &["id", "country", "rank", "name", "department", "topics"];
pub(super) const TERMS: &[&str] = &["person", "office", "from", "until"];

/// Why a file of office-holders cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file could not be read at all.
    #[error("{file}: {why}")]
    Unreadable {
        /// The file.
        file: String,
        /// What the system said.
        why: io::Error,
    },
    /// The file is not what it should be.
    #[error("{file}, line {line}: {what}")]
    Wrong {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong there, in words.
        what: String,
    },
}

impl FileError {
    pub(super) fn wrong(file: &str, line: usize, what: impl Into<String>) -> FileError {
        FileError::Wrong { file: file.to_owned(), line, what: what.into() }
    }
}

/// The four files of a source, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFiles<T> {
    /// `source.toml`
    pub about: T,
    /// `people.tsv`
    pub people: T,
    /// `offices.tsv`
    pub offices: T,
    /// `terms.tsv`
    pub terms: T,
}

impl SourceFiles<String> {
    /// Reads the four files of a folder.
    pub fn read(folder: &Path) -> Result<SourceFiles<String>, FileError> {
        let file = |name: &str| read_file(&folder.join(name));
        Ok(SourceFiles {
            about: file("source.toml")?,
            people: file("people.tsv")?,
            offices: file("offices.tsv")?,
            terms: file("terms.tsv")?,
        })
    }

    /// Writes the four files into a folder, which must exist.
    pub fn write(&self, folder: &Path) -> Result<(), FileError> {
        let files = [
            ("source.toml", &self.about),
            ("people.tsv", &self.people),
            ("offices.tsv", &self.offices),
            ("terms.tsv", &self.terms),
        ];
        for (name, text) in files {
            let path = folder.join(name);
            fs::write(&path, text).map_err(|why| FileError::Unreadable { file: path.display().to_string(), why })?;
        }
        Ok(())
    }
}

impl<T: AsRef<str>> SourceFiles<T> {
    /// Reads the source out of the text of its files.
    pub fn parse(&self) -> Result<Source, FileError> {
        let about: About = toml::from_str(self.about.as_ref()).map_err(|error| {
            FileError::wrong("source.toml", error_line(self.about.as_ref(), &error), error.message())
        })?;
        let mut people = Vec::new();
        let mut person_ids = HashMap::new();
        for row in rows("people.tsv", self.people.as_ref(), PEOPLE)? {
            row.unique(&mut person_ids, people.len())?;
            people.push(Person {
                id: row.filled(0)?,
                name: row.filled(1)?,
                surname: row.optional(2),
                spellings: row.list(3),
            });
        }
        let mut offices = Vec::new();
        let mut office_ids = HashMap::new();
        for row in rows("offices.tsv", self.offices.as_ref(), OFFICES)? {
            row.unique(&mut office_ids, offices.len())?;
            offices.push(Office {
                id: row.filled(0)?,
                country: row.filled(1)?,
                rank: row.rank(2)?,
                name: row.filled(3)?,
                department: row.fields[4].to_owned(),
                topics: row.list(5),
            });
        }
        let mut terms = Vec::new();
        for row in rows("terms.tsv", self.terms.as_ref(), TERMS)? {
            terms.push(Term {
                person: row.known(0, &person_ids)?,
                office: row.known(1, &office_ids)?,
                from: row.date(2)?,
                until: row.date(3)?,
            });
        }
        Ok(Source { about, people, offices, terms })
    }
}

impl Source {
    /// The text of the source's files. Parsed again they give the same source.
    pub fn files(&self) -> SourceFiles<String> {
        let people = self.people.iter().map(|person| {
            let surname = person.surname.as_deref().unwrap_or_default();
            [person.id.as_str(), &person.name, surname, &person.spellings.join("|")].join("\t")
        });
        let offices = self.offices.iter().map(|office| {
            let rank = match office.rank {
                Rank::Head => "head",
                Rank::Minister => "minister",
            };
            let topics = office.topics.join("|");
            [office.id.as_str(), &office.country, rank, &office.name, &office.department, &topics].join("\t")
        });
        let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        let terms = self.terms.iter().map(|term| {
            let (person, office) = (&self.people[term.person].id, &self.offices[term.office].id);
            [person.as_str(), office, &day(term.from), &day(term.until)].join("\t")
        });
        SourceFiles {
            about: toml::to_string(&self.about).unwrap_or_default(),
            people: table(PEOPLE, people),
            offices: table(OFFICES, offices),
            terms: table(TERMS, terms),
        }
    }
}

fn table(columns: &[&str], rows: impl Iterator<Item = String>) -> String {
    let mut text = columns.join("\t");
    for row in rows {
        text.push('\n');
        text.push_str(&row);
    }
    text.push('\n');
    text
}

/// Reads a whole text file of at most [`MAX_FILE_BYTES`].
pub(super) fn read_file(path: &Path) -> Result<String, FileError> {
    let file = path.display().to_string();
    let unreadable = |why| FileError::Unreadable { file: file.clone(), why };
    let mut bytes = Vec::new();
    let opened = fs::File::open(path).map_err(unreadable)?;
    opened.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(FileError::wrong(&file, 1, format!("the file is larger than {MAX_FILE_BYTES} bytes")));
    }
    String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        FileError::wrong(&file, line + 1, "this is not UTF-8")
    })
}

/// One line of a table, with as many fields as the table has columns.
pub(super) struct Row<'t> {
    file: &'t str,
    line: usize,
    pub fields: Vec<&'t str>,
}

/// The rows of a table, after its line of column names. Empty lines and lines that begin with `#`
/// are passed over.
pub(super) fn rows<'t>(file: &'t str, text: &'t str, columns: &[&str]) -> Result<Vec<Row<'t>>, FileError> {
    let mut rows = Vec::new();
    let mut named = false;
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let row = Row { file, line: index + 1, fields: line.split('\t').map(str::trim).collect() };
        if !named {
            if row.fields != columns {
                return Err(row.wrong(format!("the columns must be {}", columns.join(", "))));
            }
            named = true;
            continue;
        }
        if row.fields.len() != columns.len() {
            return Err(row.wrong(format!("{} fields where there should be {}", row.fields.len(), columns.len())));
        }
        if row.fields.iter().any(|field| field.len() > MAX_FIELD_BYTES) {
            return Err(row.wrong(format!("a field is longer than {MAX_FIELD_BYTES} bytes")));
        }
        if rows.len() == MAX_ROWS {
            return Err(row.wrong(format!("more than {MAX_ROWS} rows")));
        }
        rows.push(row);
    }
    if named { Ok(rows) } else { Err(FileError::wrong(file, 1, "the line of column names is missing")) }
}

impl Row<'_> {
    pub fn wrong(&self, what: impl Into<String>) -> FileError {
        FileError::wrong(self.file, self.line, what)
    }

    pub fn filled(&self, column: usize) -> Result<String, FileError> {
        match self.fields[column] {
            "" => Err(self.wrong(format!("field {} is empty", column + 1))),
            field => Ok(field.to_owned()),
        }
    }

    pub fn optional(&self, column: usize) -> Option<String> {
        Some(self.fields[column]).filter(|field| !field.is_empty()).map(str::to_owned)
    }

    pub fn list(&self, column: usize) -> Vec<String> {
        self.fields[column].split('|').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    fn unique(&self, ids: &mut HashMap<String, usize>, index: usize) -> Result<(), FileError> {
        match ids.insert(self.fields[0].to_owned(), index) {
            None => Ok(()),
            Some(_) => Err(self.wrong(format!("the id {} comes twice", self.fields[0]))),
        }
    }

    fn known(&self, column: usize, ids: &HashMap<String, usize>) -> Result<usize, FileError> {
        let id = self.fields[column];
        ids.get(id).copied().ok_or_else(|| self.wrong(format!("there is no {id} in the other table")))
    }

    fn rank(&self, column: usize) -> Result<Rank, FileError> {
        match self.fields[column] {
            "head" => Ok(Rank::Head),
            "minister" => Ok(Rank::Minister),
            other => Err(self.wrong(format!("the rank must be head or minister, not {other:?}"))),
        }
    }

    fn date(&self, column: usize) -> Result<Option<Date>, FileError> {
        match self.fields[column] {
            "" => Ok(None),
            day => day.parse().map(Some).map_err(|_| self.wrong(format!("{day:?} is not a day like 2025-05-06"))),
        }
    }
}

fn error_line(text: &str, error: &toml::de::Error) -> usize {
    let at = error.span().map_or(0, |span| span.start.min(text.len()));
    text.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: &str = r#"
        name = "A list"
        url = "https://example.org/"
        licence = "CC0 1.0"
        licence_url = "https://example.org/licence"
        attribution = "The keepers of the list"
        changes = "none"
        snapshot = "2026-01-31"
    "#;

    fn files(terms: &str) -> SourceFiles<String> {
        SourceFiles {
            about: ABOUT.into(),
            people: "id\tname\tsurname\tspellings\niain\tIain Duncan Smith\tDuncan Smith\tIDS|Sir Iain\n".into(),
            offices: "id\tcountry\trank\tname\tdepartment\ttopics\ndwp\tgb\thead\tSecretary of State for Work and Pensions\tDepartment for Work and Pensions\tWork|Pensions\n".into(),
            terms: format!("person\toffice\tfrom\tuntil\n{terms}\n"),
        }
    }

    fn complaint(files: &SourceFiles<String>) -> String {
        files.parse().unwrap_err().to_string()
    }

    #[test]
    fn a_source_is_written_as_it_was_read() {
        let source = files("iain\tdwp\t2010-05-12\t2016-03-18").parse().unwrap();
        assert_eq!(source.files().parse().unwrap(), source);
    }

    #[test]
    fn an_empty_day_is_unknown_or_still_open() {
        let source = files("iain\tdwp\t\t").parse().unwrap();
        assert_eq!((source.terms[0].from, source.terms[0].until), (None, None));
    }

    #[test]
    fn a_wrong_row_is_named_by_its_file_and_line() {
        assert_eq!(
            complaint(&files("iain\tdwp\t12 May 2010\t")),
            "terms.tsv, line 2: \"12 May 2010\" is not a day like 2025-05-06"
        );
        assert_eq!(
            complaint(&files("ian\tdwp\t2010-05-12\t")),
            "terms.tsv, line 2: there is no ian in the other table"
        );
        assert_eq!(complaint(&files("iain\tdwp")), "terms.tsv, line 2: 2 fields where there should be 4");
    }

    #[test]
    fn a_table_without_column_names_is_refused() {
        let empty = SourceFiles { people: String::new(), ..files("") };
        assert_eq!(complaint(&empty), "people.tsv, line 1: the line of column names is missing");
    }

    #[test]
    fn a_source_without_a_snapshot_day_is_refused() {
        let undated = SourceFiles { about: "name = \"A list\"".into(), ..files("") };
        assert!(complaint(&undated).starts_with("source.toml, line 1: missing field"), "{}", complaint(&undated));
    }

    #[test]
    fn an_endless_field_is_refused() {
        let long = "x".repeat(MAX_FIELD_BYTES + 1);
        assert!(complaint(&files(&format!("{long}\tdwp\t\t"))).contains("a field is longer than 2000 bytes"));
    }
}
