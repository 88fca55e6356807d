//! The first walk over exports: what items refer to, wherever it stands. The second walk reads the items themselves, one
//! by one, and asks here.
//!
//! What is kept grows with the media library and the names of a site, not with its texts, and never beyond
//! [`MOST_BYTES`].

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use news::Permalink;

use super::address::{self, Address};
use super::aside::{self, Aside};
use super::menus::Menus;
use super::permalink::Patterns;
use super::uploads::Library;
use super::wxr::{Channel, Item, PostType, State, Term, WpAuthor};
use super::zone::Clocks;
use super::{content, wxr};

/// Most that is kept, in bytes; some 100,000 pictures. What comes after is not referred to, and the report says so.
pub const MOST_BYTES: usize = 64 << 20;

/// Types of items that are counted one by one; a site has some ten.
const MOST_TYPES: usize = 500;
/// Longest login (WordPress takes 60) and longest type, in characters.
const LONGEST_WORD: usize = 60;

/// What was found in a first walk.
#[derive(Debug, Default)]
pub struct Survey {
    /// The name of the site.
    pub title: String,
    /// Its tagline.
    pub description: String,
    /// Its language: `en-GB`.
    pub language: String,
    /// What the site is called where things are remembered by: `example.org`, or `example.org/blog`.
    pub site: String,
    /// The path below which all of the site stands: empty, or `/blog`.
    pub home: String,
    /// Who has an account and wrote something, by login.
    pub users: BTreeMap<String, WpAuthor>,
    /// Who has none, by slug.
    pub guests: BTreeMap<String, Guest>,
    /// Whom bylines of a plugin name, by slug.
    pub bylines: BTreeMap<String, String>,
    /// Categories, parents first.
    pub categories: Vec<Term>,
    /// Tags.
    pub tags: Vec<Term>,
    /// Files.
    pub library: Library,
    /// Blocks that articles name by their numbers.
    pub reusable: HashMap<u64, String>,
    /// Menus.
    pub menus: Menus,
    /// Terms with what there is no room for.
    pub asides: Vec<Aside>,
    /// How many items there are of each type.
    pub items: BTreeMap<String, u64>,
    /// What is to be said of the exports as a whole.
    pub notes: Vec<String>,
    patterns: Patterns,
    clocks: Clocks,
    hosts: Vec<String>,
    own_hosts: Vec<String>,
    paths: HashSet<u64>,
    known: HashSet<(&'static str, String)>,
    weight: usize,
    is_full: bool,
}

/// A writer without an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guest {
    /// The name that readers see.
    pub name: String,
    /// The mail address.
    pub email: String,
    /// A short life.
    pub bio: String,
    /// A page of their own.
    pub website: String,
    /// The login of the account that is the same person; empty without one.
    pub linked: String,
    /// The number of the portrait.
    pub portrait: Option<u64>,
}

impl Survey {
    /// Keeps what the head of an export says. Called for each file when it was read to its end.
    pub fn channel(&mut self, channel: &Channel) {
        for (place, said) in [
            (&mut self.title, &channel.title),
            (&mut self.description, &channel.description),
            (&mut self.language, &channel.language),
        ] {
            if place.is_empty() {
                *place = wxr::plain(said).trim().to_owned();
            }
        }
        for url in [&channel.blog_url, &channel.link, &channel.site_url] {
            self.own(url);
        }
        for author in &channel.authors {
            self.user(login(&author.login), author);
        }
        for term in &channel.categories {
            self.category(term);
        }
        for term in &channel.tags {
            self.tag(term);
        }
        for term in channel.terms.iter().filter(|term| term.taxonomy == "nav_menu") {
            self.menus.name(&term.slug, &wxr::plain(&term.name));
        }
        let beside = channel.categories.iter().chain(&channel.tags).filter(|term| !term.meta.is_empty());
        let plugins_own = |term: &&Term| !matches!(term.taxonomy.as_str(), "category" | "post_tag");
        for term in channel.terms.iter().filter(plugins_own).chain(beside) {
            let aside = aside::term(term);
            let weight = 500 + 2 * aside.body.to_string().len();
            if !self.known.contains(&("aside", aside.name.clone())) && self.has_room(weight) {
                self.known.insert(("aside", aside.name.clone()));
                self.asides.push(aside);
            }
        }
        for term in &channel.terms {
            match term.taxonomy.as_str() {
                "category" => self.category(term),
                "post_tag" => self.tag(term),
                _ => {}
            }
        }
    }

    /// An address of the site itself.
    fn own(&mut self, url: &str) {
        let Some(address) = Address::of(url).filter(|address| !address.host.is_empty()) else { return };
        let home = address.path.trim_end_matches('/');
        if self.site.is_empty() {
            self.home = home.to_owned();
            self.site = format!("{}{home}", address.host);
        }
        if !self.own_hosts.contains(&address.host) {
            self.own_hosts.push(address.host.clone());
        }
        self.host(address.host);
    }

