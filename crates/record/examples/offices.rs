//! Makes the folders of `data/offices` from the collections as their makers publish them:
//!
//! ```text
//! cargo run -p record --example offices -- COLLECTION YYYY-MM-DD FOLDER
//! ```
//!
//! COLLECTION is a folder or file that [`record::offices::raw::read`] knows, the day is that of the
//! snapshot, and FOLDER gets `source.toml`, `people.tsv`, `offices.tsv` and `terms.tsv`. The same
//! collection gives the same bytes.

use std::{error::Error, path::Path};

use record::offices::raw;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [collection, snapshot, folder] = args.as_slice() else {
        return Err("usage: offices COLLECTION YYYY-MM-DD FOLDER".into());
    };
    let source = raw::read(Path::new(collection), snapshot.parse()?)?;
    source.files().write(Path::new(folder))?;
    println!("{} people, {} offices, {} terms", source.people.len(), source.offices.len(), source.terms.len());
    Ok(())
}
