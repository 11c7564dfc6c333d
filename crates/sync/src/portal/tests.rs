use super::*;
use crate::document::Clock;
use liaison_domain::attribute;
use liaison_domain::journal::{SALT_LENGTH, pack};
use liaison_domain::replication::{LinkedChange, Stamp};
use liaison_domain::{Head, Hlc, Id, Operation, Value, arrival};

pub(super) fn id(n: u8) -> Id {
    Id::from_parts(u64::from(n), [n; 10])
}

const DANA: u8 = 1;
const LENA: u8 = 2;
/// A student whose account is active.
const NOA: u8 = 6;
const DEFAULT: u8 = 3;
const OTHER: u8 = 4;
const ACME: u8 = 5;
/// An employer that has the domain of the addresses here.
const GROUP: u8 = 7;
/// An employer that somebody claimed.
const CLAIMED: u8 = 8;

pub(super) type Values<'a> = &'a [(&'a Field, Value)];

pub(super) fn change(kind: RecordKind, record: u8, created: bool, fields: Values<'_>) -> LinkedChange {
    let mut packed = Vec::new();
    let each = fields.iter().map(|(field, after)| (field.number, &Value::Empty, after));
    pack(&mut packed, &[7; SALT_LENGTH], created, fields.len(), each);
    LinkedChange::of(kind.into(), id(record), packed)
}

pub(super) fn operation(actor: u8, kind: OperationKind, changes: Vec<LinkedChange>) -> LinkedOperation {
    let operation = Operation {
        id: id(90),
        time: Hlc(5),
        actor: id(actor),
        device: id(80),
        kind: kind.into(),
        detail: String::new(),
        undoes: None,
        head: Head::V2 { wall: 1, seen: 0 },
    };
    LinkedOperation { operation, sequence: 1, chain: [0; 32], changes }
}

fn list(domain: &str) -> Value {
    Value::List(vec![domain.into()])
}

/// Two roles, an employer, one with a domain, one that is claimed, a student who was invited (10), a user with access (11) and one without (12), with contacts of
/// their addresses (21, 22), of whom the first follows.
fn documents() -> Documents {
    let mut documents = Documents::default();
    let text = |text: &str| Value::Text(text.into());
    let user = |n: u8, address: &str, access: bool| {
        let fields = [(&employer_user::EMAIL, text(address)), (&employer_user::ACCESS, Value::Flag(access))];
        change(RecordKind::EmployerUser, n, true, &fields)
    };
    let person = |n: u8, address: &str, approval: &str, follows: bool| {
        let fields = [
            (&contact::EMAIL, text(address)),
            (&contact::APPROVAL, text(approval)),
            (&contact::AUTO_SYNC, Value::Flag(follows)),
        ];
        change(RecordKind::Contact, n, true, &fields)
    };
    let sent = |n: u8, student: u8| {
        let fields = [
            (&invitation::STUDENT, Value::Reference(id(student))),
            (&invitation::ADDRESS, text("Lena@campus.example")),
        ];
        change(RecordKind::Invitation, n, true, &fields)
    };
    let role = |n: u8, name: &str, built_in: bool| {
        let fields = [(&role::NAME, text(name)), (&role::BUILT_IN, Value::Flag(built_in))];
        change(RecordKind::Role, n, true, &fields)
    };
    let all = operation(
        99,
        OperationKind::InstitutionSetup,
        vec![
            role(DEFAULT, role::DEFAULT_ACCESS, true),
            role(OTHER, "Recruiter", false),
            change(RecordKind::Employer, ACME, true, &[(&employer::NAME, text("Acme"))]),
            change(RecordKind::Employer, GROUP, true, &[(&employer::EMAIL_DOMAINS, list("acme.example"))]),
            change(
                RecordKind::Employer,
                CLAIMED,
                true,
                &[(&employer::EMAIL_DOMAINS, list("acme.example")), (&employer::CONFIRMATION, text(employer::CLAIMED))],
            ),
            change(RecordKind::Student, LENA, true, &[(&student::EMAIL, text("lena@campus.example"))]),
            change(
                RecordKind::Student,
                NOA,
                true,
                &[(&student::EMAIL, text("noa@campus.example")), (&student::ACTIVATED_AT, Value::Moment(1))],
            ),
            sent(10, LENA),
            sent(13, 77),
            change(
                RecordKind::Invitation,
                14,
                true,
                &[(&invitation::CONTACT, Value::Reference(id(21))), (&invitation::ADDRESS, text("eve@acme.example"))],
            ),
            user(11, "eve@acme.example", true),
            user(12, "off@acme.example", false),
            person(21, "eve@acme.example", contact::APPROVED, true),
            person(22, "dana@acme.example", contact::REJECTED, false),
            person(23, "gil@acme.example", contact::REJECTED, false),
            person(24, "eve@acme.example", contact::PENDING, false),
        ],
    );
    documents.take(&all, Clock { stamp: Stamp { time: Hlc(1), device: id(80) }, place: 3 });
    documents
}

fn is_permitted(actor: u8, kind: OperationKind, changes: Vec<LinkedChange>) -> bool {
    permit(&operation(actor, kind, changes), &documents()).is_ok()
}

fn new_user(record: u8, with: Values<'_>) -> LinkedChange {
    let mut fields: Vec<(&Field, Value)> = vec![
        (&employer_user::EMAIL, "dana@acme.example".into()),
        (&employer_user::ROLE, Value::Reference(id(DEFAULT))),
        (&employer_user::ACCESS, Value::Flag(true)),
        (&employer_user::EMPLOYER, Value::Reference(id(ACME))),
    ];
    for (field, value) in with {
        fields.retain(|(have, _)| have.number != field.number);
        fields.push((field, value.clone()));
    }
    change(RecordKind::EmployerUser, record, true, &fields)
}

fn new_contact(with: Values<'_>) -> LinkedChange {
    let mut fields: Vec<(&Field, Value)> = vec![
        (&contact::EMAIL, "Dana@acme.example".into()),
        (&contact::SOURCE, arrival::SIGN_UP.into()),
        (&contact::APPROVAL, contact::PENDING.into()),
        (&contact::VISIBILITY, contact::CAREER_ADVISORS.into()),
    ];
    for (field, value) in with {
        fields.retain(|(have, _)| have.number != field.number);
        fields.push((field, value.clone()));
    }
    change(RecordKind::Contact, 30, true, &fields)
}

#[test]
fn whoever_signs_up_gets_the_first_role_and_waits() {
    use OperationKind::PortalSignUp as SignUp;
    let claims = [(&employer::NAME, "Globex".into()), (&employer::CONFIRMATION, employer::CLAIMED.into())];
    let named = || change(RecordKind::Employer, 31, true, &claims);
    assert!(is_permitted(DANA, SignUp, vec![named(), new_user(DANA, &[]), new_contact(&[])]));
    let new_employer = [(&employer_user::EMPLOYER, Value::Reference(id(31)))];
    assert!(is_permitted(DANA, SignUp, vec![named(), new_user(DANA, &new_employer)]));
    for wrong in [
        new_user(LENA, &[]),
        new_user(DANA, &[(&employer_user::ROLE, Value::Reference(id(OTHER)))]),
        new_user(DANA, &[(&employer_user::ROLE, Value::Empty)]),
        new_user(DANA, &[(&employer_user::ACCESS, Value::Empty)]),
        new_user(DANA, &[(&employer_user::EMPLOYER, Value::Reference(id(66)))]),
        new_user(DANA, &[(&employer_user::LAST_LOG_IN, Value::Moment(1))]),
    ] {
        assert!(!is_permitted(DANA, SignUp, vec![wrong.clone()]), "{wrong:?}");
    }
    for wrong in [
        new_contact(&[(&contact::SOURCE, "admin".into())]),
        new_contact(&[(&contact::APPROVAL, contact::APPROVED.into())]),
        new_contact(&[(&contact::VISIBILITY, contact::STUDENTS.into())]),
        new_contact(&[(&contact::EMAIL, "eve@acme.example".into())]),
        new_contact(&[(&contact::OWNER, Value::Reference(id(DANA)))]),
        new_contact(&[(&contact::LABELS, Value::List(vec!["VIP".into()]))]),
        change(RecordKind::Employer, ACME, false, &[(&employer::NAME, "Mine".into())]),
        change(
            RecordKind::Employer,
            31,
            true,
            &[claims[1].clone(), (&employer::LABELS, Value::List(vec!["VIP".into()]))],
        ),
        change(
            RecordKind::Employer,
            31,
            true,
            &[claims[1].clone(), (&employer::EMAIL_DOMAINS, list("globex.example"))],
        ),
        change(RecordKind::Employer, 31, true, &claims[..1]),
        change(RecordKind::Employer, ACME, false, &[(&employer::EMAIL_DOMAINS, list("evil.example"))]),
        change(RecordKind::Employer, CLAIMED, false, &[(&employer::CONFIRMATION, employer::CONFIRMED.into())]),
        change(RecordKind::Staff, 32, true, &[]),
        change(RecordKind::Note, 33, true, &[]),
        change(RecordKind::Role, DEFAULT, false, &[(&role::PERMISSIONS, Value::List(vec!["post_jobs".into()]))]),
    ] {
        assert!(!is_permitted(DANA, SignUp, vec![new_user(DANA, &[]), wrong.clone()]), "{wrong:?}");
    }
}

#[test]
fn whoever_was_rejected_waits_again_and_nobody_else_does() {
    let again = |record, to: &str| change(RecordKind::Contact, record, false, &[(&contact::APPROVAL, to.into())]);
    let signs_up = |change| is_permitted(DANA, OperationKind::PortalSignUp, vec![new_user(DANA, &[]), change]);
    assert!(signs_up(again(22, contact::PENDING)));
    assert!(!signs_up(again(22, contact::APPROVED)), "nobody approves themselves");
    assert!(!signs_up(again(23, contact::PENDING)), "somebody else");
    assert!(!signs_up(again(21, contact::PENDING)), "who was approved stays so");
    assert!(!signs_up(change(RecordKind::Contact, 22, false, &[(&contact::TITLE, "Dean".into())])), "frozen");
}

#[test]
fn an_account_is_activated_by_whom_it_is() {
    use OperationKind::PortalActivate as Activate;
    let active = |record| change(RecordKind::Student, record, false, &[(&student::ACTIVATED_AT, Value::Moment(5))]);
    let used = |record| change(RecordKind::Invitation, record, false, &[(&invitation::USED_AT, Value::Moment(5))]);
    assert!(is_permitted(LENA, Activate, vec![active(LENA), used(10)]));
    assert!(!is_permitted(LENA, Activate, vec![active(LENA), used(13)]), "another’s invitation");
    assert!(!is_permitted(DANA, Activate, vec![active(LENA)]), "another person");
    assert!(!is_permitted(LENA, Activate, vec![active(LENA)]), "without an invitation");
    let reused = change(RecordKind::Invitation, 10, false, &[(&invitation::USED_AT, Value::Empty)]);
    assert!(!is_permitted(LENA, Activate, vec![active(LENA), reused]), "it is used up");
    assert!(!is_permitted(DANA, Activate, vec![new_user(DANA, &[])]), "an account without an invitation");
    let more = [(&student::ACTIVATED_AT, Value::Moment(5)), (&student::MAJOR, "Physics".into())];
    assert!(!is_permitted(LENA, Activate, vec![change(RecordKind::Student, LENA, false, &more)]));
    let chosen =
        |record| change(RecordKind::EmployerUser, record, false, &[(&employer_user::NOT_ACTIVATED, Value::Empty)]);
    assert!(is_permitted(11, Activate, vec![chosen(11), used(14)]));
    assert!(!is_permitted(11, Activate, vec![chosen(11), used(10)]), "another’s invitation");
    assert!(!is_permitted(12, Activate, vec![chosen(12)]), "without access");
}

#[test]
fn the_own_account_is_changed_and_a_contact_that_follows() {
    use OperationKind::PortalAccount as Account;
    let named = |kind, record, field: &'static Field| change(kind, record, false, &[(field, "Zoe".into())]);
    let user = |record| named(RecordKind::EmployerUser, record, &employer_user::FIRST_NAME);
    assert!(is_permitted(11, Account, vec![user(11), named(RecordKind::Contact, 21, &contact::FIRST_NAME)]));
    assert!(!is_permitted(11, Account, vec![user(12)]), "another’s");
    assert!(!is_permitted(12, Account, vec![user(12)]), "without access");
    assert!(!is_permitted(11, Account, vec![named(RecordKind::Contact, 21, &contact::TITLE)]), "not what follows");
    assert!(!is_permitted(11, Account, vec![named(RecordKind::Contact, 22, &contact::FIRST_NAME)]), "somebody else");
    for field in [&employer_user::EMAIL, &employer_user::ROLE, &employer_user::EMPLOYER, &employer_user::ACCESS] {
        assert!(!is_permitted(11, Account, vec![named(RecordKind::EmployerUser, 11, field)]), "{}", field.key);
    }
}

#[test]
fn an_employer_is_chosen_once_and_by_its_domain_or_claimed() {
    use OperationKind::{PortalAccount as Account, PortalSignUp as SignUp};
    let user = |record, employer: u8| {
        change(RecordKind::EmployerUser, record, false, &[(&employer_user::EMPLOYER, Value::Reference(id(employer)))])
    };
    let person = |record, employer: u8| {
        change(RecordKind::Contact, record, false, &[(&contact::EMPLOYER, Value::Reference(id(employer)))])
    };
    assert!(is_permitted(11, Account, vec![user(11, GROUP), person(24, GROUP)]));
    let claims = [(&employer::NAME, "Globex".into()), (&employer::CONFIRMATION, employer::CLAIMED.into())];
    let named = || change(RecordKind::Employer, 31, true, &claims);
    assert!(is_permitted(11, Account, vec![named(), user(11, 31), person(24, 31)]));
    for (wrong, why) in [
        (user(11, ACME), "its domain is another"),
        (user(11, CLAIMED), "a claim proves nothing"),
        (user(11, 66), "there is none"),
        (user(12, GROUP), "another’s"),
        (person(24, ACME), "its domain is another"),
        (person(21, GROUP), "approved already"),
        (person(22, GROUP), "somebody else"),
    ] {
        assert!(!is_permitted(11, Account, vec![wrong]), "{why}");
    }
    let both = [
        (&employer_user::EMPLOYER, Value::Reference(id(GROUP))),
        (&employer_user::FIRST_NAME, Value::Text("Zoe".into())),
    ];
    let both = change(RecordKind::EmployerUser, 11, false, &both);
    assert!(!is_permitted(11, Account, vec![both]), "one thing at a time");
    assert!(!is_permitted(11, SignUp, vec![user(11, GROUP)]));
}

#[test]
fn the_portal_does_nothing_that_desks_do() {
    for kind in OperationKind::ALL {
        let harmless = change(RecordKind::EmployerUser, 11, false, &[]);
        let is_own = matches!(
            kind,
            OperationKind::PortalActivate
                | OperationKind::PortalAccount
                | OperationKind::PortalSignUp
                | OperationKind::PortalAddress
                | OperationKind::PortalSeen
        );
        assert_eq!(is_permitted(11, kind, vec![harmless]), is_own, "{kind:?}");
    }
}

#[test]
fn students_report_their_own_and_name_people_who_wait() {
    use OperationKind::{PortalReport, PortalTask};
    let named = |source: &str, approval: &str| {
        let fields = [
            (&contact::SOURCE, source.into()),
            (&contact::APPROVAL, approval.into()),
            (&contact::VISIBILITY, contact::CAREER_ADVISORS.into()),
            (&contact::ADDED_BY_STUDENT, Value::Reference(id(NOA))),
        ];
        change(RecordKind::Contact, 30, true, &fields)
    };
    let task = |of: u8| {
        let fields = [(&task::TITLE, "Ask".into()), (&task::ABOUT_STUDENT, Value::Reference(id(of)))];
        change(RecordKind::Task, 31, true, &fields)
    };
    let experience = |address: &str| {
        let fields = [(&experience::TITLE, "Lab".into()), (&experience::STUDENT_EMAIL, address.into())];
        change(RecordKind::Experience, 32, true, &fields)
    };
    let supervisor = "experiential_learning_supervisor";
    assert!(is_permitted(NOA, PortalTask, vec![task(NOA), named("task", contact::PENDING)]));
    assert!(is_permitted(
        NOA,
        PortalReport,
        vec![experience("Noa@campus.example"), named(supervisor, contact::PENDING)]
    ));
    for (actor, kind, changes) in [
        (NOA, PortalTask, vec![task(LENA)]),
        (LENA, PortalTask, vec![task(LENA)]),
        (DANA, PortalTask, vec![task(DANA)]),
        (NOA, PortalTask, vec![named(supervisor, contact::PENDING)]),
        (NOA, PortalTask, vec![named("task", contact::APPROVED)]),
        (NOA, PortalTask, vec![experience("noa@campus.example")]),
        (NOA, PortalReport, vec![experience("lena@campus.example")]),
        (NOA, PortalReport, vec![change(RecordKind::Contact, 21, false, &[(&contact::TITLE, "Dean".into())])]),
        (NOA, PortalReport, vec![change(RecordKind::Note, 33, true, &[])]),
    ] {
        assert!(!is_permitted(actor, kind, changes.clone()), "{kind:?} {changes:?}");
    }
}

#[test]
fn an_unsubscription_and_a_bounce_say_one_thing_of_whom_they_are_about() {
    use OperationKind::{MailBounced, PortalUnsubscribe};
    let contact = |field: &'static Field, value: Value| change(RecordKind::Contact, 21, false, &[(field, value)]);
    let student = |field: &'static Field, value: Value| change(RecordKind::Student, NOA, false, &[(field, value)]);
    let marked = |number: u16, value: Value| {
        let mut packed = Vec::new();
        pack(&mut packed, &[7; SALT_LENGTH], false, 1, [(number, &Value::Empty, &value)].into_iter());
        LinkedChange::of(RecordKind::Contact.into(), id(21), packed)
    };
    let mark = |meaning: &str| change(RecordKind::Attribute, 40, true, &[(&attribute::MEANING, meaning.into())]);
    assert!(is_permitted(21, PortalUnsubscribe, vec![marked(1000, Value::Flag(true))]));
    assert!(is_permitted(21, PortalUnsubscribe, vec![mark(attribute::DO_NOT_EMAIL), marked(1000, Value::Flag(true))]));
    assert!(is_permitted(NOA, PortalUnsubscribe, vec![student(&student::DO_NOT_EMAIL, Value::Flag(true))]));
    assert!(is_permitted(21, MailBounced, vec![contact(&contact::BOUNCED_AT, Value::Moment(5))]));
    assert!(is_permitted(NOA, MailBounced, vec![student(&student::BOUNCED_AT, Value::Moment(5))]));
    for (actor, kind, changes) in [
        (22, PortalUnsubscribe, vec![marked(1000, Value::Flag(true))]),
        (21, PortalUnsubscribe, vec![marked(1000, "VIP".into())]),
        (21, PortalUnsubscribe, vec![marked(contact::TITLE.number, "Dean".into())]),
        (21, PortalUnsubscribe, vec![mark(attribute::INACTIVE)]),
        (21, PortalUnsubscribe, vec![contact(&contact::BOUNCED_AT, Value::Moment(5))]),
        (NOA, PortalUnsubscribe, vec![student(&student::MAJOR, "Physics".into())]),
        (LENA, MailBounced, vec![student(&student::BOUNCED_AT, Value::Moment(5))]),
        (21, MailBounced, vec![contact(&contact::APPROVAL, contact::REJECTED.into())]),
        (21, MailBounced, vec![marked(1000, Value::Flag(true))]),
    ] {
        assert!(!is_permitted(actor, kind, changes.clone()), "{kind:?} {changes:?}");
    }
}

#[test]
fn a_proven_address_is_that_of_whoever_acts_and_a_login_changes_nothing_else() {
    use OperationKind::{PortalAddress, PortalSeen};
    let user = |n| change(RecordKind::EmployerUser, n, false, &[(&employer_user::EMAIL, "eva@acme.example".into())]);
    let person = |n, to: &str| change(RecordKind::Contact, n, false, &[(&contact::EMAIL, to.into())]);
    assert!(is_permitted(11, PortalAddress, vec![user(11), person(21, "Eva@acme.example")]));
    for changes in [
        vec![user(12)],
        vec![user(11), person(21, "other@acme.example")],
        vec![user(11), person(22, "eva@acme.example")],
        vec![user(11), change(RecordKind::Contact, 21, false, &[(&contact::TITLE, "Dean".into())])],
        vec![change(RecordKind::EmployerUser, 11, false, &[(&employer_user::ACCESS, Value::Flag(true))])],
    ] {
        assert!(!is_permitted(11, PortalAddress, changes.clone()), "{changes:?}");
    }
    let seen = |field: &'static Field| change(RecordKind::EmployerUser, 12, false, &[(field, Value::Moment(5))]);
    assert!(is_permitted(99, PortalSeen, vec![seen(&employer_user::LAST_LOG_IN)]));
    assert!(!is_permitted(99, PortalSeen, vec![seen(&employer_user::NOT_ACTIVATED)]));
}
