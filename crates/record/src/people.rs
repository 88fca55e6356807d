//! Who a mention is: the fullest name that the article gives.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::holders::is_office;
use crate::lexicon::{Key, key, kind, kinds};
use crate::mention::Kind;
use crate::model::{Features, Weights, join};
use crate::reading::Reading;
use crate::token::{Class, Token};

/// Those whom an article names.
pub(crate) struct People {
    people: Vec<Person>,
    /// The person of each mention that is a name.
    of_mention: Vec<Option<usize>>,
    /// Persons by the office printed before or after their names.
    of_office: HashMap<Key, Vec<usize>>,
    /// Persons by the first and the last word of their names.
    of_word: HashMap<Key, Vec<usize>>,
}

struct Person {
    /// Their name, without titles, as printed.
    name: String,
    /// Its words without a suffix.
    keys: Vec<Key>,
    /// Jr., Sr., III.
    suffix: Option<Key>,
    /// [`kind::HE`] or [`kind::SHE`], as far as the article tells.
    gender: u32,
    /// Whether anything says that this is a person, and not a place or a firm.
    human: bool,
    mentions: usize,
}

/// Mentions before a pronoun among which its person is looked for.
const REACH: usize = 30;

impl People {
    pub fn new(reading: &Reading) -> People {
        let mut found = People {
            people: Vec::new(),
            of_mention: vec![None; reading.mentions.len()],
            of_office: HashMap::new(),
            of_word: HashMap::new(),
        };
        let names: Vec<(usize, Vec<&Token>)> = (0..reading.mentions.len())
            .filter(|&mention| reading.is(mention, Kind::Name))
            .map(|mention| (mention, bare(reading, mention)))
            .collect();
        // Full names first, so that a surname alone finds its owner even where the full name comes later.
        let headlines = headlines(reading);
        let in_headline = |mention: usize| headlines[reading.tokens[reading.mentions[mention].tokens.start].paragraph];
        for (mention, bare) in names.iter().filter(|(mention, bare)| words(bare).len() >= 2 && !in_headline(*mention)) {
            found.meet(reading, *mention, bare);
        }
        found.meet_couples(reading, &names);
        for (mention, bare) in
            names.iter().filter(|(mention, _)| found.of_mention[*mention].is_none()).collect::<Vec<_>>()
        {
            match words(bare)[..] {
                [one] => found.meet_alone(reading, *mention, one, bare),
                // A title alone is a name if somebody bears it: “Baker said”.
                [] if found.of_word.contains_key(&reading.head(*mention).key) => {
                    found.meet_alone(reading, *mention, reading.head(*mention), &[]);
                }
                [.., last] if in_headline(*mention) && found.of_word.contains_key(&last.key) => {
                    found.meet_alone(reading, *mention, last, bare);
                }
                _ => {}
            }
        }
        found.join_families(reading);
        found.learn_genders(reading);
        found
    }

    fn meet(&mut self, reading: &Reading, mention: usize, bare: &[&Token]) {
        let keys: Vec<Key> = words(bare).iter().map(|token| token.key).collect();
        let suffix = bare.last().filter(|last| is_suffix(last)).map(|last| last.key);
        let bearers = keys.last().and_then(|last| self.of_word.get(last)).map(Vec::as_slice).unwrap_or_default();
        let known = bearers.iter().copied().find(|&person| self.people[person].is_same(&keys, suffix));
        let name = printed(reading, bare);
        let person = known.unwrap_or_else(|| self.add(name.clone(), keys.clone(), suffix));
        if keys.len() > self.people[person].keys.len() || (suffix.is_some() && self.people[person].suffix.is_none()) {
            let person = &mut self.people[person];
            (person.keys, person.name, person.suffix) = (keys, name, suffix.or(person.suffix));
        }
        self.note(reading, mention, person);
    }

    /// “Rita and Dennis Crewdson” are two with one surname.
    fn meet_couples(&mut self, reading: &Reading, names: &[(usize, Vec<&Token>)]) {
        for pair in names.windows(2) {
            let [(first, one), (second, other)] = pair else { continue };
            let ([given], [_, .., family]) = (&words(one)[..], &words(other)[..]) else { continue };
            let between = reading.mentions[*first].tokens.end..reading.mentions[*second].tokens.start;
            if between.len() == 1 && reading.tokens[between.start].key == key("and") && given.is(kind::HE | kind::SHE) {
                let name = format!("{} {}", printed(reading, one), &reading.text[family.range.clone()]);
                let person = self.add(name, vec![given.key, family.key], None);
                self.note(reading, *first, person);
            }
        }
    }

