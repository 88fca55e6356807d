//! The time zone of a site. An export does not name it, but states each date twice.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::wxr::Moment;

/// What was seen of a site's clock: one date of each month and offset.
#[derive(Debug, Default)]
pub struct Clocks {
    seen: BTreeSet<(i16, i8, i64)>,
    dates: Vec<(Timestamp, DateTime)>,
}

/// Dates that are compared.
const MOST: usize = 500;

/// Zones that are tried, those of newsrooms in English first; where several fit as well, the first is taken.
const ZONES: [&str; 58] = [
    "Europe/London",
    "Europe/Dublin",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Halifax",
    "America/St_Johns",
    "Australia/Sydney",
    "Australia/Brisbane",
    "Australia/Adelaide",
    "Australia/Darwin",
    "Australia/Perth",
    "Pacific/Auckland",
    "Asia/Kolkata",
    "Europe/Berlin",
    "Europe/Athens",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "Africa/Nairobi",
    "Asia/Singapore",
    "Asia/Manila",
    "Asia/Hong_Kong",
    "Europe/Moscow",
    "Europe/Istanbul",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Jerusalem",
    "Asia/Beirut",
    "Asia/Dubai",
    "Asia/Tehran",
    "Asia/Karachi",
    "Asia/Dhaka",
    "Asia/Kathmandu",
    "Asia/Colombo",
    "Asia/Yangon",
    "Asia/Bangkok",
    "Asia/Jakarta",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Asia/Seoul",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "America/Santiago",
    "America/Bogota",
    "America/Lima",
    "America/Caracas",
    "America/Mexico_City",
    "America/Havana",
    "America/Puerto_Rico",
    "America/Guatemala",
    "Atlantic/Azores",
    "Atlantic/Reykjavik",
    "Pacific/Fiji",
    "Pacific/Guam",
];

impl Clocks {
    /// Looks at a date.
    pub fn see(&mut self, moment: &Moment) {
        let (Some(local), Some(gmt)) = (moment.local, moment.gmt) else { return };
        let (Ok(at), Ok(shown)) = (TimeZone::UTC.to_timestamp(gmt), TimeZone::UTC.to_timestamp(local)) else { return };
        let offset = shown.as_second() - at.as_second();
        if self.dates.len() < MOST && self.seen.insert((local.year(), local.month(), offset)) {
            self.dates.push((at, local));
        }
    }

    /// The zone that fits the dates, but for a few: a site may have had another one once. A fixed one, such as `Etc/GMT-3`,
    /// where no place fits and the offset is a whole number of hours. None where nothing was seen or nothing fits.
    pub fn zone(&self) -> Option<String> {
        let fits = |zone: &TimeZone| self.dates.iter().filter(|(at, local)| zone.to_datetime(*at) == *local).count();
        let enough = (self.dates.len() * 9).div_ceil(10).max(1);
        let fitting = |name: &str| TimeZone::get(name).map_or(0, |zone| fits(&zone));
        let mut best = ("UTC", fits(&TimeZone::UTC));
        for name in ZONES {
            let count = fitting(name);
            // What is always UTC is London where there are only winters.
            if count > best.1 || (count == best.1 && best.0 == "UTC" && name == "Europe/London") {
                best = (name, count);
            }
        }
        if best.1 >= enough {
            return Some(best.0.to_owned());
        }
        let (at, local) = self.dates.last()?;
        let shown = TimeZone::UTC.to_timestamp(*local).ok()?;
        let hours = (shown.as_second() - at.as_second()) / 3_600;
        let name = format!("Etc/GMT{:+}", -hours); // of these names the sign is turned
        (fitting(&name) >= enough).then_some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(dates: &[(&str, &str)]) -> Option<String> {
        let mut clocks = Clocks::default();
        for (local, gmt) in dates {
            let read = |text: &str| Some(text.parse().unwrap());
            clocks.see(&Moment { local: read(local), gmt: read(gmt), at: None });
        }
        clocks.zone()
    }

    #[test]
    fn summer_and_winter_tell_the_zone() {
        let summer = ("2024-07-01 13:00:00", "2024-07-01 12:00:00");
        assert_eq!(zone(&[summer, ("2024-01-01 12:00:00", "2024-01-01 12:00:00")]).as_deref(), Some("Europe/London"));
        assert_eq!(
            zone(&[("2024-07-01 08:00:00", "2024-07-01 12:00:00"), ("2024-01-01 07:00:00", "2024-01-01 12:00:00")])
                .as_deref(),
            Some("America/New_York")
        );
        assert_eq!(zone(&[("2024-07-01 17:30:00", "2024-07-01 12:00:00")]).as_deref(), Some("Asia/Kolkata"));
        assert_eq!(zone(&[("2024-07-01 12:00:00", "2024-07-01 12:00:00")]).as_deref(), Some("UTC"));
        assert_eq!(zone(&[("2024-01-01 12:00:00", "2024-01-01 12:00:00")]).as_deref(), Some("Europe/London"));
        assert_eq!(zone(&[]), None);
        assert_eq!(zone(&[("2024-01-01 13:00:00", "2024-01-01 12:00:00")]).as_deref(), Some("Europe/Berlin"));
        assert_eq!(zone(&[("2024-07-01 12:07:00", "2024-07-01 12:00:00")]), None);
    }

    #[test]
    fn one_old_date_of_another_clock_does_not_hide_the_zone() {
        let mut dates = vec![("2009-07-01 12:00:00", "2009-07-01 12:00:00")];
        let newer: Vec<(String, String)> = (1..=12)
            .map(|month| {
                let offset = if (3..=10).contains(&month) { 8 } else { 7 };
                (format!("2023-{month:02}-15 {offset:02}:00:00"), format!("2023-{month:02}-15 12:00:00"))
            })
            .collect();
        dates.extend(newer.iter().map(|(local, gmt)| (local.as_str(), gmt.as_str())));
        assert_eq!(zone(&dates).as_deref(), Some("America/New_York"));
    }
}
