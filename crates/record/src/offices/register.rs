//! The register: several sources under one roof, with their indexes.

use std::{collections::HashMap, fs, path::Path, sync::LazyLock};

use jiff::civil::Date;

use crate::lexicon::Key;

use super::{
    embedded,
    files::{FileError, MAX_SOURCES, SourceFiles, read_file},
    model::{About, Holding, Office, Person, Source},
    names::{Names, Who},
    titles::{Tables, Titles},
    words::phrase,
};

/// People and the offices that they held, looked up by the words of copy.
#[derive(Debug)]
pub struct Register {
    sources: Vec<Source>,
    /// Each person once, though several sources may name them: places in the sources.
    people: Vec<(usize, usize)>,
    offices: Vec<(usize, usize)>,
    terms: Vec<Held>,
    /// Numbers of terms, by person and by office.
    of_person: Vec<Vec<usize>>,
    of_office: Vec<Vec<usize>>,
    pub(super) names: Names,
    pub(super) titles: Titles,
}

/// A term, by the register's own numbers.
#[derive(Debug, Clone, Copy)]
struct Held {
    source: usize,
    term: usize,
    person: usize,
    office: usize,
}

impl Register {
    /// Whether a text with this word, as it stands there and by its key, may name an office; without any such word
    /// it does not.
    pub(crate) fn may_name_an_office(&self, word: &str, key: Key) -> bool {
        self.titles.may_have(word, key)
    }

    /// The register that is built into the program, made at the first call.
    pub fn embedded() -> &'static Register {
        static REGISTER: LazyLock<Register> = LazyLock::new(|| {
            embedded::sources()
                .and_then(Register::new)
                .expect("the built-in sources are read by this crate's own tests")
        });
        &REGISTER
    }

    /// Makes a register of sources, with the built-in tables of wordings.
    pub fn new(sources: Vec<Source>) -> Result<Register, FileError> {
        Register::with_tables(sources, embedded::TABLES)
    }

    /// Reads a folder with a folder for each source, in our own form (see [`SourceFiles`]). A folder
    /// `words` beside them may hold `titles.tsv`, `countries.tsv` and `qualifiers.tsv`, which then
    /// stand in for the built-in tables. Sources come in the order of their folders' names.
    pub fn read(folder: &Path) -> Result<Register, FileError> {
        let unreadable = |why| FileError::Unreadable { file: folder.display().to_string(), why };
        let mut folders = Vec::new();
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.join("source.toml").is_file() {
                folders.push(path);
            }
        }
        folders.sort();
        let name = folder.display().to_string();
        if folders.is_empty() {
            return Err(FileError::wrong(&name, 1, "no folder in it holds a source.toml"));
        }
        if folders.len() > MAX_SOURCES {
            return Err(FileError::wrong(&name, 1, format!("more than {MAX_SOURCES} sources")));
        }
        let sources: Result<Vec<Source>, FileError> = folders
            .iter()
            .map(|folder| SourceFiles::read(folder)?.parse().map_err(|error| within(folder, error)))
            .collect();
        let table = |name: &str, built_in: &str| {
            let path = folder.join("words").join(name);
            if path.is_file() { read_file(&path) } else { Ok(built_in.to_owned()) }
        };
        let titles = table("titles.tsv", embedded::TABLES.titles)?;
        let countries = table("countries.tsv", embedded::TABLES.countries)?;
        let qualifiers = table("qualifiers.tsv", embedded::TABLES.qualifiers)?;
        Register::with_tables(sources?, Tables { titles: &titles, countries: &countries, qualifiers: &qualifiers })
    }

    /// The sources, with their licences and snapshot days.
    pub fn sources(&self) -> impl Iterator<Item = &About> {
        self.sources.iter().map(|source| &source.about)
    }

    /// Everyone in the register.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        (0..self.people.len()).map(|index| self.person(index))
    }

    /// The people who bear a name: one for a full name as a rule, several for a surname, none for a
    /// stranger.
    pub fn named(&self, name: &str) -> Vec<&Person> {
        let found = match self.names.find(name) {
            Who::Full(found) | Who::Surname(found) => found,
            Who::Nobody => Vec::new(),
        };
        found.into_iter().map(|index| self.person(index)).collect()
    }

    /// What a person of the register held on a day. Empty after the snapshot day of the source.
    pub fn held_by(&self, person: &Person, date: Date) -> Vec<Holding<'_>> {
        let at = self.people().position(|known| std::ptr::eq(known, person));
        at.map(|index| self.terms_of(index).filter(|held| held.covers(date)).collect()).unwrap_or_default()
    }

    /// Who held the office that copy calls by these words, on a day. Without a country in the words
    /// (`the Prime Minister`) that of the magazine is meant (`home`: `gb`). Empty when nobody is known
    /// to have held it, when the words are not an office, and for `former` or `shadow` ones.
    pub fn holders(&self, title: &str, date: Date, home: &str) -> Vec<Holding<'_>> {
        let Ok(title) = self.titles.read(title) else { return Vec::new() };
        let country = title.country.unwrap_or(home);
        self.in_office(&self.of_country(&title.wording.offices, country), date)
    }

    fn with_tables(sources: Vec<Source>, tables: Tables<'_>) -> Result<Register, FileError> {
        let mut offices = Vec::new();
        let mut bases = Vec::new();
        for (number, source) in sources.iter().enumerate() {
            bases.push(offices.len());
            offices.extend((0..source.offices.len()).map(|office| (number, office)));
        }
        let by_index: Vec<&Office> = offices.iter().map(|&(source, office)| &sources[source].offices[office]).collect();
        let titles = Titles::new(&by_index, tables)?;
        let (people, number_of) = gather(&sources);
        let mut names = Names::default();
        let mut terms = Vec::new();
        let (mut of_person, mut of_office) = (vec![Vec::new(); people.len()], vec![Vec::new(); offices.len()]);
        for (number, source) in sources.iter().enumerate() {
            let mut abroad = vec![false; source.people.len()];
            for (term, held) in source.terms.iter().enumerate() {
                let (person, office) = (number_of[number][held.person], bases[number] + held.office);
                of_person[person].push(terms.len());
                of_office[office].push(terms.len());
                terms.push(Held { source: number, term, person, office });
                abroad[held.person] |= surname_may_come_first(&source.offices[held.office].country);
            }
            for (at, person) in source.people.iter().enumerate() {
                names.add(number_of[number][at], person, abroad[at]);
            }
        }
        Ok(Register { people, offices, terms, of_person, of_office, names, titles, sources })
    }

    pub(super) fn person(&self, index: usize) -> &Person {
        let (source, person) = self.people[index];
        &self.sources[source].people[person]
    }

    pub(super) fn office(&self, index: usize) -> &Office {
        let (source, office) = self.offices[index];
        &self.sources[source].offices[office]
    }

    /// All that a person ever held.
    pub(super) fn terms_of(&self, person: usize) -> impl Iterator<Item = Holding<'_>> {
        self.of_person[person].iter().map(|&term| self.holding(term))
    }

    /// A person's terms in any of some offices.
    pub(super) fn terms_in(&self, person: usize, offices: &[usize]) -> impl Iterator<Item = Holding<'_>> {
        let of = self.of_person[person].iter().filter(move |&&term| offices.contains(&self.terms[term].office));
        of.map(|&term| self.holding(term))
    }

    /// The holders of some offices on a day.
    pub(super) fn in_office(&self, offices: &[usize], date: Date) -> Vec<Holding<'_>> {
        let terms = offices.iter().flat_map(|&office| &self.of_office[office]);
        let mut holders: Vec<Holding<'_>> = Vec::new();
        for holding in terms.map(|&term| self.holding(term)).filter(|holding| holding.covers(date)) {
            if !holders.iter().any(|known| std::ptr::eq(known.person, holding.person)) {
                holders.push(holding);
            }
        }
        holders
    }

    pub(super) fn of_country(&self, offices: &[usize], country: &str) -> Vec<usize> {
        offices.iter().copied().filter(|&office| self.office(office).country == country).collect()
    }

    fn holding(&self, term: usize) -> Holding<'_> {
        let held = self.terms[term];
        let source = &self.sources[held.source];
        let term = &source.terms[held.term];
        Holding {
            person: self.person(held.person),
            office: self.office(held.office),
            from: term.from,
            until: term.until,
            source: &source.about,
        }
    }
}

