use crate::{Block, Document, Format, Image, Inline, Link, List, ListKind, TextBlock, TextKind, from_markdown};

fn check(blocks: Vec<Block<'_>>, markdown: &str) {
    assert_eq!(Document::new(blocks).markdown("https://example.org"), markdown);
}

fn line(runs: &[(&str, Format)]) -> Block<'static> {
    Block::paragraph_of(runs.iter().map(|(text, format)| Inline::formatted(text.to_string(), *format)).collect())
}

const B: Format = Format::BOLD;
const I: Format = Format::ITALIC;
const S: Format = Format::STRIKETHROUGH;
const C: Format = Format::CODE;
const N: Format = Format::PLAIN;

#[test]
fn an_article_becomes_ordinary_markdown() {
    let quote = vec![Inline::text("One."), Inline::line_break(), Inline::line_break(), Inline::text("Two.")];
    check(
        vec![
            Block::heading(2, "The vote"),
            line(&[("It was ", N), ("very", B), (" close: ", N), ("12 to 11", I), (".", N)]),
            Block::Text(TextBlock::new(TextKind::Quote, quote)),
            Block::rule(),
            Block::code("rust", "let a = \"```\";"),
            Block::paragraph(""),
        ],
        "## The vote\n\nIt was **very** close: *12 to 11*.\n\n> One.\n>\n> Two.\n\n***\n\n````rust\nlet a = \"```\";\n````\n",
    );
    check(vec![], "");
}

#[test]
fn formats_nest_and_fall_back_to_tags_where_marks_would_not_be_read() {
    for (runs, markdown) in [
        (&[("a ", B), ("b", B | I), (" c", B)][..], "**a *b* c**\n"),
        (&[("a", B | I)], "***a***\n"),
        (&[("a", B), ("b", I)], "<strong>a</strong><em>b</em>\n"),
        (&[("un", N), ("believ", I), ("able", N)], "un*believ*able\n"),
        (&[("x", N), ("“a”", I), ("y", N)], "x<em>“a”</em>y\n"),
        (&[("a ", B), ("b", N)], "**a** b\n"),
        (&[("a", S), (" ", S), ("b`c", C), ("d", Format::UNDERLINE)], "~~a~~ ``b`c``<u>d</u>\n"),
        (&[("a", C), ("b", C), (" c", N)], "`ab` c\n"),
        (&[(" ", B), ("a", N)], "a\n"),
    ] {
        check(vec![line(runs)], markdown);
    }
}

#[test]
fn links_are_absolute_and_unsafe_ones_are_only_text() {
    let links = [
        Inline::link("/about/", "about [us]"),
        Inline::link("__GHOST_URL__/x_(y)/", "x"),
        Inline::link("https://a.org/", "https://a.org/"),
        Inline::link("javascript:alert(1)", "run"),
        Inline::link(" java\nscript:alert(1)", "run"),
        Inline::link("data:text/html,x", "run"),
    ];
    let mut pieces = vec![Inline::text("Look!")];
    for link in links {
        pieces.extend([link, Inline::text(" ")]);
    }
    check(
        vec![Block::paragraph_of(pieces)],
        "Look\\![about \\[us\\]](https://example.org/about/) [x](<https://example.org/x_(y)/>) <https://a.org/> run run run\n",
    );
}

#[test]
fn a_picture_has_its_description_and_its_caption_below() {
    let image = Image {
        alt: "A \"wall\" [1]".into(),
        title: "T".into(),
        caption: "By <a href=\"/b/\">B</a>".into(),
        href: "/c/".into(),
        ..Image::new("__GHOST_URL__/content/images/a b.jpg")
    };
    check(
        vec![Block::image(image), Block::image(Image::new("javascript:x"))],
        "[![A \\\"wall\\\" \\[1\\]](https://example.org/content/images/a%20b.jpg \"T\")](https://example.org/c/)\n\n\
         *By* [*B*](https://example.org/b/)\n",
    );
}

