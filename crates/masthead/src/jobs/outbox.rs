//! The outbox: what other processes committed shows on the pages of this one.

use std::sync::Arc;
use std::time::Duration;

use news::Place;
use store::Batch;

use crate::App;
use crate::pages::refill::refill;

/// How often the outbox is looked at: a command's work shows within a second. An empty look costs some 5 µs on SQLite.
const ROUND: Duration = Duration::from_millis(200);
/// Rows taken at a time.
const ROWS: i64 = 500;

/// Works off the outbox, for ever.
pub async fn run(app: Arc<App>) {
    loop {
        if let Err(why) = drain(&app).await {
            tracing::error!("failed to work off the outbox: {why}");
            tokio::time::sleep(Duration::from_secs(5)).await;
        }
        tokio::time::sleep(ROUND).await;
    }
}

/// Does all the work that waits now.
pub async fn drain(app: &Arc<App>) -> Result<(), anyhow::Error> {
    let _alone = app.draining.lock().await;
    loop {
        let work = store::outbox::waiting(&app.store, ROWS).await?;
        let last = (work.len() as i64) < ROWS;
        let mut batch = Batch::new();
        let mut places: Vec<Place> = Vec::new();
        for row in work {
            if row.kind == "refill" && row.origin != app.origin {
                let names: Vec<String> = serde_json::from_str(&row.payload).unwrap_or_default();
                places.extend(names.iter().filter_map(|name| Place::of(name)));
            }
            batch.push(store::outbox::done(row.number));
        }
        places.sort_unstable();
        places.dedup();
        if places.contains(&Place::Everything) {
            if let Err(why) = app.reload_theme().await {
                tracing::error!("the theme stays as it was: {why}");
            }
            if let Err(why) = app.reload_routing() {
                tracing::error!("routes and redirects stay as they were: {why}");
            }
        }
        if !places.is_empty() {
            refill(app, &places).await;
        }
        if !batch.is_empty() {
            app.store.commit(batch).await.map_err(|why| anyhow::anyhow!("{why}"))?;
        }
        if last {
            return Ok(());
        }
    }
}
