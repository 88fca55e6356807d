/// Counts the attributes of a tag while its bytes arrive.
///
/// The parser compares every attribute of a tag with all before it, so a tag of a megabyte could
/// keep it busy for minutes; and it says nothing before the tag ends. This follows the states of
/// the HTML standard's tokenizer (section 13.2.5) from `<` on.
pub(crate) struct OpenTag {
    at: At,
    /// Attributes that have begun.
    pub(crate) attributes: usize,
}

#[derive(Clone, Copy)]
enum At {
    Start,
    TagName,
    BetweenAttributes,
    AttributeName,
    AfterName,
    BeforeValue,
    Quoted(u8),
    Unquoted,
    End,
}

impl OpenTag {
    /// A tag of which only the `<` was read.
    pub(crate) fn new() -> OpenTag {
        OpenTag { at: At::Start, attributes: 0 }
    }

    pub(crate) fn read(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.at = self.next(*byte);
        }
    }

    fn next(&mut self, byte: u8) -> At {
        let space = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c);
        match (self.at, byte) {
            (At::End, _) => At::End,
            (At::Quoted(quote), _) if quote == byte => At::BetweenAttributes,
            (At::Quoted(_), _) => self.at,
            // Comments and the like have no attributes.
            (_, b'>') | (At::Start, b'!' | b'?') => At::End,
            (At::Start, _) => At::TagName,
            (At::TagName, _) if space || byte == b'/' => At::BetweenAttributes,
            (At::TagName, _) => At::TagName,
            (At::AttributeName, _) if space => At::AfterName,
            (At::AfterName | At::BeforeValue, _) if space => self.at,
            (At::AttributeName | At::AfterName, b'=') => At::BeforeValue,
            (At::AttributeName | At::AfterName, b'/') => At::BetweenAttributes,
            (At::AttributeName, _) => At::AttributeName,
            (At::BeforeValue, b'"' | b'\'') => At::Quoted(byte),
            (At::Unquoted, _) if space => At::BetweenAttributes,
            (At::BeforeValue | At::Unquoted, _) => At::Unquoted,
            (At::BetweenAttributes, _) if space || byte == b'/' => At::BetweenAttributes,
            (At::BetweenAttributes | At::AfterName, _) => {
                self.attributes += 1;
                At::AttributeName
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::OpenTag;

    #[test]
    fn attributes_are_counted_as_the_standard_tells_them_apart() {
        for (tag, attributes) in [
            ("a", 0),
            ("a b", 1),
            ("a b c", 2),
            ("a b=c d = 'e f' g=\"/ /\"h/i", 5),
            ("a/b/c", 2),
            ("a b=/c/d e", 2),
            ("a b='>' c>d e", 2),
            ("/a b", 1),
            ("!-- a b", 0),
        ] {
            let mut open = OpenTag::new();
            open.read(tag.as_bytes());
            assert_eq!(open.attributes, attributes, "<{tag}");
        }
    }
}
