//! Tiers, prices, and the places where members, comments and recommendations stand.

use std::fmt::Write as _;

use super::Done;
use crate::Value;
use crate::handlebars::{Arguments, Render, escape};

/// `{{tiers prefix="for " separator=", " lastSeparator=" and " suffix=" only"}}`: whose members may read this.
pub(super) fn tiers(_: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let tiers = args.this().get("tiers");
    let escaped = |tier: &Value| {
        let mut name = String::new();
        escape(&tier.get("name").to_string(), &mut name);
        name
    };
    let names: Vec<String> = tiers.as_list().unwrap_or_default().iter().map(escaped).collect();
    let (list, suffix) = match names.as_slice() {
        [] => return Ok(Value::Undefined),
        [only] => (only.clone(), " tier"),
        [first @ .., last] => {
            let first = first.join(&args.text("separator", ", "));
            (format!("{first}{}{last}", args.text("lastSeparator", " and ")), " tiers")
        }
    };
    Ok(Value::html(format!("{}{list}{}", args.text("prefix", ""), args.text("suffix", suffix))))
}

/// `{{price monthly_price currency="GBP" numberFormat="long"}}`: an amount in the smallest unit as people write it; the
/// sign alone where there is no amount; a hundredth of the number where there is no currency.
pub(super) fn price(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let plan = args.param(0);
    let amount = match plan {
        Value::Number(amount) => Some(*amount),
        plan => plan.get("amount").as_number(),
    };
    let own = plan.get("currency").to_string();
    let currency = args.text("currency", &own);
    if currency.is_empty() {
        return Ok(amount.map_or(Value::Undefined, |amount| Value::Number(amount / 100.0)));
    }
    let locale = args.text("locale", &render.site("locale").to_string());
    let is_long = args.named("numberFormat").as_str() == Some("long");
    Ok(money(amount.map(|amount| amount / 100.0), &currency, &locale, is_long).into())
}

/// Signs of currencies; others stand by their three letters.
const SIGNS: &[(&str, &str)] = &[
    ("EUR", "€"),
    ("GBP", "£"),
    ("USD", "$"),
    ("JPY", "¥"),
    ("INR", "₹"),
    ("KRW", "₩"),
    ("ILS", "₪"),
    ("VND", "₫"),
    ("BRL", "R$"),
    ("CAD", "CA$"),
    ("AUD", "A$"),
    ("NZD", "NZ$"),
    ("MXN", "MX$"),
    ("CNY", "CN¥"),
    ("HKD", "HK$"),
];

fn money(amount: Option<f64>, currency: &str, locale: &str, is_long: bool) -> String {
    let currency = currency.to_ascii_uppercase();
    let sign = match (SIGNS.iter().find(|(code, _)| *code == currency), locale) {
        // Where several dollars are at home, each says which.
        (Some(("USD", _)), "en-CA" | "en-AU" | "en-NZ" | "en-GB") => "US$".to_owned(),
        (Some((_, sign)), _) => (*sign).to_owned(),
        (None, _) => format!("{currency}\u{a0}"),
    };
    let Some(amount) = amount else { return sign.trim_end_matches('\u{a0}').to_owned() };
    let no_parts = ["JPY", "KRW", "VND", "CLP", "ISK", "HUF"].contains(&currency.as_str());
    let is_whole = amount.fract() == 0.0 && !is_long;
    let digits = if no_parts || is_whole { format!("{amount:.0}") } else { format!("{amount:.2}") };
    let (whole, parts) = digits.split_once('.').unwrap_or((&digits, ""));
    let after = ["de", "fr", "es", "it", "pl", "cs", "sv", "fi", "nb", "da", "ru", "uk", "pt"]
        .contains(&locale.split(['-', '_']).next().unwrap_or_default());
    let (thousands, point) = if after { ('.', ',') } else { (',', '.') };
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        let left = whole.len() - at;
        if at > 0 && left.is_multiple_of(3) && digit.is_ascii_digit() {
            text.push(thousands);
        }
        text.push(digit);
    }
    if !parts.is_empty() {
        let _ = write!(text, "{point}{parts}");
    }
    match after {
        true => format!("{text}\u{a0}{}", sign.trim_end_matches('\u{a0}')),
        false => format!("{sign}{text}"),
    }
}

/// `{{total_members}}`: nobody yet.
pub(super) fn total(_: &mut Render<'_>, _: &Arguments<'_>) -> Done {
    Ok(0.into())
}

/// What prints nothing until there is something to print: comments and their number, recommendations, the ways to end
/// a subscription.
pub(super) fn nothing_yet(_: &mut Render<'_>, _: &Arguments<'_>) -> Done {
    Ok(Value::Undefined)
}

/// `{{search}}`: the way to the search page, with a glass of our own drawing.
pub(super) fn search(render: &mut Render<'_>, _: &Arguments<'_>) -> Done {
    render.write(
        "<a class=\"gh-search-icon\" href=\"/search/\" aria-label=\"Search\" \
         style=\"display:inline-flex;justify-content:center;align-items:center;width:32px;height:32px;color:inherit\">\
         <svg width=\"20\" height=\"20\" viewBox=\"0 0 20 20\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" \
         stroke-linecap=\"round\" aria-hidden=\"true\"><circle cx=\"8.5\" cy=\"8.5\" r=\"6\"/><path d=\"m13 13 5 5\"/></svg></a>",
    )?;
    Ok(Value::Undefined)
}

#[cfg(test)]
mod tests {
    use super::money;

    #[test]
    fn money_is_written_as_people_of_a_language_write_it() {
        assert_eq!(money(Some(5.0), "GBP", "en", false), "£5");
        assert_eq!(money(Some(5.5), "USD", "en", true), "$5.50");
        assert_eq!(money(Some(5.0), "usd", "en-US", true), "$5.00");
        assert_eq!(money(Some(1_234_567.5), "EUR", "de", false), "1.234.567,50\u{a0}€");
        assert_eq!(money(Some(500.0), "JPY", "en", true), "¥500");
        assert_eq!(money(Some(5.0), "CHF", "en", false), "CHF\u{a0}5");
        assert_eq!(money(None, "EUR", "en", false), "€");
    }
}
