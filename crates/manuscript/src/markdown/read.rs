//! An article written in Markdown.

use comrak::Arena;
use comrak::nodes::NodeValue;

use super::html::{Printer, is_note};
use super::parse::{Dialect, normal, parse};
use crate::document::{Block, Document};
use crate::from_html::from_html;
use crate::parse::NoDocument;

/// Around a table: a card that our editor shows as a table, and in it a region that a keyboard can
/// scroll.
pub(super) const TABLE_BEGIN: &str =
    "<!--kg-card-begin: html-->\n<!--masthead:table--><div role=\"region\" tabindex=\"0\" aria-label=\"Table\">";
pub(super) const TABLE_END: &str = "</div>\n<!--kg-card-end: html-->\n";

/// In front of the notes' HTML.
const FOOTNOTES: &str = "<!--masthead:footnotes-->";

/// Makes a document of an article in Markdown.
///
/// That is CommonMark with the tables, struck text and bare addresses of GitHub's Markdown, and
/// `[^1]` notes. A block of settings between two lines of `---` at the top is passed over. A line end
/// inside a paragraph is a space. HTML in it is read as by [`from_html`].
///
/// Tables become HTML cards that begin with `<!--masthead:table-->`. Notes become one card at the
/// end that begins with `<!--masthead:footnotes-->`; what refers to them becomes a link to `#fn1`,
/// and they link back to `#fnref1`.
///
/// Fails when the Markdown, or the document made of it, is beyond the [limits](crate::limits).
pub fn from_markdown(markdown: &str) -> Result<Document<'static>, NoDocument> {
    let markdown = normal(markdown.trim_start_matches('\u{feff}'));
    let arena = Arena::new();
    let root = parse(&arena, &markdown, Dialect::Article)?;
    let mut printer = Printer::new(Dialect::Article, &markdown);
    let mut blocks = Vec::new();
    for block in root.children().filter(|block| !is_note(block)) {
        if let NodeValue::CodeBlock(code) = &block.data().value {
            blocks.extend(read_html(&mut printer)?);
            let text = code.literal.strip_suffix('\n').unwrap_or(&code.literal);
            blocks.push(Block::code(language(&code.info).to_owned(), text.to_owned()));
        } else {
            printer.block(block);
        }
    }
    blocks.extend(read_html(&mut printer)?);
    printer.note_list(root);
    if !printer.out.is_empty() {
        blocks.push(Block::html(format!("{FOOTNOTES}{}", printer.out.trim_end())));
    }
    let document = Document::new(blocks);
    // One set of limits for all that is stored.
    Document::parse(&document.to_json())?;
    Ok(document)
}

/// The blocks of what has been printed so far.
fn read_html(printer: &mut Printer<'_>) -> Result<Vec<Block<'static>>, NoDocument> {
    Ok(from_html(&std::mem::take(&mut printer.out))?.into_blocks())
}

/// The language of a block of code: the first word beside the fence.
pub(super) fn language(info: &str) -> &str {
    info.split_ascii_whitespace().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::from_markdown;
    use crate::{Block, Card, Document, Web};

    fn check(markdown: &str, html: &str) {
        let web = Web { trust: crate::Trust::Everybody, ..Web::default() };
        assert_eq!(from_markdown(markdown).unwrap().html(&web), html);
    }

    fn card(document: &Document<'_>, at: usize) -> String {
        match &document.blocks()[at] {
            Block::Card(card) => card.foreign_html().unwrap_or_default().to_owned(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_article_becomes_nodes() {
        check(
            "---\ntitle: x\n---\n\n# The *vote*\n\nIt was\n**close**, see https://a.org/.\n\n> One\n>\n> two\n\n3. a\n   - b\n\n\
             ![alt](/a.jpg \"t\")\n\n***\n<!--members-only-->\n",
            "<h1 id=\"the-vote\">The <em>vote</em></h1><p>It was <strong>close</strong>, see <a href=\"https://a.org/\">https://a.org/</a>.</p>\
             <blockquote>One<br><br>two</blockquote><ol start=\"3\"><li>a<ul><li>b</li></ul></li></ol>\
             <figure class=\"kg-card kg-image-card\"><img src=\"/a.jpg\" class=\"kg-image\" alt=\"alt\" loading=\"lazy\" title=\"t\"></figure>\
             <hr><!--members-only-->",
        );
    }

    #[test]
    fn marks_of_other_dialects_are_text() {
        check("#tag ==a== ^b^\n\n~~c~~", "<p>#tag ==a== ^b^</p><p><s>c</s></p>");
    }

    #[test]
    fn a_rule_that_nothing_follows_is_no_block_of_settings() {
        check("---\n\na", "<hr><p>a</p>");
    }

    #[test]
    fn code_keeps_its_language_and_its_lines() {
        let document = from_markdown("a\n\n```rust ignore\nlet a = \"<\";\n\n```\n\n    b\n").unwrap();
        let code = document.blocks().iter().filter_map(|block| match block {
            Block::Card(card) => match &**card {
                Card::Code(code) => Some((&*code.language, &*code.code)),
                _ => None,
            },
            _ => None,
        });
        assert_eq!(code.collect::<Vec<_>>(), [("rust", "let a = \"<\";\n"), ("", "b")]);
    }

    #[test]
    fn a_table_becomes_a_marked_card() {
        let document = from_markdown("| a | b |\n|---|--:|\n| *1* | 2 |\n\nEnd.").unwrap();
        assert_eq!(
            card(&document, 0),
            "<!--masthead:table--><div role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table>\n<thead>\n<tr>\n<th>a</th>\n\
             <th style=\"text-align:right\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><em>1</em></td>\n\
             <td style=\"text-align:right\">2</td>\n</tr>\n</tbody>\n</table>\n</div>"
        );
        assert_eq!(document.blocks().len(), 2);
    }

    #[test]
    fn notes_become_one_card_at_the_end() {
        let document = from_markdown("A[^x].\n\n[^x]: Note.\n\nEnd.").unwrap();
        let web = document.html(&Web::default());
        assert!(web.starts_with("<p>A<a href=\"#fn1\" id=\"fnref1\"><sup>[1]</sup></a>.</p><p>End.</p>"), "{web}");
        assert_eq!(
            card(&document, 2),
            "<!--masthead:footnotes--><section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n<li id=\"fn1\" class=\"footnote-item\">\
             <p>Note. <a href=\"#fnref1\" class=\"footnote-backref\">↩\u{fe0e}</a></p>\n</li>\n</ol>\n</section>"
        );
    }

    #[test]
    fn no_script_comes_in() {
        let markdown = "<script>a</script>\n\n[b](javascript:c) ![d](javascript:e) <javascript:f> <b onclick=\"g\">h</b>\n\n| <script>i</script> |\n|-|\n";
        let html = from_markdown(markdown).unwrap().html(&Web::default());
        assert!(
            !html.contains("<script") && !html.contains("href=\"javascript") && !html.contains("onclick"),
            "{html}"
        );
    }

    #[test]
    fn markdown_beyond_the_limits_is_refused_in_words() {
        let refused = from_markdown(&">".repeat(100_000)).unwrap_err().to_string();
        assert_eq!(refused, "the Markdown is too much: it has over 4194304 bytes, or is nested too deeply");
        assert!(from_markdown(&"a ".repeat(3 << 20)).is_err());
        assert!(from_markdown(&"A sentence of *some* words.\n".repeat(10_000)).is_ok());
    }
}
