//! How a page wants the body.

use std::collections::HashSet;

use crate::document::Document;
use crate::page::{Page, Target};

/// How a page wants the body.
///
/// The default is a page with relative URLs, Ghost's picture widths, no script and no trust in
/// anybody's HTML.
#[derive(Debug, Clone, PartialEq)]
pub struct Web {
    /// The site's address, `https://example.org`, or empty for relative URLs. It replaces
    /// `__GHOST_URL__`, and tells which absolute picture URLs are the site's own.
    pub site_url: String,
    /// Widths in pixels in which the site serves its pictures (`/content/images/size/w600/…`); none
    /// for no `srcset`.
    pub image_widths: Vec<u32>,
    /// The largest width in pixels that is printed for one of the site's pictures.
    pub max_width: u32,
    /// Whose cards are printed verbatim, scripts and all.
    pub trust: Trust,
    /// What becomes of cards for members only.
    pub gated_cards: GatedCards,
    /// Whether the page brings Ghost's script for cards. With it, players and toggles are printed as
    /// Ghost prints them; without, as elements that work by themselves.
    pub cards_script: bool,
    /// Ghost's name for the site, which some cards hand to their service; may be empty.
    pub site_uuid: String,
}

/// Which cards with foreign HTML (the `html`, `embed` and `markdown` cards) are printed verbatim. A
/// contributor can write such cards, so nobody's is trusted unless an owner or editor vouched for it.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Trust {
    /// Every card goes through the parser and the allow list.
    #[default]
    Nobody,
    /// Every card is printed as it is: for exports, and for bodies that only owners can write.
    Everybody,
    /// The cards whose source ([`Card::foreign_html`](crate::Card::foreign_html)) is among these. A card
    /// that was changed since is another one.
    Cards(HashSet<String>),
}

impl Trust {
    pub(crate) fn covers(&self, html: &str) -> bool {
        match self {
            Trust::Nobody => false,
            Trust::Everybody => true,
            Trust::Cards(trusted) => trusted.contains(html),
        }
    }
}

/// What becomes of cards for members only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatedCards {
    /// They are not printed: right for whatever a stranger may see.
    LeftOut,
    /// They are printed between Ghost's marks (`kg-gated-block` comments, in e-mail
    /// `data-gh-segment`), for a caller that then takes out what its reader may not see.
    Marked,
}

impl Default for Web {
    fn default() -> Web {
        Web {
            site_url: String::new(),
            image_widths: vec![600, 1000, 1600, 2400],
            max_width: 2000,
            trust: Trust::Nobody,
            gated_cards: GatedCards::LeftOut,
            cards_script: false,
            site_uuid: String::new(),
        }
    }
}

impl Document<'_> {
    /// The body as HTML for the article's page.
    pub fn html(&self, web: &Web) -> String {
        Page::new(Target::Web(web), &web.site_url).document(self)
    }
}
