//! The beginning of a text or of markup, cut where Ghost cuts it.

/// How much of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Measure {
    /// So many words: runs of letters and of the digits 0 to 9, so that an apostrophe parts a word.
    Words(usize),
    /// So many characters, an entity counting with all of its own.
    Characters(usize),
}

/// The first words or characters of plain text, without space around them. The sign that ends the last word stays.
pub(super) fn truncate_text(text: &str, measure: Measure) -> &str {
    let mut cut = Cut { left: measure, inside_word: false };
    text[..cut.take(text)].trim()
}

/// The first words or characters of markup, with all elements closed that are open there.
pub(super) fn truncate_html(html: &str, measure: Measure) -> String {
    let mut cut = Cut { left: measure, inside_word: false };
    let mut out = String::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let text = rest.find('<').unwrap_or(rest.len());
        let kept = cut.take(&rest[..text]);
        out.push_str(&rest[..kept]);
        if kept < text || cut.is_full() {
            break;
        }
        rest = &rest[text..];
        let tag = &rest[..tag_end(rest)];
        if !tag.ends_with('>') {
            break;
        }
        let element = name(tag.trim_start_matches("</").trim_start_matches('<'));
        if tag.starts_with("</") {
            open.pop();
        } else if !element.is_empty() && !tag.ends_with("/>") && !VOID.contains(&element) {
            open.push(element);
        }
        out.push_str(tag);
        rest = &rest[tag.len()..];
        cut.end_word();
    }
    out.truncate(out.trim_end().len());
    for name in open.into_iter().rev() {
        out.push_str("</");
        out.push_str(name);
        out.push('>');
    }
    out
}

/// Elements without an end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// How much may still come.
struct Cut {
    left: Measure,
    inside_word: bool,
}

impl Cut {
    fn is_full(&self) -> bool {
        matches!(self.left, Measure::Characters(0) | Measure::Words(0))
    }

    /// A word ends at a tag, be it `<em>`.
    fn end_word(&mut self) {
        if std::mem::take(&mut self.inside_word)
            && let Measure::Words(left) = &mut self.left
        {
            *left = left.saturating_sub(1);
        }
    }

    /// How many bytes of this text still fit.
    fn take(&mut self, text: &str) -> usize {
        let mut at = 0;
        while let Some(letter) = text[at..].chars().next() {
            if self.is_full() {
                return at;
            }
            let mut length = letter.len_utf8();
            match &mut self.left {
                Measure::Characters(left) => {
                    let entity = (letter == '&').then(|| text[at..].find(';')).flatten().filter(|end| *end <= 32);
                    length = entity.map_or(length, |end| end + 1);
                    let count = if entity.is_some() { length } else { letter.len_utf16() };
                    if count > *left {
                        return at;
                    }
                    *left -= count;
                }
                Measure::Words(_) if letter.is_alphabetic() || letter.is_ascii_digit() => self.inside_word = true,
                Measure::Words(_) => self.end_word(),
            }
            at += length;
        }
        at
    }
}

/// The length of a tag or comment with its end; all of it when there is none.
fn tag_end(text: &str) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(text.len(), |end| end + 3);
    }
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// The letters with which a tag begins; none in a comment.
fn name(inner: &str) -> &str {
    let end = inner.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').unwrap_or(inner.len());
    &inner[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_after_a_word_or_a_character() {
        let text = "For eleven years the flood wall.\n\nResidents";
        assert_eq!(truncate_text(text, Measure::Words(5)), "For eleven years the flood");
        assert_eq!(truncate_text(text, Measure::Words(6)), "For eleven years the flood wall.");
        assert_eq!(truncate_text(text, Measure::Words(7)), text);
        assert_eq!(truncate_text(text, Measure::Characters(11)), "For eleven");
        assert_eq!(truncate_text("é€", Measure::Characters(1)), "é");
        assert_eq!(truncate_text("somebody else’s problem", Measure::Words(2)), "somebody else’");
        assert_eq!(truncate_text("Tide &amp; time", Measure::Words(2)), "Tide &amp;");
    }

    #[test]
    fn markup_is_cut_and_closed() {
        let html = "<p>For <em class=\"a>b\">eleven years</em> the&nbsp;flood</p><p>Next<br> one</p>";
        assert_eq!(truncate_html(html, Measure::Words(2)), "<p>For <em class=\"a>b\">eleven</em></p>");
        assert_eq!(truncate_html(html, Measure::Characters(14)), "<p>For <em class=\"a>b\">eleven yea</em></p>");
        assert_eq!(truncate_html(html, Measure::Words(99)), html);
        assert_eq!(truncate_html("<p>Rain.</p>", Measure::Words(1)), "<p>Rain.</p>");
        assert_eq!(truncate_html("<p>Rain, wind.</p>", Measure::Words(1)), "<p>Rain,</p>");
        assert_eq!(truncate_html("<p>broken <b", Measure::Words(9)), "<p>broken</p>");
    }
}
