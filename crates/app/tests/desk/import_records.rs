//! Import of what happens with contacts: references by address and name, bad rows with reasons, twice is once, one undo.

use crate::common::{TestDesk, desk, go_on, values};
use liaison_app::CommandError;
use liaison_app::entries;
use liaison_app::import::{Confidence, DryRun, ImportFilter, ImportOpened, ImportOutcome, ImportProblem, records};
use liaison_app::{import, undo};
use liaison_domain::refusal::Problem;
use liaison_domain::undo::UndoMode;
use liaison_domain::{RecordKind, meeting, participation, task};

impl TestDesk {
    async fn open_as(&self, kind: RecordKind, content: &str) -> ImportOpened {
        let path = self.file("rows.csv", content);
        import::import_open_as(self, kind, &path, None, &mut go_on).await.expect("a file")
    }

    async fn dry(&self, opened: &ImportOpened) -> DryRun {
        import::import_dry_run(self, opened.session, Default::default(), &mut go_on).await.expect("a dry run")
    }
}

const TASKS: &str = "Contact e-mail,Task,Due date,Done,Assigned to,Color
dana@acme.example,Call back,2026-10-01,no,Ada Berg,red
DANA.OLD@acme.example,Send figures,2026-10-02 00:00,yes,,
nobody@acme.example,Call,,,,
dana@acme.example,,2026-10-01,,,
dana@acme.example,Bad day,soon,perhaps,Zed Nobody,
,,,,,
dana@acme.example,Call back,2026-10-01,no,Ada Berg,blue
";

