//! The desk's program: built of `admin/` where Node.js is there, checked, and reloaded while somebody works on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result, bail};

use crate::{paths, process, tools};

const BUILD_LIMIT: Duration = Duration::from_secs(10 * 60);
const CHECK_LIMIT: Duration = Duration::from_secs(15 * 60);
const CARGO_LIMIT: Duration = Duration::from_secs(60 * 60);
/// How often the sources are looked at.
const LOOK: Duration = Duration::from_millis(500);

fn folder() -> PathBuf {
    paths::root().join("admin")
}

/// Builds the desk's program if its sources are newer than what was built. Fails with [`tools::Missing`] where there
/// is no Node.js.
pub fn build() -> Result<()> {
    let built = folder().join("dist/index.html");
    let newest = newest(&folder(), &["node_modules", "dist", "tests"])?;
    if fs::metadata(&built).and_then(|facts| facts.modified()).is_ok_and(|at| at >= newest) {
        return Ok(());
    }
    tools::node_packages(&folder())?;
    npm(&["run", "build", "--silent", "--", "--logLevel", "warn"], BUILD_LIMIT)
}

/// The same, for those who can do without: says in one sentence what is left out.
pub fn build_if_possible() -> Result<()> {
    match build() {
        Err(why) if why.is::<tools::Missing>() => {
            println!("The desk is left out ({why}); the site, the API and all commands work without it.");
            Ok(())
        }
        done => done,
    }
}

/// Types, words, and every test of the desk's program.
pub fn check() -> Result<()> {
    tools::node_packages(&folder())?;
    npm(&["run", "check", "--silent"], CHECK_LIMIT)?;
    npm(&["test", "--silent"], CHECK_LIMIT)
}

/// What a newsroom does, in a real browser: the journeys of `xtask/browser/journeys.mjs`.
pub fn journeys() -> Result<()> {
    build()?;
    process::run(process::cargo().args(["build", "--package", "masthead"]), CARGO_LIMIT)?;
    let work = paths::work().join("journeys");
    crate::server::clear(&work)?;
    fs::create_dir_all(&work)?;
    let mut journeys = Command::new(tools::node()?);
    journeys.arg(paths::scripts().join("journeys.mjs")).env("WORK", &work);
    journeys.env("MASTHEAD", paths::masthead("debug")).env("CHROMIUM", tools::find(&tools::CHROMIUM)?);
    process::run(&mut journeys, CHECK_LIMIT)
}

/// The types that the desk's program has of the API are those of the document in `docs/api/`.
pub fn check_client() -> Result<()> {
    tools::node_packages(&folder())?;
    // Made beside, so that a true file keeps its time and nothing is built anew for it.
    let made = paths::work().join("schema.d.ts");
    let document = paths::root().join("docs/api/desk.json");
    let made_as = made.to_string_lossy();
    npm(&["exec", "--", "openapi-typescript", &document.to_string_lossy(), "-o", &made_as], CHECK_LIMIT)?;
    if fs::read(&made)? != fs::read(folder().join("src/api/schema.d.ts"))? {
        bail!("admin/src/api/schema.d.ts is stale; write it anew with `cargo xtask openapi`");
    }
    Ok(())
}

/// `cargo xtask openapi`: writes the document of the desk's API, and the types made of it.
pub fn openapi(_: &[String]) -> Result<()> {
    let mut write = process::cargo();
    write.args(["test", "--package", "masthead", "--test", "openapi"]).env("MASTHEAD_WRITE_OPENAPI", "1");
    process::run(&mut write, CARGO_LIMIT)?;
    tools::node_packages(&folder())?;
    npm(&["run", "client", "--silent"], CHECK_LIMIT)
}

/// `cargo xtask dev`: the desk's program with hot reload on port 5173, and the server, built and started anew after
/// each change of the Rust sources.
pub fn dev(args: &[String]) -> Result<()> {
    let args = args.strip_prefix(&["--".to_owned()]).unwrap_or(args);
    tools::node_packages(&folder())?;
    let npm = tools::npm()?;
    let mut vite = process::ending_with_us(&npm);
    vite.args(["run", "dev"]).current_dir(folder());
    let mut vite = vite.spawn().context("failed to start Vite")?;
    println!("The desk reloads at http://localhost:5173/desk/");
    let done = serve_and_watch(args, || vite.try_wait().is_ok_and(|ended| ended.is_none()));
    let _ = vite.kill();
    done
}

fn serve_and_watch(args: &[String], goes_on: impl FnMut() -> bool) -> Result<()> {
    let mut goes_on = goes_on;
    loop {
        let seen = newest(&paths::root().join("crates"), &[])?;
        let mut server = None;
        if process::run(process::cargo().args(["build", "--package", "masthead"]), CARGO_LIMIT).is_ok() {
            let mut serve = process::ending_with_us(&paths::masthead("debug"));
            server = Some(serve.arg("serve").args(args).spawn().context("failed to start masthead")?);
        }
        while newest(&paths::root().join("crates"), &[])? == seen {
            if !goes_on() {
                bail!("Vite has ended");
            }
            std::thread::sleep(LOOK);
        }
        if let Some(mut server) = server {
            // As Ctrl-C would: it finishes what is under way.
            Command::new("sh").args(["-c", &format!("kill -INT {}", server.id())]).status()?;
            server.wait()?;
        }
    }
}

fn npm(args: &[&str], limit: Duration) -> Result<()> {
    process::run(Command::new(tools::npm()?).args(args).current_dir(folder()), limit)
}

/// When a file below a folder was last changed, some folders left out.
fn newest(folder: &Path, without: &[&str]) -> Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name();
        if without.iter().any(|left| name == *left) {
            continue;
        }
        let facts = entry.metadata()?;
        let at = if facts.is_dir() { self::newest(&entry.path(), without)? } else { facts.modified()? };
        newest = newest.max(at);
    }
    Ok(newest)
}
