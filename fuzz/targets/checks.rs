#![no_main]

use libfuzzer_sys::fuzz_target;
use record::Article;
use record::checks::{Archive, Context, check};
use record::offices::Register;

// No statement and no finding may point outside its text, whatever the text.
fuzz_target!(|copy: (&str, &str, bool)| {
    let (text, title, dated) = copy;
    let article = Article {
        title: Some(title),
        date: dated.then(|| "2025-08-18".parse().expect("a day")),
        ..Article::of_text(text)
    };
    let mut archive = Archive::new();
    archive.add("earlier", &Article { date: "2024-08-18".parse().ok(), ..Article::of_text(title) });
    let context = Context { offices: Some(Register::embedded()), archive: Some(&archive), ..Context::default() };
    for finding in check(&article, &context) {
        for range in finding.range.iter().chain(finding.fix.as_ref().map(|fix| &fix.range)) {
            assert!(text.get(range.clone()).is_some(), "{finding:?}");
        }
    }
});
