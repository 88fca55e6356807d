//! `masthead import wordpress`.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use news::Actor;
use news::aside::What;

use crate::App;
use crate::actions::wordpress::{Account, Files, Surveyed, Wanted, exports, import_wordpress, survey};
use crate::cli::printed::{counted, list};
use crate::cli::progress::Bars;
use crate::cli::{Outcome, open};
use crate::config::Place;

/// `masthead import wordpress`.
#[derive(Args, Debug)]
pub struct Wordpress {
    /// Exports (Tools › Export › All content), or folders with them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Say what would happen, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// A copy of wp-content/uploads: pictures, recordings, files
    #[arg(long, value_name = "DIR", conflicts_with = "fetch_media")]
    media: Option<PathBuf>,
    /// Ask the site itself for its files, one after the other
    #[arg(long)]
    fetch_media: bool,
    /// With --fetch-media: ask private addresses too, for a site on this machine or network
    #[arg(long, requires = "fetch_media")]
    allow_private_fetch: bool,
    /// Count what the desk's checks find in what came; takes about as long as the import
    #[arg(long)]
    check: bool,
    /// Write the whole report, as JSON, into a file
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Wordpress {
    /// Does it.
    pub async fn run(self) -> Outcome {
        let exports = exports(&self.paths)?;
        if let Some(report) = &self.report {
            // A report that cannot be written should not be found out at the end.
            std::fs::write(report, b"").with_context(|| format!("{} cannot be written", report.display()))?;
        }
        // Read before anything is written: bad files cost nothing.
        let bars = Bars::default();
        let surveyed = survey(exports, &bars).await?;
        let (app, scratch) = open::for_import(&self.place, self.dry_run).await?;
        let done = self.move_in(&app, surveyed, &bars).await;
        if let Some(scratch) = scratch {
            let _ = std::fs::remove_dir_all(scratch); // what is left of it lies where temporary files lie
        }
        done
    }

    async fn move_in(&self, app: &Arc<App>, surveyed: Surveyed, bars: &Bars) -> Outcome {
        if self.allow_private_fetch {
            app.fetch.allow_private();
        }
        let files = match (&self.media, self.fetch_media) {
            (Some(folder), _) => Files::Folder(folder.clone()),
            (None, true) => Files::Site,
            (None, false) => Files::None,
        };
        let wanted = Wanted { files, dry: self.dry_run, check: self.check };
        let account = import_wordpress(app, surveyed, &wanted, Actor::Command, bars).await?;
        let json = account.json();
        if let Some(report) = &self.report {
            let text = serde_json::to_vec_pretty(&json)?;
            store::media::write_whole(report, &text)
                .with_context(|| format!("{} cannot be written", report.display()))?;
        }
        if self.json {
            say!("{json}");
        } else {
            self.print(&account);
        }
        Ok(())
    }

    fn print(&self, account: &Account) {
        let site = &account.site;
        let total: u64 = account.items.values().sum();
        match (account.is_new(), account.dry) {
            (false, _) if account.goes_on => say!("{site} has moved in; an import that had been stopped was ended."),
            (false, _) => say!("Nothing of {site} is new here."),
            (_, true) => say!("{site} would move in; nothing was written."),
            (_, false) if account.goes_on => {
                say!("{site} has moved in; an import that had been stopped was gone on with.")
            }
            (_, false) => say!("{site} has moved in."),
        }
        say!();
        counted(total, "items in the exports");
        counted(account.articles, "articles");
        counted(account.pages, "static pages");
        for (status, count) in account.statuses.iter().filter(|(status, _)| **status != "published") {
            say!("{:>7}    of both are: {status}", count);
        }
        counted(account.updated, "were changed there, and here too now");
        counted(account.unchanged, "are as they were when they came");
        counted(account.edited_here.len() as u64, "were changed there and edited here, and stay as they are here");
        counted(account.sections, "sections");
        counted(account.tags, "tags");
        counted(account.authors, "authors");
        counted(account.pictures, "pictures and files");
        counted(account.menu_lines, "lines of menus");
        counted(account.redirects, "addresses that lead to where things are now");
        for (what, count) in &account.asides {
            let words = match what {
                // Nearly everything has some: of it the manual tells.
                What::Rest => continue,
                What::Comment => "comments, kept until there is room to show them",
                What::CommentHeld => "comments that readers never saw",
                What::Pingback => "words of other sites that they link here",
                What::LiveEntry => "entries of live reports, kept until there is room to show them",
                What::Note => "notes that editors wrote among themselves: no reader ever sees them",
                What::OtherComment => "comments of plugins",
                What::Item => "items of plugins and themes",
            };
            counted(*count, words);
        }
        counted(account.statements, "quotations found, each with its speaker: masthead record list");
        counted(account.findings, "findings in what is public: see the desk");
        say!("{:>7}  addresses change", account.moved.len());
        say!();
        if let Some(permalink) = account.permalink.as_ref().filter(|_| account.settings) {
            say!("New articles get addresses like the old ones: {permalink}");
        }
        if let Some(zone) = account.timezone.as_ref().filter(|_| account.settings) {
            say!("The site's clock was that of {zone}.");
        }
        if account.settings {
            say!("Name, tagline and language are those of the site that it was.");
        }
        if let Some(run) = account.run.as_ref().filter(|_| !account.dry && (account.is_new() || account.goes_on)) {
            say!("As long as nothing is edited, it can be taken back: masthead import undo {run}");
        }
        self.print_lists(account);
    }

    fn print_lists(&self, account: &Account) {
        list("These addresses change", account.moved.iter().map(|(from, to, why)| format!("{from} → {to} ({why})")));
        list(
            "These were public without an address of their own, and have one now",
            account.without_link.iter().map(|(headline, path)| format!("{path}  {headline}")),
        );
        let kinds = account.findings_by_kind.iter();
        list("Findings", kinds.map(|(kind, count)| format!("{count:>7}  {kind}")));
        list("These were edited here", account.edited_here.iter().cloned());
        list(
            "Shortcodes of page builders were taken away from around their text",
            account.bodies.shortcodes.iter().map(|(name, count)| format!("[{name}] {count} times")),
        );
        list(
            "Nobody here knows these shortcodes: they stand in the text as they stood",
            account.bodies.unknown_shortcodes.iter().map(|(name, count)| format!("[{name}] {count} times")),
        );
        list(
            "Nobody here knows these blocks: what stood in them was kept",
            account.bodies.unknown_blocks.iter().map(|(name, count)| format!("{name} {count} times")),
        );
        list(
            "WordPress filled these blocks anew for every page: they were left out",
            account.bodies.dropped_blocks.iter().map(|(name, count)| format!("{name} {count} times")),
        );
        let lines = account.notes.iter();
        list(
            "To be looked at",
            lines.map(|(what, how)| if what.is_empty() { how.clone() } else { format!("{what}: {how}") }),
        );
        list("These were left out", account.skipped.iter().map(|(what, why)| format!("{what}: {why}")));
        let again = "These files are named and not here; run the import again with --media DIR or --fetch-media";
        list(again, account.missing.iter().cloned());
    }
}
