//! Sections.

use news::{Section, SectionPath};

use crate::{Broken, Statement, Store};

queries! {
    "section";

    /// A section's columns.
    row SectionRow { path: String, name: String, description: Option<String>, position: i64 }

    one row_at(path: &str) -> SectionRow = "SELECT path, name, description, position FROM section WHERE path = $1";
    all rows() -> SectionRow = "SELECT path, name, description, position FROM section ORDER BY position, path LIMIT 2000";

    /// Where a section went.
    row Moved { moved_to: String }

    /// Where the section at this path went, if it did.
    one moved(path: &str) -> Moved = "SELECT moved_to FROM section_moved WHERE path = $1";
    /// Where a section was.
    row Left { path: String }

    /// Paths that sections left, behind another.
    all moved_after(path: &str, most: i64) -> Left = "SELECT path FROM section_moved WHERE path > $1 ORDER BY path LIMIT $2";
    exec remove(path: &str) = "DELETE FROM section WHERE path = $1";
    /// Removes one in which and below which there is nothing.
    exec remove_unused(path: &str) =
        "DELETE FROM section WHERE path = $1 AND NOT EXISTS (SELECT 1 FROM article WHERE section = $1) \
         AND NOT EXISTS (SELECT 1 FROM section s WHERE substr(s.path, 1, length($1) + 1) = $1 || '/')";
    exec note_move(path: &str, moved_to: &str) =
        "INSERT INTO section_moved (path, moved_to) VALUES ($1, $2) ON CONFLICT (path) DO UPDATE SET moved_to = excluded.moved_to";
    /// Earlier moves to a path lead to where it went.
    exec follow_move(path: &str, moved_to: &str) = "UPDATE section_moved SET moved_to = $2 WHERE moved_to = $1";
    exec forget_move(path: &str) = "DELETE FROM section_moved WHERE path = $1";
    exec put_row(path: &str, name: &str, description: Option<&str>, position: i64) =
        "INSERT INTO section (path, name, description, position) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (path) DO UPDATE SET name = excluded.name, description = excluded.description, position = excluded.position";
    exec add_row(path: &str, name: &str, position: i64) =
        "INSERT INTO section (path, name, description, position) VALUES ($1, $2, NULL, $3) ON CONFLICT (path) DO NOTHING";
}

/// The section at this path.
pub async fn at(store: &Store, path: &SectionPath) -> Result<Option<Section>, Broken> {
    row_at(store, path.as_str()).await?.map(section).transpose()
}

/// Every section, in the magazine's order.
pub async fn all(store: &Store) -> Result<Vec<Section>, Broken> {
    rows(store).await?.into_iter().map(section).collect()
}

/// Writes a section as it is.
pub fn put(section: &Section) -> Statement {
    put_row(section.path.as_str(), &section.name, section.description.as_deref(), section.position)
}

/// Makes a section and those around it with readable names, where there are none yet.
pub fn make(path: &SectionPath) -> Vec<Statement> {
    path.line().iter().map(|path| add_row(path.as_str(), &path.name(), 1_000)).collect()
}

fn section(row: SectionRow) -> Result<Section, Broken> {
    let path = SectionPath::parse(&row.path).map_err(|_| Broken::Value(format!("the section “{}”", row.path)))?;
    Ok(Section { path, name: row.name, description: row.description, position: row.position })
}
