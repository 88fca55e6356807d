//! People whom the magazine quotes.

use serde::{Deserialize, Serialize};

use crate::{Id, Slug};

/// A person in the magazine's register. Two people of one name are two of these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Its id.
    pub id: Id,
    /// The last part of the address of the person's page below `/record/`.
    pub slug: Slug,
    /// The name, as the magazine first prints it.
    pub name: String,
}

impl Person {
    /// The address of the page with the person's statements.
    pub fn url(&self) -> String {
        format!("/record/{}/", crate::slug::encoded(self.slug.as_str()))
    }
}

/// An office that a person held, as a source says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The office, such as `Home Secretary`.
    pub office: String,
    /// The department; empty where there is none.
    pub department: String,
    /// The state, as in the table of countries (`gb`).
    pub country: String,
    /// The first day, where the source tells it.
    pub from: Option<jiff::civil::Date>,
    /// The last day; none while it had not ended on the day of the snapshot.
    pub until: Option<jiff::civil::Date>,
    /// Who says so.
    pub source: String,
    /// The last day that the source speaks about.
    pub snapshot: jiff::civil::Date,
}

impl Term {
    /// Whether the source says that the term ran on this day: never after its snapshot.
    pub fn covers(&self, day: jiff::civil::Date) -> bool {
        day <= self.snapshot && self.from.is_some_and(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}
