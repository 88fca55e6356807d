//! The cards: blocks that are not running text.
//!
//! A new card is one file here, with its fields, its HTML, its texts and its tests, and one line in
//! [`cards!`].

mod html;
mod image;
mod paywall;
mod rule;

pub use html::HtmlCard;
pub use image::Image;
pub use paywall::Paywall;
pub use rule::Rule;

use crate::fields::Fields;
use crate::web::Page;

/// What every card can do. The texts and pictures are those that a reader sees.
pub(crate) trait CardKind: Sized {
    /// The node's `type`.
    const TYPE: &'static str;

    /// Takes the card's own values out of the node.
    fn read(fields: Fields) -> Self;

    /// Puts them back.
    fn fields(&self) -> Fields;

    /// Prints the card for the web or a feed.
    fn print(&self, page: &mut Page<'_>);

    /// The card's texts with the names of their fields, as plain text.
    fn texts(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// How many pictures it shows.
    fn pictures(&self) -> usize {
        0
    }

    /// Whether only members may see it.
    fn for_members_only(&self) -> bool {
        false
    }
}

/// Makes the enum of all cards, and passes every call on to the card's own type.
macro_rules! cards {
    ($($(#[$doc:meta])* $name:ident($card:ty),)*) => {
        /// A block that is not running text.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Card {
            $($(#[$doc])* $name($card),)*
        }

        impl Card {
            /// The card that a node holds; the node itself when it is of no type that we know.
            pub(crate) fn read(fields: Fields) -> Result<Card, Fields> {
                match fields.kind() {
                    $(<$card>::TYPE => Ok(Card::$name(<$card>::read(fields))),)*
                    _ => Err(fields),
                }
            }

            pub(crate) fn fields(&self) -> Fields {
                match self { $(Card::$name(card) => card.fields(),)* }
            }

            pub(crate) fn print(&self, page: &mut Page<'_>) {
                match self { $(Card::$name(card) => card.print(page),)* }
            }

            pub(crate) fn texts(&self) -> Vec<(&'static str, String)> {
                match self { $(Card::$name(card) => card.texts(),)* }
            }

            pub(crate) fn pictures(&self) -> usize {
                match self { $(Card::$name(card) => card.pictures(),)* }
            }

            pub(crate) fn for_members_only(&self) -> bool {
                match self { $(Card::$name(card) => card.for_members_only(),)* }
            }
        }
    };
}

cards! {
    /// A picture with its caption.
    Image(Image),
    /// A piece of HTML.
    Html(HtmlCard),
    /// A horizontal rule.
    Rule(Rule),
    /// The end of the public part.
    Paywall(Paywall),
}
