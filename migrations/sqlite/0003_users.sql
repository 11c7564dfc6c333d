-- Users and access: students and alumni, groups, onboarding, staff roles, invitations, mail.

ALTER TABLE institution ADD COLUMN email TEXT;
ALTER TABLE institution ADD COLUMN phone TEXT;
ALTER TABLE institution ADD COLUMN website TEXT;
ALTER TABLE institution ADD COLUMN address TEXT;
ALTER TABLE institution ADD COLUMN color TEXT;
ALTER TABLE institution ADD COLUMN logo TEXT;
ALTER TABLE institution ADD COLUMN portal TEXT;
ALTER TABLE institution ADD COLUMN invitation_days INTEGER;
ALTER TABLE staff ADD COLUMN own_role BLOB REFERENCES staff_role (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE staff ADD COLUMN deactivated_at INTEGER;
ALTER TABLE employer_user ADD COLUMN title TEXT;
ALTER TABLE employer_user ADD COLUMN work_phone TEXT;
CREATE INDEX employer_user_role ON employer_user (role) WHERE role IS NOT NULL;

-- What this device remembers for itself, for example after how long it locks. Not journaled.
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

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

CREATE TABLE user_group (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    name TEXT,
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
CREATE INDEX student_email ON student (email_key);
CREATE INDEX student_name ON student (sort_name) WHERE deleted_at IS NULL;
CREATE INDEX student_user_group ON student (user_group) WHERE user_group IS NOT NULL;
CREATE INDEX student_assigned_to ON student (assigned_to) WHERE assigned_to IS NOT NULL;

ALTER TABLE email ADD COLUMN student BLOB REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX email_student ON email (student, deleted_at, sent_at) WHERE student IS NOT NULL;

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
CREATE INDEX onboarding_answer_student ON onboarding_answer (student) WHERE student IS NOT NULL;
CREATE INDEX onboarding_answer_question ON onboarding_answer (question) WHERE question IS NOT NULL;

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
CREATE INDEX invitation_student ON invitation (student) WHERE student IS NOT NULL;
CREATE INDEX invitation_contact ON invitation (contact) WHERE contact IS NOT NULL;

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
CREATE UNIQUE INDEX invitation_token ON invitation (token_hash) WHERE token_hash IS NOT NULL;

-- What this device sends. Not part of the journal: which device sends is its own matter; what was sent is an e-mail
-- record. A mailing is one text, to one person or to many; with the last of its messages it goes.
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
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 'waiting';
CREATE INDEX outbox_state ON outbox (state);
CREATE INDEX outbox_mailing ON outbox (mailing, state);
CREATE INDEX outbox_contact ON outbox (contact) WHERE contact IS NOT NULL;
CREATE INDEX outbox_link ON outbox (good_until) WHERE link IS NOT NULL;
CREATE INDEX outbox_student ON outbox (student) WHERE student IS NOT NULL;
CREATE INDEX outbox_employer_user ON outbox (employer_user) WHERE employer_user IS NOT NULL;
CREATE TRIGGER outbox_last AFTER DELETE ON outbox
WHEN NOT EXISTS (SELECT 1 FROM outbox WHERE mailing = OLD.mailing)
BEGIN
    DELETE FROM mailing WHERE id = OLD.mailing;
END;

CREATE TABLE mail_settings (
    n INTEGER PRIMARY KEY CHECK (n = 1),
    settings TEXT NOT NULL,
    password TEXT
) STRICT;

-- Few contacts have further or former addresses; users are linked by these, too.
CREATE INDEX contact_aliased ON contact (n) WHERE alias_keys<>'[]';
