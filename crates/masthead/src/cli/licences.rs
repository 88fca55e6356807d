//! Lists of what the program knows, for people and programs.

use clap::Args;
use news::licence::LICENCES;
use serde_json::json;

use super::Outcome;

/// `masthead licences`.
#[derive(Args, Debug)]
pub struct Licences {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Licences {
    /// Does it.
    pub fn run(self) -> Outcome {
        if self.json {
            let rows: Vec<_> = LICENCES
                .iter()
                .map(|l| json!({ "id": l.id, "name": l.name, "url": l.url, "sentence": l.sentence }))
                .collect();
            say!("{}", json!(rows));
            return Ok(());
        }
        for licence in LICENCES {
            say!("{:<22} {}", licence.id, licence.name);
        }
        Ok(())
    }
}
