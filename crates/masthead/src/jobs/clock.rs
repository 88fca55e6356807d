//! The clock: publishes what was scheduled, to the second.

use std::sync::Arc;
use std::time::Duration;

use news::Id;

use crate::App;
use crate::actions::schedule::publish_due;

/// Looks at least this often, for what another process scheduled and for a clock that was set.
const LONGEST_WAIT: Duration = Duration::from_secs(1);
/// Articles published in one round.
const ROUND: i64 = 1_000;
/// Pause after a round that failed.
const PAUSE: Duration = Duration::from_secs(5);

/// Publishes what is due, for ever.
pub async fn run(app: Arc<App>) {
    let mut minute = std::time::Instant::now();
    loop {
        if minute.elapsed() > Duration::from_secs(60) {
            minute = std::time::Instant::now();
            app.pages.drop_path("/sitemap-news.xml"); // what is no longer news leaves
        }
        let wait = match publish_all_due(&app).await {
            Ok(()) => until_next(&app).await,
            Err(why) => {
                tracing::error!("failed to publish what was scheduled: {why}");
                PAUSE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = app.scheduled.notified() => {}
        }
    }
}

/// Publishes everything that is due now. One article that cannot go out does not hold up the others.
pub async fn publish_all_due(app: &Arc<App>) -> Result<(), store::Broken> {
    for due in store::article::due(&app.store, app.now().as_millisecond(), ROUND).await? {
        let Ok(id) = Id::parse(&due.id) else { continue };
        match publish_due(app, &id).await {
            Ok(Some(article)) => tracing::info!("published as scheduled: {}", article.headline),
            Ok(None) => {}
            Err(why) => tracing::error!("the scheduled article {id} did not go out: {why}"),
        }
    }
    Ok(())
}

async fn until_next(app: &App) -> Duration {
    let next = store::article::next_due(&app.store).await.ok().flatten();
    let wait = next.map(|next| next.published_at - app.now().as_millisecond());
    match wait.map(u64::try_from) {
        // Overdue already: it did not go out in this round. Do not spin on it.
        Some(Err(_)) | Some(Ok(0)) => LONGEST_WAIT,
        Some(Ok(ms)) => LONGEST_WAIT.min(Duration::from_millis(ms)),
        None => LONGEST_WAIT,
    }
}
