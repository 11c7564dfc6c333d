//! The `sqlite3` shell, doing the work of an import.

use anyhow::{Context, Result, bail};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What the shell does with a file.
pub struct Work {
    /// The columns of the file.
    columns: &'static [&'static str],
    /// What becomes of its lines, in the table `line`.
    script: &'static str,
    /// Gives the numbers of records and of rows of audit.
    check: &'static str,
}

/// A file of contacts.
pub const CONTACTS: Work = Work {
    columns: &[
        "first_name",
        "last_name",
        "email",
        "title",
        "department",
        "employer",
        "work_phone",
        "city",
        "region",
        "country",
        "linkedin",
        "labels",
    ],
    script: SAME_WORK,
    check: "SELECT (SELECT count(*) FROM contact)||' '||(SELECT count(*) FROM audit)",
};

/// A file of students and alumni.
pub const STUDENTS: Work = Work {
    columns: &["first_name", "last_name", "email", "phone", "standing", "student_number", "major", "graduation_year"],
    script: SAME_WORK_WITH_STUDENTS,
    check: "SELECT (SELECT count(*) FROM student)||' '||(SELECT count(*) FROM audit)",
};

/// What one who knows SQLite would type to have what Liaison has after an import: the contacts with ids and sort keys,
/// their employers, the same indexes, an index to search in, and a row of audit with the values of each contact.
///
/// It is kind to the shell: everything is written once, in one transaction, in the order of its keys (the ids ascend,
/// as Liaison's do); indexes are built after the rows; the search index keeps no copy of the texts. It guards nothing:
/// no value is checked, no duplicate found, nothing is encrypted or chained by hashes.
const SAME_WORK: &str = "
BEGIN;
CREATE TABLE employer(n INTEGER PRIMARY KEY,id BLOB NOT NULL,created_at INTEGER,name TEXT,name_key TEXT NOT NULL);
INSERT INTO employer(id,created_at,name,name_key)
    SELECT CAST(printf('%016d',row_number() OVER ()) AS BLOB),unixepoch()*1000,employer,lower(employer)
    FROM (SELECT DISTINCT employer FROM line WHERE employer<>'');
CREATE UNIQUE INDEX employer_id ON employer(id);
CREATE INDEX employer_name ON employer(name_key);
CREATE TABLE contact(n INTEGER PRIMARY KEY,id BLOB NOT NULL,created_at INTEGER,first_name TEXT,last_name TEXT,
    email TEXT,title TEXT,department TEXT,employer BLOB,work_phone TEXT,city TEXT,region TEXT,country TEXT,
    linkedin TEXT,labels TEXT,source TEXT,approval TEXT,visibility TEXT,sort_name TEXT NOT NULL,
    email_key TEXT NOT NULL);
INSERT INTO contact(id,created_at,first_name,last_name,email,title,department,employer,work_phone,city,region,country,
        linkedin,labels,source,approval,visibility,sort_name,email_key)
    SELECT CAST(printf('%016d',rowid) AS BLOB),unixepoch()*1000,first_name,last_name,email,title,department,
        (SELECT id FROM employer e WHERE e.name_key=lower(line.employer)),work_phone,city,region,country,
        linkedin,labels,'import','approved','career_advisors',lower(last_name||' '||first_name),lower(email) FROM line;
CREATE UNIQUE INDEX contact_id ON contact(id);
CREATE INDEX contact_directory ON contact(approval,sort_name);
CREATE INDEX contact_email ON contact(email_key);
CREATE INDEX contact_employer ON contact(employer);
CREATE VIRTUAL TABLE search USING fts5(name,email,title,employer,content='');
INSERT INTO search(rowid,name,email,title,employer)
    SELECT rowid,first_name||' '||last_name,email,title,employer FROM line;
CREATE TABLE audit(n INTEGER PRIMARY KEY,record BLOB NOT NULL,fields TEXT);
INSERT INTO audit(record,fields) SELECT id,json_object('first_name',first_name,'last_name',last_name,'email',email,
        'title',title,'department',department,'employer',hex(employer),'work_phone',work_phone,'city',city,
        'region',region,'country',country,'linkedin',linkedin,'labels',labels,'source',source,'approval',approval,
        'visibility',visibility) FROM contact;
