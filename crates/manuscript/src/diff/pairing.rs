//! Which block of the new body is which block of the old one.

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, HashMap, HashSet};

use super::align::{Numbers, align};
use super::cards::{self, SUBJECT};
use super::running::Running;
use super::words;
use crate::cards::Card;
use crate::document::{Block, TextKind};
use crate::limits::{DIFF_NEIGHBOURS, DIFF_SIMILAR};

/// What became of a block, by their numbers (old, new).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pair {
    Same(usize, usize),
    Edited(usize, usize),
    Moved(usize, usize),
    Removed(usize),
    Added(usize),
}

/// Every block exactly once, in reading order.
pub(super) fn pair(old: &[Block<'_>], new: &[Block<'_>]) -> Vec<Pair> {
    let mut numbers = Numbers::default();
    let old_ids: Vec<_> = old.iter().map(|block| numbers.of(block.normal().to_string())).collect();
    let new_ids: Vec<_> = new.iter().map(|block| numbers.of(block.normal().to_string())).collect();
    drop(numbers);

    let mut kept = align(&old_ids, &new_ids);
    let mut gaps = gaps(&kept, old.len(), new.len());
    let moved = take_moved(&mut gaps, &old_ids, &new_ids, |at| says_something(&new[at]));
    kept.extend(edited(&gaps, old, new));
    kept.sort_unstable();

    let moved_away: HashSet<usize> = moved.values().copied().collect();
    let mut pairs = Vec::with_capacity(old.len().max(new.len()));
    let (mut old_from, mut new_from) = (0, 0);
    for (old_at, new_at) in kept.into_iter().chain([(old.len(), new.len())]) {
        pairs.extend((old_from..old_at).filter(|at| !moved_away.contains(at)).map(Pair::Removed));
        pairs.extend((new_from..new_at).map(|at| match moved.get(&at) {
            Some(old_at) => Pair::Moved(*old_at, at),
            None => Pair::Added(at),
        }));
        if let (Some(old_id), Some(new_id)) = (old_ids.get(old_at), new_ids.get(new_at)) {
            pairs.push(if old_id == new_id { Pair::Same(old_at, new_at) } else { Pair::Edited(old_at, new_at) });
        }
        (old_from, new_from) = (old_at + 1, new_at + 1);
    }
    pairs
}

/// The blocks of either side between two pairs.
struct Gap {
    old: Vec<usize>,
    new: Vec<usize>,
}

fn gaps(kept: &[(usize, usize)], old_len: usize, new_len: usize) -> Vec<Gap> {
    let starts = std::iter::once((0, 0)).chain(kept.iter().map(|(old, new)| (old + 1, new + 1)));
    let ends = kept.iter().copied().chain([(old_len, new_len)]);
    let between = starts
        .zip(ends)
        .map(|((old, new), (old_end, new_end))| Gap { old: (old..old_end).collect(), new: (new..new_end).collect() });
    between.filter(|gap| !(gap.old.is_empty() && gap.new.is_empty())).collect()
}

/// Takes the blocks that say the same in different places out of the gaps; the old numbers by the
/// new ones.
fn take_moved(
    gaps: &mut [Gap],
    old_ids: &[u32],
    new_ids: &[u32],
    may_move: impl Fn(usize) -> bool,
) -> HashMap<usize, usize> {
    let mut places: HashMap<u32, Vec<usize>> = HashMap::new();
    for at in gaps.iter().flat_map(|gap| &gap.old).rev() {
        places.entry(old_ids[*at]).or_default().push(*at);
    }
    let mut moved = HashMap::new();
    for at in gaps.iter().flat_map(|gap| &gap.new) {
        if let Some(places) = places.get_mut(&new_ids[*at])
            && may_move(*at)
            && let Some(place) = places.pop()
        {
            moved.insert(*at, place);
        }
    }
    let moved_away: HashSet<usize> = moved.values().copied().collect();
    for gap in gaps {
        gap.old.retain(|at| !moved_away.contains(at));
        gap.new.retain(|at| !moved.contains_key(at));
    }
    moved
}

/// An empty paragraph or a rule does not move: it is another one.
fn says_something(block: &Block<'_>) -> bool {
    match block {
        Block::Card(card) => !matches!(**card, Card::Rule(_) | Card::Paywall(_)),
        Block::Unknown(_) => true,
        _ => !Running::of(block).text.trim().is_empty(),
    }
}

