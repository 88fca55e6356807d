//! The lines of the article itself: which is a subhead, which an item, who wrote it and when.

use jiff::civil::Date;
use news::date::date_in;

/// The longest subhead, in words.
const HEADING_WORDS: usize = 12;
/// The longest byline, in words: `Jane Doe and John Roe, political editors`.
const BYLINE_WORDS: usize = 10;

pub(super) fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether a line of the article is a subhead: short, without an end, and with text under it.
/// `next` is the line of the article that follows.
pub(super) fn is_heading(text: &str, next: Option<&str>) -> bool {
    let short = words(text) <= HEADING_WORDS;
    let begins = text.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '‘');
    let ends = text.ends_with(['.', ',', ':', ';', '!', '…', '”', '"', '’']);
    let text_follows = next.is_some_and(|next| words(next) > HEADING_WORDS || is_title_case(text));
    short && begins && !ends && text_follows
}

/// The text of a list item, if a line is one: `• Two`, `- Two`, `2. Two`.
pub(super) fn item(text: &str) -> Option<&str> {
    let marked = ["• ", "- ", "– ", "* ", "· ", "▪ "].iter().find_map(|mark| text.strip_prefix(mark));
    let numbered = || {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let figures = text.len() - rest.len();
        rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") ")).filter(|_| (1..=2).contains(&figures))
    };
    marked.or_else(numbered).map(str::trim)
}

/// The text of a quotation marked as in e-mail: `> Two`.
pub(super) fn quote(text: &str) -> Option<&str> {
    text.strip_prefix('>').map(str::trim).filter(|text| !text.is_empty())
}

/// The names in a byline, and the date if it has one: `By Jane Doe | 18 August 2025`.
pub(super) fn byline(text: &str) -> Option<(&str, Option<Date>)> {
    let start = ["by ", "by: ", "written by ", "words by ", "author: ", "posted by "]
        .into_iter()
        .find(|start| text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start)))?;
    let date = date_in(text);
    let end = date.as_ref().map_or(text.len(), |(_, range)| range.start);
    let names = text.get(start.len()..end)?.split(['|', '•', '·']).next()?;
    let names = names.trim().trim_end_matches([',', '-', '–', '—', '(', ' ']);
    let names = names.strip_suffix(" on").unwrap_or(names);
    let named = names.starts_with(char::is_uppercase) && words(names) <= BYLINE_WORDS && !names.ends_with('.');
    named.then_some((names, date.map(|(date, _)| date)))
}

/// The day in a line that says nothing else, and whether it is that of a change: `Updated 18 August
/// 2025, 10:30 BST`.
pub(super) fn date_line(text: &str) -> Option<(Date, bool)> {
    #[rustfmt::skip]
    const AROUND: &[&str] = &[
        "published", "posted", "updated", "last", "modified", "first", "date", "on", "at", "am",
        "pm", "bst", "gmt", "utc", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "t", "z",
    ];
    let (date, range) = date_in(text)?;
    let around = format!("{} {}", &text[..range.start], &text[range.end..]).to_lowercase();
    let says_nothing_else = around
        .split(|c: char| !c.is_alphanumeric())
        .map(|word| word.trim_start_matches(|c: char| c.is_ascii_digit()))
        .all(|word| word.is_empty() || AROUND.contains(&word));
    says_nothing_else.then(|| (date, around.contains("updated") || around.contains("modified")))
}

/// `Tags: Harbour, Council`.
pub(super) fn tags(text: &str) -> Option<Vec<String>> {
    let (label, list) = text.split_once(':')?;
    let label = label.trim().to_lowercase();
    ["tags", "tag", "topics", "filed under", "tagged", "more on"].contains(&label.as_str()).then(|| {
        list.split([',', '|', '•', '#']).map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
    })
}

/// Whether the long words of a line have capitals.
fn is_title_case(text: &str) -> bool {
    let long: Vec<&str> = text.split_whitespace().filter(|word| word.chars().count() > 3).collect();
    let capitals = long.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    long.len() > 1 && capitals * 3 >= long.len() * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: Option<&str> =
        Some("The harbour wall held through the night, but the council says that it will not hold again.");

    #[test]
    fn a_short_line_above_text_is_a_subhead() {
        for line in ["What happens next?", "Trump’s Hardline Position", "The wall", "2024 and after"] {
            assert!(is_heading(line, TEXT), "{line}");
        }
        for line in ["It held.", "She said no,", "“It held”", "and then", "Here is the list:"] {
            assert!(!is_heading(line, TEXT), "{line}");
        }
        assert!(!is_heading("The wall", None), "nothing stands under it");
        assert!(!is_heading("The wall", Some("The pier")), "a column of short lines is no chain of subheads");
    }

    #[test]
    fn bylines_give_names_and_perhaps_a_day() {
        let read = |text| byline(text).map(|(names, date)| (names, date.map(|date| date.to_string())));
        assert_eq!(read("By Jane Doe"), Some(("Jane Doe", None)));
        assert_eq!(
            read("BY JANE DOE and John Roe, Harbour Editor"),
            Some(("JANE DOE and John Roe, Harbour Editor", None))
        );
        assert_eq!(read("By Jane Doe | 18 August 2025"), Some(("Jane Doe", Some("2025-08-18".into()))));
        assert_eq!(read("Posted by Jane Doe on August 18, 2025"), Some(("Jane Doe", Some("2025-08-18".into()))));
        assert_eq!(read("By the time the wall fell"), None);
        assert_eq!(read("By Friday the wall had fallen."), None);
        assert_eq!(read("É"), None);
    }

    #[test]
    fn a_line_that_is_only_a_date_gives_it() {
        let read = |text| date_line(text).map(|(date, change)| (date.to_string(), change));
        assert_eq!(read("18 August 2025"), Some(("2025-08-18".into(), false)));
        assert_eq!(read("Published: Monday, 18 August 2025 at 10:30am BST"), Some(("2025-08-18".into(), false)));
        assert_eq!(read("Last updated 2025-08-18T09:00:00Z"), Some(("2025-08-18".into(), true)));
        assert_eq!(read("On 18 August 2025 the wall fell"), None);
    }

    #[test]
    fn items_lose_their_marks_only() {
        assert_eq!(item("• Two  words"), Some("Two  words"));
        assert_eq!(item("12. Twelve"), Some("Twelve"));
        assert_eq!(item("2024. A year"), None);
        assert_eq!(item("-5 degrees"), None);
        assert_eq!(quote("> So it is"), Some("So it is"));
    }
}
