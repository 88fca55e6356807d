//! What strangers may not read, they do not get: on no page, feed, list or API.

use masthead::actions::edit::{self, Change};
use masthead::actions::{By, publish};
use news::{Access, Actor, Kind};

use crate::magazine::{Magazine, change, tell};

async fn closed(magazine: &Magazine, headline: &str, html: &str, access: Access) {
    let change = Change { access: Some(access), ..change(headline, "news", html) };
    let pending = edit::begin(&magazine.app, Kind::Article, change).await.unwrap();
    publish::publish(&magazine.app, pending, None, &By::new(Actor::Command)).await.unwrap();
}

#[test]
fn a_stranger_gets_the_public_part_only() {
    tell(async |magazine| {
        let html = "<p>Open beginning.</p><!--members-only--><p>SECRET ending.</p>";
        closed(&magazine, "Marked", html, Access::Members).await;
        closed(&magazine, "Unmarked", "<p>SECRET all of it.</p>", Access::Paid).await;
        closed(&magazine, "Tiered", "<p>SECRET too.</p>", Access::Tiers(vec!["gold".into()])).await;
        magazine.get("/news/marked/").await.has("Open beginning.");
        for path in
            ["/", "/news/", "/news/marked/", "/news/unmarked/", "/news/tiered/", "/rss/", "/feed.json", "/news/rss/"]
        {
            let answer = magazine.get(path).await;
            assert_eq!(answer.status, 200, "{path}");
            answer.lacks("SECRET");
        }
        magazine.get("/news/marked/").await.has("\"isAccessibleForFree\":false");
    });
}

#[test]
fn a_draft_is_nowhere() {
    tell(async |magazine| {
        let pending =
            edit::begin(&magazine.app, Kind::Article, change("Not yet", "news", "<p>SECRET</p>")).await.unwrap();
        let article = edit::save(&magazine.app, pending, &By::new(Actor::Command)).await.unwrap().article;
        for path in ["/", "/not-yet/", "/news/not-yet/", "/rss/", "/sitemap-news.xml"] {
            magazine.get(path).await.lacks("SECRET").lacks("Not yet");
        }
        assert_eq!(magazine.get(&format!("/p/{}/", article.id)).await.status, 404);
    });
}

#[test]
fn no_private_answer_is_ever_kept() {
    tell(async |magazine| {
        let before = magazine.app.pages.size().0;
        let answer = magazine.api("GET", "/posts/", serde_json::Value::Null).await;
        assert_eq!(answer.status, 200);
        assert!(answer.header("cache-control").contains("no-store"));
        magazine.get("/desk/join/nonsense/").await;
        assert_eq!(magazine.app.pages.size().0, before);
    });
}

#[test]
fn a_body_can_run_no_script_on_the_page() {
    tell(async |magazine| {
        let html = "<p>Hello <a href=\"javascript:alert(1)\">there</a></p><!--kg-card-begin: html--><script>steal()</script><img src=x onerror=steal()><!--kg-card-end: html-->";
        magazine.publish("Trap <script>alert(1)</script>", "news", html).await;
        let page = magazine.get("/news/trap-script-alert-1-script/").await;
        page.lacks("steal()").lacks("javascript:").lacks("<script>alert");
        let policy = page.header("content-security-policy");
        assert!(
            policy.contains("script-src 'self'") && !policy.contains("script-src 'self' 'unsafe-inline'"),
            "{policy}"
        );
    });
}

#[test]
fn the_owners_own_code_runs_by_its_hash() {
    tell(async |magazine| {
        let mut settings = magazine.app.settings().await.unwrap();
        settings.codeinjection_head = Some("<script>count(1)</script>".into());
        masthead::actions::configure::configure(&magazine.app, &settings, &By::new(Actor::Command)).await.unwrap();
        let page = magazine.get("/").await;
        page.has("<script>count(1)</script>");
        assert!(page.header("content-security-policy").contains("script-src 'self' 'sha256-"));
    });
}