#[test]
fn lists_nest_and_two_in_a_row_stay_two() {
    let inner = Block::List(List::new(ListKind::Number, 3, vec![vec![Inline::text("b")], vec![Inline::text("c")]]));
    let items = vec![
        vec![Inline::text("a")],
        vec![Inline::Block(Box::new(inner))],
        vec![Inline::text("- d"), Inline::line_break(), Inline::text("e")],
    ];
    check(
        vec![Block::List(List::new(ListKind::Bullet, 1, items)), Block::bullets(["f"]), Block::bullets([""; 2])],
        "- a\n  3. b\n  4. c\n- \\- d\\\n  e\n\n* f\n\n-\n-\n",
    );
}

#[test]
fn html_is_cleaned_and_stays_one_block() {
    check(vec![Block::html("<b onclick=\"x()\">a</b>\n\n*b*<script>x</script>")], "<div><b>a</b>&#10;\n*b*</div>\n");
    check(
        vec![Block::html("<section>\n\n\n<a href=\"javascript:x\">a</a></section>")],
        "<section>&#10;&#10;\n<a>a</a></section>\n",
    );
    check(vec![Block::html("<script>x</script>")], "");
}

#[test]
fn a_table_is_written_as_one_unless_it_has_merged_cells() {
    let head = "<table><thead><tr><th>a|b</th><th style=\"text-align: right\">c</th></tr></thead>";
    check(
        vec![Block::html(format!("<!--masthead:table--><div>{head}<tr><td><b>1</b><br>2</td></tr></table></div>"))],
        "| a\\|b | c |\n| --- | --: |\n| **1**<br>2 |\n",
    );
    let merged = format!("{head}<tbody><tr><td colspan=\"2\">1</td></tr></tbody></table>");
    assert!(Document::new(vec![Block::html(merged)]).markdown("").starts_with("<table>"));
}

#[test]
fn what_is_written_reads_as_the_same_document() {
    for markdown in [
        "# A\n\nb *c* **d** ~~e~~ `f` [g](/h)\\\ni\n",
        "> a\n>\n> b\n",
        "- a\n  1. b\n     - c\n- d\n",
        "| a | b |\n| --- | :-: |\n| *1* | `2` |\n| `x\\|y` |  |\n| ![a](/b.jpg) c |  |\n",
        "a[^1] b[^2] c[^1]\n\n[^1]: One *two*.\n\n    Three.\n\n[^2]: Four.\n",
        "```rust\nfn main() {}\n\n```\n\n![a](/b.jpg \"c\")\n\n***\n\n<!--members-only-->\n",
    ] {
        let document = from_markdown(markdown).unwrap();
        assert_eq!(document.markdown(""), markdown);
    }
}

#[test]
fn a_mail_address_and_code_with_a_bracket_in_a_link_stay_links() {
    let code = Link::new("/x", vec![Inline::formatted("[a]: b", C)]);
    check(
        vec![
            Block::paragraph_of(vec![Inline::link("mailto:me@a.org", "me@a.org")]),
            Block::paragraph_of(vec![Inline::Link(code)]),
        ],
        "<me@a.org>\n\n[<code>\\[a\\]: b</code>](https://example.org/x)\n",
    );
}

#[test]
fn of_other_cards_the_words_links_and_pictures_are_kept() {
    let body = r#"{"root":{"type":"root","children":[{"type":"somebody-elses","children":[{"type":"paragraph","children":[
        {"type":"text","text":"1. words"}]}]}]}}"#;
    assert_eq!(Document::parse(body).unwrap().markdown(""), "1\\. words\n");
}

#[test]
fn cards_for_members_are_left_out() {
    let body = r#"{"root":{"type":"root","children":[{"type":"html","html":"<p>m</p>",
        "visibility":{"web":{"nonMember":false,"memberSegment":"status:-free"}}}]}}"#;
    assert_eq!(Document::parse(body).unwrap().markdown(""), "");
}

