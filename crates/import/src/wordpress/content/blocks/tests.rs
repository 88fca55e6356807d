use std::collections::HashMap;

use manuscript::{Document, Web};

use super::super::{Around, Attachment, Body, document};

fn shown(body: &Body) -> String {
    Document::parse(&body.json).unwrap().html(&Web { image_widths: Vec::new(), ..Web::default() })
}

#[track_caller]
fn check_around(text: &str, around: &Around<'_>, expected: &str) -> Body {
    let body = document(text, around);
    assert_eq!(
        shown(&body).replace("\n<!--kg-card-begin: html-->\n", "{").replace("\n<!--kg-card-end: html-->\n", "}"),
        expected
    );
    body
}

#[track_caller]
fn check(text: &str, expected: &str) -> Body {
    check_around(text, &Around::default(), expected)
}

/// A block around HTML.
fn block(name: &str, html: &str) -> String {
    let short = name.split(' ').next().unwrap();
    format!("<!-- wp:{name} -->\n{html}\n<!-- /wp:{short} -->\n\n")
}

#[test]
fn words_become_nodes_without_their_dress() {
    check(
        &(block("paragraph", "<p class=\"has-drop-cap\" style=\"color:red\">It's <strong>so</strong></p>")
            + &block("heading {\"level\":3}", "<h3 class=\"wp-block-heading\">A</h3>")
            + &block("separator", "<hr class=\"wp-block-separator\"/>")
            + &block("spacer", "<div style=\"height:9px\" class=\"wp-block-spacer\"></div>")),
        "<p>It’s <strong>so</strong></p><h3 id=\"a\">A</h3><hr>",
    );
}

