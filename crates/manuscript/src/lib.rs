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
mod document;
mod dom;
mod escape;
mod feed;
mod fields;
mod format;
mod from_html;
mod heading_id;
pub mod limits;
mod line;
mod open_tag;
mod parse;
mod plain;
pub mod positions;
mod sanitise;
mod text_map;
mod url;
mod web;
mod write;

pub use cards::{Card, HtmlCard, Image, Paywall, Rule};
pub use document::{Block, Document, Inline, Link, List, ListItem, ListKind, Text, TextBlock, TextKind, Unknown};
pub use fields::Fields;
pub use format::Format;
pub use from_html::from_html;
pub use heading_id::heading_id;
pub use parse::NoDocument;
pub use plain::reading_time_minutes;
pub use sanitise::inline_html;
pub use text_map::{Place, Run, Segment, TextMap};
pub use web::{GatedCards, Web};
