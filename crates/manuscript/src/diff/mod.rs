//! What changed between two bodies of an article: for editors, who compare versions, and for
//! readers, whom a correction tells what it corrected.

mod align;
mod cards;
mod html;
mod json;
mod pairing;
mod phrases;
mod running;
#[cfg(test)]
mod tests;
mod words;

use serde_json::Value;

use self::pairing::Pair;
use self::running::Running;
use crate::document::{Block, Document};
use crate::format::Format;

/// What changed from one body to another.
#[derive(Debug, Clone)]
pub struct Diff<'d> {
    /// In reading order, what was removed before what was added in its place. Every block of either
    /// body occurs exactly once.
    pub changes: Vec<Change<'d>>,
    old: &'d Document<'d>,
    new: &'d Document<'d>,
}

/// What became of a block. Blocks are numbered from 0 in their own body.
#[derive(Debug, Clone, PartialEq)]
pub enum Change<'d> {
    /// It says the same; [`normal_form`](Document::normal_form) is what counts.
    Same {
        /// The block in the old body.
        old: usize,
        /// The block in the new body.
        new: usize,
    },
    /// Running text was edited: words, how they are set, or what kind of block it is. Where every
    /// word is [`Same`](WordChange::Same), it is a field that no reader sees.
    Changed {
        /// The block in the old body.
        old: usize,
        /// The block in the new body.
        new: usize,
        /// Both texts in one.
        words: Vec<Word<'d>>,
    },
    /// A card, or a node of a type that we do not know, was edited.
    CardChanged {
        /// The block in the old body.
        old: usize,
        /// The block in the new body.
        new: usize,
        /// The fields that differ.
        fields: Vec<FieldChange>,
    },
    /// It says the same in another place; told where it stands now.
    Moved {
        /// The block in the old body.
        old: usize,
        /// The block in the new body.
        new: usize,
    },
    /// It is new.
    Added {
        /// The block in the new body.
        new: usize,
    },
    /// It is gone.
    Removed {
        /// The block in the old body.
        old: usize,
    },
}

/// A stretch of text of which the same is to be said. A line break is `\n`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'d> {
    /// What became of it.
    pub change: WordChange<'d>,
    /// The text, not escaped.
    pub text: String,
}

/// What became of a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordChange<'d> {
    /// Nothing.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// The words stayed, and are set in another way.
    Restyled {
        /// How they were set.
        old: Style<'d>,
        /// How they are.
        new: Style<'d>,
    },
}

/// How a text is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style<'d> {
    /// Bold, italic and so on.
    pub format: Format,
    /// Where its link leads, as stored: it may be unsafe.
    pub link: Option<&'d str>,
}

/// A field of a card that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// Its name in the JSON of the node.
    pub field: String,
    /// What it held; null where it was absent or held what means the same.
    pub old: Value,
    /// What it holds.
    pub new: Value,
}

/// What changed from the old body to the new one.
///
/// Blocks that say the same are paired first, then those that moved, then, between the pairs,
/// edited blocks with what they were before: running text with at least half of its words in
/// common ([`DIFF_SIMILAR`](crate::limits::DIFF_SIMILAR)), cards of one type. The work grows with the
/// length of the bodies and not with its square; how that is held is in
/// [`limits`](crate::limits).
pub fn diff<'d>(old: &'d Document<'_>, new: &'d Document<'_>) -> Diff<'d> {
    let changes = pairing::pair(&old.blocks, &new.blocks)
        .into_iter()
        .map(|pair| match pair {
            Pair::Same(old, new) => Change::Same { old, new },
            Pair::Moved(old, new) => Change::Moved { old, new },
            Pair::Edited(at, now) => edited(at, now, &old.blocks[at], &new.blocks[now]),
            Pair::Removed(old) => Change::Removed { old },
            Pair::Added(new) => Change::Added { new },
        })
        .collect();
    Diff { changes, old, new }
}

fn edited<'d>(old: usize, new: usize, before: &'d Block<'d>, after: &'d Block<'d>) -> Change<'d> {
    match (before, after) {
        (Block::Card(_) | Block::Unknown(_), _) | (_, Block::Card(_) | Block::Unknown(_)) => {
            Change::CardChanged { old, new, fields: cards::changed_fields(before, after) }
        }
        _ => Change::Changed { old, new, words: words::compare(&Running::of(before), &Running::of(after)) },
    }
}

impl<'d> Diff<'d> {
    /// Whether every block says the same, in the same order.
    pub fn is_empty(&self) -> bool {
        self.changes.iter().all(Change::is_same)
    }

    /// The new body, put together from the old one and the changes.
    pub fn apply(&self) -> Document<'d> {
        let block = |change: &Change<'d>| match *change {
            Change::Same { old, .. } | Change::Moved { old, .. } => Some(self.old.blocks[old].clone()),
            Change::Changed { new, .. } | Change::CardChanged { new, .. } | Change::Added { new } => {
                Some(self.new.blocks[new].clone())
            }
            Change::Removed { .. } => None,
        };
        Document {
            source: None,
            envelope: self.new.envelope.clone(),
            root: self.new.root.clone(),
            blocks: self.changes.iter().filter_map(block).collect(),
        }
    }

    fn old_block(&self, change: &Change<'_>) -> Option<&'d Block<'d>> {
        change.old_number().map(|old| &self.old.blocks[old])
    }

    fn new_block(&self, change: &Change<'_>) -> Option<&'d Block<'d>> {
        change.new_number().map(|new| &self.new.blocks[new])
    }
}

impl Change<'_> {
    /// The number of the block in the old body.
    pub fn old_number(&self) -> Option<usize> {
        match *self {
            Change::Same { old, .. }
            | Change::Changed { old, .. }
            | Change::CardChanged { old, .. }
            | Change::Moved { old, .. }
            | Change::Removed { old } => Some(old),
            Change::Added { .. } => None,
        }
    }

    /// The number of the block in the new body.
    pub fn new_number(&self) -> Option<usize> {
        match *self {
            Change::Same { new, .. }
            | Change::Changed { new, .. }
            | Change::CardChanged { new, .. }
            | Change::Moved { new, .. }
            | Change::Added { new } => Some(new),
            Change::Removed { .. } => None,
        }
    }

    fn is_same(&self) -> bool {
        matches!(self, Change::Same { .. })
    }
}
