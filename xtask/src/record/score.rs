//! The figures of the scorers, computed again here with their facets, and how honest the confidences are.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use record::Quote;

use super::gold::{Quotation, Segment, Text};

/// Passages of one kind: how many there are, how many were claimed, whose speaker and name are right.
#[derive(Default)]
struct Count {
    passages: usize,
    claimed: usize,
    asked: usize,
    right: usize,
    named: usize,
    name_right: usize,
}

/// Prints the figures of a set.
pub fn print(texts: &[&Text], predicted: &[Vec<Quote>]) {
    let mut facets: BTreeMap<String, Count> = BTreeMap::new();
    let mut judged: Vec<(f32, bool)> = Vec::new();
    for (text, quotes) in texts.iter().zip(predicted) {
        for segment in &text.segments {
            let claim = claim(text, segment, quotes);
            for facet in self::facets(text, segment) {
                count(facets.entry(facet).or_default(), text, segment, claim);
            }
            if let Some(quote) = claim {
                let right = segment.quote.as_ref().is_some_and(|gold| speaker_right(text, gold, quote) != Some(false));
                judged.push((quote.confidence, right));
            }
        }
    }
    println!("{:38} passages  claimed  speaker right  name right", "");
    for (facet, count) in &facets {
        let share = |part: usize, whole: usize| {
            if whole == 0 { "    -".to_owned() } else { format!("{:5.1}", 100.0 * part as f64 / whole as f64) }
        };
        println!(
            "{facet:38} {:8}    {}          {}       {}",
            count.passages,
            share(count.claimed, count.passages),
            share(count.right, count.asked),
            share(count.name_right, count.named)
        );
    }
    reliability(judged);
}

/// F1 of passages that are found and given to the right speaker, in hundredths.
pub fn end_to_end(texts: &[&Text], predicted: &[Vec<Quote>]) -> f64 {
    let (mut wanted, mut claimed, mut right) = (0_usize, 0_usize, 0_usize);
    for (text, quotes) in texts.iter().zip(predicted) {
        for segment in &text.segments {
            wanted += usize::from(segment.quote.is_some());
            let Some(quote) = claim(text, segment, quotes) else { continue };
            claimed += 1;
            let is_right = |gold: &Quotation| speaker_right(text, gold, quote) != Some(false);
            right += usize::from(segment.quote.as_ref().is_some_and(is_right));
        }
    }
    if wanted + claimed == 0 { 0.0 } else { 200.0 * right as f64 / (wanted + claimed) as f64 }
}

/// The quotation that claims a passage: the one that holds most of it, if that is half.
fn claim<'a>(text: &Text, segment: &Segment, quotes: &'a [Quote]) -> Option<&'a Quote> {
    let letters = |range: Range<usize>| {
        text.text.get(range).map_or(0, |part| part.chars().filter(|char| char.is_alphanumeric()).count())
    };
    let held = |quote: &Quote| -> usize {
        quote
            .spans
            .iter()
            .map(|span| span.start.max(segment.range.start)..span.end.min(segment.range.end))
            .filter(|span| span.start < span.end)
            .map(letters)
            .sum()
    };
    let whole = letters(segment.range.clone());
    quotes
        .iter()
        .map(|quote| (held(quote), quote))
        .max_by_key(|(held, _)| *held)
        .filter(|(held, _)| whole > 0 && held * 2 >= whole)
        .map(|(_, quote)| quote)
}

fn count(count: &mut Count, text: &Text, segment: &Segment, claim: Option<&Quote>) {
    count.passages += 1;
    let Some(quote) = claim else { return };
    count.claimed += 1;
    let Some(gold) = &segment.quote else { return };
    if let Some(right) = speaker_right(text, gold, quote) {
        count.asked += 1;
        count.right += usize::from(right);
    }
    if !gold.names.is_empty() {
        count.named += 1;
        count.name_right +=
            usize::from(gold.names.iter().any(|name| same_name(name, quote.name.as_deref().unwrap_or_default())));
    }
}

fn facets(text: &Text, segment: &Segment) -> Vec<String> {
    let mut facets = vec![if segment.single { "marks: single".to_owned() } else { "marks: double".to_owned() }];
    let Some(quote) = &segment.quote else {
        facets.push("not a quotation".to_owned());
        facets.extend(segment.sub.as_ref().map(|sub| format!("not a quotation: {sub}")));
        return facets;
    };
    facets.push("all quotations".to_owned());
    facets.push(format!("kind: {}", segment.kind));
    facets.push(format!("cue: {}", if quote.cue { "present" } else { "none" }));
    if !quote.speaker_kind.is_empty() {
        facets.push(format!("speaker: {}", quote.speaker_kind));
    }
    let mention: Vec<&str> = quote.speaker.iter().filter_map(|range| text.text.get(range.clone())).collect();
    let mention = mention.join(" ").to_lowercase();
    facets.push(format!("mention: {}", if PRONOUNS.contains(&&*mention) { "pronoun" } else { "other" }));
    if let Some(pronoun) = gendered(&mention)
        && text
            .segments
            .iter()
            .filter_map(|other| other.quote.as_ref())
            .any(|other| is_rival(text, quote, other, pronoun))
    {
        facets.push("mention: pronoun with a rival of its gender".to_owned());
    }
    let family = |name: &str| name.split(' ').next_back().unwrap_or_default().to_owned();
    if let Some(name) = quote.names.first() {
        let all: BTreeSet<&String> =
            text.segments.iter().filter_map(|segment| segment.quote.as_ref()?.names.first()).collect();
        if all.iter().filter(|other| family(other) == family(name)).count() > 1 {
            facets.push("shares a surname with a speaker".to_owned());
        }
    }
    facets
}