    fn add(&mut self, name: String, keys: Vec<Key>, suffix: Option<Key>) -> usize {
        let person = self.people.len();
        for word in [keys.first(), keys.last()].into_iter().flatten() {
            let bearers = self.of_word.entry(*word).or_default();
            if bearers.last() != Some(&person) {
                bearers.push(person);
            }
        }
        self.people.push(Person { name, keys, suffix, gender: 0, human: false, mentions: 0 });
        person
    }

    /// Takes from a mention what it says of the person.
    fn note(&mut self, reading: &Reading, mention: usize, at: usize) {
        self.of_mention[mention] = Some(at);
        let titles = titles(reading, mention).iter().fold(0, |all, token| all | token.kinds);
        let person = &mut self.people[at];
        person.mentions += 1;
        let given = kinds(person.keys[0]);
        let told = if titles & (kind::HE | kind::SHE) == 0 { given } else { titles };
        if person.gender == 0 {
            person.gender = one_gender(told);
        }
        person.human |= introduced(reading, mention) && person.keys.len() > 1;
        person.human |= titles & (kind::TITLE | kind::PERSON) != 0 || given & (kind::HE | kind::SHE) != 0;
        for office in offices(reading, mention) {
            let holders = self.of_office.entry(office).or_default();
            if !holders.contains(&at) {
                holders.push(at);
            }
        }
    }

    /// A surname, or a given name, alone: of those who bear it, the one whom the title before it fits,
    /// who is nearest before, who is named most.
    fn meet_alone(&mut self, reading: &Reading, mention: usize, one: &Token, bare: &[&Token]) {
        let suffix = bare.last().filter(|last| is_suffix(last)).map(|last| last.key);
        let titled = one_gender(titles(reading, mention).iter().fold(0, |all, token| all | token.kinds));
        let bearers = self.of_word.get(&one.key).map(Vec::as_slice).unwrap_or_default();
        let nearest =
            |person: usize| (0..mention).rev().take(REACH).position(|before| self.of_mention[before] == Some(person));
        let best = bearers.iter().copied().min_by_key(|&at| {
            let person = &self.people[at];
            let misfits = titled != 0 && person.gender != 0 && person.gender != titled;
            let other = suffix.is_some() && person.suffix != suffix;
            let given = person.keys.last() != Some(&one.key);
            // “Mrs Low” is rather Dolores Low than T. J. Low.
            let unsure = titled != 0 && person.gender != titled;
            (
                misfits,
                unsure && !given,
                other,
                given,
                person.keys.len() == 1,
                nearest(at).unwrap_or(usize::MAX),
                usize::MAX - person.mentions,
            )
        });
        let fits = |at: &usize| titled == 0 || self.people[*at].gender == 0 || self.people[*at].gender == titled;
        let person = best.filter(fits).unwrap_or_else(|| self.add(printed(reading, bare), vec![one.key], suffix));
        self.note(reading, mention, person);
    }

    /// “Her husband, Norris” and “Mr Pym-Hastings”, whom no full name fits, are one person.
    fn join_families(&mut self, reading: &Reading) {
        for mention in 0..self.of_mention.len() {
            let Some(given) = self.of_mention[mention].filter(|&person| self.people[person].keys.len() == 1) else {
                continue;
            };
            let gender = one_gender(kinds(self.people[given].keys[0]));
            let start = reading.mentions[mention].tokens.start;
            let related = reading.tokens[..start].iter().rev().take(2).any(|token| is_family(token.key));
            if !related || gender == 0 {
                continue;
            }
            let alone = |person: &Person| person.keys.len() == 1 && person.gender == gender && person.human;
            let family = |at: usize| self.of_word[&self.people[at].keys[0]].len() > 1;
            let Some(titled) = (0..self.people.len()).find(|&at| at != given && alone(&self.people[at]) && family(at))
            else {
                continue;
            };
            let name = format!("{} {}", self.people[given].name, self.people[titled].name);
            let keys = vec![self.people[given].keys[0], self.people[titled].keys[0]];
            let person = &mut self.people[given];
            (person.name, person.keys, person.gender, person.human) = (name, keys, gender, true);
            self.of_mention
                .iter_mut()
                .filter(|person| **person == Some(titled))
                .for_each(|person| *person = Some(given));
        }
    }

