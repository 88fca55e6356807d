//! What WordPress's words mean: types, states, and texts that are stored in another form than people read.

use std::borrow::Cow;

use super::values::{Comment, Item};

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostType<'i> {
    /// An article.
    Post,
    /// A page.
    Page,
    /// A picture or file.
    Attachment,
    /// An entry of a menu.
    MenuItem,
    /// A block that articles name by its number.
    Block,
    /// A writer without an account, of a plugin for several authors.
    GuestAuthor,
    /// A type of a theme or plugin.
    Other(&'i str),
}

/// How far an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State<'i> {
    /// Public.
    Publish,
    /// Waits for its time.
    Future,
    /// Is being written.
    Draft,
    /// Waits for an editor.
    Pending,
    /// For those who are signed in.
    Private,
    /// Thrown away.
    Trash,
    /// As its parent; attachments.
    Inherit,
    /// A word of a plugin, or none.
    Other(&'i str),
}

/// What became of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval<'c> {
    /// It may be seen.
    Approved,
    /// It waits.
    Held,
    /// Spam.
    Spam,
    /// Thrown away.
    Trash,
    /// A word of a plugin, or none: not for readers.
    Other(&'c str),
}

impl Item {
    /// What it is.
    pub fn kind(&self) -> PostType<'_> {
        match self.post_type.as_str() {
            "post" => PostType::Post,
            "page" => PostType::Page,
            "attachment" => PostType::Attachment,
            "nav_menu_item" => PostType::MenuItem,
            "wp_block" => PostType::Block,
            "guest-author" => PostType::GuestAuthor,
            other => PostType::Other(other),
        }
    }

    /// How far it is.
    pub fn state(&self) -> State<'_> {
        match self.status.as_str() {
            "publish" => State::Publish,
            "future" => State::Future,
            "draft" => State::Draft,
            "pending" => State::Pending,
            "private" => State::Private,
            "trash" => State::Trash,
            "inherit" => State::Inherit,
            other => State::Other(other),
        }
    }

    /// Its part of the address for people to read: what WordPress encoded beyond ASCII is decoded. An encoded ASCII
    /// character stays as it is, since `%2f` must not become a slash; so does a character that was cut in the middle,
    /// which happens at 200 bytes.
    pub fn slug(&self) -> Cow<'_, str> {
        readable(&self.name)
    }

    /// The first value of a meta field.
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.meta.iter().find(|meta| meta.key == key).map(|meta| meta.value.as_str())
    }
}

impl Comment {
    /// What became of it.
    pub fn approval(&self) -> Approval<'_> {
        match self.approved.as_str() {
            "1" | "approve" => Approval::Approved,
            "0" | "hold" => Approval::Held,
            "spam" => Approval::Spam,
            "trash" | "post-trashed" => Approval::Trash,
            other => Approval::Other(other),
        }
    }

    /// Whether readers may see it as a comment: approved, and no entry of a plugin. Editors' notes and live entries
    /// are comments of other types.
    pub fn is_public(&self) -> bool {
        self.approval() == Approval::Approved && matches!(self.kind.as_str(), "" | "comment")
    }
}

/// A name as people read it: WordPress stores names of terms escaped once for HTML, `News &amp; Views`.
pub fn plain(name: &str) -> Cow<'_, str> {
    const ESCAPES: [(&str, char); 8] = [
        ("&amp;", '&'),
        ("&#038;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&#034;", '"'),
        ("&#039;", '\''),
        ("&#39;", '\''),
    ];
    if !name.contains('&') {
        return Cow::Borrowed(name);
    }
    let mut text = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(start) = rest.find('&') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let escape = ESCAPES.iter().find(|(escape, _)| rest.starts_with(escape));
        let (escape, character) = escape.unwrap_or(&("&", '&'));
        text.push(*character);
        rest = &rest[escape.len()..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// See [`Item::slug`].
pub fn readable(name: &str) -> Cow<'_, str> {
    if !name.contains('%') {
        return Cow::Borrowed(name);
    }
    let mut text = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(start) = rest.find('%') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let (character, taken) = encoded_character(rest).unwrap_or(('%', 1));
        text.push(character);
        rest = &rest[taken..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The character beyond ASCII that `text` begins with in percent encoding, and how many bytes of `text` it takes.
fn encoded_character(text: &str) -> Option<(char, usize)> {
    let mut bytes = [0; 4];
    for count in 1..=bytes.len() {
        let digits = text.get(count * 3 - 3..count * 3)?.strip_prefix('%')?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        bytes[count - 1] = u8::from_str_radix(digits, 16).ok()?;
        match std::str::from_utf8(&bytes[..count]) {
            Ok(read) => return read.chars().next().filter(|read| !read.is_ascii()).map(|read| (read, count * 3)),
            Err(_) => continue,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_decoded_beyond_ascii_alone() {
        assert_eq!(readable("harbour-wall"), "harbour-wall");
        assert_eq!(readable("caf%c3%a9"), "café");
        assert_eq!(readable("%e6%b8%af-wall"), "港-wall");
        assert_eq!(readable("%f0%9f%9a%a2"), "🚢");
        assert_eq!(readable("a%2fb%2e%41"), "a%2fb%2e%41");
        assert_eq!(readable("%e6%b8%af%e6%b8"), "港%e6%b8");
        assert_eq!(readable("100%"), "100%");
        assert_eq!(readable("%+1%é"), "%+1%é");
    }

    #[test]
    fn a_name_is_unescaped_once() {
        assert_eq!(plain("News &amp; Views"), "News & Views");
        assert_eq!(plain("&amp;lt;b&amp;gt;"), "&lt;b&gt;");
        assert_eq!(plain("Editors&#039; notes"), "Editors' notes");
    }

    #[test]
    fn only_approved_comments_of_readers_are_public() {
        let comment = |approved: &str, kind: &str| Comment {
            approved: approved.to_owned(),
            kind: kind.to_owned(),
            ..Comment::default()
        };
        assert!(comment("1", "").is_public());
        assert!(comment("1", "comment").is_public());
        assert!(!comment("1", "editorial-comment").is_public());
        assert!(!comment("editorial-comment", "comment").is_public());
        assert!(!comment("0", "comment").is_public());
    }
}
