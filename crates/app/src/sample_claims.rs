//! People of the sample who signed up in the portal at employers that nobody has confirmed.

use crate::sample::Maker;
use liaison_domain::{Record, RecordKind, contact, employer};
use liaison_sample::SampleContact;
use liaison_store::{Recorder, StoreError, table};

/// An employer that is not there yet.
const NEW: &str = "Tidewater Robotics";

impl Maker {
    /// Gives the first people who wait after signing up an employer that they claimed: one that is there already, by its
    /// name, and one that is new.
    pub(crate) fn claim_employer(
        &mut self,
        person: &mut Record,
        sample: &SampleContact,
        recorder: &mut Recorder<'_>,
    ) -> Result<(), StoreError> {
        let waits = sample.approval == contact::PENDING && sample.source == "employer_user_sign_up";
        let known = person.get(&contact::EMPLOYER).as_reference().filter(|_| waits && sample.login.is_some());
        let Some(known) = known.filter(|_| self.claims < 2) else { return Ok(()) };
        let known = table::get(recorder.db(), RecordKind::Employer, known)?.record;
        let mut claimed = self.blank(RecordKind::Employer, sample.age_in_seconds);
        claimed.set(&employer::NAME, if self.claims == 0 { known.text(&employer::NAME) } else { NEW });
        claimed.set(&employer::CONFIRMATION, employer::CLAIMED);
        recorder.create(&claimed)?;
        person.set(&contact::EMPLOYER, claimed.id);
        self.claims += 1;
        Ok(())
    }
}
