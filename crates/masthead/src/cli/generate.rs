//! Generated articles: as many as wanted, always the same, for seeing how a
//! large archive behaves. Sentences are put together from lists of our own.

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use manuscript::{Block, Document};
use news::article::Extras;
use news::{Access, Actor, Article, Headline, Id, Kind, SectionPath, Slug, Status};
use store::Batch;

use super::progress;
use crate::App;
use crate::actions::By;
use crate::actions::keep::add_new;

/// What generated articles are filed under.
pub struct Parts {
    /// Sections.
    pub sections: Vec<SectionPath>,
    /// Tags.
    pub tags: Vec<Id>,
    /// Authors.
    pub authors: Vec<Id>,
}

/// Articles of one batch.
const BATCH: u32 = 250;
/// How far back the archive reaches.
const YEARS: i64 = 8;

/// Writes `many` articles, spread over the past years, none newer than ten days.
pub async fn generate(app: &Arc<App>, parts: &Parts, many: u32) -> Result<(), anyhow::Error> {
    let by = By::new(Actor::Command);
    let now = app.now();
    let bar = progress::bar(u64::from(many), "Generating articles");
    let mut dice = Dice(0x6d61_7374_6865_6164);
    let mut batch = Batch::new();
    for n in 0..many {
        let article = article(app, parts, &mut dice, n, many, now)?;
        add_new(app, &mut batch, &article, &by)?;
        if (n + 1) % BATCH == 0 || n + 1 == many {
            app.store.commit(std::mem::take(&mut batch)).await?;
            bar.set_position(u64::from(n) + 1);
        }
    }
    bar.finish_and_clear();
    Ok(())
}

fn article(
    app: &App,
    parts: &Parts,
    dice: &mut Dice,
    n: u32,
    many: u32,
    now: Timestamp,
) -> Result<Article, anyhow::Error> {
    let headline = format!("{} {} {}", dice.one(WHO), dice.one(DOES), dice.one(WHAT));
    let slug = Slug::parse(&format!("{}-{}", Slug::of(&headline).unwrap_or_else(Slug::untitled), n + 1))?;
    let section = dice.one(&parts.sections).clone();
    let span = YEARS * 365 * 24 * 3600;
    let back = 10 * 24 * 3600 + span * i64::from(n) / i64::from(many.max(1)) + dice.below(3_000) as i64;
    let at = Timestamp::from_second(now.as_second() - back)?;
    let mut tags: Vec<Id> = (0..dice.below(4)).map(|_| dice.one(&parts.tags).clone()).collect();
    tags.sort_unstable();
    tags.dedup();
    Ok(Article {
        id: app.new_id(),
        kind: Kind::Article,
        headline: Headline::parse(&headline)?,
        path: Some(format!("{}{slug}/", section.url())),
        slug,
        standfirst: Some(sentence(dice)),
        body: body(dice).to_json().into_owned(),
        section: Some(section),
        tags,
        authors: vec![dice.one(&parts.authors).clone()],
        lead_picture: None,
        status: Status::Published,
        access: Access::Public,
        featured: false,
        created_at: at - SignedDuration::from_hours(3),
        updated_at: at,
        published_at: Some(at),
        first_published_at: Some(at),
        version: 1,
        extras: Extras::default(),
    })
}

fn body(dice: &mut Dice) -> Document<'static> {
    let mut blocks = Vec::new();
    for n in 0..5 + dice.below(6) {
        if n > 0 && n % 4 == 0 {
            blocks.push(Block::heading(2, dice.one(SUBHEADS).to_owned()));
        }
        let mut text = String::new();
        for _ in 0..2 + dice.below(3) {
            let _ = write!(text, "{} ", sentence(dice)); // a String takes everything
        }
        if dice.below(3) == 0 {
            let _ = write!(text, "“{}” said {}.", dice.one(SAID), dice.one(SPEAKERS));
        }
        blocks.push(Block::paragraph(text.trim().to_owned()));
    }
    Document::new(blocks)
}

fn sentence(dice: &mut Dice) -> String {
    format!("{} {} {} {}.", dice.one(WHO), dice.one(DOES), dice.one(WHAT), dice.one(WHEN))
}

/// A small generator (SplitMix64, after Steele, Lea and Flood, 2014): always the same numbers.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }
}

const WHO: &[&str] = &[
    "The harbour trust",
    "A group of parents",
    "The district council",
    "Hollin Cross parish",
    "The lifeboat crew",
    "A retired surveyor",
    "The bus company",
    "The allotment society",
    "Fenwick Quay residents",
    "The library friends",
    "The rivers board",
    "A coastal geologist",
    "The head teacher",
    "The market traders",
    "The moor wardens",
];
const DOES: &[&str] = &[
    "asks for",
    "postpones",
    "defends",
    "counts the cost of",
    "welcomes",
    "votes against",
    "publishes plans for",
    "rejects",
    "pays for",
    "wants to keep",
    "measures",
    "reopens the question of",
    "raises money for",
    "warns about",
];
const WHAT: &[&str] = &[
    "a later ferry",
    "the new flood wall",
    "the school crossing",
    "a second bus an hour",
    "the old signal box",
    "a quieter quay",
    "the Saturday market",
    "repairs to the pier",
    "a wider footpath",
    "the winter timetable",
    "the dredging of the channel",
    "a smaller car park",
    "the village hall roof",
    "more trees on the front",
];
const WHEN: &[&str] = &[
    "before the spring tides",
    "by the end of the year",
    "after a long meeting",
    "for the third time this decade",
    "with a majority of two",
    "in a letter to the county",
    "while the survey goes on",
    "without raising the rates",
    "at the request of its members",
    "once the money has been found",
];
const SUBHEADS: &[&str] =
    &["What happens next", "The cost of waiting", "A question of numbers", "Who decides", "An older quarrel"];
const SAID: &[&str] = &[
    "We have waited long enough to know what waiting costs,",
    "Nobody here is against it, and nobody here will pay for it,",
    "The figures are public and they do not move,",
    "If it floods again we will be asked why,",
    "It works, it is dull, and we would like to keep it,",
];
const SPEAKERS: &[&str] = &[
    "Jocelyn Ferrar, who chairs the committee",
    "Councillor Ivor Tench",
    "the engineer, Maud Ellery",
    "Bettina Crale of the traders’ association",
    "the clerk, Osric Vane",
];
