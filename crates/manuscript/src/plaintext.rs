//! The plain text that Ghost keeps beside a body's HTML, in its field `plaintext`.
//!
//! Ghost gives the HTML to the library html-to-text with settings of its own: no pictures, no
//! link addresses, no captions, no footnotes, no rules, no sign-up cards; line breaks of the source
//! stay; tables and `div` do not break lines. Excerpts are cut from this text, so a client sees each
//! odd line break of it: they are wanted.

use std::borrow::Cow;
use std::iter::repeat_n;

use ego_tree::NodeRef;
use scraper::Node;

use crate::dom;
use crate::limits::MAX_HTML_BYTES;

/// The text that Ghost would keep in `plaintext` for a body's HTML.
///
/// It differs from Ghost's where a browser reads the HTML otherwise than Ghost's simpler parser
/// does, such as a line break right after `<pre>`, which is no part of the text. Empty for HTML
/// beyond the [`limits`](crate::limits), and where indented lines would make more than
/// [`MAX_HTML_BYTES`] of text.
///
/// ```
/// use manuscript::plaintext_of_html;
///
/// let html = r#"<h2>Tides</h2><p>See <a href="/t/">the table</a>.</p><ul><li>High</li></ul>"#;
/// assert_eq!(plaintext_of_html(html), "Tides\n\nSee the table.\n\n * High");
/// ```
pub fn plaintext_of_html(html: &str) -> String {
    plaintext(html)
}

/// [`plaintext_of_html`], for the rest of the crate.
pub(crate) fn plaintext(html: &str) -> String {
    let Ok(html) = dom::parse(html) else { return String::new() };
    let mut text = Builder { out: String::new(), blocks: vec![Block::default()] };
    text.nodes(dom::content(&html));
    if text.out.len() > MAX_HTML_BYTES { String::new() } else { text.out }
}

/// How an element is set.
enum Setting {
    Inline,
    Skipped,
    LineBreak,
    /// With so many line breaks before and after it: two make an empty line.
    Block(usize, usize),
    Preformatted,
    List,
}

fn setting(node: &NodeRef<'_, Node>, name: &str) -> Setting {
    let skipped = match name {
        "script" | "style" | "img" | "hr" | "figcaption" => true,
        "a" => dom::attribute(node, "rel") == Some("footnote"),
        "div" => dom::has_class(node, "footnotes"),
        _ => false,
    };
    if skipped || dom::has_class(node, "kg-signup-card") {
        return Setting::Skipped;
    }
    match name {
        "br" => Setting::LineBreak,
        "article" | "aside" | "footer" | "form" | "header" | "main" | "nav" | "section" => Setting::Block(1, 1),
        "blockquote" | "h4" | "h5" | "h6" | "p" | "table" => Setting::Block(2, 2),
        "h1" | "h2" | "h3" => Setting::Block(3, 2),
        "pre" => Setting::Preformatted,
        "ol" | "ul" => Setting::List,
        _ => Setting::Inline,
    }
}

/// The text so far, and the blocks that are open.
struct Builder {
    out: String,
    /// The outermost, which is never closed, comes first.
    blocks: Vec<Block>,
}

/// A block, list or list item whose end has not come.
#[derive(Default)]
struct Block {
    /// Line breaks between it and what stands before it. Its own, until a block comes first in it:
    /// then that one's.
    before: usize,
    /// Line breaks that the block closed last in it wants after itself.
    owed: usize,
    /// Whether anything of it is printed. Until then it may still change how it begins.
    begun: bool,
    /// Whether the current line has words of this block.
    in_line: bool,
    /// Whether a space stood after the last word.
    space: bool,
    preformatted: bool,
    /// What stands before the first line of a list item, filled up to `width`.
    mark: Cow<'static, str>,
    width: usize,
    /// Spaces before each further line.
    indent: usize,
}

