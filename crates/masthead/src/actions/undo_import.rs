//! An import is taken back, as long as nothing of it was edited since. What it made goes, with its addresses: nobody was
//! told of them yet. What it changed becomes what it was.

use std::sync::Arc;

use anyhow::{anyhow, bail};
use news::{Act, Article, Id, Place, Verb};
use store::origin::Walk;
use store::{Batch, act, address, aside, lead, origin, outbox, revision, run};

use super::ActError;
use super::delete::remove;
use super::keep::{By, commit, keep, payload};
use super::moving::Watch;
use crate::App;

/// Things that are looked at at a time.
const STRETCH: i64 = 50;
/// Edited articles that are named.
const NAMED: usize = 10;

/// What was taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Articles and pages that are gone.
    pub articles: u64,
    /// Articles that are what they were.
    pub restored: u64,
    /// Pictures and files that are gone.
    pub pictures: u64,
    /// Addresses that lead nowhere any more.
    pub redirects: u64,
    /// Things that stay because something else needs them.
    pub kept: u64,
}

/// Takes an import back. Stopped in the middle, it goes on when it is asked for again.
pub async fn undo_import(app: &Arc<App>, run: &Id, by: &By, watch: &impl Watch) -> Result<Undone, anyhow::Error> {
    let known = run::by_id(&app.store, run.as_str()).await?;
    let known =
        known.ok_or_else(|| anyhow!("there is no import {run}; `masthead import list` names those there are"))?;
    if known.undone_at.is_some() {
        bail!("the import {run} was taken back already");
    }
    let count = refuse_edited(app, run).await?;
    watch.begins("Taking back", count);
    let mut undone = Undone::default();
    let (mut walk, mut done) = (Walk::along(run), 0);
    while let Some(brought) = walk.next(&app.store, STRETCH).await? {
        for thing in &brought {
            done += 1;
            take_back(app, thing, by, &mut undone).await?;
        }
        watch.done(done);
    }
    // What may still have been needed by an article that came later in the order.
    let (mut walk, mut sections) = (Walk::along(run), Vec::new());
    while let Some(brought) = walk.next(&app.store, STRETCH).await? {
        names(app, &brought, &mut sections, &mut undone).await?;
    }
    // The deepest first: one is only removed when nothing is below it.
    sections.sort_unstable_by_key(|path: &String| std::cmp::Reverse(path.matches('/').count()));
    for path in sections {
        let mut batch = Batch::new();
        batch.push(store::section::remove_unused(&path));
        app.store.commit(batch).await.map_err(ActError::from)?;
    }
    watch.ends();
    undone.redirects = lead::count_of(&app.store, run.as_str()).await?.map_or(0, |row| row.count.unsigned_abs());
    let now = app.now().as_millisecond();
    let mut batch = Batch::new();
    for statement in [lead::remove_run, aside::remove_run, origin::remove_run] {
        batch.push(statement(run.as_str()));
    }
    batch.push(run::undone(run.as_str(), now));
    let subject = format!("import:{run}");
    let reason = Some(known.site.clone());
    batch.push(act::add(&Act { actor: by.actor.clone(), verb: Verb::TakenBack, subject, at: app.now(), reason }));
    batch.push(outbox::add("refill", &payload(&[Place::Everything]), &app.origin, now));
    commit(app, batch, vec![Place::Everything]).await.map_err(ActError::from)?;
    Ok(undone)
}

/// The article that something is, if it is one and still here.
async fn article_of(app: &App, thing: &origin::Brought) -> Result<Option<Article>, ActError> {
    let Some(id) = thing.article() else { return Ok(None) };
    Ok(store::article::by_id(&app.store, &id).await?.map(|card| card.article))
}

