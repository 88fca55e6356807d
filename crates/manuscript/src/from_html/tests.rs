use super::from_html;
use crate::{Document, Trust, Web};

/// What comes in, and what the page shows of it with cards in full.
fn check(html: &str, shown: &str) {
    let document = from_html(html).unwrap();
    let web = Web { trust: Trust::Everybody, image_widths: Vec::new(), ..Web::default() };
    assert_eq!(document.html(&web).replace("\n<!--kg-card-", "<!--kg-card-").replace("-->\n", "-->"), shown, "{html}");
}

fn card(html: &str) -> String {
    format!("<!--kg-card-begin: html-->{html}\n<!--kg-card-end: html-->").replace("\n<", "<")
}

#[test]
fn formats_and_links_become_nodes() {
    check(
        "<p>a <strong>b</strong><em>c</em> <a href='/x/' rel=nofollow>d <b>e</b></a><del>f</del></p>",
        "<p>a <strong>b</strong><em>c</em> <a href=\"/x/\" rel=\"nofollow\">d <strong>e</strong></a><s>f</s></p>",
    );
    check("<p><span style='font-weight: bold'>b</span> <q>q</q></p>", "<p><strong>b</strong> “q”</p>");
    check("<b style='font-weight:normal'><p>from Google Docs</p></b>", "<p>from Google Docs</p>");
}

#[test]
fn white_space_is_folded_over_elements() {
    check(
        "  loose \n text <b> and bold </b><p>  a \n b  </p>\n\n<p>c<br> d<br></p>",
        "<p>loose text <strong>and bold</strong></p><p>a b</p><p>c<br>d</p>",
    );
    check("<p>10&nbsp;%</p>", "<p>10&nbsp;%</p>");
}

#[test]
fn a_quotation_keeps_its_paragraphs_and_its_source() {
    check("<blockquote><p>one</p><p>two</p></blockquote>", "<blockquote>one<br><br>two</blockquote>");
    check(
        "<figure class='wp-block-pullquote'><blockquote><p>q</p><cite>Who</cite></blockquote></figure>",
        "<blockquote>q<br><br>Who</blockquote>",
    );
    check(
        "<blockquote class='kg-blockquote-alt'>x</blockquote>",
        "<blockquote class=\"kg-blockquote-alt\">x</blockquote>",
    );
    check("<blockquote><p>In <cite>Emma</cite>.</p></blockquote>", "<blockquote>In Emma.</blockquote>");
}

#[test]
fn lists_nest() {
    check("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>");
    check("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>");
    check("<ol start=3><li><p>a</p><p>b</p></li></ol>", "<ol start=\"3\"><li>a<br><br>b</li></ol>");
}

#[test]
fn pictures_come_with_caption_link_and_width() {
    check(
        "<p>before <a href='/x/'><img src='/a.jpg' alt='A' width=6 height=4></a> after</p>",
        "<p>before</p><figure class=\"kg-card kg-image-card\"><a href=\"/x/\"><img src=\"/a.jpg\" class=\"kg-image\" alt=\"A\" \
         loading=\"lazy\" width=\"6\" height=\"4\"></a></figure><p>after</p>",
    );
    check(
        "<figure class='kg-card kg-image-card kg-width-wide'><img src='/a.jpg'><figcaption>C <b>b</b></figcaption></figure>",
        "<figure class=\"kg-card kg-image-card kg-width-wide kg-card-hascaption\"><img src=\"/a.jpg\" class=\"kg-image\" alt=\"\" \
         loading=\"lazy\"><figcaption>C <b>b</b></figcaption></figure>",
    );
    check(
        "<div class='wp-caption alignnone'><img src='/a.jpg'><p class='wp-caption-text'>Cap</p></div>",
        "<figure class=\"kg-card kg-image-card kg-card-hascaption\"><img src=\"/a.jpg\" class=\"kg-image\" alt=\"\" \
         loading=\"lazy\"><figcaption>Cap</figcaption></figure>",
    );
}

#[test]
fn what_has_no_node_is_kept_as_html() {
    for html in [
        "<table><tbody><tr><td>a</td></tr></tbody></table>",
        "<dl><dt>a</dt><dd>b</dd></dl>",
        "<details><summary>S</summary><table><tbody><tr><td>c</td></tr></tbody></table></details>",
        "<pre><a href=\"/x\">a</a>\n  b</pre>",
        "<video src=\"/v.mp4\"><track kind=\"captions\" src=\"/v.vtt\"></video>",
        "<ul><li>a<table><tbody><tr><td>b</td></tr></tbody></table></li></ul>",
        "<blockquote><h2>a</h2></blockquote>",
    ] {
        check(html, &card(html));
    }
}

#[test]
fn ghosts_html_cards_come_back_byte_for_byte() {
    let raw = "<div class=x><p>raw<script>1<2</script>";
    check(
        &format!("<p>a</p><!--kg-card-begin: html-->\n{raw}\n<!--kg-card-end: html--><p>b</p>"),
        &format!("<p>a</p>{}<p>b</p>", card(raw)),
    );
}

#[test]
fn a_card_inside_something_that_is_kept_stays_there_and_cannot_be_forged() {
    check(
        "<ul><li>a<!--kg-card-begin: html--><b x>c<!--kg-card-end: html--></li></ul><!--masthead-kept-card:0-->",
        &card("<ul><li>a<b x>c</li></ul>"),
    );
}

#[test]
fn scripts_styles_and_unsafe_links_are_dropped() {
    check(
        "<p>a</p><script>alert(1)</script><style>p{}</style><p><a href='java\nscript:x'>b</a><img src='data:image/png,x'></p>",
        "<p>a</p><p>b</p>",
    );
    check("<dl><script>x</script><dd>a</dd></dl>", &card("<dl><dd>a</dd></dl>"));
}

#[test]
fn grouping_elements_dissolve() {
    check(
        "<article><section><h2>x</h2><div>y<div>z</div></div></section></article><p></p><p>q</p>",
        "<h2 id=\"x\">x</h2><p>y</p><p>z</p><p></p><p>q</p>",
    );
}

#[test]
fn html_beyond_the_limits_is_refused() {
    assert!(from_html(&"<div>".repeat(1_000)).is_err());
    assert!(from_html(&"<ul><li>".repeat(100)).is_err());
    assert!(from_html(&"<p>a".repeat(60_000)).is_err());
    assert_eq!(from_html("").unwrap(), Document::new(Vec::new()));
}

#[test]
fn deep_html_within_the_limits_does_not_exhaust_the_stack() {
    for tag in ["div", "blockquote", "b", "figure", "a", "h2", "ul><li", "table><tr><td"] {
        for depth in [10, 60, 61, 120, 249] {
            let _ = from_html(&format!("{}x", format!("<{tag}>").repeat(depth)));
        }
    }
}

#[test]
fn the_paywall_mark_is_read_back_as_one() {
    let document = from_html("<p>free</p><!--members-only--><p>paid</p>").unwrap();
    assert!(document.has_paywall());
    assert_eq!(document.public_part().plain_text(), "free");
}
