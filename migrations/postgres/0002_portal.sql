-- The portal: hosts, accounts, logins, links by mail, and where people are found by their address. Secrets are kept as
-- digests only. What the work of all institutions is read from has no row-level security and no personal data but the
-- address of an account.

ALTER TABLE device ADD COLUMN portal boolean NOT NULL DEFAULT false;

-- The portal of an institution: its device in the institution's log, and the key of what it signs.
CREATE TABLE portal (
    institution uuid PRIMARY KEY,
    device uuid NOT NULL,
    key bytea NOT NULL
);

-- A host carries one institution. Whoever runs the hub sets it, never a desk.
CREATE TABLE host (
    host text PRIMARY KEY, -- lowercase, without a port
    institution uuid NOT NULL UNIQUE,
    origin text NOT NULL   -- scheme, host and port: what links in letters begin with
);

-- Accounts are the hub's: one person, one address, one password, at as many institutions as there are links.
CREATE TABLE account (
    id uuid PRIMARY KEY,
    address text NOT NULL,
    key text NOT NULL UNIQUE, -- the address as addresses are compared
    password text NOT NULL,   -- Argon2id, as PHC text
    proven boolean NOT NULL,  -- by a letter of the hub; the link of an invitation the desk knew, too
    changed timestamptz NOT NULL DEFAULT now()
);

-- Whom an account is at an institution: an employer user, a student or an alum. One may be both.
CREATE TABLE account_link (
    institution uuid NOT NULL,
    record uuid NOT NULL,
    kind smallint NOT NULL,
    account uuid NOT NULL,
    PRIMARY KEY (institution, record)
);
CREATE INDEX account_link_account ON account_link (account, institution);

CREATE TABLE login (
    institution uuid NOT NULL,
    hash bytea NOT NULL, -- SHA-256 of the token
    account uuid NOT NULL,
    record uuid NOT NULL,
    kind smallint NOT NULL,
    made timestamptz NOT NULL DEFAULT now(),
    seen timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (institution, hash)
);
CREATE INDEX login_account ON login (account);

-- Links by mail. Opening one changes nothing; the form behind it uses it up.
CREATE TABLE ticket (
    institution uuid NOT NULL,
    hash bytea NOT NULL,
    purpose text NOT NULL,
    address text NOT NULL, -- where it went
    payload text NOT NULL, -- what was typed, as JSON
    good_until timestamptz NOT NULL,
    used timestamptz,
    PRIMARY KEY (institution, hash)
);
CREATE INDEX ticket_address ON ticket (institution, address);

-- Whoever asked for a letter. What is sent, a job decides later: the answer to the form is the same for everybody.
CREATE TABLE asked (
    institution uuid NOT NULL,
    id uuid NOT NULL,
    purpose text NOT NULL,
    address text NOT NULL,
    payload text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (institution, id)
);

-- Letters of the hub. Their text goes once they are sent: it has links in it.
CREATE TABLE outbound (
    institution uuid NOT NULL,
    id uuid NOT NULL,
    address text NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    label text NOT NULL,
    link text NOT NULL,
    made timestamptz NOT NULL DEFAULT now(),
    state text NOT NULL DEFAULT 'waiting', -- waiting, sent, refused, given_up
    tries integer NOT NULL DEFAULT 0,
    next timestamptz NOT NULL DEFAULT now(),
    why text NOT NULL DEFAULT '',
    PRIMARY KEY (institution, id)
);

-- Institutions with something to do, for the jobs of all processes.
CREATE TABLE work (
    institution uuid PRIMARY KEY,
    due timestamptz NOT NULL DEFAULT now()
);

-- How often something was tried. Keys are digests under the institution's key.
CREATE TABLE throttle (
    key bytea PRIMARY KEY,
    since timestamptz NOT NULL,
    count integer NOT NULL
);

-- How records are found by what they are compared by; written with the records.
CREATE TABLE lookup (
    institution uuid NOT NULL,
    purpose smallint NOT NULL,
    key text NOT NULL,
    kind smallint NOT NULL,
    record uuid NOT NULL,
    PRIMARY KEY (institution, purpose, key, kind, record)
);
CREATE INDEX lookup_record ON lookup (institution, record);

-- Contacts as the pages list them, and employers by their names. Who sees a contact is computed by the domain when it is
-- written; queries compare the number.
CREATE TABLE card (
    institution uuid NOT NULL,
    record uuid NOT NULL,
    kind smallint NOT NULL,
    published smallint NOT NULL, -- 0 nobody here, 1 employer users of its employer, 2 students and alumni, too
    employer uuid,
    sort_name text NOT NULL,
    words tsvector NOT NULL,     -- of what is searched by, and shown
    PRIMARY KEY (institution, record)
);
CREATE INDEX card_list ON card (institution, kind, sort_name, record) WHERE published >= 2;
CREATE INDEX card_words ON card USING gin (words);
CREATE INDEX card_employer ON card (institution, employer);

ALTER TABLE portal ENABLE ROW LEVEL SECURITY;
ALTER TABLE portal FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON portal USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
ALTER TABLE login ENABLE ROW LEVEL SECURITY;
ALTER TABLE login FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON login USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
ALTER TABLE ticket ENABLE ROW LEVEL SECURITY;
ALTER TABLE ticket FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON ticket USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
ALTER TABLE asked ENABLE ROW LEVEL SECURITY;
ALTER TABLE asked FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON asked USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
ALTER TABLE outbound ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbound FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON outbound USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
ALTER TABLE lookup ENABLE ROW LEVEL SECURITY;
ALTER TABLE lookup FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON lookup USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
ALTER TABLE card ENABLE ROW LEVEL SECURITY;
ALTER TABLE card FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON card USING (institution = nullif(current_setting('liaison.institution', true), '')::uuid);
