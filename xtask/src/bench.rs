//! `cargo xtask bench`: tables of ratios, side by side. Only this machine is asked, and every part
//! is bounded in time.

mod archive;
mod clients;
mod drawing;
mod figures;
mod manuscript;
mod moving;
mod nginx;
mod pages;
mod publish;
mod record;
mod typing;

use std::time::Duration;

use anyhow::{Result, bail};

use crate::server::{self, Magazine};
use crate::steps::Steps;
use crate::{desk, paths, process};

const BUILD_LIMIT: Duration = Duration::from_secs(2 * 60 * 60);
const SMALL: u32 = 1_000;
const LARGE: u32 = 100_000;

/// What can be asked for alone.
const TOPICS: [&str; 9] =
    ["http", "archive", "drawing", "clients", "moving", "publish", "manuscript", "record", "typing"];

pub fn bench(args: &[String]) -> Result<()> {
    let plan = Plan::parse(args)?;
    let mut steps = Steps::default();
    if plan.includes("manuscript") {
        steps.step("bodies, Masthead and Ghost", || manuscript::bench(plan.quick));
    }
    if plan.includes("record") {
        steps.step("quotations and checks", || record::bench(plan.quick));
    }
    if plan.needs_masthead() {
        let build = || {
            process::run(process::cargo().args(["build", "--profile", "dist", "--package", "masthead"]), BUILD_LIMIT)
        };
        if plan.includes("typing") {
            steps.step("the desk's program", desk::build);
        }
        if steps.step("build", build).is_none() {
            return steps.close();
        }
    }
    if plan.includes("http") {
        steps.step("kept pages, Masthead and nginx", || pages::bench(&magazine(SMALL)?, plan.quick));
    }
    if plan.includes("archive") {
        steps.step("the archive", || archive::bench(&plan.archives(), plan.quick));
    }
    if plan.includes("drawing") {
        steps.step("pages that are not kept, in Ghost's theme and in ours", || {
            drawing::bench(&plan.archives(), plan.quick)
        });
    }
    if plan.includes("clients") {
        steps.step("Ghost's Content API", || clients::bench(&magazine(SMALL)?, plan.quick));
    }
    if plan.includes("moving") {
        steps.step("a Ghost site moves in", || moving::bench(plan.quick));
    }
    if plan.includes("publish") {
        steps.step("publishing", || publish::bench(&plan.archives(), plan.quick));
    }
    if plan.includes("typing") {
        steps.step("typing at the desk", || typing::bench(plan.quick));
    }
    steps.close()
}

/// What to measure, and how long.
struct Plan {
    quick: bool,
    only: Option<&'static str>,
}

impl Plan {
    /// Reads `--quick` and a topic, with or without `--only` before it.
    fn parse(args: &[String]) -> Result<Plan> {
        let mut plan = Plan { quick: false, only: None };
        let mut args = args.iter().map(String::as_str);
        while let Some(arg) = args.next() {
            if arg == "--quick" {
                plan.quick = true;
                continue;
            }
            let named = if arg == "--only" { args.next().unwrap_or("--only") } else { arg };
            match TOPICS.into_iter().find(|topic| *topic == named) {
                Some(topic) if plan.only.is_none() => plan.only = Some(topic),
                Some(_) => bail!("one topic at a time: {}", TOPICS.join(", ")),
                None => bail!("{named} is not a topic here: {}", TOPICS.join(", ")),
            }
        }
        Ok(plan)
    }

    fn needs_masthead(&self) -> bool {
        !matches!(self.only, Some("manuscript" | "record"))
    }

    fn includes(&self, topic: &str) -> bool {
        self.only.is_none_or(|only| only == topic)
    }

    fn archives(&self) -> Vec<u32> {
        if self.quick { vec![SMALL] } else { vec![SMALL, LARGE] }
    }
}

/// A magazine of so many generated articles, made once and kept for the next run.
fn magazine(articles: u32) -> Result<Magazine> {
    let folder = paths::work().join(format!("bench-{articles}"));
    let magazine = Magazine { binary: paths::masthead("dist"), data: folder.join("magazine") };
    if !folder.exists() {
        // Made elsewhere first, so that an interrupted run leaves no half of one.
        let making = folder.with_extension("making");
        server::clear(&making)?;
        std::fs::create_dir_all(&making)?;
        println!("making a magazine of {articles} articles");
        Magazine { binary: magazine.binary.clone(), data: making.join("magazine") }.make(articles)?;
        std::fs::rename(&making, &folder)?;
    }
    Ok(magazine)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(words: &str) -> Result<Plan> {
        Plan::parse(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn one_topic_can_be_asked_for() {
        let plan = plan("--quick --only archive").unwrap();
        assert!(plan.quick && plan.includes("archive") && !plan.includes("http") && plan.needs_masthead());
        let bodies = self::plan("manuscript").unwrap();
        assert!(bodies.includes("manuscript") && !bodies.includes("archive") && !bodies.needs_masthead());
    }

    #[test]
    fn a_topic_that_is_none_is_refused() {
        assert!(plan("--only tea").is_err());
        assert!(plan("--only").is_err());
        assert!(plan("--fast").is_err());
        assert!(plan("http archive").is_err());
    }
}
