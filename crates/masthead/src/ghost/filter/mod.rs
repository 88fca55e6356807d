//! Ghost's filter language: `featured:true+tag:[news,sport]+published_at:>'2026-01-01'`.
//!
//! Read into a typed expression over a public list of fields, and asked of values in memory: no text of a filter ever
//! comes near SQL. Grammar: `,` or, `+` and, `()`, `field:value`; before a value `-` not, `>` `>=` `<` `<=`, `~` `~^`
//! `~$` contains, begins, ends; a value is `'text'`, `"text"`, a word, a number, `true`, `false`, `null`, `[a,b]` or
//! `now-30d`. Source: the manual of Ghost's Content API, and what Ghost 6 answers.

mod fields;
mod parse;

use std::borrow::Cow;

use jiff::Timestamp;
use theme::Value;

pub use fields::{MEMBERS, NAMED, POSTS, named, written, written_names};
pub use parse::parse;

/// Most bytes of a filter.
pub const LONGEST: usize = 8 * 1024;
/// Most comparisons of a filter.
pub const MOST_COMPARISONS: usize = 50;
/// Most values of all comparisons together.
pub const MOST_VALUES: usize = 300;
/// Most fields of an order.
pub const MOST_ORDERS: usize = 8;

/// A filter, read.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// All of these.
    All(Vec<Filter>),
    /// One of these.
    Any(Vec<Filter>),
    /// One comparison.
    Is(Comparison),
}

/// `field:-operator value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What is compared.
    pub field: Field,
    /// How.
    pub operator: Operator,
    /// Whether the opposite is wanted.
    pub not: bool,
    /// With what; several are a list, of which one must fit.
    pub values: Vec<Literal>,
}

/// How a field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the names say it
pub enum Operator {
    Equal,
    Above,
    AtLeast,
    Below,
    AtMost,
    Contains,
    Begins,
    Ends,
}

/// A value in a filter.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // the names say it
pub enum Literal {
    Null,
    Flag(bool),
    Text(String),
}

/// A field that may be asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// As filters write it.
    pub name: Cow<'static, str>,
    /// Where it is in the value, with `[]` where a list is walked; nothing for what is always true.
    path: Cow<'static, str>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Time,
    Number,
}

/// Why a filter is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoFilter {
    /// It cannot be read.
    #[error("the filter cannot be read at character {at}: {expected} was expected")]
    Syntax {
        /// From 1.
        at: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// It asks about what there is not.
    #[error("there is no field {0} to filter by")]
    NoField(String),
    /// Too long or too deep.
    #[error("the filter is too long, nested too deep or compares too much")]
    TooMuch,
}

/// Things that a filter names one by one.
pub enum Named<'f> {
    /// By their ids.
    Ids(Vec<&'f str>),
    /// By their slugs.
    Slugs(Vec<&'f str>),
}

impl Filter {
    /// The things that it can fit, where it names them one by one.
    pub fn named(&self) -> Option<Named<'_>> {
        self.musts().into_iter().find_map(|must| match &*must.field.name {
            "id" => must.one_of().map(Named::Ids),
            "slug" => must.one_of().map(Named::Slugs),
            _ => None,
        })
    }

    /// The comparisons that must all be true, as far as they stand at the top.
    pub fn musts(&self) -> Vec<&Comparison> {
        match self {
            Filter::Is(comparison) => vec![comparison],
            Filter::All(parts) => parts.iter().flat_map(Filter::musts).collect(),
            Filter::Any(_) => Vec::new(),
        }
    }

    /// Whether it is true of a thing.
    pub fn fits(&self, thing: &Value) -> bool {
        match self {
            Filter::All(parts) => parts.iter().all(|part| part.fits(thing)),
            Filter::Any(parts) => parts.iter().any(|part| part.fits(thing)),
            Filter::Is(comparison) => comparison.fits(thing),
        }
    }
}

impl Comparison {
    /// The one text that the field must be equal to.
    pub fn only(&self) -> Option<&str> {
        match self.values.as_slice() {
            [Literal::Text(text)] if !self.not && self.operator == Operator::Equal => Some(text),
            _ => None,
        }
    }

    /// The texts of which the field must be one.
    pub fn one_of(&self) -> Option<Vec<&str>> {
        fn text(literal: &Literal) -> Option<&str> {
            if let Literal::Text(text) = literal { Some(text) } else { None }
        }
        let is_plain = !self.not && self.operator == Operator::Equal;
        is_plain.then(|| self.values.iter().map(text).collect())?
    }

    fn fits(&self, thing: &Value) -> bool {
        if self.field.path.is_empty() {
            return true;
        }
        let found = match self.field.path.split_once("[].") {
            Some((list, name)) => {
                let list = thing.get(list);
                let members = list.as_list().unwrap_or_default();
                // Without a member there is nothing to be equal to.
                members.iter().any(|member| self.is(&member.get(name)))
                    || members.is_empty() && self.values.contains(&Literal::Null)
            }
            None => self.is(&self.field.path.split('.').fold(thing.clone(), |value, part| value.get(part))),
        };
        found != self.not
    }

