use std::borrow::Cow;

use super::fenced::fenced_url;
use super::image::push_size;
use super::player::{BARS, Clock, MUTE, PLAY, UNMUTE};
use super::still::Still;
use super::{Shown, card, style};
use crate::dom;
use crate::escape::Quoted;
use crate::page::{Page, Target, put};

card! {
    /// A film.
    Video: "video" {
        /// Where the file is, as stored (it may start with `__GHOST_URL__`).
        src "src": Cow<'a, str> = "\"\"",
        /// HTML; inline elements only are printed.
        caption "caption": Cow<'a, str> = "\"\"",
        /// The name that the file had.
        file_name "fileName": Cow<'a, str> = "\"\"",
        /// The type of the file, `video/mp4` say.
        mime_type "mimeType": Cow<'a, str> = "\"\"",
        /// Pixels of the film.
        width "width": Option<u32> = "null",
        /// Pixels of the film.
        height "height": Option<u32> = "null",
        /// How long it is, in seconds.
        duration "duration": f64 = "0",
        /// The still that was taken out of it.
        thumbnail_src "thumbnailSrc": Cow<'a, str> = "\"\"",
        /// The still that somebody chose instead; empty for none.
        custom_thumbnail_src "customThumbnailSrc": Cow<'a, str> = "\"\"",
        /// Pixels of the still.
        thumbnail_width "thumbnailWidth": Option<u32> = "null",
        /// Pixels of the still.
        thumbnail_height "thumbnailHeight": Option<u32> = "null",
        /// `regular`, `wide` or `full`.
        card_width "cardWidth": Cow<'a, str> = r#""regular""#,
        /// Whether it starts by itself, without sound, and again whenever it has ended.
        loops "loop": bool = "false",
    }
}

impl Shown for Video<'_> {
    fn print(&self, page: &mut Page<'_>) {
        let Some(src) = page.urls.media(&self.src) else { return };
        if page.has_cards_script() {
            self.print_for_script(&src, page);
        } else {
            self.print_by_itself(&src, page);
        }
    }

    fn print_email(&self, page: &mut Page<'_>) {
        let Target::Email(email) = page.target else { return };
        if page.urls.media(&self.src).is_none() {
            return;
        }
        let caption = page.line_html(&self.caption);
        put!(page, r#"<figure class="{}">"#, self.classes(&caption));
        let still = self.still(page);
        Still { src: still.as_deref(), ratio: self.ratio(), href: &email.article_url }.print(page);
        page.figcaption(&caption);
        page.out.push_str("</figure>");
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        vec![("caption", dom::text(&self.caption))]
    }
}

