//! Staff: the people who may sign in.

use serde::{Deserialize, Serialize};

use crate::Id;

crate::words! {
    /// What a member of staff may do.
    Role {
        /// Everything, and the only role that cannot be removed.
        Owner = "owner",
        /// Publishes anything, trusts html cards.
        Editor = "editor",
        /// Publishes what they wrote.
        Author = "author",
        /// Writes; somebody else publishes.
        Contributor = "contributor",
    }
}

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// Their id.
    pub id: Id,
    /// The address they sign in with, lower case.
    pub email: String,
    /// How colleagues know them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The author that they are in bylines.
    pub author: Option<Id>,
    /// Whether the door is closed to them for now.
    pub suspended: bool,
    /// Whether they have set a password.
    pub has_password: bool,
    /// When they were last here, to some minutes.
    pub seen_at: Option<jiff::Timestamp>,
}

impl Role {
    /// Whether a role may do what another may: owner over editor over author over contributor.
    pub fn is_at_least(self, least: Role) -> bool {
        let rank = |role: Role| Role::ALL.iter().position(|other| *other == role);
        rank(self) <= rank(least)
    }
}

/// The text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not an e-mail address")]
pub struct NotAnAddress;

/// Reads an address: one `@`, something before it, a host behind it, no spaces.
pub fn email(text: &str) -> Result<String, NotAnAddress> {
    let text = text.trim().to_lowercase();
    let plain =
        text.len() <= 191 && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c));
    match text.split_once('@') {
        Some((name, host)) if plain && !name.is_empty() && !host.is_empty() && !host.contains('@') => Ok(text),
        _ => Err(NotAnAddress),
    }
}

/// Shortest password in characters (NIST SP 800-63B asks for 8, ASVS 5.0 recommends 15; we ask for 12).
pub const SHORTEST_PASSWORD: usize = 12;
/// Longest password in characters; more is only work for the server.
pub const LONGEST_PASSWORD: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_at_the_door() {
        assert_eq!(email(" Ann@Example.org ").as_deref(), Ok("ann@example.org"));
        for bad in ["", "ann", "@example.org", "ann@", "a b@example.org", "a@b@c", "<a@b>"] {
            assert_eq!(email(bad), Err(NotAnAddress), "{bad}");
        }
    }
}
