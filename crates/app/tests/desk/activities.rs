//! What happens with contacts: tabs with counts and pages, tasks, meetings, and people who arrive through them
//! (M2, M15, M42).

use crate::common::{TestDesk, change, desk, go_on, only_problem, text, values};
use liaison_app::CommandError;
use liaison_app::activities::{Activity, ActivityOwner, ActivityTab, NamedPerson};
use liaison_app::entries;
use liaison_app::{activities, history, lists, notes, undo};
use liaison_domain::edit::FieldEdit;
use liaison_domain::field::CREATED_AT;
use liaison_domain::filter::ListQuery;
use liaison_domain::parse::FieldValue;
use liaison_domain::refusal::Problem;
use liaison_domain::task::Due;
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, Record, RecordKind, Value, contact, event, meeting, note, participation, task};
use std::collections::HashMap;

fn of(id: Id) -> ActivityOwner {
    ActivityOwner { kind: RecordKind::Contact, id }
}

fn person(place: &str, first: &str, last: &str, email: &str) -> NamedPerson {
    let person = values(&[("first_name", first), ("last_name", last), ("email", email)]);
    NamedPerson { place: place.into(), contact: None, person }
}

fn known(place: &str, contact: Id) -> NamedPerson {
    NamedPerson { place: place.into(), contact: Some(contact), person: HashMap::new() }
}

impl TestDesk {
    async fn create(&self, kind: RecordKind, set: &[(&str, FieldValue)]) -> Id {
        let values = set.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
        entries::record_create(self, kind, &values).await.expect("a record").id
    }

    async fn tab(&self, contact: Id, tab: ActivityTab) -> Vec<Activity> {
        activities::activity_list(self, of(contact), tab, None, 50).await.expect("a page").rows
    }

    async fn take_back(&self, operation: Id) {
        undo::undo(self, operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("taken back");
    }
}

fn moment(millis: i64) -> FieldValue {
    FieldValue::Number(millis)
}

const HOUR: i64 = 3_600_000;

#[tokio::test(flavor = "multi_thread")]
async fn every_tab_has_what_belongs_to_the_contact_and_counts_it() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let omar = desk.add("Omar", "Ali", "omar@acme.example").await.id;
    let acme = desk.add_employer("Acme").await;
    let (dana_text, omar_text, acme_text) = (text(&dana.to_string()), text(&omar.to_string()), text(&acme.to_string()));
    notes::note_add(&desk, dana, "Called").await.expect("a note");
    desk.create(RecordKind::Task, &[("contact", dana_text.clone()), ("title", text("Call back"))]).await;
    let named = [("contact", dana_text.clone()), ("title", text("Thank")), ("student", text("Lena Ortiz"))];
    desk.create(RecordKind::Task, &named).await;
    let own = [("contact", dana_text.clone()), ("title", text("Own")), ("starts_at", moment(5 * HOUR))];
    desk.create(RecordKind::Meeting, &own).await;
    let other = [("contact", omar_text.clone()), ("title", text("Theirs")), ("starts_at", moment(9 * HOUR))];
    let theirs = desk.create(RecordKind::Meeting, &other).await;
    let attends = [("contact", dana_text.clone()), ("part", text("attendee")), ("meeting", text(&theirs.to_string()))];
    desk.create(RecordKind::Participation, &attends).await;
    desk.create(RecordKind::Email, &[("contact", dana_text.clone()), ("subject", text("Hello"))]).await;
    let talk = [
        ("title", text("Talk")),
        ("starts_at", moment(7 * HOUR)),
        ("contact", dana_text.clone()),
        ("employer", acme_text.clone()),
    ];
    let talk = desk.create(RecordKind::Event, &talk).await;
    let fair = [("title", text("Fair")), ("type", text("job_fair")), ("starts_at", moment(8 * HOUR))];
    let fair = desk.create(RecordKind::Event, &fair).await;
    for (event, part) in [(talk, "registered"), (fair, "additional_contact")] {
        let values = [("contact", dana_text.clone()), ("part", text(part)), ("event", text(&event.to_string()))];
        desk.create(RecordKind::Participation, &values).await;
    }
    let posted = [("title", text("Posted only")), ("starts_at", moment(6 * HOUR)), ("contact", dana_text.clone())];
    desk.create(RecordKind::Event, &posted).await;
    let schedule = [
        ("title", text("Interviews")),
        ("held_on", text("2026-10-01")),
        ("contact", dana_text.clone()),
        ("employer", acme_text.clone()),
    ];
    desk.create(RecordKind::InterviewSchedule, &schedule).await;
    let listing = [("title", text("Engineer")), ("contact", dana_text.clone()), ("employer", acme_text.clone())];
    desk.create(RecordKind::JobListing, &listing).await;
    let experience = [
        ("title", text("Internship")),
        ("student", text("Lena Ortiz")),
        ("supervisor", dana_text.clone()),
        ("employer", acme_text.clone()),
    ];
    desk.create(RecordKind::Experience, &experience).await;

