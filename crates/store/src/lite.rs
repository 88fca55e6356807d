//! SQLite: reads on the calling thread, one writer thread that commits waiting
//! batches together.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, params_from_iter};
use tokio::sync::oneshot;

use crate::migrate::{self, Migration};
use crate::value::{Row, Value};
use crate::{Batch, Broken, Query, Refused};

/// Most batches that share one commit.
const GROUP: usize = 128;
/// Batches that may wait for the writer before callers wait too.
const QUEUE: usize = 1024;
/// How long a write waits for another process that writes.
const BUSY: Duration = Duration::from_secs(10);
/// Page cache of a reader in KiB (negative, as SQLite wants it): holds the upper
/// levels of every index of a large archive. A mapped file would be a little
/// faster and count as resident memory as a whole.
const READER_CACHE: i64 = -32_000;
/// Statements that each connection keeps prepared.
const PREPARED: usize = 128;

type Answer = Result<(), Refused>;

struct Job {
    batch: Batch,
    answer: oneshot::Sender<Answer>,
}

/// A SQLite file. Cheap to clone.
#[derive(Clone)]
pub struct Lite {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    readers: Mutex<Vec<Connection>>,
    writer: mpsc::SyncSender<Job>,
    /// The texts that were asked so far, for tests.
    #[cfg(debug_assertions)]
    asked: Mutex<std::collections::BTreeSet<&'static str>>,
}

impl Lite {
    pub(crate) fn open(path: &Path) -> Result<Lite, Broken> {
        let mut writer = Connection::open(path).map_err(opening)?;
        set_up(&writer).map_err(opening)?;
        migrate(&mut writer)?;
        let (sender, jobs) = mpsc::sync_channel(QUEUE);
        std::thread::Builder::new()
            .name("database writer".into())
            .spawn(move || write(writer, jobs))
            .map_err(|why| Broken::Open(why.to_string()))?;
        Ok(Lite {
            inner: Arc::new(Inner {
                path: path.into(),
                readers: Mutex::default(),
                writer: sender,
                #[cfg(debug_assertions)]
                asked: Mutex::default(),
            }),
        })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    pub(crate) fn rows<R: Row>(&self, query: &'static Query, values: &[Value]) -> Result<Vec<R>, Broken> {
        let connection = match lock(&self.inner.readers).pop() {
            Some(connection) => connection,
            None => reader(&self.inner.path)?,
        };
        #[cfg(debug_assertions)]
        lock(&self.inner.asked).insert(query.lite());
        let rows = ask(&connection, query, values);
        lock(&self.inner.readers).push(connection);
        rows.map_err(|why| Broken::Query { query: query.name, why: why.to_string() })
    }

    /// The texts that were asked so far.
    #[cfg(debug_assertions)]
    pub(crate) fn asked(&self) -> Vec<&'static str> {
        lock(&self.inner.asked).iter().copied().collect()
    }

