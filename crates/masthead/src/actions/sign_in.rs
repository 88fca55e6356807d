//! Signing in: password, second factor, sessions.

use std::net::IpAddr;
use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use jiff::SignedDuration;
use news::{Act, Actor, Staff, Verb};
use sha1::Sha1;
use store::session::{self, Session};
use store::{Batch, Refused, act, staff};

use super::ActError;
use crate::App;
use crate::auth;
use crate::desk::tries::Tries;

/// A session ends when it was not used for so long.
pub const UNUSED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// A session that waits for the second factor waits so long.
pub const WAITS: SignedDuration = SignedDuration::from_mins(10);
/// How often a session's last use is written down.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// Longest name of a browser that is kept.
const AGENT: usize = 200;
/// How many recovery codes are made at a time.
const RECOVERY_CODES: usize = 10;

/// Who asks at the door.
#[derive(Clone, Debug)]
pub struct Asker {
    /// From where; nobody knows in a test.
    pub address: Option<IpAddr>,
    /// With which browser, in its own words.
    pub agent: String,
}

/// What became of an attempt to sign in.
#[derive(Debug)]
pub enum Door {
    /// It is open: the session's token, for the cookie.
    Open(String),
    /// The second factor is asked for; the token opens nothing yet.
    NeedsCode(String),
    /// Address or password are wrong, or the person is suspended. Nobody is told which.
    Closed,
    /// Too many tries.
    TooMany,
}

/// Signs in with a password.
pub async fn with_password(app: &Arc<App>, email: &str, password: &str, asker: &Asker) -> Result<Door, ActError> {
    let email = email.trim().to_lowercase();
    if !app.desk.tries.may(&Tries::account(&email), asker.address, app.now()) {
        return Ok(Door::TooMany);
    }
    let row = staff::row_by_email(&app.store, &email).await?;
    let hash = row.as_ref().and_then(|row| row.password_hash.clone());
    let known = row.as_ref().map(|row| row.id.clone());
    let is_right = auth::check_password(password.to_owned(), hash).await;
    let Some(row) = row.filter(|row| is_right && !row.suspended) else {
        // Only for accounts that there are: a stranger's guesses must not fill the record. Beside the answer, whose
        // time must not tell who is there.
        if let Some(known) = known {
            let reason = asker.address.map(|address| format!("from {address}"));
            let act = Act { actor: Actor::Command, verb: Verb::TurnedAway, subject: known, at: app.now(), reason };
            let app = app.clone();
            tokio::spawn(async move {
                let mut batch = Batch::new();
                batch.push(act::add(&act));
                if let Err(why) = app.store.commit(batch).await {
                    tracing::error!("the record of acts lacks that somebody was turned away: {why}");
                }
            });
        }
        return Ok(Door::Closed);
    };
    if !row.totp_is_on {
        app.desk.tries.forget(&Tries::account(&email));
    }
    let Some(member) = staff::by_id(&app.store, &row.id).await? else { return Ok(Door::Closed) };
    let token = begin(app, &member, asker, row.totp_is_on).await?;
    Ok(if row.totp_is_on { Door::NeedsCode(token) } else { Door::Open(token) })
}

/// Opens a session that waits for its second factor, with a one-time code or a recovery code.
pub async fn with_code(app: &Arc<App>, token: &str, code: &str, asker: &Asker) -> Result<Door, ActError> {
    let hash = auth::token_hash(token);
    let Some(waiting) = session::by_hash(&app.store, &hash).await?.filter(|session| session.waits) else {
        return Ok(Door::Closed);
    };
    // Counted by person: a new session gives nobody new tries.
    let tries = Tries::code(waiting.staff.id.as_str());
    if !app.desk.tries.may(&tries, asker.address, app.now()) {
        let mut batch = Batch::new();
        batch.push(session::end(&hash));
        app.store.commit(batch).await?;
        return Ok(Door::TooMany);
    }
    if waiting.made_at + (WAITS.as_millis() as i64) < app.now().as_millisecond() {
        return Ok(Door::Closed);
    }
    let Some(used) = second_factor(app, &waiting.staff, code).await? else { return Ok(Door::Closed) };
    // The old token stood in a cookie before the second factor was given: the open session gets another.
    let token = auth::new_token();
    let mut batch = Batch::new();
    batch.must(used);
    batch.must(session::end(&hash));
    enter(app, &mut batch, &waiting.staff, &token, asker, false);
    match app.store.commit(batch).await {
        Ok(()) => {
            app.desk.tries.forget(&tries);
            app.desk.tries.forget(&Tries::account(&waiting.staff.email));
            Ok(Door::Open(token))
        }
        Err(Refused::Stale | Refused::Taken) => Ok(Door::Closed),
        Err(broken) => Err(broken.into()),
    }
}

