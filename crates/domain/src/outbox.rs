//! The outbox: which states a message goes through, when it is tried again, and who is left out of outreach.

use crate::field::Field;
use crate::kind::RecordKind;
use crate::record::Record;
use crate::refusal::Problem;
use crate::{contact, student};
use serde::{Deserialize, Serialize};
use specta::Type;
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

/// Why a message failed that no server delivers to its address: the key of the reason as the outbox keeps it.
pub const RECIPIENT: &str = "recipient";

/// Where a message in the outbox stands.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    Type,
    EnumCount,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum OutboxState {
    /// It is to be sent.
    Waiting,
    /// It is being handed to the server at this moment.
    Sending,
    /// It was handed to the server and no answer came, or the program ended in between: it may or may not have been
    /// sent. It is never sent again by itself.
    Unclear,
    /// The server took it.
    Sent,
    /// The server will not take it, or did not take it in the end.
    Failed,
    /// It was sent and came back.
    Bounced,
    /// It was handed over to the person's own mail program.
    HandedOver,
    /// It is not to be sent any more.
    Cancelled,
}

impl OutboxState {
    /// Every state.
    pub const ALL: [OutboxState; OutboxState::COUNT] =
        *OutboxState::VARIANTS.first_chunk().expect("as many as there are");

    /// The key as stored.
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// The state with this key.
    pub fn from_key(key: &str) -> Option<OutboxState> {
        key.parse().ok()
    }

    /// The states this one may be left for. What may have been sent is never waiting again without a person saying so.
    pub fn next(self) -> &'static [OutboxState] {
        use OutboxState::*;
        match self {
            // Unclear after a restore: what waited when the backup was made may have been sent since.
            Waiting => &[Sending, Unclear, HandedOver, Cancelled, Failed],
            Sending => &[Waiting, Unclear, Sent, Failed],
            // By a person's decision only.
            Unclear => &[Sent, Waiting, Cancelled],
            Failed => &[Waiting, HandedOver, Cancelled],
            Sent | HandedOver => &[Bounced],
            Bounced | Cancelled => &[],
        }
    }

    /// Whether the message counts as sent: the server took it, or the person's own mail program has it, and it did not
    /// come back. What may or may not have been sent does not count until a person has said so.
    pub fn counts_as_sent(self) -> bool {
        matches!(self, OutboxState::Sent | OutboxState::HandedOver)
    }

    /// Whether the address itself is what the message failed by: a server does not deliver to it, or the message came
    /// back. What failed for another reason says nothing about the address.
    pub fn refuses_address(self, reason: Option<&str>) -> bool {
        match self {
            OutboxState::Bounced => true,
            OutboxState::Failed => reason == Some(RECIPIENT),
            _ => false,
        }
    }

    /// Whether nothing more happens to the message by itself.
    pub fn is_at_rest(self) -> bool {
        !matches!(self, OutboxState::Waiting | OutboxState::Sending)
    }
}

const MINUTE: i64 = 60 * 1000;

/// How long to wait after each time a server put a message off. Greylisting asks for some minutes, a full mailbox for a
/// day; servers themselves give up after four or five days.
const PUT_OFF: [i64; 9] = [
    5 * MINUTE,
    15 * MINUTE,
    60 * MINUTE,
    4 * 60 * MINUTE,
    12 * 60 * MINUTE,
    24 * 60 * MINUTE,
    24 * 60 * MINUTE,
    24 * 60 * MINUTE,
    24 * 60 * MINUTE,
];

/// How long to wait before a message is tried again that a server put off `attempts` times, in milliseconds. `None`
/// where it is time to stop.
pub fn retry_after(attempts: u32) -> Option<i64> {
    let index = usize::try_from(attempts.checked_sub(1)?).ok()?;
    PUT_OFF.get(index).copied()
}

/// How long to wait before the server is tried again that could not be reached `failures` times in a row, in
/// milliseconds. Being offline counts against no message, however many weeks it lasts.
pub fn reconnect_after(failures: u32) -> i64 {
    [MINUTE, 2 * MINUTE, 5 * MINUTE].get(failures.saturating_sub(1) as usize).copied().unwrap_or(10 * MINUTE)
}