/// Pseudo-random numbers (Knuth's multiplier), the same in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// Whatever Markdown, HTML and addresses are made of.
const PIECES: [&str; 62] = [
    "a",
    "b",
    "word",
    "Ä",
    "字",
    "—",
    "“",
    "”",
    "😀",
    " ",
    "  ",
    "\u{a0}",
    "\n",
    "\t",
    "*",
    "**",
    "_",
    "__",
    "~",
    "~~",
    "`",
    "``",
    "```",
    "\\",
    "\\\\",
    "[",
    "]",
    "(",
    ")",
    "](",
    "![",
    "!",
    "[^1]",
    "[^1]: ",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<div>",
    "&",
    "&amp;",
    "&#35;",
    ";",
    "#",
    "# ",
    "- ",
    "-",
    "---",
    "+ ",
    "1. ",
    "2) ",
    "=",
    "|",
    "|-|",
    ":",
    "://",
    "http://a.b",
    "www.",
    "@",
    "me@b.co",
];

fn words(dice: &mut Dice) -> String {
    let count = 1 + dice.throw(8);
    (0..count).map(|_| PIECES[dice.throw(PIECES.len())]).collect()
}

fn folded(text: &str) -> String {
    text.split([' ', '\t', '\n', '\r', '\u{c}']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[test]
fn any_text_is_read_back_as_the_same_words() {
    let mut dice = Dice(1);
    for _ in 0..1_000 {
        let text = words(&mut dice);
        let broken = vec![Inline::text(words(&mut dice)), Inline::line_break(), Inline::text(words(&mut dice))];
        let blocks = vec![
            Block::paragraph(text.clone()),
            Block::heading(3, words(&mut dice)),
            Block::bullets([words(&mut dice), words(&mut dice)]),
            Block::quote(words(&mut dice)),
            Block::paragraph_of(broken),
            Block::paragraph_of(vec![
                Inline::text(words(&mut dice)),
                Inline::link("/x", words(&mut dice)),
                Inline::text(words(&mut dice)),
            ]),
        ];
        for block in blocks {
            let document = Document::new(vec![block]);
            let markdown = document.markdown("");
            let again = from_markdown(&markdown).unwrap();
            assert_eq!(folded(&again.plain_text()), folded(&document.plain_text()), "{markdown}");
        }
    }
}

#[test]
fn any_line_is_read_back_with_the_same_formats() {
    let formats = [
        N,
        B,
        I,
        B | I,
        S,
        S | B,
        Format::UNDERLINE,
        Format::SUPERSCRIPT | I,
        Format::HIGHLIGHT,
        Format::SUBSCRIPT,
        C,
        C | B,
    ];
    let mut dice = Dice(2);
    for _ in 0..1_000 {
        let runs = (0..1 + dice.throw(6)).map(|_| {
            let format = formats[dice.throw(formats.len())];
            let text = Inline::formatted(words(&mut dice), format);
            if dice.throw(6) == 0 { Inline::Link(Link::new("/x", vec![text])) } else { text }
        });
        let document = Document::new(vec![Block::paragraph_of(runs.collect())]);
        let markdown = document.markdown("");
        let again = from_markdown(&markdown).unwrap();
        assert_eq!(letters(&again), letters(&document), "{markdown}");
    }
}

/// Every visible character with its format and whether it is linked.
fn letters(document: &Document<'_>) -> Vec<(char, Format, bool)> {
    fn add(line: &[Inline<'_>], linked: bool, out: &mut Vec<(char, Format, bool)>) {
        for piece in line {
            match piece {
                Inline::Text(text) => {
                    let seen = text.text.chars().filter(|c| !c.is_whitespace());
                    out.extend(seen.map(|c| (c, text.format, linked)));
                }
                Inline::Link(link) => add(&link.children, true, out),
                _ => {}
            }
        }
    }
    let mut out = Vec::new();
    for block in document.blocks() {
        if let Block::Text(text) = block {
            add(&text.children, false, &mut out);
        }
    }
    out
}
