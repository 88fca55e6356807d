//! The walk over the lines of a page: each gets its fate, and the page its values.

use news::{
    credit::Credit,
    licence::{Family, Licence},
};

use super::{
    Fate, Kept, LineAccount, Part, TextPage,
    body::{byline, date_line, is_heading, item, quote, tags, words},
    furniture::{BREADCRUMB, Block, COPYRIGHT, PLACEHOLDER, RULES, crumbs},
};

/// A paragraph of at least this many words behind a list of other articles belongs to the article
/// again. Teasers are shorter.
const ARTICLE_AGAIN: usize = 30;
/// What a magazine says about itself has at least this many words; names and slogans have fewer.
const ABOUT: usize = 12;
/// The longest standfirst, in words.
const STANDFIRST: usize = 60;
/// The longest headline under such a name, in words.
const HEADLINE: usize = 20;
/// The longest line above a headline that may be the name of a section, in words.
const KICKER: usize = 3;

/// The walk, step by step: headline, then furniture and what surrounds the article, then the
/// article.
pub(super) struct Walk<'a> {
    lines: &'a [&'a str],
    fates: Vec<Fate>,
    page: TextPage,
    headline: usize,
    /// The lines that nothing else claimed, in order: the article.
    article: Vec<usize>,
}

impl<'a> Walk<'a> {
    pub fn over(lines: &'a [&'a str]) -> Walk<'a> {
        let fates = vec![Fate::Blank; lines.len()];
        Walk { lines, fates, page: TextPage::default(), headline: 0, article: Vec::new() }
    }

    /// Finds the headline: the line that the breadcrumb ends with, else the first that nothing else
    /// explains.
    pub fn find_headline(&mut self) -> Option<()> {
        let lines = self.lines;
        let crumb = lines.iter().filter_map(|line| crumbs(line)).find_map(|crumbs| crumbs.last().cloned());
        let by_crumb = lines.iter().position(|line| Some(line.trim()) == crumb.as_deref());
        let mut open = (0..lines.len()).filter(|&at| !self.is_blank(at) && !self.is_spoken_for(at)).take(3);
        let by_order = || {
            let (first, second, third) = (open.next()?, open.next(), open.next());
            // The name of a section often stands above the headline.
            let is_below = |at: &usize| {
                (KICKER + 1..HEADLINE).contains(&words(lines[*at])) && !lines[*at].trim_end().ends_with('.')
            };
            let is_kicker = words(lines[first]) <= KICKER && third.is_some();
            second.filter(|at| is_kicker && is_below(at)).or(Some(first))
        };
        self.headline = by_crumb.or_else(by_order)?;
        self.page.headline = lines[self.headline].trim().to_owned();
        Some(())
    }

    /// Gives each line outside the article its fate.
    pub fn sort_lines(&mut self) {
        let mut block = None;
        let mut label_open = false;
        for at in 0..self.lines.len() {
            if self.is_blank(at) {
                continue;
            }
            let text = self.lines[at].trim();
            let small = small(text);
            self.fates[at] = if at == self.headline {
                Fate::Kept(Kept::Headline)
            } else if std::mem::take(&mut label_open) {
                self.page.credit = Some(Credit::parse(text));
                Fate::Kept(Kept::Credit)
            } else if self.page.credit.is_none() && is_credit_label(&small) {
                label_open = self.lines[at + 1..].iter().any(|line| !line.trim().is_empty());
                Fate::Kept(Kept::CreditLabel)
            } else if self.page.credit.is_none() && is_credit(text, &small) {
                self.page.credit = Some(Credit::parse(text));
                Fate::Kept(Kept::Credit)
            } else if let Some(rule) = RULES.iter().find(|rule| (rule.test)(&small)) {
                self.note(rule.name, text);
                Fate::Dropped(rule.name)
            } else if let Some(kept) = self.take_origin(text) {
                Fate::Kept(kept)
            } else if at < self.headline {
                Fate::Dropped("above the headline")
            } else if let Some(begun) = Block::begun_by(&small).filter(|_| !self.article.is_empty()) {
                block = Some(begun);
                Fate::Dropped(begun.name())
            } else if let Some(open) = block.filter(|open| !goes_on_behind(*open, text)) {
                self.in_block(open, text)
            } else {
                block = None;
                self.article.push(at);
                continue;
            };
        }
    }

    /// Divides the article into its parts.
    pub fn read_body(&mut self) {
        self.take_standfirst();
        let (mut headings, mut paragraphs, mut quotes, mut items) = (0, 0, 0, 0);
        let article = std::mem::take(&mut self.article);
        for (position, &at) in article.iter().enumerate() {
            let text = self.lines[at].trim();
            let next = article.get(position + 1).map(|&next| self.lines[next].trim());
            let number = |count: &mut usize| {
                *count += 1;
                *count
            };
            let (part, kept) = if let Some(text) = quote(text) {
                (Part::Quote(text.to_owned()), Kept::Quote(number(&mut quotes)))
            } else if let Some(text) = item(text) {
                (Part::Item(text.to_owned()), Kept::Item(number(&mut items)))
            } else if is_heading(text, next) {
                (Part::Heading(text.to_owned()), Kept::Heading(number(&mut headings)))
            } else {
                (Part::Paragraph(text.to_owned()), Kept::Paragraph(number(&mut paragraphs)))
            };
            self.page.body.push(part);
            self.fates[at] = Fate::Kept(kept);
        }
    }

    /// The page, with the account of its lines.
    pub fn page(mut self) -> TextPage {
        let account = self.lines.iter().zip(self.fates).enumerate();
        self.page.account =
            account.map(|(at, (text, fate))| LineAccount { line: at + 1, text: (*text).to_owned(), fate }).collect();
        self.page
    }

    fn is_blank(&self, at: usize) -> bool {
        self.lines[at].trim().is_empty()
    }

    /// Whether a line above the article is explained without it.
    fn is_spoken_for(&self, at: usize) -> bool {
        let text = self.lines[at].trim();
        let small = small(text);
        RULES.iter().any(|rule| (rule.test)(&small))
            || Block::begun_by(&small).is_some()
            || byline(text).is_some()
            || date_line(text).is_some()
            || is_credit_label(&small)
            || is_credit(text, &small)
    }

    /// Byline, date and tags: where the article comes from. The first of each counts.
    fn take_origin(&mut self, text: &str) -> Option<Kept> {
        if let Some((date, change)) = date_line(text) {
            let day = if change { &mut self.page.updated } else { &mut self.page.published };
            return day.is_none().then(|| {
                *day = Some(date);
                Kept::Date
            });
        }
        if self.page.byline.is_none()
            && self.article.len() <= 1
            && let Some((names, date)) = byline(text)
        {
            self.page.byline = Some(names.to_owned());
            self.page.published = self.page.published.or(date);
            return Some(Kept::Byline);
        }
        if self.page.tags.is_empty()
            && let Some(tags) = tags(text)
        {
            self.page.tags = tags;
            return Some(Kept::Tags);
        }
        None
    }

    /// Some furniture tells something about the page.
    fn note(&mut self, furniture: &str, text: &str) {
        match furniture {
            BREADCRUMB if self.page.breadcrumb.is_empty() => self.page.breadcrumb = crumbs(text).unwrap_or_default(),
            PLACEHOLDER if self.page.picture_placeholder.is_none() && self.article.is_empty() => {
                self.page.picture_placeholder = Some(text.to_owned());
            }
            COPYRIGHT if self.page.site_name.is_none() => self.page.site_name = copyright_holder(text),
            _ => {}
        }
    }

    fn in_block(&mut self, block: Block, text: &str) -> Fate {
        if block == Block::About && self.page.about.is_none() && words(text) >= ABOUT {
            self.page.about = Some(text.to_owned());
            return Fate::Kept(Kept::About);
        }
        Fate::Dropped(block.name())
    }

    /// A line between headline and byline or date is the standfirst.
    fn take_standfirst(&mut self) {
        let &[first, second, ..] = self.article.as_slice() else {
            return;
        };
        let text = self.lines[first].trim();
        let origin_follows =
            self.fates[first..second].iter().any(|fate| matches!(fate, Fate::Kept(Kept::Byline | Kept::Date)));
        if origin_follows && words(text) <= STANDFIRST {
            self.page.standfirst = Some(text.to_owned());
            self.fates[first] = Fate::Kept(Kept::Standfirst);
            self.article.remove(0);
        }
    }
}

