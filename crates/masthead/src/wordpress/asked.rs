//! What stands behind the question mark, as it is meant.

use http::Uri;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use news::Slug;
use serde_json::{Map, Value as Json};

use super::collection::{By, Collection};
use super::error::RestError;
use super::raw::{self, Raw};

/// Most things of one answer, and most members of a list that is asked about.
pub const MOST: usize = 100;
/// How many an answer holds that says no number.
pub const USUAL: usize = 10;
/// Highest page, and farthest offset, that is looked at.
const FARTHEST: i64 = 1_000_000;

/// The parameters of one request.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `context=embed`: the few fields that stand beside other things.
    pub is_brief: bool,
    /// From 1.
    pub page: usize,
    /// From 1 to [`MOST`].
    pub per_page: usize,
    offset: Option<usize>,
    /// Words.
    pub search: Option<String>,
    /// Dated later than this.
    pub after: Option<Timestamp>,
    /// Dated earlier than this.
    pub before: Option<Timestamp>,
    /// Changed later than this.
    pub modified_after: Option<Timestamp>,
    /// Changed earlier than this.
    pub modified_before: Option<Timestamp>,
    /// Numbers of things: these alone.
    pub include: Option<Vec<u64>>,
    /// Not these.
    pub exclude: Vec<u64>,
    /// Numbers of authors, of whom one must be in the byline.
    pub author: Option<Vec<u64>>,
    /// Authors of whom none may be.
    pub author_exclude: Vec<u64>,
    /// Numbers of sections, in one of which it must stand.
    pub categories: Option<Vec<u64>>,
    /// Sections in none of which it may.
    pub categories_exclude: Vec<u64>,
    /// Numbers of tags, of which it must have one.
    pub tags: Option<Vec<u64>>,
    /// Tags of which it may have none.
    pub tags_exclude: Vec<u64>,
    /// Numbers of what it stands below: sections, or articles of pictures.
    pub parent: Option<Vec<u64>>,
    /// The number of the article whose terms are wanted.
    pub post: Option<u64>,
    /// Slugs.
    pub slugs: Option<Vec<Slug>>,
    /// What is featured, or what is not.
    pub sticky: Option<bool>,
    /// Terms on which articles stand.
    pub hide_empty: bool,
    /// Whether a search is for terms.
    pub finds_terms: bool,
    /// Which kinds a search is for; empty for all.
    pub subtypes: Vec<String>,
    /// By what.
    pub by: By,
    /// The last first.
    pub descending: bool,
    fields: Vec<String>,
    /// `None` where nothing is to be embedded; empty for everything.
    embedded: Option<Vec<String>>,
    raw: Raw,
}

