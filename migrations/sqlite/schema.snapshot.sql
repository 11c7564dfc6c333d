-- The schema after all migrations. A test compares it; LIAISON_RENEW=1 writes it anew:
-- LIAISON_RENEW=1 cargo test -p liaison-store schema

CREATE TABLE attribute (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    name TEXT,
    records TEXT,
    type TEXT,
    choices TEXT,
    description TEXT,
    position INTEGER,
    number INTEGER,
    meaning TEXT
) STRICT;

CREATE TABLE base_part (
    part INTEGER PRIMARY KEY,
    packed BLOB NOT NULL
) STRICT;

CREATE TABLE base_range (
    kind INTEGER NOT NULL, -- number of the kind of record
    first BLOB NOT NULL,
    part INTEGER NOT NULL,
    PRIMARY KEY (kind, first)
) STRICT;

CREATE TABLE change (
    n INTEGER PRIMARY KEY,
    record BLOB NOT NULL,
    kind INTEGER NOT NULL, -- number of the kind of record
    packed BLOB,           -- salt, created?, fields with their values before and after; NULL once erased
    digest BLOB            -- SHA-256 of the packed form, kept from the moment of its erasure
) STRICT;

CREATE INDEX change_record ON change (record);

CREATE TABLE conflict (
    record BLOB NOT NULL,
    kind INTEGER NOT NULL,  -- number of the kind of record
    field INTEGER NOT NULL, -- number of the field
    PRIMARY KEY (record, field)
) STRICT;

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
, former_emails TEXT, industry TEXT, home_street TEXT, home_city TEXT, home_region TEXT, home_postal_code TEXT, home_country TEXT, x_profile TEXT, github TEXT, facebook TEXT, instagram TEXT, bounced_at INTEGER, merged_into BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED, alias_keys TEXT NOT NULL DEFAULT '[]', added_by_user BLOB REFERENCES employer_user (id) DEFERRABLE INITIALLY DEFERRED, added_by_student BLOB REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED) STRICT;

CREATE INDEX contact_added_by_student ON contact (added_by_student) WHERE added_by_student IS NOT NULL;

CREATE INDEX contact_added_by_user ON contact (added_by_user) WHERE added_by_user IS NOT NULL;

CREATE INDEX contact_aliased ON contact (n) WHERE alias_keys<>'[]';

CREATE INDEX contact_bounced ON contact (bounced_at) WHERE bounced_at IS NOT NULL;

CREATE INDEX contact_directory ON contact (approval, sort_name) WHERE deleted_at IS NULL;

CREATE INDEX contact_email ON contact (email_key);

CREATE INDEX contact_employer ON contact (employer, approval, deleted_at);

