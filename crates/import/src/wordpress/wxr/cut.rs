//! The file as it is gone through: a window of bytes, and in it the pieces that are read whole.
//!
//! What is cut out here is handed to the XML reader in one piece, so that what is broken stays in its piece, and can be
//! looked at again for what is whole within it. That looking again is bounded: see [`Window::is_tired`].

use std::io::{self, BufRead, ErrorKind};

use memchr::{memchr, memchr3, memmem};

use super::fault::Fault;
use super::limits::{LARGEST_ENTRY, LARGEST_ITEM, LONGEST_NAME, LONGEST_TAG};

/// Bytes that are taken from the source at once.
const BLOCK: usize = 64 << 10;

/// Bytes that may lie in the window after they were gone through.
const DONE_WITH: usize = 256 << 10;

/// Bytes that may be gone over again in any file: one largest item. Each byte of the file earns four more.
const SPARE_WORK: u64 = 32 << 20;

/// A window on the source. All positions are counted from its front.
pub(super) struct Window<R> {
    source: R,
    bytes: Vec<u8>,
    front: usize,
    offset: u64,
    read: u64,
    work: u64,
}

/// What stands at the front, between the pieces.
pub(super) enum Token {
    /// A start tag: the length of its name, and of the tag if it ends.
    Open(usize, Option<usize>),
    /// An end tag: the same.
    Close(usize, usize),
    /// `<?xml … ?>`: its length.
    Declaration(usize),
    /// A document type begins.
    Doctype,
    /// Something without meaning here: its length.
    Nothing(usize),
    /// The file is over.
    End,
}

/// Why no piece could be cut.
pub(super) struct Uncut {
    pub why: Fault,
    /// Where the next one begins, if that is known.
    pub next: Option<usize>,
    /// How much of it was looked at.
    pub seen: usize,
}

enum Found {
    At(usize),
    TooFar,
    Nowhere,
}

impl<R: BufRead> Window<R> {
    pub(super) fn new(source: R) -> Window<R> {
        Window { source, bytes: Vec::new(), front: 0, offset: 0, read: 0, work: 0 }
    }

    /// The first bytes of the file, as far as they are needed to tell what it is.
    pub(super) fn beginning(&mut self) -> io::Result<&[u8]> {
        self.reach(4)?;
        Ok(self.unread())
    }

    /// Where the front is in the file, in bytes.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// What is in the window.
    pub(super) fn unread(&self) -> &[u8] {
        &self.bytes[self.front..]
    }

    /// Moves the front.
    pub(super) fn pass(&mut self, count: usize) {
        let count = count.min(self.bytes.len() - self.front);
        self.front += count;
        self.offset += count as u64;
    }

    /// Whether the same bytes were gone over too often: a file can be made so that every byte of it begins something
    /// that only its end shows to be broken. Then nobody looks within for what is whole.
    pub(super) fn is_tired(&self) -> bool {
        self.work > SPARE_WORK + 4 * self.read
    }

    /// The piece at the front as text. Bytes that are no UTF-8 become the control character SUB, one each, so that
    /// positions stay; the texts made of it show U+FFFD for every control character.
    pub(super) fn text(&mut self, len: usize) -> &str {
        let piece = &mut self.bytes[self.front..self.front + len];
        let mut start = 0;
        while let Err(flaw) = std::str::from_utf8(&piece[start..]) {
            start += flaw.valid_up_to();
            let end = flaw.error_len().map_or(piece.len(), |len| start + len);
            piece[start..end].fill(0x1A);
            start = end;
        }
        std::str::from_utf8(piece).unwrap_or_default()
    }

