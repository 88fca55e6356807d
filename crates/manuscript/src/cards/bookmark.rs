use std::borrow::Cow;

use serde_json::Value;

use super::fenced::{FencedText, fenced_url};
use super::{Shown, card};
use crate::dom;
use crate::escape::{Escaped, Quoted};
use crate::fields::Json;
use crate::page::{Page, put};

card! {
    /// A link to a page, with what the page says of itself.
    Bookmark: "bookmark" {
        /// The page.
        url "url": Cow<'a, str> = "\"\"",
        /// What the page says of itself, as plain texts and URLs: `title`, `description`, `author`, `publisher`,
        /// `icon`, `thumbnail`.
        metadata "metadata": Json<'a> = r#"{"icon":"","title":"","description":"","author":"","publisher":"","thumbnail":""}"#,
        /// HTML; inline elements only are printed.
        caption "caption": Cow<'a, str> = "\"\"",
    }
}

impl Shown for Bookmark<'_> {
    fn print(&self, page: &mut Page<'_>) {
        let metadata = self.metadata.value();
        let Some(about) = About::of(self, &metadata, page) else { return };
        let caption = page.line_html(&self.caption);
        if page.is_feed() {
            about.print_in_feed(&caption, page);
        } else {
            about.print(&caption, page);
        }
    }

    fn print_email(&self, page: &mut Page<'_>) {
        let metadata = self.metadata.value();
        let Some(about) = About::of(self, &metadata, page) else { return };
        let caption = page.line_html(&self.caption);
        let description = shortened(about.description);
        page.out.push_str("<div>\n<!--[if !mso !vml]-->\n");
        about.print_in_mail(&description, &caption, page);
        page.out.push_str("\n<!--[endif]-->\n");
        about.print_for_outlook(&description, page);
        page.out.push_str("</div>");
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        let metadata = self.metadata.value();
        let said = ["title", "description", "publisher", "author"]
            .map(|key| (key, Cow::Owned(metadata[key].as_str().unwrap_or_default().to_owned())));
        said.into_iter().chain([("caption", dom::text(&self.caption))]).collect()
    }
}

/// What a page says of itself; empty where it says nothing.
struct About<'m> {
    url: Cow<'m, str>,
    title: &'m str,
    description: &'m str,
    author: &'m str,
    publisher: &'m str,
    icon: Option<Cow<'m, str>>,
    thumbnail: Option<Cow<'m, str>>,
}

