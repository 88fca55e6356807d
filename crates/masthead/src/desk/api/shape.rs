//! What the API answers and takes. Times are milliseconds since 1970 (UTC), offsets are UTF-16 code units, as browsers
//! count.

#![allow(missing_docs)] // the fields are named in words that the manual explains

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Part of a list, and where it goes on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// To be given as `cursor` for the next part; none at the end.
    pub next: Option<String>,
}

/// A member of staff.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StaffMember {
    pub id: String,
    pub name: String,
    pub email: String,
    pub role: String,
    /// Their byline, where they have one.
    pub author_id: Option<String>,
    pub suspended: bool,
    pub has_password: bool,
    pub last_seen_at: Option<i64>,
}

impl From<&news::Staff> for StaffMember {
    fn from(staff: &news::Staff) -> StaffMember {
        StaffMember {
            id: staff.id.to_string(),
            name: staff.name.clone(),
            email: staff.email.clone(),
            role: staff.role.word().to_owned(),
            author_id: staff.author.as_ref().map(ToString::to_string),
            suspended: staff.suspended,
            has_password: staff.has_password,
            last_seen_at: staff.seen_at.map(jiff::Timestamp::as_millisecond),
        }
    }
}

/// Somebody who has an article open.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Presence {
    pub staff_id: String,
    pub name: String,
}

/// A section by path and name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SectionRef {
    pub path: String,
    pub name: String,
}

/// A line of the list of articles.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleRow {
    pub id: String,
    pub kind: String,
    pub headline: String,
    pub status: String,
    pub section: Option<SectionRef>,
    pub authors: Vec<String>,
    pub words: i64,
    pub updated_at: i64,
    pub published_at: Option<i64>,
    /// To be stated with an act.
    pub version: i64,
    /// Public address, once it has one.
    pub url: Option<String>,
    /// Whether a working copy waits that no revision holds yet.
    pub has_changes: bool,
    pub here: Vec<Presence>,
}

/// A tag or an author: by id, or, with none, to be made under this name.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedRef {
    #[serde(default)]
    pub id: Option<String>,
    pub name: String,
}

/// Whose a picture is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Credit {
    pub text: String,
    pub title: Option<String>,
    pub creator: Option<String>,
    pub organisation: Option<String>,
    /// ISO date, year and month, or year.
    pub date: Option<String>,
    pub source: Option<String>,
    pub source_url: Option<String>,
    /// Id of the catalogue, such as `cc-by-4.0`.
    pub licence: Option<String>,
}

/// The picture above the text.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadPicture {
    pub src: String,
    #[serde(default)]
    pub width: Option<u32>,
    #[serde(default)]
    pub height: Option<u32>,
    #[serde(default)]
    pub alt: Option<String>,
    #[serde(default)]
    pub caption: Option<String>,
    #[serde(default)]
    pub credit: Option<Credit>,
}

/// Everything about an article but its text.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Papers {
    pub headline: String,
    #[serde(default)]
    pub standfirst: Option<String>,
    pub slug: String,
    /// Path, such as `politics/europe`.
    #[serde(default)]
    pub section: Option<String>,
    #[serde(default)]
    pub tags: Vec<NamedRef>,
    #[serde(default)]
    pub authors: Vec<NamedRef>,
    #[serde(default)]
    pub lead_picture: Option<LeadPicture>,
    /// `public`, `members`, `paid` or `tiers`.
    pub access: String,
    #[serde(default)]
    pub featured: bool,
    #[serde(default)]
    pub template: Option<String>,
    #[serde(default)]
    pub meta_title: Option<String>,
    #[serde(default)]
    pub meta_description: Option<String>,
    #[serde(default)]
    pub canonical_url: Option<String>,
    #[serde(default)]
    pub og_title: Option<String>,
    #[serde(default)]
    pub og_description: Option<String>,
    #[serde(default)]
    pub og_image: Option<String>,
    #[serde(default)]
    pub twitter_title: Option<String>,
    #[serde(default)]
    pub twitter_description: Option<String>,
    #[serde(default)]
    pub twitter_image: Option<String>,
    /// The date that it will carry when published; none for the moment of publication.
    #[serde(default)]
    pub dated: Option<i64>,
}

/// What the asker may do with an article now.
#[derive(Debug, Serialize, ToSchema)]
pub struct May {
    pub edit: bool,
    pub publish: bool,
    pub review: bool,
    pub delete: bool,
}

/// The last act, as long as it can be taken back.
#[derive(Debug, Serialize, ToSchema)]
pub struct Undo {
    pub until: i64,
    pub verb: String,
}

/// An article at the desk: the working copy where there is one, else as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Article {
    pub id: String,
    pub kind: String,
    pub status: String,
    /// To be stated with each save; grows with each.
    pub version: i64,
    pub papers: Papers,
    /// Lexical JSON, as text.
    pub body: String,
    pub created_at: i64,
    pub updated_at: i64,
    pub updated_by: Option<String>,
    pub published_at: Option<i64>,
    pub first_published_at: Option<i64>,
    pub url: Option<String>,
    /// Where it can be seen as readers would see it, by whoever is signed in.
    pub preview_url: String,
    pub has_changes: bool,
    pub may: May,
    pub words: i64,
    pub minutes: i64,
    pub notes: Vec<Note>,
    pub here: Vec<Presence>,
    pub undo: Option<Undo>,
}

