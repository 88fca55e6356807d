//! Sections, tags and authors of the site, as they are called here.

use std::collections::{HashMap, HashSet};

use import::wordpress::{Names, Survey};
use news::{Article, Author, Id, SectionPath, Slug, Tag};
use store::{Batch, section};

use super::{Account, Run};
use crate::actions::ActError;
use crate::actions::publish::{Stands, what_stands_at};

/// Most numbers tried behind an author's slug.
const NUMBERS: u32 = 10_000;

/// How they are called here.
#[derive(Debug, Default)]
pub struct Here {
    tags: HashMap<Id, Id>,
    authors: HashMap<Id, Id>,
    /// Sections that went elsewhere here since they came.
    sections: HashMap<SectionPath, SectionPath>,
    /// Pages of authors that another's name kept from their address: there, here.
    pages: HashMap<String, String>,
}

impl Here {
    /// Names them in an article as they are called here, each once; what is not here any more is left out.
    pub fn name(&self, article: &mut Article) {
        for (ids, known) in [(&mut article.authors, &self.authors), (&mut article.tags, &self.tags)] {
            let mut seen = HashSet::new();
            *ids = ids.iter().filter_map(|id| known.get(id).cloned()).filter(|id| seen.insert(id.clone())).collect();
        }
        for path in article.section.iter_mut().chain(&mut article.extras.also_in) {
            if let Some(moved) = self.sections.get(path) {
                path.clone_from(moved);
            }
        }
    }

    /// Where a page of the site's is here.
    pub fn page<'p>(&'p self, there: &'p str) -> &'p str {
        self.pages.get(there).map_or(there, String::as_str)
    }
}

/// Makes them of a survey; sections where no article of the magazine stands.
pub async fn of(run: &Run<'_>, survey: &Survey) -> Result<Names, ActError> {
    let mut taken: HashSet<SectionPath> = HashSet::new();
    for path in Names::wished(survey) {
        if let Some(Stands::Article(_)) = what_stands_at(run.app, &path.url()).await?
            && section::at(&run.app.store, &path).await?.is_none()
        {
            taken.insert(path);
        }
    }
    Ok(Names::of(survey, |path| taken.contains(path), run.now))
}

/// Writes those that are new here, and says how all are called.
pub async fn put(run: &Run<'_>, names: &Names, account: &mut Account) -> Result<Here, ActError> {
    let (mut batch, mut here) = (Batch::new(), Here::default());
    for there in &names.sections {
        put_section(run, there, &mut batch, &mut here, account).await?;
    }
    for there in &names.tags {
        put_tag(run, there, &mut batch, &mut here, account).await?;
    }
    let mut slugs: HashSet<Slug> = names.authors.iter().map(|author| author.slug.clone()).collect();
    for there in &names.authors {
        put_author(run, there, &mut slugs, &mut batch, &mut here, account).await?;
    }
    if !batch.is_empty() {
        run.note(&mut batch);
        run.commit(&mut batch).await?;
    }
    Ok(here)
}

async fn put_section(
    run: &Run<'_>,
    there: &news::Section,
    batch: &mut Batch,
    here: &mut Here,
    account: &mut Account,
) -> Result<(), ActError> {
    let (store, name) = (&run.app.store, format!("section:{}", there.path));
    if section::at(store, &there.path).await?.is_some() {
        return Ok(());
    }
    // One that came before and is not here any more went where the desk moved it.
    if run.known(&name).await?.is_some() {
        let moved = section::moved(store, there.path.as_str()).await?;
        if let Some(to) = moved.and_then(|moved| SectionPath::parse(&moved.moved_to).ok()) {
            here.sections.insert(there.path.clone(), to);
            return Ok(());
        }
    }
    account.sections += 1;
    batch.push(section::put(there));
    run.remember(batch, &name, &name, "", 0);
    Ok(())
}

async fn put_tag(
    run: &Run<'_>,
    there: &Tag,
    batch: &mut Batch,
    here: &mut Here,
    account: &mut Account,
) -> Result<(), ActError> {
    let (store, name) = (&run.app.store, format!("tag:{}", there.slug));
    let same = match store::tag::by_ids(store, &[&there.id]).await?.pop() {
        Some(known) => Some(known),
        None => store::tag::by_slug(store, there.slug.as_str()).await?,
    };
    if let Some(same) = same {
        here.tags.insert(there.id.clone(), same.id);
    } else if run.known(&name).await?.is_none() {
        account.tags += 1;
        batch.push(store::tag::put(there, there.updated_at));
        run.remember(batch, &name, &format!("tag:{}", there.id), "", 0);
        here.tags.insert(there.id.clone(), there.id.clone());
    } // else it came before, and the desk took it away
    Ok(())
}

async fn put_author(
    run: &Run<'_>,
    there: &Author,
    slugs: &mut HashSet<Slug>,
    batch: &mut Batch,
    here: &mut Here,
    account: &mut Account,
) -> Result<(), ActError> {
    let store = &run.app.store;
    let mut author = there.clone();
    let mut same = store::author::by_ids(store, &[&there.id]).await?.pop();
    if same.is_none()
        && let Some(namesake) = store::author::by_slug(store, there.slug.as_str()).await?
    {
        if is_same(&namesake, there) {
            same = Some(namesake);
        } else {
            author.slug = free_slug(run, &there.slug, slugs).await?;
            let (name, page) = (&namesake.name, there.url());
            account.note(
                &there.name,
                &format!("another author, {name}, has the address {page}: this one has {}", author.url()),
            );
        }
    }
    if let Some(same) = same {
        author = same;
    } else {
        account.authors += 1;
        batch.push(store::author::put(&author, author.updated_at));
        let name = format!("author:{}", author.id);
        run.remember(batch, &name, &name, "", 0);
    }
    if author.slug != there.slug {
        here.pages.insert(there.url(), author.url());
    }
    here.authors.insert(there.id.clone(), author.id);
    Ok(())
}

/// A slug that nobody has here, nor anybody who is still to come.
async fn free_slug(run: &Run<'_>, wanted: &Slug, slugs: &mut HashSet<Slug>) -> Result<Slug, ActError> {
    for slug in (2..NUMBERS).map(|number| wanted.numbered(number)) {
        if !slugs.contains(&slug) && store::author::by_slug(&run.app.store, slug.as_str()).await?.is_none() {
            slugs.insert(slug.clone());
            return Ok(slug);
        }
    }
    Err(ActError::Field(format!("every author's slug like {wanted} is taken")))
}

/// Whether two authors of one address are one person: by the mail address, else by the name.
fn is_same(here: &Author, there: &Author) -> bool {
    let folded = |text: &str| text.trim().to_lowercase();
    match (&here.email, &there.email) {
        (Some(here), Some(there)) => folded(here) == folded(there),
        _ => folded(&here.name) == folded(&there.name),
    }
}
