use manuscript::{Document, Web};

use super::*;

fn shown(body: &Body) -> String {
    Document::parse(&body.json).unwrap().html(&Web { image_widths: Vec::new(), ..Web::default() })
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(shown(&document(text, &Around::default())), expected);
}

#[test]
fn a_classic_post_becomes_nodes() {
    check(
        "She said \"no\".\nTwice.\r\n\r\n<h2>Why</h2>\n<blockquote>It's <em>so</em>.</blockquote>\n<ul>\n\t<li>a</li>\n</ul>",
        "<p>She said “no”.<br>Twice.</p><h2 id=\"why\">Why</h2><blockquote>It’s <em>so</em>.</blockquote><ul><li>a</li></ul>",
    );
    check("", "");
    check("<p>&nbsp;</p>\n\n<p></p>", "");
}

#[test]
fn a_builder_s_post_is_its_words() {
    let body = document(
        "[vc_row][vc_column][vc_column_text]One \"two\".\n\nThree.[/vc_column_text][/vc_column][/vc_row]",
        &Around::default(),
    );
    assert_eq!(shown(&body), "<p>One “two”.</p><p>Three.</p>");
    assert_eq!(body.report.counts.shortcodes.get("vc_row"), Some(&1));
}

#[test]
fn a_builder_s_post_in_a_block_is_its_words() {
    let text = "<!-- wp:divi/placeholder -->[et_pb_section][et_pb_row][et_pb_text]<p>One</p>\n<p>Two</p>[/et_pb_text][/et_pb_row][/et_pb_section]<!-- /wp:divi/placeholder -->";
    check(text, "<p>One</p><p>Two</p>");
}

#[test]
fn cards_inside_kept_html_are_printed_there() {
    let body = document("<ul><li>a<table><tr><td>[audio /a.mp3]</td></tr></table></li></ul>", &Around::default());
    assert!(body.json.contains("a.mp3") && body.json.contains("<li>a"), "{}", body.json);
}

#[test]
fn what_is_counted_adds_up_and_notes_are_of_one_body() {
    let mut whole = Counts::default();
    for _ in 0..2 {
        let report = document("[vc_row]<script>a</script>[/vc_row] [my_form]", &Around::default()).report;
        whole.add(&report.counts);
        assert_eq!(report.notes, ["scripts were left out"]);
    }
    assert_eq!(whole.shortcodes.into_iter().collect::<Vec<_>>(), [("vc_row".to_owned(), 2)]);
    assert_eq!(whole.unknown_shortcodes.into_iter().collect::<Vec<_>>(), [("my_form".to_owned(), 2)]);
}

#[test]
fn there_is_an_end_to_the_names_that_are_counted() {
    let mut whole = Counts::default();
    for number in 0..MOST_NAMES + 50 {
        whole.add(&Counts { shortcodes: [(format!("a{number}"), 1)].into(), ..Counts::default() });
    }
    assert_eq!((whole.shortcodes.len(), whole.shortcodes["…"]), (MOST_NAMES + 1, 50));
}

#[test]
fn a_body_beyond_the_limits_keeps_its_words() {
    let deep = format!("{}deep &amp; low{}", "<ul><li>".repeat(500), "</li></ul>".repeat(500));
    let body = document(&deep, &Around::default());
    assert_eq!(shown(&body), "<p>deep &amp; low</p>");
    assert_eq!(body.report.notes.len(), 1);
    let many = "a\n\n".repeat(60_000);
    assert_eq!(shown(&document(&many, &Around::default())).matches('a').count(), 60_000);
}

#[test]
fn what_is_no_text_of_wordpress_s_cannot_write_marks() {
    check(
        "a\u{fdd0}0\u{fdd1}[embed]https://example.com/x/[/embed]\u{0}",
        &shown(&document("a\u{fffd}0\u{fffd}[embed]https://example.com/x/[/embed]\u{fffd}", &Around::default())),
    );
}

/// A second or two; what takes the square of its length would take hours.
#[track_caller]
fn read_in_time(text: &str) -> Body {
    let began = std::time::Instant::now();
    let body = document(text, &Around::default());
    assert!(Document::parse(&body.json).is_ok());
    assert!(began.elapsed() < std::time::Duration::from_secs(60), "{:?}", began.elapsed());
    body
}

#[test]
fn hostile_bodies_are_read_in_time() {
    for text in ["[", "<!-- wp:", "<!-- wp:group --><div>"] {
        read_in_time(&text.repeat(1_000_000 / text.len()));
    }
    for text in ["<p>", "\"", "<", "https://youtu.be/a\n", "[vc_row]", "<li>", "<b>", "&", "<figure><img src=a>"] {
        read_in_time(&text.repeat(150_000 / text.len()));
    }
    let depth = 100_000;
    let nested = format!("{}x{}", "<!-- wp:group --><div>".repeat(depth), "</div><!-- /wp:group -->".repeat(depth));
    assert!(read_in_time(&nested).json.contains('x'));
}

