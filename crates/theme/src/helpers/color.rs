//! Colours: `{{color_to_rgba}}`, `{{contrast_text_color}}`.

use super::Done;
use crate::handlebars::{Arguments, Render};

/// `{{color_to_rgba "#1d6fa3" 0.5}}`.
pub(super) fn color_to_rgba(_: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let alpha = args.param(1).as_number().unwrap_or(0.25);
    let [red, green, blue] = rgb(&args.param(0).to_string()).unwrap_or_default();
    Ok(format!("rgba({red}, {green}, {blue}, {alpha})").into())
}

/// `{{contrast_text_color @site.accent_color}}`: black or white, whichever is read better on it. The lightness is the
/// weighted sum of YIQ, as older televisions knew it, which is what themes were made with.
pub(super) fn contrast_text_color(_: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let [red, green, blue] = rgb(&args.param(0).to_string()).unwrap_or_default();
    let yiq = (u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114) / 1000;
    Ok(if yiq >= 186 { "#000000" } else { "#FFFFFF" }.into())
}

/// `#rgb` or `#rrggbb`.
fn rgb(color: &str) -> Option<[u8; 3]> {
    let digits = color.trim().strip_prefix('#').unwrap_or(color.trim());
    if !digits.is_ascii() {
        return None;
    }
    let pairs: Vec<String> = match digits.len() {
        3 => digits.chars().map(|digit| format!("{digit}{digit}")).collect(),
        6 => (0..3).map(|at| digits[at * 2..at * 2 + 2].to_owned()).collect(),
        _ => return None,
    };
    let parsed: Vec<u8> = pairs.iter().filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect();
    parsed.try_into().ok()
}
