//! Who may read the whole of an article.

use serde::{Deserialize, Serialize};

/// What a reader must be to read past the public part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Everybody.
    #[default]
    Public,
    /// Anybody who signed up.
    Members,
    /// Anybody who pays.
    Paid,
    /// Members of the tiers with these slugs.
    Tiers(Vec<String>),
}

/// Who asks. Until members exist, every reader is a stranger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Somebody who is not signed in.
    Stranger,
}

impl Access {
    /// Reads Ghost's `visibility` word and its tiers.
    pub fn of(word: &str, tiers: Vec<String>) -> Option<Access> {
        match word {
            "public" => Some(Access::Public),
            "members" => Some(Access::Members),
            "paid" => Some(Access::Paid),
            "tiers" => Some(Access::Tiers(tiers)),
            _ => None,
        }
    }

    /// The word for the database and Ghost's API.
    pub fn word(&self) -> &'static str {
        match self {
            Access::Public => "public",
            Access::Members => "members",
            Access::Paid => "paid",
            Access::Tiers(_) => "tiers",
        }
    }

    /// The slugs of the tiers; empty unless access is by tier.
    pub fn tiers(&self) -> &[String] {
        match self {
            Access::Tiers(tiers) => tiers,
            _ => &[],
        }
    }

    /// Whether this reader gets the whole article.
    pub fn allows(&self, reader: Reader) -> bool {
        match reader {
            Reader::Stranger => *self == Access::Public,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_reads_public_articles_only() {
        assert!(Access::Public.allows(Reader::Stranger));
        for closed in [Access::Members, Access::Paid, Access::Tiers(vec!["gold".into()])] {
            assert!(!closed.allows(Reader::Stranger), "{closed:?}");
        }
    }

    #[test]
    fn nonsense_is_no_access() {
        assert_eq!(Access::of("nonsense", vec![]), None);
    }
}
