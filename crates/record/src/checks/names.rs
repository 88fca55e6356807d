//! Names of persons, and those that are spelled in two ways.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::reading::{Reading, Word};
use super::{Context, Report};
use crate::lexicon::{self, kind};

/// A name in the text, outside quotation marks.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// The words of the name, without titles.
    pub name: Range<usize>,
    /// Whether a title or a rank stands before it.
    pub titled: bool,
}

/// All names in the text: runs of words in capitals, cut where a title ends.
pub(super) fn mentions(reading: &Reading) -> Vec<Mention> {
    let words = &reading.body.words;
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !words[at].capital || words[at].quoted {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < words.len() && joined(reading, end) {
            end += 1;
        }
        while end > at + 1 && !words[end - 1].capital {
            end -= 1;
        }
        // Titles and offices before the name: the last of them ends them all.
        let mut start = at;
        if let Some(last) = (at..end - 1).rev().find(|&place| words[place].is(kind::TITLE) || is_office(&words[place]))
        {
            start = last + 1;
        }
        let titled = start > at;
        if !titled
            && words[at].begins
            && words[at].is(kind::PLAIN | kind::DETERMINER | kind::PREPOSITION | kind::PRONOUN | kind::CALENDAR)
        {
            start = at + 1;
        }
        if start < end {
            found.push(Mention { name: start..end, titled });
        }
        at = end;
    }
    found
}

fn is_office(word: &Word) -> bool {
    word.is(kind::PERSON) && word.capital
}

/// Whether this word goes on with the name of the word before it.
fn joined(reading: &Reading, at: usize) -> bool {
    let words = &reading.body.words;
    let gap = reading.body.gap(at - 1);
    let before = reading.body.of(&words[at - 1]);
    let initial = gap == ". "
        && (before.chars().count() <= 4
            && (words[at - 1].is(kind::TITLE | kind::ABBREVIATION) || before.chars().count() == 1));
    if words[at].quoted || !(gap == " " || initial) || before.ends_with("’s") || before.ends_with("'s") {
        return false;
    }
    if words[at].capital {
        return !words[at].begins || initial;
    }
    // van den Broek, ap Iorwerth, Ní: small words inside names, if a capital follows.
    matches!(
        reading.body.of(&words[at]),
        "van"
            | "von"
            | "de"
            | "der"
            | "den"
            | "del"
            | "della"
            | "di"
            | "da"
            | "dos"
            | "du"
            | "la"
            | "le"
            | "ap"
            | "ab"
            | "bin"
            | "ibn"
            | "al"
            | "y"
    ) && words.get(at + 1).is_some_and(|next| (next.capital || next.is(kind::PARTICLE)) && !next.quoted)
}

/// A spelling of a surname, and how it is used.
#[derive(Debug, Default)]
struct Spelling<'a> {
    name: &'a str,
    given: Vec<&'a str>,
    places: Vec<Range<usize>>,
    titled: bool,
    /// Whether something says that this is a person: a title, a known given name, an age, a verb of saying.
    person: bool,
    /// Whether it is a place, “in Maine”, or an everyday word that stands in small letters too.
    other: bool,
    /// How often it stands where it is not judged.
    elsewhere: usize,
}

/// Spellings that are compared with each other because they share a trait, at most.
const ALIKE: usize = 24;

pub(super) fn two_spellings(reading: &Reading, context: &Context, report: &mut Report) {
    let spellings = spellings(reading, context);
    let mut told = HashSet::new();
    for (one, other) in pairs(&spellings) {
        if !one_person(&spellings[one], &spellings[other]) {
            continue;
        }
        let weight = |at: usize| (spellings[at].places.len() + spellings[at].elsewhere, std::cmp::Reverse(at));
        let (rare, usual) = if weight(one) < weight(other) { (one, other) } else { (other, one) };
        for place in spellings[rare].places.iter().filter(|place| told.insert(place.start)) {
            let usual = spellings[usual].name;
            report.fix(
                place.clone(),
                format!("“{usual}” elsewhere: one person, two spellings"),
                place.clone(),
                usual.to_owned(),
            );
        }
    }
    given_names(reading, report);
}

