//! The desk: doors, roles, working copies, publishing with a signature, corrections, undo.

use axum::body::Body;
use http::{Request, header};
use masthead::actions::sign_in::{self, Asker, totp};
use masthead::actions::{By, staff};
use news::{Actor, Id, Role, Staff};
use serde_json::{Value, json};

use crate::magazine::{Answer, Magazine, tell};

const PASSWORD: &str = "seven quiet herons";

/// Somebody at the desk: who they are, and their open session.
struct AtTheDesk<'m> {
    magazine: &'m Magazine,
    staff: Staff,
    token: String,
}

async fn at_the_desk(magazine: &Magazine, role: Role) -> AtTheDesk<'_> {
    let email = format!("{role}@lantern.example");
    let by = By::new(Actor::Command);
    if store::staff::by_email(&magazine.app.store, &email).await.unwrap().is_none() {
        let name = format!("{}{} Lee", role.word()[..1].to_uppercase(), &role.word()[1..]);
        staff::add_with_password(&magazine.app, &email, &name, role, PASSWORD, &by).await.unwrap();
    }
    let staff = store::staff::by_email(&magazine.app.store, &email).await.unwrap().unwrap();
    let token = sign_in::let_in(&magazine.app, &staff, &asker()).await.unwrap();
    AtTheDesk { magazine, staff, token }
}

fn asker() -> Asker {
    Asker { address: None, agent: "a story".into() }
}

impl AtTheDesk<'_> {
    async fn ask(&self, method: &str, path: &str, body: Value) -> Answer {
        self.ask_with(method, path, body, &[("x-masthead", "desk")]).await
    }

    async fn ask_with(&self, method: &str, path: &str, body: Value, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/desk/api{path}"))
            .header(header::COOKIE, format!("other=1; __Host-masthead={}", self.token))
            .header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        self.magazine.send(request.body(body).unwrap()).await
    }

    /// The answer, which must be a good one.
    #[track_caller]
    fn good(answer: Answer) -> Value {
        assert!(answer.status.is_success(), "{} {}", answer.status, answer.text());
        if answer.body.is_empty() { Value::Null } else { answer.json() }
    }

    async fn get(&self, path: &str) -> Value {
        Self::good(self.ask("GET", path, Value::Null).await)
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        Self::good(self.ask("POST", path, body).await)
    }

    /// Begins an article and writes its text.
    async fn begin(&self, headline: &str, html: &str) -> Value {
        let article = self.post("/articles", json!({ "headline": headline })).await;
        self.write(&article, headline, html).await;
        self.get(&format!("/articles/{}", text(&article["id"]))).await
    }

    async fn write(&self, article: &Value, headline: &str, html: &str) -> Value {
        let mut papers = article["papers"].clone();
        papers["headline"] = headline.into();
        papers["section"] = "politics".into();
        let body = manuscript::from_html(html).unwrap().to_json().into_owned();
        let sent = json!({ "version": article["version"], "papers": papers, "body": body });
        Self::good(self.ask("PUT", &format!("/articles/{}", text(&article["id"])), sent).await)
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

async fn form(magazine: &Magazine, path: &str, fields: &str, cookie: &str) -> Answer {
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie)
        .header("origin", "https://lantern.example");
    magazine.send(request.body(Body::from(fields.to_owned())).unwrap()).await
}

/// The cookie that an answer hands out.
fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
}

#[test]
fn the_first_owner_comes_by_the_link_that_the_server_prints_and_nobody_after() {
    tell(async |magazine| {
        let path = masthead::desk::first_link(&magazine.app).await.unwrap().expect("a link");
        magazine.get(&path).await.has("Your magazine").has("The Lantern");
        let fields = "magazine=The+Beacon&name=Ann+Lee&email=Ann%40beacon.example&password=seven+quiet+herons&again=";
        assert_eq!(form(&magazine, &path, &format!("{fields}other"), "").await.status, 422);
        let entered = form(&magazine, &path, &format!("{fields}seven+quiet+herons"), "").await;
        assert_eq!((entered.status.as_u16(), entered.header("location")), (303, "/desk/"));
        for part in ["__Host-masthead=", "HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
            assert!(entered.header("set-cookie").contains(part), "{part}: {}", entered.header("set-cookie"));
        }
        let ann = store::staff::by_email(&magazine.app.store, "ann@beacon.example").await.unwrap().unwrap();
        assert_eq!(ann.role, Role::Owner);
        assert_eq!(magazine.app.settings().await.unwrap().title, "The Beacon");
        assert_eq!(magazine.get(&path).await.status, 404);
        assert!(masthead::desk::first_link(&magazine.app).await.unwrap().is_none());
    });
}

