//! The commands. Each opens the magazine, calls the acts that every other door
//! calls, and says in one sentence what it did or why not.
//!
//! Exit codes: 0 done; 1 refused for a reason that a person can act on; 2 wrong usage.

/// Prints a line. Who reads may have gone (`masthead licences | head`): that is no failure.
macro_rules! say {
    ($($line:tt)*) => {{
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), $($line)*);
    }};
}

mod backup;
mod check;
mod copy;
mod demo;
mod doctor;
mod export;
mod export_static;
mod findings;
mod generate;
mod import;
mod key;
mod licences;
mod open;
mod people;
mod printed;
mod progress;
mod quotes;
mod record;
mod routing;
mod serve;
mod settings;
mod staff;
mod theme;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::config;

/// A news magazine in one binary.
#[derive(Debug, Parser)]
#[command(name = "masthead", version, about, long_about = None, propagate_version = true)]
pub struct Command {
    /// What to do
    #[command(subcommand)]
    pub what: What,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Serve the magazine
    Serve(serve::Serve),
    /// Fill an empty magazine with a sample
    Demo(demo::Demo),
    /// Bring articles in
    #[command(subcommand)]
    Import(import::Import),
    /// Hand the magazine out
    #[command(subcommand)]
    Export(export::Export),
    /// Add people who may sign in
    #[command(subcommand)]
    Staff(staff::StaffCommand),
    /// Make keys for the API
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// See and change what the magazine says about itself
    #[command(subcommand)]
    Settings(settings::SettingsCommand),
    /// See and choose the theme
    #[command(subcommand)]
    Theme(theme::ThemeCommand),
    /// Ghost's routes.yaml: pages and lists of the magazine's own, and where articles stand
    #[command(subcommand)]
    Routes(routing::RoutesCommand),
    /// Ghost's redirects.yaml or .json: addresses that lead elsewhere
    #[command(subcommand)]
    Redirects(routing::RedirectsCommand),
    /// Find faults in copy: plain texts, or JSON lines; no magazine is needed
    Check(check::Check),
    /// Find who said what in copy: plain texts, or JSON lines; no magazine is needed
    Quotes(quotes::Quotes),
    /// Who said what: read the archive anew, confirm, reject
    #[command(subcommand)]
    Record(record::RecordCommand),
    /// People whom articles name, and the offices that they held
    #[command(subcommand)]
    People(people::PeopleCommand),
    /// List the picture licences that credits are read with
    Licences(licences::Licences),
    /// Write a backup of everything to one file, while the magazine goes on
    Backup(backup::Backup),
    /// Make a magazine of a backup
    Restore(backup::Restore),
    /// Check that everything that is kept is whole
    Verify(doctor::Verify),
    /// Check that the machine and the settings are right for serving
    Doctor(doctor::Doctor),
}

/// Why a command ends without having done its work: one sentence.
pub type Outcome = Result<(), anyhow::Error>;

/// An end with an exit code of its own: 1 for findings, which were printed, 2 for input that cannot be used.
#[derive(Debug)]
pub struct Quit {
    /// The exit code.
    pub code: u8,
    /// One sentence, if there is more to say.
    pub why: Option<String>,
}

impl std::fmt::Display for Quit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.why.as_deref().unwrap_or("there are findings"))
    }
}

impl std::error::Error for Quit {}

/// Reads the arguments and does what they say.
pub fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let command = match parse(arguments) {
        Ok(command) => command,
        Err(code) => return code,
    };
    // What is kept holds keys: it is for the owner and the owner's group.
    let own = rustix::fs::Mode::from_raw_mode(0o027);
    let callers = rustix::process::umask(own);
    rustix::process::umask(own | callers); // a caller who is stricter stays so
    start_log();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(async {
            refuse_signal_of_file_size();
            act(command.what).await
        }),
        Err(why) => Err(anyhow::anyhow!("the machine gives no threads: {why}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            let quit = why.downcast_ref::<Quit>();
            if quit.is_none_or(|quit| quit.why.is_some()) {
                eprintln!("masthead: {why:#}");
            }
            ExitCode::from(quit.map_or(1, |quit| quit.code))
        }
    }
}

