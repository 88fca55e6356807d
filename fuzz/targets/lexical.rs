#![no_main]

use libfuzzer_sys::fuzz_target;
use manuscript::Document;

mod every;

fuzz_target!(|body: &str| {
    let Ok(document) = Document::parse(body) else { return };
    assert_eq!(document.to_json(), body, "untouched, it is the same bytes");
    every::way_out(document);
});
