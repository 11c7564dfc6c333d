//! Who sees which contacts, and what of them (M12, M25).
//!
//! - Staff see every contact, but for those of others that are visible to "Myself": these only their owner and
//!   administrators see.
//! - Another career advisor sees what is approved and not "Myself". (A particular advisor at the desk is staff.)
//! - Students and alumni see what is approved and "Visible".
//! - An employer user sees the approved people of the own employer, also those that students don't see: they are
//!   colleagues. What is visible to "Myself" is a private note of somebody at the desk and stays with them. A role that
//!   doesn't permit to see contacts shows none, and neither does the portal to whoever may not log in.
//!
//! Students, alumni and employer users see what stands on a business card ([`Audience::Everybody`]): no home address,
//! private phone, label, custom attribute, owner or source. Notes and activities are for staff.
//!
//! [`Viewer::sees`] decides about one contact; [`Viewer::conditions`] says the same to a list. A test holds both
//! together.

use crate::access::Actor;
use crate::field::{Audience, Field};
use crate::filter::{Condition, ListQuery};
use crate::id::Id;
use crate::kind::RecordKind;
use crate::permission::Permission;
use crate::record::Record;
use crate::refusal::{FieldProblem, Problem, Refusal};
use crate::registry::Registry;
use crate::role::PortalPermission;
use crate::{contact, email, employment, invitation, meeting, note, participation, task};
use serde::{Deserialize, Serialize};
use specta::Type;

/// The field of a kind that says which contact its records are about: who does not see the contact does not see them.
pub fn about(kind: RecordKind) -> Option<&'static Field> {
    match kind {
        RecordKind::Note => Some(&note::CONTACT),
        RecordKind::Task => Some(&task::CONTACT),
        RecordKind::Meeting => Some(&meeting::CONTACT),
        RecordKind::Participation => Some(&participation::CONTACT),
        RecordKind::Email => Some(&email::CONTACT),
        RecordKind::Employment => Some(&employment::CONTACT),
        RecordKind::Invitation => Some(&invitation::CONTACT),
        _ => None,
    }
}

/// Whoever looks at contacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// A person of the career center at the desk.
    Staff(Actor),
    /// Any student, alumna or alumnus.
    Student,
    /// Any career advisor who owns none of the contacts.
    Advisor,
    /// An employer user.
    EmployerUser {
        /// The employer the user acts for.
        employer: Id,
    },
    /// An employer user who sees no contact at all, and why.
    NoContacts(Hidden),
}

/// As whom staff can look at the directory (B5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum ViewAs {
    /// As students and alumni.
    Student,
    /// As a career advisor who owns none of the contacts.
    Advisor,
    /// As a user of an employer whose role lets them see contacts.
    EmployerUser {
        /// The employer.
        employer: Id,
    },
    /// As one employer user, with the employer, role and access this user has.
    User {
        /// The user.
        user: Id,
    },
    /// As a user of an employer with this role.
    Role {
        /// The role.
        role: Id,
        /// The employer.
        employer: Id,
    },
}

/// Why a viewer does not see a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Hidden {
    /// It is in the trash.
    Deleted,
    /// It waits in the queue.
    Pending,
    /// It was rejected.
    Rejected,
    /// It is visible to its owner only.
    OwnerOnly,
    /// It is visible to career advisors only.
    AdvisorsOnly,
    /// It belongs to another employer.
    OtherEmployer,
    /// It belongs to no employer.
    NoEmployer,
    /// The viewer's role doesn't permit to see contacts.
    NotInRole,
    /// The viewer can't log in.
    NoAccess,
    /// The viewer acts for no employer.
    UserWithoutEmployer,
}

/// What decides whether a contact is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<'r> {
    /// Approval status.
    pub approval: &'r str,
    /// Visibility.
    pub visibility: &'r str,
    /// The staff member meant by "Myself".
    pub owner: Option<Id>,
    /// The employer.
    pub employer: Option<Id>,
    /// It is in the trash.
    pub deleted: bool,
}

