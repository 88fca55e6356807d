//! The credit of a picture: who made it, where it comes from and on what terms it is printed.
//!
//! The line that an editor or a photographer wrote is kept as it stands. Beside it
//! [`Credit::parse`] notes what it could read from the line; a part that it cannot be sure of stays
//! empty, and an editor may fill it.

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::date::date_in;
use crate::licence::{Family, Licence};

/// A credit line and what is known from it.
///
/// `text` is verbatim. The other fields are for reading by programs and people who compare: their
/// spaces are ordinary single ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Credit {
    /// The line as it was written, every character of it.
    pub text: String,
    /// What the picture is called or shows.
    pub title: Option<String>,
    /// Who made it.
    pub creator: Option<String>,
    /// For whom it was made, or who supplied it: `No 10 Downing Street`, `PA Media`.
    pub organisation: Option<String>,
    /// The day on which it was made.
    pub date: Option<Date>,
    /// The collection it was taken from: `Wikimedia Commons`.
    pub source: Option<String>,
    /// Its page in that collection.
    pub source_url: Option<String>,
    /// The id of a [`Licence`].
    pub licence: Option<String>,
}

/// A piece of a credit line, for a page that wants to link it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Words to print.
    Text(&'a str),
    /// The words that name the licence, to be linked to its terms.
    Licence(&'a str, &'static Licence),
    /// A web address.
    Address(&'a str),
}

impl Part<'_> {
    /// The words of this part, as they stand in the line.
    pub fn text(&self) -> &str {
        match self {
            Part::Text(text) | Part::Licence(text, _) | Part::Address(text) => text,
        }
    }
}

impl Credit {
    /// Reads a credit line such as `Photo: Jane Doe/Reuters` or `Jane Doe, CC BY-SA 4.0, via
    /// Wikimedia Commons`.
    ///
    /// Never fails: of a line that it does not understand, only the text is kept. Lines longer than
    /// [`crate::licence::READ_AT_MOST`] bytes are kept whole and not read.
    pub fn parse(line: &str) -> Credit {
        let mut credit = Credit { text: line.to_owned(), ..Credit::default() };
        if line.len() > crate::licence::READ_AT_MOST {
            return credit;
        }
        let plain = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let (label, rest) = label(tidy(&plain));
        let rest = credit.take_licence(rest.to_owned());
        let rest = credit.take_address(rest);
        let rest = credit.take_date(rest);
        let rest = credit.take_source(rest);
        credit.read_names(label, &rest);
        credit
    }

