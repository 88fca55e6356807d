use std::borrow::Cow;

use crate::document::{Block, Document, Inline};

/// The text of a body, and where each piece of it stands.
///
/// Quotations, checks and comparisons work on this: they find a place in plain text and get back to
/// the node. Positions are bytes of the segment's text; [`positions`](crate::positions) converts
/// them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextMap<'d> {
    /// In reading order. No segment is empty.
    pub segments: Vec<Segment<'d>>,
}

/// The text of one paragraph, heading, quote or list item, or of one field of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment<'d> {
    /// The number of the top-level block, from 0.
    pub block: usize,
    /// The node that holds the text: child numbers from the root on.
    pub path: Vec<usize>,
    /// The card's field (`caption`, `html`…); `None` for running text. A quotation never crosses
    /// from one to the other.
    pub field: Option<&'static str>,
    /// The text; a line break is `\n`. Of a field that holds HTML it is what a reader sees.
    pub text: Cow<'d, str>,
    /// The text nodes that make up the text, without gaps save line breaks. None for a card's
    /// field.
    pub runs: Vec<Run>,
}

/// One text node of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Where it starts in the segment's text, in bytes.
    pub start: usize,
    /// Its length in bytes.
    pub len: usize,
    /// The text node: child numbers from the root on.
    pub path: Vec<usize>,
}

/// A place in the running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Number of the segment in [`TextMap::segments`].
    pub segment: usize,
    /// Bytes of the segment's text before the place.
    pub byte: usize,
}

/// What stands between two segments in [`TextMap::body`].
const BETWEEN: &str = "\n\n";

/// Where the segments of a text begin, for finding many places in it.
#[derive(Debug)]
pub struct Index<'m> {
    /// Start in the body, length, and number of each segment of running text.
    starts: Vec<(usize, usize, usize)>,
    map: std::marker::PhantomData<&'m ()>,
}

impl Index<'_> {
    /// As [`TextMap::place`].
    pub fn place(&self, body_byte: usize) -> Option<Place> {
        let after = self.starts.partition_point(|(start, ..)| *start <= body_byte);
        let (start, length, segment) = *self.starts.get(after.checked_sub(1)?)?;
        let byte = body_byte - start;
        (byte <= length).then_some(Place { segment, byte })
    }
}

impl TextMap<'_> {
    /// The running text: the segments without a field, divided by an empty line.
    pub fn body(&self) -> String {
        self.running().map(|(_, segment)| &*segment.text).collect::<Vec<_>>().join(BETWEEN)
    }

    /// The place of a byte of [`body`](TextMap::body); `None` beyond the end and between two
    /// segments.
    pub fn place(&self, body_byte: usize) -> Option<Place> {
        let mut start = 0;
        for (number, segment) in self.running() {
            let byte = body_byte.checked_sub(start)?;
            if byte <= segment.text.len() {
                return Some(Place { segment: number, byte });
            }
            start += segment.text.len() + BETWEEN.len();
        }
        None
    }

    /// The same for many questions: where each segment begins is found once.
    pub fn index(&self) -> Index<'_> {
        let mut starts = Vec::new();
        let mut start = 0;
        for (number, segment) in self.running() {
            starts.push((start, segment.text.len(), number));
            start += segment.text.len() + BETWEEN.len();
        }
        Index { starts, map: std::marker::PhantomData }
    }

    /// The byte of [`body`](TextMap::body) at a place; `None` for a card's field and beyond the
    /// segment's end.
    pub fn body_byte(&self, place: Place) -> Option<usize> {
        let mut start = 0;
        for (number, segment) in self.running() {
            if number == place.segment {
                return (place.byte <= segment.text.len()).then_some(start + place.byte);
            }
            start += segment.text.len() + BETWEEN.len();
        }
        None
    }

    fn running(&self) -> impl Iterator<Item = (usize, &Segment<'_>)> {
        self.segments.iter().enumerate().filter(|(_, segment)| segment.field.is_none())
    }
}

impl Segment<'_> {
    /// The text node in which a byte of the text stands. At a border it is the node that ends
    /// there.
    pub fn run_at(&self, byte: usize) -> Option<&Run> {
        self.runs.iter().find(|run| (run.start..=run.start + run.len).contains(&byte))
    }
}

impl Document<'_> {
    /// All text of the body with its places, cards for members included: this is for the desk.
    pub fn text_map(&self) -> TextMap<'_> {
        Mapper::default().document(self)
    }

    /// The text that a stranger may see.
    pub(crate) fn text_for_strangers(&self) -> TextMap<'_> {
        Mapper { skips_gated_cards: true, ..Mapper::default() }.document(self)
    }
}

#[derive(Default)]
struct Mapper<'d> {
    map: TextMap<'d>,
    skips_gated_cards: bool,
    block: usize,
    path: Vec<usize>,
    text: Cow<'d, str>,
    runs: Vec<Run>,
}

