use std::time::Instant;

use jiff::civil::{Date, date};

use super::*;
use crate::text::Picture;

/// What the checks that read the text find: `kind: place`, one a line.
fn findings(article: &Article, context: &Context) -> Vec<String> {
    let all = check(article, context);
    let in_text = all.iter().filter_map(|finding| Some((finding.kind, finding.range.clone()?)));
    in_text.map(|(kind, range)| format!("{}: {}", kind.name(), &article.text[range])).collect()
}

fn on(day: Date, text: &str) -> Vec<String> {
    findings(&Article { date: Some(day), ..Article::of_text(text) }, &Context::default())
}

fn read(text: &str) -> Vec<String> {
    on(date(2025, 5, 14), text)
}

const CLEAN: [&str; 0] = [];

#[test]
fn the_list_of_checks_is_in_the_order_of_the_kinds() {
    for (place, check) in CHECKS.iter().enumerate() {
        assert_eq!(check.kind as usize, place, "{}", check.name);
        assert_eq!(Kind::named(check.name), Some(check.kind));
        assert!(!check.help.is_empty());
    }
    assert_eq!(CHECKS.len(), Kind::Furniture as usize + 1);
}

#[test]
fn a_lost_mark_is_found_and_can_be_put_back() {
    let text = "“We could not let it go, the councillor said.\n\nThe boat leaves at noon.";
    let found = check(&Article::of_text(text), &Context::default());
    let lost = found.iter().find(|finding| finding.kind == Kind::MarkMissingClose).expect("the mark is lost");
    let fix = lost.fix.as_ref().expect("it can be put back");
    assert_eq!((lost.paragraph, fix.replace.as_str()), (Some(0), "”"));
    assert!(fix.range.is_empty());
}

#[test]
fn an_opening_mark_on_each_paragraph_is_no_fault() {
    assert_eq!(read("“It is the road,” said Ms Kowalczyk. “It always was.\n\n“It is the only one.”"), CLEAN);
}

#[test]
fn a_word_that_stands_twice_is_found() {
    assert_eq!(read("He lost a leek as as long as his arm."), ["double-word: as as"]);
    assert_eq!(read("What he had had was that that boat. Bora Bora is far. “No no no,” he said."), CLEAN);
}

#[test]
fn pieces_of_a_page_are_found() {
    let text = "0 comments\nImage 3139\n\nThe ferry was kept. Readers may share on the quay what they think of it.\n\nYou may also like: The siding\n\nAdvertisement";
    let expected = [
        "image-alt-filename: Image 3139",
        "furniture: 0 comments",
        "furniture: Image 3139",
        "furniture: You may also like: The siding",
        "furniture: Advertisement",
    ];
    let mut found = read(text);
    found.sort_by_key(|line| expected.iter().position(|expected| expected == line));
    assert_eq!(found, expected);
}

#[test]
fn a_credit_in_the_text_is_found_even_over_two_lines() {
    assert_eq!(
        read("The ferry was kept.\n\nPhoto: Owen Tapsell / CC BY 4.0"),
        ["credit-in-text: Photo: Owen Tapsell / CC BY 4.0"]
    );
    assert_eq!(
        read("Image Credit:\nThe ferry, by Ben Shaw"),
        ["credit-in-text: Image Credit:\nThe ferry, by Ben Shaw"]
    );
}

#[test]
fn a_claim_of_nobody_is_found() {
    assert_eq!(read("Critics have claimed that it sank."), ["vague-source: Critics have claimed"]);
    assert_eq!(
        read("It is understood that it sank, a figure many consider low."),
        ["vague-source: It is understood that", "vague-source: many consider"]
    );
    assert_eq!(read("Two critics of the ferry said that it sank. An analyst who follows the firm agreed."), CLEAN);
}

