//! Comparisons of whatever bodies: nothing is lost, nothing panics, and it ends in time.

use std::fs;
use std::path::Path;

use manuscript::{Block, Diff, Document, Format, Inline, Web, diff};

mod random;

use random::Random;

const ROUNDS: u64 = 1_000;

#[test]
fn every_body_differs_from_itself_in_nothing() {
    for body in bodies() {
        let Ok(body) = Document::parse(&body) else { continue };
        let diff = diff(&body, &body);
        assert!(diff.is_empty());
        assert_eq!(diff.html(&Web::default()), "");
        check(&diff, &body, &body);
    }
}

#[test]
fn each_body_can_be_made_of_the_one_before_it() {
    let bodies = bodies();
    let bodies: Vec<_> = bodies.iter().filter_map(|body| Document::parse(body).ok()).collect();
    for pair in bodies.windows(2) {
        check(&diff(&pair[0], &pair[1]), &pair[0], &pair[1]);
    }
}

#[test]
fn every_mutated_body_can_be_made_of_the_good_one() {
    let bodies = bodies();
    for round in 0..ROUNDS {
        let mut random = Random(round + 1);
        let good = bodies[random.below(bodies.len())].clone();
        let bad = random.mutate(std::slice::from_ref(&good));
        if let (Ok(old), Ok(new)) = (Document::parse(&good), Document::parse(&bad)) {
            check(&diff(&old, &new), &old, &new);
            check(&diff(&new, &old), &new, &old);
        }
    }
}

#[test]
fn every_generated_body_can_be_made_of_another() {
    for round in 0..ROUNDS {
        let mut random = Random(round + 1);
        let (old, new) = (generated(&mut random), generated(&mut random));
        check(&diff(&old, &new), &old, &new);
    }
}

/// Without the limits of [`manuscript::limits`] each of these takes minutes.
#[test]
fn bodies_that_have_nothing_to_do_with_each_other_end_in_time() {
    let body = |seed: u64, words: usize| {
        let mut random = Random(seed);
        let word = |random: &mut Random| ["a ", "b ", "c "][random.below(3)];
        let paragraph: String = (0..words).map(|_| word(&mut random)).collect();
        Document::new(vec![Block::paragraph(paragraph)])
    };
    let (old, new) = (body(1, 50_000), body(2, 50_000));
    check(&diff(&old, &new), &old, &new);
    let body = |from: usize| Document::new((from..from + 5_000).map(|n| Block::paragraph(format!("n {n}"))).collect());
    let (old, new) = (body(0), body(100_000));
    check(&diff(&old, &new), &old, &new);
}

fn check(diff: &Diff<'_>, old: &Document<'_>, new: &Document<'_>) {
    assert_eq!(diff.apply(), *new);
    let all = |document: &Document<'_>| (0..document.blocks().len()).collect::<Vec<_>>();
    let mut told: Vec<_> = diff.changes.iter().filter_map(|change| change.old_number()).collect();
    told.sort_unstable();
    assert_eq!(told, all(old));
    let told: Vec<_> = diff.changes.iter().filter_map(|change| change.new_number()).collect();
    assert_eq!(told, all(new));
    assert_eq!(diff.to_json()["changes"].as_array().map(Vec::len), Some(diff.changes.len()));
    diff.html(&Web::default());
}

/// The bodies of the reference, group by group.
fn bodies() -> Vec<String> {
    let files = |folder: &Path| {
        let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    let groups = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lexical/render"));
    let paths = groups.iter().flat_map(|group| files(group));
    let bodies = paths.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    bodies.map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// A few blocks of a few words each, so that two such bodies have much in common.
fn generated(random: &mut Random) -> Document<'static> {
    let blocks = (0..random.below(8)).map(|_| match random.below(6) {
        0 => Block::rule(),
        1 => Block::heading(2, words(random)),
        2 => Block::bullets([words(random), words(random)]),
        3 => Block::html(words(random)),
        _ => {
            let set = Inline::formatted(words(random), Format(1 << random.below(3)));
            Block::paragraph_of(vec![Inline::text(words(random)), set, Inline::link("/a/", words(random))])
        }
    });
    Document::new(blocks.collect())
}

fn words(random: &mut Random) -> String {
    const WORDS: [&str; 6] = ["vote", "close", "it’s", "3.5", "été", "no, "];
    (0..random.below(5)).map(|_| format!("{} ", WORDS[random.below(WORDS.len())])).collect()
}
