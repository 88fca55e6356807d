//! `masthead routes` and `masthead redirects`: Ghost's files of both.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use news::Actor;

use super::{Outcome, open, progress};
use crate::actions::{By, routing};
use crate::config::Place;

/// `masthead routes`.
#[derive(Debug, Subcommand)]
pub enum RoutesCommand {
    /// Check a routes.yaml without using it
    Check(File),
    /// Use a routes.yaml from now on, and move articles to where it wants them
    Use(UseRoutes),
}

/// `masthead redirects`.
#[derive(Debug, Subcommand)]
pub enum RedirectsCommand {
    /// Check a redirects.yaml or redirects.json without using it
    Check(File),
    /// Use a redirects.yaml or redirects.json from now on
    Use(UseRedirects),
}

/// A file.
#[derive(Args, Debug)]
pub struct File {
    /// The file
    file: PathBuf,
}

/// `masthead routes use`.
#[derive(Args, Debug)]
pub struct UseRoutes {
    /// The file
    file: PathBuf,
    /// Leave published articles at the addresses that they have
    #[arg(long)]
    keep_addresses: bool,
    #[command(flatten)]
    place: Place,
}

/// `masthead redirects use`.
#[derive(Args, Debug)]
pub struct UseRedirects {
    /// The file
    file: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl RoutesCommand {
    /// Does it.
    pub async fn run(self) -> Outcome {
        match self {
            RoutesCommand::Check(File { file }) => {
                let routes = routing::check_routes(&file)?;
                say!(
                    "{} is right: {} routes, {} collections.",
                    file.display(),
                    routes.routes.len(),
                    routes.collections.len()
                );
                Ok(())
            }
            RoutesCommand::Use(UseRoutes { file, keep_addresses, place }) => {
                let app = open::existing(&place).await?;
                let by = By::new(Actor::Command);
                routing::use_routes(&app, &file, &by).await?;
                if keep_addresses {
                    say!("{} is used. Articles stay where they are; new ones go where it says.", file.display());
                    return Ok(());
                }
                let all = store::article::count(&app.store, "article").await?.map_or(0, |row| row.count);
                let bar = progress::bar(all.max(0) as u64, "Looking where articles belong");
                let moved = routing::readdress(&app, &by, |count| bar.set_position(count)).await?;
                bar.finish_and_clear();
                say!("{} is used. {moved} articles moved; their old addresses lead to the new ones.", file.display());
                Ok(())
            }
        }
    }
}

impl RedirectsCommand {
    /// Does it.
    pub async fn run(self) -> Outcome {
        match self {
            RedirectsCommand::Check(File { file }) => {
                let redirects = routing::check_redirects(&file)?;
                say!("{} is right: {} redirects.", file.display(), redirects.len());
                Ok(())
            }
            RedirectsCommand::Use(UseRedirects { file, place }) => {
                let app = open::existing(&place).await?;
                routing::use_redirects(&app, &file, &By::new(Actor::Command)).await?;
                say!("{} is used: {} redirects.", file.display(), routing::check_redirects(&file)?.len());
                Ok(())
            }
        }
    }
}
