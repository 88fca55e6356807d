use super::{Shown, card};
use crate::page::Page;

card! {
    /// The end of the public part ([`Document::public_part`](crate::Document::public_part)).
    Paywall: "paywall" {}
}

impl Shown for Paywall<'_> {
    fn print(&self, page: &mut Page<'_>) {
        if !page.is_feed() {
            page.out.push_str("<!--members-only-->");
        }
    }
}
