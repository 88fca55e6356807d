#![no_main]

use libfuzzer_sys::fuzz_target;
use theme::{Limits, Map, Page, Theme, Value};

// A template is refused, or rendered within its budget, whatever is in it.
fuzz_target!(|source: &str| {
    let files =
        [("package.json", r#"{"name":"x"}"#), ("index.hbs", source), ("post.hbs", ""), ("partials/again.hbs", source)];
    let Ok(theme) = Theme::load(files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))) else { return };
    let post = Value::map([("title", "Tide".into()), ("slug", "tide".into()), ("html", Value::html("<p>High</p>"))]);
    let page = Page {
        templates: &["index"],
        root: Value::map([("posts", Value::list([post.clone(), post]))]),
        data: Map::from([(
            "site",
            Value::map([("title", "The Lantern".into()), ("url", "https://lantern.example".into())]),
        )]),
        library: &theme::library::Empty,
        contexts: &["index"],
        path: "/",
        now: "2026-11-28T12:00:00Z".parse().expect("a time"),
        head: theme::Head::default(),
        limits: Limits { steps: 20_000, depth: 32, questions: 10, output_bytes: 100_000 },
    };
    if let Ok(made) = theme.render(&page) {
        assert!(made.html.len() <= 200_000);
    }
});
