//! What magazines put around an article. One table of single lines, one of headings that begin a
//! block.

use super::body::words;

/// A line that is furniture wherever it stands.
pub(super) struct Rule {
    /// What the account calls it.
    pub name: &'static str,
    /// Whether a line is one. Asked with the line in small letters, spaces made single.
    pub test: fn(&str) -> bool,
}

/// In this order: the first rule that claims a line names it.
pub(super) const RULES: &[Rule] = &[
    Rule { name: BREADCRUMB, test: is_breadcrumb },
    Rule { name: "skip link", test: |line| line.starts_with("skip to ") && words(line) <= 5 },
    Rule {
        name: "comment count",
        test: |line| counts(line, &["comment", "comments", "reply", "replies"]) || line == "no comments",
    },
    Rule { name: PLACEHOLDER, test: is_placeholder },
    Rule { name: "reading time", test: is_reading_time },
    Rule { name: "view count", test: |line| counts(line, &["view", "views", "share", "shares", "read", "reads"]) },
    Rule { name: "share button", test: is_share_button },
    Rule { name: "advertisement", test: is_advertisement },
    Rule { name: "cookie notice", test: is_cookie_notice },
    Rule { name: "read more", test: is_pointer },
    Rule { name: "follow line", test: is_follow_line },
    Rule { name: "newsletter", test: is_newsletter_call },
    Rule { name: COPYRIGHT, test: is_copyright },
    Rule { name: "menu", test: is_menu },
];

pub(super) const BREADCRUMB: &str = "breadcrumb";
pub(super) const PLACEHOLDER: &str = "picture placeholder";
pub(super) const COPYRIGHT: &str = "copyright";

/// A heading under which a block of furniture follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// Other articles. The article may go on behind them.
    Related,
    /// A form to sign up. The article may go on behind it.
    Newsletter,
    /// What the magazine or the author says of itself. The article is over.
    About,
    /// Readers' comments. The article is over.
    Comments,
}

impl Block {
    /// What the account calls its lines.
    pub fn name(self) -> &'static str {
        match self {
            Block::Related => "you may also like",
            Block::Newsletter => "newsletter",
            Block::About => "about us",
            Block::Comments => "comments",
        }
    }

    /// The block that a line begins, in small letters.
    pub fn begun_by(line: &str) -> Option<Block> {
        #[rustfmt::skip]
        const HEADINGS: &[(Block, &[&str])] = &[
            (Block::Related, &[
                "you may also like", "you might also like", "you may like", "related",
                "related articles", "related posts", "related stories", "related news", "read next",
                "recommended", "recommended for you", "latest news", "most read", "most popular",
                "popular posts", "trending", "trending now", "don’t miss", "don't miss",
                "more stories", "more news", "latest articles",
            ]),
            (Block::Newsletter, &[
                "newsletter", "our newsletter", "join our newsletter", "stay informed", "subscribe",
                "stay connected",
            ]),
            (Block::About, &["about us", "about the author", "about", "who we are", "about this site"]),
            (Block::Comments, &[
                "comments", "leave a comment", "leave a reply", "post a comment",
                "join the conversation", "add a comment", "write a comment", "have your say",
            ]),
        ];
        let line = line.trim_end_matches([':', '…', '.']);
        let begun = HEADINGS.iter().find(|(_, headings)| headings.contains(&line)).map(|(block, _)| *block);
        begun.or_else(|| (line.starts_with("more from ") && words(line) <= 6).then_some(Block::Related))
    }
}

/// `Home » Politics » …`, by any of the usual signs.
fn is_breadcrumb(line: &str) -> bool {
    crumbs(line).is_some_and(|crumbs| crumbs.len() > 1)
}

/// The names of a breadcrumb: signs between them, and the front page first.
pub(super) fn crumbs(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    let sign = ["»", "›", "→", " > ", " / ", " | "].into_iter().find(|sign| line.contains(sign))?;
    let crumbs: Vec<String> =
        line.split(sign).map(|crumb| crumb.trim().to_owned()).filter(|crumb| !crumb.is_empty()).collect();
    let first = crumbs.first()?.to_lowercase();
    let is_front = ["home", "homepage", "home page", "front page", "start"].contains(&first.as_str());
    (is_front || (sign == "»" || sign == "›") && crumbs.len() > 2).then_some(crumbs)
}

