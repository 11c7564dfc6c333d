//! Staff: who works at this desk.

use liaison_domain::{Id, RecordKind};
use liaison_store::{Db, Sql, StoreError, table};

/// The role of somebody, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRole {
    /// The key of the built-in one.
    pub built_in: String,
    /// The permissions of one of one's own, which then counts: a list of keys as JSON. `None` where there is none, or
    /// it lies in the trash.
    pub own_permissions: Option<String>,
}

/// The role of a staff member; `None` where there is none who is active.
pub fn active_role(db: &Db<'_>, staff: Id) -> Result<Option<HeldRole>, StoreError> {
    let sql = "SELECT s.role,r.permissions FROM staff s
            LEFT JOIN staff_role r ON r.id=s.own_role AND r.deleted_at IS NULL
         WHERE s.deleted_at IS NULL AND s.deactivated_at IS NULL AND s.id=?";
    db.first(sql, &[Sql::Blob(staff.bytes())], |row| {
        Ok(HeldRole { built_in: row.text(0).to_owned(), own_permissions: row.optional_text(1) })
    })
}

/// Everybody who is active, in the order they were added.
///
/// Errors: `Damaged` for somebody whose id is none.
pub fn active(db: &Db<'_>) -> Result<Vec<Id>, StoreError> {
    let sql = "SELECT id FROM staff WHERE deleted_at IS NULL AND deactivated_at IS NULL ORDER BY n";
    db.all(sql, &[], |row| row.id(0))
}

/// The staff record that came first: of whoever set up.
///
/// Errors: `Damaged` where its id is none.
pub fn first(db: &Db<'_>) -> Result<Option<Id>, StoreError> {
    db.first("SELECT id FROM staff ORDER BY n LIMIT 1", &[], |row| row.id(0))
}

/// How many active staff members have a built-in role, by its key, and none of one's own.
pub fn count_with_role(db: &Db<'_>, role: &str) -> Result<u32, StoreError> {
    let sql = "SELECT count(*) FROM staff WHERE role=? AND own_role IS NULL AND deleted_at IS NULL
                    AND deactivated_at IS NULL";
    Ok(db.number(sql, &[Sql::Text(role)])? as u32)
}

/// The name of a staff member other than `except` who has this address, as
/// [`email_key`](liaison_domain::name::email_key) makes one of it; those in the trash are left out.
pub fn other_with_email(db: &Db<'_>, key: &str, except: Id) -> Result<Option<String>, StoreError> {
    db.first(
        "SELECT trim(first_name||' '||last_name) FROM staff WHERE email_key=? AND deleted_at IS NULL AND id<>?",
        &[Sql::Text(key), Sql::Blob(except.bytes())],
        |row| Ok(row.text(0).to_owned()),
    )
}

/// Everybody who ever worked here, in the order they were added: id and name. Those in the trash are among them.
///
/// Errors: `Damaged` for somebody whose id is none.
pub fn names(db: &Db<'_>) -> Result<Vec<(Id, String)>, StoreError> {
    let name = table::name_expression(RecordKind::Staff, "t");
    db.all(&format!("SELECT t.id,{name} FROM staff t ORDER BY t.n"), &[], |row| {
        Ok((row.id(0)?, row.text(1).to_owned()))
    })
}

/// A staff member in few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    /// The staff record.
    pub id: Id,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Address.
    pub email: String,
    /// The key of the built-in role.
    pub role: String,
    /// A role of one's own, which then counts: its id and name.
    pub own_role: Option<(Id, String)>,
    /// Can't come to the desk any more.
    pub deactivated: bool,
    /// How many students and alumni are assigned to them.
    pub cases: u32,
}

/// Everybody who works here, the active ones first, then by name; those in the trash are left out.
///
/// Errors: `Damaged` for an id that is none, of somebody or of a role.
pub fn all(db: &Db<'_>) -> Result<Vec<StaffRow>, StoreError> {
    db.all(
        "SELECT s.id,s.first_name,s.last_name,s.email,s.role,r.id,r.name,s.deactivated_at,
                (SELECT count(*) FROM student t WHERE t.assigned_to=s.id AND t.deleted_at IS NULL)
             FROM staff s LEFT JOIN staff_role r ON r.id=s.own_role AND r.deleted_at IS NULL
             WHERE s.deleted_at IS NULL ORDER BY s.deactivated_at IS NOT NULL,s.sort_name,s.n",
        &[],
        |row| {
            Ok(StaffRow {
                id: row.id(0)?,
                first_name: row.text(1).to_owned(),
                last_name: row.text(2).to_owned(),
                email: row.text(3).to_owned(),
                role: row.text(4).to_owned(),
                own_role: row.optional_id(5)?.map(|id| (id, row.text(6).to_owned())),
                deactivated: !row.is_null(7),
                cases: row.int(8) as u32,
            })
        },
    )
}
