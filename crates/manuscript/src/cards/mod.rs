//! The cards: blocks that are not running text.
//!
//! A new card is one file here, with its fields, its HTML, its texts and its tests, and one line in
//! [`cards!`].

mod audio;
mod bookmark;
mod button;
mod call_to_action;
mod callout;
mod code;
mod email;
mod email_button;
mod email_cta;
mod embed;
mod fenced;
mod file;
mod gallery;
mod header;
mod html;
mod image;
mod markdown;
mod panel;
mod paywall;
mod placeholder;
mod player;
mod product;
mod rule;
mod signup;
mod still;
mod style;
mod toggle;
mod transistor;
mod tweet;
mod video;
mod visibility;

pub use audio::Audio;
pub use bookmark::Bookmark;
pub use button::Button;
pub use call_to_action::CallToAction;
pub use callout::Callout;
pub use code::CodeBlock;
pub use email::EmailCard;
pub use email_cta::EmailCta;
pub use embed::Embed;
pub use file::File;
pub use gallery::{Gallery, GalleryImage};
pub use header::Header;
pub use html::HtmlCard;
pub use image::Image;
pub use markdown::Markdown;
pub use paywall::Paywall;
pub use product::Product;
pub use rule::Rule;
pub use signup::Signup;
pub use toggle::Toggle;
pub use transistor::Transistor;
pub use video::Video;

use std::borrow::Cow;

use self::visibility::Visibility;
use crate::fields::Fields;
use crate::page::{Page, Target};

/// What a card shows. Texts and pictures are those that a reader sees.
pub(crate) trait Shown {
    /// Prints the card for the web or a feed.
    fn print(&self, page: &mut Page<'_>);

    /// Prints the card for e-mail; as on the web unless it says otherwise.
    fn print_email(&self, page: &mut Page<'_>) {
        self.print(page);
    }

    /// The card's texts with the names of their fields, as plain text.
    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        Vec::new()
    }

    /// How many pictures it shows.
    fn pictures(&self) -> usize {
        0
    }

    /// Who may see it.
    fn visibility(&self) -> Visibility {
        Visibility::default()
    }

    /// HTML from elsewhere that the card prints, to be vouched for.
    fn foreign_html(&self) -> Option<&str> {
        None
    }
}

/// Declares a card: its type, and its fields with their names and what Ghost takes them for when they are
/// absent or empty, as JSON (`NODES.md` of the reference lists them; they are those that
/// `@tryghost/kg-default-nodes` 2.2.1 writes, in its order).
macro_rules! card {
    (
        $(#[$doc:meta])*
        $name:ident: $kind:literal { $($(#[$field_doc:meta])* $field:ident $key:literal: $type:ty = $default:literal,)* }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name<'a> {
            $($(#[$field_doc])* pub $field: $type,)*
            pub(crate) fields: $crate::fields::Fields<'a>,
        }

        impl<'a> $name<'a> {
            /// The node's `type`.
            #[allow(dead_code, reason = "a picture of a gallery is no node")]
            pub(crate) const TYPE: &'static str = $kind;

            /// A card as Ghost's editor starts it.
            pub fn blank() -> $name<'a> {
                $name::read($crate::fields::Fields::new(&[
                    ("type", concat!("\"", $kind, "\"")),
                    ("version", "1"),
                    $(($key, $default),)*
                ]))
            }

            /// Reads the card's own values out of the node.
            pub(crate) fn read(fields: $crate::fields::Fields<'a>) -> $name<'a> {
                $name { $($field: fields.read($key, $default),)* fields }
            }

            /// The node with the values put back.
            pub(crate) fn written(&self) -> $crate::fields::Fields<'a> {
                #[allow(unused_mut)]
                let mut fields = self.fields.clone();
                $(fields.put($key, $default, &self.$field);)*
                fields
            }
        }
    };
}
pub(crate) use card;

/// Makes the enum of all cards, and passes every call on to the card's own type.
macro_rules! cards {
    ($($(#[$doc:meta])* $name:ident($card:ident),)*) => {
        /// A block that is not running text.
        #[derive(Debug, Clone)]
        pub enum Card<'a> {
            $($(#[$doc])* $name($card<'a>),)*
        }

        impl<'a> Card<'a> {
            /// The card that a node holds; the node itself when it is of no type that we know.
            pub(crate) fn read(fields: Fields<'a>) -> Result<Card<'a>, Fields<'a>> {
                match &*fields.kind() {
                    $($card::TYPE => Ok(Card::$name($card::read(fields))),)*
                    _ => Err(fields),
                }
            }

            /// The node with the card's values put back.
            pub(crate) fn written(&self) -> Fields<'a> {
                match self { $(Card::$name(card) => card.written(),)* }
            }

            fn shown(&self) -> &dyn Shown {
                match self { $(Card::$name(card) => card,)* }
            }

            /// The node's type, as Ghost calls it.
            pub fn kind(&self) -> &'static str {
                match self { $(Card::$name(_) => $card::TYPE,)* }
            }
        }
    };
}

cards! {
    /// A picture with its caption.
    Image(Image),
    /// Several pictures.
    Gallery(Gallery),
    /// A film.
    Video(Video),
    /// A recording.
    Audio(Audio),
    /// A file to take away.
    File(File),
    /// Something from another site, shown in place.
    Embed(Embed),
    /// A link to a page, with what the page says of itself.
    Bookmark(Bookmark),
    /// A piece of HTML.
    Html(HtmlCard),
    /// A piece of Markdown.
    Markdown(Markdown),
    /// Program text.
    Code(CodeBlock),
    /// A horizontal rule.
    Rule(Rule),
    /// A box that stands out.
    Callout(Callout),
    /// A heading that opens a text.
    Toggle(Toggle),
    /// A link that looks like a button.
    Button(Button),
    /// A call to action.
    CallToAction(CallToAction),
    /// A product with its rating.
    Product(Product),
    /// A heading over the whole width.
    Header(Header),
    /// A form to sign up.
    Signup(Signup),
    /// A podcast player for members.
    Transistor(Transistor),
    /// A text that only stands in e-mail.
    Email(EmailCard),
    /// A call to action that only stands in e-mail.
    EmailCta(EmailCta),
    /// The end of the public part.
    Paywall(Paywall),
}

impl Card<'_> {
    pub(crate) fn print(&self, page: &mut Page<'_>) {
        let shown = self.shown();
        let visibility = shown.visibility();
        match page.target {
            Target::Web(_) | Target::Feed => page.gated_on_web(&visibility.web, |page| shown.print(page)),
            Target::Email(_) => page.gated_in_email(&visibility.email, |page| shown.print_email(page)),
        }
    }

    pub(crate) fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        self.shown().texts()
    }

    pub(crate) fn pictures(&self) -> usize {
        self.shown().pictures()
    }

    /// Whether every stranger sees it on the web.
    pub(crate) fn is_public(&self) -> bool {
        self.shown().visibility().web == visibility::Audience::Everybody
    }

    /// HTML from elsewhere that the card prints: what somebody vouches for with
    /// [`Trust::Cards`](crate::Trust::Cards).
    pub fn foreign_html(&self) -> Option<&str> {
        self.shown().foreign_html()
    }
}
