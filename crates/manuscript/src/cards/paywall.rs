use super::CardKind;
use crate::fields::Fields;
use crate::web::Page;

/// The end of the public part ([`Document::public_part`](crate::Document::public_part)).
#[derive(Debug, Clone, PartialEq)]
pub struct Paywall {
    pub(crate) fields: Fields,
}

impl Paywall {
    pub(crate) fn new() -> Paywall {
        Paywall { fields: Fields::new([("type", "paywall".into()), ("version", 1.into())]) }
    }
}

impl CardKind for Paywall {
    const TYPE: &'static str = "paywall";

    fn read(fields: Fields) -> Paywall {
        Paywall { fields }
    }

    fn fields(&self) -> Fields {
        self.fields.clone()
    }

    fn print(&self, page: &mut Page<'_>) {
        if !page.is_feed() {
            page.out.push_str("<!--members-only-->");
        }
    }
}