    /// A name of unknown gender takes that of the pronouns that follow it with no other name between.
    fn learn_genders(&mut self, reading: &Reading) {
        let mut votes = vec![(0_u32, 0_u32); self.people.len()];
        let mut last = None;
        for (mention, person) in self.of_mention.iter().enumerate() {
            if person.is_some() {
                last = *person;
            } else if let Some(person) = last.filter(|_| reading.is(mention, Kind::Pronoun)) {
                match pronoun_gender(reading.head(mention).key) {
                    kind::HE => votes[person].0 += 1,
                    kind::SHE => votes[person].1 += 1,
                    _ => {}
                }
            }
        }
        for (person, (he, she)) in self.people.iter_mut().zip(votes) {
            if person.gender == 0 && he != she && (person.keys.len() > 1 || person.human) {
                person.gender = if he > she { kind::HE } else { kind::SHE };
            }
        }
    }

    /// The fullest name of the person whom a transcript's label names.
    pub fn of_label(&self, reading: &Reading, label: std::ops::Range<usize>) -> Option<String> {
        let within = |mention: &usize| {
            let range = reading.range(*mention);
            label.start <= range.start && range.end <= label.end
        };
        let first =
            reading.mentions.partition_point(|mention| reading.tokens[mention.tokens.start].range.start < label.start);
        let mention = (first..reading.mentions.len().min(first + 4)).take_while(within).last()?;
        self.of_mention[mention].map(|person| self.people[person].name.clone())
    }

    /// The fullest name of whom a mention means; none for those whom the article does not name.
    pub fn name(&self, reading: &Reading, mention: usize, person: Option<usize>) -> Option<String> {
        match person {
            Some(person) => Some(self.people[person].name.clone()),
            None if reading.is(mention, Kind::Name) && is_office(reading.head(mention).key) => None,
            None if reading.is(mention, Kind::Name) => Some(reading.text[reading.range(mention)].to_owned()),
            None => None,
        }
    }

    /// The person of a mention. `last` is the speaker of the passage before.
    pub fn person(&self, reading: &Reading, mention: usize, last: Option<usize>, weights: &Weights) -> Option<usize> {
        match reading.mentions[mention].kind {
            Kind::Name => self.of_mention[mention],
            Kind::Pronoun => self.antecedent(reading, mention, last, weights),
            Kind::Role => self.office_holder(reading, mention),
            Kind::Subject => None,
        }
    }

    /// The person whom a pronoun stands for: of the fitting gender, named not long before, and rather
    /// where sentences have their subjects.
    fn antecedent(&self, reading: &Reading, pronoun: usize, last: Option<usize>, weights: &Weights) -> Option<usize> {
        let word = reading.head(pronoun).key;
        let gender = pronoun_gender(word);
        if word == key("who") {
            return (pronoun.saturating_sub(2)..pronoun).rev().find_map(|mention| self.of_mention[mention]);
        }
        if gender == 0 {
            return None;
        }
        let candidates = self.antecedents(reading, pronoun, last);
        let scored = candidates.into_iter().map(|(person, features)| (person, weights.score(&features)));
        scored
            .fold(None, |best: Option<(usize, f32)>, next| best.filter(|best| best.1 >= next.1).or(Some(next)))
            .map(|best| best.0)
    }

