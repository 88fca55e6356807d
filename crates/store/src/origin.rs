//! Where things came from: their names on the site that they left.

use news::Id;

use crate::{Broken, Store};

queries! {
    "origin";

    /// Something that came.
    row Origin { site: String, name: String, subject: String, run_id: String, came: String, version: i64 }

    /// What an import brought, with the version that an article has now; none of what is gone.
    row Brought { site: String, name: String, subject: String, version: i64 }

    /// What has this name on this site.
    one at(site: &str, name: &str) -> Origin =
        "SELECT site, name, subject, run_id, came, version FROM origin WHERE site = $1 AND name = $2";
    /// What has this name on whichever site it came from.
    all named(name: &str, most: i64) -> Origin =
        "SELECT site, name, subject, run_id, came, version FROM origin WHERE name = $1 ORDER BY site LIMIT $2";
    /// What an import brought, in the order of the names, behind one of them.
    all of_run(run_id: &str, site: &str, name: &str, most: i64) -> Brought =
        "SELECT site, name, subject, version FROM origin WHERE run_id = $1 AND (site, name) > ($2, $3) ORDER BY site, name LIMIT $4";

    exec put(site: &str, name: &str, subject: &str, run_id: &str, came: &str, version: i64) =
        "INSERT INTO origin (site, name, subject, run_id, came, version) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (site, name) DO UPDATE SET subject = excluded.subject, came = excluded.came, version = excluded.version";
    exec remove_run(run_id: &str) = "DELETE FROM origin WHERE run_id = $1";
}

/// The word before the id of an article that something is here.
const ARTICLE: &str = "article:";

/// What an article is called as a subject.
pub fn of_article(id: &Id) -> String {
    format!("{ARTICLE}{id}")
}

fn article(subject: &str) -> Option<Id> {
    Id::parse(subject.strip_prefix(ARTICLE)?).ok()
}

impl Origin {
    /// The article that it is here, if it is one.
    pub fn article(&self) -> Option<Id> {
        article(&self.subject)
    }
}

impl Brought {
    /// The article that it is here, if it is one.
    pub fn article(&self) -> Option<Id> {
        article(&self.subject)
    }
}

/// A walk along what an import brought, in the order of the names.
#[derive(Clone, Debug)]
pub struct Walk {
    run: String,
    site: String,
    name: String,
}

impl Walk {
    /// From the beginning.
    pub fn along(run: &Id) -> Walk {
        Walk { run: run.to_string(), site: String::new(), name: String::new() }
    }

    /// The next of it, so many at most; none at the end.
    pub async fn next(&mut self, store: &Store, most: i64) -> Result<Option<Vec<Brought>>, Broken> {
        let brought = of_run(store, &self.run, &self.site, &self.name, most).await?;
        let Some(last) = brought.last() else { return Ok(None) };
        (self.site, self.name) = (last.site.clone(), last.name.clone());
        Ok(Some(brought))
    }
}
