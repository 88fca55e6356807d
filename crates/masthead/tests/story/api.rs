//! Programs write through Ghost's Admin API.

use http::Request;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::magazine::{tell, token};

#[test]
fn a_client_creates_edits_schedules_publishes_moves_and_withdraws() {
    tell(async |magazine| {
        let made = magazine
            .post(
                "POST",
                "/posts/?source=html",
                json!({ "title": "By “client” & co", "html": "<p>One <b>two</b>.</p>" }),
                201,
            )
            .await;
        assert_eq!((made["status"].as_str(), made["slug"].as_str()), (Some("draft"), Some("by-client-co")));
        let one = format!("/posts/{}/?formats=html", made["id"].as_str().unwrap());

        let soon = (magazine.app.now() + SignedDuration::from_hours(1)).to_string();
        let change = json!({ "status": "scheduled", "published_at": soon, "updated_at": made["updated_at"] });
        let scheduled = magazine.post("PUT", &one, change, 200).await;
        assert_eq!(scheduled["status"], "scheduled");

        let change = json!({ "status": "published", "published_at": null, "updated_at": scheduled["updated_at"], "tags": ["News", "#desk"] });
        let published = magazine.post("PUT", &one, change, 200).await;
        assert_eq!(published["status"], "published");
        assert_eq!(published["url"], "https://lantern.example/by-client-co/");
        assert_eq!(published["html"], "<p>One <strong>two</strong>.</p>");
        assert_eq!(published["tags"].as_array().unwrap().len(), 2);
        magazine.get("/by-client-co/").await.has("<strong>two</strong>").lacks("#desk");
        magazine.get("/tag/news/").await.has("By “client”");
        assert_eq!(magazine.get("/tag/hash-desk/").await.status, 404, "an internal tag has no page");

        let change = json!({ "slug": "moved here", "updated_at": published["updated_at"] });
        let moved = magazine.post("PUT", &one, change, 200).await;
        assert_eq!(moved["slug"], "moved-here");
        assert_eq!(magazine.get("/by-client-co/").await.header("location"), "/moved-here/");

        let change = json!({ "status": "draft", "updated_at": moved["updated_at"] });
        let withdrawn = magazine.post("PUT", &one, change, 200).await;
        assert_eq!(withdrawn["status"], "draft");
        assert_eq!(magazine.get("/moved-here/").await.status, 410);

        let change = json!({ "status": "published", "updated_at": withdrawn["updated_at"] });
        magazine.post("PUT", &one, change, 200).await;
        magazine.get("/moved-here/").await.has("two");

        assert_eq!(magazine.api("DELETE", &one, Value::Null).await.status, 204);
        assert_eq!(magazine.get("/moved-here/").await.status, 410);
        assert_eq!(magazine.api("GET", &one, Value::Null).await.status, 404);
    });
}

