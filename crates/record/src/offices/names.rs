//! From a name as copy prints it to the people who bear it.

use std::collections::{HashMap, HashSet};

use super::{
    model::Person,
    words::{Word, words},
};

/// Titles of peers, which stand for the given name (`Baroness Kinnock`). `Lord` and `Lady` also
/// stand for the longer ones.
const PEERS: &[&str] =
    &["lord", "lady", "baroness", "baron", "earl", "countess", "viscount", "viscountess", "marquess"];
/// What copy sets before a name without changing it.
const COURTESY: &[&str] = &[
    "sir",
    "dame",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sen",
    "senator",
    "rep",
    "gov",
    "gen",
    "general",
    "rt",
    "hon",
    "right",
    "honourable",
    "honorable",
    "cllr",
    "councillor",
    "congressman",
    "congresswoman",
];
/// What stands after a name.
const POSTNOMINALS: &[&str] = &["mp", "msp", "mep", "kc", "qc", "cbe", "obe", "mbe", "jr", "sr", "phd"];

/// Who can be meant by a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    /// People who bear this full name.
    Full(Vec<usize>),
    /// Only a surname was given: everyone who bears it.
    Surname(Vec<usize>),
    /// Nobody in the register.
    Nobody,
}

/// An index of people by full name and by surname.
#[derive(Debug, Default)]
pub(super) struct Names {
    full: HashMap<String, Vec<usize>>,
    surname: HashMap<String, Vec<usize>>,
}

impl Names {
    /// Adds a person. Where the order of names is not known (`every_word`), each word may be the
    /// surname: `President Xi`, `President Lula`.
    pub fn add(&mut self, index: usize, person: &Person, every_word: bool) {
        for spelling in person.names() {
            let name = Name::read(spelling);
            let surname = match &person.surname {
                Some(surname) if name.peer.is_none() => folded(surname),
                _ => name.surname(spelling),
            };
            for full in name.kept(&surname) {
                insert(&mut self.full, full, index);
            }
            if every_word {
                for word in name.words.iter().filter(|word| word.len() > 1) {
                    insert(&mut self.surname, word.clone(), index);
                }
            }
            insert(&mut self.surname, surname, index);
        }
    }

    /// Who bears the name. Courtesy titles and letters after the name make no difference; a middle
    /// name or initial may be there or not; `Sir` with a given name alone is nobody.
    pub fn find(&self, text: &str) -> Who {
        let name = Name::read(text);
        let surname = name.surname(text);
        for full in name.sought(&surname) {
            if let Some(people) = self.full.get(&full) {
                return Who::Full(people.clone());
            }
        }
        // `Lord Smith` may be any Smith, ennobled since; `Lord David Cameron` is wrong but clear.
        if name.words.len() > 1 && name.peer.is_some() {
            return self.full.get(&name.words.join(" ")).map_or(Who::Nobody, |people| Who::Full(people.clone()));
        }
        let alone = name.words.join(" ");
        match self.surname.get(&alone) {
            Some(people) if !(name.knight && name.words.len() == 1) => Who::Surname(people.clone()),
            _ => Who::Nobody,
        }
    }
}

/// Whether two names share a word of three letters or more: then one may be the other, spelled in
/// another way (`Tayyip Erdogan`, `Kier Starmer`).
pub(super) fn akin(left: &str, right: &str) -> bool {
    let words: HashSet<String> = Name::read(left).words.into_iter().filter(|word| word.len() > 2).collect();
    Name::read(right).words.iter().any(|word| words.contains(word))
}

/// Whether a name begins with a peer's title.
pub(super) fn is_peer(name: &str) -> bool {
    Name::read(name).peer.is_some()
}

/// Whether a word is a courtesy or peer's title that may begin a name.
pub(super) fn is_style(word: &Word<'_>) -> bool {
    word.capital && (COURTESY.contains(&word.folded.as_ref()) || PEERS.contains(&word.folded.as_ref()))
}

