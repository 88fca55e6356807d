#![no_main]

use libfuzzer_sys::fuzz_target;

// An archive gives files that stay in their folder, within the limits, or it is refused in words.
fuzz_target!(|bytes: &[u8]| {
    match theme::archive::unpack(bytes) {
        Ok(files) => {
            let size: usize = files.iter().map(|(_, file)| file.len()).sum();
            assert!(size <= theme::limits::MAX_PACKAGE_BYTES && files.len() <= theme::limits::MAX_FILES);
            assert!(files.iter().all(|(path, _)| !path.starts_with('/') && path.split('/').all(|part| part != "..")));
            let _ = theme::Theme::load(theme::within_its_folder(files));
        }
        Err(why) => assert!(!why.to_string().is_empty()),
    }
});
