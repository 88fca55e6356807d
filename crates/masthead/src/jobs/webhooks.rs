//! Webhooks: what is still to be told goes out, one thing after the other to each receiver, and many receivers at a time.
//!
//! A receiver that does not answer is tried again, later and later; meanwhile the others hear everything. Publishing never
//! waits for any of them.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use sha2::Sha256;
use store::Batch;
use store::webhook::{self, Delivery, Webhook};
use tokio::sync::Semaphore;

use crate::App;
use crate::ghost::VERSION;

/// How long a receiver may take to answer (Ghost's rule).
const PATIENCE: Duration = Duration::from_secs(2);
/// After how many seconds it is tried again: five times, as in Ghost.
const AGAIN: [i64; 5] = [2, 10, 60, 600, 3_600];
/// Receivers that are told at the same time.
const AT_ONCE: usize = 8;
/// Things that are looked up at a time.
const ROWS: i64 = 200;
/// Looks at least this often.
const LONGEST_WAIT: Duration = Duration::from_millis(500);

/// Tells everybody everything, for ever.
pub async fn run(app: Arc<App>) {
    let busy: Arc<Mutex<HashSet<String>>> = Arc::default();
    let lines = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        if let Err(why) = begin(&app, &busy, &lines).await {
            tracing::error!("webhooks wait: {why}");
            tokio::time::sleep(Duration::from_secs(5)).await;
        }
        tokio::select! {
            () = tokio::time::sleep(LONGEST_WAIT) => {}
            () = app.telling.notified() => {}
        }
    }
}

/// Begins to tell each receiver that is not being told already.
async fn begin(
    app: &Arc<App>,
    busy: &Arc<Mutex<HashSet<String>>>,
    lines: &Arc<Semaphore>,
) -> Result<(), store::Broken> {
    for delivery in webhook::due(&app.store, app.now().as_millisecond(), ROWS).await? {
        let id = delivery.webhook_id.clone();
        if !busy.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone()) {
            continue;
        }
        let (app, busy, lines) = (app.clone(), busy.clone(), lines.clone());
        tokio::spawn(async move {
            if let Err(why) = tell(&app, &lines, &id).await {
                tracing::error!("webhook {id} waits: {why}");
            }
            busy.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
        });
    }
    Ok(())
}

/// Tells one receiver what waits for it, one thing after the other, until one is not taken. The line goes back after each:
/// one to whom much is to be told does not keep it from the others.
async fn tell(app: &App, lines: &Semaphore, id: &str) -> Result<(), store::Refused> {
    loop {
        let _line = lines.acquire().await; // closed never; the first to wait is the first to go
        let Some(delivery) = webhook::next_of(&app.store, id).await? else { return Ok(()) };
        let Some(hook) = webhook::by_id(&app.store, id).await? else {
            let mut batch = Batch::new();
            batch.push(webhook::forget(id));
            return app.store.commit(batch).await;
        };
        if !told(app, &hook, &delivery).await? {
            return Ok(());
        }
    }
}

/// Tells one thing, and answers whether the next may follow at once.
async fn told(app: &App, hook: &Webhook, delivery: &Delivery) -> Result<bool, store::Refused> {
    let answered = send(app, hook, delivery).await;
    let (id, now) = (hook.id.as_str(), app.now().as_millisecond());
    let mut batch = Batch::new();
    let is_taken = match &answered {
        // The receiver says that it is gone for good.
        Ok(StatusCode::GONE) => {
            batch.push(webhook::remove(id));
            batch.push(webhook::forget(id));
            app.store.commit(batch).await?;
            return Ok(false);
        }
        Ok(status) => {
            let error = (!status.is_success()).then(|| format!("the receiver answered {status}"));
            batch.push(webhook::told(id, now, status.as_str(), error.as_deref()));
            status.is_success() || status.is_client_error() // it heard, and does not want it
        }
        Err(why) => {
            batch.push(webhook::told(id, now, "0", Some(why)));
            false
        }
    };
    let pause = usize::try_from(delivery.tries).ok().and_then(|tries| AGAIN.get(tries));
    match pause.filter(|_| !is_taken) {
        Some(seconds) => batch.push(webhook::try_again(delivery.number, delivery.tries + 1, now + seconds * 1_000)),
        None => batch.push(webhook::delivered(delivery.number)), // taken, or tried often enough
    }
    app.store.commit(batch).await?;
    Ok(is_taken || pause.is_none())
}

async fn send(app: &App, hook: &Webhook, delivery: &Delivery) -> Result<StatusCode, String> {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(HeaderName::from_static("content-version"), HeaderValue::from_static(VERSION));
    headers.insert(header::USER_AGENT, HeaderValue::from_static(concat!("Masthead/", env!("CARGO_PKG_VERSION"))));
    // The same for every try, so that a receiver can know what it has heard already.
    headers.insert(HeaderName::from_static("idempotency-key"), HeaderValue::from(delivery.number));
    if let Some(secret) = hook.secret.as_deref().filter(|secret| !secret.is_empty())
        && let Some(signature) = signature(secret, &delivery.body, app.now().as_millisecond())
    {
        headers.insert(HeaderName::from_static("x-ghost-signature"), signature);
    }
    let body = delivery.body.clone().into_bytes();
    app.fetch.post(&hook.target_url, headers, body, PATIENCE).await.map_err(|why| why.to_string())
}

/// `sha256=HEX, t=MILLISECONDS`: an HMAC of the body and the time behind it.
fn signature(secret: &str, body: &str, at: i64) -> Option<HeaderValue> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(body.as_bytes());
    mac.update(at.to_string().as_bytes());
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::try_from(format!("sha256={hex}, t={at}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value is what OpenSSL computes: `printf '{"a":1}1700000000000' | openssl dgst -sha256 -hmac s3cret`.
    #[test]
    fn a_body_is_signed_with_its_time() {
        let signed = signature("s3cret", "{\"a\":1}", 1_700_000_000_000).unwrap();
        assert_eq!(
            signed.to_str().unwrap(),
            "sha256=e53e455a57f7b3542c60e09ff417c33e3bb82b1d9938da981214d3ce9376c48a, t=1700000000000"
        );
    }
}