#[test]
fn a_password_opens_the_door_and_a_wrong_one_tells_nothing() {
    tell(async |magazine| {
        at_the_desk(&magazine, Role::Editor).await;
        let wrong = form(&magazine, "/desk/sign-in/", "email=editor%40lantern.example&password=no", "").await;
        let nobody = form(&magazine, "/desk/sign-in/", "email=nobody%40lantern.example&password=no", "").await;
        for refused in [&wrong, &nobody] {
            assert_eq!(refused.status, 401);
            refused.has("Address or password are not right.");
            assert_eq!(refused.header("set-cookie"), "");
            assert_eq!(refused.header("cache-control"), "private, no-store");
        }
        let right = "email=+Editor%40Lantern.example+&password=seven+quiet+herons&to=%2Fdesk%2Fpeople%2F";
        let entered = form(&magazine, "/desk/sign-in/", right, "").await;
        assert_eq!((entered.status.as_u16(), entered.header("location")), (303, "/desk/people/"));
        let away = "email=editor%40lantern.example&password=seven+quiet+herons&to=https%3A%2F%2Fevil.example";
        assert_eq!(form(&magazine, "/desk/sign-in/", away, "").await.header("location"), "/desk/");
        let more = "email=editor%40lantern.example&password=seven+quiet+herons&is_verified=true";
        assert_eq!(form(&magazine, "/desk/sign-in/", more, "").await.status, 422);
    });
}

#[test]
fn after_ten_tries_an_account_is_left_alone_for_a_quarter_of_an_hour() {
    tell(async |magazine| {
        at_the_desk(&magazine, Role::Editor).await;
        let wrong = "email=editor%40lantern.example&password=no";
        let mut looked_at = 0;
        for _ in 0..15 {
            looked_at += i32::from(form(&magazine, "/desk/sign-in/", wrong, "").await.status == 401);
        }
        assert_eq!(looked_at, 10);
        let right = "email=editor%40lantern.example&password=seven+quiet+herons";
        assert_eq!(form(&magazine, "/desk/sign-in/", right, "").await.status, 429);
        magazine.app.clock.advance(jiff::SignedDuration::from_mins(16));
        assert_eq!(form(&magazine, "/desk/sign-in/", right, "").await.status, 303);
    });
}

#[test]
fn a_second_factor_is_asked_for_and_each_code_works_once() {
    tell(async |magazine| {
        let ann = at_the_desk(&magazine, Role::Editor).await;
        let wrong = ann.ask("POST", "/me/totp", json!({ "password": "seven loud herons" })).await;
        assert_eq!(wrong.status, 422, "whoever finds an open window does not set up a second step");
        let offered = ann.post("/me/totp", json!({ "password": PASSWORD })).await;
        assert!(text(&offered["svg"]).contains("<svg") && text(&offered["uri"]).starts_with("otpauth://totp/"));
        let secret = store::staff::totp(&magazine.app.store, ann.staff.id.as_str()).await.unwrap().unwrap();
        let secret = secret.totp_secret.unwrap();
        let bytes: Vec<u8> =
            (0..secret.len()).step_by(2).map(|at| u8::from_str_radix(&secret[at..at + 2], 16).unwrap()).collect();
        let code = |magazine: &Magazine| totp::at(&bytes, magazine.app.now().as_second() / 30);
        assert_eq!(ann.ask("PUT", "/me/totp", json!({ "code": "000000" })).await.status, 422);
        let on = ann.ask("PUT", "/me/totp", json!({ "code": code(&magazine) })).await.json();
        let recovery = text(&on["recovery_codes"][0]).to_owned();
        assert_eq!(on["recovery_codes"].as_array().unwrap().len(), 10);

        let password = "email=editor%40lantern.example&password=seven+quiet+herons";
        let half = form(&magazine, "/desk/sign-in/", password, "").await;
        assert!(half.header("location").starts_with("/desk/sign-in/code/"), "{}", half.header("location"));
        let waiting = cookie(&half);
        let inside = magazine.get_with("/desk/api/me", &[("cookie", &waiting)]).await;
        assert_eq!(inside.status, 401, "a password alone opens nothing");
        let used = format!("code={}", code(&magazine));
        assert_eq!(form(&magazine, "/desk/sign-in/code/", &used, &waiting).await.status, 401, "that code was used");
        magazine.app.clock.advance(jiff::SignedDuration::from_secs(60));
        let fresh = format!("code={}", code(&magazine));
        let entered = form(&magazine, "/desk/sign-in/code/", &fresh, &waiting).await;
        assert_eq!(entered.status, 303);
        assert_ne!(cookie(&entered), waiting, "the session gets another token");
        assert_eq!(magazine.get_with("/desk/api/me", &[("cookie", &cookie(&entered))]).await.status, 200);
        assert_eq!(magazine.get_with("/desk/api/me", &[("cookie", &waiting)]).await.status, 401);

        for (status, times) in [(303, "once"), (401, "twice")] {
            let half = cookie(&form(&magazine, "/desk/sign-in/", password, "").await);
            let answer = form(&magazine, "/desk/sign-in/code/", &format!("code={recovery}"), &half).await;
            assert_eq!(answer.status.as_u16(), status, "a recovery code {times}");
        }
    });
}

