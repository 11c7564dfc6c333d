-- The contact desk in full: what happens with contacts, employment history, merging, custom attributes, labels, views.
-- Custom attributes add columns `a<number>` to their kind's table at run time.

ALTER TABLE contact ADD COLUMN former_emails TEXT;
ALTER TABLE contact ADD COLUMN industry TEXT;
ALTER TABLE contact ADD COLUMN home_street TEXT;
ALTER TABLE contact ADD COLUMN home_city TEXT;
ALTER TABLE contact ADD COLUMN home_region TEXT;
ALTER TABLE contact ADD COLUMN home_postal_code TEXT;
ALTER TABLE contact ADD COLUMN home_country TEXT;
ALTER TABLE contact ADD COLUMN x_profile TEXT;
ALTER TABLE contact ADD COLUMN github TEXT;
ALTER TABLE contact ADD COLUMN facebook TEXT;
ALTER TABLE contact ADD COLUMN instagram TEXT;
ALTER TABLE contact ADD COLUMN bounced_at INTEGER;
ALTER TABLE contact ADD COLUMN merged_into BLOB REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE contact ADD COLUMN alias_keys TEXT NOT NULL DEFAULT '[]'; -- what further and former addresses are compared by
UPDATE contact SET alias_keys=(
    SELECT json_group_array(DISTINCT value) FROM json_each(json_array(lower(email_2),lower(email_3))) WHERE value<>''
) WHERE email_2 IS NOT NULL OR email_3 IS NOT NULL;
ALTER TABLE employer ADD COLUMN linkedin TEXT;
ALTER TABLE employer ADD COLUMN merged_into BLOB REFERENCES employer (id) DEFERRABLE INITIALLY DEFERRED;

-- Contacts only their owner sees: few, looked up with every list.
CREATE INDEX contact_private ON contact (owner) WHERE visibility='myself';
-- Few messages bounce; the view of those is counted with every list.
CREATE INDEX contact_bounced ON contact (bounced_at) WHERE bounced_at IS NOT NULL;
CREATE INDEX contact_trash ON contact (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX contact_merged ON contact (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX employer_merged ON employer (merged_into) WHERE merged_into IS NOT NULL;
-- What happened with a contact, counted and read by time without looking at the rows.
DROP INDEX note_contact;
CREATE INDEX note_contact ON note (contact, deleted_at, created_at);
CREATE INDEX employer_primary ON employer (primary_contact) WHERE primary_contact IS NOT NULL;

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
) STRICT;
CREATE INDEX task_contact ON task (contact, deleted_at, created_at) WHERE contact IS NOT NULL;
CREATE INDEX task_student ON task (contact, deleted_at, created_at) WHERE student IS NOT NULL;

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
) STRICT;
CREATE INDEX meeting_contact ON meeting (contact, deleted_at, starts_at) WHERE contact IS NOT NULL;

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
) STRICT;
CREATE INDEX event_employer ON event (employer) WHERE employer IS NOT NULL;
CREATE INDEX event_contact ON event (contact) WHERE contact IS NOT NULL;

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
) STRICT;
CREATE INDEX participation_contact ON participation (contact, deleted_at) WHERE contact IS NOT NULL;
CREATE INDEX participation_meeting ON participation (meeting) WHERE meeting IS NOT NULL;
CREATE INDEX participation_event ON participation (event) WHERE event IS NOT NULL;
CREATE INDEX participation_interview_schedule ON participation (interview_schedule) WHERE interview_schedule IS NOT NULL;

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
) STRICT;
CREATE INDEX interview_schedule_employer ON interview_schedule (employer) WHERE employer IS NOT NULL;
CREATE INDEX interview_schedule_contact ON interview_schedule (contact) WHERE contact IS NOT NULL;

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
CREATE INDEX job_listing_employer ON job_listing (employer) WHERE employer IS NOT NULL;
CREATE INDEX job_listing_contact ON job_listing (contact) WHERE contact IS NOT NULL;

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
CREATE INDEX experience_supervisor ON experience (supervisor) WHERE supervisor IS NOT NULL;
CREATE INDEX experience_employer ON experience (employer) WHERE employer IS NOT NULL;

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
) STRICT;
CREATE INDEX email_contact ON email (contact, deleted_at, sent_at) WHERE contact IS NOT NULL;

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

CREATE TABLE label (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    deleted_at INTEGER,
    created_at INTEGER,
    name TEXT,
    color TEXT,
    description TEXT
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
CREATE INDEX task_open ON task (assignee, due_on) WHERE deleted_at IS NULL AND done IS NOT 1;
CREATE INDEX meeting_to_come ON meeting (organizer, starts_at) WHERE deleted_at IS NULL;
