//! The body of an article.
//!
//! A body is stored as the Lexical JSON that Ghost's editor writes, so that a Ghost client
//! can edit it. Here it becomes a [`Document`] and goes back to JSON without losing a node, a field
//! or a byte that nobody edited; HTML, feeds, plain text and a map of the text are derived from it.
//!
//! ```
//! use manuscript::{Block, Document, Web};
//!
//! let body = Document::new(vec![Block::heading(2, "The vote"), Block::paragraph("It was
//! close.")]); assert_eq!( body.html(&Web::default()), r#"<h2 id="the-vote">The vote</h2><p>It was
//! close.</p>"# ); let stored = body.to_json();
//! assert_eq!(Document::parse(&stored).unwrap().to_json(), stored);
//! ```
//!
//! Whatever a body holds, the HTML made of it runs no script: text is escaped, URLs are held
//! against a list of schemes, and HTML inside a card goes through a parser and an allow list
//! ([`Web::trusted_html`] is the one exception). To add a kind of card, write a file in `cards/`
//! and name it in the list there.

mod build;
mod cards;
mod diff;
mod document;
mod dom;
mod email;
mod escape;
mod feed;
mod fields;
mod format;
mod frame;
mod from_html;
mod from_mobiledoc;
mod from_text;
mod heading_id;
pub mod limits;
mod line;
mod markdown;
mod normal;
mod open_tag;
mod outbound;
mod page;
mod parse;
mod plain;
mod plaintext;
pub mod positions;
mod raw;
mod sanitise;
mod scan;
mod text_map;
mod url;
mod web;
mod write;

pub use cards::{
    Audio, Bookmark, Button, CallToAction, Callout, Card, CodeBlock, EmailCard, EmailCta, Embed, File, Gallery,
    GalleryImage, Header, HtmlCard, Image, Markdown, Paywall, Product, Rule, Signup, Toggle, Transistor, Video,
};
pub use diff::{Change, Diff, FieldChange, Style, Word, WordChange, diff};
pub use document::{Block, Document, Inline, Link, List, ListItem, ListKind, Text, TextBlock, TextKind, Unknown};
pub use email::Email;
pub use fields::{Fields, Json};
pub use format::Format;
pub use frame::FRAME_HOSTS;
pub use from_html::from_html;
pub use from_mobiledoc::from_mobiledoc;
pub use from_text::from_text;
pub use heading_id::heading_id;
pub use markdown::from_markdown;
pub use outbound::tag_outbound;
pub use parse::NoDocument;
pub use plain::{reading_time_minutes, reading_time_of_html};
pub use plaintext::plaintext_of_html;
pub use sanitise::inline_html;
pub use text_map::{Index, Place, Run, Segment, TextMap};
pub use web::{GatedCards, Trust, Web};
