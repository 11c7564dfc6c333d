//! The outbox of this device: mailings and their messages. Every step is one statement that names the state it leaves,
//! so that nothing is done twice, whatever happens in between.

use liaison_domain::outbox::OutboxState;
use liaison_domain::{Id, RecordKind};
use liaison_store::{Db, Sql, Statement, StoreError};
use std::collections::BTreeMap;

/// One text, to one person or to many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailing {
    /// Its id.
    pub id: Id,
    /// When it was written, in milliseconds since 1970.
    pub created_at: i64,
    /// What it is for: one of `mail_template::PURPOSES`, or `PERSONAL`.
    pub purpose: String,
    /// Subject line, with places.
    pub subject: String,
    /// The text, with places.
    pub text: String,
    /// Words on the button, where the messages have a link.
    pub button: Option<String>,
    /// The staff member who sends it.
    pub author: Id,
}

/// A message to be put into the outbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outgoing {
    /// The contact it goes to.
    pub contact: Option<Id>,
    /// The student or alum it goes to.
    pub student: Option<Id>,
    /// The employer user it goes to; `contact` is then the linked one.
    pub employer_user: Option<Id>,
    /// Name of the recipient.
    pub name: String,
    /// Address of the recipient.
    pub address: String,
    /// What stands in the places of the text.
    pub places: BTreeMap<String, String>,
    /// Where the button leads. Forgotten once the message is sent: it may be a secret.
    pub link: Option<String>,
    /// From when on it is not worth sending, in milliseconds since 1970: its link has expired then, say.
    pub good_until: Option<i64>,
}

/// A message in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// Row number.
    pub n: i64,
    /// Its id; the Message-ID is made from it.
    pub id: Id,
    /// The text it is one of.
    pub mailing: Id,
    /// Whom it goes to, and what is in it.
    pub message: Outgoing,
    /// Where it stands.
    pub state: OutboxState,
    /// How often the server put it off.
    pub attempts: u32,
    /// When it is to be tried, in milliseconds since 1970.
    pub due_at: i64,
    /// When its state changed last.
    pub changed_at: i64,
    /// The Message-ID it was, or may have been, sent with.
    pub message_id: Option<String>,
    /// Why it failed, is unclear or was cancelled: a key.
    pub reason: Option<String>,
    /// The server's own words.
    pub detail: Option<String>,
    /// The e-mail record of it.
    pub email: Option<Id>,
}

/// What changes with the state of a message.
#[derive(Clone, Copy, Debug, Default)]
pub struct Change<'a> {
    /// The moment, in milliseconds since 1970.
    pub at: i64,
    /// When it is to be tried next.
    pub due_at: Option<i64>,
    /// The server put it off once more.
    pub attempt: bool,
    /// Its Message-ID.
    pub message_id: Option<&'a str>,
    /// Why: a key.
    pub reason: Option<&'a str>,
    /// The server's own words.
    pub detail: Option<&'a str>,
    /// The e-mail record of it.
    pub email: Option<Id>,
}

/// Keeps a mailing. Its messages follow with [`Putting`].
pub fn put_mailing(db: &Db<'_>, mailing: &Mailing) -> Result<(), StoreError> {
    db.run(
        "INSERT INTO mailing(id,created_at,purpose,subject,text,button,author) VALUES(?,?,?,?,?,?,?)",
        &[
            Sql::Blob(mailing.id.bytes()),
            Sql::Int(mailing.created_at),
            Sql::Text(&mailing.purpose),
            Sql::Text(&mailing.subject),
            Sql::Text(&mailing.text),
            mailing.button.as_deref().map_or(Sql::Null, Sql::Text),
            Sql::Blob(mailing.author.bytes()),
        ],
    )?;
    Ok(())
}

/// Forgets a mailing that has no message.
pub fn forget_mailing(db: &Db<'_>, id: Id) -> Result<(), StoreError> {
    db.run("DELETE FROM mailing WHERE id=?", &[Sql::Blob(id.bytes())])?;
    Ok(())
}

