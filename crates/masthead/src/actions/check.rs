//! What the desk's checks find in an article of this magazine: its text with byline, pictures, links, and what the
//! archive says.

use std::collections::HashSet;
use std::ops::Range;

use jiff::civil::Date;
use manuscript::{Block, Card, Document, Inline};
use news::statement::folded_name;
use news::{Article, Id};
use record::Quote;
use record::checks::{self, Addresses, Archive, Context, Finding, Link, Severity};
use record::offices::Register;
use store::{address, author, person, section, statement};

use super::ActError;
use crate::App;

/// Earlier statements that an article's quotations are held against.
const EARLIER: i64 = 2_000;

/// Links to our own pages that are looked up; the rest of so many is taken to be good.
const LINKS: usize = 500;

/// What the desk's checks find in an article, as it is about to be kept. Offices are asked of the collections that
/// are built in; quotations are held against what the same people said in earlier articles.
pub async fn check(app: &App, article: &Article) -> Result<Vec<Finding>, ActError> {
    Ok(read(app, article).await?.findings)
}

/// An article as the desk reads it: its running text, its quotations, and what the checks find.
pub struct Read {
    /// The running text that the places are in.
    pub text: String,
    /// Who said what.
    pub quotes: Vec<Quote>,
    /// What the checks find.
    pub findings: Vec<Finding>,
}

/// Reads and checks an article in one go.
pub async fn read(app: &App, article: &Article) -> Result<Read, ActError> {
    let settings = app.settings().await.map_err(|why| ActError::Field(why.to_string()))?;
    let zone = jiff::tz::TimeZone::get(&settings.timezone).unwrap_or(jiff::tz::TimeZone::UTC);
    let date = article.published_at.map(|at| at.to_zoned_datetime(zone.clone()).date());
    let authors = author::by_ids(&app.store, &article.authors.iter().collect::<Vec<_>>()).await?;
    let byline = authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>().join(", ");

    let document = Document::parse(&article.body)?;
    let text = document.text_map().body();
    let own = own_links(&document, &text);
    let dead = DeadPaths::among(app, own.iter().map(|(_, address)| address.as_str())).await?;
    let pictures = Pictures::of(article, &document);
    let asked = Asked {
        text,
        headline: article.headline.to_string(),
        standfirst: article.standfirst.clone(),
        byline,
        date,
        section: article.section.as_ref().map(ToString::to_string),
        pictures,
        links: own,
        dead,
    };
    // A long text must not hold up others: not the runtime, and not all cores at once.
    let _permit = app.reading.acquire().await; // closed never
    let (asked, names) = off_the_runtime(move || {
        let names = asked.names();
        (asked, names)
    })
    .await?;
    let archive = earlier(app, names, article, &zone).await?;
    off_the_runtime(move || asked.read(&archive)).await
}

/// Everything that the reading of an article needs, its own.
struct Asked {
    text: String,
    headline: String,
    standfirst: Option<String>,
    byline: String,
    date: Option<Date>,
    section: Option<String>,
    pictures: Pictures,
    links: Vec<(Range<usize>, String)>,
    dead: DeadPaths,
}

impl Asked {
    fn lent(&self) -> record::Article<'_> {
        record::Article {
            text: &self.text,
            title: Some(&self.headline),
            standfirst: self.standfirst.as_deref(),
            byline: Some(&self.byline),
            date: self.date,
            section: self.section.as_deref(),
            images: self.pictures.0.iter().map(Picture::lent).collect(),
        }
    }

    /// Whose earlier words matter.
    fn names(&self) -> Vec<String> {
        let quotes = record::quotes(&self.lent());
        let mut names: Vec<String> =
            quotes.into_iter().filter_map(|quote| quote.name).map(|name| folded_name(&name)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn read(self, archive: &Archive) -> Read {
        let links: Vec<Link> =
            self.links.iter().map(|(range, address)| Link { range: range.clone(), address }).collect();
        let context = Context {
            offices: Some(Register::embedded()),
            archive: Some(archive),
            links: &links,
            addresses: Some(&self.dead),
            ..Context::default()
        };
        let (quotes, findings) = checks::read(&self.lent(), &context);
        Read { quotes, findings, text: self.text }
    }
}

async fn off_the_runtime<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ActError> {
    let work = tokio::task::spawn_blocking(work).await;
    work.map_err(|why| ActError::Field(format!("the text could not be read: {why}")))
}

/// Takes out what somebody looked at and left for a reason.
pub async fn heeded(app: &App, article: &Article, findings: Vec<Finding>) -> Result<Vec<Finding>, ActError> {
    let ignored = store::ignored::of(&app.store, article.id.as_str()).await?;
    if ignored.is_empty() {
        return Ok(findings);
    }
    let document = Document::parse(&article.body)?;
    let text = document.text_map().body();
    let is_left = |finding: &Finding| {
        let exact = exact(finding, &text);
        ignored.iter().any(|left| left.kind == finding.kind.name() && left.exact == exact)
    };
    Ok(findings.into_iter().filter(|finding| !is_left(finding)).collect())
}

/// The words that a finding is about; nothing if it is about the whole article.
pub fn exact<'t>(finding: &Finding, text: &'t str) -> &'t str {
    finding.range.clone().and_then(|range| text.get(range)).unwrap_or_default()
}