impl Builder {
    /// Goes no deeper than the parser lets a tree grow.
    fn nodes<'a>(&mut self, nodes: impl Iterator<Item = NodeRef<'a, Node>>) {
        for node in nodes {
            match node.value() {
                Node::Text(text) => self.text(text),
                Node::Element(element) => self.element(&node, element.name()),
                _ => {}
            }
        }
    }

    fn element(&mut self, node: &NodeRef<'_, Node>, name: &str) {
        match setting(node, name) {
            Setting::Inline => self.nodes(node.children()),
            Setting::Skipped => {}
            Setting::LineBreak => self.break_lines(1),
            Setting::Block(before, after) => {
                self.open(Block { before, ..Block::default() });
                self.nodes(node.children());
                self.close(after);
            }
            Setting::Preformatted => {
                self.open(Block { before: 2, preformatted: true, ..Block::default() });
                self.nodes(node.children());
                self.close(2);
            }
            Setting::List => self.list(node, name == "ol"),
        }
    }

    /// Whatever stands in a list, a comment too, is an item; only those of `<li>` are marked.
    fn list(&mut self, list: &NodeRef<'_, Node>, numbered: bool) {
        let nested = list.parent().is_some_and(|parent| is_list_item(&parent));
        let mut marks = Marks::of(list, numbered, nested);
        let items = list.children().filter(|child| !child.value().as_text().is_some_and(|text| text.trim().is_empty()));
        let items: Vec<_> =
            items.map(|item| (item, if is_list_item(&item) { marks.next() } else { Cow::Borrowed("") })).collect();
        let Some(width) = items.iter().map(|(_, mark)| mark.len()).max() else { return };
        let around = if nested { 1 } else { 2 };

        self.open(Block { before: around, ..Block::default() });
        for (item, mark) in items {
            self.open(Block { before: 1, mark, width, ..Block::default() });
            self.nodes(std::iter::once(item));
            if width > 0 {
                self.begin(); // The mark stands even where the item is empty.
            }
            self.close(1);
        }
        self.close(around);
    }

    fn text(&mut self, text: &str) {
        if self.block().preformatted {
            return self.literal(text);
        }
        if text.contains(|c| c != '\n' && !is_space(c)) {
            let owed = std::mem::take(&mut self.block().owed);
            self.break_lines(owed);
        }
        for (row, line) in text.split('\n').enumerate() {
            if row > 0 {
                self.break_lines(1);
            }
            for (column, word) in line.split(is_space).enumerate() {
                self.block().space |= column > 0;
                if !word.is_empty() {
                    self.word(word);
                }
            }
        }
    }

    fn literal(&mut self, text: &str) {
        for (row, line) in text.split('\n').enumerate() {
            if row > 0 {
                self.break_lines(1);
            }
            if !line.is_empty() {
                self.begin();
                self.out.push_str(line);
            }
        }
    }

    /// Adds a word, or the rest of one that another element began.
    fn word(&mut self, word: &str) {
        self.begin();
        let block = self.block();
        let apart = block.in_line && block.space;
        (block.in_line, block.space) = (true, false);
        if apart {
            self.out.push(' ');
        }
        self.out.push_str(word);
    }

    fn break_lines(&mut self, count: usize) {
        if count == 0 {
            return;
        }
        self.begin();
        let block = self.block();
        block.in_line = false;
        let indent = block.indent;
        self.print_line_breaks(count, indent);
    }

    fn open(&mut self, block: Block) {
        let outer = self.block();
        let preformatted = block.preformatted || outer.preformatted;
        let indent = outer.indent + block.width;
        self.blocks.push(Block { preformatted, indent, ..block });
    }

    /// Ends a block that wants so many line breaks after itself.
    fn close(&mut self, after: usize) {
        let Some(closed) = self.blocks.pop() else { return };
        let block = self.block();
        if !closed.begun {
            // The line breaks around an empty block stand all the same.
            let breaks = block.owed.max(closed.before);
            if block.begun {
                self.break_lines(breaks);
            } else {
                block.before = breaks;
            }
        }
        let block = self.block();
        block.owed = closed.owed.max(after);
        block.in_line = false;
    }

    /// Prints what stands between the open blocks that have no text yet and the text before them,
    /// and their marks.
    fn begin(&mut self) {
        if self.block().begun {
            return;
        }
        let first = self.blocks.iter().rposition(|block| block.begun).map_or(0, |begun| begun + 1);
        for inner in (first.max(1)..self.blocks.len()).rev() {
            let breaks = self.blocks[inner - 1].owed.max(self.blocks[inner].before);
            if inner > first {
                self.blocks[inner - 1].before = breaks;
            } else {
                self.print_line_breaks(breaks, self.blocks[inner - 1].indent);
            }
        }
        for block in &mut self.blocks[first..] {
            block.begun = true;
            self.out.push_str(&block.mark);
            self.out.extend(repeat_n(' ', block.width - block.mark.len()));
        }
    }

    /// Stops where the text is already too long, for lists in lists can make each line very wide.
    fn print_line_breaks(&mut self, count: usize, indent: usize) {
        for _ in 0..count {
            if self.out.len() <= MAX_HTML_BYTES {
                self.out.push('\n');
                self.out.extend(repeat_n(' ', indent));
            }
        }
    }

    /// The innermost open block.
    fn block(&mut self) -> &mut Block {
        let last = self.blocks.len() - 1;
        &mut self.blocks[last]
    }
}

/// The marks of a list's items, one after another.
enum Marks<'a> {
    Bullets { nested: bool },
    Numbers { nested: bool, next: i64, kind: Option<&'a str> },
}