/// The people of all sources, each once, and the number of each source's people. Two sources mean
/// one person when name and state are the same; inside a source every row is a person of its own.
fn gather(sources: &[Source]) -> (Vec<(usize, usize)>, Vec<Vec<usize>>) {
    let mut people = Vec::new();
    let mut known: HashMap<(Vec<String>, &str), usize> = HashMap::new();
    let mut number_of = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        let mut states: Vec<Vec<&str>> = vec![Vec::new(); source.people.len()];
        for term in &source.terms {
            states[term.person].push(&source.offices[term.office].country);
        }
        let keys: Vec<Vec<(Vec<String>, &str)>> = source
            .people
            .iter()
            .zip(&states)
            .map(|(person, states)| states.iter().map(|&state| (phrase(&person.name), state)).collect())
            .collect();
        let numbers: Vec<usize> = keys
            .iter()
            .enumerate()
            .map(|(person, keys)| {
                keys.iter().find_map(|key| known.get(key).copied()).unwrap_or_else(|| {
                    people.push((number, person));
                    people.len() - 1
                })
            })
            .collect();
        // Only now, so that two people of one name in one source stay two.
        for (keys, &person) in keys.into_iter().zip(&numbers) {
            for key in keys {
                known.entry(key).or_insert(person);
            }
        }
        number_of.push(numbers);
    }
    (people, number_of)
}

/// `Xi Jinping` is `President Xi`, and `Luiz Inácio Lula da Silva` is `President Lula`; a British or
/// American minister is not called by the given name.
fn surname_may_come_first(country: &str) -> bool {
    !matches!(country, "gb" | "us" | "au" | "ca")
}

fn within(folder: &Path, error: FileError) -> FileError {
    match error {
        FileError::Wrong { file, line, what } => {
            FileError::Wrong { file: folder.join(file).display().to_string(), line, what }
        }
        unreadable => unreadable,
    }
}
