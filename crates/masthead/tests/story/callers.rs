//! Every route of Ghost's Admin API x every kind of caller: what comes out is in `callers.tsv`, which is read by people. A
//! route that is not in the table fails this test; so does a cell that is not as the server decides.
//!
//! `-` stands for “say who you are”, `no` for “you may not”, `yes` for everything else: that a request is then found
//! incomplete is no matter of who asks.

use std::fmt::Write as _;

use axum::body::Body;
use http::{Request, header};
use masthead::actions::sign_in::{self, Asker};
use masthead::actions::{By, staff};
use news::key::Key;
use news::{Actor, Role, Staff};
use serde_json::Value;

use crate::magazine::{Magazine, tell_on_sqlite, token};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/story/callers.tsv");

/// Who asks.
enum Caller {
    Stranger,
    Program,
    /// With a key of their own.
    Key(Role),
    /// With a session, from our own pages or from elsewhere.
    Session(Role, bool),
    Suspended,
}

const COLUMNS: [(&str, Caller); 9] = [
    ("stranger", Caller::Stranger),
    ("program", Caller::Program),
    ("contributor's key", Caller::Key(Role::Contributor)),
    ("author's key", Caller::Key(Role::Author)),
    ("editor's key", Caller::Key(Role::Editor)),
    ("owner's key", Caller::Key(Role::Owner)),
    ("owner's session", Caller::Session(Role::Owner, true)),
    ("owner's session, from elsewhere", Caller::Session(Role::Owner, false)),
    ("key of one suspended", Caller::Suspended),
];

#[test]
fn every_route_serves_the_callers_that_the_table_says() {
    tell_on_sqlite(async |magazine| {
        let mut callers = Vec::new();
        for (_, caller) in &COLUMNS {
            callers.push(credentials(&magazine, caller).await);
        }
        let mut found = String::from("method\tpath");
        COLUMNS.iter().for_each(|(name, _)| write!(found, "\t{name}").unwrap());
        found.push('\n');
        let document: Value = serde_json::from_str(&masthead::ghost::admin_document()).unwrap();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for method in methods.as_object().unwrap().keys() {
                write!(found, "{}\t{path}", method.to_uppercase()).unwrap();
                for headers in &callers {
                    write!(found, "\t{}", cell(&magazine, method, path, headers).await).unwrap();
                }
                found.push('\n');
            }
        }
        if std::env::var_os("MASTHEAD_WRITE_ROLES").is_some() {
            std::fs::write(TABLE, &found).unwrap();
        }
        let kept = std::fs::read_to_string(TABLE).unwrap_or_default();
        for (line, (kept, found)) in kept.lines().zip(found.lines()).enumerate() {
            assert_eq!(kept, found, "line {} of callers.tsv", line + 1);
        }
        assert_eq!(kept.lines().count(), found.lines().count(), "callers.tsv has not as many routes as the server");
    });
}

async fn member(magazine: &Magazine, role: Role) -> Staff {
    let (app, by) = (&magazine.app, By::new(Actor::Command));
    let email = format!("{}@lantern.example", masthead::app::random_hex::<6>());
    staff::add_with_password(app, &email, "Somebody", role, "seven quiet herons", &by).await.unwrap();
    store::staff::by_email(&app.store, &email).await.unwrap().unwrap()
}

/// The headers of a caller.
async fn credentials(magazine: &Magazine, caller: &Caller) -> Vec<(&'static str, String)> {
    let (app, by) = (&magazine.app, By::new(Actor::Command));
    let authorised = |key: &Key| {
        let token = token(key.id.as_str(), &key.secret, app.now().as_second());
        vec![("authorization", format!("Ghost {token}"))]
    };
    match caller {
        Caller::Stranger => Vec::new(),
        Caller::Program => authorised(&magazine.key),
        Caller::Key(role) => {
            let member = member(magazine, *role).await;
            authorised(&staff::new_key(app, "own", Some(&member), &by).await.unwrap())
        }
        Caller::Suspended => {
            let member = member(magazine, Role::Owner).await;
            let key = staff::new_key(app, "own", Some(&member), &by).await.unwrap();
            staff::change(app, &member, None, None, Some(true), &by).await.unwrap();
            authorised(&key)
        }
        Caller::Session(role, ours) => {
            let asker = Asker { address: None, agent: String::new() };
            let token = sign_in::let_in(app, &member(magazine, *role).await, &asker).await.unwrap();
            let origin = if *ours { "https://lantern.example" } else { "https://elsewhere.example" };
            vec![("cookie", format!("ghost-admin-api-session={token}")), ("origin", origin.into())]
        }
    }
}

async fn cell(magazine: &Magazine, method: &str, path: &str, headers: &[(&'static str, String)]) -> &'static str {
    if method == "delete" && path.ends_with("/session/") && headers.iter().any(|(name, _)| *name == "cookie") {
        return "yes"; // it would end the session with which the rest of the table is asked
    }
    let asked = path.replace("{id}", "0123456789abcdef01234567").replace("{slug}", "x").replace("{name}", "x");
    let asked = asked.replace("{email}", "a@b.example").replace("{kind}", "post");
    let mut request = Request::builder().method(method.to_uppercase().as_str()).uri(asked);
    for (name, value) in headers {
        request = request.header(*name, value);
    }
    let request = request.header(header::CONTENT_TYPE, "application/json");
    let answer = magazine.send(request.body(Body::from("{}")).unwrap()).await;
    assert!(!answer.status.is_server_error(), "{method} {path}: {}", answer.text());
    let text = answer.text();
    match answer.status.as_u16() {
        401 => "-",
        403 if text.contains("Authorization failed") => "-",
        403 => "no",
        _ => "yes",
    }
}
