//! What the server hands over to have a page rendered, and what it gets back.

use jiff::Timestamp;

use crate::library::{Empty, Library};
use crate::{Head, Limits, Map, Value};

/// A page to be rendered.
pub struct Page<'a> {
    /// Names of templates without `.hbs`, by preference; the first that the theme has is used.
    pub templates: &'a [&'a str],
    /// The context: `posts`, `pagination`, `post`, `tag`, `author`, …
    pub root: Value,
    /// What `@name` finds outside of loops: `site`, `config`, `custom`, `page`, `member`.
    pub data: Map,
    /// Answers what templates ask for beyond it.
    pub library: &'a dyn Library,
    /// What kind of page it is, for `{{#is}}` and `{{body_class}}`: `home`, `index`, `paged`, `post`, …
    pub contexts: &'a [&'a str],
    /// The path of the request, with its `/page/2/`.
    pub path: &'a str,
    /// The time for `{{date timeago=true}}` and for `{{date}}` where there is no date.
    pub now: Timestamp,
    /// What `{{ghost_head}}`, `{{meta_title}}` and `{{ghost_foot}}` print.
    pub head: Head,
    /// What the rendering may use.
    pub limits: Limits,
}

/// A rendered page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The page.
    pub html: String,
    /// The template that was used.
    pub template: String,
    /// The texts of the inline scripts of the theme and of the owner's code injection, exactly as
    /// they stand between `<script>` and `</script>`, each once: what a content security policy
    /// has to hash. While rendering, markup out of values (a body, a caption) is remembered by its
    /// place; a script that begins in such a place is not listed.
    pub inline_scripts: Vec<String>,
}

impl Page<'_> {
    /// A page without anything.
    pub(crate) fn empty() -> Page<'static> {
        Page {
            templates: &[],
            root: Value::Undefined,
            data: Map::new(),
            library: &Empty,
            contexts: &[],
            path: "/",
            now: Timestamp::UNIX_EPOCH,
            head: Head::default(),
            limits: Limits::default(),
        }
    }
}