/// Opens a session for somebody who has proved who they are in another way: a passkey, a one-time link.
pub async fn let_in(app: &Arc<App>, member: &Staff, asker: &Asker) -> Result<String, ActError> {
    begin(app, member, asker, false).await
}

async fn begin(app: &Arc<App>, member: &Staff, asker: &Asker, waits: bool) -> Result<String, ActError> {
    let token = auth::new_token();
    let mut batch = Batch::new();
    enter(app, &mut batch, member, &token, asker, waits);
    app.store.commit(batch).await?;
    Ok(token)
}

fn enter(app: &App, batch: &mut Batch, member: &Staff, token: &str, asker: &Asker, waits: bool) {
    let (id, now) = (member.id.as_str(), app.now());
    let agent: String = asker.agent.chars().filter(|c| !c.is_control()).take(AGENT).collect();
    for old in session::tidy(now - UNUSED, now - WAITS) {
        batch.push(old);
    }
    batch.push(session::add(&auth::token_hash(token), app.new_id().as_str(), id, now.as_millisecond(), &agent, waits));
    if !waits {
        batch.push(staff::seen(id, now.as_millisecond()));
        let reason = asker.address.map(|address| format!("from {address}"));
        let actor = Actor::Staff(member.id.clone());
        batch.push(act::add(&Act { actor, verb: Verb::SignedIn, subject: id.to_owned(), at: now, reason }));
    }
}

/// The open session of a token, and that it was used just now.
pub async fn session(app: &App, token: &str) -> Result<Option<Session>, ActError> {
    let hash = auth::token_hash(token);
    let Some(found) = session::by_hash(&app.store, &hash).await? else { return Ok(None) };
    let now = app.now().as_millisecond();
    if found.waits || found.seen_at + (UNUSED.as_millis() as i64) < now {
        return Ok(None);
    }
    if found.seen_at + (SEEN_EVERY.as_millis() as i64) < now {
        let mut batch = Batch::new();
        batch.push(session::seen(&hash, now));
        batch.push(staff::seen(found.staff.id.as_str(), now));
        app.store.commit(batch).await?;
    }
    Ok(Some(found))
}

/// Ends a session.
pub async fn sign_out(app: &App, token: &str) -> Result<(), ActError> {
    let hash = auth::token_hash(token);
    let found = session::by_hash(&app.store, &hash).await?;
    let mut batch = Batch::new();
    batch.push(session::end(&hash));
    if let Some(found) = &found {
        let actor = Actor::Staff(found.staff.id.clone());
        let subject = found.staff.id.to_string();
        batch.push(act::add(&Act { actor, verb: Verb::SignedOut, subject, at: app.now(), reason: None }));
    }
    app.store.commit(batch).await?;
    if let Some(found) = found {
        app.desk.hub.ended(&found.staff.id);
    }
    Ok(())
}

/// The write that uses a second factor up, if the code is right.
async fn second_factor(app: &App, member: &Staff, code: &str) -> Result<Option<store::Statement>, ActError> {
    let id = member.id.as_str();
    let code: String = code.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_lowercase();
    let factor = staff::totp(&app.store, id).await?;
    if let Some(secret) = factor.filter(|factor| factor.totp_is_on).and_then(|factor| factor.totp_secret)
        && let Some(step) = totp::step_of(&secret, &code, app.now().as_second())
    {
        return Ok(Some(staff::use_step(id, step)));
    }
    let hash = auth::token_hash(&code);
    let known = staff::recovery_codes(&app.store, id).await?.iter().any(|row| row.id == hash);
    Ok(known.then(|| staff::use_recovery_code(id, &hash)))
}

/// Begins a second factor: a secret for the authenticator. It counts from the first right code on.
pub async fn propose_totp(app: &App, member: &Staff) -> Result<String, ActError> {
    let secret = crate::app::random_hex::<20>();
    let mut batch = Batch::new();
    batch.must(staff::propose_totp(member.id.as_str(), &secret));
    app.store.commit(batch).await.map_err(|refused| match refused {
        Refused::Stale => ActError::Field("one-time codes are on already".into()),
        other => other.into(),
    })?;
    Ok(secret)
}

