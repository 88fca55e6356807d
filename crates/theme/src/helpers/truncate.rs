//! The beginning of a text or of markup.

/// How much of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Measure {
    /// So many words; what stands between spaces is a word.
    Words(usize),
    /// So many characters, an entity of markup counting as one.
    Characters(usize),
}

/// The first words or characters of plain text, without space around them.
pub(super) fn truncate_text(text: &str, measure: Measure) -> &str {
    let text = text.trim();
    let end = match measure {
        Measure::Characters(most) => text.char_indices().nth(most).map(|(at, _)| at),
        Measure::Words(most) => {
            let mut words = 0;
            let mut inside = false;
            text.char_indices().find_map(|(at, letter)| {
                let ends = inside && letter.is_whitespace();
                words += usize::from(ends);
                inside = !letter.is_whitespace();
                (ends && words == most).then_some(at)
            })
        }
    };
    text[..end.unwrap_or(text.len())].trim_end()
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
        if kept < text {
            break;
        }
        rest = &rest[text..];
        let tag = &rest[..tag_end(rest)];
        if !tag.ends_with('>') {
            break;
        }
        let element = name(tag.trim_start_matches("</").trim_start_matches('<'));
        // A word goes on through `<em>`, not into the next paragraph.
        cut.inside_word &= INLINE.contains(&element);
        if tag.starts_with("</") {
            open.pop();
        } else if !element.is_empty() {
            if cut.is_full() {
                break;
            }
            if !tag.ends_with("/>") && !VOID.contains(&element) {
                open.push(element);
            }
        }
        out.push_str(tag);
        rest = &rest[tag.len()..];
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

/// Elements within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong",
    "sub", "sup", "u",
];

/// How much may still come.
struct Cut {
    left: Measure,
    inside_word: bool,
}

impl Cut {
    fn is_full(&self) -> bool {
        match self.left {
            Measure::Characters(left) => left == 0,
            Measure::Words(left) => left == 0 && !self.inside_word,
        }
    }

    /// How many bytes of this text still fit.
    fn take(&mut self, text: &str) -> usize {
        let mut at = 0;
        while at < text.len() {
            let length = match text[at..].starts_with('&').then(|| text[at..].find(';')).flatten() {
                Some(end) if end <= 32 => end + 1,
                _ => text[at..].chars().next().map_or(1, char::len_utf8),
            };
            let space = text[at..at + length].trim().is_empty();
            match &mut self.left {
                Measure::Characters(0) => return at,
                Measure::Characters(left) => *left -= 1,
                Measure::Words(0) if space || !self.inside_word => {
                    self.inside_word = false;
                    return at;
                }
                Measure::Words(left) if !space && !self.inside_word => *left -= 1,
                Measure::Words(_) => {}
            }
            self.inside_word = !space;
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
    }

    #[test]
    fn markup_is_cut_and_closed() {
        let html = "<p>For <em class=\"a>b\">eleven years</em> the&nbsp;flood</p><p>Next<br> one</p>";
        assert_eq!(truncate_html(html, Measure::Words(2)), "<p>For <em class=\"a>b\">eleven</em></p>");
        assert_eq!(truncate_html(html, Measure::Characters(14)), "<p>For <em class=\"a>b\">eleven yea</em></p>");
        assert_eq!(
            truncate_html(html, Measure::Words(5)),
            "<p>For <em class=\"a>b\">eleven years</em> the&nbsp;flood</p><p>Next</p>"
        );
        assert_eq!(truncate_html(html, Measure::Words(99)), html);
        assert_eq!(truncate_html("<p>Rain.</p>", Measure::Words(1)), "<p>Rain.</p>");
        assert_eq!(truncate_html("<p>broken <b", Measure::Words(9)), "<p>broken</p>");
    }
}
