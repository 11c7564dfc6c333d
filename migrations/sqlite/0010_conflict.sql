-- Fields that two computers changed without knowing of each other's change, as far as nobody has settled them (liaison-sync,
-- conflict). All of it can be found again in the journal: here is where to look.
CREATE TABLE conflict (
    record BLOB NOT NULL,
    kind INTEGER NOT NULL,  -- number of the kind of record
    field INTEGER NOT NULL, -- number of the field
    PRIMARY KEY (record, field)
) STRICT;
CREATE INDEX operation_hub ON operation (hub) WHERE hub IS NOT NULL;
