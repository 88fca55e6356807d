//! Addresses of a WordPress site at which nothing of ours stands: they lead to what does.

use import::wordpress::{Names, Survey, path_of};
use news::Id;
use store::{Batch, lead, media, origin};

use super::Account;
use crate::App;
use crate::actions::ActError;

/// Addresses of one batch.
const STRETCH: usize = 1_000;

/// Writes them: categories, numbers of terms and writers, the pages that WordPress made of files.
pub async fn put(
    app: &App,
    survey: &Survey,
    names: &Names,
    run: &Id,
    dry: bool,
    account: &mut Account,
) -> Result<(), anyhow::Error> {
    let mut all: Vec<(String, String)> = names.led.clone();
    if !survey.home.is_empty() {
        all.push((format!("{}/", survey.home), "/".into()));
    }
    for (name, path) in &names.numbered {
        match name.split_once(':') {
            Some(("term", number)) => all.push((format!("/?cat={number}"), path.clone())),
            Some(("user", number)) => all.push((format!("/?author={number}"), path.clone())),
            _ => {}
        }
    }
    let (mut batch, mut waiting) = (Batch::new(), 0);
    let now = app.now().as_millisecond();
    for (from, to) in all {
        add(app, &mut batch, (&from, &to), run, now, account).await?;
    }
    for upload in survey.library.uploads.values() {
        let parent = match upload.parent {
            // Wherever that article is by then.
            Some(parent) if origin::at(&app.store, &survey.site, &format!("item:{parent}")).await?.is_some() => {
                super::origin_of(&survey.site, &format!("item:{parent}"))
            }
            _ => match survey.library.moved(&upload.url) {
                Some(file) if media::is_name(&upload.name) => file,
                _ => continue,
            },
        };
        let numbered = format!("/?attachment_id={}", upload.id);
        add(app, &mut batch, (&numbered, &parent), run, now, account).await?;
        let page = path_of(&import::wordpress::wxr::Item { link: upload.link.clone(), ..Default::default() });
        if let Some(page) = page.filter(|page| !survey.stands_at(page)) {
            add(app, &mut batch, (&page, &parent), run, now, account).await?;
        }
        waiting += 2;
        if waiting >= STRETCH {
            waiting = 0;
            commit(app, &mut batch, dry).await?;
        }
    }
    commit(app, &mut batch, dry).await?;
    Ok(())
}

/// Adds one that is not there yet.
async fn add(
    app: &App,
    batch: &mut Batch,
    (from, to): (&str, &str),
    run: &Id,
    now: i64,
    account: &mut Account,
) -> Result<(), ActError> {
    if from != to && lead::at(&app.store, from).await?.is_none() {
        account.redirects += 1;
        batch.push(lead::add(from, to, run.as_str(), now));
    }
    Ok(())
}

async fn commit(app: &App, batch: &mut Batch, dry: bool) -> Result<(), ActError> {
    let batch = std::mem::take(batch);
    match dry || batch.is_empty() {
        true => Ok(()),
        false => Ok(app.store.commit(batch).await?),
    }
}
