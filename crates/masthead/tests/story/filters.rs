//! Filters made by their grammar, asked through the door of the Content API, beside an evaluation that shares no line
//! with the program's; then nonsense; and in the end the SQL texts that ran, which are those of the list and no other.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use masthead::actions::edit::{self, Change};
use masthead::actions::{By, names, publish};
use news::{Access, Actor, Kind};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use crate::magazine::{Magazine, change, tell_on_sqlite};

/// Filters of each kind.
const MANY: usize = 5_000;
/// Articles that they choose from: all of them fit into one answer.
const ARTICLES: usize = 40;

const TAGS: [&str; 5] = ["News", "Sport", "Harbour", "#desk", "Café"];
const TAG_SLUGS: [&str; 5] = ["news", "sport", "harbour", "hash-desk", "cafe"];
const AUTHORS: [&str; 3] = ["Ann Lee", "Bo Ray", "Cy Dow"];
const AUTHOR_SLUGS: [&str; 3] = ["ann-lee", "bo-ray", "cy-dow"];
const WORDS: [&str; 8] = ["quay", "Tide", "O'Brien", "night bus", "Über", "100%", "a_b", "\"wall\""];

/// What of an article a filter can see.
#[derive(Debug)]
struct Row {
    id: String,
    slug: String,
    title: String,
    featured: bool,
    visibility: &'static str,
    excerpt: Option<String>,
    published_at: Timestamp,
    tags: Vec<&'static str>,
    authors: Vec<&'static str>,
}

struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }
}

async fn archive(magazine: &Magazine, dice: &mut Dice) -> Vec<Row> {
    let (app, by) = (&magazine.app, By::new(Actor::Command));
    let mut rows = Vec::new();
    let begin: Timestamp = "2026-01-01T08:00:00Z".parse().unwrap();
    for number in 0..ARTICLES {
        let title = format!("{} {} {number}", dice.one(&WORDS), dice.one(&WORDS));
        let (mut tags, mut tag_ids) = (Vec::new(), Vec::new());
        for (name, slug) in TAGS.iter().zip(TAG_SLUGS) {
            if dice.roll(3) == 0 {
                tags.push(slug);
                tag_ids.push(names::tag_named(app, name).await.unwrap().id);
            }
        }
        let (mut authors, mut author_ids) = (Vec::new(), Vec::new());
        for (name, slug) in AUTHORS.iter().zip(AUTHOR_SLUGS) {
            if dice.roll(2) == 0 {
                authors.push(slug);
                author_ids.push(names::author_named(app, name).await.unwrap().id);
            }
        }
        let featured = dice.roll(3) == 0;
        let (access, visibility) = match dice.roll(3) {
            0 => (Access::Members, "members"),
            _ => (Access::Public, "public"),
        };
        let excerpt = (dice.roll(2) == 0).then(|| format!("About {}", dice.one(&WORDS)));
        let wanted = Change {
            standfirst: Some(excerpt.clone()),
            tags: Some(tag_ids),
            authors: Some(author_ids),
            access: Some(access),
            featured: Some(featured),
            ..change(&title, "", "<p>Text.</p>")
        };
        let published_at = begin + SignedDuration::from_hours(37 * number as i64);
        let pending = edit::begin(app, Kind::Article, wanted).await.unwrap();
        let article = publish::publish(app, pending, Some(published_at), &by).await.unwrap().article;
        let (id, slug) = (article.id.to_string(), article.slug.to_string());
        rows.push(Row { id, slug, title, featured, visibility, excerpt, published_at, tags, authors });
    }
    rows
}

/// A filter as the grammar has it.
#[derive(Debug)]
enum Ast {
    All(Vec<Ast>),
    Any(Vec<Ast>),
    Is { field: &'static str, not: bool, operator: &'static str, values: Vec<Literal> },
}

#[derive(Clone, Debug, PartialEq)]
enum Literal {
    Null,
    Flag(bool),
    Text(String),
    Moment(Timestamp),
}

