use std::borrow::Cow;

use super::panel::{Panel, accent_class, align_class, button_style};
use super::{Shown, card, style};
use crate::dom;
use crate::escape::{Escaped, Quoted};
use crate::fields::Json;
use crate::page::{Page, put};

card! {
    /// A form to sign up.
    Signup: "signup" {
        /// `left` or `center`.
        alignment "alignment": Cow<'a, str> = r#""left""#,
        /// A colour, or `accent`.
        background_color "backgroundColor": Cow<'a, str> = r##""#F0F0F0""##,
        /// A picture behind the text or beside it.
        background_image_src "backgroundImageSrc": Cow<'a, str> = "\"\"",
        /// `cover` or `contain`: how a picture beside the text fills its half.
        background_size "backgroundSize": Cow<'a, str> = r#""cover""#,
        /// The colour of the text.
        text_color "textColor": Cow<'a, str> = r##""#000000""##,
        /// The button's colour, or `accent`.
        button_color "buttonColor": Cow<'a, str> = r#""accent""#,
        /// The colour of the button's text.
        button_text_color "buttonTextColor": Cow<'a, str> = r##""#FFFFFF""##,
        /// What stands on the button, as plain text.
        button_text "buttonText": Cow<'a, str> = r#""Subscribe""#,
        /// The small print as HTML; inline elements only are printed.
        disclaimer "disclaimer": Cow<'a, str> = "\"\"",
        /// The heading, likewise.
        header "header": Cow<'a, str> = "\"\"",
        /// `regular`, `wide`, `full`, or `split` with the picture beside the text.
        layout "layout": Cow<'a, str> = r#""wide""#,
        /// The line below the heading, as HTML.
        subheader "subheader": Cow<'a, str> = "\"\"",
        /// What Ghost's script says when the form is sent, as plain text.
        success_message "successMessage": Cow<'a, str> = r#""Email sent! Check your inbox to complete your signup.""#,
        /// Whether the halves of a split card change places.
        swapped "swapped": bool = "false",
        /// The labels that new members get: an array of their names.
        labels "labels": Json<'a> = "[]",
    }
}

impl Shown for Signup<'_> {
    fn print(&self, page: &mut Page<'_>) {
        if page.is_feed() { self.print_feed(page) } else { self.print_panel(page) }
    }

    fn print_email(&self, page: &mut Page<'_>) {
        // Who gets the mail has signed up. The empty element is Ghost's.
        page.out.push_str("<div></div>");
    }

    fn texts(&self) -> Vec<(&'static str, Cow<'_, str>)> {
        vec![
            ("header", dom::text(&self.header)),
            ("subheader", dom::text(&self.subheader)),
            ("buttonText", Cow::Borrowed(&self.button_text)),
            ("disclaimer", dom::text(&self.disclaimer)),
        ]
    }

    fn pictures(&self) -> usize {
        usize::from(!self.background_image_src.is_empty())
    }
}

/// The page that has a form of its own.
const SIGNUP_PAGE: &str = "__GHOST_URL__/subscribe/";