async fn act(what: What) -> Outcome {
    match what {
        What::Serve(serve) => serve.run().await,
        What::Demo(demo) => demo.run().await,
        What::Import(import) => import.run().await,
        What::Export(export) => export.run().await,
        What::Staff(staff) => staff.run().await,
        What::Key(key) => key.run().await,
        What::Settings(settings) => settings.run().await,
        What::Theme(theme) => theme.run().await,
        What::Routes(what) => what.run().await,
        What::Redirects(what) => what.run().await,
        What::Check(check) => check.run(),
        What::Quotes(quotes) => quotes.run(),
        What::Record(record) => record.run().await,
        What::People(people) => people.run().await,
        What::Licences(licences) => licences.run(),
        What::Backup(backup) => backup.run().await,
        What::Restore(restore) => restore.run().await,
        What::Verify(verify) => verify.run().await,
        What::Doctor(doctor) => doctor.run().await,
    }
}

/// Flag, then variable, then `masthead.toml`: the file's values become the
/// defaults of the flags of the same name.
fn parse(arguments: Vec<OsString>) -> Result<Command, ExitCode> {
    let settings = match config::from_file(&data_folder(&arguments)) {
        Ok(settings) => settings,
        Err(why) => {
            eprintln!("masthead: {why}");
            return Err(ExitCode::from(2));
        }
    };
    let command = with_defaults(Command::command(), &settings);
    let parsed = command.try_get_matches_from(arguments).and_then(|matches| Command::from_arg_matches(&matches));
    parsed.map_err(|why| {
        let code = if why.use_stderr() { 2 } else { 0 };
        let _ = why.print(); // where there is no terminal there is nobody to tell
        ExitCode::from(code)
    })
}

fn with_defaults(command: clap::Command, settings: &[(String, String)]) -> clap::Command {
    let names: Vec<String> = command.get_arguments().filter_map(|a| a.get_long().map(str::to_owned)).collect();
    let mut command = command;
    for (flag, value) in settings.iter().filter(|(flag, _)| names.contains(flag)) {
        let (id, value) = (flag.replace('-', "_"), clap::builder::OsStr::from(value.as_str().to_owned()));
        command = command.mut_arg(id, |arg| arg.default_value(value));
    }
    let below: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    below.into_iter().fold(command, |command, name| command.mut_subcommand(name, |c| with_defaults(c, settings)))
}

/// The data folder that the arguments name, before they are read in earnest.
fn data_folder(arguments: &[OsString]) -> PathBuf {
    let mut rest = arguments.iter().skip(1);
    while let Some(argument) = rest.next() {
        let text = argument.to_string_lossy();
        if text == "--data" {
            return rest.next().map(PathBuf::from).unwrap_or_default();
        }
        if let Some(folder) = text.strip_prefix("--data=") {
            return folder.into();
        }
    }
    std::env::var_os("MASTHEAD_DATA").map_or_else(|| "./magazine".into(), PathBuf::from)
}

fn start_log() {
    use tracing_subscriber::EnvFilter;
    let filter = EnvFilter::try_from_env("MASTHEAD_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .try_init();
}

/// A file size limit ends a process by signal unless somebody listens for it;
/// with a listener the write fails instead, and we can say so.
fn refuse_signal_of_file_size() {
    const SIGXFSZ: i32 = 25; // Linux
    #[cfg(target_os = "linux")]
    if let Ok(mut signal) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::from_raw(SIGXFSZ)) {
        tokio::spawn(async move { while signal.recv().await.is_some() {} });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commands_are_well_formed() {
        Command::command().debug_assert();
    }

    #[test]
    fn a_value_of_the_file_is_a_default_and_a_flag_beats_it() {
        let settings = vec![("url".to_owned(), "https://example.org".to_owned())];
        let read = |arguments: &[&str]| {
            let command = with_defaults(Command::command(), &settings);
            let matches = command.try_get_matches_from(arguments).unwrap();
            let What::Serve(serve) = Command::from_arg_matches(&matches).unwrap().what else { panic!() };
            serve.place.url.as_str().to_owned()
        };
        assert_eq!(read(&["masthead", "serve"]), "https://example.org");
        assert_eq!(read(&["masthead", "serve", "--url", "http://other.example"]), "http://other.example");
    }

    #[test]
    fn every_setting_of_the_file_is_a_flag_of_serve() {
        let command = Command::command();
        let serve = command.find_subcommand("serve").unwrap();
        for name in config::FILE_SETTINGS {
            assert!(serve.get_arguments().any(|a| a.get_long() == Some(*name)), "{name}");
        }
    }
}
