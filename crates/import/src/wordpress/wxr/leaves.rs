//! The children of an element that hold text only, taken out by name. What nobody takes is the rest.

use super::fault::Fault;
use super::limits::MOST_FIELDS;
use super::moment::{Stated, stated};
use super::values::Other;
use super::xml::{Child, Space, Xml};

#[derive(Default)]
pub(super) struct Leaves<'c>(Vec<(Child<'c>, String)>);

impl<'c> Leaves<'c> {
    /// Reads the text of a child that was entered.
    pub(super) fn read(&mut self, xml: &mut Xml<'c, '_>, child: Child<'c>) -> Result<(), Fault> {
        let text = xml.text(&child)?;
        self.keep(child, text)
    }

    /// Keeps what was read already.
    pub(super) fn keep(&mut self, child: Child<'c>, text: String) -> Result<(), Fault> {
        if self.0.len() >= MOST_FIELDS {
            return Err(Fault::TooMany { what: "fields", most: MOST_FIELDS });
        }
        self.0.push((child, text));
        Ok(())
    }

    pub(super) fn has(&self, space: Space, local: &str) -> bool {
        self.place(space, local).is_some()
    }

    /// The attribute of the first one of this name.
    pub(super) fn attribute(&self, space: Space, local: &str, attribute: &str) -> Option<String> {
        self.place(space, local).and_then(|place| self.0[place].0.attribute(attribute))
    }

    /// The text of the first one of this name as it stands; empty without one.
    pub(super) fn raw(&mut self, space: Space, local: &str) -> String {
        self.place(space, local).map(|place| self.0.remove(place).1).unwrap_or_default()
    }

    /// The same with line ends as XML has them.
    pub(super) fn text(&mut self, space: Space, local: &str) -> String {
        let text = self.raw(space, local);
        if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
    }

    /// The same without white space around it: for names, numbers and addresses.
    pub(super) fn word(&mut self, space: Space, local: &str) -> String {
        let text = self.text(space, local);
        if text.trim().len() == text.len() { text } else { text.trim().to_owned() }
    }

    /// A whole number. What is none stays in the rest, and is noted.
    pub(super) fn number(&mut self, xml: &mut Xml<'_, '_>, space: Space, local: &str) -> Option<i64> {
        let place = self.place(space, local)?;
        let (child, text) = &self.0[place];
        match text.trim() {
            "" => _ = self.0.remove(place),
            number => match number.parse() {
                Ok(number) => {
                    self.0.remove(place);
                    return Some(number);
                }
                Err(_) => xml.note(format!("{}: “{}” is no whole number", child.name, beginning(number))),
            },
        }
        None
    }

    /// A date. What is none stays in the rest, and is noted.
    pub(super) fn date(&mut self, xml: &mut Xml<'_, '_>, space: Space, local: &str) -> Option<jiff::civil::DateTime> {
        let place = self.place(space, local)?;
        let (child, text) = &self.0[place];
        match stated(text) {
            Stated::Date(date) => {
                self.0.remove(place);
                Some(date)
            }
            Stated::Nothing => {
                self.0.remove(place);
                None
            }
            Stated::NoDate => {
                xml.note(format!("{}: “{}” is no date", child.name, beginning(text)));
                None
            }
        }
    }

    /// What nobody took, behind what is there of others.
    pub(super) fn rest(self, xml: &mut Xml<'_, '_>, rest: &mut Vec<Other>) -> Result<(), Fault> {
        self.0.into_iter().try_for_each(|(child, text)| leave(xml, &child, text, rest))
    }

    fn place(&self, space: Space, local: &str) -> Option<usize> {
        self.0.iter().position(|(child, _)| child.space == space && child.local() == local)
    }
}

/// Puts an element that there is no field for with the others.
pub(super) fn leave(
    xml: &mut Xml<'_, '_>,
    child: &Child<'_>,
    text: String,
    rest: &mut Vec<Other>,
) -> Result<(), Fault> {
    xml.charge_one(rest, "fields", MOST_FIELDS)?;
    let other = other(child, text);
    let attributes = other.attributes.iter().map(|(name, value)| name.len() + value.len() + 2 * size_of::<Other>());
    xml.charge(other.name.len() + attributes.sum::<usize>())?;
    rest.push(other);
    Ok(())
}

fn other(child: &Child<'_>, text: String) -> Other {
    let attributes = child.attributes().map(|(name, value)| (name.to_owned(), value)).collect();
    Other { name: child.name.to_owned(), attributes, text }
}

fn beginning(text: &str) -> String {
    text.chars().take(40).collect()
}