/// The number of an upload, or a file's name, in place of a picture: `Image 3139`, `IMG_2041.jpg`.
fn is_placeholder(line: &str) -> bool {
    #[rustfmt::skip]
    const NOUNS: &[&str] = &[
        "image", "img", "text", "photo", "picture", "logo", "untitled", "dsc", "screenshot",
    ];
    let name = [".jpg", ".jpeg", ".png", ".webp", ".gif"].iter().find_map(|end| line.strip_suffix(end));
    let is_file = name.is_some_and(|name| !name.contains(' '));
    let letters = line.trim_end_matches(|c: char| c.is_ascii_digit() || [' ', '_', '-', '#', '(', ')'].contains(&c));
    let numbered = letters.len() < line.len() && NOUNS.contains(&letters);
    is_file || numbered || ["[image]", "featured image", "image", "placeholder"].contains(&line)
}

fn is_reading_time(line: &str) -> bool {
    words(line) <= 6
        && (line.starts_with("reading time")
            || line.starts_with(|c: char| c.is_ascii_digit())
                && ["min read", "mins read", "minute read", "minutes read"].iter().any(|end| line.ends_with(end)))
}

fn is_share_button(line: &str) -> bool {
    #[rustfmt::skip]
    const NAMES: &[&str] = &[
        "share", "share this", "share this article", "share this post", "share this story", "tweet",
        "facebook", "twitter", "x", "whatsapp", "linkedin", "pinterest", "reddit", "telegram",
        "email", "e-mail", "print", "copy link", "pin it", "bluesky", "messenger", "instagram",
        "threads", "mastodon",
    ];
    let line = line.trim_end_matches(':');
    NAMES.contains(&line)
        || words(line) <= 6
            && ["share on ", "share via ", "share to ", "tweet this", "click to share", "email this"]
                .iter()
                .any(|start| line.starts_with(start))
        || words(line) > 1
            && line.split([' ', ',', '|', '•', '·']).filter(|name| !name.is_empty()).all(|name| NAMES.contains(&name))
}

fn is_advertisement(line: &str) -> bool {
    #[rustfmt::skip]
    const NAMES: &[&str] = &[
        "advertisement", "advertisements", "advert", "ad", "ads", "sponsored", "promoted",
        "sponsored content",
    ];
    NAMES.contains(&line.trim_matches(['-', '–', '—', ' ', '[', ']', ':']))
        || words(line) <= 7 && line.contains("continues") && (line.contains("below") || line.contains("advert"))
}

fn is_cookie_notice(line: &str) -> bool {
    #[rustfmt::skip]
    const BUTTONS: &[&str] = &[
        "accept", "accept all", "accept cookies", "accept all cookies", "reject all",
        "manage preferences", "cookie settings", "cookie policy",
    ];
    let speaks_to_reader = ["we use", "this site uses", "this website uses", "by continuing", "consent", "our cookie"];
    BUTTONS.contains(&line) || line.contains("cookie") && speaks_to_reader.iter().any(|words| line.contains(words))
}

fn is_follow_line(line: &str) -> bool {
    let whom =
        ["update", " us", " on facebook", " on twitter", " on instagram", " on x", " on bluesky", " on whatsapp"];
    line.starts_with("follow ") && words(line) <= 15 && whom.iter().any(|words| line.contains(words))
}

fn is_newsletter_call(line: &str) -> bool {
    #[rustfmt::skip]
    const STARTS: &[&str] = &[
        "subscribe to ", "subscribe for ", "subscribe now", "sign up for ", "sign up to ",
        "sign up now", "join our newsletter", "get our newsletter", "get the latest",
        "enter your email", "your email address",
    ];
    words(line) <= 25 && STARTS.iter().any(|start| line.starts_with(start))
}

