//! The outbox: what other processes committed shows on the pages of this one.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use news::Place;
use store::{Batch, webhook};

use crate::App;
use crate::actions::events::{self, Event};
use crate::ghost::told::{self, Told, told};
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
                // One that cannot be told must not hold up the pages.
                if let Err(why) = heard.add(app, &row.payload, &mut batch).await {
                    tracing::error!("nobody is told of an event: {why:#}");
                }
            }
            if row.kind == "refill" {
                let names: Vec<String> = serde_json::from_str(&row.payload).unwrap_or_default();
                let changed: Vec<Place> = names.iter().filter_map(|name| Place::of(name)).collect();
                // What nobody sees yet has no place but its own.
                heard.site |= changed.iter().any(|place| !matches!(place, Place::Article(_) | Place::Path(_)));
                if row.origin != app.origin {
                    places.extend(changed);
                }
            }
            batch.push(store::outbox::done(row.number));
        }
        heard.add_site(app, &mut batch).await?;
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
    /// Whether pages that readers see may be others now: told once, however many acts there were.
    site: bool,
    is_any: bool,
}

impl Heard {
    /// Writes down what each webhook is to be told of something that happened.
    async fn add(&mut self, app: &Arc<App>, payload: &str, batch: &mut Batch) -> Result<(), anyhow::Error> {
        let hooks = self.hooks(app).await?;
        if hooks.is_empty() {
            return Ok(());
        }
        let Ok(event) = serde_json::from_str::<Event>(payload) else {
            tracing::error!("an event of the outbox cannot be read: {payload}");
            return Ok(());
        };
        for what in told(app, event, |name| hooks.contains_key(name)).await? {
            self.deliver(app, what, batch);
        }
        Ok(())
    }

    async fn add_site(&mut self, app: &Arc<App>, batch: &mut Batch) -> Result<(), anyhow::Error> {
        if self.site {
            self.hooks(app).await?;
            self.deliver(app, told::site(), batch);
        }
        Ok(())
    }

    async fn hooks(&mut self, app: &App) -> Result<&HashMap<String, Vec<String>>, store::Broken> {
        if self.hooks.is_none() {
            self.hooks = Some(hooks(app).await?);
        }
        Ok(self.hooks.get_or_insert_default())
    }

    fn deliver(&mut self, app: &App, (name, body): Told, batch: &mut Batch) {
        let body = body.to_string();
        for id in self.hooks.iter().filter_map(|hooks| hooks.get(&name)).flatten() {
            batch.push(webhook::deliver(id, &body, app.now().as_millisecond()));
            self.is_any = true;
        }
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
