//! The blocks of WordPress's editor: what each of them is in a manuscript.
//!
//! A block that is nothing but HTML gives its HTML, and what groups dissolves. What has a card (gallery, film, file,
//! button…) leaves a mark. What WordPress filled anew for every page is left out and counted; of a block that nobody here
//! knows, what stands in it is kept.

mod grammar;
mod media;
mod words;

use super::limits::{MAX_REUSED_BLOCKS, MAX_REUSED_DEPTH};
use super::{Work, anchors, autop, count, marks, shortcode};
pub(super) use grammar::are_in;
use grammar::{Block, Part};

/// What WordPress fills at every request.
const FILLED: [&str; 55] = [
    "archives",
    "avatar",
    "breadcrumbs",
    "calendar",
    "categories",
    "comment-author-avatar",
    "comment-author-name",
    "comment-content",
    "comment-date",
    "comment-edit-link",
    "comment-reply-link",
    "comment-template",
    "comments",
    "comments-pagination",
    "comments-title",
    "home-link",
    "latest-comments",
    "latest-posts",
    "legacy-widget",
    "loginout",
    "navigation",
    "navigation-link",
    "navigation-submenu",
    "page-list",
    "page-list-item",
    "pattern",
    "post-author",
    "post-author-biography",
    "post-author-name",
    "post-comments",
    "post-comments-count",
    "post-comments-form",
    "post-comments-link",
    "post-content",
    "post-date",
    "post-excerpt",
    "post-featured-image",
    "post-navigation-link",
    "post-template",
    "post-terms",
    "post-title",
    "query-no-results",
    "query-pagination",
    "query-title",
    "query-total",
    "read-more",
    "rss",
    "search",
    "site-logo",
    "site-tagline",
    "site-title",
    "tag-cloud",
    "template-part",
    "term-description",
    "terms-query",
];

/// What is one card.
const LEAVES: [&str; 5] = ["button", "code", "embed", "file", "gallery"];

/// What is its HTML, and what its blocks are.
const PLAIN: [&str; 29] = [
    "accordion",
    "accordion-heading",
    "accordion-panel",
    "audio",
    "buttons",
    "column",
    "columns",
    "details",
    "freeform",
    "group",
    "heading",
    "list",
    "list-item",
    "media-text",
    "missing",
    "paragraph",
    "preformatted",
    "pullquote",
    "query",
    "quote",
    "row",
    "separator",
    "stack",
    "subhead",
    "table",
    "table-of-contents",
    "text-columns",
    "video",
    "widget-group",
];

/// Renders the blocks of a content, without setting its text.
pub(super) fn render(text: &str, work: &mut Work<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    for part in grammar::parse(text) {
        put(&part, work, &mut out);
    }
    out
}

/// Replaces the marks between the pages of a classic post by places to link to, and takes out the mark after which its
/// beginning ended in lists.
pub(super) fn divide_pages(text: &str, work: &mut Work<'_>) -> String {
    const NEXT: &str = "<!--nextpage-->";
    let text = without_more(text);
    let mut parts = text.split(NEXT);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // One at the very beginning divides nothing.
        if !out.trim().is_empty() {
            out.push_str(&format!("\n\n{}\n\n", work.next_page()));
        }
        out.push_str(part);
    }
    out
}

