//! What the portal may say of messages: that somebody wants no news, and that one came back.

use crate::portal::step::{Asked, Step};
use liaison_domain::field::ATTRIBUTE_FIRST;
use liaison_domain::{FieldChange, OperationKind, RecordKind, Value, attribute, contact, email, student};

impl Step<'_> {
    /// Somebody asks for no more news or wants them again, or mail to them came back: that is all it says of them. A contact
    /// has an attribute for the one, which comes into being where staff took it away.
    pub(super) fn is_about_mail(&self, change: &Asked) -> bool {
        let (after, bounced) = (&change.after, self.kind == OperationKind::MailBounced);
        let is_actor = after.id == self.actor && !change.created;
        let is_mark = |field: &FieldChange| {
            let is_flag = |value: &Value| value.is_empty() || matches!(value, Value::Flag(_));
            field.field >= ATTRIBUTE_FIRST && is_flag(&field.before) && is_flag(&field.after)
        };
        match after.kind {
            RecordKind::Contact if bounced => is_actor && change.only(&[&contact::BOUNCED_AT]),
            RecordKind::Student if bounced => is_actor && change.only(&[&student::BOUNCED_AT]),
            RecordKind::Email if bounced => {
                let to = [&email::CONTACT, &email::STUDENT].map(|field| after.get(field).as_reference());
                to.contains(&Some(self.actor))
                    && change.only(&[&email::DIRECTION])
                    && after.text(&email::DIRECTION) == email::BOUNCED
            }
            RecordKind::Student => is_actor && change.only(&[&student::DO_NOT_EMAIL]),
            RecordKind::Contact => is_actor && change.fields.iter().all(is_mark),
            RecordKind::Attribute => change.created && after.text(&attribute::MEANING) == attribute::DO_NOT_EMAIL,
            _ => false,
        }
    }
}
