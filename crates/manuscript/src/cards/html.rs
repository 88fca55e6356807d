use serde_json::{Value, json};

use super::CardKind;
use crate::dom;
use crate::fields::Fields;
use crate::sanitise;
use crate::web::{GatedCards, Page};

/// A piece of HTML as somebody wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct HtmlCard {
    /// The HTML, verbatim. It is cleaned when it is printed, unless the page trusts it.
    pub html: String,
    pub(crate) fields: Fields,
}

impl HtmlCard {
    /// A card that everybody sees, on the web and in e-mail.
    pub fn new(html: impl Into<String>) -> HtmlCard {
        let all = "status:free,status:-free";
        let fields = Fields::new([
            ("type", "html".into()),
            ("version", 1.into()),
            ("html", "".into()),
            ("visibility", json!({"web": {"nonMember": true, "memberSegment": all}, "email": {"memberSegment": all}})),
        ]);
        HtmlCard { html: html.into(), fields }
    }

    fn seen_by(&self) -> SeenBy<'_> {
        let Some(visibility) = self.fields.get("visibility") else { return SeenBy::Everybody };
        let Some(web) = visibility.get("web") else {
            // The form that Ghost wrote before 2024.
            return match visibility.get("showOnWeb") {
                Some(Value::Bool(false)) => SeenBy::Nobody,
                _ => SeenBy::Everybody,
            };
        };
        let segment = web.get("memberSegment").and_then(Value::as_str).unwrap_or_default();
        match web.get("nonMember") {
            Some(Value::Bool(false)) if segment.is_empty() => SeenBy::Nobody,
            Some(Value::Bool(false)) => SeenBy::Members { segment },
            _ => SeenBy::Everybody,
        }
    }
}

/// Who sees a card on the web.
enum SeenBy<'a> {
    Everybody,
    Members { segment: &'a str },
    Nobody,
}

impl CardKind for HtmlCard {
    const TYPE: &'static str = "html";

    fn read(mut fields: Fields) -> HtmlCard {
        HtmlCard { html: fields.take_text("html"), fields }
    }

    fn fields(&self) -> Fields {
        let mut fields = self.fields.clone();
        fields.put_text("html", &self.html);
        fields
    }

    fn print(&self, page: &mut Page<'_>) {
        let segment = match self.seen_by() {
            SeenBy::Everybody => None,
            SeenBy::Members { segment } if page.gated_cards() == GatedCards::Marked => Some(segment),
            SeenBy::Members { .. } | SeenBy::Nobody => return,
        };
        let html = if page.trusts_html() {
            self.html.replace("__GHOST_URL__", page.urls.site())
        } else {
            sanitise::card(&self.html, &page.urls)
        };
        if page.is_feed() {
            page.out.push_str(&html);
            return;
        }
        if let Some(segment) = segment {
            // The segment ends up in a comment: nothing may end that early.
            let segment = segment.replace(['<', '>', '"'], "");
            let begin = format!("\n<!--kg-gated-block:begin nonMember:false memberSegment:\"{segment}\" -->");
            page.out.push_str(&begin);
        }
        page.out.push_str("\n<!--kg-card-begin: html-->\n");
        page.out.push_str(&html);
        page.out.push_str("\n<!--kg-card-end: html-->\n");
        if segment.is_some() {
            page.out.push_str("<!--kg-gated-block:end-->\n");
        }
    }

    fn texts(&self) -> Vec<(&'static str, String)> {
        vec![("html", dom::text(&self.html))]
    }

    fn for_members_only(&self) -> bool {
        !matches!(self.seen_by(), SeenBy::Everybody)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Document, GatedCards, Web};

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
        let trusting = Web { trusted_html: true, ..Web::default() };
        assert_eq!(print(html, &trusting), format!("\n<!--kg-card-begin: html-->\n{html}\n<!--kg-card-end: html-->\n"));
    }

    #[test]
    fn a_card_for_members_is_left_out_unless_the_caller_asks_for_ghosts_marks() {
        let body = r#"{"root":{"type":"root","children":[{"type":"html","html":"<p>m</p>",
            "visibility":{"web":{"nonMember":false,"memberSegment":"status:-free--><b>"}}}]}}"#;
        let body = Document::parse(body).unwrap();
        assert_eq!(body.html(&Web::default()), "");
        assert_eq!(body.plain_text(), "");
        let marked = body.html(&Web { gated_cards: GatedCards::Marked, ..Web::default() });
        assert!(marked.starts_with("\n<!--kg-gated-block:begin nonMember:false memberSegment:\"status:-free--b\" -->"));
    }

    #[test]
    fn an_embedded_page_becomes_a_link_to_it() {
        assert!(print(r#"<iframe src="https://www.example.org/v?a=1&b=2"></iframe>"#, &Web::default()).contains(
            "<figure class=\"kg-card kg-embed-card\"><a href=\"https://www.example.org/v?a=1&amp;b=2\" \
             rel=\"noopener nofollow\">View the embedded content at www.example.org</a></figure>"
        ));
    }
}