    pub(crate) async fn commit(&self, batch: Batch) -> Answer {
        let (answer, answered) = oneshot::channel();
        let mut job = Job { batch, answer };
        // The queue is only full when the disk is far behind: then wait without blocking the runtime.
        loop {
            match self.inner.writer.try_send(job) {
                Ok(()) => break,
                Err(mpsc::TrySendError::Full(back)) => {
                    job = back;
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                Err(mpsc::TrySendError::Disconnected(_)) => return Err(writer_gone()),
            }
        }
        answered.await.unwrap_or_else(|_| Err(writer_gone()))
    }

    /// The steps in which SQLite answers a query.
    pub(crate) fn plan(&self, query: &'static Query) -> Result<String, Broken> {
        let asked = || {
            let connection = Connection::open_with_flags(&self.inner.path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", query.lite()))?;
            let nothing = vec![Value::Text(None); query.params.len()];
            let steps = statement.query_map(params_from_iter(nothing), |row| row.get::<_, String>("detail"))?;
            steps.collect::<rusqlite::Result<Vec<String>>>()
        };
        asked().map(|steps| steps.join("\n")).map_err(|why| Broken::Query { query: query.name, why: why.to_string() })
    }

    /// Names and counts of a query must be as declared.
    pub(crate) fn check(&self, query: &'static Query) -> Result<(), String> {
        let connection = reader(&self.inner.path).map_err(|why| why.to_string())?;
        let statement = connection.prepare(query.lite()).map_err(|why| why.to_string())?;
        let names: Vec<&str> = query.columns.iter().map(|(name, _)| *name).collect();
        if statement.parameter_count() != query.params.len() {
            return Err(format!("{} parameters, declared {}", statement.parameter_count(), query.params.len()));
        }
        let found: Vec<&str> = statement.column_names().collect();
        if found != names {
            return Err(format!("columns {found:?}, declared {names:?}"));
        }
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn writer_gone() -> Refused {
    Refused::Broken(Broken::Disk("the writer has stopped after an earlier failure".into()))
}

fn reader(path: &Path) -> Result<Connection, Broken> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(path, flags).map_err(opening)?;
    connection.busy_timeout(BUSY).map_err(opening)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    // Plans do not hang on what is asked for. Otherwise a prepared statement is prepared again for each new value.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(opening)?;
    connection.pragma_update(None, "cache_size", READER_CACHE).map_err(opening)?;
    Ok(connection)
}

fn ask<R: Row>(connection: &Connection, query: &'static Query, values: &[Value]) -> rusqlite::Result<Vec<R>> {
    let mut statement = connection.prepare_cached(query.lite())?;
    statement.query_map(params_from_iter(values), R::lite)?.collect()
}

/// synchronous=FULL: with NORMAL a power cut loses publishes that were acknowledged.
fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
    connection.pragma_update(None, "cache_size", -16_000)
}

fn migrate(connection: &mut Connection) -> Result<(), Broken> {
    let transaction = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .map_err(|why| broken("open", &why))?;
    let run = |sql: &str| transaction.execute_batch(sql).map_err(|why| broken("migrate", &why));
    run(migrate::TABLE)?;
    let mut applied = Vec::new();
    {
        let mut statement = transaction.prepare(migrate::APPLIED).map_err(opening)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(opening)?;
        for row in rows {
            applied.push(row.map_err(opening)?);
        }
    }
    for Migration { number, text, hash } in migrate::missing(&applied)? {
        run(&text.replace("{serial}", "INTEGER PRIMARY KEY AUTOINCREMENT").replace("{key}", "TEXT"))?;
        transaction.execute(&migrate::NOTE.replace('$', "?"), (number, hash)).map_err(|why| broken("migrate", &why))?;
    }
    transaction.commit().map_err(|why| broken("migrate", &why))
}

/// The writer thread: takes what waits, up to [`GROUP`] batches, and syncs them together.
fn write(mut connection: Connection, jobs: mpsc::Receiver<Job>) {
    let failed = AtomicBool::new(false);
    while let Ok(first) = jobs.recv() {
        let mut group = vec![first];
        while group.len() < GROUP {
            let Ok(next) = jobs.try_recv() else { break };
            group.push(next);
        }
        commit_group(&mut connection, group, &failed);
        if failed.load(Ordering::Relaxed) {
            return; // Dropping the receiver refuses every further write.
        }
    }
}

fn commit_group(connection: &mut Connection, group: Vec<Job>, failed: &AtomicBool) {
    let answers = try_group(connection, &group);
    match answers {
        Ok(answers) => {
            for (job, answer) in group.into_iter().zip(answers) {
                let _ = job.answer.send(answer); // who asked may have gone; the batch is kept all the same
            }
        }
        Err(why) => {
            if !connection.is_autocommit() {
                let _ = connection.execute_batch("ROLLBACK");
            }
            if is_disk_failure(&why) {
                failed.store(true, Ordering::Relaxed);
            }
            for job in group {
                let _ = job.answer.send(Err(Refused::Broken(broken("commit", &why))));
            }
        }
    }
}

/// One transaction, one savepoint for each batch: a refused batch leaves the others whole.
fn try_group(connection: &mut Connection, group: &[Job]) -> rusqlite::Result<Vec<Answer>> {
    let mut transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let mut answers = Vec::with_capacity(group.len());
    for job in group {
        let savepoint = transaction.savepoint()?;
        match run(&savepoint, &job.batch) {
            Ok(()) => {
                savepoint.commit()?;
                answers.push(Ok(()));
            }
            Err(Refused::Broken(why @ (Broken::Full | Broken::Disk(_)))) => {
                answers.push(Err(Refused::Broken(why)));
                break; // SQLite may have rolled the whole transaction back
            }
            Err(refused) => answers.push(Err(refused)), // dropping the savepoint rolls it back
        }
    }
    if answers.len() < group.len()
        || matches!(answers.last(), Some(Err(Refused::Broken(Broken::Full | Broken::Disk(_)))))
    {
        drop(transaction);
        return Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL), None));
    }
    transaction.commit()?;
    Ok(answers)
}

