#![no_main]

use libfuzzer_sys::fuzz_target;

mod every;

fuzz_target!(|source: &str| {
    if let Ok(document) = manuscript::from_mobiledoc(source) {
        every::way_out(document);
    }
});
