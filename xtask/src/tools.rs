//! Programs from outside Cargo: found, or installed where that needs no question, or named as missing.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Once;
use std::time::Duration;

use anyhow::Result;

use crate::{paths, process};

/// A program that a step needs.
pub struct Tool {
    /// What people call it.
    pub name: &'static str,
    /// The names its program goes by, the first found is taken.
    programs: &'static [&'static str],
    /// Debian's package.
    package: &'static str,
}

/// A browser that can be driven.
pub const CHROMIUM: Tool =
    Tool { name: "Chromium", programs: &["chromium", "chromium-browser", "google-chrome"], package: "chromium" };
/// For the Nu HTML checker.
pub const JAVA: Tool = Tool { name: "Java", programs: &["java"], package: "default-jre-headless" };
/// The server that we compare with.
pub const NGINX: Tool = Tool { name: "nginx", programs: &["nginx"], package: "nginx-light" };
/// The load generator.
pub const WRK: Tool = Tool { name: "wrk", programs: &["wrk"], package: "wrk" };
const NODE: Tool = Tool { name: "Node.js", programs: &["node", "nodejs"], package: "nodejs" };
const NPM: Tool = Tool { name: "npm", programs: &["npm"], package: "npm" };

/// The oldest Node.js that our scripts run on: what Vite asks for.
const NODE_AT_LEAST: (u32, u32) = (20, 19);
const INSTALL_LIMIT: Duration = Duration::from_secs(15 * 60);

/// Something outside that is not to be had here. A step that meets it is skipped, not failed.
#[derive(Debug)]
pub struct Missing(pub String);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Missing {}

/// The tool's program, installed if need be.
pub fn find(tool: &Tool) -> Result<PathBuf, Missing> {
    let look = || tool.programs.iter().find_map(|program| in_path(program));
    if let Some(program) = look() {
        return Ok(program);
    }
    install(tool.package).map_err(|why| Missing(format!("{} was not found, and {why}", tool.name)))?;
    look().ok_or_else(|| Missing(format!("{} was not found, even after installing {}", tool.name, tool.package)))
}

/// Node.js, new enough, with the page checks' packages installed.
pub fn node() -> Result<PathBuf> {
    let node = find_node()?;
    install_packages(&paths::scripts())?;
    Ok(node)
}

/// Node.js, new enough, and a copy of a folder of scripts with their packages installed, below the
/// target folder: for packages that no editor or checker of the source tree should come across.
pub fn node_in_target(scripts: &Path) -> Result<(PathBuf, PathBuf)> {
    let node = find_node()?;
    let copy = paths::work().join(scripts.file_name().unwrap_or_default());
    std::fs::create_dir_all(&copy)?;
    for file in std::fs::read_dir(scripts)? {
        let file = file?;
        if file.file_type()?.is_file() {
            std::fs::copy(file.path(), copy.join(file.file_name()))?;
        }
    }
    install_packages(&copy)?;
    Ok((node, copy))
}

/// Node.js, new enough, and the packages of a folder of ours.
pub fn node_packages(folder: &Path) -> Result<()> {
    find_node()?;
    install_packages(folder)
}

/// Node.js's package manager.
pub fn npm() -> Result<PathBuf, Missing> {
    find(&NPM)
}

fn find_node() -> Result<PathBuf> {
    let node = find(&NODE)?;
    let version = process::output(Command::new(&node).arg("--version"), Duration::from_secs(30))?;
    if !version_at_least(&version, NODE_AT_LEAST) {
        let version = version.trim();
        let (major, minor) = NODE_AT_LEAST;
        return Err(Missing(format!("Node.js {version} is older than {major}.{minor}")).into());
    }
    Ok(node)
}

/// Runs `npm ci` if the lock file is not the one that was installed last.
fn install_packages(folder: &Path) -> Result<()> {
    let lock = std::fs::read(folder.join("package-lock.json"))?;
    let installed = folder.join("node_modules/.installed-lock");
    if std::fs::read(&installed).is_ok_and(|last| last == lock) {
        return Ok(());
    }
    let npm = find(&NPM)?;
    // No package's own scripts: one would fetch a Java of its own.
    let mut command = Command::new(npm);
    command.args(["ci", "--ignore-scripts", "--loglevel=error"]).current_dir(folder);
    process::run(&mut command, INSTALL_LIMIT)
        .map_err(|why| Missing(format!("the npm packages of {} could not be installed ({why:#})", folder.display())))?;
    std::fs::write(installed, lock)?;
    Ok(())
}

/// Installs a Debian package, as root on Debian and its kin; says why not anywhere else.
pub fn install(package: &str) -> Result<(), String> {
    static UPDATE: Once = Once::new();
    let Some(apt) = in_path("apt-get").filter(|_| process::is_root()) else {
        return Err(format!("can be installed here only by hand (Debian's package is {package})"));
    };
    let apt = |args: &[&str]| {
        // With this run level maintainers' scripts install a server without starting it.
        let mut command = Command::new(&apt);
        command.args(args).env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1").stdout(Stdio::null());
        process::run(&mut command, INSTALL_LIMIT)
    };
    UPDATE.call_once(|| {
        if let Err(error) = apt(&["update", "-qq"]) {
            eprintln!("{error:#}");
        }
    });
    println!("installing {package}");
    apt(&["install", "-y", "-qq", "--no-install-recommends", package])
        .map_err(|error| format!("{package} could not be installed ({error:#})"))
}

/// A program of that name in `PATH` or in the folders for administrators' programs, which `PATH`
/// often leaves out.
pub fn in_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/sbin"].map(PathBuf::from))
        .map(|folder| folder.join(program))
        .find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file).is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

/// Whether this is a continuous-integration run, where nothing may be left out.
pub fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| value == OsStr::new("true"))
}

/// Reads `v20.11.1`.
fn version_at_least(version: &str, least: (u32, u32)) -> bool {
    let mut parts = version.trim().trim_start_matches('v').split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_node_is_seen() {
        assert!(version_at_least("v20.20.2\n", (20, 19)));
        assert!(version_at_least("v101.0.0", (20, 19)));
        assert!(!version_at_least("v20.9.0", (20, 19)));
        assert!(!version_at_least("v18.19.0", (20, 19)));
        assert!(!version_at_least("", (20, 19)));
    }

    #[test]
    fn a_program_is_found_by_its_name() {
        assert!(in_path("sh").is_some_and(|file| file.is_absolute()));
        assert_eq!(in_path("no-such-program-anywhere"), None);
    }
}
