//! UI Customization: how the institution looks and how it is reached, in its mail and on its portal (M35).

use crate::desk::Desk;
use crate::error::CommandError;
use crate::mail::MailPreview;
use crate::records::{Done, edit_record};
use liaison_domain::edit::FieldEdit;
use liaison_domain::refusal::{FieldProblem, Problem};
use liaison_domain::{Field, Id, OperationKind, Permission, Record, RecordKind, organization};
use liaison_mail::{Logo, Look};
use liaison_store::{Db, StoreError, table};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::sync::Arc;

/// What people see of the institution. Every text may be empty, except the name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct InstitutionLook {
    /// Its name.
    pub name: String,
    /// The color of headings and buttons, as `#rrggbb`.
    pub color: String,
    /// Its logo, as `image/png;base64,…` or `image/jpeg;base64,…`.
    pub logo: String,
    /// The address people write to.
    pub email: String,
    /// The phone number people call.
    pub phone: String,
    /// The career center's website.
    pub website: String,
    /// Where it is, several lines.
    pub address: String,
}

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

impl InstitutionLook {
    fn of(record: &Record) -> InstitutionLook {
        let text = |field: &Field| record.text(field).to_owned();
        InstitutionLook {
            name: text(&organization::INSTITUTION_NAME),
            color: text(&organization::INSTITUTION_COLOR),
            logo: text(&organization::INSTITUTION_LOGO),
            email: text(&organization::INSTITUTION_EMAIL),
            phone: text(&organization::INSTITUTION_PHONE),
            website: text(&organization::INSTITUTION_WEBSITE),
            address: text(&organization::INSTITUTION_ADDRESS),
        }
    }

    /// As messages show it.
    fn into_mail(self) -> Look {
        let InstitutionLook { name, color, logo, email, phone, website, address } = self;
        Look { name, color, logo: Logo::read(&logo), address, phone, email, website }
    }

    /// What is wrong with color and logo; the other fields are checked where they are changed.
    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut refuse = |field: &Field, problem| {
            problems.push(FieldProblem { field: field.key.to_owned(), problem });
        };
        if !organization::is_color(&self.color) {
            refuse(&organization::INSTITUTION_COLOR, Problem::NotAColor);
        }
        let most = organization::LONGEST_LOGO;
        if self.logo.len() > most {
            refuse(&organization::INSTITUTION_LOGO, Problem::TooLong { max: most as u32 });
        } else if !self.logo.is_empty() && Logo::read(&self.logo).is_none() {
            refuse(&organization::INSTITUTION_LOGO, Problem::NotAPicture);
        }
        problems
    }
}

/// The institution's record: there is one.
pub(crate) fn record(db: &Db<'_>) -> Result<Record, StoreError> {
    let id = db.first("SELECT id FROM institution ORDER BY n LIMIT 1", &[], |row| Ok(Id::from_bytes(row.blob(0))))?;
    let id = id.flatten().ok_or(StoreError::NotFound("institution"))?;
    Ok(table::get(db, RecordKind::Institution, id)?.record)
}

impl Desk {
    /// What messages show of the institution.
    pub(crate) async fn look(&self) -> Result<Look, CommandError> {
        Ok(self.database.read(|db| Ok(InstitutionLook::of(&record(db)?).into_mail())).await?)
    }

    /// How the institution looks and is reached.
    pub async fn institution_look(&self) -> Result<InstitutionLook, CommandError> {
        self.actor.require(Permission::ManageSettings)?;
        Ok(self.database.read(|db| Ok(InstitutionLook::of(&record(db)?))).await?)
    }

    /// The welcome message in a look that is not saved, with what is to be said of it.
    pub async fn institution_preview(&self, look: InstitutionLook) -> Result<LookPreview, CommandError> {
        self.actor.require(Permission::ManageSettings)?;
        let problems = look.problems();
        let look = look.into_mail();
        let color = ColorReading {
            color: look.color(),
            contrast: look.contrast_with_white(),
            readable: look.is_readable_on_white(),
            words: look.color_of_words().to_owned(),
        };
        let mail = if look.name.trim().is_empty() { None } else { Some(self.welcome_in(&look).await?) };
        Ok(LookPreview { color, mail, problems })
    }

    /// Changes how the institution looks and is reached: one operation.
    ///
    /// Errors: `Validation` by field, `Conflict` where somebody else changed the same in the meantime, `Denied`.
    pub async fn institution_edit(self: &Arc<Self>, edits: &[FieldEdit]) -> Result<Done, CommandError> {
        self.actor.require(Permission::ManageSettings)?;
        let institution = self.database.read(record).await?;
        let mut after = institution.clone();
        after.apply(&liaison_domain::edit::edit(&self.registry(), &institution, edits)?);
        let problems = InstitutionLook::of(&after).problems();
        if !problems.is_empty() {
            return Err(CommandError::Validation { fields: problems });
        }
        let kind = RecordKind::Institution;
        let (changed, operation) = self
            .commit(OperationKind::InstitutionEdit, String::new(), None, |recorder| {
                edit_record(recorder, &self.viewer(), kind, institution.id, edits)
            })
            .await?;
        Ok(Done { operation, changed, skipped: 1 - changed, users: 0 })
    }
}