#[tokio::test(flavor = "multi_thread")]
async fn tasks_come_from_a_file_find_their_contacts_and_are_taken_back_in_one_step() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    desk.set(dana, "former_emails", "", "dana.old@acme.example").await;
    let opened = desk.open_as(RecordKind::Task, TASKS).await;
    let fields: Vec<_> = opened.columns.iter().map(|column| column.field.as_deref()).collect();
    assert_eq!(fields, [Some("contact"), Some("title"), Some("due_on"), Some("done"), Some("assignee"), None]);
    assert_eq!(opened.columns[0].confidence, Confidence::Likely);
    assert_eq!(opened.columns[1].confidence, Confidence::Certain);
    let before = desk.rows().await;
    let counts = desk.dry(&opened).await;
    assert_eq!((counts.created, counts.unchanged + counts.blank, counts.failed), (2, 2, 3));
    assert_eq!(desk.rows().await, before, "a dry run writes nothing");

    let failed = import::import_rows(&desk, opened.session, Some(ImportFilter::Failed), 0, 50).await.expect("rows");
    type Reason<'r> = (Option<&'r str>, Option<u32>, &'r ImportProblem);
    let reasons: Vec<Vec<Reason<'_>>> = failed
        .rows
        .iter()
        .map(|row| row.problems.iter().map(|p| (p.field.as_deref(), p.column, &p.problem)).collect())
        .collect();
    let value = |problem| ImportProblem::Value { problem };
    assert_eq!(reasons[0], [(Some("contact"), Some(0), &value(Problem::UnknownReference))]);
    assert_eq!(reasons[1], [(Some("title"), Some(1), &value(Problem::Required))]);
    assert_eq!(
        reasons[2],
        [
            (Some("due_on"), Some(2), &value(Problem::NotADate)),
            (Some("done"), Some(3), &value(Problem::NotYesOrNo)),
            (Some("assignee"), Some(4), &value(Problem::UnknownReference)),
        ]
    );
    let mut errors = Vec::new();
    assert_eq!(import::import_errors(&desk, opened.session, &mut errors).await.expect("a file"), 3);
    let errors = String::from_utf8(errors).expect("text");
    assert!(errors.contains("Contact: there is no such record") && errors.contains("Task: a value is needed"));

    let fixed = import::import_fix(&desk, opened.session, 2, 0, "dana@acme.example").await.expect("a fix");
    assert_eq!((fixed.row.outcome, fixed.counts.created, fixed.counts.failed), (ImportOutcome::Created, 3, 2));
    let done = import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import");
    assert_eq!((done.created, done.unchanged + done.blank, done.failed), (3, 2, 2));
    let tasks = desk.live(RecordKind::Task).await;
    assert_eq!(tasks.len(), 3);
    assert!(tasks.values().all(|record| record.get(&task::CONTACT).as_reference() == Some(dana)));
    let sent = tasks.values().find(|record| record.text(&task::TITLE) == "Send figures").expect("a task");
    assert_eq!((sent.text(&task::DUE_ON), sent.get(&task::DONE).as_flag()), ("2026-10-02", true));

    let again = desk.open_as(RecordKind::Task, TASKS).await;
    let counts = desk.dry(&again).await;
    assert_eq!((counts.created, counts.unchanged + counts.blank), (0, 4), "what is there already is not added again");

    let preview = undo::undo_preview(&desk, done.operation.expect("an operation")).await.expect("a preview");
    assert_eq!((preview.records, preview.can_undo), (3, 3));
    let back =
        undo::undo(&desk, preview.operation.id, UndoMode::KeepLaterChanges, &mut go_on).await.expect("taken back");
    assert_eq!((back.changed, back.skipped), (3, 0));
    assert!(desk.live(RecordKind::Task).await.is_empty());
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn meetings_have_their_own_clock_and_participations_find_events_by_title() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let file = "Contact,Subject,Starts,Ends,Time zone,Guests
Dana Reyes <dana@acme.example>,Lunch,2026-09-01 12:00,2026-09-01 13:00,Europe/Paris,Guy <guy@x.example>; ann@x.example
dana@acme.example,Backwards,2026-09-01 12:00,2026-09-01 11:00,Europe/Paris,
dana@acme.example,Nowhere,2026-09-01 12:00,,Mars/Olympus,
";
    let opened = desk.open_as(RecordKind::Meeting, file).await;
    let done = import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import");
    assert_eq!((done.created, done.failed), (1, 2));
    let lunch = desk.live(RecordKind::Meeting).await.into_values().next().expect("a meeting");
    assert_eq!(lunch.get(&meeting::STARTS_AT).as_moment(), Some(1_788_256_800_000));
    assert_eq!(lunch.get(&meeting::CONTACT).as_reference(), Some(dana));

    for title in ["Fair", "Talk", "Talk"] {
        let event = values(&[("title", title), ("type", "job_fair"), ("starts_at", "1800000000000")]);
        entries::record_create(&desk, RecordKind::Event, &event).await.expect("an event");
    }
    let file = "Contact,Event,Part,Status\ndana@acme.example,fair,Additional contact,attended\n\
        dana@acme.example,Talk,registered,\ndana@acme.example,Fair,additional_contact,expected\n";
    let opened = desk.open_as(RecordKind::Participation, file).await;
    let counts = desk.dry(&opened).await;
    assert_eq!((counts.created, counts.unchanged, counts.failed), (1, 1, 1));
    let failed = import::import_rows(&desk, opened.session, Some(ImportFilter::Failed), 0, 5).await.expect("rows");
    assert_eq!(failed.rows[0].problems[0].problem, ImportProblem::AmbiguousName);
    let done = import::import_commit(&desk, opened.session, &mut go_on).await.expect("an import");
    assert_eq!((done.created, done.unchanged, done.failed), (1, 1, 1), "nobody takes part twice in the same part");
    let part = desk.live(RecordKind::Participation).await.into_values().next().expect("a participation");
    assert_eq!(part.text(&participation::STATUS), "attended");
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_has_a_template_and_others_are_refused() {
    let desk = desk().await;
    for kind in records::kinds() {
        let template = import::records_template(&desk, kind).expect("a template");
        let text = String::from_utf8(template).expect("text");
        let opened = desk.open_as(kind, &format!("{text}{}", "x,".repeat(3))).await;
        assert!(opened.columns.iter().all(|column| column.confidence == Confidence::Certain), "{kind:?}");
        assert!(
            opened.columns.iter().any(|column| column.field.as_deref() == Some("contact"))
                || matches!(kind, RecordKind::Experience | RecordKind::Student)
        );
    }
    let path = desk.file("rows.csv", "Name\nx\n");
    let refused = import::import_open_as(&desk, RecordKind::Role, &path, None, &mut go_on).await;
    assert!(matches!(refused, Err(CommandError::NotFound { .. })));
    assert!(import::records_template(&desk, RecordKind::Staff).is_err());
}