impl<'d> Mapper<'d> {
    fn document(mut self, document: &'d Document<'_>) -> TextMap<'d> {
        for (number, block) in document.blocks.iter().enumerate() {
            self.block = number;
            self.path.push(number);
            self.block(block);
            self.path.pop();
        }
        self.map
    }

    fn block(&mut self, block: &'d Block<'_>) {
        match block {
            Block::Text(text) => self.element(&text.children),
            Block::Unknown(node) => self.element(&node.children),
            Block::List(list) => {
                for (number, item) in list.items.iter().enumerate() {
                    self.path.push(number);
                    self.element(&item.children);
                    self.path.pop();
                }
            }
            Block::Card(card) if self.skips_gated_cards && !card.is_public() => {}
            Block::Card(card) => {
                for (field, text) in card.texts() {
                    self.segment(Some(field), text, Vec::new());
                }
            }
            Block::Loose(inline) => {
                self.inline(inline);
                self.end();
            }
        }
    }

    fn element(&mut self, children: &'d [Inline<'_>]) {
        self.line(children);
        self.end();
    }

    fn line(&mut self, children: &'d [Inline<'_>]) {
        for (number, child) in children.iter().enumerate() {
            self.path.push(number);
            self.inline(child);
            self.path.pop();
        }
    }

    fn inline(&mut self, inline: &'d Inline<'_>) {
        match inline {
            Inline::Text(text) => {
                self.runs.push(Run { start: self.text.len(), len: text.text.len(), path: self.path.clone() });
                if self.text.is_empty() {
                    self.text = Cow::Borrowed(&text.text);
                } else {
                    self.text.to_mut().push_str(&text.text);
                }
            }
            Inline::LineBreak(_) => self.text.to_mut().push('\n'),
            Inline::Hidden(_) => {}
            Inline::Link(link) => self.line(&link.children),
            Inline::Unknown(node) => self.line(&node.children),
            Inline::Block(block) => {
                let path = self.path.clone();
                self.path.pop();
                self.end();
                self.path = path;
                self.block(block);
            }
        }
    }

    /// Ends the segment of the element that is being walked.
    fn end(&mut self) {
        let (text, runs) = (std::mem::take(&mut self.text), std::mem::take(&mut self.runs));
        self.segment(None, text, runs);
    }

    fn segment(&mut self, field: Option<&'static str>, text: Cow<'d, str>, runs: Vec<Run>) {
        if !text.trim().is_empty() {
            self.map.segments.push(Segment { block: self.block, path: self.path.clone(), field, text, runs });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Place;
    use crate::{Block, Document, Format, Image, Inline, Link, List, ListKind};

    fn sample() -> Document<'static> {
        let nested = List::new(ListKind::Bullet, 1, vec![vec![Inline::text("1.1")]]);
        Document::new(vec![
            Block::paragraph_of(vec![
                Inline::text("“No,” "),
                Inline::Link(Link::new("/x/", vec![Inline::formatted("he", Format::BOLD)])),
                Inline::line_break(),
                Inline::text("said 😀."),
            ]),
            Block::image(Image { caption: "A <b>wall</b>".into(), ..Image::new("/a.jpg") }),
            Block::paragraph(""),
            Block::List(List::new(
                ListKind::Bullet,
                1,
                vec![vec![Inline::text("1")], vec![Inline::Block(Box::new(Block::List(nested)))]],
            )),
        ])
    }

    #[test]
    fn every_text_has_its_block_and_path() {
        let sample = sample();
        let map = sample.text_map();
        let seen: Vec<_> = map.segments.iter().map(|s| (s.block, s.path.as_slice(), s.field, &*s.text)).collect();
        assert_eq!(
            seen,
            [
                (0, &[0][..], None, "“No,” he\nsaid 😀."),
                (1, &[1], Some("caption"), "A wall"),
                (3, &[3, 0], None, "1"),
                (3, &[3, 1, 0, 0], None, "1.1"),
            ]
        );
    }

    #[test]
    fn runs_lead_back_to_the_text_nodes() {
        let sample = sample();
        let map = sample.text_map();
        let first = &map.segments[0];
        let runs: Vec<_> =
            first.runs.iter().map(|run| (&first.text[run.start..run.start + run.len], run.path.as_slice())).collect();
        assert_eq!(runs, [("“No,” ", &[0, 0][..]), ("he", &[0, 1, 0]), ("said 😀.", &[0, 3])]);
        let said = first.text.find("said").unwrap();
        assert_eq!(first.run_at(said).unwrap().path, [0, 3]);
    }

    #[test]
    fn the_body_leaves_out_captions_and_converts_there_and_back() {
        let sample = sample();
        let map = sample.text_map();
        let body = map.body();
        assert_eq!(body, "“No,” he\nsaid 😀.\n\n1\n\n1.1");
        let last = body.rfind("1.1").unwrap();
        assert_eq!(map.place(last), Some(Place { segment: 3, byte: 0 }));
        for byte in 0..=body.len() {
            if let Some(place) = map.place(byte) {
                assert_eq!(map.body_byte(place), Some(byte));
            }
        }
        assert_eq!(map.place(body.len() + 1), None);
        assert_eq!(map.body_byte(Place { segment: 1, byte: 0 }), None);
    }
}
