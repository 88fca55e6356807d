//! HTML cut as WordPress cuts it before it sets text or makes paragraphs: a tag ends at the next `>`, whatever stands
//! in between, and one that never ends takes the rest of the text.

use super::find::Find;

/// A piece of HTML, as it was written.
pub(super) enum Piece<'h> {
    Text(&'h str),
    Tag(&'h str),
    /// A comment or a CDATA section.
    Comment(&'h str),
}

/// The pieces of HTML; together they are the whole of it.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut find = Find::in_text(html);
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = html.get(at..).filter(|rest| !rest.is_empty())?;
        let start = at;
        if !rest.starts_with('<') {
            at = rest.find('<').map_or(html.len(), |next| start + next);
            return Some(Piece::Text(&html[start..at]));
        }
        let mut end =
            |what: &'static str, from: usize| find.after(from, what).map_or(html.len(), |end| end + what.len());
        let (is_comment, ends) = if rest.starts_with("<!--") {
            (true, end("-->", start + 2))
        } else if rest.starts_with("<![CDATA[") {
            (true, end("]]>", start + 9))
        } else {
            (false, end(">", start + 1))
        };
        at = ends;
        Some(if is_comment { Piece::Comment(&html[start..at]) } else { Piece::Tag(&html[start..at]) })
    })
}