#[test]
fn a_client_reads_what_readers_may_and_nothing_else() {
    tell(async |magazine| {
        let secret = "<p>The opening.</p><!--members-only--><p>Not for strangers.</p>";
        let draft =
            magazine.post("POST", "/posts/?source=html", json!({ "title": "A draft", "html": "<p>x</p>" }), 201);
        let draft = draft.await["id"].as_str().unwrap().to_owned();
        let post = json!({ "title": "For members", "html": secret, "status": "published", "visibility": "members", "tags": ["News", "#desk"] });
        let members = magazine.post("POST", "/posts/?source=html", post, 201).await;
        magazine
            .publish(
                "Ferry runs late",
                "news",
                "<p>The quay is closed. See <a href=\"https://quay.example/\">the port</a>.</p>",
            )
            .await;

        let key = &magazine.key.content;
        let ask = async |path: &str| {
            magazine
                .get(&format!("/ghost/api/content/{path}{}key={key}", if path.contains('?') { "&" } else { "?" }))
                .await
        };
        let posts = ask("posts/?include=tags,authors&formats=html,plaintext").await;
        assert_eq!((posts.status.as_u16(), posts.header("access-control-allow-origin")), (200, "*"));
        let list = posts.json();
        assert_eq!(list["meta"]["pagination"]["total"], 2, "a draft is not listed: {list}");
        assert_eq!(list["posts"][0]["url"], "https://lantern.example/news/ferry-runs-late/");
        assert_eq!(list["posts"][0]["primary_tag"]["slug"], "news", "a section is the first tag");
        let closed = &list["posts"][1];
        assert_eq!((closed["access"].as_bool(), closed["html"].as_str()), (Some(false), Some("<p>The opening.</p>")));
        assert!(!posts.text().contains("Not for strangers"));
        for path in [
            format!("posts/{draft}/"),
            "posts/slug/a-draft/".into(),
            "posts/?filter=status:draft%2Bslug:a-draft".into(),
        ] {
            let answer = ask(&path).await;
            assert!(answer.status == 404 || answer.json()["posts"] == json!([]), "{path}: {}", answer.text());
        }
        assert_eq!(ask("posts/?filter=nonsense:1").await.status, 400);
        assert_eq!(
            ask("authors/?filter=email:'a@b.example'").await.status,
            400,
            "what is private cannot be asked about"
        );
        assert_eq!(ask("nothing/").await.status, 404);

        let again = ask("posts/?include=tags,authors&formats=html,plaintext").await;
        let same = magazine
            .get_with(
                &format!("/ghost/api/content/posts/?include=tags,authors&formats=html,plaintext&key={key}"),
                &[("if-none-match", again.header("etag"))],
            )
            .await;
        assert_eq!(same.status, 304);
        let change = json!({ "title": "For all who pay", "updated_at": members["updated_at"] });
        magazine.post("PUT", &format!("/posts/{}/", members["id"].as_str().unwrap()), change, 200).await;
        assert_eq!(
            ask("posts/?include=tags,authors&formats=html,plaintext").await.json()["posts"][1]["title"],
            "For all who pay"
        );

        for (query, status) in [("", 403), ("?key=0000", 401), ("?key=", 401)] {
            let answer = magazine.get(&format!("/ghost/api/content/posts/{query}")).await;
            assert_eq!(answer.status.as_u16(), status, "{query}");
            assert_eq!(answer.json()["errors"].as_array().unwrap().len(), 1);
        }
        assert_eq!(
            magazine.get("/ghost/api/content/posts?key=1").await.header("location"),
            "/ghost/api/content/posts/?key=1"
        );
    });
}

#[test]
fn a_client_that_read_an_older_version_is_told() {
    tell(async |magazine| {
        let made = magazine.post("POST", "/posts/", json!({ "title": "One" }), 201).await;
        let one = format!("/posts/{}/", made["id"].as_str().unwrap());
        let stale = json!({ "posts": [{ "title": "Two", "updated_at": "2020-01-01T00:00:00.000Z" }] });
        let answer = magazine.api("PUT", &one, stale).await;
        assert_eq!(answer.status, 409);
        assert_eq!(answer.json()["errors"][0]["code"], "UPDATE_COLLISION");
        let without = magazine.api("PUT", &one, json!({ "posts": [{ "title": "Two" }] })).await;
        assert_eq!(without.status, 422);
    });
}

#[test]
fn stored_lexical_comes_back_byte_for_byte_unknown_nodes_and_all() {
    tell(async |magazine| {
        let lexical = r#"{"root":{"children":[{"type":"from-the-future","deep":{"a":[1,2.50,null]},"version":7},{"children":[{"detail":0,"format":0,"mode":"normal","style":"","text":"Hi","type":"extended-text","version":1}],"direction":"ltr","format":"","indent":0,"type":"paragraph","version":1,"ours":true}],"direction":"ltr","format":"","indent":0,"type":"root","version":1}}"#;
        let made = magazine
            .post(
                "POST",
                "/posts/?formats=lexical",
                json!({ "title": "Kept", "lexical": lexical, "status": "published" }),
                201,
            )
            .await;
        assert_eq!(made["lexical"], lexical);
        magazine.get("/kept/").await.has("<p>Hi</p>");
    });
}

