//! Damaged templates: whatever is in them, parsing and rendering end, within their limits and
//! without a panic.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use theme::{Head, Limits, Map, Page, Theme, Value};

const TEMPLATES: usize = 2_000;
const SEED: u64 = 20_261_123;

/// Whole and sound; the pieces of which damaged ones are made.
const SOUND: &[&str] = &[
    "{{!< default}}\n{{#foreach posts limit=\"3\" columns=2 as |post i|}}{{> \"card\" post n=i}}{{else}}none{{/foreach}}\n{{pagination}}",
    "{{#post}}<h1>{{title}}</h1>{{content words=\"3\"}}{{date published_at format=\"D MMM YYYY [at] LT\"}}{{tags separator=\" \" limit=1}}{{/post}}",
    "{{#if (match @site.title \"~\" \"Lan\")}}{{{concat title (concat \"a\" title) separator=\"-\"}}}{{else if @custom.x}}b{{/if}}",
    "{{#> (concat \"c\" \"ard\") n=@index}}inside {{../title}}{{#*inline \"x\"}}{{n}}{{/inline}}{{/undefined}}{{> x}}",
    "a {{~#each posts~}} {{@key}}{{@../index}}{{this.tags.[0].name}} {{~^~}} none {{~/each~}} z\n  {{! note }}\n{{!-- {{long}} --}}",
    "{{{{raw}}}} {{not}} {{{{/raw}}}}\\{{escaped}}\\\\{{title}}{{&title}}{{{title}}}{{\"title\"}}{{12}}{{@root.posts.length}}",
    "{{#has tag=\"news, count:>1\"}}{{authors}}{{/has}}{{#contentFor \"a\"}}{{t \"By {n}\" n=title}}{{/contentFor}}{{{block \"a\"}}}{{navigation}}",
    "{{img_url feature_image size=\"s\"}}{{plural 2 plural=\"% x\"}}{{encode title}}{{excerpt characters=\"9\"}}{{post_class}}{{body_class}}",
];
const PIECES: &[&str] = &[
    "{{",
    "}}",
    "{{{",
    "}}}",
    "{{#",
    "{{/",
    "{{^",
    "{{else}}",
    "{{~",
    "~}}",
    "(",
    ")",
    "\"",
    "'",
    "[",
    "]",
    "|",
    " as |",
    "@",
    "..",
    "../",
    ".",
    "/",
    "=",
    "\\",
    "{{!",
    "--}}",
    "{{>",
    "{{#>",
    "{{#*inline \"q\"}}",
    "{{> q}}",
    "{{> @partial-block}}",
    "this",
    "undefined",
    "true",
    "-1.5",
    "é",
    "\u{2028}",
    "{{#foreach posts}}",
    "{{/foreach}}",
    "{{> card}}",
    "{{#each posts}}",
    "{{/each}}",
    "{{{{raw}}}}",
    "{{{{/raw}}}}",
    "\n",
    "\0",
    "(concat title title)",
];

#[test]
fn no_damaged_template_panics_or_runs_on() {
    let mut random = SEED;
    let mut next = move |below: usize| {
        // xorshift64*: the same templates in every run.
        random ^= random >> 12;
        random ^= random << 25;
        random ^= random >> 27;
        (random.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % below
    };
    let (mut parsed, mut rendered) = (0, 0);
    let mut slowest = Duration::ZERO;
    for _ in 0..TEMPLATES {
        let mut source: Vec<char> = SOUND[next(SOUND.len())].chars().collect();
        for _ in 0..=next(2) {
            let at = next(source.len() + 1);
            match next(4) {
                0 => drop(source.drain(at..(at + next(8)).min(source.len()))),
                1 => drop(source.splice(at..at, PIECES[next(PIECES.len())].chars())),
                2 => drop(source.splice(at..at, SOUND[next(SOUND.len())].chars())),
                _ => {
                    let end = (at + next(40)).min(source.len());
                    let copy = source[at..end].to_vec();
                    drop(source.splice(at..at, copy));
                }
            }
        }
        let source: String = source.into_iter().collect();
        let started = Instant::now();
        if let Ok(theme) = theme(&source) {
            parsed += 1;
            let limits = Limits { steps: 20_000, depth: 64, questions: 20, output_bytes: 100_000 };
            if let Ok(page) = theme.render(&page(limits)) {
                rendered += 1;
                assert!(page.html.len() <= limits.output_bytes * 8, "{source}");
            }
        }
        slowest = slowest.max(started.elapsed());
    }
    eprintln!("{TEMPLATES} templates, {parsed} parsed, {rendered} rendered, the slowest took {slowest:?}");
    assert!(parsed > TEMPLATES / 10 && rendered > TEMPLATES / 20, "the mutations are too rough to tell anything");
}

fn theme(source: &str) -> Result<Theme, theme::ThemeError> {
    let files = BTreeMap::from([
        ("package.json", r#"{"name": "damaged", "config": {"image_sizes": {"s": {"width": 300}}}}"#),
        ("default.hbs", "<body>{{{body}}}{{{block \"a\"}}}</body>"),
        ("post.hbs", ""),
        ("index.hbs", source),
        ("partials/card.hbs", "<p>{{title}}{{n}}{{#if @partial-block}}{{> @partial-block}}{{/if}}</p>"),
    ]);
    Theme::load(files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())))
}

fn page(limits: Limits) -> Page<'static> {
    let tag = Value::map([("name", "News".into()), ("slug", "news".into()), ("url", "/news/".into())]);
    let post = Value::map([
        ("title", "Tide <turns>".into()),
        ("html", Value::html("<p>The <em>tide</em> turns at noon.</p><p>More.</p>")),
        ("excerpt", "The tide turns at noon.".into()),
        ("published_at", "2026-11-23T09:00:00Z".into()),
        ("tags", vec![tag.clone(), tag].into()),
        ("feature_image", "/content/images/2026/11/tide.jpg".into()),
    ]);
    let pagination = Value::map([("page", 1.into()), ("pages", 3.into()), ("next", 2.into()), ("prev", Value::Null)]);
    Page {
        templates: &["index"],
        root: Value::map([("posts", vec![post.clone(); 3].into()), ("post", post), ("pagination", pagination)]),
        data: Map::from([(
            "site",
            Value::map([("title", "The Lantern".into()), ("url", "https://lantern.example".into())]),
        )]),
        contexts: &["home", "index"],
        path: "/",
        now: "2026-11-23T12:00:00Z".parse().expect("a time"),
        head: Head::default(),
        limits,
        library: &theme::library::Empty,
    }
}
