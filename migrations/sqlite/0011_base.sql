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
