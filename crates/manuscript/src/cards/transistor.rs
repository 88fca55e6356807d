use std::borrow::Cow;

use super::visibility::{Audience, Visibility};
use super::{Shown, card};
use crate::escape::Quoted;
use crate::fields::Json;
use crate::page::{Page, Target, put};

card! {
    /// The player of a member's own podcasts at Transistor, a service. Which member is the caller's to
    /// say: `{uuid}` stands in the addresses.
    Transistor: "transistor" {
        /// A colour for the player. Ghost stores it and does not print it.
        accent_color "accentColor": Cow<'a, str> = "\"\"",
        /// A colour for what is behind the player. Ghost stores it and does not print it.
        background_color "backgroundColor": Cow<'a, str> = "\"\"",
        /// Who sees it, in Ghost's words.
        visibility "visibility": Json<'a> = r#"{"web":{"nonMember":false,"memberSegment":"status:free,status:-free"},"email":{"memberSegment":"status:free,status:-free"}}"#,
    }
}

/// Where the service has its pages for Ghost's members.
const SERVICE: &str = "https://partner.transistor.fm/ghost";

impl Shown for Transistor<'_> {
    fn print(&self, page: &mut Page<'_>) {
        // A feed has no member to show a player to.
        let Target::Web(web) = page.target else { return };
        let uuid = Quoted(&web.site_uuid);
        if page.has_cards_script() {
            put!(
                page,
                r#"<iframe width="100%" height="370" frameborder="no" scrolling="no" seamless="" title="Transistor podcasts" data-src="{SERVICE}/embed/%7Buuid%7D?ctx={uuid}" data-kg-transistor-embed=""></iframe><noscript><iframe width="100%" height="370" frameborder="no" scrolling="no" seamless="" src="{SERVICE}/embed/%7Buuid%7D?ctx={uuid}"></iframe></noscript>"#
            );
        } else {
            put!(
                page,
                r#"<p class="kg-card kg-transistor-card"><a href="{SERVICE}/embed/%7Buuid%7D?ctx={uuid}" rel="noopener nofollow">Listen to your podcasts</a></p>"#
            );
        }
    }

    fn print_email(&self, page: &mut Page<'_>) {
        let Target::Email(email) = page.target else { return };
        put!(
            page,
            r#"<table class="kg-card kg-transistor-card" cellspacing="0" cellpadding="0" border="0" width="100%"><tbody><tr><td style="padding: 24px; text-align: center;"><table cellspacing="0" cellpadding="0" border="0" width="100%" style="text-align: center;"><tbody><tr><td style="text-align: center; padding-bottom: 12px;"><a href="{SERVICE}/%%{{uuid}}%%" style="display: inline-block; width: 72px; height: 72px; padding-top: 4px; padding-right: 4px; padding-bottom: 4px; padding-left: 4px; border-radius: 8px; background-color: #15171A"><img src="{}transistor-logo-ondark.png" width="40" height="40" alt="Transistor" style="width: 40px; height: 40px; padding: 16px;"></a></td></tr><tr><td style="text-align: center;"><a href="{SERVICE}/%%{{uuid}}%%" class="kg-transistor-title"> Listen to your podcasts </a><a href="{SERVICE}/%%{{uuid}}%%" class="kg-transistor-description"> Subscribe and listen to your personal podcast feed in your favorite app. </a></td></tr></tbody></table></td></tr></tbody></table>"#,
            Quoted(&email.icons_url),
        );
    }

    fn visibility(&self) -> Visibility {
        // Unlike other cards it is for members when it does not say for whom.
        match self.fields.json("visibility") {
            None | Some("null") => {
                let segment = "status:free,status:-free".to_owned();
                Visibility { web: Audience::Members { segment }, email: Audience::Everybody }
            }
            Some(_) => Visibility::of(&self.fields),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Card, Document, GatedCards, Transistor, Web};

    #[test]
    fn only_members_see_it_and_without_script_it_is_a_link() {
        let body = Document::new(vec![Block::card(Card::Transistor(Transistor::blank()))]);
        assert_eq!(body.html(&Web::default()), "");
        assert_eq!(body.feed_html(""), "");
        let silent = r#"{"root":{"type":"root","children":[{"type":"transistor"}]}}"#;
        assert_eq!(Document::parse(silent).unwrap().html(&Web::default()), "");
        let html = body.html(&Web { gated_cards: GatedCards::Marked, site_uuid: "a\"b".into(), ..Web::default() });
        assert!(html.contains(
            r#"<p class="kg-card kg-transistor-card"><a href="https://partner.transistor.fm/ghost/embed/%7Buuid%7D?ctx=a&quot;b" rel="noopener nofollow">Listen to your podcasts</a></p>"#
        ));
    }
}
