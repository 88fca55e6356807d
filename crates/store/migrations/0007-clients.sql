-- What programs that speak Ghost's Admin API read and write beyond articles.
ALTER TABLE tag ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
UPDATE tag SET updated_at = created_at;
ALTER TABLE author ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
UPDATE author SET updated_at = created_at;

-- A key may be a person's: whoever holds it has that person's role.
ALTER TABLE api_key ADD COLUMN staff_id TEXT;

-- Lists of articles of any status: what is scheduled, what is not out, what is.
CREATE INDEX article_by_status_date ON article (kind, status, published_at, id);

-- Readers who signed up, as they came from elsewhere.
CREATE TABLE member (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX member_by_time ON member (created_at, id);

-- Who is told when something happens.
CREATE TABLE webhook (
    id TEXT NOT NULL PRIMARY KEY,
    event TEXT NOT NULL,
    target_url TEXT NOT NULL,
    name TEXT,
    secret TEXT,
    key_id TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    told_at BIGINT,
    told_status TEXT,
    told_error TEXT
);
CREATE INDEX webhook_by_event ON webhook (event, id);

-- What is still to be told; removed when it was, or when it was tried often enough.
CREATE TABLE delivery (
    number {serial},
    webhook_id TEXT NOT NULL,
    body TEXT NOT NULL,
    tries BIGINT NOT NULL,
    due_at BIGINT NOT NULL
);
CREATE INDEX delivery_by_time ON delivery (due_at, number);
CREATE INDEX delivery_by_webhook ON delivery (webhook_id, number);
