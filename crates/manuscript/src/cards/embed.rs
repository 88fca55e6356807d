use std::borrow::Cow;

use scraper::ElementRef;
use serde_json::Value;

use super::still::Still;
use super::{Shown, card, tweet};
use crate::dom;
use crate::fields::Json;
use crate::frame::Frame;
use crate::page::{Page, Target, put};
use crate::sanitise;

card! {
    /// Something from another site, shown in place: a film, a chart, a post.
    Embed: "embed" {
        /// The page that it was made from.
        url "url": Cow<'a, str> = "\"\"",
        /// What the other site calls it: `video`, `rich`, `photo`, `twitter`…
        embed_type "embedType": Cow<'a, str> = "\"\"",
        /// The HTML that the other site gave. It is cleaned when it is printed, unless the page trusts it.
        html "html": Cow<'a, str> = "\"\"",
        /// What the other site said of it (oEmbed): title, author, thumbnail.
        metadata "metadata": Json<'a> = "{}",
        /// HTML; inline elements only are printed.
        caption "caption": Cow<'a, str> = "\"\"",
    }
}

impl Shown for Embed<'_> {
    fn print(&self, page: &mut Page<'_>) {
        if self.url.is_empty() && self.html.is_empty() {
            return;
        }
        self.figure(page, |card, page| {
            if page.trusts(&card.html) {
                return page.out.push_str(&reserialised(&card.html, page.urls.site()));
            }
            card.loaded_by_a_click(page);
        });
    }

    fn print_email(&self, page: &mut Page<'_>) {
        let metadata = self.metadata.value();
        let tweet = tweet::Tweet::of(&metadata).filter(|_| self.embed_type == "twitter");
        match (tweet, Thumbnail::of(&metadata)) {
            (Some(tweet), _) => self.figure(page, |_, page| tweet.print(page)),
            (None, Some(thumbnail)) if self.embed_type == "video" && !self.html.is_empty() => {
                self.figure(page, |card, page| thumbnail.print(&card.url, page));
            }
            _ => self.print(page),
        }
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        vec![("html", dom::text(&self.html)), ("caption", dom::text(&self.caption))]
    }

    fn foreign_html(&self) -> Option<&str> {
        Some(&self.html)
    }
}

impl Embed<'_> {
    fn figure(&self, page: &mut Page<'_>, print: impl FnOnce(&Self, &mut Page<'_>)) {
        if self.html.is_empty() && matches!(&page.target, Target::Web(web) if web.cards_script) {
            return;
        }
        let caption = page.line_html(&self.caption);
        let class = if caption.is_empty() { "" } else { " kg-card-hascaption" };
        put!(page, "<figure class=\"kg-card kg-embed-card{class}\">");
        print(self, page);
        page.figcaption(&caption);
        page.out.push_str("</figure>");
    }

    /// What is text in the other site's HTML stands at once; its frame or script waits for a click.
    fn loaded_by_a_click(&self, page: &mut Page<'_>) {
        let opens = matches!(page.target, Target::Web(_));
        let title = self.metadata.value()["title"].as_str().unwrap_or_default().to_owned();
        if let Some((src, size)) = frame_in(&self.html) {
            let frame = Frame { src: &src, title: &title, size, link: Some(&self.url) };
            return frame.print(&page.urls, opens, &mut page.out);
        }
        let html = sanitise::card(&self.html, &page.urls, opens);
        page.out.push_str(html.trim());
        Frame { src: &self.url, title: &title, size: None, link: None }.print(&page.urls, false, &mut page.out);
    }
}

/// The first frame of a piece of HTML, and its size.
fn frame_in(html: &str) -> Option<(String, Option<(u32, u32)>)> {
    let html = dom::parse(html).ok()?;
    let mut nodes = dom::content(&html).flat_map(|node| node.descendants());
    let frame = nodes.find(|node| dom::name(node) == Some("iframe"))?;
    Some((dom::attribute(&frame, "src")?.to_owned(), sanitise::size(&frame)))
}

/// HTML as a browser gives it back after reading it, which is what Ghost prints.
fn reserialised(html: &str, site: &str) -> String {
    let Ok(parsed) = dom::parse(html) else { return String::new() };
    let root = ElementRef::wrap(parsed.tree.root().first_child().unwrap_or_else(|| parsed.tree.root()));
    root.map(|root| root.inner_html().trim().replace("__GHOST_URL__", site)).unwrap_or_default()
}

/// The still of a film.
struct Thumbnail<'m> {
    url: &'m str,
    width: f64,
    height: f64,
}

impl<'m> Thumbnail<'m> {
    fn of(metadata: &'m Value) -> Option<Thumbnail<'m>> {
        let pixels = |key: &str| metadata[key].as_f64().filter(|pixels| *pixels >= 1.0);
        let url = metadata["thumbnail_url"].as_str().filter(|url| !url.is_empty())?;
        Some(Thumbnail { url, width: pixels("thumbnail_width")?, height: pixels("thumbnail_height")? })
    }

    /// Prints the still as a link to the film: mail programs play none.
    fn print(&self, film: &str, page: &mut Page<'_>) {
        let (Some(film), Some(still)) = (page.urls.link(film), page.urls.media(self.url)) else { return };
        Still { src: Some(&still), ratio: self.width / self.height, href: &film }.print(page);
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, Web};

    fn print(card: &str) -> String {
        let body = format!(r#"{{"root":{{"type":"root","children":[{card}]}}}}"#);
        Document::parse(&body).unwrap().html(&Web::default())
    }

    #[test]
    fn a_film_waits_for_a_click_and_can_be_seen_elsewhere() {
        let html = print(
            r#"{"type":"embed","url":"https://www.youtube.com/watch?v=1","metadata":{"title":"A film"},
            "html":"<iframe width=\"200\" height=\"113\" src=\"https://www.youtube.com/embed/1\"></iframe>","caption":"Cap"}"#,
        );
        assert!(html.starts_with(
            "<figure class=\"kg-card kg-embed-card kg-card-hascaption\"><iframe title=\"A film\" sandbox="
        ));
        assert!(html.contains("aspect-ratio:200/113") && !html.contains(" src="));
        assert!(html.ends_with(
            "<p class=\"kg-embed-link\"><a href=\"https://www.youtube.com/watch?v=1\" rel=\"noopener nofollow\">View this at \
             www.youtube.com</a></p><figcaption>Cap</figcaption></figure>"
        ));
    }

    #[test]
    fn a_post_of_another_site_keeps_its_words_and_loses_its_script() {
        let html = print(
            r#"{"type":"embed","url":"https://social.example/1","html":"<blockquote class=\"post\"><p>Hello</p></blockquote><script src=\"https://social.example/w.js\"></script>"}"#,
        );
        assert_eq!(
            html,
            "<figure class=\"kg-card kg-embed-card\"><blockquote class=\"post\"><p>Hello</p></blockquote><p class=\"kg-embed-link\">\
             <a href=\"https://social.example/1\" rel=\"noopener nofollow\">View this at social.example</a></p></figure>"
        );
    }

    #[test]
    fn an_embed_without_html_is_a_link() {
        assert!(print(r#"{"type":"embed","url":"https://a.example/1"}"#).contains("<a href=\"https://a.example/1\""));
        assert_eq!(print(r#"{"type":"embed"}"#), "");
        assert!(!print(r#"{"type":"embed","url":"javascript:alert(1)"}"#).contains("<a"));
    }
}
