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
    auth::in_turn(move || auth::hash_password(&password))
        .await
        .ok_or_else(|| ActError::Field("too many passwords are being set just now; try again in a moment".into()))
}

async fn redeem(app: &Arc<App>, token: &str, hash: &str) -> Result<Joined, ActError> {
    let Some(staff) = invited(app, token).await? else { return Ok(Joined::NoLink) };
    let mut batch = Batch::new();
    batch.must(store::staff::redeem(&auth::token_hash(token)));
    batch.push(store::staff::revoke(staff.id.as_str()));
    batch.must(store::staff::set_password(staff.id.as_str(), hash));
    // Whoever had the old password is out at once.
    batch.push(store::session::end_all(staff.id.as_str()));
    // And who has a device of theirs: whoever lost a password may have lost that too.
    batch.push(store::passkey::remove_all(staff.id.as_str()));
    batch.push(store::key::end_all_of(staff.id.as_str()));
    let actor = news::Actor::Staff(staff.id.clone());
    let subject = staff.id.to_string();
    batch.push(act::add(&Act { actor, verb: Verb::PasswordSet, subject, at: app.now(), reason: None }));
    match app.store.commit(batch).await {
        Ok(()) => {
            app.desk.hub.ended(&staff.id);
            Ok(Joined::Yes(staff))
        }
        Err(Refused::Stale) => Ok(Joined::NoLink),
        Err(other) => Err(other.into()),
    }
}

/// Makes a link with which somebody sets a new password. Earlier links end, unless it was a stranger who asked: nobody
/// else may take an invitation back.
pub async fn new_link(app: &Arc<App>, staff: &Staff, verb: Verb, by: &By) -> Result<String, ActError> {
    let now = app.now();
    let token = auth::new_token();
    let until = auth::link_until(now).as_millisecond();
    let mut batch = Batch::new();
    if verb == Verb::ResetAsked {
        batch.push(store::staff::revoke_old(staff.id.as_str(), now.as_millisecond()));
    } else {
        batch.push(store::staff::revoke(staff.id.as_str()));
    }
    batch.push(store::staff::invite(&auth::token_hash(&token), staff.id.as_str(), until));
    let By { actor, reason } = by.clone();
    batch.push(act::add(&Act { actor, verb, subject: staff.id.to_string(), at: now, reason }));
    app.store.commit(batch).await?;
    Ok(token)
}

/// Makes the first owner of a magazine that has nobody yet; of two who try, one wins.
pub async fn first_owner(app: &Arc<App>, email: &str, name: &str, password: &str) -> Result<Option<Staff>, ActError> {
    if !store::staff::all(&app.store).await?.is_empty() {
        return Ok(None);
    }
    add_with_password(app, email, name, Role::Owner, password, &By::new(news::Actor::Command)).await?;
    let email = staff::email(email).map_err(|why| ActError::Field(why.to_string()))?;
    Ok(store::staff::by_email(&app.store, &email).await?)
}

/// Changes what a member of staff is called or may do, or closes the door to them. With another role, or suspended,
/// all their sessions end at once. There is always an owner who can sign in.
pub async fn change(
    app: &Arc<App>,
    member: &Staff,
    name: Option<&str>,
    role: Option<Role>,
    suspended: Option<bool>,
    by: &By,
) -> Result<(), ActError> {
    let name: String = name.unwrap_or(&member.name).trim().chars().filter(|c| !c.is_control()).collect();
    let name = name.as_str();
    if name.is_empty() || name.chars().count() > limits::NAME_CHARACTERS {
        return Err(ActError::Field(format!("a name has 1 to {} characters", limits::NAME_CHARACTERS)));
    }
    let (role, is_suspended) = (role.unwrap_or(member.role), suspended.unwrap_or(member.suspended));
    let stays_owner = role == Role::Owner && !is_suspended;
    let _one_at_a_time = app.configuring.lock().await;
    if member.role == Role::Owner && !stays_owner {
        let others = store::staff::other_owners(&app.store, member.id.as_str()).await?;
        if others.is_empty() {
            return Err(ActError::Field(
                "the magazine needs an owner who can sign in; make somebody else owner first".into(),
            ));
        }
    }
    let id = member.id.as_str();
    let mut batch = Batch::new();
    let note = |verb: Verb, reason: Option<String>| {
        act::add(&Act { actor: by.actor.clone(), verb, subject: id.to_owned(), at: app.now(), reason })
    };
    if name != member.name {
        batch.must(store::staff::rename(id, name));
        batch.push(note(Verb::StaffChanged, Some(name.to_owned())));
    }
    if role != member.role {
        batch.must(store::staff::set_role(id, role.word(), member.role.word()));
        batch.push(note(Verb::StaffChanged, Some(role.to_string())));
    }
    if is_suspended != member.suspended {
        batch.must(store::staff::suspend(id, is_suspended));
        batch.push(note(if is_suspended { Verb::Suspended } else { Verb::Resumed }, None));
    }
    if is_suspended {
        batch.push(store::key::end_all_of(id));
    }
    let out = role != member.role || is_suspended;
    if out {
        batch.push(store::session::end_all(id));
    }
    app.store.commit(batch).await?;
    if out {
        app.desk.hub.ended(&member.id);
    }
    Ok(())
}

