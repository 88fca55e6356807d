//! What stands behind the question mark, in WordPress's words: bounded, and in one spelling, so that all who ask the
//! same share an answer.

use std::collections::BTreeMap;

use axum::extract::Query as Parsed;
use http::Uri;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use news::Slug;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::asked::MOST;
use super::collection::{By, Collection};
use super::error::RestError;

/// Longest query that is read, in bytes.
const LONGEST_QUERY: usize = 8 * 1024;
/// Longest words that are looked for, in characters.
const LONGEST_SEARCH: usize = 200;
/// What may be asked of everything.
const EVERYWHERE: [&str; 3] = ["_embed", "_fields", "context"];
/// What stands in an address as it is.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b',').remove(b':');

/// The parameters that are known, each once; a list that comes in parts (`include[]=1&include[]=2`) is joined.
#[derive(Clone, Debug)]
pub struct Raw(BTreeMap<&'static str, String>);

impl Raw {
    /// Reads those that are known; all others are passed over, as in WordPress.
    pub fn of(uri: &Uri, known: &[&'static str]) -> Result<Raw, RestError> {
        if uri.query().is_some_and(|query| query.len() > LONGEST_QUERY) {
            return Err(RestError::too_long());
        }
        let Parsed(pairs) = Parsed::<Vec<(String, String)>>::try_from_uri(uri).map_err(|_| RestError::too_long())?;
        let mut raw = BTreeMap::new();
        for (name, value) in pairs {
            let (base, is_part) = name.split_once('[').map_or((name.as_str(), false), |(base, _)| (base, true));
            let Some(name) = known.iter().chain(&EVERYWHERE).copied().find(|known| *known == base) else { continue };
            let kept: &mut String = raw.entry(name).or_default();
            if is_part && !kept.is_empty() {
                kept.push(',');
                kept.push_str(&value);
            } else {
                *kept = value;
            }
        }
        Ok(Raw(raw))
    }

    /// Where an answer to them is kept.
    pub fn address(&self, path: &str) -> String {
        format!("{path}?{:?}", self.0) // quoted, so that no value can look like the next one
    }

    /// The same parameters for another page.
    pub fn for_page(&self, page: usize) -> String {
        let mut raw = self.0.clone();
        raw.insert("page", page.to_string());
        let pairs = raw.iter().map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, PLAIN)));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// As it stands.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|text| text.trim())
    }

    /// A whole number within bounds.
    pub fn number(&self, name: &'static str, least: i64, most: Option<i64>) -> Result<Option<i64>, RestError> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let number: i64 = text.parse().map_err(|_| RestError::wrong_type(name, name, "integer"))?;
        if number >= least && most.is_none_or(|most| number <= most) {
            return Ok(Some(number));
        }
        let why = match most {
            Some(most) => format!("{name} must be between {least} (inclusive) and {most} (inclusive)"),
            None => format!("{name} must be greater than or equal to {least}"),
        };
        Err(RestError::invalid(name, "rest_out_of_bounds", why))
    }

    /// The members of a list; `None` for an empty one, which asks for nothing.
    pub fn words(&self, name: &'static str) -> Result<Option<Vec<&str>>, RestError> {
        let text = self.text(name).unwrap_or_default();
        let words: Vec<&str> =
            text.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty()).collect();
        if words.len() > MOST {
            let why = format!("{name} must contain at most {MOST} items.");
            return Err(RestError::invalid(name, "rest_too_many_items", why));
        }
        Ok(Some(words).filter(|words| !words.is_empty()))
    }

    /// The same, to keep.
    pub fn owned(&self, name: &'static str) -> Result<Option<Vec<String>>, RestError> {
        Ok(self.words(name)?.map(|words| words.into_iter().map(str::to_owned).collect()))
    }

    /// The numbers of a list.
    pub fn numbers(&self, name: &'static str) -> Result<Option<Vec<u64>>, RestError> {
        let Some(words) = self.words(name)? else { return Ok(None) };
        let number = |(at, word): (usize, &str)| match word.parse::<i64>() {
            Ok(number) => Ok(u64::try_from(number).unwrap_or_default()), // nothing has a number below 1
            Err(_) => Err(RestError::wrong_type(name, &format!("{name}[{at}]"), "integer")),
        };
        words.into_iter().enumerate().map(number).collect::<Result<Vec<u64>, _>>().map(Some)
    }

    /// Yes or no.
    pub fn flag(&self, name: &'static str) -> Result<Option<bool>, RestError> {
        match self.text(name).map(str::to_ascii_lowercase).as_deref() {
            None => Ok(None),
            Some("1" | "true") => Ok(Some(true)),
            Some("0" | "false") => Ok(Some(false)),
            Some(_) => Err(RestError::wrong_type(name, name, "boolean")),
        }
    }

    /// A moment.
    pub fn time(&self, name: &'static str, zone: &TimeZone) -> Result<Option<Timestamp>, RestError> {
        let Some(text) = self.text(name) else { return Ok(None) };
        moment(text, zone).map(Some).ok_or_else(|| RestError::invalid(name, "rest_invalid_date", "Invalid date."))
    }

    /// The words that are looked for.
    pub fn search(&self) -> Result<Option<String>, RestError> {
        let words: String = self.text("search").unwrap_or_default().chars().filter(|c| !c.is_control()).collect();
        if words.chars().count() > LONGEST_SEARCH {
            let why = format!("search must be at most {LONGEST_SEARCH} characters long.");
            return Err(RestError::invalid("search", "rest_too_long", why));
        }
        Ok(Some(words).filter(|words| !words.trim().is_empty()))
    }

    /// By what, and whether the last stands first.
    pub fn order(&self, collection: Collection) -> Result<(By, bool), RestError> {
        let known = collection.orders();
        let usual = known.first().copied().unwrap_or(By::Date);
        let by = match self.text("orderby") {
            None => usual,
            Some(word) => known.iter().copied().find(|by| by.word() == word).ok_or_else(|| {
                let words: Vec<&str> = known.iter().map(|by| by.word()).collect();
                RestError::not_one_of("orderby", &words)
            })?,
        };
        let descending = match self.text("order") {
            None => collection.is_descending(),
            Some("asc") => false,
            Some("desc") => true,
            Some(_) => return Err(RestError::not_one_of("order", &["asc", "desc"])),
        };
        // What fits best is not known: what fits and is newest stands first.
        Ok(if by == By::Relevance { (By::Date, true) } else { (by, descending) })
    }

    /// Readers get what is published; a picture is as published as its article.
    pub fn refuse_other_statuses(&self, list: Option<Collection>) -> Result<(), RestError> {
        let known = if list == Some(Collection::Media) { "inherit" } else { "publish" };
        match self.words("status")?.into_iter().flatten().all(|word| word == known) {
            true => Ok(()),
            false => Err(RestError::invalid("status", "rest_forbidden_status", "Status is forbidden.")),
        }
    }
}

/// A moment as RFC 3339, or without an offset, which is then the magazine's own. A day alone is none to WordPress.
fn moment(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    if text.len() < "2026-01-01T00:00:00".len() {
        return None;
    }
    text.parse::<Timestamp>().ok().or_else(|| zone.to_timestamp(text.parse::<DateTime>().ok()?).ok())
}

/// WordPress hands out slugs percent-encoded, and clients send them back so.
pub fn slug(word: &str) -> Option<Slug> {
    Slug::parse(&percent_decode_str(word).decode_utf8().ok()?).ok()
}