impl Signup<'_> {
    fn panel(&self, page: &Page<'_>) -> Panel<'_> {
        Panel {
            layout: style::word(&self.layout).unwrap_or("wide"),
            swapped: self.swapped,
            fit: &self.background_size,
            color: style::color(&self.background_color).unwrap_or("#F0F0F0"),
            src: page.urls.media(&self.background_image_src),
        }
    }

    fn print_feed(&self, page: &mut Page<'_>) {
        let (header, subheader) = (page.line_html(&self.header), page.line_html(&self.subheader));
        let disclaimer = page.line_html(&self.disclaimer);
        if !header.is_empty() {
            put!(page, "<h2>{header}</h2>");
        }
        if !subheader.is_empty() {
            put!(page, "<p>{subheader}</p>");
        }
        if let Some(url) = page.urls.link(SIGNUP_PAGE) {
            put!(page, r#"<p><a href="{}">{}</a></p>"#, Quoted(&url), Escaped(&self.button_text));
        }
        if !disclaimer.is_empty() {
            put!(page, "<p>{disclaimer}</p>");
        }
    }

    fn print_panel(&self, page: &mut Page<'_>) {
        let panel = self.panel(page);
        let picture = panel.src.as_deref().map_or_else(String::new, picture);
        // Ghost's script shows the card when it has made the form work.
        let (form, hidden) =
            if page.has_cards_script() { (r#" data-lexical-signup-form="""#, "; display: none;") } else { ("", ";") };
        let is_colored = !panel.is_behind_text();
        let accent = accent_class(panel.is_accent() && is_colored);
        let ground = match panel.color {
            color if is_colored && !panel.is_accent() => format!("background-color: {color}"),
            _ => String::new(),
        };
        put!(page, r#"<div class="kg-card kg-signup-card {} {accent}"{form}"#, panel.classes());
        if page.has_cards_script() || !ground.is_empty() {
            put!(page, r#" style="{ground}{hidden}""#);
        }
        put!(
            page,
            r#">
            {}
            <div class="kg-signup-card-content">
                {}
                <div class="kg-signup-card-text {}">
                    "#,
            panel.place(true, &picture),
            panel.place(false, &picture),
            align_class(&self.alignment),
        );
        let text_style = self.text_style(&panel);
        let line = |tag: &str, name: &str, html: &str, page: &mut Page<'_>| {
            let line = page.line_html(html);
            if !line.is_empty() {
                put!(page, r#"<{tag} class="kg-signup-card-{name}"{text_style}>{line}</{tag}>"#);
            }
        };
        line("h2", "heading", &self.header, page);
        page.out.push_str("\n                    ");
        line("p", "subheading", &self.subheader, page);
        page.out.push_str("\n                    ");
        if page.has_cards_script() {
            self.print_form(&text_style, page)
        } else {
            self.print_link(page)
        }
        page.out.push_str("\n                    ");
        line("p", "disclaimer", &self.disclaimer, page);
        page.out.push_str(
            r#"
                </div>
            </div>
        </div>"#,
        );
    }

    /// On nothing at all the text keeps the page's colour.
    fn text_style(&self, panel: &Panel<'_>) -> String {
        if panel.color == "transparent" && !panel.is_behind_text() {
            return String::new();
        }
        format!(r#" style="color: {};""#, style::color(&self.text_color).unwrap_or("#000000"))
    }

    fn button_colors(&self) -> (&str, &str) {
        (
            style::color(&self.button_color).unwrap_or("accent"),
            style::color(&self.button_text_color).unwrap_or("#FFFFFF"),
        )
    }

    /// Without script: a link to the form.
    fn print_link(&self, page: &mut Page<'_>) {
        let Some(url) = page.urls.link(SIGNUP_PAGE) else { return };
        let (color, text) = self.button_colors();
        put!(
            page,
            r#"<a class="kg-signup-card-button {}" style="{}" href="{}">{}</a>"#,
            accent_class(color == "accent"),
            button_style(color, text),
            Quoted(&url),
            Escaped(&self.button_text),
        );
    }

    fn print_form(&self, text_style: &str, page: &mut Page<'_>) {
        let (color, text) = self.button_colors();
        page.out.push_str(
            r#"
        <form class="kg-signup-card-form" data-members-form="signup">
            "#,
        );
        let labels = self.labels.value();
        let labels = labels.as_array().into_iter().flatten().filter_map(|label| label.as_str());
        for (at, label) in labels.enumerate() {
            let space = if at == 0 { "" } else { "\n" };
            put!(page, r#"{space}<input data-members-label="" type="hidden" value="{}">"#, Quoted(label));
        }
        put!(
            page,
            r#"
            <div class="kg-signup-card-fields">
                <input class="kg-signup-card-input" id="email" data-members-email="" type="email" required="true" placeholder="jamie@example.com">
                <button class="kg-signup-card-button {}" style="{}" type="submit">
                    <span class="kg-signup-card-button-default">{}</span>
                    <span class="kg-signup-card-button-loading">{LOADING}</span>
                </button>
            </div>
            <div class="kg-signup-card-success"{text_style}>
                {}
            </div>
            <div class="kg-signup-card-error"{text_style} data-members-error=""></div>
        </form>
        "#,
            accent_class(color == "accent"),
            button_style(color, text),
            Escaped(&self.button_text),
            Escaped(&self.success_message),
        );
    }
}

fn picture(src: &str) -> String {
    format!(
        r#"
        <picture><img class="kg-signup-card-image" src="{}" alt=""></picture>
    "#,
        Quoted(src)
    )
}

/// The three dots of Ghost's card (MIT), which its style sheet shows while the form is on its way.
const LOADING: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" height="24" width="24" viewBox="0 0 24 24">
        <g stroke-linecap="round" stroke-width="2" fill="currentColor" stroke="none" stroke-linejoin="round" class="nc-icon-wrapper">
            <g class="nc-loop-dots-4-24-icon-o">
                <circle cx="4" cy="12" r="3"></circle>
                <circle cx="12" cy="12" r="3"></circle>
                <circle cx="20" cy="12" r="3"></circle>
            </g>
            <style data-cap="butt">
                .nc-loop-dots-4-24-icon-o{--animation-duration:0.8s}
                .nc-loop-dots-4-24-icon-o *{opacity:.4;transform:scale(.75);animation:nc-loop-dots-4-anim var(--animation-duration) infinite}
                .nc-loop-dots-4-24-icon-o :nth-child(1){transform-origin:4px 12px;animation-delay:-.3s;animation-delay:calc(var(--animation-duration)/-2.666)}
                .nc-loop-dots-4-24-icon-o :nth-child(2){transform-origin:12px 12px;animation-delay:-.15s;animation-delay:calc(var(--animation-duration)/-5.333)}
                .nc-loop-dots-4-24-icon-o :nth-child(3){transform-origin:20px 12px}
                @keyframes nc-loop-dots-4-anim{0%,100%{opacity:.4;transform:scale(.75)}50%{opacity:1;transform:scale(1)}}
            </style>
        </g>
    </svg>"#;

#[cfg(test)]
mod tests {
    use crate::{Block, Card, Document, Email, Signup, Web};

    fn body() -> Document<'static> {
        let signup = Signup { header: "Letters".into(), text_color: "red;x".into(), ..Signup::blank() };
        Document::new(vec![Block::card(Card::Signup(signup))])
    }

    #[test]
    fn without_script_it_leads_to_the_form() {
        let html = body().html(&Web { site_url: "https://example.org/magazine".into(), ..Web::default() });
        assert!(
            html.starts_with(
                r#"<div class="kg-card kg-signup-card kg-width-wide " style="background-color: #F0F0F0;">"#
            )
        );
        assert!(html.contains(r#"<h2 class="kg-signup-card-heading" style="color: #000000;">Letters</h2>"#));
        assert!(html.contains(
            r#"<a class="kg-signup-card-button kg-style-accent" style="color: #FFFFFF;" href="https://example.org/magazine/subscribe/">Subscribe</a>"#
        ));
        assert!(!html.contains("<form") && !html.contains("<input"));
    }

    #[test]
    fn a_feed_gets_a_link_and_a_mail_nothing_to_see() {
        assert_eq!(
            body().feed_html("https://example.org"),
            r#"<h2>Letters</h2><p><a href="https://example.org/subscribe/">Subscribe</a></p>"#
        );
        assert_eq!(body().email_html(&Email::default()), "<div></div>");
    }
}
