//! The lead picture of an article, with its rights.

use serde::{Deserialize, Serialize};

use crate::Credit;

/// The picture above the text, or the credit of one whose file is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadPicture {
    /// Address: `/content/images/…` for our own, a full URL for a foreign one.
    /// `None` when only the credit is known.
    pub src: Option<String>,
    /// Width in pixels, when known.
    pub width: Option<u32>,
    /// Height in pixels, when known.
    pub height: Option<u32>,
    /// What it shows, for readers who do not see it.
    pub alt: Option<String>,
    /// What is said about it, as plain text.
    pub caption: Option<String>,
    /// Caption as HTML from Ghost's `feature_image_caption`, kept verbatim.
    pub caption_html: Option<String>,
    /// Who made it, who holds the rights, under which licence.
    pub credit: Option<Credit>,
}

impl LeadPicture {
    /// True when there is neither a file nor a word about it.
    pub fn is_empty(&self) -> bool {
        *self == LeadPicture::default()
    }
}
