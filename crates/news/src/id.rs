//! Identifiers: 24 hexadecimal characters, the shape of Ghost's ids.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The name of a row: 24 lower-case hexadecimal characters.
///
/// The first eight are the second of its making, so ids sort roughly by age;
/// the rest comes from the caller's source of randomness.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id(String);

/// The text is not 24 hexadecimal characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id is 24 hexadecimal characters")]
pub struct NotAnId;

impl Id {
    /// Reads an id; upper case is accepted and stored as lower case.
    pub fn parse(text: &str) -> Result<Id, NotAnId> {
        let hex = text.len() == 24 && text.bytes().all(|b| b.is_ascii_hexdigit());
        if hex { Ok(Id(text.to_ascii_lowercase())) } else { Err(NotAnId) }
    }

    /// A new id from a second (Unix time) and eight random bytes.
    pub fn made(second: i64, random: [u8; 8]) -> Id {
        let mut text = format!("{:08x}", (second.max(0) as u64) & 0xffff_ffff);
        for byte in random {
            text.push_str(&format!("{byte:02x}"));
        }
        Id(text)
    }

    /// The id of what has a text for a name and no id of its own: the same for the same text, always (FNV-1a). `second`
    /// keeps different kinds of names apart.
    pub fn of_text(second: i64, text: &str) -> Id {
        let hash = text
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        Id::made(second, hash.to_be_bytes())
    }

    /// The second of its making.
    pub fn made_at(&self) -> jiff::Timestamp {
        let second = i64::from_str_radix(&self.0[..8], 16).unwrap_or_default();
        jiff::Timestamp::from_second(second).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }

    /// The 24 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Id {
    type Error = NotAnId;
    fn try_from(text: String) -> Result<Id, NotAnId> {
        Id::parse(&text)
    }
}

impl From<Id> for String {
    fn from(id: Id) -> String {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_twenty_four_hexadecimal_characters() {
        assert_eq!(Id::parse("5A0100000000000000000002").unwrap().as_str(), "5a0100000000000000000002");
        assert_eq!(Id::parse("5a01"), Err(NotAnId));
        assert_eq!(Id::parse("zz0100000000000000000002"), Err(NotAnId));
    }

    #[test]
    fn a_later_id_sorts_after_an_earlier_one() {
        let (early, late) = (Id::made(1_000, [255; 8]), Id::made(1_001, [0; 8]));
        assert!(early < late);
        assert_eq!(Id::parse(early.as_str()), Ok(early));
    }
}
