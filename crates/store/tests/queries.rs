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

/// What a reader's page asks, and the index in which SQLite finds it: a range of it, or single rows.
const READERS: &[(&str, &str)] = &[
    ("address::at", "sqlite_autoindex_address_1 (path=?)"),
    ("article::addresses_of", "sqlite_autoindex_article_1 (id=?)"),
    ("article::authors_of", "sqlite_autoindex_article_author_1 (article_id=?)"),
    ("article::body_of", "sqlite_autoindex_manuscript_1 (article_id=?)"),
    ("article::row_by_id", "sqlite_autoindex_article_1 (id=?)"),
    ("article::rows_by_ids", "sqlite_autoindex_article_1 (id=?)"),
    ("article::tags_of", "sqlite_autoindex_article_tag_1 (article_id=?)"),
    ("author::row_by_slug", "sqlite_autoindex_author_2 (slug=?)"),
    ("author::rows_by_ids", "sqlite_autoindex_author_1 (id=?)"),
    ("correction::rows_of", "correction_by_article (article_id=?)"),
    ("lead::at", "sqlite_autoindex_lead_1 (path=?)"),
    ("number::articles_with", "article_by_number (<expr>=?)"),
    ("number::authors_with", "author_by_number (<expr>=?)"),
    ("number::tags_with", "tag_by_number (<expr>=?)"),
    ("origin::named", "origin_by_name (name=?)"),
    ("shelf::after_on", "sqlite_autoindex_shelf_1 (place=? AND (published_at,article_id)>(?,?))"),
    ("shelf::before_on", "sqlite_autoindex_shelf_1 (place=? AND (published_at,article_id)<(?,?))"),
    ("shelf::between_on", "sqlite_autoindex_shelf_1 (place=? AND published_at>? AND published_at<?)"),
    ("shelf::newest_on", "sqlite_autoindex_shelf_1 (place=?)"),
    ("shelf::oldest_on", "sqlite_autoindex_shelf_1 (place=?)"),
    ("shelf::since_on", "sqlite_autoindex_shelf_1 (place=? AND published_at>?)"),
    ("shelf::tally", "sqlite_autoindex_tally_1 (place=?)"),
    ("tag::row_by_slug", "sqlite_autoindex_tag_2 (slug=?)"),
    ("tag::rows_by_ids", "sqlite_autoindex_tag_1 (id=?)"),
];

/// What reads a whole table or sorts what it found, each with the reason why that stays small or is not for readers.
const WHOLE: &[(&str, &str)] = &[
    ("article::desk_rows_of", "what one member of staff began; for the desk"),
    ("author::row_by_email", "authors; at sign-in, not for readers"),
    ("author::rows", "authors; for lists of all of them"),
    ("author::rows_like", "authors; names are searched by any part"),
    ("correction::public_rows", "walks along the index that has its order, a page at a time"),
    ("ignored::of", "of one article; for the desk"),
    ("key::listed", "keys of the API: few"),
    ("member::count", "members; counted for programs"),
    ("member::rows", "walks along the index that has its order, a page at a time; for programs"),
    ("miss::count", "at most some thousands; for a job"),
    ("miss::most_asked", "walks along the index that has its order; for the desk"),
    ("outbox::waiting", "by number, a page at a time"),
    ("person::desk_rows", "people; names are searched by any part, for the desk"),
    ("person::spellings_of", "of one person"),
    ("person::term_rows", "of one person"),
    ("revision::listed", "of one article; for the desk"),
    ("revision::missing", "the archive; for `masthead verify`"),
    ("run::newest", "imports: few"),
    ("run::unfinished", "imports: few"),
    ("section::rows", "sections: few"),
    ("setting::changes", "settings: few"),
    ("shelf::count_between_on", "a range of an index, and no more of it than is counted at most"),
    ("shelf::of_article", "of one article"),
    ("shelf::wrong_tallies", "the archive; for `masthead verify`"),
    ("staff::other_owners", "staff: few"),
    ("staff::rows", "staff: few"),
    ("staff::some_with_password", "staff: few"),
    ("statement::open_appearances", "of the statements of one page"),
    ("statement::rows_of_people_before", "of the people of one article; for the desk"),
    ("webhook::count", "webhooks: few"),
    ("webhook::all", "webhooks: few"),
    ("tag::rows", "tags; for lists of all of them"),
    ("tag::rows_like", "tags; names are searched by any part"),
];

#[tokio::test]
async fn a_readers_page_asks_for_ranges_of_an_index_and_nothing_sorts_the_archive() {
    let folder = tempfile::tempdir().unwrap();
    let lite = Store::open_file(&folder.path().join("masthead.db")).unwrap();
    let plans = lite.plans().await.unwrap();
    for (query, index) in READERS {
        let plan = plans.iter().find(|(name, _)| name == query).map(|(_, plan)| plan.as_str());
        assert!(plan.is_some_and(|plan| plan.contains(index)), "{query}: {plan:?}");
    }
    let mut stores = vec![lite];
    if let Some(url) = postgres_for("plans").await {
        stores.push(Store::connect(&url).await.unwrap());
    }
    let mut whole = std::collections::BTreeSet::new();
    for store in stores {
        for (name, plan) in store.plans().await.unwrap() {
            if let Some(step) = plan.lines().find(|step| reads_whole(step)) {
                assert!(WHOLE.iter().any(|(known, _)| *known == name), "{} {name}: {step}\n{plan}", store.engine());
                whole.insert(name);
            }
        }
    }
    let spare: Vec<_> = WHOLE.iter().filter(|(name, _)| !whole.contains(name)).collect();
    assert!(spare.is_empty(), "these read no table whole any more: {spare:?}");
}

/// Whether a step of a plan sorts all that was found, or reads a table or an index from one end to the other.
fn reads_whole(step: &str) -> bool {
    let step = step.trim_start_matches([' ', '-', '>']);
    let sorts = step.starts_with("USE TEMP B-TREE FOR ORDER BY") || step == "Sort";
    let scans = step.starts_with("SCAN ") && !step.starts_with("SCAN json_each") || step.starts_with("Seq Scan");
    sorts || scans
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
