//! The institution as its messages show it.

use liaison_domain::refusal::{FieldProblem, Problem};
use liaison_domain::{Field, Record, organization};
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_mail::{Logo, Look};
use liaison_queries::institution;
use serde::{Deserialize, Serialize};
use specta::Type;

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
    /// The time zone whose calendar says what a day is for everybody, by its IANA name; empty where none is chosen, and
    /// each computer's own counts.
    pub time_zone: String,
}

impl InstitutionLook {
    pub(crate) fn of(record: &Record) -> InstitutionLook {
        let text = |field: &Field| record.text(field).to_owned();
        InstitutionLook {
            name: text(&organization::INSTITUTION_NAME),
            color: text(&organization::INSTITUTION_COLOR),
            logo: text(&organization::INSTITUTION_LOGO),
            email: text(&organization::INSTITUTION_EMAIL),
            phone: text(&organization::INSTITUTION_PHONE),
            website: text(&organization::INSTITUTION_WEBSITE),
            address: text(&organization::INSTITUTION_ADDRESS),
            time_zone: text(&organization::INSTITUTION_TIME_ZONE),
        }
    }

    /// As messages show it.
    pub(crate) fn into_mail(self) -> Look {
        let InstitutionLook { name, color, logo, email, phone, website, address, time_zone: _ } = self;
        Look { name, color, logo: Logo::read(&logo), address, phone, email, website }
    }

    /// What is wrong with color and logo; the other fields are checked where they are changed.
    pub(crate) fn problems(&self) -> Vec<FieldProblem> {
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

/// What messages show of the institution.
pub(crate) async fn look(session: &Session) -> Result<Look, CommandError> {
    Ok(session.read(|view| Ok(InstitutionLook::of(&institution::get(view.everything())?).into_mail())).await?)
}
