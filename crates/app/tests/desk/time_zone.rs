//! The institution's time zone: one calendar for everybody, whatever this computer's clock shows.

use crate::common::{desk, go_on, text};
use crate::undo_chains::take_back;
use liaison_app::export::{self, ExportFormat, ExportInput};
use liaison_app::files::Destination;
use liaison_app::lists::{self, Selection};
use liaison_app::{CommandError, Session, activities, entries, home, institution};
use liaison_domain::edit::FieldEdit;
use liaison_domain::filter::{Condition, FilterOp, ListQuery};
use liaison_domain::refusal::Problem;
use liaison_domain::{Id, RecordKind, moment, time_zone};

/// July 2 in London, the evening of July 1 in New York.
const LATE: &str = "2026-07-02T02:30:00Z";

fn at(text: &str) -> u64 {
    moment::read(text, moment::Zone::UTC).expect("a moment") as u64
}

async fn choose(desk: &Session, zone: &str) -> Result<Option<Id>, CommandError> {
    let before = institution::institution_look(desk).await?.time_zone;
    let edit = FieldEdit { field: "time_zone".into(), before: text(&before), after: text(zone) };
    Ok(institution::institution_edit(desk, &[edit]).await?.operation)
}

#[tokio::test(flavor = "multi_thread")]
async fn begins_as_this_computer_s_and_is_chosen_undone_and_refused() {
    let desk = desk().await;
    let here = liaison_store::time_zone::of_computer();
    assert_eq!(institution::institution_look(&desk).await.expect("a look").time_zone, here.name());
    assert_eq!(desk.zone(), here);
    assert!(!desk.time_zone().is_elsewhere);

    let other = if here == moment::Zone::Asia__Kolkata { "Asia/Tokyo" } else { "Asia/Kolkata" };
    let chosen = choose(&desk, other).await.expect("chosen").expect("an operation");
    assert_eq!(desk.zone().name(), other);
    let seen = desk.time_zone();
    assert_eq!((seen.name.as_str(), seen.is_elsewhere), (other, true));
    take_back(&desk, chosen).await.expect("undone");
    assert_eq!(desk.zone(), here, "undone");

    let refused = choose(&desk, "Mars/Olympus").await;
    let Err(CommandError::Validation { fields }) = refused else { panic!("{refused:?}") };
    assert_eq!((fields[0].field.as_str(), &fields[0].problem), ("time_zone", &Problem::NotATimeZone));
    choose(&desk, "").await.expect("none, as before there was this setting");
    assert_eq!(desk.zone(), here);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn says_what_today_is_for_tasks_home_and_histories() {
    let desk = desk().await;
    choose(&desk, "America/New_York").await.expect("chosen");
    desk.engine().set_clock(Some(at(LATE)));
    let (acme, birch) = (desk.add_employer("Acme").await, desk.add_employer("Birch").await);
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    for (title, due) in [("First", "2026-07-01"), ("Second", "2026-07-02")] {
        let values = [("contact", text(&dana.to_string())), ("title", text(title)), ("due_on", text(due))];
        let values = values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        entries::record_create(&desk, RecordKind::Task, &values).await.expect("a task");
    }
    let due = async || {
        let day = activities::my_day(&desk).await.expect("a day");
        let names = |rows: &[activities::Activity]| rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
        (names(&day.overdue), names(&day.today))
    };
    assert_eq!(due().await, (vec![], vec!["First".to_owned()]), "July 1 in New York");
    assert_eq!(home::home_charts(&desk).await.expect("charts").days.last().map(String::as_str), Some("2026-07-01"));
    desk.set(dana, "employer", "", &acme.to_string()).await;
    desk.set(dana, "employer", &acme.to_string(), &birch.to_string()).await;
    let history = desk.live(RecordKind::Employment).await.into_values().next().expect("a history");
    let ended = RecordKind::Employment.field("ended_on").expect("a field");
    assert_eq!(history.text(ended), "2026-07-01");

    choose(&desk, "Europe/London").await.expect("chosen");
    assert_eq!(due().await, (vec!["First".to_owned()], vec!["Second".to_owned()]), "July 2 in London");
    assert_eq!(desk.today().to_string(), "2026-07-02");
    assert_eq!(time_zone::written_day(at(LATE) as i64, desk.zone()), "July 2, 2026");
}

#[tokio::test(flavor = "multi_thread")]
async fn is_what_filters_and_exports_go_by() {
    let desk = desk().await;
    desk.engine().set_clock(Some(at(LATE)));
    desk.add("Dana", "Reyes", "dana@acme.example").await;
    let since = |day: &str| ListQuery {
        filter: vec![Condition { field: "created_at".into(), op: FilterOp::After, values: vec![day.into()] }],
        ..ListQuery::all(RecordKind::Contact)
    };
    for (zone, on_the_second, exported) in
        [("America/New_York", 0, "2026-07-01 22:30"), ("Asia/Kolkata", 1, "2026-07-02 08:00")]
    {
        choose(&desk, zone).await.expect("chosen");
        assert_eq!(lists::list_count(&desk, since("2026-07-02")).await.expect("counted"), on_the_second, "{zone}");
        assert_eq!(lists::list_count(&desk, since("2026-07-01")).await.expect("counted"), 1, "{zone}");
        let result = lists::list_open(&desk, ListQuery::all(RecordKind::Contact)).await.expect("a list").result;
        let input = ExportInput {
            kind: RecordKind::Contact,
            selection: Selection::Result { result, except: Vec::new() },
            format: ExportFormat::Csv,
            columns: vec!["created_at".into()],
        };
        let path = desk.directory.outside().join(format!("{}.csv", zone.replace('/', "-")));
        export::export(&desk, &input, Destination::Path(&path), &mut go_on).await.expect("written");
        let written = std::fs::read_to_string(&path).expect("a file");
        assert!(written.contains(exported), "{zone}: {written}");
    }
}
