//! Writes down what readers did not find.

use std::sync::Arc;
use std::time::Duration;

use store::{Batch, miss};

use crate::App;

/// Between two writings.
const PAUSE: Duration = Duration::from_secs(10);
/// Addresses that are kept; beyond, those that were asked for once are forgotten first.
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
    // What somebody tried once makes room: programs try thousands.
    let too_many = known + counted.len() as i64 - MOST;
    if too_many > 0 {
        batch.push(miss::forget_some(too_many));
    }
    let is_full = known - too_many.max(0) >= MOST;
    for (path, times) in counted {
        batch.push(if is_full { miss::add_known(&path, times, now) } else { miss::add(&path, times, now) });
    }
    app.store.commit(batch).await
}
