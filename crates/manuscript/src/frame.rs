//! Pages of other sites inside ours: nothing of them is loaded before the reader asks for it.

use std::fmt::Write;

use crate::escape::{Escaped, Quoted};
use crate::url::{Urls, host};

/// The hosts whose players and charts may be opened inside a page, by a click of the reader. Anything
/// else is a link. A page's `Content-Security-Policy` has to allow them in `frame-src`.
pub const FRAME_HOSTS: [&str; 41] = [
    "archive.org",
    "bandcamp.com",
    "clyp.it",
    "codepen.io",
    "datawrapper.dwcdn.net",
    "e.infogram.com",
    "embed.acast.com",
    "embed.documentcloud.org",
    "embed.music.apple.com",
    "embed.podcasts.apple.com",
    "embed.ted.com",
    "embed.tiktok.com",
    "fast.wistia.net",
    "flo.uri.sh",
    "geo.dailymotion.com",
    "giphy.com",
    "iframe.videodelivery.net",
    "my.matterport.com",
    "open.spotify.com",
    "ourworldindata.org",
    "player.twitch.tv",
    "player.vimeo.com",
    "podcasters.spotify.com",
    "public.flourish.studio",
    "public.tableau.com",
    "share.transistor.fm",
    "shows.acast.com",
    "verse.works",
    "video.ibm.com",
    "w.soundcloud.com",
    "www.arcgis.com",
    "www.dailymotion.com",
    "www.google.com",
    "www.instagram.com",
    "www.mixcloud.com",
    "www.openstreetmap.org",
    "www.scribd.com",
    "www.slideshare.net",
    "www.tiktok.com",
    "www.youtube-nocookie.com",
    "www.youtube.com",
];

/// What a foreign page inside ours may do: play, and open its own site in a new window.
const SANDBOX: &str = "allow-scripts allow-same-origin allow-popups allow-forms allow-presentation";

/// A page of another site inside ours.
pub(crate) struct Frame<'f> {
    /// The page.
    pub(crate) src: &'f str,
    /// What the frame says it shows; may be empty.
    pub(crate) title: &'f str,
    /// Its shape.
    pub(crate) size: Option<(u32, u32)>,
    /// Where a reader sees the same by itself; the page in the frame when there is none.
    pub(crate) link: Option<&'f str>,
}

impl Frame<'_> {
    /// Prints the frame's link, and before it, if `opens`, an empty frame that loads the page when its
    /// own link is followed. That takes no script: a link inside a frame leads the frame.
    ///
    /// Nothing for an address that is not safe to load.
    pub(crate) fn print(&self, urls: &Urls<'_>, opens: bool, out: &mut String) {
        let Some(src) = urls.media(self.src.trim()) else { return };
        let Some(place) = host(&src) else { return };
        if opens && FRAME_HOSTS.contains(&place) && (src.starts_with("https://") || src.starts_with("//")) {
            let title = if self.title.is_empty() { place } else { self.title };
            let start = format!(
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\">\
                 <title>{}</title><style>html,body{{height:100%;margin:0}}a{{display:grid;height:100%;place-items:center;\
                 font:1rem system-ui,sans-serif}}</style><a href=\"{}\">Show this from {}</a>",
                Escaped(title),
                Quoted(&src),
                Escaped(place),
            );
            let (width, height) = self.size.unwrap_or((16, 9));
            // Writing to a string does not fail.
            let _ = write!(
                out,
                "<iframe title=\"{}\" sandbox=\"{SANDBOX}\" allow=\"fullscreen\" style=\"width:100%;border:0;aspect-ratio:{width}/{height}\" \
                 srcdoc=\"{}\"></iframe>",
                Quoted(title),
                Quoted(&start),
            );
        }
        let link = self.link.and_then(|link| urls.link(link)).filter(|link| host(link).is_some()).unwrap_or(src);
        let place = host(&link).unwrap_or_default();
        let _ = write!(
            out,
            "<p class=\"kg-embed-link\"><a href=\"{}\" rel=\"noopener nofollow\">View this at {}</a></p>",
            Quoted(&link),
            Escaped(place),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{FRAME_HOSTS, Frame};
    use crate::url::Urls;

    fn print(src: &str, opens: bool) -> String {
        let mut out = String::new();
        let frame = Frame { src, title: "A \"film\"", size: Some((4, 3)), link: None };
        frame.print(&Urls::of_page("https://example.org"), opens, &mut out);
        out
    }

    #[test]
    fn a_player_is_loaded_by_the_link_inside_its_frame_and_not_before() {
        let html = print("https://www.youtube.com/embed/1?a=b&c=d", true);
        let page = scraper::Html::parse_fragment(&html);
        let frame = page.select(&scraper::Selector::parse("iframe").unwrap()).next().unwrap();
        assert_eq!(frame.attr("src"), None);
        let inside = scraper::Html::parse_document(frame.attr("srcdoc").unwrap());
        let link = inside.select(&scraper::Selector::parse("a").unwrap()).next().unwrap();
        assert_eq!(link.attr("href"), Some("https://www.youtube.com/embed/1?a=b&c=d"));
        assert!(html.ends_with("rel=\"noopener nofollow\">View this at www.youtube.com</a></p>"));
    }

    #[test]
    fn a_page_of_no_known_player_is_a_link() {
        for src in [
            "https://evil.example/x",
            "https://example.org/x",
            "http://www.youtube.com/x",
            "https://www.youtube.com@evil.example/",
        ] {
            assert!(!print(src, true).contains("<iframe"), "{src}");
            assert!(print(src, true).contains("<a href"), "{src}");
        }
        assert!(!print("https://www.youtube.com/embed/1", false).contains("<iframe"));
        assert_eq!(print("javascript:alert(1)", true), "");
    }

    #[test]
    fn the_hosts_are_sorted() {
        assert!(FRAME_HOSTS.is_sorted());
    }
}
