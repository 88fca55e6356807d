use std::borrow::Cow;

use super::{Shown, card};
use crate::dom;
use crate::escape::{Escaped, Quoted};
use crate::page::{Page, put};

card! {
    /// Program text.
    CodeBlock: "codeblock" {
        /// The program, verbatim.
        code "code": Cow<'a, str> = "\"\"",
        /// The name of its language; empty for none.
        language "language": Cow<'a, str> = "\"\"",
        /// HTML; inline elements only are printed.
        caption "caption": Cow<'a, str> = "\"\"",
    }
}

impl Shown for CodeBlock<'_> {
    fn print(&self, page: &mut Page<'_>) {
        if self.code.is_empty() {
            return;
        }
        let caption = page.line_html(&self.caption);
        if !caption.is_empty() {
            page.out.push_str(r#"<figure class="kg-card kg-code-card">"#);
        }
        page.out.push_str("<pre><code");
        if !self.language.is_empty() {
            put!(page, r#" class="language-{}""#, Quoted(&self.language));
        }
        put!(page, ">{}</code></pre>", Escaped(&self.code));
        if !caption.is_empty() {
            page.figcaption(&caption);
            page.out.push_str("</figure>");
        }
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        vec![("code", Cow::Borrowed(&self.code)), ("caption", dom::text(&self.caption))]
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Card, CodeBlock, Document, Web};

    #[test]
    fn a_program_is_shown_and_not_run() {
        let code = CodeBlock {
            code: "</code><script>x</script>".into(),
            language: "c++\" onclick=\"x".into(),
            ..CodeBlock::blank()
        };
        assert_eq!(
            Document::new(vec![Block::card(Card::Code(code))]).html(&Web::default()),
            "<pre><code class=\"language-c++&quot; onclick=&quot;x\">&lt;/code&gt;&lt;script&gt;x&lt;/script&gt;</code></pre>"
        );
    }
}