    /// The licence, if the catalogue knows its id.
    pub fn licence(&self) -> Option<&'static Licence> {
        Licence::by_id(self.licence.as_deref()?)
    }

    /// The line in pieces, so that a page can link the licence and addresses. Joined again they are
    /// `text`, unchanged.
    ///
    /// When the line does not name [`Credit::licence`] (an editor chose it), no piece does: print
    /// it behind the line.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let mut links: Vec<(Range<usize>, Part<'_>)> = Vec::new();
        if let Some((licence, range)) = Licence::named(&self.text)
            && self.licence() == Some(licence)
        {
            links.push((range.clone(), Part::Licence(&self.text[range], licence)));
        }
        if let Some(range) = address(&self.text)
            && links.iter().all(|(other, _)| range.end <= other.start || other.end <= range.start)
        {
            links.push((range.clone(), Part::Address(&self.text[range])));
        }
        links.sort_by_key(|(range, _)| range.start);

        let mut parts = Vec::new();
        let mut done = 0;
        for (range, part) in links {
            parts.push(Part::Text(&self.text[done..range.start]));
            parts.push(part);
            done = range.end;
        }
        parts.push(Part::Text(&self.text[done..]));
        parts.retain(|part| !part.text().is_empty());
        parts
    }

    /// Notes the licence and, unless it is also a supplier's name, takes it from the line.
    fn take_licence(&mut self, rest: String) -> String {
        let Some((licence, range)) = Licence::named(&rest) else {
            return rest;
        };
        self.licence = Some(licence.id.to_owned());
        match licence.family {
            Family::Agency => rest,
            Family::PictureSite => {
                self.source = Some(licence.name.to_owned());
                if rest[range.clone()].contains("://") {
                    self.source_url = Some(rest[range.clone()].to_owned());
                }
                cut(&rest, range)
            }
            Family::Handout => {
                let rest = cut(&rest, range);
                if Licence::named(&rest).is_none() && !rest.contains('/') && !rest.is_empty() {
                    self.organisation = Some(rest);
                    return String::new();
                }
                rest
            }
            _ => cut(&rest, range),
        }
    }

    fn take_address(&mut self, rest: String) -> String {
        let Some(range) = address(&rest) else {
            return rest;
        };
        self.source_url.get_or_insert_with(|| rest[range.clone()].to_owned());
        cut(&rest, range)
    }

    fn take_date(&mut self, rest: String) -> String {
        let Some((date, mut range)) = date_in(&rest) else {
            return rest;
        };
        self.date = Some(date);
        if rest[..range.start].ends_with('(') && rest[range.end..].starts_with(')') {
            range = range.start - 1..range.end + 1;
        }
        let (before, after) = (rest[..range.start].trim_end(), rest[range.end..].trim_start());
        format!("{before} {after}")
    }

    /// `via Wikimedia Commons` at the end of the line.
    fn take_source(&mut self, rest: String) -> String {
        let small = rest.to_ascii_lowercase();
        let found =
            [" via ", ", source: ", " source: "].iter().filter_map(|word| Some((small.rfind(word)?, word.len())));
        let Some((at, length)) = found.max() else {
            return match small.strip_prefix("via ") {
                Some(_) => self.keep_source(&rest[4..], ""),
                None => rest,
            };
        };
        self.keep_source(&rest[at + length..], &rest[..at])
    }

    fn keep_source(&mut self, source: &str, before: &str) -> String {
        self.source = filled(tidy(source));
        tidy(before).to_owned()
    }

    /// What is left names the picture and the people: `Title – by Creator / Organisation`.
    fn read_names(&mut self, label: Label, rest: &str) {
        let rest = without_year(tidy(rest));
        let (title, names) = match (quoted(rest), split_by(rest)) {
            (Some((title, names)), _) | (None, Some((title, names))) => (title, names),
            (None, None) if label == Label::By || is_name(rest) || supplier(rest).is_some() => ("", rest),
            (None, None) => (rest, ""),
        };
        self.title = filled(tidy(title));
        let names = without_year(tidy(names));
        let (creator, organisation) = people(names);
        let (mut creator, mut organisation) = (filled(creator), filled(organisation));
        if organisation.as_deref().is_some_and(is_collection) && self.source.is_none() {
            self.source = organisation.take();
        }
        if label == Label::CourtesyOf && organisation.is_none() {
            organisation = creator.take();
        }
        self.creator = creator;
        self.organisation = organisation.or(self.organisation.take());
    }
}

/// What a line calls itself before it says whose the picture is.
#[derive(Clone, Copy, PartialEq)]
enum Label {
    None,
    By,
    CourtesyOf,
}

/// Takes `Photo:`, `Image Credit (Shortened):`, `Picture by`, `©` from the front of a line.
fn label(line: &str) -> (Label, &str) {
    #[rustfmt::skip]
    const NOUNS: &[&str] = &[
        "photo", "photos", "photograph", "photography", "picture", "pictures", "pic", "image",
        "images", "credit", "credits", "attribution", "copyright", "illustration", "graphic",
        "featured", "lead", "source",
    ];
    /// The longest label: `Featured image credit (shortened):`.
    const WORDS: usize = 4;
    let is_noun = |word: &str| NOUNS.contains(&word.trim_matches(['(', ')', ':', '.']).to_lowercase().as_str());
    if let Some((before, after)) = line.split_once(':')
        && !after.starts_with("//")
        && before.split(' ').count() <= WORDS
        && before.split(' ').next().is_some_and(is_noun)
    {
        return (label(tidy(after)).0.or(Label::By), label(tidy(after)).1);
    }
    let small = line.to_ascii_lowercase();
    let mut words = small.split(' ');
    if words.next().is_some_and(is_noun) && words.next() == Some("by") {
        let after = line.splitn(3, ' ').nth(2).unwrap_or_default();
        return (Label::By, tidy(after));
    }
    for sign in ["©\u{fe0f}", "©", "(c) ", "copyright © ", "copyright "] {
        if small.starts_with(sign) && !small.starts_with("copyright:") {
            return (Label::By, label(tidy(&line[sign.len()..])).1);
        }
    }
    for words in ["courtesy of ", "courtesy ", "supplied by ", "provided by "] {
        if small.starts_with(words) {
            return (Label::CourtesyOf, tidy(&line[words.len()..]));
        }
    }
    match small.strip_prefix("by ") {
        Some(_) => (Label::By, tidy(&line[3..])),
        None => (Label::None, line),
    }
}

