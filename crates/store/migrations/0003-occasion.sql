-- To whom, where and on which day something was said, as the article around it tells. The day is an ISO date;
-- it is resolved where the words name no year and the article's date had to tell it.
ALTER TABLE appearance ADD COLUMN addressee TEXT;
ALTER TABLE appearance ADD COLUMN venue TEXT;
ALTER TABLE appearance ADD COLUMN said_on TEXT;
ALTER TABLE appearance ADD COLUMN said_on_resolved BOOLEAN NOT NULL DEFAULT FALSE;
