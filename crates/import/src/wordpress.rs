//! A WordPress site, as it exports itself (WXR), in our words.
//!
//! Exports are walked over twice. The first walk ([`Survey`]) keeps what items refer to: files, writers, sections, menus.
//! The second makes an article of each post and page ([`Mapper`]), with what there is no room for beside it ([`Aside`]).
//! So memory grows with the names of a site, and not with its texts.

mod address;
mod article;
mod aside;
pub mod content;
mod menus;
mod names;
mod permalink;
pub mod php;
mod survey;
mod uploads;
pub mod wxr;
mod zone;

pub use address::Address;
pub use article::{Came, Mapper, Unresolved};
pub use aside::{Aside, comments, known, line_of, name_of, whole};
pub use menus::{Placed, Target};
pub use names::Names;
pub use survey::{Guest, Survey};
pub use uploads::{Library, Upload, decoded, mime_of, name_of as name_of_file, without_size};
