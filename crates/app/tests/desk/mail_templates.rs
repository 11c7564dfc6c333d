//! Templates of messages: their places, what ships with the product, editing them.

use crate::common::{change, desk, go_on, only_problem, text, values};
use liaison_app::mail::MailDraft;
use liaison_app::{mail, undo};
use liaison_domain::RecordKind;
use liaison_domain::refusal::Problem;
use liaison_domain::time_zone;
use liaison_domain::undo::UndoMode;

#[tokio::test(flavor = "multi_thread")]
async fn templates_know_their_places_and_the_product_ships_four() {
    let desk = desk().await;
    desk.engine().set_clock(Some(desk.now()));
    let shipped = mail::mail_templates(&desk).await.expect("templates");
    let purposes: Vec<_> = shipped.iter().map(|t| (t.id, t.purpose.as_str())).collect();
    assert_eq!(
        purposes,
        [(None, "welcome"), (None, "reminder"), (None, "contact_invitation"), (None, "contact_reminder")]
    );
    for template in &shipped {
        let draft = MailDraft { subject: template.subject.clone(), text: template.text.clone() };
        let preview = mail::mail_preview(&desk, &draft, &template.purpose, None).await.expect("a preview");
        let greeting = if template.purpose.starts_with("contact") { "Dear Dana,\n\n" } else { "Hello Dana,\n\n" };
        assert!(preview.html.contains("Activate Your Account") && preview.text.starts_with(greeting));
        assert!(preview.text.contains("Open this link:") && !preview.text.contains("button"), "{}", preview.text);
        let until = time_zone::written_day(desk.now() as i64 + 14 * 24 * 60 * 60 * 1000, desk.zone());
        assert!(preview.text.contains(&format!("link works until {until}.")), "{}", preview.text);
        let of_employers = preview.text.contains("post jobs") && preview.text.contains("on-campus interviews");
        assert_eq!(of_employers, template.purpose.starts_with("contact"), "{}", preview.text);
        assert!(preview.empty_places.is_empty());
    }
    let of = |subject: &str| values(&[("name", "Hello"), ("purpose", "welcome"), ("subject", subject), ("text", "Hi")]);
    let unknown = mail::mail_template_create(&desk, &of("{{frist_name}}")).await;
    let places = vec!["frist_name".to_owned()];
    assert_eq!(only_problem(unknown), ("subject".into(), Problem::UnknownPlaces { places }));
    assert_eq!(only_problem(mail::mail_template_create(&desk, &of("{{first_name")).await).1, Problem::UnclosedPlace);
    let mut forged = of("Hello");
    forged.insert("subject".into(), text("Hello\r\nBcc: eve@evil.example"));
    let made = mail::mail_template_create(&desk, &forged).await;
    if let Ok(created) = &made {
        let subject = desk.record(RecordKind::MailTemplate, created.id).await;
        assert!(!subject.text(&liaison_domain::mail_template::SUBJECT).contains(char::is_control));
        mail::mail_template_delete(&desk, created.id).await.expect("deleted");
    }
    let created = mail::mail_template_create(&desk, &of("Hello {{first_name}}")).await.expect("a template");
    assert_eq!(mail::mail_template_for(&desk, "welcome").await.expect("a template").subject, "Hello {{first_name}}");
    let edit = [change("subject", "Hello {{first_name}}", "Hello {{nobody}}")];
    assert_eq!(only_problem(mail::mail_template_edit(&desk, created.id, &edit).await).0, "subject");
    let edit = [change("subject", "Hello {{first_name}}", "Welcome")];
    let edited =
        mail::mail_template_edit(&desk, created.id, &edit).await.expect("edited").operation.expect("an operation");
    undo::undo(&desk, edited, UndoMode::KeepLaterChanges, &mut go_on).await.expect("undone");
    mail::mail_template_delete(&desk, created.id).await.expect("deleted");
    assert_eq!(mail::mail_templates(&desk).await.expect("templates"), shipped);
    desk.assert_whole().await;
}
