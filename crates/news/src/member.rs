//! Members: readers who signed up.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Id;

/// A member, as far as anything is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its id.
    pub id: Id,
    /// The address, in lower case.
    pub email: String,
    /// The rest.
    pub known: Known,
    /// When they signed up.
    pub created_at: Timestamp,
    /// When something of it was changed last.
    pub updated_at: Timestamp,
}

/// What is known of a member beside the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Known {
    /// The id by which links in mails name them.
    pub uuid: String,
    /// What they call themselves.
    pub name: Option<String>,
    /// What the newsroom notes.
    pub note: Option<String>,
    /// Names of labels.
    pub labels: Vec<String>,
    /// Ids of newsletters that they get.
    pub newsletters: Vec<String>,
    /// `free`, `paid` or `comped`.
    pub status: Option<String>,
    /// Slugs of the tiers that they were given.
    pub tiers: Vec<String>,
    /// Whether mail to them came back for good.
    pub email_disabled: bool,
    /// Where they seem to be, as it came from elsewhere: JSON.
    pub geolocation: Option<String>,
    /// When they were last here.
    pub seen_at: Option<Timestamp>,
}