#[test]
fn bad_input_gets_a_clear_answer_and_writes_nothing() {
    tell(async |magazine| {
        let cases = [
            (json!({ "posts": [{ "html": "<p>x</p>" }] }), 422, "title"),
            (json!({ "posts": [{ "title": "x".repeat(256) }] }), 422, "255"),
            (json!({ "posts": [{ "title": "x", "status": "nonsense" }] }), 422, "allowed values"),
            (json!({ "posts": [{ "title": "x", "visibility": "nonsense" }] }), 422, "nonsense"),
            (json!({ "posts": [{ "title": "x", "lexical": "{" }] }), 422, "json-string"),
            (json!({ "posts": [{ "title": "x", "lexical": "{}" }] }), 422, "body"),
            (json!({ "posts": [{ "title": "x", "status": "scheduled" }] }), 422, "published_at"),
            (
                json!({ "posts": [{ "title": "x", "status": "scheduled", "published_at": "2020-01-01T00:00:00Z" }] }),
                422,
                "past",
            ),
            (json!({ "posts": [{ "title": "x", "published_at": "yesterday" }] }), 422, "yesterday"),
            (json!({ "posts": [{ "title": 7 }] }), 422, "type"),
            (json!({ "posts": [] }), 422, "posts"),
            (json!({ "title": "x" }), 422, "posts"),
        ];
        for (body, status, word) in cases {
            let answer = magazine.api("POST", "/posts/?source=html", body.clone()).await;
            assert_eq!(answer.status.as_u16(), status, "{body}: {}", answer.text());
            answer.has(word);
        }
        let page = magazine.api("GET", "/posts/", Value::Null).await.json();
        assert_eq!(page["meta"]["pagination"]["total"], 0);
    });
}

#[test]
fn a_wrong_key_opens_nothing() {
    tell(async |magazine| {
        let now = magazine.app.now().as_second();
        let key = "0123456789abcdef01234567";
        let good_form = token(key, &"ab".repeat(32), now);
        let none = "eyJhbGciOiJub25lIn0.e30.";
        for (header, status) in [
            (None, 403),
            (Some(format!("Ghost {good_form}")), 401),
            (Some(format!("Bearer {good_form}")), 401),
            (Some(format!("Ghost {none}")), 400),
            (Some("Ghost ...".to_owned()), 400),
        ] {
            for path in ["/ghost/api/admin/posts/", "/ghost/api/admin/pages/", "/ghost/api/admin/posts/slug/x/"] {
                let headers: Vec<(&str, &str)> = header.iter().map(|value| ("authorization", value.as_str())).collect();
                let answer = magazine.get_with(path, &headers).await;
                assert_eq!(answer.status.as_u16(), status, "{path} {header:?}");
            }
        }
    });
}

#[test]
fn a_picture_and_its_caption_are_kept_and_cleaned_on_the_page() {
    tell(async |magazine| {
        let post = json!({
            "title": "Pictured", "status": "published", "feature_image": "https://pictures.example/a.jpg",
            "feature_image_alt": "A \"quay\"", "feature_image_caption": "By <a href=\"javascript:x()\" onclick=\"x()\">Ann</a> <b>Lee</b>",
        });
        let made = magazine.post("POST", "/posts/", post, 201).await;
        assert_eq!(made["feature_image"], "https://pictures.example/a.jpg");
        magazine.get("/pictured/").await.has("https://pictures.example/a.jpg").lacks("x()");
    });
}

#[test]
fn static_pages_are_written_the_same_way_and_stand_on_no_list() {
    tell(async |magazine| {
        let body = json!({ "pages": [{ "title": "About us", "html": "<p>Who we are.</p>", "status": "published" }] });
        let answer = magazine.api("POST", "/pages/?source=html", body).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        magazine.get("/about-us/").await.has("Who we are.");
        magazine.get("/").await.lacks("About us");
        magazine.get("/sitemap-pages.xml").await.has("https://lantern.example/about-us/");
    });
}

