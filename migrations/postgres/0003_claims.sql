-- Employer users who have yet to say at which of several employers with one domain they work, with what they typed.
CREATE TABLE employer_choice (
    institution uuid NOT NULL,
    record uuid NOT NULL,
    name text NOT NULL,
    website text NOT NULL,
    PRIMARY KEY (institution, record)
);
ALTER TABLE employer_choice ENABLE ROW LEVEL SECURITY;
ALTER TABLE employer_choice FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON employer_choice USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
