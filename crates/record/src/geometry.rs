//! Which stretches of a text stand in quotation marks, and which marks have no partner.
//!
//! Paragraph by paragraph, as typesetters do: a quotation that runs on opens again in the next
//! paragraph and is closed in its last one. One pass over the marks, whatever they are.

use std::ops::Range;

use crate::marks::{Mark, Style, Turn, marks};
use crate::text::Paragraph;

/// A stretch of text in quotation marks; marks inside it belong to it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Passage {
    /// From mark to mark, both included. Where a mark is lost, its proposed place.
    pub range: Range<usize>,
    /// What stands between the marks.
    pub inner: Range<usize>,
    /// The number of its paragraph.
    pub paragraph: usize,
    /// Its marks.
    pub style: Style,
    /// Whether it goes on in the next paragraph, which opens with a mark again.
    pub runs_on: bool,
    /// Passages in marks of the other kind inside, marks included.
    pub nested: Vec<Range<usize>>,
}

/// Which mark of a pair.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Side {
    /// The one before the words.
    Open,
    /// The one after them.
    Close,
}

/// A quotation mark without a partner.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Lost {
    /// The side that is missing.
    pub side: Side,
    /// The number of its paragraph.
    pub paragraph: usize,
    /// Where the missing mark must stand: between its partner and the next mark or the paragraph's end.
    pub within: Range<usize>,
    /// The partner that is there.
    pub partner: Range<usize>,
    /// The place proposed for it, inside `within`.
    pub at: usize,
    /// The passage, as a place in [`Geometry::passages`].
    pub passage: usize,
}

/// All passages of a text in order, and the marks that are lost.
#[derive(Clone, Debug, Default)]
pub struct Geometry {
    /// Passages that are in no other passage.
    pub passages: Vec<Passage>,
    /// Marks without a partner.
    pub lost: Vec<Lost>,
}

impl Geometry {
    /// Reads the marks of a text. Lost marks are proposed at the far end of where they may stand.
    pub fn read(text: &str, paragraphs: &[Paragraph]) -> Geometry {
        let marked: Vec<Vec<Mark>> = paragraphs.iter().map(|paragraph| marks(text, paragraph.range.clone())).collect();
        let straight_singles = uses_straight_singles(text, &marked);
        let mut geometry = Geometry::default();
        let mut runs_on = None;
        for (paragraph, marks) in paragraphs.iter().zip(&marked) {
            let next = marked.get(paragraph.number + 1).and_then(|marks| marks.first());
            let next_start = paragraphs.get(paragraph.number + 1).map(|next| next.range.start);
            let walk = Walk {
                text,
                paragraph,
                marks,
                straight_singles,
                continued: next.filter(|mark| Some(mark.range.start) == next_start && mark.turn != Turn::Closes),
                unopened: next.filter(|mark| mark.turn == Turn::Closes),
                free: paragraph.range.start,
                geometry: &mut geometry,
            };
            runs_on = walk.walk(runs_on);
        }
        geometry
    }
}

/// Whether straight single marks are the text's way of quoting: one pair that holds a stop or a space
/// before its end. Without one, a lone `'` is likelier an apostrophe of dialect than half a quotation.
fn uses_straight_singles(text: &str, marked: &[Vec<Mark>]) -> bool {
    let mut open = false;
    for mark in marked.iter().flatten().filter(|mark| mark.style == Style::Single) {
        match mark.turn {
            Turn::Opens => open = true,
            Turn::Closes if open && text[..mark.range.start].ends_with([',', '.', '?', '!']) => return true,
            _ => {}
        }
    }
    false
}

struct Walk<'a> {
    text: &'a str,
    paragraph: &'a Paragraph,
    marks: &'a [Mark],
    straight_singles: bool,
    /// The mark that opens the next paragraph.
    continued: Option<&'a Mark>,
    /// The next paragraph's first mark, if it closes.
    unopened: Option<&'a Mark>,
    /// Where the last passage ended: an opening mark lost before a later one stands after this.
    free: usize,
    geometry: &'a mut Geometry,
}

