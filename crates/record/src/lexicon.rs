//! What is known of a word by itself: whether it is a verb of saying, a title, a given name, a role.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// A word's number: the same for all its spellings in small and capital letters.
pub type Key = u64;

/// The number of a word. FNV-1a over its small letters; curly apostrophes count as straight ones.
pub const fn key(word: &str) -> Key {
    // Only ASCII capitals are made small: names that begin with another letter are rare enough.
    let bytes = word.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut at = 0;
    while at < bytes.len() {
        let mut byte = bytes[at].to_ascii_lowercase();
        if at + 2 < bytes.len() && byte == 0xe2 && bytes[at + 1] == 0x80 && bytes[at + 2] == 0x99 {
            byte = b'\'';
            at += 2;
        }
        hash = (hash ^ byte as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

/// Kinds of words, as bits: a word may be of several.
pub mod kind {
    /// A verb that introduces speech, in any form.
    pub const SAY: u32 = 1;
    /// A title or rank before a name.
    pub const TITLE: u32 = 1 << 1;
    /// A noun for one person.
    pub const PERSON: u32 = 1 << 2;
    /// A noun for a body or several people.
    pub const GROUP: u32 = 1 << 3;
    /// A noun for something written.
    pub const DOCUMENT: u32 = 1 << 4;
    /// A given name of men.
    pub const HE: u32 = 1 << 5;
    /// A given name of women.
    pub const SHE: u32 = 1 << 6;
    /// A pronoun that can be a speaker.
    pub const PRONOUN: u32 = 1 << 7;
    /// An article, a possessive or a word like them.
    pub const DETERMINER: u32 = 1 << 8;
    /// A preposition.
    pub const PREPOSITION: u32 = 1 << 9;
    /// A word that begins sentences and is no name.
    pub const PLAIN: u32 = 1 << 10;
    /// A form of to be, have, do or will.
    pub const AUXILIARY: u32 = 1 << 11;
    /// A small word inside names: of, the, van.
    pub const PARTICLE: u32 = 1 << 12;
    /// A day or a month.
    pub const CALENDAR: u32 = 1 << 13;
    /// I, we, my, our: words of one who speaks.
    pub const FIRST_PERSON: u32 = 1 << 14;
    /// That, whether, how: words that open a reported clause.
    pub const CLAUSE: u32 = 1 << 15;
    /// An abbreviation whose full stop ends no sentence.
    pub const ABBREVIATION: u32 = 1 << 16;
    /// Any of the nouns for a speaker.
    pub const ROLE: u32 = PERSON | GROUP | DOCUMENT;
}

/// What is known of the word with this number; 0 if nothing is.
pub fn kinds(key: Key) -> u32 {
    LEXICON.get(&key).copied().unwrap_or(0)
}

const LISTS: &[(u32, &str)] = &[
    (
        kind::TITLE,
        "mr mrs ms miss mx dr sir lord lady dame prof professor sen rep gov senator representative governor president prime minister chancellor \
         secretary mayor councillor cllr councilman councilwoman rev reverend father sister canon bishop archbishop archdeacon captain capt \
         major colonel col general gen lieutenant lt sergeant sgt inspector superintendent supt del ceo pm detective constable pc dc officer sheriff judge \
         justice chief king queen prince princess duke duchess earl baroness baron viscount ambassador congressman congresswoman chairman \
         chairwoman coach deputy attorney commissioner assemblyman assemblywoman former alderman imam rabbi pastor",
    ),
    (kind::HE, "mr sir lord king prince duke earl baron viscount congressman chairman councilman father"),
    (
        kind::SHE,
        "mrs ms miss dame lady queen princess duchess baroness viscountess congresswoman chairwoman councilwoman",
    ),
    (
        kind::PRONOUN,
        "he she they it we i you who which his her their him them one some many others someone himself herself",
    ),
    (
        kind::FIRST_PERSON,
        "i we my our us me i'm i've i'll i'd we're we've we'll we'd mine ours myself ourselves you your you're",
    ),
    (
        kind::DETERMINER,
        "the a an this that these those his her their its my our your some any no every each another one two three both several many",
    ),
    (
        kind::PREPOSITION,
        "of in on at to for from by with about against under over after before during into through between among without within via per \
         upon across behind despite since toward towards until like as than",
    ),
    (
        kind::AUXILIARY,
        "is was were are be been being has have had having do does did will would can could may might should must shall isn't wasn't \
         didn't don't doesn't won't wouldn't also later then had never now once even just only still",
    ),
    (kind::PARTICLE, "of the for and de la le van von der den bin ibn al el ap du da di dos del y &"),
    (
        kind::CALENDAR,
        "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november \
         december",
    ),
    (kind::CLAUSE, "that whether how why what if because"),
    (
        kind::ABBREVIATION,
        "mr mrs ms dr sir prof sen rep gov rev gen lt col sgt capt st jr sr vs inc ltd co corp messrs hon cllr ft jan feb mar apr jun jul \
         aug sept sep oct nov dec mt ave dept d.c u.s u.k u.n a.m p.m e.g i.e supt insp del det adm brig fr",
    ),
    (kind::PLAIN, include_str!("../words/plain.txt")),
];

/// A table by words that are known beforehand. Keys are hashes already; nobody else's words are put in.
pub(crate) type ByKey<T> = HashMap<Key, T, BuildHasherDefault<AsIs>>;

static LEXICON: LazyLock<ByKey<u32>> = LazyLock::new(|| {
    let mut lexicon = HashMap::default();
    let mut learn = |word: &str, kinds: u32| *lexicon.entry(key(word)).or_insert(0) |= kinds;
    for (kinds, words) in LISTS {
        entries(words).for_each(|word| learn(word, *kinds));
    }
    for line in lines(include_str!("../words/roles.txt")) {
        let kinds = match line.get(..2) {
            Some("p:") => kind::PERSON,
            Some("g:") => kind::GROUP,
            _ => kind::DOCUMENT,
        };
        line.split_whitespace().skip(1).for_each(|word| learn(word, kinds));
    }
    for line in lines(include_str!("../words/first-names.txt")) {
        let kinds = if line.starts_with("he:") { kind::HE } else { kind::SHE };
        line.split_whitespace().skip(1).for_each(|word| learn(word, kinds));
    }
    for verb in entries(include_str!("../words/verbs.txt")) {
        forms(verb).iter().for_each(|form| learn(form, kind::SAY));
    }
    lexicon
});

fn lines(words: &'static str) -> impl Iterator<Item = &'static str> {
    words.lines().filter(|line| !line.starts_with('#'))
}

fn entries(words: &'static str) -> impl Iterator<Item = &'static str> {
    lines(words).flat_map(str::split_whitespace)
}

/// The forms of a verb: to say, says, saying, said.
fn forms(entry: &str) -> Vec<String> {
    let (verb, past) = entry.split_once('=').map_or((entry, None), |(verb, past)| (verb, Some(past.to_owned())));
    let (verb, doubled) = verb.strip_suffix('!').map_or((verb, false), |verb| (verb, true));
    let last = verb.chars().last().unwrap_or_default();
    let stem = if doubled { format!("{verb}{last}") } else { verb.to_owned() };
    let after_vowel = verb.chars().rev().nth(1).is_some_and(|letter| "aeiou".contains(letter));
    let (s, ed, ing) = match last {
        'y' if !after_vowel => {
            let stem = &verb[..verb.len() - 1];
            (format!("{stem}ies"), format!("{stem}ied"), format!("{verb}ing"))
        }
        'e' => (format!("{verb}s"), format!("{verb}d"), format!("{}ing", &verb[..verb.len() - 1])),
        's' | 'x' | 'h' if !verb.ends_with("ugh") => (format!("{verb}es"), format!("{verb}ed"), format!("{verb}ing")),
        _ => (format!("{verb}s"), format!("{stem}ed"), format!("{stem}ing")),
    };
    vec![verb.to_owned(), s, past.unwrap_or(ed), ing]
}

/// Keys are hashes already.
#[derive(Default)]
pub(crate) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.0 = self.0.rotate_left(8) ^ u64::from(byte));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_is_known_in_all_its_forms() {
        for word in [
            "say",
            "says",
            "said",
            "saying",
            "quipped",
            "replies",
            "replied",
            "noted",
            "noting",
            "Tells",
            "laughs",
            "confesses",
        ] {
            assert_ne!(kinds(key(word)) & kind::SAY, 0, "{word}");
        }
        assert_eq!(kinds(key("table")) & kind::SAY, 0);
    }

    #[test]
    fn capitals_and_curly_apostrophes_make_no_other_word() {
        assert_eq!(key("Don’t"), key("don't"));
        assert_ne!(key("SPOKESWOMAN"), key("spokesman"));
    }

    #[test]
    fn titles_tell_the_pronoun() {
        assert_ne!(kinds(key("Mrs")) & kind::SHE, 0);
        assert_ne!(kinds(key("Callum")) & kind::HE, 0);
    }
}
