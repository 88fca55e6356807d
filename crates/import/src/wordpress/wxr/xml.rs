//! One piece of an export, read element by element: names by what they mean, texts whole and bounded.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{NamespaceResolver, QName, ResolveResult};

use super::fault::Fault;
use super::limits::{BESIDE_A_TEXT, DEEPEST, LONGEST_NAME, MOST_ATTRIBUTES, MOST_NOTES};
use super::text::Text;

/// Whose name an element has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// RSS, or no namespace at all.
    Plain,
    /// WordPress's, of any version.
    Wp,
    /// WordPress's for excerpts.
    Excerpt,
    /// For bodies.
    Content,
    /// Dublin Core.
    Dc,
    /// Any other.
    Other,
}

/// An element that begins.
#[derive(Clone, Copy)]
pub(super) struct Child<'c> {
    pub space: Space,
    /// With its prefix, as it stands.
    pub name: &'c str,
    /// Its start tag without the marks around it.
    tag: &'c str,
}

/// A piece, and how far it was read.
pub(super) struct Xml<'c, 'n> {
    piece: &'c str,
    reader: Reader<&'c [u8]>,
    names: &'n mut NamespaceResolver,
    depth: usize,
    weight: usize,
    most: usize,
    /// What was not as it should be.
    pub notes: Vec<String>,
}

impl<'c, 'n> Xml<'c, 'n> {
    /// Enters the element that `piece` is. No more than `most` bytes are kept of it.
    pub(super) fn enter(
        piece: &'c str,
        names: &'n mut NamespaceResolver,
        most: usize,
    ) -> Result<(Xml<'c, 'n>, Child<'c>), Fault> {
        let mut reader = Reader::from_reader(piece.as_bytes());
        // An address with its ampersands bare is the commonest flaw, and its meaning is plain.
        reader.config_mut().allow_dangling_amp = true;
        reader.config_mut().expand_empty_elements = true;
        let mut xml = Xml { piece, reader, names, depth: 0, weight: 0, most, notes: Vec::new() };
        match xml.child()? {
            Some(root) => Ok((xml, root)),
            None => Err(Fault::Ends),
        }
    }

    /// The next child of the element that was entered last; none at its end, which leaves it.
    pub(super) fn child(&mut self) -> Result<Option<Child<'c>>, Fault> {
        loop {
            let (event, raw) = self.event()?;
            match event {
                Event::Start(start) => {
                    let tag = checked(raw)?;
                    if tag.broken {
                        self.note(format!("{}: an attribute is broken, and those from it on were left out", tag.name));
                    }
                    self.names.push(&start).map_err(quick_xml::Error::from)?;
                    self.depth += 1;
                    return Ok(Some(Child { space: self.space(tag.name), name: tag.name, tag: tag.content }));
                }
                Event::End(_) => {
                    self.names.pop();
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(None);
                }
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if !raw.trim().is_empty() => {
                    let text: String = raw.trim().chars().take(40).collect();
                    self.note(format!("between its elements was left out: {text}"));
                }
                Event::DocType(_) => return Err(Fault::NotWellFormed("a document type stands in it".to_owned())),
                Event::Eof => return Err(Fault::Ends),
                _ => {}
            }
        }
    }

    /// The text of the child that was entered last, which is left.
    pub(super) fn text(&mut self, child: &Child<'_>) -> Result<String, Fault> {
        let begin = self.position();
        // Markup is expected in what belongs to others.
        let known = !matches!(child.space, Space::Plain | Space::Other);
        let mut text = Text::new(child.name, known);
        let mut within = 0;
        let end = loop {
            let at = self.position();
            let (event, raw) = self.event()?;
            match event {
                Event::Text(_) => text.words(raw)?,
                Event::CData(_) => text.section(&raw[9..raw.len() - 3])?,
                Event::GeneralRef(_) => text.reference(raw)?,
                Event::Start(_) => {
                    checked(raw)?;
                    within += 1;
                    if self.depth + within > DEEPEST {
                        return Err(Fault::TooDeep);
                    }
                    text.markup(raw)?;
                }
                Event::End(_) if within == 0 => break at,
                Event::End(_) => {
                    within -= 1;
                    text.markup(raw)?;
                }
                Event::DocType(_) => return Err(Fault::NotWellFormed("a document type stands in it".to_owned())),
                Event::Eof => return Err(Fault::Ends),
                // Empty elements come as a start and an end.
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::Empty(_) => {}
            }
        };
        self.names.pop();
        self.depth = self.depth.saturating_sub(1);
        let (text, notes) = text.end(&self.piece[begin..end])?;
        notes.into_iter().for_each(|note| self.note(note));
        if !text.is_empty() {
            self.charge(text.len() + BESIDE_A_TEXT)?;
        }
        Ok(text)
    }

    /// Counts what is kept; more than may be kept is a fault.
    pub(super) fn charge(&mut self, bytes: usize) -> Result<(), Fault> {
        self.weight += bytes;
        if self.weight > self.most { Err(Fault::TooLarge(self.most)) } else { Ok(()) }
    }

    /// Counts one more value in a list, whose room may be twice what it holds.
    pub(super) fn charge_one<T>(&mut self, list: &[T], what: &'static str, most: usize) -> Result<(), Fault> {
        if list.len() >= most {
            return Err(Fault::TooMany { what, most });
        }
        self.charge(2 * size_of::<T>())
    }

    /// What is kept so far, in bytes.
    pub(super) fn weight(&self) -> usize {
        self.weight
    }

    pub(super) fn note(&mut self, note: String) {
        if self.notes.len() < MOST_NOTES && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// The next event, and the piece of text that it is.
    fn event(&mut self) -> Result<(Event<'c>, &'c str), Fault> {
        let at = self.position();
        let event = self.reader.read_event()?;
        if self.depth > DEEPEST {
            return Err(Fault::TooDeep);
        }
        Ok((event, &self.piece[at..self.position()]))
    }

    fn position(&self) -> usize {
        // A piece is far smaller than the address space.
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.piece.len())
    }

    fn space(&self, name: &str) -> Space {
        match self.names.resolve_element(QName(name)).0 {
            ResolveResult::Bound(space) => meaning(space.0, name),
            ResolveResult::Unbound => Space::Plain,
            // In a file whose head was lost the prefixes are those that WordPress writes.
            ResolveResult::Unknown(prefix) => match prefix.as_str() {
                "wp" => Space::Wp,
                "excerpt" => Space::Excerpt,
                "content" => Space::Content,
                "dc" => Space::Dc,
                _ => Space::Other,
            },
        }
    }
}