impl Walk<'_> {
    /// Reads one paragraph. `running` is the style of a quotation that the paragraph before left open
    /// without a new opening mark here; so is the answer for the next one.
    fn walk(mut self, running: Option<Style>) -> Option<Style> {
        let truly_nested = self.doubles_balance();
        let mut open: Option<Opened> = None;
        let mut at = 0;
        while let Some(mark) = self.marks.get(at) {
            let opens = match mark.turn {
                Turn::Opens => true,
                Turn::Closes | Turn::Weak => false,
                Turn::Either => open.as_ref().is_none_or(|open| open.style != mark.style),
            };
            match (&mut open, opens) {
                (None, true) => open = self.opened(at),
                (Some(outer), true) if outer.style == mark.style && mark.style == Style::Double => {
                    if truly_nested {
                        outer.depth += 1;
                    } else {
                        let outer = open.take();
                        outer.into_iter().for_each(|outer| self.lost_close(outer, mark.range.start));
                        open = self.opened(at);
                    }
                }
                (Some(outer), true) if outer.style != mark.style && outer.inner.is_none() => {
                    outer.inner = match mark.style {
                        Style::Double => Some((mark.range.clone(), None)),
                        Style::Single => self.partner(at).map(|partner| (mark.range.clone(), Some(partner))),
                    };
                }
                (Some(_), true) => {}
                (Some(outer), false) if outer.style == mark.style => {
                    let closes = outer.close.map_or(mark.turn != Turn::Weak, |close| close == at);
                    if closes && outer.depth > 0 {
                        outer.depth -= 1;
                    } else if closes {
                        open.take().into_iter().for_each(|outer| self.closed(outer, mark));
                    }
                }
                (Some(outer), false) => {
                    if let Some((start, close)) = &outer.inner
                        && close.is_none_or(|close| close == at)
                        && mark.turn != Turn::Weak
                    {
                        outer.nested.push(start.start..mark.range.end);
                        outer.inner = None;
                    }
                }
                (None, false) => self.unpaired_close(mark, running),
            }
            at += 1;
        }
        let open = open?;
        self.left_open(open)
    }

    /// Whether every double mark has its partner when marks of the same shape may nest.
    fn doubles_balance(&self) -> bool {
        let mut depth = 0_i64;
        for mark in self.marks.iter().filter(|mark| mark.style == Style::Double) {
            depth += if mark.turn == Turn::Opens { 1 } else { -1 };
            if depth < 0 || mark.turn == Turn::Either {
                return false;
            }
        }
        depth == 0
    }

    /// A passage begins at this mark; a single mark that nothing closes may be an apostrophe.
    fn opened(&self, at: usize) -> Option<Opened> {
        let mark = &self.marks[at];
        let close = if mark.style == Style::Single { self.partner(at) } else { None };
        let begins = mark.range.start == self.paragraph.range.start;
        let curly = !self.text[mark.range.clone()].starts_with('\'');
        let lone = mark.style == Style::Single && close.is_none();
        if lone && !curly && !(self.straight_singles && (begins || self.follows_stop(mark))) {
            return None;
        }
        Some(Opened { mark: mark.range.clone(), style: mark.style, close, depth: 0, inner: None, nested: Vec::new() })
    }

    fn follows_stop(&self, mark: &Mark) -> bool {
        self.text[self.paragraph.range.start..mark.range.start].trim_end().ends_with(['.', ',', ':', '?', '!'])
    }

    /// The mark that closes the single mark at this place: the first that can be nothing else, before
    /// the next that opens; if there is none, the first that could be an apostrophe.
    fn partner(&self, at: usize) -> Option<usize> {
        let mut weak = None;
        let mut depth = 0;
        for (place, mark) in self.marks.iter().enumerate().skip(at + 1) {
            match (mark.style, mark.turn) {
                (Style::Double, Turn::Opens) => depth += 1,
                (Style::Double, Turn::Closes) if depth == 0 => break,
                (Style::Double, Turn::Closes) => depth -= 1,
                (Style::Double, _) => depth = 1 - depth,
                (Style::Single, Turn::Opens) if depth == 0 => break,
                (Style::Single, Turn::Closes) if depth == 0 => return Some(place),
                (Style::Single, Turn::Weak) if depth == 0 => weak = weak.or(Some(place)),
                (Style::Single, _) => {}
            }
        }
        weak
    }

    fn closed(&mut self, open: Opened, mark: &Mark) {
        self.free = mark.range.end;
        self.push(open.mark.start..mark.range.end, open.mark.end..mark.range.start, open.style, open.nested);
    }

    fn push(&mut self, range: Range<usize>, inner: Range<usize>, style: Style, nested: Vec<Range<usize>>) {
        // Marks around nothing quote nothing.
        if self.text[inner.clone()].contains(char::is_alphanumeric) {
            let paragraph = self.paragraph.number;
            self.geometry.passages.push(Passage { range, inner, paragraph, style, runs_on: false, nested });
        }
    }

    fn lost_close(&mut self, open: Opened, end: usize) {
        self.free = end;
        let end = open.mark.end + self.text[open.mark.end..end].trim_end().len();
        let passages = self.geometry.passages.len();
        let partner = open.mark.clone();
        self.push(open.mark.start..end, open.mark.end..end, open.style, open.nested);
        if self.geometry.passages.len() > passages {
            self.geometry.lost.push(Lost {
                side: Side::Close,
                paragraph: self.paragraph.number,
                within: partner.end..end,
                partner,
                at: end,
                passage: passages,
            });
        }
    }

    /// A closing mark with nothing open. A lone single one counts only after a stop: elsewhere it is an apostrophe.
    fn unpaired_close(&mut self, mark: &Mark, running: Option<Style>) {
        // Moved on even where nothing is kept: looking back further would cost the square of the length.
        let since = std::mem::replace(&mut self.free, mark.range.end);
        let sure = match mark.style {
            Style::Double => true,
            Style::Single => {
                mark.turn == Turn::Closes
                    && (self.straight_singles || !self.text[mark.range.clone()].starts_with('\''))
                    && self.text[since.min(mark.range.start)..mark.range.start].ends_with([',', '.', '?', '!'])
            }
        };
        if !sure {
            self.free = since;
        }
        if !sure || since >= mark.range.start {
            return;
        }
        let start =
            since + (self.text[since..mark.range.start].len() - self.text[since..mark.range.start].trim_start().len());
        let passages = self.geometry.passages.len();
        self.push(start..mark.range.end, start..mark.range.start, mark.style, Vec::new());
        // The last paragraph of a block left open above lacks no mark that the block's first does not explain.
        if self.geometry.passages.len() > passages && running.is_none() {
            self.geometry.lost.push(Lost {
                side: Side::Open,
                paragraph: self.paragraph.number,
                within: start..mark.range.start,
                partner: mark.range.clone(),
                at: start,
                passage: passages,
            });
        }
    }

    /// The paragraph ends with a passage open: it goes on in the next one, or its mark is lost.
    fn left_open(&mut self, open: Opened) -> Option<Style> {
        let style = open.style;
        let end = self.paragraph.range.end;
        if self.continued.is_some_and(|mark| mark.style == style) {
            self.push(open.mark.start..end, open.mark.end..end, style, open.nested);
            if let Some(last) = self.geometry.passages.last_mut() {
                last.runs_on = true;
            }
            return None;
        }
        self.lost_close(open, end);
        self.unopened.filter(|mark| mark.style == style).map(|_| style)
    }
}

