//! What two sequences have in common, in the same order.
//!
//! First the elements that stand exactly once on either side, as in Bram Cohen's patience diff: they
//! tie the sides together where a person would. Between them the linear-space algorithm of Eugene
//! Myers, "An O(ND) Difference Algorithm and Its Variations" (Algorithmica 1, 1986), section 4b,
//! held to a number of steps that grows with the length only: two sequences that have nothing to do
//! with each other would take it their product otherwise.

use std::collections::HashMap;
use std::hash::Hash;

use crate::limits::{DIFF_STEPS, DIFF_STEPS_PER_ELEMENT};

/// Gives equal things the same number, so that comparing them costs nothing more.
#[derive(Debug)]
pub(super) struct Numbers<T>(HashMap<T, u32>);

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Numbers(HashMap::new())
    }
}

impl<T: Eq + Hash> Numbers<T> {
    pub(super) fn of(&mut self, thing: T) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(thing).or_insert(next)
    }
}

/// Pairs of equal elements, rising on both sides: as many as can be had, or fewer where the
/// sequences are long and too different to find them in time.
pub(super) fn align(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let before = common_start(old, new);
    let after = common_end(&old[before..], &new[before..]);
    let (old_end, new_end) = (old.len() - after, new.len() - after);
    let mut pairs: Vec<_> = (0..before).map(|at| (at, at)).collect();
    align_middle(old, new, before, (old_end, new_end), &mut pairs);
    pairs.extend((0..after).map(|at| (old_end + at, new_end + at)));
    pairs
}

fn align_middle(old: &[u32], new: &[u32], start: usize, end: (usize, usize), pairs: &mut Vec<(usize, usize)>) {
    let old_counts = counts(&old[start..end.0]);
    let new_counts = counts(&new[start..end.1]);
    // What the other side does not have at all is no part of the answer, only of the work.
    let old: Vec<_> = (start..end.0).map(|at| (old[at], at)).filter(|(id, _)| new_counts.contains_key(id)).collect();
    let new: Vec<_> = (start..end.1).map(|at| (new[at], at)).filter(|(id, _)| old_counts.contains_key(id)).collect();
    let (old_ids, new_ids) = (ids(&old), ids(&new));

    let is_single = |id: &u32| old_counts.get(id) == Some(&1) && new_counts.get(id) == Some(&1);
    let places: HashMap<u32, usize> =
        new_ids.iter().enumerate().filter(|(_, id)| is_single(id)).map(|(at, id)| (*id, at)).collect();
    let singles =
        old_ids.iter().enumerate().filter_map(|(at, id)| places.get(id).map(|place| (at, *place))).collect::<Vec<_>>();

    let mut found = Vec::new();
    let (mut old_from, mut new_from) = (0, 0);
    for (old_at, new_at) in longest_rising(&singles).into_iter().chain([(old_ids.len(), new_ids.len())]) {
        let gap = (&old_ids[old_from..old_at], &new_ids[new_from..new_at]);
        let mut steps = DIFF_STEPS.min(DIFF_STEPS_PER_ELEMENT * (gap.0.len() + gap.1.len()));
        myers(gap.0, gap.1, (old_from, new_from), &mut steps, &mut found);
        found.push((old_at, new_at));
        (old_from, new_from) = (old_at + 1, new_at + 1);
    }
    // The last one was the end, no pair.
    found.pop();
    pairs.extend(found.into_iter().map(|(old_at, new_at)| (old[old_at].1, new[new_at].1)));
}

fn counts(sequence: &[u32]) -> HashMap<u32, usize> {
    let mut counts = HashMap::new();
    for id in sequence {
        *counts.entry(*id).or_insert(0) += 1;
    }
    counts
}

fn ids(sequence: &[(u32, usize)]) -> Vec<u32> {
    sequence.iter().map(|(id, _)| *id).collect()
}

fn common_start(old: &[u32], new: &[u32]) -> usize {
    old.iter().zip(new).take_while(|(one, other)| one == other).count()
}

