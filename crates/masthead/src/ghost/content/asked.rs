//! What stands behind the question mark of the Content API.

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

    /// Where an answer to them is kept: the same for everybody who asks the same.
    pub fn address(&self, path: &str) -> String {
        let all = [&self.include, &self.fields, &self.formats, &self.filter, &self.order, &self.limit, &self.page];
        format!("{path}?{all:?}") // quoted, so that no value can look like the next one
    }

    /// The question to the library. Ghost reads `all`, what is no number and what is too many as 100.
    pub fn query(&self, resource: Resource) -> Query {
        let limit = match self.limit.as_deref() {
            None | Some("" | "0") => USUAL,
            Some(text) => text.parse::<u32>().map_or(MOST, |limit| limit.min(MOST)),
        };
        let page = self.page.as_deref().and_then(|page| page.parse().ok()).unwrap_or(1).max(1);
        Query {
            resource,
            filter: self.filter.clone().filter(|filter| !filter.trim().is_empty()),
            order: self.order.clone(),
            limit: Some(limit),
            page,
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
        let text = self.filter.as_deref().filter(|filter| !filter.trim().is_empty())?;
        filter::parse(text, fields, now).err()
    }

    /// What one thing is asked for by is always in the answer.
    pub fn with_field(mut self, name: &str) -> Parameters {
        if let Some(fields) = self.fields.as_mut().filter(|fields| !fields.trim().is_empty()) {
            fields.push(',');
            fields.push_str(name);
        }
        self
    }

    /// Whether something is to be included.
    pub fn includes(&self, name: &str) -> bool {
        has(&self.include, name)
    }

    /// Whether a field is wanted: all are where none is named.
    pub fn wants(&self, name: &str) -> bool {
        self.fields.as_deref().is_none_or(|fields| fields.trim().is_empty()) || has(&self.fields, name)
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
