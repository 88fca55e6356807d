//! The desk's pages without script: signing in and out, passwords, the first owner.
//! Their HTML is in templates of their own, `crates/masthead/desk/`.

use std::sync::{Arc, PoisonError};

use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use http::{HeaderMap, StatusCode, header};
use news::{Staff, Verb, limits, staff as rules};
use serde::Deserialize;
use theme::{Map, Value};

use super::page::{CODE, FIRST, JOIN, MESSAGE, RESET, SIGN_IN, draw};
use super::refusal::sentence;
use super::session::{cookie, is_foreign, token};
use super::tries::Tries;
use crate::App;
use crate::actions::sign_in::{self, Asker, Door};
use crate::actions::staff::{self, Joined};
use crate::actions::{ActError, By, configure};

/// The doors.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/desk/sign-in/", get(ask_password).post(take_password))
        .route("/desk/sign-in/code/", get(ask_code).post(take_code))
        .route("/desk/sign-out/", post(sign_out))
        .route("/desk/reset/", get(ask_reset).post(take_reset))
        .route("/desk/join/{token}/", get(show).post(join))
        .route("/desk/first/{token}/", get(ask_first).post(take_first))
}

#[derive(Deserialize)]
struct To {
    to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Credentials {
    email: String,
    password: String,
    to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    code: String,
    to: Option<String>,
}

/// Asks for address and password.
async fn ask_password(State(app): State<Arc<App>>, Query(to): Query<To>) -> Response {
    sign_in_form(&app, "", &home(to.to), None, StatusCode::OK).await
}

async fn take_password(
    State(app): State<Arc<App>>,
    asker: Asker,
    headers: HeaderMap,
    Form(given): Form<Credentials>,
) -> Response {
    if is_foreign(&app, &headers) {
        return foreign(&app).await;
    }
    let to = home(given.to);
    match sign_in::with_password(&app, &given.email, &given.password, &asker).await {
        Ok(Door::Open(token)) => enter(&app, &token, &to),
        Ok(Door::NeedsCode(token)) => enter(&app, &token, &format!("/desk/sign-in/code/?to={}", encoded(&to))),
        Ok(Door::Closed) => {
            let words = "Address or password are not right.";
            sign_in_form(&app, &given.email, &to, Some(words), StatusCode::UNAUTHORIZED).await
        }
        Ok(Door::TooMany) => too_many(&app, &given.email, &to).await,
        Err(why) => failed(&app, why).await,
    }
}

async fn ask_code(State(app): State<Arc<App>>, Query(to): Query<To>) -> Response {
    code_form(&app, &home(to.to), None, StatusCode::OK).await
}

async fn take_code(State(app): State<Arc<App>>, asker: Asker, headers: HeaderMap, Form(given): Form<Code>) -> Response {
    if is_foreign(&app, &headers) {
        return foreign(&app).await;
    }
    let to = home(given.to);
    let Some(token) = token(&app, &headers) else { return Redirect::to("/desk/sign-in/").into_response() };
    match sign_in::with_code(&app, &token, &given.code, &asker).await {
        Ok(Door::Open(token)) => enter(&app, &token, &to),
        Ok(Door::TooMany) => too_many(&app, "", &to).await,
        Ok(_) => code_form(&app, &to, Some("This code is not right, or was used."), StatusCode::UNAUTHORIZED).await,
        Err(why) => failed(&app, why).await,
    }
}

async fn sign_out(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    if is_foreign(&app, &headers) {
        return foreign(&app).await;
    }
    if let Some(token) = token(&app, &headers)
        && let Err(why) = sign_in::sign_out(&app, &token).await
    {
        return failed(&app, why).await;
    }
    let mut response = Redirect::to("/desk/sign-in/").into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie(&app, None));
    // What the browser keeps of the desk's pages goes too.
    response.headers_mut().insert("clear-site-data", http::HeaderValue::from_static("\"cache\""));
    response
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reset {
    email: String,
}

async fn ask_reset(State(app): State<Arc<App>>) -> Response {
    draw(&app, RESET, Map::from([("title", Value::from("A new password"))]), StatusCode::OK).await
}

/// The answer is the same for every address, so that nobody learns who is on the staff.
async fn take_reset(
    State(app): State<Arc<App>>,
    asker: Asker,
    headers: HeaderMap,
    Form(given): Form<Reset>,
) -> Response {
    if is_foreign(&app, &headers) {
        return foreign(&app).await;
    }
    let email = given.email.trim().to_lowercase();
    if !app.desk.tries.may(&Tries::account(&format!("reset {email}")), asker.address, app.now()) {
        return too_many(&app, "", HOME).await;
    }
    match store::staff::by_email(&app.store, &email).await {
        Ok(Some(member)) if !member.suspended => {
            let by = By::new(news::Actor::Command);
            match staff::new_link(&app, &member, Verb::ResetAsked, &by).await {
                Ok(token) => {
                    let link = app.url.with(&format!("/desk/join/{token}/"));
                    tracing::warn!("somebody asked for a new password for {email}; the link works once: {link}");
                }
                Err(why) => return failed(&app, why).await,
            }
        }
        Ok(_) => {}
        Err(why) => return failed(&app, why.into()).await,
    }
    let sentence = "If this address belongs to somebody of the staff, a link was made. Without a mail server it stands in the server’s log.";
    message(&app, StatusCode::OK, sentence).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Password {
    password: String,
    again: String,
}

/// Asks for a password; looking does not use the link up.
async fn show(State(app): State<Arc<App>>, Path(token): Path<String>) -> Response {
    match staff::invited(&app, &token).await {
        Ok(Some(member)) => join_form(&app, &member, None, StatusCode::OK).await,
        Ok(None) => over(&app).await,
        Err(why) => failed(&app, why).await,
    }
}

/// Takes the password, and lets in whoever needs no second factor.
async fn join(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(given): Form<Password>,
) -> Response {
    if is_foreign(&app, &headers) {
        return foreign(&app).await;
    }
    let member = match staff::invited(&app, &token).await {
        Ok(Some(member)) => member,
        Ok(None) => return over(&app).await,
        Err(why) => return failed(&app, why).await,
    };
    if given.password != given.again {
        let words = "The two passwords differ.";
        return join_form(&app, &member, Some(words), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    match staff::join(&app, &token, &given.password).await {
        Ok(Joined::Yes(member)) => let_in(&app, &member, &asker).await,
        Ok(Joined::Weak(why)) => {
            join_form(&app, &member, Some(&sentence(&why.to_string())), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Ok(Joined::NoLink) => over(&app).await,
        Err(why) => failed(&app, why).await,
    }
}

/// A link proves that somebody reads the mail, not that they hold the second factor.
async fn let_in(app: &Arc<App>, member: &Staff, asker: &Asker) -> Response {
    let factor = match store::staff::totp(&app.store, member.id.as_str()).await {
        Ok(factor) => factor,
        Err(why) => return failed(app, why.into()).await,
    };
    if member.suspended || factor.is_some_and(|factor| factor.totp_is_on) {
        let words = format!("The password for {} is set. This link has done its work.", member.email);
        return message_with(app, StatusCode::OK, &words, Some(("/desk/sign-in/", "Sign in"))).await;
    }
    match sign_in::let_in(app, member, asker).await {
        Ok(token) => enter(app, &token, HOME),
        Err(why) => failed(app, why).await,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct First {
    magazine: String,
    name: String,
    email: String,
    password: String,
    again: String,
}

async fn ask_first(State(app): State<Arc<App>>, Path(token): Path<String>) -> Response {
    if !is_first(&app, &token) {
        return over(&app).await;
    }
    let title = app.settings().await.map(|settings| settings.title).unwrap_or_default();
    first_form(&app, &title, "", "", None).await
}

async fn take_first(
    State(app): State<Arc<App>>,
    asker: Asker,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(given): Form<First>,
) -> Response {
    if is_foreign(&app, &headers) {
        return foreign(&app).await;
    }
    if !is_first(&app, &token) {
        return over(&app).await;
    }
    let again = async |why: &str| first_form(&app, &given.magazine, &given.name, &given.email, Some(why)).await;
    let magazine = given.magazine.trim();
    if magazine.is_empty() || magazine.chars().count() > limits::NAME_CHARACTERS {
        return again("The magazine needs a name.").await;
    }
    if given.password != given.again {
        return again("The two passwords differ.").await;
    }
    // Of ten who use the link at once one has it; it is put back if nothing came of it.
    let link = app.desk.first.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(link) = link else { return over(&app).await };
    let put_back = || *app.desk.first.lock().unwrap_or_else(PoisonError::into_inner) = Some(link.clone());
    let owner = match staff::first_owner(&app, &given.email, &given.name, &given.password).await {
        Ok(Some(owner)) => owner,
        Ok(None) => return over(&app).await,
        Err(ActError::Field(why)) => {
            put_back();
            return again(&sentence(&why)).await;
        }
        Err(why) => {
            put_back();
            return failed(&app, why).await;
        }
    };
    let settings = app.settings().await.unwrap_or_default();
    if settings.title != magazine {
        let settings = news::Settings { title: magazine.to_owned(), ..settings };
        let by = By::new(news::Actor::Staff(owner.id.clone()));
        if let Err(why) = configure::configure(&app, &settings, &by).await {
            return failed(&app, why).await;
        }
    }
    let_in(&app, &owner, &asker).await
}

fn is_first(app: &App, token: &str) -> bool {
    let first = app.desk.first.lock().unwrap_or_else(PoisonError::into_inner);
    first.as_deref() == Some(&crate::auth::token_hash(token))
}

/// Where somebody lands who asked for nothing else.
const HOME: &str = "/desk/";

/// A place of the desk to go to: never another host, never outside the desk.
fn home(to: Option<String>) -> String {
    let plain = |to: &String| {
        to.starts_with(HOME) && !to.contains("..") && !to.contains(|c: char| c.is_control() || "\\\"<>".contains(c))
    };
    to.filter(plain).unwrap_or_else(|| HOME.to_owned())
}

/// A place as it stands in a query.
pub(super) fn encoded(to: &str) -> String {
    percent_encoding::utf8_percent_encode(to, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// Hands out the cookie and leads on.
fn enter(app: &App, token: &str, to: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie(app, Some(token)));
    response
}

async fn sign_in_form(app: &App, email: &str, to: &str, complaint: Option<&str>, status: StatusCode) -> Response {
    let values = Map::from([
        ("title", Value::from("Sign in")),
        ("email", email.into()),
        ("to", to.into()),
        ("longest", (rules::LONGEST_PASSWORD as i64).into()),
        ("passkeys", super::api::PASSKEYS.into()),
        ("complaint", complaint.into()),
    ]);
    draw(app, SIGN_IN, values, status).await
}

async fn code_form(app: &App, to: &str, complaint: Option<&str>, status: StatusCode) -> Response {
    let values =
        Map::from([("title", Value::from("One more step")), ("to", to.into()), ("complaint", complaint.into())]);
    draw(app, CODE, values, status).await
}

async fn join_form(app: &App, member: &Staff, complaint: Option<&str>, status: StatusCode) -> Response {
    let values = Map::from([
        ("title", Value::from("Choose a password")),
        ("name", member.name.as_str().into()),
        ("email", member.email.as_str().into()),
        ("shortest", (rules::SHORTEST_PASSWORD as i64).into()),
        ("longest", (rules::LONGEST_PASSWORD as i64).into()),
        ("complaint", complaint.into()),
    ]);
    draw(app, JOIN, values, status).await
}

async fn first_form(app: &App, magazine: &str, name: &str, email: &str, complaint: Option<&str>) -> Response {
    let values = Map::from([
        ("title", Value::from("Your magazine")),
        ("magazine", magazine.into()),
        ("name", name.into()),
        ("email", email.into()),
        ("shortest", (rules::SHORTEST_PASSWORD as i64).into()),
        ("longest", (rules::LONGEST_PASSWORD as i64).into()),
        ("complaint", complaint.into()),
    ]);
    let status = if complaint.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    draw(app, FIRST, values, status).await
}

async fn too_many(app: &App, email: &str, to: &str) -> Response {
    let words = "Too many tries. Wait a quarter of an hour.";
    sign_in_form(app, email, to, Some(words), StatusCode::TOO_MANY_REQUESTS).await
}

async fn foreign(app: &App) -> Response {
    message(app, StatusCode::FORBIDDEN, "This form was sent from another site.").await
}

async fn over(app: &App) -> Response {
    let sentence = "This link was used already, or is too old, or was never made. \
                    Whoever runs the server can make a new one with “masthead staff add”.";
    message(app, StatusCode::NOT_FOUND, sentence).await
}

async fn failed(app: &App, why: ActError) -> Response {
    let number = crate::app::random_hex::<4>();
    tracing::error!("error {number}: {why}");
    let sentence = format!("The server failed; its log has the reason under number {number}.");
    message(app, StatusCode::INTERNAL_SERVER_ERROR, &sentence).await
}

async fn message(app: &App, status: StatusCode, sentence: &str) -> Response {
    message_with(app, status, sentence, None).await
}

/// A sentence, with the way on where there is one.
pub(super) async fn message_with(
    app: &App,
    status: StatusCode,
    sentence: &str,
    next: Option<(&str, &str)>,
) -> Response {
    let title = if status.is_success() { "Done" } else { "That did not work" };
    let values = Map::from([
        ("title", Value::from(title)),
        ("sentence", sentence.into()),
        ("next", next.map(|(path, _)| path).into()),
        ("next_words", next.map(|(_, words)| words).into()),
    ]);
    draw(app, MESSAGE, values, status).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_nowhere_but_to_the_desk() {
        let lead = |to: &str| home(Some(to.into()));
        assert_eq!(lead("/desk/articles/1/?tab=checks"), "/desk/articles/1/?tab=checks");
        for elsewhere in ["//evil.example/", "https://evil.example/", "/", "/desk/../", "/desk\\evil", "/desk/\r\nX: 1"]
        {
            assert_eq!(lead(elsewhere), "/desk/", "{elsewhere}");
        }
    }
}
