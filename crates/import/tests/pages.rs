//! Whole pages of text, each with the furniture of another kind of magazine.

use import::text::{Fate, Part, TextPage, read};

/// Reads a page and writes what became of each line that has something in it.
fn fates(page: &str) -> (TextPage, String) {
    let read = read(page.as_bytes()).expect("it is a page");
    assert_eq!(read.account.len(), page.lines().count(), "every line is in the account");
    for (entry, (number, line)) in read.account.iter().zip(page.lines().enumerate()) {
        assert_eq!((entry.line, entry.text.as_str()), (number + 1, line));
        assert_eq!(entry.fate == Fate::Blank, line.trim().is_empty());
    }
    let fates: Vec<String> = read
        .account
        .iter()
        .filter(|entry| entry.fate != Fate::Blank)
        .map(|entry| format!("{}: {}", entry.line, entry.fate))
        .collect();
    let fates = fates.join("\n");
    (read, fates)
}

#[track_caller]
fn check(page: &str, expected: &str) -> TextPage {
    let (page, found) = fates(page);
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(found, expected.join("\n"));
    page
}

const LONG: &str = "The wall held through the night, the harbour master said, but nobody who stood on the quay at \
                    four in the morning believes that it will hold through another winter like this one.";

#[test]
fn the_reference_page_is_read_whole() {
    let Some(folder) = std::env::var_os("MASTHEAD_REFERENCE") else {
        note_skipped("the reference page (MASTHEAD_REFERENCE is not set)");
        return;
    };
    let file = std::path::Path::new(&folder).join("seed/000_382f563c0c54cd26.txt");
    let bytes = std::fs::read_to_string(file).expect("the reference page is there");
    let (page, _) = fates(&bytes);
    let count = |test: fn(&Part) -> bool| page.body.iter().filter(|part| test(part)).count();
    assert_eq!(count(|part| matches!(part, Part::Heading(_))), 7);
    assert_eq!(count(|part| matches!(part, Part::Paragraph(_))), 24);
    assert_eq!(page.body.len(), 31);
    let named = |number: usize| page.account[number - 1].fate.to_string();
    let expected = [
        (1, "dropped: breadcrumb"),
        (3, "headline"),
        (5, "dropped: comment count"),
        (6, "dropped: picture placeholder"),
        (8, "paragraph 1"),
        (16, "subhead 1"),
        (62, "subhead 7"),
        (68, "paragraph 24"),
        (70, "dropped: follow line"),
        (72, "credit label"),
        (73, "credit"),
        (75, "dropped: you may also like"),
        (77, "dropped: about us"),
        (79, "dropped: picture placeholder"),
        (81, "about us"),
        (83, "dropped: newsletter"),
        (85, "dropped: copyright"),
    ];
    for (number, fate) in expected {
        assert_eq!(named(number), fate, "line {number}");
    }
    assert_eq!(page.breadcrumb.len(), 2);
    assert_eq!(page.picture_placeholder.as_deref(), Some("Image 3139"));
    assert_eq!(page.site_name.as_deref(), Some("Britannia Daily"));
    assert_eq!((page.byline, page.published, page.standfirst), (None, None, None));
    let credit = page.credit.expect("it has a credit");
    assert!(bytes.lines().any(|line| line == credit.text), "the credit stays as it stood");
    assert_eq!(credit.title.as_deref(), Some("Keir Starmer meets U.S. President Trump at Turnberry golf course"));
    assert_eq!(credit.creator.as_deref(), Some("Lauren Hurley"));
    assert_eq!(credit.organisation.as_deref(), Some("No 10 Downing Street"));
    assert_eq!(credit.date.map(|date| date.to_string()).as_deref(), Some("2025-07-28"));
    assert_eq!(credit.source.as_deref(), Some("Wikimedia Commons"));
    assert_eq!(credit.licence.as_deref(), Some("ogl-3.0"));
}

