//! Numbers for clients that know things by whole numbers, as WordPress's do.
//!
//! An id is 24 hexadecimal digits; a number that every client can hold has 53 bits. So a number is thirteen of the
//! digits: the last of the second, the six behind it, and the last six. In ids that are made here, twelve of them are
//! drawn by chance. In ids of Ghost, which makes them as MongoDB does, they are machine and counter: of those that one
//! process made no two are the same, however many came at once. Nothing is written for it: an index over the same
//! digits (`store::number`) leads from the number back to the id. Two of a million articles share a number in one
//! magazine of nine thousand; both stand in the lists then, and the number leads to one of them.
//!
//! A number is asked for with its kind, so a tag may have the number of an article. A picture is known as the lead
//! picture of an article: its number is the article's, with one bit before it. So it needs no row of its own, pictures
//! on other sites have one too, and a picture is as public as its article.

use news::{Id, SectionPath};

/// Hexadecimal digits of a number.
const DIGITS: u32 = 13;
/// Numbers of pictures begin here, behind all others.
const PICTURES: u64 = 1 << (4 * DIGITS);

/// The number of an article, a tag or an author.
pub fn of(id: &Id) -> u64 {
    let digits = |from, to| id.as_str().get(from..to).unwrap_or_default();
    u64::from_str_radix(&[digits(7, 14), digits(18, 24)].concat(), 16).unwrap_or_default()
}

/// The number of an article's lead picture.
pub fn of_picture(article: &Id) -> u64 {
    PICTURES | of(article)
}

/// The number of the article whose lead picture has this number.
pub fn article_of_picture(number: u64) -> Option<u64> {
    number.checked_sub(PICTURES).filter(|article| *article < PICTURES)
}

/// The number of a section, which has a path and no id: FNV-1a of it, folded to as many bits.
pub fn of_section(path: &SectionPath) -> u64 {
    let hash = path
        .as_str()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    (hash ^ (hash >> (4 * DIGITS))) & (PICTURES - 1)
}

/// The digits by which the ids with these numbers are found; what can be no number is left out.
pub fn digits(numbers: &[u64]) -> Vec<String> {
    numbers.iter().filter(|number| **number < PICTURES).map(|number| format!("{number:013x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    /// As SQL takes them from an id.
    fn digits_of(id: &Id) -> String {
        format!("{}{}", &id.as_str()[7..14], &id.as_str()[18..24])
    }

    #[test]
    fn a_number_leads_back_to_the_digits_of_its_id() {
        for text in ["65a1b2c3d4e5f60718293a4b", "000000000000000000000001", "ffffffffffffffffffffffff"] {
            let id = id(text);
            assert_eq!(digits(&[of(&id)]), [digits_of(&id)], "{text}");
        }
        assert_eq!(of(&id("65a1b2c3d4e5f60718293a4b")), 0x3_d4e5_f629_3a4b);
        assert!(digits(&[PICTURES, u64::MAX]).is_empty());
    }

    #[test]
    fn every_number_is_a_whole_number_of_javascript() {
        let largest = id("ffffffffffffffffffffffff");
        assert!(of_picture(&largest) < 1 << 53);
        assert_eq!(article_of_picture(of_picture(&largest)), Some(of(&largest)));
        assert_eq!(article_of_picture(of(&largest)), None);
        assert!(of_section(&SectionPath::parse("politics/europe").unwrap()) < PICTURES);
    }

    #[test]
    fn ids_that_were_made_at_once_have_numbers_of_their_own() {
        // As Ghost makes them: second, machine, process, counter.
        let ghosts = (0x00ff_fff0_u32..0x0100_0000).map(|counter| id(&format!("65a1b2c3aabbcc0001{counter:06x}")));
        // As they are made here, from one second and random bytes.
        let random = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
        let ours = (1..200).map(|n| Id::made(1_700_000_000, random(n)));
        let mut numbers: Vec<u64> = ghosts.chain(ours).map(|id| of(&id)).collect();
        let all = numbers.len();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), all);
    }

    #[test]
    fn sections_of_the_same_name_are_told_apart() {
        let number = |path: &str| of_section(&SectionPath::parse(path).unwrap());
        assert_ne!(number("news/europe"), number("politics/europe"));
        assert_eq!(number("news"), number("/news/"));
    }
}
