use std::borrow::Cow;

use super::image::{push_size, scaled};
use super::{Shown, card};
use crate::dom;
use crate::escape::{Escaped, Quoted};
use crate::page::{Page, Target, put};

card! {
    /// A product: its picture, its name, what is good and bad about it, stars, and a button to get it.
    Product: "product" {
        /// Where the picture is, as stored; empty for none.
        product_image_src "productImageSrc": Cow<'a, str> = "\"\"",
        /// Pixels of the original.
        product_image_width "productImageWidth": Option<u32> = "null",
        /// Pixels of the original.
        product_image_height "productImageHeight": Option<u32> = "null",
        /// What it is called: HTML, of which inline elements only are printed.
        product_title "productTitle": Cow<'a, str> = "\"\"",
        /// What is to be said of it: HTML, paragraphs and lists.
        product_description "productDescription": Cow<'a, str> = "\"\"",
        /// Whether it has stars.
        product_rating_enabled "productRatingEnabled": bool = "false",
        /// How many stars of five.
        product_star_rating "productStarRating": u32 = "5",
        /// Whether it has a button.
        product_button_enabled "productButtonEnabled": bool = "false",
        /// What stands on the button, as plain text.
        product_button "productButton": Cow<'a, str> = "\"\"",
        /// Where the button leads.
        product_url "productUrl": Cow<'a, str> = "\"\"",
    }
}

