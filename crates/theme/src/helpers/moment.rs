//! The format language of moment.js: `D MMMM YYYY`, `LLLL`, `[on] dddd`.
//!
//! After <https://momentjs.com/docs/#/displaying/format/>. Languages without a table here are
//! written in English.

use std::fmt::Write as _;

use jiff::ZonedDateTime;

/// How a language writes dates.
pub(super) struct Locale {
    names: &'static [&'static str],
    months: [&'static str; 12],
    short_months: [&'static str; 12],
    /// From Sunday.
    days: [&'static str; 7],
    short_days: [&'static str; 7],
    /// `LT`, `LTS`, `L`, `LL`, `LLL`, `LLLL`.
    long: [&'static str; 6],
    ordinal: fn(i64, &str) -> String,
    /// First day of the week, and the day of January that is always in week 1.
    week: (i64, i64),
    pub(super) past: &'static str,
    pub(super) future: &'static str,
    /// A few seconds, a minute, minutes, an hour, hours, a day, days, a month, months, a year, years.
    pub(super) spans: [&'static str; 11],
}

impl Locale {
    /// The table for a name such as `en-GB`: of the country, of the language, or English.
    pub(super) fn named(name: &str) -> &'static Locale {
        let name = name.to_ascii_lowercase().replace('_', "-");
        let find = |name: &str| LOCALES.iter().find(|locale| locale.names.contains(&name));
        let language = name.split('-').next().unwrap_or_default();
        find(&name).or_else(|| find(language)).unwrap_or(&LOCALES[0])
    }
}

/// Writes a time by a format. Letters that are no token stand for themselves, and so does what is
/// in `[brackets]`.
pub(super) fn format(time: &ZonedDateTime, format: &str, locale: &Locale) -> String {
    let mut out = String::new();
    write(&mut out, time, format, locale);
    out
}

/// All tokens; of two that begin alike, the longer first.
const TOKENS: &[&str] = &[
    "LTS",
    "LT",
    "LLLL",
    "LLL",
    "LL",
    "L",
    "llll",
    "lll",
    "ll",
    "l",
    "MMMM",
    "MMM",
    "MM",
    "Mo",
    "M",
    "Qo",
    "Q",
    "DDDD",
    "DDDo",
    "DDD",
    "DD",
    "Do",
    "D",
    "dddd",
    "ddd",
    "dd",
    "do",
    "d",
    "e",
    "E",
    "ww",
    "wo",
    "w",
    "WW",
    "Wo",
    "W",
    "YYYYYY",
    "YYYY",
    "YY",
    "gggg",
    "gg",
    "GGGG",
    "GG",
    "A",
    "a",
    "HH",
    "H",
    "hh",
    "h",
    "kk",
    "k",
    "mm",
    "m",
    "ss",
    "s",
    "SSSSSSSSS",
    "SSSSSSSS",
    "SSSSSSS",
    "SSSSSS",
    "SSSSS",
    "SSSS",
    "SSS",
    "SS",
    "S",
    "ZZ",
    "Z",
    "zz",
    "z",
    "X",
    "x",
];

fn write(out: &mut String, time: &ZonedDateTime, format: &str, locale: &Locale) {
    let mut rest = format;
    while let Some(first) = rest.chars().next() {
        if let Some((literal, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            out.push_str(literal);
            rest = after;
        } else if let Some(token) = TOKENS.iter().find(|token| rest.starts_with(**token)) {
            write_token(out, time, token, locale);
            rest = &rest[token.len()..];
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
}

fn write_token(out: &mut String, time: &ZonedDateTime, token: &str, locale: &Locale) {
    let (year, month, day) = (i64::from(time.year()), i64::from(time.month()), i64::from(time.day()));
    let (hour, minute, second) = (i64::from(time.hour()), i64::from(time.minute()), i64::from(time.second()));
    let weekday = i64::from(time.weekday().to_sunday_zero_offset());
    let day_of_year = i64::from(time.day_of_year());
    let quarter = (month + 2) / 3;
    let iso = time.date().iso_week_date();
    let twelve = |hour: i64| if hour % 12 == 0 { 12 } else { hour % 12 };
    let _ = match token {
        "YYYYYY" => write!(out, "{year:+07}"),
        "YYYY" => write!(out, "{year:04}"),
        "YY" => write!(out, "{:02}", year.rem_euclid(100)),
        "Q" => write!(out, "{quarter}"),
        "Qo" => return out.push_str(&(locale.ordinal)(quarter, token)),
        "M" => write!(out, "{month}"),
        "Mo" => return out.push_str(&(locale.ordinal)(month, token)),
        "MM" => write!(out, "{month:02}"),
        "MMM" => return out.push_str(locale.short_months[month as usize - 1]),
        "MMMM" => return out.push_str(locale.months[month as usize - 1]),
        "D" => write!(out, "{day}"),
        "Do" => return out.push_str(&(locale.ordinal)(day, token)),
        "DD" => write!(out, "{day:02}"),
        "DDD" => write!(out, "{day_of_year}"),
        "DDDo" => return out.push_str(&(locale.ordinal)(day_of_year, token)),
        "DDDD" => write!(out, "{day_of_year:03}"),
        "d" => write!(out, "{weekday}"),
        "do" => return out.push_str(&(locale.ordinal)(weekday, token)),
        "dd" => return out.extend(locale.short_days[weekday as usize].chars().take(2)),
        "ddd" => return out.push_str(locale.short_days[weekday as usize]),
        "dddd" => return out.push_str(locale.days[weekday as usize]),
        "e" => write!(out, "{}", (weekday - locale.week.0).rem_euclid(7)),
        "E" => write!(out, "{}", time.weekday().to_monday_one_offset()),
        "w" => write!(out, "{}", week(time, locale).1),
        "wo" => return out.push_str(&(locale.ordinal)(week(time, locale).1, token)),
        "ww" => write!(out, "{:02}", week(time, locale).1),
        "gg" => write!(out, "{:02}", week(time, locale).0.rem_euclid(100)),
        "gggg" => write!(out, "{:04}", week(time, locale).0),
        "W" => write!(out, "{}", iso.week()),
        "Wo" => return out.push_str(&(locale.ordinal)(iso.week().into(), token)),
        "WW" => write!(out, "{:02}", iso.week()),
        "GG" => write!(out, "{:02}", iso.year().rem_euclid(100)),
        "GGGG" => write!(out, "{:04}", iso.year()),
        "A" => return out.push_str(if hour < 12 { "AM" } else { "PM" }),
        "a" => return out.push_str(if hour < 12 { "am" } else { "pm" }),
        "H" => write!(out, "{hour}"),
        "HH" => write!(out, "{hour:02}"),
        "h" => write!(out, "{}", twelve(hour)),
        "hh" => write!(out, "{:02}", twelve(hour)),
        "k" => write!(out, "{}", if hour == 0 { 24 } else { hour }),
        "kk" => write!(out, "{:02}", if hour == 0 { 24 } else { hour }),
        "m" => write!(out, "{minute}"),
        "mm" => write!(out, "{minute:02}"),
        "s" => write!(out, "{second}"),
        "ss" => write!(out, "{second:02}"),
        "Z" => return write_offset(out, time, ":"),
        "ZZ" => return write_offset(out, time, ""),
        "z" | "zz" => write!(out, "{}", time.strftime("%Z")),
        "X" => write!(out, "{}", time.timestamp().as_second()),
        "x" => write!(out, "{}", time.timestamp().as_millisecond()),
        _ if token.starts_with('S') => write!(out, "{}", &format!("{:09}", time.subsec_nanosecond())[..token.len()]),
        long => return write_long(out, time, long, locale),
    };
}

/// `LL` and its like; in small letters with short names and without leading zeros.
fn write_long(out: &mut String, time: &ZonedDateTime, token: &str, locale: &Locale) {
    let at = match token {
        "LT" => 0,
        "LTS" => 1,
        letters => letters.len() + 1,
    };
    let long = locale.long[at];
    if token.starts_with('L') {
        return write(out, time, long, locale);
    }
    let short = long.replace("MMMM", "MMM").replace("dddd", "ddd").replace("DD", "D");
    let short = if short.contains("MMM") { short } else { short.replace("MM", "M") };
    write(out, time, &short, locale);
}

fn write_offset(out: &mut String, time: &ZonedDateTime, between: &str) {
    let seconds = time.offset().seconds();
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    let _ = write!(out, "{sign}{:02}{between}{:02}", minutes / 60, minutes % 60);
}

/// The year and number of the week as the language counts them.
fn week(time: &ZonedDateTime, locale: &Locale) -> (i64, i64) {
    let (first_day, fixed_day) = locale.week;
    let year = i64::from(time.year());
    let weekday = i64::from(time.weekday().to_sunday_zero_offset());
    let day = i64::from(time.day_of_year());
    let days_in = |year: i64| if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) { 366 } else { 365 };
    // Days from 1 January back or on to the start of week 1, for the weekday of that 1 January.
    let start = |new_year: i64| {
        let since_first = (new_year - first_day).rem_euclid(7);
        if since_first > 7 - fixed_day { 7 - since_first } else { -since_first }
    };
    let new_year = (weekday - (day - 1)).rem_euclid(7);
    let number = (day - 1 - start(new_year)).div_euclid(7) + 1;
    if number < 1 {
        let before = days_in(year - 1);
        let new_year = (new_year - before).rem_euclid(7);
        return (year - 1, (day - 1 + before - start(new_year)).div_euclid(7) + 1);
    }
    let next_start = days_in(year) + start((new_year + days_in(year)).rem_euclid(7));
    if day > next_start { (year + 1, 1) } else { (year, number) }
}

fn english_ordinal(number: i64, _: &str) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn german_ordinal(number: i64, _: &str) -> String {
    format!("{number}.")
}

fn french_ordinal(number: i64, token: &str) -> String {
    let ending = match (token, number) {
        ("Do", 1) => "er",
        ("Do", _) => "",
        (_, 1) => "er",
        _ => "e",
    };
    format!("{number}{ending}")
}

fn spanish_ordinal(number: i64, _: &str) -> String {
    format!("{number}º")
}

const ENGLISH: Locale = Locale {
    names: &["en", "en-us"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    short_months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    days: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    short_days: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
    long: ["h:mm A", "h:mm:ss A", "MM/DD/YYYY", "MMMM D, YYYY", "MMMM D, YYYY h:mm A", "dddd, MMMM D, YYYY h:mm A"],
    ordinal: english_ordinal,
    week: (0, 1),
    past: "%s ago",
    future: "in %s",
    spans: [
        "a few seconds",
        "a minute",
        "%d minutes",
        "an hour",
        "%d hours",
        "a day",
        "%d days",
        "a month",
        "%d months",
        "a year",
        "%d years",
    ],
};

const LOCALES: &[Locale] = &[
    ENGLISH,
    Locale {
        names: &["en-gb", "en-au", "en-ie", "en-nz", "en-za", "en-in"],
        long: ["HH:mm", "HH:mm:ss", "DD/MM/YYYY", "D MMMM YYYY", "D MMMM YYYY HH:mm", "dddd, D MMMM YYYY HH:mm"],
        week: (1, 4),
        ..ENGLISH
    },
    Locale {
        names: &["de"],
        months: [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        short_months: ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez."],
        days: ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
        short_days: ["So.", "Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa."],
        long: ["HH:mm", "HH:mm:ss", "DD.MM.YYYY", "D. MMMM YYYY", "D. MMMM YYYY HH:mm", "dddd, D. MMMM YYYY HH:mm"],
        ordinal: german_ordinal,
        week: (1, 4),
        past: "vor %s",
        future: "in %s",
        spans: [
            "ein paar Sekunden",
            "einer Minute",
            "%d Minuten",
            "einer Stunde",
            "%d Stunden",
            "einem Tag",
            "%d Tagen",
            "einem Monat",
            "%d Monaten",
            "einem Jahr",
            "%d Jahren",
        ],
    },
    Locale {
        names: &["fr"],
        months: [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        short_months: [
            "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
        ],
        days: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
        short_days: ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
        long: ["HH:mm", "HH:mm:ss", "DD/MM/YYYY", "D MMMM YYYY", "D MMMM YYYY HH:mm", "dddd D MMMM YYYY HH:mm"],
        ordinal: french_ordinal,
        week: (1, 4),
        past: "il y a %s",
        future: "dans %s",
        spans: [
            "quelques secondes",
            "une minute",
            "%d minutes",
            "une heure",
            "%d heures",
            "un jour",
            "%d jours",
            "un mois",
            "%d mois",
            "un an",
            "%d ans",
        ],
    },
    Locale {
        names: &["es"],
        months: [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
        short_months: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
        days: ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"],
        short_days: ["dom.", "lun.", "mar.", "mié.", "jue.", "vie.", "sáb."],
        long: [
            "H:mm",
            "H:mm:ss",
            "DD/MM/YYYY",
            "D [de] MMMM [de] YYYY",
            "D [de] MMMM [de] YYYY H:mm",
            "dddd, D [de] MMMM [de] YYYY H:mm",
        ],
        ordinal: spanish_ordinal,
        week: (1, 4),
        past: "hace %s",
        future: "en %s",
        spans: [
            "unos segundos",
            "un minuto",
            "%d minutos",
            "una hora",
            "%d horas",
            "un día",
            "%d días",
            "un mes",
            "%d meses",
            "un año",
            "%d años",
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str, zone: &str, pattern: &str, language: &str) -> String {
        let time: jiff::Timestamp = time.parse().unwrap();
        format(&time.in_tz(zone).unwrap(), pattern, Locale::named(language))
    }

    #[test]
    fn the_tokens_of_moment_are_written_as_moment_writes_them() {
        let time = "2025-01-05T09:05:07Z";
        let written = at(time, "Europe/London", "ddd Do MMM YY H:m:s A w W DDD x X Q E e d", "en");
        assert_eq!(written, "Sun 5th Jan 25 9:5:7 AM 2 1 5 1736067907000 1736067907 1 7 0 0");
        let time = "2025-06-30T23:30:00.123Z";
        assert_eq!(
            at(time, "Europe/London", "YYYY-MM-DD HH:mm:ss.SSS Z ZZ", "en"),
            "2025-07-01 00:30:00.123 +01:00 +0100"
        );
        assert_eq!(at(time, "Europe/London", "dddd D MMMM YYYY, h:mm a", "en"), "Tuesday 1 July 2025, 12:30 am");
        assert_eq!(at(time, "America/New_York", "LLLL", "en"), "Monday, June 30, 2025 7:30 PM");
        assert_eq!(at(time, "UTC", "kk DDDD dd Mo z [D]", "en"), "23 181 Mo 6th UTC D");
    }

    #[test]
    fn every_language_has_its_long_forms_and_short_ones_made_of_them() {
        let time = "2025-06-30T23:30:00Z";
        let london = |format, language| at(time, "Europe/London", format, language);
        assert_eq!(london("[on] L LT LTS LL", "en"), "on 07/01/2025 12:30 AM 12:30:00 AM July 1, 2025");
        assert_eq!(london("l ll lll", "en"), "7/1/2025 Jul 1, 2025 Jul 1, 2025 12:30 AM");
        assert_eq!(london("LLLL | l | ll", "en-GB"), "Tuesday, 1 July 2025 00:30 | 1/7/2025 | 1 Jul 2025");
        assert_eq!(london("dddd, D. MMMM YYYY", "de-AT"), "Dienstag, 1. Juli 2025");
        assert_eq!(london("LL Do", "fr"), "1 juillet 2025 1er");
        assert_eq!(london("LL", "es"), "1 de julio de 2025");
        assert_eq!(london("LL", "xx"), "July 1, 2025");
    }

    #[test]
    fn weeks_at_the_turn_of_the_year_belong_to_the_year_that_the_language_says() {
        let week = |day: &str, language| at(&format!("{day}T12:00:00Z"), "UTC", "gggg-ww GGGG-WW", language);
        assert_eq!(week("2024-12-29", "en"), "2025-01 2024-52");
        assert_eq!(week("2024-12-30", "en-gb"), "2025-01 2025-01");
        assert_eq!(week("2021-01-01", "en-gb"), "2020-53 2020-53");
        assert_eq!(week("2022-01-01", "en"), "2022-01 2021-52");
    }
}
