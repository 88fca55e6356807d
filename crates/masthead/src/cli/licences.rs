//! Lists of what the program knows, for people and programs.

use clap::Args;
use news::licence::LICENCES;
use record::offices::{EMBEDDED, Source};
use serde_json::json;

use super::Outcome;

/// `masthead licences`.
#[derive(Args, Debug)]
pub struct Licences {
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Only the data that is built in: who held which office
    #[arg(long)]
    data: bool,
    /// The licences of that data in full
    #[arg(long)]
    text: bool,
}

impl Licences {
    /// Does it.
    pub fn run(self) -> Outcome {
        let sources: Vec<Source> = EMBEDDED.iter().map(|source| source.files.parse()).collect::<Result<_, _>>()?;
        if self.json {
            let rows: Vec<_> = LICENCES
                .iter()
                .map(|l| json!({ "id": l.id, "name": l.name, "url": l.url, "sentence": l.sentence }))
                .collect();
            if !self.data {
                say!("{}", json!(rows));
                return Ok(());
            }
            let data: Vec<_> = sources
                .iter()
                .map(|source| &source.about)
                .map(|about| {
                    json!({
                        "name": about.name, "url": about.url, "licence": about.licence, "licence_url": about.licence_url,
                        "attribution": about.attribution, "changes": about.changes, "snapshot": about.snapshot,
                    })
                })
                .collect();
            say!("{}", json!(data));
            return Ok(());
        }
        if self.text {
            EMBEDDED
                .iter()
                .for_each(|source| say!("data/offices/{}\n\n{}\n", source.folder, source.licence.trim_end()));
            return Ok(());
        }
        if !self.data {
            say!("Licences that the credits of pictures are read with:\n");
            for licence in LICENCES {
                say!("{:<22} {}", licence.id, licence.name);
            }
            say!();
        }
        say!("Data that is built into this program:");
        for about in sources.iter().map(|source| &source.about) {
            say!("\n{}, up to {}", about.name, about.snapshot);
            say!("  {}", about.attribution);
            say!("  {}: {}", about.licence, about.licence_url);
            say!("  {}", about.url);
            say!("  {}", about.changes);
        }
        Ok(())
    }
}
