//! Ghost's filter language: `featured:true+tag:[news,sport]+published_at:>'2026-01-01'`.
//!
//! Read into a typed expression over a public list of fields, and asked of values in memory: no text of a filter ever
//! comes near SQL. Grammar: `,` or, `+` and, `()`, `field:value`; before a value `-` not, `>` `>=` `<` `<=`, `~` `~^`
//! `~$` contains, begins, ends; a value is `'text'`, `"text"`, a word, a number, `true`, `false`, `null`, `[a,b]` or
//! `now-30d`. Source: the manual of Ghost's Content API, and what Ghost 6 answers.

use std::borrow::Cow;

use jiff::{Span, Timestamp};
use theme::Value;

/// Most bytes of a filter.
pub const LONGEST: usize = 8 * 1024;
/// Most parentheses inside one another.
const DEEPEST: usize = 32;

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

const fn field(name: &'static str, path: &'static str) -> Field {
    Field { name: Cow::Borrowed(name), path: Cow::Borrowed(path), kind: Kind::Text }
}

const fn time(name: &'static str) -> Field {
    Field { name: Cow::Borrowed(name), path: Cow::Borrowed(name), kind: Kind::Time }
}

/// What may be asked about articles and static pages.
pub const POSTS: &[Field] = &[
    field("id", "id"),
    field("uuid", "uuid"),
    field("slug", "slug"),
    field("title", "title"),
    field("featured", "featured"),
    field("visibility", "visibility"),
    field("type", "type"),
    field("comment_id", "comment_id"),
    field("custom_excerpt", "custom_excerpt"),
    field("custom_template", "custom_template"),
    field("canonical_url", "canonical_url"),
    field("feature_image", "feature_image"),
    field("meta_title", "meta_title"),
    field("meta_description", "meta_description"),
    field("og_title", "og_title"),
    field("og_description", "og_description"),
    field("og_image", "og_image"),
    field("twitter_title", "twitter_title"),
    field("twitter_description", "twitter_description"),
    field("twitter_image", "twitter_image"),
    time("published_at"),
    time("updated_at"),
    time("created_at"),
    Field { name: Cow::Borrowed("reading_time"), path: Cow::Borrowed("reading_time"), kind: Kind::Number },
    field("tag", "tags[].slug"),
    field("tags", "tags[].slug"),
    field("tag.slug", "tags[].slug"),
    field("tags.slug", "tags[].slug"),
    field("tag.id", "tags[].id"),
    field("tags.id", "tags[].id"),
    field("tags.name", "tags[].name"),
    field("tags.visibility", "tags[].visibility"),
    field("primary_tag", "primary_tag.slug"),
    field("primary_tag.slug", "primary_tag.slug"),
    field("primary_tag.id", "primary_tag.id"),
    field("author", "authors[].slug"),
    field("authors", "authors[].slug"),
    field("author.slug", "authors[].slug"),
    field("authors.slug", "authors[].slug"),
    field("author.id", "authors[].id"),
    field("authors.id", "authors[].id"),
    field("authors.name", "authors[].name"),
    field("primary_author", "primary_author.slug"),
    field("primary_author.slug", "primary_author.slug"),
    field("primary_author.id", "primary_author.id"),
    field("tiers", "tiers[].slug"),
    field("tiers.slug", "tiers[].slug"),
    field("section", "section.path"),
    // Readers get what is published; a filter cannot ask for more, nor look into what it may not see.
    field("status", ""),
    field("html", ""),
    field("plaintext", ""),
];

/// What may be asked about tags and authors.
pub const NAMED: &[Field] = &[
    field("id", "id"),
    field("slug", "slug"),
    field("name", "name"),
    field("visibility", "visibility"),
    field("description", "description"),
    field("feature_image", "feature_image"),
    field("accent_color", "accent_color"),
    field("profile_image", "profile_image"),
    field("cover_image", "cover_image"),
    field("location", "location"),
    field("website", "website"),
    field("bio", "bio"),
    field("type", "type"),
    field("active", "active"),
    Field { name: Cow::Borrowed("count.posts"), path: Cow::Borrowed("count.posts"), kind: Kind::Number },
];

/// Fields of these names, each found under its name.
pub fn named(names: impl IntoIterator<Item = String>) -> Vec<Field> {
    names.into_iter().map(|name| Field { path: name.clone().into(), name: name.into(), kind: Kind::Text }).collect()
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
    #[error("the filter is too long or nested too deep")]
    TooMuch,
}

/// Reads a filter over these fields.
pub fn parse(text: &str, fields: &[Field], now: Timestamp) -> Result<Filter, NoFilter> {
    if text.len() > LONGEST {
        return Err(NoFilter::TooMuch);
    }
    let mut parser = Parser { text, at: 0, fields, now, depth: 0 };
    let filter = parser.any()?;
    parser.space();
    if parser.at < text.len() {
        return Err(parser.expected("`+`, `,` or the end"));
    }
    Ok(filter)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    fields: &'t [Field],
    now: Timestamp,
    depth: usize,
}

