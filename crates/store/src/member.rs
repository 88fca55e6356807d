//! Members: readers who signed up. What is known of each is one JSON document.

use jiff::Timestamp;
use news::{Id, Member};

use crate::article::{parsed_id, time};
use crate::{Broken, Statement, Store};

queries! {
    "member";

    /// A member's columns.
    row MemberRow { id: String, email: String, body: String, created_at: i64, updated_at: i64 }

    /// How many.
    row CountRow { count: i64 }

    one row_by_id(id: &str) -> MemberRow = "SELECT id, email, body, created_at, updated_at FROM member WHERE id = $1";
    one row_by_email(email: &str) -> MemberRow =
        "SELECT id, email, body, created_at, updated_at FROM member WHERE email = $1";
    all rows(most: i64, skip: i64) -> MemberRow =
        "SELECT id, email, body, created_at, updated_at FROM member ORDER BY created_at DESC, id DESC LIMIT $1 OFFSET $2";

    /// How many members there are.
    one count() -> CountRow = "SELECT count(*) AS count FROM member";

    exec add_row(id: &str, email: &str, body: &str, created_at: i64, updated_at: i64) =
        "INSERT INTO member (id, email, body, created_at, updated_at) VALUES ($1, $2, $3, $4, $5)";
    exec change_row(id: &str, email: &str, body: &str, updated_at: i64) =
        "UPDATE member SET email = $2, body = $3, updated_at = $4 WHERE id = $1";
    /// Removes a member.
    exec remove(id: &str) = "DELETE FROM member WHERE id = $1";
}

/// The member with this id.
pub async fn by_id(store: &Store, id: &Id) -> Result<Option<Member>, Broken> {
    row_by_id(store, id.as_str()).await?.map(member).transpose()
}

/// The member with this address, in lower case.
pub async fn by_email(store: &Store, email: &str) -> Result<Option<Member>, Broken> {
    row_by_email(store, email).await?.map(member).transpose()
}

/// A stretch of all members, the newest first.
pub async fn newest(store: &Store, most: i64, skip: i64) -> Result<Vec<Member>, Broken> {
    rows(store, most, skip).await?.into_iter().map(member).collect()
}

/// A new member; a second one with the same address is refused ([`crate::Refused::Taken`]).
pub fn add(member: &Member) -> Statement {
    let (created, updated) = (member.created_at.as_millisecond(), member.updated_at.as_millisecond());
    add_row(member.id.as_str(), &member.email, &body(member), created, updated)
}

/// The member as it is now.
pub fn change(member: &Member) -> Statement {
    change_row(member.id.as_str(), &member.email, &body(member), member.updated_at.as_millisecond())
}

fn body(member: &Member) -> String {
    serde_json::to_string(&member.known).unwrap_or_default()
}

fn member(row: MemberRow) -> Result<Member, Broken> {
    let at = |millisecond: i64| -> Result<Timestamp, Broken> { time(millisecond) };
    Ok(Member {
        id: parsed_id(&row.id)?,
        known: serde_json::from_str(&row.body).map_err(|_| Broken::Value(format!("the member {}", row.id)))?,
        email: row.email,
        created_at: at(row.created_at)?,
        updated_at: at(row.updated_at)?,
    })
}
