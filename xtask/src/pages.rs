//! The page checks: a sample magazine is served, and every kind of its pages is looked at.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::server::{self, Magazine, Server};
use crate::steps::Steps;
use crate::{paths, process, tools};

/// Enough that the front and a section have a second page.
const GENERATED: u32 = 80;
const BUILD_LIMIT: Duration = Duration::from_secs(40 * 60);
const CHECK_LIMIT: Duration = Duration::from_secs(15 * 60);

/// The steps: markup, access and layout, weight.
pub fn check(steps: &mut Steps) -> Result<()> {
    let Some(sample) = steps.step("a sample magazine for the page checks", Sample::serve) else {
        return Ok(());
    };
    steps.step("pages: markup (Nu HTML checker)", || {
        process::run(sample.script("markup.mjs")?.env("JAVA", tools::find(&tools::JAVA)?), CHECK_LIMIT)
    });
    steps.step("pages: access and layout (axe, three widths, light and dark)", || {
        process::run(sample.script("access.mjs")?.env("CHROMIUM", tools::find(&tools::CHROMIUM)?), CHECK_LIMIT)
    });
    steps.step("pages: weight", || {
        process::run(sample.script("weight.mjs")?.env("CHROMIUM", tools::find(&tools::CHROMIUM)?), CHECK_LIMIT)
    });
    Ok(())
}

/// `cargo xtask shots DIR`: pictures of the same pages, for looking.
pub fn shots(args: &[String]) -> Result<()> {
    let [folder] = args else { bail!("say where the pictures go: cargo xtask shots DIR") };
    let folder = std::path::absolute(folder)?;
    fs::create_dir_all(&folder).with_context(|| format!("failed to make {}", folder.display()))?;
    let sample = Sample::serve()?;
    let chromium = tools::find(&tools::CHROMIUM)?;
    process::run(sample.script("shots.mjs")?.arg(folder).env("CHROMIUM", chromium), CHECK_LIMIT)
}

/// The sample magazine, served by the debug build.
struct Sample {
    server: Server,
    set_password: String,
}

impl Sample {
    fn serve() -> Result<Sample> {
        process::run(process::cargo().args(["build", "--workspace"]), BUILD_LIMIT)?;
        let magazine = Magazine { binary: paths::masthead("debug"), data: fresh(&paths::work().join("pages"))? };
        magazine.make(GENERATED)?;
        let invitation = magazine.add_staff("owner@localhost.example", "Owner", "owner")?;
        let link = server::link_in(&invitation).context("masthead staff add printed no link")?;
        let set_password = path_of(link).to_owned();
        Ok(Sample { server: magazine.serve()?, set_password })
    }

    /// A script of ours for Node, told where the magazine is and of the page that no other names.
    fn script(&self, name: &str) -> Result<Command> {
        let mut node = Command::new(tools::node()?);
        node.arg(paths::scripts().join(name)).env("MAGAZINE", &self.server.url);
        node.env("SET_PASSWORD_PATH", &self.set_password);
        Ok(node)
    }
}

fn fresh(folder: &Path) -> Result<PathBuf> {
    server::clear(folder)?;
    fs::create_dir_all(folder)?;
    Ok(folder.join("magazine"))
}

/// A link's path and query: the link was made for another port than the one we serve on.
fn path_of(link: &str) -> &str {
    let after_scheme = link.find("://").map_or(0, |at| at + 3);
    link[after_scheme..].find('/').map_or("/", |at| &link[after_scheme + at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_links_path_is_cut_out() {
        assert_eq!(path_of("http://localhost:2368/desk/password/x?y=1"), "/desk/password/x?y=1");
        assert_eq!(path_of("https://example.org"), "/");
    }
}
