//! `masthead settings`: what the magazine says about itself.

use anyhow::{Context, anyhow, bail};
use clap::{Args, Subcommand};
use news::{Actor, Permalink, Settings, limits};
use serde_json::Value;

use super::{Outcome, open};
use crate::actions::{By, configure};
use crate::config::Place;

/// What the magazine says about itself on every page.
#[derive(Debug, Subcommand)]
pub enum SettingsCommand {
    /// Print every setting as JSON
    List(List),
    /// Change one
    Set(Set),
}

/// `masthead settings list`.
#[derive(Args, Debug)]
pub struct List {
    #[command(flatten)]
    place: Place,
}

/// `masthead settings set`.
#[derive(Args, Debug)]
pub struct Set {
    /// The setting's name, as `settings list` prints it, such as title
    name: String,
    /// The new value: plain text, or JSON for a menu, such as '[{"label":"News","url":"/news/"}]'; empty for none
    value: String,
    #[command(flatten)]
    place: Place,
}

impl SettingsCommand {
    /// Does it.
    pub async fn run(self) -> Outcome {
        match self {
            SettingsCommand::List(List { place }) => {
                let settings = open::existing(&place).await?.settings().await?;
                say!("{}", serde_json::to_string_pretty(&settings)?);
                Ok(())
            }
            SettingsCommand::Set(set) => set.run().await,
        }
    }
}

impl Set {
    async fn run(self) -> Outcome {
        if self.name == "theme" {
            bail!("the theme is chosen with `masthead theme use NAME`, which tries it on first");
        }
        let app = open::for_writing(&self.place).await?;
        let settings = changed(&app.settings().await?, &self.name, &self.value)?;
        configure::configure(&app, &settings, &By::new(Actor::Command)).await?;
        say!("{} is set.", self.name);
        Ok(())
    }
}

fn changed(settings: &Settings, name: &str, value: &str) -> Result<Settings, anyhow::Error> {
    let mut fields = serde_json::to_value(settings)?;
    let names = || settings_names().join(", ");
    let field = fields.get_mut(name).ok_or_else(|| anyhow!("there is no setting “{name}” ({})", names()))?;
    *field = match field {
        Value::Array(_) | Value::Object(_) => {
            serde_json::from_str(value).with_context(|| format!("{name} is written as JSON"))?
        }
        Value::Number(_) => value.parse::<i64>().map_err(|_| anyhow!("{name} is a number"))?.into(),
        Value::Null if value.is_empty() => Value::Null,
        _ => value.into(),
    };
    let settings: Settings = serde_json::from_value(fields).with_context(|| format!("this cannot be {name}"))?;
    if settings.title.trim().is_empty() {
        bail!("a magazine needs a title");
    }
    if settings.title.chars().count() > limits::NAME_CHARACTERS {
        bail!("a title has at most {} characters", limits::NAME_CHARACTERS);
    }
    if !settings
        .locale
        .split('-')
        .all(|part| (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()))
    {
        bail!("“{}” is no language; write one such as en-GB", settings.locale);
    }
    let links = settings.navigation.iter().chain(&settings.secondary_navigation);
    if let Some(link) = links.into_iter().find(|link| !is_link(&link.url)) {
        bail!("“{}” is neither a web address nor a path of this magazine", link.url);
    }
    jiff::tz::TimeZone::get(&settings.timezone)
        .map_err(|_| anyhow!("“{}” is no time zone; write one such as Europe/London", settings.timezone))?;
    Permalink::parse(&settings.permalink)?;
    Ok(settings)
}

fn is_link(url: &str) -> bool {
    let own = url.starts_with('/') && !url.starts_with("//") || url.starts_with('#');
    own || ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme))
}

fn settings_names() -> Vec<String> {
    match serde_json::to_value(Settings::default()) {
        Ok(Value::Object(fields)) => fields.keys().cloned().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, value: &str, says: &str) {
        let said = match changed(&Settings::default(), name, value) {
            Ok(settings) => serde_json::to_value(settings).unwrap()[name].to_string(),
            Err(why) => why.to_string(),
        };
        assert!(said.contains(says), "{name}={value}: {said}");
    }

    #[test]
    fn a_setting_takes_what_it_can_be_and_nothing_else() {
        check("title", "The Lantern", "The Lantern");
        check("twitter", "@lantern", "@lantern");
        check("twitter", "", "null");
        check("navigation", r#"[{"label":"News","url":"/news/"}]"#, "/news/");
        check("navigation", "News", "navigation is written as JSON");
        check("timezone", "Mars/Olympus", "is no time zone");
        check("permalink", "/{year}/", "needs {slug}");
        check("title", " ", "needs a title");
        check("locale", "nonsense!", "is no language");
        check("navigation", r#"[{"label":"x","url":"javascript:x()"}]"#, "neither a web address");
        check("record_confidence", "80", "80");
        check("record_confidence", "much", "record_confidence is a number");
        check("record_confidence", "999", "cannot be record_confidence");
        check("colour", "red", "there is no setting “colour”");
    }
}