#[test]
fn a_reset_another_role_or_a_suspension_ends_every_session() {
    tell(async |magazine| {
        let owner = at_the_desk(&magazine, Role::Owner).await;
        let by = By::new(Actor::Command);
        let is_in = async |who: &AtTheDesk<'_>| who.ask("GET", "/me", Value::Null).await.status == 200;

        let author = at_the_desk(&magazine, Role::Author).await;
        assert!(is_in(&author).await);
        let link = staff::new_link(&magazine.app, &author.staff, news::Verb::ResetAsked, &by).await.unwrap();
        let words = "password=eight+quiet+herons&again=eight+quiet+herons";
        assert_eq!(form(&magazine, &format!("/desk/join/{link}/"), words, "").await.status, 303);
        assert!(!is_in(&author).await, "after a reset");

        let author = at_the_desk(&magazine, Role::Author).await;
        let path = format!("/staff/{}", author.staff.id);
        owner.ask("PUT", &path, json!({ "role": "contributor" })).await.has("contributor");
        assert!(!is_in(&author).await, "with another role");
        owner.ask("PUT", &path, json!({ "role": "author" })).await;

        let author = at_the_desk(&magazine, Role::Author).await;
        owner.ask("PUT", &path, json!({ "suspended": true })).await.has("\"suspended\":true");
        assert!(!is_in(&author).await, "suspended");
        let password = "email=author%40lantern.example&password=eight+quiet+herons";
        assert_eq!(form(&magazine, "/desk/sign-in/", password, "").await.status, 401);

        let own = format!("/staff/{}", owner.staff.id);
        assert_eq!(owner.ask("PUT", &own, json!({ "role": "editor" })).await.status, 422, "the last owner stays");
        // That somebody was turned away is written down beside the answer.
        let mut acts = String::new();
        for _ in 0..100 {
            acts = owner.get("/acts").await.to_string();
            if acts.contains("turned away") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        for verb in ["reset asked", "password set", "staff changed", "suspended", "turned away"] {
            assert!(acts.contains(verb), "{verb} is missing in {acts}");
        }
    });
}

#[test]
fn what_another_site_sends_changes_nothing() {
    tell(async |magazine| {
        let ann = at_the_desk(&magazine, Role::Owner).await;
        let new = json!({ "headline": "By somebody else" });
        for headers in [
            &[][..],
            &[("x-masthead", "desk"), ("sec-fetch-site", "cross-site")],
            &[("x-masthead", "desk"), ("sec-fetch-site", "same-site")],
            &[("x-masthead", "desk"), ("origin", "https://evil.example")],
            &[("x-masthead", "desk"), ("origin", "null")],
        ] {
            let answer = ann.ask_with("POST", "/articles", new.clone(), headers).await;
            assert_eq!(answer.status, 403, "{headers:?}");
        }
        let plain = Request::post("/desk/api/articles")
            .header(header::COOKIE, format!("__Host-masthead={}", ann.token))
            .header(header::CONTENT_TYPE, "text/plain")
            .header("x-masthead", "desk");
        let answer = magazine.send(plain.body(Body::from(new.to_string())).unwrap()).await;
        assert_eq!(answer.status, 415);
        assert_eq!(ann.get("/articles").await["items"].as_array().unwrap().len(), 0);
        let own = ann.ask_with("POST", "/articles", new, &[("x-masthead", "desk"), ("sec-fetch-site", "same-origin")]);
        assert_eq!(own.await.status, 201);
    });
}

#[test]
fn what_is_being_written_is_nobodys_but_the_desks_until_it_goes_out() {
    tell(async |magazine| {
        let ann = at_the_desk(&magazine, Role::Editor).await;
        let article = ann.begin("Ferry saved", "<p>The ferry is saved.</p>").await;
        let path = format!("/articles/{}", text(&article["id"]));
        assert_eq!((text(&article["status"]), article["has_changes"].as_bool()), ("draft", Some(true)));
        let public = ann.post(&format!("{path}/publish"), json!({ "version": article["version"] })).await;
        let url = text(&public["url"]).strip_prefix("https://lantern.example").unwrap().to_owned();
        magazine.get(&url).await.has("The ferry is saved.");

        ann.write(&public, "Ferry saved", "<p>The ferry is sold.</p>").await;
        magazine.get(&url).await.has("The ferry is saved.").lacks("sold");
        let changed = ann.get(&path).await;
        assert!(changed["has_changes"].as_bool().unwrap());
        let own = format!("__Host-masthead={}", ann.token);
        let preview = magazine.get_with(text(&changed["preview_url"]), &[("cookie", &own)]).await;
        preview.has("The ferry is sold.");
        assert_eq!(preview.header("cache-control"), "private, no-store");
        assert_eq!(magazine.get(text(&changed["preview_url"])).await.status, 303, "a stranger signs in first");

        ann.post(&format!("{path}/discard"), json!({ "version": changed["version"] })).await;
        let back = ann.get(&path).await;
        assert!(!back["has_changes"].as_bool().unwrap() && text(&back["body"]).contains("saved"));
        let versions = ann.get(&format!("{path}/revisions")).await;
        let dropped = versions["items"].as_array().unwrap().iter().find(|row| row["version"].as_i64() < Some(0));
        let dropped = dropped.expect("what was discarded can be brought back")["version"].as_i64().unwrap();
        let restored =
            ann.post(&format!("{path}/revisions/{dropped}/restore"), json!({ "version": back["version"] })).await;
        assert!(text(&restored["body"]).contains("sold"));
    });
}

#[test]
fn of_two_who_write_at_once_the_second_is_shown_what_the_first_wrote() {
    tell(async |magazine| {
        let (ann, bob) = (at_the_desk(&magazine, Role::Editor).await, at_the_desk(&magazine, Role::Owner).await);
        let article = ann.begin("Ferry saved", "<p>One.</p>").await;
        let path = format!("/articles/{}", text(&article["id"]));
        ann.write(&article, "Ferry saved", "<p>By Ann.</p>").await;
        let mut papers = article["papers"].clone();
        papers["headline"] = "Ferry sold".into();
        let refused = bob.ask("PUT", &path, json!({ "version": article["version"], "papers": papers })).await;
        assert_eq!(refused.status, 409);
        let refusal = refused.json();
        assert_eq!(text(&refusal["error"]), "stale");
        assert!(text(&refusal["current"]["body"]).contains("By Ann."));
        for act in ["publish", "save", "discard", "undo"] {
            let answer = bob.ask("POST", &format!("{path}/{act}"), json!({ "version": article["version"] })).await;
            assert_eq!(answer.status, 409, "{act}");
        }
    });
}

#[test]
fn a_change_by_another_door_loses_no_word_of_the_desks() {
    tell(async |magazine| {
        let ann = at_the_desk(&magazine, Role::Editor).await;
        let article = ann.begin("Ferry saved", "<p>By the desk.</p>").await;
        let id = text(&article["id"]).to_owned();
        let post = magazine.api("GET", &format!("/posts/{id}/"), Value::Null).await.json()["posts"][0].clone();
        let change = json!({ "title": "Ferry sold", "updated_at": post["updated_at"] });
        magazine.post("PUT", &format!("/posts/{id}/"), change, 200).await;
        let now = ann.get(&format!("/articles/{id}")).await;
        assert_eq!(text(&now["papers"]["headline"]), "Ferry sold");
        ann.write(&now, "Ferry sold", "<p>On top.</p>").await;
        let versions = ann.get(&format!("/articles/{id}/revisions")).await;
        let kept = versions["items"].as_array().unwrap().iter().find(|row| row["version"].as_i64() < Some(0));
        let kept = kept.expect("the overtaken copy is a version")["version"].as_i64().unwrap();
        let kept = ann.get(&format!("/articles/{id}/revisions/{kept}")).await;
        assert!(text(&kept["body"]).contains("By the desk."));
    });
}

#[test]
fn open_faults_want_a_signature_and_a_reason() {
    tell(async |magazine| {
        let desk = at_the_desk(&magazine, Role::Editor).await;
        desk.post("/sections", json!({ "path": "politics", "name": "Politics" })).await;
        let ann = at_the_desk(&magazine, Role::Author).await;
        let html = "<p>“We could not let it go, said Hannah Kowalczyk on Monday of the ferry.</p><p>It goes on.</p>";
        let article = ann.begin("Ferry saved", html).await;
        let path = format!("/articles/{}", text(&article["id"]));
        let checked = json!({ "papers": article["papers"], "body": article["body"] });
        let checked = ann.post(&format!("{path}/check"), checked).await;
        let lost = checked["findings"].as_array().unwrap().iter().find(|f| f["kind"] == "mark-missing-close");
        let lost = lost.expect("a lost mark").clone();
        assert_eq!(lost["place"]["path"], json!([0]));
        assert_eq!(text(&lost["fix"]["replace"]), "”");

        let refused = ann.ask("POST", &format!("{path}/publish"), json!({ "version": article["version"] })).await;
        assert_eq!((refused.status.as_u16(), text(&refused.json()["error"])), (422, "unsigned"));
        let ignore = json!({ "kind": "mark-missing-close", "exact": lost["exact"], "reason": "it is a song" });
        ann.post(&format!("{path}/ignore"), ignore).await;
        let public = ann.post(&format!("{path}/publish"), json!({ "version": article["version"] })).await;
        assert_eq!(text(&public["status"]), "published");

        let other = ann.begin("Ferry sold", html).await;
        let other_path = format!("/articles/{}", text(&other["id"]));
        let sign = json!({ "version": other["version"], "sign": "the desk knows" });
        ann.post(&format!("{other_path}/publish"), sign).await;
        let acts = ann.get(&format!("/acts?subject={}", text(&other["id"]))).await;
        assert!(acts.to_string().contains("the desk knows (open findings: mark-missing-close)"), "{acts}");
    });
}

#[test]
fn a_correction_stands_on_the_page_in_the_feeds_and_in_the_data_for_machines() {
    tell(async |magazine| {
        let ann = at_the_desk(&magazine, Role::Editor).await;
        let article = ann.begin("Ferry saved", "<p>Hannah Kowalczik saved the ferry.</p>").await;
        let path = format!("/articles/{}", text(&article["id"]));
        let public = ann.post(&format!("{path}/publish"), json!({ "version": article["version"] })).await;
        let url = text(&public["url"]).strip_prefix("https://lantern.example").unwrap().to_owned();
        magazine.get("/corrections/").await.has("Nothing was corrected yet.");

        let saved = ann.write(&public, "Ferry saved", "<p>Hannah Kowalczyk saved the ferry.</p>").await;
        let note = json!({ "kind": "correction", "text": "We misspelled Hannah Kowalczyk’s name." });
        let corrected = ann.post(&format!("{path}/save"), json!({ "version": saved["version"], "note": note })).await;
        assert_eq!(text(&corrected["notes"][0]["before"]), "Hannah Kowalczik saved the ferry.");
        assert_eq!(text(&corrected["notes"][0]["after"]), "Hannah Kowalczyk saved the ferry.");
        assert_eq!(text(&corrected["notes"][0]["by"]), "Editor Lee");
        let page = magazine.get(&url).await;
        page.has("We misspelled Hannah Kowalczyk’s name.")
            .has("CorrectionComment")
            .lacks("Kowalczik saved the ferry.</p>\n<p");
        for list in ["/corrections/", "/corrections/rss/", "/rss/"] {
            magazine.get(list).await.has("We misspelled Hannah Kowalczyk’s name.");
        }

        let saved = ann.write(&corrected, "Ferry saved", "<p>Hannah Kowalczyk saved the ferry again.</p>").await;
        let typo = json!({ "version": saved["version"], "note": { "kind": "typo", "text": "" } });
        let typo = ann.post(&format!("{path}/save"), typo).await;
        assert_eq!(typo["notes"].as_array().unwrap().len(), 2, "the newsroom knows");
        magazine.get(&url).await.has("again").lacks("What changed</summary><p><del>Hannah Kowalczyk saved");
        let empty = json!({ "version": typo["version"], "note": { "kind": "correction", "text": " " } });
        assert_eq!(ann.ask("POST", &format!("{path}/save"), empty).await.status, 422);
    });
}

#[test]
fn the_last_act_is_taken_back_within_a_minute() {
    tell(async |magazine| {
        let ann = at_the_desk(&magazine, Role::Editor).await;
        let article = ann.begin("Ferry saved", "<p>The ferry is saved.</p>").await;
        let path = format!("/articles/{}", text(&article["id"]));
        let public = ann.post(&format!("{path}/publish"), json!({ "version": article["version"] })).await;
        let url = text(&public["url"]).strip_prefix("https://lantern.example").unwrap().to_owned();
        assert_eq!(text(&public["undo"]["verb"]), "published");
        let draft = ann.post(&format!("{path}/undo"), json!({ "version": public["version"] })).await;
        assert_eq!(text(&draft["status"]), "draft");
        assert_eq!(magazine.get(&url).await.status, 404);

        let public = ann.post(&format!("{path}/publish"), json!({ "version": draft["version"] })).await;
        magazine.get(&url).await.has("The ferry is saved.");
        let gone =
            ann.post(&format!("{path}/withdraw"), json!({ "version": public["version"], "reason": "wrong" })).await;
        assert_eq!(magazine.get(&url).await.status, 410);
        let back = ann.post(&format!("{path}/undo"), json!({ "version": gone["version"] })).await;
        assert_eq!(text(&back["status"]), "published");
        magazine.get(&url).await.has("The ferry is saved.");
        magazine.app.clock.advance(jiff::SignedDuration::from_secs(61));
        let late = ann.ask("POST", &format!("{path}/undo"), json!({ "version": back["version"] })).await;
        assert_eq!(late.status, 422);
    });
}

#[test]
fn a_section_that_moves_takes_its_articles_along_and_every_address_redirects() {
    tell(async |magazine| {
        let ann = at_the_desk(&magazine, Role::Editor).await;
        magazine.publish("Ferry saved", "politics/ferries", "<p>Saved.</p>").await;
        magazine.publish("Bridge opened", "transport", "<p>Opened.</p>").await;
        let moved = ann.post("/sections/move", json!({ "from": "politics", "to": "transport" })).await;
        assert_eq!(moved["moved"], 1);
        let at = magazine.get("/politics/ferries/ferry-saved/").await;
        assert_eq!((at.status.as_u16(), at.header("location")), (301, "/transport/ferries/ferry-saved/"));
        magazine.get("/transport/ferries/ferry-saved/").await.has("Saved.");
        for (old, new) in [
            ("/politics/", "/transport/"),
            ("/politics/ferries/", "/transport/ferries/"),
            ("/politics/rss/", "/transport/rss/"),
            ("/politics/feed.json", "/transport/feed.json"),
            ("/politics/page/2/", "/transport/"),
        ] {
            let answer = magazine.get(old).await;
            assert_eq!((answer.status.as_u16(), answer.header("location")), (301, new), "{old}");
        }
        let into_itself = json!({ "from": "transport", "to": "transport/ferries" });
        assert_eq!(ann.ask("POST", "/sections/move", into_itself).await.status, 422);
    });
}

#[test]
fn two_tags_and_two_people_become_one() {
    tell(async |magazine| {
        let ann = at_the_desk(&magazine, Role::Editor).await;
        let (one, two) = (
            ann.post("/tags", json!({ "name": "Ferry" })).await,
            ann.post("/tags", json!({ "name": "Ferries" })).await,
        );
        let article = ann.begin("Ferry saved", "<p>“This ferry is ours and it will stay,” said Hannah Kowalczyk.</p><p>“It was never for sale at any price,” said Hanna Kowalczik.</p>").await;
        let path = format!("/articles/{}", text(&article["id"]));
        let mut papers = article["papers"].clone();
        papers["tags"] = json!([{ "id": one["id"], "name": "Ferry" }]);
        let saved =
            AtTheDesk::good(ann.ask("PUT", &path, json!({ "version": article["version"], "papers": papers })).await);
        let public = json!({ "version": saved["version"], "sign": "as it is" });
        ann.post(&format!("{path}/publish"), public).await;

        ann.post(&format!("/tags/{}/merge", text(&one["id"])), json!({ "into": two["id"] })).await;
        assert_eq!(ann.get(&path).await["papers"]["tags"], json!([{ "id": two["id"], "name": "Ferries" }]));
        assert_eq!(ann.get("/tags").await["items"].as_array().unwrap().len(), 1);

        let people = ann.get("/people?q=kowal").await;
        let id = |name: &str| {
            let found = people["items"].as_array().unwrap().iter().find(|person| person["name"] == name);
            text(&found.unwrap_or_else(|| panic!("{name} in {people}"))["id"]).to_owned()
        };
        let (wrong, right) = (id("Hanna Kowalczik"), id("Hannah Kowalczyk"));
        let preview = ann.post(&format!("/people/{wrong}/merge"), json!({ "into": right, "preview": true })).await;
        assert_eq!(preview["statements"], 1);
        ann.post(&format!("/people/{wrong}/merge"), json!({ "into": right })).await;
        let sheet = ann.get(&format!("/people/{right}")).await;
        assert_eq!((sheet["statements"].as_i64(), sheet["said"].as_array().unwrap().len()), (Some(2), 2));
        assert!(sheet["spellings"].to_string().contains("hanna kowalczik"));
        magazine.get("/record/hannah-kowalczyk/").await.has("never for sale");
    });
}

#[test]
fn an_editor_confirms_a_quotation_and_says_whose_it_is() {
    tell(async |magazine| {
        let ann = at_the_desk(&magazine, Role::Editor).await;
        let html = "<p>“This ferry is ours and it will stay,” said the chairwoman on Monday.</p>";
        let article = ann.begin("Ferry saved", html).await;
        let path = format!("/articles/{}", text(&article["id"]));
        let checked = json!({ "papers": article["papers"], "body": article["body"] });
        let checked = ann.post(&format!("{path}/check"), checked).await;
        let said = &checked["statements"][0];
        assert_eq!((text(&said["words"]), text(&said["state"])), ("This ferry is ours and it will stay", "proposed"));
        let decide = json!({ "decision": "confirmed", "speaker": "Hannah Kowalczyk" });
        let decided = ann.post(&format!("{path}/statements/{}", text(&said["id"])), decide).await;
        assert_eq!((text(&decided["state"]), text(&decided["person"]["name"])), ("confirmed", "Hannah Kowalczyk"));
        let now = ann.get(&path).await;
        ann.post(&format!("{path}/publish"), json!({ "version": now["version"], "sign": "seen" })).await;
        magazine.get("/record/hannah-kowalczyk/").await.has("This ferry is ours and it will stay");
    });
}

#[test]
fn a_picture_comes_with_its_rights_and_an_svg_does_not_come_at_all() {
    tell(async |magazine| {
        let ann = at_the_desk(&magazine, Role::Contributor).await;
        let upload = async |name: &str, bytes: Vec<u8>| {
            let request = Request::post(format!("/desk/api/pictures?name={name}"))
                .header(header::COOKIE, format!("__Host-masthead={}", ann.token))
                .header("x-masthead", "desk");
            magazine.send(request.body(Body::from(bytes)).unwrap()).await
        };
        let mut png = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(8, 6).write_to(&mut png, image::ImageFormat::Png).unwrap();
        let png = png.into_inner();
        let made = upload("..%2F%22%3E%3Cimg%20src%3Dx%3E.png", png.clone()).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let picture = made.json();
        let src = text(&picture["src"]).to_owned();
        assert!(src.starts_with("/content/images/") && !src.contains('<') && src.ends_with(".png"), "{src}");
        assert_eq!(magazine.get(&src).await.header("content-type"), "image/png");
        let again = upload("..%2F%22%3E%3Cimg%20src%3Dx%3E.png", png).await.json();
        assert_ne!(again["src"], picture["src"], "nothing is written over");
        for (name, bytes) in [
            ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec()),
            ("a.png", b"<html><script>alert(1)</script>".to_vec()),
            ("a.png", Vec::new()),
        ] {
            let refused = upload(name, bytes).await;
            assert_eq!(refused.status, 422, "{name}: {}", refused.text());
        }
        let path = format!("/pictures/{}", text(&picture["id"]));
        let said = json!({ "alt": "A ferry", "credit": { "text": "", "creator": "Ben Shaw", "licence": "cc-by-4.0" } });
        let said = AtTheDesk::good(ann.ask("PUT", &path, said).await);
        assert!(text(&said["credit"]["text"]).starts_with("Ben Shaw / CC BY 4.0"), "{said}");
        let unknown = json!({ "credit": { "text": "x", "licence": "no-such-licence" } });
        assert_eq!(ann.ask("PUT", &path, unknown).await.status, 422);
    });
}

