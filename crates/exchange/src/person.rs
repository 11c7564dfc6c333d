//! One person gathered from scattered values, on the way to the columns of the template.

use std::collections::{BTreeMap, HashSet};

use liaison_values::content::{is_linkedin, is_social, network_field};
use liaison_values::{WholeName, read_whole_name};

use crate::sheet::{LeftOut, LeftOutReason};
use liaison_writers::{ADDRESS, HOME_ADDRESS, PERSON_COLUMNS, TEMPLATE};

/// Which kind of number a telephone number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Phone {
    Work,
    Mobile,
    Home,
    Fax,
    Other,
}

impl Phone {
    /// The kind that a label such as "* Work", "Mobil" or "Home Fax" means.
    pub(crate) fn from_label(label: &str) -> Self {
        let label = label.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
        if has(&["fax"]) {
            Self::Fax
        } else if has(&["pager", "other", "assistant", "autre", "sonstige", "otro"]) {
            Self::Other
        } else if has(&["mobile", "cell", "iphone", "mobil", "handy", "portable", "móvil", "movil", "celular"]) {
            Self::Mobile
        } else if has(&[
            "work",
            "office",
            "business",
            "company",
            "direct",
            "arbeit",
            "büro",
            "geschäft",
            "dienst",
            "firma",
            "bureau",
            "travail",
            "profession",
            "trabajo",
            "oficina",
        ]) {
            Self::Work
        } else if has(&["home", "privat", "domicile", "maison", "casa", "particular"]) {
            Self::Home
        } else {
            Self::Other
        }
    }

    fn field(self) -> &'static str {
        match self {
            Self::Work => "work_phone",
            Self::Mobile => "mobile_phone",
            Self::Home => "home_phone",
            Self::Fax => "fax",
            Self::Other => "other_phone",
        }
    }
}

/// Whose address it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Work,
    Home,
    /// Nobody says.
    Other,
}

/// A postal address; parts that are missing are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) street: String,
    pub(crate) city: String,
    pub(crate) region: String,
    pub(crate) postal_code: String,
    pub(crate) country: String,
}

impl Address {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Counts, by name, the things that found no column.
#[derive(Debug, Default)]
pub(crate) struct Rest {
    counts: BTreeMap<(String, LeftOutReason), usize>,
}

impl Rest {
    pub(crate) fn add(&mut self, name: &str, reason: LeftOutReason) {
        // Looked up before it is stored: the same few names come with every row.
        let key = (name.to_owned(), reason);
        *self.counts.entry(key).or_insert(0) += 1;
    }

    pub(crate) fn into_left_out(self) -> Vec<LeftOut> {
        let counts = self.counts.into_iter();
        counts.map(|((name, reason), rows)| LeftOut { name, reason, rows }).collect()
    }
}

/// The values of a person, before they are put into columns.
#[derive(Debug)]
pub(crate) struct Person {
    cells: [String; PERSON_COLUMNS],
    emails: Vec<String>,
    phones: Vec<(Phone, String)>,
    /// What is known already, in the form in which two are one.
    known_emails: HashSet<String>,
    known_phones: HashSet<(Phone, String)>,
    known_labels: HashSet<String>,
}

impl Default for Person {
    fn default() -> Self {
        Self {
            cells: std::array::from_fn(|_| String::new()),
            emails: Vec::new(),
            phones: Vec::new(),
            known_emails: HashSet::new(),
            known_phones: HashSet::new(),
            known_labels: HashSet::new(),
        }
    }
}

/// The column of a field key. Keys are written in this crate, so an unknown one is a mistake that the tests find.
fn column(field: &str) -> usize {
    let known = TEMPLATE.iter().position(|(key, _)| *key == field);
    debug_assert!(known.is_some_and(|at| at < PERSON_COLUMNS), "no column for {field}");
    known.unwrap_or(0)
}

impl Person {
    pub(crate) fn get(&self, field: &str) -> &str {
        &self.cells[column(field)]
    }

    /// Sets a field unless it has a value already: the first one counts. Answers whether there was room for it.
    pub(crate) fn set(&mut self, field: &str, value: &str) -> bool {
        let value = value.trim();
        let cell = &mut self.cells[column(field)];
        if value.is_empty() || cell == value {
            return true;
        }
        if cell.is_empty() {
            cell.push_str(value);
            return true;
        }
        false
    }

    /// Adds to a field that can hold several values.
    pub(crate) fn append(&mut self, field: &str, value: &str, separator: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let cell = &mut self.cells[column(field)];
        if !cell.is_empty() {
            cell.push_str(separator);
        }
        cell.push_str(value);
    }

    pub(crate) fn label(&mut self, label: &str) {
        // The list is joined by semicolons, so a label cannot have one itself.
        let label = label.trim().replace(';', ",");
        if self.known_labels.insert(label.to_ascii_lowercase()) {
            self.append("labels", &label, "; ");
        }
    }

    /// Adds an address; the preferred ones have to come first.
    pub(crate) fn email(&mut self, email: &str) {
        let email = email.trim();
        if !email.is_empty() && self.known_emails.insert(email.to_ascii_lowercase()) {
            self.emails.push(email.to_owned());
        }
    }

    /// Adds a telephone number.
    pub(crate) fn phone(&mut self, kind: Phone, number: &str) {
        let number = number.trim();
        let digits = number.chars().filter(char::is_ascii_digit).collect();
        if !number.is_empty() && self.known_phones.insert((kind, digits)) {
            self.phones.push((kind, number.to_owned()));
        }
    }

