use std::borrow::Cow;

use super::email_button::{EmailButton, Paint};
use super::image::srcset;
use super::panel::{Panel, accent_class, align_class, button_style};
use super::{Shown, card, style};
use crate::dom;
use crate::escape::{Escaped, Quoted};
use crate::page::{Page, put};

card! {
    /// A heading over the whole width. Ghost has two of them under one name, which the node's field
    /// `version` tells apart: 1 has one of a few styles, 2 has colours and layouts.
    Header: "header" {
        /// Version 1: `small`, `medium` or `large`.
        size "size": Cow<'a, str> = r#""small""#,
        /// Version 1: `dark`, `light`, `accent` or `image`.
        style "style": Cow<'a, str> = r#""dark""#,
        /// Whether there is a button.
        button_enabled "buttonEnabled": bool = "false",
        /// Where the button leads.
        button_url "buttonUrl": Cow<'a, str> = "\"\"",
        /// What stands on the button, as plain text.
        button_text "buttonText": Cow<'a, str> = "\"\"",
        /// The heading as HTML; inline elements only are printed.
        header "header": Cow<'a, str> = "\"\"",
        /// The line below it, likewise.
        subheader "subheader": Cow<'a, str> = "\"\"",
        /// A picture behind the text or beside it.
        background_image_src "backgroundImageSrc": Cow<'a, str> = "\"\"",
        /// The site's accent colour when the card was last edited, for e-mail.
        accent_color "accentColor": Cow<'a, str> = r##""#FF1A75""##,
        /// `center` or `left`.
        alignment "alignment": Cow<'a, str> = r#""center""#,
        /// A colour, or `accent`.
        background_color "backgroundColor": Cow<'a, str> = r##""#000000""##,
        /// Pixels of the picture.
        background_image_width "backgroundImageWidth": Option<u32> = "null",
        /// Pixels of the picture.
        background_image_height "backgroundImageHeight": Option<u32> = "null",
        /// `cover` or `contain`: how a picture beside the text fills its half.
        background_size "backgroundSize": Cow<'a, str> = r#""cover""#,
        /// The colour of heading and line.
        text_color "textColor": Cow<'a, str> = r##""#FFFFFF""##,
        /// The button's colour, or `accent`.
        button_color "buttonColor": Cow<'a, str> = r##""#ffffff""##,
        /// The colour of the button's text.
        button_text_color "buttonTextColor": Cow<'a, str> = r##""#000000""##,
        /// `regular`, `wide`, `full`, or `split` with the picture beside the text.
        layout "layout": Cow<'a, str> = r#""full""#,
        /// Whether the halves of a split card change places.
        swapped "swapped": bool = "false",
    }
}

impl Shown for Header<'_> {
    fn print(&self, page: &mut Page<'_>) {
        if page.is_feed() {
            self.print_feed(page);
        } else if self.is_first_version() {
            self.print_first_version(page);
        } else {
            self.print_panel(page);
        }
    }

    fn print_email(&self, page: &mut Page<'_>) {
        if self.is_first_version() { self.print_first_version(page) } else { self.print_email_panel(page) }
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        let mut texts = vec![("header", dom::text(&self.header)), ("subheader", dom::text(&self.subheader))];
        if self.button_enabled {
            texts.push(("buttonText", Cow::Borrowed(&self.button_text)));
        }
        texts
    }

    fn pictures(&self) -> usize {
        usize::from(!self.is_first_version() && !self.background_image_src.is_empty())
    }
}

