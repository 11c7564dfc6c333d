//! The token in an invitation's link (M41): how often it works, until when, and what is left of it.

use crate::common::{Folder, TestDesk, change};
use crate::invitations::{HOUR, NOON, add, all_sent, outbox, portal, remind, send, send_through, standing, token};
use crate::mail_server::TestServer;
use liaison_app::{Session, invitations, mail, students};
use liaison_domain::activation::Redeemed;
use liaison_domain::outbox::OutboxState;
use liaison_domain::reminder::{InvitationState, Sending};
use liaison_domain::{Id, RecordKind, student};
use liaison_mail::smtp::Security;
use liaison_store::Database;

#[tokio::test(flavor = "multi_thread")]
async fn a_link_works_once_in_time_and_only_the_newest() {
    let desk = portal().await;
    let (noelle, omar) = (add(&desk, "Noelle").await, add(&desk, "Omar").await);
    let (first, of_omar) = (token(&desk, noelle).await, token(&desk, omar).await);
    all_sent(&desk).await;
    desk.engine().set_clock(Some(NOON + 24 * HOUR));
    remind(&desk, &[noelle]).await;
    let newest = token(&desk, noelle).await;
    all_sent(&desk).await;
    let redeem = |token: String| {
        let desk = desk.clone();
        async move { invitations::invitation_redeem(&desk, &token).await.expect("an answer").redeemed }
    };
    assert_eq!(redeem("guessed".into()).await, Redeemed::Unknown);
    assert_eq!(redeem(first.clone()).await, Redeemed::Superseded);
    assert_eq!(redeem(newest.clone()).await, Redeemed::Activated);
    assert_eq!(redeem(newest).await, Redeemed::Used);
    assert_eq!(redeem(first).await, Redeemed::Used, "the account is active");
    assert_eq!(standing(&desk, noelle).await.state, InvitationState::Activated);
    assert_eq!(students::student_get(&desk, noelle).await.expect("a panel").status, student::ACTIVE);
    desk.engine().set_clock(Some(NOON + 14 * 24 * HOUR));
    assert_eq!(standing(&desk, omar).await.state, InvitationState::Expired);
    assert_eq!(redeem(of_omar).await, Redeemed::Expired);
    // A message that waited that long is not sent any more, and its link is forgotten.
    let cold = add(&desk, "Cold").await;
    let edits = [change("email", "cold@campus.example", "warm@campus.example")];
    let old = token(&desk, cold).await;
    students::student_edit(&desk, cold, &edits).await.expect("an edit");
    assert_eq!(redeem(old).await, Redeemed::Superseded, "whoever reads the old mailbox stays outside");
    mail::send_due(&desk, (NOON + 30 * 24 * HOUR) as i64).await.expect("a round");
    assert_eq!(desk.number("SELECT count(*) FROM outbox WHERE link IS NOT NULL").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_token_is_left_once_its_message_was_sent() {
    let encrypted = portal().await;
    let directory = Folder::new();
    let path = directory.path().join("liaison.db").display().to_string();
    let copy = encrypted.database().maintain(|db| {
        db.execute(&format!("ATTACH '{path}' AS plain KEY ''"))?;
        db.execute("SELECT sqlcipher_export('plain')")?;
        db.execute("DETACH plain")
    });
    copy.await.expect("an unencrypted copy");
    let database = Database::open(directory.path(), None).await.expect("the copy opens");
    let desk = Session::new(database, directory.path().to_owned(), encrypted.actor());
    let desk = TestDesk::of(desk, directory);
    desk.engine().set_clock(Some(NOON));
    let mut server = TestServer::start(Security::StartTls);
    let (noelle, dana) = (add(&desk, "Noelle").await, desk.add("Dana", "Reyes", "dana@acme.example").await.id);
    send(&desk, RecordKind::Contact, &[dana], Sending::Invitation).await;
    let tokens = [token(&desk, noelle).await, token(&desk, dana).await];
    let held = |desk: &TestDesk, text: &str| {
        std::fs::read_dir(desk.directory.path()).expect("files").any(|file| {
            let bytes = std::fs::read(file.expect("a file").path()).expect("its bytes");
            bytes.windows(text.len()).any(|window| window == text.as_bytes())
        })
    };
    assert!(tokens.iter().all(|token| held(&desk, token)), "the search finds what is there");
    send_through(&desk, &server).await;
    assert_eq!(mail::send_due(&desk, NOON as i64).await.expect("a round").sent, 2);
    server.received();
    server.received();
    for token in &tokens {
        assert!(!held(&desk, token), "in no table, no free page, no write-ahead log");
        assert!(held(&desk, &liaison_domain::activation::hash(token)), "its hash is");
        for rows in desk.rows().await.values() {
            assert!(!rows.iter().any(|row| row.contains(token)));
        }
    }
    assert_eq!(desk.live(RecordKind::Email).await.len(), 2, "each stands in the Emails tab of whom it went to");
    // What is given up is forgotten as well.
    let omar = add(&desk, "Omar").await;
    let token = token(&desk, omar).await;
    let waiting: Vec<Id> =
        outbox(&desk).await.iter().filter(|row| row.state == OutboxState::Waiting).map(|row| row.id).collect();
    mail::outbox_cancel(&desk, &waiting).await.expect("cancelled");
    assert_eq!(desk.number("SELECT count(*) FROM outbox WHERE link IS NOT NULL").await, 0);
    assert_eq!(
        invitations::invitation_redeem(&desk, &token).await.expect("an answer").redeemed,
        Redeemed::Activated,
        "the hash knows it"
    );
}
