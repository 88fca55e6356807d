//! Pictures: what a file is, its pixels in the sizes that pages need, and the rights it carries.
//!
//! Every byte that comes in is foreign. [`probe`] reads headers only and refuses what is too large
//! before a pixel is decoded; [`decode`] works within [`limits::MAX_MEMORY`]; [`rights`] reads
//! IPTC, XMP and Exif with limits of its own and never fails: metadata that cannot be read is no
//! metadata. Nothing here panics on any input.
//!
//! A derivative is encoded anew from its pixels, so it carries no camera data and no place. What it
//! must carry, its rights, [`write_rights`] puts back.

mod exif;
mod facts;
mod format;
mod iptc;
pub mod limits;
mod packets;
mod pixels;
mod rights;
mod xmp;

pub use facts::{Facts, NotAPicture, probe};
pub use format::Format;
pub use pixels::{NotEncoded, Picture, decode};
pub use rights::{Rights, rights, write_rights};

#[cfg(test)]
mod samples;
