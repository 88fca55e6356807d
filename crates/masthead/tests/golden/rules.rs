//! Where we differ from Ghost on purpose: the rules of `docs/themes/differences.md`, in the same order and at most
//! fifteen. A rule takes what it is about out of both pages; whatever else differs is a fault.

use super::facts::Facts;

/// Applies every rule to a page of Ghost's and to ours.
pub fn apply(theme: &str, expected: &mut Facts, made: &mut Facts) {
    let is_error = expected.get("title").is_some_and(|title| title.iter().any(|title| title.starts_with("404")));
    if theme == "source" && is_error {
        // 8, which leaves nothing to compare.
        expected.clear();
        made.clear();
        return;
    }
    for facts in [&mut *expected, &mut *made] {
        hashes(facts);
        today(facts);
        plain_pages(facts);
        no_third_party(facts);
        more_for_machines(facts);
        mastodon(facts);
        minified(facts);
        ties(facts);
        players(facts);
        errors(facts);
        descriptions(facts);
        markdown(facts);
        reading_time(facts);
    }
}

fn each(facts: &mut Facts, change: impl Fn(&str) -> String) {
    facts.values_mut().flatten().for_each(|fact| *fact = change(fact));
}

fn drop_facts(facts: &mut Facts, kind: &str, is: impl Fn(&str) -> bool) {
    if let Some(list) = facts.get_mut(kind) {
        list.retain(|fact| !is(fact));
    }
}

/// The mark behind a file of the theme says which bytes it has, and is no fact of the page.
fn hashes(facts: &mut Facts) {
    each(facts, |fact| match fact.split_once("?v=") {
        Some((before, after)) => {
            let rest = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
            format!("{before}?v=HASH{rest}")
        }
        None => fact.to_owned(),
    });
}

/// The day of the run stands where Ghost's pages have that of their recording.
fn today(facts: &mut Facts) {
    let today = jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::get("Europe/London").unwrap());
    let today = today.strftime("%b %-d, %Y").to_string();
    each(facts, |fact| fact.replace(&today, "RECORD-DAY"));
}

/// Rule 1: Buttons for members and for searching lead to plain pages instead of a window that a script draws; the card that
/// signs readers up is such a button.
fn plain_pages(facts: &mut Facts) {
    each(facts, |fact| {
        let fact = fact.replace("https://harbourhill.example/subscribe/", "/subscribe/");
        let mut out = String::new();
        let mut rest = fact.as_str();
        while let Some((before, after)) = rest.split_once("#/portal") {
            let end = after.find([' ', '|', '"', '<']).unwrap_or(after.len());
            let signs_in = after[..end].contains("signin") || after[..end].contains("account");
            out.push_str(before);
            out.push_str(if signs_in { "/sign-in/" } else { "/subscribe/" });
            rest = &after[end..];
        }
        out + rest
    });
    drop_facts(facts, "links", |link| link.starts_with("/search/ |") || link == "/subscribe/ | Subscribe");
    drop_facts(facts, "text", |text| text == "Email sent! Check your inbox.");
}

/// Rule 2: No script, style or request of somebody else's server: what stands in a frame is a link until it is opened.
fn no_third_party(facts: &mut Facts) {
    drop_facts(facts, "rel", |rel| rel.starts_with("webmention ") || rel.contains("cdn.jsdelivr.net"));
    drop_facts(facts, "links", |link| link.contains("| View this at "));
    drop_facts(facts, "text", |text| text.starts_with("View this at "));
}

