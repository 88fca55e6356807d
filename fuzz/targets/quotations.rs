#![no_main]

use libfuzzer_sys::fuzz_target;
use record::{Article, quotes};

// No statement and no finding may point outside its text, whatever the text.
fuzz_target!(|text: &str| {
    for quote in quotes(&Article::of_text(text)) {
        for range in quote.spans.iter().chain(&quote.speaker).chain(&quote.cue) {
            assert!(text.get(range.clone()).is_some(), "{range:?} of {quote:?}");
        }
    }
    for passage in record::geometry(text).passages {
        assert!(text.get(passage.range.clone()).is_some() && text.get(passage.inner.clone()).is_some());
    }
});
