//! Data that is not in the repository, and may be absent.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the reference data; `None`, and a word in the list of what was skipped, without it.
pub fn file(name: &str, what: &str) -> Option<PathBuf> {
    match std::env::var("MASTHEAD_REFERENCE") {
        Ok(folder) => Some(Path::new(&folder).join(name)),
        Err(_) => {
            note_skipped(&format!("{what} (MASTHEAD_REFERENCE is not set)"));
            None
        }
    }
}

/// Says on stderr what was not tested, and in a file where `MASTHEAD_SKIPPED_FILE` names one.
fn note_skipped(what: &str) {
    eprintln!("skipped: {what}");
    if let Ok(path) = std::env::var("MASTHEAD_SKIPPED_FILE") {
        use std::io::Write;
        let file = fs::OpenOptions::new().append(true).create(true).open(path);
        let _ = file.and_then(|mut file| writeln!(file, "{what}"));
    }
}
