//! SQL on a connection that sqlx opened: prepare, bind, step.
//!
//! sqlx opens, keys, pools and migrates the database. Its own query functions cross to a worker thread for every
//! row: 5 times the time of the `sqlite3` shell when importing, 4 times for a page of a list. So statements run here,
//! on the handle that [`sqlx::sqlite::LockedSqliteHandle`] lends out for the purpose.
#![allow(unsafe_code)]

use crate::definitions::Definitions;
use crate::error::StoreError;
use crate::time_zone;
use crate::watched::Watched;
use liaison_domain::moment::Zone;
use liaison_domain::{Id, Registry};
use libsqlite3_sys as ffi;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::{Deref, DerefMut};
use std::ptr::{self, NonNull};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// Most statements kept for the next time they run.
const KEPT_MOST: usize = 128;

/// Puts the number of pages in the write-ahead log into `pages` after each commit on this connection, which no longer
/// checkpoints by itself.
pub(crate) fn watch_log(locked: &mut sqlx::sqlite::LockedSqliteHandle<'_>, pages: &Arc<AtomicU32>) {
    unsafe extern "C" fn committed(pages: *mut c_void, _: *mut ffi::sqlite3, _: *const c_char, count: c_int) -> c_int {
        // SAFETY: a reference to it was given away below, for good.
        let pages = unsafe { &*pages.cast::<AtomicU32>() };
        pages.store(count.unsigned_abs(), Ordering::Relaxed);
        ffi::SQLITE_OK
    }
    // A few bytes stay for each database that is opened: the connection may end after all that is known here.
    let pages = Arc::into_raw(Arc::clone(pages)).cast_mut().cast();
    // SAFETY: the handle is valid while it is locked, and `pages` always.
    unsafe { ffi::sqlite3_wal_hook(locked.as_raw_handle().as_ptr().cast(), Some(committed), pages) };
}

/// Tells `watched` of each row that is changed on this connection.
pub(crate) fn watch_rows(locked: &mut sqlx::sqlite::LockedSqliteHandle<'_>, watched: &Arc<Watched>) {
    unsafe extern "C" fn changed(
        watched: *mut c_void,
        _: c_int,
        _: *const c_char,
        table: *const c_char,
        row: ffi::sqlite3_int64,
    ) {
        // SAFETY: a reference to it was given away below, for good; the name is valid for the call.
        let (watched, table) = unsafe { (&*watched.cast::<Watched>(), CStr::from_ptr(table)) };
        watched.note(table.to_bytes(), row);
    }
    // As above, it stays for each database that is opened.
    let watched = Arc::into_raw(Arc::clone(watched)).cast_mut().cast();
    // SAFETY: the handle is valid while it is locked, and `watched` always.
    unsafe { ffi::sqlite3_update_hook(locked.as_raw_handle().as_ptr().cast(), Some(changed), watched) };
}

/// A connection, borrowed for one transaction.
pub struct Db<'c> {
    raw: NonNull<ffi::sqlite3>,
    definitions: Definitions,
    /// Set where the transaction changed what is kept in memory of these.
    redefined: Cell<bool>,
    /// Set where the transaction erases.
    overwrites: Cell<bool>,
    /// Statements that ran and may run again: compiling one takes longer than reading a row with it.
    kept: RefCell<HashMap<Box<str>, NonNull<ffi::sqlite3_stmt>>>,
    // The raw handle is only valid while sqlx's worker is locked out, and only on this thread.
    _borrowed: PhantomData<(&'c (), *const ())>,
}

