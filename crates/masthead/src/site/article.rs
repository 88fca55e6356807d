//! An article, or a static page, at its address.

use std::borrow::Cow;
use std::sync::Arc;

use manuscript::{Document, GatedCards, Trust, Web};
use news::{Kind, Place, Status};
use store::article::Card;
use theme::{Map, Value};

use super::Answer;
use super::furniture::Furniture;
use super::head::{self, Subject};
use super::themes::{self, Drawn, Scene};
use super::values::{self, Post, Whole};
use crate::pages::Keep;
use crate::{App, Error};

/// What stands at a path: the article; a redirect to where it went; or that it is gone.
pub async fn show(app: &Arc<App>, path: &str) -> Result<Answer, Error> {
    let address = store::address::at(&app.store, path).await?.ok_or(Error::NotFound)?;
    let status = address.status.as_deref().and_then(Status::of);
    match (status, address.path) {
        (Some(Status::Published), Some(now)) if now != path => return Ok(Answer::moved(&now)),
        (Some(Status::Published), _) => {}
        (Some(Status::Withdrawn) | None, _) => return Err(Error::Gone),
        _ => return Err(Error::NotFound),
    }
    let id = news::Id::parse(&address.article_id).map_err(|_| Error::NotFound)?;
    let card = store::article::by_id(&app.store, &id).await?.ok_or(Error::Gone)?;
    page(app, card, path).await
}

/// The article at a path, for an address that says the same in another spelling: shown where it brought that address from
/// elsewhere, so that its links stay; else led to the one spelling.
pub async fn show_as_brought(app: &Arc<App>, path: &str) -> Result<Answer, Error> {
    let address = store::address::at(&app.store, path).await?;
    let id = address.filter(|address| address.path.as_deref() == Some(path)).map(|address| address.article_id);
    if let Some(id) = id.and_then(|id| news::Id::parse(&id).ok())
        && let Some(card) = store::article::by_id(&app.store, &id).await?
        && card.article.is_public()
        && card.article.extras.keeps_address
    {
        return page(app, card, path).await;
    }
    Ok(Answer::moved(path))
}

/// The page of an article that nobody may read yet.
pub async fn preview(app: &Arc<App>, mut article: news::Article) -> Result<Answer, Error> {
    article.published_at = article.published_at.or(Some(app.now()));
    let path = article.path.clone().unwrap_or_else(|| format!("/{}/", article.slug));
    article.path = Some(path.clone());
    page(app, Card { article, derived: Default::default() }, &path).await
}

async fn page(app: &Arc<App>, card: Card, path: &str) -> Result<Answer, Error> {
    let furniture = Furniture::of(app).await?;
    let id = card.article.id.clone();
    let kind = card.article.kind;
    let mut corrections = store::correction::of(&app.store, &id).await?;
    corrections.retain(|made| made.kind.is_public());
    let mut posts = values::with_names(app, &furniture, vec![card]).await?;
    let mut post = posts.pop().ok_or(Error::NotFound)?;

    let mut places = vec![Place::Article(id), Place::Everything];
    let document = public_part(&post)?;
    let html = web_html(&furniture, &document);
    // Of a whole article that was kept the words were counted then.
    let words = match usize::try_from(post.derived.words) {
        Ok(words) if words > 0 && post.is_open() => words,
        _ => document.word_count(),
    };
    drop(document);
    post.whole = Some(Whole { html: html.into(), words, corrections });
    let post = Arc::new(post);

    let head = head::of(&furniture, &Subject::Article(&post), path).await?;
    let mut root = Map::from([("post", Value::Object(post.clone()))]);
    if kind == Kind::Page {
        root.insert("page", Value::Object(post.clone()));
    }
    let (templates, contexts) = templates(&post);
    let shows_title = Some(post.article.extras.show_title_and_feature_image.unwrap_or(true));
    let scene = Scene { root, templates, contexts, path: path.to_owned(), head, shows_title };
    let Drawn { fresh, places: asked } = themes::draw(&furniture, scene).await?;
    places.extend(asked);
    Ok(Answer::kept(fresh, places, Keep::WhileRoom))
}

/// A body as HTML.
pub(super) fn web_html(furniture: &Furniture, document: &Document<'_>) -> String {
    let html =
        document.html(&Web { site_url: furniture.url.clone(), gated_cards: GatedCards::LeftOut, ..Web::default() });
    let html = match theme::plain::markup(&html) {
        Cow::Owned(changed) => changed,
        Cow::Borrowed(_) => html,
    };
    tagged(furniture, html)
}

/// A body as HTML for programs that bring Ghost's script for its cards, and its own buttons; `raw` with what our pages
/// replace, such as players of other sites: for the words in it.
pub(super) fn html_for_clients(furniture: &Furniture, document: &Document<'_>, raw: bool) -> String {
    let (site_url, gated_cards) = (furniture.url.clone(), GatedCards::LeftOut);
    let trust = if raw { Trust::Everybody } else { Trust::default() };
    document.html(&Web { site_url, gated_cards, trust, cards_script: true, ..Web::default() })
}

/// Links to other sites say where the reader came from, where the magazine wants that.
pub(super) fn tagged(furniture: &Furniture, html: String) -> String {
    if !furniture.settings.outbound_link_tagging {
        return html;
    }
    let host = furniture.url.split_once("://").map_or("", |(_, host)| host);
    manuscript::tag_outbound(&html, host.strip_prefix("www.").unwrap_or(host))
}

/// What a stranger may read of an article: all of a public one, else what
/// stands before the paywall mark, and nothing where there is no mark.
pub fn public_part(post: &Post) -> Result<Document<'_>, Error> {
    let document = Document::parse(&post.article.body)
        .map_err(|why| store::Broken::Value(format!("the manuscript of article {}: {why}", post.article.id)))?;
    Ok(before_the_wall(document, post.is_open()))
}

/// The same of a body that was read by itself; `None` where it cannot be read.
pub(super) fn public_part_of(body: &str, is_open: bool) -> Option<Document<'_>> {
    Document::parse(body).ok().map(|document| before_the_wall(document, is_open))
}

fn before_the_wall(document: Document<'_>, is_open: bool) -> Document<'_> {
    match (is_open, document.has_paywall()) {
        (true, _) => document,
        (false, true) => document.public_part(),
        (false, false) => Document::empty(),
    }
}

fn templates(post: &Post) -> (Vec<String>, Vec<&'static str>) {
    let slug = &post.article.slug;
    let custom = post.article.extras.custom_template.clone();
    match post.article.kind {
        Kind::Article => {
            let names = [Some(format!("post-{slug}")), custom, Some("post".into())];
            (names.into_iter().flatten().collect(), vec!["post"])
        }
        Kind::Page => {
            let names = [Some(format!("page-{slug}")), custom, Some("page".into()), Some("post".into())];
            (names.into_iter().flatten().collect(), vec!["page"])
        }
    }
}
