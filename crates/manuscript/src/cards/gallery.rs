use std::borrow::Cow;
use std::collections::BTreeMap;

use super::image::{Size, email_size, email_src, push_size, shown_size, srcset};
use super::{Shown, card};
use crate::dom;
use crate::escape::Quoted;
use crate::fields::{FieldValue, Fields};
use crate::page::{Page, Target, put};
use crate::raw::Raw;
use crate::url::Picture;

card! {
    /// Several pictures, in rows.
    Gallery: "gallery" {
        /// The pictures in their order.
        images "images": Vec<GalleryImage<'a>> = "[]",
        /// HTML; inline elements only are printed.
        caption "caption": Cow<'a, str> = "\"\"",
    }
}

card! {
    /// One picture of a gallery; no card by itself.
    GalleryImage: "" {
        /// Where the file is, as stored.
        src "src": Cow<'a, str> = "\"\"",
        /// Pixels of the original.
        width "width": Option<u32> = "null",
        /// Pixels of the original.
        height "height": Option<u32> = "null",
        /// The name of the file.
        file_name "fileName": Cow<'a, str> = "\"\"",
        /// The number of its row, from 0.
        row "row": u32 = "0",
        /// The `title` attribute.
        title "title": Cow<'a, str> = "\"\"",
        /// What the picture shows, for who does not see it.
        alt "alt": Cow<'a, str> = "\"\"",
        /// Where a click leads; empty for nowhere.
        href "href": Cow<'a, str> = "\"\"",
        /// HTML; only some editors write it.
        caption "caption": Cow<'a, str> = "\"\"",
    }
}

impl<'a> GalleryImage<'a> {
    /// A picture that only has its file.
    pub fn new(src: impl Into<Cow<'a, str>>) -> GalleryImage<'a> {
        let usual = [("fileName", "\"\""), ("row", "0"), ("src", "\"\""), ("width", "null"), ("height", "null")];
        GalleryImage { src: src.into(), ..GalleryImage::read(Fields::new(&usual)) }
    }
}

impl PartialEq for GalleryImage<'_> {
    fn eq(&self, other: &GalleryImage<'_>) -> bool {
        self.written().to_map() == other.written().to_map()
    }
}

impl<'a> FieldValue<'a> for Vec<GalleryImage<'a>> {
    fn read(raw: Option<&Raw<'a>>) -> Option<Self> {
        Some(Fields::of_array(raw?)?.into_iter().map(GalleryImage::read).collect())
    }

    fn raw(&self) -> Raw<'a> {
        let mut json = String::from("[");
        for (number, image) in self.iter().enumerate() {
            if number > 0 {
                json.push(',');
            }
            image.written().write(&mut json, None);
        }
        json.push(']');
        Raw(Cow::Owned(json))
    }
}

impl Shown for Gallery<'_> {
    fn print(&self, page: &mut Page<'_>) {
        self.figure(page, |image, src, alone, page| {
            let size = shown_size(image.width, image.height, src, page);
            let srcset = srcset(image.width, src, page);
            let sizes = match image.width {
                Some(1200..) if alone => Some("(min-width: 1200px) 1200px"),
                Some(720..) => Some("(min-width: 720px) 720px"),
                _ => None,
            };
            image.print(src, size, srcset.as_deref().map(|srcset| (srcset, sizes)), page);
        });
    }

    fn print_email(&self, page: &mut Page<'_>) {
        self.figure(page, |image, src, _, page| {
            let src = match page.urls.picture(src) {
                Some(place @ Picture::Unsplash { .. }) => Cow::Owned(place.at_width(SHARP_IN_MAIL)),
                _ => email_src(image.width, Cow::Borrowed(src), page),
            };
            image.print(&src, email_size(image.width, image.height), None, page);
        });
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        vec![("caption", dom::text(&self.caption))]
    }

    fn pictures(&self) -> usize {
        self.images.iter().filter(|image| !image.src.is_empty()).count()
    }
}

/// Pixels of a picture over the whole width of a newsletter on a dense screen.
const SHARP_IN_MAIL: u32 = 1200;

/// How many pictures stand side by side.
const IN_A_ROW: usize = 3;