/// Turns one-time codes on with the first right one; answers the recovery codes, which are shown once.
pub async fn turn_totp_on(app: &App, member: &Staff, code: &str) -> Result<Option<Vec<String>>, ActError> {
    let id = member.id.as_str();
    if !app.desk.tries.may(&Tries::code(id), None, app.now()) {
        return Ok(None);
    }
    let Some(secret) = staff::totp(&app.store, id).await?.and_then(|factor| factor.totp_secret) else {
        return Ok(None);
    };
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let Some(step) = totp::step_of(&secret, &code, app.now().as_second()) else { return Ok(None) };
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| crate::app::random_hex::<8>()).collect();
    let mut batch = Batch::new();
    batch.must(staff::turn_totp_on(id, step));
    batch.push(staff::clear_recovery_codes(id));
    for code in &codes {
        batch.push(staff::add_recovery_code(id, &auth::token_hash(code)));
    }
    batch.push(factor_act(app, member, Verb::FactorAdded));
    app.store.commit(batch).await?;
    // In two halves, as people read them; the hyphen is not part of the code.
    Ok(Some(codes.iter().map(|code| format!("{}-{}", &code[..8], &code[8..])).collect()))
}

/// Turns one-time codes off.
pub async fn turn_totp_off(app: &App, member: &Staff) -> Result<(), ActError> {
    let mut batch = Batch::new();
    batch.push(staff::turn_totp_off(member.id.as_str()));
    batch.push(staff::clear_recovery_codes(member.id.as_str()));
    batch.push(factor_act(app, member, Verb::FactorRemoved));
    Ok(app.store.commit(batch).await?)
}

/// Whether this is the password of a member of staff; tries are counted.
pub async fn is_password(app: &App, member: &Staff, password: &str) -> Result<bool, ActError> {
    if !app.desk.tries.may(&Tries::account(&member.email), None, app.now()) {
        return Ok(false);
    }
    let hash = staff::row_by_id(&app.store, member.id.as_str()).await?.and_then(|row| row.password_hash);
    let is_right = auth::check_password(password.to_owned(), hash).await;
    if is_right {
        app.desk.tries.forget(&Tries::account(&member.email));
    }
    Ok(is_right)
}

/// The act of adding or removing a factor.
pub fn factor_act(app: &App, member: &Staff, verb: Verb) -> store::Statement {
    let actor = Actor::Staff(member.id.clone());
    act::add(&Act { actor, verb, subject: member.id.to_string(), at: app.now(), reason: None })
}

/// One-time codes by time: RFC 6238 with SHA-1, six digits and steps of 30 seconds, which is what every authenticator
/// knows.
pub mod totp {
    use super::*;

    const STEP: i64 = 30;
    /// Steps that clocks may be apart.
    const SKEW: i64 = 1;

    /// The step whose code this is, if it is that of now or of its neighbours.
    pub fn step_of(secret_hex: &str, code: &str, now: i64) -> Option<i64> {
        let secret = bytes(secret_hex)?;
        let step = now / STEP;
        // Each is compared, so that the time tells nothing.
        (step - SKEW..=step + SKEW).fold(None, |found, step| {
            let is_right = auth::is_same(code.as_bytes(), at(&secret, step).as_bytes());
            if is_right { Some(step) } else { found }
        })
    }

    /// The code of a step: RFC 4226, section 5.3.
    pub fn at(secret: &[u8], step: i64) -> String {
        let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else { return String::new() };
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let offset = usize::from(hash[19] & 15);
        let number = u32::from_be_bytes([hash[offset], hash[offset + 1], hash[offset + 2], hash[offset + 3]]);
        format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
    }

    /// The secret in base 32 (RFC 4648), as authenticators take it.
    pub fn base32(secret_hex: &str) -> String {
        const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let (mut text, mut held, mut bits) = (String::new(), 0_u32, 0);
        for byte in bytes(secret_hex).unwrap_or_default() {
            held = held << 8 | u32::from(byte);
            bits += 8;
            while bits >= 5 {
                bits -= 5;
                text.push(char::from(LETTERS[(held >> bits & 31) as usize]));
            }
        }
        text
    }

    fn bytes(hex: &str) -> Option<Vec<u8>> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()).collect()
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_codes_are_those_of_the_specification() {
            // RFC 6238, appendix B, cut to six digits.
            let secret = b"12345678901234567890";
            for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
                assert_eq!(at(secret, second / STEP), code);
            }
        }

        #[test]
        fn a_code_of_the_step_before_is_right_and_one_of_an_hour_ago_is_not() {
            let hex: String = b"12345678901234567890".iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(step_of(&hex, "287082", 59 + 30), Some(1));
            assert_eq!(step_of(&hex, "287082", 59 + 3_600), None);
            assert_eq!(base32(&hex), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        }
    }
}
