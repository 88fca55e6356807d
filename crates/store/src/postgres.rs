//! PostgreSQL: a pool of connections, one transaction for each batch.

use std::str::FromStr;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, NoTls};

use crate::migrate::{self, Migration};
use crate::value::{Kind, Row, Value};
use crate::{Batch, Broken, Query, Refused};

/// Most connections.
const CONNECTIONS: usize = 16;
/// How often a batch is tried again after a deadlock or a serialisation failure.
const TRIES: usize = 5;
/// The advisory lock that one migrating process holds (“MSTH”).
const MIGRATING: i64 = 0x4d53_5448;

/// A PostgreSQL database. Cheap to clone.
#[derive(Clone)]
pub struct Postgres {
    pool: Pool,
}

impl Postgres {
    pub(crate) async fn connect(url: &str) -> Result<Postgres, Broken> {
        let open = |why: String| Broken::Open(why);
        let config = tokio_postgres::Config::from_str(url).map_err(|why| open(reason(&why)))?;
        let manager = Manager::from_config(config, NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
        let pool = Pool::builder(manager).max_size(CONNECTIONS).build().map_err(|why| open(why.to_string()))?;
        let postgres = Postgres { pool };
        let mut client = postgres.client().await?;
        migrate(&mut client).await?;
        drop(client);
        Ok(postgres)
    }

    async fn client(&self) -> Result<Object, Broken> {
        self.pool.get().await.map_err(|why| match why {
            deadpool_postgres::PoolError::Backend(why) => Broken::Open(reason(&why)),
            why => Broken::Open(why.to_string()),
        })
    }

    pub(crate) async fn rows<R: Row>(&self, query: &'static Query, values: &[Value]) -> Result<Vec<R>, Broken> {
        let client = self.client().await?;
        let failed = |why: tokio_postgres::Error| Broken::Query { query: query.name, why: reason(&why) };
        let statement = client.prepare_cached(query.postgres()).await.map_err(failed)?;
        let rows = client.query(&statement, &params(values)).await.map_err(failed)?;
        rows.iter().map(R::postgres).collect::<Result<_, _>>().map_err(failed)
    }

    pub(crate) async fn commit(&self, batch: Batch) -> Result<(), Refused> {
        let mut client = self.client().await?;
        for _ in 1..TRIES {
            match try_batch(&mut client, &batch).await {
                Err(Failure::Again) => continue,
                Err(Failure::No(refused)) => return Err(refused),
                Ok(()) => return Ok(()),
            }
        }
        match try_batch(&mut client, &batch).await {
            Ok(()) => Ok(()),
            Err(Failure::No(refused)) => Err(refused),
            Err(Failure::Again) => Err(Refused::Stale),
        }
    }

    /// The steps in which PostgreSQL answers a query, in tables so large that sorting and reading the whole is the last way.
    pub(crate) async fn plan(&self, query: &'static Query) -> Result<String, Broken> {
        let broken = |why: tokio_postgres::Error| Broken::Query { query: query.name, why: reason(&why) };
        let mut client = self.client().await?;
        let transaction = client.transaction().await.map_err(broken)?;
        let samples = query.params.iter().map(|kind| match kind {
            Kind::Int => "1",
            Kind::Bool => "true",
            Kind::Text => "'[]'", // is a text, and a list where one is wanted
        });
        let samples = samples.collect::<Vec<_>>().join(", ");
        let samples = if samples.is_empty() { samples } else { format!("({samples})") };
        let prepared = format!(
            "SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; \
             SET LOCAL plan_cache_mode = force_generic_plan; PREPARE explained AS {}",
            query.postgres()
        );
        transaction.batch_execute(&prepared).await.map_err(broken)?;
        let steps =
            transaction.query(&format!("EXPLAIN (COSTS OFF) EXECUTE explained{samples}"), &[]).await.map_err(broken)?;
        transaction.batch_execute("DEALLOCATE explained").await.map_err(broken)?;
        Ok(steps.iter().map(|row| row.get::<_, String>(0)).collect::<Vec<_>>().join("\n"))
    }

    /// Names and types of a query must be as declared.
    pub(crate) async fn check(&self, query: &'static Query) -> Result<(), String> {
        let client = self.client().await.map_err(|why| why.to_string())?;
        let statement = client.prepare(query.postgres()).await.map_err(|why| reason(&why))?;
        let params: Vec<Type> = query.params.iter().map(|kind| type_of(*kind)).collect();
        if statement.params() != params {
            return Err(format!("parameters {:?}, declared {params:?}", statement.params()));
        }
        let columns: Vec<(&str, Type)> = statement.columns().iter().map(|c| (c.name(), c.type_().clone())).collect();
        let declared: Vec<(&str, Type)> = query.columns.iter().map(|(name, kind)| (*name, type_of(*kind))).collect();
        if columns != declared {
            return Err(format!("columns {columns:?}, declared {declared:?}"));
        }
        Ok(())
    }
}

fn type_of(kind: Kind) -> Type {
    match kind {
        Kind::Int => Type::INT8,
        Kind::Bool => Type::BOOL,
        Kind::Text => Type::TEXT,
    }
}

enum Failure {
    Again,
    No(Refused),
}

async fn try_batch(client: &mut Object, batch: &Batch) -> Result<(), Failure> {
    let failed = |query: &'static str| move |why: tokio_postgres::Error| failure(query, &why);
    let transaction = client.transaction().await.map_err(failed("begin"))?;
    for (statement, expected) in &batch.statements {
        let name = statement.query.name;
        let prepared = transaction.prepare_cached(statement.query.postgres()).await.map_err(failed(name))?;
        let changed = transaction.execute(&prepared, &params(&statement.values)).await.map_err(failed(name))?;
        if expected.is_some_and(|expected| expected != changed) {
            return Err(Failure::No(Refused::Stale)); // dropping the transaction rolls it back
        }
    }
    transaction.commit().await.map_err(failed("commit"))
}

fn failure(query: &'static str, why: &tokio_postgres::Error) -> Failure {
    match why.code() {
        Some(&SqlState::T_R_DEADLOCK_DETECTED | &SqlState::T_R_SERIALIZATION_FAILURE) => Failure::Again,
        Some(&SqlState::UNIQUE_VIOLATION) => Failure::No(Refused::Taken),
        Some(&SqlState::DISK_FULL) => Failure::No(Refused::Broken(Broken::Full)),
        _ => Failure::No(Refused::Broken(Broken::Query { query, why: reason(why) })),
    }
}

fn params(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

/// The server's own sentence; `Display` alone says only “db error”.
fn reason(why: &tokio_postgres::Error) -> String {
    match why.as_db_error() {
        Some(error) => error.message().to_owned(),
        None => std::error::Error::source(why).map_or_else(|| why.to_string(), |source| format!("{why}: {source}")),
    }
}

async fn migrate(client: &mut Client) -> Result<(), Broken> {
    let failed = |why: tokio_postgres::Error| Broken::Query { query: "migrate", why: reason(&why) };
    let transaction = client.transaction().await.map_err(failed)?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&MIGRATING]).await.map_err(failed)?;
    transaction.batch_execute(migrate::TABLE).await.map_err(failed)?;
    let rows = transaction.query(migrate::APPLIED, &[]).await.map_err(failed)?;
    let applied: Vec<(i64, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    for Migration { number, text, hash } in migrate::missing(&applied)? {
        transaction
            .batch_execute(&text.replace("{serial}", "BIGSERIAL PRIMARY KEY").replace("{key}", "TEXT COLLATE \"C\""))
            .await
            .map_err(failed)?;
        transaction.execute(migrate::NOTE, &[&number, &hash]).await.map_err(failed)?;
    }
    transaction.commit().await.map_err(failed)
}
