use super::CardKind;
use crate::fields::Fields;
use crate::web::Page;

/// A horizontal rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub(crate) fields: Fields,
}

impl Rule {
    pub(crate) fn new() -> Rule {
        Rule { fields: Fields::new([("type", "horizontalrule".into()), ("version", 1.into())]) }
    }
}

impl CardKind for Rule {
    const TYPE: &'static str = "horizontalrule";

    fn read(fields: Fields) -> Rule {
        Rule { fields }
    }

    fn fields(&self) -> Fields {
        self.fields.clone()
    }

    fn print(&self, page: &mut Page<'_>) {
        page.out.push_str("<hr>");
    }
}
