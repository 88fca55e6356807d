//! Markdown in and out.
//!
//! Three ways, one tree: [`html`](html::html) prints what Ghost's Markdown card prints,
//! [`from_markdown`] makes a document of an article that somebody wrote elsewhere, and
//! [`Document::markdown`](crate::Document::markdown) writes one out again.

#[cfg(test)]
mod hostile;
mod href;
mod html;
mod lazy_headings;
mod linkify;
mod parse;
mod read;
mod write;

pub(crate) use html::html;
pub use read::from_markdown;