    /// Those whom a pronoun may stand for, the last named first, with their features.
    pub fn antecedents(&self, reading: &Reading, pronoun: usize, last: Option<usize>) -> Vec<(usize, Features)> {
        let gender = pronoun_gender(reading.head(pronoun).key);
        let here = &reading.items[reading.mention_items[pronoun].start];
        let mut found: Vec<(usize, Vec<usize>)> = Vec::new();
        for mention in (pronoun.saturating_sub(REACH)..pronoun).rev() {
            let Some(at) = self.of_mention[mention] else { continue };
            let person = &self.people[at];
            let nobody = !person.human && (person.keys.len() == 1 || is_thing(person));
            if (person.gender != 0 && person.gender != gender) || nobody {
                continue;
            }
            match found.iter_mut().find(|(known, _)| *known == at) {
                Some((_, mentions)) => mentions.push(mention),
                None => found.push((at, vec![mention])),
            }
        }
        // Where somebody is known to be a person of that gender, a street or a firm is not meant.
        let is_sure = |at: usize| self.people[at].human && self.people[at].gender == gender;
        if found.iter().any(|(at, _)| is_sure(*at)) {
            found.retain(|(at, _)| self.people[*at].human || self.people[*at].gender == gender);
        }
        let rivals = found.len().min(4) as u64;
        let last_fits = u64::from(last.is_some_and(|last| found.iter().any(|(at, _)| *at == last)));
        let begins = u64::from(is_subject_place(reading, pronoun));
        let case = |(order, (at, mentions)): (usize, (usize, Vec<usize>))| {
            let person = &self.people[at];
            let near = &reading.mention_items[mentions[0]];
            let there = &reading.items[near.start];
            let apart = (here.sentence.saturating_sub(there.sentence)).min(6) as u64;
            let paragraphs = here.paragraph.saturating_sub(there.paragraph).min(3) as u64;
            let left = near.start.checked_sub(1).map_or(b'^', |left| reading.letter(left as isize, there.paragraph));
            let right = reading.letter(near.end as isize, there.paragraph);
            let opens = mentions.iter().filter(|mention| is_subject_place(reading, **mention)).count().min(3) as u64;
            let (order, times) = (order.min(4) as u64, mentions.len().min(4) as u64);
            let is_last = u64::from(last == Some(at));
            let known = u64::from(person.gender == gender) + 2 * u64::from(person.human);
            let much = person.mentions.min(6) as u64;
            let mut features = Features::default();
            let mut put = |template: u64, parts: &[u64]| features.put(4_000 + template, join(parts));
            put(0, &[known, u64::from(person.keys.len() > 1)]);
            put(1, &[order, rivals]);
            put(2, &[apart, paragraphs]);
            put(3, &[is_last, last_fits, paragraphs]);
            put(4, &[is_last, order, known]);
            put(5, &[opens, times]);
            put(6, &[u64::from(is_subject_place(reading, mentions[0])), apart, begins]);
            put(7, &[u64::from(left), apart.min(2)]);
            put(8, &[u64::from(right), apart.min(2)]);
            put(9, &[much, order]);
            put(10, &[opens, order, paragraphs]);
            put(11, &[is_last, last_fits, opens, begins]);
            put(12, &[known, order, is_last]);
            (at, features)
        };
        found.into_iter().enumerate().map(case).collect()
    }

    /// How many persons there are; they are numbered from 0.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// The fullest name of a person.
    pub fn name_of(&self, person: usize) -> &str {
        &self.people[person].name
    }

    /// Whether a person bears this name.
    pub fn bears(&self, person: usize, name: &str) -> bool {
        let keys: Vec<Key> = name.split_whitespace().map(|word| key(word.trim_end_matches(['.', ',']))).collect();
        let mine = &self.people[person].keys;
        keys.contains(&mine[0]) && mine.last().is_some_and(|last| keys.contains(last))
    }

    /// “the mayor”, where the article calls one person mayor.
    fn office_holder(&self, reading: &Reading, mention: usize) -> Option<usize> {
        let tokens = &reading.tokens[reading.mentions[mention].tokens.clone()];
        let head = reading.head(mention);
        let definite = tokens.first().is_some_and(|token| token.key == key("the"));
        let speaks_for_others = [key("spokesman"), key("spokeswoman"), key("spokesperson")].contains(&head.key);
        if !definite || tokens.len() > 3 || !head.is(kind::PERSON) || speaks_for_others {
            return None;
        }
        match self.of_office.get(&head.key).map(Vec::as_slice) {
            Some([holder]) => Some(*holder),
            _ => None,
        }
    }
}

impl Person {
    /// Whether a full name is this one, with a middle name more or less: Jo Low, Jo M. Low.
    fn is_same(&self, keys: &[Key], suffix: Option<Key>) -> bool {
        let suffixes = self.suffix.is_none() || suffix.is_none() || self.suffix == suffix;
        let mine = (self.keys.first(), self.keys.last());
        self.keys.len() > 1 && suffixes && mine == (keys.first(), keys.last())
    }
}

