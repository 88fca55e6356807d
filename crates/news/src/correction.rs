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
    }
}

/// A note to readers about what was changed and why. It stands beside the
/// article, never inside the manuscript, and is never removed.
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
}