    /// Adds a web address to the field its host belongs to; answers whether there was room for it.
    pub(crate) fn url(&mut self, url: &str) -> bool {
        if network_field(url).is_some() || is_social(url) { self.profile(url) } else { self.set("website", url) }
    }

    /// Adds a profile to the field of its network, or else to the one for others; answers whether there was room.
    pub(crate) fn profile(&mut self, url: &str) -> bool {
        match network_field(url) {
            Some(field) => self.set(field, url) || (!is_linkedin(url) && self.set("social", url)),
            None => self.set("social", url),
        }
    }

    /// Puts addresses into the two places there are: the one at work, or else the first that is not said to be the one
    /// at home, and the one at home. Answers how many found no place.
    pub(crate) fn addresses(&mut self, found: &[(Place, Address)]) -> usize {
        let first = |place| found.iter().position(|(of, _)| *of == place);
        let places = [first(Place::Work).or_else(|| first(Place::Other)), first(Place::Home)];
        for (at, fields) in places.into_iter().zip([ADDRESS, HOME_ADDRESS]) {
            let Some((_, address)) = at.and_then(|at| found.get(at)) else { continue };
            let Address { street, city, region, postal_code, country } = address;
            for (field, part) in fields.into_iter().zip([street, city, region, postal_code, country]) {
                self.set(field, part);
            }
        }
        found.len() - places.iter().flatten().count()
    }

    /// Takes the name apart, unless first or last name are known already.
    pub(crate) fn full_name(&mut self, name: &str) {
        if !self.get("first_name").is_empty() || !self.get("last_name").is_empty() {
            return;
        }
        let WholeName { name: parts, pronouns, preferred, title, employer, note, .. } = read_whole_name(name);
        self.set("name_prefix", &parts.prefix);
        self.set("first_name", &parts.first);
        self.set("middle_name", &parts.middle);
        self.set("last_name", &parts.last);
        self.set("name_suffix", &parts.suffix);
        self.set("pronouns", &pronouns);
        self.set("preferred_name", &preferred);
        self.set("title", &title);
        self.set("employer", &employer);
        self.append("description", &note, "\n\n");
    }

    /// Puts e-mail addresses and telephone numbers into their columns and answers all cells. What does not fit is
    /// counted in `rest`.
    pub(crate) fn into_cells(mut self, rest: &mut Rest) -> [String; PERSON_COLUMNS] {
        let mut fields = ["email", "email_2", "email_3"].into_iter();
        for email in std::mem::take(&mut self.emails) {
            match fields.next() {
                Some(field) => {
                    self.set(field, &email);
                }
                None => rest.add("E-mail", LeftOutReason::MoreThanFits),
            }
        }
        // Each number first goes where it belongs; what is left then goes to the column for other numbers.
        let mut left = Vec::new();
        for (kind, number) in std::mem::take(&mut self.phones) {
            if !self.set(kind.field(), &number) {
                left.push((kind, number));
            }
        }
        for (kind, number) in left {
            let fits = kind != Phone::Fax && self.set("other_phone", &number);
            if !fits {
                let name = if kind == Phone::Fax { "Fax" } else { "Phone" };
                rest.add(name, LeftOutReason::MoreThanFits);
            }
        }
        self.cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell<'a>(cells: &'a [String; PERSON_COLUMNS], field: &str) -> &'a str {
        &cells[column(field)]
    }

    #[test]
    fn a_fourth_address_and_a_third_number_are_counted() {
        let (mut person, mut rest) = (Person::default(), Rest::default());
        for email in ["a@x.org", "A@X.org", "b@x.org", "c@x.org", "d@x.org"] {
            person.email(email);
        }
        for number in ["+1 1", "+11", "+1 2", "+1 3"] {
            person.phone(Phone::Work, number);
        }
        person.phone(Phone::Fax, "9");
        person.phone(Phone::Fax, "8");
        let cells = person.into_cells(&mut rest);
        assert_eq!(cell(&cells, "email"), "a@x.org");
        assert_eq!(cell(&cells, "email_3"), "c@x.org");
        assert_eq!(cell(&cells, "work_phone"), "+1 1");
        assert_eq!(cell(&cells, "other_phone"), "+1 2");
        let rest: Vec<_> = rest.into_left_out().into_iter().map(|left| (left.name, left.rows)).collect();
        assert_eq!(rest, [("E-mail".to_owned(), 1), ("Fax".to_owned(), 1), ("Phone".to_owned(), 1)]);
    }

    #[test]
    fn web_addresses_go_where_they_belong() {
        let mut person = Person::default();
        assert!(person.url("https://www.linkedin.com/in/ann"));
        assert!(person.url("https://example.org"));
        assert!(person.url("https://xing.com/profile/Ann"));
        assert!(!person.url("https://example.com"));
        assert!(person.url("https://github.com/ann"));
        assert!(!person.url("https://github.com/bob"), "and the place for others is taken");
        assert_eq!(person.get("github"), "https://github.com/ann");
        assert_eq!(person.get("linkedin"), "https://www.linkedin.com/in/ann");
        assert_eq!(person.get("website"), "https://example.org");
        assert_eq!(person.get("social"), "https://xing.com/profile/Ann");
    }

    #[test]
    fn labels_of_telephone_numbers() {
        for (label, kind) in [
            ("* Work", Phone::Work),
            ("Mobile", Phone::Mobile),
            ("Home Fax", Phone::Fax),
            ("Privat", Phone::Home),
            ("", Phone::Other),
            ("Pager", Phone::Other),
        ] {
            assert_eq!(Phone::from_label(label), kind, "{label}");
        }
    }
}