/// Whether a pronoun is one of a man or of a woman.
fn gendered(mention: &str) -> Option<&'static [&'static str]> {
    const GENDERED: [&[&str]; 2] = [&["he", "him", "his"], &["she", "her", "hers"]];
    GENDERED.into_iter().find(|words| words.contains(&mention))
}

/// Whether another speaker of the article is called by the same pronoun, or has a title that goes with it.
fn is_rival(text: &Text, quote: &Quotation, other: &Quotation, pronoun: &[&str]) -> bool {
    let titles: &[&str] = if pronoun.contains(&"he") { &["Mr", "Sir", "Lord"] } else { &["Ms", "Mrs", "Miss", "Dame"] };
    let mention: Vec<&str> = other.speaker.iter().filter_map(|range| text.text.get(range.clone())).collect();
    let mention = mention.join(" ");
    let told = pronoun.contains(&mention.to_lowercase().as_str())
        || titles.iter().any(|title| mention.split(' ').next() == Some(title));
    let (Some(name), Some(others)) = (quote.names.first(), other.names.first()) else { return false };
    told && !quote.names.iter().any(|name| same_name(name, others)) && !same_name(name, others)
}

const PRONOUNS: &[&str] =
    &["he", "she", "they", "him", "her", "them", "his", "their", "it", "i", "we", "you", "who", "hers", "theirs"];
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "sir",
    "lord",
    "lady",
    "dame",
    "prof",
    "professor",
    "sen",
    "senator",
    "rep",
    "representative",
    "gov",
    "governor",
    "president",
    "prime",
    "minister",
    "secretary",
    "chancellor",
    "the",
    "a",
    "an",
    "of",
    "and",
    "former",
    "cllr",
    "councillor",
    "rev",
    "reverend",
    "pc",
    "dc",
    "sgt",
    "insp",
    "inspector",
    "det",
    "superintendent",
    "supt",
    "baroness",
    "king",
    "queen",
    "prince",
    "princess",
    "bishop",
    "archdeacon",
    "judge",
    "justice",
    "mp",
    "kc",
    "canon",
    "father",
    "captain",
    "commander",
    "chief",
    "constable",
    "lieutenant",
    "sergeant",
];

/// The words of a name that are no titles.
fn name_words(name: &str) -> Vec<&str> {
    name.split(|char: char| !(char.is_alphabetic() || matches!(char, '-' | '’' | '\'')))
        .map(|word| word.strip_suffix("’s").or(word.strip_suffix("'s")).unwrap_or(word).trim_matches(['-', '’', '\'']))
        .filter(|word| {
            !word.is_empty() && !TITLES.contains(&&*word.to_lowercase()) && !PRONOUNS.contains(&&*word.to_lowercase())
        })
        .collect()
}

fn same_name(gold: &str, name: &str) -> bool {
    let words = |name: &str| name_words(name).iter().map(|word| word.to_lowercase()).collect::<Vec<_>>();
    !name.is_empty() && words(gold) == words(name)
}

/// Whether the mention is the right one, or another mention of the same surname; none where the annotation has no speaker.
fn speaker_right(text: &Text, gold: &Quotation, quote: &Quote) -> Option<bool> {
    if gold.speaker.is_empty() {
        return None;
    }
    if gold
        .speaker
        .iter()
        .any(|gold| quote.speaker.iter().any(|found| found.start < gold.end && gold.start < found.end))
    {
        return Some(true);
    }
    let capitals = |words: Vec<&str>| {
        words.into_iter().filter(|word| word.starts_with(char::is_uppercase)).map(str::to_owned).collect::<Vec<_>>()
    };
    let mention: Vec<&str> = gold.speaker.iter().filter_map(|range| text.text.get(range.clone())).collect();
    let mention = mention.join(" ");
    let head = mention.split(',').next().unwrap_or_default();
    let Some(family) = capitals(name_words(head)).pop().or_else(|| capitals(name_words(&mention)).pop()) else {
        return Some(false);
    };
    let found = quote.speaker.iter().filter_map(|range| text.text.get(range.clone())).chain(quote.name.as_deref());
    Some(found.flat_map(|found| capitals(name_words(found))).any(|word| word == family))
}

/// How often passage and speaker are right among the surest, and in each tenth of confidence.
fn reliability(mut judged: Vec<(f32, bool)>) {
    judged.sort_by(|one, other| other.0.total_cmp(&one.0));
    let share = |part: &[(f32, bool)]| {
        100.0 * part.iter().filter(|(_, right)| *right).count() as f64 / part.len().max(1) as f64
    };
    let surest: Vec<String> = [30, 50, 70, 80, 100]
        .iter()
        .map(|part| format!("{part} %: {:.1}", share(&judged[..judged.len() * part / 100])))
        .collect();
    println!("precision of the surest  {}", surest.join("   "));
    for tenth in (0..10).rev() {
        let within: Vec<(f32, bool)> =
            judged.iter().copied().filter(|(sure, _)| ((sure * 10.0) as usize).min(9) == tenth).collect();
        if !within.is_empty() {
            let said = within.iter().map(|(sure, _)| f64::from(*sure)).sum::<f64>() * 100.0 / within.len() as f64;
            println!("  confidence {said:5.1} %   right {:5.1} %   of {}", share(&within), within.len());
        }
    }
}