/// The findings that publishing asks a signature for, by name, each once; `None` when there are none.
pub fn unsettled(findings: &[Finding]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.severity == Severity::Must) {
        if !names.contains(&finding.kind.name()) {
            names.push(finding.kind.name());
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// What the people whom the article quotes said in articles of earlier days.
async fn earlier(
    app: &App,
    names: Vec<String>,
    article: &Article,
    zone: &jiff::tz::TimeZone,
) -> Result<Archive, ActError> {
    let mut archive = Archive::new();
    let Some(published) = article.published_at else { return Ok(archive) };
    let mut people: Vec<Id> =
        person::bearers(&app.store, &names).await?.into_iter().map(|(_, person)| person).collect();
    people.sort_unstable();
    people.dedup();
    let said = statement::of_people_before(&app.store, &people, published, EARLIER).await?;
    let ids: Vec<Id> = said.iter().map(|said| said.id.clone()).collect();
    let places = statement::open(&app.store, &ids).await?;
    for said in &said {
        // The article's own statements are no earlier ones.
        let Some(place) = places.iter().find(|place| place.statement == said.id && place.article != article.id) else {
            continue;
        };
        let date: Option<Date> = said.first_at.map(|at| at.to_zoned_datetime(zone.clone()).date());
        let text = format!("“{}”", said.words);
        archive.add(place.article.as_str(), &record::Article { date, ..record::Article::of_text(&text) });
    }
    Ok(archive)
}

/// The links of the running text: bytes of the body, and where they lead.
fn own_links(document: &Document<'_>, text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut from = 0;
    for block in document.blocks() {
        let Block::Text(block) = block else { continue };
        for inline in &block.children {
            let Inline::Link(link) = inline else { continue };
            let words: String = link
                .children
                .iter()
                .filter_map(|child| if let Inline::Text(text) = child { Some(&*text.text) } else { None })
                .collect();
            // Links come in the order of the text; words that cannot be found again stand at its end.
            let start = text.get(from..).and_then(|rest| rest.find(&words)).map_or(text.len(), |at| from + at);
            let end = (start + words.len()).min(text.len());
            from = end;
            found.push((start..end, link.url.replace("__GHOST_URL__", "")));
        }
    }
    found
}

/// Paths of this magazine at which nothing stands.
struct DeadPaths {
    origin: String,
    dead: HashSet<String>,
}

impl DeadPaths {
    async fn among(app: &App, addresses: impl Iterator<Item = &str>) -> Result<DeadPaths, ActError> {
        let mut paths = DeadPaths { origin: app.url.as_str().trim_end_matches('/').to_owned(), dead: HashSet::new() };
        let own: HashSet<String> = addresses.filter_map(|address| paths.path(address)).take(LINKS).collect();
        for path in own {
            let is_section = match news::SectionPath::parse(path.trim_matches('/')) {
                Ok(section) => section::at(&app.store, &section).await?.is_some(),
                Err(_) => false,
            };
            if !is_section && address::holder(&app.store, &path).await?.is_none() {
                paths.dead.insert(path);
            }
        }
        Ok(paths)
    }

    /// The path of an address that should be an article's or a section's: those of lists, pictures and files are left
    /// out.
    fn path(&self, address: &str) -> Option<String> {
        let path = address.strip_prefix(&self.origin).unwrap_or(address);
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let first = path.strip_prefix('/')?.split('/').next().unwrap_or_default();
        let program = first.is_empty() || news::slug::RESERVED.contains(&first) || path.starts_with("//");
        (!program && path.ends_with('/')).then(|| path.to_owned())
    }
}

impl Addresses for DeadPaths {
    fn is_dead(&self, address: &str) -> bool {
        self.path(address).is_some_and(|path| self.dead.contains(&path))
    }
}

/// The pictures of an article, by what is said about them.
struct Pictures(Vec<Picture>);

struct Picture {
    file: String,
    alt: Option<String>,
    caption: Option<String>,
    credit: Option<String>,
    licence: Option<String>,
}

impl Pictures {
    /// The lead picture. Those of the body have no place for a credit yet; their alternative texts are checked.
    fn of(article: &Article, document: &Document<'_>) -> Pictures {
        let file = |src: &str| src.rsplit('/').next().unwrap_or_default().to_owned();
        let mut pictures = Vec::new();
        if let Some(picture) = article.lead_picture.as_ref().filter(|picture| picture.src.is_some()) {
            let credit = picture.credit.as_ref();
            pictures.push(Picture {
                file: file(picture.src.as_deref().unwrap_or_default()),
                alt: picture.alt.clone(),
                caption: picture.caption.clone(),
                credit: credit.and_then(|credit| credit.creator.clone().or_else(|| credit.organisation.clone())),
                licence: credit.and_then(|credit| credit.licence()).map(|licence| licence.name.to_owned()),
            });
        }
        for block in document.blocks() {
            let Block::Card(card) = block else { continue };
            let Card::Image(image) = card.as_ref() else { continue };
            let caption = manuscript::plaintext_of_html(&image.caption);
            pictures.push(Picture {
                file: file(&image.src),
                alt: Some(image.alt.to_string()).filter(|alt| !alt.is_empty()),
                // A caption is where a body's picture says whose it is.
                credit: Some(caption.clone()).filter(|caption| !caption.is_empty()),
                licence: Some(caption.clone()).filter(|caption| !caption.is_empty()),
                caption: Some(caption),
            });
        }
        Pictures(pictures)
    }
}

impl Picture {
    fn lent(&self) -> record::Picture<'_> {
        record::Picture {
            file: &self.file,
            alt: self.alt.as_deref(),
            caption: self.caption.as_deref(),
            credit: self.credit.as_deref(),
            licence: self.licence.as_deref(),
        }
    }
}
