//! What says whether something was changed on its site since it came.

use std::fmt;

use jiff::Timestamp;
use news::{Article, Id};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Bytes of a digest that are kept.
const BYTES: usize = 12;

/// Of an item: what it says itself, what is kept aside of it, and what was made of it. As text, each behind a space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hash {
    /// The item itself, whatever stands around it in the export.
    pub raw: String,
    /// What is kept aside.
    pub asides: String,
    /// The article, with what it refers to.
    pub article: String,
}

impl Hash {
    /// Reads it; what is missing says nothing.
    pub fn of(text: &str) -> Hash {
        let mut parts = text.split(' ').map(str::to_owned);
        let mut next = || parts.next().unwrap_or_default();
        Hash { raw: next(), asides: next(), article: next() }
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.raw, self.asides, self.article)
    }
}

/// Of an article that came at `now`. What only the time of the import decided says nothing, nor does the id, which hangs on it.
pub fn of_article(article: &Article, now: Timestamp) -> String {
    let of_site = |at: Timestamp| if at == now { Timestamp::UNIX_EPOCH } else { at };
    let mut came = article.clone();
    came.id = Id::of_text(0, "");
    (came.created_at, came.updated_at) = (of_site(came.created_at), of_site(came.updated_at));
    came.published_at = came.published_at.map(of_site);
    came.first_published_at = came.first_published_at.map(of_site);
    of(&came)
}

/// Of anything.
pub fn of(came: &impl Serialize) -> String {
    let text = serde_json::to_string(came).unwrap_or_default();
    Sha256::digest(text.as_bytes()).iter().take(BYTES).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_reads_back_from_its_text() {
        let hash = Hash { raw: of(&1), asides: of(&"a"), article: of(&[2]) };
        assert_eq!(Hash::of(&hash.to_string()), hash);
        assert_eq!(Hash::of("").article, "");
        assert_ne!(hash.raw, hash.asides);
    }
}
