//! An editor publishes.

use std::time::Duration;

use jiff::SignedDuration;
use masthead::actions::edit;
use masthead::actions::{By, publish, schedule, withdraw};
use masthead::jobs;
use news::{Actor, Kind, Place};

use crate::magazine::{change, tell};

#[test]
fn a_published_article_is_on_its_page_the_front_its_sections_and_the_feeds() {
    tell(async |magazine| {
        for path in ["/", "/rss/", "/feed.json", "/sitemap.xml"] {
            magazine.get(path).await.lacks("Bridge closes");
        }
        let article =
            magazine.publish("Bridge closes for repairs", "news/transport", "<p>It shuts on Monday.</p>").await.article;
        assert_eq!(article.path.as_deref(), Some("/news/transport/bridge-closes-for-repairs/"));
        for path in ["/", "/news/", "/news/transport/", "/rss/", "/feed.json", "/news/rss/", "/sitemap-news.xml"] {
            magazine.get(path).await.has("Bridge closes for repairs");
        }
        magazine.get("/news/transport/bridge-closes-for-repairs/").await.has("It shuts on Monday.");
    });
}

#[test]
fn the_front_that_readers_get_is_in_memory_before_the_act_answers() {
    tell(async |magazine| {
        magazine.get("/").await;
        magazine.publish("Bridge closes", "news", "<p>Text.</p>").await;
        let kept = magazine.app.pages.get("/").expect("the front is kept");
        assert!(String::from_utf8_lossy(kept.body()).contains("Bridge closes"));
        assert!(magazine.app.pages.get("/news/bridge-closes/").is_some(), "the article's own page is warm");
    });
}

#[test]
fn every_act_leaves_a_revision_and_a_line_in_the_record_of_acts() {
    tell(async |magazine| {
        let article = magazine.publish("Bridge closes", "news", "<p>One.</p>").await.article;
        let pending = edit::change(&magazine.app, article.clone(), change("Bridge shuts", "news", "<p>Two.</p>")).await;
        let by = By { actor: Actor::Command, reason: Some("a better verb".into()) };
        edit::save(&magazine.app, pending.unwrap(), &by).await.unwrap();

        let store = &magazine.app.store;
        let revisions = store::revision::of(store, article.id.as_str(), 10).await.unwrap();
        assert_eq!(revisions.len(), 2);
        assert!(revisions[0].snapshot.contains("Bridge shuts") && revisions[1].snapshot.contains("Bridge closes"));
        assert_eq!(revisions[0].reason.as_deref(), Some("a better verb"));
        let acts = store::act::of(store, article.id.as_str(), 10).await.unwrap();
        let verbs: Vec<&str> = acts.iter().map(|act| act.verb.as_str()).collect();
        assert_eq!(verbs, ["edited", "published"]);
    });
}

#[test]
fn a_scheduled_article_goes_out_when_its_second_comes_and_not_before() {
    tell(async |magazine| {
        let app = &magazine.app;
        let when = app.now() + SignedDuration::from_secs(3600);
        let pending = edit::begin(app, Kind::Article, change("Tomorrow", "news", "<p>Later.</p>")).await.unwrap();
        schedule::schedule(app, pending, when, &By::new(Actor::Command)).await.unwrap();

        app.clock.advance(SignedDuration::from_secs(3599));
        jobs::clock::publish_all_due(app).await.unwrap();
        assert_eq!(magazine.get("/news/tomorrow/").await.status, 404);

        app.clock.advance(SignedDuration::from_secs(1));
        jobs::clock::publish_all_due(app).await.unwrap();
        magazine.get("/news/tomorrow/").await.has("Later.");
        magazine.get("/").await.has("Tomorrow");
        let acts = store::act::of(
            &app.store,
            &store::article::by_slug(&app.store, Kind::Article, "tomorrow")
                .await
                .unwrap()
                .unwrap()
                .article
                .id
                .to_string(),
            1,
        )
        .await
        .unwrap();
        assert_eq!((acts[0].actor.as_str(), acts[0].verb.as_str()), ("clock", "published"));
    });
}