fn spellings<'a>(reading: &Reading<'a>, context: &Context<'a>) -> Vec<Spelling<'a>> {
    let words = &reading.body.words;
    // Sorted, which is quicker here than to hash every word of the article.
    let mut small: Vec<lexicon::Key> = words.iter().filter(|word| !word.capital).map(|word| word.key).collect();
    small.sort_unstable();
    let stands_small = |word: &str| {
        let key = if word.is_ascii() { lexicon::key(word) } else { lexicon::key(&word.to_lowercase()) };
        small.binary_search(&key).is_ok()
    };
    let mut index: HashMap<&str, usize> = HashMap::new();
    let mut spellings: Vec<Spelling> = Vec::new();
    for Mention { name, titled } in reading.mentions() {
        let (name, titled) = (name.clone(), *titled);
        let mut last = name.end - 1;
        while last > name.start && is_suffix(reading.body.of(&words[last])) {
            last -= 1;
        }
        let word = &words[last];
        let surname = without_s(reading.body.of(word));
        let next = words.get(last + 1).filter(|_| reading.body.gap(last).starts_with([' ', ',']));
        let says = next.is_some_and(|next| next.is(kind::SAY) && !next.capital)
            || last > 0 && words[last - 1].is(kind::SAY) && !words[last - 1].capital && last == name.start;
        let alone = name.len() == 1 && !titled;
        // A capital at the head of a sentence is no name by itself.
        let doubtful =
            alone && (word.begins && (word.is(kind::PLAIN) || stands_small(surname) || surname.len() < 6 && !says));
        if doubtful
            || word.is(kind::CALENDAR)
            || surname.chars().count() < 4
            || !surname.starts_with(char::is_uppercase)
        {
            continue;
        }
        let at = *index.entry(surname).or_insert_with(|| {
            spellings.push(Spelling { name: surname, ..Spelling::default() });
            spellings.len() - 1
        });
        let spelling = &mut spellings[at];
        let given = (last > name.start).then(|| reading.body.of(&words[name.start]));
        let age = next.is_some_and(|next| reading.body.of(next).parse::<u8>().is_ok_and(|age| age > 9))
            && reading.body.gap(last) == ", ";
        spelling.person |= titled || says || age || given.is_some() && words[name.start].is(kind::HE | kind::SHE);
        spelling.titled |= titled;
        let before = name.start.checked_sub(1).map_or("", |before| reading.body.of(&words[before]));
        spelling.other |=
            stands_small(surname) || alone && matches!(before, "in" | "In" | "across" | "near" | "throughout");
        spelling.given.extend(given.filter(|given| !spelling.given.contains(given)));
        let start = word.range.start;
        spelling.places.push(start..start + surname.len());
    }
    // How often it stands where nothing is judged: above the text, in quotations, at the pictures.
    let pictures =
        reading.article.images.iter().flat_map(|picture| [picture.alt, picture.caption, picture.credit]).flatten();
    let beside = pictures
        .chain(reading.article.byline)
        .flat_map(|text| text.split(|char: char| char.is_whitespace() || ",.;:()".contains(char)));
    let above = reading.head.iter().flat_map(|line| line.words.iter().map(|word| line.of(word)));
    let quoted = words.iter().filter(|word| word.quoted).map(|word| reading.body.of(word));
    for word in beside.chain(above).chain(quoted) {
        if let Some(&at) = index.get(without_s(word)) {
            spellings[at].elsewhere += 1;
        }
    }
    for person in context.people {
        if let Some((given, surname)) =
            person.split_once(' ').map(|(given, rest)| (given, rest.rsplit(' ').next().unwrap_or(rest)))
            && !index.contains_key(surname)
        {
            // The magazine's own spelling outweighs any number in the text.
            spellings.push(Spelling {
                name: surname,
                given: vec![given],
                person: true,
                elsewhere: usize::MAX / 2,
                ..Spelling::default()
            });
        }
    }
    spellings
}

