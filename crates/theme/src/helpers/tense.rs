//! How long ago something was, or how soon it will be, in the steps of moment.js.

use jiff::Timestamp;

use super::moment::Locale;

/// A distance in time, in words to come.
pub(super) struct Tense {
    seconds: f64,
    past: bool,
}

impl Tense {
    /// From `now` to `time`.
    pub(super) fn between(time: Timestamp, now: Timestamp) -> Tense {
        let milliseconds = now.as_millisecond() - time.as_millisecond();
        Tense { seconds: milliseconds.unsigned_abs() as f64 / 1000.0, past: milliseconds >= 0 }
    }

    /// "5 minutes ago".
    pub(super) fn words(&self, locale: &Locale) -> String {
        let (unit, number) = self.unit();
        let words = locale.spans[unit].replace("%d", &number.to_string());
        let frame = if self.past { locale.past } else { locale.future };
        frame.replace("%s", &words)
    }

    /// Which of [`Locale::spans`], and how many of it.
    fn unit(&self) -> (usize, u64) {
        let seconds = self.seconds.round();
        let minutes = (self.seconds / 60.0).round();
        let hours = (self.seconds / 3_600.0).round();
        let days = (self.seconds / 86_400.0).round();
        // 400 years of the calendar have 146,097 days and 4,800 months.
        let months = (self.seconds / 86_400.0 * 4_800.0 / 146_097.0).round();
        let years = (self.seconds / 86_400.0 * 400.0 / 146_097.0).round();
        let steps = [
            (seconds < 45.0, 0, seconds),
            (minutes <= 1.0, 1, minutes),
            (minutes < 45.0, 2, minutes),
            (hours <= 1.0, 3, hours),
            (hours < 22.0, 4, hours),
            (days <= 1.0, 5, days),
            (days < 26.0, 6, days),
            (months <= 1.0, 7, months),
            (months < 11.0, 8, months),
            (years <= 1.0, 9, years),
        ];
        let found = steps.into_iter().find(|(fits, ..)| *fits);
        found.map_or((10, years as u64), |(_, unit, number)| (unit, number as u64))
    }
}
