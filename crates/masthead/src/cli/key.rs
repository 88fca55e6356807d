//! `masthead key`.

use anyhow::bail;
use clap::{Args, Subcommand};
use news::{Actor, Role};
use serde_json::json;

use super::{Outcome, open};
use crate::actions::{By, staff};
use crate::config::Place;

/// Keys for the API.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Make a content key and an admin key
    New(New),
}

/// `masthead key new`.
#[derive(Args, Debug)]
pub struct New {
    /// What the key is for, in your words
    name: String,
    /// Make it the key of this member of staff: it may what they may, also what no program may
    #[arg(long, value_name = "EMAIL")]
    staff: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

impl KeyCommand {
    /// Does it.
    pub async fn run(self) -> Outcome {
        let KeyCommand::New(New { name, staff: email, json, place }) = self;
        let app = open::for_writing(&place).await?;
        let member = match &email {
            Some(email) => {
                let found = store::staff::by_email(&app.store, &email.trim().to_lowercase()).await?;
                let member = found.ok_or_else(|| anyhow::anyhow!("nobody of the staff has the address {email}"))?;
                if !member.role.is_at_least(Role::Editor) {
                    bail!("{email} is {}; the API serves editors and owners, the desk everybody", member.role.word());
                }
                Some(member)
            }
            None => None,
        };
        let key = staff::new_key(&app, &name, member.as_ref(), &By::new(Actor::Command)).await?;
        if json {
            let keys = json!({ "name": key.name, "content_key": key.content, "admin_key": key.admin() });
            say!("{keys}");
        } else {
            say!("Keys for “{}”. They are shown only now.\n", key.name);
            say!("Content key  {}", key.content);
            say!("Admin key    {}", key.admin());
            say!("\nThe admin key may write and publish. Address of the API: {}", place.url.with("/ghost/api/admin/"));
        }
        Ok(())
    }
}