#[test]
fn lists_nest_in_the_old_way_and_in_the_new() {
    let expected = "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>";
    check(&block("list", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"), expected);
    let item = |html: &str| block("list-item", html);
    let inner = format!("<li>a{}</li>", block("list", &format!("<ul>{}</ul>", item("<li>b</li>"))));
    check(
        &block("list", &format!("<ul class=\"wp-block-list\">{}{}</ul>", item(&inner), item("<li>c</li>"))),
        expected,
    );
}

#[test]
fn a_quotation_keeps_who_said_it() {
    check(
        &block(
            "quote",
            &format!(
                "<blockquote class=\"wp-block-quote\">{}<cite>Ada</cite></blockquote>",
                block("paragraph", "<p>\"Yes.\"</p>")
            ),
        ),
        "<blockquote>“Yes.”<br><br>Ada</blockquote>",
    );
    check(
        &block(
            "quote",
            "<blockquote class=\"wp-block-quote\"><p>Yes.</p><p class=\"wp-block-quote__citation\">Ada</p></blockquote>",
        ),
        "<blockquote>Yes.<br><br>Ada</blockquote>",
    );
    check(
        &block(
            "pullquote",
            "<figure class=\"wp-block-pullquote\"><blockquote><p>Yes.</p><cite>Ada</cite></blockquote></figure>",
        ),
        "<blockquote class=\"kg-blockquote-alt\">Yes.<br><br>Ada</blockquote>",
    );
}

#[test]
fn a_picture_takes_what_the_library_knows() {
    let hosts = ["example.org".to_owned()];
    let library = HashMap::from([(
        7,
        Attachment {
            url: "https://example.org/wp-content/uploads/a.jpg".into(),
            alt: "The wall".into(),
            width: Some(2000),
            height: Some(1000),
            ..Attachment::default()
        },
    )]);
    let moved = |url: &str| url.rsplit_once("/uploads/").map(|(_, file)| format!("/content/images/{file}"));
    let around = Around { attachments: Some(&library), hosts: &hosts, moved: Some(&moved), ..Around::default() };
    let bare = block("image {\"id\":7}", "<figure><img src=\"/wp-content/uploads/a-300x150.jpg\"/></figure>");
    assert!(shown(&document(&bare, &around)).contains("alt=\"The wall\""));
    check_around(
        &block(
            "image {\"id\":7}",
            "<figure class=\"wp-block-image alignwide\"><a href=\"https://example.org/wp-content/uploads/a.jpg\"><img \
             src=\"https://example.org/wp-content/uploads/a-300x150.jpg\" alt=\"\" class=\"wp-image-7\"/></a>\
             <figcaption class=\"wp-element-caption\">By <em>Ada</em>'s</figcaption></figure>",
        ),
        &around,
        "<figure class=\"kg-card kg-image-card kg-width-wide kg-card-hascaption\"><a href=\"/content/images/a.jpg\">\
         <img src=\"/content/images/a.jpg\" class=\"kg-image\" alt=\"The wall\" loading=\"lazy\" width=\"2000\" height=\"1000\"></a>\
         <figcaption>By <em>Ada</em>’s</figcaption></figure>",
    );
}

#[test]
fn galleries_of_three_generations_are_one_card() {
    let figure = |name: &str| format!("<figure><img src=\"/{name}.jpg\" alt=\"{name}\"/></figure>");
    let items = format!("<li class=\"blocks-gallery-item\">{}</li><li>{}</li>", figure("a"), figure("b"));
    let images = block("image", &figure("a")) + &block("image", &figure("b"));
    let made: Vec<String> = [
        format!("<ul class=\"wp-block-gallery columns-2\">{items}</ul>"),
        format!("<figure class=\"wp-block-gallery\"><ul class=\"blocks-gallery-grid\">{items}</ul></figure>"),
        format!("<figure class=\"wp-block-gallery\">{images}</figure>"),
    ]
    .iter()
    .map(|html| shown(&document(&block("gallery", html), &Around::default())))
    .collect();
    assert!(made[0].starts_with("<figure class=\"kg-card kg-gallery-card") && made[0].matches("<img").count() == 2);
    assert_eq!((&made[0], &made[0]), (&made[1], &made[2]));
}

#[test]
fn pictures_with_captions_of_their_own_stay_pictures() {
    check(
        &block(
            "gallery",
            "<figure class=\"wp-block-gallery\"><figure><img src=\"/a.jpg\"/><figcaption>A</figcaption></figure>\
             <figure><img src=\"/b.jpg\"/></figure><figcaption class=\"blocks-gallery-caption\">All</figcaption></figure>",
        ),
        "<figure class=\"kg-card kg-image-card kg-card-hascaption\"><img src=\"/a.jpg\" class=\"kg-image\" alt=\"\" loading=\"lazy\">\
         <figcaption>A</figcaption></figure><figure class=\"kg-card kg-image-card\"><img src=\"/b.jpg\" class=\"kg-image\" alt=\"\" \
         loading=\"lazy\"></figure><p>All</p>",
    );
}

#[test]
fn pages_of_other_sites_are_shown_or_named() {
    let html = |name: &str, url: &str| {
        block(
            &format!("{name} {{\"url\":\"{url}\"}}"),
            &format!(
                "<figure class=\"wp-block-embed\"><div class=\"wp-block-embed__wrapper\">\n{url}\n</div><figcaption>Cap</figcaption></figure>"
            ),
        )
    };
    let old = shown(&document(&html("core-embed/youtube", "https://youtu.be/abc"), &Around::default()));
    let new = shown(&document(&html("embed", "https://youtu.be/abc"), &Around::default()));
    assert!(old.contains("youtube.com/embed/abc") && old.contains("<figcaption>Cap</figcaption>"), "{old}");
    assert_eq!(old, new);
    check(
        &html("embed", "https://example.org/"),
        "<figure class=\"kg-card kg-bookmark-card kg-card-hascaption\"><a class=\"kg-bookmark-container\" href=\"https://example.org/\">\
         <div class=\"kg-bookmark-content\"><div class=\"kg-bookmark-title\">https://example.org/</div></div></a>\
         <figcaption>Cap</figcaption></figure>",
    );
}

#[test]
fn a_table_is_a_card_that_the_editor_knows() {
    check(
        &block(
            "table",
            "<figure class=\"wp-block-table\"><table class=\"x\"><tbody><tr><td class=\"has-text-align-center\">\"a\"</td></tr></tbody></table>\
             <figcaption>Cap</figcaption></figure>",
        ),
        "{<div role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table><caption>Cap</caption><tbody><tr>\
         <td style=\"text-align:center\">“a”</td></tr></tbody></table></div>}",
    );
    let json = document(&block("table", "<table><tr><td>a</td></tr></table>"), &Around::default()).json;
    assert!(json.contains("<!--masthead:table--><div role"), "{json}");
}

#[test]
fn program_text_is_verbatim_and_verse_keeps_its_lines() {
    check(
        &block(
            "code",
            "<pre class=\"wp-block-code\"><code lang=\"x\" class=\"language-rust\">let a = \"&lt;\";<br>b -- c</code></pre>",
        ),
        "<pre><code class=\"language-rust\">let a = &quot;&lt;&quot;;\nb -- c</code></pre>"
            .replace("&quot;", "\"")
            .as_str(),
    );
    check(
        &block("verse", "<pre class=\"wp-block-verse\">One<br>  <em>two</em>\n\nthree</pre>"),
        "<p>One<br><em>two</em></p><p>three</p>",
    );
}

#[test]
fn what_groups_dissolves_in_the_order_of_reading() {
    let paragraph = |words: &str| block("paragraph", &format!("<p>{words}</p>"));
    let column = |words: &str| block("column", &format!("<div class=\"wp-block-column\">{}</div>", paragraph(words)));
    check(
        &(block("columns", &format!("<div class=\"wp-block-columns\">{}{}</div>", column("a"), column("b")))
            + &block(
                "media-text",
                &format!(
                    "<div class=\"wp-block-media-text\"><figure class=\"wp-block-media-text__media\"><img src=\"/a.jpg\" alt=\"A\"/></figure><div>{}</div></div>",
                    paragraph("c")
                ),
            )
            + &block(
                "cover {\"url\":\"/b.jpg\"}",
                &format!(
                    "<div class=\"wp-block-cover\" style=\"background-image:url(/b.jpg)\"><div>{}</div></div>",
                    paragraph("d")
                ),
            )),
        "<p>a</p><p>b</p><figure class=\"kg-card kg-image-card\"><img src=\"/a.jpg\" class=\"kg-image\" alt=\"A\" loading=\"lazy\"></figure>\
         <p>c</p><figure class=\"kg-card kg-image-card\"><img src=\"/b.jpg\" class=\"kg-image\" alt=\"\" loading=\"lazy\"></figure><p>d</p>",
    );
}

#[test]
fn buttons_files_and_texts_that_open_are_cards() {
    let button = |html: &str| block("button", &format!("<div class=\"wp-block-button\">{html}</div>"));
    check(
        &block("buttons", &(button("<a href=\"/a/\">It's <b>so</b></a>") + &button("<a class=\"x\">Nowhere</a>"))),
        "<div class=\"kg-card kg-button-card kg-align-center\"><a href=\"/a/\" class=\"kg-btn kg-btn-accent\">It’s so</a></div><p>Nowhere</p>",
    );
    let file = shown(&document(
        &block(
            "file {\"href\":\"/a.pdf\"}",
            "<div class=\"wp-block-file\"><a href=\"/a.pdf\">The report</a><a href=\"/a.pdf\" class=\"wp-block-file__button\" download>Download</a></div>",
        ),
        &Around::default(),
    ));
    assert!(file.contains("kg-file-card-title\">The report<") && file.contains("a.pdf"), "{file}");
    check(
        &block(
            "details",
            &format!(
                "<details class=\"wp-block-details\"><summary>\"Why\"</summary>{}</details>",
                block("paragraph", "<p style=\"a\">So.</p>")
            ),
        ),
        "<details class=\"kg-card kg-toggle-card\"><summary class=\"kg-toggle-heading\"><h4 class=\"kg-toggle-heading-text\">“Why”</h4></summary>\
         <div class=\"kg-toggle-content\"><p>So.</p></div></details>",
    );
}

#[test]
fn the_parts_of_an_accordion_open() {
    let heading = "<h3 class=\"wp-block-accordion-heading\"><button class=\"wp-block-accordion-heading__toggle\">\
                   <span class=\"wp-block-accordion-heading__toggle-title\">Why</span>\
                   <span class=\"wp-block-accordion-heading__toggle-icon\">+</span></button></h3>";
    let panel = block("accordion-panel", &format!("<div>{}</div>", block("paragraph", "<p>So.</p>")));
    let item = block("accordion-item", &format!("<div>{}{panel}</div>", block("accordion-heading", heading)));
    check(
        &block("accordion", &format!("<div>{item}</div>")),
        "<details class=\"kg-card kg-toggle-card\"><summary class=\"kg-toggle-heading\"><h4 class=\"kg-toggle-heading-text\">Why</h4></summary>\
         <div class=\"kg-toggle-content\"><p>So.</p></div></details>",
    );
}

#[test]
fn a_post_of_another_site_keeps_its_words() {
    let html = "<blockquote class=\"twitter-tweet\"><p>Held.</p>— Ada <a href=\"https://twitter.com/ada/status/1\">May 3</a></blockquote>\
                <script async src=\"https://platform.twitter.com/widgets.js\"></script>";
    let body = document(&block("html", html), &Around::default());
    assert!(
        shown(&body).contains("<p>Held.</p>") && shown(&body).contains("View this at twitter.com"),
        "{}",
        shown(&body)
    );
}

#[test]
fn links_to_other_sites_of_the_author_are_a_paragraph() {
    check(
        "<!-- wp:social-links --><ul class=\"wp-block-social-links\"><!-- wp:social-link {\"url\":\"https://example.org/ada\",\"service\":\"mastodon\"} /-->\
         <!-- wp:social-link {\"service\":\"x\"} /--></ul><!-- /wp:social-links -->",
        "<p><a href=\"https://example.org/ada\">Mastodon</a></p>",
    );
}

#[test]
fn pages_are_counted_and_can_be_linked_to() {
    let body = check(
        &(block("paragraph", "<p>a</p>")
            + &block("more", "<!--more-->")
            + &block("nextpage", "<!--nextpage-->")
            + &block("paragraph", "<p>b</p>")),
        "<p>a</p>{<a id=\"page-2\"></a>}<p>b</p>",
    );
    assert_eq!(body.pages, 2);
    assert_eq!(document("<!--nextpage-->a<!--more x-->\n\nb\n\n<!--nextpage-->\n\nc", &Around::default()).pages, 2);
}

#[test]
fn notes_are_a_card_at_their_place() {
    let footnotes = r#"[{"id":"ab","content":"It's <em>so</em>."}]"#;
    let around = Around { footnotes: Some(footnotes), ..Around::default() };
    check_around(
        &(block("paragraph", "<p>a<sup data-fn=\"ab\" class=\"fn\"><a href=\"#ab\" id=\"ab-link\">1</a></sup></p>")
            + "<!-- wp:footnotes /-->"),
        &around,
        "<p>a<a href=\"#fn1\" id=\"fnref1\"><sup>1</sup></a></p>{<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n\
         <li id=\"fn1\" class=\"footnote-item\"><p>It’s <em>so</em>. <a href=\"#fnref1\" class=\"footnote-backref\">↩\u{fe0e}</a></p>\n</li>\n\
         </ol>\n</section>}",
    );
    assert_eq!(document("a", &around).json.matches("footnotes-list").count(), 1);
}

#[test]
fn reusable_blocks_are_read_and_hold_no_circle() {
    let reusable = HashMap::from([(
        1,
        "<!-- wp:paragraph --><p>it's</p><!-- /wp:paragraph -->".to_owned() + "<!-- wp:block {\"ref\":1} /-->",
    )]);
    let around = Around { reusable: Some(&reusable), ..Around::default() };
    let body = check_around("<!-- wp:block {\"ref\":1} /--><!-- wp:block {\"ref\":2} /-->", &around, "<p>it’s</p>");
    assert_eq!(body.report.notes.len(), 2);
}

#[test]
fn a_long_chain_of_reusable_blocks_ends() {
    let group = |inner: &str| "<!-- wp:group -->".repeat(60) + inner + &"<!-- /wp:group -->".repeat(60);
    let next = |number: u64| group(&format!("<p>a</p><!-- wp:block {{\"ref\":{}}} /-->", number + 1));
    let reusable = HashMap::from_iter((0..1_000).map(|number| (number, next(number))));
    let around = Around { reusable: Some(&reusable), ..Around::default() };
    let body = document("<!-- wp:block {\"ref\":0} /-->", &around);
    assert_eq!(shown(&body).matches("<p>a</p>").count(), super::super::limits::MAX_REUSED_DEPTH);
    assert_eq!(body.report.notes.len(), 1);
}

#[test]
fn what_wordpress_fills_is_left_out_and_what_is_unknown_is_kept() {
    let body = check(
        &("<!-- wp:latest-posts {\"postsToShow\":4} /--><!-- wp:latest-posts /-->".to_owned()
            + &block("acme/box {\"a\":1}", "<div class=\"box\"><p>kept</p></div>")),
        "<p>kept</p>",
    );
    assert_eq!(body.report.counts.dropped_blocks.into_iter().collect::<Vec<_>>(), [("latest-posts".to_owned(), 2)]);
    assert_eq!(body.report.counts.unknown_blocks.into_iter().collect::<Vec<_>>(), [("acme/box".to_owned(), 1)]);
}

#[test]
fn html_by_hand_is_nodes_where_nodes_can_say_it() {
    check(&block("html", "<div style=\"width:9px\">It's <b>so</b></div>"), "<p>It’s <strong>so</strong></p>");
    let body = document(&block("html", "<svg></svg><div id=\"x\">a</div><script>b</script>"), &Around::default());
    assert!(body.json.contains("<script>b</script>"), "{}", body.json);
}

#[test]
fn lines_between_blocks_are_paragraphs() {
    check(&("one\n\ntwo\n\n".to_owned() + &block("paragraph", "<p>three</p>")), "<p>one</p><p>two</p><p>three</p>");
}