/// Why somebody is left out of outreach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum LeftOut {
    /// "Do not email" is set.
    DoNotEmail,
    /// The desk rejected the contact.
    Rejected,
    /// The account of the student or alum is deactivated.
    Deactivated,
    /// The profile of the employer user can't be opened: no contact that one sees is linked (M49).
    Private,
    /// The person is in the trash.
    Deleted,
    /// The last message came back.
    Bounced,
    /// There is no address that can be written to.
    NoAddress,
    /// Somebody else in the same selection has the same address.
    SameAddress,
}

impl LeftOut {
    /// The key as stored.
    pub fn key(self) -> &'static str {
        self.into()
    }
}

/// The kinds of people that outreach goes to.
pub const RECIPIENTS: [RecordKind; 3] = [RecordKind::Contact, RecordKind::Student, RecordKind::EmployerUser];

/// Why outreach does not go to an employer user; `None` where it does. An employer user is written to as the linked
/// contact, where the profile is `open` (M49): one person, one "Do not email", one history. `address` is that of the
/// account.
pub fn user_left_out(user: &Record, open: Option<&Record>, address: &str, do_not_email: &[&Field]) -> Option<LeftOut> {
    if user.is_deleted() {
        return Some(LeftOut::Deleted);
    }
    let Some(contact) = open else { return Some(LeftOut::Private) };
    match left_out(contact, do_not_email) {
        // The account has an address of its own, whatever became of the contact's.
        Some(LeftOut::NoAddress) | None => address.is_empty().then_some(LeftOut::NoAddress),
        found => found,
    }
}

fn student_left_out(person: &Record) -> Option<LeftOut> {
    if person.is_deleted() {
        Some(LeftOut::Deleted)
    } else if person.get(&student::DO_NOT_EMAIL).as_flag() {
        Some(LeftOut::DoNotEmail)
    } else if !person.get(&student::DEACTIVATED_AT).is_empty() {
        Some(LeftOut::Deactivated)
    } else if person.text(&student::EMAIL).is_empty() {
        Some(LeftOut::NoAddress)
    } else if !person.get(&student::BOUNCED_AT).is_empty() {
        Some(LeftOut::Bounced)
    } else {
        None
    }
}

/// Why outreach does not go to a contact, a student or an alum; `None` where it does. `do_not_email` are the attributes
/// of contacts with that meaning. Checked when messages are put into the outbox, and again when each is sent: weeks may
/// lie in between.
pub fn left_out(person: &Record, do_not_email: &[&Field]) -> Option<LeftOut> {
    if person.kind == RecordKind::Student {
        return student_left_out(person);
    }
    if person.is_deleted() {
        Some(LeftOut::Deleted)
    } else if do_not_email.iter().any(|field| person.get(field).as_flag()) {
        Some(LeftOut::DoNotEmail)
    } else if person.text(&contact::APPROVAL) == contact::REJECTED {
        Some(LeftOut::Rejected)
    } else if person.text(&contact::EMAIL).is_empty() {
        Some(LeftOut::NoAddress)
    } else if !person.get(&contact::BOUNCED_AT).is_empty() {
        Some(LeftOut::Bounced)
    } else {
        None
    }
}

/// How far ahead a message is scheduled at most, in milliseconds: a year.
pub const AHEAD_MOST: i64 = 366 * 24 * 60 * 60 * 1000;

