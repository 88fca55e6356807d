//! What an export holds, in WordPress's own words: nothing is decided here about what becomes of it. What the words
//! mean is in `words.rs`.

use jiff::Timestamp;
use jiff::civil::DateTime;

/// What the head of an export says of the magazine. Texts that it does not say are empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Channel {
    /// The magazine's name.
    pub title: String,
    /// Its address, as the feed states it.
    pub link: String,
    /// Its tagline.
    pub description: String,
    /// `en-GB`.
    pub language: String,
    /// When it was exported, as RFC 2822 text.
    pub exported: String,
    /// The program that wrote it: `https://wordpress.org/?v=6.5.4`.
    pub generator: String,
    /// `1.0`, `1.1`, `1.2`.
    pub version: String,
    /// The address of the installation.
    pub site_url: String,
    /// The address of the magazine; in a network of sites not the same.
    pub blog_url: String,
    /// Who wrote something that was exported.
    pub authors: Vec<WpAuthor>,
    /// Terms of the taxonomy `category`; parents stand before their children.
    pub categories: Vec<Term>,
    /// Terms of the taxonomy `post_tag`.
    pub tags: Vec<Term>,
    /// Terms of other taxonomies; menus are `nav_menu`.
    pub terms: Vec<Term>,
    /// What else stands in the channel.
    pub rest: Vec<Other>,
}

/// A user who wrote something that was exported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WpAuthor {
    /// The number in WordPress; other programs write negative ones.
    pub id: Option<i64>,
    /// What [`Item::creator`] names.
    pub login: String,
    /// The mail address.
    pub email: String,
    /// The name that readers see.
    pub display_name: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// What else stands there.
    pub rest: Vec<Other>,
}

/// A category, a tag or a term of another taxonomy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// `category`, `post_tag`, `nav_menu` or a plugin's own.
    pub taxonomy: String,
    /// The number in WordPress; older exports have none.
    pub id: Option<i64>,
    /// Its part of the address.
    pub slug: String,
    /// The slug of the parent; empty without one.
    pub parent: String,
    /// As stored, which is escaped once for HTML: see [`super::plain`].
    pub name: String,
    /// May hold markup.
    pub description: String,
    /// Its meta fields.
    pub meta: Vec<Meta>,
    /// What else stands there.
    pub rest: Vec<Other>,
}

/// A post, page, attachment, or something of any other type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Where `<item` begins in the file, in bytes.
    pub offset: u64,
    /// As stored, with HTML entities and markup.
    pub title: String,
    /// The address at which it was to be read.
    pub link: String,
    /// The date of the feed, as RFC 2822 text.
    pub pub_date: String,
    /// The login of its author: [`WpAuthor::login`].
    pub creator: String,
    /// `https://magazine.example/?p=12`. Its address only when `guid_is_link`, which WordPress never says.
    pub guid: String,
    /// Whether the feed calls it an address; also when there is none.
    pub guid_is_link: bool,
    /// Of the feed; WordPress leaves it empty.
    pub description: String,
    /// The body: blocks, or classic HTML without paragraphs. A caption's description in attachments.
    pub content: String,
    /// The excerpt; the caption in attachments.
    pub excerpt: String,
    /// The number in WordPress.
    pub id: Option<i64>,
    /// When it was, or is to be, published.
    pub published: Moment,
    /// When it was last changed. Exports of before 2020 have none.
    pub modified: Moment,
    /// `open`, `closed`.
    pub comment_status: String,
    /// `open`, `closed`.
    pub ping_status: String,
    /// Its part of the address, percent-encoded beyond ASCII: see [`Item::slug`]. Empty in drafts.
    pub name: String,
    /// See [`Item::state`].
    pub status: String,
    /// The [`Item::id`] of its parent.
    pub parent: Option<i64>,
    /// Its place among its siblings.
    pub menu_order: i64,
    /// See [`Item::kind`].
    pub post_type: String,
    /// Readers are asked for it; as it was typed.
    pub password: String,
    /// Stands before all others on the front.
    pub sticky: bool,
    /// Where the file of an attachment is.
    pub attachment_url: Option<String>,
    /// Its categories, tags and other terms, in order.
    pub terms: Vec<ItemTerm>,
    /// Its meta fields, in order; a key may come more than once.
    pub meta: Vec<Meta>,
    /// Its comments, in order.
    pub comments: Vec<Comment>,
    /// Every child that is not told above, also a second one of the same name and one whose value is none.
    pub rest: Vec<Other>,
    /// What was not as it should be and is read all the same, in words.
    pub notes: Vec<String>,
}

/// A date in the time of the magazine and in that of Greenwich, as far as they are stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// In the magazine's time. None when it is missing or all zeros.
    pub local: Option<DateTime>,
    /// In UTC. None when it is missing or all zeros, as in drafts.
    pub gmt: Option<DateTime>,
    /// The instant: `gmt`, else `local` in the zone given to the reader, else with the offset that was last seen
    /// between the two, else taken as UTC. The last two are noted.
    pub at: Option<Timestamp>,
}

/// A term of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemTerm {
    /// `category`, `post_tag` (which WXR 1.0 calls `tag`) or another; `author` is one of a plugin for several authors.
    pub taxonomy: String,
    /// Its slug.
    pub slug: String,
    /// Its name as stored: see [`super::plain`].
    pub name: String,
}

/// A meta field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// `_thumbnail_id`.
    pub key: String,
    /// As stored, line ends too: serialised values count them. See [`crate::wordpress::php`].
    pub value: String,
}

/// A comment. What newsrooms write among themselves may be kept as one: see [`Comment::is_public`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comment {
    /// The number in WordPress.
    pub id: Option<i64>,
    /// The name.
    pub author: String,
    /// The mail address.
    pub email: String,
    /// The writer's page.
    pub url: String,
    /// Where it came from.
    pub ip: String,
    /// When it was written.
    pub written: Moment,
    /// With markup.
    pub content: String,
    /// See [`Comment::approval`].
    pub approved: String,
    /// Empty or `comment`; `pingback`, `trackback`, or a plugin's own.
    pub kind: String,
    /// The [`Comment::id`] that it answers.
    pub parent: Option<i64>,
    /// The [`WpAuthor::id`] of a writer who was signed in.
    pub user_id: Option<i64>,
    /// Its meta fields.
    pub meta: Vec<Meta>,
    /// What else stands there.
    pub rest: Vec<Other>,
}

/// An element that there is no field for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Other {
    /// As it stands in the file, with its prefix.
    pub name: String,
    /// Its attributes, in order.
    pub attributes: Vec<(String, String)>,
    /// Its text; markup within stands as it was.
    pub text: String,
}
