//! vCards out: what a contact says about a person, for other address books.

use std::io::{self, Write};

use chrono::{DateTime, Utc};

use liaison_values::content::{is_linkedin, is_social, network_field};

use crate::{
    content_line::{ContentLines, escape},
    template::{ADDRESS, HOME_ADDRESS, PERSON_COLUMNS, TEMPLATE},
    values::Values,
};

/// The version of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VcardVersion {
    /// vCard 3.0 (RFC 2426): for programs that do not know 4.0, such as Outlook.
    V3,
    /// vCard 4.0 (RFC 6350, with the properties of RFC 9554).
    #[default]
    V4,
}

/// A value of a link that would be taken for a profile by its host, and the other way round; says which it is.
pub const WEBSITE_TYPE: &str = "x-website";
/// See [`WEBSITE_TYPE`]: the other way round.
pub const SOCIAL_TYPE: &str = "x-social";

/// What cards call the networks that have a field of their own.
pub const NETWORK_TYPES: [(&str, &str); 5] = [
    ("linkedin", "LinkedIn"),
    ("x_profile", "Twitter"),
    ("github", "GitHub"),
    ("facebook", "Facebook"),
    ("instagram", "Instagram"),
];

/// Writes cards one after the other, as many as wanted. [`crate::read`] gives back the values of every field that
/// [`VcardWriter::holds`]; values that are not the first of their kind move up where the first is missing (a second
/// e-mail address becomes the first).
pub struct VcardWriter<W: Write> {
    lines: ContentLines<W>,
    version: VcardVersion,
}

impl<W: Write> VcardWriter<W> {
    /// Begins a file.
    pub fn new(writer: W, version: VcardVersion) -> Self {
        Self { lines: ContentLines::new(writer), version }
    }

    /// Whether a card has a place for this field (by its key). Fields about the record (approval, visibility, source)
    /// and custom ones have none; whoever exports can say so beforehand.
    #[must_use]
    pub fn holds(field: &str) -> bool {
        TEMPLATE[..PERSON_COLUMNS].iter().any(|(key, _)| *key == field)
    }

    /// Adds a card. `uid` is the contact's UUID; other programs know the person by it when the card comes again.
    /// `values` are texts by field key, labels joined by semicolons; fields that cards have no place for are left out.
    ///
    /// # Errors
    /// When writing fails.
    pub fn card<'a>(
        &mut self,
        uid: &str,
        revised: Option<DateTime<Utc>>,
        values: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> io::Result<()> {
        let values = Values::of(values);
        self.lines.line("BEGIN", "VCARD")?;
        self.lines.line("VERSION", if self.is_v4() { "4.0" } else { "3.0" })?;
        self.lines.line("PRODID", "-//Liaison//Contacts//EN")?;
        if self.is_v4() {
            self.lines.line("KIND", "individual")?;
        }
        self.lines.text("UID", &format!("urn:uuid:{uid}"))?;
        self.name(&values)?;
        self.work(&values)?;
        self.reach(&values)?;
        self.links(&values)?;
        self.optional("NOTE", values.get("description"))?;
        let labels: Vec<String> = values.labels().map(escape).collect();
        if !labels.is_empty() {
            self.lines.line("CATEGORIES", &labels.join(","))?;
        }
        if let Some(revised) = revised {
            let form = if self.is_v4() { "%Y%m%dT%H%M%SZ" } else { "%Y-%m-%dT%H:%M:%SZ" };
            self.lines.line("REV", &revised.format(form).to_string())?;
        }
        self.lines.line("END", "VCARD")
    }

