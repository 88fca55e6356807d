//! What a WordPress site exports (WXR): its posts, pages, pictures, comments and the rest, read piece by piece; and what is
//! written in a post, made into a manuscript.

pub mod content;
pub mod php;
pub mod wxr;
