use std::borrow::Cow;

use super::player::{BARS, Clock, MUTE, PLAY, UNMUTE};
use super::{Shown, card};
use crate::escape::{Escaped, Quoted};
use crate::page::{Page, Target, put};

card! {
    /// A recording to listen to.
    Audio: "audio" {
        /// How long it is, in seconds.
        duration "duration": f64 = "0",
        /// The type of the file, `audio/mpeg` say.
        mime_type "mimeType": Cow<'a, str> = "\"\"",
        /// Where the file is, as stored (it may start with `__GHOST_URL__`).
        src "src": Cow<'a, str> = "\"\"",
        /// What it is called, as plain text.
        title "title": Cow<'a, str> = "\"\"",
        /// The picture beside the player; empty for none.
        thumbnail_src "thumbnailSrc": Cow<'a, str> = "\"\"",
    }
}

impl Shown for Audio<'_> {
    fn print(&self, page: &mut Page<'_>) {
        let Some(src) = page.urls.media(&self.src) else { return };
        let thumbnail = page.urls.media(&self.thumbnail_src);
        if page.is_feed() {
            self.print_in_feed(&src, page);
        } else if page.has_cards_script() {
            self.print_for_script(&src, thumbnail.as_deref(), page);
        } else {
            self.print_by_itself(&src, thumbnail.as_deref(), page);
        }
    }

    fn print_email(&self, page: &mut Page<'_>) {
        let Target::Email(email) = page.target else { return };
        if page.urls.media(&self.src).is_none() {
            return;
        }
        let (article, title, duration) = (Quoted(&email.article_url), Escaped(&self.title), Clock(self.duration));
        put!(
            page,
            r#"<table cellspacing="0" cellpadding="0" border="0" class="kg-audio-card"><tr><td>
<table cellspacing="0" cellpadding="0" border="0" width="100%"><tr>
<td width="60"><a href="{article}" style="display: block; width: 60px; height: 60px; padding-top: 4px; padding-right: 16px; padding-bottom: 4px; padding-left: 4px; border-radius: 2px;">"#
        );
        match page.urls.media(&self.thumbnail_src) {
            Some(thumbnail) => put!(
                page,
                r#"<img src="{}" class="kg-audio-thumbnail" style="width: 60px; height: 60px; object-fit: cover; border: 0; border-radius: 2px;">"#,
                Quoted(&thumbnail)
            ),
            None => put!(
                page,
                r#"<img src="{}audio-file-icon.png" class="kg-audio-thumbnail placeholder" style="width: 24px; height: 24px; padding: 18px; border-radius: 2px;">"#,
                Quoted(&page.urls.media(&email.icons_url).unwrap_or_default())
            ),
        }
        put!(
            page,
            r#"</a></td>
<td style="position: relative; vertical-align: center;" valign="middle">
<a href="{article}" style="position: absolute; display: block; top: 0; right: 0; bottom: 0; left: 0;"></a>
<table cellspacing="0" cellpadding="0" border="0" width="100%">
<tr><td><a href="{article}" class="kg-audio-title">{title}</a></td></tr>
<tr><td><table cellspacing="0" cellpadding="0" border="0" width="100%"><tr>
<td width="24" style="vertical-align: middle;" valign="middle"><a href="{article}" class="kg-audio-play-button"></a></td>
<td style="vertical-align: middle;" valign="middle"><a href="{article}" class="kg-audio-duration">{duration}<span class="kg-audio-link"> • Click to play audio</span></a></td>
</tr></table></td></tr>
</table>
</td>
</tr></table>
</td></tr></table>"#
        );
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        vec![("title", Cow::Borrowed(&self.title))]
    }
}

