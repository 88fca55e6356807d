//! `cargo xtask run`: from a clone to a magazine in the browser.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::server::{self, Magazine};
use crate::{desk, paths, process};

const BUILD_LIMIT: Duration = Duration::from_secs(2 * 60 * 60);

/// What follows `--` goes to `masthead serve`.
pub fn run(args: &[String]) -> Result<()> {
    let args = args.strip_prefix(&["--".to_owned()]).unwrap_or(args);
    desk::build_if_possible()?;
    process::run(process::cargo().args(["build", "--release", "--package", "masthead"]), BUILD_LIMIT)?;
    let mut serve = Command::new(paths::masthead("release"));
    serve.arg("serve");
    if !names_a_folder(args) {
        let magazine = Path::new("magazine");
        if !magazine.exists() {
            make_sample(magazine)?;
        }
        serve.arg("--data").arg(magazine);
    }
    // The server takes our place, so that Ctrl-C is between it and the terminal alone.
    Err(serve.args(args).exec()).context("failed to start masthead")
}

/// Whether the developer has a data folder of their own in mind.
fn names_a_folder(args: &[String]) -> bool {
    let by_flag = args.iter().any(|arg| arg == "--data" || arg.starts_with("--data="));
    by_flag || std::env::var_os("MASTHEAD_DATA").is_some()
}

/// Makes the sample in another folder first: there is a whole magazine, or none.
fn make_sample(magazine: &Path) -> Result<()> {
    let making = Magazine { binary: paths::masthead("release"), data: "magazine.making".into() };
    server::clear(&making.data)?;
    println!("Making a sample magazine in ./magazine");
    making.make(0)?;
    let invitation = making.add_staff("owner@localhost.example", "Owner", "owner")?;
    std::fs::rename(&making.data, magazine).context("failed to put the sample magazine in place")?;
    println!("\nYou are its owner. Once the server runs, open this link (it works once) to set your password:\n");
    println!("    {}\n", server::link_in(&invitation).unwrap_or(invitation.trim()));
    Ok(())
}
