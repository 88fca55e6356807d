//! The second walk: item by item, in batches.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use std::sync::Arc;

use import::wordpress::wxr::{Item, Piece, PostType, Reader, plain};
use import::wordpress::{self, Aside, Came, Mapper, Names, Survey};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use news::permalink::Names as Primary;
use news::{Act, Article, Id, Kind, Permalink, SectionPath, Status, Verb};
use sha2::{Digest, Sha256};
use store::{Batch, Statement, act, address, aside, lead, origin};
use tokio::sync::mpsc;

use super::{Account, BUFFER, name_of, remember};
use crate::App;
use crate::actions::keep::{By, add_new, keep};
use crate::actions::move_in::missing_pictures;
use crate::actions::moving::Watch;
use crate::actions::publish::addressed;
use crate::actions::{ActError, names};
use crate::site::route::{self, List, Route};

/// Articles of one batch: so many are begun anew at most when the machine fails.
const STRETCH: usize = 100;
/// Bytes of bodies of one batch.
const STRETCH_BYTES: usize = 8 << 20;
/// Items that are read ahead.
const AHEAD: usize = 2;
/// Most numbers tried behind a slug that is taken.
const NUMBERS: u32 = 10_000;

/// Names and addresses of items that others refer to, by their numbers there.
pub type Found = HashMap<i64, (String, String)>;

/// How tags, authors and sections are called here.
#[derive(Debug, Default)]
pub struct Ids {
    tags: HashMap<Id, Id>,
    authors: HashMap<Id, Id>,
    /// Sections that went elsewhere here since they came.
    sections: HashMap<SectionPath, SectionPath>,
}

/// Writes sections, tags and authors that are new here; what has the same slug is the same.
pub async fn put_names(
    app: &Arc<App>,
    survey: &Survey,
    names: &Names,
    run: &Id,
    dry: bool,
    by: &By,
    account: &mut Account,
) -> Result<Ids, anyhow::Error> {
    let (mut batch, mut ids) = (Batch::new(), Ids::default());
    let site = survey.site.as_str();
    for section in &names.sections {
        let name = format!("section:{}", section.path);
        if store::section::at(&app.store, &section.path).await?.is_some() {
            continue;
        }
        // One that came before and is not here any more went where the desk moved it.
        if origin::at(&app.store, site, &name).await?.is_some() {
            let moved = store::section::moved(&app.store, section.path.as_str()).await?;
            if let Some(to) = moved.and_then(|moved| SectionPath::parse(&moved.moved_to).ok()) {
                ids.sections.insert(section.path.clone(), to);
                continue;
            }
        }
        account.sections += 1;
        batch.push(store::section::put(section));
        remember(&mut batch, site, &name, &name, run, "", 0);
    }
    for tag in &names.tags {
        if let Some(here) = tag_here(app, site, tag).await? {
            ids.tags.extend(here.map(|here| (tag.id.clone(), here)));
            continue;
        }
        account.tags += 1;
        batch.push(store::tag::put(tag, tag.updated_at));
        remember(&mut batch, site, &format!("tag:{}", tag.slug), &format!("tag:{}", tag.id), run, "", 0);
        ids.tags.insert(tag.id.clone(), tag.id.clone());
    }
    for author in &names.authors {
        let mut author = author.clone();
        let there = author.id.clone();
        if let Some(known) = store::author::by_ids(&app.store, &[&author.id]).await?.pop() {
            ids.authors.insert(there, known.id);
            continue;
        }
        if let Some(namesake) = store::author::by_slug(&app.store, author.slug.as_str()).await? {
            if is_same(&namesake, &author) {
                ids.authors.insert(there, namesake.id);
                continue;
            }
            let slug = crate::actions::names::free_author_slug(app, author.slug.clone()).await?;
            let how = format!(
                "another author, {}, has the address {}: this one has /author/{slug}/",
                namesake.name,
                author.url()
            );
            account.note(&author.name, &how);
            author.slug = slug;
        }
        account.authors += 1;
        batch.push(store::author::put(&author, author.updated_at));
        let subject = format!("author:{}", author.id);
        remember(&mut batch, site, &subject, &subject, run, "", 0);
        ids.authors.insert(there, author.id);
    }
    if !batch.is_empty() && !dry {
        let (subject, reason) = (format!("import:{run}"), Some(site.to_owned()));
        let at = app.now();
        batch.push(act::add(&Act { actor: by.actor.clone(), verb: Verb::Imported, subject, at, reason }));
        app.store.commit(batch).await.map_err(ActError::from)?;
    }
    Ok(ids)
}

