//! Authors: the people in a byline.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::slug::encoded;
use crate::{Accounts, Id, Slug};

/// A person (or desk) in a byline. An author need not be a member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Its id.
    pub id: Id,
    /// The last part of `/author/{slug}/`.
    pub slug: Slug,
    /// As it stands in the byline.
    pub name: String,
    /// The office in the newsroom: “Political editor”.
    pub role: Option<String>,
    /// A short life.
    pub bio: Option<String>,
    /// Where they work.
    pub location: Option<String>,
    /// A page of their own elsewhere.
    pub website: Option<String>,
    /// Path of the portrait below `/content/images/`.
    pub portrait: Option<String>,
    /// For Ghost clients, which name authors by address. Never shown to readers.
    pub email: Option<String>,
    /// What themes show of them beside that.
    pub profile: Profile,
    /// When they came.
    pub created_at: Timestamp,
    /// When what is said of them was changed last.
    pub updated_at: Timestamp,
}

/// What a theme may show on an author's page, beside the words of a byline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Path or URL of the picture across the page.
    pub cover_image: Option<String>,
    /// Accounts elsewhere.
    #[serde(flatten)]
    pub accounts: Accounts,
    /// The title for search engines.
    pub meta_title: Option<String>,
    /// The description for search engines.
    pub meta_description: Option<String>,
}

impl Author {
    /// An author of whom nothing but the name is known.
    pub fn named(id: Id, slug: Slug, name: String) -> Author {
        let made_at = id.made_at();
        Author {
            id,
            slug,
            name,
            role: None,
            bio: None,
            location: None,
            website: None,
            portrait: None,
            email: None,
            profile: Profile::default(),
            created_at: made_at,
            updated_at: made_at,
        }
    }

    /// The address of the author's page.
    pub fn url(&self) -> String {
        encoded(&format!("/author/{}/", self.slug))
    }
}

/// “A”, “A and B”, “A, B and C”; nothing for nobody.
pub fn byline(authors: &[Author]) -> String {
    let Some((last, others)) = authors.split_last() else { return String::new() };
    if others.is_empty() {
        return last.name.clone();
    }
    let others: Vec<&str> = others.iter().map(|a| a.name.as_str()).collect();
    format!("{} and {}", others.join(", "), last.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn author(name: &str) -> Author {
        Author::named(Id::made(0, [0; 8]), Slug::of(name).unwrap(), name.into())
    }

    #[test]
    fn a_byline_reads_as_people_say_it() {
        let all = [author("Ann Lee"), author("Bo Ray"), author("Cy Dow")];
        assert_eq!(byline(&all[..0]), "");
        assert_eq!(byline(&all[..1]), "Ann Lee");
        assert_eq!(byline(&all[..2]), "Ann Lee and Bo Ray");
        assert_eq!(byline(&all), "Ann Lee, Bo Ray and Cy Dow");
    }
}
