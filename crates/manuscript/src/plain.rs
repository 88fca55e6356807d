//! Plain text, words and minutes.

use crate::cards::Card;
use crate::document::{Block, Document, Inline};

impl Document<'_> {
    /// The body as plain text: running text and HTML cards, an empty line between blocks. Captions
    /// are left out, so that an excerpt does not begin with one; so are cards for members. The
    /// search index takes captions from the [`text_map`](Document::text_map).
    pub fn plain_text(&self) -> String {
        let map = self.text_for_strangers();
        let texts = map.segments.iter().filter(|segment| matches!(segment.field, None | Some("html")));
        texts.map(|segment| &*segment.text).collect::<Vec<_>>().join("\n\n")
    }

    /// How many words a reader meets, captions and cards included.
    ///
    /// A word is what stands between white space and has a letter or digit, as word processors
    /// count ("don’t" is one; Ghost counts two); in Chinese and Japanese every character is one, as
    /// in Ghost.
    pub fn word_count(&self) -> usize {
        self.text_map().segments.iter().map(|segment| words(&segment.text)).sum()
    }

    /// How many pictures the body shows.
    pub fn picture_count(&self) -> usize {
        let mut count = 0;
        each_card(&self.blocks, &mut |card| count += card.pictures());
        count
    }
}

/// How many minutes it takes to read so many words and look at so many pictures.
///
/// Ghost's rule: 275 words a minute, 12 seconds for the first picture, one less for each further
/// one down to 3, rounded to the nearest minute. Ghost then says "1 min read" for anything below
/// one, so that is done here: 0 only for nothing at all.
///
/// ```
/// # use manuscript::reading_time_minutes;
/// assert_eq!(reading_time_minutes(550, 0), 2);
/// assert_eq!(reading_time_minutes(3, 0), 1);
/// assert_eq!(reading_time_minutes(0, 0), 0);
/// ```
pub fn reading_time_minutes(words: usize, pictures: usize) -> u32 {
    if words == 0 && pictures == 0 {
        return 0;
    }
    let falling: u64 = (3..=12).rev().take(pictures).sum();
    let seconds = words as f64 * 60.0 / 275.0 + falling as f64 + 3.0 * pictures.saturating_sub(10) as f64;
    ((seconds / 60.0).round() as u32).max(1)
}

/// Minutes in which a page is read, as Ghost counts them for `reading_time`: the words of its HTML, and twelve seconds for
/// the first picture, eleven for the second, down to three. `pictures` stand beside the HTML. 0 is less than half a minute.
///
/// A word is a run of letters or digits in which an apostrophe is none; each ideograph is one.
///
/// ```
/// # use manuscript::reading_time_of_html;
/// assert_eq!(reading_time_of_html("<p>A short one.</p>", 0), 0);
/// assert_eq!(reading_time_of_html(&"word ".repeat(550), 1), 2);
/// ```
pub fn reading_time_of_html(html: &str, pictures: usize) -> u32 {
    let is_ideograph = |c: char| matches!(u32::from(c), 0x4e00..=0x9fff | 0x3400..=0x4dbf | 0xf900..=0xfaff | 0x3040..=0x309f | 0xac00..=0xd7af);
    let is_word = |c: char| {
        c.is_ascii_alphanumeric() || c == '_' || matches!(u32::from(c), 0xc0..=0xff | 0x392..=0x3c9 | 0x410..=0x4f9)
    };
    let (mut words, mut inside, mut in_tag, mut quote) = (0_u64, false, false, None);
    for letter in html.chars() {
        match (in_tag, quote, letter) {
            (true, Some(open), close) if open == close => quote = None,
            (true, Some(_), _) => {}
            (true, None, '"' | '\'') => quote = Some(letter),
            (true, None, '>') => in_tag = false,
            (true, None, _) => {}
            (false, _, '<') => (in_tag, inside) = (true, false),
            (false, _, letter) if is_ideograph(letter) => (words, inside) = (words + 1, false),
            (false, _, letter) => {
                let is = is_word(letter);
                words += u64::from(is && !inside);
                inside = is;
            }
        }
    }
    let pictures = pictures + html.matches("<img").count();
    let seconds: u64 = (0..pictures as u64).map(|n| 12_u64.saturating_sub(n).max(3)).sum();
    ((words as f64 * 60.0 / 275.0 + seconds as f64) / 60.0).round() as u32
}

fn each_card(blocks: &[Block<'_>], visit: &mut impl FnMut(&Card<'_>)) {
    for block in blocks {
        match block {
            Block::Card(card) => visit(card),
            Block::Text(text) => each_card_in(&text.children, visit),
            Block::List(list) => list.items.iter().for_each(|item| each_card_in(&item.children, visit)),
            Block::Unknown(node) => each_card_in(&node.children, visit),
            Block::Loose(inline) => each_card_in(std::slice::from_ref(inline), visit),
        }
    }
}

fn each_card_in(line: &[Inline<'_>], visit: &mut impl FnMut(&Card<'_>)) {
    for inline in line {
        match inline {
            Inline::Block(block) => each_card(std::slice::from_ref(block), visit),
            Inline::Link(link) => each_card_in(&link.children, visit),
            Inline::Unknown(node) => each_card_in(&node.children, visit),
            Inline::Text(_) | Inline::LineBreak(_) | Inline::Hidden(_) => {}
        }
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace()
        .map(|chunk| {
            let ideographs = chunk.chars().filter(|c| is_ideograph(*c)).count();
            let has_word = chunk.chars().any(|c| c.is_alphanumeric() && !is_ideograph(c));
            ideographs + usize::from(has_word)
        })
        .sum()
}

/// Chinese and Japanese characters: they are written without spaces.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::{reading_time_minutes, words};
    use crate::{Block, Document, Image};

    #[test]
    fn words_are_counted_as_a_newsroom_counts_them() {
        for (text, count) in [("It isn’t – 3.5 per cent!", 5), ("", 0), ("— …", 0), ("東京 is big", 4)] {
            assert_eq!(words(text), count, "{text}");
        }
    }

    #[test]
    fn pictures_take_less_and_less_time() {
        assert_eq!(reading_time_minutes(275, 1), 1);
        assert_eq!(reading_time_minutes(275, 3), 2); // 60 + 12 + 11 + 10 seconds
        assert_eq!(reading_time_minutes(0, 20), 2); // 75 + 30 seconds
    }

    #[test]
    fn captions_count_as_words_but_do_not_stand_in_the_plain_text() {
        let body = Document::new(vec![
            Block::image(Image { caption: "A wall.".into(), ..Image::new("/a.jpg") }),
            Block::paragraph("It fell."),
            Block::html("<table><tr><td>1989</td></tr></table>"),
        ]);
        assert_eq!(body.plain_text(), "It fell.\n\n1989");
        assert_eq!((body.word_count(), body.picture_count()), (5, 1));
    }
}
