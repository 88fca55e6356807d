use crate::document::{Block, Document, Inline};
use crate::limits::MAX_BYTES;
use crate::parse::NoDocument;

/// Makes a document of plain text: an empty line divides paragraphs, a line end inside one is a line
/// break. Nothing in it is taken for markup.
///
/// ```
/// let body = manuscript::from_text("One\ntwo.\n\nThree *four*.").unwrap();
/// assert_eq!(body.html(&Default::default()), "<p>One<br>two.</p><p>Three *four*.</p>");
/// ```
///
/// Fails when the text, or the document made of it, is beyond the [limits](crate::limits).
pub fn from_text(text: &str) -> Result<Document<'_>, NoDocument> {
    if text.len() > MAX_BYTES {
        return Err(NoDocument::TooLarge { bytes: text.len() });
    }
    let mut blocks = Vec::new();
    let mut line = Vec::new();
    for words in text.trim_start_matches('\u{feff}').lines().map(str::trim) {
        if words.is_empty() {
            if !line.is_empty() {
                blocks.push(Block::paragraph_of(std::mem::take(&mut line)));
            }
            continue;
        }
        if !line.is_empty() {
            line.push(Inline::line_break());
        }
        line.push(Inline::text(words));
    }
    if !line.is_empty() {
        blocks.push(Block::paragraph_of(line));
    }
    Document::new(blocks).within_limits()
}

#[cfg(test)]
mod tests {
    use super::from_text;

    #[test]
    fn the_words_come_back_as_they_went_in() {
        let text = "One\ntwo <b>.\n\nThree & “four”.";
        assert_eq!(from_text(text).unwrap().plain_text(), text);
        assert_eq!(from_text("\u{feff}\r\n a \r\n\r\n\r\n b").unwrap().plain_text(), "a\n\nb");
        assert!(from_text("").unwrap().blocks().is_empty());
    }

    #[test]
    fn a_text_of_too_many_paragraphs_is_refused() {
        assert!(from_text(&"a\n\n".repeat(60_000)).is_err());
    }
}
