//! `cargo xtask dist`: the binary to ship.

use std::time::Duration;

use anyhow::Result;

use crate::{desk, only_flags, paths, process};

const LIMIT: Duration = Duration::from_secs(3 * 60 * 60);

pub fn dist(args: &[String]) -> Result<()> {
    only_flags(args, &[])?;
    // What is shipped carries the desk.
    desk::build()?;
    process::run(process::cargo().args(["build", "--profile", "dist", "--package", "masthead"]), LIMIT)?;
    let binary = paths::masthead("dist");
    let megabytes = std::fs::metadata(&binary)?.len() as f64 / 1e6;
    println!("{} ({megabytes:.1} MB)", binary.display());
    Ok(())
}