fn insert(index: &mut HashMap<String, Vec<usize>>, key: String, person: usize) {
    let people = index.entry(key).or_default();
    if !people.contains(&person) {
        people.push(person);
    }
}

fn folded(text: &str) -> String {
    words(text).into_iter().map(|word| word.folded).collect::<Vec<_>>().join(" ")
}

/// A name taken apart.
#[derive(Debug, Default)]
struct Name {
    peer: Option<String>,
    knight: bool,
    /// The words without titles, letters after the name, and `of Chipping Norton`.
    words: Vec<String>,
    /// The place of a peer's title: `chipping norton`.
    of: Option<String>,
}

impl Name {
    fn read(text: &str) -> Name {
        let mut name = Name::default();
        let mut all =
            words(text).into_iter().map(|word| word.folded.into_owned()).filter(|word| word != "the").peekable();
        while let Some(word) = all.next_if(|word| style(word)) {
            name.knight |= word == "sir" || word == "dame";
            if PEERS.contains(&word.as_str()) {
                name.peer = Some(word);
            }
        }
        let mut rest: Vec<String> = all.collect();
        while rest.len() > 1 && rest.last().is_some_and(|word| POSTNOMINALS.contains(&word.as_str())) {
            rest.pop();
        }
        if name.peer.is_some()
            && let Some(of) = rest.iter().position(|word| word == "of")
        {
            name.of = Some(rest.split_off(of).split_off(1).join(" "));
            // `Earl of Minto`: the place is the name.
            if rest.is_empty() {
                rest = name.of.take().into_iter().collect();
            }
        }
        name.words = join_initials(rest);
        name
    }

    /// The last word of the name as it is printed, with the parts of a double-barrelled one.
    fn surname(&self, text: &str) -> String {
        if self.peer.is_some() {
            return self.words.join(" ");
        }
        let plain = text.split_whitespace().rev().find(|word| {
            let word = folded(word);
            !word.is_empty() && !POSTNOMINALS.contains(&word.as_str())
        });
        folded(plain.unwrap_or_default())
    }

    /// The keys under which a full name is sought, the most exact first. A peer with a place is only
    /// the one of that place.
    fn sought(&self, surname: &str) -> Vec<String> {
        let all = self.words.join(" ");
        match (&self.peer, &self.of) {
            (Some(peer), Some(of)) => plain(peer).map(|peer| format!("{peer} {all} of {of}")).collect(),
            (Some(peer), None) => plain(peer).map(|peer| format!("{peer} {all}")).collect(),
            (None, _) if self.words.len() < 2 => Vec::new(),
            (None, _) => {
                let first_and_last = format!("{} {surname}", self.words[0]);
                vec![all, first_and_last]
            }
        }
    }

    /// The keys under which a full name is kept: also a peer's without the place.
    fn kept(&self, surname: &str) -> Vec<String> {
        let mut keys = self.sought(surname);
        if let (Some(peer), Some(_)) = (&self.peer, &self.of) {
            keys.extend(plain(peer).map(|peer| format!("{peer} {}", self.words.join(" "))));
        }
        keys
    }
}

/// `H. W.` is `H.W.`.
fn join_initials(words: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    let mut initials = false;
    for word in words {
        let initial = word.len() == 1;
        match joined.last_mut() {
            Some(last) if initial && initials => last.push_str(&word),
            _ => joined.push(word),
        }
        initials = initial;
    }
    joined
}

fn style(word: &str) -> bool {
    COURTESY.contains(&word) || PEERS.contains(&word)
}