#[test]
fn a_client_keeps_tags() {
    tell(async |magazine| {
        let send =
            async |method: &str, path: &str, tag: Value| magazine.api(method, path, json!({ "tags": [tag] })).await;
        let made = send(
            "POST",
            "/tags/",
            json!({ "name": "Harbour news", "description": "From the quay", "accent_color": "#1d6fa3" }),
        )
        .await;
        assert_eq!(made.status, 201, "{}", made.text());
        let made = made.json()["tags"][0].clone();
        assert_eq!((made["slug"].as_str(), made["accent_color"].as_str()), (Some("harbour-news"), Some("#1d6fa3")));
        let second = send("POST", "/tags/", json!({ "name": "Harbour news" })).await.json();
        assert_eq!(second["tags"][0]["slug"], "harbour-news-2", "as in Ghost, there may be two of a name");
        let one = format!("/tags/{}/", made["id"].as_str().unwrap());

        let post =
            json!({ "title": "The quay", "html": "<p>Shut.</p>", "status": "published", "tags": ["Harbour news"] });
        magazine.post("POST", "/posts/?source=html", post, 201).await;
        magazine.get("/tag/harbour-news/").await.has("The quay").has("From the quay");
        let changed =
            send("PUT", &one, json!({ "name": "News of the harbour", "description": null, "meta_title": "Harbour" }))
                .await;
        assert_eq!(changed.json()["tags"][0]["accent_color"], "#1d6fa3", "what is not sent stays: {}", changed.text());
        magazine.get("/tag/harbour-news/").await.has("News of the harbour").lacks("From the quay");
        let read = magazine.api("GET", &format!("{one}?include=count.posts"), Value::Null).await.json();
        assert_eq!(read["tags"][0]["count"]["posts"], 1);
        assert_eq!(magazine.api("GET", "/tags/?limit=1", Value::Null).await.json()["meta"]["pagination"]["total"], 2);

        for (tag, property) in
            [(json!({ "name": " " }), "name"), (json!({ "name": "x", "visibility": "nonsense" }), "visibility")]
        {
            let refused = send("POST", "/tags/", tag).await;
            assert_eq!(
                (refused.status.as_u16(), refused.json()["errors"][0]["property"].as_str()),
                (422, Some(property))
            );
        }
        assert_eq!(magazine.api("DELETE", &one, Value::Null).await.status, 204);
        assert_eq!(magazine.api("GET", &one, Value::Null).await.status, 404);
        assert_eq!(magazine.get("/tag/harbour-news/").await.status, 404);
    });
}

#[test]
fn a_client_brings_a_picture() {
    tell(async |magazine| {
        let send = async |body: Vec<u8>| {
            let token = token(magazine.key.id.as_str(), &magazine.key.secret, magazine.app.now().as_second());
            let request = Request::post("/ghost/api/admin/images/upload/")
                .header("authorization", format!("Ghost {token}"))
                .header("content-type", "multipart/form-data; boundary=edge");
            magazine.send(request.body(body.into()).unwrap()).await
        };
        let part = |head: &str, bytes: &[u8]| {
            [format!("--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(), bytes, b"\r\n"].concat()
        };
        let mut png = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(40, 30).write_to(&mut png, image::ImageFormat::Png).unwrap();
        let form = [
            part("name=\"file\"; filename=\"The Quay.png\"", png.get_ref()),
            part("name=\"ref\"", b"mine"),
            b"--edge--\r\n".to_vec(),
        ]
        .concat();
        let made = send(form).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let picture = made.json()["images"][0].clone();
        assert_eq!(picture["ref"], "mine");
        let path = picture["url"].as_str().unwrap().strip_prefix("https://lantern.example").unwrap().to_owned();
        assert!(path.starts_with("/content/images/") && path.ends_with(".png"), "{path}");
        assert_eq!(magazine.get(&path).await.body, *png.get_ref());

        let no_picture = [part("name=\"file\"; filename=\"x.png\"", b"no picture"), b"--edge--\r\n".to_vec()].concat();
        assert_eq!(send(no_picture).await.status, 415);
        assert_eq!(send([part("name=\"ref\"", b"x"), b"--edge--\r\n".to_vec()].concat()).await.status, 422);
        assert_eq!(send(b"nonsense".to_vec()).await.status, 400);
    });
}

#[test]
fn what_no_page_could_show_is_refused_at_the_door() {
    tell(async |magazine| {
        for (wrong, property) in [
            (json!({ "title": "\u{1}" }), "title"),
            (json!({ "title": "Late", "custom_excerpt": "a\u{0}b" }), "custom_excerpt"),
            (
                json!({ "title": "Late", "status": "published", "published_at": "-005000-01-01T00:00:00Z" }),
                "published_at",
            ),
            (json!({ "title": "Late", "status": "draft", "published_at": "9999-12-31T00:00:00Z" }), "published_at"),
        ] {
            let answer = magazine.api("POST", "/posts/", json!({ "posts": [wrong] })).await;
            assert_eq!(answer.status.as_u16(), 422, "{property}: {}", answer.text());
        }
        magazine.get("/").await.has("<html");
    });
}
