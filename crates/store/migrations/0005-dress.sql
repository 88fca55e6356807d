-- What Ghost themes show of authors and tags beside our own words: pictures, colours, accounts elsewhere. JSON.
ALTER TABLE author ADD COLUMN profile TEXT NOT NULL DEFAULT '{}';
ALTER TABLE tag ADD COLUMN dress TEXT NOT NULL DEFAULT '{}';

-- Themes ask for what is featured on every front.
INSERT INTO shelf (place, published_at, article_id)
    SELECT 'featured', published_at, id FROM article
    WHERE featured AND status = 'published' AND kind = 'article' AND published_at IS NOT NULL;
INSERT INTO tally (place, articles, changed_at)
    SELECT 'featured', count(*), coalesce(max(updated_at), 0) FROM article
    WHERE featured AND status = 'published' AND kind = 'article' AND published_at IS NOT NULL;