impl<'r> Standing<'r> {
    /// That of a contact.
    pub fn of(record: &'r Record) -> Standing<'r> {
        Standing {
            approval: record.text(&contact::APPROVAL),
            visibility: record.text(&contact::VISIBILITY),
            owner: record.get(&contact::OWNER).as_reference(),
            employer: record.get(&contact::EMPLOYER).as_reference(),
            deleted: record.is_deleted(),
        }
    }
}

impl Viewer {
    /// An employer user: the employer they act for, whether they can log in, and what their role permits.
    pub fn employer_user(employer: Option<Id>, access: bool, permissions: &[PortalPermission]) -> Viewer {
        if !access {
            return Viewer::NoContacts(Hidden::NoAccess);
        }
        if !permissions.contains(&PortalPermission::ViewContactsOfEmployer) {
            return Viewer::NoContacts(Hidden::NotInRole);
        }
        employer.map_or(Viewer::NoContacts(Hidden::UserWithoutEmployer), |employer| Viewer::EmployerUser { employer })
    }

    /// Whether the viewer sees a contact, or why not.
    pub fn sees(&self, standing: &Standing<'_>) -> Result<(), Hidden> {
        let private = standing.visibility == contact::MYSELF;
        if let Viewer::Staff(actor) = self {
            let own = standing.owner == Some(actor.staff);
            return if private && !own && !self.sees_everything() { Err(Hidden::OwnerOnly) } else { Ok(()) };
        }
        if standing.deleted {
            return Err(Hidden::Deleted);
        }
        if let Viewer::NoContacts(why) = self {
            return Err(*why);
        }
        match standing.approval {
            contact::APPROVED => {}
            contact::REJECTED => return Err(Hidden::Rejected),
            _ => return Err(Hidden::Pending),
        }
        if let Viewer::EmployerUser { employer } = self {
            match standing.employer {
                None => return Err(Hidden::NoEmployer),
                Some(other) if other != *employer => return Err(Hidden::OtherEmployer),
                Some(_) => {}
            }
        }
        if private {
            return Err(Hidden::OwnerOnly);
        }
        if matches!(self, Viewer::Student) && standing.visibility != contact::STUDENTS {
            return Err(Hidden::AdvisorsOnly);
        }
        Ok(())
    }

    /// True for viewers from whom no contact is hidden.
    pub fn sees_everything(&self) -> bool {
        matches!(self, Viewer::Staff(actor) if actor.may(Permission::SeePrivate))
    }

    /// Whether the viewer sees a field of the contacts seen.
    pub fn sees_field(&self, field: &Field) -> bool {
        match self {
            Viewer::Staff(_) | Viewer::Advisor => true,
            Viewer::Student | Viewer::EmployerUser { .. } | Viewer::NoContacts(_) => {
                field.audience == Audience::Everybody
            }
        }
    }

    /// What a list of live contacts must fulfil for this viewer: the conditions that say the same as
    /// [`Viewer::sees`]. `None` for staff, for whom ownership decides: what is hidden from them is looked up by
    /// owner, and is little.
    pub fn conditions(&self) -> Option<Vec<Condition>> {
        let mut conditions = vec![Condition::is(&contact::APPROVAL, contact::APPROVED)];
        match self {
            Viewer::Staff(_) => return None,
            // Nothing is both.
            Viewer::NoContacts(_) => conditions.push(Condition::is_not(&contact::APPROVAL, contact::APPROVED)),
            Viewer::Student => conditions.push(Condition::is(&contact::VISIBILITY, contact::STUDENTS)),
            Viewer::Advisor => conditions.push(Condition::is_not(&contact::VISIBILITY, contact::MYSELF)),
            Viewer::EmployerUser { employer } => {
                conditions.push(Condition::is_not(&contact::VISIBILITY, contact::MYSELF));
                conditions.push(Condition::is(&contact::EMPLOYER, &employer.to_string()));
            }
        }
        Some(conditions)
    }