/// Puts the messages of a mailing into the outbox.
pub struct Putting<'d> {
    insert: Statement<'d>,
    mailing: Id,
}

impl<'d> Putting<'d> {
    /// For messages of this mailing, which must have been put first.
    pub fn prepare(db: &'d Db<'d>, mailing: Id) -> Result<Putting<'d>, StoreError> {
        let insert = db.prepare(
            "INSERT INTO outbox(id,mailing,contact,student,employer_user,name,address,places,link,state,due_at,changed_at,
                good_until)
             VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?)",
        )?;
        Ok(Putting { insert, mailing })
    }

    /// Puts one message, due at `now`.
    pub fn put(&mut self, id: Id, message: &Outgoing, now: i64) -> Result<(), StoreError> {
        self.put_later(id, message, now, now)
    }

    /// Puts one message at `now` that is due at `due`.
    pub fn put_later(&mut self, id: Id, message: &Outgoing, now: i64, due: i64) -> Result<(), StoreError> {
        let places = serde_json::to_string(&message.places).map_err(|e| StoreError::Damaged(e.to_string()))?;
        self.insert.execute(&[
            Sql::Blob(id.bytes()),
            Sql::Blob(self.mailing.bytes()),
            message.contact.as_ref().map_or(Sql::Null, |id| Sql::Blob(id.bytes())),
            message.student.as_ref().map_or(Sql::Null, |id| Sql::Blob(id.bytes())),
            message.employer_user.as_ref().map_or(Sql::Null, |id| Sql::Blob(id.bytes())),
            Sql::Text(&message.name),
            Sql::Text(&message.address),
            Sql::Text(&places),
            message.link.as_deref().map_or(Sql::Null, Sql::Text),
            Sql::Text(OutboxState::Waiting.key()),
            Sql::Int(due),
            Sql::Int(now),
            message.good_until.map_or(Sql::Null, Sql::Int),
        ])
    }
}

/// Moves a message from one state to another. False, and nothing done, where it is not in the state it is to leave.
pub fn change(
    db: &Db<'_>,
    id: Id,
    from: OutboxState,
    to: OutboxState,
    change: &Change<'_>,
) -> Result<bool, StoreError> {
    // A link is for its recipient's eyes: it goes once the message went, or never will.
    let forget = matches!(to, OutboxState::Sent | OutboxState::HandedOver | OutboxState::Cancelled);
    let changed = db.run(
        "UPDATE outbox SET state=?,changed_at=?,due_at=coalesce(?,due_at),
            attempts=CASE WHEN ? THEN 0 ELSE attempts+? END,
            message_id=coalesce(?,message_id),reason=?,detail=?,email=coalesce(?,email),
            link=CASE WHEN ? THEN NULL ELSE link END
         WHERE id=? AND state=?",
        &[
            Sql::Text(to.key()),
            Sql::Int(change.at),
            change.due_at.map_or(Sql::Null, Sql::Int),
            // A person tries again: the count begins anew.
            Sql::Int(i64::from(from == OutboxState::Failed)),
            Sql::Int(i64::from(change.attempt)),
            change.message_id.map_or(Sql::Null, Sql::Text),
            change.reason.map_or(Sql::Null, Sql::Text),
            change.detail.map_or(Sql::Null, Sql::Text),
            change.email.as_ref().map_or(Sql::Null, |email| Sql::Blob(email.bytes())),
            Sql::Int(i64::from(forget)),
            Sql::Blob(id.bytes()),
            Sql::Text(from.key()),
        ],
    )?;
    Ok(changed == 1)
}

/// Marks what was being sent when the program ended: it may have been sent. How many there were.
pub fn interrupted(db: &Db<'_>, now: i64, reason: &str) -> Result<usize, StoreError> {
    db.run(
        "UPDATE outbox SET state='unclear',changed_at=?,reason=? WHERE state='sending'",
        &[Sql::Int(now), Sql::Text(reason)],
    )
}

