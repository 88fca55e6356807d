//! Permalinks: the pattern that turns an article into its address.

use jiff::{Timestamp, tz::TimeZone};

use crate::slug::encoded;
use crate::{Article, Kind, Slug};

/// A pattern of addresses, such as `/{section}/{slug}/` (ours) or `/{slug}/`
/// (Ghost's default). Words: `{section}` (the full path), `{slug}`, `{id}`,
/// `{year}`, `{month}`, `{day}`, `{primary_tag}`, `{primary_author}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permalink(String);

/// Why a pattern cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPermalink {
    /// Without one of them, two articles would share an address.
    #[error("a permalink needs {{slug}} or {{id}}")]
    Ambiguous,
    /// A word in braces that is not in the list.
    #[error("a permalink does not know {{{0}}}")]
    Unknown(String),
    /// It must be an absolute path.
    #[error("a permalink begins and ends with a slash")]
    Slashes,
    /// A part that no address may have, or that the program keeps for itself.
    #[error(
        "“{0}” cannot be a part of a permalink; use letters, digits and hyphens, and begin with no word of the program"
    )]
    Part(String),
}

const WORDS: &[&str] = &["section", "slug", "id", "year", "month", "day", "primary_tag", "primary_author"];

/// What the pattern may need beyond the article itself.
pub struct Names<'a> {
    /// Slug of the first public tag.
    pub primary_tag: Option<&'a str>,
    /// Slug of the first author.
    pub primary_author: Option<&'a str>,
}

impl Default for Permalink {
    /// `/{section}/{slug}/`, the pattern of a new magazine.
    fn default() -> Permalink {
        Permalink("/{section}/{slug}/".into())
    }
}

impl Permalink {
    /// Reads a pattern.
    pub fn parse(pattern: &str) -> Result<Permalink, NoPermalink> {
        if !pattern.starts_with('/') || !pattern.ends_with('/') || pattern.len() < 2 {
            return Err(NoPermalink::Slashes);
        }
        for word in pattern.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest)) {
            if !WORDS.contains(&word) {
                return Err(NoPermalink::Unknown(word.into()));
            }
        }
        let parts: Vec<&str> = pattern[1..pattern.len() - 1].split('/').collect();
        for (at, part) in parts.iter().enumerate() {
            let fixed = part.split('{').map(|rest| rest.rsplit('}').next().unwrap_or(rest)).collect::<String>();
            let plain = fixed.chars().all(|c| c.is_alphanumeric() || "-_.~".contains(c));
            let first = at == 0 && Slug::parse(part).is_ok_and(|slug| slug.is_reserved());
            if part.is_empty() || !plain || first || part.starts_with('.') {
                return Err(NoPermalink::Part((*part).to_owned()));
            }
        }
        if !pattern.contains("{slug}") && !pattern.contains("{id}") {
            return Err(NoPermalink::Ambiguous);
        }
        Ok(Permalink(pattern.into()))
    }

    /// The pattern.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of an article with this slug, published at `when`, read in
    /// the magazine's zone. A part that the article lacks leaves no empty
    /// segment: without a section, `/{section}/{slug}/` is `/{slug}/`.
    /// Static pages always stand at `/{slug}/`.
    pub fn path(&self, article: &Article, slug: &Slug, when: Timestamp, zone: &TimeZone, names: &Names) -> String {
        if article.kind == Kind::Page {
            return encoded(&format!("/{slug}/"));
        }
        let day = when.to_zoned_datetime(zone.clone());
        let section = article.section.as_ref().map_or("", |s| s.as_str());
        let mut path = String::from("/");
        for part in self.0.split('/').filter(|part| !part.is_empty()) {
            let part = part
                .replace("{section}", section)
                .replace("{slug}", slug.as_str())
                .replace("{id}", article.id.as_str())
                .replace("{year}", &format!("{:04}", day.year()))
                .replace("{month}", &format!("{:02}", day.month()))
                .replace("{day}", &format!("{:02}", day.day()))
                .replace("{primary_tag}", names.primary_tag.unwrap_or("all"))
                .replace("{primary_author}", names.primary_author.unwrap_or("all"));
            if !part.is_empty() {
                path.push_str(&part);
                path.push('/');
            }
        }
        encoded(&path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::tests::draft;
    use crate::{Kind, SectionPath};

    fn check(pattern: &str, section: Option<&str>, expected: &str) {
        let mut article = draft("Budget day");
        article.section = section.map(|s| SectionPath::parse(s).unwrap());
        let when = "2025-06-30T23:30:00Z".parse().unwrap();
        let zone = TimeZone::get("Europe/London").unwrap();
        let names = Names { primary_tag: Some("money"), primary_author: None };
        let path = Permalink::parse(pattern).unwrap().path(&article, &article.slug, when, &zone, &names);
        assert_eq!(path, expected);
    }

    #[test]
    fn a_permalink_leads_to_no_page_of_the_program_and_to_no_other_host() {
        for bad in [
            "/desk/{slug}/",
            "/ghost/{slug}/",
            "//evil.example/{slug}/",
            "/a b/{slug}/",
            "/%0d%0a/{slug}/",
            "/../{slug}/",
        ] {
            assert!(matches!(Permalink::parse(bad), Err(NoPermalink::Part(_))), "{bad}");
        }
        for good in
            ["/{slug}/", "/{section}/{slug}/", "/{year}/{month}/{slug}/", "/archive/{id}/", "/news-{year}/{slug}/"]
        {
            assert!(Permalink::parse(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn a_pattern_becomes_an_address() {
        check("/{section}/{slug}/", Some("politics/europe"), "/politics/europe/budget-day/");
        check("/{section}/{slug}/", None, "/budget-day/");
        check("/{primary_tag}/{slug}/", None, "/money/budget-day/");
        check("/{primary_author}/{slug}/", None, "/all/budget-day/");
    }

    #[test]
    fn the_day_in_an_address_is_the_magazines_own() {
        check("/{year}/{month}/{day}/{slug}/", None, "/2025/07/01/budget-day/");
    }

    #[test]
    fn a_page_stands_at_its_slug() {
        let mut page = draft("About");
        page.kind = Kind::Page;
        let names = Names { primary_tag: None, primary_author: None };
        let path = Permalink::default().path(&page, &page.slug, Timestamp::UNIX_EPOCH, &TimeZone::UTC, &names);
        assert_eq!(path, "/about/");
    }

    #[test]
    fn a_pattern_that_could_not_work_is_refused() {
        assert_eq!(Permalink::parse("/{year}/"), Err(NoPermalink::Ambiguous));
        assert_eq!(Permalink::parse("/{sulg}/"), Err(NoPermalink::Unknown("sulg".into())));
        assert_eq!(Permalink::parse("{slug}"), Err(NoPermalink::Slashes));
    }
}
