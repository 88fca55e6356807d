use super::super::{Around, Work};

#[track_caller]
fn check(html: &str, expected: &str) {
    let around = Around::default();
    let mut work = Work::new(&around);
    let made = super::clean(html, &mut work);
    let made = super::super::marks::for_reading(&made)
        .replace("<!--kg-card-begin: html-->", "")
        .replace("<!--kg-card-end: html-->", "");
    let made: String = made.chars().map(|c| if matches!(c, '\u{fdd0}' | '\u{fdd1}') { '#' } else { c }).collect();
    assert_eq!(made, expected);
}

#[track_caller]
fn check_line(html: &str, expected: &str) {
    let around = Around::default();
    assert_eq!(super::line(html, &mut Work::new(&around)), expected);
}

#[test]
fn what_belongs_to_a_theme_goes() {
    check(
        "<P class=a style='color:red' id=b onclick=c>a <FONT color=red>b</FONT><o:p>c</o:p></P><nav>d</nav>",
        "<p>a bc</p><div>d</div>",
    );
    check(
        "<a href=\"/x\" target=\"_blank\" rel=\"noopener nofollow\" class=\"y\">z</a>",
        "<a href=\"/x\" rel=\"nofollow\">z</a>",
    );
    check("a<script>b</script><style>c</style><noscript>d</noscript><!-- e --><svg><path/></svg>f", "af");
}

#[test]
fn a_style_that_sets_words_is_kept_as_what_it_means() {
    check(
        "<span style=\"Font-Weight: bold; font-style:italic\">a</span><span style='text-decoration: underline;'>b</span>",
        "<strong><em>a</em></strong><u>b</u>",
    );
    check("<b style=\"font-weight:normal\">a</b>", "a");
}

#[test]
fn figures_are_pictures_and_players_with_captions() {
    check(
        "<div class=\"wp-caption alignleft\"><img src=\"/a.jpg\"><p class=\"wp-caption-text\">b</p></div>",
        "<figure><img src=\"/a.jpg\" alt=\"\"><figcaption>b</figcaption></figure>",
    );
    check("<figure><iframe src=\"https://youtu.be/a\">x</iframe><figcaption>b</figcaption></figure>", "#0#");
    check("<figure><table><tr><td>a</td></tr></table><figcaption>b</figcaption></figure>", "#0#");
    check(
        "<figure><img src=\"/a.jpg\"><p>words</p><figcaption>b</figcaption></figure>",
        "<img src=\"/a.jpg\" alt=\"\"><p>words</p><p>b</p>",
    );
    check(
        "<figure><blockquote>a</blockquote><figcaption>b</figcaption></figure>",
        "<blockquote>a<cite>b</cite></blockquote>",
    );
}

#[test]
fn galleries_are_one_card_and_what_only_looks_like_one_is_not() {
    check(
        "<div class=\"gallery\"><dl><dt><img src=\"/a.jpg\"></dt><dd class=\"wp-caption-text\">b</dd></dl><br></div>c",
        "#0#c",
    );
    check(
        "<div class=\"gallery\"><p>words</p><img src=\"/a.jpg\"></div>",
        "<div><p>words</p><img src=\"/a.jpg\" alt=\"\"></div>",
    );
}

#[test]
fn signs_that_were_drawn_are_signs_and_pictures_that_count_are_gone() {
    check("a <img class=\"wp-smiley\" src=\"/a.gif\" alt=\":)\"><img src=\"/b.gif\" width=1 height=1>", "a :)");
    check(
        "<img src=\"data:image/gif;base64,x\" data-lazy-src=\"/a.jpg\" title=\"a\">",
        "<img src=\"/a.jpg\" alt=\"\">",
    );
}

#[test]
fn films_of_old_pages_are_found() {
    check(
        "<object width=1><param name=\"movie\" value=\"http://www.youtube.com/v/abc\"><embed src=\"http://www.youtube.com/v/abc\"></object>",
        "#0#",
    );
    check(
        "<video src=\"/a.mp4\" class=b controls>no player<a href=\"/a.mp4\">c</a></video>",
        "<video src=\"/a.mp4\" controls=\"\"><a href=\"/a.mp4\"></a></video>",
    );
}

#[test]
fn places_that_are_linked_to_get_a_card() {
    check("<p id=\"a\">b</p><p><a href=\"#a\">c</a> <a name=\"d\"></a></p>", "#0#<p>b</p><p><a href=\"#a\">c</a> </p>");
    check("<h2 id=\"own\">Words</h2><h2 id=\"words\">Words</h2>", "#0#<h2>Words</h2><h2>Words</h2>");
    check("<ul><li id=\"a\">b</li></ul><a href=\"#a\">c</a>", "#0#<ul><li>b</li></ul><a href=\"#a\">c</a>");
}

#[test]
fn a_line_holds_words_and_links() {
    check_line("<p>a</p><p class=b>c <i>d</i></p><img src=\"/e.jpg\"><h2>f</h2>", "a c <i>d</i> f");
    check_line(" “a” <a href=\"/x\" class=y>b</a><br>", "“a” <a href=\"/x\">b</a>");
}

#[test]
fn hostile_html_takes_a_few_walks() {
    for html in [
        "<p>",
        "<p",
        "</p>",
        "<div class=\"gallery\">",
        "<figure>",
        "<figcaption>",
        "<figure><figcaption>",
        "<table>",
        "<td>",
        "<table><tr><td>",
        "<svg>",
        "<noscript>",
        "<span style=\"font-weight:bold\">",
        "<b>",
        "<a href=\"#a\">",
        "<h2 id=\"a\">",
        "<object>",
        "<ul><li>",
        "<script>",
        "<!--",
    ] {
        let html = html.repeat(100_000 / html.len());
        let around = Around::default();
        super::clean(&html, &mut Work::new(&around));
    }
}
