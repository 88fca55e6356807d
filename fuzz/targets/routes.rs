#![no_main]

use libfuzzer_sys::fuzz_target;

// Routes and redirects are read, or refused with a line of the file.
fuzz_target!(|text: &str| {
    // A carriage return ends a line in YAML, and so do three signs of Unicode.
    let lines = text.matches(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count() + 2;
    if let Err(why) = theme::routes::read(text) {
        assert!(why.line <= lines, "{why}");
    }
    match theme::redirects::read(text) {
        Ok(redirects) => {
            let _ = redirects.find("/2026/11/a-b/");
        }
        Err(why) => assert!(why.line <= lines, "{why}"),
    }
});