struct Opened {
    mark: Range<usize>,
    style: Style,
    /// Where a single mark's partner stands among the marks.
    close: Option<usize>,
    /// Marks of the same shape open inside.
    depth: usize,
    inner: Option<(Range<usize>, Option<usize>)>,
    nested: Vec<Range<usize>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraphs;

    fn read(text: &str) -> Geometry {
        Geometry::read(text, &paragraphs(text))
    }

    fn passages(text: &str) -> Vec<&str> {
        read(text).passages.iter().map(|passage| &text[passage.inner.clone()]).collect()
    }

    fn lost(text: &str) -> Vec<(Side, usize)> {
        read(text).lost.iter().map(|lost| (lost.side, lost.paragraph)).collect()
    }

    #[test]
    fn british_single_marks_stand_beside_apostrophes() {
        let text = "‘It’s the King’s swan, and the boys’ ford,’ she said. The bird, ‘Gerald’, slept. ‘I’ve seen ’em,’ said Jo.";
        assert_eq!(passages(text), ["It’s the King’s swan, and the boys’ ford,", "Gerald", "I’ve seen ’em,"]);
        assert_eq!(lost(text), []);
        assert_eq!(passages("'I was doin' fine,' he said of the '90s."), ["I was doin' fine,"]);
        assert_eq!(passages("Locals call them ‘the boards’ and the boys’ club did too."), ["the boards"]);
    }

    #[test]
    fn nested_marks_belong_to_the_passage_around_them() {
        let text = "‘They’ll say, “What river?”’ he said. “I heard ‘no’ twice,” she said.";
        let read = read(text);
        let nested: Vec<&str> =
            read.passages.iter().flat_map(|p| &p.nested).map(|range| &text[range.clone()]).collect();
        assert_eq!(nested, ["“What river?”", "‘no’"]);
        assert_eq!(read.passages.len(), 2);
        assert_eq!(passages("“He said “no” to me,” she said."), ["He said “no” to me,"]);
    }

    #[test]
    fn an_opening_mark_on_each_paragraph_is_no_fault() {
        let text = "“One,” he said. “Two.\n\n“Three.\n\n“Four.”";
        assert_eq!(lost(text), []);
        assert_eq!(read(text).passages.iter().map(|p| p.runs_on).collect::<Vec<_>>(), [false, true, true, false]);
    }

    #[test]
    fn a_mark_without_a_partner_is_lost() {
        assert_eq!(lost("One.\n\n“Two, he said."), [(Side::Close, 1)]);
        assert_eq!(lost("One, he said, and two.” Three."), [(Side::Open, 0)]);
        assert_eq!(lost("He had “ one” thing. “Two, he said. “Three.”"), [(Side::Close, 0)]);
        assert_eq!(lost("‘Not now, said the master.\n\nOn they went."), [(Side::Close, 0)]);
    }

    #[test]
    fn a_block_opened_once_and_closed_once_is_one_fault() {
        assert_eq!(lost("“One.\n\nTwo.”\n\nThree."), [(Side::Close, 0)]);
    }

    #[test]
    fn a_megabyte_of_marks_is_read_in_linear_time() {
        for mark in ["“", "”", "\"", "'", "‘", "’", "''", "‘ ’s “", "a' 'b "] {
            let text = mark.repeat(1_000_000 / mark.len());
            let begun = std::time::Instant::now();
            read(&text);
            assert!(begun.elapsed().as_secs() < 5, "{mark}");
        }
    }
}