impl<'c> Db<'c> {
    /// Wraps the handle of a locked connection.
    pub(crate) fn new(locked: &'c mut sqlx::sqlite::LockedSqliteHandle<'_>, definitions: Definitions) -> Db<'c> {
        Db {
            raw: locked.as_raw_handle().cast(),
            definitions,
            redefined: Cell::new(false),
            overwrites: Cell::new(false),
            kept: RefCell::default(),
            _borrowed: PhantomData,
        }
    }

    /// The fields there are in this database.
    pub fn registry(&self) -> &Registry {
        &self.definitions.registry
    }

    /// The time zone that days go by here: the institution's, or this computer's where it names none.
    pub fn zone(&self) -> Zone {
        self.definitions.zone.unwrap_or_else(time_zone::of_computer)
    }

    /// Notes that attributes or the institution changed: after the commit what is kept of them is read anew.
    pub(crate) fn redefine(&self) {
        self.redefined.set(true);
    }

    pub(crate) fn is_redefined(&self) -> bool {
        self.redefined.get()
    }

    /// Lets SQLite overwrite whatever the transaction frees, also whole pages.
    pub(crate) fn overwrite_freed(&self) -> Result<(), StoreError> {
        self.execute("PRAGMA secure_delete=ON")?;
        self.overwrites.set(true);
        Ok(())
    }

    pub(crate) fn overwrites_freed(&self) -> bool {
        self.overwrites.get()
    }

    /// Runs statements that take no parameters and return nothing.
    pub fn execute(&self, sql: &str) -> Result<(), StoreError> {
        let mut rest = sql;
        while !rest.trim().is_empty() {
            let (statement, tail) = self.prepare_first(rest)?;
            if let Some(mut statement) = statement {
                while statement.step()? {}
            }
            rest = tail;
        }
        Ok(())
    }

    /// Compiles one statement.
    pub fn prepare(&self, sql: &str) -> Result<Statement<'_>, StoreError> {
        match self.prepare_first(sql)? {
            (Some(statement), _) => Ok(statement),
            (None, _) => Err(StoreError::Sqlite { code: ffi::SQLITE_MISUSE, message: "empty statement".into() }),
        }
    }

    /// A statement that is kept after it ran, for the same words the next time.
    fn kept<'s>(&'s self, sql: &'s str) -> Result<Kept<'s>, StoreError> {
        let known = self.kept.borrow_mut().remove(sql);
        let statement = match known {
            Some(raw) => Statement { raw, db: self },
            None => self.prepare(sql)?,
        };
        Ok(Kept { statement: ManuallyDrop::new(statement), sql })
    }

    fn prepare_first<'s>(&self, sql: &'s str) -> Result<(Option<Statement<'_>>, &'s str), StoreError> {
        let mut raw = ptr::null_mut();
        let mut tail = ptr::null();
        let length = c_int::try_from(sql.len()).map_err(|_| self.misuse("statement too long"))?;
        // SAFETY: the handle is valid for the life of `self`; `sql` is valid for `length` bytes and both
        // out-pointers are.
        let code =
            unsafe { ffi::sqlite3_prepare_v2(self.raw.as_ptr(), sql.as_ptr().cast(), length, &mut raw, &mut tail) };
        if code != ffi::SQLITE_OK {
            return Err(self.error(code));
        }
        // SAFETY: SQLite sets `tail` to a place within, or one past the end of, `sql`.
        let used = unsafe { tail.offset_from(sql.as_ptr().cast()) } as usize;
        let statement = NonNull::new(raw).map(|raw| Statement { raw, db: self });
        Ok((statement, &sql[used.min(sql.len())..]))
    }

    /// Runs one statement with parameters; returns how many rows it changed.
    pub fn run(&self, sql: &str, parameters: &[Sql<'_>]) -> Result<usize, StoreError> {
        self.kept(sql)?.execute(parameters)?;
        Ok(self.changed())
    }

    /// How many rows the last statement that writes has changed.
    pub fn changed(&self) -> usize {
        // SAFETY: the handle is valid for the life of `self`.
        unsafe { ffi::sqlite3_changes64(self.raw.as_ptr()) as usize }
    }

    /// Runs a query that yields one row, or none.
    pub fn first<T>(
        &self,
        sql: &str,
        parameters: &[Sql<'_>],
        read: impl FnOnce(&Statement<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.kept(sql)?;
        statement.bind(parameters)?;
        if statement.step()? { read(&statement).map(Some) } else { Ok(None) }
    }

    /// Runs a query and collects what `read` makes of each row.
    pub fn all<T>(
        &self,
        sql: &str,
        parameters: &[Sql<'_>],
        mut read: impl FnMut(&Statement<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.kept(sql)?;
        statement.bind(parameters)?;
        let mut rows = Vec::new();
        while statement.step()? {
            rows.push(read(&statement)?);
        }
        Ok(rows)
    }

    /// The single number a query yields; 0 where it yields none.
    pub fn number(&self, sql: &str, parameters: &[Sql<'_>]) -> Result<i64, StoreError> {
        Ok(self.first(sql, parameters, |row| Ok(row.int(0)))?.unwrap_or(0))
    }

    /// How much memory the connection's page cache takes, in bytes.
    pub(crate) fn cached(&self) -> usize {
        let (mut now, mut _most) = (0, 0);
        // SAFETY: the handle is valid for the life of `self`, and the two places are.
        unsafe { ffi::sqlite3_db_status(self.raw.as_ptr(), ffi::SQLITE_DBSTATUS_CACHE_USED, &mut now, &mut _most, 0) };
        now.unsigned_abs() as usize
    }

    /// Lets `stop` end statements of this connection that take long, with `StoreError::Cancelled`, until what is
    /// returned is dropped.
    pub fn stoppable<'s>(&'s self, stop: &'s AtomicBool) -> Stoppable<'s> {
        unsafe extern "C" fn asked(stop: *mut c_void) -> c_int {
            // SAFETY: it outlives the handler, which `Stoppable` takes away.
            c_int::from(unsafe { &*stop.cast::<AtomicBool>() }.load(Ordering::Relaxed))
        }
        let told = ptr::from_ref(stop).cast_mut().cast();
        // SAFETY: the handle is valid for the life of `self`, which `Stoppable` borrows together with `stop`.
        unsafe { ffi::sqlite3_progress_handler(self.raw.as_ptr(), STEPS_BETWEEN, Some(asked), told) };
        Stoppable(self)
    }

    /// The row number of the last insert.
    pub fn last_insert(&self) -> i64 {
        // SAFETY: the handle is valid for the life of `self`.
        unsafe { ffi::sqlite3_last_insert_rowid(self.raw.as_ptr()) }
    }

    fn misuse(&self, message: &str) -> StoreError {
        StoreError::Sqlite { code: ffi::SQLITE_MISUSE, message: message.into() }
    }

    fn error(&self, code: c_int) -> StoreError {
        if code == ffi::SQLITE_INTERRUPT {
            return StoreError::Cancelled;
        }
        // SAFETY: the handle is valid; SQLite's message is valid until the next call on the handle, and copied here.
        let message = unsafe { CStr::from_ptr(ffi::sqlite3_errmsg(self.raw.as_ptr())) };
        let message = message.to_string_lossy().into_owned();
        let code = if code & 0xff == ffi::SQLITE_IOERR && self.has_no_room() { ffi::SQLITE_FULL } else { code };
        StoreError::Sqlite { code, message }
    }

    /// Whether the last failure of the system was one of room: SQLite itself knows a full disk, but no quota.
    fn has_no_room(&self) -> bool {
        use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        // SAFETY: the handle is valid for the life of `self`.
        let number = unsafe { ffi::sqlite3_system_errno(self.raw.as_ptr()) };
        let kind = std::io::Error::from_raw_os_error(number).kind();
        matches!(kind, FileTooLarge | QuotaExceeded | StorageFull)
    }
}

impl Drop for Db<'_> {
    fn drop(&mut self) {
        self.kept.get_mut().drain().for_each(|(_, raw)| finalize(raw));
    }
}

/// Steps of SQLite's machine between two looks at whether to stop: a few milliseconds at most.
const STEPS_BETWEEN: c_int = 10_000;

/// While it is there, a flag ends what a connection does; see [`Db::stoppable`].
pub struct Stoppable<'s>(&'s Db<'s>);

impl Drop for Stoppable<'_> {
    fn drop(&mut self) {
        // SAFETY: the handle is valid for the life of the borrow.
        unsafe { ffi::sqlite3_progress_handler(self.0.raw.as_ptr(), 0, None, ptr::null_mut()) };
    }
}

/// A statement on loan from those a connection keeps.
struct Kept<'d> {
    statement: ManuallyDrop<Statement<'d>>,
    sql: &'d str,
}

impl<'d> Deref for Kept<'d> {
    type Target = Statement<'d>;

    fn deref(&self) -> &Statement<'d> {
        &self.statement
    }
}

impl DerefMut for Kept<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.statement
    }
}