/// Pieces of posts, to be put together at random.
const PIECES: &str = "<!-- wp:group -->|<!-- /wp:group -->|<!-- wp:paragraph {\"a\":\"é\"} -->|<!-- /wp:paragraph -->|<!-- wp:|\
    {\"url\":\"https://youtu.be/a\"}| -->|/-->|<!--|-->|<!-->|<p>|</p>|<div class=\"gallery\">|</div>|<figure>|</figure>|\
    <figcaption class='wp-caption-text'>|</figcaption>|<img src=\"/é.jpg\" class=\"wp-image-1\" alt='“'>|<img src=|\
    <a href=\"#x\" id=é>|</a>|<h2 id=\"x\">|</h2>|é|“|\"|'|'99\"|--|---| |\n|\n\n|\r\n|&|&amp;|&nbsp;|&eacute;|\u{a0}|<|>|[|]|[[|]]|/|\
    [caption id=\"a\" caption='é']|[/caption]|[gallery ids=\"1,2\"]|[gallery]|[audio src=é]|[/audio]|[embed]|[/embed]|\
    [vc_row é=\"é\"]|[/vc_row]|[vc_raw_html]|[/vc_raw_html]|[youtube é]|[x é=1 /]|https://youtu.be/é|https://example.org/a|\
    <table>|<tr><td>|</td></tr>|</table>|<ul><li>|</li></ul>|<blockquote>|</blockquote>|<pre>|</pre>|<code>|</code>|<script>|\
    </script>|<iframe src=\"https://www.youtube.com/embed/é\">|</iframe>|<object data=\"é\">|</object>|<embed src='//é'>|\
    <span style=\"font-weight:bold;é\">|</span>|<!--nextpage-->|<!--more é-->|<!-- wp:html -->|<!-- /wp:html -->|<!-- wp:code -->|\
    <!-- /wp:code -->|<!-- wp:details -->|<!-- /wp:details -->|<details>|</details>|<summary>|</summary>|<!-- wp:verse -->|\
    <!-- /wp:verse -->|<!-- wp:button -->|<!-- /wp:button -->|<!-- wp:gallery -->|<!-- /wp:gallery -->|\
    <!-- wp:embed {\"url\":\"é\"} -->|<!-- /wp:embed -->|<!-- wp:cover {\"url\":\"/é\"} -->|<!-- /wp:cover -->|<!-- wp:file -->|\
    <!-- /wp:file -->|<!-- wp:block {\"ref\":1} /-->|<!-- wp:footnotes /-->|<!-- wp:accordion-item -->|<!-- /wp:accordion-item -->|\
    <!-- wp:social-links -->|<!-- wp:social-link {\"url\":\"é\",\"service\":\"é\"} /-->|<br>|<hr>|<p|<br|</|<![CDATA[|]]>|\
    \u{fdd0}0\u{fdd1}|9x9|1|x|-|<dl class=\"wp-caption\"><dt>|<dd class=wp-caption-dd>|<video src=/é.mp4>|</video>|<svg>|</svg>|\
    <noscript>|</noscript>|[su_button url=\"é\"]|[/su_button]|[et_pb_code]|[/et_pb_code]|[dropcap]|[/dropcap]|=|<option>|<source>|\
    <param name=movie value=é>|<li|<form>|<input>|日本";

#[test]
fn whatever_stands_in_a_post_a_body_comes_out() {
    let pieces: Vec<&str> = PIECES.split('|').collect();
    let file = Attachment {
        url: "https://example.org/é.jpg".into(),
        alt: "é".into(),
        caption: "<b>é".into(),
        ..Attachment::default()
    };
    let attachments = HashMap::from([(1, file)]);
    let reusable = HashMap::from([(1, "<!-- wp:block {\"ref\":1} /-->[gallery]é".to_owned())]);
    let hosts = ["example.org".to_owned()];
    let moved = |url: &str| url.get(..20).map(|_| "/content/images/é.jpg".to_owned());
    let around = Around {
        attachments: Some(&attachments),
        reusable: Some(&reusable),
        children: &[1],
        footnotes: Some("[{\"id\":\"x\",\"content\":\"é\"}]"),
        hosts: &hosts,
        moved: Some(&moved),
    };
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut below = |end: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % end as u64) as usize
    };
    for _ in 0..3_000 {
        let text: String = (0..=below(40)).map(|_| pieces[below(pieces.len())]).collect();
        let body = document(&text, &around);
        assert!(!body.json.contains(|c| matches!(c, '\u{fdd0}'..='\u{fdef}')), "{text:?}\n{}", body.json);
        shown(&body);
    }
}
