//! “You may also like”: which articles are closest to one.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::{Id, Place};

/// Most related articles that a page shows.
pub const MOST: usize = 4;
/// How many of the newest articles of each shelf are considered.
pub const CONSIDERED: i64 = 30;

/// What a shared shelf is worth. A shared tag says more than a shared section;
/// naming the same person says most.
pub fn worth(place: &Place) -> i64 {
    match place {
        Place::Person(_) => 4,
        Place::Tag(_) => 3,
        Place::Section(path) => path.line().len() as i64,
        _ => 0,
    }
}

/// The ids of the closest articles, best first, the newer one first among
/// equals. `candidates` are (shelf, article, published); the article itself is left out.
pub fn closest(of: &Id, candidates: &[(Place, Id, Timestamp)]) -> Vec<Id> {
    let mut scores: HashMap<&Id, (i64, Timestamp)> = HashMap::new();
    for (place, id, published) in candidates.iter().filter(|(_, id, _)| id != of) {
        scores.entry(id).or_insert((0, *published)).0 += worth(place);
    }
    let mut ranked: Vec<_> = scores.into_iter().collect();
    ranked.sort_by(|(a, (sa, ta)), (b, (sb, tb))| sb.cmp(sa).then(tb.cmp(ta)).then(b.cmp(a)));
    ranked.into_iter().take(MOST).map(|(id, _)| id.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SectionPath;

    #[test]
    fn a_shared_tag_beats_a_shared_section_and_the_newer_wins_a_tie() {
        let id = |n: u8| Id::made(0, [n; 8]);
        let at = |s: i64| Timestamp::from_second(s).unwrap();
        let section = Place::Section(SectionPath::parse("news").unwrap());
        let tag = Place::Tag(id(9));
        let candidates = [
            (section.clone(), id(1), at(10)),
            (section.clone(), id(2), at(20)),
            (tag, id(1), at(10)),
            (section.clone(), id(3), at(30)),
            (section, id(0), at(40)),
        ];
        assert_eq!(closest(&id(0), &candidates), [id(1), id(3), id(2)]);
    }
}
