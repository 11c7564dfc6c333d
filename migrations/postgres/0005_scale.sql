-- Records of an institution at a place of its log, for desks that join: made when one asks, and gone when something is
-- erased.
CREATE TABLE snapshot (
    institution uuid NOT NULL,
    place bigint NOT NULL,
    manifest text NOT NULL, -- as JSON
    made timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (institution, place)
);

CREATE TABLE snapshot_part (
    institution uuid NOT NULL,
    place bigint NOT NULL,
    part integer NOT NULL,
    bytes bytea NOT NULL, -- compressed
    PRIMARY KEY (institution, place, part)
);

ALTER TABLE snapshot ENABLE ROW LEVEL SECURITY;
ALTER TABLE snapshot FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON snapshot USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
ALTER TABLE snapshot_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE snapshot_part FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON snapshot_part USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);

-- Since when its desks and pages are not answered.
ALTER TABLE institution ADD COLUMN suspended timestamptz;