/// Refuses when somebody edited something of it. Answers how many things it brought.
async fn refuse_edited(app: &App, run: &Id) -> Result<u64, anyhow::Error> {
    let (mut edited, mut more, mut count) = (Vec::new(), 0, 0);
    let mut walk = Walk::along(run);
    while let Some(brought) = walk.next(&app.store, STRETCH).await? {
        for thing in &brought {
            count += 1;
            let Some(article) = article_of(app, thing).await? else { continue };
            let has_copy = store::working_copy::of(&app.store, &article.id).await?.is_some();
            if article.version == thing.version && !has_copy {
                continue;
            }
            // A line for what it changed, and perhaps one for what it made: one article.
            if edited.len() < NAMED {
                let line = format!("  {}", article.headline);
                if !edited.contains(&line) {
                    edited.push(line);
                }
            } else {
                more += 1;
            }
        }
    }
    if edited.is_empty() {
        return Ok(count);
    }
    let rest = if more > 0 { format!("\n  and {more} more") } else { String::new() };
    bail!("something of it was edited since, so it stays as it is:\n{}{rest}", edited.join("\n"))
}

async fn take_back(app: &Arc<App>, thing: &origin::Brought, by: &By, undone: &mut Undone) -> Result<(), anyhow::Error> {
    if thing.article().is_some() {
        let Some(before) = article_of(app, thing).await? else { return Ok(()) };
        if let Some(name) =
            thing.name.strip_prefix("change:").and_then(|rest| rest.split_once(':')).map(|(_, name)| name)
        {
            return change_back(app, thing, name, before, by, undone).await;
        }
        let mut batch = Batch::new();
        let places = remove(app, &mut batch, &before).await?;
        batch.push(address::remove_of(before.id.as_str()));
        batch.push(revision::remove_of(before.id.as_str()));
        batch.push(outbox::add("refill", &payload(&places), &app.origin, app.now().as_millisecond()));
        commit(app, batch, places).await.map_err(ActError::from)?;
        undone.articles += 1;
    }
    Ok(())
}

/// An article that the import changed becomes what it was.
async fn change_back(
    app: &Arc<App>,
    thing: &origin::Brought,
    name: &str,
    before: Article,
    by: &By,
    undone: &mut Undone,
) -> Result<(), anyhow::Error> {
    let Some(row) = revision::at(&app.store, before.id.as_str(), thing.version - 1).await? else { return Ok(()) };
    let Some(change) = origin::at(&app.store, &thing.site, &thing.name).await? else { return Ok(()) };
    let earlier = revision::article(&row)?;
    let after = Article { version: before.version + 1, path: before.path.clone(), ..earlier };
    let beside = vec![
        origin::put(&thing.site, name, &thing.subject, &change.run_id, &change.came, after.version),
        origin::put(&thing.site, &thing.name, "done", &change.run_id, &change.came, after.version),
    ];
    keep(app, Some(&before), after, beside, by, Verb::Restored).await?;
    undone.restored += 1;
    Ok(())
}

/// Files, sections, tags and authors that nothing needs any more.
async fn names(
    app: &Arc<App>,
    brought: &[origin::Brought],
    sections: &mut Vec<String>,
    undone: &mut Undone,
) -> Result<(), anyhow::Error> {
    for thing in brought {
        let Some((kind, rest)) = thing.subject.split_once(':') else { continue };
        let mut batch = Batch::new();
        match kind {
            "section" => sections.push(rest.to_owned()),
            "tag" => batch.push(store::tag::remove_unused(rest)),
            "author" => batch.push(store::author::remove_unused(rest)),
            "picture" => {
                let (id, name) = rest.split_once(' ').unwrap_or((rest, ""));
                batch.push(store::picture::remove_unused(id));
                app.store.commit(batch).await.map_err(ActError::from)?;
                match store::picture::by_id(&app.store, id).await? {
                    Some(_) => undone.kept += 1,
                    None => {
                        app.media.remove(name)?;
                        undone.pictures += 1;
                    }
                }
                continue;
            }
            "file" => {
                let src = news::slug::encoded(&format!("/content/{}", rest.replace(' ', "%20")));
                let row = store::picture::by_src(&app.store, &src).await?;
                let is_shown = !store::picture::uses(&app.store, &[&src]).await?.is_empty();
                if is_shown {
                    undone.kept += 1;
                    continue;
                }
                row.iter().for_each(|row| batch.push(store::picture::remove_unused(row.id.as_str())));
                app.media.remove(rest)?;
                undone.pictures += 1;
            }
            _ => {}
        }
        if !batch.is_empty() {
            app.store.commit(batch).await.map_err(ActError::from)?;
        }
    }
    Ok(())
}
