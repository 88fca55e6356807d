//! Programs are told what happens, and nobody waits for them.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use http::StatusCode;
use masthead::jobs;
use serde_json::{Value, json};

use crate::magazine::{Magazine, tell, tell_on_sqlite};

/// Somebody who listens: what was heard, and what is answered.
#[derive(Clone, Default)]
struct Receiver {
    heard: Arc<Mutex<Vec<Value>>>,
    answer: Arc<Mutex<u16>>,
}

impl Receiver {
    async fn listen(&self, at: &str) -> SocketAddr {
        async fn hear(State(receiver): State<Receiver>, body: String) -> StatusCode {
            let answer = *receiver.answer.lock().unwrap();
            if answer < 300 {
                receiver.heard.lock().unwrap().push(serde_json::from_str(&body).unwrap());
            }
            StatusCode::from_u16(answer.max(200)).unwrap()
        }
        let listener = tokio::net::TcpListener::bind(at).await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/hook", post(hear)).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        address
    }

    fn titles(&self) -> Vec<String> {
        let heard = self.heard.lock().unwrap();
        let title = |told: &Value| told["post"]["current"]["title"].as_str().unwrap_or_default().to_owned();
        heard.iter().map(title).collect()
    }
}

async fn hook(magazine: &Magazine, event: &str, target: &str) -> crate::magazine::Answer {
    magazine.api("POST", "/webhooks/", json!({ "webhooks": [{ "event": event, "target_url": target }] })).await
}

async fn until(what: impl Fn() -> bool) {
    for _ in 0..200 {
        if what() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nothing came");
}

fn work(magazine: &Magazine) {
    tokio::spawn(jobs::outbox::run(magazine.app.clone()));
    tokio::spawn(jobs::webhooks::run(magazine.app.clone()));
}

#[test]
fn who_is_deaf_for_a_while_hears_everything_in_its_order() {
    tell(async |magazine| {
        magazine.app.fetch.allow_private();
        let receiver = Receiver::default();
        let address = receiver.listen("127.0.0.1:0").await;
        assert_eq!(hook(&magazine, "post.published", &format!("http://{address}/hook")).await.status, 201);
        *receiver.answer.lock().unwrap() = 503;
        work(&magazine);
        for headline in ["First", "Second", "Third"] {
            magazine.publish(headline, "news", "<p>Text.</p>").await;
        }
        tokio::time::sleep(Duration::from_millis(800)).await;
        assert_eq!(receiver.titles(), Vec::<String>::new());
        *receiver.answer.lock().unwrap() = 200;
        until(|| receiver.titles().len() == 3).await;
        assert_eq!(receiver.titles(), ["First", "Second", "Third"]);
    });
}

#[test]
fn what_changed_is_told_with_what_it_was_before() {
    tell_on_sqlite(async |magazine| {
        magazine.app.fetch.allow_private();
        let receiver = Receiver::default();
        let address = receiver.listen("127.0.0.1:0").await;
        let target = format!("http://{address}/hook");
        jobs::outbox::drain(&magazine.app).await.unwrap(); // how the magazine was set up
        for event in ["post.edited", "post.deleted", "site.changed"] {
            assert_eq!(hook(&magazine, event, &target).await.status, 201);
        }
        assert_eq!(hook(&magazine, "post.edited", &target).await.status, 422, "the same twice");
        work(&magazine);
        let made = magazine.post("POST", "/posts/", json!({ "title": "Draft" }), 201).await;
        let path = format!("/posts/{}/", made["id"].as_str().unwrap());
        let change = json!({ "title": "Another", "updated_at": made["updated_at"] });
        magazine.post("PUT", &path, change, 200).await;
        assert_eq!(magazine.api("DELETE", &path, Value::Null).await.status, 204);
        until(|| receiver.heard.lock().unwrap().len() >= 2).await;
        let heard = receiver.heard.lock().unwrap().clone();
        let told =
            |event: &str| heard.iter().find(|told| told["event"] == event).unwrap_or_else(|| panic!("{heard:?}"));
        let edited = &told("post.edited")["post"];
        assert_eq!((&edited["current"]["title"], &edited["previous"]["title"]), (&json!("Another"), &json!("Draft")));
        assert_eq!(edited["previous"]["slug"], Value::Null, "what did not change is not among what was");
        let deleted = &told("post.deleted")["post"];
        assert_eq!((&deleted["current"], &deleted["previous"]["title"]), (&json!({}), &json!("Another")));
        assert!(heard.iter().all(|told| told["event"] != "site.changed"), "no reader saw the draft");
    });
}

#[test]
fn who_says_that_it_is_gone_is_told_no_more_and_nobody_inside_is_told_anything() {
    tell_on_sqlite(async |magazine| {
        for inside in ["http://127.0.0.1/hook", "http://169.254.169.254/latest/", "http://[::1]/", "ftp://a.example/"] {
            let answer = hook(&magazine, "post.published", inside).await;
            assert_eq!(answer.status, 422, "{inside}: {}", answer.text());
        }
        magazine.app.fetch.allow_private();
        let receiver = Receiver::default();
        let address = receiver.listen("127.0.0.1:0").await;
        *receiver.answer.lock().unwrap() = 410;
        assert_eq!(hook(&magazine, "post.published", &format!("http://{address}/hook")).await.status, 201);
        work(&magazine);
        magazine.publish("First", "news", "<p>Text.</p>").await;
        for _ in 0..100 {
            if store::webhook::count(&magazine.app.store).await.unwrap().unwrap().count == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it is still there");
    });
}
