//! What follows from a change by rule, in the same operation: employment history and former addresses (M24, M45),
//! AutoSync (M19), and that a primary contact is one of the employer's own (M17).
//!
//! This is done where records are written, so that no way of changing them forgets it. The rules are in the domain.

use crate::error::StoreError;
use crate::links;
use crate::recording::Recording;
use crate::sqlite::{Db, Sql, Statement};
use crate::table;
use liaison_domain::auto_sync::{OF_EMPLOYER, OF_USER, carry_over, catch_up};
use liaison_domain::employment::{self, Move, Step, former_emails};
use liaison_domain::field::{CREATED_AT, DELETED_AT};
use liaison_domain::id::IdSequence;
use liaison_domain::moment::Zone;
use liaison_domain::name::organization_key;
use liaison_domain::{Field, FieldChange, Id, Record, RecordKind, Value, contact, employer, time_zone};
use rand::RngCore as _;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// What is kept while an operation's consequences are drawn.
pub(crate) struct Following<'d> {
    /// The day that histories are written as of, `yyyy-mm-dd`: that of the operation where the institution is.
    today: String,
    ids: IdSequence,
    contact: Option<Statement<'d>>,
    history: Option<Statement<'d>>,
    /// Whether an employer is the one called "Inactive".
    placeholders: HashMap<Id, bool>,
    /// Contacts that left their employer, or the directory: they may have been primary.
    left: Vec<Id>,
    /// Employers whose primary contact changed.
    chosen: HashSet<Id>,
    /// What follows is among the changes already.
    is_told: bool,
}

impl<'d> Following<'d> {
    /// What follows from the changes to come is among them already.
    pub(crate) fn is_told(&mut self) {
        self.is_told = true;
    }

    /// At `now`, in milliseconds since 1970, on the clock of `zone`.
    pub(crate) fn new(now: u64, zone: Zone) -> Following<'d> {
        let mut random = [0; 10];
        rand::rng().fill_bytes(&mut random);
        Following {
            today: time_zone::day(now as i64, zone).to_string(),
            ids: IdSequence::new(now, random),
            contact: None,
            history: None,
            placeholders: HashMap::new(),
            left: Vec::new(),
            chosen: HashSet::new(),
            is_told: false,
        }
    }

    /// Histories are written as of this day, and not of the operation's.
    pub(crate) fn as_of(&mut self, day: &str) {
        day.clone_into(&mut self.today);
    }

    /// The contact in row `n`.
    fn contact(&mut self, db: &'d Db<'d>, n: i64) -> Result<Option<Record>, StoreError> {
        let statement = match &mut self.contact {
            Some(statement) => statement,
            none => {
                let columns = table::columns(db.registry(), RecordKind::Contact);
                none.insert(db.prepare(&format!("SELECT id,{columns} FROM contact WHERE n=?"))?)
            }
        };
        statement.bind(&[Sql::Int(n)])?;
        if !statement.step()? {
            return Ok(None);
        }
        let id = statement.id(0)?;
        let record = table::record(statement, 1, RecordKind::Contact, id)?;
        statement.reset();
        Ok(Some(record))
    }

    /// The employments of a contact, with their row numbers, in the order they were made.
    fn history(&mut self, db: &'d Db<'d>, contact: Id) -> Result<(Vec<i64>, Vec<Record>), StoreError> {
        let statement = match &mut self.history {
            Some(statement) => statement,
            none => {
                let columns = table::columns(db.registry(), RecordKind::Employment);
                none.insert(db.prepare(&format!(
                    "SELECT n,id,{columns} FROM employment WHERE contact=? AND deleted_at IS NULL ORDER BY n"
                ))?)
            }
        };
        statement.bind(&[Sql::Blob(contact.bytes())])?;
        let (mut rows, mut records) = (Vec::new(), Vec::new());
        while statement.step()? {
            let id = statement.id(1)?;
            rows.push(statement.int(0));
            records.push(table::record(statement, 2, RecordKind::Employment, id)?);
        }
        statement.reset();
        Ok((rows, records))
    }

    fn is_placeholder(&mut self, db: &Db<'_>, id: Id) -> Result<bool, StoreError> {
        if let Some(known) = self.placeholders.get(&id) {
            return Ok(*known);
        }
        let key = organization_key(employer::INACTIVE);
        let sql = "SELECT count(*) FROM employer WHERE id=? AND name_key=?";
        let is = db.number(sql, &[Sql::Blob(id.bytes()), Sql::Text(&key)])? > 0;
        self.placeholders.insert(id, is);
        Ok(is)
    }
}

