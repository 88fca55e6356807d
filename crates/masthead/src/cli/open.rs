//! Opening a magazine for a command.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use store::Store;

use crate::App;
use crate::config::{Cidr, Place};

/// Page memory of a command: it keeps none.
const NO_PAGES: usize = 0;

/// Opens the magazine of a command that writes: the folder is made where there is none.
pub async fn for_writing(place: &Place) -> Result<Arc<App>, anyhow::Error> {
    make_folder(&place.data)?;
    open(place, NO_PAGES, Vec::new()).await
}

/// Opens the magazine of an import; for a dry run where there is none, one that is thrown away: the folder is the caller's
/// to remove.
pub async fn for_import(place: &Place, dry: bool) -> Result<(Arc<App>, Option<PathBuf>), anyhow::Error> {
    let is_there = place.database != "sqlite" || place.data.join("masthead.db").is_file();
    if !dry || is_there {
        return Ok((for_writing(place).await?, None));
    }
    let scratch = std::env::temp_dir().join(format!("masthead-dry-run-{}", crate::app::random_hex::<8>()));
    let place = Place { data: scratch.clone(), ..place.clone() };
    Ok((for_writing(&place).await?, Some(scratch)))
}

/// Opens a magazine that must be there already.
pub async fn existing(place: &Place) -> Result<Arc<App>, anyhow::Error> {
    if place.database == "sqlite" && !place.data.join("masthead.db").is_file() {
        bail!("there is no magazine in {}", place.data.display());
    }
    open(place, NO_PAGES, Vec::new()).await
}

/// Opens a magazine with so many bytes for kept pages and these trusted networks.
pub async fn open(place: &Place, page_memory: usize, trusted: Vec<Cidr>) -> Result<Arc<App>, anyhow::Error> {
    let store = match place.database.as_str() {
        "sqlite" => {
            let path = place.data.join("masthead.db");
            let folder = format!("failed to open the magazine in {}", place.data.display());
            tokio::task::spawn_blocking(move || Store::open_file(&path)).await?.context(folder)?
        }
        url if url.starts_with("postgres://") || url.starts_with("postgresql://") => Store::connect(url).await?,
        other => bail!("“{other}” is no database: write sqlite or postgres://user:password@host/database"),
    };
    App::open(&place.data, store, place.url.clone(), page_memory, trusted).await
}

/// Makes the data folder, readable by its owner alone, and sees that it can be written.
pub fn make_folder(data: &Path) -> Result<(), anyhow::Error> {
    if data.exists() && !data.is_dir() {
        bail!("{} is a file, not a folder", data.display());
    }
    if !data.exists() {
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o750);
        builder
            .recursive(true)
            .create(data)
            .map_err(|why| anyhow!("the data folder {} cannot be made: {why}", data.display()))?;
    }
    let probe = data.join(format!(".probe.{}", std::process::id()));
    fs::write(&probe, b"")
        .and_then(|()| fs::remove_file(&probe))
        .map_err(|why| anyhow!("the data folder {} cannot be written: {why}", data.display()))
}