    fn is(&self, own: &Value) -> bool {
        self.values.iter().any(|wanted| self.compare(own, wanted))
    }

    fn compare(&self, own: &Value, wanted: &Literal) -> bool {
        use std::cmp::Ordering::{Equal, Greater, Less};
        match wanted {
            Literal::Null => self.operator == Operator::Equal && own.is_nothing(),
            Literal::Flag(flag) => match own {
                Value::Bool(own) => self.operator == Operator::Equal && own == flag,
                _ => false,
            },
            Literal::Text(text) => {
                if own.is_nothing() {
                    return false;
                }
                let own = own.to_string();
                match self.operator {
                    Operator::Contains => own.to_lowercase().contains(&text.to_lowercase()),
                    Operator::Begins => own.to_lowercase().starts_with(&text.to_lowercase()),
                    Operator::Ends => own.to_lowercase().ends_with(&text.to_lowercase()),
                    operator => match (operator, self.order(&own, text)) {
                        (Operator::Equal, order) => order == Some(Equal),
                        (Operator::Above, order) => order == Some(Greater),
                        (Operator::AtLeast, order) => matches!(order, Some(Greater | Equal)),
                        (Operator::Below, order) => order == Some(Less),
                        (_, order) => matches!(order, Some(Less | Equal)),
                    },
                }
            }
        }
    }

    fn order(&self, own: &str, wanted: &str) -> Option<std::cmp::Ordering> {
        match self.field.kind {
            Kind::Text => Some(own.cmp(wanted)),
            Kind::Number => own.parse::<f64>().ok()?.partial_cmp(&wanted.parse::<f64>().ok()?),
            Kind::Time => Some(moment(own)?.cmp(&moment(wanted)?)),
        }
    }
}

/// A moment as RFC 3339, or as a date with or without a time, which is then UTC.
fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let utc = jiff::tz::TimeZone::UTC;
    text.parse::<Timestamp>()
        .ok()
        .or_else(|| utc.to_timestamp(text.parse().ok()?).ok())
        .or_else(|| utc.to_timestamp(text.parse::<jiff::civil::Date>().ok()?.at(0, 0, 0, 0)).ok())
}

/// `published_at desc, title asc`: fields of the list with their direction, or nothing where one is not understood.
pub fn order(text: &str, fields: &'static [Field]) -> Option<Vec<(&'static Field, bool)>> {
    let part = |part: &str| {
        let (name, direction) = part.trim().split_once(char::is_whitespace)?;
        let field =
            fields.iter().find(|field| field.name == name && !field.path.is_empty() && !field.path.contains("[]"))?;
        match direction.trim().to_ascii_lowercase().as_str() {
            "asc" => Some((field, false)),
            "desc" => Some((field, true)),
            _ => None,
        }
    };
    // One more than are taken, so that a longer one is none.
    let parts: Vec<_> = text.split(',').take(MOST_ORDERS + 1).map(part).collect::<Option<_>>()?;
    Some(parts).filter(|parts| parts.len() <= MOST_ORDERS)
}

/// How two things stand to each other by an order.
pub fn compare(one: &Value, other: &Value, order: &[(&Field, bool)]) -> std::cmp::Ordering {
    let each = order.iter().map(|(field, descending)| {
        let ordering = field.compare(one, other);
        if *descending { ordering.reverse() } else { ordering }
    });
    each.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
}