/// The tag here that a tag there is: of the same id or slug. `Some(None)` where it came before and was taken away here.
async fn tag_here(app: &App, site: &str, tag: &news::Tag) -> Result<Option<Option<Id>>, ActError> {
    if let Some(known) = store::tag::by_ids(&app.store, &[&tag.id]).await?.pop() {
        return Ok(Some(Some(known.id)));
    }
    if let Some(namesake) = store::tag::by_slug(&app.store, tag.slug.as_str()).await? {
        return Ok(Some(Some(namesake.id)));
    }
    let came = origin::at(&app.store, site, &format!("tag:{}", tag.slug)).await?;
    Ok(came.map(|_| None))
}

/// Whether two authors of one address are one person: by the mail address, else by the name.
fn is_same(here: &news::Author, there: &news::Author) -> bool {
    let folded = |text: &str| text.trim().to_lowercase();
    match (&here.email, &there.email) {
        (Some(here), Some(there)) => folded(here) == folded(there),
        _ => folded(&here.name) == folded(&there.name),
    }
}

/// What was read of the exports.
enum Read {
    Came(Box<Came>, Option<i64>),
    Asides(Vec<Aside>),
    Skipped(String, String),
    /// How many bytes are behind the reader.
    Behind(u64),
}

/// Reads the exports on a thread of its own, and makes articles of what it reads.
fn read(exports: &[PathBuf], survey: &Survey, names: &Names, now: Timestamp, to: &mpsc::Sender<Read>) {
    let mapper = Mapper { survey, names, now };
    let zone = survey.zone().and_then(|name| TimeZone::get(&name).ok());
    let mut before = 0;
    // Whoever no longer listens has an error to tell already.
    let tell = |read: Read| to.blocking_send(read).is_ok();
    for path in exports {
        let file = name_of(path);
        let opened = File::open(path).map_err(Into::into);
        let mut reader = match opened.and_then(|opened| Reader::open(BufReader::with_capacity(BUFFER, opened))) {
            Ok(reader) => match &zone {
                Some(zone) => reader.in_zone(zone.clone()),
                None => reader,
            },
            Err(why) => {
                tell(Read::Skipped(file, why.to_string()));
                continue;
            }
        };
        loop {
            let piece = match reader.next_piece() {
                Ok(Some(piece)) => piece,
                Ok(None) => break,
                Err(why) => {
                    tell(Read::Skipped(file.clone(), why.to_string()));
                    break;
                }
            };
            let read = match piece {
                Piece::Skipped(skipped) => Some(Read::Skipped(file.clone(), skipped.to_string())),
                Piece::Item(item) => of_item(&mapper, &item),
            };
            let behind = Read::Behind(before + reader.offset());
            if !read.into_iter().chain([behind]).all(tell) {
                return;
            }
        }
        before += reader.offset();
    }
}

