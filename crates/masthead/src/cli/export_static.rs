//! `masthead export static`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use serde_json::{Value, json};

use super::{Outcome, Quit, open, progress};
use crate::actions::rebuild;
use crate::config::Place;
use crate::static_site::files::{Build, Folder};
use crate::static_site::{self, Account, Few};

/// `masthead export static`.
#[derive(Args, Debug)]
pub struct Static {
    /// The folder to write: not there yet, empty, or an earlier export, which is replaced when the new one is whole
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl Static {
    /// Does it.
    pub async fn run(self) -> Outcome {
        let app = open::existing(&self.place).await?;
        let build = Build::begin(&self.folder)?;
        let mut folder = Folder::at(build.folder());
        let least = rebuild::articles(&app).await?;
        let bar = progress::bar(least, "Writing the site");
        let account = static_site::export(&app, &mut folder, |done, known| {
            bar.set_length(known.max(least));
            bar.set_position(done);
        });
        let account = account.await;
        bar.finish_and_clear();
        let not_written = || format!("{} was not written", self.folder.display());
        let account = account.with_context(not_written)?;
        tokio::task::spawn_blocking(move || build.finish()).await?.with_context(not_written)?;
        if self.json {
            say!("{}", as_json(&account))
        } else {
            self.say(&account)
        }
        match account.failed {
            0 => Ok(()),
            failed => Err(Quit { code: 1, why: Some(format!("{failed} pages could not be made")) }.into()),
        }
    }

    fn say(&self, account: &Account) {
        let Account { pages, files, bytes, redirects, expressions, broken, left_out, .. } = account;
        let folder = self.folder.display();
        say!("{folder} holds {pages} pages, {files} files and {redirects} redirects ({bytes} bytes).");
        if self.place.url.host().starts_with("localhost") {
            say!("Its feeds and cards lead to {}; name its own address with --url.", self.place.url.as_str());
        }
        if *expressions > 0 {
            say!("Redirects that are expressions, for which no file can stand: {expressions}.");
        }
        if broken.count > 0 {
            say!("Links that lead nowhere: {}", broken.count);
            broken.first.iter().for_each(|one| say!("  {} on {} ({})", one.link, one.page, one.status));
            say_more(broken);
        }
        if left_out.count > 0 {
            say!("Addresses that are left out: {}", left_out.count);
            left_out.first.iter().for_each(|one| say!("  {}: {}", one.path, one.why));
            say_more(left_out);
        }
    }
}

fn say_more<T>(few: &Few<T>) {
    let more = few.count - few.first.len() as u64;
    if more > 0 {
        say!("  and {more} more");
    }
}

fn as_json(account: &Account) -> Value {
    let broken = account.broken.first.iter();
    let broken: Vec<Value> =
        broken.map(|one| json!({ "link": one.link, "page": one.page, "status": one.status })).collect();
    let left_out = account.left_out.first.iter();
    let left_out: Vec<Value> = left_out.map(|one| json!({ "path": one.path, "why": one.why })).collect();
    json!({
        "pages": account.pages, "files": account.files, "bytes": account.bytes, "redirects": account.redirects,
        "expressions": account.expressions, "broken_links": account.broken.count, "broken": broken,
        "addresses_left_out": account.left_out.count, "left_out": left_out, "failed": account.failed,
    })
}
