//! Every route of the desk's API x every role: what comes out is in `roles.tsv`, which is read by people. A route that is
//! not in the table fails this test; so does a cell that is not as the server decides.
//!
//! `-` stands for “sign in first”, `no` for “your role does not allow this”, `yes` for everything else: that a request
//! is then found stale or incomplete is no matter of roles.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use axum::body::Body;
use http::{Request, header};
use masthead::actions::sign_in::{self, Asker};
use masthead::actions::{By, edit, staff};
use news::{Actor, Headline, Kind, Role};
use serde_json::Value;

use crate::magazine::{Magazine, tell};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/story/roles.tsv");

/// Who asks: nobody, or a role, about their own article or another's.
const COLUMNS: &[(&str, Option<Role>, bool)] = &[
    ("stranger", None, false),
    ("contributor", Some(Role::Contributor), false),
    ("contributor, own", Some(Role::Contributor), true),
    ("author", Some(Role::Author), false),
    ("author, own", Some(Role::Author), true),
    ("editor", Some(Role::Editor), false),
    ("owner", Some(Role::Owner), false),
];

/// Bodies that are whole, so that the role is what decides. `{…}` alone would be refused before that.
const BODIES: &[(&str, &str)] = &[
    ("POST /desk/api/articles", r#"{"headline":"New"}"#),
    ("PUT /desk/api/articles/{id}", r#"{"version":0}"#),
    ("POST /desk/api/articles/{id}/save", r#"{"version":0}"#),
    ("POST /desk/api/articles/{id}/status", r#"{"version":0,"status":"in review"}"#),
    ("POST /desk/api/articles/{id}/publish", r#"{"version":0}"#),
    ("POST /desk/api/articles/{id}/schedule", r#"{"version":0,"when":0}"#),
    ("POST /desk/api/articles/{id}/withdraw", r#"{"version":0,"reason":"x"}"#),
    ("POST /desk/api/articles/{id}/undo", r#"{"version":0}"#),
    ("POST /desk/api/articles/{id}/discard", r#"{"version":0}"#),
    ("POST /desk/api/articles/{id}/ignore", r#"{"kind":"no-byline","reason":"x"}"#),
    ("DELETE /desk/api/articles/{id}/ignore", r#"{"kind":"no-byline"}"#),
    ("POST /desk/api/articles/{id}/statements/{statement}", r#"{"decision":"confirmed"}"#),
    ("POST /desk/api/articles/{id}/revisions/{version}/restore", r#"{"version":0}"#),
    ("PUT /desk/api/people/{id}", r#"{"name":"x"}"#),
    ("POST /desk/api/people/{id}/merge", r#"{"into":"x"}"#),
    ("PUT /desk/api/authors/{id}", r#"{"name":"x"}"#),
    ("PUT /desk/api/settings/{name}", r#"{"value":"x"}"#),
];

#[test]
fn every_route_asks_for_the_role_that_the_table_says() {
    tell(async |magazine| {
        let mut found = String::from("method\tpath");
        COLUMNS.iter().for_each(|(name, ..)| write!(found, "\t{name}").unwrap());
        found.push('\n');
        for route in routes() {
            let (method, path) = route.split_once(' ').unwrap();
            write!(found, "{method}\t{path}").unwrap();
            for (_, role, own) in COLUMNS {
                write!(found, "\t{}", cell(&magazine, method, path, *role, *own).await).unwrap();
            }
            found.push('\n');
        }
        if std::env::var_os("MASTHEAD_WRITE_ROLES").is_some() {
            std::fs::write(TABLE, &found).unwrap();
        }
        let kept = std::fs::read_to_string(TABLE).unwrap_or_default();
        for (line, (kept, found)) in kept.lines().zip(found.lines()).enumerate() {
            assert_eq!(kept, found, "line {} of roles.tsv", line + 1);
        }
        assert_eq!(kept.lines().count(), found.lines().count(), "roles.tsv has not as many routes as the server");
    });
}

/// Every route of the document that is made of the handlers.
fn routes() -> BTreeSet<String> {
    let document: Value = serde_json::from_str(&masthead::desk::api::document()).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let each = paths.iter().flat_map(|(path, methods)| {
        methods.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    each.collect()
}

async fn cell(magazine: &Magazine, method: &str, path: &str, role: Option<Role>, own: bool) -> &'static str {
    let app = &magazine.app;
    let (mut cookie, mut actor) = (None, Actor::Command);
    if let Some(role) = role {
        let email = format!("{}@lantern.example", masthead::app::random_hex::<6>());
        let password = "seven quiet herons";
        staff::add_with_password(app, &email, "Somebody", role, password, &By::new(Actor::Command)).await.unwrap();
        let member = store::staff::by_email(&app.store, &email).await.unwrap().unwrap();
        let asker = Asker { address: None, agent: String::new() };
        cookie = Some(sign_in::let_in(app, &member, &asker).await.unwrap());
        if own {
            actor = Actor::Staff(member.id);
        }
    }
    let headline = Headline::parse("Somebody's article").unwrap();
    let change = edit::Change { headline: Some(headline), ..edit::Change::default() };
    let pending = edit::begin(app, Kind::Article, change).await.unwrap();
    let article = edit::save(app, pending, &By::new(actor)).await.unwrap().article;

    let asked = path
        .replace("{id}", article.id.as_str())
        .replace("{version}", "1")
        .replace("{statement}", article.id.as_str())
        .replace("{name}", "title");
    let asked = match path.rsplit('/').next() {
        Some("find") => asked + "?q=x",
        Some("pictures") if method == "POST" => asked + "?name=x",
        Some("diff") => asked + "?from=kept&to=copy",
        _ => asked,
    };
    let route = format!("{method} {path}");
    let body = BODIES.iter().find(|(known, _)| *known == route).map_or("{}", |(_, body)| body);
    let checked = format!(
        r#"{{"papers":{{"headline":"x","slug":"","access":"public"}},"body":{}}}"#,
        Value::from(article.body.as_str())
    );
    let body = if path.ends_with("/check") { checked.as_str() } else { body };
    let mut request = Request::builder()
        .method(method)
        .uri(asked)
        .header("x-masthead", "desk")
        .header(header::CONTENT_TYPE, "application/json");
    if let Some(token) = cookie {
        request = request.header(header::COOKIE, format!("__Host-masthead={token}"));
    }
    if path.ends_with("/events") && role.is_some() {
        return "yes"; // a line that stays open, which this way of asking would wait for; its guard is the type
    }
    let answer = magazine.send(request.body(Body::from(body.to_owned())).unwrap()).await;
    assert!(!answer.status.is_server_error(), "{route}: {}", answer.text());
    match answer.status.as_u16() {
        401 => "-",
        403 => "no",
        _ => "yes",
    }
}