/// A text without `<!--more …-->` and `<!--noteaser-->`.
fn without_more(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("<!--") {
        let end = rest[at + 4..].find("-->").map(|end| at + end + 7);
        let inside = &rest[at + 4..end.map_or(rest.len(), |end| end - 3)];
        let Some(end) = end else { break };
        let goes = inside == "noteaser" || inside == "more" || inside.starts_with("more ");
        out.push_str(&rest[..if goes { at } else { end }]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

impl Work<'_> {
    /// Begins a new page: the mark of a place to link to.
    fn next_page(&mut self) -> String {
        self.pages += 1;
        let id = format!("page-{}", self.pages);
        self.cards.mark(vec![anchors::card(&[&id])])
    }
}

fn put(part: &Part<'_>, work: &mut Work<'_>, out: &mut String) {
    match part {
        Part::Html(html) => free_text(html, work, out),
        Part::Block(block) => put_block(block, work, out),
    }
}

/// What stands between blocks. A post from before there were blocks may have gone on as lines.
fn free_text(html: &str, work: &mut Work<'_>, out: &mut String) {
    let html = divide_pages(html, work);
    let has_paragraphs = ["<p>", "<p "].iter().any(|tag| html.contains(tag));
    if !has_paragraphs && html.trim().contains("\n\n") {
        out.push_str(&autop::autop(&html));
    } else {
        out.push_str(&html);
    }
}

fn put_block(block: &Block<'_>, work: &mut Work<'_>, out: &mut String) {
    let Some(name) = block.core_name() else {
        count(&mut work.report.counts.unknown_blocks, &block.name);
        return unknown(block, work, out);
    };
    // What was never closed may have swallowed half the article.
    if !block.is_whole {
        return plain(block, work, out);
    }
    if LEAVES.contains(&name) || name.starts_with("embed/") {
        return leaf(block, name, work, out);
    }
    match name {
        "verse" => words::verse(block, work, out),
        "html" => words::html(block, work, out),
        "accordion-item" => words::accordion_item(block, work, out),
        "social-links" => words::social_links(block, work, out),
        "footnotes" => {
            let notes = work.place_footnotes();
            out.push_str(&notes);
        }
        "shortcode" => out.push_str(&autop::autop(&inside(block, work))),
        "image" => media::image(block, work, out),
        "cover" | "cover-image" => media::cover(block, work, out),
        // A space is no content, and neither is where the beginning ends in lists.
        "more" | "spacer" => {}
        "nextpage" => {
            let mark = work.next_page();
            out.push_str(&mark);
        }
        "block" => reused(block, work, out),
        _ if PLAIN.contains(&name) => plain(block, work, out),
        _ if FILLED.contains(&name) => count(&mut work.report.counts.dropped_blocks, name),
        _ => {
            count(&mut work.report.counts.unknown_blocks, &block.name);
            unknown(block, work, out);
        }
    }
}

/// A block that is one card. Cards that somebody put into it stand behind it; one with whole blocks in it is none.
fn leaf(block: &Block<'_>, name: &str, work: &mut Work<'_>, out: &mut String) {
    if !block.holds_only(if name == "gallery" { "image" } else { "" }) {
        return plain(block, work, out);
    }
    match name {
        "code" => words::code(block, work, out),
        "button" => words::button(block, work, out),
        "file" => media::file(block, work, out),
        "gallery" => media::gallery(block, work, out),
        _ => media::embed(block, work, out),
    }
    let inside = marks::only(&block.html());
    if !inside.is_empty() && !out.ends_with(&inside) {
        out.push_str(&inside);
    }
}

/// The HTML of a block, with its blocks where they stand.
fn plain(block: &Block<'_>, work: &mut Work<'_>, out: &mut String) {
    for part in &block.parts {
        match part {
            Part::Html(html) => out.push_str(html),
            Part::Block(block) => put_block(block, work, out),
        }
    }
}

fn inside(block: &Block<'_>, work: &mut Work<'_>) -> String {
    let mut out = String::new();
    plain(block, work, &mut out);
    out
}

/// A block of a plugin. Page builders keep a classic post in one.
fn unknown(block: &Block<'_>, work: &mut Work<'_>, out: &mut String) {
    for part in &block.parts {
        put(part, work, out);
    }
}

/// A block that stands in many articles: its content as it is now.
fn reused(block: &Block<'_>, work: &mut Work<'_>, out: &mut String) {
    let Some(id) = block.number("ref") else { return plain(block, work, out) };
    let content = work.around.reusable.and_then(|reusable| reusable.get(&id));
    let Some(content) = content else { return work.note(&format!("the reusable block {id} is not in the export")) };
    let is_too_much = work.reused >= MAX_REUSED_BLOCKS || work.reading.len() >= MAX_REUSED_DEPTH;
    if is_too_much || work.reading.contains(&id) {
        return work.note(&format!("the reusable block {id} holds itself, or there are too many"));
    }
    if block.settings.contains_key("content") {
        work.note(&format!("the reusable block {id} was changed in this article: it came as it is elsewhere"));
    }
    work.reused += 1;
    work.reading.push(id);
    let text = shortcode::replace(&marks::door(content), work);
    if are_in(&text) {
        out.push_str(&render(&text, work));
    } else {
        let text = divide_pages(&text, work);
        out.push_str(&autop::autop(&text));
    }
    work.reading.pop();
}

#[cfg(test)]
mod tests;
