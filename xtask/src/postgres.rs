//! A PostgreSQL of our own for the tests: a fresh cluster each time, gone with us.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::process::{self, Background};
use crate::tools::{self, Missing};
use crate::{paths, server};

const PROGRAMS: [&str; 3] = ["initdb", "postgres", "pg_ctl"];
/// Its folder's name, before the number of the process that made it.
const FOLDER: &str = "masthead-postgres-";
const LIMIT: Duration = Duration::from_secs(120);

/// A running server. It ends, and its data go, when this value is dropped.
pub struct Postgres {
    server: Option<Background>,
    folder: PathBuf,
    port: u16,
}

impl Postgres {
    /// Makes a cluster and starts it on a free port of the loopback address.
    pub fn start() -> Result<Postgres> {
        let programs = programs()?;
        let user = if process::is_root() { Some(unprivileged_user()?) } else { None };
        let folder = own_folder(user)?;
        let data = folder.join("data");

        let mut initdb = process::ending_with_us_as(&programs.join("initdb"), user);
        initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"]);
        process::run(initdb.arg(&data).current_dir(&folder).stdout(Stdio::null()), LIMIT)?;

        let port = process::free_port()?;
        let mut postgres = process::ending_with_us_as(&programs.join("postgres"), user);
        postgres.arg("-D").arg(&data).current_dir(&folder);
        // Nothing here outlives the run, so nothing is synced. The tests run beside each other,
        // each with connections of its own.
        for setting in [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",
            "max_connections=300",
            &format!("port={port}"),
        ] {
            postgres.args(["-c", setting]);
        }
        fs::create_dir_all(paths::work())?;
        let server = Background::start(postgres, "PostgreSQL", &paths::work().join("postgres.log"))?;
        let mut running = Postgres { server: Some(server), folder, port };
        if let Some(server) = &mut running.server {
            server.wait_until(LIMIT, || is_ready(&programs, port))?;
        }
        Ok(running)
    }

    /// How a client reaches it, as a superuser.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.server.take());
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            eprintln!("failed to remove {}: {error}", self.folder.display());
        }
    }
}

/// The folder that holds the server's programs. Debian keeps it off `PATH`, a version each; the
/// newest is taken.
fn programs() -> Result<PathBuf> {
    if let Some(folder) = installed_programs() {
        return Ok(folder);
    }
    tools::install("postgresql").map_err(|why| Missing(format!("PostgreSQL was not found, and {why}")))?;
    installed_programs().ok_or_else(|| Missing("PostgreSQL was not found, even after installing it".into()).into())
}

fn installed_programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    folders.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let newest_first = folders.into_iter().rev().map(|(_, folder)| folder);
    newest_first
        .chain(std::env::split_paths(&path))
        .find(|folder| PROGRAMS.iter().all(|program| folder.join(program).is_file()))
}

/// PostgreSQL refuses to run as root, so root runs it as this user.
fn unprivileged_user() -> Result<&'static str, Missing> {
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let exists = |name: &&str| users.lines().any(|line| line.split(':').next() == Some(name));
    if tools::in_path("setpriv").is_none() {
        return Err(Missing("PostgreSQL does not run as root, and setpriv was not found to change the user".into()));
    }
    ["postgres", "nobody"]
        .into_iter()
        .find(exists)
        .ok_or_else(|| Missing("PostgreSQL does not run as root, and there is no user postgres or nobody".into()))
}

/// An empty folder that the user may write. The target folder may lie below one that only root can
/// enter; then it is a temporary folder.
fn own_folder(user: Option<&str>) -> Result<PathBuf> {
    for place in [paths::work(), std::env::temp_dir()] {
        clear_left_over(&place);
        let folder = place.join(format!("{FOLDER}{}", std::process::id()));
        make_for(&folder, user)?;
        if may_write(&folder, user) {
            return Ok(folder);
        }
        fs::remove_dir(&folder)?;
    }
    bail!("no folder was found that PostgreSQL may write");
}

/// A run that was interrupted ended its server and left its folder, named after a process that is gone.
fn clear_left_over(place: &Path) {
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(FOLDER));
        if process.is_some_and(|id| !Path::new("/proc").join(id).exists()) {
            // It may be another user's: a pity, and no reason to stop.
            if let Err(error) = server::clear(&entry.path()) {
                eprintln!("{error:#}");
            }
        }
    }
}

fn make_for(folder: &Path, user: Option<&str>) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("failed to make {}", folder.display()))?;
    if let Some(user) = user {
        process::run(Command::new("chown").arg(user).arg(folder), LIMIT)?;
    }
    Ok(())
}

fn may_write(folder: &Path, user: Option<&str>) -> bool {
    let mut test = process::ending_with_us_as(Path::new("/usr/bin/test"), user);
    test.arg("-w").arg(folder).current_dir("/").status().is_ok_and(|status| status.success())
}

/// A server that is still starting up accepts connections and refuses queries, so `pg_isready`
/// asks it where there is one.
fn is_ready(programs: &Path, port: u16) -> bool {
    if TcpStream::connect(("127.0.0.1", port)).is_err() {
        return false;
    }
    let asked = Command::new(programs.join("pg_isready"))
        .args(["--quiet", "--host=127.0.0.1", "--port", &port.to_string()])
        .status();
    asked.map_or(true, |status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_comes_up_and_goes() {
        if installed_programs().is_none() {
            eprintln!("skipped: bringing up a cluster (PostgreSQL is not installed)");
            return;
        }
        let postgres = Postgres::start().unwrap();
        let (folder, port) = (postgres.folder.clone(), postgres.port);
        assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());
        drop(postgres);
        assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
        assert!(!folder.exists());
    }
}
