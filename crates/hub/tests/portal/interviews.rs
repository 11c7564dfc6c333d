//! Asking for interviews, from the form to the desk's row with its source.

use crate::events::permits;
use crate::sign_up::{DANA, signed_up};
use crate::site::{Browser, Page, Site};
use liaison_app::entries::record_edit;
use liaison_domain::edit::FieldEdit;
use liaison_domain::parse::FieldValue;
use liaison_domain::role::PortalPermission;
use liaison_domain::{RecordKind, contact, employer_user, interview_schedule, participation};

/// Asks for interviews; the answer, and what was sent.
async fn ask(browser: &Browser, how: &str, people: &[(&str, &str, &str)]) -> (Page, Vec<(String, String)>) {
    let op = browser.open("/hire/interviews/new").await.hidden("op");
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut fields = vec![
        field("op", &op),
        field("how", how),
        field("title", "Analyst"),
        field("held_on", "2199-03-05"),
        field("slots", "8"),
        field("location", "Room 3"),
    ];
    for (at, (first, last, email)) in people.iter().enumerate() {
        for (name, value) in [("first_name", first), ("last_name", last), ("email", email)] {
            fields.push((format!("p{at}_{name}"), (*value).to_owned()));
        }
    }
    (browser.post("/hire/interviews/new", &borrowed(&fields)).await, fields)
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn interviewers_wait_at_the_desk_with_the_source_of_how_interviews_are_held() {
    let site = Site::start().await;
    let (dana, _) = signed_up(&site, &DANA).await;
    assert_eq!(dana.open("/hire/interviews").await.status, 404, "not in the role that everybody has at first");
    permits(&site, &[PortalPermission::ManageInterviews]).await;
    assert!(dana.open("/hire/interviews").await.body.contains("You have asked for none."));
    let user = site.with(RecordKind::EmployerUser, &employer_user::EMAIL, "dana@acme.example").await.expect("a user");
    for (how, email, source) in [
        (interview_schedule::ON_CAMPUS, "bo@acme.example", "oci_interviewer"),
        (interview_schedule::VIDEO, "cy@acme.example", "interviewer"),
    ] {
        let people = [("Bo", "Lind", email), ("Dana", "Reyes", "dana@acme.example")];
        let (page, sent) = ask(&dana, how, &people).await;
        assert_eq!((page.status, page.location()), (303, "/hire/interviews?done=posted"), "{}", page.body);
        // The same form once more makes nothing more.
        let again = dana.post("/hire/interviews/new", &borrowed(&sent)).await;
        assert_eq!((again.status, again.location()), (303, "/hire/interviews?done=posted"));

        let person = site.with(RecordKind::Contact, &contact::EMAIL, email).await.expect("a contact");
        let said = [&contact::SOURCE, &contact::APPROVAL, &contact::VISIBILITY].map(|field| person.text(field));
        assert_eq!(said, [source, contact::PENDING, contact::CAREER_ADVISORS]);
        assert_eq!(person.get(&contact::ADDED_BY_USER).as_reference(), Some(user.id));
        let own = site.with(RecordKind::Contact, &contact::EMAIL, "dana@acme.example").await.expect("a contact");
        assert_eq!(own.text(&contact::SOURCE), "employer_user_sign_up", "the first interaction stays");
        let schedules = site.at_desk(RecordKind::InterviewSchedule).await;
        let asked = |schedule: &&liaison_domain::Record| {
            schedule.text(&interview_schedule::TYPE) == how
                && schedule.text(&interview_schedule::STATUS) == interview_schedule::REQUESTED
        };
        let schedules: Vec<_> = schedules.iter().filter(asked).collect();
        assert_eq!(schedules.len(), 1);
        let schedule = schedules[0];
        assert_eq!(schedule.get(&interview_schedule::EMPLOYER), user.get(&employer_user::EMPLOYER));
        assert_eq!(schedule.get(&interview_schedule::CONTACT).as_reference(), Some(own.id));
        let parts = site.at_desk(RecordKind::Participation).await;
        let of_this = parts
            .iter()
            .filter(|part| part.get(&participation::INTERVIEW_SCHEDULE).as_reference() == Some(schedule.id))
            .filter(|part| part.text(&participation::PART) == participation::INTERVIEWER);
        assert_eq!(of_this.count(), 2);
        let page = dana.open(&format!("/hire/interviews/{}", schedule.id)).await;
        assert!(page.body.contains(email) && page.body.contains("hasn’t answered yet"), "{}", page.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_desk_confirmed_waits_again_once_it_is_changed_and_nobody_overwrites_anybody() {
    let site = Site::start().await;
    let (dana, _) = signed_up(&site, &DANA).await;
    permits(&site, &[PortalPermission::ManageInterviews]).await;
    let wrong = dana.open("/hire/interviews/new").await.hidden("op");
    let wrong = dana.post("/hire/interviews/new", &[("op", &wrong), ("held_on", "soon"), ("title", "")]).await;
    assert!(wrong.status == 422 && wrong.body.contains("Enter your title.") && wrong.body.contains("Check your day."));
    ask(&dana, interview_schedule::ON_CAMPUS, &[("Bo", "Lind", "bo@acme.example")]).await;
    let schedule = site.with(RecordKind::InterviewSchedule, &interview_schedule::TITLE, "Analyst").await;
    let schedule = schedule.expect("a schedule").id;
    let edit = async |field: &str, before: &str, after: &str| {
        let edit = FieldEdit {
            field: field.into(),
            before: FieldValue::Text(before.into()),
            after: FieldValue::Text(after.into()),
        };
        record_edit(&site.desk, RecordKind::InterviewSchedule, schedule, &[edit]).await.expect("edited");
        site.at_desk(RecordKind::InterviewSchedule).await;
    };
    let path = format!("/hire/interviews/{schedule}/edit");
    let form = dana.open(&path).await;
    edit("status", interview_schedule::REQUESTED, interview_schedule::CONFIRMED).await;
    edit("location", "Room 3", "Room 4").await;
    assert!(dana.open(&format!("/hire/interviews/{schedule}")).await.body.contains("Confirmed"));

    // Dana changed the room in a form from before: both are shown, nothing is lost.
    let form_fields = |form: &Page, location: &str, title: &str| -> Vec<(String, String)> {
        let mut fields: Vec<(String, String)> =
            ["op", "was_title", "was_held_on", "was_slots", "was_location", "was_people"]
                .map(|name| (name.to_owned(), form.hidden(name)))
                .to_vec();
        for (name, value) in [
            ("title", title),
            ("held_on", "2199-03-05"),
            ("slots", "8"),
            ("location", location),
            ("p0_first_name", "Bo"),
            ("p0_last_name", "Lind"),
            ("p0_email", "bo@acme.example"),
        ] {
            fields.push((name.to_owned(), value.to_owned()));
        }
        fields
    };
    let collision = dana.post(&path, &borrowed(&form_fields(&form, "Room 5", "Analyst"))).await;
    assert_eq!(collision.status, 409, "{}", collision.body);
    assert!(collision.body.contains("It now says “Room 4”") && collision.body.contains("value=\"Room 5\""));
    // What only the desk changed stays as the desk changed it.
    let other = dana.post(&path, &borrowed(&form_fields(&form, "Room 3", "Senior Analyst"))).await;
    assert_eq!(other.status, 303, "{}", other.body);
    let now = site.with(RecordKind::InterviewSchedule, &interview_schedule::TITLE, "Senior Analyst").await;
    let now = now.expect("a schedule");
    assert_eq!(now.text(&interview_schedule::LOCATION), "Room 4");
    assert_eq!(now.text(&interview_schedule::STATUS), interview_schedule::REQUESTED);

    // Nobody of another employer finds it, or calls it off.
    let eve = [("email", "eve@globex.example"), ("first_name", "Eve"), ("last_name", "Ash"), ("employer", "Globex")];
    let (eve, _) = signed_up(&site, &eve).await;
    for path in [format!("/hire/interviews/{schedule}"), path.clone()] {
        assert_eq!(eve.open(&path).await.status, 404);
    }
    let page = dana.open(&format!("/hire/interviews/{schedule}")).await;
    let cancel = format!("/hire/interviews/{schedule}/cancel");
    assert_eq!(eve.post(&cancel, &[("op", &page.hidden("op"))]).await.status, 403);
    assert_eq!(dana.post(&cancel, &[("op", &page.hidden("op"))]).await.status, 303);
    let now = site.with(RecordKind::InterviewSchedule, &interview_schedule::TITLE, "Senior Analyst").await;
    assert_eq!(now.expect("a schedule").text(&interview_schedule::STATUS), interview_schedule::CANCELLED);
    assert_eq!(dana.open(&path).await.status, 404, "what was called off is over");
}