/// Pairs of blocks that were edited.
fn edited(gaps: &[Gap], old: &[Block<'_>], new: &[Block<'_>]) -> Vec<(usize, usize)> {
    let mut numbers = Numbers::default();
    let mut pairs = Vec::new();
    for gap in gaps.iter().filter(|gap| !gap.old.is_empty() && !gap.new.is_empty()) {
        let old_looks: Vec<_> = gap.old.iter().map(|at| Look::of(&old[*at], &mut numbers)).collect();
        let new_looks: Vec<_> = gap.new.iter().map(|at| Look::of(&new[*at], &mut numbers)).collect();
        let alike = most_alike(&old_looks, &new_looks);
        pairs.extend(alike.into_iter().map(|(old_at, new_at)| (gap.old[old_at], gap.new[new_at])));
    }
    pairs
}

/// The most alike first, as long as no pair crosses another.
fn most_alike(old: &[Look<'_>], new: &[Look<'_>]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (old_at, before) in old.iter().enumerate() {
        let expected = old_at * new.len() / old.len();
        let near = expected.saturating_sub(DIFF_NEIGHBOURS)..new.len().min(expected + DIFF_NEIGHBOURS + 1);
        for new_at in near {
            let likeness = before.likeness(&new[new_at]);
            if likeness >= DIFF_SIMILAR {
                let is_other_kind = before.kind != new[new_at].kind;
                candidates.push((Reverse(likeness), is_other_kind, new_at.abs_diff(expected), old_at, new_at));
            }
        }
    }
    candidates.sort_unstable();
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, _, _, old_at, new_at) in candidates {
        let is_after = taken.range(..=old_at).next_back().is_none_or(|(old, new)| *old < old_at && *new < new_at);
        let is_before = taken.range(old_at..).next().is_none_or(|(_, new)| new_at < *new);
        if is_after && is_before {
            taken.insert(old_at, new_at);
        }
    }
    taken.into_iter().collect()
}

/// What a block looks like from afar.
struct Look<'d> {
    form: Form<'d>,
    kind: Option<TextKind>,
    /// The numbers of its words, or of the fields of a card; sorted.
    parts: Vec<u32>,
}

/// Blocks of different forms are never the same block edited.
#[derive(PartialEq, Eq)]
enum Form<'d> {
    Text,
    List,
    Node(Cow<'d, str>),
}

impl<'d> Look<'d> {
    fn of(block: &'d Block<'d>, numbers: &mut Numbers<String>) -> Look<'d> {
        let form = match block {
            Block::Text(_) | Block::Loose(_) => Form::Text,
            Block::List(_) => Form::List,
            Block::Card(card) => Form::Node(card.kind().into()),
            Block::Unknown(node) => Form::Node(node.kind()),
        };
        let kind = if let Block::Text(text) = block { Some(text.kind) } else { None };
        let mut parts: Vec<u32> = match form {
            Form::Text | Form::List => {
                words::words(&Running::of(block).text).map(|word| numbers.of(word.to_owned())).collect()
            }
            Form::Node(_) => cards::fields(block)
                .iter()
                .flat_map(|(field, value)| {
                    // A picture with another caption is more the same than another one with the same.
                    let weight = if SUBJECT.contains(&field.as_str()) { 4 } else { 1 };
                    std::iter::repeat_n(numbers.of(format!("{field}={value}")), weight)
                })
                .collect(),
        };
        parts.sort_unstable();
        Look { form, kind, parts }
    }

    /// How much of both is in both, in per mille (Dice's coefficient). Cards of one type are always
    /// alike enough.
    fn likeness(&self, other: &Look<'_>) -> usize {
        if self.form != other.form {
            return 0;
        }
        let is_node = matches!(self.form, Form::Node(_));
        let (one, two) = (self.parts.len(), other.parts.len());
        if one + two == 0 {
            return 1000;
        }
        // The best that can be; it spares most of the counting.
        if !is_node && 2000 * one.min(two) / (one + two) < DIFF_SIMILAR {
            return 0;
        }
        let share = 2000 * in_both(&self.parts, &other.parts) / (one + two);
        if is_node { DIFF_SIMILAR.max(share) } else { share }
    }
}

/// How many elements two sorted sequences share.
fn in_both(one: &[u32], two: &[u32]) -> usize {
    let (mut one, mut two) = (one.iter().peekable(), two.iter().peekable());
    let mut count = 0;
    while let (Some(left), Some(right)) = (one.peek(), two.peek()) {
        match left.cmp(right) {
            Ordering::Less => drop(one.next()),
            Ordering::Greater => drop(two.next()),
            Ordering::Equal => {
                count += 1;
                one.next();
                two.next();
            }
        }
    }
    count
}