CREATE INDEX audit_record ON audit(record);
COMMIT;
";

/// The same for students and alumni, as kind and as careless.
const SAME_WORK_WITH_STUDENTS: &str = "
BEGIN;
CREATE TABLE student(n INTEGER PRIMARY KEY,id BLOB NOT NULL,created_at INTEGER,first_name TEXT,last_name TEXT,
    email TEXT,phone TEXT,standing TEXT,student_number TEXT,major TEXT,graduation_year INTEGER,
    sort_name TEXT NOT NULL,email_key TEXT NOT NULL);
INSERT INTO student(id,created_at,first_name,last_name,email,phone,standing,student_number,major,graduation_year,
        sort_name,email_key)
    SELECT CAST(printf('%016d',rowid) AS BLOB),unixepoch()*1000,first_name,last_name,email,phone,standing,
        student_number,major,graduation_year,lower(last_name||' '||first_name),lower(email) FROM line;
CREATE UNIQUE INDEX student_id ON student(id);
CREATE INDEX student_name ON student(sort_name);
CREATE INDEX student_email ON student(email_key);
CREATE VIRTUAL TABLE search USING fts5(name,email,student_number,major,content='');
INSERT INTO search(rowid,name,email,student_number,major)
    SELECT rowid,first_name||' '||last_name,email,student_number,major FROM line;
CREATE TABLE audit(n INTEGER PRIMARY KEY,record BLOB NOT NULL,fields TEXT);
INSERT INTO audit(record,fields) SELECT id,json_object('first_name',first_name,'last_name',last_name,'email',email,
        'phone',phone,'standing',standing,'student_number',student_number,'major',major,
        'graduation_year',graduation_year) FROM student;
CREATE INDEX audit_record ON audit(record);
COMMIT;
";

impl Work {
    fn columns(&self) -> String {
        self.columns.iter().map(|column| format!("{column} TEXT")).collect::<Vec<_>>().join(",")
    }

    /// The whole work of an import. The shell's time ends with its process, which writes the log back into the
    /// database.
    pub fn whole(&self, file: &Path, database: &Path, rows: usize) -> Result<Duration> {
        let script = format!(
            "PRAGMA journal_mode=WAL;\nPRAGMA synchronous=FULL;\nPRAGMA cache_size=-65536;\nPRAGMA temp_store=MEMORY;
CREATE TEMP TABLE line({});\n.import --csv --skip 1 {} line\n{}",
            self.columns(),
            quoted(file)?,
            self.script
        );
        let took = run(&script, database)?;
        check(database, self.check, &format!("{rows} {rows}"))?;
        Ok(took)
    }

    /// The bare `.import`, into a table without any index.
    pub fn bare_import(&self, file: &Path, database: &Path, rows: usize) -> Result<Duration> {
        let columns = self.columns();
        let script = format!("CREATE TABLE line({columns});\n.import --csv --skip 1 {} line\n", quoted(file)?);
        let took = run(&script, database)?;
        check(database, "SELECT count(*) FROM line", &rows.to_string())?;
        Ok(took)
    }
}

fn quoted(file: &Path) -> Result<String> {
    let text = file.to_str().context("the path is no UTF-8")?;
    Ok(format!("'{}'", text.replace('\'', "''")))
}

fn shell(database: &Path) -> Command {
    let mut command = Command::new("sqlite3");
    // Nobody's own settings.
    command.args(["-batch", "-bail", "-init", "/dev/null"]).arg(database);
    command
}

fn run(script: &str, database: &Path) -> Result<Duration> {
    let start = Instant::now();
    let mut child = shell(database)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .context("the sqlite3 shell could not be started; on Debian: apt-get install sqlite3")?;
    child.stdin.take().context("sqlite3 has no input")?.write_all(script.as_bytes())?;
    let output = child.wait_with_output()?;
    let took = start.elapsed();
    if !output.status.success() {
        bail!("sqlite3 failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(took)
}

/// Makes sure that the shell did what its time is given for: it goes on after some errors.
fn check(database: &Path, query: &str, expected: &str) -> Result<()> {
    let output = shell(database).arg(query).output()?;
    let found = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if found != expected {
        bail!("the sqlite3 shell has {found} rows instead of {expected}");
    }
    Ok(())
}
