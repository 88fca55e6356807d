//! Articles: rows, and what is derived of them for lists.

use jiff::Timestamp;
use news::{Access, Article, Headline, Id, Kind, LeadPicture, SectionPath, Slug, Status};

use crate::{Batch, Broken, Statement, Store};

macro_rules! columns {
    () => {
        "id, kind, headline, slug, standfirst, section, lead_picture, status, access, featured, created_at, updated_at, \
         published_at, first_published_at, path, version, extras, excerpt, words, minutes"
    };
}

queries! {
    "article";

    /// An article's own columns, as they stand.
    row ArticleRow {
        id: String, kind: String, headline: String, slug: String, standfirst: Option<String>, section: Option<String>,
        lead_picture: Option<String>, status: String, access: String, featured: bool, created_at: i64, updated_at: i64,
        published_at: Option<i64>, first_published_at: Option<i64>, path: Option<String>, version: i64, extras: String,
        excerpt: String, words: i64, minutes: i64,
    }

    /// A manuscript.
    row BodyRow { body: String }

    /// A tag or author of an article.
    row LinkRow { article_id: String, id: String }

    /// An id.
    row IdRow { id: String }

    /// When, and what.
    row DueRow { id: String, published_at: i64 }

    /// How many.
    row CountRow { count: i64 }

    /// What, and the time by which it stands in its list.
    row DatedRow { id: String, at: Option<i64> }

    one row_by_id(id: &str) -> ArticleRow = concat!("SELECT ", columns!(), " FROM article WHERE id = $1");
    one row_by_slug(kind: &str, slug: &str) -> ArticleRow =
        concat!("SELECT ", columns!(), " FROM article WHERE kind = $1 AND slug = $2");
    all rows_by_ids(ids: &str) -> ArticleRow = concat!("SELECT ", columns!(), " FROM article WHERE id IN {list $1}");
    one body_of(id: &str) -> BodyRow = "SELECT body FROM manuscript WHERE article_id = $1";
    all tags_of(ids: &str) -> LinkRow =
        "SELECT article_id, tag_id AS id FROM article_tag WHERE article_id IN {list $1} ORDER BY article_id, position";
    all authors_of(ids: &str) -> LinkRow =
        "SELECT article_id, author_id AS id FROM article_author WHERE article_id IN {list $1} ORDER BY article_id, position";

    /// Where an article is, and when it last changed.
    row AddressRow { id: String, path: Option<String>, status: String, updated_at: i64, published_at: Option<i64> }

    all addresses_of(ids: &str) -> AddressRow =
        "SELECT id, path, status, updated_at, published_at FROM article WHERE id IN {list $1}";

    /// The article that has a slug, whatever its status.
    one id_by_slug(kind: &str, slug: &str) -> IdRow = "SELECT id FROM article WHERE kind = $1 AND slug = $2";

    /// Scheduled articles whose time has come.
    all due(now: i64, most: i64) -> DueRow =
        "SELECT id, published_at FROM article WHERE status = 'scheduled' AND published_at <= $1 ORDER BY published_at LIMIT $2";

    /// The next time at which something is scheduled.
    one next_due() -> DueRow =
        "SELECT id, published_at FROM article WHERE status = 'scheduled' AND published_at IS NOT NULL ORDER BY published_at LIMIT 1";

    /// Every published static page.
    all pages(most: i64) -> ArticleRow = concat!(
        "SELECT ", columns!(), " FROM article WHERE kind = 'page' AND status = 'published' ORDER BY published_at, id LIMIT $1");

    /// Articles of a status with their dates, the latest date first: what is scheduled, or went out.
    all dated_in(kind: &str, status: &str, most: i64) -> DatedRow =
        "SELECT id, published_at AS at FROM article WHERE kind = $1 AND status = $2 \
         ORDER BY published_at DESC, id DESC LIMIT $3";
    /// Articles of a status, the last changed first: what is being written.
    all changed_in(kind: &str, status: &str, most: i64) -> DatedRow =
        "SELECT id, updated_at AS at FROM article WHERE kind = $1 AND status = $2 \
         ORDER BY updated_at DESC, id DESC LIMIT $3";
    /// How many articles there are of a status.
    one count_in(kind: &str, status: &str) -> CountRow =
        "SELECT count(*) AS count FROM article WHERE kind = $1 AND status = $2";

    /// A line of the desk's list: the article with the headline of its working copy, where it has one.
    row DeskRow { id: String, headline: String, updated_at: i64, has_copy: bool, copy_number: i64, words: i64 }

    /// What was changed before a moment, the last changed first.
    all desk_rows(kind: &str, at: i64, id: &str, most: i64) -> DeskRow =
        "SELECT a.id, coalesce(c.headline, a.headline) AS headline, a.updated_at, c.article_id IS NOT NULL AS has_copy, \
         coalesce(c.number, 0) AS copy_number, coalesce(c.words, a.words) AS words \
         FROM article a LEFT JOIN working_copy c ON c.article_id = a.id \
         WHERE a.kind = $1 AND (a.updated_at, a.id) < ($2, $3) ORDER BY a.updated_at DESC, a.id DESC LIMIT $4";
    /// The same of one status.
    all desk_rows_in(kind: &str, status: &str, at: i64, id: &str, most: i64) -> DeskRow =
        "SELECT a.id, coalesce(c.headline, a.headline) AS headline, a.updated_at, c.article_id IS NOT NULL AS has_copy, \
         coalesce(c.number, 0) AS copy_number, coalesce(c.words, a.words) AS words \
         FROM article a LEFT JOIN working_copy c ON c.article_id = a.id \
         WHERE a.kind = $1 AND a.status = $2 AND (a.updated_at, a.id) < ($3, $4) ORDER BY a.updated_at DESC, a.id DESC LIMIT $5";
    /// The same of what a member of staff began.
    all desk_rows_of(staff_id: &str, at: i64, id: &str, most: i64) -> DeskRow =
        "SELECT a.id, coalesce(c.headline, a.headline) AS headline, a.updated_at, c.article_id IS NOT NULL AS has_copy, \
         coalesce(c.number, 0) AS copy_number, coalesce(c.words, a.words) AS words \
         FROM writer w JOIN article a ON a.id = w.article_id LEFT JOIN working_copy c ON c.article_id = a.id \
         WHERE w.staff_id = $1 AND (a.updated_at, a.id) < ($2, $3) ORDER BY a.updated_at DESC, a.id DESC LIMIT $4";
    /// The same of those whose headline has these words.
    all desk_rows_like(kind: &str, pattern: &str, at: i64, id: &str, most: i64) -> DeskRow =
        "SELECT a.id, coalesce(c.headline, a.headline) AS headline, a.updated_at, c.article_id IS NOT NULL AS has_copy, \
         coalesce(c.number, 0) AS copy_number, coalesce(c.words, a.words) AS words \
         FROM article a LEFT JOIN working_copy c ON c.article_id = a.id \
         WHERE a.kind = $1 AND lower(a.headline) LIKE $2 ESCAPE '!' AND (a.updated_at, a.id) < ($3, $4) \
         ORDER BY a.updated_at DESC, a.id DESC LIMIT $5";
    /// Published articles whose headline or standfirst has these words, the newest first.
    all ids_public_like(pattern: &str, most: i64) -> IdRow =
        "SELECT id FROM article WHERE status = 'published' AND kind = 'article' \
         AND (lower(headline) LIKE $1 ESCAPE '!' OR lower(coalesce(standfirst, '')) LIKE $1 ESCAPE '!') \
         ORDER BY published_at DESC LIMIT $2";
    /// Published ones whose slug begins so: from the beginning until the end of such slugs.
    all ids_by_slug_start(kind: &str, from: &str, until: &str, most: i64) -> IdRow =
        "SELECT id FROM article WHERE kind = $1 AND slug >= $2 AND slug < $3 AND status = 'published' ORDER BY slug LIMIT $4";
    /// Articles of a section, behind an id.
    all ids_in_section(section: &str, id: &str, most: i64) -> IdRow =
        "SELECT id FROM article WHERE section = $1 AND id > $2 ORDER BY id LIMIT $3";
    /// Articles with a tag, behind an id.
    all ids_with_tag(tag: &str, id: &str, most: i64) -> IdRow =
        "SELECT article_id AS id FROM article_tag WHERE tag_id = $1 AND article_id > $2 ORDER BY article_id LIMIT $3";
    /// How many articles have a tag.
    one count_with_tag(tag: &str) -> CountRow = "SELECT count(*) AS count FROM article_tag WHERE tag_id = $1";
    /// How many articles are of an author.
    one count_by_author(author: &str) -> CountRow = "SELECT count(*) AS count FROM article_author WHERE author_id = $1";
    /// How many articles stand in a section.
    one count_in_section(section: &str) -> CountRow = "SELECT count(*) AS count FROM article WHERE section = $1";

    /// Articles behind an id, of any status.
    all ids_after(kind: &str, id: &str, most: i64) -> IdRow =
        "SELECT id FROM article WHERE kind = $1 AND id > $2 ORDER BY id LIMIT $3";

    /// Changes nothing, and matches no row unless the article is still at this version.
    exec unchanged(id: &str, version: i64) = "UPDATE article SET version = $2 WHERE id = $1 AND version = $2";

    /// How many articles there are, of any status.
    one count(kind: &str) -> CountRow = "SELECT count(*) AS count FROM article WHERE kind = $1";

    exec insert_row(
        id: &str, kind: &str, headline: &str, slug: &str, standfirst: Option<&str>, section: Option<&str>,
        lead_picture: Option<&str>, status: &str, access: &str, featured: bool, created_at: i64, updated_at: i64,
        published_at: Option<i64>, first_published_at: Option<i64>, path: Option<&str>, version: i64, extras: &str,
        excerpt: &str, words: i64, minutes: i64,
    ) = concat!("INSERT INTO article (", columns!(), ") VALUES \
        ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)");

    exec update_row(
        id: &str, before: i64, headline: &str, slug: &str, standfirst: Option<&str>, section: Option<&str>,
        lead_picture: Option<&str>, status: &str, access: &str, featured: bool, updated_at: i64,
        published_at: Option<i64>, first_published_at: Option<i64>, path: Option<&str>, version: i64, extras: &str,
        excerpt: &str, words: i64, minutes: i64,
    ) = "UPDATE article SET headline = $3, slug = $4, standfirst = $5, section = $6, lead_picture = $7, status = $8, \
         access = $9, featured = $10, updated_at = $11, published_at = $12, first_published_at = $13, path = $14, \
         version = $15, extras = $16, excerpt = $17, words = $18, minutes = $19 WHERE id = $1 AND version = $2";

    exec put_body(id: &str, body: &str) =
        "INSERT INTO manuscript (article_id, body) VALUES ($1, $2) ON CONFLICT (article_id) DO UPDATE SET body = excluded.body";
    exec clear_tags(id: &str) = "DELETE FROM article_tag WHERE article_id = $1";
    exec add_tag(id: &str, position: i64, tag: &str) =
        "INSERT INTO article_tag (article_id, position, tag_id) VALUES ($1, $2, $3)";
    exec clear_authors(id: &str) = "DELETE FROM article_author WHERE article_id = $1";
    exec add_author(id: &str, position: i64, author: &str) =
        "INSERT INTO article_author (article_id, position, author_id) VALUES ($1, $2, $3)";
    exec delete_row(id: &str, version: i64) = "DELETE FROM article WHERE id = $1 AND version = $2";
    exec delete_body(id: &str) = "DELETE FROM manuscript WHERE article_id = $1";
}

