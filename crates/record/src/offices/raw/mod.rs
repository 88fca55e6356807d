//! Collections of office-holders in the forms in which their makers publish them.

mod csv;
mod ifg;
mod us;
mod world;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    io,
    path::Path,
};

use jiff::civil::Date;

pub use ifg::{IfgFiles, ifg};
pub use us::us_executive;
pub use world::world_leaders;

use super::{
    files::{FileError, SourceFiles, read_file},
    model::{Source, Term},
};

/// Reads a collection in any known form: the folder of the Institute for Government's Ministers
/// Database, the `executive.yaml` of `unitedstates/congress-legislators`, the
/// `all-leaders-current.csv` of `world-leaders-current`, or a folder in our own form.
///
/// These files do not say of which day they are, so the caller does; our own form has it inside,
/// and `snapshot` is passed over.
pub fn read(path: &Path, snapshot: Date) -> Result<Source, FileError> {
    if path.join("source.toml").is_file() {
        return SourceFiles::read(path)?.parse();
    }
    if path.join("appointment.csv").is_file() {
        return ifg(&IfgFiles::read(path)?, snapshot);
    }
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    match extension.to_ascii_lowercase().as_str() {
        "yaml" | "yml" => us_executive(&read_file(path)?, snapshot),
        "csv" => world_leaders(&read_file(path)?, snapshot),
        _ => Err(FileError::Unreadable {
            file: path.display().to_string(),
            why: io::Error::new(
                io::ErrorKind::InvalidInput,
                "this is no collection of office-holders that Masthead knows (the manual lists them)",
            ),
        }),
    }
}

/// Makes ids of names: small letters and hyphens, a number where two are alike.
#[derive(Default)]
struct Ids(HashSet<String>);

impl Ids {
    fn make(&mut self, name: &str) -> String {
        let stem = super::words::words(name).into_iter().map(|word| word.folded).collect::<Vec<_>>().join("-");
        let mut id = stem.clone();
        let mut number = 2;
        while !self.0.insert(id.clone()) {
            id = format!("{stem}-{number}");
            number += 1;
        }
        id
    }
}

/// Sorts terms by office, then day, and joins those of one person that follow each other without
/// a gap: a second term in the same office is, for us, the same holding.
fn settle(source: &mut Source) {
    let mut of: BTreeMap<(usize, usize), Vec<Term>> = BTreeMap::new();
    for &term in &source.terms {
        of.entry((term.office, term.person)).or_default().push(term);
    }
    let mut terms: Vec<Term> = Vec::with_capacity(source.terms.len());
    for mut held in of.into_values() {
        held.sort_by_key(|term| term.from);
        let mut joined: Vec<Term> = Vec::new();
        for term in held {
            match joined.last_mut() {
                Some(last) if last.until.is_some() && last.until >= term.from => last.until = term.until,
                _ => joined.push(term),
            }
        }
        terms.extend(joined);
    }
    let order: HashMap<usize, &str> = source.offices.iter().map(|office| office.id.as_str()).enumerate().collect();
    terms.sort_by_key(|term| (order[&term.office], term.from, term.person));
    source.terms = terms;
}
