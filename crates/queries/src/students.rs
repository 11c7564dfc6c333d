//! What is asked about students and alumni beside their records.

use liaison_domain::{Id, RecordKind, student};
use liaison_store::table::{self, Located};
use liaison_store::{Db, Sql, Statement, StoreError, computed};

/// Reads live students and alumni by address; made for reading many of them.
pub struct StudentByAddress<'d>(Statement<'d>);

impl<'d> StudentByAddress<'d> {
    /// Prepares the reading.
    pub fn prepare(db: &'d Db<'d>) -> Result<StudentByAddress<'d>, StoreError> {
        let columns = table::columns(db.registry(), RecordKind::Student);
        let sql = format!("SELECT n,id,{columns} FROM student WHERE email_key=? AND deleted_at IS NULL ORDER BY n");
        Ok(StudentByAddress(db.prepare(&sql)?))
    }

    /// The one with the address of this key; the oldest, where there are several.
    pub fn read(&mut self, email_key: &str) -> Result<Option<Located>, StoreError> {
        let statement = &mut self.0;
        statement.bind(&[Sql::Text(email_key)])?;
        if !statement.step()? {
            return Ok(None);
        }
        let id = statement.id(1)?;
        let found = Located { n: statement.int(0), record: table::record(statement, 2, RecordKind::Student, id)? };
        statement.reset();
        Ok(Some(found))
    }
}

/// How many students are alike in status and in whose case they are.
pub struct StudentCount {
    /// One of [`student::STATUSES`].
    pub status: String,
    /// They are assigned to somebody.
    pub assigned: bool,
    /// They are assigned to the staff member asked for.
    pub mine: bool,
    /// How many.
    pub count: u32,
}

/// Counts the students that are not in the trash; `me` is the staff member whose cases count apart.
pub fn counts(db: &Db<'_>, me: Id) -> Result<Vec<StudentCount>, StoreError> {
    let status = computed::expression(&student::STATUS);
    db.all(
        &format!(
            "SELECT {status},t.assigned_to IS NOT NULL,t.assigned_to IS ?,count(*) FROM student t
             WHERE t.deleted_at IS NULL GROUP BY 1,2,3"
        ),
        &[Sql::Blob(me.bytes())],
        |row| {
            Ok(StudentCount {
                status: row.text(0).to_owned(),
                assigned: row.int(1) == 1,
                mine: row.int(2) == 1,
                count: row.int(3) as u32,
            })
        },
    )
}

/// A staff member with the students assigned to them.
pub struct CaseLoad {
    /// The staff member.
    pub id: Id,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Address.
    pub email: String,
    /// How many students are assigned to them, without those who are deactivated.
    pub cases: u32,
    /// How many more are, who are deactivated.
    pub deactivated_cases: u32,
}

/// The active staff members by name, also those without cases.
pub fn case_loads(db: &Db<'_>) -> Result<Vec<CaseLoad>, StoreError> {
    db.all(
        "SELECT s.id,s.first_name,s.last_name,s.email,
            count(t.n) FILTER (WHERE t.deactivated_at IS NULL),
            count(t.n) FILTER (WHERE t.deactivated_at IS NOT NULL)
         FROM staff s LEFT JOIN student t ON t.assigned_to=s.id AND t.deleted_at IS NULL
         WHERE s.deleted_at IS NULL AND s.deactivated_at IS NULL
         GROUP BY s.n ORDER BY s.sort_name,s.n",
        &[],
        |row| {
            Ok(CaseLoad {
                id: row.id(0)?,
                first_name: row.text(1).to_owned(),
                last_name: row.text(2).to_owned(),
                email: row.text(3).to_owned(),
                cases: row.int(4) as u32,
                deactivated_cases: row.int(5) as u32,
            })
        },
    )
}
