use std::borrow::Cow;

use super::{Shown, card};
use crate::dom;
use crate::markdown;
use crate::page::Page;
use crate::sanitise;

card! {
    /// A piece of Markdown.
    Markdown: "markdown" {
        /// The Markdown, verbatim. HTML in it is cleaned when it is printed, unless the page trusts it.
        markdown "markdown": Cow<'a, str> = "\"\"",
    }
}

impl Shown for Markdown<'_> {
    fn print(&self, page: &mut Page<'_>) {
        let Some(html) = self.html() else { return };
        if page.trusts(&self.markdown) {
            page.out.push_str(&html.replace("__GHOST_URL__", page.urls.site()));
        } else {
            let html = sanitise::card(&html, &page.urls, page.opens_frames());
            page.out.push_str(&html);
        }
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        let html = self.html().unwrap_or_default();
        vec![("markdown", Cow::Owned(dom::text(&html).into_owned()))]
    }

    fn foreign_html(&self) -> Option<&str> {
        Some(&self.markdown)
    }
}

impl Markdown<'_> {
    /// Nothing for Markdown beyond the limits.
    fn html(&self) -> Option<String> {
        markdown::html(&self.markdown).ok()
    }
}

#[cfg(test)]
mod tests {
    use crate::{Card, Document, Markdown, Web};

    #[test]
    fn html_in_markdown_is_cleaned() {
        let card =
            Markdown { markdown: "*a* <b onclick=x()>b</b>\n\n<script>x()</script>".into(), ..Markdown::blank() };
        let body = Document::new(vec![crate::Block::card(Card::Markdown(card))]);
        assert_eq!(body.html(&Web::default()), "<p><em>a</em> <b>b</b></p>\n");
        assert_eq!(body.text_map().segments[0].text, "a b");
    }
}
