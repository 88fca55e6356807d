//! The text of one element, put together of its parts.

use super::fault::Fault;
use super::limits::LARGEST_TEXT;
use super::xml::character;

/// What an exporter writes for `]]>` within a section: the section ends between the brackets and begins anew.
const SPLIT: &str = "]]]]><![CDATA[>";

pub(super) struct Text<'e> {
    element: &'e str,
    /// Whether markup in it is a slip.
    holds_words: bool,
    text: String,
    /// White space of which is not known yet whether it belongs to the text.
    space: String,
    last: Part,
    replaced: usize,
    bare_ampersand: bool,
    unknown: Option<String>,
    markup: bool,
    loose_end: bool,
}

#[derive(PartialEq)]
enum Part {
    None,
    Section,
    Words,
}

impl<'e> Text<'e> {
    pub(super) fn new(element: &'e str, holds_words: bool) -> Text<'e> {
        Text {
            element,
            holds_words,
            text: String::new(),
            space: String::new(),
            last: Part::None,
            replaced: 0,
            bare_ampersand: false,
            unknown: None,
            markup: false,
            loose_end: false,
        }
    }

    /// Words outside of sections.
    pub(super) fn words(&mut self, raw: &str) -> Result<(), Fault> {
        if raw.bytes().all(|byte| byte.is_ascii_whitespace()) {
            if self.space.len() + raw.len() > LARGEST_TEXT {
                return Err(Fault::TextTooLarge { element: self.element.to_owned() });
            }
            self.space.push_str(raw);
            return Ok(());
        }
        self.bare_ampersand |= raw.starts_with('&');
        self.loose_end |= raw.contains("]]>");
        self.outside(raw)
    }

    /// What stands for a character: `&amp;`, `&#8217;`. Names that are no XML's stay as they stand: the text is HTML,
    /// or a file that would give them a meaning was refused.
    pub(super) fn reference(&mut self, raw: &str) -> Result<(), Fault> {
        let name = raw.strip_prefix('&').and_then(|raw| raw.strip_suffix(';')).unwrap_or(raw);
        match character(name) {
            Some(character) => {
                self.replaced += usize::from(character.is_none());
                self.outside(character.unwrap_or('\u{FFFD}').encode_utf8(&mut [0; 4]))
            }
            None => {
                if self.unknown.is_none() {
                    self.unknown = Some(raw.chars().take(40).collect());
                }
                self.outside(raw)
            }
        }
    }

    /// A tag: somebody forgot to wrap the markup. It stays as it stands.
    pub(super) fn markup(&mut self, raw: &str) -> Result<(), Fault> {
        self.markup = true;
        self.outside(raw)
    }

    /// The inside of a CDATA section. White space between sections, and around them, is layout.
    pub(super) fn section(&mut self, raw: &str) -> Result<(), Fault> {
        match self.last {
            Part::Words => self.settle_space()?,
            Part::None | Part::Section => self.space.clear(),
        }
        self.last = Part::Section;
        self.push(raw)
    }

    /// The whole, and what is to be said of it. `raw` is all that stands in the element.
    pub(super) fn end(mut self, raw: &str) -> Result<(String, Vec<String>), Fault> {
        let mut notes = Vec::new();
        let element = self.element;
        let mut note = |what: String| notes.push(format!("{element}: {what}"));
        match raw.trim().strip_prefix("<![CDATA[").and_then(|raw| raw.strip_suffix("]]>")) {
            // Whoever wrote this did not know that a section ends at the first `]]>`. Where it should have ended is
            // plain, since it was to be the whole of the element.
            Some(inside) if self.loose_end => {
                self.text.clear();
                self.replaced = 0;
                let inside = inside.replace(SPLIT, "]]>");
                self.push(&inside)?;
                note("its CDATA section held the end of one, and was mended".to_owned());
            }
            _ => {
                if self.last != Part::Section {
                    self.settle_space()?;
                }
                if self.bare_ampersand {
                    note("a bare & stands as it was".to_owned());
                }
                if let Some(unknown) = &self.unknown {
                    note(format!("{unknown} stands as it was"));
                }
                if self.markup && self.holds_words {
                    note("it was not wrapped, and its markup stands as it was".to_owned());
                }
                if self.loose_end {
                    note("a loose ]]> stands as it was".to_owned());
                }
            }
        }
        if self.replaced > 0 {
            note(format!("{} bytes or characters that are no text stand as U+FFFD", self.replaced));
        }
        if self.text.capacity() > self.text.len() + self.text.len() / 8 {
            self.text.shrink_to_fit();
        }
        Ok((self.text, notes))
    }

    fn outside(&mut self, text: &str) -> Result<(), Fault> {
        self.settle_space()?;
        self.last = Part::Words;
        self.push(text)
    }

    fn settle_space(&mut self) -> Result<(), Fault> {
        let space = std::mem::take(&mut self.space);
        self.push(&space)
    }

    fn push(&mut self, text: &str) -> Result<(), Fault> {
        let flaws = if may_have_flaws(text) { text.chars().filter(|mark| !is_text(*mark)).count() } else { 0 };
        let len = text.len() + flaws * ('\u{FFFD}'.len_utf8() - 1);
        if self.text.len() + len > LARGEST_TEXT {
            return Err(Fault::TextTooLarge { element: self.element.to_owned() });
        }
        if self.text.is_empty() {
            // Mostly there is one part only.
            self.text.reserve_exact(len);
        }
        if flaws == 0 {
            self.text.push_str(text);
        } else {
            self.replaced += flaws;
            self.text.extend(text.chars().map(|mark| if is_text(mark) { mark } else { '\u{FFFD}' }));
        }
        Ok(())
    }
}

/// Whether XML allows the character.
pub(super) fn is_text(mark: char) -> bool {
    !matches!(mark, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// A look at the bytes alone: nearly every text passes.
fn may_have_flaws(text: &str) -> bool {
    let control = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    text.bytes().any(control) || text.contains('\u{FFFE}') || text.contains('\u{FFFF}')
}
