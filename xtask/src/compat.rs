//! Ghost themes on Masthead: Ghost's own two against the pages that Ghost made with them, and each of them, with ours, in
//! a browser; and our theme before Ghost's check of themes. Ghost is a tool here; nothing of it is shipped.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::server::{self, Magazine};
use crate::steps::Steps;
use crate::{only_flags, paths, process, tools};

/// The version whose themes are taken, and whose pages the reference holds.
const GHOST: &str = "6.65.0";
/// What is taken of it.
const THEMES: [&str; 2] = ["source", "casper"];
const FETCH_LIMIT: Duration = Duration::from_secs(5 * 60);
const BUILD_LIMIT: Duration = Duration::from_secs(40 * 60);
const CHECK_LIMIT: Duration = Duration::from_secs(15 * 60);
/// Enough that the front has a second page in every theme.
const GENERATED: u32 = 40;

/// `cargo xtask compat`.
pub fn compat(args: &[String]) -> Result<()> {
    only_flags(args, &[])?;
    let mut steps = Steps::default();
    steps.step("Ghost's pages, made here", || {
        let mut tests = process::cargo();
        tests.args(["test", "--package", "masthead", "--test", "golden"]).env("MASTHEAD_GHOST", ghost_themes()?);
        process::run(&mut tests, BUILD_LIMIT)
    });
    check(&mut steps);
    steps.close()
}

/// The steps that `cargo xtask test` has too.
pub fn check(steps: &mut Steps) {
    steps.step("themes: Ghost's check of ours", gscan);
    steps.step("themes: every kind of page in a browser", in_a_browser);
    steps.step("clients: every method of Ghost's own", clients);
}

/// A folder with Ghost's own themes, fetched once.
pub fn ghost_themes() -> Result<PathBuf> {
    let folder = paths::work().join(format!("ghost-themes-{GHOST}"));
    if folder.exists() {
        return Ok(std::path::absolute(folder)?);
    }
    let making = folder.with_extension("making");
    server::clear(&making)?;
    fs::create_dir_all(&making)?;
    let npm = tools::npm()?;
    let mut pack = Command::new(npm);
    pack.args(["pack", &format!("ghost@{GHOST}"), "--silent", "--pack-destination", "."]).current_dir(&making);
    process::output(&mut pack, FETCH_LIMIT)
        .map_err(|why| tools::Missing(format!("Ghost's package could not be fetched ({why:#})")))?;
    let mut untar = Command::new("tar");
    untar.args(["-xzf", &format!("ghost-{GHOST}.tgz"), "--strip-components=3"]).current_dir(&making);
    untar.args(THEMES.map(|name| format!("package/content/themes/{name}")));
    process::run(&mut untar, FETCH_LIMIT)?;
    fs::remove_file(making.join(format!("ghost-{GHOST}.tgz")))?;
    fs::rename(&making, &folder)?;
    Ok(std::path::absolute(folder)?)
}

/// Ghost's check of themes finds no error in ours.
fn gscan() -> Result<()> {
    let (node, scripts) = tools::node_in_target(&paths::root().join("xtask/themes"))?;
    let mut check = Command::new(node);
    check.arg(scripts.join("gscan.mjs")).arg(paths::root().join("themes/broadsheet"));
    process::run(&mut check, CHECK_LIMIT)
}

/// The sample magazine in each theme: every link leads somewhere, nothing is asked of another host, no script fails.
fn in_a_browser() -> Result<()> {
    process::run(process::cargo().args(["build", "--workspace"]), BUILD_LIMIT)?;
    let themes = ghost_themes()?;
    let folder = paths::work().join("themes");
    server::clear(&folder)?;
    fs::create_dir_all(&folder)?;
    let magazine = Magazine { binary: paths::masthead("debug"), data: folder.join("magazine") };
    magazine.make(GENERATED)?;
    for theme in THEMES {
        magazine.theme("install", &themes.join(theme).display().to_string())?;
    }
    let node = tools::node()?;
    let chromium = tools::find(&tools::CHROMIUM)?;
    for theme in THEMES.into_iter().chain(["broadsheet"]) {
        magazine.theme("use", theme)?;
        let server = magazine.serve()?;
        let mut browser = Command::new(&node);
        browser.arg(paths::scripts().join("themes.mjs")).arg(theme);
        browser.env("MAGAZINE", &server.url).env("CHROMIUM", &chromium);
        if let Some(shots) = std::env::var_os("SHOTS") {
            browser.env("SHOTS", shots);
        }
        process::run(&mut browser, CHECK_LIMIT).with_context(|| format!("in the theme {theme}"))?;
    }
    Ok(())
}

/// Ghost's official clients call every method that they have, and hear of what they did by webhooks.
fn clients() -> Result<()> {
    process::run(process::cargo().args(["build", "--workspace"]), BUILD_LIMIT)?;
    let (node, scripts) = tools::node_in_target(&paths::root().join("xtask/clients"))?;
    let folder = paths::work().join("client-checks");
    server::clear(&folder)?;
    fs::create_dir_all(&folder)?;
    let magazine = Magazine { binary: paths::masthead("debug"), data: folder.join("magazine") };
    magazine.make(0)?;
    let keys: serde_json::Value = serde_json::from_str(&magazine.new_key("clients")?)?;
    let key = |name: &str| keys[name].as_str().with_context(|| format!("masthead key new printed no {name}"));
    // The script hears the webhooks on the loopback address.
    let server = magazine.serve_with(&["--allow-private-fetch"])?;
    let mut script = Command::new(node);
    script.arg(scripts.join("clients.mjs")).env("MAGAZINE", &server.url).env("THEME", "broadsheet");
    script.env("CONTENT_KEY", key("content_key")?).env("ADMIN_KEY", key("admin_key")?);
    process::run(&mut script, CHECK_LIMIT)
}
