use std::collections::HashMap;

use super::super::{Around, Attachment, Report, Work};
use super::replace;

/// What a text becomes, marks as `#`, and what the report says.
fn made(text: &str, around: &Around<'_>) -> (String, Report) {
    let mut work = Work::new(around);
    let text = replace(&super::super::marks::door(text), &mut work);
    let mut out = String::new();
    let mut in_mark = false;
    for c in text.chars() {
        match c {
            '\u{fdd0}' => {
                out.push('#');
                in_mark = true;
            }
            '\u{fdd1}' => in_mark = false,
            _ if in_mark => {}
            c => out.push(c),
        }
    }
    (out, work.report)
}

#[track_caller]
fn check(text: &str, expected: &str) -> Report {
    let (text, report) = made(text, &Around::default());
    assert_eq!(text, expected);
    report
}

#[test]
fn wordpress_s_own_become_cards() {
    check("a [embed width=\"1\"]https://example.org/[/embed] b", "a # b");
    check("[audio src=\"https://example.org/a.mp3\"][/audio][video mp4='https://example.org/a.mp4' /]", "##");
    check("[audio https://example.org/a.mp3]", "#");
    check("[caption id=\"a\" width=\"9\"]<a href=\"x\"><img src=\"/a.jpg\" /></a> Words[/caption]", "#");
    check("[caption caption='Words']<img src=\"/a.jpg\" />[/caption]", "#");
}

#[test]
fn a_caption_under_something_else_is_a_figure() {
    check(
        "[caption width=\"9\"]<iframe src=\"https://example.org/\"></iframe>Words[/caption]",
        "\n\n<figure><figcaption><iframe src=\"https://example.org/\"></iframe>Words</figcaption></figure>\n\n",
    );
}

#[test]
fn shortcodes_of_sites_are_read_with_number_name_and_address() {
    check("[youtube https://youtu.be/abc][youtube=https://youtu.be/abc&w=1][vimeo 12 w=5][tweet 1]", "####");
    let report = check("[youtube][instagram a/b]", "[youtube][instagram a/b]");
    assert_eq!(report.counts.unknown_shortcodes.len(), 2);
}

#[test]
fn builders_are_taken_away_from_around_their_words() {
    let report = check(
        "[vc_row a=\"b\"][vc_column width=\"1/2\"][vc_column_text]Words[/vc_column_text][/vc_column][/vc_row]",
        "\n\n\n\n\n\nWords\n\n\n\n\n\n",
    );
    assert_eq!(report.counts.shortcodes.values().sum::<usize>(), 3);
    check("[dropcap]T[/dropcap]he sea [su_highlight]rose[/su_highlight]", "The sea rose");
    check(
        "[vc_custom_heading text=\"Who knew\" font_container=\"tag:h2|text_align:left\"]",
        "\n\n\n\n<h2>Who knew</h2>\n\n",
    );
    check("[et_pb_toggle title=\"Why\"]Because[/et_pb_toggle]", "\n\n\n\n<h3>Why</h3>\n\nBecause\n\n");
    check("[td_block_big_grid custom_title=\"Latest\" limit=\"5\"]", "\n\n");
    check("[vc_raw_html]JTNDYiUzRWElM0MlMkZiJTNF[/vc_raw_html]", "#");
    check("[su_button url=\"https://example.org/\"]Go[/su_button]", "#");
}

#[test]
fn unknown_ones_stay_and_are_counted() {
    let text = "[my_form id=\"1\"] [box]a[/box] [sic] [1] [x /] [a b=c]";
    let report = check(text, text);
    let names: Vec<&str> = report.counts.unknown_shortcodes.keys().map(String::as_str).collect();
    assert_eq!(names, ["a", "box", "my_form", "x"]);
}

#[test]
fn two_brackets_say_one() {
    check("[[gallery ids=\"1\"]] [[caption]a[/caption]]", "[gallery ids=&quot;1&quot;] [caption]a[/caption]");
    check("[[my_form]]", "[[my_form]]");
}

#[test]
fn a_shortcode_in_a_tag_is_no_card() {
    check(
        "<a title=\"[gallery]\" href='[x]'>[/x]</a><!-- [gallery] -->",
        "<a title=\"\" href='[x]'>[/x]</a><!-- [gallery] -->",
    );
    check("1 < 2 [audio a/b.mp3] >", "1 < 2 # >");
}

#[test]
fn what_was_never_closed_swallows_nothing() {
    let text = "[caption <p>one</p> [caption]<img src=\"/a.jpg\"> two[/caption]";
    check(text, "[caption <p>one</p> #");
    check("[audio src=\"/a.mp3\"] words [audio src=\"/b.mp3\"][/audio]", "# words #");
}

#[test]
fn a_gallery_asks_the_library() {
    let file = |url: &str, caption: &str| Attachment {
        url: url.into(),
        caption: caption.into(),
        mime: "image/jpeg".into(),
        ..Attachment::default()
    };
    let library =
        HashMap::from([(1, file("https://example.org/a.jpg", "")), (2, file("https://example.org/b.jpg", ""))]);
    let around = Around { attachments: Some(&library), children: &[2, 1, 9], ..Around::default() };
    let (text, report) = made("[gallery] [gallery ids=“1,3”]", &around);
    assert_eq!(text, "# #");
    assert_eq!(report.notes, ["1 of 2 pictures of a gallery are not in the export"]);
    assert_eq!(made("[gallery exclude=\"1,2\"]", &around).0, "");
}

#[test]
fn hostile_texts_take_a_few_walks() {
    for text in [
        "[",
        "[[",
        "[/",
        "]",
        "[a",
        "[a]",
        "[a][/a]",
        "[caption]",
        "[caption ",
        "[gallery ",
        "[audio]",
        "[embed a]",
        "[a b]",
        "[vc_row]",
        "[/vc_row]",
        "<a [b]",
        "[caption a='",
        "[[gallery]",
        "[gallery a=b ]",
    ] {
        let text = text.repeat(200_000 / text.len());
        let (out, _) = made(&text, &Around::default());
        assert!(out.len() < 1_000_000);
    }
    let names: String = (0..10_000).map(|number| format!("[vc_{number}]")).collect();
    let ends: String = (0..10_000).map(|number| format!("[/vc_{number}]")).collect();
    made(&(names + &ends), &Around::default());
}
