-- Whether an employer is known to be what it is called, and the domains whose mailboxes belong to its people.
ALTER TABLE employer ADD COLUMN confirmation TEXT;
ALTER TABLE employer ADD COLUMN email_domains TEXT;
CREATE INDEX employer_claimed ON employer (confirmation) WHERE confirmation = 'claimed';

-- Who may sign up in the portal, and what employers read there.
ALTER TABLE institution ADD COLUMN sign_up TEXT;
ALTER TABLE institution ADD COLUMN hire_text TEXT;

-- What people do in the portal: who named a contact, who registered whom, what staff have yet to answer.
ALTER TABLE contact ADD COLUMN added_by_user BLOB REFERENCES employer_user (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE contact ADD COLUMN added_by_student BLOB REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX contact_added_by_user ON contact (added_by_user) WHERE added_by_user IS NOT NULL;
CREATE INDEX contact_added_by_student ON contact (added_by_student) WHERE added_by_student IS NOT NULL;

ALTER TABLE event ADD COLUMN published TEXT;
ALTER TABLE event ADD COLUMN register_until INTEGER;
ALTER TABLE event ADD COLUMN places INTEGER;

ALTER TABLE interview_schedule ADD COLUMN status TEXT;
ALTER TABLE interview_schedule ADD COLUMN named TEXT;

ALTER TABLE participation ADD COLUMN registered_by BLOB REFERENCES employer_user (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE participation ADD COLUMN named TEXT;
CREATE INDEX participation_registered_by ON participation (registered_by) WHERE registered_by IS NOT NULL;

-- What a desk began with when it joined: the records at one place of the hub's log, as they came (liaison-records,
-- snapshot), until the history up to there is here, too. Then both are empty.
CREATE TABLE base_part (
    part INTEGER PRIMARY KEY,
    packed BLOB NOT NULL
) STRICT;

-- Where in it a record is found: from the first record of a kind in a part on, in the order of ids.
CREATE TABLE base_range (
    kind INTEGER NOT NULL, -- number of the kind of record
    first BLOB NOT NULL,
    part INTEGER NOT NULL,
    PRIMARY KEY (kind, first)
) STRICT;
