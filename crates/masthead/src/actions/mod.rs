//! Acts: what people and the clock do to the magazine. Each is a function whose
//! steps can be read; nothing happens because something was saved.
//!
//! Every door (the API, a command, the clock) calls the same acts.

pub mod check;
pub mod configure;
pub mod correct;
pub mod delete;
pub mod edit;
pub mod events;
pub mod hand_on;
pub mod keep;
pub mod member;
pub mod merge;
pub mod move_in;
pub mod move_out;
pub mod moving;
pub mod names;
pub mod person;
pub mod picture;
pub mod publish;
pub mod rebuild;
pub mod record;
pub mod routing;
pub mod schedule;
pub mod section;
pub mod sign_in;
pub mod staff;
pub mod theme;
pub mod undo;
pub mod undo_import;
pub mod withdraw;
pub mod wordpress;
pub mod working_copy;

use news::publish::NotPublishable;
use store::Refused;

pub use keep::{By, Written};

/// Why an act was not done. Nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// There is no such article.
    #[error("there is no such article")]
    NotFound,
    /// Somebody else changed the article since it was read.
    #[error("somebody else changed this article in the meantime; read it again, then repeat your change")]
    Stale,
    /// A rule of publishing is against it.
    #[error("it cannot go out: {0}")]
    NotPublishable(#[from] NotPublishable),
    /// The manuscript is not right.
    #[error("{0}")]
    Body(#[from] manuscript::NoDocument),
    /// A field is not right.
    #[error("{0}")]
    Field(String),
    /// The database broke.
    #[error(transparent)]
    Broken(#[from] store::Broken),
}

impl From<Refused> for ActError {
    fn from(refused: Refused) -> ActError {
        match refused {
            Refused::Stale | Refused::Taken => ActError::Stale,
            Refused::Broken(broken) => ActError::Broken(broken),
        }
    }
}