/// Rule 3: More is said to machines: language, alternative text, section, how large previews may be, a JSON feed, the feed of
/// the list. The generator is us, the policy for referrers is a header, and an empty “Filed under” is not printed.
fn more_for_machines(facts: &mut Facts) {
    const MORE: &[&str] = &["og:locale", "og:image:alt", "article:section", "robots", "generator", "referrer"];
    drop_facts(facts, "meta", |meta| MORE.iter().any(|name| meta.starts_with(&format!("{name} = "))));
    let nothing = facts.get("meta").is_some_and(|metas| metas.iter().any(|meta| meta.trim() == "twitter:data2 ="));
    drop_facts(facts, "meta", |meta| {
        nothing && (meta.starts_with("twitter:label2") || meta.starts_with("twitter:data2"))
    });
    drop_facts(facts, "rel", |rel| {
        rel.starts_with("alternate ") && (rel.ends_with("feed.json") || rel.ends_with("/rss/"))
    });
}

/// Rule 4: A Mastodon account is linked where it is: Ghost writes the handle behind `https://`.
fn mastodon(facts: &mut Facts) {
    each(facts, |fact| {
        let (mut out, mut rest) = (String::new(), fact);
        while let Some((before, after)) = rest.split_once("https://@") {
            let end = after.find([' ', '|', ']', ';']).unwrap_or(after.len());
            let (user, server) = after[..end].split_once('@').unwrap_or((&after[..end], ""));
            out.push_str(&format!("{before}https://{server}/@{user}"));
            rest = &after[end..];
        }
        out + rest
    });
}

/// Rule 5: `hasMinFile` names a minified file only where the theme has one: Ghost names it all the same, and nothing is there.
fn minified(facts: &mut Facts) {
    each(facts, |fact| fact.replace("/probe.min.css", "/probe.css"));
}

/// Rule 6: Where Ghost leaves an order to its database, ours is by name or by id: tags with equally many articles, and the
/// neighbours of an article among those of the same second.
fn ties(facts: &mut Facts) {
    drop_facts(facts, "text", |text| {
        text.starts_with("prev ") && text.contains("Same second") || text.contains("/same-second-")
    });
    each(facts, |fact| {
        let mut parts: Vec<&str> = fact.split(';').collect();
        if fact.contains("/tag/") && parts.len() > 5 {
            parts.sort_unstable();
            return parts.join(";");
        }
        fact.to_owned()
    });
}

/// Rule 7: Recordings and films have the browser's own player, which works without a script.
fn players(facts: &mut Facts) {
    let is_time = |text: &str| text.trim_start_matches('/').chars().all(|c| c.is_ascii_digit() || c == ':' || c == '.');
    drop_facts(facts, "text", |text| is_time(text) || text == "1×");
    drop_facts(facts, "images", |image| image.contains("audio-thumbnail") || image.ends_with("ferry.jpg |  | "));
}

/// Rule 8: A page that is not there is told in the same words everywhere; where the theme has no error page, it is ours.
fn errors(facts: &mut Facts) {
    each(facts, |fact| fact.replace("Page not found.", "Page not found"));
}

/// Rule 9: Descriptions are cut as text: Ghost takes “<pointing>” for an element and closes it behind the cut.
fn descriptions(facts: &mut Facts) {
    const WORDS: usize = 30;
    each(facts, |fact| match fact.split_once(" = ") {
        Some((name, text)) if name.ends_with(":description") => {
            let words: Vec<&str> = text.split_whitespace().take(WORDS).collect();
            format!("{name} = {}", words.join(" "))
        }
        _ => fact.to_owned(),
    });
}

/// Rule 10: There are no Markdown twins of articles yet.
fn markdown(facts: &mut Facts) {
    drop_facts(facts, "rel", |rel| rel.starts_with("alternate ") && (rel.ends_with(".md") || rel.contains(".md?")));
}

/// Rule 11: The time to read counts what is read: Ghost counts the style of the spinning wheel in a card that signs up, too.
fn reading_time(facts: &mut Facts) {
    let has = |facts: &Facts| {
        facts.get("text").is_some_and(|text| text.iter().any(|line| line.contains("sign-ups and calls to action")))
    };
    if has(facts) {
        drop_facts(facts, "text", |text| text.contains(" min read"));
    }
}
