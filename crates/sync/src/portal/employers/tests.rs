use super::*;
use crate::document::Clock;
use crate::portal::permit;
use crate::portal::tests::{Values, change, id, operation};
use liaison_domain::replication::{LinkedChange, Stamp};
use liaison_domain::{Hlc, Value, employer, event};

const DANA: u8 = 1;
const ROLE: u8 = 3;
const ACME: u8 = 5;
const GLOBEX: u8 = 6;
const EVENT: u8 = 10;
const FAIR: u8 = 11;
const DRAFT: u8 = 12;
/// Schedules and listings of Acme, and of Globex.
const OWN: [u8; 2] = [13, 14];
const OTHERS: [u8; 2] = [15, 16];
const OWN_CONTACT: u8 = 20;
const BO: u8 = 21;

fn to(n: u8) -> Value {
    Value::Reference(id(n))
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// An institution with an employer user who has a role with these permissions.
fn documents(permissions: &[PortalPermission]) -> Documents {
    let keys = permissions.iter().map(|permission| permission.key().to_owned()).collect();
    let event = |n: u8, kind: &str, published: &str| {
        change(RecordKind::Event, n, true, &[(&event::TYPE, text(kind)), (&event::PUBLISHED, text(published))])
    };
    let schedule = |n: u8, at: u8| {
        let fields = [(&interview_schedule::EMPLOYER, to(at)), (&interview_schedule::STATUS, text("confirmed"))];
        change(RecordKind::InterviewSchedule, n, true, &fields)
    };
    let listing = |n: u8, at: u8| {
        change(
            RecordKind::JobListing,
            n,
            true,
            &[(&job_listing::EMPLOYER, to(at)), (&job_listing::STATUS, text("open"))],
        )
    };
    let person = |n: u8, address: &str| {
        let fields = [
            (&contact::EMAIL, text(address)),
            (&contact::EMPLOYER, to(ACME)),
            (&contact::AUTO_SYNC, Value::Flag(n == BO)),
        ];
        change(RecordKind::Contact, n, true, &fields)
    };
    let user = [
        (&employer_user::EMAIL, text("dana@acme.example")),
        (&employer_user::ACCESS, Value::Flag(true)),
        (&employer_user::ROLE, to(ROLE)),
        (&employer_user::EMPLOYER, to(ACME)),
    ];
    let all = vec![
        change(RecordKind::Role, ROLE, true, &[(&role::PERMISSIONS, Value::List(keys))]),
        change(RecordKind::EmployerUser, DANA, true, &user),
        change(RecordKind::Employer, ACME, true, &[(&employer::NAME, text("Acme"))]),
        change(RecordKind::Employer, GLOBEX, true, &[(&employer::NAME, text("Globex"))]),
        event(EVENT, event::EVENT, event::EMPLOYERS),
        event(FAIR, event::JOB_FAIR, event::EMPLOYERS),
        event(DRAFT, event::EVENT, event::NOBODY),
        schedule(OWN[0], ACME),
        listing(OWN[1], ACME),
        schedule(OTHERS[0], GLOBEX),
        listing(OTHERS[1], GLOBEX),
        person(OWN_CONTACT, "dana@acme.example"),
        person(BO, "bo@acme.example"),
    ];
    let mut documents = Documents::default();
    let clock = Clock { stamp: Stamp { time: Hlc(1), device: id(80) }, place: 3 };
    documents.take(&operation(99, OperationKind::InstitutionSetup, all), clock);
    documents
}

/// A participation with these values in place of the usual ones.
fn part(contact: u8, on: (&'static Field, u8), part: &str, with: Values<'_>) -> LinkedChange {
    let mut fields: Vec<(&Field, Value)> = vec![
        (&participation::CONTACT, to(contact)),
        (on.0, to(on.1)),
        (&participation::PART, text(part)),
        (&participation::STATUS, text(participation::EXPECTED)),
        (&participation::REGISTERED_BY, to(DANA)),
    ];
    for (field, value) in with {
        fields.retain(|(have, _)| have.number != field.number);
        fields.push((field, value.clone()));
    }
    change(RecordKind::Participation, 40 + contact, true, &fields)
}

/// Somebody who is named.
fn named(source: &str, with: Values<'_>) -> LinkedChange {
    let mut fields: Vec<(&Field, Value)> = vec![
        (&contact::EMAIL, text("cy@acme.example")),
        (&contact::SOURCE, text(source)),
        (&contact::APPROVAL, text(contact::PENDING)),
        (&contact::VISIBILITY, text(contact::CAREER_ADVISORS)),
        (&contact::EMPLOYER, to(ACME)),
        (&contact::ADDED_BY_USER, to(DANA)),
    ];
    for (field, value) in with {
        fields.retain(|(have, _)| have.number != field.number);
        fields.push((field, value.clone()));
    }
    change(RecordKind::Contact, 30, true, &fields)
}

fn schedule(n: u8, created: bool, with: Values<'_>) -> LinkedChange {
    let mut fields: Vec<(&Field, Value)> = vec![(&interview_schedule::STATUS, text(interview_schedule::REQUESTED))];
    if created {
        fields.push((&interview_schedule::EMPLOYER, to(ACME)));
        fields.push((&interview_schedule::CONTACT, to(OWN_CONTACT)));
        fields.push((&interview_schedule::TYPE, text(interview_schedule::VIDEO)));
    }
    for (field, value) in with {
        fields.retain(|(have, _)| have.number != field.number);
        fields.push((field, value.clone()));
    }
    change(RecordKind::InterviewSchedule, n, created, &fields)
}

fn listing(n: u8, created: bool, with: Values<'_>) -> LinkedChange {
    let mut fields: Vec<(&Field, Value)> = vec![(&job_listing::STATUS, text(job_listing::SUBMITTED))];
    if created {
        fields.push((&job_listing::EMPLOYER, to(ACME)));
        fields.push((&job_listing::CONTACT, to(OWN_CONTACT)));
    }
    for (field, value) in with {
        fields.retain(|(have, _)| have.number != field.number);
        fields.push((field, value.clone()));
    }
    change(RecordKind::JobListing, n, created, &fields)
}

type Case = (PortalPermission, OperationKind, Vec<LinkedChange>);

const ON_EVENT: &Field = &participation::EVENT;
const ON_SCHEDULE: &Field = &participation::INTERVIEW_SCHEDULE;

/// What is permitted, each with the permission it takes.
fn permitted() -> Vec<Case> {
    use OperationKind::{PortalEmployer, PortalPost, PortalRegister};
    use PortalPermission::{EditEmployer, ManageInterviews, PostJobs, RegisterEvents, RegisterFairs};
    let lines = [(&participation::NAMED, Value::List(vec!["Cy Ode <cy@acme.example>".into()]))];
    let cancelled = [(&interview_schedule::STATUS, text(interview_schedule::CANCELLED))];
    vec![
        (RegisterEvents, PortalRegister, vec![part(OWN_CONTACT, (ON_EVENT, EVENT), "registered", &lines)]),
        (RegisterEvents, PortalRegister, vec![part(BO, (ON_EVENT, EVENT), "registered", &[])]),
        (
            RegisterEvents,
            PortalRegister,
            vec![named("event_contact", &[]), part(30, (ON_EVENT, EVENT), "registered", &[])],
        ),
        (RegisterFairs, PortalRegister, vec![part(OWN_CONTACT, (ON_EVENT, FAIR), "registered", &lines)]),
        (
            RegisterFairs,
            PortalRegister,
            vec![named("job_fair_registration", &[]), part(30, (ON_EVENT, FAIR), "additional_contact", &[])],
        ),
        (
            ManageInterviews,
            PortalPost,
            vec![
                named("interviewer", &[]),
                schedule(50, true, &[]),
                part(30, (ON_SCHEDULE, 50), participation::INTERVIEWER, &[]),
            ],
        ),
        (ManageInterviews, PortalPost, vec![schedule(OWN[0], false, &[(&interview_schedule::TITLE, text("Analyst"))])]),
        (ManageInterviews, PortalPost, vec![schedule(OWN[0], false, &cancelled)]),
        (PostJobs, PortalPost, vec![listing(51, true, &[(&job_listing::TITLE, text("Analyst"))])]),
        (PostJobs, PortalPost, vec![listing(OWN[1], false, &[(&job_listing::URL, text("https://acme.example"))])]),
        (PostJobs, PortalPost, vec![listing(OWN[1], false, &[(&job_listing::STATUS, text(job_listing::CLOSED))])]),
        (
            EditEmployer,
            PortalEmployer,
            vec![
                change(RecordKind::Employer, ACME, false, &[(&employer::CITY, text("Springfield"))]),
                change(RecordKind::Contact, BO, false, &[(&contact::CITY, text("Springfield"))]),
            ],
        ),
    ]
}

#[test]
fn each_permission_opens_its_own_and_no_other() {
    for given in PortalPermission::ALL {
        let documents = documents(&[given]);
        for (takes, kind, changes) in permitted() {
            let is_permitted = permit(&operation(DANA, kind, changes.clone()), &documents).is_ok();
            let may = role::permitted([given.key()]).contains(&takes);
            assert_eq!(is_permitted, may, "{given:?} {kind:?} {changes:?}");
        }
    }
    for (_, kind, changes) in permitted() {
        assert!(permit(&operation(DANA, kind, changes.clone()), &documents(&[])).is_err());
        // Nor does somebody else with the same step.
        assert!(permit(&operation(BO, kind, changes), &documents(&PortalPermission::ALL)).is_err());
    }
}

#[test]
fn nobody_does_more_than_that_with_all_permissions() {
    use OperationKind::{PortalAccount, PortalEmployer, PortalPost, PortalRegister};
    let all = documents(&PortalPermission::ALL);
    let approved = [(&contact::APPROVAL, text(contact::APPROVED))];
    let staff_listing = listing(OWN[1], false, &[(&job_listing::STATUS, text(job_listing::OPEN))]);
    let fair = || part(30, (ON_EVENT, FAIR), "additional_contact", &[]);
    for (kind, changes) in [
        (PortalRegister, vec![part(OWN_CONTACT, (ON_EVENT, DRAFT), "registered", &[])]),
        (PortalRegister, vec![part(BO, (ON_EVENT, FAIR), "registered", &[])]),
        (PortalRegister, vec![part(BO, (ON_EVENT, EVENT), "registered", &[(&participation::REGISTERED_BY, to(BO))])]),
        (
            PortalRegister,
            vec![part(BO, (ON_EVENT, EVENT), "registered", &[(&participation::STATUS, text("attended"))])],
        ),
        (PortalRegister, vec![part(BO, (ON_EVENT, EVENT), "registered", &[(&participation::REMARK, text("Table 1"))])]),
        (PortalRegister, vec![part(99, (ON_EVENT, EVENT), "registered", &[])]),
        (PortalRegister, vec![part(BO, (ON_SCHEDULE, OWN[0]), participation::INTERVIEWER, &[])]),
        (PortalRegister, vec![named("job_fair_registration", &[])]),
        (PortalRegister, vec![named("event_contact", &[]), fair()]),
        (PortalRegister, vec![named("admin", &[]), fair()]),
        (PortalRegister, vec![named("job_fair_registration", &approved), fair()]),
        (PortalRegister, vec![named("job_fair_registration", &[(&contact::EMPLOYER, to(GLOBEX))]), fair()]),
        (PortalRegister, vec![named("job_fair_registration", &[(&contact::ADDED_BY_USER, to(BO))]), fair()]),
        (PortalRegister, vec![change(RecordKind::Contact, BO, false, &[(&contact::TITLE, text("Dean"))])]),
        (PortalRegister, vec![change(RecordKind::Event, EVENT, false, &[(&event::PLACES, Value::Number(1))])]),
        (PortalPost, vec![schedule(50, true, &[(&interview_schedule::STATUS, text("confirmed"))])]),
        (PortalPost, vec![schedule(50, true, &[(&interview_schedule::EMPLOYER, to(GLOBEX))])]),
        (PortalPost, vec![schedule(50, true, &[(&interview_schedule::CONTACT, to(BO))])]),
        (PortalPost, vec![schedule(OTHERS[0], false, &[])]),
        (PortalPost, vec![schedule(OWN[0], false, &[(&interview_schedule::CONTACT, to(BO))])]),
        (PortalPost, vec![part(BO, (ON_SCHEDULE, OTHERS[0]), participation::INTERVIEWER, &[])]),
        (PortalPost, vec![listing(51, true, &[(&job_listing::STATUS, text(job_listing::OPEN))])]),
        (PortalPost, vec![staff_listing]),
        (PortalPost, vec![listing(OTHERS[1], false, &[])]),
        (PortalPost, vec![listing(OWN[1], false, &[(&job_listing::EMPLOYER, to(GLOBEX))])]),
        (PortalEmployer, vec![change(RecordKind::Employer, GLOBEX, false, &[(&employer::CITY, text("X"))])]),
        (PortalEmployer, vec![change(RecordKind::Employer, ACME, false, &[(&employer::NAME, text("X"))])]),
        (PortalEmployer, vec![change(RecordKind::Contact, OWN_CONTACT, false, &[(&contact::CITY, text("X"))])]),
        (PortalAccount, vec![listing(51, true, &[])]),
    ] {
        assert!(permit(&operation(DANA, kind, changes.clone()), &all).is_err(), "{kind:?} {changes:?}");
    }
}
