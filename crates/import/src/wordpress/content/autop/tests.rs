use super::super::texturize::texturize;
use super::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(autop(text), expected);
}

#[test]
fn an_empty_line_divides_paragraphs_and_a_line_end_breaks_one() {
    check("one\ntwo\r\n\r\n\r\nthree", "<p>one<br />\ntwo</p>\n<p>three</p>\n");
    check("one<br><br/>two<br>\nthree", "<p>one</p>\n<p>two<br />\nthree</p>\n");
    check("  one \n \t\ntwo  \n three ", "<p>  one </p>\n<p>two<br />\n three </p>\n");
    check(" \n\t\n", "");
}

#[test]
fn blocks_are_in_no_paragraph() {
    check("a\n<h2>b</h2>\nc", "<p>a</p>\n<h2>b</h2>\n<p>c</p>\n");
    check("<ul>\n\t<li>a</li>\n\t<li>b\nc</li>\n</ul>", "<ul>\n<li>a</li>\n<li>b<br />\nc</li>\n</ul>\n");
    // WordPress leaves the first paragraph of a group half open.
    check("<div>a\n\nb</div>", "<div>a</p>\n<p>b</p></div>\n");
    check("a<hr>b", "<p>a</p>\n<hr>\n<p>b</p>\n");
    check("<table><tr><td>a\nb</td></tr></table>", "<table>\n<tr>\n<td>a<br />\nb</td>\n</tr>\n</table>\n");
}

#[test]
fn a_paragraph_goes_inside_a_quotation() {
    check("<blockquote>a</blockquote>", "<blockquote><p>a</p></blockquote>\n");
    check("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p>\n<p>b</p></blockquote>\n");
}

#[test]
fn program_text_and_line_ends_in_tags_stay() {
    check("a\n<pre>\nb\n\n\nc</pre>\nd", "<p>a</p>\n<pre>\nb\n\n\nc</pre>\n<p>d</p>\n");
    check("<a\nhref=\"x\">a</a>", "<p><a\nhref=\"x\">a</a></p>\n");
    check("<!-- a\n\nb -->c", "<p><!-- a\n\nb -->c</p>\n");
    check("a<script>\nb\n</script>", "<p>a<script>\nb\n</script></p>\n");
}

#[test]
fn captions_choices_and_players_are_not_divided() {
    check(
        "<figure>\n<img>\n<figcaption>a</figcaption>\n</figure>",
        "<figure>\n<img><figcaption>a</figcaption></figure>\n",
    );
    check("<video>\n<source>\n<track>\n</video>", "<p><video><source><track></video></p>\n");
    check("<select>\n<option>a</option>\n</select>", "<p><select><option>a</option></select></p>\n");
    check("<object>\n<param>\n<embed>\n</object>", "<p><object><param><embed></object></p>\n");
}

#[test]
fn what_was_put_aside_cannot_be_forged() {
    check(
        "<pre>x</pre>\n<pre put-aside-0></pre><pre put-aside-9></pre>",
        "<pre>x</pre>\n<pre put-aside-0></pre>\n<pre put-aside-9></pre>\n",
    );
}

#[test]
fn a_paragraph_of_cards_is_none() {
    assert_eq!(unwrap_cards("<p>\u{fdd0}0\u{fdd1}&nbsp;</p><p>a</p><p></p>"), "\u{fdd0}0\u{fdd1}&nbsp;<p>a</p><p></p>");
}

#[test]
fn hostile_texts_take_a_few_walks() {
    for text in [
        "<", "<p", "<p>", "\n", "\n ", "<pre", "<pre>", "</pre>", "<br>", "<div>\n", "<p><li", "<!--", "<object>",
        "<script",
    ] {
        let text = text.repeat(100_000 / text.len());
        assert!(autop(&text).len() < 6_000_000);
    }
}

/// What WordPress 6.1.9 made of the theme unit test's classic posts, byte for byte, where no shortcode and no picture has
/// its own rules.
#[test]
fn the_paragraphs_are_wordpress_s() {
    let Some(folder) = std::env::var_os("MASTHEAD_REFERENCE") else {
        eprintln!("skipped: WordPress's paragraphs (MASTHEAD_REFERENCE is not set)");
        return;
    };
    let file = std::path::Path::new(&folder).join("wordpress-golden/unit-wp619.json");
    let bodies = std::fs::read_to_string(file).expect("WordPress's answers are there");
    let bodies: Vec<serde_json::Value> = serde_json::from_str(&bodies).expect("they are JSON");
    let mut compared = 0;
    for body in &bodies {
        let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
        let raw = text("raw");
        if super::super::blocks::are_in(&raw)
            || ["[caption", "[gallery", "[audio"].iter().any(|code| raw.contains(code))
        {
            continue;
        }
        let expected = text("rendered").replace(" decoding=\"async\"", "").replace(" loading=\"lazy\"", "");
        let decoded = |html: &str| {
            let mut html = html.replace("&amp;", "&#038;");
            for (number, c) in
                [("8211", "–"), ("8212", "—"), ("8216", "‘"), ("8217", "’"), ("8220", "“"), ("8221", "”")]
            {
                html = html.replace(&format!("&#{number};"), c);
            }
            html.replace("&#8230;", "…").replace("&#215;", "×").replace("&#8242;", "′").replace("&#8243;", "″")
        };
        assert_eq!(decoded(&autop(&texturize(&raw))), decoded(&expected), "{}", text("slug"));
        compared += 1;
    }
    assert!(compared > 40, "{compared}");
}
