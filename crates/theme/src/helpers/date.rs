//! `{{date}}`.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::tense::Tense;
use super::{Done, moment};
use crate::Value;
use crate::handlebars::{Arguments, Render};

/// `{{date updated_at format="D MMMM YYYY" timezone="Europe/London" locale="de" timeago="true"}}`:
/// a time in the words of moment.js, by default that of publication as `ll`. Where there is none,
/// or what is given is no time, the present one (footers print the year so).
pub(super) fn date(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let given = [args.param(0).clone(), args.this().get("published_at")];
    let time = match given.iter().find(|value| !value.is_nothing()) {
        Some(value) => parse(value).unwrap_or(render.page.now),
        None => render.page.now,
    };
    let locale = args.text("locale", &render.site("locale").to_string());
    let locale = moment::Locale::named(&locale);
    if args.says_yes("timeago") {
        return Ok(Tense::between(time, render.page.now).words(locale).into());
    }
    let zone = args.text("timezone", &render.site("timezone").to_string());
    let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    Ok(moment::format(&time.to_zoned_datetime(zone), &args.text("format", "ll"), locale).into())
}

/// A time as text (RFC 3339, or a date or time without a zone, which is then UTC) or as
/// milliseconds since 1970.
fn parse(value: &Value) -> Option<Timestamp> {
    if let Value::Number(milliseconds) = value {
        return Timestamp::from_millisecond(*milliseconds as i64).ok();
    }
    let text = value.as_str()?.trim();
    let utc = |time: DateTime| TimeZone::UTC.to_timestamp(time).ok();
    let in_utc = || utc(text.parse().ok()?);
    let midnight = || utc(text.parse::<Date>().ok()?.at(0, 0, 0, 0));
    text.parse().ok().or_else(in_utc).or_else(midnight)
}
