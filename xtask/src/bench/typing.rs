//! From a key to its letter in the desk's editor, beside a bare editable text of the same 5,900 words and a text area
//! in an empty page, in the same browser: `xtask/browser/typing.mjs`.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{paths, process, tools};

/// Milliseconds at the 95th percentile with the processor throttled to a quarter.
const GOAL: u32 = 16;
const LIMIT: Duration = Duration::from_secs(5 * 60);

/// Wants a built server (`dist`) with the desk in it.
pub fn bench(quick: bool) -> Result<()> {
    tools::node_packages(&paths::scripts())?;
    let mut typing = Command::new(tools::node()?);
    typing.arg(paths::scripts().join("typing.mjs")).arg(if quick { "40" } else { "150" });
    typing.env("MASTHEAD", paths::masthead("dist")).env("CHROMIUM", tools::find(&tools::CHROMIUM)?);
    let said = process::output(&mut typing, LIMIT)?;
    let rows: Vec<Value> = said.lines().map(serde_json::from_str).collect::<Result<_, _>>().context("no JSON lines")?;
    println!("| from a key to its letter | throttled | p50, ms | p95, ms | ÷ bare |");
    println!("|---|---:|---:|---:|---:|");
    let figure = |row: &Value, name: &str| row[name].as_f64().with_context(|| format!("no {name} in {row}"));
    for row in &rows {
        let is_bare =
            |other: &&Value| other["place"] == "a bare contenteditable" && other["throttle"] == row["throttle"];
        let bare = rows.iter().find(is_bare).context("the bare text was not measured")?;
        let (p50, p95) = (figure(row, "p50")?, figure(row, "p95")?);
        let ratio = p95 / figure(bare, "p95")?;
        let place = row["place"].as_str().unwrap_or_default();
        println!("| {place} | {}x | {p50:.1} | {p95:.1} | {ratio:.2} |", row["throttle"]);
    }
    println!(
        "\nGoal for the desk at 4x: p95 under {GOAL} ms. The text area is what this machine and browser take at the least."
    );
    Ok(())
}