impl<'m> About<'m> {
    /// `None` when the bookmark leads nowhere.
    fn of(bookmark: &'m Bookmark<'_>, metadata: &'m Value, page: &Page<'_>) -> Option<About<'m>> {
        let text = |key: &str| metadata[key].as_str().unwrap_or_default();
        Some(About {
            url: page.urls.link(&bookmark.url).filter(|url| !url.is_empty())?,
            title: text("title"),
            description: text("description"),
            author: text("author"),
            publisher: text("publisher"),
            icon: page.urls.media(text("icon")),
            thumbnail: page.urls.media(text("thumbnail")),
        })
    }

    /// A link needs a text.
    fn title_or_url(&self) -> &str {
        if self.title.is_empty() { &self.url } else { self.title }
    }

    /// Ghost prints elements for what is empty too, and a script that hides a thumbnail that is gone; without
    /// Ghost's script on the page both are left out. It names the publisher first and calls him the author.
    fn print(&self, caption: &str, page: &mut Page<'_>) {
        let as_ghost = page.has_cards_script();
        let title = if as_ghost { self.title } else { self.title_or_url() };
        put!(
            page,
            r#"<figure class="kg-card kg-bookmark-card{}"><a class="kg-bookmark-container" href="{}"><div class="kg-bookmark-content"><div class="kg-bookmark-title">{}</div>"#,
            if caption.is_empty() { "" } else { " kg-card-hascaption" },
            Quoted(&self.url),
            Escaped(title)
        );
        if as_ghost || !self.description.is_empty() {
            put!(page, r#"<div class="kg-bookmark-description">{}</div>"#, Escaped(self.description));
        }
        if as_ghost || self.icon.is_some() || !self.publisher.is_empty() || !self.author.is_empty() {
            page.out.push_str(r#"<div class="kg-bookmark-metadata">"#);
            if let Some(icon) = &self.icon {
                put!(page, r#"<img class="kg-bookmark-icon" src="{}" alt="">"#, Quoted(icon));
            }
            for (class, text) in [("author", self.publisher), ("publisher", self.author)] {
                if !text.is_empty() {
                    put!(page, r#"<span class="kg-bookmark-{class}">{}</span>"#, Escaped(text));
                }
            }
            page.out.push_str("</div>");
        }
        page.out.push_str("</div>");
        if let Some(thumbnail) = &self.thumbnail {
            let rest = if as_ghost { r#"onerror="this.style.display = 'none'""# } else { r#"loading="lazy""# };
            put!(page, r#"<div class="kg-bookmark-thumbnail"><img src="{}" alt="" {rest}></div>"#, Quoted(thumbnail));
        }
        page.out.push_str("</a>");
        page.figcaption(caption);
        page.out.push_str("</figure>");
    }

    fn print_in_feed(&self, caption: &str, page: &mut Page<'_>) {
        put!(page, r#"<p><a href="{}">{}</a>"#, Quoted(&self.url), Escaped(self.title_or_url()));
        if !self.description.is_empty() {
            put!(page, "<br>{}", Escaped(self.description));
        }
        if !caption.is_empty() {
            put!(page, "<br>{caption}");
        }
        page.out.push_str("</p>");
    }

    fn print_in_mail(&self, description: &str, caption: &str, page: &mut Page<'_>) {
        put!(
            page,
            r#"<figure class="kg-card kg-bookmark-card {}">
<a class="kg-bookmark-container" href="{}">
<div class="kg-bookmark-content">
<div class="kg-bookmark-title">{}</div>
<div class="kg-bookmark-description">{description}</div>
<div class="kg-bookmark-metadata">"#,
            if caption.is_empty() { "" } else { "kg-card-hascaption" },
            Quoted(&self.url),
            Escaped(self.title)
        );
        if let Some(icon) = &self.icon {
            put!(page, r#"<img class="kg-bookmark-icon" src="{}" alt="">"#, Quoted(icon));
        }
        for (class, text) in [("author", self.publisher), ("publisher", self.author)] {
            if !text.is_empty() {
                let (src, text) = (Quoted(text), Escaped(text));
                put!(page, r#"<span class="kg-bookmark-{class}" src="{src}">{text}</span>"#);
            }
        }
        page.out.push_str("</div>\n</div>\n");
        if let Some(thumbnail) = &self.thumbnail {
            put!(
                page,
                r#"<div class="kg-bookmark-thumbnail" style="background-image: url('{}')"><img src="{}" alt="" onerror="this.style.display='none'"></div>"#,
                Quoted(&fenced_url(thumbnail)),
                Quoted(thumbnail)
            );
        }
        page.out.push_str("</a>");
        page.figcaption(caption);
        page.out.push_str("</figure>");
    }

    /// The same as a table, in a comment that other mail programs pass over.
    fn print_for_outlook(&self, description: &str, page: &mut Page<'_>) {
        let (url, title) = (fenced_url(&self.url), FencedText(self.title));
        put!(
            page,
            r#"<!--[if vml]>
<table class="kg-card kg-bookmark-card--outlook" style="margin: 0; padding: 0; width: 100%; border: 1px solid #e5eff5; background: #ffffff; font-family: -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Oxygen, Ubuntu, Cantarell, 'Open Sans', 'Helvetica Neue', sans-serif; border-collapse: collapse; border-spacing: 0;" width="100%">
<tr>
<td width="100%" style="padding: 20px;">
<table style="margin: 0; padding: 0; border-collapse: collapse; border-spacing: 0;">
<tr>
<td class="kg-bookmark-title--outlook">
<a href="{url}" style="text-decoration: none; color: #15212A; font-size: 15px; line-height: 1.5em; font-weight: 600;">
{title}
</a>
</td>
</tr>
<tr>
<td>
<div class="kg-bookmark-description--outlook">
<a href="{url}" style="text-decoration: none; margin-top: 12px; color: #738a94; font-size: 13px; line-height: 1.5em; font-weight: 400;">
{description}
</a>
</div>
</td>
</tr>
<tr>
<td class="kg-bookmark-metadata--outlook" style="padding-top: 14px; color: #15212A; font-size: 13px; font-weight: 400; line-height: 1.5em;">
<table style="margin: 0; padding: 0; border-collapse: collapse; border-spacing: 0;">
<tr>
"#
        );
        if let Some(icon) = &self.icon {
            put!(
                page,
                r#"<td valign="middle" class="kg-bookmark-icon--outlook" style="padding-right: 8px; font-size: 0; line-height: 1.5em;">
<a href="{url}" style="text-decoration: none; color: #15212A;">
<img src="{}" width="22" height="22" alt=" ">
</a>
</td>
"#,
                fenced_url(icon)
            );
        }
        put!(
            page,
            r#"<td valign="middle" class="kg-bookmark-byline--outlook">
<a href="{url}" style="text-decoration: none; color: #15212A;">
{}
"#,
            FencedText(self.publisher)
        );
        if !self.author.is_empty() {
            put!(page, "&nbsp;&#x2022;&nbsp;\n{}\n", FencedText(self.author));
        }
        page.out.push_str(
            r#"</a>
</td>
</tr>
</table>
</td>
</tr>
</table>
</td>
</tr>
</table>
<div class="kg-bookmark-spacer--outlook" style="height: 1.5em;">&nbsp;</div>
<![endif]-->"#,
        );
    }
}

/// Characters of a description in a newsletter, on a telephone and elsewhere.
const SHORT: (usize, usize) = (90, 120);

/// A description cut twice, with classes by which the mail's style sheet shows one or the other; as HTML.
fn shortened(description: &str) -> String {
    let length = description.chars().count();
    let starts = |n: usize| description.char_indices().nth(n).map_or(description.len(), |(at, _)| at);
    if length <= SHORT.0 {
        return FencedText(description).to_string();
    }
    // One character makes room for the ellipsis.
    let (phone, desktop) = (starts(SHORT.0 - 1), starts(if length > SHORT.1 { SHORT.1 - 1 } else { length }));
    let ellipsis = if length > SHORT.1 { "…" } else { "<span class=\"hide-desktop\">…</span>" };
    format!(
        "{}<span class=\"desktop-only\">{}</span>{ellipsis}",
        FencedText(&description[..phone]),
        FencedText(&description[phone..desktop]),
    )
}

#[cfg(test)]
mod tests {
    use super::shortened;
    use crate::{Document, Email, Web};

    fn body(card: &str) -> String {
        format!(r#"{{"root":{{"type":"root","children":[{{"type":"bookmark",{card}}}]}}}}"#)
    }

    fn print(card: &str) -> String {
        Document::parse(&body(card)).unwrap().html(&Web::default())
    }

    #[test]
    fn without_a_script_the_link_has_a_text_and_nothing_is_empty() {
        assert_eq!(
            print(r#""url":"https://a.example/?a=1&b=2","metadata":{"thumbnail":"/t.jpg","author":null}"#),
            "<figure class=\"kg-card kg-bookmark-card\"><a class=\"kg-bookmark-container\" href=\"https://a.example/?a=1&amp;b=2\">\
             <div class=\"kg-bookmark-content\"><div class=\"kg-bookmark-title\">https://a.example/?a=1&amp;b=2</div></div>\
             <div class=\"kg-bookmark-thumbnail\">\
             <img src=\"/t.jpg\" alt=\"\" loading=\"lazy\"></div></a></figure>"
        );
    }

    #[test]
    fn a_bookmark_that_leads_nowhere_safe_is_not_printed() {
        assert_eq!(print(r#""url":"javascript:alert(1)","metadata":{"title":"T"}"#), "");
        assert_eq!(print(r#""metadata":{"title":"T"}"#), "");
    }

    #[test]
    fn a_feed_gets_a_link_with_what_is_said_of_it() {
        let body =
            body(r#""url":"/x/","metadata":{"title":"T","description":"A <b>","icon":"/i.ico"},"caption":"<i>c</i>""#);
        assert_eq!(
            Document::parse(&body).unwrap().feed_html("https://example.org"),
            "<p><a href=\"https://example.org/x/\">T</a><br>A &lt;b&gt;<br><i>c</i></p>"
        );
    }

    #[test]
    fn nothing_ends_the_comment_for_outlook() {
        let end = r#"--!>--><![endif]--><img src=x onerror=x>"#;
        let card = format!(
            r#""url":"https://a.example/{end}","metadata":{{"title":"{end}","description":"{end}","author":"{end}","icon":"/{end}"}}"#
        );
        let mail = Document::parse(&body(&card)).unwrap().email_html(&Email::default());
        let (_, comment) = mail.split_once("<!--[if vml]>").unwrap();
        assert_eq!(comment.find("-->"), Some(comment.len() - "--></div>".len()));
        assert!(!comment.contains("--!>"));
    }

    #[test]
    fn a_long_description_is_cut_between_characters() {
        let long = "é".repeat(200);
        let (phone, desktop) = ("é".repeat(89), "é".repeat(30));
        assert_eq!(shortened(&long), format!("{phone}<span class=\"desktop-only\">{desktop}</span>…"));
        assert_eq!(shortened(&long[..180]), long[..180]);
        let whole =
            format!("{phone}<span class=\"desktop-only\">{desktop}é</span><span class=\"hide-desktop\">…</span>");
        assert_eq!(shortened(&long[..240]), whole);
    }
}
