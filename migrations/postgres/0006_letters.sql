-- Who logged in since desks were told. Each person once: the last time.
CREATE TABLE seen (
    institution uuid NOT NULL,
    record uuid NOT NULL,
    kind smallint NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (institution, record)
);
ALTER TABLE seen ENABLE ROW LEVEL SECURITY;
ALTER TABLE seen FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON seen USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);

-- When desks were last told who logged in: a login must not cost a place in the log.
ALTER TABLE portal ADD COLUMN told timestamptz;
