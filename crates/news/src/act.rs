//! The record of acts: who did what, when, and for which reason.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Id;

crate::words! {
    /// What was done.
    Verb {
        /// An article was written for the first time.
        Created = "created",
        /// Its text or its facts were changed.
        Edited = "edited",
        /// It went out.
        Published = "published",
        /// It was set to go out by the clock.
        Scheduled = "scheduled",
        /// It was taken from the public; its address answers 410.
        Withdrawn = "withdrawn",
        /// It went back to draft.
        Unpublished = "unpublished",
        /// It was removed for good.
        Deleted = "deleted",
        /// Its address changed.
        Moved = "moved",
        /// A correction was added.
        Corrected = "corrected",
        /// It came in from a file.
        Imported = "imported",
        /// A staff member was invited.
        Invited = "invited",
        /// A key for the API was made.
        KeyMade = "key made",
        /// A password was set.
        PasswordSet = "password set",
        /// A statement of the record was confirmed.
        Confirmed = "confirmed",
        /// A statement of the record was rejected.
        Rejected = "rejected",
        /// A setting or the theme was changed.
        Configured = "configured",
    }
}

/// Who acts: a person, a key of the API, a command, or the clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Actor {
    /// A member of staff.
    Staff(Id),
    /// A key of the API, by its id.
    Key(Id),
    /// A command given at the terminal.
    Command,
    /// The clock, for what was scheduled.
    Clock,
}

impl Actor {
    /// `staff:…`, `key:…`, `command` or `clock`.
    pub fn word(&self) -> String {
        match self {
            Actor::Staff(id) => format!("staff:{id}"),
            Actor::Key(id) => format!("key:{id}"),
            Actor::Command => "command".into(),
            Actor::Clock => "clock".into(),
        }
    }
}

/// One line of the record of acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Who.
    pub actor: Actor,
    /// What.
    pub verb: Verb,
    /// To what: the id of an article, a staff member, a key.
    pub subject: String,
    /// When.
    pub at: Timestamp,
    /// Why, in the words of who did it.
    pub reason: Option<String>,
}