/// The words of a name without what stands before it: titles, offices, the firm. All of it if that is
/// nothing but a title: “the Prime Minister” names nobody.
fn bare<'a>(reading: &'a Reading, mention: usize) -> Vec<&'a Token> {
    let tokens = &reading.tokens[reading.mentions[mention].tokens.clone()];
    let all: Vec<&Token> = tokens.iter().filter(|token| !token.is_stop(&['.'])).collect();
    let first = title_words(&all);
    let words = &all[first..];
    if is_office_alone(&all) {
        return Vec::new();
    }
    // A surname may be a title too: Mr King.
    if words.is_empty() || (first == 0 && words.iter().all(|word| is_title(word))) {
        return Vec::new();
    }
    let honours = words.iter().rev().take_while(|word| is_honour(word)).count().min(words.len() - 1);
    let words = &words[..words.len() - honours];
    // “Nicola Ruddock of Eastmoor Police”, but “the Bank of England”.
    let person = first > 0 || words[0].is(kind::HE | kind::SHE);
    let of = words.iter().position(|word| word.key == key("of")).filter(|&of| person && of > 1);
    words[..of.unwrap_or(words.len())].to_vec()
}

/// “Prime Minister”, “Home Secretary”: nobody's name, though “Mr Mayor” and “Jo Mayor” may be.
fn is_office_alone(words: &[&Token]) -> bool {
    let named = |first: &&Token| first.is(kind::HE | kind::SHE);
    words.len() > 1
        && words.last().is_some_and(|last| is_office(last.key))
        && !words.first().is_some_and(named)
        && words[..words.len() - 1].iter().all(|word| !word.is(kind::TITLE) || word.is(kind::PERSON))
}

/// How many of the words before a name belong to its titles: up to the last title that a word follows.
fn title_words(words: &[&Token]) -> usize {
    let last = words.len().saturating_sub(1);
    let suffix = words.last().is_some_and(|last| is_suffix(last));
    let names = last.saturating_sub(usize::from(suffix));
    words[..names.min(words.len())].iter().rposition(|word| is_title(word)).map_or(0, |at| at + 1)
}

fn is_title(token: &Token) -> bool {
    let given = token.is(kind::HE | kind::SHE) && !token.is(kind::TITLE);
    token.is(kind::TITLE) || (token.is(kind::PERSON) && token.class == Class::Capital && !given)
}

/// Whether the last word of a name says that a place, a firm or a day bears it.
fn is_thing(person: &Person) -> bool {
    const THINGS: [&str; 60] = [
        "road",
        "street",
        "avenue",
        "lane",
        "square",
        "park",
        "bridge",
        "creek",
        "river",
        "lake",
        "valley",
        "bay",
        "beach",
        "island",
        "islands",
        "hill",
        "hills",
        "county",
        "city",
        "town",
        "state",
        "states",
        "university",
        "college",
        "school",
        "academy",
        "hospital",
        "church",
        "council",
        "court",
        "hall",
        "house",
        "club",
        "united",
        "city",
        "inn",
        "hotel",
        "bank",
        "group",
        "company",
        "corporation",
        "corp",
        "inc",
        "ltd",
        "plc",
        "capital",
        "partners",
        "holdings",
        "sons",
        "times",
        "post",
        "news",
        "argus",
        "herald",
        "party",
        "association",
        "union",
        "society",
        "foundation",
        "july",
    ];
    static KEYS: LazyLock<HashSet<Key>> = LazyLock::new(|| THINGS.iter().map(|word| key(word)).collect());
    person.keys.last().is_some_and(|last| KEYS.contains(last))
}

/// Letters after a name.
fn is_honour(token: &Token) -> bool {
    const HONOURS: [Key; 12] = [
        key("kc"),
        key("qc"),
        key("mp"),
        key("msp"),
        key("mbe"),
        key("obe"),
        key("cbe"),
        key("phd"),
        key("md"),
        key("jp"),
        key("frs"),
        key("td"),
    ];
    HONOURS.contains(&token.key)
}

fn is_suffix(token: &Token) -> bool {
    [key("jr"), key("sr"), key("ii"), key("iii"), key("iv")].contains(&token.key)
}

/// The words of a name that count when names are compared.
fn words<'a>(bare: &[&'a Token]) -> Vec<&'a Token> {
    bare.iter().copied().filter(|token| !is_suffix(token) && token.is_word()).collect()
}