/// What a save of the working copy answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct Saved {
    pub version: i64,
    pub updated_at: i64,
    pub words: i64,
    pub minutes: i64,
    pub has_changes: bool,
}

/// A note to readers, or a silent correction.
#[derive(Debug, Serialize, ToSchema)]
pub struct Note {
    pub id: String,
    /// `typo`, `update`, `clarification`, `correction` or `retraction`.
    pub kind: String,
    pub text: String,
    pub at: i64,
    pub by: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A place in the text: child numbers from the root to the text block, offsets in its text; a line break counts one.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Place {
    pub path: Vec<usize>,
    pub start: usize,
    pub end: usize,
}

/// A proposed change of the text.
#[derive(Debug, Serialize, ToSchema)]
pub struct Fix {
    pub place: Place,
    pub replace: String,
}

/// Why a finding was left.
#[derive(Debug, Serialize, ToSchema)]
pub struct Left {
    pub reason: String,
    pub by: String,
    pub at: i64,
}

/// A fault, or what looks like one.
#[derive(Debug, Serialize, ToSchema)]
pub struct Finding {
    pub kind: String,
    /// `must`, `should` or `note`.
    pub severity: String,
    pub message: String,
    /// None: about the whole article.
    pub place: Option<Place>,
    pub exact: Option<String>,
    pub fix: Option<Fix>,
    pub ignored: Option<Left>,
}

/// A person by id and name.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonRef {
    pub id: String,
    pub name: String,
}

/// Words of the same person in an earlier article.
#[derive(Debug, Serialize, ToSchema)]
pub struct EarlierWords {
    pub words: String,
    pub at: Option<i64>,
    pub headline: String,
    pub url: String,
}

/// Who said what.
#[derive(Debug, Serialize, ToSchema)]
pub struct Statement {
    pub id: String,
    pub places: Vec<Place>,
    pub words: String,
    /// `direct`, `partial` or `reported`.
    pub kind: String,
    pub speaker: Option<String>,
    pub person: Option<PersonRef>,
    pub office: Option<String>,
    pub cue: Option<String>,
    pub addressee: Option<String>,
    pub venue: Option<String>,
    pub said_on: Option<String>,
    /// 0 to 1.
    pub confidence: f64,
    /// `proposed`, `confirmed`, `rejected`, `public` or `withdrawn`.
    pub state: String,
    pub earlier: Vec<EarlierWords>,
}

/// What the checks and the record find in a text that is being written.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checked {
    pub findings: Vec<Finding>,
    pub statements: Vec<Statement>,
    pub words: i64,
    pub minutes: i64,
}

/// A version of an article.
#[derive(Debug, Serialize, ToSchema)]
pub struct Revision {
    pub version: i64,
    pub at: i64,
    pub by: String,
    pub name: Option<String>,
    pub reason: Option<String>,
    pub verb: Option<String>,
}

/// What a version said.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisionText {
    pub papers: Papers,
    pub body: String,
}

/// A field of the papers that changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperChange {
    pub field: String,
    pub old: String,
    pub new: String,
}

/// What differs between two versions.
#[derive(Debug, Serialize, ToSchema)]
pub struct Diff {
    pub papers: Vec<PaperChange>,
    /// As `manuscript::Diff::to_json` tells them.
    #[schema(value_type = Vec<Object>)]
    pub changes: serde_json::Value,
}

/// Where a picture is used.
#[derive(Debug, Serialize, ToSchema)]
pub struct UsedIn {
    pub id: String,
    pub headline: String,
    pub status: String,
}

/// A picture of the library.
#[derive(Debug, Serialize, ToSchema)]
pub struct Picture {
    pub id: String,
    pub src: String,
    /// A small one, for grids.
    pub thumb: String,
    pub name: String,
    pub width: u32,
    pub height: u32,
    pub bytes: u64,
    pub alt: Option<String>,
    pub caption: Option<String>,
    pub credit: Option<Credit>,
    pub made_at: i64,
    pub made_by: Option<String>,
    pub uses: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used_in: Option<Vec<UsedIn>>,
}

/// A licence of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub struct Licence {
    pub id: String,
    pub name: String,
    pub url: Option<String>,
}

/// A person of the record.
#[derive(Debug, Serialize, ToSchema)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub slug: String,
    pub url: String,
    pub statements: i64,
    pub latest_at: Option<i64>,
}

/// An office held.
#[derive(Debug, Serialize, ToSchema)]
pub struct Term {
    pub office: String,
    pub department: String,
    pub country: String,
    pub from: Option<String>,
    pub until: Option<String>,
    pub source: String,
}

/// Words of a person, with the first article that prints them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Said {
    pub id: String,
    pub words: String,
    pub state: String,
    pub at: Option<i64>,
    pub headline: String,
    pub url: Option<String>,
    pub article_id: String,
}

