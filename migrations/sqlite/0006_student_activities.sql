-- Notes, tasks and meetings are also about students and alumni.
ALTER TABLE note ADD COLUMN student BLOB REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE task ADD COLUMN about_student BLOB REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE meeting ADD COLUMN student BLOB REFERENCES student (id) DEFERRABLE INITIALLY DEFERRED;

CREATE INDEX note_student ON note (student, deleted_at, created_at) WHERE student IS NOT NULL;

CREATE INDEX task_about_student ON task (about_student, deleted_at, created_at) WHERE about_student IS NOT NULL;

CREATE INDEX meeting_student ON meeting (student, deleted_at, starts_at) WHERE student IS NOT NULL;