/// A name as it is printed; words in capitals, as transcripts have them, as they would be in copy.
fn printed(reading: &Reading, bare: &[&Token]) -> String {
    let (Some(first), Some(last)) = (bare.first(), bare.last()) else { return String::new() };
    let stop = usize::from(is_suffix(last) && reading.text[last.range.end..].starts_with('.'));
    let whole = &reading.text[first.range.start..last.range.end + stop];
    let transcript =
        bare.iter().all(|token| token.shouted && token.range.len() > 2) && (bare.len() > 1 || first.range.len() > 5);
    if !transcript {
        return whole.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let mut name = String::with_capacity(whole.len());
    for char in whole.chars() {
        if name.ends_with(char::is_alphabetic) { name.extend(char.to_lowercase()) } else { name.push(char) }
    }
    name
}

fn titles<'a>(reading: &'a Reading, mention: usize) -> Vec<&'a Token> {
    let tokens = &reading.tokens[reading.mentions[mention].tokens.clone()];
    let all: Vec<&Token> = tokens.iter().filter(|token| !token.is_stop(&['.'])).collect();
    let first = title_words(&all);
    all[..first].iter().copied().filter(|token| is_title(token)).collect()
}

/// The office nouns right before a name and in the apposition after it: “X, the mayor of Y,”.
fn offices(reading: &Reading, mention: usize) -> Vec<Key> {
    let tokens = reading.mentions[mention].tokens.clone();
    let mut offices: Vec<Key> =
        titles(reading, mention).iter().filter(|token| token.is(kind::PERSON)).map(|token| token.key).collect();
    let before = reading.tokens[..tokens.start].iter().rev().take(2).take_while(|token| token.is_word());
    offices.extend(before.filter(|token| token.is(kind::PERSON)).map(|token| token.key));
    let after = &reading.tokens[tokens.end..];
    if after.first().is_some_and(|token| token.is_stop(&[','])) {
        let apposition = after[1..].iter().take(7).take_while(|token| token.is_word() && token.passage.is_none());
        offices.extend(apposition.filter(|token| token.is(kind::PERSON)).take(1).map(|token| token.key));
    }
    offices
}

/// Whether a mention begins its sentence.
fn is_subject_place(reading: &Reading, mention: usize) -> bool {
    let start = reading.mention_items[mention].start;
    start == 0 || reading.items[start - 1].sentence != reading.items[start].sentence
}

/// Whether the words around a name introduce a person: “said Jo Low”, “Jo Low, 63,”, “Jo Low, who”.
fn introduced(reading: &Reading, mention: usize) -> bool {
    let items = &reading.mention_items[mention];
    let letter = |at: usize| reading.items.get(at).map_or(b'^', |item| item.letter);
    let comma = letter(items.end) == b',';
    let aged = comma && letter(items.end + 1) == b'#' && letter(items.end + 2) == b',';
    let who = reading.items.get(items.end + usize::from(comma)).is_some_and(|item| item.key == key("who"));
    let said = items.start > 0
        && letter(items.start - 1) == b'V'
        && items.start > 1
        && matches!(letter(items.start - 2), b'Q' | b',');
    aged || who || said
}

/// Which paragraphs are headlines: most words have capitals, and no stop ends them.
fn headlines(reading: &Reading) -> Vec<bool> {
    let mut words = vec![(0_usize, 0_usize); reading.paragraphs.len()];
    for token in reading.tokens.iter().filter(|token| token.is_word()) {
        let (all, capital) = &mut words[token.paragraph];
        *all += 1;
        *capital += usize::from(token.class == Class::Capital);
    }
    let unstopped = |at: usize| {
        !reading.text[reading.paragraphs[at].range.clone()].ends_with(['.', '!', '?', '”', '"', '’', ':', ','])
    };
    words
        .into_iter()
        .enumerate()
        .map(|(at, (all, capital))| all > 3 && capital * 10 > all * 6 && unstopped(at))
        .collect()
}

fn is_family(noun: Key) -> bool {
    const FAMILY: [Key; 8] = [
        key("husband"),
        key("wife"),
        key("brother"),
        key("sister"),
        key("son"),
        key("daughter"),
        key("father"),
        key("mother"),
    ];
    FAMILY.contains(&noun)
}

fn one_gender(kinds: u32) -> u32 {
    match kinds & (kind::HE | kind::SHE) {
        kind::HE => kind::HE,
        kind::SHE => kind::SHE,
        _ => 0,
    }
}

/// [`kind::HE`], [`kind::SHE`] or 0.
pub(crate) fn pronoun_gender(pronoun: Key) -> u32 {
    const HE: [Key; 4] = [key("he"), key("him"), key("his"), key("himself")];
    const SHE: [Key; 3] = [key("she"), key("her"), key("herself")];
    if HE.contains(&pronoun) {
        kind::HE
    } else if SHE.contains(&pronoun) {
        kind::SHE
    } else {
        0
    }
}
