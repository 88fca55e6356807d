//! Slugs: the part of an address that names an article, tag or author.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Longest slug in characters (Ghost's column holds 191; six are left for a number).
pub const LONGEST: usize = 185;
/// Longest slug as it stands in an address, in bytes: letters outside ASCII take up to twelve.
pub const LONGEST_ENCODED: usize = 600;

/// First segments of paths that belong to the program: an article, section or
/// page with one of these as its whole path would never be reached.
pub const RESERVED: &[&str] = &[
    "assets",
    "author",
    "authors",
    "content",
    "corrections",
    "desk",
    "feed",
    "ghost",
    "healthz",
    "live",
    "members",
    "p",
    "page",
    "public",
    "record",
    "rss",
    "search",
    "tag",
    "tags",
    "wp-admin",
    "wp-content",
    "wp-json",
];

/// Lower-case letters, digits and hyphens (any script's letters are kept when
/// they were given by hand), never empty, at most [`LONGEST`] characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Why a text cannot be a slug.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSlug {
    /// Nothing is left of it.
    #[error("a slug needs at least one letter or digit")]
    Empty,
    /// A character that would change the address.
    #[error("a slug holds letters, digits, hyphens and underscores only")]
    Character,
    /// More than [`LONGEST`] characters.
    #[error("a slug has at most {LONGEST} characters")]
    TooLong,
}

impl Slug {
    /// Takes a slug as it is (case is folded); nothing is rewritten.
    pub fn parse(text: &str) -> Result<Slug, NoSlug> {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return Err(NoSlug::Empty);
        }
        if text.chars().count() > LONGEST || encoded(&text).len() > LONGEST_ENCODED {
            return Err(NoSlug::TooLong);
        }
        if !text.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') {
            return Err(NoSlug::Character);
        }
        Ok(Slug(text))
    }

    /// Makes a slug of any text, as Ghost does: letters in ASCII, apostrophes
    /// dropped, everything else a hyphen. `None` when nothing is left.
    pub fn of(text: &str) -> Option<Slug> {
        let plain: String = text.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '`')).collect();
        let mut slug = String::new();
        for c in deunicode::deunicode_with_tofu(&plain, " ").chars() {
            if c.is_ascii_alphanumeric() || c == '_' {
                slug.push(c.to_ascii_lowercase());
            } else if c != '\'' && !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        let cut = slug.char_indices().nth(LONGEST).map_or(slug.len(), |(at, _)| at);
        let slug = slug[..cut].trim_matches('-');
        if slug.is_empty() { None } else { Some(Slug(slug.to_owned())) }
    }

    /// `post`, for a headline of which nothing is left (Ghost's choice).
    pub fn untitled() -> Slug {
        Slug("post".into())
    }

    /// The same slug with a number behind it: `budget-2`.
    pub fn numbered(&self, n: u32) -> Slug {
        let number = format!("-{n}");
        let room = LONGEST - number.len();
        let cut = self.0.char_indices().nth(room).map_or(self.0.len(), |(at, _)| at);
        Slug(format!("{}{number}", self.0[..cut].trim_end_matches('-')))
    }

    /// True for the words that stand behind a list's address: `/news/rss/` is a
    /// feed, whatever else would like to stand there.
    pub fn is_word_of_lists(&self) -> bool {
        ["feed", "page", "rss"].contains(&self.0.as_str())
    }

    /// True for a first path segment that the program keeps for itself.
    pub fn is_reserved(&self) -> bool {
        RESERVED.contains(&self.0.as_str())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A path as it stands in an address: every byte outside ASCII percent-encoded (RFC 3986, upper-case digits).
pub fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii() { out.push(byte as char) } else { out.push_str(&format!("%{byte:02X}")) }
    }
    out
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = NoSlug;
    fn try_from(text: String) -> Result<Slug, NoSlug> {
        Slug::parse(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> String {
        slug.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headline: &str, slug: &str) {
        assert_eq!(Slug::of(headline).map(String::from).unwrap_or_default(), slug, "{headline}");
    }

    #[test]
    fn a_headline_becomes_a_slug() {
        check(
            "Starmer Defies Trump on Ukraine’s NATO Ambitions as White House Summit Looms",
            "starmer-defies-trump-on-ukraines-nato-ambitions-as-white-house-summit-looms",
        );
        check("Ça va ? L’été à Paris — naïve café", "ca-va-lete-a-paris-naive-cafe");
        check("O'Brien's \\ backslash / slash", "obriens-backslash-slash");
        check("Under_score & UPPER Case", "under_score-upper-case");
        check("???", "");
    }

    #[test]
    fn a_slug_given_by_hand_is_not_rewritten() {
        assert_eq!(Slug::parse("Ca-va---Paris").unwrap().as_str(), "ca-va---paris");
        assert_eq!(Slug::parse("a/b"), Err(NoSlug::Character));
        assert_eq!(Slug::parse("  "), Err(NoSlug::Empty));
        assert_eq!(Slug::parse(&"x".repeat(186)), Err(NoSlug::TooLong));
    }

    #[test]
    fn a_numbered_slug_is_still_a_slug() {
        let long = Slug::of(&"word ".repeat(200)).unwrap();
        let numbered = long.numbered(12);
        assert!(numbered.as_str().ends_with("-12"));
        assert_eq!(Slug::parse(numbered.as_str()), Ok(numbered));
        assert_eq!(Slug::parse(&"𝒜".repeat(180)), Err(NoSlug::TooLong));
    }

    #[test]
    fn a_made_slug_is_never_longer_than_the_limit() {
        assert!(Slug::of(&"word ".repeat(200)).unwrap().as_str().len() <= LONGEST);
    }
}
