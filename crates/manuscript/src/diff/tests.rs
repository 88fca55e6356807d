use crate::{
    Block, Card, Change, Document, Format, HtmlCard, Image, Inline, Link, List, ListKind, Web, WordChange, diff,
};

/// One line for each change: `=` same, `~` edited, `>` moved, `+` added, `-` removed. In the text
/// `[-gone-]`, `{+new+}` and `<restyled>`.
fn told(old: &Document<'_>, new: &Document<'_>) -> Vec<String> {
    let diff = diff(old, new);
    assert_eq!(diff.apply(), *new);
    let text = |block: &Block<'_>| Document::new(vec![block.clone()]).text_map().body();
    diff.changes
        .iter()
        .map(|change| match change {
            Change::Same { new: at, .. } => format!("= {}", text(&new.blocks[*at])),
            Change::Moved { new: at, .. } => format!("> {}", text(&new.blocks[*at])),
            Change::Added { new: at } => format!("+ {}", text(&new.blocks[*at])),
            Change::Removed { old: at } => format!("- {}", text(&old.blocks[*at])),
            Change::CardChanged { fields, .. } => {
                let fields: Vec<_> =
                    fields.iter().map(|field| format!("{}: {} → {}", field.field, field.old, field.new)).collect();
                format!("~ {}", fields.join(", "))
            }
            Change::Changed { words, .. } => {
                let word = |word: &crate::Word<'_>| match word.change {
                    WordChange::Same => word.text.clone(),
                    WordChange::Added => format!("{{+{}+}}", word.text),
                    WordChange::Removed => format!("[-{}-]", word.text),
                    WordChange::Restyled { .. } => format!("<{}>", word.text),
                };
                format!("~ {}", words.iter().map(word).collect::<String>())
            }
        })
        .collect()
}

/// Paragraphs against paragraphs, one a line.
fn check(old: &str, new: &str, changes: &[&str]) {
    let body = |text: &str| Document::new(text.lines().map(|line| Block::paragraph(line.to_owned())).collect());
    assert_eq!(told(&body(old), &body(new)), changes);
}

fn check_blocks(old: Vec<Block<'_>>, new: Vec<Block<'_>>, changes: &[&str]) {
    assert_eq!(told(&Document::new(old), &Document::new(new)), changes);
}

fn check_html(old: Vec<Block<'_>>, new: Vec<Block<'_>>, html: &str) {
    assert_eq!(diff(&Document::new(old), &Document::new(new)).html(&Web::default()), html);
}

fn picture(src: &'static str, caption: &'static str) -> Block<'static> {
    Block::image(Image { caption: caption.into(), ..Image::new(src) })
}

#[test]
fn an_edited_paragraph_between_others_is_one_change() {
    check(
        "Polls opened.\nThe mayor won 51 per cent.\nShe thanked all.",
        "Polls opened.\nThe mayor won 53.5 per cent.\nShe thanked all.",
        &["= Polls opened.", "~ The mayor won [-51-]{+53.5+} per cent.", "= She thanked all."],
    );
}

#[test]
fn two_replaced_words_in_a_row_are_one_change() {
    check("He saw two men there.", "He saw three women there.", &["~ He saw [-two men-]{+three women+} there."]);
}

#[test]
fn what_has_little_in_common_is_another_paragraph() {
    check("It rained all day.", "Shares fell in Tokyo.", &["- It rained all day.", "+ Shares fell in Tokyo."]);
}

#[test]
fn of_a_paragraph_split_in_two_the_larger_part_is_the_edited_one() {
    check(
        "The vote was close. Nobody had expected that. Turnout was high.",
        "The vote was close. Nobody had expected that.\nTurnout was high.",
        &["~ The vote was close. Nobody had expected that.[- Turnout was high.-]", "+ Turnout was high."],
    );
}

#[test]
fn of_two_paragraphs_made_one_the_larger_is_the_edited_one() {
    check(
        "The vote was close. Nobody had expected that.\nTurnout was high.",
        "The vote was close. Nobody had expected that. Turnout was high.",
        &["~ The vote was close. Nobody had expected that.{+ Turnout was high.+}", "- Turnout was high."],
    );
}

#[test]
fn a_paragraph_that_stands_elsewhere_was_moved() {
    check("One.\nTwo.\nThree.", "Two.\nThree.\nOne.", &["= Two.", "= Three.", "> One."]);
    check_blocks(
        vec![Block::rule(), Block::paragraph("a"), Block::paragraph("b")],
        vec![Block::paragraph("a"), Block::paragraph("b"), Block::rule()],
        &["- ", "= a", "= b", "+ "],
    );
}

#[test]
fn a_heading_may_change_its_words_and_its_level() {
    check_blocks(
        vec![Block::heading(2, "The vote"), Block::paragraph("It was close.")],
        vec![Block::heading(3, "The close vote"), Block::paragraph("It was close.")],
        &["~ The {+close +}vote", "= It was close."],
    );
    check_html(
        vec![Block::heading(2, "The vote")],
        vec![Block::heading(2, "The close vote")],
        "<p><strong>The <ins>close </ins>vote</strong></p>",
    );
}