fn of_item(mapper: &Mapper<'_>, item: &Item) -> Option<Read> {
    match item.kind() {
        PostType::Post | PostType::Page => Some(Read::Came(Box::new(mapper.article(item)), item.id)),
        PostType::Attachment if item.attachment_url.is_none() => {
            let title = plain(&item.title).into_owned();
            Some(Read::Skipped(title, "a file of the media library without an address".into()))
        }
        kind => {
            // Those that have room are known from the first walk; what of them has none is kept too.
            let is_other = matches!(kind, PostType::Other(_));
            let whole = if is_other { wordpress::whole(item) } else { wordpress::known(item) };
            Some(Read::Asides(wordpress::comments(item).into_iter().chain([whole]).collect()))
        }
    }
}

/// Brings the items. Answers what those that menus lead to are called here.
#[allow(clippy::too_many_arguments)] // all of an import
pub async fn bring(
    app: &Arc<App>,
    exports: &[PathBuf],
    survey: &Arc<Survey>,
    names: &Arc<Names>,
    ids: Ids,
    run: &Id,
    dry: bool,
    by: &By,
    watch: &impl Watch,
    account: &mut Account,
) -> Result<Found, anyhow::Error> {
    account.items = survey.items.clone();
    let settings = app.settings().await?;
    let permalink = match (account.settings, dry, &account.permalink) {
        // A dry run has not written it.
        (true, true, Some(permalink)) => permalink.clone(),
        _ => settings.permalink.clone(),
    };
    let timezone = account.timezone.clone().filter(|_| account.settings).unwrap_or_else(|| settings.timezone.clone());
    let mut bringing = Bringing {
        app,
        by,
        run,
        dry,
        site: survey.site.clone(),
        ids,
        permalink: Permalink::parse(&permalink).ok().filter(|_| app.routing().collections().is_empty()),
        zone: TimeZone::get(&timezone).unwrap_or(TimeZone::UTC),
        wanted: survey.menus.wanted().into_iter().collect(),
        now: app.now(),
        batch: Batch::new(),
        waiting: 0,
        bytes: 0,
        paths: HashSet::new(),
        slugs: HashSet::new(),
        numbers: HashMap::new(),
        names: HashSet::new(),
        missing: HashSet::new(),
        found: Found::new(),
        account,
    };
    for aside in &survey.asides {
        bringing.aside(aside, None).await?;
    }
    let (to, mut from) = mpsc::channel(AHEAD);
    let (paths, survey, names, now) = (exports.to_vec(), survey.clone(), names.clone(), bringing.now);
    let work = tokio::task::spawn_blocking(move || read(&paths, &survey, &names, now, &to));
    while let Some(read) = from.recv().await {
        match read {
            Read::Came(came, number) => bringing.came(*came, number).await?,
            Read::Asides(asides) => {
                for aside in &asides {
                    bringing.aside(aside, None).await?;
                }
            }
            Read::Skipped(what, why) => bringing.account.skip(&what, &why),
            Read::Behind(bytes) => watch.done(bytes),
        }
    }
    work.await?;
    bringing.commit().await?;
    let Bringing { found, missing, account, .. } = bringing;
    let mut missing: Vec<String> = missing.into_iter().collect();
    missing.sort_unstable();
    missing.iter().filter(|name| !account.missing.contains(name)).cloned().collect::<Vec<_>>().iter().for_each(
        |name| {
            account.misses(name);
        },
    );
    Ok(found)
}

/// An import under way.
struct Bringing<'a> {
    app: &'a Arc<App>,
    by: &'a By,
    run: &'a Id,
    dry: bool,
    site: String,
    ids: Ids,
    /// The pattern that gives new articles their addresses; none where routes do.
    permalink: Option<Permalink>,
    zone: TimeZone,
    wanted: HashSet<i64>,
    now: Timestamp,
    batch: Batch,
    waiting: usize,
    bytes: usize,
    /// What this import has written, or is about to: paths, slugs by kind, names.
    paths: HashSet<String>,
    slugs: HashSet<(Kind, String)>,
    /// The last number behind a slug.
    numbers: HashMap<(Kind, String), u32>,
    names: HashSet<String>,
    missing: HashSet<String>,
    found: Found,
    account: &'a mut Account,
}