#[test]
fn a_date_must_fall_on_its_weekday() {
    assert_eq!(read("It came on Sunday 3 May and left on Monday 5 May."), ["weekday-date: Sunday 3 May"]);
    assert_eq!(read("The hearing is on Sunday, May 24."), ["weekday-date: Sunday, May 24"]);
    assert_eq!(read("It will be paid by 31 June."), ["weekday-date: 31 June"]);
    assert_eq!(read("It sank on Sunday 7 December 1941."), CLEAN);
}

#[test]
fn a_relative_day_must_fit_the_date_beside_it() {
    assert_eq!(read("The boat leaves tomorrow, 16 May."), ["relative-date: tomorrow, 16 May"]);
    assert_eq!(read("The boat leaves tomorrow, 15 May."), CLEAN);
}

#[test]
fn a_relative_day_needs_a_date() {
    let article = Article::of_text("The ferry was kept yesterday. It leaves today.");
    assert_eq!(findings(&article, &Context::default()), ["relative-date: yesterday"]);
}

#[test]
fn a_name_in_two_spellings_is_found_outside_quotations() {
    assert_eq!(read("Alban Foyle, 63, sold it. Mr Foyl shook hands. Mr Foyle left."), ["name-two-spellings: Foyl"]);
    assert_eq!(read("Stephen Kinnock spoke. Later Steven Kinnock left."), ["name-two-spellings: Steven Kinnock"]);
    assert_eq!(read("Mr Zelensky wrote: “President Zelenskyy can end it.”"), CLEAN);
    assert_eq!(read("Erik Hansen and Maria Hanson met Mrs Pym-Hastings and the Pym-Hastingses."), CLEAN);
}

#[test]
fn figures_that_disagree_are_found() {
    let headed = |title, text| {
        findings(
            &Article { title: Some(title), date: Some(date(2025, 5, 14)), ..Article::of_text(text) },
            &Context::default(),
        )
    };
    assert_eq!(
        headed("Hospital wrote to 2,318 patients", "She is one of 2,381 people."),
        ["number-disagrees: 2,381 people"]
    );
    assert_eq!(headed("Plant to get £840,000", "It gave £840,000 to one and £82 to another."), CLEAN);
    assert_eq!(read("Of 412 readers 397 were for it, 98 against and 17 had none."), ["number-disagrees: 397"]);
    assert_eq!(read("It passed by a 20-19 vote. How does a 21-18 vote come about?"), ["number-disagrees: 21-18 vote"]);
    assert_eq!(read("Ada Thorne, 41, spoke. Later Ada Thorne, 42, left."), ["number-disagrees: Ada Thorne, 42"]);
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    assert_eq!(read("It is at http://localhost:3000/letter now."), ["dead-link: http://localhost:3000/letter"]);
    struct Gone;
    impl Addresses for Gone {
        fn is_dead(&self, address: &str) -> bool {
            address == "/news/gone/"
        }
    }
    let text = "The letter can be read.";
    let links = [Link { range: 4..10, address: "/news/gone/" }, Link { range: 11..14, address: "/news/here/" }];
    let context = Context { addresses: Some(&Gone), links: &links, ..Context::default() };
    let article = Article { date: Some(date(2025, 5, 14)), ..Article::of_text(text) };
    assert_eq!(findings(&article, &context), ["dead-link: letter"]);
}

#[test]
fn the_house_style_speaks_for_the_dialect_of_the_text() {
    assert_eq!(
        read("Mr Rook paid £9 for it on 14 May, at the center, in favor of a ‘labor’ club."),
        ["house-style: center", "house-style: favor"]
    );
    assert_eq!(read("Mr. Rook paid $9 on May 14 at the Centre for Boats, in colour."), ["house-style: colour"]);
    let own = HouseStyle::parse("name = 'ours'\n[words]\n'Wharf Town' = 'Wharftown'").expect("a table");
    let context = Context { style: Some(&own), ..Context::default() };
    let article = Article { date: Some(date(2025, 5, 14)), ..Article::of_text("The wharf  town ferry.") };
    assert_eq!(findings(&article, &context), ["house-style: wharf  town"]);
}

