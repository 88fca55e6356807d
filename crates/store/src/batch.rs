//! Batches: what an act writes, all or nothing.

use crate::value::Value;
use crate::{Broken, Query};

/// One write with its parameters. Made by the functions of each noun.
#[derive(Clone, Debug)]
pub struct Statement {
    pub(crate) query: &'static Query,
    pub(crate) values: Vec<Value>,
}

impl Statement {
    /// For `queries!`.
    pub fn new(query: &'static Query, values: Vec<Value>) -> Statement {
        Statement { query, values }
    }
}

/// Statements that are kept together, in order.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pub(crate) statements: Vec<(Statement, Option<u64>)>,
}

/// Why a batch was not kept. Nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// A row was not as the act had read it: somebody else was first.
    #[error("somebody else changed it in the meantime")]
    Stale,
    /// A name that must be unique is taken already.
    #[error("the name is taken already")]
    Taken,
    /// The database broke.
    #[error(transparent)]
    Broken(#[from] Broken),
}

impl Batch {
    /// An empty batch.
    pub fn new() -> Batch {
        Batch::default()
    }

    /// Adds a statement; however many rows it changes is right.
    pub fn push(&mut self, statement: Statement) {
        self.statements.push((statement, None));
    }

    /// Adds a statement that must change exactly one row, else the batch is [`Refused::Stale`].
    pub fn must(&mut self, statement: Statement) {
        self.statements.push((statement, Some(1)));
    }

    /// True when there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.statements.is_empty()
    }
}
