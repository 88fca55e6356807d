//! Staff: invitations, passwords, keys.

use std::sync::Arc;

use news::key::Key;
use news::{Act, Role, Staff, Verb, limits, staff};
use store::{Batch, Refused, act};

use super::ActError;
use super::keep::By;
use crate::App;
use crate::app::random_hex;
use crate::auth;

/// Adds a member of staff and answers a one-time token for setting the
/// password. For an address that is there already, name and role are changed, a
/// new token is made and the old ones end.
pub async fn invite(app: &Arc<App>, email: &str, name: &str, role: Role, by: &By) -> Result<String, ActError> {
    let email = staff::email(email).map_err(|why| ActError::Field(why.to_string()))?;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > limits::NAME_CHARACTERS {
        return Err(ActError::Field(format!("a name has 1 to {} characters", limits::NAME_CHARACTERS)));
    }
    let now = app.now();
    let mut batch = Batch::new();
    let id = match store::staff::by_email(&app.store, &email).await? {
        Some(known) => {
            batch.push(store::staff::revoke(known.id.as_str()));
            batch.must(store::staff::describe(known.id.as_str(), name, role.word()));
            known.id
        }
        None => {
            let id = app.new_id();
            batch.must(store::staff::add(id.as_str(), &email, name, role.word(), None, now.as_millisecond()));
            id
        }
    };
    let token = auth::new_token();
    let until = auth::link_until(now).as_millisecond();
    batch.push(store::staff::invite(&auth::token_hash(&token), id.as_str(), until));
    let By { actor, reason } = by.clone();
    batch.push(act::add(&Act { actor, verb: Verb::Invited, subject: id.to_string(), at: now, reason }));
    app.store.commit(batch).await?;
    Ok(token)
}

/// Adds a member of staff with a password, or sets that of one who is there,
/// for those who set machines up by script. A password that is not taken adds nobody.
pub async fn add_with_password(
    app: &Arc<App>,
    email: &str,
    name: &str,
    role: Role,
    password: &str,
    by: &By,
) -> Result<(), ActError> {
    let hash = hashed(password).await?.map_err(|weak| ActError::Field(weak.to_string()))?;
    let token = invite(app, email, name, role, by).await?;
    match redeem(app, &token, &hash).await? {
        Joined::Yes(_) => Ok(()),
        _ => Err(ActError::Stale),
    }
}

/// What became of an attempt to set a password.
pub enum Joined {
    /// It is set.
    Yes(Staff),
    /// The password is not taken; the link still works.
    Weak(auth::WeakPassword),
    /// The link is unknown, used or too old.
    NoLink,
}

/// Whose link this is, if it still works.
pub async fn invited(app: &App, token: &str) -> Result<Option<Staff>, ActError> {
    let Some(invitation) = store::staff::invitation(&app.store, &auth::token_hash(token)).await? else {
        return Ok(None);
    };
    if invitation.expires_at < app.now().as_millisecond() {
        return Ok(None);
    }
    Ok(store::staff::by_id(&app.store, &invitation.staff_id).await?)
}

/// Sets a password with a one-time link. Of two who use one link, one wins.
pub async fn join(app: &Arc<App>, token: &str, password: &str) -> Result<Joined, ActError> {
    if invited(app, token).await?.is_none() {
        return Ok(Joined::NoLink); // before the hash, which costs some work
    }
    match hashed(password).await? {
        Ok(hash) => redeem(app, token, &hash).await,
        Err(weak) => Ok(Joined::Weak(weak)),
    }
}

async fn hashed(password: &str) -> Result<Result<String, auth::WeakPassword>, ActError> {
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || auth::hash_password(&password))
        .await
        .map_err(|why| ActError::Field(format!("the password could not be hashed: {why}")))
}

async fn redeem(app: &Arc<App>, token: &str, hash: &str) -> Result<Joined, ActError> {
    let Some(staff) = invited(app, token).await? else { return Ok(Joined::NoLink) };
    let mut batch = Batch::new();
    batch.must(store::staff::redeem(&auth::token_hash(token)));
    batch.push(store::staff::revoke(staff.id.as_str()));
    batch.must(store::staff::set_password(staff.id.as_str(), hash));
    let actor = news::Actor::Staff(staff.id.clone());
    let subject = staff.id.to_string();
    batch.push(act::add(&Act { actor, verb: Verb::PasswordSet, subject, at: app.now(), reason: None }));
    match app.store.commit(batch).await {
        Ok(()) => Ok(Joined::Yes(staff)),
        Err(Refused::Stale) => Ok(Joined::NoLink),
        Err(other) => Err(other.into()),
    }
}

/// Makes a key for the API.
pub async fn new_key(app: &App, name: &str, by: &By) -> Result<Key, ActError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > limits::NAME_CHARACTERS {
        return Err(ActError::Field(format!("a key's name has 1 to {} characters", limits::NAME_CHARACTERS)));
    }
    let key = Key { id: app.new_id(), name: name.to_owned(), content: random_hex::<13>(), secret: random_hex::<32>() };
    let now = app.now();
    let mut batch = Batch::new();
    batch.push(store::key::add(key.id.as_str(), &key.name, &key.content, &key.secret, now.as_millisecond()));
    let By { actor, reason } = by.clone();
    batch.push(act::add(&Act { actor, verb: Verb::KeyMade, subject: key.id.to_string(), at: now, reason }));
    app.store.commit(batch).await?;
    Ok(key)
}
