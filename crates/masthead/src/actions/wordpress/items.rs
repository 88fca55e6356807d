//! The second walk: item by item, in batches.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use import::wordpress::{Aside, Came, Names, Survey};
use news::{Article, Id, Kind, Reader, Status, Verb};
use store::{Batch, Statement, address, aside, lead, origin};
use tokio::sync::mpsc;

use super::hash::{self, Hash};
use super::names::Here;
use super::places::{self, Places};
use super::reading::{Read, read};
use super::{Account, Run};
use crate::actions::ActError;
use crate::actions::keep::{add_new, keep};
use crate::actions::move_in::missing_pictures;
use crate::actions::moving::Watch;

/// Articles, or other things, of one batch: so many are begun anew at most when the machine fails.
const STRETCH: usize = 100;
/// Bytes of bodies of one batch.
const STRETCH_BYTES: usize = 8 << 20;
/// Items that are read ahead.
const AHEAD: usize = 2;
/// Most missing pictures that are remembered.
const MOST_MISSING: usize = 10_000;

/// Names and addresses of items that menus lead to, by their numbers there.
pub type Found = HashMap<i64, (String, String)>;

/// Brings the items. Answers where those are that menus lead to.
pub async fn bring(
    run: &Run<'_>,
    exports: &[PathBuf],
    (survey, names): (&Arc<Survey>, &Arc<Names>),
    (here, places): (&Here, Places),
    watch: &impl Watch,
    account: &mut Account,
) -> Result<Found, anyhow::Error> {
    account.items = survey.items.clone();
    let mut bringing = Bringing {
        run,
        here,
        places,
        wanted: survey.menus.wanted().into_iter().collect(),
        account,
        batch: Batch::new(),
        waiting: 0,
        bytes: 0,
        names: HashSet::new(),
        missing: HashSet::new(),
        found: Found::new(),
    };
    for aside in &survey.asides {
        bringing.aside(aside, None).await?;
    }
    let (to, mut from) = mpsc::channel(AHEAD);
    let (paths, survey, names, now) = (exports.to_vec(), survey.clone(), names.clone(), run.now);
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
    account.misses_also(missing);
    Ok(found)
}

/// An import whose items come.
struct Bringing<'a> {
    run: &'a Run<'a>,
    here: &'a Here,
    places: Places,
    /// Numbers of items that menus lead to.
    wanted: HashSet<i64>,
    account: &'a mut Account,
    batch: Batch,
    waiting: usize,
    bytes: usize,
    /// Items that came in this import, by their names.
    names: HashSet<String>,
    missing: HashSet<String>,
    found: Found,
}