    let counts = activities::activity_counts(&desk, of(dana)).await.expect("counts");
    assert_eq!((counts.notes, counts.tasks, counts.meetings, counts.activities), (1, 2, 2, 5));
    assert_eq!((counts.emails, counts.events, counts.interview_schedules), (1, 3, 1));
    assert_eq!((counts.job_listings, counts.experiences, counts.task_contacts), (1, 1, 1));
    let every = [
        (ActivityTab::Activities, counts.activities),
        (ActivityTab::Notes, counts.notes),
        (ActivityTab::Tasks, counts.tasks),
        (ActivityTab::Meetings, counts.meetings),
        (ActivityTab::Emails, counts.emails),
        (ActivityTab::Events, counts.events),
        (ActivityTab::InterviewSchedules, counts.interview_schedules),
        (ActivityTab::JobListings, counts.job_listings),
        (ActivityTab::Experiences, counts.experiences),
        (ActivityTab::TaskContacts, counts.task_contacts),
    ];
    for (tab, count) in every {
        assert_eq!(desk.tab(dana, tab).await.len(), count as usize, "{tab:?} shows as many as it counts");
    }
    let names = |rows: Vec<Activity>| rows.into_iter().map(|row| row.name).collect::<Vec<_>>();
    assert_eq!(names(desk.tab(dana, ActivityTab::Meetings).await), ["Theirs", "Own"]);
    let events = desk.tab(dana, ActivityTab::Events).await;
    assert_eq!(names(events.clone()), ["Fair", "Talk", "Posted only"]);
    let parts: Vec<_> = events.iter().map(|row| row.participation.as_ref().map(|part| part.part.as_str())).collect();
    assert_eq!(parts, [Some("additional_contact"), Some("registered"), None]);
    assert_eq!(activities::activity_counts(&desk, of(omar)).await.expect("counts").meetings, 1);
    let at_acme = ActivityOwner { kind: RecordKind::Employer, id: acme };
    let counts = activities::activity_counts(&desk, at_acme).await.expect("counts");
    assert_eq!((counts.events, counts.interview_schedules, counts.job_listings, counts.experiences), (1, 1, 1, 1));
    let listed = activities::activity_list(&desk, at_acme, ActivityTab::Experiences, None, 50).await.expect("a page");
    assert_eq!(listed.rows[0].names["supervisor"], "Dana Reyes");
    desk.assert_whole().await;
}

