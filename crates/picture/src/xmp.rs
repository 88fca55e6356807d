//! XMP: rights as RDF in XML, read from foreign files and written into our own.
//!
//! A property stands as an attribute or an element of an `rdf:Description` right under `rdf:RDF`;
//! its value is plain, a list (`rdf:Seq`, `rdf:Bag`), or a text in several languages (`rdf:Alt`)
//! (ISO 16684-1, chapter 7). A packet with a document type is refused whole: entities of a
//! stranger's making are how a few bytes become gigabytes.

use quick_xml::{
    Reader,
    escape::{escape, resolve_predefined_entity, unescape},
    events::{BytesStart, Event},
};

use crate::{
    limits::{MAX_XMP, MAX_XMP_ATTRIBUTES, MAX_XMP_DEPTH},
    rights::Rights,
};

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// Namespaces that hold what we read: our prefix and the name.
const SPACES: &[(&str, &str)] = &[
    ("rdf", RDF),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("photoshop", "http://ns.adobe.com/photoshop/1.0/"),
    ("xmpRights", "http://ns.adobe.com/xap/1.0/rights/"),
    ("cc", "http://creativecommons.org/ns#"),
    ("Iptc4xmpCore", "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"),
];

/// How a value is written.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Plain,
    Seq,
    Alt,
    Resource,
}

struct Property {
    name: &'static str,
    form: Form,
    field: fn(&mut Rights) -> &mut Option<String>,
}

/// What is read and written, in the order in which it is written.
const PROPERTIES: &[Property] = &[
    Property { name: "dc:title", form: Form::Alt, field: |rights| &mut rights.title },
    Property { name: "dc:creator", form: Form::Seq, field: |rights| &mut rights.creator },
    Property { name: "dc:rights", form: Form::Alt, field: |rights| &mut rights.copyright },
    Property { name: "dc:description", form: Form::Alt, field: |rights| &mut rights.caption },
    Property { name: "photoshop:Credit", form: Form::Plain, field: |rights| &mut rights.credit },
    Property { name: "photoshop:Source", form: Form::Plain, field: |rights| &mut rights.source },
    Property { name: "photoshop:DateCreated", form: Form::Plain, field: |rights| &mut rights.date },
    Property { name: "xmpRights:UsageTerms", form: Form::Alt, field: |rights| &mut rights.usage_terms },
    Property { name: "xmpRights:WebStatement", form: Form::Plain, field: |rights| &mut rights.web_statement },
    Property { name: "cc:license", form: Form::Resource, field: |rights| &mut rights.licence_url },
    Property { name: "Iptc4xmpCore:AltTextAccessibility", form: Form::Alt, field: |rights| &mut rights.alt },
];

/// The rights in a packet; none when it is not well-formed, has a document type or exceeds a limit.
pub(crate) fn read(packet: &[u8]) -> Rights {
    let text = (packet.len() <= MAX_XMP).then(|| std::str::from_utf8(packet).ok()).flatten();
    text.and_then(|text| Walk::default().through(text.trim_end_matches('\0'))).unwrap_or_default()
}

/// A packet with these rights.
pub(crate) fn write(rights: &Rights) -> String {
    let mut rights = rights.clone();
    let mut body = String::new();
    for property in PROPERTIES {
        let Some(value) = (property.field)(&mut rights) else {
            continue;
        };
        let (name, value) = (property.name, escape(value.as_str()));
        body += &match property.form {
            Form::Plain => format!("<{name}>{value}</{name}>"),
            Form::Resource => format!("<{name} rdf:resource=\"{value}\"/>"),
            Form::Seq => format!("<{name}><rdf:Seq><rdf:li>{value}</rdf:li></rdf:Seq></{name}>"),
            Form::Alt => format!("<{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{value}</rdf:li></rdf:Alt></{name}>"),
        };
    }
    let spaces: String = SPACES.iter().map(|(prefix, space)| format!(" xmlns:{prefix}=\"{space}\"")).collect();
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF{spaces}><rdf:Description rdf:about=\"\">{body}\
         </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
    )
}

/// What an open element is.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Rdf,
    Description,
    /// A property, by its place in [`PROPERTIES`].
    Property(usize),
    /// A list inside a property, or one of its items.
    List,
    /// Anything else; text in it is not ours.
    Other,
}

