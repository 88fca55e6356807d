use std::borrow::Cow;

use super::placeholder;
use super::visibility::{Audience, Visibility};
use super::{Shown, card, style};
use crate::dom;
use crate::escape::{Escaped, Quoted};
use crate::page::{Page, put};
use crate::web::GatedCards;

card! {
    /// A call to action that only stands in e-mail, for one segment of the members. Ghost's editor no
    /// longer makes it.
    EmailCta: "email-cta" {
        /// `left` or `center`.
        alignment "alignment": Cow<'a, str> = r#""left""#,
        /// What stands on the button, as plain text.
        button_text "buttonText": Cow<'a, str> = "\"\"",
        /// Where the button leads.
        button_url "buttonUrl": Cow<'a, str> = "\"\"",
        /// The text as HTML. `{first_name, "there"}` stands for what the mailer fills in.
        html "html": Cow<'a, str> = "\"\"",
        /// Who gets it: `status:free`, or `status:-free` for those who pay.
        segment "segment": Cow<'a, str> = r#""status:free""#,
        /// Whether there is a button.
        show_button "showButton": bool = "false",
        /// Whether a rule stands above and below.
        show_dividers "showDividers": bool = "true",
    }
}

impl Shown for EmailCta<'_> {
    fn print(&self, _: &mut Page<'_>) {}

    fn print_email(&self, page: &mut Page<'_>) {
        // The mark for its segment is its own element, so it is printed here and not around it.
        if page.gated_cards() == GatedCards::LeftOut {
            return;
        }
        let html = page.foreign_html(&placeholder::marked(&self.html));
        let label = placeholder::marked(&self.button_text);
        let url = placeholder::marked(&self.button_url);
        let url = page.button_url(&url).filter(|_| self.show_button && !label.is_empty());
        if html.is_empty() && url.is_none() {
            return;
        }
        let align = style::word(&self.alignment).unwrap_or("left");
        let rule = if self.show_dividers { "<hr>" } else { "" };
        put!(page, r#"<div data-gh-segment="{}""#, Quoted(&self.segment));
        if align != "left" {
            put!(page, r#" class="align-{align}""#);
        }
        put!(page, ">{rule}{html}");
        if let Some(url) = url {
            put!(
                page,
                r#"<div class="btn btn-accent"><table border="0" cellspacing="0" cellpadding="0" align="{align}"><tbody><tr><td align="center"><a href="{}">{}</a></td></tr></tbody></table></div><p></p>"#,
                Quoted(&url),
                Escaped(&label),
            );
        }
        put!(page, "{rule}</div>");
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        let mut texts = vec![("html", dom::text(&self.html))];
        if self.show_button {
            texts.push(("buttonText", Cow::Borrowed(&self.button_text)));
        }
        texts
    }

    fn visibility(&self) -> Visibility {
        Visibility { web: Audience::Nobody, email: Audience::Everybody }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Card, Document, Email, EmailCta, GatedCards, Web};

    #[test]
    fn only_a_mailer_that_knows_the_segments_gets_it() {
        let card = EmailCta {
            html: "<p>a</p>".into(),
            button_text: "Go".into(),
            button_url: "javascript:x".into(),
            show_button: true,
            segment: "\"><b>".into(),
            ..EmailCta::blank()
        };
        let body = Document::new(vec![Block::card(Card::EmailCta(card))]);
        assert_eq!(body.html(&Web::default()), "");
        assert_eq!(body.email_html(&Email::default()), "");
        let marked = Email { gated_cards: GatedCards::Marked, ..Email::default() };
        assert_eq!(body.email_html(&marked), r#"<div data-gh-segment="&quot;><b>"><hr><p>a</p><hr></div>"#);
    }
}
