//! Webhooks: who is told when something happens, and what is still to be told.

queries! {
    "webhook";

    /// A webhook's columns.
    row Webhook {
        id: String, event: String, target_url: String, name: Option<String>, secret: Option<String>,
        key_id: Option<String>, created_at: i64, updated_at: i64, told_at: Option<i64>, told_status: Option<String>,
        told_error: Option<String>,
    }

    /// Something to tell.
    row Delivery { number: i64, webhook_id: String, body: String, tries: i64 }

    /// Who wants to hear of what.
    row Wanted { id: String, event: String }

    /// How many.
    row CountRow { count: i64 }

    one by_id(id: &str) -> Webhook =
        "SELECT id, event, target_url, name, secret, key_id, created_at, updated_at, told_at, told_status, told_error \
         FROM webhook WHERE id = $1";
    /// Those that want to hear of an event.
    all of_event(event: &str, most: i64) -> Webhook =
        "SELECT id, event, target_url, name, secret, key_id, created_at, updated_at, told_at, told_status, told_error \
         FROM webhook WHERE event = $1 ORDER BY id LIMIT $2";
    /// Every one, with what it wants to hear of.
    all all() -> Wanted = "SELECT id, event FROM webhook ORDER BY id LIMIT 1000";
    /// How many there are.
    one count() -> CountRow = "SELECT count(*) AS count FROM webhook";

    exec add(
        id: &str, event: &str, target_url: &str, name: Option<&str>, secret: Option<&str>, key_id: Option<&str>,
        created_at: i64,
    ) = "INSERT INTO webhook (id, event, target_url, name, secret, key_id, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)";
    exec change(
        id: &str, event: &str, target_url: &str, name: Option<&str>, secret: Option<&str>, updated_at: i64,
    ) = "UPDATE webhook SET event = $2, target_url = $3, name = $4, secret = $5, updated_at = $6 WHERE id = $1";
    /// Removes those that a key made.
    exec remove_of(key_id: &str) = "DELETE FROM webhook WHERE key_id = $1";
    exec remove(id: &str) = "DELETE FROM webhook WHERE id = $1";
    /// What became of the last try.
    exec told(id: &str, at: i64, status: &str, error: Option<&str>) =
        "UPDATE webhook SET told_at = $2, told_status = $3, told_error = $4 WHERE id = $1";

    /// What is due: of each webhook the oldest that it was not told, so that it hears things in their order.
    all due(now: i64, most: i64) -> Delivery =
        "SELECT d.number, d.webhook_id, d.body, d.tries FROM delivery d WHERE d.due_at <= $1 AND NOT EXISTS \
         (SELECT 1 FROM delivery e WHERE e.webhook_id = d.webhook_id AND e.number < d.number) \
         ORDER BY d.due_at, d.number LIMIT $2";
    /// The oldest that a webhook was not told.
    one next_of(webhook_id: &str) -> Delivery =
        "SELECT number, webhook_id, body, tries FROM delivery WHERE webhook_id = $1 ORDER BY number LIMIT 1";
    exec deliver(webhook_id: &str, body: &str, due_at: i64) =
        "INSERT INTO delivery (webhook_id, body, tries, due_at) VALUES ($1, $2, 0, $3)";
    exec try_again(number: i64, tries: i64, due_at: i64) =
        "UPDATE delivery SET tries = $2, due_at = $3 WHERE number = $1";
    exec delivered(number: i64) = "DELETE FROM delivery WHERE number = $1";
    /// Forgets what a webhook was still to be told.
    exec forget(webhook_id: &str) = "DELETE FROM delivery WHERE webhook_id = $1";
}
