//! Progress on a terminal, and nothing where there is none.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::actions::moving::Watch;

/// A bar for so many steps; it shows itself after a moment, so that short work stays quiet.
pub fn bar(steps: u64, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(steps).with_message(what);
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar
}

/// A sign of life for work of unknown length.
pub fn spinner(what: &'static str) -> ProgressBar {
    let spinner = ProgressBar::new_spinner().with_message(what);
    spinner.enable_steady_tick(Duration::from_millis(200));
    spinner
}

/// A bar for each part of the work.
#[derive(Debug, Default)]
pub struct Bars(Mutex<Option<ProgressBar>>);

impl Bars {
    fn now(&self) -> MutexGuard<'_, Option<ProgressBar>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watch for Bars {
    fn begins(&self, what: &'static str, steps: u64) {
        *self.now() = Some(bar(steps, what));
    }

    fn done(&self, steps: u64) {
        self.now().iter().for_each(|bar| bar.set_position(steps));
    }

    fn ends(&self) {
        self.now().take().into_iter().for_each(|bar| bar.finish_and_clear());
    }
}