impl Video<'_> {
    fn still(&self, page: &Page<'_>) -> Option<Cow<'_, str>> {
        page.urls.media(&self.custom_thumbnail_src).or_else(|| page.urls.media(&self.thumbnail_src))
    }

    /// Width and height of the film, when both are known.
    fn size(&self) -> Option<(u32, u32)> {
        self.width.zip(self.height).filter(|(width, height)| *width > 0 && *height > 0)
    }

    /// Width divided by height; that of most films when it is not known.
    fn ratio(&self) -> f64 {
        let (width, height) = self.size().unwrap_or((16, 9));
        f64::from(width) / f64::from(height)
    }

    fn classes(&self, caption: &str) -> String {
        let width = style::word(&self.card_width).unwrap_or("regular");
        let with_caption = if caption.is_empty() { "" } else { " kg-card-hascaption" };
        format!("kg-card kg-video-card kg-width-{width}{with_caption}")
    }

    /// The browser's own player. A film that starts by itself can be stopped there too.
    fn print_by_itself(&self, src: &str, page: &mut Page<'_>) {
        let caption = page.line_html(&self.caption);
        put!(
            page,
            r#"<figure class="{}"><div class="kg-video-container"><video src="{}""#,
            self.classes(&caption),
            Quoted(src)
        );
        if let Some(still) = self.still(page) {
            put!(page, r#" poster="{}""#, Quoted(&still));
        }
        push_size(self.size().unzip(), page);
        if self.loops && !page.is_feed() {
            page.out.push_str(" loop autoplay muted");
        }
        page.out.push_str(r#" controls playsinline preload="metadata"></video></div>"#);
        page.figcaption(&caption);
        page.out.push_str("</figure>");
    }

    /// Ghost's player, which does nothing before its script comes.
    fn print_for_script(&self, src: &str, page: &mut Page<'_>) {
        let caption = page.line_html(&self.caption);
        let media = |url| page.urls.media(url).unwrap_or_default();
        let (thumbnail, custom) = (media(&self.thumbnail_src), media(&self.custom_thumbnail_src));
        put!(
            page,
            r#"<figure class="{}" data-kg-thumbnail="{}" data-kg-custom-thumbnail="{}">
            <div class="kg-video-container">
                <video src="{}" poster="{NO_POSTER}""#,
            self.classes(&caption),
            Quoted(&thumbnail),
            Quoted(&custom),
            Quoted(src)
        );
        push_size(self.size().unzip(), page);
        if self.loops {
            page.out.push_str(r#" loop="" autoplay="" muted="""#);
        }
        let (width, height) = self.size().unwrap_or((16, 9));
        let still = self.still(page).unwrap_or_default();
        let [left, right] = BARS;
        put!(
            page,
            r#" playsinline="" preload="metadata" style="aspect-ratio: {width} / {height}; background: transparent url('{still}') 50% 50% / cover no-repeat;"></video>
                <div class="kg-video-overlay">
                    <button class="kg-video-large-play-icon" aria-label="Play video">
                        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
                            {PLAY}
                        </svg>
                    </button>
                </div>
                <div class="kg-video-player-container{hidden}">
                    <div class="kg-video-player">
                        <button class="kg-video-play-icon" aria-label="Play video">
                            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
                                {PLAY}
                            </svg>
                        </button>
                        <button class="kg-video-pause-icon kg-video-hide" aria-label="Pause video">
                            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
                                {left}
                                {right}
                            </svg>
                        </button>
                        <span class="kg-video-current-time">0:00</span>
                        <div class="kg-video-time">
                            /<span class="kg-video-duration">{duration}</span>
                        </div>
                        <input type="range" class="kg-video-seek-slider" max="100" value="0">
                        <button class="kg-video-playback-rate" aria-label="Adjust playback speed">1×</button>
                        <button class="kg-video-unmute-icon" aria-label="Unmute">
                            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
                                {UNMUTE}
                            </svg>
                        </button>
                        <button class="kg-video-mute-icon kg-video-hide" aria-label="Mute">
                            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
                                {MUTE}
                            </svg>
                        </button>
                        <input type="range" class="kg-video-volume-slider" max="100" value="100">
                    </div>
                </div>
            </div>
            "#,
            still = Quoted(&fenced_url(&still)),
            hidden = if self.loops { " kg-video-hide" } else { "" },
            duration = Clock(self.duration),
        );
        page.figcaption(&caption);
        page.out.push_str("\n        </figure>");
    }
}

/// One transparent pixel: with Ghost's player the still is the background.
const NO_POSTER: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

#[cfg(test)]
mod tests {
    use crate::{Block, Card, Document, Email, Video, Web};

    fn body(video: Video<'static>) -> Document<'static> {
        Document::new(vec![Block::card(Card::Video(video))])
    }

    fn tide() -> Video<'static> {
        Video {
            src: "/content/media/v.mp4".into(),
            thumbnail_src: "/content/media/t.jpg".into(),
            width: Some(1280),
            height: Some(720),
            ..Video::blank()
        }
    }

    #[test]
    fn without_a_script_the_browser_plays_it() {
        assert_eq!(
            body(Video { loops: true, caption: "The <b>tide</b>".into(), ..tide() }).html(&Web::default()),
            "<figure class=\"kg-card kg-video-card kg-width-regular kg-card-hascaption\"><div class=\"kg-video-container\">\
             <video src=\"/content/media/v.mp4\" poster=\"/content/media/t.jpg\" width=\"1280\" height=\"720\" \
             loop autoplay muted controls playsinline preload=\"metadata\"></video></div>\
             <figcaption>The <b>tide</b></figcaption></figure>"
        );
    }

    #[test]
    fn in_a_feed_nothing_starts_by_itself() {
        let html = body(Video { loops: true, ..tide() }).feed_html("https://example.org");
        assert!(html.contains("<video src=\"https://example.org/content/media/v.mp4\""));
        assert!(html.contains(" controls") && !html.contains("autoplay"));
    }

    #[test]
    fn a_still_ends_neither_its_style_nor_its_comment() {
        let film = Video { thumbnail_src: "/t.jpg');x:url('--><b>\"".into(), card_width: "a\"b".into(), ..tide() };
        let html = body(film.clone()).html(&Web { cards_script: true, ..Web::default() });
        assert!(html.contains("url('/t.jpg%27);x:url(%27--%3E%3Cb%3E%22')"));
        assert!(html.starts_with("<figure class=\"kg-card kg-video-card kg-width-regular\""));
        let mail = body(film).email_html(&Email { site_url: "https://example.org".into(), ..Email::default() });
        assert!(mail.contains("<v:fill src=\"https://example.org/t.jpg%27);x:url(%27--%3E%3Cb%3E%22\" type"));
    }

    #[test]
    fn a_film_that_could_run_script_is_not_printed() {
        assert_eq!(body(Video { src: "javascript:alert(1)".into(), ..tide() }).html(&Web::default()), "");
    }
}
