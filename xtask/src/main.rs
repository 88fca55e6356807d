//! The developers' commands: `cargo xtask run`, `cargo xtask test` and the rest.
//!
//! Each command finds the programs it needs outside Cargo, or installs them where that is possible
//! without asking (`tools`), or says at the end what it left out and why (`steps`).

mod attacks;
mod bench;
mod compat;
mod desk;
mod dist;
mod http;
mod pages;
mod paths;
mod postgres;
mod process;
mod record;
mod run;
mod server;
mod steps;
mod test;
mod tools;

use std::process::ExitCode;

use anyhow::{Result, bail};

/// A command, its line of help, and what it does with its arguments.
struct Command {
    name: &'static str,
    says: &'static str,
    act: fn(&[String]) -> Result<()>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "run",
        says: "[-- ARGS]     build Masthead, make a sample magazine in ./magazine if there is none, and serve it",
        act: run::run,
    },
    Command {
        name: "dev",
        says: "[-- ARGS]     the desk with hot reload, and the server started anew after each change",
        act: desk::dev,
    },
    Command {
        name: "test",
        says: "[--quick]     format, lints, every test on SQLite and PostgreSQL, and the page checks (--quick: no PostgreSQL, no pages)",
        act: test::test,
    },
    Command {
        name: "shots",
        says: "DIR           pictures of every kind of page, three widths, light and dark",
        act: pages::shots,
    },
    Command {
        name: "bench",
        says: "[--quick] [http|archive|publish|manuscript]   beside nginx; the archive; publishing; beside Ghost's renderer",
        act: bench::bench,
    },
    Command {
        name: "record",
        says: "train|eval    learn the weights that find quotations and speakers; measure them",
        act: record::record,
    },
    Command {
        name: "compat",
        says: "              Ghost's themes here: their pages beside Ghost's, each in a browser, ours before Ghost's check",
        act: compat::compat,
    },
    Command {
        name: "openapi",
        says: "              write the document of the desk's API, and the types made of it",
        act: desk::openapi,
    },
    Command { name: "dist", says: "              the binary to ship", act: dist::dist },
    Command { name: "help", says: "              this list", act: help },
];

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let name = if args.is_empty() { "help".to_owned() } else { args.remove(0) };
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        eprintln!("there is no command {name}; `cargo xtask help` lists them");
        return ExitCode::from(2);
    };
    match std::env::set_current_dir(paths::root()).map_err(anyhow::Error::from).and_then(|()| (command.act)(&args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn help(_: &[String]) -> Result<()> {
    for command in COMMANDS {
        println!("cargo xtask {:<7} {}", command.name, command.says);
    }
    Ok(())
}

/// Refuses arguments that a command does not know, so that a mistyped flag is not a silent default.
fn only_flags(args: &[String], known: &[&str]) -> Result<()> {
    match args.iter().find(|arg| !known.contains(&arg.as_str())) {
        Some(unknown) => bail!("{unknown} is not an argument here; `cargo xtask help` lists them"),
        None => Ok(()),
    }
}
