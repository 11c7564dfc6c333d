-- Which rows transactions changed, for what is kept in memory or beside the database: it takes in what came since. Only
-- the newest transactions are kept here. Row numbers are this computer's own, so this is never sent to another.
CREATE TABLE row_change (
    stamp INTEGER NOT NULL, -- the number of the transaction, one more than that of the one before
    kind INTEGER NOT NULL,  -- number of the kind of record; 0 where there is none
    first INTEGER NOT NULL, -- row numbers, from here
    last INTEGER NOT NULL,  -- to here; those in between that did not change are read once too often
    token INTEGER NOT NULL, -- drawn for the transaction: tells it from one with the same number in a copy of the database
    PRIMARY KEY (stamp, kind, first)
) STRICT;
INSERT INTO row_change (stamp, kind, first, last, token) VALUES (1, 0, 0, 0, random());
