//! What students and alumni answer in the portal.

use super::step::{Asked, Step};
use crate::document::{Documents, Key};
use liaison_domain::field::CREATED_AT;
use liaison_domain::onboarding_question::{self as question, accepts};
use liaison_domain::replication::{Content, LinkedOperation};
use liaison_domain::{RecordKind, Value, onboarding_answer as answer};
use std::collections::HashSet;

/// The questions that are answered.
pub(super) fn asked(operation: &LinkedOperation, documents: &Documents) -> HashSet<Key> {
    let mut keys = HashSet::new();
    let answers = operation.changes.iter().filter(|change| change.kind.known() == Some(RecordKind::OnboardingAnswer));
    for change in answers {
        let before = documents.get(change.kind, change.record);
        let was = before.and_then(|before| before.value(answer::QUESTION.number).as_reference());
        let is = match change.content(operation.operation.kind) {
            Content::Fields { fields, .. } => {
                let of_question = fields.iter().find(|change| change.field == answer::QUESTION.number);
                of_question.and_then(|change| change.after.as_reference())
            }
            _ => None,
        };
        keys.extend([was, is].into_iter().flatten().map(|id| (RecordKind::OnboardingQuestion as u8, id)));
    }
    keys
}

impl Step<'_> {
    /// A student answers a question that is asked, for themselves, or answers it anew.
    pub(super) fn answers(&self, change: &Asked) -> bool {
        let given = &change.after;
        let said = if change.created {
            change.only(&[&CREATED_AT, &answer::STUDENT, &answer::QUESTION, &answer::ANSWER, &answer::ASKED])
        } else {
            change.only(&[&answer::ANSWER, &answer::ASKED])
                && change.before.as_ref().is_some_and(|was| !was.is_deleted())
        };
        let asked = given.get(&answer::QUESTION).as_reference();
        let asked = asked.and_then(|asked| self.record(RecordKind::OnboardingQuestion, asked));
        let parts = match given.get(&answer::ANSWER) {
            Value::List(parts) => parts.as_slice(),
            _ => &[],
        };
        given.kind == RecordKind::OnboardingAnswer
            && said
            && given.get(&answer::STUDENT).as_reference() == Some(self.actor)
            && asked.is_some_and(|asked| {
                !asked.is_deleted()
                    && !asked.get(&question::RETIRED).as_flag()
                    && accepts(&asked, parts).is_ok()
                    && given.text(&answer::ASKED) == asked.text(&question::TEXT)
            })
            && self.student().is_some()
    }
}
