//! Sections: the nested departments of a magazine, which give the breadcrumb.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Slug, limits};

/// Where a section stands: `politics`, `politics/europe`. One to
/// [`limits::SECTION_DEPTH`] slugs with a slash between them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SectionPath(String);

/// Why a text is not a section's path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoSection {
    /// A part of it is not a slug.
    #[error("“{0}” cannot be a part of a section's path: use letters, digits and hyphens")]
    Part(String),
    /// Nested deeper than [`limits::SECTION_DEPTH`].
    #[error("sections nest at most {} deep", limits::SECTION_DEPTH)]
    TooDeep,
    /// The first part belongs to the program.
    #[error("“{0}” is an address that the program keeps for itself")]
    Reserved(String),
}

impl SectionPath {
    /// The id by which it is known where sections are tags with ids: in Ghost's API and exports.
    pub fn id(&self) -> crate::Id {
        crate::Id::of_text(1, self.as_str())
    }

    /// Reads `politics/europe`; slashes at the ends are ignored.
    pub fn parse(text: &str) -> Result<SectionPath, NoSection> {
        let mut parts = Vec::new();
        for part in text.trim_matches('/').split('/') {
            parts.push(Slug::parse(part).map_err(|_| NoSection::Part(part.to_owned()))?);
        }
        if let Some(word) = parts.iter().find(|part| part.is_word_of_lists()) {
            return Err(NoSection::Reserved(word.to_string()));
        }
        if parts.len() > limits::SECTION_DEPTH {
            return Err(NoSection::TooDeep);
        }
        if parts[0].is_reserved() {
            return Err(NoSection::Reserved(parts[0].to_string()));
        }
        let parts: Vec<&str> = parts.iter().map(Slug::as_str).collect();
        Ok(SectionPath(parts.join("/")))
    }

    /// `politics/europe`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: `europe`.
    pub fn slug(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The section around it; `None` for a top-level one.
    pub fn parent(&self) -> Option<SectionPath> {
        self.0.rsplit_once('/').map(|(parent, _)| SectionPath(parent.to_owned()))
    }

    /// From the top down to this one: `politics`, `politics/europe`.
    pub fn line(&self) -> Vec<SectionPath> {
        let mut line: Vec<SectionPath> = std::iter::successors(Some(self.clone()), SectionPath::parent).collect();
        line.reverse();
        line
    }

    /// The address of its page.
    pub fn url(&self) -> String {
        crate::slug::encoded(&format!("/{}/", self.0))
    }

    /// A name to start with: `climate-and-sea` reads “Climate and sea”.
    pub fn name(&self) -> String {
        let mut words = self.slug().replace(['-', '_'], " ");
        if let Some(first) = words.get(..1) {
            let first = first.to_uppercase();
            words.replace_range(..1, &first);
        }
        words
    }
}

impl fmt::Display for SectionPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for SectionPath {
    type Error = NoSection;
    fn try_from(text: String) -> Result<SectionPath, NoSection> {
        SectionPath::parse(&text)
    }
}

impl From<SectionPath> for String {
    fn from(path: SectionPath) -> String {
        path.0
    }
}

/// A department of the magazine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Where it stands.
    pub path: SectionPath,
    /// As readers see it.
    pub name: String,
    /// A sentence about it.
    pub description: Option<String>,
    /// Order among its siblings.
    pub position: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_knows_the_sections_around_it() {
        let path = SectionPath::parse("/politics/europe/").unwrap();
        assert_eq!(path.as_str(), "politics/europe");
        assert_eq!(path.url(), "/politics/europe/");
        let line: Vec<String> = path.line().into_iter().map(String::from).collect();
        assert_eq!(line, ["politics", "politics/europe"]);
    }

    #[test]
    fn a_new_section_has_a_readable_name() {
        assert_eq!(SectionPath::parse("life/climate-and-sea").unwrap().name(), "Climate and sea");
    }

    #[test]
    fn a_path_that_could_not_be_served_is_refused() {
        assert_eq!(SectionPath::parse("ghost/x"), Err(NoSection::Reserved("ghost".into())));
        assert_eq!(SectionPath::parse("news/rss"), Err(NoSection::Reserved("rss".into())));
        assert_eq!(SectionPath::parse("a/b/c/d/e/f/g"), Err(NoSection::TooDeep));
        assert!(matches!(SectionPath::parse("a//b"), Err(NoSection::Part(_))));
        assert!(matches!(SectionPath::parse(""), Err(NoSection::Part(_))));
    }
}
