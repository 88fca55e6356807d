CREATE TABLE article (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    headline TEXT NOT NULL,
    slug TEXT NOT NULL,
    standfirst TEXT,
    section TEXT,
    lead_picture TEXT,
    status TEXT NOT NULL,
    access TEXT NOT NULL,
    featured BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    published_at BIGINT,
    first_published_at BIGINT,
    path TEXT,
    version BIGINT NOT NULL,
    extras TEXT NOT NULL,
    excerpt TEXT NOT NULL,
    words BIGINT NOT NULL,
    minutes BIGINT NOT NULL
);
CREATE UNIQUE INDEX article_slug ON article (kind, slug);
CREATE INDEX article_by_status ON article (status, published_at);
CREATE INDEX article_by_change ON article (kind, updated_at, id);

-- The body stands apart, so that lists never read it.
CREATE TABLE manuscript (
    article_id TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
);

CREATE TABLE article_tag (
    article_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    tag_id TEXT NOT NULL,
    PRIMARY KEY (article_id, position)
);
CREATE INDEX article_tag_by_tag ON article_tag (tag_id);

CREATE TABLE article_author (
    article_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    author_id TEXT NOT NULL,
    PRIMARY KEY (article_id, position)
);
CREATE INDEX article_author_by_author ON article_author (author_id);

-- Every list that readers see: the front, a section, a tag, an author, a month.
CREATE TABLE shelf (
    place {key} NOT NULL,
    published_at BIGINT NOT NULL,
    article_id TEXT NOT NULL,
    PRIMARY KEY (place, published_at, article_id)
);
CREATE INDEX shelf_by_article ON shelf (article_id);

-- How many articles stand on a shelf, so that nobody has to count them.
CREATE TABLE tally (
    place {key} NOT NULL PRIMARY KEY,
    articles BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Every path at which an article was ever public. Never emptied: an old path redirects for ever.
CREATE TABLE address (
    path TEXT NOT NULL PRIMARY KEY,
    article_id TEXT NOT NULL
);
CREATE INDEX address_by_article ON address (article_id);

CREATE TABLE section (
    path TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT,
    position BIGINT NOT NULL
);

CREATE TABLE tag (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    description TEXT,
    visibility TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE author (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT,
    bio TEXT,
    location TEXT,
    website TEXT,
    portrait TEXT,
    email TEXT,
    created_at BIGINT NOT NULL
);

CREATE TABLE correction (
    id TEXT NOT NULL PRIMARY KEY,
    article_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX correction_by_article ON correction (article_id, made_at);

CREATE TABLE revision (
    article_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    reason TEXT,
    snapshot TEXT NOT NULL,
    PRIMARY KEY (article_id, version)
);

CREATE TABLE act (
    number {serial},
    made_at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    verb TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT
);
CREATE INDEX act_by_subject ON act (subject, number);

CREATE TABLE outbox (
    number {serial},
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    origin TEXT NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE TABLE staff (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    created_at BIGINT NOT NULL
);

-- One-time links; only the hash of what stands in the link is kept.
CREATE TABLE invitation (
    token_hash TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE api_key (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    content TEXT NOT NULL UNIQUE,
    secret TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
);