/// A peer's title and the plain one that copy uses for it.
fn plain(peer: &str) -> impl Iterator<Item = &str> {
    let common = match peer {
        "baroness" | "countess" | "viscountess" => Some("lady"),
        "baron" | "earl" | "viscount" | "marquess" => Some("lord"),
        _ => None,
    };
    std::iter::once(peer).chain(common)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEOPLE: &[(&str, Option<&str>, &[&str])] = &[
        ("Stephen Kinnock", None, &[]),
        ("Baroness Kinnock of Holyhead", None, &[]),
        ("David Cameron", None, &["Lord Cameron of Chipping Norton"]),
        ("Iain Duncan Smith", Some("Duncan Smith"), &[]),
        ("Jacob Rees-Mogg", None, &[]),
        ("Baroness Smith of Malvern", None, &[]),
        ("Baroness Smith of Cluny", None, &[]),
        ("Joe Biden", None, &["Joseph Robinette Biden"]),
        ("Thérèse Coffey", None, &[]),
        ("Keir Starmer", None, &[]),
        ("George Bush", None, &["George H.W. Bush"]),
        ("George Bush", None, &["George W. Bush"]),
    ];

    fn names() -> (Names, Vec<Person>) {
        let mut names = Names::default();
        let mut people = Vec::new();
        for (name, surname, spellings) in PEOPLE {
            let person = Person {
                id: String::new(),
                name: (*name).into(),
                surname: surname.map(str::to_owned),
                spellings: spellings.iter().map(|&spelling| spelling.to_owned()).collect(),
            };
            names.add(people.len(), &person, false);
            people.push(person);
        }
        (names, people)
    }

    #[track_caller]
    fn finds(name: &str, expected: &[&str]) {
        let (names, people) = names();
        let found = match names.find(name) {
            Who::Full(found) | Who::Surname(found) => found,
            Who::Nobody => Vec::new(),
        };
        assert_eq!(found.iter().map(|&at| people[at].name.as_str()).collect::<Vec<_>>(), expected, "{name}");
    }

    #[test]
    fn two_people_of_one_surname_stay_two() {
        finds("Kinnock", &["Stephen Kinnock", "Baroness Kinnock of Holyhead"]);
        finds("Mr Kinnock", &["Stephen Kinnock", "Baroness Kinnock of Holyhead"]);
    }

    #[test]
    fn a_full_name_is_one_of_them() {
        finds("Stephen Kinnock MP", &["Stephen Kinnock"]);
        finds("Lady Kinnock", &["Baroness Kinnock of Holyhead"]);
    }

    #[test]
    fn a_peer_is_found_with_and_without_the_place() {
        finds("Lord Cameron", &["David Cameron"]);
        finds("Lord Cameron of Chipping Norton", &["David Cameron"]);
        finds("Baroness Smith", &["Baroness Smith of Malvern", "Baroness Smith of Cluny"]);
        finds("Lady Smith of Cluny", &["Baroness Smith of Cluny"]);
    }

    #[test]
    fn titles_accents_and_middle_names_make_no_difference() {
        finds("Sir Keir Starmer KC", &["Keir Starmer"]);
        finds("Therese Coffey", &["Thérèse Coffey"]);
        finds("Joseph R. Biden Jr.", &["Joe Biden"]);
        finds("President", &[]);
    }

    #[test]
    fn a_surname_of_two_words_is_one_surname() {
        finds("Duncan Smith", &["Iain Duncan Smith"]);
        finds("Rees-Mogg", &["Jacob Rees-Mogg"]);
        finds("Sir Jacob Rees-Mogg", &["Jacob Rees-Mogg"]);
    }

    #[test]
    fn a_knight_by_given_name_alone_is_nobody() {
        finds("Sir Keir", &[]);
        finds("Sir Kinnock", &[]);
    }

    #[test]
    fn initials_tell_two_of_one_name_apart() {
        let (names, _) = names();
        assert_eq!(names.find("George H. W. Bush"), names.find("George H.W. Bush"));
        assert!(matches!(names.find("George W. Bush"), Who::Full(one) if one.len() == 1));
        assert!(matches!(names.find("George Bush"), Who::Full(both) if both.len() == 2));
    }

    #[test]
    fn another_given_name_is_another_person() {
        finds("Neil Kinnock", &[]);
    }
}
