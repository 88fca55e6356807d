//! Corrections and clarifications: public notes beside the article.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Id;

crate::words! {
    /// How serious the note is.
    CorrectionKind {
        /// Something printed was wrong.
        Correction = "correction",
        /// Something printed could be misread.
        Clarification = "clarification",
        /// A slip of the pen: kept, and told to nobody.
        Typo = "typo",
        /// Something new was added.
        Update = "update",
        /// What was printed is taken back.
        Retraction = "retraction",
    }
}

/// A note to readers about what was changed and why. It stands beside the
/// article, never inside the manuscript, and stays, unless its act is taken back within the minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Its id.
    pub id: Id,
    /// How serious.
    pub kind: CorrectionKind,
    /// What readers are told, as plain text.
    pub text: String,
    /// When it was made public.
    pub at: Timestamp,
    /// The words that were printed before, where they are told apart.
    pub before: Option<String>,
    /// The words that stand there now.
    pub after: Option<String>,
    /// Who made it, as the record of acts writes it.
    pub by: Option<String>,
}

impl CorrectionKind {
    /// Whether readers are told.
    pub fn is_public(self) -> bool {
        self != CorrectionKind::Typo
    }
}
