use super::{Shown, card};
use crate::page::Page;

card! {
    /// A horizontal rule.
    Rule: "horizontalrule" {}
}

impl Shown for Rule<'_> {
    fn print(&self, page: &mut Page<'_>) {
        page.out.push_str("<hr>");
    }

    fn print_email(&self, page: &mut Page<'_>) {
        // Outlook draws no rules, so there a table does.
        page.out.push_str(
            "<table class=\"kg-card kg-hr-card\" role=\"presentation\" width=\"100%\" border=\"0\" cellpadding=\"0\" \
             cellspacing=\"0\"><tbody><tr><td><!--[if !mso]><!-- --><hr style=\"display: none;\"><!--<![endif]-->\
             <table class=\"kg-hr\" role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tbody><tr>\
             <td>&nbsp;</td></tr></tbody></table></td></tr></tbody></table>",
        );
    }
}