fn made(dice: &mut Dice, rows: &[Row], depth: usize) -> Ast {
    if depth > 0 && dice.roll(2) == 0 {
        let parts = (0..=dice.roll(3)).map(|_| made(dice, rows, depth - 1)).collect();
        return if dice.roll(2) == 0 { Ast::All(parts) } else { Ast::Any(parts) };
    }
    let not = dice.roll(3) == 0;
    let row = dice.roll(rows.len());
    let row = &rows[row];
    let one_or_many = |dice: &mut Dice, from: &[&str]| {
        let count = if dice.roll(3) == 0 { 1 + dice.roll(3) } else { 1 };
        (0..count).map(|_| Literal::Text((*dice.one(from)).to_owned())).collect::<Vec<_>>()
    };
    let is = |field, not, operator, values| Ast::Is { field, not, operator, values };
    match dice.roll(12) {
        0 => is("featured", false, "", vec![Literal::Flag(dice.roll(2) == 0)]),
        1 => is("visibility", not, "", one_or_many(dice, &["public", "members", "paid"])),
        2 => {
            let field = *dice.one(&["tag", "tags", "tag.slug", "tags.slug"]);
            is(field, not, "", one_or_many(dice, &["news", "sport", "harbour", "hash-desk", "cafe", "nothing"]))
        }
        3 => is(
            *dice.one(&["author", "authors", "authors.slug"]),
            not,
            "",
            one_or_many(dice, &["ann-lee", "bo-ray", "nobody"]),
        ),
        4 => match dice.roll(4) {
            0 => is("primary_tag", not, "", vec![Literal::Null]),
            _ => is("primary_tag", not, "", one_or_many(dice, &["news", "sport", "harbour", "hash-desk"])),
        },
        5 => is("primary_author", not, "", one_or_many(dice, &["ann-lee", "bo-ray", "cy-dow"])),
        6 => {
            let operator = *dice.one(&["~", "~^", "~$", "", ">", "<", ">=", "<="]);
            let word = if dice.roll(2) == 0 { row.title.clone() } else { (*dice.one(&WORDS)).to_owned() };
            is("title", not, operator, vec![Literal::Text(word)])
        }
        7 => match dice.roll(3) {
            0 => is("custom_excerpt", not, "", vec![Literal::Null]),
            _ => is(
                "custom_excerpt",
                not,
                *dice.one(&["", "~", "~^"]),
                vec![Literal::Text(format!("About {}", dice.one(&WORDS)))],
            ),
        },
        8 => is("slug", not, "", vec![Literal::Text(row.slug.clone()), Literal::Text("nothing-of-this".into())]),
        9 => is("id", not, "", vec![Literal::Text(row.id.clone())]),
        10 => is("published_at", not, *dice.one(&[">", "<", ">=", "<="]), vec![Literal::Moment(row.published_at)]),
        // Readers see what is out; whoever asks for more is not told anything by that.
        _ => is("status", not, "", vec![Literal::Text("draft".into())]),
    }
}

impl Ast {
    fn text(&self, inner: bool) -> String {
        let joined = |parts: &[Ast], sign: &str| {
            let text = parts.iter().map(|part| part.text(true)).collect::<Vec<_>>().join(sign);
            if inner || parts.len() == 1 { format!("({text})") } else { text }
        };
        match self {
            Ast::All(parts) => joined(parts, "+"),
            Ast::Any(parts) => joined(parts, ","),
            Ast::Is { field, not, operator, values } => {
                let sign = if *not { "-" } else { "" };
                let texts: Vec<String> = values.iter().map(Literal::text).collect();
                match texts.as_slice() {
                    [one] => format!("{field}:{sign}{operator}{one}"),
                    many => format!("{field}:{sign}{operator}[{}]", many.join(",")),
                }
            }
        }
    }

    fn fits(&self, row: &Row) -> bool {
        match self {
            Ast::All(parts) => parts.iter().all(|part| part.fits(row)),
            Ast::Any(parts) => parts.iter().any(|part| part.fits(row)),
            Ast::Is { field: "status", .. } => true,
            Ast::Is { field, not, operator, values } => {
                let is = values.iter().any(|value| value.is(row, field, operator));
                is != *not
            }
        }
    }
}

impl Literal {
    fn text(&self) -> String {
        match self {
            Literal::Null => "null".into(),
            Literal::Flag(flag) => flag.to_string(),
            Literal::Moment(at) => format!("'{}'", at.strftime("%Y-%m-%d %H:%M:%S")),
            Literal::Text(text) if text.chars().all(|c| c.is_ascii_lowercase() || c == '-') => text.clone(),
            Literal::Text(text) => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        }
    }

    fn is(&self, row: &Row, field: &str, operator: &str) -> bool {
        let text = |own: Option<&str>| match self {
            Literal::Null => own.is_none(),
            Literal::Text(wanted) => own.is_some_and(|own| {
                let (small, sought) = (own.to_lowercase(), wanted.to_lowercase());
                match operator {
                    "" => own == wanted,
                    "~" => small.contains(&sought),
                    "~^" => small.starts_with(&sought),
                    "~$" => small.ends_with(&sought),
                    ">" => own > wanted.as_str(),
                    ">=" => own >= wanted.as_str(),
                    "<" => own < wanted.as_str(),
                    _ => own <= wanted.as_str(),
                }
            }),
            _ => false,
        };
        let among = |all: &[&str]| all.iter().any(|one| text(Some(one)));
        match field {
            "featured" => *self == Literal::Flag(row.featured),
            "visibility" => text(Some(row.visibility)),
            "title" => text(Some(&row.title)),
            "slug" => text(Some(&row.slug)),
            "id" => text(Some(&row.id)),
            "custom_excerpt" => text(row.excerpt.as_deref()),
            // Ghost's rule: a first tag that is internal is none.
            "primary_tag" => text(row.tags.first().copied().filter(|slug| !slug.starts_with("hash-"))),
            "primary_author" => text(row.authors.first().copied()),
            "published_at" => {
                let Literal::Moment(at) = self else { return false };
                match operator {
                    ">" => row.published_at > *at,
                    ">=" => row.published_at >= *at,
                    "<" => row.published_at < *at,
                    _ => row.published_at <= *at,
                }
            }
            field if field.starts_with("tag") => among(&row.tags),
            _ => among(&row.authors),
        }
    }
}

