//! A WordPress export (Tools → Export), which is RSS 2.0 with elements of WordPress's own, in: the channel first, then
//! item by item, so that memory does not grow with the file.
//!
//! What is found in the wild is read: any version of the namespace, by `http` and `https`, under any prefix; children in
//! any order; several exports one after the other in one file. In a file that is not well-formed the reader goes on at
//! the next item, and says what it left out: [`Piece::Skipped`]. Bare ampersands, HTML's entities and broken CDATA
//! sections whose end is plain are read, and noted: [`Item::notes`]. A document type is refused before it is read.
//!
//! Source: `wp-admin/includes/export.php` of WordPress for what is written, the files of others for what comes.

mod channel;
mod cut;
mod encoding;
mod fault;
mod item;
mod leaves;
pub mod limits;
mod moment;
mod skipped;
mod text;
mod values;
mod words;
mod xml;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io::BufRead;

use jiff::tz::TimeZone;
use memchr::memmem;
use quick_xml::name::NamespaceResolver;

use channel::{Entry, Field};
use cut::{Token, Uncut, Window, runs_on};
pub use fault::{Fault, NoWxr};
use limits::{LARGEST_CHANNEL, LARGEST_ENTRY, LARGEST_ITEM, LATEST_ROOT, LONGEST_NAME, MOST_NOTES};
use moment::Zone;
pub use skipped::Skipped;
pub use values::{Channel, Comment, Item, ItemTerm, Meta, Moment, Other, Term, WpAuthor};
pub use words::{Approval, PostType, State, plain, readable};
use xml::{Xml, declare, export_space};

/// The newest version that is known.
const NEWEST: (u32, u32) = (1, 2);

/// Most skipped entries of the head that wait to be told.
const MOST_WAITING: usize = 200;

/// What comes next in an export.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// An item.
    Item(Box<Item>),
    /// Something that was not read.
    Skipped(Skipped),
}

/// Reads an export. What it holds of the file is one item at a time, beside the channel.
pub struct Reader<R> {
    window: Window<R>,
    names: NamespaceResolver,
    zone: Zone,
    channel: Channel,
    channel_weight: usize,
    /// How many entries were left out because the channel is full.
    left_out: u64,
    notes: Vec<String>,
    waiting: VecDeque<Skipped>,
    within: Within,
    /// The next item was found in what was skipped, and may be a piece of its text.
    in_doubt: bool,
}

/// How far into the envelope the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Nothing,
    Root,
    Channel,
    /// Behind the end of the channel.
    Done,
}

/// Whether a file whose first bytes these are (16 KiB are enough) is an export: RSS that declares the namespace of
/// exports, of whatever version.
pub fn is_wxr(prefix: &[u8]) -> bool {
    let begins = prefix.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(prefix).trim_ascii_start().starts_with(b"<");
    let starts = memmem::find_iter(prefix, b"http");
    begins
        && memmem::find(prefix, b"<rss").is_some()
        && starts.into_iter().any(|start| {
            let end = prefix[start..].iter().take(100).position(|byte| matches!(byte, b'"' | b'\''));
            let space = end.and_then(|end| std::str::from_utf8(&prefix[start..start + end]).ok());
            space.and_then(export_space).is_some()
        })
}

impl<R: BufRead> Reader<R> {
    /// Reads the head of an export, up to its first item. An error says why the file is none.
    pub fn open(source: R) -> Result<Reader<R>, NoWxr> {
        let mut reader = Reader {
            window: Window::new(source),
            names: NamespaceResolver::default(),
            zone: Zone::default(),
            channel: Channel::default(),
            channel_weight: 0,
            left_out: 0,
            notes: Vec::new(),
            waiting: VecDeque::new(),
            within: Within::Nothing,
            in_doubt: false,
        };
        let mark = encoding::mark(reader.window.beginning()?)?;
        reader.window.pass(mark);
        reader.find_item()?;
        if reader.within == Within::Nothing {
            return Err(NoWxr::NoRss);
        }
        if reader.channel.version.is_empty() {
            return Err(NoWxr::NoVersion);
        }
        Ok(reader)
    }

    /// The zone of the magazine's clock, for dates that are stated in it alone, as those of drafts. An export does not
    /// say it.
    pub fn in_zone(self, zone: TimeZone) -> Reader<R> {
        Reader { zone: Zone::given(zone), ..self }
    }

    /// What the head says. Authors and terms that stand behind the first item are added when they are met.
    pub fn channel(&self) -> &Channel {
        &self.channel
    }

