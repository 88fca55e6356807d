//! What was left out.

use std::fmt;

use memchr::memmem;

use super::fault::Fault;
use super::words::plain;

/// Most bytes in which the title of what is skipped is looked for.
const NEAR: usize = 64 << 10;

/// What was not read, and why. Its `Display` is a sentence for whoever exported the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The element: `item`, or an entry of the channel such as `wp:author`.
    pub what: String,
    /// The title of an item, if that could be read; at most 200 characters.
    pub title: Option<String>,
    /// Where it begins in the file, in bytes.
    pub offset: u64,
    /// Why.
    pub why: Fault,
}

impl Skipped {
    /// `bytes` are what is there of it.
    pub(super) fn of(what: String, offset: u64, why: Fault, bytes: &[u8]) -> Skipped {
        let title = if what == "item" { title(&bytes[..bytes.len().min(NEAR)]) } else { None };
        Skipped { what, title, offset, why }
    }
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.what)?;
        if let Some(title) = &self.title {
            write!(f, " “{title}”")?;
        }
        write!(f, " at byte {}: {}", self.offset, self.why)
    }
}

/// The title that stands near the beginning of an item that cannot be read.
fn title(near: &[u8]) -> Option<String> {
    let start = memmem::find(near, b"<title>")? + "<title>".len();
    let rest = &near[start..];
    let text = String::from_utf8_lossy(&rest[..memmem::find(rest, b"</title>")?]);
    let text = text.trim();
    let text = text.strip_prefix("<![CDATA[").and_then(|text| text.strip_suffix("]]>")).unwrap_or(text);
    let text: String = plain(text).chars().map(|mark| if mark.is_control() { ' ' } else { mark }).take(200).collect();
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}
