//! Programs whose exports are recognised by their headers.

use liaison_writers::{PROBLEM_HEADER, field_by_label};
use serde::Serialize;
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

/// A program whose export a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Preset {
    /// Handshake, contacts.
    Handshake,
    /// Google Contacts, since 2024.
    Google,
    /// Google Contacts, before.
    GoogleLegacy,
    /// Outlook.com or Outlook.
    Outlook,
    /// Thunderbird's address book.
    Thunderbird,
    /// Our own template or export.
    Liaison,
    /// A vCard file from anywhere.
    Vcard,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Preset; Preset::COUNT] = *Preset::VARIANTS.first_chunk().expect("as many as there are");

    /// The name used in the command line and between the parts of the app.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The preset of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    /// Tells which program a table's headers are from.
    pub(crate) fn recognise(headers: &[String]) -> Option<Self> {
        let has = |name: &str| headers.iter().any(|header| is(header, name));
        let all = |names: &[&str]| names.iter().all(|name| has(name));
        let any = |names: &[&str]| names.iter().any(|name| has(name));
        if all(&["email_address", "first_name", "last_name"])
            && (any(&["archive", "location_attributes:name", "employer_id"])
                || headers.iter().all(|header| is_handshake(header)))
        {
            Some(Self::Handshake)
        } else if all(&["First Name", "Last Name", "File As", "Organization Name"])
            || (all(&["First Name", "Last Name"])
                && any(&["E-mail 1 - Value", "Phone 1 - Value", "E-mail 1 - Label", "Phone 1 - Label"]))
        {
            Some(Self::Google)
        } else if all(&["Given Name", "Family Name"])
            && any(&["Group Membership", "E-mail 1 - Value", "Phone 1 - Value", "E-mail 1 - Type"])
        {
            Some(Self::GoogleLegacy)
        } else if all(&["First Name", "Last Name", "E-mail Address"])
            && any(&["Business Phone", "Business Street", "E-mail 2 Address"])
        {
            Some(Self::Outlook)
        } else if all(&["First Name", "Last Name", "Display Name", "Primary Email"]) {
            Some(Self::Thunderbird)
        } else if all(&["First name", "Last name", "E-mail"])
            // Beyond the template's columns there are those of attributes, which staff name as they like.
            && (headers.iter().all(|header| is_ours(header)) || all(&["Approval status", "Visibility", "Added by"]))
        {
            Some(Self::Liaison)
        } else {
            None
        }
    }
}

/// Whether a header is the given one. Capitals count for nothing: programs that edit a file in between change them.
pub(crate) fn is(header: &str, name: &str) -> bool {
    header.trim().eq_ignore_ascii_case(name)
}

/// Handshake's column that says whether a contact is archived.
pub(crate) const ARCHIVED: &str = "archive";

/// The columns of Handshake's contacts and the fields they hold. `None`: it means nothing outside Handshake.
pub(crate) const HANDSHAKE: &[(&str, Option<&str>)] = &[
    ("email_address", Some("email")),
    ("first_name", Some("first_name")),
    ("last_name", Some("last_name")),
    ("title", Some("title")),
    ("description", Some("description")),
    ("employer_id", None),
    ("employer_name", Some("employer")),
    ("archive", None),
    ("location_attributes:name", Some("city")),
    ("labels", Some("labels")),
    ("phone", Some("work_phone")),
    ("cell_phone", Some("mobile_phone")),
    ("mobile_number", Some("mobile_phone")),
    ("fax", Some("fax")),
];

/// Columns that an error file adds to those of the program.
fn is_added(header: &str) -> bool {
    is(header, PROBLEM_HEADER) || header.trim().starts_with("Column ")
}

fn is_handshake(header: &str) -> bool {
    is_added(header) || HANDSHAKE.iter().any(|(name, _)| is(header, name))
}

fn is_ours(header: &str) -> bool {
    is_added(header) || field_by_label(header).is_some()
}