impl<'a> Marks<'a> {
    /// A `start` that is no whole number counts as 1.
    fn of(list: &NodeRef<'a, Node>, numbered: bool, nested: bool) -> Marks<'a> {
        if !numbered {
            return Marks::Bullets { nested };
        }
        let start = dom::attribute(list, "start").and_then(|start| start.trim().parse::<i32>().ok());
        Marks::Numbers { nested, next: start.unwrap_or(1).into(), kind: dom::attribute(list, "type") }
    }

    fn next(&mut self) -> Cow<'static, str> {
        match self {
            Marks::Bullets { nested: false } => Cow::Borrowed(" * "),
            Marks::Bullets { nested: true } => Cow::Borrowed("* "),
            Marks::Numbers { nested, next, kind } => {
                let number = ordinal(*next, *kind);
                *next += 1;
                Cow::Owned(format!("{}{number}. ", if *nested { "" } else { " " }))
            }
        }
    }
}

/// A number in the figures that a list's `type` asks for; in ordinary ones where these cannot write
/// it.
fn ordinal(number: i64, kind: Option<&str>) -> String {
    match kind {
        Some("a") if number > 0 => letters(number),
        Some("A") if number > 0 => letters(number).to_ascii_uppercase(),
        Some("i") if (1..4000).contains(&number) => roman(number),
        Some("I") if (1..4000).contains(&number) => roman(number).to_ascii_uppercase(),
        _ => number.to_string(),
    }
}

/// `a` to `z`, then `aa`.
fn letters(mut number: i64) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    letters.iter().rev().collect()
}

fn roman(mut number: i64) -> String {
    const FIGURES: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut roman = String::new();
    for (value, figure) in FIGURES {
        roman.extend(repeat_n(figure, (number / value) as usize));
        number %= value;
    }
    roman
}

fn is_list_item(node: &NodeRef<'_, Node>) -> bool {
    dom::name(node) == Some("li")
}

/// White space that is folded; a line break is not.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\u{c}' | '\u{200b}')
}

#[cfg(test)]
mod tests {
    use super::plaintext;
    use crate::limits::MAX_HTML_BYTES;

    /// Each text is what html-to-text 8.2.1 gives with Ghost's settings, but for the last two tests.
    fn check(cases: &[(&str, &str)]) {
        for (html, text) in cases {
            assert_eq!(plaintext(html), *text, "{html}");
        }
    }

    #[test]
    fn headings_stand_apart_from_what_comes_before() {
        check(&[
            ("<p>a</p><h2>b</h2><p>c</p>", "a\n\n\nb\n\nc"),
            ("<p>a</p><h4>b</h4>", "a\n\nb"),
            ("<h1>One <em>Two</em></h1>", "One Two"),
            ("text<h3>b</h3>text", "text\n\n\nb\n\ntext"),
        ]);
    }

    #[test]
    fn paragraphs_and_loose_text_are_divided_by_an_empty_line() {
        check(&[
            ("<p>a</p><p>b</p>", "a\n\nb"),
            ("<p>a</p>b<p>c</p>", "a\n\nb\n\nc"),
            ("<p>a</p><p></p><p>b</p>", "a\n\n\n\nb"),
            ("<p></p><p>a</p>", "a"),
            ("<section>a</section>b<section><p>c</p></section>", "a\nb\n\nc"),
            ("<p>a</p><div>b</div>c", "a\n\nbc"),
            ("<p>a<p>b", "a\n\nb"),
        ]);
    }

    #[test]
    fn list_items_are_marked_and_indented() {
        check(&[
            ("<p>a</p><ul><li>b</li><li>c</li></ul><p>d</p>", "a\n\n * b\n * c\n\nd"),
            ("a<ul><li>b</li></ul>", "a\n * b"),
            ("<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>", " * a\n   * b\n   * c\n * d"),
            ("<ul><li><ul><li>only nested</li></ul></li></ul>", " * * only nested"),
            ("<ul><li>a<br>b</li><li><p>c</p><p>d</p></li></ul>", " * a\n   b\n\n * c\n   \n   d"),
            ("<ul><li></li><li>a</li></ul>", " * \n * a"),
            ("<ul>\n<li>a</li>\n<!-- b -->\n</ul>", " * a\n   "),
            ("<ul></ul>a", "a"),
        ]);
    }

