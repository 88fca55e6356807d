//! The second half: of the paragraphs that were made, those go that should not be.

use super::super::find::Find;
use super::{after_space, at_tags, begins_with, is_block_like, space};

/// The paragraphs that should not be.
pub(super) fn paragraphs(text: &str) -> String {
    // White space alone.
    let text = at_tags(text, |_, at| {
        let rest = after_space(text[at..].strip_prefix("<p>")?).strip_prefix("</p>")?;
        Some((text.len() - rest.len(), String::new()))
    });
    // One that nobody closed inside these.
    let text = at_tags(&text, |_, at| {
        let inside = text[at..].strip_prefix("<p>")?;
        let words = &inside[..inside.find('<')?];
        let closes = ["</div>", "</address>", "</form>"].iter().find(|tag| inside[words.len()..].starts_with(**tag));
        let closes = closes.filter(|_| !words.is_empty())?;
        Some((at + 3 + words.len() + closes.len(), format!("<p>{words}</p>{closes}")))
    });
    // Around a block.
    let text = at_tags(&text, |find, at| {
        let tag = text.len() - after_space(text[at..].strip_prefix("<p>")?).len();
        let end = block_end(&text, tag, find)?;
        let rest = after_space(&text[end..]).strip_prefix("</p>")?;
        Some((text.len() - rest.len(), text[tag..end].to_owned()))
    });
    let text = at_tags(&text, |find, at| {
        let item = text[at..].strip_prefix("<p><li").filter(|rest| !rest.is_empty())?;
        let line_end = find.after(at, "\n").unwrap_or(text.len());
        let first = item.chars().next().map_or(1, char::len_utf8);
        let end = find.after(at + 6 + first, "</p>").filter(|end| *end < line_end)?;
        Some((end + 4, text[at + 3..end].to_owned()))
    });
    // Around a quotation it goes inside.
    let text = at_tags(&text, |find, at| {
        const OPENS: &str = "<p><blockquote";
        text.get(at..at + OPENS.len()).filter(|start| start.eq_ignore_ascii_case(OPENS))?;
        let end = find.after(at + OPENS.len(), ">")? + 1;
        Some((end, format!("<blockquote{}<p>", &text[at + OPENS.len()..end])))
    });
    let text = text.replace("</blockquote></p>", "</p></blockquote>");
    let text = at_tags(&text, |find, at| {
        let tag = text.len() - after_space(text[at..].strip_prefix("<p>")?).len();
        let end = block_end(&text, tag, find)?;
        Some((end, text[tag..end].to_owned()))
    });
    at_tags(&text, |find, at| {
        let end = block_end(&text, at, find)?;
        let rest = after_space(&text[end..]).strip_prefix("</p>")?;
        Some((text.len() - rest.len(), text[at..end].to_owned()))
    })
}

/// Where a tag that looks like a block's ends.
fn block_end<'t>(text: &'t str, at: usize, find: &mut Find<'t>) -> Option<usize> {
    is_block_like(&text[at..]).then(|| find.after(at, ">"))?.map(|end| end + 1)
}

/// Line ends become breaks, save beside blocks.
pub(super) fn line_breaks(text: &str) -> String {
    const KEPT: &str = "\u{fdd8}";
    const BREAK: &str = "<br />";
    let mut text = keep_line_ends(text, KEPT).replace("<br>", BREAK).replace("<br/>", BREAK);
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut rest = text.as_str();
    while let Some(start) = rest.find(space) {
        let run = &rest[start..rest.len() - after_space(&rest[start..]).len()];
        out.push_str(&rest[..start]);
        // Behind a break that is there already, the first of the white space stays.
        let kept = usize::from(out.ends_with(BREAK));
        match run.rfind('\n').filter(|last| *last >= kept) {
            Some(last) => {
                out.push_str(&run[..kept]);
                out.push_str("<br />\n");
                out.push_str(&run[last + 1..]);
            }
            None => out.push_str(run),
        }
        rest = &rest[start + run.len()..];
    }
    out.push_str(rest);
    text = out.replace(KEPT, "\n");
    let text = at_tags(&text, |find, at| {
        let end = block_end(&text, at, find)?;
        let rest = after_space(&text[end..]).strip_prefix(BREAK)?;
        Some((text.len() - rest.len(), text[at..end].to_owned()))
    });
    at_tags(&text, |find, at| {
        const SOME: [&str; 10] = ["p", "li", "div", "dl", "dd", "dt", "th", "pre", "td", "ul"];
        let spaced = text[at..].strip_prefix(BREAK)?;
        let tag = after_space(spaced);
        let is_some = begins_with(tag, |name| SOME.iter().chain(&["ol"]).any(|block| name.starts_with(block)));
        let end = find.after(text.len() - tag.len(), ">").filter(|_| is_some)? + 1;
        Some((end, text[at + BREAK.len()..end].to_owned()))
    })
}

/// Line ends in scripts, styles, drawings and formulas are none of a paragraph's.
fn keep_line_ends(text: &str, kept: &str) -> String {
    const ELEMENTS: [(&str, &str); 4] =
        [("<script", "</script>"), ("<style", "</style>"), ("<svg", "</svg>"), ("<math", "</math>")];
    at_tags(text, |find, at| {
        let (open, close) = ELEMENTS.iter().find(|(open, _)| text[at..].starts_with(open))?;
        let end = find.after(at + open.len(), close)? + close.len();
        Some((end, text[at..end].replace('\n', kept)))
    })
}
