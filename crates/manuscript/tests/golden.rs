//! A whole magazine as Ghost 6 stored it: the `html` of every post is made of its `lexical`, byte for byte, and
//! its `plaintext` of that.

use std::fs;

use manuscript::{Document, GatedCards, Trust, Web, from_mobiledoc, plaintext_of_html};
use serde_json::Value;

mod reference;

/// Posts whose HTML differs on purpose, and why.
const OTHERWISE: &[(&str, &str)] = &[
    // Ghost breaks the attribute at a label with quotation marks, and prints a paragraph inside a paragraph.
    ("headers-sign-ups-and-calls-to-action", "a sign-up card's label is escaped"),
];

#[test]
fn html_and_plain_text_are_what_ghost_stored() {
    let Some(export) = reference::file("ghost-golden/golden-export.json", "Ghost's own export, against its bodies")
    else {
        return;
    };
    let export: Value = serde_json::from_str(&fs::read_to_string(export).unwrap()).unwrap();
    let web = Web {
        // Ghost stores the mark and replaces it when it answers.
        site_url: "__GHOST_URL__".into(),
        trust: Trust::Everybody,
        gated_cards: GatedCards::Marked,
        cards_script: true,
        site_uuid: "5e77e5e7-0000-4000-8000-000000000001".into(),
        ..Web::default()
    };
    let (mut same, mut otherwise) = (0, 0);
    for post in export["db"][0]["data"]["posts"].as_array().unwrap() {
        let (Some(lexical), Some(html)) = (post["lexical"].as_str(), post["html"].as_str()) else { continue };
        let slug = post["slug"].as_str().unwrap();
        let ours = Document::parse(lexical).unwrap().html(&web);
        if OTHERWISE.iter().any(|(other, _)| slug.starts_with(other)) {
            assert_ne!(ours, html, "{slug} no longer differs");
            otherwise += 1;
        } else {
            assert_eq!(ours, html, "{slug}");
            same += 1;
        }
        assert_eq!(plaintext_of_html(html), post["plaintext"].as_str().unwrap_or_default(), "{slug}");
    }
    eprintln!("{same} posts as Ghost, {otherwise} otherwise on purpose");
    assert!(same >= 70);
}

#[test]
fn a_mobiledoc_becomes_what_ghost_makes_of_it() {
    let what = "Ghost's own export, against a mobiledoc";
    let Some(export) = reference::file("ghost-golden/export.json", what) else { return };
    let Some(golden) = reference::file("ghost-golden/golden-export.json", what) else { return };
    let posts = |path| {
        let export: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        export["db"][0]["data"]["posts"].as_array().unwrap().clone()
    };
    let old = posts(export).into_iter().find(|post| post["mobiledoc"].is_string()).unwrap();
    let new = posts(golden).into_iter().find(|post| post["slug"] == old["slug"]).unwrap();
    let read = from_mobiledoc(old["mobiledoc"].as_str().unwrap()).unwrap();
    let ghosts = Document::parse(new["lexical"].as_str().unwrap()).unwrap();
    assert_eq!(read.normal_form(), ghosts.normal_form());
}
