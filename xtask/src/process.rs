//! Programs that we start: in front, and in the background until we end.

use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How often a waiting loop looks again.
const LOOK: Duration = Duration::from_millis(20);
/// How long a background program may take to end when asked, before it is killed.
const GRACE: Duration = Duration::from_secs(15);

/// Cargo itself, the one that started us.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a command in front, for at most `limit`, and fails when it does.
pub fn run(command: &mut Command, limit: Duration) -> Result<()> {
    let name = name_of(command);
    let status = wait(&mut start(command)?, &name, limit)?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

/// Runs a command for at most `limit` and returns what it printed; what it says on its standard
/// error goes to ours.
pub fn output(command: &mut Command, limit: Duration) -> Result<String> {
    let name = name_of(command);
    let mut child = start(command.stdout(Stdio::piped()))?;
    // Read beside the wait, or a long answer would fill the pipe and both would wait for ever.
    let mut stdout = child.stdout.take().context("its output was not piped")?;
    let reader = std::thread::spawn(move || std::io::read_to_string(&mut stdout));
    let status = wait(&mut child, &name, limit)?;
    let text = match reader.join() {
        Ok(text) => text.with_context(|| format!("failed to read what {name} printed"))?,
        Err(_) => bail!("failed to read what {name} printed"),
    };
    if !status.success() {
        bail!("{name} failed ({status})\n{text}");
    }
    Ok(text)
}

fn start(command: &mut Command) -> Result<Child> {
    let name = name_of(command);
    command.spawn().with_context(|| format!("failed to start {name}"))
}

fn wait(child: &mut Child, name: &str, limit: Duration) -> Result<ExitStatus> {
    let until = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if Instant::now() > until {
            child.kill()?;
            child.wait()?;
            bail!("{name} took longer than {} seconds and was ended", limit.as_secs());
        }
        sleep(LOOK);
    }
}

fn name_of(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let first = command.get_args().find(|arg| !arg.to_string_lossy().starts_with('-'));
    [Some(program), first].into_iter().flatten().map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// A program in the background: ended, by its own process number, when this value is dropped.
pub struct Background {
    child: Child,
    name: String,
    log: PathBuf,
}

impl Background {
    /// Starts a command whose output goes to a log file.
    pub fn start(mut command: Command, name: &str, log: &Path) -> Result<Background> {
        let file = File::create(log).with_context(|| format!("failed to write {}", log.display()))?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        let child = command.spawn().with_context(|| format!("failed to start {name}"))?;
        Ok(Background { child, name: name.to_owned(), log: log.to_owned() })
    }

    /// Its process number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until `ready` answers yes; fails with the end of the log when the program ends before,
    /// or when `limit` has passed.
    pub fn wait_until(&mut self, limit: Duration, ready: impl Fn() -> bool) -> Result<()> {
        let until = Instant::now() + limit;
        while !ready() {
            if let Some(status) = self.child.try_wait()? {
                bail!("{} ended at once ({status}):\n{}", self.name, self.last_words());
            }
            if Instant::now() > until {
                bail!("{} was not ready within {} seconds:\n{}", self.name, limit.as_secs(), self.last_words());
            }
            sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    fn last_words(&self) -> String {
        let log = std::fs::read(&self.log).unwrap_or_default();
        let lines: Vec<_> = log.split(|&byte| byte == b'\n').collect();
        let last = &lines[lines.len().saturating_sub(20)..];
        String::from_utf8_lossy(&last.join(&b'\n')).into_owned()
    }

    fn end(&mut self) -> Result<()> {
        if self.child.try_wait()?.is_some() {
            return Ok(());
        }
        // INT, as Ctrl-C would: on TERM PostgreSQL waits for its clients. The shell's own `kill`,
        // because a small system may have no program of that name.
        Command::new("sh").args(["-c", &format!("kill -INT {}", self.id())]).status()?;
        wait(&mut self.child, &self.name, GRACE)?;
        Ok(())
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            eprintln!("{error:#}");
        }
    }
}

/// A command that is told to end when this process ends in whatever way. Where `setpriv` is
/// missing it is the plain command: Ctrl-C still reaches it, for it shares our terminal.
pub fn ending_with_us(program: &Path) -> Command {
    ending_with_us_as(program, None)
}

/// The same, run as another user of this machine (only root can do that).
pub fn ending_with_us_as(program: &Path, user: Option<&str>) -> Command {
    let Some(setpriv) = crate::tools::in_path("setpriv") else {
        return Command::new(program);
    };
    let mut command = Command::new(setpriv);
    if let Some(user) = user {
        command.args(["--reuid", user, "--regid", user, "--clear-groups"]);
    }
    command.args(["--pdeathsig", "INT", "--"]).arg(program);
    command
}

/// Whether we run as root, for whom some programs behave differently.
pub fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|about| std::os::unix::fs::MetadataExt::uid(&about) == 0)
}

/// A TCP port of the loopback address that nobody held a moment ago.
pub fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_command_prints_is_returned() {
        let text = output(Command::new("sh").args(["-c", "echo headline"]), GRACE).unwrap();
        assert_eq!(text, "headline\n");
    }

    #[test]
    fn a_command_that_takes_too_long_is_ended() {
        let error = run(Command::new("sleep").arg("60"), Duration::from_millis(50)).unwrap_err();
        assert_eq!(error.to_string(), "sleep 60 took longer than 0 seconds and was ended");
    }

    #[test]
    fn a_background_program_that_ends_at_once_is_quoted() {
        let log = std::env::temp_dir().join(format!("xtask-quoted-{}.log", std::process::id()));
        let mut command = Command::new("sh");
        command.args(["-c", "echo the port is taken; exit 1"]);
        let mut program = Background::start(command, "sh", &log).unwrap();
        let error = program.wait_until(GRACE, || false).unwrap_err();
        std::fs::remove_file(log).unwrap();
        assert!(error.to_string().contains("the port is taken"), "{error}");
    }
}
