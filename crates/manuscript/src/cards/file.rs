use std::borrow::Cow;
use std::fmt::{self, Display};

use super::{Shown, card};
use crate::escape::{Escaped, Quoted};
use crate::page::{Page, Target, put};

card! {
    /// A file to take away.
    File: "file" {
        /// Where it is, as stored (it may start with `__GHOST_URL__`).
        src "src": Cow<'a, str> = "\"\"",
        /// What it is called, as plain text.
        file_title "fileTitle": Cow<'a, str> = "\"\"",
        /// What it holds, as plain text.
        file_caption "fileCaption": Cow<'a, str> = "\"\"",
        /// The name of the file.
        file_name "fileName": Cow<'a, str> = "\"\"",
        /// Its size in bytes; 0 when it is not known.
        file_size "fileSize": u32 = "0",
    }
}

impl Shown for File<'_> {
    fn print(&self, page: &mut Page<'_>) {
        let Some(src) = page.urls.media(&self.src) else { return };
        if page.is_feed() {
            self.print_in_feed(&src, page);
        } else if page.has_cards_script() {
            self.print_as_ghost(&src, page);
        } else {
            self.print_without_furniture(&src, page);
        }
    }

    fn print_email(&self, page: &mut Page<'_>) {
        let Target::Email(email) = page.target else { return };
        if page.urls.media(&self.src).is_none() {
            return;
        }
        let article = Quoted(&email.article_url);
        page.out.push_str(
            r#"<table cellspacing="0" cellpadding="4" border="0" class="kg-file-card" width="100%"><tr><td>
<table cellspacing="0" cellpadding="0" border="0" width="100%"><tr>
<td valign="middle" style="vertical-align: middle;">"#,
        );
        for (class, text) in [("title", &self.file_title), ("description", &self.file_caption)] {
            if !text.is_empty() {
                put!(
                    page,
                    r#"
<table cellspacing="0" cellpadding="0" border="0" width="100%"><tr><td><a href="{article}" class="kg-file-{class}">{}</a></td></tr></table>"#,
                    Escaped(text)
                );
            }
        }
        let icon_style = if self.file_title.is_empty() && self.file_caption.is_empty() {
            "margin-top: 6px; height: 20px; width: 20px; max-width: 20px; padding-top: 4px; padding-bottom: 4px;"
        } else {
            "margin-top: 6px; height: 24px; width: 24px; max-width: 24px;"
        };
        put!(
            page,
            r#"
<table cellspacing="0" cellpadding="0" border="0" width="100%"><tr><td><a href="{article}" class="kg-file-meta"><span class="kg-file-name">{}</span> • {}</a></td></tr></table>
</td>
<td width="80" valign="middle" class="kg-file-thumbnail">
<a href="{article}" style="display: block; top: 0; right: 0; bottom: 0; left: 0;"><img src="{}download-icon-darkmode.png" style="{icon_style}"></a>
</td>
</tr></table>
</td></tr></table>"#,
            Escaped(&self.file_name),
            Bytes(self.file_size),
            Quoted(&page.urls.media(&email.icons_url).unwrap_or_default()),
        );
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        vec![("fileTitle", Cow::Borrowed(&self.file_title)), ("fileCaption", Cow::Borrowed(&self.file_caption))]
    }
}

