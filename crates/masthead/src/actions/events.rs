//! What happened, for whoever wants to be told: written into the outbox in the batch of its cause, read by
//! [`crate::ghost::told`].

use news::{Article, Id, Kind, Member, Tag};
use serde::{Deserialize, Serialize};
use store::{Statement, outbox};

use crate::App;

/// The outbox's word for it.
pub const KIND: &str = "event";

/// Something that happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Event {
    /// An article or a static page: from which version to which. Both are among the revisions.
    Article {
        /// Whose.
        id: Id,
        /// `article` or `page`.
        kind: String,
        /// The version before; none of one that is new.
        from: Option<i64>,
        /// The version now; none of one that was deleted.
        to: Option<i64>,
    },
    /// A tag, as it was and as it is.
    Tag(Option<Box<Tag>>, Option<Box<Tag>>),
    /// A member, as they were and as they are.
    Member(Option<Box<Member>>, Option<Box<Member>>),
}

/// An article was written, changed or deleted.
pub fn article(app: &App, before: Option<&Article>, after: Option<&Article>) -> Option<Statement> {
    let article = after.or(before)?;
    let (from, to) = (before.map(|before| before.version), after.map(|after| after.version));
    Some(note(app, &Event::Article { id: article.id.clone(), kind: article.kind.word().to_owned(), from, to }))
}

/// A tag was made, changed or deleted.
pub fn tag(app: &App, before: Option<&Tag>, after: Option<&Tag>) -> Statement {
    let boxed = |tag: Option<&Tag>| tag.cloned().map(Box::new);
    note(app, &Event::Tag(boxed(before), boxed(after)))
}

/// A member came, changed or went.
pub fn member(app: &App, before: Option<&Member>, after: Option<&Member>) -> Statement {
    let boxed = |member: Option<&Member>| member.cloned().map(Box::new);
    note(app, &Event::Member(boxed(before), boxed(after)))
}

/// An article's kind, from an event.
pub fn kind(word: &str) -> Kind {
    Kind::of(word).unwrap_or(Kind::Article)
}

fn note(app: &App, event: &Event) -> Statement {
    let payload = serde_json::to_string(event).unwrap_or_default();
    outbox::add(KIND, &payload, &app.origin, app.now().as_millisecond())
}
