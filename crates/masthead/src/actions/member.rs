//! Members: who signed up, as programs and imports bring them.

use std::sync::Arc;

use news::{Act, Id, Member, Verb};
use store::{Batch, Refused, act};

use super::ActError;
use super::events;
use super::keep::By;
use crate::App;

/// Writes a member who is new (`before` is `None`) or changed. One address is one member.
pub async fn keep(app: &Arc<App>, before: Option<&Member>, after: &Member, by: &By) -> Result<(), ActError> {
    let mut batch = Batch::new();
    match before {
        None => batch.push(store::member::add(after)),
        Some(_) => batch.must(store::member::change(after)),
    }
    let verb = if before.is_none() { Verb::Created } else { Verb::Described };
    note(&mut batch, app, &after.id, verb, by);
    batch.push(events::member(app, before, Some(after)));
    app.store.commit(batch).await.map_err(|why| match why {
        Refused::Taken => {
            ActError::Field("Member already exists. Attempting to add member with existing email address".into())
        }
        why => why.into(),
    })
}

/// Removes a member for good.
pub async fn remove(app: &Arc<App>, member: &Member, by: &By) -> Result<(), ActError> {
    let mut batch = Batch::new();
    batch.must(store::member::remove(member.id.as_str()));
    note(&mut batch, app, &member.id, Verb::Deleted, by);
    batch.push(events::member(app, Some(member), None));
    Ok(app.store.commit(batch).await?)
}

fn note(batch: &mut Batch, app: &App, id: &Id, verb: Verb, by: &By) {
    let By { actor, reason } = by.clone();
    batch.push(act::add(&Act { actor, verb, subject: id.to_string(), at: app.now(), reason }));
}
