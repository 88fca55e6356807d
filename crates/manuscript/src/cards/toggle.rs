use std::borrow::Cow;

use super::{Shown, card};
use crate::dom;
use crate::page::{Page, put};

card! {
    /// A heading that opens a text.
    Toggle: "toggle" {
        /// HTML; inline elements only are printed.
        heading "heading": Cow<'a, str> = "\"\"",
        /// What it opens, as HTML.
        content "content": Cow<'a, str> = "\"\"",
    }
}

impl Shown for Toggle<'_> {
    fn print(&self, page: &mut Page<'_>) {
        let heading = page.line_html(&self.heading);
        let content = page.foreign_html(&self.content);
        if page.is_feed() {
            put!(page, "<h4>{heading}</h4>{content}");
        } else if page.has_cards_script() {
            put!(
                page,
                r#"<div class="kg-card kg-toggle-card" data-kg-toggle-state="close">
            <div class="kg-toggle-heading">
                <h4 class="kg-toggle-heading-text">{heading}</h4>
                <button class="kg-toggle-card-icon" aria-label="Expand toggle to read content">
                    <svg id="Regular" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
                        <path class="cls-1" d="{ARROW}"></path>
                    </svg>
                </button>
            </div>
            <div class="kg-toggle-content">{content}</div>
        </div>"#
            );
        } else if heading.is_empty() {
            // With nothing to click on, the text is open.
            put!(page, r#"<div class="kg-card kg-toggle-card"><div class="kg-toggle-content">{content}</div></div>"#);
        } else {
            put!(
                page,
                r#"<details class="kg-card kg-toggle-card"><summary class="kg-toggle-heading"><h4 class="kg-toggle-heading-text">{heading}</h4></summary><div class="kg-toggle-content">{content}</div></details>"#
            );
        }
    }

    fn print_email(&self, page: &mut Page<'_>) {
        let heading = page.line_html(&self.heading);
        let content = page.foreign_html(&self.content);
        put!(
            page,
            r#"<table cellspacing="0" cellpadding="0" border="0" width="100%" class="kg-toggle-card"><tbody><tr><td class="kg-toggle-heading"><h4>{heading}</h4></td></tr><tr><td class="kg-toggle-content">{content}</td></tr></tbody></table>"#
        );
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        vec![("heading", dom::text(&self.heading)), ("content", dom::text(&self.content))]
    }
}

/// The arrow of Ghost's card (MIT).
const ARROW: &str = "M23.25,7.311,12.53,18.03a.749.749,0,0,1-1.06,0L.75,7.311";

#[cfg(test)]
mod tests {
    use crate::{Block, Card, Document, Toggle, Web};

    fn body(heading: &'static str, content: &'static str) -> Document<'static> {
        let toggle = Toggle { heading: heading.into(), content: content.into(), ..Toggle::blank() };
        Document::new(vec![Block::card(Card::Toggle(toggle))])
    }

    #[test]
    fn without_script_the_browser_opens_it() {
        assert_eq!(
            body("<p>More</p>", "<p>a</p><script>x</script>").html(&Web::default()),
            r#"<details class="kg-card kg-toggle-card"><summary class="kg-toggle-heading"><h4 class="kg-toggle-heading-text">More</h4></summary><div class="kg-toggle-content"><p>a</p></div></details>"#
        );
        assert_eq!(
            body("", "a").html(&Web::default()),
            r#"<div class="kg-card kg-toggle-card"><div class="kg-toggle-content">a</div></div>"#
        );
    }

    #[test]
    fn a_feed_gets_it_open() {
        assert_eq!(body("More", "<p>a</p>").feed_html(""), "<h4>More</h4><p>a</p>");
    }
}
