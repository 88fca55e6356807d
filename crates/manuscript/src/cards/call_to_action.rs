use std::borrow::Cow;

use super::email_button::{EmailButton, Paint};
use super::image::{push_size, scaled};
use super::panel::accent_class;
use super::visibility::Visibility;
use super::{Shown, card, style};
use crate::dom;
use crate::escape::{Escaped, Quoted};
use crate::fields::Json;
use crate::page::{Page, put};
use crate::url::Picture;

card! {
    /// A call to action: a text with a button, often a sponsor's.
    CallToAction: "call-to-action" {
        /// `minimal`, or `immersive` with a large picture.
        layout "layout": Cow<'a, str> = r#""minimal""#,
        /// `left` or `center`.
        alignment "alignment": Cow<'a, str> = r#""left""#,
        /// The text as HTML.
        text_value "textValue": Cow<'a, str> = "\"\"",
        /// Whether there is a button.
        show_button "showButton": bool = "true",
        /// Whether rules stand above and below.
        show_dividers "showDividers": bool = "true",
        /// What stands on the button, as plain text.
        button_text "buttonText": Cow<'a, str> = r#""Learn more""#,
        /// Where button and picture lead.
        button_url "buttonUrl": Cow<'a, str> = "\"\"",
        /// The button's colour, or `accent`.
        button_color "buttonColor": Cow<'a, str> = r##""#000000""##,
        /// The colour of the button's text.
        button_text_color "buttonTextColor": Cow<'a, str> = r##""#ffffff""##,
        /// Whether it says whose it is.
        has_sponsor_label "hasSponsorLabel": bool = "true",
        /// How it says that, as HTML.
        sponsor_label "sponsorLabel": Cow<'a, str> = r#""<p><span style=\"white-space: pre-wrap;\">SPONSORED</span></p>""#,
        /// A word for the colour, which the theme's style sheet knows: `grey`, `blue`, `none`…
        background_color "backgroundColor": Cow<'a, str> = r#""grey""#,
        /// `text`, or `accent` for links in the accent colour.
        link_color "linkColor": Cow<'a, str> = r#""text""#,
        /// A picture.
        image_url "imageUrl": Cow<'a, str> = "\"\"",
        /// Pixels of the picture.
        image_width "imageWidth": Option<u32> = "null",
        /// Pixels of the picture.
        image_height "imageHeight": Option<u32> = "null",
        /// Who sees it, in Ghost's words.
        visibility "visibility": Json<'a> = r#"{"web":{"nonMember":true,"memberSegment":"status:free,status:-free"},"email":{"memberSegment":"status:free,status:-free"}}"#,
    }
}

impl Shown for CallToAction<'_> {
    fn print(&self, page: &mut Page<'_>) {
        if page.is_feed() { self.print_feed(page) } else { self.print_web(page) }
    }

    fn print_email(&self, page: &mut Page<'_>) {
        put!(
            page,
            r#"<table class="kg-card kg-cta-card {}" border="0" cellpadding="0" cellspacing="0" width="100%"><tbody>"#,
            self.email_classes(),
        );
        if self.has_sponsor_label {
            let label = page.foreign_html(&self.sponsor_label);
            put!(
                page,
                r#"<tr><td><table border="0" cellpadding="0" cellspacing="0" width="100%"><tbody><tr><td class="kg-cta-sponsor-label">{label}</td></tr></tbody></table></td></tr>"#
            );
        }
        page.out.push_str(
            r#"<tr><td class="kg-cta-content"><table border="0" cellpadding="0" cellspacing="0" width="100%" class="kg-cta-content-wrapper"><tbody>"#,
        );
        if self.layout == "immersive" {
            self.print_email_immersive(page)
        } else {
            self.print_email_minimal(page)
        }
        page.out.push_str("</tbody></table></td></tr></tbody></table>");
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        let mut texts = Vec::new();
        if self.has_sponsor_label {
            texts.push(("sponsorLabel", dom::text(&self.sponsor_label)));
        }
        texts.push(("textValue", dom::text(&self.text_value)));
        if self.show_button {
            texts.push(("buttonText", Cow::Borrowed(&self.button_text)));
        }
        texts
    }

    fn pictures(&self) -> usize {
        usize::from(!self.image_url.is_empty())
    }

    fn visibility(&self) -> Visibility {
        Visibility::of(&self.fields)
    }
}

/// Width in pixels of the picture in a mail's immersive card.
const EMAIL_IMAGE_WIDTH: u32 = 560;