impl Label {
    fn or(self, other: Label) -> Label {
        if self == Label::None { other } else { self }
    }
}

/// `Title – by Names`, `Title, by Names`, `Title by Names`: at the last "by" that a name follows.
fn split_by(line: &str) -> Option<(&str, &str)> {
    let small = line.to_ascii_lowercase();
    let at = small
        .rmatch_indices(" by ")
        .map(|(at, _)| at)
        .find(|&at| line[at + 4..].starts_with(char::is_uppercase) && line[..at].contains(char::is_alphanumeric))?;
    Some((&line[..at], &line[at + 4..]))
}

/// A title in quotation marks before the names.
fn quoted(line: &str) -> Option<(&str, &str)> {
    let close = match line.chars().next()? {
        '“' => '”',
        '"' => '"',
        '‘' => '’',
        _ => return None,
    };
    let inner = line.get(line.chars().next()?.len_utf8()..)?;
    let (title, names) = inner.split_once(close)?;
    let names = tidy(names);
    Some((title, names.strip_prefix("by ").unwrap_or(names)))
}

/// `Creator / Organisation`, `Creator for Organisation`, `Creator, Agency`, or an agency alone.
fn people(names: &str) -> (&str, &str) {
    if supplier(names).is_some_and(|range| range.start == 0) {
        return match names.split_once('/').map(|(agency, other)| (tidy(agency), tidy(other))) {
            // Some agencies go first: "Reuters/Jane Doe".
            Some((agency, other)) if supplier(other).is_none() && is_name(other) => (other, agency),
            _ => ("", names),
        };
    }
    for separator in ["/", " | ", " for ", " – ", " — ", " - "] {
        if let Some((creator, organisation)) = names.split_once(separator) {
            return (tidy(creator), tidy(organisation));
        }
    }
    match (supplier(names), names.rsplit_once(", ")) {
        (Some(range), Some((creator, organisation))) if range.start > creator.len() => {
            (tidy(creator), tidy(organisation))
        }
        (Some(range), _) => (tidy(&names[..range.start]), tidy(&names[range.start..])),
        _ => (names, ""),
    }
}

/// Where a line names an agency.
fn supplier(names: &str) -> Option<Range<usize>> {
    Licence::named(names).filter(|(licence, _)| licence.family == Family::Agency).map(|(_, range)| range)
}

/// Whether this looks like names of people and houses rather than a description: short, and it has
/// as many capitals as names have.
fn is_name(text: &str) -> bool {
    /// `Master Sgt. Jane van der Doe / Royal Air Force` has nine.
    const WORDS: usize = 9;
    const SMALL: &[&str] =
        &["de", "van", "von", "der", "den", "da", "di", "du", "la", "le", "of", "the", "and", "for", "&", "/", "al"];
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let capital = |word: &&str| word.chars().find(|c| c.is_alphanumeric()).is_none_or(|c| !c.is_lowercase());
    let handle = words.len() == 1;
    !words.is_empty()
        && words.len() <= WORDS
        && (handle || words.iter().all(|word| capital(word) || SMALL.contains(word)))
}

/// Collections that hold pictures of many makers; a name behind a stroke may be one.
fn is_collection(name: &str) -> bool {
    const COLLECTIONS: &[&str] = &["wikimedia commons", "wikimedia", "flickr", "geograph", "wikipedia"];
    COLLECTIONS.contains(&name.to_lowercase().as_str())
}