impl<'c> Child<'c> {
    /// The name without its prefix.
    pub(super) fn local(&self) -> &'c str {
        self.name.split_once(':').map_or(self.name, |(_, local)| local)
    }

    /// Its attributes, in order, with what stands for characters in their values decoded.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'c str, String)> {
        attributes(self.tag, self.name.len()).map(|(name, value)| (name, decoded(value)))
    }

    /// One attribute.
    pub(super) fn attribute(&self, wanted: &str) -> Option<String> {
        attributes(self.tag, self.name.len()).find(|(name, _)| *name == wanted).map(|(_, value)| decoded(value))
    }
}

/// Enters the scope of a start tag that stands outside of every piece: the root, the channel.
pub(super) fn declare(names: &mut NamespaceResolver, tag: &str) -> Result<(), Fault> {
    let tag = checked(tag)?;
    let start = BytesStart::from_content(tag.content, tag.name.len());
    Ok(names.push(&start).map_err(quick_xml::Error::from)?)
}

/// Whether this is the namespace of exports, and what follows the version in it.
pub(super) fn export_space(space: &str) -> Option<&str> {
    let rest = space.trim().strip_prefix("https://").or_else(|| space.trim().strip_prefix("http://"))?;
    let version = rest.strip_prefix("wordpress.org/export/")?;
    let after = version.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let minor = after.strip_prefix('.').filter(|_| after.len() < version.len())?;
    let rest = minor.trim_start_matches(|digit: char| digit.is_ascii_digit());
    (rest.len() < minor.len()).then_some(rest)
}

fn meaning(space: &str, name: &str) -> Space {
    let without_scheme = space.trim().split_once("://").map_or("", |(_, rest)| rest);
    match (export_space(space), without_scheme.trim_end_matches('/')) {
        (Some("/" | ""), _) => Space::Wp,
        (Some("/excerpt/" | "/excerpt"), _) => Space::Excerpt,
        (_, "purl.org/rss/1.0/modules/content") => Space::Content,
        (_, "purl.org/dc/elements/1.1") => Space::Dc,
        // RSS has no namespace of its own; some programs declare one all the same.
        _ if !name.contains(':') => Space::Plain,
        _ => Space::Other,
    }
}

struct Tag<'c> {
    content: &'c str,
    name: &'c str,
    broken: bool,
}

/// A start tag, if its name is one and it stays within the limits.
fn checked(raw: &str) -> Result<Tag<'_>, Fault> {
    let content = raw.strip_prefix('<').and_then(|raw| raw.strip_suffix('>')).unwrap_or(raw);
    let content = content.strip_suffix('/').unwrap_or(content);
    let name = content.split(|mark: char| mark.is_ascii_whitespace()).next().unwrap_or_default();
    if !name.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '_' | ':') || !first.is_ascii()) {
        return Err(Fault::NotWellFormed("a bare < stands in it".to_owned()));
    }
    if name.len() > LONGEST_NAME {
        return Err(Fault::NameTooLong);
    }
    let mut count = 0;
    let mut every = Attributes::new(content, name.len());
    // Looking for doubles would take the square of their number.
    let broken = every.with_checks(false).take(MOST_ATTRIBUTES + 1).inspect(|_| count += 1).any(|one| one.is_err());
    if count > MOST_ATTRIBUTES {
        return Err(Fault::TooMany { what: "attributes", most: MOST_ATTRIBUTES });
    }
    Ok(Tag { content, name, broken })
}

/// Attributes up to the first that is broken.
fn attributes(content: &str, name_len: usize) -> impl Iterator<Item = (&str, &str)> {
    let mut attributes = Attributes::new(content, name_len);
    attributes.with_checks(false);
    attributes.map_while(Result::ok).filter_map(|attribute| match attribute.value {
        Cow::Borrowed(value) => Some((attribute.key.0, value)),
        Cow::Owned(_) => None,
    })
}

/// The value of an attribute. What stands for no character that is known stays.
fn decoded(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(start) = rest.find('&') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        // No name or number is longer, and looking on would take the square of the value's length.
        let name = rest.bytes().take(40).position(|byte| byte == b';').map(|end| &rest[1..end]);
        match name.and_then(|name| Some((name, character(name)?))) {
            Some((name, character)) => {
                text.push(character.unwrap_or('\u{FFFD}'));
                rest = &rest[name.len() + 2..];
            }
            None => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    text.chars().map(|mark| if super::text::is_text(mark) { mark } else { '\u{FFFD}' }).collect()
}

/// What an entity of XML, or the number of a character, stands for; within, nothing for a number that is no character.
pub(super) fn character(name: &str) -> Option<Option<char>> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_predefined_entity(name).map(|text| text.chars().next());
    };
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let read = u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    Some(read.filter(|read| super::text::is_text(*read)))
}