/// A line as the rules compare it: small letters, single spaces.
fn small(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether the article goes on with this line behind a block inside it.
fn goes_on_behind(block: Block, text: &str) -> bool {
    matches!(block, Block::Related | Block::Newsletter)
        && words(text) >= ARTICLE_AGAIN
        && text.ends_with(['.', '?', '!', '”', '"'])
}

/// `Image Credit (Shortened):` with nothing behind it: the credit is in the next line.
fn is_credit_label(small: &str) -> bool {
    small.ends_with(':') && words(small) <= 4 && names_a_picture(small)
}

/// `Photo: Jane Doe/Reuters`, `© Jane Doe / Getty Images`.
fn is_credit(text: &str, small: &str) -> bool {
    /// A caption may stand before its credit; a paragraph may not.
    const WORDS: usize = 40;
    if words(text) > WORDS {
        return false;
    }
    if let Some((label, rest)) = small.split_once(':') {
        return words(label) <= 4 && !rest.is_empty() && names_a_picture(label);
    }
    let begins = ["©", "photo by ", "image by ", "picture by ", "photograph by ", "image courtesy", "photo courtesy"];
    let has_terms = || Licence::named(text).is_some_and(|(licence, _)| licence.family != Family::Reserved);
    if small.starts_with('©') {
        has_terms() || small.contains('/')
    } else {
        begins.iter().any(|start| small.starts_with(start))
    }
}

fn names_a_picture(label: &str) -> bool {
    #[rustfmt::skip]
    const NOUNS: &[&str] = &[
        "image", "images", "photo", "photos", "photograph", "picture", "pictures", "pic", "credit",
        "credits", "illustration", "illustrations", "cartoon", "graphic",
    ];
    /// `Picture: Jane Doe` credits; `The big picture: …` does not.
    const BEFORE: &[&str] = &["lead", "featured", "main", "header", "cover"];
    let mut words = label.split([' ', ':', '(', ')', '/']).filter(|word| !word.is_empty());
    words.find(|word| !BEFORE.contains(word)).is_some_and(|word| NOUNS.contains(&word))
}

/// `Copyright © 2024 The Courier | All rights reserved.` names The Courier.
fn copyright_holder(text: &str) -> Option<String> {
    let sign =
        |c: char| c.is_ascii_digit() || c.is_whitespace() || ['©', '\u{fe0f}', '-', '–', ',', '(', ')'].contains(&c);
    let text = text.trim_start_matches(sign);
    let text = text.strip_prefix("Copyright").or_else(|| text.strip_prefix("COPYRIGHT")).unwrap_or(text);
    let text = text.trim_start_matches(sign);
    let end = text.find(['|', '.', ';', '•', '·']).unwrap_or(text.len());
    let all = text.to_ascii_lowercase().find("all rights").unwrap_or(text.len());
    let name = text[..end.min(all)].trim().trim_end_matches([',', '-', '–']).trim();
    (!name.is_empty() && words(name) <= 6).then(|| name.to_owned())
}
