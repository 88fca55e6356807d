//! The outbox: what other processes committed shows on the pages of this one.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use news::Place;
use store::{Batch, webhook};

use crate::App;
use crate::actions::events::{self, Event};
use crate::ghost::told::told;
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
        let mut heard = Heard::default();
        for row in work {
            if row.kind == events::KIND {
                heard.add(app, &row.payload, &mut batch).await?;
            }
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
        if heard.is_any {
            app.telling.notify_one();
        }
        if last {
            return Ok(());
        }
    }
}

/// Who wants to hear what, asked once for many rows.
#[derive(Default)]
struct Heard {
    hooks: Option<HashMap<String, Vec<String>>>,
    is_any: bool,
}

impl Heard {
    /// Writes down what each webhook is to be told of something that happened.
    async fn add(&mut self, app: &Arc<App>, payload: &str, batch: &mut Batch) -> Result<(), anyhow::Error> {
        if self.hooks.is_none() {
            self.hooks = Some(hooks(app).await?);
        }
        let Some(hooks) = self.hooks.as_ref().filter(|hooks| !hooks.is_empty()) else { return Ok(()) };
        let Ok(event) = serde_json::from_str::<Event>(payload) else {
            tracing::error!("an event of the outbox cannot be read: {payload}");
            return Ok(());
        };
        for (name, body) in told(app, event, |name| hooks.contains_key(name)).await? {
            let body = body.to_string();
            for id in hooks.get(&name).into_iter().flatten() {
                batch.push(webhook::deliver(id, &body, app.now().as_millisecond()));
                self.is_any = true;
            }
        }
        Ok(())
    }
}

/// The webhooks of each event.
async fn hooks(app: &App) -> Result<HashMap<String, Vec<String>>, store::Broken> {
    let mut hooks: HashMap<String, Vec<String>> = HashMap::new();
    for hook in webhook::all(&app.store).await? {
        hooks.entry(hook.event).or_default().push(hook.id);
    }
    Ok(hooks)
}
