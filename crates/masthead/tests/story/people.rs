//! Staff: a one-time link sets a password, once.

use axum::body::Body;
use http::Request;
use masthead::actions::{By, staff};
use news::{Actor, Role};

use crate::magazine::{Answer, Magazine, tell};

async fn invited(magazine: &Magazine) -> String {
    let by = By::new(Actor::Command);
    let token = staff::invite(&magazine.app, "ann@lantern.example", "Ann Lee", Role::Owner, &by).await.unwrap();
    format!("/desk/join/{token}/")
}

async fn set(magazine: &Magazine, link: &str, password: &str, again: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::post(link).header("content-type", "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let form = format!("password={}&again={}", password.replace(' ', "+"), again.replace(' ', "+"));
    magazine.send(request.body(Body::from(form)).unwrap()).await
}

#[test]
fn a_link_sets_the_password_once() {
    tell(async |magazine| {
        let link = invited(&magazine).await;
        for _ in 0..2 {
            magazine.get(&link).await.has("Choose a password").has("ann@lantern.example");
        }
        let words = "seven quiet herons";
        assert_eq!(set(&magazine, &link, words, "other words", &[]).await.status, 422);
        assert_eq!(set(&magazine, &link, "short", "short", &[]).await.status, 422);
        let entered = set(&magazine, &link, words, words, &[]).await;
        assert_eq!((entered.status.as_u16(), entered.header("location")), (303, "/desk/"));
        assert_eq!(set(&magazine, &link, words, words, &[]).await.status, 404);
        assert_eq!(magazine.get(&link).await.status, 404);
    });
}

#[test]
fn a_form_from_another_site_is_refused() {
    tell(async |magazine| {
        let link = invited(&magazine).await;
        let words = "seven quiet herons";
        for foreign in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("origin", "null")] {
            assert_eq!(set(&magazine, &link, words, words, &[foreign]).await.status, 403, "{foreign:?}");
        }
        let own = [("origin", "https://lantern.example")];
        assert_eq!(set(&magazine, &link, words, words, &own).await.status, 303);
    });
}

#[test]
fn of_ten_who_use_a_link_at_once_one_wins() {
    tell(async |magazine| {
        let link = invited(&magazine).await;
        let words = "seven quiet herons";
        let all = (0..10).map(|_| set(&magazine, &link, words, words, &[]));
        let mut done = 0;
        for answer in all {
            done += i32::from(answer.await.status == 303);
        }
        assert_eq!(done, 1);
    });
}

#[test]
fn a_new_link_ends_the_old_one_and_time_ends_both() {
    tell(async |magazine| {
        let old = invited(&magazine).await;
        let new = invited(&magazine).await;
        assert_eq!(magazine.get(&old).await.status, 404);
        assert_eq!(magazine.get(&new).await.status, 200);
        magazine.app.clock.advance(jiff::SignedDuration::from_hours(73));
        assert_eq!(magazine.get(&new).await.status, 404);
    });
}
