//! The words and rules of a news magazine.
//!
//! Everything here is a value or a pure function: no clock, no database, no
//! network. The time, the settings and the reader come in as arguments, so that
//! every rule can be tested for any day in a microsecond.
//!
//! The nouns have the same file name in every room (`article.rs` here, in the
//! store and on the site), so a name is a map.

pub mod access;
pub mod accounts;
pub mod act;
pub mod article;
pub mod aside;
pub mod author;
pub mod correction;
pub mod credit;
pub mod date;
pub mod id;
pub mod key;
pub mod licence;
pub mod limits;
pub mod member;
pub mod people;
pub mod permalink;
pub mod person;
pub mod picture;
pub mod place;
pub mod publish;
pub mod related;
pub mod section;
pub mod settings;
pub mod slug;
pub mod social;
pub mod staff;
pub mod statement;
pub mod tag;
pub mod tier;

pub use access::{Access, Reader};
pub use accounts::Accounts;
pub use act::{Act, Actor, Verb};
pub use article::{Article, Headline, Kind, NoHeadline, Status};
pub use author::Author;
pub use correction::{Correction, CorrectionKind};
pub use credit::Credit;
pub use id::Id;
pub use licence::Licence;
pub use member::Member;
pub use permalink::Permalink;
pub use person::Person;
pub use picture::LeadPicture;
pub use place::{Place, appears_on};
pub use section::{Section, SectionPath};
pub use settings::Settings;
pub use slug::Slug;
pub use social::Social;
pub use staff::{Role, Staff};
pub use statement::{Statement, StatementState};
pub use tag::{Tag, Visibility};
pub use tier::{Newsletter, Tier};

/// Makes the two-way text form of an enum: one list, used by database, API and screen.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in the order in which people meet them.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word that stands in the database and on the wire.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The value of a word; `None` for any other text.
            pub fn of(word: &str) -> Option<$name> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                $name::of(&word).ok_or_else(|| {
                    serde::de::Error::custom(format!("“{word}” is not one of {}", [$($word),+].join(", ")))
                })
            }
        }
    };
}
pub(crate) use words;
