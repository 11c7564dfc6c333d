//! UI Customization: how the institution looks, and what of it mail shows (M35).

use crate::common::{change, desk, only_problem};
use liaison_app::CommandError;
use liaison_app::mail::InstitutionLook;
use liaison_app::{institution, undo};
use liaison_domain::refusal::Problem;
use liaison_domain::undo::UndoMode;

/// A picture of one pixel.
const PNG: &str =
    "image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

#[tokio::test(flavor = "multi_thread")]
async fn the_look_is_changed_in_one_step_and_taken_back() {
    let desk = desk().await;
    let before = institution::institution_look(&desk).await.expect("the look");
    assert_eq!((before.color.as_str(), before.logo.as_str()), ("", ""));
    let edits = [
        change("color", "", "#7A0019"),
        change("logo", "", PNG),
        change("phone", "", "+1 555 0100"),
        change("address", "", "1 College Row\nNorthfield"),
    ];
    let done = institution::institution_edit(&desk, &edits).await.expect("changed");
    assert_eq!(done.changed, 1);
    let after = institution::institution_look(&desk).await.expect("the look");
    assert_eq!((after.color.as_str(), after.address.as_str()), ("#7A0019", "1 College Row\nNorthfield"));
    // Nothing new is no operation.
    assert_eq!(
        institution::institution_edit(&desk, &[change("phone", "", "+1 555 0100")]).await.expect("the same").operation,
        None
    );
    let conflict = institution::institution_edit(&desk, &[change("phone", "", "+1 555 0199")]).await;
    assert!(matches!(conflict, Err(CommandError::Conflict { .. })), "{conflict:?}");
    undo::undo(&desk, done.operation.expect("an operation"), UndoMode::KeepLaterChanges, &mut crate::common::go_on)
        .await
        .expect("taken back");
    assert_eq!(institution::institution_look(&desk).await.expect("the look"), before);
    desk.assert_whole().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_color_and_no_picture_is_refused() {
    let desk = desk().await;
    for color in ["7A0019", "#7A00", "#7A001G", "#+A0019", "red"] {
        let refused = institution::institution_edit(&desk, &[change("color", "", color)]).await;
        assert_eq!(only_problem(refused), ("color".to_owned(), Problem::NotAColor), "{color}");
    }
    for logo in ["image/png;base64,AAAA", "image/svg+xml;base64,PHN2Zz4=", "x"] {
        let refused = institution::institution_edit(&desk, &[change("logo", "", logo)]).await;
        assert_eq!(only_problem(refused), ("logo".to_owned(), Problem::NotAPicture), "{logo}");
    }
    let refused = institution::institution_edit(&desk, &[change("name", "Northfield", "")]).await;
    assert!(refused.is_err(), "an institution has a name");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_says_how_a_color_does_before_it_is_saved() {
    let desk = desk().await;
    let look = |color: &str| InstitutionLook {
        name: "Riverton <University>".into(),
        color: color.into(),
        logo: PNG.into(),
        phone: "+1 555 0100".into(),
        ..InstitutionLook::default()
    };
    let dark = institution::institution_preview(&desk, look("#7a0019")).await.expect("a preview");
    assert!(dark.problems.is_empty());
    assert!(dark.color.readable && dark.color.contrast > 10.0, "{:?}", dark.color);
    assert_eq!(dark.color.words, "#ffffff");
    let mail = dark.mail.expect("the welcome message");
    assert_eq!(mail.subject, "Welcome to Riverton <University>");
    assert!(mail.html.contains("border-top:6px solid #7a0019") && mail.html.contains("Activate Your Account"));
    assert!(mail.html.contains("Riverton &lt;University&gt;") && mail.html.contains("data:image/png;base64,iVBOR"));
    assert!(mail.text.contains("+1 555 0100"));

    let pale = institution::institution_preview(&desk, look("#ffd700")).await.expect("a preview");
    assert!(!pale.color.readable && pale.color.contrast < 2.0, "{:?}", pale.color);
    assert_eq!(pale.color.words, "#000000");
    assert!(!pale.mail.expect("the message").html.contains("style=\"color:#ffd700"), "no link is written in it");

    let wrong = institution::institution_preview(&desk, look("gold")).await.expect("a preview all the same");
    assert_eq!(wrong.problems.len(), 1);
    assert_eq!(wrong.color.color, "#1d4ed8", "the product's own stands in");
    let nameless = institution::institution_preview(&desk, InstitutionLook::default()).await.expect("a preview");
    assert_eq!(nameless.mail, None);
}
