//! A post of Twitter in a newsletter: mail programs run no script, so it is drawn from the data that came with it.

use serde_json::Value;

use crate::escape::{Escaped, Quoted};
use crate::page::{Page, Target, put};

/// A post, as Twitter's API v2 described it when the card was made.
pub(super) struct Tweet<'m> {
    data: &'m Value,
    id: &'m str,
}

impl<'m> Tweet<'m> {
    /// The post in a card's metadata.
    pub(super) fn of(metadata: &'m Value) -> Option<Tweet<'m>> {
        let data = metadata.get("tweet_data")?;
        let id = data["id"].as_str().filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()))?;
        Some(Tweet { data, id })
    }

    pub(super) fn print(&self, page: &mut Page<'_>) {
        let Target::Email(email) = page.target else { return };
        let link = format!("https://twitter.com/twitter/status/{}", self.id);
        let (likes, retweets) = (self.count("like_count"), self.count("retweet_count"));
        page.out.push_str(
            r#"<table cellspacing="0" cellpadding="0" border="0" class="kg-twitter-card"><tr><td><table cellspacing="0" cellpadding="0" border="0" width="100%">"#,
        );
        if let Some(author) = self.author() {
            put!(page, "<tr>");
            if let Some(picture) = author["profile_image_url"].as_str().and_then(|url| page.urls.media(url)) {
                put!(
                    page,
                    r#"<td width="48" style="width: 48px;"><a href="{link}" class="kg-twitter-link" style="padding-left: 16px; padding-top: 16px;"><img src="{}" style="max-width: 512px; border: none; width: 48px; height: 48px; border-radius: 999px;" border="0"></a></td>"#,
                    Quoted(&picture),
                );
            }
            put!(
                page,
                r#"<td style="line-height: 1.3em; width: 100%;"><a href="{link}" class="kg-twitter-link" style="font-size: 15px !important; font-weight: 600; width: 100%; padding-top: 20px; padding-bottom: 18px;">{} <br> <span style="color: #ABB4BE; font-size: 14px; font-weight: 500;">@{}</span></a></td>
<td align="right" width="24" style="width: 24px;"><a href="{link}" class="kg-twitter-link" style="padding-right: 16px; padding-top: 20px; width: 24px; height: 38px;"><img src="{}twitter-logo-small.png" width="24" border="0"></a></td></tr>"#,
                Escaped(author["name"].as_str().unwrap_or_default()),
                Escaped(author["username"].as_str().unwrap_or_default()),
                Quoted(&email.icons_url),
            );
        }
        put!(
            page,
            r#"<tr><td colspan="3"><a href="{link}" class="kg-twitter-link" style="font-size: 15px; line-height: 1.4em; padding-top: 8px; padding-left: 16px; padding-right: 16px; padding-bottom: 16px;">"#,
        );
        self.print_text(page);
        put!(
            page,
            r#"</a></td></tr><tr><td colspan="3" style="width: 100%;"><table cellspacing="0" cellpadding="0" border="0" width="100%"><tr><td><a href="{link}" class="kg-twitter-link" style="padding-top: 4px; padding-right: 16px; padding-bottom: 12px; padding-left: 16px;"><span style="color: #838383;">{}</span></a></td></tr></table></td></tr>
<tr><td colspan="3" style="width: 100%;"><table cellspacing="0" cellpadding="0" border="0" width="100%" style="border-top: 1px solid #E9E9E9;"><tr><td><a href="{link}" class="kg-twitter-link" style="padding-top: 12px; padding-right: 16px; padding-bottom: 12px; padding-left: 16px;"> <span style="font-weight: 600;">{likes}</span> <span style="color: #838383;">likes •</span> <span style="font-weight: 600;">{retweets}</span> <span style="color: #838383;">retweets</span> </a></td></tr></table></td></tr></table></td></tr></table>"#,
            Escaped(&self.date()),
        );
    }

    fn author(&self) -> Option<&'m Value> {
        let users = self.data["users"].as_array()?;
        users.iter().find(|user| user["id"] == self.data["author_id"])
    }

    /// The text with its mentions, hashtags and addresses coloured. Their places count code points,
    /// the last one included; whatever overlaps is left as text.
    fn print_text(&self, page: &mut Page<'_>) {
        let text: Vec<char> = self.data["text"].as_str().unwrap_or_default().chars().collect();
        let mut marks: Vec<(usize, usize, String, bool)> = Vec::new();
        for (kind, sign, word) in [("mentions", "@", "username"), ("hashtags", "#", "tag"), ("urls", "", "display_url")]
        {
            for entity in self.data["entities"][kind].as_array().into_iter().flatten() {
                let place = |key: &str| entity[key].as_u64().and_then(|place| usize::try_from(place).ok());
                if let (Some(start), Some(end), Some(word)) = (place("start"), place("end"), entity[word].as_str()) {
                    marks.push((start, end.saturating_add(1), format!("{sign}{word}"), sign.is_empty()));
                }
            }
        }
        marks.sort_by_key(|(start, ..)| *start);
        let mut at = 0;
        for (start, end, words, breaks) in marks {
            if start < at || end > text.len() || end < start {
                continue;
            }
            put!(page, "{}", Escaped(&text[at..start].iter().collect::<String>()));
            let wrap = if breaks { " word-break: break-all;" } else { "" };
            put!(page, "<span style=\"color: #1DA1F2;{wrap}\">{}</span>", Escaped(&words));
            at = end;
        }
        put!(page, "{}", Escaped(&text[at..].iter().collect::<String>()));
    }

    /// `1234` is `1.2K`.
    fn count(&self, key: &str) -> String {
        let count = self.data["public_metrics"][key].as_f64().unwrap_or_default();
        let short = |count: f64, unit: &str| format!("{}{unit}", (count * 10.0).round() / 10.0);
        match count {
            0.0..1e3 => short(count.trunc(), ""),
            1e3..1e6 => short(count / 1e3, "K"),
            _ => short(count / 1e6, "M"),
        }
    }

    /// `10:00 AM • Aug 18, 2025`, in UTC.
    fn date(&self) -> String {
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let written = self.data["created_at"].as_str().unwrap_or_default();
        let number = |from: usize, to: usize| written.get(from..to).and_then(|digits| digits.parse::<usize>().ok());
        let parts = (number(0, 4), number(5, 7), number(8, 10), number(11, 13), written.get(14..16));
        let (Some(year), Some(month), Some(day), Some(hour), Some(minute)) = parts else { return String::new() };
        let Some(month) = month.checked_sub(1).and_then(|month| MONTHS.get(month)) else { return String::new() };
        let half = if hour < 12 { "AM" } else { "PM" };
        let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
        format!("{hour}:{minute} {half} • {month} {day}, {year}")
    }
}