/// Marks what was to be sent when a backup was made, before that takes the place of the database: it may have been sent
/// since. How many messages that was.
pub fn restored(db: &Db<'_>, now: i64, reason: &str) -> Result<usize, StoreError> {
    db.run(
        "UPDATE outbox SET state='unclear',changed_at=?,reason=? WHERE state IN('waiting','sending')",
        &[Sql::Int(now), Sql::Text(reason)],
    )
}

/// How many messages there are that [`restored`] would mark.
pub fn unsent(db: &Db<'_>) -> Result<u32, StoreError> {
    Ok(db.number("SELECT count(*) FROM outbox WHERE state IN('waiting','sending')", &[])? as u32)
}

/// Whether messages that will not be sent any more have links that no longer work.
pub fn has_expired_links(db: &Db<'_>, now: i64) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS(SELECT 1 FROM outbox WHERE link IS NOT NULL AND good_until<=? AND state<>'sending')";
    Ok(db.number(sql, &[Sql::Int(now)])? == 1)
}

/// Forgets those links; what waits is given up for its age when it is due.
pub fn forget_expired_links(db: &Db<'_>, now: i64) -> Result<usize, StoreError> {
    let sql = "UPDATE outbox SET link=NULL WHERE link IS NOT NULL AND good_until<=? AND state<>'sending'";
    db.run(sql, &[Sql::Int(now)])
}

/// Cancels what still waits of a mailing. How many messages that was.
pub fn cancel_mailing(db: &Db<'_>, mailing: Id, now: i64) -> Result<usize, StoreError> {
    db.run(
        "UPDATE outbox SET state='cancelled',changed_at=?,link=NULL WHERE mailing=? AND state='waiting'",
        &[Sql::Int(now), Sql::Blob(mailing.bytes())],
    )
}

const COLUMNS: &str = "n,id,mailing,contact,student,name,address,places,link,state,attempts,due_at,changed_at,message_id,\
    reason,detail,email,good_until,employer_user";

fn read(row: &Statement<'_>) -> Result<Queued, StoreError> {
    Ok(Queued {
        n: row.int(0),
        id: row.id(1)?,
        mailing: row.id(2)?,
        message: Outgoing {
            contact: row.optional_id(3)?,
            student: row.optional_id(4)?,
            employer_user: row.optional_id(18)?,
            name: row.text(5).to_owned(),
            address: row.text(6).to_owned(),
            places: serde_json::from_str(row.text(7)).map_err(|e| StoreError::Damaged(format!("outbox: {e}")))?,
            link: row.optional_text(8),
            good_until: row.optional_int(17),
        },
        state: OutboxState::from_key(row.text(9)).ok_or_else(|| StoreError::Damaged("a state in the outbox".into()))?,
        attempts: u32::try_from(row.int(10)).unwrap_or(u32::MAX),
        due_at: row.int(11),
        changed_at: row.int(12),
        message_id: row.optional_text(13),
        reason: row.optional_text(14),
        detail: row.optional_text(15),
        email: row.optional_id(16)?,
    })
}

/// The messages that are due at `now`, those that waited longest first.
pub fn due(db: &Db<'_>, now: i64, most: u32) -> Result<Vec<Queued>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE state='waiting' AND due_at<=? ORDER BY due_at,n LIMIT ?");
    db.all(&sql, &[Sql::Int(now), Sql::Int(i64::from(most))], read)
}

/// When the next message is due; `None` where none waits.
pub fn next_due(db: &Db<'_>) -> Result<Option<i64>, StoreError> {
    Ok(db.first("SELECT min(due_at) FROM outbox WHERE state='waiting'", &[], |row| Ok(row.optional_int(0)))?.flatten())
}

/// The message with this id.
pub fn find(db: &Db<'_>, id: Id) -> Result<Option<Queued>, StoreError> {
    db.first(&format!("SELECT {COLUMNS} FROM outbox WHERE id=?"), &[Sql::Blob(id.bytes())], read)
}