/// Page after page shows every record once, in the order of one long page, also where many have the same time.
#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_each_other_without_gap_or_repetition() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let omar = desk.add("Omar", "Ali", "omar@acme.example").await.id;
    desk.write(|recorder| {
        for at in 0..60i64 {
            let mut written = Record::blank(RecordKind::Note, desk.new_id());
            written.set(&CREATED_AT, Value::Moment(at / 7));
            written.set(&note::CONTACT, dana);
            written.set(&note::TEXT, "Note");
            recorder.create(&written)?;
            let mut to_do = Record::blank(RecordKind::Task, desk.new_id());
            to_do.set(&CREATED_AT, Value::Moment(at / 5));
            to_do.set(&task::CONTACT, dana);
            to_do.set(&task::TITLE, "Task");
            recorder.create(&to_do)?;
            let mut met = Record::blank(RecordKind::Meeting, desk.new_id());
            met.set(&CREATED_AT, Value::Moment(0));
            met.set(&meeting::STARTS_AT, Value::Moment(at / 3));
            met.set(&meeting::TITLE, "Meeting");
            met.set(&meeting::CONTACT, if at % 2 == 0 { dana } else { omar });
            recorder.create(&met)?;
            let mut part = Record::blank(RecordKind::Participation, desk.new_id());
            part.set(&CREATED_AT, Value::Moment(0));
            part.set(&participation::CONTACT, dana);
            part.set(&participation::PART, participation::ATTENDEE);
            part.set(&participation::MEETING, met.id);
            recorder.create(&part)?;
        }
        Ok(())
    })
    .await;
    let whole = activities::activity_list(&desk, of(dana), ActivityTab::Activities, None, 200).await.expect("a page");
    assert_eq!((whole.rows.len(), whole.next), (180, None));
    let times: Vec<_> = whole.rows.iter().map(|row| row.at.expect("a time")).collect();
    assert!(times.is_sorted_by(|a, b| a >= b), "newest first");
    let (mut pieces, mut after) = (Vec::new(), None);
    loop {
        let page = activities::activity_list(&desk, of(dana), ActivityTab::Activities, after.as_deref(), 7)
            .await
            .expect("a page");
        pieces.extend(page.rows);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let ids = |rows: &[Activity]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(&pieces), ids(&whole.rows));
    assert_eq!(activities::activity_counts(&desk, of(dana)).await.expect("counts").activities, 180);
    let odd = activities::activity_list(&desk, of(dana), ActivityTab::Activities, Some("x"), 7).await;
    assert!(matches!(odd, Err(CommandError::NotFound { .. })));
}

