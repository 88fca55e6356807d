//! What a WordPress site exports (WXR): its posts, pages, pictures, comments and the rest, read piece by piece.

pub mod php;
pub mod wxr;
