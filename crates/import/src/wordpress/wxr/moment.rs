//! Dates. WordPress writes each twice, in the time of the magazine and in that of Greenwich, and does not say which
//! time zone lies between them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

use super::leaves::Leaves;
use super::values::Moment;
use super::xml::{Space, Xml};

/// The farthest that a clock is from Greenwich, in seconds.
const FARTHEST: i64 = 14 * 3600;

/// What is known of the magazine's time.
#[derive(Default)]
pub(super) struct Zone {
    given: Option<TimeZone>,
    seen: Option<Offset>,
}

/// What a text says of a date.
#[derive(Debug, PartialEq)]
pub(super) enum Stated {
    Date(DateTime),
    Nothing,
    NoDate,
}

impl Zone {
    pub(super) fn given(zone: TimeZone) -> Zone {
        Zone { given: Some(zone), seen: None }
    }

    /// The pair of dates of these names.
    pub(super) fn moment(&mut self, xml: &mut Xml<'_, '_>, leaves: &mut Leaves<'_>, local: &str, gmt: &str) -> Moment {
        let local = leaves.date(xml, Space::Wp, local);
        let gmt = leaves.date(xml, Space::Wp, gmt);
        Moment { local, gmt, at: self.instant(xml, local, gmt) }
    }

    fn instant(&mut self, xml: &mut Xml<'_, '_>, local: Option<DateTime>, gmt: Option<DateTime>) -> Option<Timestamp> {
        if let Some(gmt) = gmt {
            if let Some(offset) = local.and_then(|local| between(local, gmt)) {
                self.seen = Some(offset);
            }
            return TimeZone::UTC.to_timestamp(gmt).ok();
        }
        let local = local?;
        if let Some(zone) = &self.given {
            return zone.to_timestamp(local).ok();
        }
        match self.seen {
            Some(offset) => {
                xml.note(format!("its time zone is not known: {local} is taken as {offset}, seen in an item before"));
                offset.to_timestamp(local).ok()
            }
            None => {
                xml.note(format!("its time zone is not known: {local} is taken as UTC"));
                TimeZone::UTC.to_timestamp(local).ok()
            }
        }
    }
}

/// `2024-05-01 18:30:00`. All zeros, and the day before the year 1 that PHP makes of them, say nothing.
pub(super) fn stated(text: &str) -> Stated {
    let text = text.trim();
    if text.is_empty() || text.starts_with("0000-00-00") || text.starts_with("-0001-11-30") {
        return Stated::Nothing;
    }
    text.parse().map_or(Stated::NoDate, Stated::Date)
}

/// The date of a feed, RFC 2822.
pub(super) fn of_feed(text: &str) -> Option<Timestamp> {
    jiff::fmt::rfc2822::parse(text.trim()).ok().map(|date| date.timestamp())
}

/// The offset that makes one of the other, if clocks are ever so far from Greenwich.
fn between(local: DateTime, gmt: DateTime) -> Option<Offset> {
    let seconds =
        TimeZone::UTC.to_timestamp(local).ok()?.as_second() - TimeZone::UTC.to_timestamp(gmt).ok()?.as_second();
    // All offsets in use are whole quarters of an hour.
    let is_offset = seconds.abs() <= FARTHEST && seconds % 900 == 0;
    Offset::from_seconds(i32::try_from(seconds).ok().filter(|_| is_offset)?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_date_of_zeros_says_nothing() {
        assert_eq!(stated("0000-00-00 00:00:00"), Stated::Nothing);
        assert_eq!(stated("-0001-11-30 00:00:00"), Stated::Nothing);
        assert_eq!(stated(" \n"), Stated::Nothing);
        assert_eq!(stated("2024-05-01 18:30:00\n"), Stated::Date(date(2024, 5, 1).at(18, 30, 0, 0)));
        assert_eq!(stated("2024-05-00 18:30:00"), Stated::NoDate);
        assert_eq!(stated("yesterday"), Stated::NoDate);
    }

    #[test]
    fn an_offset_is_whole_quarters_of_an_hour() {
        let local = date(2024, 5, 1).at(18, 30, 0, 0);
        let seen = |gmt: DateTime| between(local, gmt).map(|offset| offset.seconds());
        assert_eq!(seen(date(2024, 5, 1).at(13, 0, 0, 0)), Some(19_800));
        assert_eq!(seen(date(2024, 5, 1).at(18, 29, 0, 0)), None);
        assert_eq!(seen(date(2024, 4, 1).at(18, 30, 0, 0)), None);
    }
}