    /// Passes what is no markup, and says what comes.
    pub(super) fn token(&mut self) -> io::Result<Token> {
        match memchr(b'<', self.unread()) {
            Some(start) => self.pass(start),
            None => {
                self.pass(usize::MAX);
                return Ok(if self.fill()? { Token::Nothing(0) } else { Token::End });
            }
        }
        self.reach(9)?;
        if let Some(section) = Section::beginning(self.unread()) {
            let most = if section.ending == "?>" { LONGEST_TAG } else { LARGEST_ENTRY };
            return Ok(match self.find(section.ending.as_bytes(), section.opening, most)? {
                Found::At(end) if self.unread().starts_with(b"<?xml") => Token::Declaration(end + section.ending.len()),
                Found::At(end) => Token::Nothing(end + section.ending.len()),
                Found::TooFar | Found::Nowhere => Token::Nothing(self.patience(section.opening, most)),
            });
        }
        match self.unread() {
            [b'<', b'!', word @ ..] if word.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) => {
                Ok(Token::Doctype)
            }
            [b'<', b'/', ..] => self.tag(2),
            [b'<', first, ..] if begins_name(*first) => self.tag(1),
            _ => Ok(Token::Nothing(1)),
        }
    }

    fn tag(&mut self, before_name: usize) -> io::Result<Token> {
        let end = self.tag_end(before_name)?.ok();
        let name = name_len(&self.unread()[before_name..]);
        Ok(match (before_name, end) {
            (1, end) => Token::Open(name, end),
            (_, Some(end)) => Token::Close(name, end),
            (opening, None) => Token::Nothing(self.patience(opening, LONGEST_TAG)),
        })
    }

    /// Passes a tag that has no end, or its beginning.
    pub(super) fn pass_open_tag(&mut self) {
        let count = self.patience(1, LONGEST_TAG);
        self.pass(count);
    }

    /// How far to go on after what has no end within `most` bytes.
    fn patience(&mut self, opening: usize, most: usize) -> usize {
        let seen = self.unread().len().min(most);
        self.work += seen as u64;
        if self.is_tired() { seen } else { opening }
    }

    /// The length of the element at the front, which is no longer than `most`. A second one of its name within is
    /// counted, or, when elements of that name `stand_alone`, shows that the first was never closed.
    pub(super) fn element(&mut self, most: usize, stand_alone: bool) -> io::Result<Result<usize, Uncut>> {
        let cut = self.end_of_element(most, stand_alone)?;
        self.work += match &cut {
            Ok(len) => *len,
            Err(uncut) => uncut.seen,
        } as u64;
        Ok(cut)
    }

    fn end_of_element(&mut self, most: usize, stand_alone: bool) -> io::Result<Result<usize, Uncut>> {
        let uncut = |why, window: &Self| Ok(Err(Uncut { why, next: None, seen: window.unread().len().min(most) }));
        // The limit of a tag is a smaller one.
        let unended = |why, at: usize| Ok(Err(Uncut { why, next: None, seen: at + LONGEST_TAG }));
        let mut at = match self.tag_end(1)? {
            Ok(end) => end,
            Err(why) => return unended(why, 1),
        };
        if self.unread()[at - 2] == b'/' {
            return Ok(Ok(at));
        }
        let name = self.unread()[1..][..name_len(&self.unread()[1..])].to_vec();
        let mut open = 1;
        loop {
            let start = match self.find(b"<", at, most)? {
                Found::At(start) => start,
                Found::TooFar => return uncut(Fault::TooLarge(most), self),
                Found::Nowhere => return uncut(Fault::Ends, self),
            };
            self.reach(start + name.len() + 12)?;
            if let Some(section) = Section::beginning(&self.unread()[start..]) {
                match self.find(section.ending.as_bytes(), start + section.opening, most)? {
                    Found::At(end) => at = end + section.ending.len(),
                    Found::TooFar => return uncut(Fault::TooLarge(most), self),
                    Found::Nowhere => return uncut(Fault::Unclosed(section.what), self),
                }
                continue;
            }
            let (closes, first) = match &self.unread()[start..] {
                [b'<', b'/', first, ..] => (true, *first),
                [b'<', first, ..] => (false, *first),
                _ => (false, b' '),
            };
            if !begins_name(first) {
                at = start + 1;
                continue;
            }
            let same = is_named(&self.unread()[start + 1 + usize::from(closes)..], &name);
            if same && !closes && stand_alone {
                return Ok(Err(Uncut { why: Fault::AnotherBegins, next: Some(start), seen: start }));
            }
            let end = match self.tag_end(start + 1)? {
                Ok(end) => end,
                Err(why) => return unended(why, start),
            };
            at = end;
            match (same, closes) {
                (true, true) => open -= 1,
                (true, false) if self.unread()[end - 2] != b'/' => open += 1,
                _ => {}
            }
            if open == 0 {
                return if at > most { uncut(Fault::TooLarge(most), self) } else { Ok(Ok(at)) };
            }
        }
    }

    /// Passes `count` bytes and what follows them up to a start tag of one of the names; false when there is none.
    /// What the tags stand in is not asked: this is for files that are broken.
    pub(super) fn seek(&mut self, names: &[&[u8]], count: usize) -> io::Result<bool> {
        self.pass(count);
        loop {
            match memchr(b'<', self.unread()) {
                Some(start) => {
                    self.pass(start);
                    self.reach(LONGEST_NAME + 2)?;
                    if names.iter().any(|name| is_named(&self.unread()[1..], name)) {
                        return Ok(true);
                    }
                    self.pass(1);
                }
                None => {
                    self.pass(usize::MAX);
                    if !self.fill()? {
                        return Ok(false);
                    }
                }
            }
        }
    }

    /// Where a start tag of one of the names stands within the piece at the front, whatever it stands in.
    pub(super) fn within(&self, len: usize, names: &[&[u8]]) -> Option<usize> {
        let piece = &self.unread()[..len];
        let mut starts = memchr::memchr_iter(b'<', piece).skip(1);
        starts.find(|start| names.iter().any(|name| is_named(&piece[start + 1..], name)))
    }

    /// The end of the tag whose name begins at `at`: past its `>`, which quotes may hold too.
    fn tag_end(&mut self, mut at: usize) -> io::Result<Result<usize, Fault>> {
        let most = at + LONGEST_TAG;
        let mut quote = None;
        loop {
            let near = &self.unread()[..self.unread().len().min(most)];
            while let Some(seen) = match quote {
                None => memchr3(b'>', b'"', b'\'', &near[at..]),
                Some(quote) => memchr(quote, &near[at..]),
            } {
                let byte = near[at + seen];
                at += seen + 1;
                quote = match quote {
                    None if byte == b'>' => return Ok(Ok(at)),
                    None => Some(byte),
                    Some(_) => None,
                };
            }
            at = near.len();
            if at >= most {
                return Ok(Err(Fault::TagTooLong));
            }
            if !self.fill()? {
                return Ok(Err(Fault::Unclosed("tag")));
            }
        }
    }

    fn find(&mut self, what: &[u8], mut from: usize, most: usize) -> io::Result<Found> {
        loop {
            let rest = self.unread().get(from..).unwrap_or_default();
            let found = if let [byte] = what { memchr(*byte, rest) } else { memmem::find(rest, what) };
            match found {
                Some(at) if from + at > most => return Ok(Found::TooFar),
                Some(at) => return Ok(Found::At(from + at)),
                None if self.unread().len() > most => return Ok(Found::TooFar),
                // The first bytes of it may be the last ones here.
                None => from = from.max((self.unread().len() + 1).saturating_sub(what.len())),
            }
            if !self.fill()? {
                return Ok(Found::Nowhere);
            }
        }
    }

    /// Fills the window up to `count` bytes, as far as the file goes.
    fn reach(&mut self, count: usize) -> io::Result<()> {
        while self.unread().len() < count && self.fill()? {}
        Ok(())
    }

    /// Takes a block from the source; false when there is none.
    fn fill(&mut self) -> io::Result<bool> {
        if self.front == self.bytes.len() || self.front >= DONE_WITH {
            self.bytes.drain(..self.front);
            self.front = 0;
            if self.bytes.capacity() > 4 << 20 && self.bytes.len() < self.bytes.capacity() / 4 {
                self.bytes.shrink_to(2 << 20);
            }
        }
        let block = loop {
            match self.source.fill_buf() {
                Err(why) if why.kind() == ErrorKind::Interrupted => {}
                block => break block?,
            }
        };
        let block = &block[..block.len().min(BLOCK)];
        let (taken, needed) = (block.len(), self.bytes.len() + block.len());
        if needed > self.bytes.capacity() {
            // By doubling, but never far beyond the largest item.
            let roomy = (self.bytes.capacity() * 2).min(LARGEST_ITEM + DONE_WITH + BLOCK);
            self.bytes.reserve_exact(roomy.max(needed) - self.bytes.len());
        }
        self.bytes.extend_from_slice(block);
        self.source.consume(taken);
        self.read += taken as u64;
        Ok(taken > 0)
    }
}

