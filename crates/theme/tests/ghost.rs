//! Our helpers beside Ghost's own: lines of a theme that prints what helpers give, and the lines
//! that Ghost 6.65 made of them for the same magazine. The record lies in `ghost-golden/` of the
//! folder that `MASTHEAD_REFERENCE` names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};
use theme::{Head, Limits, Map, Page, Theme, Value};

const SITE: &str = "https://harbourhill.example";

/// Lines of `partials/probes.hbs` that hold only helpers that we have.
const PROBES: &[&str] =
    &["t", "is", "match", "concat", "encode", "plural", "social", "img_url", "date", "blocks", "whitespace"];
/// Lines of `partials/card.hbs`.
const CARD: &[&str] = &["card", "excerpt", "content", "tags", "authors", "has", "loop", "image"];

/// Where we differ on purpose.
const DIFFERENT: &[(&str, &str)] = &[
    ("{{#if (concat \"\")}}full{{else}}empty{{/if}}", "an empty text is empty, whatever helper made it"),
    ("{{encode \"a b&c/ü'\\\"\"}}", "the apostrophe is encoded too: it ends an attribute"),
    ("{{social_url type=\"mastodon\"}}", "Ghost's address leads nowhere"),
    ("{{date \"nonsense\"}}", "no date rather than a wrong one"),
    ("{{img_url \"https://images.unsplash.com/photo-1?w=2000\" size=\"s\"}}", "a picture elsewhere is left alone"),
    ("{{excerpt}}", "a word with an apostrophe in it is one word"),
    ("{{tiers}}", "members come later"),
    ("{{tiers prefix=\"for \" separator=\", \" lastSeparator=\" and \" suffix=\" only\"}}", "members come later"),
];