#[test]
fn the_clock_job_publishes_by_itself() {
    tell(async |magazine| {
        let app = &magazine.app;
        tokio::spawn(jobs::clock::run(app.clone()));
        let when = app.now() + SignedDuration::from_millis(1200);
        let pending = edit::begin(app, Kind::Article, change("Soon", "news", "<p>Now.</p>")).await.unwrap();
        schedule::schedule(app, pending, when, &By::new(Actor::Command)).await.unwrap();
        for _ in 0..100 {
            if magazine.get("/news/soon/").await.status == 200 {
                assert!(app.now() >= when, "never early");
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("it never went out");
    });
}

#[test]
fn a_withdrawn_article_answers_410_and_leaves_every_list() {
    tell(async |magazine| {
        let article = magazine.publish("Bridge closes", "news", "<p>Text.</p>").await.article;
        magazine.get("/").await.has("Bridge closes");
        let pending = edit::open(&magazine.app, &article.id).await.unwrap();
        withdraw::withdraw(&magazine.app, pending, &By::new(Actor::Command)).await.unwrap();
        assert_eq!(magazine.get("/news/bridge-closes/").await.status, 410);
        for path in ["/", "/news/", "/rss/", "/feed.json", "/sitemap-news.xml"] {
            magazine.get(path).await.lacks("Bridge closes");
        }
    });
}

#[test]
fn a_new_section_shows_in_the_menus_of_pages_that_were_kept_before() {
    tell(async |magazine| {
        magazine.publish("First", "news", "<p>x</p>").await;
        magazine.get("/news/first/").await.lacks("/sport/");
        magazine.publish("Second", "sport", "<p>x</p>").await;
        magazine.get("/news/first/").await.has("href=\"/sport/\"");
    });
}

#[test]
fn what_another_process_committed_shows_once_the_outbox_is_worked_off() {
    tell(async |magazine| {
        magazine.get("/").await.lacks("From the terminal");
        // The same database, opened by another process: other kept pages, another origin.
        let app = &magazine.app;
        let other = masthead::App::open(magazine.folder.path(), app.store.clone(), app.url.clone(), 0, Vec::new())
            .await
            .unwrap();
        let pending =
            edit::begin(&other, Kind::Article, change("From the terminal", "news", "<p>x</p>")).await.unwrap();
        publish::publish(&other, pending, None, &By::new(Actor::Command)).await.unwrap();
        jobs::outbox::drain(app).await.unwrap();
        magazine.get("/").await.has("From the terminal");
        assert!(store::outbox::waiting(&app.store, 10).await.unwrap().is_empty());
    });
}

#[test]
fn of_two_who_changed_the_same_version_one_is_told() {
    tell(async |magazine| {
        let app = &magazine.app;
        let article = magazine.publish("Bridge closes", "news", "<p>One.</p>").await.article;
        let by = By::new(Actor::Command);
        let first = edit::change(app, article.clone(), change("First", "news", "<p>x</p>")).await.unwrap();
        let second = edit::change(app, article.clone(), change("Second", "news", "<p>y</p>")).await.unwrap();
        edit::save(app, first, &by).await.unwrap();
        let refused = edit::save(app, second, &by).await.unwrap_err();
        assert!(refused.to_string().contains("somebody else changed"), "{refused}");
        magazine.get(article.path.as_deref().unwrap()).await.has("First").lacks("Second");
        assert_eq!(store::shelf::count(&app.store, &Place::Front).await.unwrap(), 1);
    });
}

#[test]
fn many_who_write_the_same_headline_at_once_get_an_address_each() {
    tell(async |magazine| {
        let app = &magazine.app;
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let app = app.clone();
                tokio::spawn(async move {
                    let pending =
                        edit::begin(&app, Kind::Article, change("Same words", "news", "<p>x</p>")).await.unwrap();
                    publish::publish(&app, pending, None, &By::new(Actor::Command)).await.unwrap().article.path.unwrap()
                })
            })
            .collect();
        let mut paths = Vec::new();
        for task in tasks {
            paths.push(task.await.unwrap());
        }
        paths.sort();
        paths.dedup();
        assert_eq!(paths.len(), 8, "{paths:?}");
        assert!(store::shelf::wrong_tallies(&app.store).await.unwrap().is_empty());
        assert_eq!(store::revision::missing(&app.store).await.unwrap().unwrap().count, 0);
    });
}
