use crate::document::Document;
use crate::page::{Page, Target};
use crate::web::{GatedCards, Trust};

/// How a newsletter wants the body.
///
/// The markup is Ghost's (tables, and comments that only Outlook reads), without its style sheet:
/// that is the mail template's.
#[derive(Debug, Clone, PartialEq)]
pub struct Email {
    /// The site's address, `https://example.org`. Every URL in a mail is absolute.
    pub site_url: String,
    /// The article's own address: where players lead, which no mail program runs.
    pub article_url: String,
    /// Where the few pictures that cards need are, with a slash at the end: `star-rating-3.png`,
    /// `audio-file-icon.png`, `twitter-logo-small.png`,
    /// `download-icon-darkmode.png`, and transparent ones, `spacer-150x450.png`, of any
    /// height.
    pub icons_url: String,
    /// Widths in pixels in which the site serves its pictures.
    pub image_widths: Vec<u32>,
    /// Whose cards are printed verbatim.
    pub trust: Trust,
    /// What becomes of cards for some of the members only.
    pub gated_cards: GatedCards,
}

impl Default for Email {
    fn default() -> Email {
        Email {
            site_url: String::new(),
            article_url: String::new(),
            icons_url: "/public/mail/".to_owned(),
            image_widths: vec![600, 1000, 1600, 2400],
            trust: Trust::Nobody,
            gated_cards: GatedCards::LeftOut,
        }
    }
}

impl Document<'_> {
    /// The body as HTML for a newsletter. It holds what every member may read: leave out what stands
    /// behind a paywall with [`public_part`](Document::public_part).
    pub fn email_html(&self, email: &Email) -> String {
        Page::new(Target::Email(email), &email.site_url).document(self)
    }
}
