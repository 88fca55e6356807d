//! `cargo xtask test`: everything that must hold before work lands.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use crate::postgres::Postgres;
use crate::steps::Steps;
use crate::{attacks, compat, desk, only_flags, pages, paths, process, tools};

const LINT_LIMIT: Duration = Duration::from_secs(40 * 60);
const TEST_LIMIT: Duration = Duration::from_secs(50 * 60);

pub fn test(args: &[String]) -> Result<()> {
    only_flags(args, &["--quick"])?;
    let quick = !args.is_empty();
    let mut steps = Steps::default();

    steps.step("format", || process::run(process::cargo().args(["fmt", "--all", "--check"]), LINT_LIMIT));
    // Before Rust is compiled, so that it is compiled once, with the desk in it.
    steps.step("the desk: build", desk::build);
    steps.step("lints", || {
        let lints = ["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"];
        process::run(process::cargo().args(lints), LINT_LIMIT)
    });
    steps.step("the desk: types and tests", desk::check);
    steps.step("the desk: types of the API", desk::check_client);
    if quick {
        steps.left_out("tests on PostgreSQL and the page checks (--quick)".into());
        run_tests(&mut steps, None)?;
    } else {
        let postgres = steps.step("PostgreSQL", Postgres::start);
        run_tests(&mut steps, postgres.as_ref())?;
        drop(postgres);
        pages::check(&mut steps)?;
        compat::check(&mut steps);
        steps.step("the desk: journeys (Chromium)", desk::journeys);
        steps.step("bodies: no attack runs (Chromium)", attacks::check);
    }
    steps.close()
}

/// Every test, and the examples in the documentation. Tests name in a file what they leave out,
/// because a runner hides what a passing test prints.
fn run_tests(steps: &mut Steps, postgres: Option<&Postgres>) -> Result<()> {
    let skipped = paths::work().join("skipped.txt");
    fs::create_dir_all(paths::work())?;
    fs::write(&skipped, "")?;
    let with_settings = |arguments: &[&str]| {
        let mut command = process::cargo();
        command.args(arguments).env("MASTHEAD_SKIPPED_FILE", &skipped);
        if let Ok(themes) = compat::ghost_themes() {
            command.env("MASTHEAD_GHOST", themes);
        }
        if let Some(postgres) = postgres {
            command.env("MASTHEAD_TEST_POSTGRES", postgres.url());
        }
        process::run(&mut command, TEST_LIMIT)
    };
    if tools::in_path("cargo-nextest").is_some() {
        steps.step("tests", || with_settings(&["nextest", "run", "--workspace", "--no-fail-fast"]));
        steps.step("examples in the documentation", || with_settings(&["test", "--doc", "--workspace"]));
    } else {
        steps.step("tests", || with_settings(&["test", "--workspace", "--no-fail-fast"]));
    }
    for what in left_out(&skipped) {
        steps.left_out(what);
    }
    Ok(())
}

/// What the tests left out, each once.
fn left_out(file: &Path) -> BTreeSet<String> {
    let lines = fs::read_to_string(file).unwrap_or_default();
    lines
        .lines()
        .map(|line| line.trim_start_matches("skipped:").trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}
