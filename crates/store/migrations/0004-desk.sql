-- The desk: who may sign in and how, what is being worked on, pictures with their rights.
ALTER TABLE staff ADD COLUMN author_id TEXT;
ALTER TABLE staff ADD COLUMN suspended BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE staff ADD COLUMN seen_at BIGINT;
-- The secret of one-time codes (RFC 6238), in hexadecimal, and the last step that was used, so that none is used twice.
ALTER TABLE staff ADD COLUMN totp_secret TEXT;
ALTER TABLE staff ADD COLUMN totp_is_on BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE staff ADD COLUMN totp_step BIGINT NOT NULL DEFAULT 0;

CREATE TABLE recovery_code (
    staff_id TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    PRIMARY KEY (staff_id, code_hash)
);

-- Public keys of passkeys, as the verifying library writes them.
CREATE TABLE passkey (
    id TEXT NOT NULL PRIMARY KEY,
    staff_id TEXT NOT NULL,
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX passkey_by_staff ON passkey (staff_id, made_at);

-- Sessions of staff. Only the hash of what stands in the cookie is kept. One that waits for the second factor opens nothing.
CREATE TABLE session (
    token_hash TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    staff_id TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    agent TEXT NOT NULL,
    waits BOOLEAN NOT NULL
);
CREATE INDEX session_by_staff ON session (staff_id, seen_at);

-- Who of the staff began an article.
CREATE TABLE writer (
    staff_id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    PRIMARY KEY (staff_id, article_id)
);
CREATE INDEX writer_by_article ON writer (article_id);

-- What the desk works on and no revision holds yet: one working copy of an article at most.
CREATE TABLE working_copy (
    article_id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    base_version BIGINT NOT NULL,
    headline TEXT NOT NULL,
    words BIGINT NOT NULL,
    snapshot TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);

ALTER TABLE revision ADD COLUMN name TEXT;

-- Findings that somebody looked at and left, with the reason.
CREATE TABLE ignored (
    article_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    exact TEXT NOT NULL,
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (article_id, kind, exact)
);

CREATE TABLE picture (
    id TEXT NOT NULL PRIMARY KEY,
    src TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    alt TEXT,
    caption TEXT,
    credit TEXT,
    words TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT
);
CREATE INDEX picture_by_time ON picture (made_at, id);

-- Which articles show which pictures, by the picture's address.
CREATE TABLE picture_use (
    src TEXT NOT NULL,
    article_id TEXT NOT NULL,
    PRIMARY KEY (src, article_id)
);
CREATE INDEX picture_use_by_article ON picture_use (article_id);

ALTER TABLE correction ADD COLUMN text_before TEXT;
ALTER TABLE correction ADD COLUMN text_after TEXT;
ALTER TABLE correction ADD COLUMN made_by TEXT;
CREATE INDEX correction_by_time ON correction (made_at, id);

-- Sections that went elsewhere: every address below the old path redirects for ever.
CREATE TABLE section_moved (
    path TEXT NOT NULL PRIMARY KEY,
    moved_to TEXT NOT NULL
);

-- People who became one with another: their page leads there.
CREATE TABLE person_moved (
    slug TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL
);

-- Who changed a setting last.
CREATE TABLE setting_change (
    name TEXT NOT NULL PRIMARY KEY,
    actor TEXT NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE INDEX article_by_status_change ON article (kind, status, updated_at, id);
CREATE INDEX article_by_headline ON article (kind, updated_at, id, headline);
CREATE INDEX article_by_section ON article (section, id);
CREATE INDEX act_by_actor ON act (actor, number);
