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
        /// Somebody signed in.
        SignedIn = "signed in",
        /// Somebody signed out.
        SignedOut = "signed out",
        /// Somebody tried to sign in and was refused.
        TurnedAway = "turned away",
        /// Somebody asked for a link that sets a new password.
        ResetAsked = "reset asked",
        /// A second way to prove who one is was added.
        FactorAdded = "factor added",
        /// A second way to prove who one is was taken away.
        FactorRemoved = "factor removed",
        /// Sessions were ended.
        SessionsEnded = "sessions ended",
        /// What a member of staff is called or may do was changed.
        StaffChanged = "staff changed",
        /// A member of staff was suspended.
        Suspended = "suspended",
        /// A suspension was lifted.
        Resumed = "resumed",
        /// A key of the API was ended.
        KeyEnded = "key ended",
        /// An article was handed on: to draft, review or ready.
        HandedOn = "handed on",
        /// A version was named.
        Named = "named",
        /// An earlier version was brought back.
        Restored = "restored",
        /// The last act was taken back.
        Undone = "undone",
        /// A finding was left as it is, for a reason.
        Ignored = "ignored",
        /// A finding that was left counts again.
        Heeded = "heeded",
        /// A picture was brought in.
        Uploaded = "uploaded",
        /// What is said of a picture, a person, a section, a tag or an author was changed.
        Described = "described",
        /// An import was taken back.
        TakenBack = "taken back",
        /// An address was led elsewhere, or no longer.
        Led = "led",
        /// Two became one.
        Merged = "merged",
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
