-- The hub: one log per institution, the records it gives, the devices that write it. Everything begins with the
-- institution. No sequences, triggers or foreign keys across tables; places are counted in the institution's row, under
-- its lock, so that none is left out.

CREATE TABLE institution (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    last bigint NOT NULL DEFAULT 0,     -- last place of the log
    greatest bigint NOT NULL DEFAULT 0, -- greatest stamp that was given
    epoch integer NOT NULL DEFAULT 1    -- raised where the hub was restored from a backup
);

-- Whom a question is kept open for asks here, for many institutions at once: no personal data, no row-level security.
CREATE TABLE pulse (
    institution uuid PRIMARY KEY,
    last bigint NOT NULL
);

CREATE TABLE device (
    institution uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    credential bytea NOT NULL, -- SHA-256 of the secret
    sequence bigint NOT NULL DEFAULT 0,
    chain bytea NOT NULL DEFAULT '\x0000000000000000000000000000000000000000000000000000000000000000',
    stamp bigint NOT NULL DEFAULT 0,
    founding bigint NOT NULL DEFAULT 0, -- operations the hub began with, whose authors' rights are not asked
    revoked timestamptz,
    PRIMARY KEY (institution, id)
);

-- One-time codes by which a device joins.
CREATE TABLE code (
    institution uuid NOT NULL,
    hash bytea NOT NULL, -- SHA-256 of the secret
    good_until timestamptz NOT NULL,
    PRIMARY KEY (institution, hash)
);

-- A place of the log.
CREATE TABLE operation (
    institution uuid NOT NULL,
    place bigint NOT NULL,
    id uuid NOT NULL,
    device uuid NOT NULL,
    sequence bigint NOT NULL,
    stamp bigint NOT NULL,
    time bigint NOT NULL,
    actor uuid NOT NULL,
    kind smallint NOT NULL,
    detail text NOT NULL,
    undoes uuid,
    head smallint NOT NULL,
    wall bigint NOT NULL,
    seen bigint NOT NULL,
    link bytea NOT NULL,
    changes integer NOT NULL,
    refused text, -- why
    received timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (institution, place),
    UNIQUE (institution, device, sequence),
    UNIQUE (institution, id)
);

CREATE TABLE change (
    institution uuid NOT NULL,
    place bigint NOT NULL,
    ordinal integer NOT NULL,
    record uuid NOT NULL,
    kind smallint NOT NULL,
    packed bytea, -- NULL once erased
    digest bytea NOT NULL,
    PRIMARY KEY (institution, place, ordinal)
);
CREATE INDEX change_record ON change (institution, record, place);

-- A record as all accepted operations together leave it.
CREATE TABLE record (
    institution uuid NOT NULL,
    kind smallint NOT NULL,
    id uuid NOT NULL,
    created bigint, -- place of the operation that brought it into being
    packed bytea NOT NULL, -- fields with their values and clocks
    PRIMARY KEY (institution, kind, id)
) WITH (fillfactor = 70);

-- Records that were erased for good, for ever.
CREATE TABLE erased (
    institution uuid NOT NULL,
    record uuid NOT NULL,
    kind smallint NOT NULL,
    place bigint NOT NULL,
    PRIMARY KEY (institution, record)
);

-- Numbers of custom attributes that are taken.
CREATE TABLE attribute (
    institution uuid NOT NULL,
    number integer NOT NULL,
    record uuid NOT NULL,
    PRIMARY KEY (institution, number)
);

-- Parts of messages that are longer than one request, until all of them are here.
CREATE TABLE staged (
    institution uuid NOT NULL,
    device uuid NOT NULL,
    message text NOT NULL, -- digest of the whole
    part integer NOT NULL,
    bytes bytea NOT NULL,
    received timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (institution, device, message, part)
);

-- Nobody reads or writes another institution's rows, not even the owner of the tables. The setting is of the transaction;
-- it is empty, not absent, after its first use on a connection.
ALTER TABLE institution ENABLE ROW LEVEL SECURITY;
ALTER TABLE institution FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON institution USING (id = nullif(current_setting('liaison.institution', true), '')::uuid);
ALTER TABLE device ENABLE ROW LEVEL SECURITY;
ALTER TABLE device FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON device USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
ALTER TABLE code ENABLE ROW LEVEL SECURITY;
ALTER TABLE code FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON code USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
ALTER TABLE operation ENABLE ROW LEVEL SECURITY;
ALTER TABLE operation FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON operation USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
ALTER TABLE change ENABLE ROW LEVEL SECURITY;
ALTER TABLE change FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON change USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
ALTER TABLE record ENABLE ROW LEVEL SECURITY;
ALTER TABLE record FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON record USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
ALTER TABLE erased ENABLE ROW LEVEL SECURITY;
ALTER TABLE erased FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON erased USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
ALTER TABLE staged ENABLE ROW LEVEL SECURITY;
ALTER TABLE staged FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON staged USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
ALTER TABLE attribute ENABLE ROW LEVEL SECURITY;
ALTER TABLE attribute FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON attribute USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