/// The spellings that share a likeness, two and two.
fn pairs(spellings: &[Spelling]) -> Vec<(usize, usize)> {
    let mut all: Vec<(u64, usize)> = Vec::with_capacity(spellings.len() * 12);
    for (at, spelling) in spellings.iter().enumerate() {
        likenesses(spelling, |likeness| all.push((likeness, at)));
    }
    all.sort_unstable();
    all.dedup();
    let mut pairs = Vec::new();
    for alike in all.chunk_by(|one, other| one.0 == other.0).filter(|alike| alike.len() > 1) {
        let alike = &alike[..alike.len().min(ALIKE)];
        for (place, &(_, one)) in alike.iter().enumerate() {
            pairs.extend(alike[place + 1..].iter().map(|&(_, other)| (one, other)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// What two spellings share if they may be one name: the word without one of its letters, its beginning, its sound,
/// its consonants, and its beginning with the given name. As numbers: two that are equal by chance cost a comparison
/// and no more.
fn likenesses(spelling: &Spelling, mut found: impl FnMut(u64)) {
    let mut letters = ['\0'; 24];
    let mut count = 0;
    for letter in spelling.name.chars().flat_map(char::to_lowercase).take(letters.len()) {
        letters[count] = letter;
        count += 1;
    }
    let letters = &letters[..count];
    let of = |kind: char, letters: &mut dyn Iterator<Item = char>| {
        letters.fold(u64::from(kind), |hash, letter| (hash.rotate_left(23) ^ u64::from(letter)).wrapping_mul(SPREAD))
    };
    for left in 0..count {
        found(of(' ', &mut letters[..left].iter().chain(&letters[left + 1..]).copied()));
    }
    found(of(' ', &mut letters.iter().copied()));
    found(of('-', &mut letters.iter().take(4).copied()));
    found(of('~', &mut sound(spelling.name).chars()));
    found(of('=', &mut letters.iter().copied().filter(|letter| is_consonant(*letter))));
    for given in spelling.given.iter().take(4) {
        found(of('+', &mut given.chars().chain([' ']).chain(letters.iter().take(3).copied())));
    }
}

/// An odd number whose bits are well mixed: 2⁶⁴ over the golden ratio.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

fn one_person(one: &Spelling, other: &Spelling) -> bool {
    if !(one.person || other.person) || is_derived(one.name, other.name) || is_derived(other.name, one.name) {
        return false;
    }
    if one.places.is_empty() && other.places.is_empty() {
        return false;
    }
    let plain = |name: &str| name.to_lowercase().replace('’', "'");
    let (a, b) = (plain(one.name), plain(other.name));
    if a == b {
        return false;
    }
    let shortest = a.chars().count().min(b.chars().count());
    let distance = distance(&a, &b);
    let alike = sound(&a) == sound(&b);
    if (one.other && !one.titled) || (other.other && !other.titled) {
        return false;
    }
    let shared = one.given.iter().any(|given| other.given.iter().any(|also| same_given(given, also)));
    let introduced = !one.given.is_empty() || !other.given.is_empty();
    let both_introduced = !one.given.is_empty() && !other.given.is_empty();
    if shared {
        distance <= 1 || alike || distance == 2 && shortest >= 5
    } else if both_introduced {
        // Under other given names, these are two persons, unless the name is so long that they are one family.
        (distance <= 1 || alike) && shortest >= 10
    } else if introduced || shortest >= 7 {
        // “Dr O’Reardon”: the same consonants, in a name with a title.
        let vowels =
            one.titled && other.person && shortest >= 7 && consonants(&a) == consonants(&b) && a.len() == b.len();
        let beginning = distance == 2
            && shortest >= 6
            && a.chars().take(4).eq(b.chars().take(4))
            && one.person
            && other.person
            && !is_of_a_people(&a)
            && !is_of_a_people(&b);
        let short = shortest == 4 && distance == 1 && one.person && other.person && (one.titled || other.titled);
        shortest >= 5 && (distance <= 1 || alike) || short || vowels || beginning
    } else {
        false
    }
}

/// Mexican, Democrats, Spanish: words in capitals that are no names of persons.
fn is_of_a_people(word: &str) -> bool {
    ["an", "ans", "ic", "ics", "ish", "ese", "crat", "crats", "ist", "ists", "ism"]
        .iter()
        .any(|end| word.ends_with(end))
}

fn consonants(name: &str) -> String {
    name.chars().filter(|char| is_consonant(*char)).collect()
}

fn is_consonant(char: char) -> bool {
    char.is_alphabetic() && !matches!(char, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'á' | 'é' | 'í' | 'ó' | 'ú')
}

fn same_given(one: &str, other: &str) -> bool {
    let initial = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
    one == other || initial(one, other) || initial(other, one)
}

/// Whether a word is a name in capitals, or made of it: Ukrainian, Americans, Brills, Israeli.
fn is_derived(name: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    let Some(rest) = word.strip_prefix(&name.to_lowercase()) else { return false };
    matches!(
        rest,
        "" | "n"
            | "s"
            | "i"
            | "an"
            | "es"
            | "ns"
            | "ian"
            | "ese"
            | "ish"
            | "er"
            | "ers"
            | "r"
            | "rs"
            | "is"
            | "ed"
            | "ing"
            | "ez"
            | "on"
    )
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr" | "Sr" | "II" | "III" | "IV" | "MP" | "MSP" | "MS" | "KC" | "QC" | "OBE" | "MBE" | "CBE")
}

fn without_s(word: &str) -> &str {
    let bare = word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word);
    bare.trim_end_matches(['’', '\''])
}

/// A spelling reduced to how it sounds, roughly: one letter for those that are mistaken for each other.
fn sound(name: &str) -> String {
    let mut found = String::with_capacity(name.len());
    let mut letters = name.chars().flat_map(char::to_lowercase).peekable();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            'p' if letters.peek() == Some(&'h') => 'f',
            // `sch` is `sh`.
            's' if letters.peek() == Some(&'c') && {
                letters.next();
                letters.peek() != Some(&'h')
            } =>
            {
                put(&mut found, 's');
                'k'
            }
            'c' | 'q' => 'k',
            'v' | 'w' => 'f',
            'y' | 'j' => 'i',
            'z' => 's',
            'h' | '-' | '\'' | '’' => continue,
            other => other,
        };
        put(&mut found, letter);
    }
    if found.len() > 3 && found.ends_with('e') {
        found.pop();
    }
    found
}

/// Adds a letter that is not the last one already.
fn put(found: &mut String, letter: char) {
    if !found.ends_with(letter) {
        found.push(letter);
    }
}

/// Letters to change, put in, leave out or swap with their neighbour to make one word of another
/// (optimal string alignment). Words of more than 24 letters are cut.
fn distance(one: &str, other: &str) -> usize {
    let a: Vec<char> = one.chars().take(24).collect();
    let b: Vec<char> = other.chars().take(24).collect();
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// `Stephen` and `Steven Kinnock`: one surname, two given names that sound alike.
fn given_names(reading: &Reading, report: &mut Report) {
    let words = &reading.body.words;
    let mut known: HashMap<(&str, String), (&str, usize)> = HashMap::new();
    for Mention { name, .. } in reading.mentions().iter().filter(|mention| mention.name.len() == 2) {
        let (given, surname) =
            (reading.body.of(&words[name.start]), without_s(reading.body.of(&words[name.start + 1])));
        if given.chars().count() < 4 || surname.chars().count() < 4 || words[name.start].is(kind::CALENDAR) {
            continue;
        }
        let (first, _) = *known.entry((surname, sound(given))).or_insert((given, name.start));
        if first != given && !is_derived(first, given) && !is_derived(given, first) {
            let place = words[name.start].range.clone();
            report.fix(
                place.start..words[name.start + 1].range.end,
                format!("“{first} {surname}” elsewhere: one person, two spellings"),
                place,
                first.to_owned(),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_to_change_are_counted() {
        assert_eq!([distance("foyle", "foyl"), distance("dubose", "dubois"), distance("2318", "2381")], [1, 2, 1]);
    }

    #[test]
    fn spellings_that_sound_alike_are_alike() {
        for (one, other) in
            [("Maphosa", "Mafosa"), ("Stephen", "Steven"), ("Kowalczyk", "Kowalczik"), ("Zelensky", "Zelenskyy")]
        {
            assert_eq!(sound(one), sound(other));
        }
        assert_ne!(sound("Warner"), sound("Warren"));
    }
}