impl Field {
    /// How two things stand to each other by this field: by number, by moment, by words without their capitals; nothing
    /// comes before something.
    pub fn compare(&self, one: &Value, other: &Value) -> std::cmp::Ordering {
        let own = |thing: &Value| self.path.split('.').fold(thing.clone(), |value, part| value.get(part));
        let (one, other) = (own(one), own(other));
        match (one.is_nothing(), other.is_nothing()) {
            (true, true) => return std::cmp::Ordering::Equal,
            (true, false) => return std::cmp::Ordering::Less,
            (false, true) => return std::cmp::Ordering::Greater,
            _ => {}
        }
        match (&one, &other, self.kind) {
            (Value::Bool(one), Value::Bool(other), _) => one.cmp(other),
            (_, _, Kind::Text) => one.to_string().cmp(&other.to_string()),
            (_, _, Kind::Time) => moment(&one.to_string()).cmp(&moment(&other.to_string())),
            (_, _, Kind::Number) => one.as_number().unwrap_or(0.0).total_cmp(&other.as_number().unwrap_or(0.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn post() -> Value {
        json!({
            "id": "5c0300000000000000000041", "slug": "the-long-read", "title": "The Wall’s end", "featured": true,
            "published_at": "2026-03-01T12:00:00Z", "custom_excerpt": null, "visibility": "public",
            "tags": [{"slug": "news", "name": "News"}, {"slug": "hash-pick", "name": "#pick"}],
            "primary_tag": {"slug": "news"}, "authors": [{"slug": "ann"}],
        })
        .into()
    }

    fn fits(filter: &str) -> Result<bool, NoFilter> {
        parse(filter, POSTS, "2026-03-20T00:00:00Z".parse().unwrap()).map(|filter| filter.fits(&post()))
    }

    #[test]
    fn a_filter_is_true_or_not() {
        for yes in [
            "featured:true",
            "tag:news+featured:true",
            "tag:sport,tag:news",
            "tag:[sport,news]",
            "tag:-sport",
            "tags:-[sport,culture]",
            "primary_tag:news+(author:bo,author:ann)",
            "id:-5c0300000000000000000099",
            "title:~'wall'",
            "slug:~^the-",
            "slug:~$read",
            "custom_excerpt:null",
            "feature_image:null",
            "custom_excerpt:-'x'",
            "published_at:>'2026-02-28'+published_at:<='2026-03-01 12:00:00'",
            "published_at:>now-30d",
            "tag:hash-pick",
            "status:draft",
            "title:'The Wall’s end'",
        ] {
            assert_eq!(fits(yes), Ok(true), "{yes}");
        }
        for no in [
            "featured:false",
            "tag:sport",
            "tag:-news",
            "published_at:>now-7d",
            "slug:>z",
            "custom_excerpt:-null",
            "title:x",
        ] {
            assert_eq!(fits(no), Ok(false), "{no}");
        }
    }

    #[test]
    fn what_is_no_filter_is_refused_with_its_place() {
        assert_eq!(
            fits("(((").unwrap_err().to_string(),
            "the filter cannot be read at character 4: a field was expected"
        );
        assert_eq!(fits("password:x").unwrap_err(), NoFilter::NoField("password".into()));
        for bad in ["", "tag", "tag:", "tag:[a", "tag:'a", "tag:a+", "tag:a b", ":a", "tag:Dark & deep"] {
            assert!(matches!(fits(bad), Err(NoFilter::Syntax { .. })), "{bad}");
        }
        assert_eq!(fits(&"(".repeat(100)), Err(NoFilter::TooMuch));
        assert_eq!(fits(&"x".repeat(LONGEST + 1)), Err(NoFilter::TooMuch));
        assert_eq!(fits(&vec!["id:1"; MOST_COMPARISONS + 1].join("+")), Err(NoFilter::TooMuch));
        assert_eq!(fits(&format!("id:[{}]", vec!["1"; MOST_VALUES + 1].join(","))), Err(NoFilter::TooMuch));
    }

    #[test]
    fn a_moment_that_no_calendar_holds_is_a_word() {
        let now = "2026-03-20T00:00:00Z".parse().unwrap();
        for word in ["now-", "now-d", "now--1d", "now-é", "now-4294967295y", "now-99999999999999999999y"] {
            let filter = parse(&format!("slug:{word}"), POSTS, now).unwrap();
            let Filter::Is(comparison) = filter else { panic!("{word}") };
            assert_eq!(comparison.values, [Literal::Text(word.to_owned())], "{word}");
        }
    }

    #[test]
    fn a_damaged_filter_is_read_or_refused_and_never_more() {
        const WHOLE: &str = "featured:true+(tag:[news,'sp\\'ort'],author:-ann)+published_at:>now-30d,title:~^'Tide é'";
        let now = "2026-03-20T00:00:00Z".parse().unwrap();
        let mut dice = 0x2545_f491_4f6c_dd1d_u64;
        let mut roll = |below: usize| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) as usize % below
        };
        let letters: Vec<char> = WHOLE.chars().collect();
        let mut read = 0;
        for _ in 0..20_000 {
            let mut damaged = letters.clone();
            for _ in 0..=roll(3) {
                let at = roll(damaged.len());
                match roll(3) {
                    0 => drop(damaged.remove(at)),
                    1 => damaged[at] = letters[roll(letters.len())],
                    _ => damaged.insert(at, letters[roll(letters.len())]),
                }
            }
            let text: String = damaged.into_iter().collect();
            if let Ok(filter) = parse(&text, POSTS, now) {
                filter.fits(&post());
                read += 1;
            }
        }
        assert!(read > 1_000, "{read} of 20,000 are still filters");
    }

    #[test]
    fn an_order_is_fields_with_a_direction() {
        let names = |text: &str| {
            order(text, POSTS).map(|all| all.iter().map(|(f, d)| (f.name.clone().into_owned(), *d)).collect::<Vec<_>>())
        };
        assert_eq!(
            names("featured desc, published_at asc"),
            Some(vec![("featured".to_owned(), true), ("published_at".to_owned(), false)])
        );
        assert_eq!(names("published_at"), None);
        assert_eq!(names("tags.name desc"), None);
    }
}