fn is_copyright(line: &str) -> bool {
    let has_sign = line.contains('©') || line.starts_with("copyright") || line.starts_with("(c) ");
    let has_year = line.split(|c: char| !c.is_ascii_digit()).any(|figures| figures.len() == 4);
    words(line) <= 25
        && (line.ends_with("all rights reserved.")
            || line.ends_with("all rights reserved")
            || has_sign && has_year && !line.contains('/'))
}

fn is_menu(line: &str) -> bool {
    #[rustfmt::skip]
    const NAMES: &[&str] = &[
        "menu", "search", "close", "home", "toggle navigation", "sign in", "log in", "login",
        "register", "back to top", "previous article", "next article", "previous post", "next post",
        "older posts", "newer posts", "contact us", "contact", "privacy policy",
        "terms and conditions", "terms of use", "all rights reserved", "load more", "privacy",
        "terms", "advertise with us", "view all", "scroll to top", "primary menu", "main menu",
    ];
    NAMES.contains(&line)
        || words(line) > 1
            && line.contains(['|', '•', '·'])
            && line.split(['|', '•', '·']).all(|name| NAMES.contains(&name.trim()))
}

/// `12 comments`.
fn counts(line: &str, nouns: &[&str]) -> bool {
    line.split_once(' ').is_some_and(|(number, noun)| {
        nouns.contains(&noun)
            && number.trim_end_matches(['k', 'm']).chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.')
    })
}

/// One line that points to another article: `Read more: …`, `Related: …`, `Read more »`.
fn is_pointer(line: &str) -> bool {
    #[rustfmt::skip]
    const LABELS: &[&str] = &[
        "read more", "related", "read also", "also read", "see also", "watch", "more", "read next",
        "previous", "next",
    ];
    let leads = |rest: &str| rest.starts_with(':') || rest == " »" || rest == "…";
    line == "read more" || LABELS.iter().any(|label| line.strip_prefix(label).is_some_and(leads))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, lines: &[&str]) {
        for line in lines {
            let claimed = RULES.iter().find(|rule| (rule.test)(line)).map(|rule| rule.name);
            assert_eq!(claimed, Some(name), "{line}");
        }
    }

    #[test]
    fn furniture_is_named() {
        check(BREADCRUMB, &["home » starmer defies trump", "home > news > local", "home / sport"]);
        check("comment count", &["0 comments", "1 comment", "1,204 comments", "no comments"]);
        check(PLACEHOLDER, &["image 3139", "text 1738609636636", "img_2041.jpg", "harbour-wall-1.webp"]);
        check("reading time", &["4 min read", "reading time: 3 minutes"]);
        check("share button", &["share on facebook", "tweet", "facebook twitter whatsapp", "copy link"]);
        check("advertisement", &["advertisement", "- advertisement -", "article continues below"]);
        check("cookie notice", &["we use cookies to make this site work.", "accept all"]);
        check("read more", &["read more: the wall that held", "related: harbour dues rise", "read more »"]);
        check("follow line", &["follow us on facebook", "follow for more updates on the daily courier"]);
        check("newsletter", &["sign up for our morning letter"]);
        check(COPYRIGHT, &["copyright ©\u{fe0f} 2024 the courier | all rights reserved.", "© 2025 the courier"]);
        check("menu", &["menu", "privacy policy | contact us"]);
    }

    #[test]
    fn sentences_are_not_furniture() {
        for line in [
            "follow the money, the auditor told the council, and you find the harbour.",
            "the company said it would share its figures on friday.",
            "image is everything in this business, she said.",
            "cookies were sold at the school fair.",
            "the home secretary / minister question came up again.",
            "by continuing the strike, the crews lost a week’s pay.",
            "© jane doe / getty images",
        ] {
            assert!(!RULES.iter().any(|rule| (rule.test)(line)), "{line}");
            assert_eq!(Block::begun_by(line), None, "{line}");
        }
    }

    #[test]
    fn blocks_begin_with_their_headings() {
        assert_eq!(Block::begun_by("you may also like"), Some(Block::Related));
        assert_eq!(Block::begun_by("more from the harbour desk"), Some(Block::Related));
        assert_eq!(Block::begun_by("leave a reply:"), Some(Block::Comments));
        assert_eq!(Block::begun_by("about the harbour"), None);
    }
}