impl Asked {
    /// Reads what is asked of a list, or, without one, of a single thing. Times without an offset are the magazine's.
    pub fn of(uri: &Uri, list: Option<Collection>, zone: &TimeZone) -> Result<Asked, RestError> {
        let raw = Raw::of(uri, list.map(Collection::parameters).unwrap_or_default())?;
        raw.refuse_other_statuses(list)?;
        let is_brief = match raw.text("context") {
            None | Some("view") => false,
            Some("embed") => true,
            Some("edit") => return Err(RestError::forbidden_context()),
            Some(_) => return Err(RestError::not_one_of("context", &["view", "embed", "edit"])),
        };
        let (by, descending) = raw.order(list.unwrap_or(Collection::Posts))?;
        let whole = |number: i64| usize::try_from(number.min(FARTHEST)).unwrap_or_default();
        Ok(Asked {
            is_brief,
            page: raw.number("page", 1, None)?.map_or(1, whole),
            per_page: raw.number("per_page", 1, Some(MOST as i64))?.map_or(USUAL, whole),
            offset: raw.number("offset", 0, None)?.map(whole),
            search: raw.search()?,
            after: raw.time("after", zone)?,
            before: raw.time("before", zone)?,
            modified_after: raw.time("modified_after", zone)?,
            modified_before: raw.time("modified_before", zone)?,
            include: raw.numbers("include")?,
            exclude: raw.numbers("exclude")?.unwrap_or_default(),
            author: raw.numbers("author")?,
            author_exclude: raw.numbers("author_exclude")?.unwrap_or_default(),
            categories: raw.numbers("categories")?,
            categories_exclude: raw.numbers("categories_exclude")?.unwrap_or_default(),
            tags: raw.numbers("tags")?,
            tags_exclude: raw.numbers("tags_exclude")?.unwrap_or_default(),
            parent: raw.numbers("parent")?,
            post: raw.number("post", 0, None)?.map(|number| number.unsigned_abs()),
            slugs: raw.words("slug")?.map(|slugs| slugs.into_iter().filter_map(raw::slug).collect()),
            sticky: raw.flag("sticky")?,
            hide_empty: raw.flag("hide_empty")?.unwrap_or_default(),
            finds_terms: match raw.text("type") {
                None | Some("post") => false,
                Some("term") => true,
                Some(_) => return Err(RestError::not_one_of("type", &["post", "term"])),
            },
            subtypes: raw.owned("subtype")?.filter(|kinds| !kinds.iter().any(|kind| kind == "any")).unwrap_or_default(),
            by,
            descending,
            fields: raw.owned("_fields")?.unwrap_or_default(),
            embedded: match raw.text("_embed") {
                None => None,
                Some("" | "0" | "1" | "true") => Some(Vec::new()),
                Some(_) => raw.owned("_embed")?,
            },
            raw,
        })
    }

    /// Where an answer to them is kept.
    pub fn address(&self, path: &str) -> String {
        self.raw.address(path)
    }

    /// The same parameters for another page.
    pub fn for_page(&self, page: usize) -> String {
        self.raw.for_page(page)
    }

    /// How many to pass over, and how many to take.
    pub fn window(&self) -> (usize, usize) {
        (self.offset.unwrap_or((self.page - 1) * self.per_page), self.per_page)
    }

    /// How many pages so many things make.
    pub fn pages(&self, total: usize) -> usize {
        total.div_ceil(self.per_page)
    }

    /// Whether a field at the top is wanted: all are where none is named.
    pub fn wants(&self, name: &str) -> bool {
        let is = |field: &String| field.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.fields.is_empty() || self.fields.iter().any(is)
    }

    /// Whether what stands in this relation to a thing is to be shown in it.
    pub fn embeds(&self, relation: &str) -> bool {
        let is_wanted = |names: &Vec<String>| names.is_empty() || names.iter().any(|name| name == relation);
        self.embedded.as_ref().is_some_and(is_wanted) && (self.wants("_links") || self.wants("_embedded"))
    }