/// Most missing pictures that are remembered.
const MOST_MISSING: usize = 10_000;

impl Bringing<'_> {
    async fn came(&mut self, came: Came, number: Option<i64>) -> Result<(), anyhow::Error> {
        let name = came.name.clone();
        if !self.names.insert(name.clone()) {
            let why = format!("the exports have another one called {name}");
            self.account.skip(came.article.headline.as_str(), &why);
            return Ok(());
        }
        let mut came = came;
        let article = &mut came.article;
        for (list, known) in [(&mut article.authors, &self.ids.authors), (&mut article.tags, &self.ids.tags)] {
            *list = list.iter().filter_map(|id| known.get(id).cloned()).collect();
            let mut seen = HashSet::new();
            list.retain(|id| seen.insert(id.clone()));
        }
        for path in article.section.iter_mut().chain(&mut article.extras.also_in) {
            if let Some(moved) = self.ids.sections.get(path) {
                path.clone_from(moved);
            }
        }
        let hash = Hash {
            raw: came.raw.clone(),
            asides: hash(&came.asides.iter().map(|aside| &aside.body).collect::<Vec<_>>()),
            article: hash_of(&came.article, self.now),
        };
        match origin::at(&self.app.store, &self.site, &name).await? {
            Some(known) => {
                self.find(&known, number).await?;
                self.again(known, came, &hash).await?;
            }
            None => {
                if let Some(other) = came.other_number {
                    let (from, to) = (format!("/?p={other}"), super::origin_of(&self.site, &name));
                    self.batch.push(lead::add(&from, &to, self.run.as_str(), self.now.as_millisecond()));
                }
                self.take_up(came, &hash, number).await?;
            }
        }
        Ok(())
    }

    /// Tells what is to be told of one that is written.
    fn tell(&mut self, came: &Came) {
        self.account.bodies.add(&came.report);
        for note in &came.notes {
            self.account.note(came.article.headline.as_str(), note);
        }
    }

    /// One that is new here.
    async fn take_up(&mut self, came: Came, hash: &Hash, number: Option<i64>) -> Result<(), anyhow::Error> {
        self.tell(&came);
        let Came { name, article, former, asides, lost_path, .. } = came;
        let mut article = self.with_slug(article).await?;
        if store::article::by_id(&self.app.store, &article.id).await?.is_some() {
            article.id = self.app.new_id();
        }
        article = self.with_address(article, lost_path.as_deref()).await?;
        let headline = article.headline.to_string();
        if let Err(why) = add_new(self.app, &mut self.batch, &article, self.by) {
            self.account.skip(&headline, &why.to_string());
            return Ok(());
        }
        for path in &former {
            if self.paths.insert(path.clone()) && address::holder(&self.app.store, path).await?.is_none() {
                self.batch.push(address::claim(path, article.id.as_str()));
                self.account.redirects += 1;
            }
        }
        let subject = format!("article:{}", article.id);
        remember(&mut self.batch, &self.site, &name, &subject, self.run, &hash.to_string(), article.version);
        for aside in &asides {
            self.aside(aside, Some(&article.id)).await?;
        }
        match article.kind {
            Kind::Article => self.account.articles += 1,
            Kind::Page => self.account.pages += 1,
        }
        *self.account.statuses.entry(article.status.word()).or_default() += 1;
        if let (Some(number), Some(path)) = (number.filter(|number| self.wanted.contains(number)), &article.path) {
            self.found.insert(number, (headline, path.clone()));
        }
        let is_there = |file: &str| self.app.media.has(file);
        for file in missing_pictures(std::iter::once(&article), is_there) {
            if self.missing.len() < MOST_MISSING {
                self.missing.insert(file);
            }
        }
        self.waiting += 1;
        self.bytes += article.body.len();
        if self.waiting >= STRETCH || self.bytes >= STRETCH_BYTES {
            self.commit().await?;
        }
        Ok(())
    }

    /// Notes where one is that came before and that a menu leads to.
    async fn find(&mut self, known: &origin::Origin, number: Option<i64>) -> Result<(), ActError> {
        let Some(number) = number.filter(|number| self.wanted.contains(number)) else { return Ok(()) };
        let Some(id) = known.subject.strip_prefix("article:").and_then(|id| Id::parse(id).ok()) else { return Ok(()) };
        if let Some(article) = store::article::by_id(&self.app.store, &id).await?.map(|card| card.article)
            && let Some(path) = article.path
        {
            self.found.insert(number, (article.headline.to_string(), path));
        }
        Ok(())
    }

    /// One that came before: it is written anew when it was changed there and not here. What it refers to and this export
    /// does not hold stays as it was.
    async fn again(&mut self, known: origin::Origin, came: Came, hash: &Hash) -> Result<(), anyhow::Error> {
        let before_hash = Hash::of(&known.came);
        let has_changed = before_hash.raw != hash.raw;
        // What stands around it may be known better now; with less of it nothing is made worse.
        let is_better = before_hash.article != hash.article && !came.unresolved.is_any();
        if !has_changed && !is_better && before_hash.asides == hash.asides {
            self.account.unchanged += 1;
            return Ok(());
        }
        let headline = came.article.headline.to_string();
        let id = known.subject.strip_prefix("article:").and_then(|id| Id::parse(id).ok());
        let card = match &id {
            Some(id) => store::article::by_id(&self.app.store, id).await?,
            None => None,
        };
        let Some(before) = card.map(|card| card.article) else {
            self.account.skip(&headline, "it was deleted here");
            return Ok(());
        };
        for aside in &came.asides {
            self.aside(aside, Some(&before.id)).await?;
        }
        if !has_changed && !is_better {
            // Only comments and the like came since.
            self.account.unchanged += 1;
            let kept = Hash { asides: hash.asides.clone(), ..before_hash }.to_string();
            remember(&mut self.batch, &self.site, &came.name, &known.subject, self.run, &kept, known.version);
            return Ok(());
        }
        let is_edited =
            before.version != known.version || store::working_copy::of(&self.app.store, &before.id).await?.is_some();
        if is_edited {
            self.account.keeps(&headline);
            let (there, here) = (came.article.is_public(), before.is_public());
            if here && (!there || came.article.access != before.access) {
                self.account.note(
                    &headline,
                    "there readers may not read it any more; here it is public, because it was edited here",
                );
            }
            return Ok(());
        }
        self.tell(&came);
        let mut after = self.laid_over(&before, &came);
        if after.is_public() && before.path.is_none() {
            after = self.with_address(after, came.lost_path.as_deref()).await?;
        } else if let (Some(there), Some(here)) = (&came.article.path, &after.path)
            && there != here
            && self.in_the_way(there).await?.is_none()
        {
            // It was moved there; links to either place lead to it.
            self.batch.push(address::claim(there, before.id.as_str()));
            self.account.redirects += 1;
        }
        self.account.updated += 1;
        if self.dry {
            return Ok(());
        }
        self.commit().await?;
        let change = format!("change:{}:{}", self.run, came.name);
        let run = self.run.as_str();
        let beside: Vec<Statement> = vec![
            origin::put(&self.site, &came.name, &known.subject, run, &hash.to_string(), after.version),
            origin::put(&self.site, &change, &known.subject, run, &known.came, after.version),
        ];
        match keep(self.app, Some(&before), after, beside, self.by, Verb::Imported).await {
            Ok(_) => Ok(()),
            Err(ActError::Stale) => {
                self.account.updated -= 1;
                self.account.keeps(&headline);
                Ok(())
            }
            Err(why) => Err(why.into()),
        }
    }

    /// What came, as a new version of what is here.
    fn laid_over(&self, before: &Article, came: &Came) -> Article {
        let Came { article, unresolved, report: _, .. } = came;
        let mut after = Article {
            id: before.id.clone(),
            slug: before.slug.clone(),
            path: before.path.clone().or(article.path.clone()),
            first_published_at: before.first_published_at.or(article.first_published_at),
            created_at: before.created_at,
            version: before.version + 1,
            ..article.clone()
        };
        after.extras.keeps_address = before.extras.keeps_address;
        if before.path.is_none() {
            after.path = article.path.clone();
        }
        if unresolved.picture {
            after.lead_picture = before.lead_picture.clone();
        }
        if unresolved.byline && !before.authors.is_empty() {
            after.authors = before.authors.clone();
        }
        after
    }

    async fn aside(&mut self, aside: &Aside, article: Option<&Id>) -> Result<(), anyhow::Error> {
        let body = aside.body.to_string();
        if article.is_none() {
            let known = aside::at(&self.app.store, &self.site, aside.what.word(), &aside.name).await?;
            if known.is_some_and(|known| known.body == body) {
                return Ok(());
            }
        }
        self.account.aside(aside.what);
        self.bytes += body.len();
        let article = article.map(Id::as_str);
        let what = aside.what.word();
        self.batch.push(aside::put(&self.site, &aside.name, what, article, self.run.as_str(), &body));
        if article.is_none() {
            self.waiting += 1;
        }
        if self.bytes >= STRETCH_BYTES && article.is_none() || self.waiting >= 10 * STRETCH {
            self.commit().await?;
        }
        Ok(())
    }

    /// Gives it a slug that no other has.
    async fn with_slug(&mut self, mut article: Article) -> Result<Article, ActError> {
        let wanted = article.slug.clone();
        loop {
            let number = self.numbers.entry((article.kind, wanted.to_string())).or_insert(0);
            *number += 1;
            let slug = if *number == 1 { wanted.clone() } else { wanted.numbered(*number) };
            let key = (article.kind, slug.to_string());
            let is_mine = !self.slugs.contains(&key);
            if is_mine
                && store::article::id_by_slug(&self.app.store, article.kind.word(), slug.as_str()).await?.is_none()
            {
                self.slugs.insert(key);
                article.slug = slug;
                return Ok(article);
            }
        }
    }

    /// Leaves it at the address that it had, or finds it another.
    async fn with_address(&mut self, mut article: Article, lost: Option<&str>) -> Result<Article, ActError> {
        if article.status != Status::Published {
            return Ok(article);
        }
        let there = article.path.clone();
        let in_the_way = match &there {
            Some(path) => self.in_the_way(path).await?,
            None => Some(String::new()),
        };
        if let (None, Some(path)) = (&in_the_way, &there) {
            let ours = self.permalink.as_ref().filter(|pattern| !pattern.as_str().contains("{primary"));
            let when = article.published_at.unwrap_or(article.updated_at);
            let nobody = Primary { primary_tag: None, primary_author: None };
            let by_pattern = ours.map(|pattern| pattern.path(&article, &article.slug, when, &self.zone, &nobody));
            // One beyond ASCII was spelt in another way there.
            article.extras.keeps_address = by_pattern.as_ref() != Some(path) || path.contains('%');
            self.paths.insert(path.clone());
            return Ok(article);
        }
        // Nothing that waits may be overlooked.
        self.commit().await?;
        article.path = None;
        let article = match &self.permalink {
            Some(pattern) => self.by_pattern(pattern.clone(), article).await?,
            None => addressed(self.app, article).await?,
        };
        let here = article.path.clone().unwrap_or_default();
        match (there, lost) {
            (Some(there), _) => self.account.moves(&there, &here, in_the_way.as_deref().unwrap_or_default()),
            (None, Some(lost)) => self.account.moves(lost, &here, "this can be no address of the magazine"),
            (None, None) => self.account.gets_link(article.headline.as_str(), &here),
        }
        self.slugs.insert((article.kind, article.slug.to_string()));
        self.paths.insert(here);
        Ok(article)
    }

    /// Gives it the address of the pattern, with a number where that is taken.
    async fn by_pattern(&self, pattern: Permalink, mut article: Article) -> Result<Article, ActError> {
        let when = article.published_at.unwrap_or(article.updated_at);
        let (tag, author) = names::primary(self.app, &article).await?;
        let primary = Primary { primary_tag: tag.as_deref(), primary_author: author.as_deref() };
        let wanted = article.slug.clone();
        for slug in std::iter::once(wanted.clone()).chain((2..NUMBERS).map(|number| wanted.numbered(number))) {
            let path = pattern.path(&article, &slug, when, &self.zone, &primary);
            let is_free = async || -> Result<bool, ActError> {
                let taken = self.slugs.contains(&(article.kind, slug.to_string()));
                let here = store::article::id_by_slug(&self.app.store, article.kind.word(), slug.as_str()).await?;
                Ok(!taken && here.is_none())
            };
            // The wanted one is this article's own by now.
            if self.in_the_way(&path).await?.is_none() && (slug == wanted || is_free().await?) {
                (article.slug, article.path) = (slug, Some(path));
                return Ok(article);
            }
        }
        Err(ActError::Field(format!("every address like {wanted} is taken")))
    }

    /// Why an article cannot stand at a path.
    async fn in_the_way(&self, path: &str) -> Result<Option<String>, ActError> {
        if route::is_the_programs(path) {
            return Ok(Some("the program keeps this address for itself".into()));
        }
        if self.paths.contains(path) || address::holder(&self.app.store, path).await?.is_some() {
            return Ok(Some("something else stands, or once stood, there".into()));
        }
        let is_list = match route::route(path) {
            Route::List(List::Tag(slug), _) => store::tag::by_slug(&self.app.store, &slug).await?.is_some(),
            Route::List(List::Author(slug), _) => store::author::by_slug(&self.app.store, &slug).await?.is_some(),
            _ => false,
        };
        if is_list {
            return Ok(Some("a list of articles stands there".into()));
        }
        let section = SectionPath::parse(path.trim_matches('/')).ok();
        if let Some(section) = section
            && path.ends_with('/')
            && store::section::at(&self.app.store, &section).await?.is_some()
        {
            return Ok(Some("a section stands there".into()));
        }
        Ok(None)
    }

    async fn commit(&mut self) -> Result<(), ActError> {
        let batch = std::mem::take(&mut self.batch);
        (self.waiting, self.bytes) = (0, 0);
        if self.dry || batch.is_empty() {
            return Ok(());
        }
        Ok(self.app.store.commit(batch).await?)
    }
}

/// What says whether something was changed there, and what: the item itself, what stands aside, what was made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hash {
    raw: String,
    asides: String,
    article: String,
}

impl Hash {
    fn of(text: &str) -> Hash {
        let mut parts = text.split(' ').map(str::to_owned);
        let mut next = || parts.next().unwrap_or_default();
        Hash { raw: next(), asides: next(), article: next() }
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.raw, self.asides, self.article)
    }
}

/// What says whether an article was changed there. What only the time of the move decided says nothing.
fn hash_of(article: &Article, now: Timestamp) -> String {
    let of_site = |at: Timestamp| if at == now { Timestamp::UNIX_EPOCH } else { at };
    let mut came = article.clone();
    came.id = Id::of_text(0, "");
    (came.created_at, came.updated_at) = (of_site(came.created_at), of_site(came.updated_at));
    came.published_at = came.published_at.map(of_site);
    came.first_published_at = came.first_published_at.map(of_site);
    hash(&came)
}

/// What says whether something was changed there.
fn hash(came: &impl serde::Serialize) -> String {
    let text = serde_json::to_string(came).unwrap_or_default();
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}