#[test]
fn a_setting_shows_its_default_and_who_changed_it_and_nonsense_is_refused() {
    tell(async |magazine| {
        let owner = at_the_desk(&magazine, Role::Owner).await;
        let changed = owner.ask("PUT", "/settings/description", json!({ "value": "News of the coast" })).await.json();
        let row = changed.as_array().unwrap().iter().find(|row| row["name"] == "description").unwrap().clone();
        assert_eq!(
            (text(&row["value"]), text(&row["default"]), text(&row["changed_by"])),
            ("News of the coast", "", "Owner Lee")
        );
        magazine.get("/").await.has("News of the coast");
        for (name, value) in [
            ("title", json!("  ")),
            ("timezone", json!("Mars/Olympus")),
            ("permalink", json!("no slash")),
            ("accent_color", json!("red; }")),
            ("record_confidence", json!(200)),
            ("navigation", json!("a text")),
        ] {
            let refused = owner.ask("PUT", &format!("/settings/{name}"), json!({ "value": value })).await;
            assert_eq!(refused.status, 422, "{name}: {}", refused.text());
        }
        assert_eq!(owner.ask("PUT", "/settings/theme", json!({ "value": "x" })).await.status, 404);
    });
}

#[test]
fn the_desk_needs_a_session_and_no_answer_of_it_is_kept_by_anybody() {
    tell(async |magazine| {
        for path in ["/desk/", "/desk/articles/1/", "/desk/settings/"] {
            let answer = magazine.get(path).await;
            assert_eq!(answer.status, 303, "{path}");
            assert!(answer.header("location").starts_with("/desk/sign-in/?to="), "{path}");
        }
        let ann = at_the_desk(&magazine, Role::Owner).await;
        for path in ["/me", "/articles", "/staff", "/settings", "/acts", "/nothing-here"] {
            let answer = ann.ask("GET", path, Value::Null).await;
            assert!(answer.header("cache-control").contains("no-store"), "{path}: {}", answer.header("cache-control"));
        }
        let refused = magazine.get("/desk/api/me").await;
        assert!(refused.status == 401 && refused.header("cache-control").contains("no-store"));
        let _: Id = ann.staff.id.clone();
    });
}

