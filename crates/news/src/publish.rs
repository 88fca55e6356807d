//! The rules of publishing: what may go out, when, and at which address.

use jiff::Timestamp;

use crate::{Article, Slug, Status};

/// Why an article may not go out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPublishable {
    /// The first segment of its address belongs to the program.
    #[error("its address /{0}/ is one that the program keeps for itself; choose another slug")]
    Reserved(Slug),
    /// A scheduled time that has passed is a mistake, not a wish.
    #[error("{0} is in the past; to publish with an earlier date, publish it now with that date")]
    Past(Timestamp),
}

/// The article as it is once published, dated `dated` (now, if nothing else was said).
///
/// The date that readers see may lie in the past (an archive) but not in the
/// future; the first publication is remembered for ever.
pub fn publish(mut article: Article, dated: Option<Timestamp>, now: Timestamp) -> Result<Article, NotPublishable> {
    refuse(&article)?;
    let date = dated.or(article.published_at).unwrap_or(now).min(now);
    article.status = Status::Published;
    article.published_at = Some(date);
    article.first_published_at = article.first_published_at.or(Some(date));
    article.updated_at = now.max(date);
    article.version += 1;
    Ok(article)
}

/// The article as it is while it waits for the clock.
pub fn schedule(mut article: Article, when: Timestamp, now: Timestamp) -> Result<Article, NotPublishable> {
    refuse(&article)?;
    if when <= now {
        return Err(NotPublishable::Past(when));
    }
    article.status = Status::Scheduled;
    article.published_at = Some(when);
    article.updated_at = now;
    article.version += 1;
    Ok(article)
}

/// True once the clock should publish a scheduled article.
pub fn is_due(article: &Article, now: Timestamp) -> bool {
    article.status == Status::Scheduled && article.published_at.is_some_and(|when| when <= now)
}

/// The article once it is taken from the public; its address stays its own and answers 410.
pub fn withdraw(mut article: Article, now: Timestamp) -> Article {
    article.status = Status::Withdrawn;
    article.updated_at = now;
    article.version += 1;
    article
}

/// The article back among the drafts; its dates stay known.
pub fn unpublish(mut article: Article, now: Timestamp) -> Article {
    article.status = Status::Draft;
    article.updated_at = now;
    article.version += 1;
    article
}

fn refuse(article: &Article) -> Result<(), NotPublishable> {
    if article.slug.is_word_of_lists() || (article.section.is_none() && article.slug.is_reserved()) {
        return Err(NotPublishable::Reserved(article.slug.clone()));
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{Access, Headline, Id, Kind, SectionPath, article::Extras};

    pub(crate) fn draft(headline: &str) -> Article {
        Article {
            id: Id::made(0, [0; 8]),
            kind: Kind::Article,
            headline: Headline::parse(headline).unwrap(),
            slug: Slug::of(headline).unwrap(),
            standfirst: None,
            body: "{}".into(),
            section: None,
            tags: vec![],
            authors: vec![],
            lead_picture: None,
            status: Status::Draft,
            access: Access::Public,
            featured: false,
            created_at: at(0),
            updated_at: at(0),
            published_at: None,
            first_published_at: None,
            path: None,
            version: 1,
            extras: Extras::default(),
        }
    }

    pub(crate) fn published(headline: &str, section: &str) -> Article {
        let mut article = publish(draft(headline), None, at(100)).unwrap();
        article.section = Some(SectionPath::parse(section).unwrap());
        article.path = Some(format!("/{section}/{}/", article.slug));
        article
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_draft_is_published_now_unless_it_has_a_date() {
        let article = publish(draft("Budget day"), None, at(100)).unwrap();
        assert_eq!((article.status, article.published_at), (Status::Published, Some(at(100))));
        let dated = publish(draft("Budget day"), Some(at(50)), at(100)).unwrap();
        assert_eq!(dated.published_at, Some(at(50)));
    }

    #[test]
    fn publishing_again_keeps_the_first_date() {
        let first = publish(draft("Budget day"), None, at(100)).unwrap();
        let again = publish(unpublish(first, at(150)), Some(at(160)), at(200)).unwrap();
        assert_eq!((again.published_at, again.first_published_at), (Some(at(160)), Some(at(100))));
    }

    #[test]
    fn a_date_in_the_future_is_never_printed_on_a_published_article() {
        assert_eq!(publish(draft("Budget day"), Some(at(500)), at(100)).unwrap().published_at, Some(at(100)));
    }

    #[test]
    fn a_scheduled_article_is_due_to_the_second() {
        let article = schedule(draft("Budget day"), at(200), at(100)).unwrap();
        assert!(!is_due(&article, at(199)));
        assert!(is_due(&article, at(200)));
        assert_eq!(schedule(draft("Late"), at(100), at(100)), Err(NotPublishable::Past(at(100))));
    }

    #[test]
    fn an_address_of_the_program_is_refused() {
        let refused = publish(draft("Ghost"), None, at(100));
        assert_eq!(refused, Err(NotPublishable::Reserved(Slug::of("ghost").unwrap())));
    }

    #[test]
    fn a_withdrawn_article_keeps_its_address() {
        let article = withdraw(published("Budget day", "money"), at(300));
        assert_eq!((article.status, article.path.as_deref()), (Status::Withdrawn, Some("/money/budget-day/")));
    }
}