CREATE INDEX contact_merged ON contact (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX contact_private ON contact (owner) WHERE visibility='myself';

CREATE INDEX contact_trash ON contact (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE dangling (
    record BLOB NOT NULL,
    kind INTEGER NOT NULL,
    field INTEGER NOT NULL,
    target BLOB NOT NULL,
    PRIMARY KEY (record, field)
) STRICT;

CREATE INDEX dangling_target ON dangling (target);

CREATE TABLE device (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    here INTEGER NOT NULL -- 1 for the device this database lives on
) STRICT;

CREATE TABLE distinct_pair (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    first BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    second BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    author BLOB REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX distinct_pair_first ON distinct_pair (first) WHERE first IS NOT NULL;

CREATE INDEX distinct_pair_second ON distinct_pair (second) WHERE second IS NOT NULL;

CREATE TABLE email (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    contact BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    subject TEXT,
    text TEXT,
    direction TEXT,
    sent_at INTEGER,
    address TEXT,
    author BLOB REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
, student BLOB REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED) STRICT;

CREATE INDEX email_contact ON email (contact, deleted_at, sent_at) WHERE contact IS NOT NULL;

CREATE INDEX email_student ON email (student, deleted_at, sent_at) WHERE student IS NOT NULL;

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
, linkedin TEXT, merged_into BLOB REFERENCES employer (id) DEFERRABLE INITIALLY DEFERRED, confirmation TEXT, email_domains TEXT) STRICT;

CREATE INDEX employer_claimed ON employer (confirmation) WHERE confirmation = 'claimed';

CREATE INDEX employer_merged ON employer (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX employer_name ON employer (name_key);

CREATE INDEX employer_primary ON employer (primary_contact) WHERE primary_contact IS NOT NULL;

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
, title TEXT, work_phone TEXT, not_activated INTEGER) STRICT;

CREATE INDEX employer_user_email ON employer_user (email_key);

CREATE INDEX employer_user_employer ON employer_user (employer);

CREATE INDEX employer_user_role ON employer_user (role) WHERE role IS NOT NULL;

CREATE TABLE employment (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    contact BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    employer BLOB REFERENCES employer (id) DEFERRABLE INITIALLY DEFERRED,
    title TEXT,
    email TEXT,
    started_on TEXT,
    ended_on TEXT
) STRICT;

CREATE INDEX employment_contact ON employment (contact) WHERE contact IS NOT NULL;

CREATE INDEX employment_employer ON employment (employer) WHERE employer IS NOT NULL;

CREATE TABLE erased (
    record BLOB NOT NULL PRIMARY KEY,
    kind INTEGER NOT NULL -- number of the kind of record
) STRICT;

CREATE TABLE event (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    title TEXT,
    type TEXT,
    starts_at INTEGER,
    ends_at INTEGER,
    time_zone TEXT,
    location TEXT,
    description TEXT,
    employer BLOB REFERENCES employer (id) DEFERRABLE INITIALLY DEFERRED,
    contact BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED
, published TEXT, register_until INTEGER, places INTEGER) STRICT;

CREATE INDEX event_contact ON event (contact) WHERE contact IS NOT NULL;

CREATE INDEX event_employer ON event (employer) WHERE employer IS NOT NULL;

CREATE TABLE experience (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    title TEXT,
    student TEXT,
    student_email TEXT,
    type TEXT,
    supervisor BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    employer BLOB REFERENCES employer (id) DEFERRABLE INITIALLY DEFERRED,
    starts_on TEXT,
    ends_on TEXT,
    status TEXT,
    description TEXT
) STRICT;

CREATE INDEX experience_employer ON experience (employer) WHERE employer IS NOT NULL;

CREATE INDEX experience_supervisor ON experience (supervisor) WHERE supervisor IS NOT NULL;

CREATE TABLE import_mapping (
    headers TEXT PRIMARY KEY,
    fields TEXT NOT NULL
) STRICT;

CREATE TABLE institution (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    name TEXT
, email TEXT, phone TEXT, website TEXT, address TEXT, color TEXT, logo TEXT, portal TEXT, invitation_days INTEGER, time_zone TEXT, sign_up TEXT, hire_text TEXT) STRICT;

CREATE TABLE interview_schedule (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    title TEXT,
    type TEXT,
    employer BLOB REFERENCES employer (id) DEFERRABLE INITIALLY DEFERRED,
    contact BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    held_on TEXT,
    location TEXT,
    slots INTEGER,
    description TEXT
, status TEXT, named TEXT) STRICT;

CREATE INDEX interview_schedule_contact ON interview_schedule (contact) WHERE contact IS NOT NULL;

CREATE INDEX interview_schedule_employer ON interview_schedule (employer) WHERE employer IS NOT NULL;

CREATE TABLE invitation (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    student BLOB REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED,
    contact BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    type TEXT,
    address TEXT,
    sent_at INTEGER,
    token_hash TEXT,
    expires_at INTEGER,
    used_at INTEGER,
    author BLOB REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED,
    clock INTEGER
) STRICT;

CREATE INDEX invitation_contact ON invitation (contact) WHERE contact IS NOT NULL;

CREATE INDEX invitation_student ON invitation (student) WHERE student IS NOT NULL;

CREATE INDEX invitation_token ON invitation (token_hash) WHERE token_hash IS NOT NULL;

CREATE TABLE job_listing (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    title TEXT,
    type TEXT,
    employer BLOB REFERENCES employer (id) DEFERRABLE INITIALLY DEFERRED,
    contact BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    status TEXT,
    posted_on TEXT,
    closes_on TEXT,
    location TEXT,
    description TEXT,
    url TEXT
) STRICT;

CREATE INDEX job_listing_contact ON job_listing (contact) WHERE contact IS NOT NULL;

CREATE INDEX job_listing_employer ON job_listing (employer) WHERE employer IS NOT NULL;

CREATE TABLE label (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    name TEXT,
    color TEXT,
    description TEXT
) STRICT;

CREATE TABLE link (
    device BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    chain BLOB NOT NULL,
    PRIMARY KEY (device, sequence)
) STRICT;

CREATE TABLE mail_settings (
    n INTEGER PRIMARY KEY CHECK (n = 1),
    settings TEXT NOT NULL,
    password TEXT
) STRICT;

CREATE TABLE mail_template (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    name TEXT,
    purpose TEXT,
    subject TEXT,
    text TEXT
) STRICT;

CREATE TABLE mailing (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    button TEXT,
    author BLOB NOT NULL
) STRICT;

CREATE TABLE meeting (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    contact BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    title TEXT,
    starts_at INTEGER,
    ends_at INTEGER,
    time_zone TEXT,
    location TEXT,
    guests TEXT,
    remind_minutes INTEGER,
    description TEXT,
    organizer BLOB REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
, student BLOB REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED) STRICT;

CREATE INDEX meeting_contact ON meeting (contact, deleted_at, starts_at) WHERE contact IS NOT NULL;

CREATE INDEX meeting_student ON meeting (student, deleted_at, starts_at) WHERE student IS NOT NULL;

CREATE INDEX meeting_to_come ON meeting (organizer, starts_at) WHERE deleted_at IS NULL;

CREATE TABLE note (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    contact BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT,
    author BLOB REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
, student BLOB REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED) STRICT;

CREATE INDEX note_contact ON note (contact, deleted_at, created_at);

CREATE INDEX note_student ON note (student, deleted_at, created_at) WHERE student IS NOT NULL;

CREATE TABLE onboarding_answer (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    student BLOB REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED,
    question BLOB REFERENCES onboarding_question (id) DEFERRABLE INITIALLY DEFERRED,
    answer TEXT,
    asked TEXT
) STRICT;

CREATE INDEX onboarding_answer_question ON onboarding_answer (question) WHERE question IS NOT NULL;

CREATE INDEX onboarding_answer_student ON onboarding_answer (student) WHERE student IS NOT NULL;

CREATE TABLE onboarding_question (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    text TEXT,
    type TEXT,
    choices TEXT,
    required INTEGER,
    position INTEGER,
    retired INTEGER
) STRICT;

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
    chain BLOB NOT NULL, head INTEGER NOT NULL DEFAULT 1, wall INTEGER, seen INTEGER NOT NULL DEFAULT 0, stamp INTEGER NOT NULL DEFAULT 0, hub INTEGER, state INTEGER NOT NULL DEFAULT 0,       -- SHA-256 over the link before and this operation with its changes
    UNIQUE (device, sequence)
) STRICT;

CREATE INDEX operation_first_change ON operation (first_change);

CREATE INDEX operation_hub ON operation (hub) WHERE hub IS NOT NULL;

CREATE INDEX operation_stamp ON operation (stamp, device);

CREATE INDEX operation_told ON operation (coalesce(wall, time >> 16));

CREATE INDEX operation_undoes ON operation (undoes) WHERE undoes IS NOT NULL;

CREATE TRIGGER outbox_last AFTER DELETE ON outbox
WHEN NOT EXISTS (SELECT 1 FROM outbox WHERE mailing = OLD.mailing)
BEGIN
    DELETE FROM mailing WHERE id = OLD.mailing;
END;

CREATE TABLE outbox (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    mailing BLOB NOT NULL REFERENCES mailing (id) ON DELETE CASCADE,
    contact BLOB REFERENCES contact (id) ON DELETE CASCADE,
    student BLOB REFERENCES student (id) ON DELETE CASCADE,
    employer_user BLOB REFERENCES employer_user (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    places TEXT NOT NULL,
    link TEXT,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    good_until INTEGER,
    changed_at INTEGER NOT NULL,
    message_id TEXT,
    reason TEXT,
    detail TEXT,
    email BLOB
) STRICT;

CREATE INDEX outbox_contact ON outbox (contact) WHERE contact IS NOT NULL;

CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';

CREATE INDEX outbox_employer_user ON outbox (employer_user) WHERE employer_user IS NOT NULL;

CREATE INDEX outbox_link ON outbox (good_until) WHERE link IS NOT NULL;

CREATE INDEX outbox_mailing ON outbox (mailing, state);

CREATE INDEX outbox_state ON outbox (state);

CREATE INDEX outbox_student ON outbox (student) WHERE student IS NOT NULL;

CREATE TABLE participation (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    contact BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    part TEXT,
    meeting BLOB REFERENCES meeting (id) DEFERRABLE INITIALLY DEFERRED,
    event BLOB REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
    interview_schedule BLOB REFERENCES interview_schedule (id) DEFERRABLE INITIALLY DEFERRED,
    status TEXT,
    remark TEXT
, registered_by BLOB REFERENCES employer_user (id) DEFERRABLE INITIALLY DEFERRED, named TEXT) STRICT;

CREATE INDEX participation_contact ON participation (contact, deleted_at) WHERE contact IS NOT NULL;

CREATE INDEX participation_event ON participation (event) WHERE event IS NOT NULL;

CREATE INDEX participation_interview_schedule ON participation (interview_schedule) WHERE interview_schedule IS NOT NULL;

CREATE INDEX participation_meeting ON participation (meeting) WHERE meeting IS NOT NULL;

CREATE INDEX participation_registered_by ON participation (registered_by) WHERE registered_by IS NOT NULL;

CREATE TABLE refused (
    operation BLOB NOT NULL PRIMARY KEY,
    reason TEXT NOT NULL, -- a key; what it says is in the catalogue
    answered INTEGER NOT NULL DEFAULT 0 -- 1 once somebody has dealt with it
) STRICT;

CREATE TABLE replica (
    key TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
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

CREATE TABLE row_change (
    stamp INTEGER NOT NULL, -- the number of the transaction, one more than that of the one before
    kind INTEGER NOT NULL,  -- number of the kind of record; 0 where there is none
    first INTEGER NOT NULL, -- row numbers, from here
    last INTEGER NOT NULL,  -- to here; those in between that did not change are read once too often
    token INTEGER NOT NULL, -- drawn for the transaction: tells it from one with the same number in a copy of the database
    PRIMARY KEY (stamp, kind, first)
) STRICT;

CREATE TABLE saved_view (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    name TEXT,
    records TEXT,
    query TEXT,
    columns TEXT,
    shared INTEGER,
    pinned INTEGER,
    position INTEGER,
    owner BLOB REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
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
, own_role BLOB REFERENCES staff_role (id) DEFERRABLE INITIALLY DEFERRED, deactivated_at INTEGER) STRICT;

CREATE TABLE staff_role (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    name TEXT,
    built_in TEXT,
    permissions TEXT,
    description TEXT
) STRICT;

CREATE TABLE student (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    first_name TEXT,
    last_name TEXT,
    preferred_name TEXT,
    email TEXT,
    phone TEXT,
    standing TEXT,
    student_number TEXT,
    major TEXT,
    graduation_year INTEGER,
    user_group BLOB REFERENCES user_group (id) DEFERRABLE INITIALLY DEFERRED,
    assigned_to BLOB REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED,
    description TEXT,
    activated_at INTEGER,
    deactivated_at INTEGER,
    invited_at INTEGER,
    last_log_in INTEGER,
    do_not_email INTEGER,
    bounced_at INTEGER,
    sort_name TEXT NOT NULL,
    email_key TEXT NOT NULL
) STRICT;

CREATE INDEX student_assigned_to ON student (assigned_to) WHERE assigned_to IS NOT NULL;

CREATE INDEX student_email ON student (email_key);

CREATE INDEX student_name ON student (sort_name) WHERE deleted_at IS NULL;

CREATE INDEX student_user_group ON student (user_group) WHERE user_group IS NOT NULL;

CREATE TABLE task (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    contact BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    title TEXT,
    description TEXT,
    due_on TEXT,
    remind_at INTEGER,
    assignee BLOB REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED,
    done INTEGER,
    student TEXT,
    author BLOB REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
, about_student BLOB REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED) STRICT;

CREATE INDEX task_about_student ON task (about_student, deleted_at, created_at) WHERE about_student IS NOT NULL;

CREATE INDEX task_contact ON task (contact, deleted_at, created_at) WHERE contact IS NOT NULL;

CREATE INDEX task_open ON task (assignee, due_on) WHERE deleted_at IS NULL AND done IS NOT 1;

CREATE INDEX task_student ON task (contact, deleted_at, created_at) WHERE student IS NOT NULL;

CREATE TABLE trash_noticed (
    record BLOB NOT NULL PRIMARY KEY,
    deleted_at INTEGER NOT NULL, -- the record's own; another one means that it was restored and deleted again
    passed INTEGER NOT NULL      -- milliseconds this device had seen pass
) STRICT;

CREATE TABLE unseen (
    record BLOB NOT NULL,
    kind INTEGER NOT NULL,
    field INTEGER NOT NULL,
    PRIMARY KEY (record, field)
) STRICT;

CREATE TABLE user_group (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    name TEXT,
    description TEXT
) STRICT;
