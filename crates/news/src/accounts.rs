//! Accounts elsewhere, of the magazine or of an author.

use serde::{Deserialize, Serialize};

/// Handles or addresses, as their owners write them. The names are the networks' own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)] // a network each
pub struct Accounts {
    pub facebook: Option<String>,
    pub twitter: Option<String>,
    pub threads: Option<String>,
    pub bluesky: Option<String>,
    pub mastodon: Option<String>,
    pub tiktok: Option<String>,
    pub youtube: Option<String>,
    pub instagram: Option<String>,
    pub linkedin: Option<String>,
}

impl Accounts {
    /// Each network's name with the account there, in the order in which they are shown.
    pub fn all(&self) -> [(&'static str, Option<&str>); 9] {
        [
            ("facebook", self.facebook.as_deref()),
            ("twitter", self.twitter.as_deref()),
            ("threads", self.threads.as_deref()),
            ("bluesky", self.bluesky.as_deref()),
            ("mastodon", self.mastodon.as_deref()),
            ("tiktok", self.tiktok.as_deref()),
            ("youtube", self.youtube.as_deref()),
            ("instagram", self.instagram.as_deref()),
            ("linkedin", self.linkedin.as_deref()),
        ]
    }
}