/// From when on a message that is put into the outbox at `now` is sent; both in milliseconds since 1970. A time that has
/// come meanwhile is now.
///
/// # Errors
/// `NotAMoment` for a time more than a year ahead.
pub fn send_from(asked: Option<i64>, now: i64) -> Result<i64, Problem> {
    match asked {
        Some(at) if at > now.saturating_add(AHEAD_MOST) => Err(Problem::NotAMoment),
        Some(at) => Ok(at.max(now)),
        None => Ok(now),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::{ATTRIBUTE_FIRST, DELETED_AT, FieldGroup, FieldType};
    use crate::id::Id;
    use crate::value::Value;

    #[test]
    fn what_may_have_been_sent_waits_again_only_by_decision() {
        for state in OutboxState::ALL {
            assert_eq!(OutboxState::from_key(state.key()), Some(state));
            let again = state.next().contains(&OutboxState::Waiting);
            let may_have_been_sent =
                matches!(state, OutboxState::Sent | OutboxState::Bounced | OutboxState::HandedOver);
            assert!(!(again && may_have_been_sent), "{state:?}");
            assert_eq!(state.next().is_empty(), matches!(state, OutboxState::Bounced | OutboxState::Cancelled));
        }
        assert!(OutboxState::Unclear.is_at_rest(), "it is never sent again by itself");
    }

    #[test]
    fn messages_are_put_off_longer_and_longer_and_then_no_more() {
        let waits: Vec<i64> = (1..).map_while(retry_after).collect();
        assert!(waits.is_sorted() && waits.len() == PUT_OFF.len());
        let days = waits.iter().sum::<i64>() / (24 * 60 * MINUTE);
        assert!((4..=5).contains(&days), "as long as mail servers try themselves: {days} days");
        assert_eq!(retry_after(0), None);
        assert_eq!(retry_after(u32::MAX), None);
        assert!((0..100).all(|failures| reconnect_after(failures) <= reconnect_after(failures + 1)));
        assert_eq!(reconnect_after(1_000_000), 10 * MINUTE, "weeks offline end ten minutes after the network is back");
    }

    #[test]
    fn outreach_goes_to_nobody_who_must_not_get_it() {
        let attribute = Field::new(ATTRIBUTE_FIRST, "a1000", "Do not email", FieldGroup::Attributes, FieldType::Flag);
        let mut person = Record::blank(RecordKind::Contact, Id::from_parts(1, [1; 10]));
        let why = |person: &Record| left_out(person, &[&attribute]);
        assert_eq!(why(&person), Some(LeftOut::NoAddress));
        person.set(&contact::EMAIL, "dana@acme.example");
        for approval in [contact::APPROVED, contact::PENDING] {
            person.set(&contact::APPROVAL, approval);
            assert_eq!(why(&person), None);
        }
        person.set(&contact::BOUNCED_AT, Value::Moment(1));
        assert_eq!(why(&person), Some(LeftOut::Bounced));
        person.set(&contact::APPROVAL, contact::REJECTED);
        assert_eq!(why(&person), Some(LeftOut::Rejected));
        person.set(&attribute, true);
        assert_eq!(why(&person), Some(LeftOut::DoNotEmail));
        person.set(&DELETED_AT, Value::Moment(1));
        assert_eq!(why(&person), Some(LeftOut::Deleted));
    }

    #[test]
    fn outreach_to_students_keeps_to_what_they_asked_and_how_their_account_stands() {
        let mut person = Record::blank(RecordKind::Student, Id::from_parts(1, [1; 10]));
        let why = |person: &Record| left_out(person, &[]);
        assert_eq!(why(&person), Some(LeftOut::NoAddress));
        person.set(&student::EMAIL, "kim@northfield.example");
        assert_eq!(why(&person), None, "invited or not, activated or not");
        person.set(&student::BOUNCED_AT, Value::Moment(1));
        assert_eq!(why(&person), Some(LeftOut::Bounced));
        person.set(&student::DEACTIVATED_AT, Value::Moment(1));
        assert_eq!(why(&person), Some(LeftOut::Deactivated));
        person.set(&student::DO_NOT_EMAIL, true);
        assert_eq!(why(&person), Some(LeftOut::DoNotEmail));
        person.set(&DELETED_AT, Value::Moment(1));
        assert_eq!(why(&person), Some(LeftOut::Deleted));
    }

    #[test]
    fn an_employer_user_is_written_to_as_the_linked_contact() {
        let attribute = Field::new(ATTRIBUTE_FIRST, "a1000", "Do not email", FieldGroup::Attributes, FieldType::Flag);
        let mut user = Record::blank(RecordKind::EmployerUser, Id::from_parts(2, [2; 10]));
        let mut person = Record::blank(RecordKind::Contact, Id::from_parts(1, [1; 10]));
        let address = "dana@acme.example";
        assert_eq!(user_left_out(&user, None, address, &[&attribute]), Some(LeftOut::Private));
        let why = |user: &Record, person: &Record| user_left_out(user, Some(person), address, &[&attribute]);
        assert_eq!(why(&user, &person), None, "the account has an address");
        person.set(&contact::APPROVAL, contact::REJECTED);
        assert_eq!(why(&user, &person), Some(LeftOut::Rejected));
        person.set(&attribute, true);
        assert_eq!(why(&user, &person), Some(LeftOut::DoNotEmail));
        user.set(&DELETED_AT, Value::Moment(1));
        assert_eq!(why(&user, &person), Some(LeftOut::Deleted));
    }
}
