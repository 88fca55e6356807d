//! Tags: what an article is about, beside its section.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::slug::encoded;
use crate::{Id, Slug, Social};

crate::words! {
    /// Whether readers see a tag.
    Visibility {
        /// Shown, with a page of its own.
        Public = "public",
        /// For the newsroom only; in Ghost its name begins with `#`.
        Internal = "internal",
    }
}

/// A subject that articles share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Its id.
    pub id: Id,
    /// The last part of `/tag/{slug}/`.
    pub slug: Slug,
    /// As readers see it.
    pub name: String,
    /// A sentence about it.
    pub description: Option<String>,
    /// Whether readers see it.
    pub visibility: Visibility,
    /// What themes show of it beside that.
    pub dress: Dress,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// What a theme may show on a tag's page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)] // Ghost's names, Ghost's meaning
pub struct Dress {
    pub feature_image: Option<String>,
    pub accent_color: Option<String>,
    pub canonical_url: Option<String>,
    pub codeinjection_head: Option<String>,
    pub codeinjection_foot: Option<String>,
    #[serde(flatten)]
    pub social: Social,
}

impl Tag {
    /// A tag of which nothing but the name is known.
    pub fn named(id: Id, slug: Slug, name: String) -> Tag {
        let visibility = visibility_of(&name);
        let made_at = id.made_at();
        Tag {
            id,
            slug,
            name,
            description: None,
            visibility,
            dress: Dress::default(),
            created_at: made_at,
            updated_at: made_at,
        }
    }

    /// The address of the tag's page.
    pub fn url(&self) -> String {
        encoded(&format!("/tag/{}/", self.slug))
    }

    /// Whether readers see it.
    pub fn is_public(&self) -> bool {
        self.visibility == Visibility::Public
    }
}

/// Ghost's rule: a name that begins with `#` is internal, its slug `hash-…`.
pub fn visibility_of(name: &str) -> Visibility {
    if name.starts_with('#') { Visibility::Internal } else { Visibility::Public }
}

/// The slug of a tag's name: `#draft-note` becomes `hash-draft-note`.
pub fn slug_of(name: &str) -> Option<Slug> {
    match name.strip_prefix('#') {
        Some(rest) => Slug::of(&format!("hash {rest}")),
        None => Slug::of(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_with_a_hash_is_internal() {
        assert_eq!(visibility_of("#new-internal"), Visibility::Internal);
        assert_eq!(slug_of("#new-internal").unwrap().as_str(), "hash-new-internal");
        assert_eq!(visibility_of("Harbour"), Visibility::Public);
    }
}