#[derive(Default)]
struct Walk {
    rights: Rights,
    open: Vec<Open>,
    /// Prefixes that this packet gives to our namespaces. They hold for the whole packet, wherever
    /// they are declared.
    prefixes: Vec<(String, &'static str)>,
    /// The values of the open property, each with whether it is the default language.
    values: Vec<(bool, String)>,
}

impl Walk {
    fn through(mut self, text: &str) -> Option<Rights> {
        let mut reader = Reader::from_str(text);
        loop {
            match reader.read_event().ok()? {
                Event::Start(element) => self.start(&element)?,
                Event::Empty(element) => {
                    self.start(&element)?;
                    self.end();
                }
                Event::End(_) => self.end(),
                Event::Text(text) => self.say(&text.into_inner()),
                Event::CData(text) => self.say(&text.into_inner()),
                Event::GeneralRef(name) => match name.resolve_char_ref().ok()? {
                    Some(character) => self.say(character.encode_utf8(&mut [0; 4])),
                    None => self.say(resolve_predefined_entity(&name.into_inner())?),
                },
                Event::DocType(_) => return None,
                Event::Eof => return self.open.is_empty().then_some(self.rights),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Option<()> {
        if self.open.len() == MAX_XMP_DEPTH {
            return None;
        }
        let mut attributes = Vec::new();
        // Duplicate names do no harm here; looking for them costs the square of their number.
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.ok()?;
            let value = unescape(&attribute.value).ok()?.into_owned();
            attributes.push((attribute.key.into_inner().to_owned(), value));
            if attributes.len() > MAX_XMP_ATTRIBUTES {
                return None;
            }
        }
        for (name, space) in &attributes {
            self.declare(name, space);
        }
        let open = self.kind(element.name().into_inner());
        match open {
            Open::Description => {
                for (name, value) in attributes {
                    if let Some(property) = self.property(&name) {
                        self.keep(property, value);
                    }
                }
            }
            Open::Property(_) => {
                let resource = attributes.iter().find(|(name, _)| self.is_rdf(name, "resource"));
                self.values = vec![(false, resource.map(|(_, value)| value.clone()).unwrap_or_default())];
            }
            Open::List => {
                let default = attributes.iter().any(|(name, value)| name == "xml:lang" && value == "x-default");
                self.values.push((default, String::new()));
            }
            Open::Rdf | Open::Other => {}
        }
        self.open.push(open);
        Some(())
    }

    fn end(&mut self) {
        if let Some(Open::Property(property)) = self.open.pop() {
            let mut values = std::mem::take(&mut self.values);
            values.retain(|(_, value)| !value.trim().is_empty());
            let value = match PROPERTIES[property].form {
                Form::Seq => values.iter().map(|(_, value)| value.trim()).collect::<Vec<_>>().join(", "),
                _ => {
                    let at = values.iter().position(|(default, _)| *default).unwrap_or(0);
                    values.get(at).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
                }
            };
            self.keep(property, value);
        }
    }

    /// Text counts inside a property and the lists in it, not inside structures we do not know.
    fn say(&mut self, text: &str) {
        if matches!(self.open.last(), Some(Open::Property(_) | Open::List))
            && let Some((_, value)) = self.values.last_mut()
        {
            value.push_str(text);
        }
    }

    fn keep(&mut self, property: usize, value: String) {
        let field = (PROPERTIES[property].field)(&mut self.rights);
        if field.is_none() && !value.is_empty() {
            *field = Some(value);
        }
    }

    fn kind(&self, name: &str) -> Open {
        let list = || ["Seq", "Bag", "Alt", "li"].iter().any(|list| self.is_rdf(name, list));
        match self.open.last() {
            _ if self.is_rdf(name, "RDF") => Open::Rdf,
            Some(Open::Rdf) if self.is_rdf(name, "Description") => Open::Description,
            Some(Open::Description) => self.property(name).map_or(Open::Other, Open::Property),
            Some(Open::Property(_) | Open::List) if list() => Open::List,
            _ => Open::Other,
        }
    }

    fn declare(&mut self, attribute: &str, space: &str) {
        if let Some(prefix) = attribute.strip_prefix("xmlns:")
            && let Some((ours, _)) = SPACES.iter().find(|(_, known)| *known == space)
            && self.prefixes.len() < 2 * SPACES.len()
        {
            self.prefixes.push((prefix.to_owned(), ours));
        }
    }

    /// The prefix by which [`PROPERTIES`] knows the namespace of a name.
    fn ours<'n>(&self, name: &'n str) -> Option<(&'static str, &'n str)> {
        let (prefix, local) = name.split_once(':')?;
        self.prefixes.iter().rev().find(|(theirs, _)| theirs == prefix).map(|(_, ours)| (*ours, local))
    }

    fn is_rdf(&self, name: &str, local: &str) -> bool {
        self.ours(name) == Some(("rdf", local))
    }

    fn property(&self, name: &str) -> Option<usize> {
        let (prefix, local) = self.ours(name)?;
        PROPERTIES.iter().position(|property| property.name.split_once(':') == Some((prefix, local)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(description: &str) -> String {
        format!(
            "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='{RDF}'>\
             <rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' \
             xmlns:ps='http://ns.adobe.com/photoshop/1.0/' xmlns:cc='http://creativecommons.org/ns#' {description}\
             </rdf:RDF></x:xmpmeta>\0\0"
        )
    }

    #[test]
    fn properties_are_read_as_attributes_and_as_elements() {
        let rights = read(
            packet(
                "ps:Credit='PA &amp; Sons'><dc:creator><rdf:Seq><rdf:li>Jane Doe</rdf:li><rdf:li>John</rdf:li></rdf:Seq>\
                 </dc:creator><dc:description><rdf:Alt><rdf:li xml:lang='cy'>Harbwr</rdf:li>\
                 <rdf:li xml:lang='x-default'>Harbour &#38; wall</rdf:li></rdf:Alt></dc:description>\
                 <cc:license rdf:resource='https://creativecommons.org/licenses/by/4.0/'/></rdf:Description>",
            )
            .as_bytes(),
        );
        assert_eq!(rights.credit.as_deref(), Some("PA & Sons"));
        assert_eq!(rights.creator.as_deref(), Some("Jane Doe, John"));
        assert_eq!(rights.caption.as_deref(), Some("Harbour & wall"));
        assert_eq!(rights.licence_url.as_deref(), Some("https://creativecommons.org/licenses/by/4.0/"));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut rights = Rights::default();
        for property in PROPERTIES {
            *(property.field)(&mut rights) = Some(format!("<{}> & “é”", property.name));
        }
        assert_eq!(read(write(&rights).as_bytes()), rights);
    }

    #[test]
    fn a_document_type_is_refused() {
        let bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>";
        let inner = packet("ps:Credit='PA'></rdf:Description>");
        assert_eq!(read(inner.as_bytes()).credit.as_deref(), Some("PA"));
        assert_eq!(read(format!("{bomb}{inner}").as_bytes()), Rights::default());
        let unknown = packet("><ps:Credit>&xxe;</ps:Credit></rdf:Description>");
        assert_eq!(read(unknown.as_bytes()), Rights::default());
    }

    #[test]
    fn depth_attributes_and_size_have_limits() {
        assert_eq!(read("<a>".repeat(100_000).as_bytes()), Rights::default());
        let many: String = (0..=MAX_XMP_ATTRIBUTES).map(|n| format!("a{n}='' ")).collect();
        assert_eq!(read(packet(&format!("{many} ps:Credit='PA'></rdf:Description>")).as_bytes()), Rights::default());
        let padded = format!("{}{}", packet("ps:Credit='PA'></rdf:Description>"), " ".repeat(MAX_XMP));
        assert_eq!(read(padded.as_bytes()), Rights::default());
    }

    #[test]
    fn text_inside_unknown_structures_is_not_taken() {
        let rights = read(
            packet("><ps:Credit><ps:Deep>no</ps:Deep>yes</ps:Credit><ps:Other><rdf:Description ps:Source='no'/></ps:Other></rdf:Description>")
                .as_bytes(),
        );
        assert_eq!((rights.credit.as_deref(), rights.source), (Some("yes"), None));
    }
}
