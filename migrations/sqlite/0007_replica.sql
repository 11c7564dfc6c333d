-- The database as a replica: operations of other devices beside its own (crates/store, absorb).
-- What counts for order among all devices. It begins as `time`; the hub may set it, `time` stays what the device claimed.
ALTER TABLE operation ADD COLUMN stamp INTEGER NOT NULL DEFAULT 0;
UPDATE operation SET stamp=time;
ALTER TABLE operation ADD COLUMN hub INTEGER; -- its place in the hub's log; NULL while it has none
ALTER TABLE operation ADD COLUMN state INTEGER NOT NULL DEFAULT 0; -- 0 counts, 1 was refused by the hub
DROP INDEX operation_time; -- order is that of stamps
CREATE INDEX operation_stamp ON operation (stamp, device);

-- Links of devices' chains whose operations are not here: refused on their way.
CREATE TABLE link (
    device BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    chain BLOB NOT NULL,
    PRIMARY KEY (device, sequence)
) STRICT;

-- Records that were erased for good. What comes for one of them later stays outside.
CREATE TABLE erased (
    record BLOB NOT NULL PRIMARY KEY,
    kind INTEGER NOT NULL -- number of the kind of record
) STRICT;
INSERT OR IGNORE INTO erased(record,kind) SELECT record,kind FROM change WHERE packed IS NULL;

-- References to what is not here. The journal has them, the row has nothing.
CREATE TABLE dangling (
    record BLOB NOT NULL,
    kind INTEGER NOT NULL,
    field INTEGER NOT NULL,
    target BLOB NOT NULL,
    PRIMARY KEY (record, field)
) STRICT;
CREATE INDEX dangling_target ON dangling (target);

-- Values that no column here takes: of fields, attributes and kinds this version or database does not know (yet). The
-- journal has them; field 0 stands for the whole record.
CREATE TABLE unseen (
    record BLOB NOT NULL,
    kind INTEGER NOT NULL,
    field INTEGER NOT NULL,
    PRIMARY KEY (record, field)
) STRICT;

-- Operations of this device that the hub refused, and why.
CREATE TABLE refused (
    operation BLOB NOT NULL PRIMARY KEY,
    reason TEXT NOT NULL, -- a key; what it says is in the catalogue
    answered INTEGER NOT NULL DEFAULT 0 -- 1 once somebody has dealt with it
) STRICT;

-- How far this database has come with the hub.
CREATE TABLE replica (
    key TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;

-- Two devices may write one token before they meet: that must not stop either.
DROP INDEX invitation_token;
CREATE INDEX invitation_token ON invitation (token_hash) WHERE token_hash IS NOT NULL;
