//! Bodies full of attacks, opened in a real browser: nothing in them may run.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::{paths, process, server, tools};

const MAKE_LIMIT: Duration = Duration::from_secs(20 * 60);
const OPEN_LIMIT: Duration = Duration::from_secs(15 * 60);

/// Writes the pages with the manuscript's own example, and opens each in Chromium.
pub fn check() -> Result<()> {
    let folder = paths::work().join("attacks");
    server::clear(&folder)?;
    let arguments = ["run", "--release", "--package", "manuscript", "--example", "attacks", "--"];
    process::run(process::cargo().args(arguments).arg(&folder), MAKE_LIMIT)?;
    let mut node = Command::new(tools::node()?);
    node.arg(paths::scripts().join("attacks.mjs")).arg(&folder).env("CHROMIUM", tools::find(&tools::CHROMIUM)?);
    process::run(&mut node, OPEN_LIMIT)
}
