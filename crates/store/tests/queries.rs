//! Every query of the list, prepared on both engines: SQLite checks names and
//! counts, PostgreSQL the types. A query that only one dialect understands
//! cannot land.

use store::Store;

#[tokio::test]
async fn every_query_means_the_same_to_both_engines() {
    let folder = tempfile::tempdir().unwrap();
    let mut stores = vec![Store::open_file(&folder.path().join("masthead.db")).unwrap()];
    if let Some(url) = postgres_for("queries").await {
        stores.push(Store::connect(&url).await.unwrap());
    }
    for store in stores {
        let complaints = store.check_queries().await;
        assert!(complaints.is_empty(), "{}: {complaints:#?}", store.engine());
    }
}

#[tokio::test]
async fn migrations_run_once_and_a_newer_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("masthead.db");
    Store::open_file(&path).unwrap();
    Store::open_file(&path).unwrap();
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute("INSERT INTO migration (number, hash) VALUES (999, 'x')", []).unwrap();
    let refusal = Store::open_file(&path).err().unwrap().to_string();
    assert!(refusal.contains("newer version"), "{refusal}");
}

/// A fresh database on the server that the test command brought up.
async fn postgres_for(name: &str) -> Option<String> {
    let Ok(server) = std::env::var("MASTHEAD_TEST_POSTGRES") else {
        note_skipped("the list of queries on PostgreSQL (MASTHEAD_TEST_POSTGRES is not set)");
        return None;
    };
    let (client, connection) = tokio_postgres::connect(&server, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let database = format!("masthead_{name}_{}", std::process::id());
    client.batch_execute(&format!("CREATE DATABASE {database}")).await.unwrap();
    let base = server.rsplit_once('/').map_or(server.as_str(), |(base, _)| base);
    Some(format!("{base}/{database}"))
}

fn note_skipped(what: &str) {
    eprintln!("skipped: {what}");
    if let Ok(path) = std::env::var("MASTHEAD_SKIPPED_FILE") {
        use std::io::Write;
        let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
        let _ = file.and_then(|mut file| writeln!(file, "{what}"));
    }
}