#[test]
fn nobody_becomes_an_author_by_taking_their_name() {
    tell(async |magazine| {
        let ann = at_the_desk(&magazine, Role::Editor).await;
        let article = ann.begin("Ferry saved", "<p>The ferry is saved.</p>").await;
        let known = article["papers"]["authors"][0].clone();
        let thief = at_the_desk(&magazine, Role::Author).await;
        thief.ask("PUT", "/me", json!({ "name": known["name"] })).await;
        let own = thief.post("/articles", json!({ "headline": "Hijack" })).await;
        assert_ne!(own["papers"]["authors"][0]["id"], known["id"]);
        let path = format!("/articles/{}", text(&article["id"]));
        assert_eq!(thief.get(&path).await["may"]["edit"], false);
    });
}

#[test]
fn words_of_an_article_are_judged_where_they_stand_and_by_those_who_may() {
    tell(async |magazine| {
        let html = "<p>“This ferry is ours and it will stay,” said Hannah Kowalczyk on Monday.</p>";
        let ann = at_the_desk(&magazine, Role::Editor).await;
        let article = ann.begin("Ferry saved", html).await;
        let path = format!("/articles/{}", text(&article["id"]));
        let sign = json!({ "version": article["version"], "sign": "seen" });
        ann.post(&format!("{path}/publish"), sign).await;
        let checked = json!({ "papers": article["papers"], "body": article["body"] });
        let said = text(&ann.post(&format!("{path}/check"), checked).await["statements"][0]["id"]).to_owned();
        let reject = json!({ "decision": "rejected", "speaker": "Invented Person" });

        let author = at_the_desk(&magazine, Role::Author).await;
        let other = author.post("/articles", json!({ "headline": "Mine" })).await;
        let elsewhere = format!("/articles/{}/statements/{said}", text(&other["id"]));
        assert_eq!(author.ask("POST", &elsewhere, reject.clone()).await.status, 404, "it does not stand there");
        author.write(&other, "Mine", html).await;
        assert_eq!(author.ask("POST", &elsewhere, reject).await.status, 403, "nor are the words theirs alone");
        magazine.get("/record/hannah-kowalczyk/").await.has("will stay");
        assert_eq!(magazine.get("/record/invented-person/").await.status, 404);
    });
}