#[test]
fn a_page_like_the_reference_is_read() {
    let page = check(
        &format!(
            "Home » Sea wall holds as storm passes\n\nSea wall holds as storm passes\n\n0 comments\nImage 52\n\n{LONG}\n\n\
             What the Council Says\n\n“It held,” she said. {LONG}\n\nFollow for more updates on The Quay\n\n\
             Image Credit (Shortened):\nThe wall (3 May 2024) – by Jane Doe / Quay Trust, licensed under OGL v3.0, via Wikimedia Commons.\n\n\
             You may also like\n\nHarbour dues rise again\n\nAbout Us\n\nText 1700000000000\n\n\
             Welcome to The Quay, the magazine for everyone who lives by the harbour or would like to.\n\nNewsletter\n\n\
             Copyright ©\u{fe0f} 2024 The Quay | All rights reserved."
        ),
        "1: dropped: breadcrumb
         3: headline
         5: dropped: comment count
         6: dropped: picture placeholder
         8: paragraph 1
         10: subhead 1
         12: paragraph 2
         14: dropped: follow line
         16: credit label
         17: credit
         19: dropped: you may also like
         21: dropped: you may also like
         23: dropped: about us
         25: dropped: picture placeholder
         27: about us
         29: dropped: newsletter
         31: dropped: copyright",
    );
    assert_eq!(page.site_name.as_deref(), Some("The Quay"));
    assert_eq!(page.credit.and_then(|credit| credit.creator).as_deref(), Some("Jane Doe"));
}

#[test]
fn a_daily_paper_with_section_byline_and_share_buttons_is_read() {
    let page = check(
        &format!(
            "Skip to content\nMenu\nPolitics\nCouncil votes to rebuild the sea wall before winter\n\
             A narrow vote ends three years of argument over who pays for it.\nBy Jane Doe, Harbour Editor\n\
             Published: 18 August 2025 10:30\nUpdated 19 August 2025\nShare on Facebook\nTweet\n\
             Photo: John Roe/Reuters\n{LONG}\nAdvertisement\nRead more: The night the pier went\n{LONG}\n\
             Tags: Harbour, Council\nLeave a comment\nYour name will be shown."
        ),
        "1: dropped: skip link
         2: dropped: menu
         3: dropped: above the headline
         4: headline
         5: standfirst
         6: byline
         7: date
         8: date
         9: dropped: share button
         10: dropped: share button
         11: credit
         12: paragraph 1
         13: dropped: advertisement
         14: dropped: read more
         15: paragraph 2
         16: tags
         17: dropped: comments
         18: dropped: comments",
    );
    assert_eq!(page.byline.as_deref(), Some("Jane Doe, Harbour Editor"));
    assert_eq!(page.published.map(|date| date.to_string()).as_deref(), Some("2025-08-18"));
    assert_eq!(page.updated.map(|date| date.to_string()).as_deref(), Some("2025-08-19"));
    assert_eq!(page.tags, ["Harbour", "Council"]);
    assert_eq!(page.credit.map(|credit| credit.text).as_deref(), Some("Photo: John Roe/Reuters"));
}

#[test]
fn a_page_with_a_cookie_notice_and_a_list_inside_is_read() {
    let page = check(
        &format!(
            "We use cookies to give you the best experience.\nAccept all\n\nFive things to know about the sea wall\n\n\
             By JANE DOE | 18 August 2025\n4 min read\n\n{LONG}\n\nHere is what we know:\n\n• It is old.\n• It is long.\n\n\
             > It will not last, the engineer wrote.\n\n1. It leaks.\n\n{LONG}\n\nSubscribe to our newsletter for more\n\n\
             Related: Harbour dues rise\n\n© 2025 Quay Media Ltd"
        ),
        "1: dropped: cookie notice
         2: dropped: cookie notice
         4: headline
         6: byline
         7: dropped: reading time
         9: paragraph 1
         11: paragraph 2
         13: item 1
         14: item 2
         16: quotation 1
         18: item 3
         20: paragraph 3
         22: dropped: newsletter
         24: dropped: read more
         26: dropped: copyright",
    );
    assert_eq!(page.byline.as_deref(), Some("JANE DOE"));
    assert_eq!(page.site_name.as_deref(), Some("Quay Media Ltd"));
    let html = page.manuscript().html(&manuscript::Web::default());
    assert!(html.contains("<ul><li>It is old.</li><li>It is long.</li></ul>"), "{html}");
}