impl CallToAction<'_> {
    /// Where the button leads, if there is one.
    fn button(&self, page: &Page<'_>) -> Option<Cow<'_, str>> {
        page.button_url(&self.button_url).filter(|_| self.show_button && !self.button_text.is_empty())
    }

    fn layout(&self) -> &str {
        style::word(&self.layout).unwrap_or("minimal")
    }

    fn background(&self) -> &str {
        style::word(&self.background_color).unwrap_or("white")
    }

    fn button_color(&self) -> &str {
        style::color(&self.button_color).unwrap_or("#000000")
    }

    fn no_dividers_class(&self) -> &'static str {
        if self.show_dividers { "" } else { "kg-cta-no-dividers" }
    }

    /// The classes at the end: for the picture, links and alignment.
    fn last_classes(&self) -> String {
        let image = if self.image_url.is_empty() { "" } else { "kg-cta-has-img" };
        let links = if self.link_color == "accent" { "kg-cta-link-accent" } else { "" };
        let align = if self.alignment == "center" { "kg-cta-centered" } else { "" };
        format!("{image} {links} {align}")
    }

    fn print_feed(&self, page: &mut Page<'_>) {
        if self.has_sponsor_label {
            let label = page.line_html(&self.sponsor_label);
            put!(page, "<p>{label}</p>");
        }
        if let Some(src) = page.urls.media(&self.image_url) {
            put!(page, r#"<p><img src="{}" alt=""></p>"#, Quoted(&src));
        }
        let text = page.foreign_html(&self.text_value);
        page.out.push_str(&text);
        if let Some(url) = self.button(page) {
            put!(page, r#"<p><a href="{}">{}</a></p>"#, Quoted(&url), Escaped(&self.button_text));
        }
    }

    fn print_web(&self, page: &mut Page<'_>) {
        let layout = self.layout();
        put!(
            page,
            r#"<div class="kg-card kg-cta-card kg-cta-bg-{} kg-cta-{layout} {} {}" data-layout="{layout}">
            "#,
            self.background(),
            self.no_dividers_class(),
            self.last_classes(),
        );
        if self.has_sponsor_label {
            let label = page.line_html(&self.sponsor_label);
            put!(
                page,
                r#"
                <div class="kg-cta-sponsor-label-wrapper">
                    <div class="kg-cta-sponsor-label">
                        {label}
                    </div>
                </div>
            "#
            );
        }
        page.out.push_str(
            r#"
            <div class="kg-cta-content">
                "#,
        );
        self.print_web_image(page);
        page.out.push_str("\n                ");
        if !self.text_value.is_empty() || self.show_button {
            self.print_web_text(page);
        }
        page.out.push_str(
            r#"
            </div>
        </div>"#,
        );
    }

    fn print_web_image(&self, page: &mut Page<'_>) {
        let Some(src) = page.urls.media(&self.image_url) else { return };
        page.out.push_str(
            r#"
                    <div class="kg-cta-image-container">
                        "#,
        );
        // A link around a picture that says nothing says nothing: beside the button, ours has none.
        let url = self.button(page).filter(|_| page.has_cards_script());
        let alt = if page.has_cards_script() { "CTA Image" } else { "" };
        page.open_link(url.as_deref());
        put!(page, r#"<img src="{}" alt="{alt}""#, Quoted(&src));
        match (self.image_width, self.image_height) {
            (Some(width), Some(height)) if page.has_cards_script() => {
                put!(page, r#" data-image-dimensions="{width}x{height}""#);
            }
            _ if page.has_cards_script() => {}
            // Room for the picture before it is there.
            size => push_size(size, page),
        }
        page.out.push('>');
        page.close_link(url.as_deref());
        page.out.push_str(
            r#"
                    </div>
                "#,
        );
    }

    fn print_web_text(&self, page: &mut Page<'_>) {
        page.out.push_str(
            r#"
                    <div class="kg-cta-content-inner">
                    "#,
        );
        if !self.text_value.is_empty() {
            let text = page.foreign_html(&self.text_value);
            put!(
                page,
                r#"
                        <div class="kg-cta-text">
                            {text}
                        </div>
                    "#
            );
        }
        page.out.push_str("\n                    ");
        if let Some(url) = self.button(page) {
            let color = self.button_color();
            let ground = if color == "accent" { String::new() } else { format!("background-color: {color}; ") };
            put!(
                page,
                r#"
                        <a href="{}" class="kg-cta-button {}" style="{ground}color: {};">
                            {}
                        </a>
                        "#,
                Quoted(&url),
                accent_class(color == "accent"),
                style::color(&self.button_text_color).unwrap_or("#ffffff"),
                Escaped(&self.button_text),
            );
        }
        page.out.push_str(
            r#"
                    </div>
                "#,
        );
    }

    fn email_classes(&self) -> String {
        let label = if self.has_sponsor_label { "" } else { "kg-cta-no-label" };
        let text = if self.text_value.is_empty() { "kg-cta-no-text" } else { "" };
        format!(
            "kg-cta-bg-{} {} kg-cta-{} {label} {text} {}",
            self.background(),
            self.no_dividers_class(),
            self.layout(),
            self.last_classes(),
        )
    }

    /// The picture above, over the whole width.
    fn print_email_immersive(&self, page: &mut Page<'_>) {
        if let Some(src) = page.urls.media(&self.image_url) {
            page.out.push_str(
                r#"<tr><td class="kg-cta-image-container"><table border="0" cellpadding="0" cellspacing="0" width="100%"><tbody><tr><td>"#,
            );
            let size = match (self.image_width, self.image_height) {
                (Some(width), Some(_)) if width > EMAIL_IMAGE_WIDTH => {
                    scaled(width, self.image_height, EMAIL_IMAGE_WIDTH)
                }
                size @ (Some(_), Some(_)) => size,
                _ => (None, None),
            };
            self.print_email_image(&src, size, page);
            page.out.push_str("</td></tr></tbody></table></td></tr>");
        }
        let align = if self.alignment == "center" { "center" } else { "left" };
        self.print_email_text(page);
        self.print_email_button(&format!(r#" align="{align}""#), page);
    }

    /// The picture at the left, small and square.
    fn print_email_minimal(&self, page: &mut Page<'_>) {
        page.out.push_str("<tr>");
        if let Some(src) = page.urls.media(&self.image_url) {
            page.out.push_str(r#"<td class="kg-cta-image-container" width="64">"#);
            let src = match page.urls.picture(&src) {
                Some(Picture::Own { before, file }) => {
                    Cow::Owned(format!("{before}/content/images/size/w256h256/{file}"))
                }
                _ => Cow::Borrowed(&*src),
            };
            self.print_email_image(&src, (Some(64), Some(64)), page);
            page.out.push_str("</td>");
        }
        page.out.push_str(
            r#"<td class="kg-cta-content-inner"><table border="0" cellpadding="0" cellspacing="0" width="100%">"#,
        );
        if !self.text_value.is_empty() {
            self.print_email_text(page);
        }
        self.print_email_button("", page);
        page.out.push_str("</table></td></tr>");
    }

    fn print_email_image(&self, src: &str, size: super::image::Size, page: &mut Page<'_>) {
        let url = self.button(page);
        page.open_link(url.as_deref());
        put!(page, r#"<img src="{}" alt="CTA Image" class="kg-cta-image""#, Quoted(src));
        push_size(size, page);
        page.out.push('>');
        page.close_link(url.as_deref());
    }

    fn print_email_text(&self, page: &mut Page<'_>) {
        let text = page.foreign_html(&self.text_value);
        put!(page, r#"<tr><td class="kg-cta-text">{text}</td></tr>"#);
    }

    /// `cell`: attributes of the table cell around it.
    fn print_email_button(&self, cell: &str, page: &mut Page<'_>) {
        if let Some(url) = self.button(page) {
            let paint = Paint::of(self.button_color());
            put!(page, r#"<tr><td class="kg-cta-button-container"{cell}>"#);
            page.email_button(&EmailButton { url: &url, label: &self.button_text, align: None, paint });
            page.out.push_str("</td></tr>");
        }
    }
}

impl Page<'_> {
    fn open_link(&mut self, url: Option<&str>) {
        if let Some(url) = url {
            put!(self, r#"<a href="{}">"#, Quoted(url));
        }
    }

    fn close_link(&mut self, url: Option<&str>) {
        if url.is_some() {
            self.out.push_str("</a>");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, CallToAction, Card, Document, Web};

    fn body() -> Document<'static> {
        let card = CallToAction {
            text_value: "<p>Read on</p><script>x</script>".into(),
            button_text: "<b>".into(),
            button_url: "/join/".into(),
            button_color: "red;x".into(),
            background_color: "\"x".into(),
            image_url: "/content/images/a.jpg".into(),
            image_width: Some(600),
            image_height: Some(400),
            ..CallToAction::blank()
        };
        Document::new(vec![Block::card(Card::CallToAction(card))])
    }

    #[test]
    fn nothing_in_it_runs() {
        let html = body().html(&Web::default());
        assert!(html.starts_with(r#"<div class="kg-card kg-cta-card kg-cta-bg-white kg-cta-minimal "#));
        assert!(html.contains(r#"style="background-color: #000000; color: #ffffff;">"#) && html.contains("&lt;b&gt;"));
        assert!(!html.contains("<script"));
    }

    #[test]
    fn without_script_the_picture_only_adorns() {
        assert!(
            body()
                .html(&Web::default())
                .contains(r#"<img src="/content/images/a.jpg" alt="" width="600" height="400">"#)
        );
    }

    #[test]
    fn a_feed_gets_it_plain() {
        assert_eq!(
            body().feed_html("https://example.org"),
            r#"<p><span style="white-space: pre-wrap;">SPONSORED</span></p><p><img src="https://example.org/content/images/a.jpg" alt=""></p><p>Read on</p><p><a href="https://example.org/join/">&lt;b&gt;</a></p>"#
        );
    }
}
