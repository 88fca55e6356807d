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
