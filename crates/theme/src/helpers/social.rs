//! `{{social_url}}`, `{{facebook_url}}`, `{{twitter_url}}`: accounts elsewhere, from their handles.

use super::Done;
use super::links::encoded;
use crate::Value;
use crate::handlebars::{Arguments, Grid, Loop, Problem, Render};

/// Where accounts are, and how an address is made of a handle without its `@`.
const NETWORKS: &[(&str, &str)] = &[
    ("facebook", "https://www.facebook.com/"),
    ("twitter", "https://x.com/"),
    ("linkedin", "https://www.linkedin.com/in/"),
    ("bluesky", "https://bsky.app/profile/"),
    ("threads", "https://www.threads.net/@"),
    ("tiktok", "https://www.tiktok.com/@"),
    ("youtube", "https://www.youtube.com/@"),
    ("instagram", "https://www.instagram.com/"),
];

/// `{{social_url type="bluesky"}}`: of the context, or else of the magazine.
pub(super) fn social_url(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    let network = args.text("type", "");
    account(render, args, &network)
}

/// `{{facebook_url}}`, or of a handle that is given.
pub(super) fn facebook_url(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    account(render, args, "facebook")
}

/// `{{twitter_url}}`, or of a handle that is given.
pub(super) fn twitter_url(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    account(render, args, "twitter")
}

/// The networks of `{{#social_accounts}}`: what a theme styles it as, the field, the name.
const SHOWN: &[(&str, &str, &str)] = &[
    ("x", "twitter", "X"),
    ("facebook", "facebook", "Facebook"),
    ("linkedin", "linkedin", "LinkedIn"),
    ("bluesky", "bluesky", "Bluesky"),
    ("threads", "threads", "Threads"),
    ("mastodon", "mastodon", "Mastodon"),
    ("tiktok", "tiktok", "TikTok"),
    ("youtube", "youtube", "YouTube"),
    ("instagram", "instagram", "Instagram"),
];

/// `{{#social_accounts @site}}<a href="{{href}}">{{name}}</a>{{else}}none{{/social_accounts}}`: the block for each
/// account, with `type`, `name`, `username` and `href`.
pub(super) fn social_accounts(render: &mut Render<'_>, args: &Arguments<'_>) -> Done {
    if args.params.is_empty() || !args.is_block() {
        let how = "`social_accounts` is a block over the magazine or an author: {{#social_accounts @site}}";
        return Err(Problem::Misused(how.into()).into());
    }
    let source = args.param(0);
    let account = |(kind, field, name): &(&str, &str, &str)| {
        let username = source.get(field);
        let href = address(field, username.as_str().filter(|handle| !handle.is_empty())?)?;
        let account =
            [("type", (*kind).into()), ("name", (*name).into()), ("username", username), ("href", href.into())];
        Some(Value::map(account))
    };
    let accounts: Vec<Value> = SHOWN.iter().filter_map(account).collect();
    if accounts.is_empty() {
        render.otherwise(args)?;
    }
    let grid = Some(Grid { columns: None });
    for (index, account) in accounts.iter().enumerate() {
        let (first, last) = (index == 0, index + 1 == accounts.len());
        render.block(args, account, &[], Some(Loop { index, key: index.into(), first, last, grid }))?;
    }
    Ok(Value::Undefined)
}

fn account(render: &Render<'_>, args: &Arguments<'_>, network: &str) -> Done {
    let handles = [args.param(0).clone(), args.this().get(network), render.site(network)];
    let handle = handles.iter().filter_map(Value::as_str).find(|handle| !handle.is_empty());
    Ok(handle.and_then(|handle| address(network, handle)).into())
}

/// The address of an account; what is an address already stays.
pub fn address(network: &str, handle: &str) -> Option<String> {
    if handle.starts_with("https://") || handle.starts_with("http://") {
        return Some(encoded(handle));
    }
    let name = handle.trim_start_matches(['@', '/']);
    if network == "mastodon" {
        let (user, server) = name.split_once('@')?;
        return Some(encoded(&format!("https://{server}/@{user}")));
    }
    let (_, start) = NETWORKS.iter().find(|(known, _)| *known == network)?;
    // `company/…` and `channel/…` say themselves what they are.
    let start = match name.contains('/') {
        true => start.trim_end_matches("in/").trim_end_matches('@'),
        false => start,
    };
    Some(encoded(&format!("{start}{name}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_made_of_a_handle() {
        let made = |network, handle| address(network, handle).unwrap_or_default();
        assert_eq!(made("facebook", "harbourandhill"), "https://www.facebook.com/harbourandhill");
        assert_eq!(made("twitter", "@harbourandhill"), "https://x.com/harbourandhill");
        assert_eq!(made("linkedin", "company/lantern"), "https://www.linkedin.com/company/lantern");
        assert_eq!(made("linkedin", "ann-lee"), "https://www.linkedin.com/in/ann-lee");
        assert_eq!(made("mastodon", "@desk@social.example"), "https://social.example/@desk");
        assert_eq!(made("youtube", "@lantern"), "https://www.youtube.com/@lantern");
        assert_eq!(made("youtube", "channel/UC1"), "https://www.youtube.com/channel/UC1");
        assert_eq!(made("twitter", "https://x.com/lantern"), "https://x.com/lantern");
        assert_eq!(made("nowhere", "lantern"), "");
    }
}
