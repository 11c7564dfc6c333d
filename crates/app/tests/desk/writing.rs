//! All of an operation or nothing, also when somebody stops it.

use crate::common::{TestDesk, desk, go_on, pending, sample, stop};
use liaison_app::lists::Selection;
use liaison_app::{CacheTag, CommandError, Progress, history, import, lists, notes, review, undo};
use liaison_domain::RecordKind;
use liaison_domain::filter::ListQuery;
use liaison_domain::review::ReviewAction;
use liaison_domain::undo::UndoMode;
use std::ops::ControlFlow;

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_operation_leaves_no_trace() {
    let desk = sample(300).await;
    let history = history::history_list(&desk, &Default::default()).await.expect("history").total;
    let mut csv = String::from("First name,Last name,E-mail,Employer\n");
    for row in 0..5_000 {
        csv.push_str(&format!("Ann,Lee {row},ann{row}@new.example,New {}\n", row % 7));
    }
    let file = desk.file("new.csv", csv);
    let opened = import::import_open(&desk, &file, None, &mut go_on).await.expect("a file");
    let everybody = lists::list_open(&desk, ListQuery::all(RecordKind::Contact)).await.expect("a list");
    let everybody = Selection::Result { result: everybody.result, except: Vec::new() };
    let sampled =
        history::history_list(&desk, &liaison_app::history::HistoryQuery { limit: 1, ..Default::default() }).await;
    let sampled = sampled.expect("history").rows[0].id;
    let before = desk.rows().await;
    for after in [0, 2_000, 4_000, 5_000] {
        let mut at = |progress: Progress| {
            if progress.done >= after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        assert_eq!(
            import::import_commit(&desk, opened.session, &mut at).await,
            Err(CommandError::Cancelled),
            "after {after}"
        );
        assert_eq!(
            import::import_dry_run(&desk, opened.session, Default::default(), &mut at).await,
            Err(CommandError::Cancelled)
        );
    }
    assert_eq!(
        review::contacts_review(&desk, &everybody, ReviewAction::Reject, &mut stop).await,
        Err(CommandError::Cancelled)
    );
    assert_eq!(undo::undo(&desk, sampled, UndoMode::KeepLaterChanges, &mut stop).await, Err(CommandError::Cancelled));
    assert_eq!(liaison_app::sample::sample_create(&desk, 100, 9, &mut stop).await, Err(CommandError::Cancelled));
    assert_eq!(desk.rows().await, before);
    assert_eq!(history::history_list(&desk, &Default::default()).await.expect("history").total, history);
    desk.assert_whole().await;
    let done = import::import_commit(&desk, opened.session, &mut go_on).await.expect("stopping is not for ever");
    assert_eq!((done.created, done.failed), (5_000, 0));
    desk.assert_whole().await;
}

/// The button Cancel is pressed elsewhere, while the work goes on.
#[tokio::test(flavor = "multi_thread")]
async fn work_can_be_stopped_from_another_task() {
    let desk = sample(2_500).await;
    let before = desk.rows().await;
    let everybody = lists::list_open(&desk, ListQuery::all(RecordKind::Contact)).await.expect("a list");
    let everybody = Selection::Result { result: everybody.result, except: Vec::new() };
    let stopper = desk.desk.clone();
    let mut press = move |_: Progress| {
        stopper.cancel();
        ControlFlow::Continue(())
    };
    let stopped = review::contacts_review(&desk, &everybody, ReviewAction::Reject, &mut press).await;
    assert_eq!(stopped, Err(CommandError::Cancelled));
    let file = desk.file("new.csv", "First name,Last name,E-mail\nAnn,Lee,ann@new.example\n".repeat(3_000));
    let opened = import::import_open(&desk, &file, None, &mut go_on).await.expect("a file");
    let stopper = desk.desk.clone();
    let mut press = move |_: Progress| {
        import::import_cancel(&stopper, opened.session).expect("the import is there");
        ControlFlow::Continue(())
    };
    assert_eq!(import::import_commit(&desk, opened.session, &mut press).await, Err(CommandError::Cancelled));
    assert_eq!(desk.rows().await, before);
}

/// Somebody writes a note while a long piece of work is asked to stop: it stops all the same.
#[tokio::test(flavor = "multi_thread")]
async fn short_work_in_between_does_not_make_cancel_forgotten() {
    let desk = sample(2_500).await;
    let somebody = desk.live(RecordKind::Contact).await.into_keys().next().expect("a contact");
    let everybody = lists::list_open(&desk, ListQuery::all(RecordKind::Contact)).await.expect("a list");
    let everybody = Selection::Result { result: everybody.result, except: Vec::new() };
    let (other, handle) = (desk.desk.clone(), tokio::runtime::Handle::current());
    let mut note = None;
    let mut press = |_: Progress| {
        other.cancel();
        let writer = other.clone();
        note.get_or_insert_with(|| handle.spawn(async move { notes::note_add(&writer, somebody, "Called").await }));
        std::thread::sleep(std::time::Duration::from_millis(100));
        ControlFlow::Continue(())
    };
    let stopped = review::contacts_review(&desk, &everybody, ReviewAction::Reject, &mut press).await;
    assert_eq!(stopped, Err(CommandError::Cancelled));
    note.expect("a note was begun").await.expect("it ended").expect("and was written");
    // And who presses too late stops nothing that begins afterwards.
    desk.cancel();
    review::contacts_review(&desk, &everybody, ReviewAction::Reject, &mut go_on).await.expect("rejected");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_operation_leaves_no_trace_and_tells_nobody() {
    let desk = desk().await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await;
    let before = desk.rows().await;
    let mut told = desk.engine().changes();
    assert!(notes::note_add(&desk, desk.actor().staff, "on nobody").await.is_err());
    assert!(notes::note_add(&desk, dana.id, " ").await.is_err());
    assert!(
        review::contacts_review(
            &desk,
            &Selection::Ids { ids: vec![dana.id, desk.new_id()] },
            ReviewAction::Reject,
            &mut go_on
        )
        .await
        .is_err()
    );
    assert_eq!(desk.rows().await, before);
    assert!(told.try_recv().is_err(), "nothing changed, nobody is told");
    notes::note_add(&desk, dana.id, "Met at the fair").await.expect("a note");
    assert!(told.try_recv().expect("told").contains(&CacheTag::Notes));
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_is_there_again_after_a_restart() {
    let desk = sample(120).await;
    let queue = lists::list_open(&desk, pending()).await.expect("the queue");
    review::contacts_review(
        &desk,
        &Selection::Result { result: queue.result, except: Vec::new() },
        ReviewAction::Approve,
        &mut go_on,
    )
    .await
    .expect("approved");
    // That it was opened stands in the journal, and in what is kept about it.
    let records = async |desk: &TestDesk| {
        let mut rows = desk.rows().await;
        let kept = rows.remove("operation").expect("the journal").len();
        rows.retain(|table, _| table != "setting" && table != "device");
        (rows, kept)
    };
    let (before, operations) = records(&desk).await;
    let desk = desk.reopened(None).await;
    assert_eq!(records(&desk).await, (before, operations + 1));
    desk.assert_whole().await;
}
