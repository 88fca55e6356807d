use std::borrow::Cow;

use super::placeholder;
use super::visibility::{Audience, Visibility};
use super::{Shown, card};
use crate::dom;
use crate::page::Page;

card! {
    /// A text that only stands in e-mail.
    EmailCard: "email" {
        /// The text as HTML. `{first_name, "there"}` stands for what the mailer fills in.
        html "html": Cow<'a, str> = "\"\"",
    }
}

impl Shown for EmailCard<'_> {
    fn print(&self, _: &mut Page<'_>) {}

    fn print_email(&self, page: &mut Page<'_>) {
        let html = page.foreign_html(&placeholder::marked(&self.html));
        page.out.push_str(&html);
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        vec![("html", dom::text(&self.html))]
    }

    fn visibility(&self) -> Visibility {
        Visibility { web: Audience::Nobody, email: Audience::Everybody }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Card, Document, Email, EmailCard, Web};

    #[test]
    fn it_stands_in_the_mail_only_and_runs_nothing() {
        let card = EmailCard {
            html: "<p title=\"<code x=\">\"<i title=\"{a}</code><img src=x onerror=x>\">Hi {name}</i></p>".into(),
            ..EmailCard::blank()
        };
        let body = Document::new(vec![Block::card(Card::Email(card))]);
        assert_eq!(body.html(&Web::default()), "");
        assert_eq!(body.feed_html(""), "");
        assert_eq!(body.plain_text(), "");
        let mail = body.email_html(&Email::default());
        assert!(mail.contains("Hi %%{name}%%") && !mail.contains("onerror=x>\">"), "{mail}");
    }
}