/// The mailing with this id.
pub fn mailing(db: &Db<'_>, id: Id) -> Result<Option<Mailing>, StoreError> {
    let sql = "SELECT id,created_at,purpose,subject,text,button,author FROM mailing WHERE id=?";
    db.first(sql, &[Sql::Blob(id.bytes())], |row| {
        Ok(Mailing {
            id: row.id(0)?,
            created_at: row.int(1),
            purpose: row.text(2).to_owned(),
            subject: row.text(3).to_owned(),
            text: row.text(4).to_owned(),
            button: row.optional_text(5),
            author: row.id(6)?,
        })
    })
}

/// Which messages of the outbox to look at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Which {
    /// In this state.
    pub state: Option<OutboxState>,
    /// Of this mailing.
    pub mailing: Option<Id>,
    /// To this person: a contact, a student or alum, an employer user.
    pub to: Option<(RecordKind, Id)>,
}

impl Which {
    fn condition(&self) -> (String, Vec<Sql<'_>>) {
        let (mut parts, mut bound) = (vec!["1"], Vec::new());
        if let Some(state) = self.state {
            parts.push("state=?");
            bound.push(Sql::Text(state.key()));
        }
        if let Some(mailing) = &self.mailing {
            parts.push("mailing=?");
            bound.push(Sql::Blob(mailing.bytes()));
        }
        if let Some((kind, id)) = &self.to {
            parts.push(match kind {
                RecordKind::Contact => "contact=?",
                RecordKind::Student => "student=?",
                RecordKind::EmployerUser => "employer_user=?",
                // Nobody writes to anything else.
                _ => "? IS NULL",
            });
            bound.push(Sql::Blob(id.bytes()));
        }
        (parts.join(" AND "), bound)
    }
}

/// Messages, the newest first.
pub fn list(db: &Db<'_>, which: &Which, offset: u32, most: u32) -> Result<Vec<Queued>, StoreError> {
    let (condition, mut bound) = which.condition();
    bound.extend([Sql::Int(i64::from(most)), Sql::Int(i64::from(offset))]);
    let sql = format!("SELECT {COLUMNS} FROM outbox WHERE {condition} ORDER BY n DESC LIMIT ? OFFSET ?");
    db.all(&sql, &bound, read)
}

/// How many messages are in each state.
pub fn counts(db: &Db<'_>, which: &Which) -> Result<Vec<(OutboxState, u32)>, StoreError> {
    let (condition, bound) = which.condition();
    let sql = format!("SELECT state,count(*) FROM outbox WHERE {condition} GROUP BY state");
    let rows = db.all(&sql, &bound, |row| Ok((OutboxState::from_key(row.text(0)), row.int(1) as u32)))?;
    Ok(rows.into_iter().filter_map(|(state, count)| Some((state?, count))).collect())
}

/// The settings of this device as they were stored, and the password where it is kept beside them.
pub fn settings(db: &Db<'_>) -> Result<Option<(String, Option<String>)>, StoreError> {
    let sql = "SELECT settings,password FROM mail_settings WHERE n=1";
    db.first(sql, &[], |row| Ok((row.text(0).to_owned(), row.optional_text(1))))
}

/// Stores the settings of this device; `password` only where no keychain keeps it.
pub fn set_settings(db: &Db<'_>, settings: &str, password: Option<&str>) -> Result<(), StoreError> {
    db.run(
        "INSERT INTO mail_settings(n,settings,password) VALUES(1,?,?)
         ON CONFLICT(n) DO UPDATE SET settings=excluded.settings,password=excluded.password",
        &[Sql::Text(settings), password.map_or(Sql::Null, Sql::Text)],
    )?;
    Ok(())
}

/// Forgets the settings of this device.
pub fn clear_settings(db: &Db<'_>) -> Result<(), StoreError> {
    db.run("DELETE FROM mail_settings", &[])?;
    Ok(())
}