    /// Of a thing, the fields that are wanted: `title`, or `title.rendered`.
    pub fn kept(&self, thing: Json) -> Json {
        if self.fields.is_empty() {
            return thing;
        }
        only(thing, &self.fields.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

fn only(value: Json, paths: &[&str]) -> Json {
    match value {
        Json::Object(map) => {
            let mut kept = Map::new();
            for (name, value) in map {
                let below: Vec<&str> =
                    paths.iter().filter_map(|path| path.strip_prefix(name.as_str())?.strip_prefix('.')).collect();
                if paths.contains(&name.as_str()) {
                    kept.insert(name, value);
                } else if !below.is_empty() {
                    kept.insert(name, only(value, &below));
                }
            }
            Json::Object(kept)
        }
        Json::Array(list) => list.into_iter().map(|value| only(value, paths)).collect::<Vec<Json>>().into(),
        plain => plain,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(query: &str) -> Result<Asked, RestError> {
        let uri = format!("/wp-json/wp/v2/posts?{query}").parse().unwrap();
        Asked::of(&uri, Some(Collection::Posts), &TimeZone::get("Europe/London").unwrap())
    }

    fn of(query: &str) -> Asked {
        read(query).unwrap_or_else(|why| panic!("{query}: {}", why.to_json()))
    }

    #[track_caller]
    fn refuses(query: &str, parameter: &str, says: &str) {
        let why = read(query).map(|_| ()).unwrap_err().to_json();
        assert_eq!(why["data"]["params"][parameter], says, "{query}: {why}");
    }

    #[test]
    fn what_is_out_of_bounds_is_refused_in_wordpresss_words() {
        refuses("per_page=101", "per_page", "per_page must be between 1 (inclusive) and 100 (inclusive)");
        refuses("per_page=0", "per_page", "per_page must be between 1 (inclusive) and 100 (inclusive)");
        refuses("page=0", "page", "page must be greater than or equal to 1");
        refuses("page=two", "page", "page is not of type integer.");
        refuses("include=1,x", "include", "include[1] is not of type integer.");
        refuses(&format!("include={}", "1,".repeat(101)), "include", "include must contain at most 100 items.");
        refuses("sticky=perhaps", "sticky", "sticky is not of type boolean.");
        refuses("after=2026-01-01", "after", "Invalid date.");
        refuses("status=draft", "status", "Status is forbidden.");
        refuses("order=up", "order", "order is not one of asc and desc.");
        refuses(&format!("search={}", "a".repeat(201)), "search", "search must be at most 200 characters long.");
        assert_eq!(read("context=edit").map(|_| ()).unwrap_err().to_json()["code"], "rest_forbidden_context");
        assert!(read(&"a=b&".repeat(3_000)).is_err());
    }

    #[test]
    fn lists_come_in_either_spelling() {
        for query in ["include=3,1,2", "include[]=3&include[]=1&include[]=2", "include%5B0%5D=3&include%5B1%5D=1,2"] {
            assert_eq!(of(query).include, Some(vec![3, 1, 2]), "{query}");
        }
        assert_eq!(of("include=&slug=").include, None);
        let slugs: Vec<String> = of("slug=a-b,caf%25C3%25A9").slugs.unwrap().iter().map(Slug::to_string).collect();
        assert_eq!(slugs, ["a-b", "café"]);
    }

    #[test]
    fn a_time_without_an_offset_is_the_magazines() {
        let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        assert_eq!(of("after=2026-07-01T12:00:00").after, at("2026-07-01T11:00:00Z"));
        assert_eq!(of("after=2026-07-01T12:00:00Z").after, at("2026-07-01T12:00:00Z"));
        assert_eq!(of("before=2026-07-01T12:00:00%2B02:00").before, at("2026-07-01T10:00:00Z"));
    }

    #[test]
    fn fields_are_chosen_at_any_depth() {
        let title = json!({ "rendered": "A", "raw": "B" });
        let thing = json!({ "id": 1, "title": title, "_links": { "self": [{ "href": "/" }] } });
        let kept = |fields: &str| of(&format!("_fields={fields}")).kept(thing.clone());
        assert_eq!(kept("title.rendered,id"), json!({ "id": 1, "title": { "rendered": "A" } }));
        assert_eq!(kept("title,nothing"), json!({ "title": { "rendered": "A", "raw": "B" } }));
        assert_eq!(of("").kept(thing.clone()), thing);
        assert!(of("_fields=content.rendered").wants("content") && !of("_fields=content_x").wants("content"));
    }

    #[test]
    fn what_is_embedded_is_named_or_everything() {
        assert!(of("_embed").embeds("author") && of("_embed=author,wp:term").embeds("wp:term"));
        assert!(!of("_embed=author").embeds("wp:term") && !of("").embeds("author"));
        assert!(!of("_embed&_fields=id").embeds("author") && of("_embed&_fields=id,_links").embeds("author"));
    }

    #[test]
    fn all_who_ask_the_same_share_an_answer_and_nobody_else() {
        let at = |query: &str| of(query).address("/posts");
        assert_eq!(at("page=2&per_page=5&lang=en"), at("per_page=5&page=2"));
        assert_ne!(at("search=a%22,%20%22page%22:%20%222"), at("search=a&page=2"));
        assert_eq!(of("page=2&search=a%26b&include[]=1&include[]=2").for_page(3), "include=1,2&page=3&search=a%26b");
    }
}
