-- Clients of WordPress know things by whole numbers. A number is thirteen digits of the id, and these find the id again.
CREATE INDEX article_by_number ON article ((substr(id, 8, 7) || substr(id, 19, 6)));
CREATE INDEX tag_by_number ON tag ((substr(id, 8, 7) || substr(id, 19, 6)));
CREATE INDEX author_by_number ON author ((substr(id, 8, 7) || substr(id, 19, 6)));
