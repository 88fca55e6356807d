//! The rules of publishing: what may go out, when, and at which address.

use jiff::Timestamp;

use crate::{Article, Role, Slug, Status};

/// Why an article may not go out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPublishable {
    /// The first segment of its address belongs to the program.
    #[error("its address /{0}/ is one that the program keeps for itself; choose another slug")]
    Reserved(Slug),
    /// A scheduled time that has passed is a mistake, not a wish.
    #[error("{0} is in the past; to publish with an earlier date, publish it now with that date")]
    Past(Timestamp),
    /// What readers see is withdrawn, not handed on.
    #[error("it is public: withdraw it first")]
    Public,
    /// Only a place on the way to publication can be chosen.
    #[error("an article is handed on as draft, in review or ready")]
    NoWay,
}

/// What somebody of the staff may do with an article now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct May {
    /// Change its text and its papers.
    pub edit: bool,
    /// Hand it on between draft, review and ready.
    pub review: bool,
    /// Publish, schedule, correct and withdraw it.
    pub publish: bool,
    /// Remove it for good.
    pub delete: bool,
}

/// Editors and owners may do everything. Authors publish what is theirs; contributors write what is theirs, until
/// somebody else takes it further.
pub fn may(role: Role, is_own: bool, status: Status) -> May {
    let desk = role.is_at_least(Role::Editor);
    let own = is_own && role.is_at_least(Role::Author);
    let writing = is_own && matches!(status, Status::Draft | Status::InReview);
    let unseen = !matches!(status, Status::Published | Status::Scheduled);
    May {
        edit: desk || own || writing,
        review: desk || own || writing,
        publish: desk || own,
        delete: (desk || own || (is_own && status == Status::Draft)) && unseen,
    }
}

/// The article at another place of its way to publication.
pub fn hand_on(mut article: Article, to: Status, now: Timestamp) -> Result<Article, NotPublishable> {
    if !matches!(to, Status::Draft | Status::InReview | Status::Ready) {
        return Err(NotPublishable::NoWay);
    }
    if article.status == Status::Published {
        return Err(NotPublishable::Public);
    }
    if article.status == Status::Scheduled {
        // The date was the clock's.
        article.published_at = article.first_published_at;
    }
    article.status = to;
    article.updated_at = now;
    article.version += 1;
    Ok(article)
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
    if article.status == Status::Published {
        return Err(NotPublishable::Public);
    }
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
    fn who_may_do_what_depends_on_role_ownership_and_status() {
        let told = |role, own, status| {
            let may = may(role, own, status);
            [("edit", may.edit), ("review", may.review), ("publish", may.publish), ("delete", may.delete)]
                .into_iter()
                .filter_map(|(word, yes)| yes.then_some(word))
                .collect::<Vec<_>>()
                .join(" ")
        };
        for (role, own, status, expected) in [
            (Role::Owner, false, Status::Draft, "edit review publish delete"),
            (Role::Editor, false, Status::Published, "edit review publish"),
            (Role::Author, true, Status::Published, "edit review publish"),
            (Role::Author, true, Status::Ready, "edit review publish delete"),
            (Role::Author, false, Status::Draft, ""),
            (Role::Contributor, true, Status::Draft, "edit review delete"),
            (Role::Contributor, true, Status::InReview, "edit review"),
            (Role::Contributor, true, Status::Ready, ""),
            (Role::Contributor, true, Status::Published, ""),
            (Role::Contributor, false, Status::Draft, ""),
        ] {
            assert_eq!(told(role, own, status), expected, "{role} {own} {status}");
        }
    }

    #[test]
    fn an_article_is_handed_on_until_it_is_public() {
        let ready = hand_on(draft("Budget day"), Status::Ready, at(100)).unwrap();
        assert_eq!((ready.status, ready.version), (Status::Ready, 2));
        assert_eq!(hand_on(ready.clone(), Status::Published, at(100)), Err(NotPublishable::NoWay));
        let public = publish(ready, None, at(100)).unwrap();
        assert_eq!(hand_on(public, Status::Draft, at(100)), Err(NotPublishable::Public));
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