    /// What is to be said of the file as a whole, so far.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// How far the file was read, in bytes.
    pub fn offset(&self) -> u64 {
        self.window.offset()
    }

    /// The next item, or what was left out; none at the end of the file. An error is one of the source, or a document
    /// type that stands between items.
    pub fn next_piece(&mut self) -> Result<Option<Piece>, NoWxr> {
        loop {
            if let Some(skipped) = self.waiting.pop_front() {
                return Ok(Some(Piece::Skipped(skipped)));
            }
            let is_item = self.find_item()?;
            match (self.waiting.is_empty(), is_item) {
                (true, true) => return self.item().map(Some),
                (true, false) => return Ok(None),
                (false, _) => {}
            }
        }
    }

    /// Goes on to the next item, and keeps what stands before it; false at the end of the file, or when too much waits
    /// to be told.
    fn find_item(&mut self) -> Result<bool, NoWxr> {
        loop {
            if self.within == Within::Nothing && self.window.offset() > LATEST_ROOT {
                return Err(NoWxr::NoRss);
            }
            match self.window.token()? {
                Token::Open(name, len) => {
                    if self.opened(name, len)? {
                        return Ok(true);
                    }
                    if self.waiting.len() >= MOST_WAITING {
                        return Ok(false);
                    }
                }
                Token::Close(name, len) => {
                    let ends = matches!(&self.window.unread()[2..2 + name], b"channel" | b"rss");
                    if ends && self.within != Within::Nothing {
                        self.within = Within::Done;
                    }
                    self.window.pass(len);
                }
                Token::Declaration(len) => {
                    encoding::declared(self.window.text(len))?;
                    self.window.pass(len);
                }
                Token::Doctype => return Err(NoWxr::Doctype),
                Token::Nothing(len) => self.window.pass(len),
                Token::End => {
                    self.ended();
                    return Ok(false);
                }
            }
        }
    }

    /// A start tag between the pieces; true when an item begins.
    fn opened(&mut self, name: usize, len: Option<usize>) -> Result<bool, NoWxr> {
        let root = match &self.window.unread()[1..1 + name] {
            b"rss" => true,
            b"channel" => false,
            b"item" if self.within == Within::Nothing => return Err(NoWxr::NoRss),
            b"item" if self.channel.version.is_empty() => return Err(NoWxr::NoVersion),
            b"item" => return Ok(true),
            _ if self.within == Within::Channel => return self.entry(name).map(|()| false),
            _ => {
                match len {
                    Some(len) => self.window.pass(len),
                    None => self.window.pass_open_tag(),
                }
                return Ok(false);
            }
        };
        let Some(len) = len else {
            self.window.pass_open_tag();
            return Ok(false);
        };
        // The root begins anew where one file was put behind another.
        self.names.set_level(if root { 0 } else { 1 });
        let (offset, tag) = (self.window.offset(), self.window.text(len));
        if let Err(why) = declare(&mut self.names, tag) {
            let what = if root { "rss" } else { "channel" };
            self.wait(Skipped::of(what.to_owned(), offset, why, &[]));
        }
        self.within = match (root, self.within) {
            (true, _) => Within::Root,
            (false, Within::Nothing) => Within::Nothing,
            (false, _) => Within::Channel,
        };
        self.window.pass(len);
        Ok(false)
    }

    /// An entry of the channel, whose name has so many bytes.
    fn entry(&mut self, name: usize) -> Result<(), NoWxr> {
        let own = self.window.unread()[1..1 + name].to_vec();
        let what: String = String::from_utf8_lossy(&own).chars().take(LONGEST_NAME).collect();
        // A broken one ends at the next of its kind at the latest.
        let next: [&[u8]; 2] = [b"item", &own];
        let cut = self.window.element(LARGEST_ENTRY, false)?;
        let len = match cut {
            Ok(len) => len,
            Err(uncut) => {
                let skipped = self.skip(what, uncut, &next)?;
                self.wait(skipped);
                return Ok(());
            }
        };
        let level = self.names.level();
        let piece = self.window.text(len);
        let read = Xml::enter(piece, &mut self.names, LARGEST_ENTRY).and_then(|(mut xml, root)| {
            let entry = channel::entry(&mut xml, root)?;
            if entry.stands_alone() && runs_on(piece.as_bytes(), &own, &[b">"]) {
                return Err(Fault::RunsOn);
            }
            let weight = xml.weight() + entry.size();
            Ok((entry, weight, xml.notes))
        });
        self.names.set_level(level);
        match read {
            Ok((entry, weight, notes)) => {
                notes.into_iter().for_each(|note| self.note(note));
                self.keep(what, entry, weight)?;
                self.window.pass(len);
            }
            Err(why) => {
                let skipped = self.skip_whole(what, why, len, &next);
                self.wait(skipped);
            }
        }
        Ok(())
    }

