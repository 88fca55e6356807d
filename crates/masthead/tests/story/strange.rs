//! Strange input that people and programs send.

use serde_json::{Value, json};

use crate::magazine::tell;

#[test]
fn two_articles_with_the_same_endless_headline_are_both_there() {
    tell(async |magazine| {
        let title = "Long words ".repeat(22);
        for _ in 0..3 {
            magazine.post("POST", "/posts/", json!({ "title": title, "status": "published" }), 201).await;
        }
        assert_eq!(magazine.get("/").await.status, 200);
        let listed = magazine.api("GET", "/posts/", Value::Null).await.json();
        for post in listed["posts"].as_array().unwrap() {
            let path = post["url"].as_str().unwrap().trim_start_matches("https://lantern.example");
            assert_eq!(magazine.get(path).await.status, 200, "{path}");
        }
    });
}

#[test]
fn no_address_redirects_to_another_host() {
    tell(async |magazine| {
        for path in ["//evil.example/%61", "/%5cevil.example/", "//evil.example", "/a//b", "/\\EVIL.example/"] {
            let Ok(request) = http::Request::get(path).body(axum::body::Body::empty()) else { continue };
            let answer = magazine.send(request).await;
            assert_eq!(answer.status, 404, "{path} leads to {}", answer.header("location"));
        }
    });
}

#[test]
fn names_that_look_alike_in_an_address_stay_two() {
    tell(async |magazine| {
        for (title, name) in [("One", "王伟"), ("Two", "汪伟")] {
            let post = json!({ "title": title, "status": "published", "authors": [{ "name": name }], "tags": [name, "C#", "C++"] });
            let made = magazine.post("POST", "/posts/", post, 201).await;
            assert_eq!(made["authors"][0]["name"], name);
            assert_eq!(made["tags"].as_array().unwrap().len(), 3);
        }
        magazine.get("/two/").await.has("汪伟").lacks("王伟</a>");
    });
}

#[test]
fn a_null_character_is_refused_by_both_engines_alike() {
    tell(async |magazine| {
        for field in ["title", "custom_excerpt", "html", "slug"] {
            let mut post = json!({ "title": "x" });
            post[field] = "a\0b".into();
            assert_eq!(
                magazine.api("POST", "/posts/?source=html", json!({ "posts": [post] })).await.status,
                422,
                "{field}"
            );
        }
        assert_eq!(magazine.api("GET", "/posts/slug/a%00b/", Value::Null).await.status, 404);
    });
}

#[test]
fn one_control_character_does_not_break_a_feed() {
    tell(async |magazine| {
        let post = json!({ "title": "A\u{1}B\u{fffe}", "html": "<p>c\u{1}d\u{ffff}</p>", "status": "published" });
        magazine.post("POST", "/posts/?source=html", post, 201).await;
        for path in ["/rss/", "/sitemap-news.xml"] {
            let text = magazine.get(path).await.text();
            assert!(!text.contains(['\u{1}', '\u{fffe}', '\u{ffff}']), "{path}");
        }
    });
}

#[test]
fn very_long_words_are_no_names() {
    tell(async |magazine| {
        let word = format!("A{}", "b".repeat(3_000));
        magazine.publish("Long words", "news", &format!("<p>{word} {word} met.</p>")).await;
        magazine.get("/news/long-words/").await.has("met.");
    });
}

#[test]
fn a_draft_shows_neither_its_author_nor_its_tags() {
    tell(async |magazine| {
        let post = json!({ "title": "Hush", "authors": [{ "name": "Hidden Whistle" }], "tags": ["Secret project"] });
        magazine.post("POST", "/posts/", post, 201).await;
        for path in [
            "/author/hidden-whistle/",
            "/author/hidden-whistle/rss/",
            "/tag/secret-project/",
            "/tag/secret-project/rss/",
        ] {
            assert_eq!(magazine.get(path).await.status, 404, "{path}");
        }
        magazine.get("/sitemap-authors.xml").await.lacks("hidden");
    });
}

#[test]
fn what_is_refused_makes_no_author_and_no_tag() {
    tell(async |magazine| {
        let post = json!({ "title": "x", "custom_excerpt": "x".repeat(600), "authors": [{ "name": "Nobody New" }], "tags": ["Fresh"] });
        assert_eq!(magazine.api("POST", "/posts/", json!({ "posts": [post] })).await.status, 422);
        assert!(store::author::by_slug(&magazine.app.store, "nobody-new").await.unwrap().is_none());
        assert!(store::tag::by_slug(&magazine.app.store, "fresh").await.unwrap().is_none());
    });
}

#[test]
fn an_address_that_is_no_web_address_is_refused() {
    tell(async |magazine| {
        for (field, url) in [
            ("feature_image", "javascript:alert(1)"),
            ("canonical_url", "data:text/html,x"),
            ("og_image", "//evil.example/x.jpg"),
            ("feature_image", "https://x.example/\u{1}.jpg"),
        ] {
            let answer = magazine.api("POST", "/posts/", json!({ "posts": [{ "title": "x", field: url }] })).await;
            assert_eq!(answer.status, 422, "{field} {url}");
        }
    });
}

#[test]
fn a_section_never_hides_an_article_that_was_there_first() {
    tell(async |magazine| {
        magazine.publish("Shadow", "", "<p>Here first.</p>").await;
        let answer = magazine
            .api("POST", "/posts/", json!({ "posts": [{ "title": "x", "section": "shadow", "status": "published" }] }))
            .await;
        assert_eq!(answer.status, 422, "{}", answer.text());
        magazine.get("/shadow/").await.has("Here first.");
        let made = magazine
            .post("POST", "/posts/", json!({ "title": "RSS", "section": "news", "status": "published" }), 201)
            .await;
        assert_eq!(made["slug"], "rss-2", "the feed of a section keeps its address");
    });
}

#[test]
fn a_client_that_reads_and_writes_back_keeps_the_section() {
    tell(async |magazine| {
        let made = magazine
            .post(
                "POST",
                "/posts/",
                json!({ "title": "x", "section": "news/coast", "tags": ["Sea"], "status": "published" }),
                201,
            )
            .await;
        assert_eq!(made["url"], "https://lantern.example/news/coast/x/");
        let path = format!("/posts/{}/", made["id"].as_str().unwrap());
        let change = json!({ "title": "y", "tags": made["tags"], "updated_at": made["updated_at"] });
        let back = magazine.post("PUT", &path, change, 200).await;
        assert_eq!((back["section"].as_str(), back["tags"].as_array().unwrap().len()), (Some("news/coast"), 2));
        let change = json!({ "section": "sport", "updated_at": back["updated_at"] });
        let moved = magazine.post("PUT", &path, change, 200).await;
        assert_eq!(moved["url"], "https://lantern.example/sport/x/");
        assert_eq!(magazine.get("/news/coast/x/").await.header("location"), "/sport/x/");
    });
}