/// Takes a range from a line, with the words that led to it: `licensed under`, `from`, a comma,
/// brackets.
fn cut(line: &str, range: Range<usize>) -> String {
    #[rustfmt::skip]
    const JOINERS: &[&str] = &[
        "licensed", "licenced", "license", "licence", "under", "used", "released", "available",
        "published", "shared", "a", "an", "the", "is", "terms", "of", "from", "on", "via",
        "through", "and", "at", "in", "see", "by",
    ];
    let mut before = line[..range.start].trim_end_matches(|c: char| c == '(' || c == '[' || c.is_whitespace());
    loop {
        before = before.trim_end_matches([' ', ',', ';', '–', '—', '-', '/', '|', '(', ':', '©']);
        let word = before.rsplit([' ', '(', ',', '/']).next().unwrap_or_default();
        if word.is_empty() || !JOINERS.contains(&word.to_lowercase().as_str()) {
            break;
        }
        before = &before[..before.len() - word.len()];
    }
    let after = tidy(line[range.end..].trim_start_matches([')', ']']));
    match (tidy(before), after) {
        (before, "") => before.to_owned(),
        ("", after) => after.to_owned(),
        // "via" needs no comma, a second name does.
        (before, after) => format!("{before}, {after}"),
    }
}

/// The first web address in a text, without the punctuation behind it.
fn address(text: &str) -> Option<Range<usize>> {
    let start = text.find("https://").or_else(|| text.find("http://"))?;
    let end =
        text[start..].find(|c: char| c.is_whitespace() || c == '<' || c == '"').map_or(text.len(), |at| start + at);
    let address = text[start..end].trim_end_matches(['.', ',', ';', ':', ')', ']']);
    Some(start..start + address.len())
}

/// `2024 Jane Doe` behind a copyright sign.
fn without_year(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if text.len() - rest.len() == 4 { tidy(rest) } else { text }
}

/// Without the punctuation that only joined a piece to its neighbours.
fn tidy(text: &str) -> &str {
    let mut text = text.trim();
    if text.starts_with(['(', '['])
        && text.trim_end_matches('.').ends_with([')', ']'])
        && text.matches(['(', '[']).count() == 1
    {
        text = text.trim_end_matches('.').trim_matches(['(', ')', '[', ']']);
    }
    let text = text.trim_matches([' ', ',', ';', ':', '/', '|', '–', '—', '-']);
    match text.strip_suffix('.') {
        // "Jr." keeps its full stop, a sentence does not.
        Some(sentence) if sentence.rsplit([' ', '.']).next().is_some_and(|word| word.chars().count() > 2) => {
            sentence.trim_end()
        }
        Some("") => "",
        _ => text,
    }
}