/// Says which author somebody is in bylines: for those who wrote here before they had an account.
pub async fn link_author(app: &App, member: &Staff, author: &news::Id, by: &By) -> Result<(), ActError> {
    let Some(author) = store::author::by_ids(&app.store, &[author]).await?.pop() else {
        return Err(ActError::Field("there is no such author".into()));
    };
    let taken = store::staff::all(&app.store).await?;
    if taken.iter().any(|other| other.id != member.id && other.author.as_ref() == Some(&author.id)) {
        return Err(ActError::Field(format!("somebody else of the staff is {}", author.name)));
    }
    let mut batch = Batch::new();
    batch.must(store::staff::link_author(member.id.as_str(), Some(author.id.as_str())));
    let (actor, subject) = (by.actor.clone(), member.id.to_string());
    let reason = Some(format!("writes as {}", author.name));
    batch.push(act::add(&Act { actor, verb: Verb::StaffChanged, subject, at: app.now(), reason }));
    Ok(app.store.commit(batch).await?)
}

/// Sets a new password for somebody who is signed in; every other session ends.
pub async fn set_password(
    app: &Arc<App>,
    member: &Staff,
    password: &str,
    this_session: &str,
) -> Result<Result<(), auth::WeakPassword>, ActError> {
    let hash = match hashed(password).await? {
        Ok(hash) => hash,
        Err(weak) => return Ok(Err(weak)),
    };
    let id = member.id.as_str();
    let mut batch = Batch::new();
    batch.must(store::staff::set_password(id, &hash));
    batch.push(store::session::end_others(id, this_session));
    batch.push(store::staff::revoke(id));
    let actor = news::Actor::Staff(member.id.clone());
    batch.push(act::add(&Act { actor, verb: Verb::PasswordSet, subject: id.to_owned(), at: app.now(), reason: None }));
    app.store.commit(batch).await?;
    app.desk.hub.ended(&member.id);
    Ok(Ok(()))
}

/// Ends a key of the API.
pub async fn end_key(app: &App, id: &str, by: &By) -> Result<(), ActError> {
    let mut batch = Batch::new();
    batch.must(store::key::end(id));
    batch.push(store::webhook::remove_of(id)); // a program that is gone is told nothing more
    let By { actor, reason } = by.clone();
    batch.push(act::add(&Act { actor, verb: Verb::KeyEnded, subject: id.to_owned(), at: app.now(), reason }));
    app.store.commit(batch).await.map_err(|refused| match refused {
        Refused::Stale => ActError::Field("this key has ended already".into()),
        other => other.into(),
    })?;
    app.pages.touch(&[]); // what was remembered of keys is older than this
    Ok(())
}

/// Makes a key for the API.
///
/// A key of a member of staff may what they may; one of nobody is a program's.
pub async fn new_key(app: &App, name: &str, of: Option<&Staff>, by: &By) -> Result<Key, ActError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > limits::NAME_CHARACTERS {
        return Err(ActError::Field(format!("a key's name has 1 to {} characters", limits::NAME_CHARACTERS)));
    }
    let key = Key {
        id: app.new_id(),
        name: name.to_owned(),
        content: random_hex::<13>(),
        secret: random_hex::<32>(),
        staff: of.map(|staff| staff.id.clone()),
    };
    let now = app.now();
    let mut batch = Batch::new();
    let staff = key.staff.as_ref().map(news::Id::as_str);
    batch.push(store::key::add(key.id.as_str(), &key.name, &key.content, &key.secret, staff, now.as_millisecond()));
    let By { actor, reason } = by.clone();
    batch.push(act::add(&Act { actor, verb: Verb::KeyMade, subject: key.id.to_string(), at: now, reason }));
    app.store.commit(batch).await?;
    Ok(key)
}
