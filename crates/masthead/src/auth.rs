//! Passwords and one-time links. What is secret is kept as a hash only.

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::app::random_hex;

/// How long a one-time link works.
pub const LINK_LASTS: SignedDuration = SignedDuration::from_hours(72);

/// A secret for a one-time link: 256 random bits in hexadecimal.
pub fn new_token() -> String {
    random_hex::<32>()
}

/// What is kept of a token. Tokens are random, so a fast hash is enough.
pub fn token_hash(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Until when a link made now works.
pub fn link_until(now: Timestamp) -> Timestamp {
    now.checked_add(LINK_LASTS).unwrap_or(now)
}

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Too short.
    #[error("a password needs at least {} characters", news::staff::SHORTEST_PASSWORD)]
    Short,
    /// Too long.
    #[error("a password has at most {} characters", news::staff::LONGEST_PASSWORD)]
    Long,
    /// Among the first that anybody tries.
    #[error("this password is one of the first that anybody would try; choose another")]
    Common,
}

/// Hashes a password (Argon2id, a salt of its own). Takes some 50 ms of CPU: call it off the runtime.
pub fn hash_password(password: &str) -> Result<String, WeakPassword> {
    let length = password.chars().count();
    if length < news::staff::SHORTEST_PASSWORD {
        return Err(WeakPassword::Short);
    }
    if length > news::staff::LONGEST_PASSWORD {
        return Err(WeakPassword::Long);
    }
    if is_common(password) {
        return Err(WeakPassword::Common);
    }
    // Fails only for parameters out of range; these are the crate's own.
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|_| WeakPassword::Long)
}

/// Whether a password is the one that was hashed.
pub fn is_password(password: &str, hash: &str) -> bool {
    argon2::PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Passwords that are hashed at once: each takes 19 MiB and a core for a moment.
static HASHING: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(4);
/// How long somebody may wait for a turn.
const TURN: std::time::Duration = std::time::Duration::from_secs(5);

/// Does the work of a hash when it is its turn, off the runtime; `None` when too many wait.
pub async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let turn = tokio::time::timeout(TURN, HASHING.acquire()).await;
    let Ok(Ok(_turn)) = turn else { return None };
    tokio::task::spawn_blocking(work).await.ok()
}

/// Whether this is the password behind a hash, on a thread of its own. Somebody without a password takes as long, so
/// that the time does not tell who is there.
pub async fn check_password(password: String, hash: Option<String>) -> bool {
    let work = in_turn(move || match hash {
        Some(hash) => is_password(&password, &hash),
        None => {
            is_password(&password, nobodys());
            false
        }
    });
    work.await.unwrap_or(false)
}

/// The hash of a password that nobody has.
fn nobodys() -> &'static str {
    static HASH: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    HASH.get_or_init(|| hash_password(&new_token()).unwrap_or_default())
}

/// Whether two texts are the same, in a time that does not tell how much of them is.
pub fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

/// Long enough, but guessed at once: one character or a short run repeated, or rows of the keyboard.
fn is_common(password: &str) -> bool {
    let lower = password.to_lowercase();
    let distinct = lower.chars().collect::<std::collections::HashSet<_>>().len();
    let rows =
        ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "password", "masthead"];
    let mut rest = lower.clone();
    for row in rows {
        rest = rest.replace(row, "");
    }
    distinct < 5 || rest.chars().filter(|c| c.is_alphanumeric()).count() < 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_another_is_not() {
        let hash = hash_password("correct horse battery").unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(is_password("correct horse battery", &hash));
        assert!(!is_password("correct horse batterY", &hash));
    }

    #[test]
    fn a_password_that_anybody_would_try_is_refused() {
        assert_eq!(hash_password("short"), Err(WeakPassword::Short));
        assert_eq!(hash_password(&"long ".repeat(60)), Err(WeakPassword::Long));
        for common in ["aaaaaaaaaaaaaaaa", "password1234567890", "qwertyuiop1234567890", "abababababab"] {
            assert_eq!(hash_password(common), Err(WeakPassword::Common), "{common}");
        }
    }
}
