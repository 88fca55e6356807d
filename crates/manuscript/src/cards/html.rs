use std::borrow::Cow;

use super::visibility::Visibility;
use super::{Shown, card};
use crate::dom;
use crate::fields::Json;
use crate::page::Page;

card! {
    /// A piece of HTML as somebody wrote it.
    HtmlCard: "html" {
        /// The HTML, verbatim. It is cleaned when it is printed, unless the page trusts it.
        html "html": Cow<'a, str> = "\"\"",
        /// Who sees it, in Ghost's words.
        visibility "visibility": Json<'a> = r#"{"web":{"nonMember":true,"memberSegment":"status:free,status:-free"},"email":{"memberSegment":"status:free,status:-free"}}"#,
    }
}

impl Shown for HtmlCard<'_> {
    fn print(&self, page: &mut Page<'_>) {
        let html = page.foreign_html(&self.html);
        if page.is_feed() {
            return page.out.push_str(&html);
        }
        page.out.push_str("\n<!--kg-card-begin: html-->\n");
        page.out.push_str(&html);
        page.out.push_str("\n<!--kg-card-end: html-->\n");
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        vec![("html", dom::text(&self.html))]
    }

    fn visibility(&self) -> Visibility {
        Visibility::of(&self.fields)
    }

    fn foreign_html(&self) -> Option<&str> {
        Some(&self.html)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Document, Trust, Web};

    fn print(html: &str, web: &Web) -> String {
        Document::new(vec![Block::html(html)]).html(web)
    }

    #[test]
    fn an_untrusted_card_is_cleaned_and_a_trusted_one_is_not_touched() {
        let html = r#"<p onclick="x()">Hello<script>x()</script>"#;
        assert_eq!(
            print(html, &Web::default()),
            "\n<!--kg-card-begin: html-->\n<p>Hello</p>\n<!--kg-card-end: html-->\n"
        );
        let trusting = Web { trust: Trust::Everybody, ..Web::default() };
        assert_eq!(print(html, &trusting), format!("\n<!--kg-card-begin: html-->\n{html}\n<!--kg-card-end: html-->\n"));
    }

    #[test]
    fn an_embedded_page_becomes_a_link_to_it() {
        assert!(print(r#"<iframe src="https://www.example.org/v?a=1&b=2"></iframe>"#, &Web::default()).contains(
            "<figure class=\"kg-card kg-embed-card\"><p class=\"kg-embed-link\"><a href=\"https://www.example.org/v?a=1&amp;b=2\" \
             rel=\"noopener nofollow\">View this at www.example.org</a></p></figure>"
        ));
    }
}