    /// Writes out what is still in memory. Dropping the writer instead would lose an error.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(self) -> io::Result<()> {
        self.lines.finish()
    }

    fn is_v4(&self) -> bool {
        self.version == VcardVersion::V4
    }

    fn optional(&mut self, head: &str, value: &str) -> io::Result<()> {
        if value.is_empty() { Ok(()) } else { self.lines.text(head, value) }
    }

    fn name(&mut self, values: &Values<'_>) -> io::Result<()> {
        let full = values.whole_name();
        // A card has to have a name; without one, readers show what stands here.
        let shown = [full.as_str(), values.get("preferred_name"), values.get("email"), values.get("employer")];
        let shown = shown.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        self.lines.text("FN", shown)?;
        let parts = values.components(&["last_name", "first_name", "middle_name", "name_prefix", "name_suffix"]);
        self.lines.line("N", &parts)?;
        self.optional("NICKNAME", values.get("preferred_name"))?;
        // Never GENDER: pronouns do not say it.
        self.optional(if self.is_v4() { "PRONOUNS" } else { "X-PRONOUNS" }, values.get("pronouns"))
    }

    fn work(&mut self, values: &Values<'_>) -> io::Result<()> {
        if !values.get("department").is_empty() {
            self.lines.line("ORG", &values.components(&["employer", "department"]))?;
        } else {
            self.optional("ORG", values.get("employer"))?;
        }
        self.optional("TITLE", values.get("title"))
    }

    fn reach(&mut self, values: &Values<'_>) -> io::Result<()> {
        let (first, other) =
            if self.is_v4() { ("EMAIL;PREF=1", "EMAIL") } else { ("EMAIL;TYPE=internet,pref", "EMAIL;TYPE=internet") };
        self.optional(first, values.get("email"))?;
        self.optional(other, values.get("email_2"))?;
        self.optional(other, values.get("email_3"))?;
        self.phone("work,voice", values.get("work_phone"))?;
        self.phone("cell", values.get("mobile_phone"))?;
        self.phone("home,voice", values.get("home_phone"))?;
        self.phone("voice", values.get("other_phone"))?;
        self.phone("work,fax", values.get("fax"))?;
        for (head, address) in [("ADR;TYPE=work", ADDRESS), ("ADR;TYPE=home", HOME_ADDRESS)] {
            if address.iter().any(|field| !values.get(field).is_empty()) {
                // Post box and floor come first; both have been out of use for long.
                self.lines.line(head, &format!(";;{}", values.components(&address)))?;
            }
        }
        Ok(())
    }

    /// A telephone number: in version 4 as a URI where it is one as it stands, elsewhere as the text somebody typed.
    fn phone(&mut self, kind: &str, number: &str) -> io::Result<()> {
        match tel_uri(number).filter(|_| self.is_v4()) {
            Some(uri) => self.lines.line(&format!("TEL;VALUE=uri;TYPE=\"{kind}\""), &uri),
            None => self.optional(&format!("TEL;TYPE={kind}"), number),
        }
    }

    fn links(&mut self, values: &Values<'_>) -> io::Result<()> {
        let website = values.get("website");
        if !website.is_empty() {
            let odd = is_linkedin(website) || is_social(website);
            let head = if odd { format!("URL;TYPE={WEBSITE_TYPE}") } else { "URL".to_owned() };
            self.lines.line(&head, &link(website))?;
        }
        let name = if self.is_v4() { "SOCIALPROFILE" } else { "X-SOCIALPROFILE" };
        for (field, network) in NETWORK_TYPES {
            let profile = values.get(field);
            if !profile.is_empty() {
                let lower = network.to_ascii_lowercase();
                let kind = if self.is_v4() { format!("SERVICE-TYPE={network}") } else { format!("TYPE={lower}") };
                self.lines.line(&format!("{name};{kind}"), &link(profile))?;
            }
        }
        let social = values.get("social");
        if !social.is_empty() {
            let head =
                if network_field(social).is_some() { format!("{name};TYPE={SOCIAL_TYPE}") } else { name.to_owned() };
            self.lines.line(&head, &link(social))?;
        }
        Ok(())
    }
}

/// A web address as a value: those are not escaped, so it must not have what would end it.
fn link(address: &str) -> String {
    address.chars().filter(|c| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}')).collect()
}

/// The number as a URI (RFC 3966), if that says exactly the same: an international number without blanks, with or without
/// an extension.
fn tel_uri(number: &str) -> Option<String> {
    let (number, extension) = match number.split_once(" ext. ") {
        Some((number, extension)) => (number, Some(extension)),
        None => (number, None),
    };
    let digits = number.strip_prefix('+')?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit() || b"-.()".contains(&byte));
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let is_extension = |text: &str| has_digit(text) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || !has_digit(digits) || !extension.is_none_or(is_extension) {
        return None;
    }
    let extension = extension.map(|extension| format!(";ext={extension}")).unwrap_or_default();
    Some(format!("tel:{number}{extension}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_loses_nothing_becomes_a_uri() {
        assert_eq!(tel_uri("+49-7541-5900").as_deref(), Some("tel:+49-7541-5900"));
        assert_eq!(tel_uri("+1.555.0100 ext. 12").as_deref(), Some("tel:+1.555.0100;ext=12"));
        for text in ["+49 7541 5900", "07541 5900", "+1 ext. ", "+", "+1-555-CALL", "+1555 ext. a", ""] {
            assert_eq!(tel_uri(text), None, "{text}");
        }
    }
}