#[test]
fn helpers_print_what_ghost_prints() {
    let Some(folder) = std::env::var_os("MASTHEAD_REFERENCE") else {
        note_skipped("helpers beside Ghost's (MASTHEAD_REFERENCE is not set)");
        return;
    };
    let folder = PathBuf::from(folder).join("ghost-golden");
    let recorded = read(&folder, "pages/probe/home.html");
    let (probes, card) =
        (read(&folder, "probe-theme/partials/probes.hbs"), read(&folder, "probe-theme/partials/card.hbs"));
    let probes: Vec<(String, String)> = PROBES.iter().flat_map(|name| segments(&probes, name).remove(0)).collect();
    let card: Vec<(String, String)> = CARD.iter().flat_map(|name| segments(&card, name).remove(0)).collect();

    let differs = |template: &str| DIFFERENT.iter().any(|(different, _)| *different == template);
    let line = |(name, template): &(String, String)| {
        let template = if differs(template) { "" } else { template };
        format!("\n@@{name}@@{template}")
    };
    let lines = |list: &[(String, String)]| list.iter().map(line).collect::<String>();
    let index = format!("{}{{{{#foreach posts columns=\"3\"}}}}{}{{{{/foreach}}}}\n@@", lines(&probes), lines(&card));
    let (theme, posts) = (theme(&folder, &index), posts(&folder));
    let count = posts.len();
    let html = render(&theme, site(&folder), posts);
    let mut made =
        html.split("\n@@").skip(1).map(|line| line.split_once("@@").unwrap_or((line, ""))).map(|(_, made)| made);

    let mut wrong = Vec::new();
    let mut compared = 0;
    let mut compare = |(name, template): &(String, String), expected: &str, made: &str| {
        if differs(template) {
            return;
        }
        compared += 1;
        if made.trim() != expected.trim() {
            wrong.push(format!("{name}: {template}\n  Ghost {expected:?}\n  ours  {made:?}"));
        }
    };
    let expected = |name: &str, turn: usize| segments(&recorded, name).swap_remove(turn);
    for (names, templates, turns) in [(PROBES, &probes, 1), (CARD, &card, count)] {
        for turn in 0..turns {
            let wanted: Vec<String> =
                names.iter().flat_map(|name| expected(name, turn)).map(|(_, text)| text).collect();
            assert_eq!(wanted.len(), templates.len(), "the record has other parts than the theme");
            for (template, wanted) in templates.iter().zip(&wanted) {
                compare(template, wanted, made.next().unwrap_or_default());
            }
        }
    }
    eprintln!("{compared} parts compared");
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

/// The parts between bars of each line `<p data-probe="name">…</p>`.
fn segments(text: &str, name: &str) -> Vec<Vec<(String, String)>> {
    let start = format!("<p data-probe=\"{name}\">");
    let lines = text.split(&start).skip(1).map(|rest| {
        let end = rest.find("</p>\n").unwrap_or(rest.len());
        rest[..end].split('|').map(|part| (name.to_owned(), part.to_owned())).collect()
    });
    lines.collect()
}

fn read(folder: &Path, path: &str) -> String {
    std::fs::read_to_string(folder.join(path)).expect("the reference folder holds it")
}

fn theme(folder: &Path, index: &str) -> Theme {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for path in ["package.json", "locales/en.json", "locales/de.json"] {
        files.insert(path.into(), read(folder, &format!("probe-theme/{path}")).into());
    }
    files.insert("index.hbs".into(), index.into());
    files.insert("post.hbs".into(), Vec::new());
    Theme::load(files).expect("the theme loads")
}

fn posts(folder: &Path) -> Vec<Value> {
    let answers: Vec<Json> = serde_json::from_str(&read(folder, "api/content-posts.json")).expect("it is JSON");
    let mut answer = answers.into_iter().find(|answer| answer["name"] == "include all").expect("it is recorded");
    paths(&mut answer["body"]["posts"]);
    answer["body"]["posts"].as_array().expect("a list of posts").iter().map(Value::from).collect()
}

/// The addresses of posts, tags and authors as our server gives them: paths.
fn paths(json: &mut Json) {
    match json {
        Json::Array(list) => list.iter_mut().for_each(paths),
        Json::Object(object) => {
            for (name, value) in object.iter_mut() {
                match value {
                    Json::String(url) if name == "url" => *url = url.replace(SITE, ""),
                    Json::String(caption) if name == "custom_excerpt" && caption.is_empty() => *value = Json::Null,
                    other => paths(other),
                }
            }
        }
        _ => {}
    }
}

fn site(folder: &Path) -> Value {
    let settings: Vec<Json> = serde_json::from_str(&read(folder, "api/content-settings.json")).expect("it is JSON");
    let mut site = settings[0]["body"]["settings"].clone();
    site["url"] = json!(SITE);
    Value::from(site)
}

fn render(theme: &Theme, site: Value, posts: Vec<Value>) -> String {
    // Markup as our server marks it; in Ghost's answers it is text like any other.
    let posts = posts.into_iter().map(|post| {
        let fields = post.names().into_iter().map(|name| {
            let value = post.get(name);
            let caption = name == "feature_image_caption" && value.as_str().is_some();
            (name.to_owned(), if caption { Value::html(value.to_string()) } else { value })
        });
        Value::from(fields.collect::<Map>())
    });
    // The recorded page had more articles than the answer: the last of these is not its last.
    let posts = posts.chain([Value::map([("title", "Another".into())])]);
    let page = Page {
        templates: &["home", "index"],
        root: Value::map([("posts", Value::list(posts))]),
        data: Map::from([("site", site), ("config", theme.config()), ("custom", theme.custom())]),
        contexts: &["home", "index"],
        path: "/",
        now: "2026-11-23T12:00:00Z".parse().expect("a time"),
        head: Head::default(),
        library: &theme::library::Empty,
        limits: Limits::default(),
    };
    theme.render(&page).expect("it renders").html
}

/// Names what this machine could not test, for the closing list of the test command.
fn note_skipped(what: &str) {
    eprintln!("skipped: {what}");
    if let Ok(path) = std::env::var("MASTHEAD_SKIPPED_FILE") {
        use std::io::Write;
        let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
        let _ = file.and_then(|mut file| writeln!(file, "{what}"));
    }
}
