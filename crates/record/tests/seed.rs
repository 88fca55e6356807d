//! A real page, printed with seventeen quotations and many faults: what must be found on it, and what must not.

use std::path::PathBuf;

use jiff::civil::date;
use record::checks::{Archive, Context, Finding, Kind, check};
use record::offices::Register;
use record::{Article, quotes};

/// The page, if the reference data is there.
fn page() -> Option<String> {
    let Some(folder) = std::env::var_os("MASTHEAD_REFERENCE").map(PathBuf::from) else {
        eprintln!("skipped: the seed page (MASTHEAD_REFERENCE is not set)");
        return None;
    };
    Some(std::fs::read_to_string(folder.join("seed/000_382f563c0c54cd26.txt")).expect("the seed page"))
}

/// The archive of our own, with the words that the page tells as new.
fn archive() -> Archive {
    let lines = include_str!("../../../corpus/archive/2025.jsonl");
    let mut archive = Archive::new();
    for line in lines.lines() {
        let value: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let text = value["text"].as_str().expect("a text");
        let date = value["date"].as_str().and_then(|date| date.parse().ok());
        archive.add(value["id"].as_str().expect("an id"), &Article { date, ..Article::of_text(text) });
    }
    archive
}

fn found(text: &str, archive: Option<&Archive>) -> Vec<Finding> {
    let article = Article { date: Some(date(2025, 8, 18)), ..Article::of_text(text) };
    check(&article, &Context { offices: Some(Register::embedded()), archive, ..Context::default() })
}

/// The places of one kind, as lines of the file and their first words.
fn places(text: &str, findings: &[Finding], kind: Kind) -> Vec<String> {
    let of_kind = findings.iter().filter(|finding| finding.kind == kind);
    of_kind
        .filter_map(|finding| finding.range.clone())
        .map(|range| {
            let line = 1 + text[..range.start].matches('\n').count();
            let words: Vec<&str> = text[range].split_whitespace().take(4).collect();
            format!("{line} {}", words.join(" "))
        })
        .collect()
}

#[test]
fn every_lost_mark_is_put_back_where_it_was() {
    let Some(text) = page() else { return };
    let findings = found(&text, None);
    let marks = findings.iter().filter(|finding| {
        matches!(finding.kind, Kind::MarkMissingOpen | Kind::MarkMissingClose) && finding.fix.is_some()
    });
    let put: Vec<String> = marks
        .filter_map(|finding| finding.fix.as_ref())
        .map(|fix| {
            let line = 1 + text[..fix.range.start].matches('\n').count();
            let before =
                text[..fix.range.start].lines().last().unwrap_or_default().split(' ').next_back().unwrap_or_default();
            let after = text[fix.range.start..].split([' ', '\n']).next().unwrap_or_default();
            format!("{line} {before}{}{after}", fix.replace)
        })
        .collect();
    assert_eq!(put, ["20 settlement.”", "30 “We’ve", "34 Ukraine.”", "38 “The", "44 “I’m", "54 “We", "60 “He’s"]);
}

#[test]
fn the_offices_the_papers_and_the_furniture_are_found() {
    let Some(text) = page() else { return };
    let findings = found(&text, None);
    assert_eq!(
        places(&text, &findings, Kind::OfficeWrong),
        ["36 Cabinet Office Minister Stephen", "52 German Chancellor Olaf Scholz"]
    );
    assert_eq!(places(&text, &findings, Kind::ImageAltFilename), ["6 Image 3139", "79 Text 1738609636636"]);
    assert_eq!(places(&text, &findings, Kind::CreditInText), ["72 Image Credit (Shortened): Keir"]);
    assert_eq!(places(&text, &findings, Kind::VagueSource), ["46 following reports that", "50 many consider"]);
    let whole: Vec<Kind> = check(&Article::of_text(&text), &Context::default())
        .iter()
        .filter(|finding| finding.range.is_none())
        .map(|finding| finding.kind)
        .collect();
    assert!(whole.contains(&Kind::NoByline) && whole.contains(&Kind::NoDate), "{whole:?}");
}

#[test]
fn what_is_verbatim_or_right_is_left_alone() {
    let Some(text) = page() else { return };
    let findings = found(&text, None);
    // Zelenskyy stands in a quotation; the American defence secretary is no British one.
    assert_eq!(places(&text, &findings, Kind::NameTwoSpellings), [""; 0]);
    assert!(places(&text, &findings, Kind::OfficeWrong).iter().all(|place| !place.contains("Hegseth")));
}

#[test]
fn words_of_half_a_year_ago_are_told_from_news() {
    let Some(text) = page() else { return };
    let findings = found(&text, Some(&archive()));
    let lines: Vec<String> = places(&text, &findings, Kind::QuoteOlder)
        .iter()
        .filter_map(|place| place.split(' ').next().map(str::to_owned))
        .collect();
    for line in ["18", "20", "34", "44", "54"] {
        assert!(lines.iter().any(|found| found == line), "line {line} is missing in {lines:?}");
    }
    assert!(lines.iter().all(|line| ["18", "20", "34", "44", "54"].contains(&line.as_str())), "{lines:?}");
}

#[test]
fn each_quotation_has_its_speaker() {
    let Some(text) = page() else { return };
    let article = Article { date: Some(date(2025, 8, 18)), ..Article::of_text(&text) };
    let said = quotes(&article);
    for (words, speaker) in [
        ("almost immediately", "Donald Trump"),
        ("Russia cannot have a veto", ""),
        ("I don’t see that happening", "Donald Trump"),
        ("the United States does not believe", "Pete Hegseth"),
        ("President Zelenskyy of Ukraine can end", "Donald Trump"),
        ("We’ve talked and we will talk", "Keir Starmer"),
        ("unwavering support for Ukraine", "Keir Starmer"),
        ("The pathway for Ukraine to NATO", "Stephen Kinnock"),
        ("boots on the ground", "Keir Starmer"),
        ("I’m absolutely convinced", "Keir Starmer"),
        ("We should spend less time", "Donald Trump"),
        ("nasty person", "Donald Trump"),
        ("He’s a friend of mine", "Keir Starmer"),
    ] {
        let at = text.find(words).expect("words of the page");
        let quote = said.iter().find(|quote| quote.spans.iter().any(|span| span.contains(&(at + 2))));
        let quote = quote.unwrap_or_else(|| panic!("nobody says “{words}”"));
        assert_eq!(quote.name.as_deref().unwrap_or_default(), speaker, "{words}");
    }
}