#[test]
fn an_office_that_was_not_held_is_found() {
    let read = |text| {
        let article = Article { date: Some(date(2025, 8, 18)), ..Article::of_text(text) };
        findings(&article, &Context { offices: Some(Register::embedded()), ..Context::default() })
    };
    assert_eq!(
        read("Cabinet Office Minister Stephen Kinnock left."),
        ["office-wrong: Cabinet Office Minister Stephen Kinnock"]
    );
    assert_eq!(
        read("When German Chancellor Olaf Scholz and others met."),
        ["office-wrong: German Chancellor Olaf Scholz"]
    );
    assert_eq!(
        read("Then Rachel Reeves, the Home Secretary, left."),
        ["office-wrong: Rachel Reeves, the Home Secretary"]
    );
    assert_eq!(
        read(
            "The former German Chancellor Olaf Scholz met Prime Minister Keir Starmer and Defence Secretary Pete Hegseth."
        ),
        CLEAN
    );
}

#[test]
fn quotations_are_held_against_the_archive() {
    let mut archive = Archive::new();
    archive.add(
        "ferry",
        &Article {
            date: Some(date(2025, 2, 13)),
            ..Article::of_text("“We could not let the old boat go to the breakers,” said Ms Kowalczyk.")
        },
    );
    let read = |text| {
        let article = Article { date: Some(date(2025, 8, 18)), ..Article::of_text(text) };
        findings(&article, &Context { archive: Some(&archive), ..Context::default() })
    };
    let same = "“We could not let the old boat go,” said Ms Kowalczyk on Thursday.";
    assert_eq!(read(same), ["quote-older: “We could not let the old boat go,”"]);
    assert_eq!(read("“We could not let the old boat go,” said Ms Kowalczyk in February."), CLEAN);
    let altered = "“We would not let the old ship go to the breakers,” said Ms Kowalczyk.";
    assert_eq!(read(altered), ["quote-altered: “We would not let the old ship go to the breakers,”"]);
}

#[test]
fn a_headline_must_quote_what_the_text_quotes() {
    let headed = |title| {
        let text = "‘We pay our rates to drive on a building site,’ said Ms Obi.";
        findings(
            &Article { title: Some(title), date: Some(date(2025, 5, 14)), ..Article::of_text(text) },
            &Context::default(),
        )
    };
    assert_eq!(
        headed("‘We pay council tax to drive on a building site’"),
        ["quote-altered: ‘We pay our rates to drive on a building site,’"]
    );
    assert_eq!(headed("‘We pay our rates’, says estate"), CLEAN);
}

#[test]
fn a_quotation_of_nobody_is_found() {
    let text = "The queue that took four minutes takes fifty.\n\nThe lab next door has had a go. “They look at you. It’s a bit much, to be honest.”";
    assert_eq!(read(text), ["quote-unattributed: “They look at you. It’s a bit much, to be honest.”"]);
    assert_eq!(read("Ms Kowalczyk was tired. “We could not let it go,” she said. “It is the only road.”"), CLEAN);
}

#[test]
fn what_is_missing_is_said_of_the_whole_article() {
    let names = |article: &Article| -> Vec<&str> {
        check(article, &Context::default())
            .into_iter()
            .filter(|finding| finding.range.is_none())
            .map(|finding| finding.kind.name())
            .collect()
    };
    assert_eq!(names(&Article::of_text("A ferry.")), ["no-byline", "no-date", "no-section", "no-standfirst"]);
    let picture = Picture { file: "a.jpg", alt: Some("DSC00917"), ..Picture::default() };
    let whole = Article {
        byline: Some("Ada Thorne"),
        date: Some(date(2025, 5, 14)),
        section: Some("News"),
        standfirst: Some("It stays."),
        images: vec![
            picture,
            Picture { alt: Some(" "), credit: Some("Ben Shaw"), licence: Some("CC BY 4.0"), ..picture },
        ],
        ..Article::of_text("A ferry.")
    };
    assert_eq!(names(&whole), ["image-no-credit", "image-no-licence", "image-no-alt", "image-alt-filename"]);
}