impl Header<'_> {
    fn is_first_version(&self) -> bool {
        self.fields.read::<u32>("version", "1") == 1
    }

    /// Where the button leads, if there is one.
    fn button(&self, page: &Page<'_>) -> Option<Cow<'_, str>> {
        page.button_url(&self.button_url).filter(|_| self.button_enabled && !self.button_text.is_empty())
    }

    fn panel(&self, page: &Page<'_>) -> Panel<'_> {
        Panel {
            layout: &self.layout,
            swapped: self.swapped,
            fit: &self.background_size,
            color: style::color(&self.background_color).unwrap_or("#000000"),
            src: page.urls.media(&self.background_image_src),
        }
    }

    fn print_feed(&self, page: &mut Page<'_>) {
        let (header, subheader) = (page.line_html(&self.header), page.line_html(&self.subheader));
        if let Some(src) = page.urls.media(&self.background_image_src) {
            put!(page, r#"<p><img src="{}" alt=""></p>"#, Quoted(&src));
        }
        if !header.is_empty() {
            put!(page, "<h2>{header}</h2>");
        }
        if !subheader.is_empty() {
            // As on the page: a heading in the first version, a line in the second.
            let name = if self.is_first_version() { "h3" } else { "p" };
            put!(page, "<{name}>{subheader}</{name}>");
        }
        if let Some(url) = self.button(page) {
            put!(page, r#"<p><a href="{}">{}</a></p>"#, Quoted(&url), Escaped(&self.button_text));
        }
    }

    fn print_first_version(&self, page: &mut Page<'_>) {
        let (header, subheader) = (page.line_html(&self.header), page.line_html(&self.subheader));
        let button = self.button(page);
        if header.is_empty() && subheader.is_empty() && button.is_none() {
            return;
        }
        let src = page.urls.media(&self.background_image_src).unwrap_or_default();
        let look = style::word(&self.style).unwrap_or("dark");
        put!(
            page,
            r#"<div class="kg-card kg-header-card kg-width-full kg-size-{} kg-style-{look}" data-kg-background-image="{}" style=""#,
            style::word(&self.size).unwrap_or("small"),
            Quoted(&src),
        );
        if look == "image" {
            put!(page, "background-image: url({})", Quoted(&style::url(&src)));
        }
        page.out.push_str("\">");
        if !header.is_empty() {
            put!(page, r#"<h2 class="kg-header-card-header""#);
            page.card_heading_id(&self.header);
            put!(page, ">{}</h2>", Spaced(&header));
        }
        if !subheader.is_empty() {
            put!(page, r#"<h3 class="kg-header-card-subheader""#);
            page.card_heading_id(&self.subheader);
            put!(page, ">{}</h3>", Spaced(&subheader));
        }
        if let Some(url) = button {
            let text = Escaped(&self.button_text);
            put!(page, r#"<a class="kg-header-card-button" href="{}"> {text} </a>"#, Quoted(&url));
        }
        page.out.push_str("</div>");
    }

    fn print_panel(&self, page: &mut Page<'_>) {
        let panel = self.panel(page);
        let picture = self.picture(&panel, page);
        let text_color = style::color(&self.text_color).unwrap_or("#FFFFFF");
        let accent = accent_class(panel.is_accent());
        put!(page, r#"<div class="kg-card kg-header-card kg-v2 {} {accent}""#, panel.classes());
        if !panel.is_accent() && !panel.is_behind_text() {
            put!(page, r#" style="background-color: {};""#, panel.color);
        }
        put!(
            page,
            r#" data-background-color="{}">
            {}
            <div class="kg-header-card-content">
                {}
                <div class="kg-header-card-text {}">
                    "#,
            panel.color,
            panel.place(true, &picture),
            panel.place(false, &picture),
            align_class(&self.alignment),
        );
        let lines = [("h2", "heading", &self.header), ("p", "subheading", &self.subheader)];
        for (tag, name, html) in lines {
            let line = page.line_html(html);
            if !line.is_empty() {
                put!(page, "<{tag}");
                page.card_heading_id(html);
                put!(
                    page,
                    r#" class="kg-header-card-{name}" style="color: {text_color};" data-text-color="{text_color}">{line}</{tag}>"#
                );
            }
            page.out.push_str("\n                    ");
        }
        if let Some(url) = self.button(page) {
            let (color, text) = self.button_colors();
            put!(
                page,
                r#"<a href="{}" class="kg-header-card-button {}" style="{}" data-button-color="{color}" data-button-text-color="{text}">{}</a>"#,
                Quoted(&url),
                accent_class(color == "accent"),
                button_style(color, text),
                Escaped(&self.button_text),
            );
        }
        page.out.push_str(
            r#"
                </div>
            </div>
        </div>"#,
        );
    }

    fn picture(&self, panel: &Panel<'_>, page: &Page<'_>) -> String {
        let Some(src) = &panel.src else { return String::new() };
        let widths = match srcset(self.background_image_width, src, page) {
            Some(srcset) => format!(r#" srcset="{}"{}"#, Quoted(&srcset), sizes(page)),
            None => String::new(),
        };
        format!(
            r#"
            <picture><img class="kg-header-card-image" src="{}"{widths} loading="lazy" alt=""></picture>
        "#,
            Quoted(src)
        )
    }

    fn button_colors(&self) -> (&str, &str) {
        (
            style::color(&self.button_color).unwrap_or("#ffffff"),
            style::color(&self.button_text_color).unwrap_or("#000000"),
        )
    }

    fn print_email_panel(&self, page: &mut Page<'_>) {
        let panel = self.panel(page);
        let src = panel.src.as_deref().map(style::url);
        let (behind, beside) = if panel.is_split() { (None, src) } else { (src, None) };
        let is_contained = panel.is_split() && panel.fit == "contain";
        let text_color = style::color(&self.text_color).unwrap_or("#FFFFFF");
        let ground = if text_color.eq_ignore_ascii_case("#ffffff") { "dark" } else { "light" };
        let style = self.email_style(&panel, text_color, behind.as_deref());
        put!(page, r#"<div class="kg-header-card kg-v2 kg-header-card-{ground}-bg" style="{style}">"#);
        if let Some(src) = &beside {
            print_picture_row(src, panel.color, is_contained, page);
        }
        let outlook_padding = if behind.is_some() { "padding: 0;" } else { "padding: 40px;" };
        let padding = if is_contained { "padding-top: 0;" } else { "" };
        put!(
            page,
            r#"<table border="0" cellpadding="0" cellspacing="0" width="100%" style="{style}"><tbody><tr>
<!--[if mso]>
<td class="kg-header-card-content" style="{outlook_padding}{padding}">
<![endif]-->
<!--[if !mso]><!-->
<td class="kg-header-card-content" style="{padding}">
<!--<![endif]-->"#
        );
        if let Some(src) = &behind {
            put!(
                page,
                r#"
<!--[if mso]>
<v:rect xmlns:v="urn:schemas-microsoft-com:vml" fill="true" stroke="false" style="width:600px;">
<v:fill src="{src}" color="{}" type="frame" aspect="atleast" focusposition="0.5,0.5" />
<v:textbox inset="30pt,30pt,30pt,30pt" style="mso-fit-shape-to-text:true;">
<![endif]-->"#,
                panel.color,
            );
        }
        self.print_email_text(text_color, page);
        if behind.is_some() {
            page.out.push_str("<!--[if mso]>\n</v:textbox>\n</v:rect>\n<![endif]-->");
        }
        page.out.push_str("</td></tr></tbody></table></div>");
    }

    /// Ghost prints it twice, because some mail programs colour no `<div>`.
    fn email_style(&self, panel: &Panel<'_>, text_color: &str, behind: Option<&str>) -> String {
        let align = if self.alignment == "center" { "text-align: center;" } else { "" };
        let ground = match behind {
            Some(src) => {
                let src = Quoted(src);
                format!("background-image: url({src}); background-size: cover; background-position: center center;")
            }
            None => format!("background-color: {};", panel.color),
        };
        let accent = match style::color(&self.accent_color) {
            Some(color) if panel.is_accent() => format!("background-color: {color};"),
            _ => String::new(),
        };
        format!("color:{text_color}; {align} {ground} {accent}")
    }

    fn print_email_text(&self, text_color: &str, page: &mut Page<'_>) {
        let align = if self.alignment == "center" { "center" } else { "left" };
        let (header, subheader) = (page.line_html(&self.header), page.line_html(&self.subheader));
        put!(
            page,
            r#"<table border="0" cellpadding="0" cellspacing="0" width="100%"><tbody><tr><td align="{align}"><h2 class="kg-header-card-heading" style="color:{text_color};">{header}</h2></td></tr><tr><td class="kg-header-card-subheading-wrapper" align="{align}"><p class="kg-header-card-subheading" style="color:{text_color};">{subheader}</p></td></tr><tr>"#
        );
        if let Some(url) = self.button(page) {
            let (align, paint) = (Some(align), Paint::of(self.button_colors().0));
            page.out.push_str(r#"<td class="kg-header-button-wrapper">"#);
            page.email_button(&EmailButton { url: &url, label: &self.button_text, align, paint });
            page.out.push_str("</td>");
        }
        page.out.push_str("</tr></tbody></table>");
    }
}

/// The picture above the text of a split card in a mail, once for Outlook and once for all others.
fn print_picture_row(src: &str, color: &str, is_contained: bool, page: &mut Page<'_>) {
    let (size, fill, aspect) = match is_contained {
        true => ("50%", "", r#"aspect="atmost" size="225pt,120pt""#),
        false => ("cover", r#" fill="true""#, r#"aspect="atleast""#),
    };
    let quoted = Quoted(src);
    put!(
        page,
        r#"<table border="0" cellpadding="0" cellspacing="0" width="100%"><tbody><tr><td background="{quoted}" style="background-image: url({quoted}); background-size: {size}; background-position: center" class="kg-header-card-image" bgcolor="{color}" align="center">
<!--[if mso]>
<v:rect xmlns:v="urn:schemas-microsoft-com:vml"{fill} stroke="false" style="width:600px;height:320px;">
<v:fill type="frame" {aspect} src="{src}" color="{color}" />
<v:textbox inset="0,0,0,0">
</v:textbox>
</v:rect>
<![endif]-->
</td></tr></tbody></table>"#
    );
}

/// Ghost leaves `sizes` out, which is no valid HTML.
fn sizes(page: &Page<'_>) -> &'static str {
    if page.has_cards_script() { "" } else { " sizes=\"100vw\"" }
}

/// A line with a space on either side, but none beside a tag.
struct Spaced<'h>(&'h str);

impl std::fmt::Display for Spaced<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let before = if self.0.starts_with('<') { "" } else { " " };
        let after = if self.0.ends_with('>') { "" } else { " " };
        write!(f, "{before}{}{after}", self.0)
    }
}

impl Page<'_> {
    /// The `id` of a heading in a card, by Ghost's rule for those: tags aside, letters and digits of
    /// ASCII, and a hyphen for white space. Nothing when that leaves nothing.
    fn card_heading_id(&mut self, html: &str) {
        let id = slug(html);
        if !id.is_empty() {
            let id = self.heading_id(&id);
            put!(self, r#" id="{id}""#);
        }
    }
}

fn slug(html: &str) -> String {
    let (mut slug, mut in_tag) = (String::with_capacity(html.len()), false);
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if in_tag => {}
            c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            c if c.is_whitespace() && !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::slug;
    use crate::{Block, Card, Document, Email, Header, Web};

    fn header(html: &'static str) -> Header<'static> {
        Header { header: html.into(), ..Header::blank() }
    }

    fn html(header: Header<'static>) -> String {
        Document::new(vec![Block::card(Card::Header(header))]).html(&Web::default())
    }

    /// A card of version 2, which only a stored body can hold.
    fn second_version(fields: &str) -> String {
        format!(r#"{{"root":{{"type":"root","children":[{{"type":"header","version":2,{fields}}}]}}}}"#)
    }

    #[test]
    fn ids_are_ghosts_and_there_is_one_of_each() {
        for (html, id) in [
            ("Big <b>head</b>", "big-head"),
            ("Sub &amp; sub", "sub-amp-sub"),
            ("Über – x", "ber-x"),
            ("a - b. c!", "a-b-c"),
            ("…", ""),
        ] {
            assert_eq!(slug(html), id);
        }
        let twice = html(Header { subheader: "One".into(), ..header("One") });
        assert!(twice.contains(r#"id="one""#) && twice.contains(r#"id="one-1""#));
        assert!(!html(header("…")).contains("id="));
    }

    #[test]
    fn a_picture_cannot_leave_its_brackets() {
        let card = Header { style: "image".into(), background_image_src: "/a\"b).jpg".into(), ..header("a") };
        assert!(
            html(card)
                .contains(r#"data-kg-background-image="/a&quot;b).jpg" style="background-image: url(/a%22b%29.jpg)""#)
        );
        let card = Header { background_image_src: "javascript:x".into(), ..header("a") };
        assert!(html(card).contains(r#"data-kg-background-image="" style="""#));
    }

    #[test]
    fn in_a_mail_neither_picture_nor_colour_ends_a_comment() {
        let body = second_version(
            r##""header":"a","backgroundImageSrc":"https://a.org/-->\"<script>.jpg","backgroundColor":"--><script>","textColor":"red;x""##,
        );
        let mail = Document::parse(&body).unwrap().email_html(&Email::default());
        assert!(!mail.contains("<script") && mail.contains("https://a.org/--%3E%22%3Cscript%3E.jpg"), "{mail}");
        assert!(mail.contains(r#"style="color:#FFFFFF; text-align: center;"#) && mail.contains(r##"color="#000000""##));
    }

    #[test]
    fn widths_come_with_sizes_where_no_theme_of_ghost_asks() {
        let body = second_version(r#""backgroundImageSrc":"/content/images/a.jpg","backgroundImageWidth":1000"#);
        let html = Document::parse(&body).unwrap().html(&Web::default());
        assert!(html.contains(r#"/content/images/a.jpg 1000w" sizes="100vw" loading="lazy" alt="">"#));
    }

    #[test]
    fn a_feed_gets_plain_lines() {
        let card = Header {
            subheader: "b".into(),
            button_enabled: true,
            button_url: "/c/".into(),
            button_text: "c".into(),
            ..header("<i>a</i>")
        };
        let body = Document::new(vec![Block::card(Card::Header(card))]);
        assert_eq!(
            body.feed_html("https://example.org"),
            r#"<h2><i>a</i></h2><h3>b</h3><p><a href="https://example.org/c/">c</a></p>"#
        );
    }
}
