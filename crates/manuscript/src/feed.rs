use crate::document::Document;
use crate::page::{Page, Target};

impl Document<'_> {
    /// The body for a feed: absolute URLs, neither ids nor `srcset`, foreign HTML always cleaned,
    /// nothing for members only. A paywall is the caller's: give it the
    /// [`public_part`](Document::public_part).
    pub fn feed_html(&self, site_url: &str) -> String {
        Page::new(Target::Feed, site_url).document(self)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Document, Image, Inline};

    #[test]
    fn a_feed_gets_absolute_urls_and_no_ids() {
        let body = Document::new(vec![
            Block::heading(2, "The vote"),
            Block::paragraph_of(vec![Inline::link("/about/", "about"), Inline::link("__GHOST_URL__/x/", "x")]),
            Block::image(Image { width: Some(1600), ..Image::new("/content/images/a.jpg") }),
            Block::html("<p id=\"fn1\"><a href=\"/y/\">y</a><script>x</script></p>"),
        ]);
        assert_eq!(
            body.feed_html("https://example.org/"),
            "<h2>The vote</h2><p><a href=\"https://example.org/about/\">about</a><a href=\"https://example.org/x/\">x</a></p>\
             <figure class=\"kg-card kg-image-card\"><img src=\"https://example.org/content/images/a.jpg\" class=\"kg-image\" alt=\"\" \
             loading=\"lazy\" width=\"1600\"></figure><p id=\"fn1\"><a href=\"https://example.org/y/\">y</a></p>"
        );
    }
}