#[test]
fn an_article_that_goes_on_behind_other_articles_is_kept_whole() {
    check(
        &format!(
            "Storm closes the harbour for a second day\n\n{LONG}\n\nRelated articles\n\nHarbour dues rise\nPier lost\n\n\
             {LONG}\n\nMore from the harbour desk\n\nThe night the pier went"
        ),
        "1: headline
         3: paragraph 1
         5: dropped: you may also like
         7: dropped: you may also like
         8: dropped: you may also like
         10: paragraph 2
         12: dropped: you may also like
         14: dropped: you may also like",
    );
}

#[test]
fn a_bare_letter_of_two_lines_is_an_article() {
    let page = check("A letter from the quay\nIt is wet here.", "1: headline\n2: paragraph 1");
    assert_eq!(page.body, [Part::Paragraph("It is wet here.".into())]);
}

#[test]
fn a_blog_with_windows_line_ends_and_its_credit_above_is_read() {
    let page = format!(
        "\u{feff}Home > Blog > Notes\r\n© Jane Doe / Getty Images\r\nNotes from a wet week on the quay\r\n\
         Posted by John Roe on May 3, 2024\r\n12 Comments\r\n\r\n{LONG}\r\n\r\nWhat now?\r\n\r\n{LONG}\r\n\r\nShare this:\r\n\
         Facebook | Twitter\r\n\r\nAbout the author\r\n\r\nJohn Roe has written about harbours since he first fell into one, at the age of six.\r\n"
    );
    let page = read(page.as_bytes()).expect("it is a page");
    let fates: Vec<String> = page.account.iter().map(|entry| entry.fate.to_string()).collect();
    let expected = [
        "dropped: breadcrumb",
        "credit",
        "headline",
        "byline",
        "dropped: comment count",
        "blank",
        "paragraph 1",
        "blank",
        "subhead 1",
        "blank",
        "paragraph 2",
        "blank",
        "dropped: share button",
        "dropped: share button",
        "blank",
        "dropped: about us",
        "blank",
        "about us",
    ];
    assert_eq!(fates, expected);
    assert_eq!(page.breadcrumb, ["Home", "Blog", "Notes"]);
    assert_eq!(page.account[0].text, "Home > Blog > Notes");
    assert_eq!(page.published.map(|date| date.to_string()).as_deref(), Some("2024-05-03"));
}

#[test]
fn text_is_kept_with_its_faults() {
    let page = read("The wall\n\n“It held,  she said… and\u{a0}`so` on --  `\n".as_bytes()).expect("it is a page");
    assert_eq!(page.body, [Part::Paragraph("“It held,  she said… and\u{a0}`so` on --  `".into())]);
}

#[test]
fn pages_without_an_article_are_refused() {
    for page in ["Menu\nHome\n0 comments", "Only a headline", "Home » Only a headline\nOnly a headline\n0 comments"] {
        let refusal = read(page.as_bytes()).expect_err("it has no article").to_string();
        assert_eq!(refusal, "no headline with text under it was found", "{page}");
    }
}

#[test]
fn the_same_lines_in_any_order_are_read_without_fear() {
    let lines = [
        LONG,
        "By Jane Doe",
        "Photo:",
        "Photo: J",
        "Home » A",
        "A",
        "",
        "  ",
        "About us",
        "Newsletter",
        "Tags:",
        "18 May 2024",
        "© 2024",
        "Related",
        "> ",
        "- ",
        "1. ",
        "“",
        "É",
        "Image 1",
        "Subscribe to us",
        "Leave a comment",
        "Read more",
    ];
    let mut seed = 11_u64;
    for _ in 0..2_000 {
        let mut page = String::new();
        for _ in 0..12 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            page.push_str(lines[(seed >> 33) as usize % lines.len()]);
            page.push('\n');
        }
        if let Ok(read) = read(page.as_bytes()) {
            assert_eq!(read.account.len(), 12);
            let kept = read.account.iter().filter(|entry| {
                matches!(entry.fate.to_string().split(' ').next(), Some("paragraph" | "subhead" | "item" | "quotation"))
            });
            assert_eq!(kept.count(), read.body.len());
        }
    }
}

/// Names what this machine could not test, for the closing list of the test command.
fn note_skipped(what: &str) {
    eprintln!("skipped: {what}");
    if let Ok(path) = std::env::var("MASTHEAD_SKIPPED_FILE") {
        use std::io::Write;
        let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
        let _ = file.and_then(|mut file| writeln!(file, "{what}"));
    }
}
