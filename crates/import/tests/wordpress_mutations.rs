//! Damaged exports and bodies: whatever is in them, reading and mapping end, without a panic, and what comes out is whole.

use std::time::{Duration, Instant};

use import::wordpress::wxr::{Item, Piece, PostType, Reader};
use import::wordpress::{Mapper, Names, Survey, comments, whole};
use jiff::Timestamp;
use manuscript::Document;

const EXPORTS: usize = 500;
const BODIES: usize = 2_000;
const SEED: u64 = 20_261_129;
const SITE: &str = include_str!("../../masthead/tests/shared/quayside.xml");

/// Pieces that are put where they do not belong.
const PIECES: &[&str] = &[
    "<item>",
    "</item>",
    "<![CDATA[",
    "]]>",
    "&",
    "&#0;",
    "<wp:post_id>",
    "</wp:postmeta>",
    "-1",
    "99999999999999999999",
    "<!--",
    "-->",
    "<!-- wp:group -->",
    "<!-- /wp:group -->",
    "<!-- wp:image {\"id\":201} -->",
    "<!-- wp:block {\"ref\":301} /-->",
    "{\"a\":",
    "[gallery ids=\"201,202\"]",
    "[caption]",
    "[/caption]",
    "[vc_row",
    "[embed]",
    "]",
    "<!--nextpage-->",
    "<!--more-->",
    "<table><tr><td>",
    "</figure>",
    "<img src=\"",
    "https://quayside.example/?p=101",
    "//",
    "\\",
    "\"",
    "'",
    "\u{0}",
    "é",
    "🌊",
    "a:2:{s:5:\"width\";i:9;",
    "cap-",
    "%%title%%",
    "%e6%97",
    "0000-00-00 00:00:00",
    "9999-99-99",
    "https://",
    "javascript:x",
];

/// A generator of numbers that is the same everywhere (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }

    fn damaged(&mut self, text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..1 + self.below(8) {
            let (from, to) = (self.below(text.len() + 1), self.below(text.len() + 1));
            let (from, to) = (text.floor_char_boundary(from.min(to)), text.floor_char_boundary(from.max(to)));
            let near = text.floor_char_boundary((from + self.below(200)).min(to.max(from)));
            let near = near.max(from);
            match self.below(4) {
                0 => text.replace_range(from..near, ""),
                1 => text.insert_str(from, PIECES[self.below(PIECES.len())]),
                2 => {
                    let copy = text[from..near].to_owned();
                    let at = self.below(text.len() + 1);
                    let at = text.floor_char_boundary(at);
                    text.insert_str(at, &copy);
                }
                _ => text.replace_range(from..near, PIECES[self.below(PIECES.len())]),
            }
        }
        text
    }
}

fn items(text: &str, mut each: impl FnMut(Item)) -> Option<Reader<&[u8]>> {
    let mut reader = Reader::open(text.as_bytes()).ok()?;
    while let Ok(Some(piece)) = reader.next_piece() {
        if let Piece::Item(item) = piece {
            each(*item);
        }
    }
    Some(reader)
}

fn map(survey: &Survey, names: &Names, item: &Item) {
    let mapper = Mapper { survey, names, now: Timestamp::UNIX_EPOCH };
    match item.kind() {
        PostType::Post | PostType::Page => {
            let came = mapper.article(item);
            let article = &came.article;
            assert!(Document::parse(&article.body).is_ok(), "a body can be read");
            assert!(article.path.iter().chain(&came.former).all(|path| path.starts_with('/') && path.is_ascii()));
            assert!(article.path.as_ref().is_none_or(|_| article.is_public()), "what is not public has no address");
            assert!(serde_json::to_string(article).is_ok());
        }
        _ => drop((comments(item), whole(item))),
    }
}

#[test]
fn a_damaged_export_is_read_as_far_as_it_can_be() {
    let mut chance = Chance(SEED);
    let (mut read, mut mapped, mut slowest) = (0, 0, Duration::ZERO);
    for _ in 0..EXPORTS {
        let text = chance.damaged(SITE);
        let begun = Instant::now();
        let mut survey = Survey::default();
        let Some(reader) = items(&text, |item| survey.see(&item)) else { continue };
        survey.channel(reader.channel());
        survey.finish();
        let names = Names::of(&survey, |_| false, Timestamp::UNIX_EPOCH);
        survey.menus.placed(|_| Some(("Name".into(), "/path/".into())));
        items(&text, |item| {
            map(&survey, &names, &item);
            mapped += 1;
        });
        read += 1;
        slowest = slowest.max(begun.elapsed());
    }
    println!("{read} of {EXPORTS} damaged exports, {mapped} items, the slowest in {slowest:?}");
    assert!(read > EXPORTS / 2 && mapped > read * 5, "too little was read to mean anything: {read}, {mapped}");
}

#[test]
fn a_damaged_body_is_a_body() {
    let mut chance = Chance(SEED + 1);
    let mut bodies = Vec::new();
    let mut survey = Survey::default();
    items(SITE, |item| {
        survey.see(&item);
        bodies.push(item);
    });
    let names = Names::of(&survey, |_| false, Timestamp::UNIX_EPOCH);
    bodies.retain(|item| matches!(item.kind(), PostType::Post | PostType::Page));
    for number in 0..BODIES {
        let item = &bodies[number % bodies.len()];
        let meta = item.meta.iter().map(|meta| {
            let value = chance.damaged(&meta.value);
            import::wordpress::wxr::Meta { key: meta.key.clone(), value }
        });
        let damaged = Item {
            meta: meta.collect(),
            content: chance.damaged(&item.content),
            title: chance.damaged(&item.title),
            excerpt: chance.damaged(&item.excerpt),
            link: chance.damaged(&item.link),
            name: chance.damaged(&item.name),
            ..item.clone()
        };
        map(&survey, &names, &damaged);
    }
}
