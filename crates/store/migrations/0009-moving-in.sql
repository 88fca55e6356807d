-- Imports: what each of them brought, so that it can be told, gone on with and taken back.
CREATE TABLE run (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    site TEXT NOT NULL,
    source TEXT NOT NULL,
    actor TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    finished_at BIGINT,
    undone_at BIGINT,
    report TEXT NOT NULL
);
CREATE INDEX run_by_time ON run (made_at, id);

-- What came from elsewhere, by its name there: `example.org`, `item:12`. The subject is what it is here: `article:…`, `picture:…`.
-- `came` says whether the hash of what came has changed; the version is the article's as the import left it.
CREATE TABLE origin (
    site TEXT NOT NULL,
    name TEXT NOT NULL,
    subject TEXT NOT NULL,
    run_id TEXT NOT NULL,
    came TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (site, name)
);
CREATE INDEX origin_by_name ON origin (name, site);
CREATE INDEX origin_by_run ON origin (run_id, site, name);
CREATE INDEX origin_by_subject ON origin (subject);

-- Addresses at which nothing of ours ever stood and which lead to something of ours.
CREATE TABLE lead (
    path TEXT NOT NULL PRIMARY KEY,
    leads_to TEXT NOT NULL,
    run_id TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX lead_by_run ON lead (run_id, path);

-- What came and has no room here yet, as it came.
CREATE TABLE aside (
    site TEXT NOT NULL,
    name TEXT NOT NULL,
    what TEXT NOT NULL,
    article_id TEXT,
    run_id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (site, what, name)
);
CREATE INDEX aside_by_article ON aside (article_id, what, name);
CREATE INDEX aside_by_run ON aside (run_id, what, name);

-- Addresses that were asked for and at which nothing stands.
CREATE TABLE miss (
    path TEXT NOT NULL PRIMARY KEY,
    times BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);
CREATE INDEX miss_by_times ON miss (times, path);
CREATE INDEX miss_by_time ON miss (last_at, path);