impl Audio<'_> {
    /// The link is for feed readers that have no player.
    fn print_in_feed(&self, src: &str, page: &mut Page<'_>) {
        let src = Quoted(src);
        let title = if self.title.is_empty() { "Listen" } else { &self.title };
        put!(page, r#"<p><a href="{src}">{}</a></p><audio src="{src}" controls></audio>"#, Escaped(title));
    }

    /// The browser's own player.
    fn print_by_itself(&self, src: &str, thumbnail: Option<&str>, page: &mut Page<'_>) {
        page.out.push_str(r#"<div class="kg-card kg-audio-card">"#);
        if let Some(thumbnail) = thumbnail {
            put!(page, r#"<img src="{}" alt="" class="kg-audio-thumbnail" loading="lazy">"#, Quoted(thumbnail));
        }
        page.out.push_str(r#"<div class="kg-audio-player-container">"#);
        if !self.title.is_empty() {
            put!(page, r#"<div class="kg-audio-title">{}</div>"#, Escaped(&self.title));
        }
        put!(page, r#"<audio src="{}" controls preload="metadata""#, Quoted(src));
        if !self.title.is_empty() {
            put!(page, r#" aria-label="{}""#, Quoted(&self.title));
        }
        page.out.push_str("></audio></div></div>");
    }

    /// Ghost's player, which does nothing before its script comes.
    fn print_for_script(&self, src: &str, thumbnail: Option<&str>, page: &mut Page<'_>) {
        let (no_thumbnail, no_placeholder) =
            if thumbnail.is_some() { ("", " kg-audio-hide") } else { (" kg-audio-hide", "") };
        let [left, right] = BARS;
        put!(
            page,
            r#"<div class="kg-card kg-audio-card"><img src="{}" alt="audio-thumbnail" class="kg-audio-thumbnail{no_thumbnail}">"#,
            Quoted(thumbnail.unwrap_or_default())
        );
        put!(page, r#"<div class="kg-audio-thumbnail placeholder{no_placeholder}">{NOTE}</div>"#);
        put!(
            page,
            r#"<div class="kg-audio-player-container"><audio src="{}" preload="metadata"></audio><div class="kg-audio-title">{}</div>"#,
            Quoted(src),
            Escaped(&self.title)
        );
        put!(
            page,
            r#"<div class="kg-audio-player"><button class="kg-audio-play-icon" aria-label="Play audio"><svg viewBox="0 0 24 24">{PLAY}</svg></button>"#
        );
        put!(
            page,
            r#"<button class="kg-audio-pause-icon kg-audio-hide" aria-label="Pause audio"><svg viewBox="0 0 24 24">{left}{right}</svg></button>"#
        );
        put!(
            page,
            r#"<span class="kg-audio-current-time">0:00</span><div class="kg-audio-time">/<span class="kg-audio-duration">{}</span></div>"#,
            self.duration
        );
        put!(
            page,
            r#"<input type="range" class="kg-audio-seek-slider" max="100" value="0"><button class="kg-audio-playback-rate" aria-label="Adjust playback speed">1×</button>"#
        );
        put!(
            page,
            r#"<button class="kg-audio-unmute-icon" aria-label="Unmute"><svg viewBox="0 0 24 24">{UNMUTE}</svg></button>"#
        );
        put!(
            page,
            r#"<button class="kg-audio-mute-icon kg-audio-hide" aria-label="Mute"><svg viewBox="0 0 24 24">{MUTE}</svg></button>"#
        );
        page.out
            .push_str(r#"<input type="range" class="kg-audio-volume-slider" max="100" value="100"></div></div></div>"#);
    }
}

/// The drawing of Ghost's card (MIT licence, Copyright Ghost Foundation).
const NOTE: &str = r#"<svg width="24" height="24" fill="none"><path fill-rule="evenodd" clip-rule="evenodd" d="M7.5 15.33a.75.75 0 1 0 0 1.5.75.75 0 0 0 0-1.5Zm-2.25.75a2.25 2.25 0 1 1 4.5 0 2.25 2.25 0 0 1-4.5 0ZM15 13.83a.75.75 0 1 0 0 1.5.75.75 0 0 0 0-1.5Zm-2.25.75a2.25 2.25 0 1 1 4.5 0 2.25 2.25 0 0 1-4.5 0Z"></path><path fill-rule="evenodd" clip-rule="evenodd" d="M14.486 6.81A2.25 2.25 0 0 1 17.25 9v5.579a.75.75 0 0 1-1.5 0v-5.58a.75.75 0 0 0-.932-.727.755.755 0 0 1-.059.013l-4.465.744a.75.75 0 0 0-.544.72v6.33a.75.75 0 0 1-1.5 0v-6.33a2.25 2.25 0 0 1 1.763-2.194l4.473-.746Z"></path><path fill-rule="evenodd" clip-rule="evenodd" d="M3 1.5a.75.75 0 0 0-.75.75v19.5a.75.75 0 0 0 .75.75h18a.75.75 0 0 0 .75-.75V5.133a.75.75 0 0 0-.225-.535l-.002-.002-3-2.883A.75.75 0 0 0 18 1.5H3ZM1.409.659A2.25 2.25 0 0 1 3 0h15a2.25 2.25 0 0 1 1.568.637l.003.002 3 2.883a2.25 2.25 0 0 1 .679 1.61V21.75A2.25 2.25 0 0 1 21 24H3a2.25 2.25 0 0 1-2.25-2.25V2.25c0-.597.237-1.169.659-1.591Z"></path></svg>"#;

#[cfg(test)]
mod tests {
    use crate::{Audio, Block, Card, Document, Web};

    fn body(audio: Audio<'static>) -> Document<'static> {
        Document::new(vec![Block::card(Card::Audio(audio))])
    }

    fn interview() -> Audio<'static> {
        Audio { src: "/content/media/a.mp3".into(), title: "A \"talk\" & more".into(), ..Audio::blank() }
    }

    #[test]
    fn without_a_script_the_browser_plays_it() {
        assert_eq!(
            body(Audio { thumbnail_src: "/content/images/a.jpg".into(), ..interview() }).html(&Web::default()),
            "<div class=\"kg-card kg-audio-card\"><img src=\"/content/images/a.jpg\" alt=\"\" class=\"kg-audio-thumbnail\" \
             loading=\"lazy\"><div class=\"kg-audio-player-container\"><div class=\"kg-audio-title\">A \"talk\" &amp; more</div>\
             <audio src=\"/content/media/a.mp3\" controls preload=\"metadata\" aria-label=\"A &quot;talk&quot; &amp; more\">\
             </audio></div></div>"
        );
    }

    #[test]
    fn a_feed_gets_a_player_and_a_link() {
        assert_eq!(
            body(interview()).feed_html("https://example.org"),
            "<p><a href=\"https://example.org/content/media/a.mp3\">A \"talk\" &amp; more</a></p>\
             <audio src=\"https://example.org/content/media/a.mp3\" controls></audio>"
        );
    }

    #[test]
    fn a_recording_that_could_run_script_is_not_printed() {
        assert_eq!(body(Audio { src: "javascript:alert(1)".into(), ..interview() }).html(&Web::default()), "");
    }
}
