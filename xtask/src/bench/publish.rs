//! From "published" to visible: articles sent through the Ghost Admin API, readers asking at once.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::server::{self, Magazine};
use crate::{paths, process, tools};

const LIMIT: Duration = Duration::from_secs(10 * 60);

pub fn bench(archives: &[u32], quick: bool) -> Result<()> {
    let node = tools::node()?;
    println!(
        "| articles | publishing, p50 ms | p99 ms | then on the front, p50 ms | p99 ms | then its own page, p50 ms | p99 ms |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|");
    for &articles in archives {
        // A copy: the archive must stay as it is for the next run.
        let folder = paths::work().join("bench-publish");
        server::clear(&folder)?;
        let original = super::magazine(articles)?;
        process::run(Command::new("cp").arg("-r").arg(&original.data).arg(&folder), LIMIT)?;
        let copy = Magazine { binary: original.binary, data: folder };
        let key = copy.new_key("bench")?;
        let key = text_field(&key, "admin_key").context("masthead key new printed no admin_key")?;

        let server = copy.serve()?;
        let mut publish = Command::new(&node);
        publish.arg(paths::scripts().join("publish.mjs")).arg(if quick { "20" } else { "50" });
        let report = process::output(publish.env("MAGAZINE", &server.url).env("ADMIN_KEY", key), LIMIT)?;
        println!("| {articles} | {} |", report.trim());
        drop(server);
        server::clear(&copy.data)?;
    }
    Ok(())
}

/// A member of a flat JSON object whose text has no escapes, as a key's has none.
fn text_field<'a>(json: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = json.split_once(&format!("\"{name}\""))?;
    let value = after.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    value.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keys_field_is_found() {
        let json = r#"{ "name": "bench", "content_key": "c1", "admin_key" : "id:5ec" }"#;
        assert_eq!(text_field(json, "admin_key"), Some("id:5ec"));
        assert_eq!(text_field(json, "secret"), None);
    }
}
