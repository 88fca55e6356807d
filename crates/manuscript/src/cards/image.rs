use serde_json::Value;

use super::CardKind;
use crate::dom;
use crate::escape::push_attribute;
use crate::fields::Fields;
use crate::sanitise;
use crate::url::Picture;
use crate::web::Page;

/// A picture with its caption.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// Where the file is, as stored (it may start with `__GHOST_URL__`).
    pub src: String,
    /// Pixels of the original.
    pub width: Option<u32>,
    /// Pixels of the original.
    pub height: Option<u32>,
    /// What the picture shows, for who does not see it.
    pub alt: String,
    /// The `title` attribute.
    pub title: String,
    /// HTML; inline elements only are printed.
    pub caption: String,
    /// `regular`, `wide` or `full`.
    pub card_width: String,
    /// Where a click leads; empty for nowhere.
    pub href: String,
    pub(crate) fields: Fields,
}

impl Image {
    /// A picture of regular width that only has its file.
    pub fn new(src: impl Into<String>) -> Image {
        let fields = Fields::new([
            ("type", "image".into()),
            ("version", 1.into()),
            ("src", "".into()),
            ("width", Value::Null),
            ("height", Value::Null),
            ("title", "".into()),
            ("alt", "".into()),
            ("caption", "".into()),
            ("cardWidth", "regular".into()),
            ("href", "".into()),
        ]);
        Image { src: src.into(), ..Image::read(fields) }
    }

    fn srcset(&self, src: &str, page: &Page<'_>) -> Option<String> {
        let width = self.width?;
        let widths = page.image_widths();
        let (smallest, largest) = (*widths.iter().min()?, *widths.iter().max()?);
        if width < smallest {
            return None;
        }
        let mut offered: Vec<u32> = widths.iter().copied().filter(|w| *w <= width).collect();
        if width < largest {
            offered.push(width);
        }
        offered.sort_unstable();
        offered.dedup();
        let place = page.urls.picture(src)?;
        let offers = offered.into_iter().map(|w| match &place {
            // At its own width the original is offered itself, which saves a redirect.
            Picture::Own { .. } if w == width => format!("{src} {w}w"),
            place => format!("{} {w}w", place.at_width(w)),
        });
        Some(offers.collect::<Vec<_>>().join(", "))
    }

    /// Width and height as printed: scaled down to the widest that the site serves.
    fn shown_size(&self, src: &str, page: &Page<'_>) -> (Option<u32>, Option<u32>) {
        match (self.width, self.height) {
            (Some(width), height) if width > page.max_width() && page.urls.is_own_picture(src) => {
                let scale = f64::from(page.max_width()) / f64::from(width);
                (Some(page.max_width()), height.map(|height| (f64::from(height) * scale).round() as u32))
            }
            size => size,
        }
    }
}

impl CardKind for Image {
    const TYPE: &'static str = "image";

    fn read(mut fields: Fields) -> Image {
        Image {
            src: fields.take_text("src"),
            width: fields.number("width"),
            height: fields.number("height"),
            alt: fields.take_text("alt"),
            title: fields.take_text("title"),
            caption: fields.take_text("caption"),
            card_width: fields.take_text("cardWidth"),
            href: fields.take_text("href"),
            fields,
        }
    }

    fn fields(&self) -> Fields {
        let mut fields = self.fields.clone();
        fields.put_text("src", &self.src);
        fields.put_number("width", self.width);
        fields.put_number("height", self.height);
        fields.put_text("alt", &self.alt);
        fields.put_text("title", &self.title);
        fields.put_text("caption", &self.caption);
        fields.put_text("cardWidth", &self.card_width);
        fields.put_text("href", &self.href);
        fields
    }

    fn print(&self, page: &mut Page<'_>) {
        let Some(src) = page.urls.media(&self.src) else { return };
        let caption = sanitise::caption(&self.caption, &page.urls);
        let mut class = "kg-card kg-image-card".to_owned();
        if !matches!(self.card_width.as_str(), "" | "regular") {
            class.push_str(" kg-width-");
            class.push_str(&self.card_width);
        }
        if !caption.is_empty() {
            class.push_str(" kg-card-hascaption");
        }
        let (width, height) = self.shown_size(&src, page);
        let srcset = self.srcset(&src, page);
        let sizes = match (self.card_width.as_str(), self.width) {
            ("" | "regular", Some(720..)) => Some("(min-width: 720px) 720px"),
            ("wide", Some(1200..)) => Some("(min-width: 1200px) 1200px"),
            _ => None,
        };
        let href = page.urls.link(&self.href).filter(|href| !href.is_empty());

        let out = &mut page.out;
        out.push_str("<figure");
        push_attribute(out, "class", &class);
        out.push('>');
        if let Some(href) = &href {
            out.push_str("<a");
            push_attribute(out, "href", href);
            out.push('>');
        }
        out.push_str("<img");
        push_attribute(out, "src", &src);
        push_attribute(out, "class", "kg-image");
        push_attribute(out, "alt", &self.alt);
        push_attribute(out, "loading", "lazy");
        if !self.title.is_empty() {
            push_attribute(out, "title", &self.title);
        }
        for (name, pixels) in [("width", width), ("height", height)] {
            if let Some(pixels) = pixels {
                push_attribute(out, name, &pixels.to_string());
            }
        }
        if let Some(srcset) = &srcset {
            push_attribute(out, "srcset", srcset);
            if let Some(sizes) = sizes {
                push_attribute(out, "sizes", sizes);
            }
        }
        out.push('>');
        if href.is_some() {
            out.push_str("</a>");
        }
        if !caption.is_empty() {
            out.push_str("<figcaption>");
            out.push_str(&caption);
            out.push_str("</figcaption>");
        }
        out.push_str("</figure>");
    }

    fn texts(&self) -> Vec<(&'static str, String)> {
        vec![("caption", dom::text(&self.caption))]
    }

    fn pictures(&self) -> usize {
        1
    }
}