#[test]
fn what_the_clock_will_publish_is_signed_like_what_goes_out_now() {
    tell(async |magazine| {
        let ann = at_the_desk(&magazine, Role::Editor).await;
        let article = ann.begin("Ferry saved", "<p>The ferry is saved.</p>").await;
        let path = format!("/articles/{}", text(&article["id"]));
        let when = magazine.app.now().as_millisecond() + 60_000;
        let set = ann.post(&format!("{path}/schedule"), json!({ "version": article["version"], "when": when })).await;
        let broken = "<p>“We could not let it go, said Hannah Kowalczyk of the ferry.</p><p>It goes on.</p>";
        magazine.app.clock.advance(jiff::SignedDuration::from_secs(30));
        let saved = ann.write(&set, "Ferry saved", broken).await;
        let refused = ann.ask("POST", &format!("{path}/save"), json!({ "version": saved["version"] })).await;
        assert_eq!((refused.status.as_u16(), text(&refused.json()["error"])), (422, "unsigned"));
        magazine.app.clock.advance(jiff::SignedDuration::from_secs(60));
        masthead::jobs::clock::publish_all_due(&magazine.app).await.unwrap();
        let public = ann.get(&path).await;
        assert_eq!((text(&public["status"]), public["has_changes"].as_bool()), ("published", Some(true)));
        magazine.get("/politics/ferry-saved/").await.has("The ferry is saved.").lacks("let it go");
        let again = json!({ "version": public["version"], "when": when + 600_000 });
        assert_eq!(
            ann.ask("POST", &format!("{path}/schedule"), again).await.status,
            422,
            "what is public is not scheduled"
        );
    });
}

