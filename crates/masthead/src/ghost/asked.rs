//! What stands behind the question mark.

use axum::extract::Query as Parsed;
use http::Uri;
use jiff::Timestamp;
use serde::Deserialize;
use theme::library::{MOST, Query, Resource};

use crate::ghost::error::ApiError;
use crate::ghost::filter::{self, NoFilter};

/// How many an answer holds that says no number.
const USUAL: u32 = 15;
/// Longest list of names (`fields`, `include`) that is read, in bytes.
const LONGEST_LIST: usize = 2048;
/// The last page that is counted; what is asked for behind it is this one, and empty.
const LAST_PAGE: usize = 1_000_000;

/// The parameters of one request.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Parameters {
    /// Of whom asks.
    pub key: Option<String>,
    include: Option<String>,
    fields: Option<String>,
    formats: Option<String>,
    filter: Option<String>,
    order: Option<String>,
    limit: Option<String>,
    page: Option<String>,
    /// Words that members are looked for by.
    pub search: Option<String>,
    /// `html`, where a client sends a body as that.
    pub source: Option<String>,
}

impl Parameters {
    /// Reads them; what is not known here is passed over, as in Ghost.
    pub fn of(uri: &Uri) -> Result<Parameters, ApiError> {
        let Parsed(parameters) = Parsed::<Parameters>::try_from_uri(uri)
            .map_err(|_| ApiError::bad_request("Request not understood error, the query cannot be read."))?;
        for list in [&parameters.include, &parameters.fields, &parameters.formats, &parameters.order] {
            if list.as_ref().is_some_and(|list| list.len() > LONGEST_LIST) {
                return Err(ApiError::bad_request("Request not understood error, a parameter is too long."));
            }
        }
        Ok(parameters)
    }

    /// For what is told of everything: all formats of a body, and all that is included by itself.
    pub fn every_format() -> Parameters {
        let formats = Some("html,plaintext,lexical,mobiledoc".to_owned());
        Parameters { formats, ..Parameters::default() }
    }

    /// Where an answer to them is kept: the same for everybody who asks the same.
    pub fn address(&self, path: &str) -> String {
        let all = [&self.include, &self.fields, &self.formats, &self.filter, &self.order, &self.limit, &self.page];
        format!("{path}?{all:?}") // quoted, so that no value can look like the next one
    }

    /// How many an answer holds.
    pub fn limit(&self) -> usize {
        match self.limit.as_deref() {
            None | Some("" | "0") => USUAL as usize,
            Some(text) => text.parse::<u32>().map_or(MOST, |limit| limit.min(MOST)) as usize,
        }
    }

    /// Which page of them, from 1.
    pub fn page(&self) -> usize {
        self.page.as_deref().and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, LAST_PAGE)
    }

    /// How many stand before the page.
    pub fn skip(&self) -> usize {
        (self.page() - 1).saturating_mul(self.limit())
    }

    /// The filter, read over these fields.
    pub fn filter(&self, fields: &[filter::Field], now: Timestamp) -> Result<Option<filter::Filter>, NoFilter> {
        let text = self.filter.as_deref().filter(|filter| !filter.trim().is_empty());
        text.map(|text| filter::parse(text, fields, now)).transpose()
    }

    /// The order, in words.
    pub fn order(&self) -> Option<&str> {
        self.order.as_deref().filter(|order| !order.trim().is_empty())
    }

    /// Whether it is said what is to be included.
    pub fn names_includes(&self) -> bool {
        self.include.is_some()
    }

    /// Whether fields are named; without, all are wanted.
    pub fn names_fields(&self) -> bool {
        self.fields.as_deref().is_some_and(|fields| !fields.trim().is_empty())
    }

    /// Whether formats of the body are named.
    pub fn names_formats(&self) -> bool {
        self.formats.is_some()
    }

    /// Whether a format is among those that are named.
    pub fn has_format(&self, name: &str) -> bool {
        has(&self.formats, name)
    }

    /// The question to the library. Ghost reads `all`, what is no number and what is too many as 100.
    pub fn query(&self, resource: Resource) -> Query {
        Query {
            resource,
            filter: self.filter.clone().filter(|filter| !filter.trim().is_empty()),
            order: self.order.clone(),
            limit: Some(self.limit() as u32),
            page: u32::try_from(self.page()).unwrap_or(u32::MAX),
            include: self.include.clone(),
            fields: None,
            id: None,
            slug: None,
        }
    }

    /// Why the filter is none.
    pub fn wrong_filter(&self, resource: Resource, now: Timestamp) -> Option<NoFilter> {
        let fields = match resource {
            Resource::Posts | Resource::Pages => filter::POSTS,
            _ => filter::NAMED,
        };
        self.filter(fields, now).err()
    }

    /// What one thing is asked for by is always in the answer.
    pub fn with_field(mut self, name: &str) -> Parameters {
        if let Some(fields) = self.fields.as_mut().filter(|fields| !fields.trim().is_empty()) {
            fields.push(',');
            fields.push_str(name);
        }
        self
    }

    /// The same with another limit.
    pub fn with_limit(mut self, limit: &str) -> Parameters {
        self.limit = Some(limit.to_owned());
        self.page = None;
        self
    }

    /// Whether something is to be included.
    pub fn includes(&self, name: &str) -> bool {
        has(&self.include, name)
    }

    /// Whether a field is wanted: all are where none is named.
    pub fn wants(&self, name: &str) -> bool {
        !self.names_fields() || has(&self.fields, name)
    }

    /// Whether the body is wanted in a format; as HTML where nothing is said.
    pub fn format(&self, name: &str) -> bool {
        let by_itself = name == "html" && self.formats.is_none();
        (by_itself || has(&self.formats, name)) && self.wants(name)
    }
}

fn has(list: &Option<String>, name: &str) -> bool {
    list.as_ref().is_some_and(|list| list.split(',').any(|one| one.trim() == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(query: &str) -> Parameters {
        Parameters::of(&format!("/posts/?{query}").parse().unwrap()).unwrap()
    }

    #[test]
    fn limits_are_read_as_ghost_reads_them() {
        for (limit, found) in [("", 15), ("0", 15), ("3", 3), ("all", 100), ("ten", 100), ("101", 100)] {
            assert_eq!(of(&format!("limit={limit}")).query(Resource::Posts).limit, Some(found), "{limit}");
        }
        assert_eq!(of("page=0").query(Resource::Posts).page, 1);
    }

    #[test]
    fn everybody_who_asks_the_same_shares_an_answer_and_nobody_else() {
        assert_eq!(of("key=a&limit=3").address("/posts/"), of("limit=3&key=b&debug=1").address("/posts/"));
        assert_ne!(of("filter=a%3Fb&order=c").address("/posts/"), of("filter=a&order=b%3Fc").address("/posts/"));
        assert_ne!(of("include=a").address("/posts/"), of("fields=a").address("/posts/"));
    }
}
