//! The article: what a newsroom writes and readers read.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Access, Id, LeadPicture, SectionPath, Slug, limits};

crate::words! {
    /// An article of the magazine, or a static page such as “About”.
    Kind {
        /// Dated, in lists and feeds.
        Article = "article",
        /// Undated, on no list.
        Page = "page",
    }
}

crate::words! {
    /// How far an article has come.
    Status {
        /// Being written.
        Draft = "draft",
        /// Somebody else is reading it.
        InReview = "in review",
        /// It may go out.
        Ready = "ready",
        /// The clock will publish it.
        Scheduled = "scheduled",
        /// The public reads it.
        Published = "published",
        /// The public read it once; its address answers 410.
        Withdrawn = "withdrawn",
        /// It went out by mail alone; no page shows it.
        Sent = "sent",
    }
}

/// A headline: one line of text, never empty, at most [`limits::HEADLINE_CHARACTERS`] long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Headline(String);

/// Why a text is not a headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoHeadline {
    /// Nothing but space.
    #[error("it has no headline")]
    Empty,
    /// Over the limit.
    #[error("the headline has more than {} characters", limits::HEADLINE_CHARACTERS)]
    TooLong,
}

impl Headline {
    /// Reads a headline: trimmed, line breaks and control characters become spaces, nothing else changes.
    pub fn parse(text: &str) -> Result<Headline, NoHeadline> {
        // Control characters first: a headline of nothing else is none.
        let text = text.replace(|c: char| c.is_control(), " ").trim().to_owned();
        if text.is_empty() {
            Err(NoHeadline::Empty)
        } else if text.chars().count() > limits::HEADLINE_CHARACTERS {
            Err(NoHeadline::TooLong)
        } else {
            Ok(Headline(text))
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Headline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Headline {
    type Error = NoHeadline;
    fn try_from(text: String) -> Result<Headline, NoHeadline> {
        Headline::parse(&text)
    }
}

impl From<Headline> for String {
    fn from(headline: Headline) -> String {
        headline.0
    }
}

/// An article with everything that is its own. Corrections and acts stand
/// beside it; authors, tags and sections are named by their keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Its id, for ever.
    pub id: Id,
    /// Article or static page.
    pub kind: Kind,
    /// The headline.
    pub headline: Headline,
    /// The last part of its address.
    pub slug: Slug,
    /// The sentence under the headline.
    pub standfirst: Option<String>,
    /// The manuscript: Lexical JSON, verbatim.
    pub body: String,
    /// The department; none for pages and for articles moved in from Ghost.
    pub section: Option<SectionPath>,
    /// Tags by id, in order.
    pub tags: Vec<Id>,
    /// Authors by id, in order of the byline.
    pub authors: Vec<Id>,
    /// The picture above the text.
    pub lead_picture: Option<LeadPicture>,
    /// How far it has come.
    pub status: Status,
    /// Who may read the whole of it.
    pub access: Access,
    /// Marked for prominence.
    pub featured: bool,
    /// First written.
    pub created_at: Timestamp,
    /// Last changed.
    pub updated_at: Timestamp,
    /// Date of publication as readers see it; in the future while scheduled.
    pub published_at: Option<Timestamp>,
    /// When the public could first read it. Never moves: feeds and the news sitemap rely on it.
    pub first_published_at: Option<Timestamp>,
    /// Its address while it is, or was, public.
    pub path: Option<String>,
    /// Grows by one with each change; a writer states the version that it read.
    pub version: i64,
    /// Ghost's fields that we carry and show but have no rule about.
    #[serde(default)]
    pub extras: Extras,
}

impl Article {
    /// True while the public may read it.
    pub fn is_public(&self) -> bool {
        self.status == Status::Published
    }

    /// The sections on whose lists it stands, each once: its own with those around it, the innermost first, then those
    /// beside.
    pub fn sections(&self) -> Vec<SectionPath> {
        let lines = self.section.iter().chain(&self.extras.also_in).flat_map(|path| path.line().into_iter().rev());
        lines.fold(Vec::new(), |mut all, path| {
            if !all.contains(&path) {
                all.push(path);
            }
            all
        })
    }

    /// Whether the change since publication is worth a word to readers: more than a minute later.
    pub fn updated_on(&self) -> Option<Timestamp> {
        let published = self.published_at?;
        (self.updated_at.as_second() - published.as_second() > 60).then_some(self.updated_at)
    }
}

/// What an article may carry beside the words above: mostly what Ghost knows about a post. Every field is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)] // Ghost's names, Ghost's meaning
pub struct Extras {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uuid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment_id: Option<String>,
    /// Whether a static page shows its title and picture; it does where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_title_and_feature_image: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codeinjection_head: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codeinjection_foot: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_template: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canonical_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub og_image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub og_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub og_description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub twitter_image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub twitter_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub twitter_description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta_description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frontmatter: Option<String>,
    /// The id of the newsletter in which it went out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newsletter: Option<String>,
    /// To which of its members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_recipient_filter: Option<String>,
    /// Whether it is to go out by mail alone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub email_only: bool,
    /// Who may read it, in Ghost's filter language, where that says more than the words of access: kept for the way back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visibility: Option<String>,
    /// Sections whose lists it stands on beside those of its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also_in: Vec<SectionPath>,
    /// Its address was brought from elsewhere, and stays until slug, section or date are changed, whatever the pattern of
    /// addresses says.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub keeps_address: bool,
    /// Search engines are asked to leave it out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unlisted: bool,
    /// A recording that goes along in feeds, as podcasts do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enclosure: Option<Enclosure>,
}

/// A file that goes along with an article in feeds (RSS 2.0).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    /// Path or URL.
    pub url: String,
    /// In bytes; 0 where nobody knows.
    pub length: u64,
    /// `audio/mpeg`.
    pub mime: String,
}

impl Extras {
    /// Every field but the injected code.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        [
            &self.uuid,
            &self.custom_template,
            &self.canonical_url,
            &self.og_image,
            &self.og_title,
            &self.og_description,
            &self.twitter_image,
            &self.twitter_title,
            &self.twitter_description,
            &self.meta_title,
            &self.meta_description,
        ]
        .into_iter()
        .filter_map(|field| field.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_is_one_line_and_never_empty() {
        assert_eq!(Headline::parse("  War\nand peace ").unwrap().as_str(), "War and peace");
        assert_eq!(Headline::parse(" \n "), Err(NoHeadline::Empty));
        assert_eq!(Headline::parse("\u{1}"), Err(NoHeadline::Empty));
        assert_eq!(Headline::parse("\u{1} War \u{7f}").unwrap().as_str(), "War");
        assert_eq!(Headline::parse(&"x".repeat(256)), Err(NoHeadline::TooLong));
    }

    #[test]
    fn every_status_reads_back_from_its_word() {
        for status in Status::ALL {
            assert_eq!(Status::of(status.word()), Some(*status));
        }
    }
}