    fn keep(&mut self, what: String, entry: Entry, weight: usize) -> Result<(), NoWxr> {
        if let Entry::Text(Field::Version, text) = &entry {
            let version = version(text).ok_or_else(|| NoWxr::Version(text.chars().take(40).collect()))?;
            if version > NEWEST {
                self.note(format!("its version {text} is newer than the newest that is known, 1.2"));
            }
        }
        if self.channel_weight + weight <= LARGEST_CHANNEL {
            self.channel_weight += weight;
            self.channel.keep(entry);
        } else {
            if self.left_out == 0 {
                let why = Fault::ChannelFull(LARGEST_CHANNEL);
                self.wait(Skipped::of(what, self.window.offset(), why, &[]));
            }
            self.left_out += 1;
        }
        Ok(())
    }

    fn item(&mut self) -> Result<Piece, NoWxr> {
        let (offset, next): (u64, [&[u8]; 1]) = (self.window.offset(), [b"item"]);
        let len = match self.window.element(LARGEST_ITEM, true)? {
            Ok(len) => len,
            Err(uncut) => return self.skip("item".to_owned(), uncut, &next).map(Piece::Skipped),
        };
        let level = self.names.level();
        let piece = self.window.text(len);
        let read = if runs_on(piece.as_bytes(), b"item", &[b"post_id>", b"post_type>"]) {
            Err(Fault::RunsOn)
        } else {
            Xml::enter(piece, &mut self.names, LARGEST_ITEM)
                .and_then(|(mut xml, _)| item::item(&mut xml, &mut self.zone, offset))
        };
        self.names.set_level(level);
        let why = match read {
            Ok((_, false)) if self.in_doubt => Fault::NothingOfWordPress,
            Ok((item, _)) => {
                self.in_doubt = false;
                self.window.pass(len);
                return Ok(Piece::Item(Box::new(item)));
            }
            Err(why) => why,
        };
        Ok(Piece::Skipped(self.skip_whole("item".to_owned(), why, len, &next)))
    }

    /// Leaves out what has no end, and goes on at the next start tag of one of the names.
    fn skip(&mut self, what: String, uncut: Uncut, next: &[&[u8]]) -> Result<Skipped, NoWxr> {
        let skipped = self.skipped(what, uncut.why, uncut.seen);
        match uncut.next {
            Some(at) => self.window.pass(at),
            None => {
                let count = if self.window.is_tired() { uncut.seen } else { 1 };
                self.window.seek(next, count)?;
                self.in_doubt = true;
            }
        }
        Ok(skipped)
    }

    /// Leaves out what has an end. When an unclosed section moved that end, the next one begins within.
    fn skip_whole(&mut self, what: String, why: Fault, len: usize, next: &[&[u8]]) -> Skipped {
        let skipped = self.skipped(what, why, len);
        let within = if self.window.is_tired() { None } else { self.window.within(len, next) };
        self.in_doubt = within.is_some();
        self.window.pass(within.unwrap_or(len));
        skipped
    }

    fn skipped(&self, what: String, why: Fault, len: usize) -> Skipped {
        let unread = self.window.unread();
        Skipped::of(what, self.window.offset(), why, &unread[..len.min(unread.len())])
    }

    fn wait(&mut self, skipped: Skipped) {
        self.waiting.push_back(skipped);
    }

    fn ended(&mut self) {
        if matches!(self.within, Within::Root | Within::Channel) {
            self.within = Within::Done;
            self.note("the file ends before its channel does".to_owned());
        }
        if self.left_out > 0 {
            let count = std::mem::take(&mut self.left_out);
            self.note(format!("{count} authors and terms were left out, since the channel is full"));
        }
    }

    fn note(&mut self, note: String) {
        if self.notes.len() < MOST_NOTES && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// `1.2` as two numbers.
fn version(text: &str) -> Option<(u32, u32)> {
    let (major, minor) = text.split_once('.').unwrap_or((text, "0"));
    let number = |digits: &str| digits.parse().ok().filter(|_| digits.bytes().all(|digit| digit.is_ascii_digit()));
    Some((number(major)?, number(minor)?))
}
