//! A Ghost export in, and out again: what was read once is read again, and is as many articles.
#![no_main]

use import::ghost::{Writer, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(export) = read(bytes) else { return };
    let mut writer = Writer::begin(Vec::new(), jiff::Timestamp::UNIX_EPOCH, &export.settings, &[], &export.tags).unwrap();
    for article in &export.articles {
        writer.post(article).unwrap();
    }
    let (written, _) = writer.end(&export.settings, &export.authors, &export.tags, &export.rest).unwrap();
    let again = read(&written).expect("what we write is an export");
    assert!(again.articles.len() <= export.articles.len());
});