    fn host(&mut self, host: String) {
        if self.hosts.len() < 64 && !self.hosts.contains(&host) {
            self.hosts.push(format!("www.{host}"));
            self.hosts.push(host);
        }
    }

    /// Whether something that takes so much is kept. What is beyond the limit is not, and the report says so.
    fn has_room(&mut self, weight: usize) -> bool {
        self.is_full |= self.weight + weight > MOST_BYTES;
        if !self.is_full {
            self.weight += weight;
        }
        !self.is_full
    }

    /// Somebody with an account; one of whom more is known counts.
    fn user(&mut self, login: String, user: &WpAuthor) {
        let is_better = self.users.get(&login).is_none_or(|known| known.id.is_none() && user.id.is_some());
        let names = [&user.login, &user.email, &user.display_name, &user.first_name, &user.last_name];
        let weight = 500 + 2 * names.map(String::len).iter().sum::<usize>();
        if is_better && !login.is_empty() && self.has_room(weight) {
            self.users.insert(login, user.clone());
        }
    }

    fn category(&mut self, term: &Term) {
        if self.is_new_term("category", term) {
            self.categories.push(term.clone());
        }
    }

    fn tag(&mut self, term: &Term) {
        if self.is_new_term("tag", term) {
            self.tags.push(term.clone());
        }
    }

    fn is_new_term(&mut self, kind: &'static str, term: &Term) -> bool {
        let weight = 300 + 2 * (term.slug.len() + term.name.len()) + term.description.len();
        !term.slug.is_empty()
            && !self.known.contains(&(kind, term.slug.clone()))
            && self.has_room(weight)
            && self.known.insert((kind, term.slug.clone()))
    }

    /// Looks at an item. The head of its file is known by then, but for what stands behind the items.
    pub fn see(&mut self, item: &Item) {
        let kind: String = item.post_type.chars().take(LONGEST_WORD).collect();
        let is_counted = self.items.len() < MOST_TYPES || self.items.contains_key(&kind);
        *self.items.entry(if is_counted { kind } else { "…".to_owned() }).or_default() += 1;
        if !self.has_room(0) {
            return;
        }
        match item.kind() {
            PostType::Post | PostType::Page => self.text(item),
            PostType::Attachment => {
                if let Some(host) = item.attachment_url.as_deref().and_then(Address::of).map(|address| address.host)
                    && !host.is_empty()
                {
                    self.host(host);
                }
                let weight = self.library.keep(item);
                self.has_room(weight);
            }
            PostType::Block => {
                if let Some(id) = item.id.and_then(|id| u64::try_from(id).ok())
                    && self.has_room(item.content.len())
                {
                    self.reusable.insert(id, item.content.clone());
                }
            }
            PostType::GuestAuthor => self.guest(item),
            PostType::MenuItem => self.menus.keep(item),
            PostType::Other(_) => {}
        }
    }

    fn text(&mut self, item: &Item) {
        self.clocks.see(&item.published);
        self.clocks.see(&item.modified);
        let creator = login(&item.creator);
        let (login, display_name) = (creator.clone(), creator.clone());
        self.user(creator, &WpAuthor { login, display_name, ..WpAuthor::default() });
        for term in item.terms.iter().filter(|term| term.taxonomy == "author" && !term.slug.is_empty()) {
            let slug = without_cap(&term.slug).to_owned();
            if !self.bylines.contains_key(&slug) && self.has_room(200 + 2 * (term.slug.len() + term.name.len())) {
                self.bylines.insert(slug, wxr::plain(&term.name).into_owned());
            }
        }
        for term in &item.terms {
            let taxonomy = if term.taxonomy == "tag" { "post_tag" } else { term.taxonomy.as_str() };
            let of_item = || Term { slug: term.slug.clone(), name: term.name.clone(), ..Term::default() };
            match taxonomy {
                "category" => self.category(&of_item()),
                "post_tag" => self.tag(&of_item()),
                _ => {}
            }
        }
        if item.state() != State::Publish {
            return;
        }
        if item.kind() == PostType::Post {
            self.patterns.see(item);
        }
        if let Some(path) = path_of(&item.link).filter(|_| self.has_room(16)) {
            self.paths.insert(hash(&path));
        }
    }

