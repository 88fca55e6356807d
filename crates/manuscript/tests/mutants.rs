//! Broken input: whatever comes in, an answer comes out and nothing panics.

use std::fs;
use std::path::Path;

use manuscript::{Document, Trust, Web, from_html};

mod random;

use random::Random;

const MUTANTS: u64 = 2_000;

#[test]
fn no_mutated_body_makes_anything_panic() {
    let seeds = seeds("lexical/render", "json");
    let mut read = 0;
    for round in 0..MUTANTS {
        let mut random = Random(round + 1);
        let body = random.mutate(&seeds);
        if let Ok(document) = Document::parse(&body) {
            read += 1;
            use_all_of(document);
        }
    }
    // Mutants that are no JSON at all would test little else.
    assert!(read > MUTANTS / 10, "only {read} were read");
}

#[test]
fn no_mutated_html_makes_anything_panic() {
    let seeds: Vec<String> = [seeds("lexical/html-in", "html"), seeds("lexical/render", "html")].concat();
    for round in 0..MUTANTS {
        let mut random = Random(round + 1_000_001);
        if let Ok(document) = from_html(&random.mutate(&seeds)) {
            use_all_of(document);
        }
    }
}

fn use_all_of(mut document: Document<'_>) {
    document.html(&Web { site_url: "https://example.org".into(), ..Web::default() });
    document.html(&Web { trust: Trust::Everybody, image_widths: Vec::new(), ..Web::default() });
    document.feed_html("https://example.org");
    document.public_part().plain_text();
    document.word_count();
    let map = document.text_map();
    for segment in &map.segments {
        for run in &segment.runs {
            assert!(segment.text.get(run.start..run.start + run.len).is_some());
        }
    }
    document.blocks_mut();
    let written = document.to_json().into_owned();
    let again = Document::parse(&written).expect("what was written can be read");
    assert_eq!(again, document);
}

fn seeds(folder: &str, extension: &str) -> Vec<String> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder)];
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}
