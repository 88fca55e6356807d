//! How kept pages are served.

use http::StatusCode;

use crate::magazine::tell;

#[test]
fn a_page_is_served_compressed_with_a_tag_and_answers_304() {
    tell(async |magazine| {
        magazine.publish("Bridge closes", "news", "<p>Text.</p>").await;
        let path = "/news/bridge-closes/";
        magazine.get(path).await;
        let mut brotli = magazine.get_with(path, &[("accept-encoding", "br")]).await;
        for _ in 0..100 {
            if brotli.header("content-encoding") == "br" {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            brotli = magazine.get_with(path, &[("accept-encoding", "br")]).await;
        }
        assert_eq!(brotli.header("content-encoding"), "br");
        assert_eq!(brotli.header("vary"), "Accept-Encoding");
        let tag = brotli.header("etag").to_owned();
        let again = magazine.get_with(path, &[("accept-encoding", "br"), ("if-none-match", &tag)]).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
        let plain = magazine.get_with(path, &[("if-none-match", &tag)]).await;
        assert_eq!(plain.status, StatusCode::OK, "another form has another tag");
    });
}

#[test]
fn a_reader_needs_no_script_cookie_or_third_party() {
    tell(async |magazine| {
        magazine.publish("Bridge closes", "news", "<p>Text.</p>").await;
        for path in ["/", "/news/", "/news/bridge-closes/", "/nothing/"] {
            let page = magazine.get(path).await;
            let scripts = page.text().replace("<script type=\"application/ld+json\">", "");
            assert!(!scripts.contains("<script"), "{path}");
            assert!(page.headers.get("set-cookie").is_none());
            assert_eq!(page.header("x-content-type-options"), "nosniff");
        }
    });
}

#[test]
fn a_strangers_headers_change_nothing_that_others_get() {
    tell(async |magazine| {
        magazine.publish("Bridge closes", "news", "<p>Text.</p>").await;
        let clean = magazine.get("/news/bridge-closes/").await;
        for header in [
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-original-url",
            "x-ghost-preview",
            "x-http-method-override",
            "cookie",
        ] {
            magazine.app.pages.drop_path("/news/bridge-closes/");
            magazine.get_with("/news/bridge-closes/?utm=1", &[(header, "evil.example")]).await;
            let after = magazine.get("/news/bridge-closes/").await;
            assert!(after.body == clean.body, "{header}");
        }
    });
}

#[test]
fn related_articles_share_a_section_and_are_never_empty_furniture() {
    tell(async |magazine| {
        magazine.publish("Alone", "sport", "<p>x</p>").await;
        magazine.get("/sport/alone/").await.lacks("You may also like");
        magazine.publish("First ferry", "news", "<p>x</p>").await;
        magazine.publish("Second ferry", "news", "<p>x</p>").await;
        magazine.get("/news/first-ferry/").await.has("You may also like").has("Second ferry");
    });
}

#[test]
fn lists_have_pages_and_no_page_behind_the_last() {
    tell(async |magazine| {
        let per_page = magazine.app.theme().posts_per_page();
        for n in 0..=per_page {
            magazine.publish(&format!("Number {n}"), "news", "<p>x</p>").await;
        }
        magazine.get("/page/2/").await.has("Number 0");
        magazine.get("/news/page/2/").await.has("Number 0");
        assert_eq!(magazine.get("/page/3/").await.status, 404);
    });
}

#[test]
fn writing_is_not_reading() {
    tell(async |magazine| {
        let request = http::Request::post("/news/").body(axum::body::Body::empty()).unwrap();
        let answer = magazine.send(request).await;
        assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "GET, HEAD"));
    });
}
