//! How many articles a core reads in a second, beside a plain regular expression on the same texts.

use std::fs::File;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::{paths, process};

const BUILD_LIMIT: Duration = Duration::from_secs(60 * 60);
const LIMIT: Duration = Duration::from_secs(5 * 60);

pub fn bench(quick: bool) -> Result<()> {
    let build = ["build", "--profile", "dist", "--package", "record", "--example", "measure"];
    process::run(process::cargo().args(build), BUILD_LIMIT)?;
    let corpus = paths::root().join("corpus/input.jsonl");
    let texts = File::open(&corpus).with_context(|| corpus.display().to_string())?;
    let mut measure = Command::new(paths::target().join("dist/examples/measure"));
    measure.arg(if quick { "3" } else { "9" }).stdin(Stdio::from(texts));
    print!("{}", process::output(&mut measure, LIMIT)?);
    println!("goal: 2,000 articles a second with quotations and checks, better 5,000");
    Ok(())
}
