-- Whether an employer is known to be what it is called, and the domains whose mailboxes belong to its people.
ALTER TABLE employer ADD COLUMN confirmation TEXT;
ALTER TABLE employer ADD COLUMN email_domains TEXT;
CREATE INDEX employer_claimed ON employer (confirmation) WHERE confirmation = 'claimed';

-- Who may sign up in the portal, and what employers read there.
ALTER TABLE institution ADD COLUMN sign_up TEXT;
ALTER TABLE institution ADD COLUMN hire_text TEXT;
