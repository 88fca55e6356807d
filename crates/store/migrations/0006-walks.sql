-- Walks along the archive by id, without sorting it at every stretch.
DROP INDEX article_tag_by_tag;
CREATE INDEX article_tag_by_tag ON article_tag (tag_id, article_id);
CREATE INDEX article_by_kind ON article (kind, id);