    #[test]
    fn numbered_lists_count_on_in_their_figures() {
        check(&[
            (r#"<ol start="9"><li>a</li><li>b<br>c</li></ol>"#, " 9.  a\n 10. b\n     c"),
            ("<ol><li>a<ol><li>b</li></ol></li></ol>", " 1. a\n    1. b"),
            (r#"<ol type="a" start="26"><li>a</li><li>b</li></ol>"#, " z.  a\n aa. b"),
            (r#"<ol type="A"><li>a</li></ol>"#, " A. a"),
            (r#"<ol type="i" start="3"><li>a</li><li>b</li></ol>"#, " iii. a\n iv.  b"),
            (r#"<ol type="I" start="1994"><li>a</li></ol>"#, " MCMXCIV. a"),
            (r#"<ol start="-1"><li>a</li></ol>"#, " -1. a"),
            ("<ul><li>a<ol><li>b</li></ol></li></ul>", " * a\n   1. b"),
        ]);
    }

    #[test]
    fn a_table_is_one_line_of_text_for_each_line_of_its_source() {
        check(&[
            ("<table><tr><th>A</th><td>b</td></tr><tr><td>c</td></tr></table>", "Abc"),
            ("<table>\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n</table>c", "\n\na\nb\n\n\n\nc"),
            ("<table><caption>a</caption><tr><td><p>b</p></td><td>c</td></tr></table>", "a\n\nb\n\nc"),
        ]);
    }

    #[test]
    fn quotations_are_not_marked() {
        check(&[
            ("<blockquote>a</blockquote>", "a"),
            ("<p>a</p><blockquote><p>b</p><p>c</p></blockquote><p>d</p>", "a\n\nb\n\nc\n\nd"),
        ]);
    }

    #[test]
    fn preformatted_text_keeps_its_white_space() {
        check(&[
            ("<pre><code>fn main() {\n    x();\n}\n</code></pre>", "fn main() {\n    x();\n}\n"),
            ("<p>a</p><pre>  b\n\n c  </pre><p>d</p>", "a\n\n  b\n\n c  \n\nd"),
            ("<ul><li><pre>a\n b</pre></li></ul>", " * a\n    b"),
            ("<pre>a<br>b</pre>", "a\nb"),
        ]);
    }

    #[test]
    fn of_a_link_only_the_text_stands() {
        check(&[
            (r#"<a href="https://example.org/">the text</a>"#, "the text"),
            (r#"<a href="https://example.org/">https://example.org/</a>"#, "https://example.org/"),
            (r##"<a href="#a">a</a>, <a href="mailto:a@example.org">b</a>"##, "a, b"),
            (r#"x<a href="__GHOST_URL__/a/">y</a>z"#, "xyz"),
        ]);
    }

    #[test]
    fn pictures_captions_rules_footnotes_sign_ups_and_scripts_are_left_out() {
        check(&[
            (r#"a<img src="/b.jpg" alt="b">c"#, "ac"),
            (r#"<figure><img src="/a.jpg"><figcaption>b</figcaption></figure><p>c</p>"#, "c"),
            ("<p>a</p><hr><p>b</p>", "a\n\nb"),
            (r##"<p>a<a rel="footnote" href="#b">1</a></p><div class="x footnotes"><p>b</p></div>"##, "a"),
            (r#"<p>a</p><div class="kg-card kg-signup-card"><h2>b</h2></div>"#, "a"),
            ("a<script>b</script><style>c</style><!-- d -->", "a"),
        ]);
    }

    #[test]
    fn br_breaks_the_line() {
        check(&[
            ("a<br>b", "a\nb"),
            ("<p>a <br> b<br><br>c</p>", "a\nb\n\nc"),
            ("<p>a<br></p><p>b</p>", "a\n\n\nb"),
            ("<p><br></p>a", "\n\n\na"),
        ]);
    }

    #[test]
    fn white_space_is_folded_but_line_breaks_of_the_source_stay() {
        check(&[
            ("<p>a  \t b</p>", "a b"),
            ("<p>a\n  b</p>", "a\nb"),
            ("<p>a</p>\n<p>b</p>", "a\n\n\nb"),
            ("<p>a</p>\n\n  <p>b</p>\n", "a\n\n\n\nb\n"),
            ("<b>a</b> <i>b</i>c <u> d</u>", "a bc d"),
            ("<p> a </p>", "a"),
            ("a\u{a0} \u{200b} b", "a\u{a0} b"),
            ("&amp; &lt;b&gt;&hellip;", "& <b>…"),
            ("   ", ""),
            ("\n", "\n"),
            ("", ""),
        ]);
    }

    #[test]
    fn ghosts_misreadings_are_not_copied() {
        check(&[
            ("<pre>\na</pre>", "a"),
            ("<template>a</template>b", "b"),
            (r#"<ol start="x"><li>a</li></ol>"#, " 1. a"),
            (r#"<ol type="i" start="0"><li>a</li></ol>"#, " 0. a"),
        ]);
    }

    #[test]
    fn html_beyond_the_limits_has_no_text() {
        let deep = "<ol start=2147483647><li>".repeat(100);
        check(&[(&"<div>".repeat(1_000), ""), (&format!("{deep}{}", "\n".repeat(100_000)), "")]);
        let long = "a ".repeat(MAX_HTML_BYTES / 2);
        assert_eq!(plaintext(&long), long.trim_end());
    }
}
