//! UI Customization: how the institution looks and how it is reached, in its mail and on its portal (M35).

use crate::mail;
use crate::mail::InstitutionLook;
use crate::mail::MailPreview;
use liaison_domain::edit::FieldEdit;
use liaison_domain::refusal::FieldProblem;
use liaison_domain::{OperationKind, Permission, RecordKind};
use liaison_engine::error::CommandError;
use liaison_engine::records::edit_record;
use liaison_engine::session::Session;
use liaison_engine::step::Done;
use liaison_engine::step::Step;
use serde::Serialize;
use specta::Type;

/// How well a color does on white paper.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ColorReading {
    /// The color, always one: where none is chosen, or what is chosen is none, the product's own.
    pub color: String,
    /// Its contrast with white, from 1 to 21 (WCAG 2).
    pub contrast: f64,
    /// Text in this color can be read on white. Where it can't, links and headings are dark grey instead.
    pub readable: bool,
    /// The color of the words on a button: black or white, whichever can be read better.
    pub words: String,
}

/// The welcome message in a look that is not saved yet.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct LookPreview {
    /// How the color does.
    pub color: ColorReading,
    /// The welcome message, to an invented person; none where the institution has no name.
    pub mail: Option<MailPreview>,
    /// What is wrong with color and logo.
    pub problems: Vec<FieldProblem>,
}

/// How the institution looks and is reached.
pub async fn institution_look(session: &Session) -> Result<InstitutionLook, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    Ok(session.read(|view| Ok(InstitutionLook::of(&liaison_queries::institution::get(view.everything())?))).await?)
}

/// The welcome message in a look that is not saved, with what is to be said of it.
pub async fn institution_preview(session: &Session, look: InstitutionLook) -> Result<LookPreview, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let problems = look.problems();
    let look = look.into_mail();
    let color = ColorReading {
        color: look.color(),
        contrast: look.contrast_with_white(),
        readable: look.is_readable_on_white(),
        words: look.color_of_words().to_owned(),
    };
    let mail = if look.name.trim().is_empty() { None } else { Some(mail::welcome_in(session, &look).await?) };
    Ok(LookPreview { color, mail, problems })
}

/// Changes how the institution looks and is reached: one operation.
///
/// Errors: `Validation` by field, `Conflict` where somebody else changed the same in the meantime, `Denied`.
pub async fn institution_edit(session: &Session, edits: &[FieldEdit]) -> Result<Done, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let institution = session.read(|view| liaison_queries::institution::get(view.everything())).await?;
    let mut after = institution.clone();
    after.apply(&liaison_domain::edit::edit(&session.registry(), &institution, edits)?);
    let problems = InstitutionLook::of(&after).problems();
    if !problems.is_empty() {
        return Err(CommandError::Validation { fields: problems });
    }
    let kind = RecordKind::Institution;
    let (changed, operation) = session
        .commit(Step::new(OperationKind::InstitutionEdit), |recorder| {
            edit_record(recorder, &session.viewer(), kind, institution.id, edits)
        })
        .await?;
    Ok(Done { operation, changed, skipped: 1 - changed, users: 0 })
}