/// What is made of the manuscript for lists, so that no list reads a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derived {
    /// The first words of the public part, as plain text.
    pub excerpt: String,
    /// Words of the whole body.
    pub words: i64,
    /// Minutes to read it.
    pub minutes: i64,
}

/// An article as lists show it: everything but the manuscript.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The article; its `body` is empty.
    pub article: Article,
    /// What was derived of the body.
    pub derived: Derived,
}

/// The whole article.
pub async fn by_id(store: &Store, id: &Id) -> Result<Option<Card>, Broken> {
    match row_by_id(store, id.as_str()).await? {
        Some(row) => whole(store, row).await.map(Some),
        None => Ok(None),
    }
}

/// Published articles whose headline or standfirst has these words, the newest first.
pub async fn public_like(store: &Store, words: &str, most: i64) -> Result<Vec<Id>, Broken> {
    let rows = ids_public_like(store, &crate::pattern(words), most).await?;
    rows.iter().map(|row| parsed_id(&row.id)).collect()
}

/// The whole article with this slug.
pub async fn by_slug(store: &Store, kind: Kind, slug: &str) -> Result<Option<Card>, Broken> {
    match row_by_slug(store, kind.word(), slug).await? {
        Some(row) => whole(store, row).await.map(Some),
        None => Ok(None),
    }
}

