-- Ids are UUIDv7 in sixteen bytes; moments are milliseconds since 1970, UTC; lists are JSON arrays of text.
-- `n` is the row's number on this device only; it never leaves the device.
-- The columns of records carry the keys of the field registry (crates/domain).

CREATE TABLE institution (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    name TEXT
) STRICT;

CREATE TABLE staff (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    first_name TEXT,
    last_name TEXT,
    email TEXT,
    role TEXT,
    sort_name TEXT NOT NULL,
    email_key TEXT NOT NULL
) STRICT;

CREATE TABLE role (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    name TEXT,
    built_in INTEGER,
    permissions TEXT,
    name_key TEXT NOT NULL -- what names are compared by
) STRICT;

CREATE TABLE employer (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    name TEXT,
    website TEXT,
    email TEXT,
    phone TEXT,
    industry TEXT,
    street TEXT,
    city TEXT,
    region TEXT,
    postal_code TEXT,
    country TEXT,
    description TEXT,
    labels TEXT,
    primary_contact BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    name_key TEXT NOT NULL -- what names are compared by
) STRICT;
CREATE INDEX employer_name ON employer (name_key);

CREATE TABLE contact (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    name_prefix TEXT,
    first_name TEXT,
    middle_name TEXT,
    last_name TEXT,
    name_suffix TEXT,
    preferred_name TEXT,
    pronouns TEXT,
    email TEXT,
    email_2 TEXT,
    email_3 TEXT,
    title TEXT,
    department TEXT,
    employer BLOB REFERENCES employer (id) DEFERRABLE INITIALLY DEFERRED,
    work_phone TEXT,
    mobile_phone TEXT,
    home_phone TEXT,
    other_phone TEXT,
    fax TEXT,
    street TEXT,
    city TEXT,
    region TEXT,
    postal_code TEXT,
    country TEXT,
    website TEXT,
    linkedin TEXT,
    social TEXT,
    labels TEXT,
    description TEXT,
    source TEXT,
    added_by TEXT,
    approval TEXT,
    visibility TEXT,
    auto_sync INTEGER,
    owner BLOB REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED,
    sort_name TEXT NOT NULL, -- family name, then given name, folded
    email_key TEXT NOT NULL  -- the address that links a user, lowercase
) STRICT;
CREATE INDEX contact_directory ON contact (approval, sort_name) WHERE deleted_at IS NULL;
CREATE INDEX contact_email ON contact (email_key);
-- An employer's approved contacts are counted for each profile and each suggestion, without looking at the rows.
CREATE INDEX contact_employer ON contact (employer, approval, deleted_at);

CREATE TABLE employer_user (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    first_name TEXT,
    last_name TEXT,
    email TEXT,
    employer BLOB REFERENCES employer (id) DEFERRABLE INITIALLY DEFERRED,
    role BLOB REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED,
    access INTEGER,
    last_log_in INTEGER,
    sort_name TEXT NOT NULL,
    email_key TEXT NOT NULL
) STRICT;
CREATE INDEX employer_user_email ON employer_user (email_key);
CREATE INDEX employer_user_employer ON employer_user (employer);

CREATE TABLE note (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    contact BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT,
    author BLOB REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX note_contact ON note (contact);

CREATE TABLE device (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    here INTEGER NOT NULL -- 1 for the device this database lives on
) STRICT;

-- A step somebody took. Its changes are the rows first_change .. first_change + changes - 1 of `change`.
CREATE TABLE operation (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    time INTEGER NOT NULL,     -- hybrid logical time: milliseconds << 16 | counter
    actor BLOB NOT NULL,       -- staff member
    device BLOB NOT NULL,
    sequence INTEGER NOT NULL, -- place in the device's chain, from 1
    kind INTEGER NOT NULL,     -- number of the kind of operation
    detail TEXT NOT NULL,
    undoes BLOB,
    subject BLOB,              -- the record it is about, where it is about one
    subject_kind INTEGER,
    records INTEGER NOT NULL,  -- how many records of the main kind it changed
    first_change INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    chain BLOB NOT NULL,       -- SHA-256 over the link before and this operation with its changes
    UNIQUE (device, sequence)
) STRICT;
CREATE INDEX operation_time ON operation (time);
CREATE INDEX operation_first_change ON operation (first_change);
CREATE INDEX operation_undoes ON operation (undoes) WHERE undoes IS NOT NULL;

-- What an operation did to one record.
CREATE TABLE change (
    n INTEGER PRIMARY KEY,
    record BLOB NOT NULL,
    kind INTEGER NOT NULL, -- number of the kind of record
    packed BLOB,           -- salt, created?, fields with their values before and after; NULL once erased
    digest BLOB            -- SHA-256 of the packed form, kept from the moment of its erasure
) STRICT;
CREATE INDEX change_record ON change (record);

-- How the columns of a file with these headers were mapped the last time. A habit of this device, not journaled.
CREATE TABLE import_mapping (
    headers TEXT PRIMARY KEY,
    fields TEXT NOT NULL
) STRICT;
