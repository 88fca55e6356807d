use std::borrow::Cow;

use super::{Shown, card};
use crate::dom;
use crate::escape::Quoted;
use crate::page::{Page, Target, put};
use crate::url::Picture;

card! {
    /// A picture with its caption.
    Image: "image" {
        /// Where the file is, as stored (it may start with `__GHOST_URL__`).
        src "src": Cow<'a, str> = "\"\"",
        /// Pixels of the original.
        width "width": Option<u32> = "null",
        /// Pixels of the original.
        height "height": Option<u32> = "null",
        /// The `title` attribute.
        title "title": Cow<'a, str> = "\"\"",
        /// What the picture shows, for who does not see it.
        alt "alt": Cow<'a, str> = "\"\"",
        /// HTML; inline elements only are printed.
        caption "caption": Cow<'a, str> = "\"\"",
        /// `regular`, `wide` or `full`.
        card_width "cardWidth": Cow<'a, str> = r#""regular""#,
        /// Where a click leads; empty for nowhere.
        href "href": Cow<'a, str> = "\"\"",
    }
}

impl<'a> Image<'a> {
    /// A picture of regular width that only has its file.
    pub fn new(src: impl Into<Cow<'a, str>>) -> Image<'a> {
        Image { src: src.into(), ..Image::blank() }
    }
}

impl Shown for Image<'_> {
    fn print(&self, page: &mut Page<'_>) {
        let Some(src) = page.urls.media(&self.src) else { return };
        let size = shown_size(self.width, self.height, &src, page);
        let srcset = srcset(self.width, &src, page);
        let sizes = match (&*self.card_width, self.width) {
            ("regular", Some(720..)) => Some("(min-width: 720px) 720px"),
            ("wide", Some(1200..)) => Some("(min-width: 1200px) 1200px"),
            _ => None,
        };
        self.figure(&src, size, srcset.as_deref().map(|srcset| (srcset, sizes)), page);
    }

    fn print_email(&self, page: &mut Page<'_>) {
        let Some(src) = page.urls.media(&self.src) else { return };
        let size = email_size(self.width, self.height);
        let src = email_src(self.width, src, page);
        self.figure(&src, size, None, page);
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        vec![("caption", dom::text(&self.caption))]
    }

    fn pictures(&self) -> usize {
        1
    }
}

impl Image<'_> {
    fn figure(&self, src: &str, size: Size, srcset: Option<(&str, Option<&str>)>, page: &mut Page<'_>) {
        let caption = page.line_html(&self.caption);
        page.out.push_str("<figure class=\"kg-card kg-image-card");
        if self.card_width != "regular" {
            put!(page, " kg-width-{}", Quoted(&self.card_width));
        }
        if !caption.is_empty() {
            page.out.push_str(" kg-card-hascaption");
        }
        page.out.push_str("\">");
        let href = page.urls.link(&self.href).filter(|href| !href.is_empty());
        if let Some(href) = &href {
            put!(page, "<a href=\"{}\">", Quoted(href));
        }
        put!(page, "<img src=\"{}\" class=\"kg-image\" alt=\"{}\" loading=\"lazy\"", Quoted(src), Quoted(&self.alt));
        if !self.title.is_empty() {
            put!(page, " title=\"{}\"", Quoted(&self.title));
        }
        push_size(size, page);
        if let Some((srcset, sizes)) = srcset {
            put!(page, " srcset=\"{}\"", Quoted(srcset));
            if let Some(sizes) = sizes {
                put!(page, " sizes=\"{sizes}\"");
            }
        }
        page.out.push('>');
        if href.is_some() {
            page.out.push_str("</a>");
        }
        page.figcaption(&caption);
        page.out.push_str("</figure>");
    }
}

/// Width and height in pixels.
pub(super) type Size = (Option<u32>, Option<u32>);

/// `width` and `height` as attributes.
pub(super) fn push_size((width, height): Size, page: &mut Page<'_>) {
    if let Some(width) = width {
        put!(page, " width=\"{width}\"");
    }
    if let Some(height) = height {
        put!(page, " height=\"{height}\"");
    }
}

/// Width and height as printed: scaled down to the widest that the site serves.
pub(super) fn shown_size(width: Option<u32>, height: Option<u32>, src: &str, page: &Page<'_>) -> Size {
    match width {
        Some(width) if width > page.max_width() && page.urls.is_own_picture(src) => {
            scaled(width, height, page.max_width())
        }
        _ => (width, height),
    }
}

/// Width of the text in a newsletter.
const EMAIL_WIDTH: u32 = 600;

/// The size in a newsletter.
pub(super) fn email_size(width: Option<u32>, height: Option<u32>) -> Size {
    match width {
        Some(width) if width > EMAIL_WIDTH => scaled(width, height, EMAIL_WIDTH),
        _ => (width, height),
    }
}

pub(super) fn scaled(width: u32, height: Option<u32>, to: u32) -> Size {
    let scale = f64::from(to) / f64::from(width);
    (Some(to), height.map(|height| (f64::from(height) * scale).round() as u32))
}

/// Of the site's own pictures a newsletter takes the smallest that is sharp on dense screens.
pub(super) fn email_src<'u>(width: Option<u32>, src: Cow<'u, str>, page: &Page<'_>) -> Cow<'u, str> {
    let widths = offered_widths(width, page);
    let sharp = widths.iter().find(|width| **width >= 2 * EMAIL_WIDTH);
    match (page.urls.picture(&src), sharp) {
        (Some(place @ Picture::Own { .. }), Some(sharp)) if Some(*sharp) != width => Cow::Owned(place.at_width(*sharp)),
        _ => src,
    }
}

/// `srcset` for one of the site's pictures.
pub(super) fn srcset(width: Option<u32>, src: &str, page: &Page<'_>) -> Option<String> {
    if !matches!(page.target, Target::Web(_)) || width? < *page.image_widths().iter().min()? {
        return None;
    }
    let place = page.urls.picture(src)?;
    let mut srcset = String::new();
    for offered in offered_widths(width, page) {
        if !srcset.is_empty() {
            srcset.push_str(", ");
        }
        match &place {
            // At its own width the original is offered itself, which saves a redirect.
            Picture::Own { .. } if Some(offered) == width => srcset.push_str(src),
            place => srcset.push_str(&place.at_width(offered)),
        }
        srcset.push_str(&format!(" {offered}w"));
    }
    Some(srcset)
}

/// The widths that the site serves of a picture, its own among them, smallest first.
fn offered_widths(width: Option<u32>, page: &Page<'_>) -> Vec<u32> {
    let widths = page.image_widths();
    let Some(width) = width else { return Vec::new() };
    let mut offered: Vec<u32> = widths.iter().copied().filter(|offered| *offered <= width).collect();
    if widths.iter().max().is_some_and(|largest| width < *largest) {
        offered.push(width);
    }
    offered.sort_unstable();
    offered.dedup();
    offered
}