/// The cards of these ids in the order asked; ids that are gone are left out.
pub async fn cards(store: &Store, ids: &[Id]) -> Result<Vec<Card>, Broken> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = json(&ids);
    let rows = rows_by_ids(store, &list).await?;
    let cards = with_links(store, rows, &list).await?;
    // One row that cannot be read must not take every list down with it.
    let mut cards: Vec<Card> = cards
        .into_iter()
        .filter_map(|card| card.inspect_err(|why| tracing::error!("left out of a list: {why}")).ok())
        .collect();
    let order = |card: &Card| ids.iter().position(|id| *id == card.article.id);
    cards.sort_by_key(order);
    Ok(cards)
}

/// Which articles a list of the desk is to have.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// All of a kind.
    All(Kind),
    /// Those of a status.
    In(Kind, Status),
    /// Those that a member of staff began.
    Of(&'a Id),
    /// Those whose headline has these words.
    Like(Kind, &'a str),
}

/// A page of the desk's list, the last changed first: what was changed before the article at (`at`, `id`).
pub async fn desk(store: &Store, wanted: Wanted<'_>, at: i64, id: &str, most: i64) -> Result<Vec<DeskRow>, Broken> {
    match wanted {
        Wanted::All(kind) => desk_rows(store, kind.word(), at, id, most).await,
        Wanted::In(kind, status) => desk_rows_in(store, kind.word(), status.word(), at, id, most).await,
        Wanted::Of(staff) => desk_rows_of(store, staff.as_str(), at, id, most).await,
        Wanted::Like(kind, words) => desk_rows_like(store, kind.word(), &crate::pattern(words), at, id, most).await,
    }
}

/// The addresses of these articles, newest first, with their last change; for sitemaps.
pub async fn addresses(store: &Store, ids: &[Id]) -> Result<Vec<(String, Timestamp)>, Broken> {
    let mut rows = addresses_of(store, &json(&ids)).await?;
    // Chosen and sorted here: asked for what is published, or for an order, SQLite would walk along the whole archive.
    rows.retain(|row| row.status == Status::Published.word());
    rows.sort_by(|a, b| (b.published_at, &b.id).cmp(&(a.published_at, &a.id)));
    let addresses = rows.into_iter().filter_map(|row| Some((row.path?, row.updated_at)));
    addresses.map(|(path, at)| Ok((path, time(at)?))).collect()
}

/// The static pages, oldest first (at most 1,000).
pub async fn static_pages(store: &Store) -> Result<Vec<Card>, Broken> {
    let rows = pages(store, 1_000).await?;
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let list = json(&ids);
    let mut cards = with_links(store, rows, &list).await?.into_iter().collect::<Result<Vec<Card>, _>>()?;
    cards.sort_by_key(|card| (card.article.published_at, card.article.id.clone()));
    Ok(cards)
}

/// Adds a new article to a batch; its slug must be free ([`crate::Refused::Taken`] otherwise).
pub fn add(batch: &mut Batch, article: &Article, derived: &Derived) {
    let a = Texts::of(article);
    batch.must(insert_row(
        article.id.as_str(),
        article.kind.word(),
        article.headline.as_str(),
        article.slug.as_str(),
        article.standfirst.as_deref(),
        article.section.as_ref().map(SectionPath::as_str),
        a.lead_picture.as_deref(),
        article.status.word(),
        &a.access,
        article.featured,
        article.created_at.as_millisecond(),
        article.updated_at.as_millisecond(),
        article.published_at.map(Timestamp::as_millisecond),
        article.first_published_at.map(Timestamp::as_millisecond),
        article.path.as_deref(),
        article.version,
        &a.extras,
        &derived.excerpt,
        derived.words,
        derived.minutes,
    ));
    links(batch, article);
}

/// Adds the changed article to a batch. `before` is the version that the act
/// read: if somebody changed the article since, the whole batch is refused.
pub fn change(batch: &mut Batch, article: &Article, derived: &Derived, before: i64) {
    let a = Texts::of(article);
    batch.must(update_row(
        article.id.as_str(),
        before,
        article.headline.as_str(),
        article.slug.as_str(),
        article.standfirst.as_deref(),
        article.section.as_ref().map(SectionPath::as_str),
        a.lead_picture.as_deref(),
        article.status.word(),
        &a.access,
        article.featured,
        article.updated_at.as_millisecond(),
        article.published_at.map(Timestamp::as_millisecond),
        article.first_published_at.map(Timestamp::as_millisecond),
        article.path.as_deref(),
        article.version,
        &a.extras,
        &derived.excerpt,
        derived.words,
        derived.minutes,
    ));
    batch.push(clear_tags(article.id.as_str()));
    batch.push(clear_authors(article.id.as_str()));
    links(batch, article);
}

/// Adds the removal of an article to a batch. Revisions, acts and addresses stay.
pub fn remove(batch: &mut Batch, article: &Article) {
    let id = article.id.as_str();
    batch.must(delete_row(id, article.version));
    batch.push(delete_body(id));
    batch.push(clear_tags(id));
    batch.push(clear_authors(id));
}

fn links(batch: &mut Batch, article: &Article) {
    let id = article.id.as_str();
    let each = |ids: &[Id], make: fn(&str, i64, &str) -> Statement| -> Vec<Statement> {
        (0..).zip(ids).map(|(at, other)| make(id, at, other.as_str())).collect()
    };
    batch.push(put_body(id, &article.body));
    each(&article.tags, add_tag).into_iter().for_each(|s| batch.push(s));
    each(&article.authors, add_author).into_iter().for_each(|s| batch.push(s));
}

/// The parts of an article that are kept as JSON text.
struct Texts {
    lead_picture: Option<String>,
    access: String,
    extras: String,
}

impl Texts {
    fn of(article: &Article) -> Texts {
        Texts {
            lead_picture: article.lead_picture.as_ref().map(json),
            access: json(&article.access),
            extras: json(&article.extras),
        }
    }
}

pub(crate) fn json<T: serde::Serialize>(value: &T) -> String {
    // These types have text keys and no failing parts.
    serde_json::to_string(value).unwrap_or_default()
}

async fn whole(store: &Store, row: ArticleRow) -> Result<Card, Broken> {
    let body = body_of(store, &row.id).await?.map(|row| row.body).unwrap_or_default();
    let list = json(&[&row.id]);
    let mut cards = with_links(store, vec![row], &list).await?;
    let mut card = cards.pop().ok_or_else(|| Broken::Value("an article without a row".into()))??;
    card.article.body = body;
    Ok(card)
}

async fn with_links(store: &Store, rows: Vec<ArticleRow>, list: &str) -> Result<Vec<Result<Card, Broken>>, Broken> {
    let tags = tags_of(store, list).await?;
    let authors = authors_of(store, list).await?;
    let of = |links: &[LinkRow], id: &str| -> Result<Vec<Id>, Broken> {
        links.iter().filter(|link| link.article_id == id).map(|link| parsed_id(&link.id)).collect()
    };
    let cards = rows.into_iter().map(|row| {
        let (tags, authors) = (of(&tags, &row.id)?, of(&authors, &row.id)?);
        card(row, tags, authors)
    });
    Ok(cards.collect())
}

fn card(row: ArticleRow, tags: Vec<Id>, authors: Vec<Id>) -> Result<Card, Broken> {
    let bad = |what: &str| Broken::Value(format!("{what} of article {}", row.id));
    let article = Article {
        id: parsed_id(&row.id)?,
        kind: Kind::of(&row.kind).ok_or_else(|| bad("kind"))?,
        headline: Headline::parse(&row.headline).map_err(|_| bad("headline"))?,
        slug: Slug::parse(&row.slug).map_err(|_| bad("slug"))?,
        standfirst: row.standfirst.clone(),
        body: String::new(),
        section: match &row.section {
            Some(path) => Some(SectionPath::parse(path).map_err(|_| bad("section"))?),
            None => None,
        },
        tags,
        authors,
        lead_picture: match &row.lead_picture {
            Some(text) => Some(serde_json::from_str::<LeadPicture>(text).map_err(|_| bad("lead picture"))?),
            None => None,
        },
        status: Status::of(&row.status).ok_or_else(|| bad("status"))?,
        access: serde_json::from_str::<Access>(&row.access).map_err(|_| bad("access"))?,
        featured: row.featured,
        created_at: time(row.created_at)?,
        updated_at: time(row.updated_at)?,
        published_at: row.published_at.map(time).transpose()?,
        first_published_at: row.first_published_at.map(time).transpose()?,
        path: row.path.clone(),
        version: row.version,
        extras: serde_json::from_str(&row.extras).map_err(|_| bad("extras"))?,
    };
    let derived = Derived { excerpt: row.excerpt, words: row.words, minutes: row.minutes };
    Ok(Card { article, derived })
}

pub(crate) fn parsed_id(text: &str) -> Result<Id, Broken> {
    Id::parse(text).map_err(|_| Broken::Value(format!("the id “{text}”")))
}

pub(crate) fn time(millisecond: i64) -> Result<Timestamp, Broken> {
    Timestamp::from_millisecond(millisecond).map_err(|_| Broken::Value(format!("the time {millisecond}")))
}