/// The tabs are read by index, in order: no scan, and no sorting of all that a contact has.
#[tokio::test(flavor = "multi_thread")]
async fn notes_tasks_and_meetings_are_counted_and_read_by_index() {
    let desk = desk().await;
    let plan = async |sql: &str| -> String {
        let rows = desk
            .database()
            .read(|db| db.all(&format!("EXPLAIN QUERY PLAN {sql}"), &[], |row| Ok(row.text(3).to_owned())));
        rows.await.expect("a plan").join("; ")
    };
    for (table, at) in [("note", "created_at"), ("task", "created_at"), ("meeting", "starts_at"), ("email", "sent_at")]
    {
        let of_contact = format!("FROM {table} t WHERE t.contact=x'00' AND t.deleted_at IS NULL");
        let counted = plan(&format!("SELECT count(*) {of_contact}")).await;
        assert!(counted.contains("USING COVERING INDEX"), "{table}: {counted}");
        let read = plan(&format!(
            "SELECT t.{at},t.n,t.id {of_contact} AND (t.{at},t.n)<(5,5) ORDER BY t.{at} DESC,t.n DESC LIMIT 50"
        ))
        .await;
        assert!(read.contains(&format!("USING INDEX {table}_contact")) && !read.contains("TEMP B-TREE"), "{read}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_completed_fall_due_and_remind() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let me = desk.actor().staff;
    let dana_text = text(&dana.to_string());
    let (tomorrow, yesterday, today) = (day(1), day(-1), desk.today().to_string());
    let due = async |title: &str, on: Option<&str>, remind: Option<i64>| {
        let mut set = vec![("contact", dana_text.clone()), ("title", text(title))];
        set.extend(on.map(|on| ("due_on", text(on))));
        set.extend(remind.map(|at| ("remind_at", moment(at))));
        desk.create(RecordKind::Task, &set).await
    };
    let late = due("Late", Some(&yesterday), None).await;
    due("Now", Some(&today), None).await;
    due("Soon", Some(&tomorrow), None).await;
    due("Reminded", Some(&tomorrow), Some(desk.now() as i64 - 1)).await;
    due("Not yet", None, Some(desk.now() as i64 + HOUR)).await;
    assert_eq!(desk.record(RecordKind::Task, late).await.get(&task::ASSIGNEE).as_reference(), Some(me));
    let of_student = [("contact", dana_text.clone()), ("title", text("x")), ("student", text("Lena"))];
    let of_student = desk.create(RecordKind::Task, &of_student).await;
    assert!(desk.record(RecordKind::Task, of_student).await.get(&task::ASSIGNEE).is_empty());
    let started = [
        ("contact", dana_text.clone()),
        ("title", text("Talk")),
        ("starts_at", moment(desk.now() as i64 + 24 * 30 * HOUR)),
        ("remind_minutes", FieldValue::Number(60 * 24 * 60)),
    ];
    desk.create(RecordKind::Meeting, &started).await;

    let names = |rows: &[Activity]| rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
    let day = activities::my_day(&desk).await.expect("a day");
    assert_eq!((names(&day.overdue), names(&day.today)), (vec!["Late".to_owned()], vec!["Now".to_owned()]));
    assert_eq!((names(&day.reminders), names(&day.meetings)), (vec!["Reminded".to_owned()], vec!["Talk".to_owned()]));
    assert_eq!(day.overdue[0].due, Some(Due::Overdue));

    let done = activities::tasks_complete(&desk, &[late], true).await.expect("completed");
    assert_eq!((done.changed, done.skipped), (1, 0));
    assert!(activities::my_day(&desk).await.expect("a day").overdue.is_empty());
    let again = activities::tasks_complete(&desk, &[late], true).await.expect("nothing to do");
    assert_eq!((again.changed, again.skipped, again.operation), (0, 1, None));
    desk.take_back(done.operation.expect("an operation")).await;
    assert_eq!(activities::my_day(&desk).await.expect("a day").overdue_total, 1);
    activities::tasks_complete(&desk, &[late], true).await.expect("completed");
    assert_eq!(activities::tasks_complete(&desk, &[late], false).await.expect("reopened").changed, 1);
    desk.assert_whole().await;
}

fn day(from_today: i64) -> String {
    (chrono::Local::now() + chrono::Duration::days(from_today)).format("%Y-%m-%d").to_string()
}

/// Whoever is named on an activity and is no contact yet becomes one, in the same step (M2).
#[tokio::test(flavor = "multi_thread")]
async fn people_arrive_through_activities_with_their_source() {
    let desk = desk().await;
    let acme = desk.add_employer("Acme").await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    desk.set(dana, "former_emails", "", "dana.old@acme.example").await;
    let before = desk.rows().await;

    let fair = values(&[
        ("title", "Fall fair"),
        ("type", "job_fair"),
        ("starts_at", "1800000000000"),
        ("employer", &acme.to_string()),
    ]);
    let people = [
        person("registered", "Dana", "R", "DANA.OLD@acme.example"),
        person("additional_contact", "Nora", "Lind", "nora@acme.example"),
    ];
    let created = activities::activity_create(&desk, RecordKind::Event, &fair, &people).await.expect("a fair");
    let listed = activities::participants_list(&desk, RecordKind::Event, created.id).await.expect("participants");
    let parts: Vec<_> = listed.iter().map(|part| (part.name.as_str(), part.part.as_str())).collect();
    assert_eq!(parts, [("Dana Reyes", "registered"), ("Nora Lind", "additional_contact")]);
    let nora = desk.record(RecordKind::Contact, listed[1].contact).await;
    assert_eq!(
        (nora.text(&contact::SOURCE), nora.text(&contact::APPROVAL), nora.get(&contact::EMPLOYER).as_reference()),
        ("job_fair_registration", contact::PENDING, Some(acme))
    );
    desk.take_back(created.operation).await;
    assert!(
        activities::participants_list(&desk, RecordKind::Event, created.id).await.expect("participants").is_empty()
    );
    assert_eq!(desk.live(RecordKind::Contact).await.len(), 1, "the new contact went with the fair");
    assert_eq!(desk.rows().await["employer"], before["employer"]);

    let task = values(&[("title", "Interview for class"), ("student", "Lena Ortiz")]);
    let people = [person("contact", "Ben", "Okafor", "ben@mail.example")];
    let created = activities::activity_create(&desk, RecordKind::Task, &task, &people).await.expect("a task");
    let ben = desk.record(RecordKind::Task, created.id).await.get(&task::CONTACT).as_reference().expect("a contact");
    let ben = desk.record(RecordKind::Contact, ben).await;
    assert_eq!((ben.text(&contact::SOURCE), ben.text(&contact::ADDED_BY)), ("task", "Lena Ortiz, student"));
    assert_eq!(ben.text(&contact::APPROVAL), contact::PENDING);

    let experience = values(&[("title", "Internship"), ("student", "Lena Ortiz")]);
    let people = [person("supervisor", "Sue", "Park", "sue@mail.example")];
    let created =
        activities::activity_create(&desk, RecordKind::Experience, &experience, &people).await.expect("an experience");
    let sue = desk.record(RecordKind::Experience, created.id).await;
    let sue = sue.get(&liaison_domain::experience::SUPERVISOR).as_reference().expect("a supervisor");
    assert_eq!(desk.record(RecordKind::Contact, sue).await.text(&contact::SOURCE), "experiential_learning_supervisor");

    let schedule = values(&[("title", "Video"), ("type", "video"), ("held_on", "2026-10-01")]);
    let created = entries::record_create(&desk, RecordKind::InterviewSchedule, &schedule).await.expect("a schedule");
    let people = [person("interviewer", "Ike", "Moss", "ike@mail.example"), known("interviewer", dana)];
    let done = activities::activity_edit(&desk, RecordKind::InterviewSchedule, created.id, &[], &people, &[])
        .await
        .expect("named");
    assert_eq!(done.changed, 1);
    let listed =
        activities::participants_list(&desk, RecordKind::InterviewSchedule, created.id).await.expect("participants");
    assert_eq!(desk.record(RecordKind::Contact, listed[0].contact).await.text(&contact::SOURCE), "interviewer");
    let again = activities::activity_edit(&desk, RecordKind::InterviewSchedule, created.id, &[], &people, &[])
        .await
        .expect("there");
    assert_eq!((again.changed, again.operation), (0, None), "they interview already");
    let rename = [change("title", "Video", "Video interviews")];
    let leaving = [listed[0].id];
    activities::activity_edit(&desk, RecordKind::InterviewSchedule, created.id, &rename, &[], &leaving)
        .await
        .expect("an edit");
    let listed =
        activities::participants_list(&desk, RecordKind::InterviewSchedule, created.id).await.expect("participants");
    assert_eq!(listed.len(), 1);

    let nameless = [person("interviewer", "", "Moss", "x")];
    let refused =
        activities::activity_edit(&desk, RecordKind::InterviewSchedule, created.id, &[], &nameless, &[]).await;
    assert!(matches!(refused, Err(CommandError::Validation { fields }) if fields.len() == 2));
    let nowhere = [person("owner", "Ike", "Moss", "ike2@mail.example")];
    let refused = activities::activity_edit(&desk, RecordKind::InterviewSchedule, created.id, &[], &nowhere, &[]).await;
    assert_eq!(only_problem(refused), ("owner".to_owned(), Problem::UnknownField));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_takes_part_twice_and_only_fairs_have_additional_contacts() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let event = values(&[("title", "Talk"), ("starts_at", "1800000000000")]);
    let talk = entries::record_create(&desk, RecordKind::Event, &event).await.expect("an event").id;
    let part = |part: &str| values(&[("contact", &dana.to_string()), ("event", &talk.to_string()), ("part", part)]);
    entries::record_create(&desk, RecordKind::Participation, &part("registered")).await.expect("registered");
    let again = entries::record_create(&desk, RecordKind::Participation, &part("registered")).await;
    assert_eq!(only_problem(again), ("contact".to_owned(), Problem::InUse { by: "Dana Reyes".into() }));
    let additional = entries::record_create(&desk, RecordKind::Participation, &part("additional_contact")).await;
    assert_eq!(only_problem(additional).0, "part");
    entries::record_edit(&desk, RecordKind::Event, talk, &[change("type", event::EVENT, event::JOB_FAIR)])
        .await
        .expect("a fair");
    entries::record_create(&desk, RecordKind::Participation, &part("additional_contact"))
        .await
        .expect("a fair has them");
}

/// A meeting goes to the trash with who takes part, and comes back with them.
#[tokio::test(flavor = "multi_thread")]
async fn deleting_a_meeting_takes_its_participants_along() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let omar = desk.add("Omar", "Ali", "omar@acme.example").await.id;
    let lunch = values(&[("contact", &dana.to_string()), ("title", "Lunch"), ("starts_at", "1800000000000")]);
    let people = [known("attendee", omar), person("attendee", "Ann", "Lee", "ann@acme.example")];
    let lunch = activities::activity_create(&desk, RecordKind::Meeting, &lunch, &people).await.expect("a meeting").id;
    assert_eq!(activities::activity_counts(&desk, of(omar)).await.expect("counts").meetings, 1);
    let deleted = entries::records_delete(&desk, RecordKind::Meeting, &[lunch]).await.expect("deleted");
    assert_eq!(deleted.changed, 1);
    assert_eq!(activities::activity_counts(&desk, of(omar)).await.expect("counts").meetings, 0);
    assert!(desk.live(RecordKind::Participation).await.is_empty());
    let history =
        history::history_list(&desk, &liaison_app::history::HistoryQuery { limit: 1, ..Default::default() }).await;
    let last = history.expect("history").rows.remove(0);
    assert_eq!((last.subject.as_deref(), last.record_kind, last.count), (Some("Lunch"), Some(RecordKind::Meeting), 1));
    let back =
        undo::undo(&desk, deleted.operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut go_on).await;
    assert_eq!(back.expect("taken back").changed, 1);
    assert_eq!(activities::participants_list(&desk, RecordKind::Meeting, lunch).await.expect("participants").len(), 2);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_goes_into_a_calendar_with_everybody() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let omar = desk.add("Omar", "Ali", "omar@acme.example").await.id;
    let mut lunch = values(&[
        ("contact", &dana.to_string()),
        ("title", "Lunch; with friends"),
        ("starts_at", "1788256800000"),
        ("ends_at", "1788260400000"),
        ("time_zone", "Europe/Paris"),
    ]);
    lunch.insert("guests".into(), FieldValue::List(vec!["Guy Vo <guy@else.example>".into()]));
    lunch.insert("remind_minutes".into(), FieldValue::Number(15));
    let made = activities::activity_create(&desk, RecordKind::Meeting, &lunch, &[known("attendee", omar)])
        .await
        .expect("a meeting");
    let calendar = async || {
        let mut file = Vec::new();
        activities::meeting_calendar(&desk, made.id, &mut file).await.expect("a file");
        String::from_utf8(file).expect("text").replace("\r\n ", "")
    };
    let file = calendar().await;
    for line in [
        "DTSTART;TZID=Europe/Paris:20260901T120000",
        "DTEND;TZID=Europe/Paris:20260901T130000",
        "SUMMARY:Lunch\\; with friends",
        "ORGANIZER;CN=\"Ada Berg\":mailto:ada@northfield.example",
        "CN=\"Dana Reyes\":mailto:dana@acme.example",
        "CN=\"Omar Ali\":mailto:omar@acme.example",
        "CN=\"Guy Vo\":mailto:guy@else.example",
        "TRIGGER:-PT15M",
        "SEQUENCE:0",
    ] {
        assert!(file.contains(line), "{line} in\n{file}");
    }
    let later = [FieldEdit { field: "title".into(), before: text("Lunch; with friends"), after: text("Lunch") }];
    entries::record_edit(&desk, RecordKind::Meeting, made.id, &later).await.expect("an edit");
    assert!(calendar().await.contains("SEQUENCE:1"));
    let wrong = values(&[("contact", &dana.to_string()), ("title", "x"), ("starts_at", "1"), ("time_zone", "Mars/X")]);
    let refused = entries::record_create(&desk, RecordKind::Meeting, &wrong).await;
    assert_eq!(only_problem(refused), ("time_zone".to_owned(), Problem::NotATimeZone));
}

/// Kinds without a search index are found by the words of their titles.
#[tokio::test(flavor = "multi_thread")]
async fn what_has_a_title_is_found_by_its_words() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    for title in ["Call about the fall fair", "Call back", "100% sure"] {
        desk.create(RecordKind::Task, &[("contact", text(&dana.to_string())), ("title", text(title))]).await;
    }
    for (typed, found) in [("call", 2), ("FAIR call", 1), ("%", 1), ("nothing", 0), ("", 3)] {
        let query = ListQuery { search: typed.into(), ..ListQuery::all(RecordKind::Task) };
        assert_eq!(lists::list_count(&desk, query).await.expect("a list"), found, "{typed}");
    }
}
