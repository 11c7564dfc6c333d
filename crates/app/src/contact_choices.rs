//! Contacts to choose from, as pickers offer them: the likely ones first, each with what tells it from namesakes.

use crate::contacts::suggest;
use crate::error::CommandError;
use crate::likeness::contact_likenesses;
use crate::session::Session;
use liaison_domain::{Id, Permission, RecordKind, contact};
use liaison_duplicates::duplicates::{DuplicatePerson, described};
use liaison_queries::contacts::first_of_employer;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Most contacts offered before anything is typed; a dialog is not to be covered by thousands.
const LIKELY_MOST: usize = 8;
/// Most contacts offered for what is typed.
const FOUND_MOST: u32 = 20;

/// What is known of the contact that is looked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct ChoicesNear {
    /// A contact that may be the same person, for example one that is to be merged; never offered itself.
    pub like: Option<Id>,
    /// An employer whose contacts are likely.
    pub employer: Option<Id>,
    /// Contacts that were looked at lately, the last one first.
    pub recent: Vec<Id>,
}

/// Why a contact is a likely choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceReason {
    /// It may be the same person.
    Duplicate,
    /// It has the same employer.
    Colleague,
    /// It was looked at lately.
    Recent,
}

/// A contact to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ContactChoice {
    /// The contact.
    pub person: DuplicatePerson,
    /// Why it is likely; none for one that merely has the words.
    pub why: Option<ChoiceReason>,
}

/// For pickers: contacts that have the words, the likely ones first; without words the likely ones only.
pub async fn contacts_suggest(
    session: &Session,
    text: &str,
    near: &ChoicesNear,
) -> Result<Vec<ContactChoice>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let mut likely: Vec<(Id, ChoiceReason)> = Vec::new();
    if let Some(like) = near.like {
        let alike = contact_likenesses(session, like).await?;
        likely.extend(alike.into_iter().map(|found| (found.person.id, ChoiceReason::Duplicate)));
    }
    let colleagues = session.read(|view| {
        let of_like = match near.like {
            Some(like) => view.get(RecordKind::Contact, like)?.record.get(&contact::EMPLOYER).as_reference(),
            None => None,
        };
        match near.employer.or(of_like) {
            Some(employer) => first_of_employer(view, employer, FOUND_MOST as usize),
            None => Ok(Vec::new()),
        }
    });
    likely.extend(colleagues.await?.into_iter().map(|id| (id, ChoiceReason::Colleague)));
    likely.extend(near.recent.iter().take(FOUND_MOST as usize).map(|id| (*id, ChoiceReason::Recent)));
    let why = |id: Id| likely.iter().find(|(each, _)| *each == id).map(|(_, why)| *why);
    let mut ids: Vec<Id> = Vec::new();
    if text.trim().is_empty() {
        for (id, _) in &likely {
            if !ids.contains(id) {
                ids.push(*id);
            }
        }
    } else {
        ids = suggest(session, RecordKind::Contact, text, FOUND_MOST).await?;
        // Those found keep their order otherwise.
        ids.sort_by_key(|id| likely.iter().position(|(each, _)| each == id).unwrap_or(usize::MAX));
    }
    ids.retain(|id| Some(*id) != near.like);
    let most = if text.trim().is_empty() { LIKELY_MOST } else { FOUND_MOST as usize };
    let choices = session.read(|view| {
        let mut choices = Vec::new();
        for id in ids {
            // Seen lately, and gone or hidden since.
            let Some(found) = view.find(RecordKind::Contact, id)?.filter(|found| !found.record.is_deleted()) else {
                continue;
            };
            choices.push(ContactChoice { person: described(view, &found.record)?, why: why(id) });
            if choices.len() == most {
                break;
            }
        }
        Ok(choices)
    });
    Ok(choices.await?)
}