impl Drop for Kept<'_> {
    fn drop(&mut self) {
        // Not to stand in the way of what ends the transaction.
        self.statement.reset();
        let mut kept = self.statement.db.kept.borrow_mut();
        if kept.len() == KEPT_MOST {
            kept.drain().for_each(|(_, raw)| finalize(raw));
        }
        // The same words may be running twice, one within the other; one of the two is enough.
        if let Some(other) = kept.insert(self.sql.into(), self.statement.raw) {
            finalize(other);
        }
    }
}

/// Frees a statement that is in nobody's hands.
fn finalize(raw: NonNull<ffi::sqlite3_stmt>) {
    // SAFETY: whoever calls holds the only pointer to it, and gives it away here.
    unsafe { ffi::sqlite3_finalize(raw.as_ptr()) };
}

/// A parameter of a statement.
#[derive(Clone, Copy, Debug)]
pub enum Sql<'a> {
    /// NULL.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
}

/// A compiled statement. Parameters are numbered from 1, columns from 0.
pub struct Statement<'d> {
    raw: NonNull<ffi::sqlite3_stmt>,
    db: &'d Db<'d>,
}

impl Statement<'_> {
    /// The fields there are in the database the statement reads.
    pub(crate) fn registry(&self) -> &Registry {
        self.db.registry()
    }

    /// Runs the statement to its end with these parameters and makes it ready to run again.
    pub fn execute(&mut self, parameters: &[Sql<'_>]) -> Result<(), StoreError> {
        // The parameters outlive this call, and `reset` unbinds them: SQLite need not copy.
        self.bind_each(parameters, ffi::SQLITE_STATIC())?;
        let result = loop {
            match self.step() {
                Ok(true) => continue,
                Ok(false) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        self.reset();
        result
    }

    /// Binds parameters for [`Statement::step`]; SQLite copies them.
    pub fn bind(&mut self, parameters: &[Sql<'_>]) -> Result<(), StoreError> {
        self.reset();
        self.bind_each(parameters, ffi::SQLITE_TRANSIENT())
    }

    fn bind_each(&mut self, parameters: &[Sql<'_>], keep: ffi::sqlite3_destructor_type) -> Result<(), StoreError> {
        for (index, parameter) in parameters.iter().enumerate() {
            let (raw, index) = (self.raw.as_ptr(), index as c_int + 1);
            // SAFETY: the statement is valid, and pointers are valid for the lengths given; `keep` says whether
            // SQLite may hold on to them (see the two callers).
            let code = unsafe {
                match parameter {
                    Sql::Null => ffi::sqlite3_bind_null(raw, index),
                    Sql::Int(number) => ffi::sqlite3_bind_int64(raw, index, *number),
                    Sql::Text(text) => ffi::sqlite3_bind_text64(
                        raw,
                        index,
                        text.as_ptr().cast(),
                        text.len() as u64,
                        keep,
                        ffi::SQLITE_UTF8 as u8,
                    ),
                    // A null pointer would bind NULL instead of an empty blob.
                    Sql::Blob(bytes) => {
                        ffi::sqlite3_bind_blob64(raw, index, bytes.as_ptr().cast(), bytes.len() as u64, keep)
                    }
                }
            };
            if code != ffi::SQLITE_OK {
                return Err(self.db.error(code));
            }
        }
        Ok(())
    }

    /// Goes to the next row; false at the end.
    pub fn step(&mut self) -> Result<bool, StoreError> {
        // SAFETY: the statement is valid and its connection not in use elsewhere.
        match unsafe { ffi::sqlite3_step(self.raw.as_ptr()) } {
            ffi::SQLITE_ROW => Ok(true),
            ffi::SQLITE_DONE => Ok(false),
            code => Err(self.db.error(code)),
        }
    }

    /// Makes the statement ready to run again and forgets its parameters.
    pub fn reset(&mut self) {
        // SAFETY: the statement is valid. The code repeats the error of the last step, which was reported then.
        unsafe {
            ffi::sqlite3_reset(self.raw.as_ptr());
            ffi::sqlite3_clear_bindings(self.raw.as_ptr());
        }
    }

    /// True where the column is NULL.
    pub fn is_null(&self, column: usize) -> bool {
        // SAFETY: the statement is valid; an out-of-range column reads as NULL.
        unsafe { ffi::sqlite3_column_type(self.raw.as_ptr(), column as c_int) == ffi::SQLITE_NULL }
    }

    /// The column as a number; 0 for NULL.
    pub fn int(&self, column: usize) -> i64 {
        // SAFETY: as above.
        unsafe { ffi::sqlite3_column_int64(self.raw.as_ptr(), column as c_int) }
    }

    /// The column as a number, if it has one.
    pub fn optional_int(&self, column: usize) -> Option<i64> {
        (!self.is_null(column)).then(|| self.int(column))
    }

    /// The column as text, valid until the next step; "" for NULL and for bytes that are not UTF-8.
    pub fn text(&self, column: usize) -> &str {
        // SAFETY: the pointer is valid for `sqlite3_column_bytes` bytes until the next step or reset, which need
        // `&mut self`; asking for the text before its length is the order SQLite demands.
        unsafe {
            let start = ffi::sqlite3_column_text(self.raw.as_ptr(), column as c_int);
            let length = ffi::sqlite3_column_bytes(self.raw.as_ptr(), column as c_int);
            if start.is_null() {
                return "";
            }
            std::str::from_utf8(std::slice::from_raw_parts(start, length as usize)).unwrap_or("")
        }
    }

    /// The column as text, if it has one.
    pub fn optional_text(&self, column: usize) -> Option<String> {
        (!self.is_null(column)).then(|| self.text(column).to_owned())
    }

    /// The column as an id. Errors: `Damaged` for anything that is none, NULL too.
    pub fn id(&self, column: usize) -> Result<Id, StoreError> {
        Id::from_bytes(self.blob(column))
            .ok_or_else(|| StoreError::Damaged(format!("what stands for an id in the column {}", self.name(column))))
    }

    /// The column as an id, if it has one. Errors: `Damaged` for anything else: what a record refers to must not get lost
    /// in silence.
    pub fn optional_id(&self, column: usize) -> Result<Option<Id>, StoreError> {
        if self.is_null(column) { Ok(None) } else { self.id(column).map(Some) }
    }

    /// The name of a column as the statement gives it.
    fn name(&self, column: usize) -> String {
        // SAFETY: the statement is valid; the name, null for a column out of range, is valid until the statement ends or
        // is asked again, and copied here.
        unsafe {
            let name = ffi::sqlite3_column_name(self.raw.as_ptr(), column as c_int);
            if name.is_null() { column.to_string() } else { CStr::from_ptr(name).to_string_lossy().into_owned() }
        }
    }

    /// The column as bytes, valid until the next step; empty for NULL.
    pub fn blob(&self, column: usize) -> &[u8] {
        // SAFETY: as for text.
        unsafe {
            let start: *const u8 = ffi::sqlite3_column_blob(self.raw.as_ptr(), column as c_int).cast();
            let length = ffi::sqlite3_column_bytes(self.raw.as_ptr(), column as c_int);
            if start.is_null() { &[] } else { std::slice::from_raw_parts(start, length as usize) }
        }
    }
}

impl Drop for Statement<'_> {
    fn drop(&mut self) {
        finalize(self.raw);
    }
}