fn of<'c>(changes: &'c [FieldChange], field: &Field) -> Option<&'c FieldChange> {
    changes.iter().find(|change| change.field == field.number)
}

impl<'d> Following<'d> {
    /// Changes fields of the record in row `n`, and all that follows from it.
    pub(crate) fn update(
        &mut self,
        recording: &mut Recording<'d>,
        kind: RecordKind,
        n: i64,
        id: Id,
        changes: &[FieldChange],
    ) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        let (changes, moved) = self.complete(recording, kind, n, changes)?;
        recording.write(kind, n, id, &changes)?;
        self.follow(recording, kind, id, &changes, moved)
    }

    /// Adds to the changes of a contact what changes with them on the same record. With it comes the contact as it was,
    /// where it moves to another employer.
    fn complete<'c>(
        &mut self,
        recording: &Recording<'d>,
        kind: RecordKind,
        n: i64,
        changes: &'c [FieldChange],
    ) -> Result<(Cow<'c, [FieldChange]>, Option<Record>), StoreError> {
        let unchanged = Cow::Borrowed(changes);
        if kind != RecordKind::Contact || self.is_told || !recording.intent.kind.has_consequences() {
            return Ok((unchanged, None));
        }
        let moves = of(changes, &contact::EMPLOYER).is_some();
        let begins = of(changes, &contact::AUTO_SYNC).is_some_and(|change| change.after.as_flag());
        let address = of(changes, &contact::EMAIL).filter(|_| of(changes, &contact::FORMER_EMAILS).is_none());
        if !moves && !begins && address.is_none() {
            return Ok((unchanged, None));
        }
        let Some(before) = self.contact(recording.db, n)? else { return Ok((unchanged, None)) };
        let mut all = changes.to_vec();
        let former = before.get(&contact::FORMER_EMAILS);
        if let Some(after) = address.and_then(|change| former_emails(&change.before, &change.after, former)) {
            all.extend(before.change(&contact::FORMER_EMAILS, after));
        }
        if moves || begins {
            let mut after = before.clone();
            after.apply(&all);
            let mut taken = Vec::new();
            if let Some(employer) = after.get(&contact::EMPLOYER).as_reference()
                && after.get(&contact::AUTO_SYNC).as_flag()
                && let Some(employer) = table::find(recording.db, RecordKind::Employer, employer)?
            {
                let former = match before.get(&contact::EMPLOYER).as_reference().filter(|_| moves) {
                    Some(former) => table::find(recording.db, RecordKind::Employer, former)?.map(|found| found.record),
                    None => None,
                };
                taken.extend(catch_up(OF_EMPLOYER, &after, &employer.record, former.as_ref()));
            }
            if begins && let Some(user) = user_of(recording.db, &after)? {
                taken.extend(catch_up(OF_USER, &after, &user, None));
            }
            // What was said expressly holds.
            taken.retain(|change| !all.iter().any(|have| have.field == change.field));
            all.extend(taken);
        }
        Ok((Cow::Owned(all), moves.then_some(before)))
    }

    /// Changes other records as these changes demand; `moved` is the contact as it was before a move.
    fn follow(
        &mut self,
        recording: &mut Recording<'d>,
        kind: RecordKind,
        id: Id,
        changes: &[FieldChange],
        moved: Option<Record>,
    ) -> Result<(), StoreError> {
        let consequences = !self.is_told && recording.intent.kind.has_consequences();
        match kind {
            RecordKind::Contact => {
                let trashed = of(changes, &DELETED_AT).is_some_and(|change| !change.after.is_empty());
                if trashed || of(changes, &contact::EMPLOYER).is_some() {
                    self.left.push(id);
                }
                match moved {
                    Some(before) => self.write_history(recording, &before, changes),
                    None => Ok(()),
                }
            }
            RecordKind::Employer => {
                if of(changes, &employer::PRIMARY_CONTACT).is_some() {
                    self.chosen.insert(id);
                }
                if !consequences || !OF_EMPLOYER.iter().any(|(from, _)| of(changes, from).is_some()) {
                    return Ok(());
                }
                let rows = rows(
                    recording.db,
                    "SELECT n FROM contact WHERE employer=? AND auto_sync=1 AND deleted_at IS NULL ORDER BY n",
                    Sql::Blob(id.bytes()),
                )?;
                self.carry(recording, OF_EMPLOYER, &rows, changes)
            }
            RecordKind::EmployerUser => {
                if !consequences || !OF_USER.iter().any(|(from, _)| of(changes, from).is_some()) {
                    return Ok(());
                }
                let sql = "SELECT c.n FROM contact c,employer_user u WHERE u.id=? AND c.auto_sync=1
                    AND c.deleted_at IS NULL AND (c.email_key=u.email_key
                        OR c.alias_keys<>'[]' AND u.email_key IN (SELECT value FROM json_each(c.alias_keys)))
                    ORDER BY c.n";
                let rows = rows(recording.db, sql, Sql::Blob(id.bytes()))?;
                let mut linked = Vec::new();
                for n in rows {
                    let Some(contact) = self.contact(recording.db, n)? else { continue };
                    if links::users_of(recording.db, &contact)?.iter().any(|(_, user)| *user == id) {
                        linked.push(n);
                    }
                }
                self.carry(recording, OF_USER, &linked, changes)
            }
            _ => Ok(()),
        }
    }

    fn carry(
        &mut self,
        recording: &mut Recording<'d>,
        pairs: &[(&Field, &Field)],
        rows: &[i64],
        source: &[FieldChange],
    ) -> Result<(), StoreError> {
        for n in rows {
            let Some(contact) = self.contact(recording.db, *n)? else { continue };
            let carried = carry_over(pairs, &contact, source);
            self.update(recording, RecordKind::Contact, *n, contact.id, &carried)?;
        }
        Ok(())
    }

    fn write_history(
        &mut self,
        recording: &mut Recording<'d>,
        before: &Record,
        changes: &[FieldChange],
    ) -> Result<(), StoreError> {
        let Some(moved) = of(changes, &contact::EMPLOYER) else { return Ok(()) };
        let moved = Move {
            from: moved.before.as_reference(),
            to: moved.after.as_reference(),
            title: before.get(&contact::TITLE),
            email: before.get(&contact::EMAIL),
        };
        let (rows, history) = self.history(recording.db, before.id)?;
        let mut placeholders = Vec::new();
        for employer in [moved.from, moved.to].into_iter().flatten() {
            if self.is_placeholder(recording.db, employer)? {
                placeholders.push(employer);
            }
        }
        let steps = employment::steps(&moved, &history, &self.today, |id| placeholders.contains(&id));
        for step in steps {
            match step {
                Step::Change { index, changes } => {
                    self.update(recording, RecordKind::Employment, rows[index], history[index].id, &changes)?;
                }
                Step::Add(values) => {
                    let mut record = Record::blank(RecordKind::Employment, self.ids.next_id());
                    record.set(&CREATED_AT, Value::Moment(recording.intent.now as i64));
                    record.set(&employment::CONTACT, before.id);
                    for (field, value) in values {
                        record.set(field, value);
                    }
                    recording.create(&record)?;
                }
            }
        }
        Ok(())
    }

    /// Employers whose primary contact has left them, lies in the trash or never was theirs have none from now on.
    pub(crate) fn settle_primaries(&mut self, recording: &mut Recording<'d>) -> Result<(), StoreError> {
        let left = std::mem::take(&mut self.left);
        let mut chosen = std::mem::take(&mut self.chosen);
        if !left.is_empty() {
            let mut having = recording.db.prepare("SELECT id FROM employer WHERE primary_contact=?")?;
            for contact in left {
                having.bind(&[Sql::Blob(contact.bytes())])?;
                while having.step()? {
                    chosen.insert(having.id(0)?);
                }
            }
        }
        let mut chosen: Vec<Id> = chosen.into_iter().collect();
        chosen.sort_unstable();
        for id in chosen {
            let Some(located) = table::find(recording.db, RecordKind::Employer, id)? else { continue };
            let Some(primary) = located.record.get(&employer::PRIMARY_CONTACT).as_reference() else { continue };
            let own = table::find(recording.db, RecordKind::Contact, primary)?.is_some_and(|contact| {
                !contact.record.is_deleted() && contact.record.get(&contact::EMPLOYER).as_reference() == Some(id)
            });
            if !own {
                let none = located.record.change(&employer::PRIMARY_CONTACT, Value::Empty);
                self.update(recording, RecordKind::Employer, located.n, id, none.as_slice())?;
            }
        }
        Ok(())
    }
}

/// The employer user linked with a contact (M45).
fn user_of(db: &Db<'_>, contact: &Record) -> Result<Option<Record>, StoreError> {
    let Some((_, user)) = links::users_of(db, contact)?.into_iter().next() else { return Ok(None) };
    Ok(table::find(db, RecordKind::EmployerUser, user)?.map(|located| located.record))
}

fn rows(db: &Db<'_>, sql: &str, parameter: Sql<'_>) -> Result<Vec<i64>, StoreError> {
    db.all(sql, &[parameter], |row| Ok(row.int(0)))
}