fn run(connection: &Connection, batch: &Batch) -> Answer {
    for (statement, expected) in &batch.statements {
        let name = statement.query.name;
        let changed = connection
            .prepare_cached(statement.query.lite())
            .and_then(|mut prepared| prepared.execute(params_from_iter(&statement.values)))
            .map_err(|why| refused(name, &why))?;
        if expected.is_some_and(|expected| expected != changed as u64) {
            return Err(Refused::Stale);
        }
    }
    Ok(())
}

fn refused(query: &'static str, why: &rusqlite::Error) -> Refused {
    match why.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) if is_taken(why) => Refused::Taken,
        _ => Refused::Broken(broken(query, why)),
    }
}

fn broken(query: &'static str, why: &rusqlite::Error) -> Broken {
    match why.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Broken::Full,
        Some(ErrorCode::ReadOnly) => Broken::Open("the file or its folder is read-only".into()),
        Some(ErrorCode::SystemIoFailure) if is_write_failure(why) => Broken::Full,
        Some(ErrorCode::SystemIoFailure) => Broken::Disk(why.to_string()),
        Some(ErrorCode::NotADatabase) => Broken::Open("it is not a database of Masthead".into()),
        Some(ErrorCode::DatabaseCorrupt) => Broken::Open("it is damaged; restore a backup".into()),
        _ => Broken::Query { query, why: why.to_string() },
    }
}

fn opening(why: rusqlite::Error) -> Broken {
    match why.sqlite_error_code() {
        Some(ErrorCode::CannotOpen) => Broken::Open("the file cannot be made or read".into()),
        Some(ErrorCode::DatabaseBusy) => Broken::Open("another process holds it".into()),
        Some(_) => match broken("open", &why) {
            Broken::Query { why, .. } => Broken::Open(why),
            other => other,
        },
        None => Broken::Open(why.to_string()),
    }
}

fn is_taken(why: &rusqlite::Error) -> bool {
    matches!(extended(why), Some(rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY))
}

/// A write that the system refused (a file size limit, a quota) leaves the file as it was.
fn is_write_failure(why: &rusqlite::Error) -> bool {
    extended(why) == Some(rusqlite::ffi::SQLITE_IOERR_WRITE)
}

/// A sync that failed: the kernel may have dropped pages, so nothing written before can be trusted to be there.
fn is_disk_failure(why: &rusqlite::Error) -> bool {
    matches!(extended(why), Some(rusqlite::ffi::SQLITE_IOERR_FSYNC | rusqlite::ffi::SQLITE_IOERR_DIR_FSYNC))
}

fn extended(why: &rusqlite::Error) -> Option<i32> {
    match why {
        rusqlite::Error::SqliteFailure(error, _) => Some(error.extended_code),
        _ => None,
    }
}
