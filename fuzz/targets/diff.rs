#![no_main]

use libfuzzer_sys::fuzz_target;
use manuscript::{Web, diff, from_text};

// Two texts, so that the fuzzer finds likenesses: JSON would rarely be any.
fuzz_target!(|texts: (&str, &str)| {
    let (Ok(old), Ok(new)) = (from_text(texts.0), from_text(texts.1)) else { return };
    let difference = diff(&old, &new);
    assert_eq!(difference.apply(), new);
    assert!(diff(&old, &old).is_empty());
    difference.html(&Web::default());
    difference.to_json();
});
