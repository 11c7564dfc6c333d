-- Version 2 of an operation's head. What was written before stays version 1, and so do its links (crates/domain, journal).
ALTER TABLE operation ADD COLUMN head INTEGER NOT NULL DEFAULT 1; -- version of the head, and of the link over it
ALTER TABLE operation ADD COLUMN wall INTEGER; -- what the wall clock showed, milliseconds since 1970; from version 2 on
ALTER TABLE operation ADD COLUMN seen INTEGER NOT NULL DEFAULT 0; -- greatest place of the hub's log received before
-- When an operation happened as people are told. The order of operations is that of `time`.
CREATE INDEX operation_told ON operation (coalesce(wall, time >> 16));
