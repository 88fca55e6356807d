//! What the site says of itself: its name, its clock, its addresses, its menus.

use import::wordpress::{Names, Survey, Target};
use jiff::tz::TimeZone;
use news::{Permalink, Settings};

use super::items::Found;
use super::places::Places;
use super::{Account, Run};
use crate::actions::configure::configure;
use crate::actions::move_in;

/// Longest name of a language.
const LONGEST_TAG: usize = 35;

/// A magazine in which nothing was written yet takes them over. Answers where articles are to stand then, also when a dry
/// run writes nothing.
pub async fn take_over(run: &Run<'_>, survey: &Survey, account: &mut Account) -> Result<Places, anyhow::Error> {
    let (permalink, zone) = (survey.permalink().map(|permalink| permalink.as_str().to_owned()), survey.zone());
    account.permalink.clone_from(&permalink);
    account.timezone.clone_from(&zone);
    account.settings = move_in::is_empty(run.app).await?;
    if zone.is_none() {
        let how = "the zone of the site's clock could not be told from its dates; look at the magazine's time zone";
        account.note("", how);
    }
    let ours = run.app.settings().await?;
    let mut after = ours.clone();
    if account.settings {
        let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        after.title = said(&survey.title).unwrap_or(after.title);
        after.description = said(&survey.description).unwrap_or(after.description);
        after.locale = said(&survey.language).filter(|tag| is_language(tag)).unwrap_or(after.locale);
        after.timezone = zone.unwrap_or(after.timezone);
        after.permalink = permalink.unwrap_or(after.permalink);
    }
    if after != ours && !run.dry {
        configure(run.app, &after, &run.by).await?;
    }
    let has_routes = !run.app.routing().collections().is_empty();
    let pattern = Permalink::parse(&after.permalink).ok().filter(|_| !has_routes);
    Ok(Places::of(pattern, TimeZone::get(&after.timezone).unwrap_or(TimeZone::UTC)))
}

fn is_language(tag: &str) -> bool {
    (2..=LONGEST_TAG).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Menus, where the magazine has none.
pub async fn menus(
    run: &Run<'_>,
    survey: &Survey,
    names: &Names,
    found: &Found,
    account: &mut Account,
) -> Result<(), anyhow::Error> {
    let ours = run.app.settings().await?;
    if !ours.navigation.is_empty() || !ours.secondary_navigation.is_empty() {
        return Ok(());
    }
    let placed = survey.menus.placed(|target| match target {
        Target::Item(id) => found.get(id).cloned(),
        Target::Category(id) => names.category(*id),
        Target::Tag(id) => names.tag(*id),
        Target::Address(url) => Some((String::new(), survey.moved(url).unwrap_or_else(|| url.clone()))),
    });
    account.menu_lines = (placed.navigation.len() + placed.secondary.len()) as u64;
    if placed.left_out > 0 {
        let lines = placed.left_out;
        let how = format!("{lines} lines of menus have no place: menus have one level here, and there are two of them");
        account.note("", &how);
    }
    if account.menu_lines > 0 && !run.dry {
        let after = Settings { navigation: placed.navigation, secondary_navigation: placed.secondary, ..ours };
        configure(run.app, &after, &run.by).await?;
    }
    Ok(())
}
