//! `masthead staff`.

use std::io::Read;

use anyhow::Context;
use clap::{Args, Subcommand};
use news::{Actor, Role};
use serde_json::json;

use super::{Outcome, open};
use crate::actions::{By, staff};
use crate::config::Place;

/// People who may sign in.
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Add somebody and print a one-time link for setting the password
    Add(Add),
}

/// `masthead staff add`.
#[derive(Args, Debug)]
pub struct Add {
    /// The address to sign in with
    email: String,
    /// How colleagues know them
    #[arg(long)]
    name: String,
    /// What they may do: owner, editor, author or contributor
    #[arg(long, value_parser = role)]
    role: Role,
    /// Read the password from standard input instead of making a link
    #[arg(long)]
    password_stdin: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

fn role(word: &str) -> Result<Role, String> {
    Role::of(word).ok_or_else(|| "choose owner, editor, author or contributor".into())
}

impl StaffCommand {
    /// Does it.
    pub async fn run(self) -> Outcome {
        let StaffCommand::Add(add) = self;
        let app = open::for_writing(&add.place).await?;
        let by = By::new(Actor::Command);
        if add.password_stdin {
            let mut password = String::new();
            std::io::stdin().take(4096).read_to_string(&mut password).context("failed to read the password")?;
            let password = password.trim_end_matches(['\r', '\n']);
            staff::add_with_password(&app, &add.email, &add.name, add.role, password, &by).await?;
            say!("{} may sign in now.", add.email);
            return Ok(());
        }
        let token = staff::invite(&app, &add.email, &add.name, add.role, &by).await?;
        let link = add.place.url.with(&format!("/desk/join/{token}/"));
        if add.json {
            say!("{}", json!({ "email": add.email, "name": add.name, "role": add.role, "link": link }));
        } else {
            say!("{} is invited as {}. This link sets the password, once, within three days:", add.name, add.role);
            say!("\n  {link}\n");
        }
        Ok(())
    }
}