/// Everything that is known of a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonSheet {
    pub id: String,
    pub name: String,
    pub slug: String,
    pub url: String,
    pub statements: i64,
    pub latest_at: Option<i64>,
    pub spellings: Vec<String>,
    pub terms: Vec<Term>,
    pub said: Vec<Said>,
}

/// What merging two people would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergePreview {
    pub from: Person,
    pub into: Person,
    pub spellings: Vec<String>,
    pub statements: i64,
    pub terms: i64,
}

/// A section.
#[derive(Debug, Serialize, ToSchema)]
pub struct Section {
    pub path: String,
    pub name: String,
    pub description: Option<String>,
    pub position: i64,
    pub articles: i64,
    pub url: String,
}

/// A tag.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tag {
    pub id: String,
    pub name: String,
    pub slug: String,
    pub description: Option<String>,
    pub internal: bool,
    pub articles: i64,
    pub url: String,
}

/// An author: a person in bylines, with or without an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Author {
    pub id: String,
    pub name: String,
    pub slug: String,
    pub role: Option<String>,
    pub bio: Option<String>,
    pub location: Option<String>,
    pub website: Option<String>,
    pub portrait: Option<String>,
    pub email: Option<String>,
    pub articles: i64,
    pub url: String,
}

/// A setting with its default, and who changed it last.
#[derive(Debug, Serialize, ToSchema)]
pub struct Setting {
    pub name: String,
    /// `site`, `design`, `navigation`, `record`, `policies` or `code`.
    pub group: String,
    /// `text`, `long`, `code`, `colour`, `number`, `links`, `timezone` or `picture`.
    pub kind: String,
    #[schema(value_type = Object)]
    pub value: serde_json::Value,
    #[schema(value_type = Object)]
    pub default: serde_json::Value,
    pub changed_by: Option<String>,
    pub changed_at: Option<i64>,
    pub may_change: bool,
}

/// A key of the API, without its secrets.
#[derive(Debug, Serialize, ToSchema)]
pub struct Key {
    pub id: String,
    pub name: String,
    pub made_at: i64,
}

/// A new key, with its secrets: shown once.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewKey {
    pub id: String,
    pub name: String,
    pub made_at: i64,
    pub content_key: String,
    pub admin_key: String,
}

/// A line of the record of acts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Act {
    pub number: i64,
    pub at: i64,
    pub actor: String,
    pub actor_name: String,
    pub verb: String,
    pub subject: String,
    pub subject_name: Option<String>,
    pub reason: Option<String>,
}

/// Something that the command bar found.
#[derive(Debug, Serialize, ToSchema)]
pub struct Found {
    /// `article`, `person`, `section`, `tag`, `author` or `picture`.
    pub kind: String,
    pub id: String,
    pub title: String,
    pub detail: Option<String>,
    pub url: Option<String>,
}

/// The magazine, for the frame of the desk.
#[derive(Debug, Serialize, ToSchema)]
pub struct Magazine {
    pub title: String,
    pub url: String,
    pub locale: String,
    pub timezone: String,
}

/// Who is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    pub staff: StaffMember,
    pub magazine: Magazine,
    /// Whether this program knows passkeys.
    pub passkeys: bool,
    pub has_totp: bool,
    pub version: String,
}

/// An open session.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    pub id: String,
    pub made_at: i64,
    pub seen_at: i64,
    pub agent: String,
    pub current: bool,
}

/// A passkey.
#[cfg(feature = "passkeys")]
#[derive(Debug, Serialize, ToSchema)]
pub struct Passkey {
    pub id: String,
    pub name: String,
    pub made_at: i64,
    pub used_at: Option<i64>,
}

/// A one-time link.
#[derive(Debug, Serialize, ToSchema)]
pub struct Link {
    pub link: String,
}

/// How many articles moved or changed; none while it goes on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Moved {
    pub moved: Option<u64>,
}

/// An import.
#[derive(Debug, Serialize, ToSchema)]
pub struct Import {
    pub id: String,
    /// `wordpress` or `ghost`.
    pub kind: String,
    /// Where it came from: `example.org`.
    pub site: String,
    /// The files.
    pub source: String,
    pub actor_name: String,
    pub made_at: i64,
    /// None while it is under way, or when it was stopped.
    pub finished_at: Option<i64>,
    pub undone_at: Option<i64>,
    /// As `masthead import … --json` prints it, of each list 500 lines at most; none before it came to its end.
    #[schema(value_type = Option<Object>)]
    pub report: serde_json::Value,
}

/// An address that readers asked for in vain.
#[derive(Debug, Serialize, ToSchema)]
pub struct Miss {
    pub path: String,
    pub times: i64,
    pub first_at: i64,
    pub last_at: i64,
    pub suggestions: Vec<Suggestion>,
}

/// Where it could lead.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestion {
    pub path: String,
    pub headline: String,
}

/// An address that leads elsewhere.
#[derive(Debug, Serialize, ToSchema)]
pub struct Lead {
    pub path: String,
    pub leads_to: String,
    pub made_at: i64,
    /// Whether an import brought it.
    pub of_import: bool,
}
