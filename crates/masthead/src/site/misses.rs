//! What readers asked for and did not find: counted in memory, written down every few seconds by a job, and shown to
//! editors, who can lead it somewhere.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Addresses that are counted between two writings.
const MOST: usize = 1_000;
/// Longest address that is counted, in bytes.
const LONGEST: usize = 300;

/// Addresses with how often they were asked for.
#[derive(Debug, Default)]
pub struct Misses(Mutex<HashMap<String, i64>>);

impl Misses {
    /// Counts an address, unless it is one that only programs try.
    pub fn note(&self, path: &str) {
        if !is_a_readers(path) {
            return;
        }
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(path) {
            *count += 1;
        } else if counts.len() < MOST {
            counts.insert(path.to_owned(), 1);
        }
    }

    /// Takes what was counted.
    pub fn take(&self) -> Vec<(String, i64)> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *counts).into_iter().collect()
    }
}

/// Whether a reader may have followed a link to it: doors of other systems are tried by programs, day and night.
fn is_a_readers(path: &str) -> bool {
    let starts = ["/wp-admin", "/wp-includes", "/wp-login", "/xmlrpc", "/cgi-bin", "/vendor", "/assets/", "/content/"];
    let ends = [".php", ".asp", ".aspx", ".env", ".git", ".sql", ".bak", ".map", ".js", ".css"];
    path.len() <= LONGEST
        && !path.contains("/.")
        && !path.contains("//")
        && !starts.iter().any(|start| path.starts_with(start))
        && !ends.iter().any(|end| path.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_programs_try_is_not_counted() {
        let misses = Misses::default();
        for path in ["/2024/05/sea-wall/", "/2024/05/sea-wall/", "/wp-login.php", "/.env", "/a/.git/config", "/x.js"] {
            misses.note(path);
        }
        assert_eq!(misses.take(), [("/2024/05/sea-wall/".to_owned(), 2)]);
        assert!(misses.take().is_empty());
    }

    #[test]
    fn there_is_an_end_to_what_is_counted() {
        let misses = Misses::default();
        for number in 0..MOST + 50 {
            misses.note(&format!("/{number}/"));
        }
        misses.note(&format!("/{}/", "x".repeat(LONGEST)));
        assert_eq!(misses.take().len(), MOST);
    }
}
