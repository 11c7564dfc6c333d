//! The columns of our own file: the contact fields that other programs' files have too, with the header a person reads.

/// Contact field keys and their headers, in the order of the template file.
pub const TEMPLATE: &[(&str, &str)] = &[
    ("name_prefix", "Prefix"),
    ("first_name", "First name"),
    ("middle_name", "Middle name"),
    ("last_name", "Last name"),
    ("name_suffix", "Suffix"),
    ("preferred_name", "Preferred name"),
    ("pronouns", "Pronouns"),
    ("email", "E-mail"),
    ("email_2", "Second e-mail"),
    ("email_3", "Third e-mail"),
    ("title", "Job title"),
    ("department", "Department"),
    ("employer", "Employer"),
    ("work_phone", "Work phone"),
    ("mobile_phone", "Mobile phone"),
    ("home_phone", "Home phone"),
    ("other_phone", "Other phone"),
    ("fax", "Fax"),
    ("street", "Street"),
    ("city", "City"),
    ("region", "State or region"),
    ("postal_code", "Postal code"),
    ("country", "Country"),
    ("home_street", "Home street"),
    ("home_city", "Home city"),
    ("home_region", "Home state or region"),
    ("home_postal_code", "Home postal code"),
    ("home_country", "Home country"),
    ("website", "Website"),
    ("linkedin", "LinkedIn"),
    ("x_profile", "X"),
    ("github", "GitHub"),
    ("facebook", "Facebook"),
    ("instagram", "Instagram"),
    ("social", "Other social link"),
    ("labels", "Labels"),
    ("description", "About"),
    ("approval", "Approval status"),
    ("visibility", "Visibility"),
    ("source", "Source"),
    ("added_by", "Added by"),
];

/// How many columns of [`TEMPLATE`] say something about the person; the rest is about the record.
pub const PERSON_COLUMNS: usize = 37;

/// The fields of the address at work.
pub const ADDRESS: [&str; 5] = ["street", "city", "region", "postal_code", "country"];
/// The fields of the address at home.
pub const HOME_ADDRESS: [&str; 5] = ["home_street", "home_city", "home_region", "home_postal_code", "home_country"];

/// The header of the last column of an error file. A column with this header is never imported.
pub const PROBLEM_HEADER: &str = "Problem";

/// The header given to the column at `index` (from 0) where the file has none.
#[must_use]
pub fn numbered_header(index: usize) -> String {
    format!("Column {}", index + 1)
}

/// The key of the field with this header, compared without case.
#[must_use]
pub fn field_by_label(header: &str) -> Option<&'static str> {
    let header = header.trim();
    TEMPLATE.iter().find(|(_, label)| label.eq_ignore_ascii_case(header)).map(|(key, _)| *key)
}

/// The key as it stands in [`TEMPLATE`], if it is one.
#[must_use]
pub fn field_by_key(key: &str) -> Option<&'static str> {
    let key = key.trim();
    TEMPLATE.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(key, _)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_has_each_field_once() {
        for (index, (key, label)) in TEMPLATE.iter().enumerate() {
            assert_eq!(field_by_key(key), Some(*key));
            assert_eq!(field_by_label(label), Some(*key));
            assert!(TEMPLATE[..index].iter().all(|(other, name)| other != key && name != label));
        }
        assert_eq!(TEMPLATE[PERSON_COLUMNS - 1].0, "description");
    }
}
