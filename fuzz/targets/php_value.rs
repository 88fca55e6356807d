#![no_main]

use import::wordpress::php;
use libfuzzer_sys::fuzz_target;

// A value that is whole needs no mending, and mending ends. Compared by their words, since NaN is not NaN.
fuzz_target!(|text: &str| {
    let _ = php::is_serialized(text);
    let mended = php::read_mended(text);
    if let Ok(value) = php::read(text) {
        assert_eq!(format!("{:?}", Ok::<_, php::NoPhp>((value, 0))), format!("{mended:?}"));
    }
});
