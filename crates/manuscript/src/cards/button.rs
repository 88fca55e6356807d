use std::borrow::Cow;

use super::email_button::{EmailButton, Paint};
use super::{Shown, card, style};
use crate::escape::{Escaped, Quoted};
use crate::page::{Page, put};

card! {
    /// A link that looks like a button. Without an address it is not shown.
    Button: "button" {
        /// What stands on it, as plain text.
        button_text "buttonText": Cow<'a, str> = "\"\"",
        /// `center` or `left`.
        alignment "alignment": Cow<'a, str> = r#""center""#,
        /// Where it leads.
        button_url "buttonUrl": Cow<'a, str> = "\"\"",
    }
}

impl Shown for Button<'_> {
    fn print(&self, page: &mut Page<'_>) {
        let Some(url) = page.button_url(&self.button_url) else { return };
        if page.is_feed() {
            return put!(page, r#"<p><a href="{}">{}</a></p>"#, Quoted(&url), Escaped(self.label()));
        }
        put!(
            page,
            r#"<div class="kg-card kg-button-card kg-align-{}"><a href="{}" class="kg-btn kg-btn-accent">{}</a></div>"#,
            self.align(),
            Quoted(&url),
            Escaped(self.label()),
        );
    }

    fn print_email(&self, page: &mut Page<'_>) {
        let Some(url) = page.button_url(&self.button_url) else { return };
        page.out.push_str(
            r#"<table class="kg-card kg-button-card" border="0" cellpadding="0" cellspacing="0"><tbody><tr><td class="kg-card-spacing">"#,
        );
        let align = Some(self.align());
        page.email_button(&EmailButton { url: &url, label: self.label(), align, paint: Paint::Plain });
        page.out.push_str("</td></tr></tbody></table>");
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        vec![("buttonText", Cow::Borrowed(&self.button_text))]
    }
}

impl Button<'_> {
    fn label(&self) -> &str {
        // As Ghost: better a poor word than a link that nobody can see.
        if self.button_text.is_empty() { "Button Title" } else { &self.button_text }
    }

    fn align(&self) -> &str {
        style::word(&self.alignment).unwrap_or("center")
    }
}

impl Page<'_> {
    /// Where the button of a card leads; `None` when that is nowhere or not safe.
    pub(super) fn button_url<'u>(&self, stored: &'u str) -> Option<Cow<'u, str>> {
        self.urls.link(stored).filter(|url| !url.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Button, Card, Document, Web};

    fn body(text: &'static str, url: &'static str) -> Document<'static> {
        let button = Button { button_text: text.into(), button_url: url.into(), ..Button::blank() };
        Document::new(vec![Block::card(Card::Button(button))])
    }

    #[test]
    fn a_button_that_leads_nowhere_is_not_shown() {
        for url in ["", " ", "javascript:alert(1)"] {
            assert_eq!(body("Go", url).html(&Web::default()), "");
        }
    }

    #[test]
    fn its_text_is_no_html() {
        let html = body("<b>1</b>", "/a?\"b").html(&Web::default());
        assert!(html.contains(r#"<a href="/a?&quot;b" class="kg-btn kg-btn-accent">&lt;b&gt;1&lt;/b&gt;</a>"#));
    }

    #[test]
    fn a_feed_gets_a_link() {
        let feed = body("Go", "/a/").feed_html("https://example.org");
        assert_eq!(feed, r#"<p><a href="https://example.org/a/">Go</a></p>"#);
    }
}
