//! Everything that is kept: the database (SQLite or PostgreSQL, one list of
//! queries for both), its migrations, and the pictures on disk.
//!
//! Reading: each noun's file holds its queries, and every query is a function
//! that asks one question (`article::by_id(&store, id).await`). Writing: those
//! files also make [`Statement`]s; an act collects them in a [`Batch`] and
//! [`Store::commit`] keeps all of them or none.

#[macro_use]
mod query;

pub mod act;
pub mod address;
pub mod article;
pub mod aside;
pub mod author;
pub mod backup;
mod batch;
pub mod correction;
pub mod ignored;
pub mod key;
pub mod lead;
mod lite;
pub mod media;
pub mod member;
mod migrate;
pub mod miss;
pub mod number;
pub mod origin;
pub mod outbox;
pub mod passkey;
pub mod person;
pub mod picture;
mod postgres;
pub mod revision;
pub mod run;
pub mod section;
pub mod session;
pub mod setting;
pub mod shelf;
pub mod staff;
pub mod statement;
pub mod tag;
mod value;
pub mod webhook;
pub mod working_copy;
pub mod writer;

use std::path::Path;

pub use batch::{Batch, Refused, Statement};
pub use migrate::SCHEMA_VERSION;
pub use query::{QUERIES, Query};

/// The database broke, or could not be used at all. Speaks to the operator.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The file or server cannot be opened.
    #[error("the database cannot be opened: {0}")]
    Open(String),
    /// The schema is from a version of Masthead that this one does not know.
    #[error(
        "the database was written by a newer version of Masthead (schema {found}, this one knows up to {SCHEMA_VERSION}); install that version"
    )]
    Newer {
        /// The schema's number in the database.
        found: i64,
    },
    /// A migration that was applied is not the one of this program.
    #[error("migration {0} in the database differs from this program's; the database belongs to another build")]
    Foreign(i64),
    /// No room for what was to be written. Nothing was.
    #[error("the disk is full: nothing was written")]
    Full,
    /// The disk did not take what was written; no further write is tried, because
    /// the kernel may have dropped the pages (retrying an fsync loses data).
    #[error("the disk failed while the database was written: {0}; stop the server and check the disk")]
    Disk(String),
    /// A query failed.
    #[error("failed to ask the database ({query}): {why}")]
    Query {
        /// Name of the query.
        query: &'static str,
        /// The engine's words.
        why: String,
    },
    /// A value in the database is not what the program writes there.
    #[error("the database holds a value that it should not: {0}")]
    Value(String),
}

/// The database, of either kind. Cheap to clone.
#[derive(Clone)]
pub enum Store {
    /// One file in the data folder.
    Lite(lite::Lite),
    /// A PostgreSQL server.
    Postgres(postgres::Postgres),
}

impl Store {
    /// Opens (and makes, where there is none) the SQLite file and brings its schema up to date.
    pub fn open_file(path: &Path) -> Result<Store, Broken> {
        Ok(Store::Lite(lite::Lite::open(path)?))
    }

    /// Connects to PostgreSQL (`postgres://user:password@host/database`) and brings the schema up to date.
    pub async fn connect(url: &str) -> Result<Store, Broken> {
        Ok(Store::Postgres(postgres::Postgres::connect(url).await?))
    }

    /// Keeps every statement of the batch, or none. When this returns `Ok`, the
    /// batch is on the disk (SQLite: synchronous=FULL; PostgreSQL: as the server is set up).
    pub async fn commit(&self, batch: Batch) -> Result<(), Refused> {
        match self {
            Store::Lite(lite) => lite.commit(batch).await,
            Store::Postgres(postgres) => postgres.commit(batch).await,
        }
    }

    /// `sqlite` or `postgres`.
    pub fn engine(&self) -> &'static str {
        match self {
            Store::Lite(_) => "sqlite",
            Store::Postgres(_) => "postgres",
        }
    }

    /// Prepares every query of the list and answers what the engine says against it.
    pub async fn check_queries(&self) -> Vec<String> {
        let mut complaints = Vec::new();
        for query in QUERIES.iter().copied().flatten().copied() {
            let complaint = match self {
                Store::Lite(lite) => lite.check(query),
                Store::Postgres(postgres) => postgres.check(query).await,
            };
            complaints.extend(complaint.err().map(|why| format!("{}: {why}", query.name)));
        }
        complaints
    }

    /// The SQL texts that were asked so far, and all that can be: for tests, which show that no request makes another one.
    #[cfg(debug_assertions)]
    pub fn texts(&self) -> (Vec<&'static str>, Vec<&'static str>) {
        let all = QUERIES.iter().copied().flatten().map(|query| query.lite()).collect();
        match self {
            Store::Lite(lite) => (lite.asked(), all),
            Store::Postgres(_) => (Vec::new(), all),
        }
    }

    /// How the engine answers each query of the list, one step a line, by the query's name. PostgreSQL is asked as if its
    /// tables were large: it sorts and reads whole tables only where it knows no other way.
    pub async fn plans(&self) -> Result<Vec<(&'static str, String)>, Broken> {
        let mut plans = Vec::new();
        for query in QUERIES.iter().copied().flatten().copied().filter(|query| !query.columns.is_empty()) {
            let plan = match self {
                Store::Lite(lite) => lite.plan(query)?,
                Store::Postgres(postgres) => postgres.plan(query).await?,
            };
            plans.push((query.name, plan));
        }
        Ok(plans)
    }

    async fn rows<R: value::Row>(&self, query: &'static Query, values: Vec<value::Value>) -> Result<Vec<R>, Broken> {
        match self {
            Store::Lite(lite) => lite.rows(query, &values),
            Store::Postgres(postgres) => postgres.rows(query, &values).await,
        }
    }
}

/// A pattern for LIKE … ESCAPE '!': these words, in small letters, anywhere.
pub(crate) fn pattern(words: &str) -> String {
    let mut pattern = String::from("%");
    for letter in words.trim().to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern + "%"
}
