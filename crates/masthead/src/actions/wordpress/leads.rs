//! Addresses of a WordPress site at which nothing of ours stands: they lead to what does.

use import::wordpress::{Names, Survey, Upload};
use store::{Batch, lead, media};

use super::names::Here;
use super::{Account, Run};
use crate::actions::ActError;

/// Addresses of one batch.
const STRETCH: u64 = 1_000;

/// Writes them: categories, numbers of terms and writers, the pages that WordPress made of files.
pub async fn put(
    run: &Run<'_>,
    survey: &Survey,
    names: &Names,
    here: &Here,
    account: &mut Account,
) -> Result<(), ActError> {
    let mut batch = Batch::new();
    if !survey.home.is_empty() {
        add(run, &mut batch, &format!("{}/", survey.home), "/", account).await?;
    }
    for (from, to) in &names.led {
        add(run, &mut batch, from, here.page(to), account).await?;
    }
    for upload in survey.library.uploads.values() {
        let Some(to) = leads_to(run, survey, upload).await? else { continue };
        add(run, &mut batch, &format!("/?attachment_id={}", upload.id), &to, account).await?;
        if let Some(page) = upload.page.as_ref().filter(|page| !survey.stands_at(page)) {
            add(run, &mut batch, page, &to, account).await?;
        }
    }
    run.commit(&mut batch).await
}

/// Where the page of a file leads: to the article for which it was uploaded, else to itself.
async fn leads_to(run: &Run<'_>, survey: &Survey, upload: &Upload) -> Result<Option<String>, ActError> {
    if let Some(parent) = upload.parent.map(|parent| format!("item:{parent}"))
        && run.known(&parent).await?.is_some()
    {
        return Ok(Some(run.lead_to(&parent)));
    }
    Ok(survey.library.moved(&upload.url).filter(|_| media::is_name(&upload.name)))
}

/// Adds one that is not there yet.
async fn add(run: &Run<'_>, batch: &mut Batch, from: &str, to: &str, account: &mut Account) -> Result<(), ActError> {
    if from == to || lead::at(&run.app.store, from).await?.is_some() {
        return Ok(());
    }
    account.redirects += 1;
    batch.push(lead::add(from, to, run.id.as_str(), run.now.as_millisecond()));
    if account.redirects.is_multiple_of(STRETCH) {
        run.commit(batch).await?;
    }
    Ok(())
}