#[test]
fn a_paragraph_can_be_checked_again_by_itself() {
    let text = "The jar now now holds £46.\n\nIt was the the boat.";
    let article = Article::of_text(text);
    let found = check_paragraph(&article, 1, &Context::default());
    assert_eq!(
        found.iter().map(|finding| &text[finding.range.clone().unwrap_or_default()]).collect::<Vec<_>>(),
        ["the the"]
    );
    assert!(check_paragraph(&article, 9, &Context::default()).is_empty());
}

/// Pieces of which texts are thrown together: what the checks look for, cut and joined where nobody would.
const PIECES: &[&str] = &[
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    ".",
    ",",
    "?",
    ":",
    "…",
    "—",
    "said",
    "Mr Foyle",
    "Mr Foyl",
    "Ada Thorne, 41,",
    "Sunday 3 May",
    "tomorrow, 16 May",
    "31 June",
    "£840,000",
    "20-19 vote",
    "two hundred and",
    "per cent",
    "5 percent",
    "http://",
    "file://x",
    "the the",
    "critics say",
    "Photo:",
    "0 comments",
    "Image 3139",
    "Home Secretary Rachel Reeves",
    "Chancellor",
    "é",
    "😀",
    "\u{301}",
    "\u{fe0f}",
    "it is understood that",
    "born 1934; died 2025",
    "center",
    "colour",
    "İ",
    "ß",
    "ﬁ",
    "\u{200b}",
    "by",
    "compared to",
    "We could not let the old boat go",
    "in",
    "one",
    "hundred",
    "U.S.",
    "9",
    "0",
    "%",
    "x",
];

/// A text of random pieces; the same for the same seed.
fn thrown_together(seed: u64, pieces: usize) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    (0..pieces)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            PIECES[(state % PIECES.len() as u64) as usize]
        })
        .collect()
}

#[test]
fn no_finding_points_outside_its_text() {
    let mut archive = Archive::new();
    for seed in 0..400 {
        let (text, title) = (thrown_together(seed, 120), thrown_together(seed + 1_000, 12));
        let day = (seed % 2 == 0).then(|| date(2025, 5, 14));
        let article = Article { title: Some(&title), standfirst: Some(&text), date: day, ..Article::of_text(&text) };
        let links =
            [Link { range: 3..9_999, address: "#" }, Link { range: 0..text.ceil_char_boundary(3), address: "" }];
        let context = Context {
            offices: Some(Register::embedded()),
            archive: Some(&archive),
            links: &links,
            people: &["Alban Foyle", "", " "],
            ..Context::default()
        };
        for finding in check(&article, &context) {
            for range in finding.range.iter().chain(finding.fix.as_ref().map(|fix| &fix.range)) {
                assert!(text.get(range.clone()).is_some(), "seed {seed}: {finding:?}");
            }
            assert!(finding.range.is_some() || finding.paragraph.is_none(), "seed {seed}: {finding:?}");
        }
        archive.add("earlier", &Article { date: Some(date(2024, 5, 14)), ..article });
    }
}

#[test]
fn the_time_grows_with_the_text_and_no_faster() {
    for piece in [
        "“",
        "' ",
        "Mr Foyle ",
        "£840,000 ",
        "the ",
        "http://",
        "A. ",
        "critics say ",
        "“We could not let it go,” ",
        "Sunday 3 May, ",
        "9 ",
        "a\n\n",
    ] {
        let text = piece.repeat(100_000 / piece.len());
        let begun = Instant::now();
        check(&Article { date: Some(date(2025, 5, 14)), ..Article::of_text(&text) }, &Context::default());
        assert!(begun.elapsed().as_secs() < 20, "{piece}: {:?}", begun.elapsed());
    }
}