impl Gallery<'_> {
    /// Prints the rows; `print` prints a picture, whose URL it gets, and whether it is the only one.
    fn figure(&self, page: &mut Page<'_>, print: impl Fn(&GalleryImage<'_>, &str, bool, &mut Page<'_>)) {
        // Ghost leaves out a picture without file name or size. Readers and feeds get every one.
        let as_ghost = page.has_cards_script() || matches!(page.target, Target::Email(_));
        let images: Vec<_> = self
            .images
            .iter()
            .filter(|image| !as_ghost || image.is_whole())
            .filter_map(|image| Some((image, page.urls.media(&image.src)?)))
            .collect();
        if images.is_empty() {
            return;
        }
        let alone = images.len() == 1;
        let mut rows: BTreeMap<u32, Vec<_>> = BTreeMap::new();
        for (number, (image, src)) in images.iter().enumerate() {
            // The last picture would stand by itself: the one before it keeps it company.
            let moves_down = !alone && images.len() % IN_A_ROW == 1 && number == images.len() - 2;
            rows.entry(image.row.saturating_add(u32::from(moves_down))).or_default().push((image, src));
        }
        let caption = page.line_html(&self.caption);
        put!(
            page,
            r#"<figure class="kg-card kg-gallery-card kg-width-wide{}"><div class="kg-gallery-container">"#,
            if caption.is_empty() { "" } else { " kg-card-hascaption" }
        );
        for row in rows.values() {
            page.out.push_str(r#"<div class="kg-gallery-row">"#);
            for (image, src) in row {
                image.open(page);
                print(image, src, alone, page);
                page.out.push_str("</div>");
            }
            page.out.push_str("</div>");
        }
        page.out.push_str("</div>");
        page.figcaption(&caption);
        page.out.push_str("</figure>");
    }
}

impl GalleryImage<'_> {
    /// Whether it has all that Ghost asks of a picture in a gallery.
    fn is_whole(&self) -> bool {
        let some = |pixels: Option<u32>| pixels.is_some_and(|pixels| pixels > 0);
        !self.file_name.is_empty() && !self.src.is_empty() && some(self.width) && some(self.height)
    }

    /// Opens the picture's place in its row. Wide pictures get more of the row than tall ones, so that all are of
    /// one height: on a page with Ghost's script, that does it.
    fn open(&self, page: &mut Page<'_>) {
        match (page.target, self.width, self.height) {
            (Target::Web(web), Some(width), Some(height)) if !web.cards_script => {
                let ratio = (f64::from(width) / f64::from(height)).clamp(0.001, 1000.0);
                put!(
                    page,
                    r#"<div class="kg-gallery-image" style="flex: {} 1 0%">"#,
                    (ratio * 1000.0).round() / 1000.0
                );
            }
            _ => page.out.push_str(r#"<div class="kg-gallery-image">"#),
        }
    }

    fn print(&self, src: &str, size: Size, srcset: Option<(&str, Option<&str>)>, page: &mut Page<'_>) {
        let href = page.urls.link(&self.href).filter(|href| !href.is_empty());
        if let Some(href) = &href {
            put!(page, r#"<a href="{}">"#, Quoted(href));
        }
        put!(page, r#"<img src="{}""#, Quoted(src));
        push_size(size, page);
        put!(page, r#" loading="lazy" alt="{}""#, Quoted(&self.alt));
        if !self.title.is_empty() {
            put!(page, r#" title="{}""#, Quoted(&self.title));
        }
        if let Some((srcset, sizes)) = srcset {
            put!(page, r#" srcset="{}""#, Quoted(srcset));
            if let Some(sizes) = sizes {
                put!(page, r#" sizes="{sizes}""#);
            }
        }
        page.out.push('>');
        if href.is_some() {
            page.out.push_str("</a>");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Card, Document, Gallery, GalleryImage, Web};

    fn image(src: &'static str) -> GalleryImage<'static> {
        GalleryImage { file_name: "a.jpg".into(), width: Some(300), height: Some(200), ..GalleryImage::new(src) }
    }

    fn body(images: Vec<GalleryImage<'static>>) -> Document<'static> {
        Document::new(vec![Block::card(Card::Gallery(Gallery { images, ..Gallery::blank() }))])
    }

    #[test]
    fn without_a_script_a_wide_picture_gets_more_of_its_row() {
        let tall = GalleryImage { width: Some(200), height: Some(300), ..image("/b.jpg") };
        assert_eq!(
            body(vec![image("/a.jpg"), tall]).html(&Web::default()),
            "<figure class=\"kg-card kg-gallery-card kg-width-wide\"><div class=\"kg-gallery-container\"><div class=\"kg-gallery-row\">\
             <div class=\"kg-gallery-image\" style=\"flex: 1.5 1 0%\"><img src=\"/a.jpg\" width=\"300\" height=\"200\" loading=\"lazy\" \
             alt=\"\"></div><div class=\"kg-gallery-image\" style=\"flex: 0.667 1 0%\"><img src=\"/b.jpg\" width=\"200\" height=\"300\" \
             loading=\"lazy\" alt=\"\"></div></div></div></figure>"
        );
    }

    #[test]
    fn an_unsafe_picture_or_link_is_left_out() {
        let linked = GalleryImage { href: "javascript:alert(1)".into(), alt: "\"><b>".into(), ..image("/a.jpg") };
        let html = body(vec![image("javascript:alert(1)"), linked]).html(&Web::default());
        assert_eq!((html.matches("<img").count(), html.contains("<a ")), (1, false));
        assert!(html.contains(r#"alt="&quot;><b>""#));
        assert_eq!(body(vec![image("data:image/png,x")]).html(&Web::default()), "");
    }
}
