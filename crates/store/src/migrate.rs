//! Migrations: numbered files, forward only, one text for both engines.
//!
//! Two words differ: `{serial}` is a number that grows by itself and is the
//! key, `{key}` is text that is ordered byte by byte (PostgreSQL would follow
//! the database's language, and ranges such as “every month” would miss).

use sha2::{Digest, Sha256};

use crate::Broken;

/// A migration of this program.
pub(crate) struct Migration {
    pub(crate) number: i64,
    pub(crate) text: &'static str,
    pub(crate) hash: String,
}

const FILES: &[&str] = &[
    include_str!("../migrations/0001-magazine.sql"),
    include_str!("../migrations/0002-record.sql"),
    include_str!("../migrations/0003-occasion.sql"),
    include_str!("../migrations/0004-desk.sql"),
    include_str!("../migrations/0005-dress.sql"),
    include_str!("../migrations/0006-walks.sql"),
    include_str!("../migrations/0007-clients.sql"),
    include_str!("../migrations/0008-numbers.sql"),
    include_str!("../migrations/0009-moving-in.sql"),
];

/// The schema that this program knows: the number of its last migration.
pub const SCHEMA_VERSION: i64 = FILES.len() as i64;

/// Where the applied ones are noted.
pub(crate) const TABLE: &str =
    "CREATE TABLE IF NOT EXISTS migration (number BIGINT NOT NULL PRIMARY KEY, hash TEXT NOT NULL)";
pub(crate) const APPLIED: &str = "SELECT number, hash FROM migration ORDER BY number";
pub(crate) const NOTE: &str = "INSERT INTO migration (number, hash) VALUES ($1, $2)";

/// The migrations that a database with these applied ones still needs, in order.
pub(crate) fn missing(applied: &[(i64, String)]) -> Result<Vec<Migration>, Broken> {
    let known: Vec<Migration> = (1..).zip(FILES).map(|(number, text)| migration(number, text)).collect();
    if let Some((found, _)) = applied.iter().find(|(number, _)| *number > SCHEMA_VERSION) {
        return Err(Broken::Newer { found: *found });
    }
    for (number, hash) in applied {
        if known.iter().any(|m| m.number == *number && m.hash != *hash) {
            return Err(Broken::Foreign(*number));
        }
    }
    Ok(known.into_iter().filter(|m| applied.iter().all(|(number, _)| *number != m.number)).collect())
}

fn migration(number: i64, text: &'static str) -> Migration {
    let hash = Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Migration { number, text, hash }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_database_needs_every_migration_and_a_current_one_none() {
        let all = missing(&[]).unwrap();
        assert_eq!(all.len() as i64, SCHEMA_VERSION);
        let applied: Vec<_> = all.into_iter().map(|m| (m.number, m.hash)).collect();
        assert!(missing(&applied).unwrap().is_empty());
    }

    #[test]
    fn a_database_from_a_newer_version_is_refused() {
        let newer = SCHEMA_VERSION + 1;
        assert!(matches!(missing(&[(newer, "x".into())]), Err(Broken::Newer { found }) if found == newer));
    }

    #[test]
    fn a_migration_that_was_edited_after_it_ran_is_noticed() {
        assert!(matches!(missing(&[(1, "other".into())]), Err(Broken::Foreign(1))));
    }
}