    fn guest(&mut self, item: &Item) {
        let text = |key: &str| item.meta(key).map(content::words).unwrap_or_default();
        let name = match text("cap-display_name") {
            name if name.is_empty() => content::title(&item.title),
            name => name,
        };
        let bio = item.meta("cap-description").map(content::words).filter(|bio| !bio.is_empty());
        let guest = Guest {
            name,
            email: text("cap-user_email"),
            bio: bio.unwrap_or_else(|| content::words(&item.content)),
            website: text("cap-website"),
            linked: text("cap-linked_account"),
            portrait: item.meta("_thumbnail_id").and_then(|id| id.trim().parse().ok()),
        };
        let slug = match text("cap-user_login") {
            login if login.is_empty() => without_cap(&item.slug()).to_owned(),
            login => without_cap(&login).to_owned(),
        };
        let texts = [&guest.name, &guest.email, &guest.bio, &guest.website, &guest.linked, &slug];
        if self.has_room(500 + texts.map(String::len).iter().sum::<usize>()) {
            self.guests.insert(slug, guest);
        }
    }

    /// What the site of an export is called: `example.org`. None where it does not say.
    pub fn site_of(channel: &Channel) -> Option<String> {
        [&channel.blog_url, &channel.link, &channel.site_url].into_iter().find_map(|url| {
            let address = Address::of(url).filter(|address| !address.host.is_empty())?;
            Some(format!("{}{}", address.host, address.path.trim_end_matches('/')))
        })
    }

    /// Ends the walk.
    pub fn finish(&mut self) {
        if self.is_full {
            let mib = MOST_BYTES >> 20;
            self.notes.push(format!(
                "pictures and names of more than {mib} MiB: what stands behind them in the files is not referred to; import the \
                 files one by one"
            ));
        }
        // In a gallery the order is that of the numbers: exports do not keep the order in which pictures were laid.
        self.library.children.values_mut().for_each(|children| children.sort_unstable());
    }

    /// The pattern of the addresses of most posts, if it can be that of new articles.
    pub fn permalink(&self) -> Option<Permalink> {
        self.patterns.most()
    }

    /// The zone of the site's clock, where it can be told.
    pub fn zone(&self) -> Option<String> {
        self.clocks.zone()
    }

    /// Whether a published post or page stands at this path.
    pub fn stands_at(&self, path: &str) -> bool {
        self.paths.contains(&hash(path))
    }

    /// The hosts of the site and of its files, in small letters, with and without `www.`.
    pub fn hosts(&self) -> &[String] {
        &self.hosts
    }

    /// The hosts of the site itself, without `www.`.
    pub fn own_hosts(&self) -> &[String] {
        &self.own_hosts
    }

    /// What the address of a file of the site becomes here; none of files elsewhere.
    pub fn file(&self, url: &str) -> Option<String> {
        let address = Address::of(url)?;
        let is_own = address.host.is_empty() || self.hosts.contains(&address.host);
        is_own.then(|| self.library.moved(url)).flatten()
    }

    /// What an address of the site becomes here: that of a file, or its path.
    pub fn moved(&self, url: &str) -> Option<String> {
        if let Some(file) = self.file(url) {
            return Some(file);
        }
        let address = Address::of(url)?;
        if !address.host.is_empty() && !self.own_hosts.contains(&address.host) {
            return None;
        }
        let query = if address.query.is_empty() { String::new() } else { format!("?{}", address.query) };
        Some(format!("{}{query}{}", address.path, address.fragment))
    }
}

/// The path at which a link leads, as it is kept here. None for the front page, for numbers behind a question mark and for
/// what could not be asked for.
pub fn path_of(link: &str) -> Option<String> {
    let address = Address::of(link)?;
    let is_numbered = ["p", "page_id", "attachment_id"].iter().any(|name| address.parameter(name).is_some());
    (address.path != "/" && !is_numbered).then(|| address::kept(address.path)).flatten()
}

/// The path of a link that had one and cannot be kept.
pub fn lost_path(item: &Item) -> Option<&str> {
    let address = Address::of(&item.link).filter(|address| address.path != "/" && address.query.is_empty())?;
    address::kept(address.path).is_none().then_some(address.path)
}

/// The number behind the question mark of an item's address, where that is not its own.
pub fn other_number(item: &Item) -> Option<u64> {
    let address = Address::of(&item.link)?;
    let number = ["p", "page_id"].iter().find_map(|name| address.parameter(name))?.parse().ok()?;
    (item.id != i64::try_from(number).ok()).then_some(number)
}

/// A login without what WordPress allows in none: files name writers with marks that slipped in.
pub fn login(text: &str) -> String {
    let allowed = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '.' | '-' | '@');
    text.chars().filter(allowed).take(LONGEST_WORD).collect::<String>().trim().to_owned()
}

/// The slug of a writer as readers knew it: a plugin puts `cap-` before it.
pub fn without_cap(slug: &str) -> &str {
    slug.strip_prefix("cap-").unwrap_or(slug)
}

fn hash(path: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    hasher.finish()
}