/// The same filter, damaged so that it is none, or asking about what nobody may ask about.
fn spoilt(dice: &mut Dice, text: &str) -> String {
    let private =
        ["email", "password", "authors.email", "lexical", "newsletter_id", "uuid2", "tags.parent", "status.x"];
    match dice.roll(8) {
        0 => format!("{text}+{}:x", dice.one(&private)),
        1 => format!("({text}"),
        2 => format!("{text})"),
        3 => format!("{text}+"),
        4 => format!("{text},,featured:true"),
        5 => format!("{text}+title:'never ended"),
        6 => format!("{text}+tag:[news"),
        _ => format!("{}:x,{text}", dice.one(&private)),
    }
}

#[test]
fn a_filter_finds_what_it_says_and_a_wrong_one_is_refused() {
    tell_on_sqlite(async |magazine| {
        let mut dice = Dice(0x5eed_0ff1_17e2);
        let rows = archive(&magazine, &mut dice).await;
        let key = magazine.key.content.clone();
        let ask = async |filter: &str| {
            let filter = utf8_percent_encode(filter, NON_ALPHANUMERIC);
            let path = "/ghost/api/content/posts/?limit=all&fields=slug&order=published_at%20desc";
            magazine.get(&format!("{path}&filter={filter}&key={key}")).await
        };
        let (mut found_some, mut found_none) = (0, 0);
        let mut texts_before = BTreeSet::new();
        for number in 0..MANY {
            let filter = made(&mut dice, &rows, 3);
            let text = filter.text(false);
            if number % 5 == 4 {
                let wrong = spoilt(&mut dice, &text);
                assert_eq!(ask(&wrong).await.status, 400, "{wrong}");
                continue;
            }
            let answer = ask(&text).await;
            assert_eq!(answer.status, 200, "{text}: {}", answer.text());
            let mut wanted: Vec<&Row> = rows.iter().filter(|row| filter.fits(row)).collect();
            wanted.sort_by_key(|row| std::cmp::Reverse(row.published_at));
            let wanted: Vec<_> = wanted.iter().map(|row| json!({ "slug": row.slug })).collect();
            let answer = answer.json();
            assert_eq!(answer["posts"], json!(wanted), "{text}");
            assert_eq!(answer["meta"]["pagination"]["total"], wanted.len(), "{text}");
            if wanted.is_empty() {
                found_none += 1
            } else {
                found_some += 1
            }
            if number == MANY / 10 {
                texts_before = magazine.app.store.texts().0.into_iter().collect();
            }
        }
        assert!(found_some > MANY / 4 && found_none > MANY / 20, "{found_some} find something, {found_none} nothing");

        const PIECES: [&str; 30] = [
            "tag",
            ":",
            "news",
            "+",
            ",",
            "(",
            ")",
            "-",
            "~",
            "~^",
            ">",
            "<=",
            "[",
            "]",
            "'",
            "\"",
            "\\",
            "null",
            "true",
            "featured",
            "published_at",
            "now-30d",
            " ",
            "é",
            "😀",
            "' OR 1=1 --",
            "; DROP TABLE article",
            "%",
            "\u{0}",
            "id",
        ];
        let mut refused = 0;
        for _ in 0..MANY {
            let text: String = (0..=dice.roll(12)).map(|_| *dice.one(&PIECES)).collect();
            let answer = ask(&text).await;
            assert!(matches!(answer.status.as_u16(), 200 | 400), "{text:?}: {} {}", answer.status, answer.text());
            refused += usize::from(answer.status == 400);
        }
        assert!(refused > MANY / 2, "{refused} of {MANY} are no filters");

        let (ran, all) = magazine.app.store.texts();
        let ran: BTreeSet<&str> = ran.into_iter().collect();
        assert_eq!(ran, texts_before, "a filter asks with the texts that the first five hundred asked with");
        assert!(ran.iter().all(|text| all.contains(text)), "and all of them stand in the list");
    });
}
