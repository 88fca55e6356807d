//! People and the offices that they held, with dates.
//!
//! A [`Register`] answers two questions about a day: who held an office that copy calls by some
//! words ([`Register::holders`]), and whether a person of some name held it
//! ([`Register::verdict`]). [`Register::claims`] finds the places in a text that say so.
//!
//! ```
//! use record::offices::{Register, Verdict};
//!
//! let register = Register::embedded();
//! let day = jiff::civil::date(2025, 8, 18);
//! let verdict = register.verdict("German Chancellor", "Olaf Scholz", day);
//! assert_eq!(
//!     verdict.message("German Chancellor", "Olaf Scholz", day).unwrap(),
//!     "Olaf Scholz was not German Chancellor on 18 August 2025: Friedrich Merz was, since 6 May 2025",
//! );
//! assert!(matches!(register.verdict("Chancellor", "Rachel Reeves", day), Verdict::Held { .. }));
//! ```
//!
//! What it knows comes from *sources*, each with a licence and a snapshot day; about a later day a
//! source says nothing. When the register is not sure, it says that it does not know: a wrong
//! alarm costs an editor's trust, a missed one only costs what it cost before.

mod claims;
mod embedded;
mod files;
mod model;
mod names;
pub mod raw;
mod register;
mod titles;
mod verdict;
mod words;

pub use claims::Claim;
pub use embedded::{EMBEDDED, Embedded};
pub use files::{FileError, MAX_FIELD_BYTES, MAX_FILE_BYTES, MAX_ROWS, MAX_SOURCES, SourceFiles};
pub use model::{About, Holding, Office, Person, Rank, Source, Term};
pub use register::Register;
pub use titles::MAX_TITLE_WORDS;
pub use verdict::{COURTESY_YEARS, GRACE_DAYS, HISTORY_YEARS, Unknown, Verdict};