fn common_end(old: &[u32], new: &[u32]) -> usize {
    old.iter().rev().zip(new.iter().rev()).take_while(|(one, other)| one == other).count()
}

/// The longest part of the pairs (whose first numbers rise) in which the second numbers rise too.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The pair that ends the best chain of each length, and the one before each pair in its chain.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; pairs.len()];
    for (number, (_, place)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *place);
        before[number] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(number);
        } else {
            ends[length] = number;
        }
    }
    let mut chain: Vec<_> =
        std::iter::successors(ends.last().copied(), |number| before[*number]).map(|number| pairs[number]).collect();
    chain.reverse();
    chain
}

/// Adds the pairs of two stretches; `from` is where they begin. Gives up, and leaves the rest
/// unpaired, when the steps are used up.
fn myers(mut old: &[u32], mut new: &[u32], from: (usize, usize), steps: &mut usize, pairs: &mut Vec<(usize, usize)>) {
    let before = common_start(old, new);
    pairs.extend((0..before).map(|at| (from.0 + at, from.1 + at)));
    (old, new) = (&old[before..], &new[before..]);
    let after = common_end(old, new);
    (old, new) = (&old[..old.len() - after], &new[..new.len() - after]);
    let from = (from.0 + before, from.1 + before);

    if !old.is_empty()
        && !new.is_empty()
        && let Some((x, y)) = middle(old, new, steps)
    {
        myers(&old[..x], &new[..y], from, steps, pairs);
        myers(&old[x..], &new[y..], (from.0 + x, from.1 + y), steps, pairs);
    }
    pairs.extend((0..after).map(|at| (from.0 + old.len() + at, from.1 + new.len() + at)));
}

/// A point through which a shortest way from one sequence to the other leads, neither its start nor
/// its end; `None` when it cannot be found in so many steps. Both sequences hold something, and
/// they begin and end differently.
///
/// In Myers' words: the ways of `d` edits are followed from both ends at once, and for each diagonal
/// `k` (x minus y) it is kept how far they lead. Where they meet is the middle.
fn middle(old: &[u32], new: &[u32], steps: &mut usize) -> Option<(usize, usize)> {
    let (n, m) = (old.len() as isize, new.len() as isize);
    let delta = n - m;
    // d rounds cost d × d steps; no use to make room for more than can be taken.
    let rounds = ((n + m + 1) / 2).min(steps.isqrt() as isize + 1);
    let mut forward = Reach::new(rounds);
    let mut backward = Reach::new(rounds);
    for d in 0..=rounds {
        // Diagonals beyond the corners lead nowhere.
        let diagonals = || (-(d - 2 * (d - m).max(0))..=d - 2 * (d - n).max(0)).step_by(2);
        for k in diagonals() {
            let x = forward.start(d, k);
            let snake = snake(x, x - k, |x, y| Some(old.get(x)? == new.get(y)?));
            forward.set(k, x + snake);
            *steps = steps.checked_sub(1 + snake as usize)?;
            let is_met = delta % 2 != 0 && (k - delta).abs() < d && x + snake + backward.get(delta - k) >= n;
            if is_met {
                return inner_point(x, x - k, n, m);
            }
        }
        for k in diagonals() {
            let x = backward.start(d, k);
            let from_end = |sequence: &[u32], at: usize| sequence.len().checked_sub(at + 1).map(|at| sequence[at]);
            let snake = snake(x, x - k, |x, y| Some(from_end(old, x)? == from_end(new, y)?));
            backward.set(k, x + snake);
            *steps = steps.checked_sub(1 + snake as usize)?;
            let is_met = delta % 2 == 0 && (k - delta).abs() <= d && x + snake + forward.get(delta - k) >= n;
            if is_met {
                return inner_point(n - x, m - (x - k), n, m);
            }
        }
    }
    None
}

/// For how long the sequences go on alike.
fn snake(x: isize, y: isize, is_alike: impl Fn(usize, usize) -> Option<bool>) -> isize {
    let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return 0 };
    (0..).find(|ahead| is_alike(x + ahead, y + ahead) != Some(true)).unwrap_or(0) as isize
}

