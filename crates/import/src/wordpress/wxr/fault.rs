//! Why something of a file was not read, in words for whoever exported it.

use super::limits::{DEEPEST, LARGEST_TEXT, LONGEST_NAME, LONGEST_TAG};

/// Why a file is no export that can be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NoWxr {
    /// The source failed.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// A document type stands in it. Entities are made there, and files of others fetched.
    #[error("it declares a document type (DOCTYPE). No export has one, and what it declares is not read")]
    Doctype,
    /// It is not RSS, or the root stands behind [`super::limits::LATEST_ROOT`].
    #[error("it is no WordPress export: there is no <rss> in it")]
    NoRss,
    /// The channel says no version before its first item.
    #[error("it is no WordPress export: there is no wp:wxr_version before the first item")]
    NoVersion,
    /// The version is none.
    #[error("it is no WordPress export that is known: its wp:wxr_version is “{0}”, and not such as 1.2")]
    Version(String),
    /// Another encoding than UTF-8.
    #[error("it is written in {0}; only UTF-8 is read")]
    Encoding(String),
}

/// Why an item, or an entry of the channel, was skipped.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The file was cut off.
    #[error("the file ends in it")]
    Ends,
    /// Its end tag is missing.
    #[error("another item begins before it ends")]
    AnotherBegins,
    /// A section that only the end of the file closes.
    #[error("a {0} in it is never closed")]
    Unclosed(&'static str),
    /// Its end and the beginning of another stand within one CDATA section.
    #[error("a CDATA section of it runs on into the next one")]
    RunsOn,
    /// As the XML reader says.
    #[error("it is not well-formed XML: {0}")]
    NotWellFormed(String),
    /// More bytes than are taken.
    #[error("it has more than {} MiB", .0 >> 20)]
    TooLarge(usize),
    /// One text of it.
    #[error("its {element} has more than {} MiB", LARGEST_TEXT >> 20)]
    TextTooLarge {
        /// Its name.
        element: String,
    },
    /// One tag of it.
    #[error("a tag of it has more than {} KiB", LONGEST_TAG >> 10)]
    TagTooLong,
    /// A name of an element.
    #[error("a name in it has more than {LONGEST_NAME} bytes")]
    NameTooLong,
    /// Nested too deep.
    #[error("it is nested more than {DEEPEST} deep")]
    TooDeep,
    /// Too many of something.
    #[error("it has more than {most} {what}")]
    TooMany {
        /// What of: `comments`.
        what: &'static str,
        /// The limit.
        most: usize,
    },
    /// Found while looking for the next whole item; it may be a piece of the text of the one that was skipped.
    #[error("nothing of WordPress stands in it")]
    NothingOfWordPress,
    /// The channel is larger than is taken. Said of the first entry; how many follow is a note of the file.
    #[error("the channel has more than {} MiB, and what follows of its kind is left out", .0 >> 20)]
    ChannelFull(usize),
}

impl From<quick_xml::Error> for Fault {
    fn from(why: quick_xml::Error) -> Fault {
        // What the reader quotes may be as long as a tag.
        Fault::NotWellFormed(why.to_string().chars().take(200).collect())
    }
}
