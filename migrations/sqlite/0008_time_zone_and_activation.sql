-- The institution's time zone: one calendar for everybody who works there.
ALTER TABLE institution ADD COLUMN time_zone TEXT;

-- Logins made by hand whose owners have not chosen a password.
ALTER TABLE employer_user ADD COLUMN not_activated INTEGER;
