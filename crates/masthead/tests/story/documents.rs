//! Whatever the documents of the APIs name is there: each route, asked as its document says.

use serde_json::{Value, json};

use crate::magazine::tell_on_sqlite;

#[test]
fn every_route_of_the_documents_is_answered() {
    tell_on_sqlite(async |magazine| {
        magazine.publish("Ferry runs late", "news", "<p>The quay is closed.</p>").await;
        let key = magazine.key.content.clone();
        let mut asked = 0;
        for (document, base) in [
            (masthead::ghost::admin_document(), "/ghost/api/admin"),
            (masthead::ghost::content_document(), ""),
            (masthead::wordpress::document(), ""),
        ] {
            let document: Value = serde_json::from_str(&document).unwrap();
            for (path, methods) in document["paths"].as_object().unwrap() {
                for method in methods.as_object().unwrap().keys() {
                    let id = if path.starts_with("/wp-json") { "1234567890" } else { "0123456789abcdef01234567" };
                    let name = match path.rsplit('/').nth(2) {
                        Some("types") => "post",
                        Some("taxonomies") => "category",
                        Some("statuses") => "publish",
                        _ => "x",
                    };
                    let path = path.replace("{id}", id).replace("{name}", name);
                    let path = path.replace("{slug}", "x").replace("{email}", "a@b.example").replace("{kind}", "post");
                    let answer = match base {
                        "" => magazine.get(&format!("{path}?key={key}")).await,
                        base => {
                            let below = path.strip_prefix(base).unwrap();
                            magazine.api(&method.to_uppercase(), below, json!({})).await
                        }
                    };
                    assert!(!answer.status.is_server_error(), "{method} {path}: {}", answer.text());
                    // A thing that is not there is one thing, a route that is not there another.
                    let is_no_route =
                        answer.text().contains("\"Resource not found\"") || answer.text().contains("rest_no_route");
                    assert!(!is_no_route, "{method} {path}: {}", answer.text());
                    asked += 1;
                }
            }
        }
        assert!(asked > 100, "{asked}");
    });
}
