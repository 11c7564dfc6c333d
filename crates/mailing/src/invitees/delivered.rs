//! What is written down of an invitation once its message went, or came back: until then nobody was invited.

use liaison_domain::reminder::Sent;
use liaison_domain::{Id, Record, RecordKind, Value, activation, invitation, student};
use liaison_queries::invitations::{self, LastInvitations};
use liaison_store::table::Located;
use liaison_store::{Recorder, StoreError, table};

/// Writes down that the message `id` went at `now`, where it is one of an invitation. The 24 hours begin here.
pub(crate) fn went(recorder: &mut Recorder<'_>, id: Id, now: i64) -> Result<(), StoreError> {
    let Some(located) = invitation(recorder, id)? else { return Ok(()) };
    let latest = invitations::latest(recorder.db())?;
    let clock = invitations::wall_clock(recorder.db())?.sending(now, latest);
    invitations::keep_wall_clock(recorder.db(), clock)?;
    let sent = Sent::at(now, latest);
    let changes = [
        located.record.change(&invitation::SENT_AT, Value::Moment(sent.wall)),
        located.record.change(&invitation::CLOCK, Value::Moment(sent.clock)),
    ];
    let changes: Vec<_> = changes.into_iter().flatten().collect();
    recorder.update(RecordKind::Invitation, located.n, id, &changes)?;
    set_invited(recorder, &located.record, Value::Moment(sent.wall))
}

/// Writes down that the message `id` came back, where it is one of an invitation: what went before it counts again.
/// Called after the outbox says so.
pub(crate) fn came_back(recorder: &mut Recorder<'_>, id: Id) -> Result<(), StoreError> {
    let Some(located) = invitation(recorder, id)? else { return Ok(()) };
    let change = located.record.change(&invitation::SENT_AT, Value::Empty);
    recorder.update(RecordKind::Invitation, located.n, id, change.as_slice())?;
    let before = match located.record.get(&invitation::STUDENT).as_reference() {
        Some(student) => LastInvitations::prepare(recorder.db(), RecordKind::Student)?.of(student)?,
        None => None,
    };
    let went = before.and_then(|last| last.went);
    set_invited(recorder, &located.record, went.map_or(Value::Empty, |went| Value::Moment(went.sent.wall)))
}

fn invitation(recorder: &Recorder<'_>, id: Id) -> Result<Option<Located>, StoreError> {
    Ok(table::find(recorder.db(), RecordKind::Invitation, id)?.filter(|located| !located.record.is_deleted()))
}

/// Students have the moment of their last invitation among their fields; contacts do not.
fn set_invited(recorder: &mut Recorder<'_>, sent: &Record, value: Value) -> Result<(), StoreError> {
    let person = activation::person_field(RecordKind::Student);
    let Some(student) = sent.get(person).as_reference() else { return Ok(()) };
    let Some(located) = table::find(recorder.db(), RecordKind::Student, student)? else { return Ok(()) };
    let change = located.record.change(&student::INVITED_AT, value);
    recorder.update(RecordKind::Student, located.n, student, change.as_slice())
}
