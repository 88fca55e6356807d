//! What can go wrong while a request is answered, named for who can act on it.

use store::{Broken, Refused};

/// A refusal speaks to a person; a break goes to the log with a number.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing is here.
    #[error("there is nothing at this address")]
    NotFound,
    /// Something was here and was taken away.
    #[error("it was withdrawn")]
    Gone,
    /// The request cannot be right.
    #[error("{0}")]
    Refused(String),
    /// Somebody else changed it first.
    #[error("{0}")]
    Stale(String),
    /// The database or a file failed.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// The theme failed.
    #[error(transparent)]
    Theme(#[from] theme::RenderError),
    /// A file of the data folder failed.
    #[error("failed to read the data folder: {0}")]
    Io(#[from] std::io::Error),
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Error {
        match refused {
            Refused::Stale => Error::Stale("somebody else changed it in the meantime".into()),
            Refused::Taken => Error::Stale("another article took its address in the meantime".into()),
            Refused::Broken(broken) => Error::Broken(broken),
        }
    }
}
