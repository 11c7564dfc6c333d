//! What employers and students find: a role that permits everything, an event, a job and interviews.

use crate::site::Site;
use liaison_app::entries::record_create;
use liaison_app::roles::{role_edit, role_named};
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::role::{self, PortalPermission};
use liaison_domain::{Id, RecordKind, Value, event, interview_schedule, job_listing};
use std::collections::HashMap;

/// Lets the role that everybody has at first do everything.
pub async fn permit_everything(site: &Site) {
    let id = role_named(&site.desk, role::DEFAULT_ACCESS).await.expect("a role");
    let before = site.at_desk(RecordKind::Role).await.into_iter().find(|role| role.id == id).expect("a role");
    let before = match before.get(&role::PERMISSIONS) {
        Value::List(keys) => keys.clone(),
        _ => Vec::new(),
    };
    let after = PortalPermission::ALL.into_iter().map(|permission| permission.key().to_owned()).collect();
    let field = role::PERMISSIONS.key.into();
    let edit = FieldEdit { field, before: FieldValue::List(before), after: FieldValue::List(after) };
    role_edit(&site.desk, id, &[edit]).await.expect("edited");
    site.at_desk(RecordKind::Role).await;
}

async fn create(site: &Site, kind: RecordKind, values: &[(&str, &str)], moment: Option<(&str, i64)>) {
    let texts = values.iter().map(|(key, text)| ((*key).to_owned(), FieldValue::Text((*text).to_owned())));
    let mut values: HashMap<String, FieldValue> = texts.collect();
    values.extend(moment.map(|(key, at)| (key.to_owned(), FieldValue::Number(at))));
    record_create(&site.desk, kind, &values).await.expect("a record");
    site.at_desk(kind).await;
}

/// Publishes one of each, those of an employer for this one.
pub async fn publish(site: &Site, employer: Id) {
    let employer = employer.to_string();
    let fair = [
        ("title", "Spring Fair of All Schools and Departments"),
        ("type", event::JOB_FAIR),
        ("published", event::EMPLOYERS_AND_STUDENTS),
        ("location", "Field House"),
    ];
    create(site, RecordKind::Event, &fair, Some((event::STARTS_AT.key, 7_231_723_200_000))).await;
    let job = [
        ("title", "Analyst"),
        ("status", job_listing::OPEN),
        ("employer", employer.as_str()),
        ("closes_on", "2199-03-05"),
        ("url", "https://acme.example/jobs/1"),
    ];
    create(site, RecordKind::JobListing, &job, None).await;
    let interviews = [
        ("title", "Analysts"),
        ("type", interview_schedule::ON_CAMPUS),
        ("held_on", "2199-03-05"),
        ("status", interview_schedule::REQUESTED),
        ("employer", employer.as_str()),
    ];
    create(site, RecordKind::InterviewSchedule, &interviews, None).await;
}