#[test]
fn a_quotation_gets_another_speaker() {
    let quote = |speaker: &str| vec![Block::quote(format!("“We lost.” — {speaker}"))];
    check_blocks(quote("Ann Lee"), quote("Bo Park"), &["~ “We lost.” — [-Ann Lee-]{+Bo Park+}"]);
    check_html(
        quote("Ann Lee"),
        quote("Bo Park"),
        "<blockquote><p>“We lost.” — <del>Ann Lee</del><ins>Bo Park</ins></p></blockquote>",
    );
}

#[test]
fn a_list_is_compared_as_its_lines() {
    let nested = |item: &'static str| {
        let inner = List::new(ListKind::Bullet, 1, vec![vec![Inline::text(item)]]);
        let items = vec![vec![Inline::text("bread")], vec![Inline::Block(Box::new(Block::List(inner)))]];
        vec![Block::List(List::new(ListKind::Bullet, 1, items))]
    };
    check_blocks(nested("rye"), nested("oat"), &["~ bread\n[-rye-]{+oat+}"]);
    check_html(
        vec![Block::bullets(["salt", "milk"])],
        vec![Block::bullets(["salt", "milk", "eggs"])],
        "<p>salt<br>milk<ins><br>eggs</ins></p>",
    );
}

#[test]
fn a_caption_is_corrected_word_by_word() {
    let (old, new) = (picture("/a.jpg", "A <b>wall</b> in Bonn"), picture("/a.jpg", "A <b>wall</b> in Berlin"));
    check_blocks(
        vec![old.clone()],
        vec![new.clone()],
        &[r#"~ caption: "A <b>wall</b> in Bonn" → "A <b>wall</b> in Berlin""#],
    );
    check_html(
        vec![old],
        vec![new],
        "<p class=\"diff-card\">Picture changed</p><p>A wall in <del>Bonn</del><ins>Berlin</ins></p>",
    );
}

#[test]
fn a_picture_is_replaced_added_and_removed() {
    let text = || Block::paragraph("text");
    check_blocks(vec![picture("/a.jpg", "")], vec![picture("/b.jpg", "")], &[r#"~ src: "/a.jpg" → "/b.jpg""#]);
    check_html(vec![picture("/a.jpg", "")], vec![picture("/b.jpg", "")], "<p class=\"diff-card\">Picture replaced</p>");
    check_html(
        vec![text()],
        vec![picture("/b.jpg", "A wall"), text()],
        "<p class=\"diff-card\">Picture added</p><p><ins>A wall</ins></p><p>text</p>",
    );
    check_html(
        vec![picture("/b.jpg", ""), text()],
        vec![text()],
        "<p class=\"diff-card\">Picture removed</p><p>text</p>",
    );
}

#[test]
fn the_picture_with_the_same_file_is_the_edited_one() {
    check_blocks(
        vec![picture("/a.jpg", "A wall")],
        vec![picture("/b.jpg", "A wall"), picture("/a.jpg", "A door")],
        &["+ ", r#"~ caption: "A wall" → "A door""#],
    );
}

#[test]
fn the_description_of_a_picture_is_told_as_words() {
    let described = |alt: &'static str| vec![Block::image(Image { alt: alt.into(), ..Image::new("/a.jpg") })];
    check_html(
        described("a man"),
        described("a woman"),
        "<p class=\"diff-card\">Picture changed</p><p>Description: a <del>man</del><ins>woman</ins></p>",
    );
}

#[test]
fn a_format_is_a_change_without_a_change_of_words() {
    let old = || vec![Block::paragraph("It was close.")];
    let new = || {
        let bold = Inline::formatted("close", Format::BOLD);
        vec![Block::paragraph_of(vec![Inline::text("It was "), bold, Inline::text(".")])]
    };
    check_blocks(old(), new(), &["~ It was <close>."]);
    check_html(old(), new(), "<p>It was close.</p><p class=\"diff-note\">Only the formatting changed.</p>");
}

#[test]
fn a_paragraph_that_became_a_heading_keeps_its_words() {
    let (old, new) =
        (Document::new(vec![Block::paragraph("The vote")]), Document::new(vec![Block::heading(2, "The vote")]));
    assert_eq!(
        diff(&old, &new).to_json().to_string(),
        r#"{"changes":[{"change":"changed","old":0,"new":0,"kind":"h2","was":"paragraph","words":[{"change":"same","text":"The vote"}]}]}"#
    );
    assert_eq!(
        diff(&old, &new).html(&Web::default()),
        "<p><strong>The vote</strong></p><p class=\"diff-note\">Only the formatting changed.</p>"
    );
}

#[test]
fn a_link_is_told_as_text() {
    let linked = |url: &'static str| vec![Block::paragraph_of(vec![Inline::text("See "), Inline::link(url, "here")])];
    check_blocks(linked("/a/"), linked("/b/"), &["~ See <here>"]);
    check_html(
        linked("__GHOST_URL__/a/"),
        linked("https://b.org/?x&y"),
        "<p>See here</p><p class=\"diff-note\">Link on “here” changed from /a/ to https://b.org/?x&amp;y</p>",
    );
    check_html(
        linked("javascript:alert(1)"),
        linked("/b/"),
        "<p>See here</p><p class=\"diff-note\">Link added to “here”: /b/</p>",
    );
}

#[test]
fn a_style_that_begins_within_a_word_is_told_to_the_letter() {
    let old = Block::paragraph_of(vec![Inline::formatted("un", Format::ITALIC), Inline::text("done")]);
    let link = Inline::Link(Link::new("/", vec![Inline::text("do")]));
    let new = Block::paragraph_of(vec![Inline::formatted("un", Format::ITALIC), link, Inline::text("ne")]);
    check_blocks(vec![old], vec![new], &["~ un<do>ne"]);
}

#[test]
fn readers_see_the_changes_with_a_block_around_each() {
    let body = |words: [&str; 9]| words.map(|word| Block::paragraph(word.to_owned())).to_vec();
    check_html(
        body(["a", "b", "c", "d", "e", "f", "g", "h one", "i"]),
        body(["a", "b one", "c", "d", "e", "f", "g", "h", "i"]),
        "<p>a</p><p>b<ins> one</ins></p><p>c</p><p class=\"diff-gap\">…</p><p>g</p><p>h<del> one</del></p><p>i</p>",
    );
}

#[test]
fn readers_see_no_change_where_none_can_be_seen() {
    let sized = |width| vec![Block::image(Image { width: Some(width), ..Image::new("/a.jpg") })];
    check_html(sized(600), sized(800), "");
    let stored = r#"{"root":{"type":"root","children":[{"type":"image","src":"/a.jpg","alt":null}]}}"#;
    let (stored, saved) = (Document::parse(stored).unwrap(), Document::new(vec![picture("/a.jpg", "")]));
    assert_eq!(diff(&stored, &saved).html(&Web::default()), "");
    check_html(vec![Block::paragraph("a")], vec![Block::paragraph("a"), Block::paywall(), Block::paragraph("")], "");
}

#[test]
fn cards_for_members_are_not_told_to_strangers() {
    let gated =
        r#"{"type":"html","html":"secret","visibility":{"web":{"nonMember":false,"memberSegment":"status:free"}}}"#;
    let gated = format!(r#"{{"root":{{"type":"root","children":[{gated}]}}}}"#);
    let gated = Document::parse(&gated).unwrap();
    let open = Document::new(vec![Block::html("open")]);
    let none = Document::new(Vec::new());
    assert_eq!(diff(&none, &gated).html(&Web::default()), "");
    let html = diff(&open, &gated).html(&Web::default());
    assert_eq!(html, "<p class=\"diff-card\">Element removed</p><p><del>open</del></p>");
}

#[test]
fn nothing_of_an_article_gets_out_of_its_text() {
    let evil = "<script>alert(1)</script>&\"";
    let body = |more: &str| {
        vec![
            Block::paragraph(format!("{evil} {more}")),
            Block::image(Image {
                caption: format!("<img src=x onerror=alert(1)>{more}").into(),
                ..Image::new("/a.jpg")
            }),
            Block::card(Card::Html(HtmlCard { html: format!("<script>{more}</script>").into(), ..HtmlCard::blank() })),
            Block::paragraph_of(vec![Inline::link(format!("https://a.org/\"><script>{more}"), "x")]),
        ]
    };
    let html = diff(&Document::new(body("one")), &Document::new(body("two"))).html(&Web::default());
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;\" <del>one</del><ins>two</ins>"), "{html}");
    let tags: Vec<_> = html.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or_default()).collect();
    let known = ["p", "/p", "del", "/del", "ins", "/ins", "p class=\"diff-card\"", "p class=\"diff-note\""];
    assert!(tags.iter().all(|tag| known.contains(tag)), "{html}");
}

#[test]
fn the_desk_gets_plain_data() {
    let linked = Block::paragraph_of(vec![Inline::link("/a/", "It"), Inline::text(" is off.")]);
    let old = Document::new(vec![linked, picture("/a.jpg", ""), Block::rule()]);
    let new = Document::new(vec![Block::paragraph("It is on."), picture("/a.jpg", "A wall"), Block::paragraph("End")]);
    let json = diff(&old, &new).to_json();
    let expected = serde_json::json!({"changes": [
        {"change": "changed", "old": 0, "new": 0, "kind": "paragraph", "words": [
            {"change": "restyled", "text": "It", "old": {"formats": [], "link": "/a/"}, "new": {"formats": [], "link": null}},
            {"change": "same", "text": " is "},
            {"change": "removed", "text": "off"},
            {"change": "added", "text": "on"},
            {"change": "same", "text": "."},
        ]},
        {"change": "card-changed", "old": 1, "new": 1, "kind": "image", "fields": [
            {"field": "caption", "old": "", "new": "A wall"},
        ]},
        {"change": "removed", "old": 2, "kind": "horizontalrule", "text": ""},
        {"change": "added", "new": 2, "kind": "paragraph", "text": "End"},
    ]});
    assert_eq!(json, expected);
}