impl Parser<'_> {
    fn expected(&self, expected: &'static str) -> NoFilter {
        NoFilter::Syntax { at: self.text[..self.at].chars().count() + 1, expected }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, sign: &str) -> bool {
        let is = self.rest().starts_with(sign);
        self.at += if is { sign.len() } else { 0 };
        is
    }

    fn any(&mut self) -> Result<Filter, NoFilter> {
        let mut parts = vec![self.all()?];
        while {
            self.space();
            self.eat(",")
        } {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Filter::Any(parts) })
    }

    fn all(&mut self) -> Result<Filter, NoFilter> {
        let mut parts = vec![self.one()?];
        while {
            self.space();
            self.eat("+")
        } {
            parts.push(self.one()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Filter::All(parts) })
    }

    fn one(&mut self) -> Result<Filter, NoFilter> {
        self.space();
        if self.eat("(") {
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err(NoFilter::TooMuch);
            }
            let inner = self.any()?;
            self.space();
            if !self.eat(")") {
                return Err(self.expected("`)`"));
            }
            self.depth -= 1;
            return Ok(inner);
        }
        let name = self.name()?;
        let field = self.fields.iter().find(|field| field.name == name);
        let field = field.cloned().ok_or_else(|| NoFilter::NoField(name.chars().take(60).collect()))?;
        self.space();
        if !self.eat(":") {
            return Err(self.expected("`:`"));
        }
        self.space();
        let not = self.eat("-");
        let operator = self.operator();
        self.space();
        let values = if self.eat("[") { self.list()? } else { vec![self.value()?] };
        Ok(Filter::Is(Comparison { field, operator, not, values }))
    }

    fn name(&mut self) -> Result<String, NoFilter> {
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '.';
        let length = self.rest().find(|letter: char| !is_name(letter)).unwrap_or(self.rest().len());
        if length == 0 {
            return Err(self.expected("a field"));
        }
        let name = self.rest()[..length].to_owned();
        self.at += length;
        Ok(name)
    }

    fn operator(&mut self) -> Operator {
        const SIGNS: [(&str, Operator); 7] = [
            (">=", Operator::AtLeast),
            ("<=", Operator::AtMost),
            (">", Operator::Above),
            ("<", Operator::Below),
            ("~^", Operator::Begins),
            ("~$", Operator::Ends),
            ("~", Operator::Contains),
        ];
        SIGNS.into_iter().find(|(sign, _)| self.eat(sign)).map_or(Operator::Equal, |(_, operator)| operator)
    }

    fn list(&mut self) -> Result<Vec<Literal>, NoFilter> {
        let mut values = Vec::new();
        loop {
            self.space();
            values.push(self.value()?);
            self.space();
            if self.eat("]") {
                return Ok(values);
            }
            if !self.eat(",") {
                return Err(self.expected("`,` or `]`"));
            }
        }
    }

    fn value(&mut self) -> Result<Literal, NoFilter> {
        for quote in ['\'', '"'] {
            if self.rest().starts_with(quote) {
                return self.quoted(quote);
            }
        }
        let ends = |letter: char| "+,()[]:'\"<>=~ \t\r\n".contains(letter);
        let length = self.rest().find(ends).unwrap_or(self.rest().len());
        if length == 0 {
            return Err(self.expected("a value"));
        }
        let word = self.rest()[..length].to_owned();
        self.at += length;
        Ok(match word.as_str() {
            "null" => Literal::Null,
            "true" => Literal::Flag(true),
            "false" => Literal::Flag(false),
            _ => Literal::Text(self.ago(&word).unwrap_or(word)),
        })
    }

    fn quoted(&mut self, quote: char) -> Result<Literal, NoFilter> {
        self.at += 1;
        let mut out = String::new();
        let mut letters = self.rest().char_indices();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\\' => out.extend(letters.next().map(|(_, escaped)| escaped)),
                letter if letter == quote => {
                    self.at += at + 1;
                    return Ok(Literal::Text(out));
                }
                letter => out.push(letter),
            }
        }
        Err(self.expected("the end of a text"))
    }

    /// `now-30d`: a moment, counted from now.
    fn ago(&self, word: &str) -> Option<String> {
        let rest = word.strip_prefix("now-")?;
        let unit = rest.chars().next_back()?;
        let number: u32 = rest.strip_suffix(unit)?.parse().ok()?;
        let number = i64::from(number);
        let hours = match unit {
            'h' => number,
            'd' => number * 24,
            'w' => number * 24 * 7,
            'M' => number * 24 * 30,
            'y' => number * 24 * 365,
            _ => return None,
        };
        Some(self.now.checked_sub(Span::new().try_hours(hours).ok()?).ok()?.to_string())
    }
}

impl Filter {
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
    text.split(',').map(part).collect()
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
