//! Every sample export moves in: each item accounted for, each address as it was, the same numbers as in the file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::BufReader;
use std::path::PathBuf;

use axum::body::Body;
use http::Request;
use import::wordpress::content::title;
use import::wordpress::wxr::{Item, Piece, PostType, Reader, State, plain};
use masthead::actions::moving::Unwatched;
use masthead::actions::wordpress::{Account, Wanted, import_wordpress, survey};
use news::Actor;

use crate::magazine::{Magazine, skip};

/// Samples of which nothing can be read, and why.
const REFUSED: [(&str, &str); 3] = [
    ("wpimporter--invalid-version-tag", "its wp:wxr_version is “abc”"),
    ("wpimporter--malformed", "there is no wp:wxr_version before the first item"),
    ("wpimporter--missing-version-tag", "there is no wp:wxr_version before the first item"),
];
/// Samples that end in the middle of an item.
const CUT_OFF: [&str; 1] = ["wpimporter--malformed-simple"];

#[test]
fn every_sample_moves_in_whole() {
    let Some(folder) = std::env::var_os("MASTHEAD_REFERENCE").map(|root| PathBuf::from(root).join("wxr")) else {
        return skip("moving the sample exports of WordPress in (MASTHEAD_REFERENCE is not set)");
    };
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|kind| kind == "xml"));
    files.sort();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (mut read, mut addresses) = (0, 0);
    for file in &files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let refused = REFUSED.iter().find(|(refused, _)| *refused == name);
        runtime.block_on(async {
            match (survey(vec![file.clone()], &Unwatched).await, refused) {
                (Err(why), Some((_, reason))) => assert!(why.to_string().contains(reason), "{name}: {why}"),
                (Ok(surveyed), None) => {
                    let magazine = Magazine::bare().await;
                    let wanted = Wanted::default();
                    let moved =
                        import_wordpress(&magazine.app, surveyed, &wanted, Actor::Command, &Unwatched).await.unwrap();
                    let skipped = if CUT_OFF.contains(&name.as_str()) { 1 } else { 0 };
                    assert_eq!(moved.skipped.len(), skipped, "{name}: {:?}", moved.skipped);
                    addresses += compare(&name, file, &magazine, &moved).await;
                    read += 1;
                }
                (Err(why), None) => panic!("{name}: {why}"),
                (Ok(_), Some(_)) => panic!("{name} is read, which could not be read"),
            }
        });
    }
    println!("{read} samples moved in, {} refused, {addresses} addresses answer as they did", REFUSED.len());
    assert_eq!((files.len(), read), (52, 49));
}

/// What moved in beside what is in the file. Answers how many addresses were asked.
async fn compare(name: &str, file: &PathBuf, magazine: &Magazine, moved: &Account) -> usize {
    let mut reader = Reader::open(BufReader::new(fs::File::open(file).unwrap())).unwrap();
    let mut items: Vec<Item> = Vec::new();
    while let Some(piece) = reader.next_piece().unwrap() {
        if let Piece::Item(item) = piece {
            items.push(*item);
        }
    }
    assert_eq!(moved.items.values().sum::<u64>(), items.len() as u64, "{name}: items");
    let of_kind = |kind: PostType<'_>| items.iter().filter(|item| item.kind() == kind).count() as u64;
    assert_eq!((moved.articles, moved.pages), (of_kind(PostType::Post), of_kind(PostType::Page)), "{name}");
    let others = items.iter().filter(|item| matches!(item.kind(), PostType::Other(_))).count();
    assert_eq!(moved.json()["kept_as_other"], others, "{name}: others");
    assert_eq!(moved.comments(), items.iter().map(|item| item.comments.len() as u64).sum::<u64>(), "{name}: comments");
    let public = |item: &&Item| {
        let is_text = matches!(item.kind(), PostType::Post | PostType::Page);
        is_text && item.state() == State::Publish && item.published.at.is_none_or(|at| at < magazine.app.now())
    };
    let published = items.iter().filter(public).count() as u64;
    assert_eq!(moved.statuses.get("published").copied().unwrap_or_default(), published, "{name}: published");
    terms(name, reader.channel(), &items, moved);
    assert!(moved.moved.is_empty(), "{name}: {:?}", moved.moved);

    let mut asked = 0;
    for item in items.iter().filter(public) {
        let at = item.link.find("//").and_then(|at| item.link[at + 2..].find('/').map(|slash| at + 2 + slash));
        let path = &item.link[at.unwrap_or(0)..];
        let headline = title(&item.title);
        let mut numbered = vec![];
        if path.starts_with('/') && !path.contains('?') {
            let answer = magazine.get(path).await;
            assert_eq!(answer.status, 200, "{name}: {path}");
            shows(&answer.text, &headline, name, path);
            asked += 1;
        } else if path.contains('?') {
            numbered.push(path.to_owned());
        }
        numbered.extend(item.id.filter(|id| *id > 0).map(|id| format!("/?p={id}")));
        for number in numbered {
            let (status, to) = led(magazine, &number).await;
            assert_eq!(status, 301, "{name}: {number}");
            let answer = magazine.get(&to).await;
            assert_eq!(answer.status, 200, "{name}: {number} leads to {to}");
            shows(&answer.text, &headline, name, &number);
            asked += 1;
        }
    }
    asked
}

fn shows(page: &str, headline: &str, name: &str, path: &str) {
    let page = scraper::Html::parse_document(page);
    let folded = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let headings = scraper::Selector::parse("h1").unwrap();
    let headings: Vec<String> = page.select(&headings).map(|h| folded(&h.text().collect::<String>())).collect();
    assert!(
        headings.iter().any(|h| h.contains(&folded(headline))),
        "{name}: {path} has not “{headline}” but {headings:?}"
    );
}

async fn led(magazine: &Magazine, path: &str) -> (u16, String) {
    let answer = magazine.send(Request::get(path).body(Body::empty()).unwrap()).await;
    let to = answer.headers().get("location").map_or(String::new(), |to| to.to_str().unwrap().to_owned());
    (answer.status().as_u16(), to)
}

/// Categories are sections and tags are tags, one for each slug.
fn terms(name: &str, channel: &import::wordpress::wxr::Channel, items: &[Item], moved: &Account) {
    let mut found: BTreeMap<&str, BTreeSet<String>> =
        BTreeMap::from([("category", BTreeSet::new()), ("post_tag", BTreeSet::new())]);
    let mut add = |taxonomy: &str, slug: &str| {
        let taxonomy = if taxonomy == "tag" { "post_tag" } else { taxonomy };
        if let Some(slugs) = found.get_mut(taxonomy).filter(|_| !slug.is_empty()) {
            slugs.insert(plain(slug).into_owned());
        }
    };
    channel.categories.iter().for_each(|term| add("category", &term.slug));
    channel.tags.iter().for_each(|term| add("post_tag", &term.slug));
    channel.terms.iter().for_each(|term| add(&term.taxonomy, &term.slug));
    let texts = items.iter().filter(|item| matches!(item.kind(), PostType::Post | PostType::Page));
    texts.flat_map(|item| &item.terms).for_each(|term| add(&term.taxonomy, &term.slug));
    assert_eq!(moved.sections, found["category"].len() as u64, "{name}: categories");
    assert_eq!(moved.tags, found["post_tag"].len() as u64, "{name}: tags");
}
