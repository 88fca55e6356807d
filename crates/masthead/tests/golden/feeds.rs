//! Every recorded feed, made here: the same articles in the same order, each with what a reader's program shows of it.
//! What may differ is rule 13 of `docs/themes/differences.md`.

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::magazine::{Magazine, reference, skip};
use super::{facts, rules};

/// A feed's items: for each, element by element, what stands in it; addresses stand in attributes.
fn items(xml: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = Reader::from_str(xml);
    let (mut items, mut name, mut text) = (Vec::new(), String::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return items,
            Event::Start(tag) => {
                name = tag.name().as_ref().to_owned();
                text.clear();
                if name == "item" {
                    items.push(Vec::new());
                }
                items.iter_mut().last().into_iter().for_each(|item| item.extend(picture(&tag)));
            }
            Event::Empty(tag) => items.iter_mut().last().into_iter().for_each(|item| item.extend(picture(&tag))),
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(part) => text.push_str(&unescape(&format!("&{};", &*part)).unwrap()),
            Event::CData(part) => text.push_str(&part),
            Event::End(tag) if tag.name().as_ref() == name => {
                if let Some(item) = items.last_mut() {
                    item.push((name.clone(), text.trim().to_owned()));
                }
            }
            _ => {}
        }
    }
}

/// The address of a picture.
fn picture(tag: &BytesStart<'_>) -> Option<(String, String)> {
    let is_picture = tag.name().as_ref() == "media:content";
    let url = tag.try_get_attribute("url").unwrap().filter(|_| is_picture)?;
    Some(("media:picture".into(), unescape(&url.value).unwrap().into_owned()))
}

/// What an item says in these elements, as lines. Beside Ghost's first author, ours has all.
fn lines(item: &[(String, String)]) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, text) in item {
        match name.as_str() {
            "title" | "link" | "guid" | "pubDate" | "dc:creator" | "category" | "media:picture" => {
                let text = text.replace("+0000", "GMT");
                lines.push(format!("{name}: {text}"));
            }
            _ => {}
        }
    }
    let mut authors = lines.extract_if(.., |line| line.starts_with("dc:creator: ")).collect::<Vec<_>>().into_iter();
    lines.extend(authors.next());
    lines.sort();
    lines
}

fn compare(file: &str, path: &str) {
    let Some(reference) = reference() else {
        skip(&format!("Ghost's feed {file} (MASTHEAD_REFERENCE)"));
        return;
    };
    let theirs = std::fs::read_to_string(reference.join("pages/feeds").join(file)).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let ours = runtime.block_on(async { Magazine::open(&reference).await.get(path).await });
    assert_eq!(ours.status, 200, "{path}");
    let (theirs, ours) = (items(&theirs), items(&ours.text));
    assert!(!theirs.is_empty() && ours.len() >= theirs.len(), "{} items here, {} there", ours.len(), theirs.len());
    let mut report = Vec::new();
    for (theirs, ours) in theirs.iter().zip(&ours) {
        let (expected, made) = (lines(theirs), lines(ours));
        if expected != made {
            report.push(format!("{}\n{}", expected.join("\n"), made.join("\n")));
        }
        report.extend(bodies(theirs, ours));
    }
    assert!(report.is_empty(), "{} items of {path} differ (Ghost's, ours):\n{}", report.len(), report.join("\n\n"));
}

/// Lines of the bodies that are in one only.
fn bodies(theirs: &[(String, String)], ours: &[(String, String)]) -> Option<String> {
    let body = |item: &[(String, String)]| {
        item.iter().find(|(name, _)| name == "content:encoded").map(|(_, html)| html.clone())
    };
    let (mut theirs, mut ours) = (facts::of(&body(theirs)?), facts::of(&without_credit(&body(ours)?)));
    rules::apply("feed", &mut theirs, &mut ours);
    // One size of each picture, whose words are its own.
    for picture in [&mut theirs, &mut ours].into_iter().filter_map(|facts| facts.get_mut("images")).flatten() {
        picture.truncate(picture.find(' ').unwrap_or(picture.len()));
    }
    // In programs that show many articles on one page, the places of one would be those of another.
    for heading in [&mut theirs, &mut ours].into_iter().filter_map(|facts| facts.get_mut("headings")).flatten() {
        *heading = heading.split_once('#').map_or_else(
            || heading.clone(),
            |(level, rest)| format!("{level} {}", rest.split_once(' ').map_or("", |(_, words)| words)),
        );
    }
    let differ = facts::differences(&theirs, &ours);
    (!differ.is_empty()).then(|| differ.join("\n"))
}

/// Without what stands under the lead picture; Ghost has no words there.
fn without_credit(html: &str) -> String {
    let line = html.strip_prefix("<figure><img").and_then(|rest| rest.split_once("</figure>"));
    line.map_or_else(
        || html.to_owned(),
        |(figure, rest)| format!("<figure><img{}{rest}", figure.split("<figcaption>").next().unwrap()),
    )
}

#[test]
fn the_feed_of_the_front_has_the_articles_that_it_has_in_ghost() {
    compare("rss.xml", "/rss/");
}

#[test]
fn the_feed_of_a_tag_has_the_articles_that_it_has_in_ghost() {
    compare("tag-news-rss.xml", "/tag/news/rss/");
}

#[test]
fn the_feed_of_an_author_has_the_articles_that_it_has_in_ghost() {
    compare("author-eleanor-rss.xml", "/author/eleanor-whitcombe/rss/");
}