fn inner_point(x: isize, y: isize, n: isize, m: isize) -> Option<(usize, usize)> {
    let is_inside = (0..=n).contains(&x) && (0..=m).contains(&y) && (x, y) != (0, 0) && (x, y) != (n, m);
    is_inside.then_some((x as usize, y as usize))
}

/// How far the ways lead on each diagonal.
struct Reach {
    furthest: Vec<isize>,
    rounds: isize,
}

impl Reach {
    fn new(rounds: isize) -> Reach {
        Reach { furthest: vec![0; 2 * rounds as usize + 3], rounds }
    }

    fn get(&self, k: isize) -> isize {
        self.furthest.get((k + self.rounds + 1) as usize).copied().unwrap_or(0)
    }

    fn set(&mut self, k: isize, x: isize) {
        self.furthest[(k + self.rounds + 1) as usize] = x;
    }

    /// Where round `d` begins on diagonal `k`: one edit further than the better neighbour.
    fn start(&self, d: isize, k: isize) -> isize {
        let (below, above) = (self.get(k - 1), self.get(k + 1));
        if k == -d || (k != d && below < above) { above } else { below + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::{align, longest_rising, myers};

    fn letters(text: &str) -> Vec<u32> {
        text.chars().map(u32::from).collect()
    }

    fn common(old: &str, new: &str) -> String {
        let old = letters(old);
        align(&old, &letters(new)).iter().filter_map(|(at, _)| char::from_u32(old[*at])).collect()
    }

    /// The length of the longest common subsequence, by the table of the textbook.
    fn longest(old: &[u32], new: &[u32]) -> usize {
        let mut row = vec![0; new.len() + 1];
        for one in old {
            let mut diagonal = 0;
            for (at, other) in new.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = if one == other { diagonal + 1 } else { above.max(row[at]) };
                diagonal = above;
            }
        }
        row[new.len()]
    }

    #[test]
    fn what_is_common_is_found() {
        for (old, new, both) in [
            ("", "", ""),
            ("abc", "", ""),
            ("abc", "abc", "abc"),
            ("abc", "axc", "ac"),
            ("abcd", "bd", "bd"),
            ("bd", "abcd", "bd"),
            ("abcx", "xabc", "abc"),
            ("aabbaa", "abab", "aba"),
        ] {
            assert_eq!(common(old, new), both, "{old} {new}");
        }
    }

    #[test]
    fn nothing_longer_is_common_than_what_is_found() {
        let mut seed = 1_u64;
        let mut below = |end: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % end
        };
        for round in 0..3_000 {
            let letters = 1 + round % 5;
            let (old_len, new_len) = (below(14), below(14));
            let old: Vec<_> = (0..old_len).map(|_| below(letters) as u32).collect();
            let new: Vec<_> = (0..new_len).map(|_| below(letters) as u32).collect();
            let mut pairs = Vec::new();
            myers(&old, &new, (0, 0), &mut 100_000, &mut pairs);
            assert_eq!(pairs.len(), longest(&old, &new), "{old:?} {new:?}");
            for pairs in [pairs, align(&old, &new)] {
                assert!(pairs.is_sorted_by(|one, next| one.0 < next.0 && one.1 < next.1), "{old:?} {new:?}");
                assert!(pairs.iter().all(|(old_at, new_at)| old[*old_at] == new[*new_at]), "{old:?} {new:?}");
            }
        }
    }

    #[test]
    fn without_steps_only_the_ends_are_common() {
        let mut pairs = Vec::new();
        myers(&letters("abxyz"), &letters("aybxz"), (0, 0), &mut 0, &mut pairs);
        assert_eq!(pairs, [(0, 0), (4, 4)]);
    }

    #[test]
    fn the_longest_rising_chain_is_found() {
        assert_eq!(longest_rising(&[(0, 3), (1, 0), (2, 1), (3, 4), (4, 2)]), [(1, 0), (2, 1), (4, 2)]);
    }
}
