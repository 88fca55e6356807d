//! How often somebody may try a door: by account, and by where they come from.
//!
//! Counts are kept in memory: they bound guessing, and a restart gives nobody more than one more handful. An address of
//! IPv6 counts by its /64, which is what one subscriber has.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Tries of one account (or one code) in a window.
pub const BY_ACCOUNT: u32 = 10;
/// Tries from one address in a window, over all accounts.
pub const BY_ADDRESS: u32 = 50;
/// Tries of a one-time code.
pub const BY_CODE: u32 = 5;
/// How long a window is.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Keys that are remembered; beyond, the oldest windows go first.
const REMEMBERED: usize = 50_000;

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// An account, by its e-mail address.
    Account(String),
    /// The one-time codes of one waiting session.
    Code(String),
    /// An address, or the /64 that it is in.
    Address([u8; 8]),
}

#[derive(Clone, Copy)]
struct Count {
    since: Timestamp,
    tries: u32,
}

/// The counts.
#[derive(Default)]
pub struct Tries {
    counts: Mutex<HashMap<Key, Count>>,
}

impl Tries {
    /// The key of an account.
    pub fn account(email: &str) -> Key {
        Key::Account(email.chars().take(200).collect())
    }

    /// The key of somebody's one-time codes.
    pub fn code(id: &str) -> Key {
        Key::Code(id.to_owned())
    }

    /// Counts a try; answers whether it may be looked at.
    pub fn may(&self, key: &Key, address: Option<IpAddr>, now: Timestamp) -> bool {
        // The address first: whoever is refused by it adds no key of anybody else.
        if !self.may_from(address, now) {
            return false;
        }
        let most = if matches!(key, Key::Code(_)) { BY_CODE } else { BY_ACCOUNT };
        self.count(key.clone(), now) <= most
    }

    /// Counts a try that is about no account.
    pub fn may_from(&self, address: Option<IpAddr>, now: Timestamp) -> bool {
        address.is_none_or(|address| self.count(Key::Address(net(address)), now) <= BY_ADDRESS)
    }

    /// Counts, and answers how often this key was counted in its window.
    fn count(&self, key: Key, now: Timestamp) -> u32 {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= REMEMBERED {
            counts.retain(|_, count| now.duration_since(count.since) < WINDOW);
            // Those who tried least are forgotten first: they have most tries left anyway.
            if counts.len() >= REMEMBERED {
                let mut tries: Vec<u32> = counts.values().map(|count| count.tries).collect();
                tries.sort_unstable();
                let few = tries[tries.len() / 2];
                counts.retain(|_, count| count.tries > few);
            }
        }
        let count = counts.entry(key).or_insert(Count { since: now, tries: 0 });
        if now.duration_since(count.since) >= WINDOW {
            *count = Count { since: now, tries: 0 };
        }
        count.tries = count.tries.saturating_add(1);
        count.tries
    }

    /// Starts a count anew: somebody proved who they are.
    pub fn forget(&self, key: &Key) {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

fn net(address: IpAddr) -> [u8; 8] {
    let mut net = [0; 8];
    match address {
        IpAddr::V4(address) => net[..4].copy_from_slice(&address.octets()),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => net[..4].copy_from_slice(&address.octets()),
            None => net.copy_from_slice(&address.octets()[..8]),
        },
    }
    net
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn of_a_thousand_tries_ten_are_looked_at() {
        let tries = Tries::default();
        let key = Tries::account("ann@example.org");
        // A new address each time changes nothing.
        let looked_at = (0..1_000_u32)
            .filter(|n| {
                tries.may(
                    &key,
                    Some(IpAddr::from((0x2001_0db8_u128 << 96 | u128::from(*n) << 64).to_be_bytes())),
                    at(5),
                )
            })
            .count();
        assert_eq!(looked_at, 10);
        assert!(tries.may(&key, None, at(5) + WINDOW), "a new window begins");
    }

    #[test]
    fn one_subscriber_counts_once_whichever_address_is_used() {
        let tries = Tries::default();
        let looked_at = (0..1_000_u32)
            .filter(|n| {
                let address = IpAddr::from((0x2001_0db8_u128 << 96 | u128::from(*n)).to_be_bytes());
                tries.may(&Tries::account(&format!("{n}@example.org")), Some(address), at(5))
            })
            .count();
        assert_eq!(looked_at, BY_ADDRESS as usize);
    }
}
