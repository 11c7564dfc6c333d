//! B4: who in the directory may be the same person as somebody in the queue, and why.

use crate::common::desk;
use liaison_app::likeness::LikenessReason::*;
use liaison_domain::RecordKind;

#[tokio::test(flavor = "multi_thread")]
async fn likely_duplicates_come_with_their_reasons_the_likeliest_first() {
    let desk = desk().await;
    desk.start_searching();
    let acme = desk.add_employer("Acme").await.to_string();
    let pending = desk.arrive("Dána", "Reyes", "dana@acme.example").await;
    desk.set(pending, "work_phone", "", "+1 (555) 010-0199").await;
    desk.set(pending, "employer", "", &acme).await;
    let twin = desk.add("Dana", "REYES", "d.reyes@home.example").await.id;
    desk.set(twin, "email_2", "", "DANA@acme.example").await;
    desk.set(twin, "employer", "", &acme).await;
    let caller = desk.add("Somebody", "Else", "else@x.example").await.id;
    desk.set(caller, "mobile_phone", "", "555 010 0199").await;
    let colleague = desk.add("Eli", "Stone", "eli@acme.example").await.id;
    desk.set(colleague, "employer", "", &acme).await;
    let gone = desk.add("Dana", "Reyes", "gone@x.example").await;
    desk.undo(gone.operation, liaison_domain::undo::UndoMode::KeepLaterChanges, &mut crate::common::go_on)
        .await
        .expect("gone");
    desk.search(RecordKind::Contact).expect("an index").wait().await;
    let found = desk.contact_likenesses(pending).await.expect("likenesses");
    let found: Vec<_> = found.into_iter().map(|likeness| (likeness.id, likeness.reasons)).collect();
    assert_eq!(
        found,
        [(twin, vec![SameEmail, SameName, SameEmployer]), (caller, vec![SamePhone])],
        "neither itself, nor a colleague, nor who is in the trash"
    );
    let other_way: Vec<_> =
        desk.contact_likenesses(caller).await.expect("likenesses").into_iter().map(|l| l.id).collect();
    assert_eq!(other_way, [pending]);
}
