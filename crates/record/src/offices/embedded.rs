//! What is built into the program: the folders of `data/offices`.

use super::{
    files::{FileError, SourceFiles},
    model::Source,
    titles::Tables,
};

/// One built-in source with the text of its licence.
#[derive(Debug)]
pub struct Embedded {
    /// The name of its folder in `data/offices`.
    pub folder: &'static str,
    /// Its four files.
    pub files: SourceFiles<&'static str>,
    /// The licence in full.
    pub licence: &'static str,
}

macro_rules! source {
    ($folder:literal) => {
        Embedded {
            folder: $folder,
            files: SourceFiles {
                about: include_str!(concat!("../../../../data/offices/", $folder, "/source.toml")),
                people: include_str!(concat!("../../../../data/offices/", $folder, "/people.tsv")),
                offices: include_str!(concat!("../../../../data/offices/", $folder, "/offices.tsv")),
                terms: include_str!(concat!("../../../../data/offices/", $folder, "/terms.tsv")),
            },
            licence: include_str!(concat!("../../../../data/offices/", $folder, "/LICENSE")),
        }
    };
}

/// The built-in sources, each a folder of its own under its own licence.
pub const EMBEDDED: &[Embedded] = &[source!("ifg"), source!("us"), source!("world")];

pub(super) const TABLES: Tables<'static> = Tables {
    titles: include_str!("../../../../data/offices/words/titles.tsv"),
    countries: include_str!("../../../../data/offices/words/countries.tsv"),
    qualifiers: include_str!("../../../../data/offices/words/qualifiers.tsv"),
};

pub(super) fn sources() -> Result<Vec<Source>, FileError> {
    EMBEDDED.iter().map(|source| source.files.parse()).collect()
}
