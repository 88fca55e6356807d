//! Pieces of a page that came along with copied text.

use super::reading::Reading;
use super::{Context, Report};
use crate::text::Paragraph;

/// Lines that are nothing else. Small letters, without their stop.
const WHOLE: &[&str] = &[
    "advertisement",
    "advertising",
    "sponsored",
    "sponsored content",
    "newsletter",
    "newsletters",
    "about us",
    "related",
    "related articles",
    "related stories",
    "related topics",
    "most read",
    "most popular",
    "trending",
    "trending now",
    "you may also like",
    "you might also like",
    "more on this story",
    "share",
    "share this",
    "share this article",
    "share this story",
    "tweet",
    "print",
    "email",
    "comments",
    "leave a comment",
    "leave a reply",
    "post a comment",
    "comments are closed",
    "read more",
    "continue reading",
    "continue reading the main story",
    "skip to content",
    "skip advertisement",
    "story continues below",
    "article continues below",
    "subscribe",
    "sign in",
    "log in",
    "menu",
    "search",
    "tags",
    "home",
    "all rights reserved",
    "back to top",
    "next article",
    "previous article",
    "scroll to continue",
    "watch now",
    "listen to this article",
    "recommended",
    "recommended for you",
    "popular posts",
    "latest news",
    "contact us",
    "privacy policy",
    "cookie policy",
    "terms of use",
];

/// How short lines begin that are furniture.
const BEGINS: &[&str] = &[
    "read more:",
    "read more on",
    "read more about",
    "read also:",
    "read next:",
    "see also:",
    "related:",
    "more:",
    "read the rest here",
    "read the full",
    "you may also like",
    "you might also like",
    "follow us",
    "follow for more",
    "follow our",
    "like us on",
    "find us on",
    "join us on",
    "join our",
    "share on",
    "share this",
    "share via",
    "tweet this",
    "sign up for",
    "sign up to",
    "subscribe to",
    "subscribe now",
    "subscribe for",
    "click here",
    "tap here",
    "download our app",
    "download the app",
    "get our",
    "get the latest",
    "story continues",
    "article continues",
    "continue reading",
    "advertisement",
    "copyright ©",
    "© ",
    "skip to",
    "filed under",
    "posted in",
    "posted by",
    "tags:",
    "leave a comment",
    "never miss a story",
    "this article was originally",
    "watch:",
    "listen:",
    "support our journalism",
    "home »",
    "home >",
    "want more",
];

/// Words of a furniture line, at most: more are a sentence of the article.
const LONGEST: usize = 18;

pub(super) fn furniture(reading: &Reading, paragraph: &Paragraph, _: &Context, report: &mut Report) {
    let mut at = paragraph.range.start;
    for line in reading.text(paragraph.range.clone()).split('\n') {
        let words = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len() + 1;
        if words.len() <= LONGEST * 12 && is_furniture(words) {
            let range = start..start + words.len();
            report.fix(range.clone(), "this belongs to a page, not to the article", range, "");
        }
    }
}

fn is_furniture(line: &str) -> bool {
    let small = line.to_lowercase().replace('\u{fe0f}', "");
    let bare = small.trim_end_matches(['.', ':', '!', '…', '»', '>', ' ']);
    let count = small.split_whitespace().count();
    WHOLE.contains(&bare)
        || (count <= LONGEST && BEGINS.iter().any(|begin| small.starts_with(begin)))
        || is_counter(bare)
}

/// `0 comments`, `Image 3139`, `Text 1738609636636`, `5 min read`.
fn is_counter(line: &str) -> bool {
    let number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = line.split_whitespace().take(4).collect();
    match words[..] {
        [count, "comment" | "comments" | "shares" | "share" | "views" | "likes"] => number(count),
        ["image" | "text" | "photo" | "picture" | "img", digits] => number(digits),
        [count, "min" | "minute" | "mins", "read"] => number(count),
        _ => false,
    }
}
