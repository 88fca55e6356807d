//! Who sees a card.

use serde_json::Value;

use crate::escape::Quoted;
use crate::fields::Fields;
use crate::page::{Page, put};
use crate::web::GatedCards;

/// Who sees a card, on the web and in e-mail.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Visibility {
    pub(crate) web: Audience,
    pub(crate) email: Audience,
}

#[derive(Debug, Default, PartialEq)]
pub(crate) enum Audience {
    #[default]
    Everybody,
    /// Members of this segment (`status:-free`: those who pay).
    Members {
        segment: String,
    },
    Nobody,
}

/// The segment that is every member.
const ALL_MEMBERS: &str = "status:free,status:-free";

impl Visibility {
    /// Reads the field `visibility`, in the form that Ghost writes and in the one that it wrote before
    /// 2024.
    pub(crate) fn of(fields: &Fields<'_>) -> Visibility {
        let Some(json) = fields.json("visibility") else { return Visibility::default() };
        let visibility: Value = serde_json::from_str(json).unwrap_or_default();
        let segment = |place: &str| visibility[place]["memberSegment"].as_str().unwrap_or_default().to_owned();
        if visibility.get("web").is_none() && visibility.get("email").is_none() {
            let shown = |key: &str| match visibility.get(key) {
                Some(Value::Bool(false)) => Audience::Nobody,
                _ => Audience::Everybody,
            };
            return Visibility { web: shown("showOnWeb"), email: shown("showOnEmail") };
        }
        let web = match visibility["web"].get("nonMember") {
            Some(Value::Bool(false)) => Audience::of(segment("web")),
            _ => Audience::Everybody,
        };
        let email = match visibility.get("email") {
            Some(_) if segment("email") == ALL_MEMBERS => Audience::Everybody,
            Some(_) => Audience::of(segment("email")),
            None => Audience::Everybody,
        };
        Visibility { web, email }
    }
}

impl Audience {
    fn of(segment: String) -> Audience {
        if segment.is_empty() { Audience::Nobody } else { Audience::Members { segment } }
    }
}

impl Page<'_> {
    /// Prints what only some may see, between Ghost's marks, or not at all.
    pub(crate) fn gated_on_web(&mut self, audience: &Audience, print: impl FnOnce(&mut Self)) {
        match audience {
            Audience::Everybody => print(self),
            Audience::Members { segment } if self.gated_cards() == GatedCards::Marked => {
                // The segment ends up in a comment: nothing may end that early.
                let segment = segment.replace(['<', '>', '"'], "");
                put!(self, "\n<!--kg-gated-block:begin nonMember:false memberSegment:\"{segment}\" -->");
                print(self);
                self.out.push_str("<!--kg-gated-block:end-->\n");
            }
            Audience::Members { .. } | Audience::Nobody => {}
        }
    }

    /// The same in e-mail, which only members get.
    pub(crate) fn gated_in_email(&mut self, audience: &Audience, print: impl FnOnce(&mut Self)) {
        match audience {
            Audience::Everybody => print(self),
            Audience::Members { segment } if self.gated_cards() == GatedCards::Marked => {
                put!(self, "<div data-gh-segment=\"{}\" class=\"kg-visibility-wrapper\">", Quoted(segment));
                print(self);
                self.out.push_str("</div>");
            }
            Audience::Members { .. } | Audience::Nobody => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, GatedCards, Web};

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
}
