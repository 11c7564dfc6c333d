-- When this device first noticed that a record is in the trash, in time it has seen pass (crates/domain, seen_time).
-- Of this device alone; nothing of it is in the journal.
CREATE TABLE trash_noticed (
    record BLOB NOT NULL PRIMARY KEY,
    deleted_at INTEGER NOT NULL, -- the record's own; another one means that it was restored and deleted again
    passed INTEGER NOT NULL      -- milliseconds this device had seen pass
) STRICT;
