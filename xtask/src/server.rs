//! A Masthead of our own: a magazine made from the sample, served on a free port.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::http::{Answer, Client};
use crate::process::{self, Background};

const START_LIMIT: Duration = Duration::from_secs(60);
const COMMAND_LIMIT: Duration = Duration::from_secs(120);
const DEMO_LIMIT: Duration = Duration::from_secs(40 * 60);
/// How long the server may take to add a compressed copy of a page that it has just rendered.
const COMPRESS_LIMIT: Duration = Duration::from_secs(10);
/// Not for us: a developer's own setting must not lead samples into a real database.
const DATABASE: &str = "MASTHEAD_DATABASE";

/// A data folder, with its database inside, and the binary that works on it.
pub struct Magazine {
    pub binary: PathBuf,
    pub data: PathBuf,
}

impl Magazine {
    /// Fills a new data folder with the sample and as many generated articles more.
    pub fn make(&self, generated: u32) -> Result<()> {
        let generated = generated.to_string();
        process::run(&mut self.command(&["demo", "--articles", &generated]), DEMO_LIMIT)
    }

    /// Adds somebody to the staff; returns what the command printed, the one-time link within.
    pub fn add_staff(&self, email: &str, name: &str, role: &str) -> Result<String> {
        let add = ["staff", "add", email, "--name", name, "--role", role];
        process::output(&mut self.command(&add), COMMAND_LIMIT)
    }

    /// Installs or uses a theme.
    pub fn theme(&self, verb: &str, which: &str) -> Result<()> {
        process::run(&mut self.command(&["theme", verb, which]), COMMAND_LIMIT)
    }

    /// Makes a key for the Ghost API; returns the command's JSON.
    pub fn new_key(&self, name: &str) -> Result<String> {
        process::output(&mut self.command(&["key", "new", name, "--json"]), COMMAND_LIMIT)
    }

    /// Serves it until the value is dropped; the log goes beside the data folder.
    pub fn serve(&self) -> Result<Server> {
        self.serve_with(&[])
    }

    /// The same with flags of `serve`.
    pub fn serve_with(&self, flags: &[&str]) -> Result<Server> {
        let address = SocketAddr::from(([127, 0, 0, 1], process::free_port()?));
        let url = format!("http://{address}");
        let mut serve = process::ending_with_us(&self.binary);
        serve.arg("serve").arg("--data").arg(&self.data);
        serve.args(["--listen", &address.to_string(), "--url", &url]).args(flags).env_remove(DATABASE);
        let start = Instant::now();
        let mut process = Background::start(serve, "masthead serve", &self.data.with_extension("log"))?;
        process.wait_until(START_LIMIT, || answers(address))?;
        Ok(Server { process, address, url, healthy_after: start.elapsed(), started: start })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(arguments).arg("--data").arg(&self.data).env_remove(DATABASE);
        command
    }
}

/// A running server.
pub struct Server {
    process: Background,
    pub address: SocketAddr,
    pub url: String,
    /// When it was started.
    pub started: Instant,
    /// From the start until `/healthz` answered 200.
    pub healthy_after: Duration,
}

impl Server {
    /// Its process number.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// A page in the encoding named, asked for until it is there in that encoding: the compressed
    /// copies follow a moment after the page. A server without that encoding gives the page as it is.
    pub fn kept(&self, path: &str, encoding: &str) -> Result<Answer> {
        let mut client = Client::connect(self.address)?;
        let until = Instant::now() + COMPRESS_LIMIT;
        loop {
            let answer = client.get(path, encoding).with_context(|| format!("failed to get {path}"))?;
            if answer.status != 200 {
                bail!("{path} answered {}", answer.status);
            }
            let came = answer.header("content-encoding").unwrap_or("identity");
            if came == encoding || Instant::now() > until {
                return Ok(answer);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Whether the server says that it is ready.
fn answers(address: SocketAddr) -> bool {
    let ask = || Client::connect(address)?.get("/healthz", "identity");
    ask().is_ok_and(|answer| answer.status == 200)
}

/// The first web address in a command's output.
pub fn link_in(text: &str) -> Option<&str> {
    text.split_whitespace().find(|word| word.starts_with("http://") || word.starts_with("https://"))
}

/// Removes what an earlier run left in a folder that is only ours.
pub fn clear(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("failed to remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_is_found_among_words() {
        assert_eq!(
            link_in("Open this once:\n  http://localhost:2368/desk/join/x1\n"),
            Some("http://localhost:2368/desk/join/x1")
        );
        assert_eq!(link_in("added"), None);
    }
}
