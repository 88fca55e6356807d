//! Ghost's APIs: the Content API for those who read, and the Admin API for those who write.
//! Ghost's words (post, lexical, visibility) stay in this folder.

mod admin;
mod asked;
mod content;
mod error;
pub mod filter;
mod shape;
pub mod told;

pub use admin::{admin, document as admin_document};
pub use content::{content, document as content_document};

/// The version that clients are told.
pub const VERSION: &str = "v6.65";