impl Bringing<'_> {
    /// A post or page.
    async fn came(&mut self, mut came: Came, number: Option<i64>) -> Result<(), anyhow::Error> {
        if !self.names.insert(came.name.clone()) {
            let why = format!("the exports have another one called {}", came.name);
            self.account.skip(came.article.headline.as_str(), &why);
            return Ok(());
        }
        self.here.name(&mut came.article);
        let hash = Hash {
            raw: came.raw.clone(),
            asides: hash::of(&came.asides.iter().map(|aside| &aside.body).collect::<Vec<_>>()),
            article: hash::of_article(&came.article, self.run.now),
        };
        let number = number.filter(|number| self.wanted.contains(number));
        match self.run.known(&came.name).await? {
            None => self.take_up(came, &hash, number).await,
            Some(known) => {
                let article = known.article().filter(|_| number.is_some());
                self.again(known, came, &hash).await?;
                if let Some(id) = article
                    && let Some(card) = store::article::by_id(&self.run.app.store, &id).await?
                {
                    self.find(number, &card.article);
                }
                Ok(())
            }
        }
    }

    /// Notes where one is that a menu leads to.
    fn find(&mut self, number: Option<i64>, article: &Article) {
        if let (Some(number), Some(path)) = (number, &article.path) {
            self.found.insert(number, (article.headline.to_string(), path.clone()));
        }
    }

    /// Tells what is to be told of one that is written.
    fn tell(&mut self, came: &Came) {
        self.account.bodies.add(&came.report.counts);
        for note in came.notes.iter().chain(&came.report.notes) {
            self.account.note(came.article.headline.as_str(), note);
        }
    }

    /// One that is new here.
    async fn take_up(&mut self, came: Came, hash: &Hash, number: Option<i64>) -> Result<(), anyhow::Error> {
        self.tell(&came);
        let Came { name, article, former, asides, lost_path, other_number, .. } = came;
        let mut article = self.places.with_slug(self.run, article).await?;
        if store::article::by_id(&self.run.app.store, &article.id).await?.is_some() {
            article.id = self.run.app.new_id();
        }
        let article = self.with_address(article, lost_path.as_deref()).await?;
        if let Err(why) = add_new(self.run.app, &mut self.batch, &article, &self.run.by) {
            self.account.skip(article.headline.as_str(), &why.to_string());
            return Ok(());
        }
        let subject = origin::of_article(&article.id);
        self.run.remember(&mut self.batch, &name, &subject, &hash.to_string(), article.version);
        if let Some(other) = other_number {
            let (from, to) = (format!("/?p={other}"), self.run.lead_to(&name));
            self.batch.push(lead::add(&from, &to, self.run.id.as_str(), self.run.now.as_millisecond()));
        }
        for path in &former {
            if self.places.take(path) && address::holder(&self.run.app.store, path).await?.is_none() {
                self.batch.push(address::claim(path, article.id.as_str()));
                self.account.redirects += 1;
            }
        }
        for aside in &asides {
            self.aside(aside, Some(&article.id)).await?;
        }
        self.count(&article);
        self.find(number, &article);
        self.bytes += article.body.len();
        self.written_one().await
    }

    /// Counts one that is new.
    fn count(&mut self, article: &Article) {
        match article.kind {
            Kind::Article => self.account.articles += 1,
            Kind::Page => self.account.pages += 1,
        }
        *self.account.statuses.entry(article.status.word()).or_default() += 1;
        let media = &self.run.app.media;
        for file in missing_pictures(std::iter::once(article), |file| media.has(file)) {
            if self.missing.len() < MOST_MISSING {
                self.missing.insert(file);
            }
        }
    }

    /// One that came before: it is written anew when it was changed there and not here.
    async fn again(&mut self, known: origin::Origin, came: Came, hash: &Hash) -> Result<(), anyhow::Error> {
        let was = Hash::of(&known.came);
        // What stands around it may be known better now; with less of it nothing is made worse.
        let is_better = was.article != hash.article && !came.unresolved.is_any();
        let is_new = was.raw != hash.raw || is_better;
        let has_asides = was.asides != hash.asides;
        if !is_new && !has_asides {
            self.account.unchanged += 1;
            return Ok(());
        }
        let store = &self.run.app.store;
        let before = match known.article() {
            Some(id) => store::article::by_id(store, &id).await?.map(|card| card.article),
            None => None,
        };
        let Some(before) = before else {
            self.account.skip(came.article.headline.as_str(), "it was deleted here");
            return Ok(());
        };
        for aside in came.asides.iter().filter(|_| has_asides) {
            self.aside(aside, Some(&before.id)).await?;
        }
        if !is_new {
            // Only comments and the like came since.
            self.account.unchanged += 1;
            let now = Hash { asides: hash.asides.clone(), ..was }.to_string();
            self.run.remember(&mut self.batch, &came.name, &known.subject, &now, known.version);
        } else if before.version != known.version || store::working_copy::of(store, &before.id).await?.is_some() {
            self.stays(&before, &came.article);
        } else {
            self.update(known, before, came, hash).await?;
        }
        Ok(())
    }

    /// One that was changed there and edited here.
    fn stays(&mut self, here: &Article, there: &Article) {
        let headline = there.headline.as_str();
        self.account.keeps(headline);
        let is_open = |article: &Article| article.is_public() && article.access.allows(Reader::Stranger);
        if is_open(here) && !is_open(there) {
            let how = "there readers may not read it any more; here it is public, because it was edited here";
            self.account.note(headline, how);
        }
    }

    /// One that was changed there and not here.
    async fn update(
        &mut self,
        known: origin::Origin,
        before: Article,
        came: Came,
        hash: &Hash,
    ) -> Result<(), anyhow::Error> {
        self.tell(&came);
        let mut after = laid_over(&before, &came);
        if before.path.is_none() {
            after = self.with_address(after, came.lost_path.as_deref()).await?;
        } else if let Some(there) = came.article.path.as_ref().filter(|there| Some(*there) != after.path.as_ref())
            && self.places.in_the_way(self.run, there).await?.is_none()
        {
            // It was moved there; links to either place lead to it.
            self.batch.push(address::claim(there, before.id.as_str()));
            self.account.redirects += 1;
        }
        self.account.updated += 1;
        self.commit().await?;
        if self.run.dry {
            return Ok(());
        }
        let (site, run) = (&self.run.site, self.run.id.as_str());
        let change = format!("change:{run}:{}", came.name);
        let beside: Vec<Statement> = vec![
            origin::put(site, &came.name, &known.subject, run, &hash.to_string(), after.version),
            origin::put(site, &change, &known.subject, run, &known.came, after.version),
        ];
        match keep(self.run.app, Some(&before), after, beside, &self.run.by, Verb::Imported).await {
            Ok(_) => Ok(()),
            Err(ActError::Stale) => {
                self.account.updated -= 1;
                self.account.keeps(before.headline.as_str());
                Ok(())
            }
            Err(why) => Err(why.into()),
        }
    }

    /// A public one stands where it stood, or somewhere else, which is told.
    async fn with_address(&mut self, mut article: Article, lost: Option<&str>) -> Result<Article, ActError> {
        let there = article.path.clone();
        let why = self.places.keep(self.run, &mut article).await?;
        if article.status != Status::Published || article.path.is_some() {
            return Ok(article);
        }
        // Nothing that waits may be overlooked.
        self.commit().await?;
        let article = self.places.find(self.run, article).await?;
        places::tell(self.account, &article, there.as_deref().zip(why), lost);
        Ok(article)
    }

    /// What there is no room for: of an article, or by itself.
    async fn aside(&mut self, aside: &Aside, article: Option<&Id>) -> Result<(), anyhow::Error> {
        let (site, what, body) = (&self.run.site, aside.what.word(), aside.body.to_string());
        if article.is_none() {
            let known = aside::at(&self.run.app.store, site, what, &aside.name).await?;
            if known.is_some_and(|known| known.body == body) {
                return Ok(());
            }
        }
        self.account.aside(aside.what);
        self.bytes += body.len();
        self.batch.push(aside::put(site, &aside.name, what, article.map(Id::as_str), self.run.id.as_str(), &body));
        match article {
            // It goes with its article.
            Some(_) => Ok(()),
            None => self.written_one().await,
        }
    }

    /// Commits when enough waits.
    async fn written_one(&mut self) -> Result<(), anyhow::Error> {
        self.waiting += 1;
        if self.waiting >= STRETCH || self.bytes >= STRETCH_BYTES {
            self.commit().await?;
        }
        Ok(())
    }

    async fn commit(&mut self) -> Result<(), ActError> {
        (self.waiting, self.bytes) = (0, 0);
        self.run.commit(&mut self.batch).await
    }
}

/// What came, as a new version of what is here. What it refers to and its export does not hold stays as it was.
fn laid_over(before: &Article, came: &Came) -> Article {
    let Came { article, unresolved, .. } = came;
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
    if unresolved.picture {
        after.lead_picture = before.lead_picture.clone();
    }
    if unresolved.byline && !before.authors.is_empty() {
        after.authors = before.authors.clone();
    }
    after
}
