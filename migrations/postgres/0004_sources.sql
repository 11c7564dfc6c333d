-- Events, interview schedules and job listings as the pages of the portal list them. Who sees one is computed by the domain
-- when it is written; queries compare the number.
CREATE TABLE posting (
    institution uuid NOT NULL,
    record uuid NOT NULL,
    kind smallint NOT NULL,
    published smallint NOT NULL, -- 1 the users of its employer, 2 of all employers, 3 students and alumni, too
    employer uuid,
    sorted_by bigint NOT NULL,   -- when it begins or was posted, in milliseconds since 1970
    good_until bigint NOT NULL,  -- when it is certainly over, wherever one lives
    PRIMARY KEY (institution, record)
);
CREATE INDEX posting_list ON posting (institution, kind, sorted_by, record);
CREATE INDEX posting_employer ON posting (institution, kind, employer, sorted_by);

ALTER TABLE posting ENABLE ROW LEVEL SECURITY;
ALTER TABLE posting FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON posting USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
