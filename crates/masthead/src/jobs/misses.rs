//! Writes down what readers did not find.

use std::sync::Arc;
use std::time::Duration;

use store::{Batch, miss};

use crate::App;

/// Between two writings.
const PAUSE: Duration = Duration::from_secs(10);
/// Addresses that are kept; a new one waits until older ones are forgotten.
const MOST: i64 = 10_000;
/// For so long nobody asked for it: it is forgotten. In milliseconds, 90 days.
const FORGOTTEN: i64 = 90 * 24 * 3_600 * 1_000;

/// Writes, for ever.
pub async fn run(app: Arc<App>) {
    loop {
        tokio::time::sleep(PAUSE).await;
        if let Err(why) = write(&app).await {
            tracing::error!("failed to write down what readers did not find: {why}");
        }
    }
}

/// Writes what was counted since the last time.
pub async fn write(app: &App) -> Result<(), store::Refused> {
    let counted = app.misses.take();
    if counted.is_empty() {
        return Ok(());
    }
    let now = app.now().as_millisecond();
    let known = miss::count(&app.store).await?.map_or(0, |row| row.count);
    let mut batch = Batch::new();
    batch.push(miss::forget_before(now - FORGOTTEN));
    for (path, times) in counted {
        if known < MOST {
            batch.push(miss::add(&path, times, now));
        } else {
            batch.push(miss::add_known(&path, times, now));
        }
    }
    app.store.commit(batch).await
}