impl File<'_> {
    fn print_as_ghost(&self, src: &str, page: &mut Page<'_>) {
        put!(
            page,
            r#"<div class="kg-card kg-file-card"><a class="kg-file-card-container" href="{}" title="Download" download=""><div class="kg-file-card-contents">"#,
            Quoted(src)
        );
        put!(
            page,
            r#"<div class="kg-file-card-title">{}</div><div class="kg-file-card-caption">{}</div>"#,
            Escaped(&self.file_title),
            Escaped(&self.file_caption)
        );
        put!(
            page,
            r#"<div class="kg-file-card-metadata"><div class="kg-file-card-filename">{}</div><div class="kg-file-card-filesize">{}</div></div></div>"#,
            Escaped(&self.file_name),
            Bytes(self.file_size)
        );
        put!(page, r#"<div class="kg-file-card-icon">{GHOSTS_ICON}</div></a></div>"#);
    }

    /// What is empty is left out, and the icon, whose style would reach over the whole page and whose title would
    /// be read aloud, is a plain drawing.
    fn print_without_furniture(&self, src: &str, page: &mut Page<'_>) {
        put!(
            page,
            r#"<div class="kg-card kg-file-card"><a class="kg-file-card-container" href="{}" title="Download" download><div class="kg-file-card-contents">"#,
            Quoted(src)
        );
        for (class, text) in [("title", &self.file_title), ("caption", &self.file_caption)] {
            if !text.is_empty() {
                put!(page, r#"<div class="kg-file-card-{class}">{}</div>"#, Escaped(text));
            }
        }
        put!(
            page,
            r#"<div class="kg-file-card-metadata"><div class="kg-file-card-filename">{}</div>"#,
            Escaped(self.shown_name(src))
        );
        if self.file_size > 0 {
            put!(page, r#"<div class="kg-file-card-filesize">{}</div>"#, Bytes(self.file_size));
        }
        put!(page, r#"</div></div><div class="kg-file-card-icon">{ICON}</div></a></div>"#);
    }

    fn print_in_feed(&self, src: &str, page: &mut Page<'_>) {
        let name = self.shown_name(src);
        let title = if self.file_title.is_empty() { name } else { &self.file_title };
        put!(page, r#"<p><a href="{}">{}</a>"#, Quoted(src), Escaped(title));
        if self.file_size > 0 {
            put!(page, " ({})", Bytes(self.file_size));
        }
        if !self.file_caption.is_empty() {
            put!(page, "<br>{}", Escaped(&self.file_caption));
        }
        page.out.push_str("</p>");
    }

    /// A link needs a text: without a name, the end of the URL.
    fn shown_name<'s>(&'s self, src: &'s str) -> &'s str {
        let last = || src.rsplit('/').find(|part| !part.is_empty()).unwrap_or(src);
        if self.file_name.is_empty() { last() } else { &self.file_name }
    }
}

/// A number of bytes in the greatest unit of which it holds one, in Ghost's words: `0 Byte`, `214 Bytes`,
/// `1 MB`.
struct Bytes(u32);

impl Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (divisor, unit) = match self.0 {
            0 => return f.write_str("0 Byte"),
            1..0x400 => (1, "Bytes"),
            0x400..0x10_0000 => (0x400, "KB"),
            0x10_0000..0x4000_0000 => (0x10_0000, "MB"),
            _ => (0x4000_0000, "GB"),
        };
        write!(f, "{} {unit}", (f64::from(self.0) / f64::from(divisor)).round())
    }
}

/// The icon of Ghost's card (MIT licence, Copyright Ghost Foundation), with all that Ghost prints around it.
const GHOSTS_ICON: &str = r#"<svg viewBox="0 0 24 24"><defs><style>.a{fill:none;stroke:currentColor;stroke-linecap:round;stroke-linejoin:round;stroke-width:1.5px;}</style></defs><title>download-circle</title><polyline class="a" points="8.25 14.25 12 18 15.75 14.25"></polyline><line class="a" x1="12" y1="6.75" x2="12" y2="18"></line><circle class="a" cx="12" cy="12" r="11.25"></circle></svg>"#;

/// The same drawing by itself.
const ICON: &str = r#"<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round" stroke-width="1.5" aria-hidden="true"><path d="m8.25 14.25 3.75 3.75 3.75-3.75M12 6.75V18"/><circle cx="12" cy="12" r="11.25"/></svg>"#;

#[cfg(test)]
mod tests {
    use super::Bytes;
    use crate::{Block, Card, Document, File, Web};

    fn body(file: File<'static>) -> Document<'static> {
        Document::new(vec![Block::card(Card::File(file))])
    }

    fn minutes() -> File<'static> {
        File { src: "/content/files/m.pdf".into(), file_size: 214, ..File::blank() }
    }

    #[test]
    fn sizes_are_in_ghosts_words() {
        let sizes = [0, 1, 1023, 1024, 1535, 1536, 1_048_575, 1_536_000, 1_073_741_824, u32::MAX];
        let shown = sizes.map(|size| Bytes(size).to_string());
        assert_eq!(
            shown,
            ["0 Byte", "1 Bytes", "1023 Bytes", "1 KB", "1 KB", "2 KB", "1024 KB", "1 MB", "1 GB", "4 GB"]
        );
    }

    #[test]
    fn without_a_script_the_link_always_has_a_text_and_nothing_is_empty() {
        let html = body(minutes()).html(&Web::default());
        assert!(html.contains(
            "<div class=\"kg-file-card-contents\"><div class=\"kg-file-card-metadata\"><div class=\"kg-file-card-filename\">\
             m.pdf</div><div class=\"kg-file-card-filesize\">214 Bytes</div></div></div>"
        ));
        assert!(!html.contains("<style>") && html.contains("aria-hidden"));
    }

    #[test]
    fn a_feed_gets_a_link() {
        let file = File { file_title: "Minutes <4 March>".into(), file_caption: "As approved".into(), ..minutes() };
        assert_eq!(
            body(file).feed_html("https://example.org"),
            "<p><a href=\"https://example.org/content/files/m.pdf\">Minutes &lt;4 March&gt;</a> (214 Bytes)<br>As approved</p>"
        );
    }

    #[test]
    fn a_file_that_could_run_script_is_not_printed() {
        assert_eq!(body(File { src: "javascript:alert(1)".into(), ..minutes() }).html(&Web::default()), "");
    }
}
