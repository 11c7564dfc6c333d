//! Every use case of mail with the permissions it asks for, and what became of it. Nothing of it is sent: no mail server
//! is set up before the last of them.

use crate::common::{TestDesk, go_on, ids, values};
use crate::permissions::{Things, Tried};
use liaison_app::mail::InstitutionLook;
use liaison_app::mail::{MailDraft, MailRecipient, MailSecurity, MailSettings, OutboxDecision, OutboxFilter};
use liaison_domain::{Id, Permission, RecordKind, mail_template};

/// Tries them. What they are tried on need not be there: the permission comes first.
pub async fn mail(desk: &TestDesk, things: &Things) -> Vec<Tried> {
    use Permission::*;
    let mut tried = Vec::new();
    macro_rules! asked {
        ($permissions:expr, $module:ident::$name:ident($($argument:expr),*)) => {
            tried.push((stringify!($name), $permissions.to_vec(), liaison_app::$module::$name(&desk, $($argument),*).await.err()));
        };
    }
    let (contact, nobody) = (things.contact, Id::from_parts(1, [7; 10]));
    let one = ids(&[contact]);
    let to = MailRecipient { kind: RecordKind::Contact, id: contact };
    let draft = MailDraft { subject: "The fair".into(), text: "See you at the fair.".into() };
    asked!([SendMail], mail::mail_status());
    asked!([SendMail], mail::mail_try_now());
    asked!([SendMail], mail::mail_templates());
    asked!([SendMail], mail::mail_preview(&draft, mail_template::OUTREACH, Some(to)));
    asked!([SendMail], mail::mail_outreach_preview(RecordKind::Contact, &one, &draft, 0));
    asked!([SendMail], mail::mail_outreach_send(RecordKind::Contact, &one, &draft, None, &mut go_on));
    asked!([SendMail], mail::mail_to(to, &draft));
    asked!([SendMail], mail::outbox_list(&OutboxFilter::default(), 0, 5));
    asked!([SendMail], mail::outbox_get(nobody));
    asked!([SendMail], mail::outbox_cancel(&[nobody]));
    asked!([SendMail], mail::outbox_cancel_mailing(nobody));
    asked!([SendMail], mail::outbox_retry(&[nobody]));
    asked!([SendMail], mail::outbox_decide(nobody, OutboxDecision::SendAgain));
    asked!([SendMail], mail::outbox_ways(nobody));
    asked!([SendMail], mail::outbox_hand_over(nobody, None));
    asked!([SendMail, EditContacts], mail::outbox_bounced(nobody));
    asked!([EditContacts], mail::mail_bounced(MailRecipient { kind: RecordKind::Contact, id: nobody }, true));
    asked!([EditContacts], mail::mail_unsubscribed(to, true));
    let template = values(&[("name", "Fair"), ("purpose", "outreach"), ("subject", "The fair"), ("text", "See you.")]);
    asked!([ManageSettings], mail::mail_template_create(&template));
    asked!([ManageSettings], mail::mail_template_edit(nobody, &[]));
    asked!([ManageSettings], mail::mail_template_delete(nobody));
    asked!([ManageSettings], mail::mail_settings());
    asked!([ManageSettings], mail::mail_test("it@northfield.example"));
    asked!([SendMail], mail::mail_draft_test(&draft, "outreach", None));
    let settings = MailSettings {
        host: "mail.northfield.example".into(),
        port: 587,
        security: MailSecurity::StartTls,
        from_address: "careers@northfield.example".into(),
        ..MailSettings::default()
    };
    asked!([ManageSettings], mail::mail_settings_set(&settings, None));
    asked!([ManageSettings], mail::mail_settings_clear());
    asked!([ManageSettings], institution::institution_look());
    asked!([ManageSettings], institution::institution_preview(InstitutionLook::default()));
    asked!([ManageSettings], institution::institution_edit(&[]));
    tried
}
