//! A command's steps: a heading, the time taken and the result of each, and one closing list.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::tools::{self, Missing};

/// The steps done so far.
#[derive(Default)]
pub struct Steps {
    done: Vec<(String, Outcome, Duration)>,
    notes: Vec<String>,
}

enum Outcome {
    Passed,
    Failed(String),
    Skipped(String),
}

impl Steps {
    /// Does one step. A step that needs something [`Missing`] is skipped; what it returns is kept.
    pub fn step<T>(&mut self, name: &str, act: impl FnOnce() -> Result<T>) -> Option<T> {
        println!("\n== {name}");
        let start = Instant::now();
        let (outcome, value) = match act() {
            Ok(value) => (Outcome::Passed, Some(value)),
            Err(error) if error.is::<Missing>() => (Outcome::Skipped(format!("{error:#}")), None),
            Err(error) => (Outcome::Failed(format!("{error:#}")), None),
        };
        let taken = start.elapsed();
        println!("{}  ({:.1} s)", outcome.line(name), taken.as_secs_f64());
        self.done.push((name.to_owned(), outcome, taken));
        value
    }

    /// Adds something that was left out inside a step to the closing list.
    pub fn left_out(&mut self, what: String) {
        self.notes.push(what);
    }

    /// Prints the closing list and fails if a step did, or if anything was left out where nothing
    /// may be.
    pub fn close(self) -> Result<()> {
        println!("\n== In all");
        for (name, outcome, taken) in &self.done {
            println!("{:>8.1} s  {}", taken.as_secs_f64(), outcome.line(name));
        }
        for note in &self.notes {
            println!("left out: {note}");
        }
        let count = |wanted: fn(&Outcome) -> bool| self.done.iter().filter(|(_, outcome, _)| wanted(outcome)).count();
        let passed = count(|outcome| matches!(outcome, Outcome::Passed));
        let failed = count(|outcome| matches!(outcome, Outcome::Failed(_)));
        let skipped = count(|outcome| matches!(outcome, Outcome::Skipped(_)));
        println!("\nsteps: {passed} passed, {failed} failed, {skipped} skipped");
        if failed > 0 {
            bail!("failed");
        }
        if tools::is_ci() && (skipped > 0 || !self.notes.is_empty()) {
            bail!("CI=true is set, so nothing may be left out");
        }
        Ok(())
    }
}

impl Outcome {
    fn line(&self, name: &str) -> String {
        match self {
            Outcome::Passed => format!("passed   {name}"),
            Outcome::Failed(why) => format!("FAILED   {name}: {why}"),
            Outcome::Skipped(why) => format!("skipped  {name}: {why}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_tool_skips_a_step_and_an_error_fails_it() {
        let mut steps = Steps::default();
        assert_eq!(steps.step("a", || Ok(1)), Some(1));
        assert_eq!(steps.step::<()>("b", || Err(Missing("no nginx".into()).into())), None);
        assert_eq!(steps.step::<()>("c", || bail!("broken")), None);
        let lines: Vec<_> = steps.done.iter().map(|(name, outcome, _)| outcome.line(name)).collect();
        assert_eq!(lines, ["passed   a", "skipped  b: no nginx", "FAILED   c: broken"]);
        assert!(steps.close().is_err());
    }
}