impl Shown for Product<'_> {
    fn print(&self, page: &mut Page<'_>) {
        if self.is_blank() {
            return;
        }
        if page.is_feed() {
            return self.print_in_feed(page);
        }
        page.out.push_str(
            r#"<div class="kg-card kg-product-card">
            <div class="kg-product-card-container">
                "#,
        );
        self.print_picture(page);
        self.print_title(page);
        page.out.push_str("\n                ");
        self.print_rating(page);
        let description = page.foreign_html(&self.product_description);
        put!(
            page,
            r#"

                <div class="kg-product-card-description">{description}</div>
                "#
        );
        self.print_button(page);
        page.out.push_str(
            r#"
            </div>
        </div>"#,
        );
    }

    fn print_email(&self, page: &mut Page<'_>) {
        let Target::Email(email) = page.target else { return };
        if self.is_blank() {
            return;
        }
        page.out.push_str(
            r#"<table class="kg-product-card" cellspacing="0" cellpadding="0" border="0"><tr><td class="kg-product-card-container">
<table cellspacing="0" cellpadding="0" border="0">"#,
        );
        if let Some(src) = page.urls.media(&self.product_image_src) {
            put!(page, r#"<tr><td class="kg-product-image" align="center"><img src="{}""#, Quoted(&src));
            if let (Some(width @ 1..), Some(height @ 1..)) = (self.product_image_width, self.product_image_height) {
                push_size(scaled(width, Some(height), width.min(EMAIL_WIDTH)), page);
            }
            page.out.push_str(r#" border="0"></td></tr>"#);
        }
        let title = page.line_html(&self.product_title);
        put!(page, r#"<tr><td valign="top"><h4 class="kg-product-title">{title}</h4></td></tr>"#);
        if self.product_rating_enabled {
            put!(
                page,
                r#"<tr class="kg-product-rating"><td valign="top"><img src="{}star-rating-{}.png" border="0"></td></tr>"#,
                Quoted(&page.urls.media(&email.icons_url).unwrap_or_default()),
                self.stars()
            );
        }
        let description = page.foreign_html(&self.product_description);
        put!(page, r#"<tr><td class="kg-product-description-wrapper">{description}</td></tr>"#);
        if let Some(href) = self.button_href(page) {
            put!(
                page,
                r#"<tr><td class="kg-product-button-wrapper"><table class="btn" border="0" cellspacing="0" cellpadding="0"><tr><td align="center" width="100%"><a href="{}">{}</a></td></tr></table></td></tr>"#,
                Quoted(&href),
                Escaped(&self.product_button)
            );
        }
        page.out.push_str("</table>\n</td></tr></table>");
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        let mut texts = vec![
            ("productTitle", dom::text(&self.product_title)),
            ("productDescription", dom::text(&self.product_description)),
        ];
        if self.product_button_enabled {
            texts.push(("productButton", Cow::Borrowed(&self.product_button)));
        }
        texts
    }

    fn pictures(&self) -> usize {
        usize::from(!self.product_image_src.is_empty())
    }
}

impl Product<'_> {
    fn is_blank(&self) -> bool {
        self.product_image_src.is_empty()
            && self.product_title.is_empty()
            && self.product_description.is_empty()
            && !self.product_rating_enabled
            && !self.has_button()
    }

    /// A button without a text or without an address is none.
    fn has_button(&self) -> bool {
        self.product_button_enabled && !self.product_button.is_empty() && !self.product_url.is_empty()
    }

    fn button_href(&self, page: &Page<'_>) -> Option<Cow<'_, str>> {
        if self.has_button() { page.urls.link(&self.product_url) } else { None }
    }

    fn stars(&self) -> u32 {
        self.product_star_rating.min(STARS)
    }

    fn print_picture(&self, page: &mut Page<'_>) {
        let Some(src) = page.urls.media(&self.product_image_src) else { return };
        put!(page, r#"<img src="{}""#, Quoted(&src));
        let some = |pixels: Option<u32>| pixels.filter(|pixels| *pixels > 0);
        push_size((some(self.product_image_width), some(self.product_image_height)), page);
        page.out.push_str(r#" class="kg-product-card-image" loading="lazy""#);
        // Ghost's picture has no `alt`. The title beside it says what it shows.
        page.out.push_str(if page.has_cards_script() { ">" } else { " alt=\"\">" });
    }

    fn print_title(&self, page: &mut Page<'_>) {
        let title = page.line_html(&self.product_title);
        if title.is_empty() && !page.has_cards_script() {
            return;
        }
        put!(
            page,
            r#"
                <div class="kg-product-card-title-container">
                    <h4 class="kg-product-card-title">{title}</h4>
                </div>"#
        );
    }

    fn print_rating(&self, page: &mut Page<'_>) {
        if !self.product_rating_enabled {
            return;
        }
        page.out.push_str("\n                    <div class=\"kg-product-card-rating\"");
        if !page.has_cards_script() {
            put!(page, r#" role="img" aria-label="{} out of {STARS} stars""#, self.stars());
        }
        page.out.push('>');
        for star in 0..STARS {
            let active = if star < self.stars() { "kg-product-card-rating-active" } else { "" };
            put!(
                page,
                r#"
                        <span class="{active} kg-product-card-rating-star">{STAR}</span>"#
            );
        }
        page.out.push_str("\n                    </div>\n                ");
    }

    fn print_button(&self, page: &mut Page<'_>) {
        let Some(href) = self.button_href(page) else { return };
        put!(
            page,
            r#"
                    <a href="{}" class="kg-product-card-button kg-product-card-btn-accent" target="_blank" rel="noopener noreferrer"><span>{}</span></a>
                "#,
            Quoted(&href),
            Escaped(&self.product_button)
        );
    }

    fn print_in_feed(&self, page: &mut Page<'_>) {
        if let Some(src) = page.urls.media(&self.product_image_src) {
            put!(page, r#"<p><img src="{}" alt=""></p>"#, Quoted(&src));
        }
        let title = page.line_html(&self.product_title);
        if !title.is_empty() {
            put!(page, "<h4>{title}</h4>");
        }
        if self.product_rating_enabled {
            put!(page, "<p>{} out of {STARS} stars</p>", self.stars());
        }
        let description = page.foreign_html(&self.product_description);
        page.out.push_str(&description);
        if let Some(href) = self.button_href(page) {
            put!(page, r#"<p><a href="{}">{}</a></p>"#, Quoted(&href), Escaped(&self.product_button));
        }
    }
}

/// The most that a product can have.
const STARS: u32 = 5;

/// Width in pixels of the picture's place in a newsletter.
const EMAIL_WIDTH: u32 = 560;

/// The star of Ghost's card (MIT licence, Copyright Ghost Foundation).
const STAR: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M12.729,1.2l3.346,6.629,6.44.638a.805.805,0,0,1,.5,1.374l-5.3,5.253,1.965,7.138a.813.813,0,0,1-1.151.935L12,19.934,5.48,23.163a.813.813,0,0,1-1.151-.935L6.294,15.09.99,9.837a.805.805,0,0,1,.5-1.374l6.44-.638L11.271,1.2A.819.819,0,0,1,12.729,1.2Z"></path></svg>"#;

#[cfg(test)]
mod tests {
    use crate::{Block, Card, Document, Product, Web};

    fn body(product: Product<'static>) -> Document<'static> {
        Document::new(vec![Block::card(Card::Product(product))])
    }

    fn loaf() -> Product<'static> {
        Product {
            product_image_src: "/content/images/p.jpg".into(),
            product_title: "<span>Rye</span>".into(),
            product_description: "<p onclick=\"x()\">Dense.</p>".into(),
            product_rating_enabled: true,
            product_star_rating: 9,
            product_button_enabled: true,
            product_button: "Order <now>".into(),
            product_url: "https://example.org/?a=1&b=\"2".into(),
            ..Product::blank()
        }
    }

    #[test]
    fn without_a_script_the_stars_can_be_heard_and_the_picture_is_silent() {
        let html = body(loaf()).html(&Web::default());
        assert!(html.contains(r#"<div class="kg-product-card-rating" role="img" aria-label="5 out of 5 stars">"#));
        assert!(html.contains(r#"class="kg-product-card-image" loading="lazy" alt="">"#));
        assert!(!body(Product { product_title: "".into(), ..loaf() }).html(&Web::default()).contains("<h4"));
    }

    #[test]
    fn the_description_is_cleaned_and_the_button_escaped() {
        let html = body(loaf()).html(&Web::default());
        assert!(html.contains(r#"<div class="kg-product-card-description"><p>Dense.</p></div>"#));
        assert!(html.contains(r#"<a href="https://example.org/?a=1&amp;b=&quot;2" class"#));
        assert!(html.contains("<span>Order &lt;now&gt;</span>"));
    }

    #[test]
    fn a_button_that_leads_nowhere_is_left_out() {
        for url in ["", "javascript:alert(1)"] {
            assert!(!body(Product { product_url: url.into(), ..loaf() }).html(&Web::default()).contains("<a "));
        }
    }

    #[test]
    fn a_feed_gets_plain_content() {
        assert_eq!(
            body(loaf()).feed_html("https://example.org"),
            "<p><img src=\"https://example.org/content/images/p.jpg\" alt=\"\"></p><h4><span>Rye</span></h4><p>5 out of 5 stars</p>\
             <p>Dense.</p><p><a href=\"https://example.org/?a=1&amp;b=&quot;2\">Order &lt;now&gt;</a></p>"
        );
    }
}