fn filled(text: &str) -> Option<String> {
    text.contains(char::is_alphanumeric).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: &str = "Keir Starmer meets U.S. President Trump at Turnberry golf course (28 Jul 2025) – by\u{a0}Lauren \
                        Hurley / No\u{202f}10 Downing Street, licensed under\u{a0}OGL\u{202f}v3.0, via Wikimedia Commons.";

    /// Writes what was read as `field: value` pairs.
    fn read(line: &str) -> String {
        let credit = Credit::parse(line);
        assert_eq!(credit.text, line, "the line is kept as it stands");
        let joined: String = credit.parts().iter().map(Part::text).collect();
        assert_eq!(joined, line, "its parts are the line again");
        let fields = [
            ("title", credit.title),
            ("by", credit.creator),
            ("org", credit.organisation),
            ("on", credit.date.map(|date| date.to_string())),
            ("from", credit.source),
            ("url", credit.source_url),
            ("licence", credit.licence),
        ];
        let fields: Vec<_> =
            fields.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", value?))).collect();
        fields.join(" | ")
    }

    #[track_caller]
    fn check(line: &str, says: &str) {
        assert_eq!(read(line), says, "{line}");
    }

    #[test]
    fn a_full_line_gives_every_part() {
        check(
            SEED,
            "title: Keir Starmer meets U.S. President Trump at Turnberry golf course | by: Lauren Hurley | \
             org: No 10 Downing Street | on: 2025-07-28 | from: Wikimedia Commons | licence: ogl-3.0",
        );
    }

    #[test]
    fn lines_of_agencies_name_photographer_and_house() {
        check("Photo: Jane Doe/Reuters", "by: Jane Doe | org: Reuters | licence: reuters");
        check("© Jane Doe / Getty Images", "by: Jane Doe | org: Getty Images | licence: getty");
        check("PA Media", "org: PA Media | licence: pa");
        check("Picture: Jane Doe, PA Wire", "by: Jane Doe | org: PA Wire | licence: pa");
        check("Reuters/Jane Doe", "by: Jane Doe | org: Reuters | licence: reuters");
        check("(Jane Doe/AFP via Getty Images)", "by: Jane Doe | org: AFP | from: Getty Images | licence: getty");
        check("Jane Doe for The Courier", "by: Jane Doe | org: The Courier");
        check("Family handout/PA Media", "org: PA Media | licence: handout");
        check("West Midlands Police handout", "org: West Midlands Police | licence: handout");
    }

    #[test]
    fn lines_of_open_licences_name_maker_terms_and_collection() {
        check(
            "Jane Doe, CC BY-SA 4.0, via Wikimedia Commons",
            "by: Jane Doe | from: Wikimedia Commons | licence: cc-by-sa-4.0",
        );
        check(
            "Jane Doe / Wikimedia Commons / CC BY 2.0",
            "by: Jane Doe | from: Wikimedia Commons | licence: cc-by-2.0",
        );
        check("Image by Jane Doe from Pixabay", "by: Jane Doe | from: Pixabay | licence: pixabay");
        check("Photo by Jane Doe on Unsplash", "by: Jane Doe | from: Unsplash | licence: unsplash");
        check(
            "“Harbour at dusk” by Jane Doe is licensed under CC BY 2.0",
            "title: Harbour at dusk | by: Jane Doe | licence: cc-by-2.0",
        );
        check(
            "Photo: Jane Doe (CC BY 2.0) https://example.org/p/1",
            "by: Jane Doe | url: https://example.org/p/1 | licence: cc-by-2.0",
        );
        check("© Crown copyright 2024", "licence: crown-copyright");
        check("Crown copyright", "licence: crown-copyright");
        check(
            "NASA, Public domain, via Wikimedia Commons",
            "by: NASA | from: Wikimedia Commons | licence: public-domain",
        );
    }

    #[test]
    fn lines_without_terms_still_name_people() {
        check("Picture: Jane Doe", "by: Jane Doe");
        check("By Jane Doe", "by: Jane Doe");
        check("© 2024 Jane Doe", "by: Jane Doe");
        check("Photograph: Martin Doe Jr.", "by: Martin Doe Jr.");
        check("Courtesy of Tate Britain", "org: Tate Britain");
        check("The old harbour wall after the storm", "title: The old harbour wall after the storm");
        check("The harbour, 3 May 2024, by Jane Doe", "title: The harbour | by: Jane Doe | on: 2024-05-03");
        check("", "");
        check(" – ", "");
    }

    #[test]
    fn a_page_can_link_the_licence_and_the_address_in_place() {
        let credit = Credit::parse("Jane Doe, CC BY 4.0, https://example.org/1.");
        let licence = Licence::by_id("cc-by-4.0").expect("it is in the catalogue");
        let expected = [
            Part::Text("Jane Doe, "),
            Part::Licence("CC BY 4.0", licence),
            Part::Text(", "),
            Part::Address("https://example.org/1"),
            Part::Text("."),
        ];
        assert_eq!(credit.parts(), expected);
    }

    #[test]
    fn a_licence_that_an_editor_chose_is_not_looked_for_in_the_line() {
        let credit = Credit { text: "Jane Doe, CC BY 4.0".into(), licence: Some("own".into()), ..Credit::default() };
        assert_eq!(credit.parts(), [Part::Text("Jane Doe, CC BY 4.0")]);
        assert_eq!(credit.licence().map(|licence| licence.id), Some("own"));
    }

    #[test]
    fn a_credit_survives_its_stored_form() {
        let credit = Credit::parse(SEED);
        let stored = serde_json::to_string(&credit).expect("it is plain data");
        assert_eq!(serde_json::from_str::<Credit>(&stored).expect("it was written above"), credit);
        assert_eq!(serde_json::from_str::<Credit>("{\"text\":\"x\"}").expect("fields may be missing").text, "x");
    }

    #[test]
    fn any_line_is_read_without_fear() {
        let mut seed = 7_u64;
        let alphabet: Vec<char> = "by By via/(),.–©“”: 12 JulPACC0OGLv3.é\u{a0}http://".chars().collect();
        for length in (0..400).map(|n| n % 60) {
            let mut line = String::new();
            for _ in 0..length {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                line.push(alphabet[(seed >> 33) as usize % alphabet.len()]);
            }
            read(&line);
        }
        assert_eq!(Credit::parse(&"x".repeat(100_000)).title, None);
    }
}
