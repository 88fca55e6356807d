use std::borrow::Cow;

use super::{Shown, card, style};
use crate::dom;
use crate::escape::Escaped;
use crate::page::{Page, put};
use crate::sanitise;

card! {
    /// A box that stands out from the text around it.
    Callout: "callout" {
        /// HTML; only links and ways to set words are printed.
        callout_text "calloutText": Cow<'a, str> = "\"\"",
        /// The sign before the text; none for none.
        callout_emoji "calloutEmoji": Option<Cow<'a, str>> = r#""💡""#,
        /// A word for the colour, which the theme's style sheet knows: `grey`, `blue`, `accent`…
        background_color "backgroundColor": Cow<'a, str> = r#""blue""#,
    }
}

impl Shown for Callout<'_> {
    fn print(&self, page: &mut Page<'_>) {
        let text = sanitise::words(&self.callout_text, &page.urls);
        let emoji = self.callout_emoji.as_deref();
        if page.is_feed() {
            let (emoji, space) = emoji.map_or(("", ""), |emoji| (emoji, " "));
            return put!(page, "<p>{}{space}{text}</p>", Escaped(emoji));
        }
        let color = style::word(&self.background_color).unwrap_or("white");
        put!(page, r#"<div class="kg-card kg-callout-card kg-callout-card-{color}">"#);
        if let Some(emoji) = emoji {
            put!(page, r#"<div class="kg-callout-emoji">{}</div>"#, Escaped(emoji));
        }
        put!(page, r#"<div class="kg-callout-text">{text}</div></div>"#);
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        vec![("calloutText", dom::text(&self.callout_text))]
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Callout, Card, Document, Web};

    fn body(callout: Callout<'static>) -> Document<'static> {
        Document::new(vec![Block::card(Card::Callout(callout))])
    }

    #[test]
    fn nothing_in_it_runs() {
        let html = body(Callout {
            callout_text: "<p>a</p><script>b</script><a href=\"javascript:c\">c</a>".into(),
            callout_emoji: Some("<b>".into()),
            background_color: "red\" onclick=\"x".into(),
            ..Callout::blank()
        })
        .html(&Web::default());
        assert_eq!(
            html,
            r#"<div class="kg-card kg-callout-card kg-callout-card-white"><div class="kg-callout-emoji">&lt;b&gt;</div><div class="kg-callout-text">a<a>c</a></div></div>"#
        );
    }

    #[test]
    fn an_emoji_that_was_taken_away_stays_away() {
        let mut stored = body(Callout { callout_emoji: None, callout_text: "a".into(), ..Callout::blank() });
        assert_eq!(stored.feed_html(""), "<p>a</p>");
        stored.blocks_mut();
        let json = stored.to_json();
        assert!(json.contains(r#""calloutEmoji":"""#));
        assert_eq!(Document::parse(&json).unwrap().feed_html(""), "<p>a</p>");
        assert_eq!(body(Callout { callout_text: "a".into(), ..Callout::blank() }).feed_html(""), "<p>💡 a</p>");
    }
}
