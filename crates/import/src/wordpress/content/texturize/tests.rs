use super::texturize;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(texturize(text), expected);
}

#[test]
fn quotations_get_curly_marks() {
    check("\"Yes,\" she said.", "“Yes,” she said.");
    check("He's the council's 'friend', \"really\"", "He’s the council’s ‘friend’, “really”");
    check("(\"so\") [\"so\"] -\"so\"-", "(“so”) [“so”] -“so”-");
    check("<p>\"A <em>b</em>,\" c</p>", "<p>“A <em>b</em>,” c</p>");
    check("say ``so''", "say “so”");
}

#[test]
fn a_mark_without_its_other_stays_alone() {
    check("We said \"no", "We said “no");
    check("no\" they said", "no” they said");
}

#[test]
fn a_mark_behind_a_tag_belongs_to_the_word_in_front_of_it() {
    check("<em>Emma</em>'s wall", "<em>Emma</em>’s wall");
    check("\"<a href=\"/x\">It held</a>\".", "“<a href=\"/x\">It held</a>”.");
    check("<em>a </em>\"b\" <b></b>'c'", "<em>a </em>“b” <b></b>‘c’");
}

#[test]
fn apostrophes_stand_for_what_is_left_out() {
    check("the '90s, '99 and rock 'n' roll", "the ’90s, ’99 and rock ‘n’ roll");
    check("'tis 'cause of 'em", "’tis ’cause of ’em");
    check("'999 '99% '99.5", "‘999 ‘99% ‘99.5");
}

#[test]
fn marks_behind_digits_are_feet_and_inches_unless_they_close() {
    check("He is 5'6\" tall, \"6' tall\"", "He is 5’6″ tall, “6′ tall”");
    check("\"It was 12\" he said", "“It was 12” he said");
    check("'0.42' and \"42\"", "‘0.42’ and “42”");
    check("\"a 5\" and 6\" b\"", "“a 5″ and 6″ b”");
}

#[test]
fn hyphens_become_dashes_and_dots_an_ellipsis() {
    check("a -- b --- c - d--e f-g xn--h ...", "a — b — c – d–e f-g xn--h …");
    check("3x4 0x44 1,5x2 a3x4 3x4cm", "3×4 0x44 1,5×2 a3x4 3x4cm");
}

#[test]
fn program_text_tags_and_comments_stay() {
    check("<code>\"a\"</code> <pre>'b' <b>--</b></pre>", "<code>\"a\"</code> <pre>'b' <b>--</b></pre>");
    check("<a title=\"it's --\">'c'</a><!-- \"d\" -->", "<a title=\"it's --\">‘c’</a><!-- \"d\" -->");
    check(" https://example.org/a--b?c=1&d=\n", " https://example.org/a--b?c=1&d=\n");
}

#[test]
fn an_and_sign_becomes_a_reference() {
    check("a & b &amp; &#8217; &x", "a &amp; b &amp; &#8217; &amp;x");
    check("<a href=\"?a=1&copy=2\">c</a>", "<a href=\"?a=1&amp;copy=2\">c</a>");
}

#[test]
fn hostile_texts_take_a_few_walks() {
    for text in ["\"", "'", "\"a", "' ", "-", "1x", "1,", "&", "<", "<pre>", "\"1\" ", "'99\"", "<!--"] {
        let text = text.repeat(200_000 / text.len());
        assert!(texturize(&text).len() < 2_000_000);
    }
}

/// What WordPress 6.1.9 made of these titles.
#[test]
fn titles_are_set_as_wordpress_sets_them() {
    let Some(folder) = std::env::var_os("MASTHEAD_REFERENCE") else {
        eprintln!("skipped: titles set by WordPress (MASTHEAD_REFERENCE is not set)");
        return;
    };
    let file = std::path::Path::new(&folder).join("wordpress-golden/slug-texturize-wp619.json");
    let golden = std::fs::read_to_string(file).expect("WordPress's answers are there");
    let golden: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&golden).expect("they are JSON");
    for (title, answers) in &golden {
        let expected = super::super::tags::decode(answers["wptexturize"].as_str().unwrap_or_default()).into_owned();
        assert_eq!(super::super::tags::decode(&texturize(title)), expected, "{title}");
    }
    assert!(golden.len() > 15);
}