/// Whether a section of this piece was never closed and runs on to one of the next piece, so that the two seem to be
/// one that is well-formed: then an end, the beginning of another and one of its `fields` stand where no tag counts.
pub(super) fn runs_on(piece: &[u8], name: &[u8], fields: &[&[u8]]) -> bool {
    let tags = |opening: &[u8]| {
        let named = [opening, name].concat();
        let (before, mut at) = (opening.len(), 0);
        move |piece: &[u8]| {
            while let Some(found) = memmem::find(&piece[at..], &named) {
                at += found + before;
                if is_named(&piece[at..], &named[before..]) {
                    return Some(at);
                }
            }
            None
        }
    };
    let Some(end) = tags(b"</")(piece) else { return false };
    let Some(next) = tags(b"<")(&piece[end..]) else { return false };
    fields.iter().any(|field| memmem::find(&piece[end + next..], field).is_some())
}

/// What may hold anything that looks like a tag.
struct Section {
    ending: &'static str,
    what: &'static str,
    opening: usize,
}

impl Section {
    fn beginning(bytes: &[u8]) -> Option<Section> {
        let kinds = [("<!--", "-->", "comment"), ("<![CDATA[", "]]>", "CDATA section"), ("<?", "?>", "instruction")];
        let (opening, ending, what) = kinds.into_iter().find(|(opening, ..)| bytes.starts_with(opening.as_bytes()))?;
        Some(Section { ending, what, opening: opening.len() })
    }
}

/// Whether a tag with this name begins, at its name.
fn is_named(tag: &[u8], name: &[u8]) -> bool {
    let after = tag.strip_prefix(name).and_then(|rest| rest.first());
    after.is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
}

fn begins_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':') || !byte.is_ascii()
}

/// The length of the name that a tag begins with.
fn name_len(tag: &[u8]) -> usize {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    tag.iter().take(LONGEST_TAG).position(ends).unwrap_or(tag.len().min(LONGEST_TAG))
}
