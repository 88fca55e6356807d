//! The button of an e-mail: a table, because mail programs colour nothing else as dependably.

use super::style;
use crate::escape::{Escaped, Quoted};
use crate::page::{Page, put};

/// A button in an e-mail.
pub(super) struct EmailButton<'b> {
    /// Where it leads, made safe.
    pub(super) url: &'b str,
    /// What stands on it, as plain text.
    pub(super) label: &'b str,
    /// `left` or `center`, one word; none where the cell around it decides.
    pub(super) align: Option<&'b str>,
    pub(super) paint: Paint<'b>,
}

/// How a button is coloured.
pub(super) enum Paint<'b> {
    /// As the mail's style sheet says.
    Plain,
    /// In the site's accent colour.
    Accent,
    /// In a colour that has been through [`style::color`], with text that can be read on it.
    On(&'b str),
}

impl<'b> Paint<'b> {
    /// The paint of a card's colour, which may also be one of the words `accent` and `transparent`.
    pub(super) fn of(color: &'b str) -> Paint<'b> {
        match color {
            "accent" => Paint::Accent,
            "transparent" => Paint::Plain,
            color => Paint::On(color),
        }
    }
}

impl Page<'_> {
    pub(super) fn email_button(&mut self, button: &EmailButton<'_>) {
        let accent = if matches!(button.paint, Paint::Accent) { " btn-accent" } else { "" };
        put!(self, r#"<table class="btn{accent}" border="0" cellspacing="0" cellpadding="0""#);
        if let Some(align) = button.align {
            put!(self, r#" align="{align}""#);
        }
        self.out.push_str(r#"><tbody><tr><td align="center""#);
        if let Paint::On(color) = button.paint {
            put!(self, r#" style="background-color: {color};""#);
        }
        put!(self, r#"><a href="{}""#, Quoted(button.url));
        if let Paint::On(color) = button.paint
            && let Some(text) = style::text_color_on(color)
        {
            put!(self, r#" style="color: {text} !important;""#);
        }
        put!(self, ">{}</a></td></tr></tbody></table>", Escaped(button.label));
    }
}
