-- People whom articles quote, with every spelling of their names. Two people may share a spelling.
CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- How many public statements, and when the newest went out: so that no page has to count.
    statements BIGINT NOT NULL,
    latest_at BIGINT
);
CREATE INDEX person_by_latest ON person (latest_at, id);

CREATE TABLE spelling (
    folded TEXT NOT NULL,
    person_id TEXT NOT NULL,
    PRIMARY KEY (folded, person_id)
);
CREATE INDEX spelling_by_person ON spelling (person_id);

-- Offices held. Days are ISO dates; the first is empty where no source tells it, the last while the term runs.
CREATE TABLE term (
    person_id TEXT NOT NULL,
    office TEXT NOT NULL,
    department TEXT NOT NULL,
    country TEXT NOT NULL,
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    source TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    PRIMARY KEY (person_id, office, department, country, from_day, source)
);

-- Who said what: one row for the same words of the same speaker, in however many articles they stand.
CREATE TABLE statement (
    id TEXT NOT NULL PRIMARY KEY,
    words TEXT NOT NULL,
    speaker TEXT,
    person_id TEXT,
    kind TEXT NOT NULL,
    confidence BIGINT NOT NULL,
    state TEXT NOT NULL,
    decision TEXT,
    decided_by TEXT,
    decided_at BIGINT,
    first_at BIGINT,
    changed_at BIGINT NOT NULL
);
CREATE INDEX statement_by_person ON statement (person_id, state, first_at, id);
CREATE INDEX statement_by_state ON statement (state, changed_at, id);

-- Where a statement stands: its anchor is the exact text with what stands around it, and its block.
CREATE TABLE appearance (
    article_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    statement_id TEXT NOT NULL,
    block BIGINT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    exact TEXT NOT NULL,
    text_before TEXT NOT NULL,
    text_after TEXT NOT NULL,
    cue TEXT,
    mention TEXT,
    is_open BOOLEAN NOT NULL,
    published_at BIGINT,
    PRIMARY KEY (article_id, number)
);
CREATE INDEX appearance_by_statement ON appearance (statement_id, is_open, published_at);
