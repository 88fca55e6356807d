//! `#Heading` without a space, which Ghost reads as a heading.

use std::borrow::Cow;

use comrak::Arena;
use comrak::nodes::NodeValue;

use super::parse::{Dialect, parse};
use crate::parse::NoDocument;

/// Gives every such heading its space.
///
/// Whether a line can be one depends on where it stands (not in code, not in HTML), and only the
/// parser knows: to it these are lines of ordinary paragraphs.
pub(super) fn with_spaces(markdown: &str) -> Result<Cow<'_, str>, NoDocument> {
    let pairs = markdown.as_bytes().windows(2);
    if !pairs.into_iter().any(|pair| pair[0] == b'#' && !matches!(pair[1], b'#' | b' ' | b'\t' | b'\n')) {
        return Ok(Cow::Borrowed(markdown));
    }
    let arena = Arena::new();
    let root = parse(&arena, markdown, Dialect::Ghost)?;
    let starts: Vec<usize> = std::iter::once(0).chain(markdown.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut missing = Vec::new();
    for node in root.descendants() {
        let node = node.data();
        let is_running_text = match &node.value {
            NodeValue::Paragraph => true,
            NodeValue::Heading(heading) => heading.setext,
            _ => false,
        };
        if !is_running_text {
            continue;
        }
        let (first, last) = (node.sourcepos.start, node.sourcepos.end);
        for line in first.line..=last.line {
            let Some(start) = starts.get(line - 1) else { break };
            let skipped = if line == first.line { first.column - 1 } else { before_text(&markdown[*start..]) };
            let at = start + skipped;
            // Further in than the paragraph's own code would be, it only goes on.
            let is_near = skipped < first.column + 3;
            if let Some(hashes) = markdown.get(at..).and_then(lazy_hashes).filter(|_| is_near) {
                missing.push(at + hashes);
            }
        }
    }
    missing.sort_unstable();
    let mut out = String::with_capacity(markdown.len() + missing.len());
    let mut done = 0;
    for at in missing {
        out.push_str(&markdown[done..at]);
        out.push(' ');
        done = at;
    }
    out.push_str(&markdown[done..]);
    Ok(Cow::Owned(out))
}

/// Bytes before a line's text when it goes on with a paragraph that began above it.
fn before_text(rest: &str) -> usize {
    rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count()
}

/// How many hashes open the text, when a space is missing behind them.
fn lazy_hashes(text: &str) -> Option<usize> {
    let hashes = text.bytes().take_while(|byte| *byte == b'#').count();
    let next = text.as_bytes().get(hashes)?;
    ((1..=6).contains(&hashes) && !matches!(next, b' ' | b'\t' | b'\n')).then_some(hashes)
}

#[cfg(test)]
mod tests {
    use super::with_spaces;

    #[test]
    fn a_heading_gets_its_space_where_it_can_be_one() {
        for (text, spaced) in [
            ("#x\n##y #z", "# x\n## y #z"),
            ("a\n#x\n> b\n> #y\n- #z", "a\n# x\n> b\n> # y\n- # z"),
            ("#x\n===", "# x\n==="),
        ] {
            assert_eq!(with_spaces(text).unwrap(), spaced);
        }
    }

    #[test]
    fn other_hashes_stay() {
        for text in
            ["```\n#x\n```", "    #x", "<div>\n#x\n</div>", "a #x", "\\#x", "#######x", "a\n     #x", "[#x](#y)"]
        {
            assert_eq!(with_spaces(text).unwrap(), text);
        }
    }
}
