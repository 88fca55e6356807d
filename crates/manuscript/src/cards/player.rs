//! What the players of recordings and films share.

use std::fmt::{self, Display};

/// A time in seconds as players show it: `3:05`, `60:01`.
pub(super) struct Clock(pub(super) f64);

impl Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A number below zero becomes zero.
        let seconds = self.0 as u64;
        write!(f, "{}:{:02}", seconds / 60, seconds % 60)
    }
}

// The drawings on the buttons of Ghost's players (MIT licence, Copyright Ghost Foundation).
pub(super) const PLAY: &str = r#"<path d="M23.14 10.608 2.253.164A1.559 1.559 0 0 0 0 1.557v20.887a1.558 1.558 0 0 0 2.253 1.392L23.14 13.393a1.557 1.557 0 0 0 0-2.785Z"></path>"#;
pub(super) const BARS: [&str; 2] = [
    r#"<rect x="3" y="1" width="7" height="22" rx="1.5" ry="1.5"></rect>"#,
    r#"<rect x="14" y="1" width="7" height="22" rx="1.5" ry="1.5"></rect>"#,
];
pub(super) const UNMUTE: &str = r#"<path d="M15.189 2.021a9.728 9.728 0 0 0-7.924 4.85.249.249 0 0 1-.221.133H5.25a3 3 0 0 0-3 3v2a3 3 0 0 0 3 3h1.794a.249.249 0 0 1 .221.133 9.73 9.73 0 0 0 7.924 4.85h.06a1 1 0 0 0 1-1V3.02a1 1 0 0 0-1.06-.998Z"></path>"#;
pub(super) const MUTE: &str = r#"<path d="M16.177 4.3a.248.248 0 0 0 .073-.176v-1.1a1 1 0 0 0-1.061-1 9.728 9.728 0 0 0-7.924 4.85.249.249 0 0 1-.221.133H5.25a3 3 0 0 0-3 3v2a3 3 0 0 0 3 3h.114a.251.251 0 0 0 .177-.073ZM23.707 1.706A1 1 0 0 0 22.293.292l-22 22a1 1 0 0 0 0 1.414l.009.009a1 1 0 0 0 1.405-.009l6.63-6.631A.251.251 0 0 1 8.515 17a.245.245 0 0 1 .177.075 10.081 10.081 0 0 0 6.5 2.92 1 1 0 0 0 1.061-1V9.266a.247.247 0 0 1 .073-.176Z"></path>"#;

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn a_clock_shows_whole_seconds_and_no_hours() {
        let shown = [0.0, 5.9, 65.4, 3601.0, -3.0].map(|seconds| Clock(seconds).to_string());
        assert_eq!(shown, ["0:00", "0:05", "1:05", "60:01", "0:00"]);
    }
}