    /// The list of contacts as this viewer gets it. Refuses filters and orders by fields the viewer does not see: they
    /// would tell what is in them.
    pub fn restrict(&self, registry: &Registry, mut query: ListQuery) -> Result<ListQuery, Refusal> {
        let asked =
            query.filter.iter().map(|condition| &condition.field).chain(query.sort.iter().map(|key| &key.field));
        let hidden = asked.filter(|key| {
            let field = registry.field(RecordKind::Contact, key);
            *key != "name" && !field.is_some_and(|field| self.sees_field(field))
        });
        let problems: Vec<FieldProblem> =
            hidden.map(|key| FieldProblem { field: key.clone(), problem: Problem::UnknownField }).collect();
        if !problems.is_empty() {
            return Err(Refusal::Invalid(problems));
        }
        query.filter.extend(self.conditions().unwrap_or_default());
        Ok(query)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permission::StaffRole;
    use proptest::prelude::*;

    fn id(n: u8) -> Id {
        Id::from_parts(u64::from(n), [n; 10])
    }

    fn contacts() -> impl Strategy<Value = (usize, usize, Option<u8>, Option<u8>, bool)> {
        let one_of = || proptest::option::of(0u8..3);
        (0..contact::APPROVALS.len(), 0..contact::VISIBILITIES.len(), one_of(), one_of(), any::<bool>())
    }

    proptest! {
        #[test]
        fn nobody_outside_sees_what_staff_without_rank_do_not(
            (approval, visibility, owner, employer, deleted) in contacts(),
            me in 0u8..3,
        ) {
            let standing = Standing {
                approval: contact::APPROVALS[approval],
                visibility: contact::VISIBILITIES[visibility],
                owner: owner.map(id),
                employer: employer.map(id),
                deleted,
            };
            let sees = |viewer: Viewer| viewer.sees(&standing).is_ok();
            let staff = |role, n| Viewer::Staff(Actor::with_role(id(n), role));
            prop_assert!(sees(staff(StaffRole::Administrator, me)));
            for role in [StaffRole::Advisor, StaffRole::Viewer] {
                let private = standing.visibility == contact::MYSELF && owner != Some(me);
                prop_assert_eq!(sees(staff(role, me)), !private);
            }
            if sees(Viewer::Student) {
                prop_assert!(sees(Viewer::Advisor), "what students see, advisors see");
                prop_assert_eq!((standing.approval, standing.visibility), (contact::APPROVED, contact::STUDENTS));
            }
            if sees(Viewer::Advisor) {
                prop_assert!(sees(staff(StaffRole::Viewer, me)), "what any advisor sees, all staff see");
            }
            for n in 0..3 {
                let seen = sees(Viewer::EmployerUser { employer: id(n) });
                prop_assert_eq!(seen, sees(Viewer::Advisor) && employer == Some(n));
            }
        }
    }

    #[test]
    fn role_and_access_decide_whether_an_employer_user_sees_contacts() {
        let may = [PortalPermission::EditAccount, PortalPermission::ViewContactsOfEmployer];
        let user = Viewer::employer_user(Some(id(1)), true, &may);
        assert_eq!(user, Viewer::EmployerUser { employer: id(1) });
        let nobody = |why| Viewer::NoContacts(why);
        assert_eq!(Viewer::employer_user(Some(id(1)), false, &may), nobody(Hidden::NoAccess));
        assert_eq!(Viewer::employer_user(Some(id(1)), true, &may[..1]), nobody(Hidden::NotInRole));
        assert_eq!(Viewer::employer_user(None, true, &may), nobody(Hidden::UserWithoutEmployer));
        let colleague = Standing {
            approval: contact::APPROVED,
            visibility: contact::STUDENTS,
            owner: None,
            employer: Some(id(1)),
            deleted: false,
        };
        assert!(user.sees(&colleague).is_ok());
        assert_eq!(nobody(Hidden::NotInRole).sees(&colleague), Err(Hidden::NotInRole));
    }

    #[test]
    fn outsiders_see_the_business_card_and_staff_see_all() {
        let registry = Registry::default();
        let outsider = Viewer::EmployerUser { employer: id(1) };
        for field in RecordKind::Contact.fields().iter().chain(RecordKind::Contact.computed_fields()) {
            assert!(Viewer::Advisor.sees_field(field), "{}", field.key);
            assert_eq!(Viewer::Student.sees_field(field), outsider.sees_field(field));
        }
        for hidden in [
            "home_street",
            "home_phone",
            "mobile_phone",
            "other_phone",
            "labels",
            "description",
            "owner",
            "source",
            "added_by",
            "approval",
            "visibility",
            "former_emails",
            "email_2",
            "access",
            "last_heard",
            "bounced_at",
        ] {
            let field = RecordKind::Contact.field(hidden).expect("a field");
            assert!(!Viewer::Student.sees_field(field), "{hidden}");
            if field.filterable {
                let mut query = ListQuery::all(RecordKind::Contact);
                query.filter.push(Condition::filled(field, true));
                assert!(Viewer::Student.restrict(&registry, query.clone()).is_err(), "{hidden} cannot be asked for");
                assert!(Viewer::Advisor.restrict(&registry, query).is_ok());
            }
        }
        assert!(Viewer::Student.sees_field(&contact::WORK_PHONE));
    }
}
