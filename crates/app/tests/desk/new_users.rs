//! Logins that staff add by hand, for a contact or with one.

use crate::common::{desk, go_on, only_problem, values};
use crate::invitations::{all_sent, outbox, portal, send, token};
use liaison_app::new_users::{NewUser, user_create};
use liaison_app::{contacts, invitations, roles, undo, users};
use liaison_domain::activation::Redeemed;
use liaison_domain::outbox::OutboxState;
use liaison_domain::refusal::Problem;
use liaison_domain::reminder::{InvitationState, Sending, Withheld};
use liaison_domain::undo::UndoMode;
use liaison_domain::{Id, RecordKind, contact, employer_user};

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_gets_a_login_and_somebody_new_both_in_one_step() {
    let desk = desk().await;
    let role = roles::role_named(&desk, "Denied Access Role").await.expect("a role");
    let acme = desk.add_employer("Acme").await;
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    desk.set(dana, "employer", "", &acme.to_string()).await;
    let created = user_create(&desk, &NewUser::Contact { contact: dana }, role).await.expect("a login");
    assert_eq!((created.contact, created.is_new), (Some(dana), false));
    assert_eq!((created.invited, created.withheld), (false, None), "there is no portal that a link could lead to");
    let user = desk.record(RecordKind::EmployerUser, created.user).await;
    assert_eq!(user.text(&employer_user::EMAIL), "dana@acme.example");
    assert_eq!(user.get(&employer_user::EMPLOYER).as_reference(), Some(acme));
    assert_eq!(user.get(&employer_user::ROLE).as_reference(), Some(role));
    assert_eq!(employer_user::log_in(&user), Ok(()));
    let profile = contacts::contact_get(&desk, dana).await.expect("a profile");
    assert_eq!(profile.user.map(|user| user.id), Some(created.user), "linked by the address");
    let again = user_create(&desk, &NewUser::Contact { contact: dana }, role).await;
    assert_eq!(only_problem(again), ("email".into(), Problem::NotFree));

    let person = |email: &str| NewUser::Person {
        values: values(&[("first_name", "Eli"), ("last_name", "Stone"), ("email", email)]),
    };
    let both = user_create(&desk, &person("eli@labs.example"), role).await.expect("both");
    assert!(both.is_new);
    let eli = desk.record(RecordKind::Contact, both.contact.expect("a contact")).await;
    assert_eq!((eli.text(&contact::APPROVAL), eli.text(&contact::SOURCE)), (contact::APPROVED, "admin"));
    assert_eq!(only_problem(user_create(&desk, &person("nobody"), role).await).0, "email");
    let nothing = Id::from_parts(1, [1; 10]);
    assert_eq!(only_problem(user_create(&desk, &person("fay@labs.example"), nothing).await).0, "role");

    // Somebody typed in anew who is a contact already is linked with that one.
    let fay = desk.add("Fay", "Young", "fay@labs.example").await;
    let known = user_create(&desk, &person("FAY@labs.example"), role).await.expect("a login");
    assert_eq!((known.contact, known.is_new), (Some(fay.id), false));

    for operation in [known.operation, fay.operation, both.operation, created.operation] {
        undo::undo(&desk, operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    }
    assert_eq!(desk.live(RecordKind::EmployerUser).await.len(), 0);
    assert_eq!(desk.live(RecordKind::Contact).await.into_keys().collect::<Vec<_>>(), [dana]);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_gets_a_login_is_invited_to_choose_a_password() {
    let desk = portal().await;
    let role = roles::role_named(&desk, "Denied Access Role").await.expect("a role");
    let dana = desk.add("Dana", "Reyes", "dana@acme.example").await.id;
    let created = user_create(&desk, &NewUser::Contact { contact: dana }, role).await.expect("a login");
    assert_eq!((created.invited, created.withheld), (true, None));
    let activated = async || users::user_get(&desk, created.user).await.expect("a user").activated;
    let state = async || {
        let standing = invitations::invitation_standing(&desk, RecordKind::Contact, dana).await.expect("a standing");
        (standing.state, standing.withheld)
    };
    assert!(!activated().await);
    assert_eq!(state().await, (InvitationState::NotInvited, Some(Withheld::Waiting)));
    let link = token(&desk, dana).await;
    all_sent(&desk).await;
    assert_eq!(state().await, (InvitationState::Invited, Some(Withheld::NotYet)));
    // A reminder is possible as for everybody who was invited, and an invitation is not.
    let again = send(&desk, RecordKind::Contact, &[dana], Sending::Invitation).await;
    assert_eq!((again.sent, again.left_out[0].reason), (0, Withheld::AlreadyInvited));
    let redeemed = invitations::invitation_redeem(&desk, &link).await.expect("an answer");
    assert_eq!(
        (redeemed.redeemed, redeemed.user),
        (Redeemed::Activated, Some(created.user)),
        "the login that is there"
    );
    assert!(activated().await);
    assert_eq!(desk.live(RecordKind::EmployerUser).await.len(), 1);
    assert_eq!(desk.standing(created.user).await, ("Denied Access Role".into(), true), "the role stays");
    assert_eq!(state().await, (InvitationState::Activated, Some(Withheld::Activated)));
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_that_is_undone_takes_its_invitation_along_and_some_get_none() {
    let desk = portal().await;
    let role = roles::role_named(&desk, "Denied Access Role").await.expect("a role");
    let eli = NewUser::Person {
        values: values(&[("first_name", "Eli"), ("last_name", "Stone"), ("email", "eli@labs.example")]),
    };
    let created = user_create(&desk, &eli, role).await.expect("both");
    assert_eq!((created.is_new, created.invited), (true, true));
    assert_eq!(outbox(&desk).await[0].address, "eli@labs.example");
    undo::undo(&desk, created.operation, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    assert_eq!(outbox(&desk).await[0].state, OutboxState::Cancelled);
    // Who is pending already gets the login, and no message before somebody approves.
    desk.arrive("Pia", "Stone", "pia@acme.example").await;
    let pia = NewUser::Person {
        values: values(&[("first_name", "Pia"), ("last_name", "Stone"), ("email", "pia@acme.example")]),
    };
    let created = user_create(&desk, &pia, role).await.expect("a login");
    assert_eq!((created.invited, created.withheld), (false, Some(Withheld::Pending)));
    assert_eq!(outbox(&desk).await.len(), 1);
    desk.assert_whole().await;
}