#[test]
fn a_tag_that_is_merged_overtakes_nobodys_words() {
    tell(async |magazine| {
        let ann = at_the_desk(&magazine, Role::Editor).await;
        let (one, two) =
            (ann.post("/tags", json!({ "name": "Ferry" })).await, ann.post("/tags", json!({ "name": "Boats" })).await);
        let article = ann.begin("Ferry saved", "<p>Words that nobody has seen.</p>").await;
        let path = format!("/articles/{}", text(&article["id"]));
        let mut papers = article["papers"].clone();
        papers["tags"] = json!([{ "id": one["id"], "name": "Ferry" }]);
        let saved =
            AtTheDesk::good(ann.ask("PUT", &path, json!({ "version": article["version"], "papers": papers })).await);
        let kept = ann.post(&format!("{path}/save"), json!({ "version": saved["version"] })).await;
        ann.write(&kept, "Ferry saved", "<p>Words that nobody has seen, and more.</p>").await;
        ann.post(&format!("/tags/{}/merge", text(&one["id"])), json!({ "into": two["id"] })).await;
        let now = ann.get(&path).await;
        assert!(text(&now["body"]).contains("and more"), "{now}");
        assert_eq!(now["papers"]["tags"][0]["id"], two["id"]);
    });
}

#[test]
fn two_drafts_that_chose_one_slug_both_get_an_address() {
    tell(async |magazine| {
        let ann = at_the_desk(&magazine, Role::Editor).await;
        let (one, two) = (ann.begin("First", "<p>One.</p>").await, ann.begin("Second", "<p>Two.</p>").await);
        let mut urls = Vec::new();
        let mut saved = Vec::new();
        for article in [&one, &two] {
            let mut papers = article["papers"].clone();
            papers["slug"] = "ferry".into();
            let path = format!("/articles/{}", text(&article["id"]));
            let sent = json!({ "version": article["version"], "papers": papers });
            saved.push((path.clone(), AtTheDesk::good(ann.ask("PUT", &path, sent).await)));
        }
        for (path, saved) in saved {
            let public = ann.post(&format!("{path}/publish"), json!({ "version": saved["version"] })).await;
            urls.push(text(&public["url"]).to_owned());
        }
        assert_eq!(urls, ["https://lantern.example/politics/ferry/", "https://lantern.example/politics/ferry-2/"]);
    });
}
