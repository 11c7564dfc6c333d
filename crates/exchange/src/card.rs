//! One vCard: its properties into the fields of a person.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calcard::{
    Entry, Parser,
    common::IanaString,
    vcard::{VCard, VCardEntry, VCardParameterName, VCardParameterValue, VCardProperty, VCardValue},
};

use crate::{
    person::{Address, Person, Phone, Place, Rest},
    sheet::{LeftOutReason, RowProblem},
};
use liaison_writers::{NETWORK_TYPES, SOCIAL_TYPE, WEBSITE_TYPE};

/// Takes a card apart. The second half of the answer is the reason why it is no person.
pub(crate) fn parse(lines: &str, rest: &mut Rest) -> Result<(Person, Option<RowProblem>), RowProblem> {
    let text = format!("BEGIN:VCARD\r\n{lines}END:VCARD\r\n");
    // A mistake in the parser must cost one card, not the file.
    let entry = catch_unwind(AssertUnwindSafe(|| Parser::new(&text).entry()));
    match entry {
        Ok(Entry::VCard(card)) => Ok(person(&card, rest)),
        _ => Err(RowProblem::UnreadableCard),
    }
}

/// A property with its parameters in a form that is easy to ask.
struct Property<'a> {
    entry: &'a VCardEntry,
    /// TYPE values and bare parameters, in lower case.
    types: Vec<String>,
    /// 1 for the most preferred, 101 where nothing is said.
    rank: u32,
}

impl<'a> Property<'a> {
    fn of(entry: &'a VCardEntry, labels: &HashMap<String, String>) -> Self {
        let (mut types, mut rank) = (Vec::new(), 101);
        for parameter in &entry.params {
            let text = parameter.value.as_text().unwrap_or_default().to_ascii_lowercase();
            match (&parameter.name, &parameter.value) {
                (VCardParameterName::Type, _) if text == "pref" => rank = rank.min(1),
                (VCardParameterName::Type, VCardParameterValue::Type(kind)) => {
                    types.push(kind.as_str().to_ascii_lowercase());
                }
                (VCardParameterName::Type | VCardParameterName::ServiceType, _) => types.push(text),
                (VCardParameterName::Pref, VCardParameterValue::Integer(value)) => rank = rank.min(*value),
                (VCardParameterName::Pref, _) => rank = rank.min(1),
                (VCardParameterName::Other(name), VCardParameterValue::Null) => {
                    types.push(name.to_ascii_lowercase());
                }
                _ => {}
            }
        }
        types.extend(entry.group.as_ref().and_then(|group| labels.get(&group.to_ascii_lowercase())).cloned());
        Self { entry, types, rank }
    }

    fn is(&self, kind: &str) -> bool {
        self.types.iter().any(|known| known.contains(kind))
    }

    /// All text of the value.
    fn text(&self) -> String {
        let parts = self.entry.values.iter().map(text_of);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// The text of a parameter.
    fn parameter(&self, name: &VCardParameterName) -> String {
        let found = self.entry.params.iter().find(|parameter| parameter.name == *name);
        let text = found.and_then(|parameter| parameter.value.as_text()).unwrap_or_default();
        // Parameters have line breaks in words, and in signs of their own (RFC 6868).
        text.replace("\\n", "\n").replace("\\N", "\n").replace("^n", "\n")
    }

    /// The component at a place of a structured value.
    fn component(&self, index: usize, separator: &str) -> String {
        match self.entry.values.get(index) {
            Some(VCardValue::Component(parts)) => {
                let parts = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty());
                parts.collect::<Vec<_>>().join(separator)
            }
            Some(value) => text_of(value),
            None => String::new(),
        }
    }
}

fn text_of(value: &VCardValue) -> String {
    match value {
        VCardValue::Text(text) => text.trim().to_owned(),
        VCardValue::Component(parts) => parts.join(",").trim().to_owned(),
        VCardValue::Integer(number) => number.to_string(),
        VCardValue::Float(number) => number.to_string(),
        other => other.as_text().unwrap_or_default().to_owned(),
    }
}

/// What Apple's address books call the properties of a group, by its name in lower case: the first X-ABLabel of it,
/// "_$!<Mobile>!$_" for their own words.
fn labels(card: &VCard) -> HashMap<String, String> {
    let mut labels = HashMap::new();
    for entry in card.entries.iter().filter(|entry| is_named(entry, "X-ABLABEL")) {
        let (Some(group), Some(value)) = (&entry.group, entry.values.first()) else { continue };
        let text = text_of(value);
        let text = text.trim_start_matches("_$!<").trim_end_matches(">!$_").to_lowercase();
        labels.entry(group.to_ascii_lowercase()).or_insert(text);
    }
    labels
}

fn is_named(entry: &VCardEntry, name: &str) -> bool {
    matches!(&entry.name, VCardProperty::Other(other) if other.eq_ignore_ascii_case(name))
}

fn person(card: &VCard, rest: &mut Rest) -> (Person, Option<RowProblem>) {
    let mut person = Person::default();
    let labels = labels(card);
    let mut properties: Vec<Property<'_>> = card.entries.iter().map(|entry| Property::of(entry, &labels)).collect();
    one_of_each_variant(&mut properties);
    // Preferred first; otherwise the order of the card.
    properties.sort_by_key(|property| property.rank);

    let mut formatted = String::new();
    let mut role = String::new();
    let mut addresses: Vec<(Place, Address)> = Vec::new();
    let mut labelled: Vec<(Place, Address)> = Vec::new();
    let (mut has_name, mut is_company) = (false, false);
    let mut problem = None;
    for property in &properties {
        match &property.entry.name {
            // Parts of two names do not make one.
            VCardProperty::N if !has_name => has_name = name(property, &mut person),
            VCardProperty::Fn if formatted.is_empty() => formatted = property.text(),
            VCardProperty::Nickname => {
                person.set("preferred_name", &property.component(0, " "));
            }
            VCardProperty::Pronouns => {
                person.set("pronouns", &property.text());
            }
            VCardProperty::Org => organisation(property, &mut person, rest),
            VCardProperty::Title => keep(&mut person, "title", &property.text(), "TITLE", rest),
            VCardProperty::Role if role.is_empty() => role = property.text(),
            VCardProperty::Email => person.email(strip_scheme(&property.text(), "mailto:")),
            VCardProperty::Tel => person.phone(phone_kind(property), &phone_number(&property.text())),
            VCardProperty::Adr => {
                let mut address = address(property);
                // Version 4 has the address as it is printed beside its parts; it helps where those are missing.
                if address.is_empty() {
                    address = address_of_lines(&property.parameter(&VCardParameterName::Label));
                }
                if !address.is_empty() {
                    addresses.push((place_of(property), address));
                }
            }
            VCardProperty::Url => {
                let is_website = property.is(WEBSITE_TYPE);
                let url = property.text();
                if !(if is_website { person.set("website", &url) } else { person.url(&url) }) {
                    rest.add("URL", LeftOutReason::MoreThanFits);
                }
            }
            VCardProperty::Socialprofile | VCardProperty::Impp => social(property, &mut person, rest),
            VCardProperty::Note => person.append("description", &property.text(), "\n\n"),
            VCardProperty::Categories => {
                let labels = property.entry.values.iter().map(text_of);
                labels.filter(|label| !is_everyone(label)).for_each(|label| person.label(&label));
            }
            VCardProperty::Kind => problem = not_a_person(&property.text()),
            VCardProperty::Other(name) if name.eq_ignore_ascii_case("LABEL") => {
                labelled.push((place_of(property), address_of_lines(&property.text())));
            }
            VCardProperty::Other(name) if name.eq_ignore_ascii_case("X-ABSHOWAS") => {
                is_company = property.text().eq_ignore_ascii_case("COMPANY");
            }
            VCardProperty::Other(name) => {
                problem = problem.or(other(&name.to_ascii_uppercase(), property, &mut person, rest));
            }
            name if says_nothing(name) => {}
            name => rest.add(name.as_str(), LeftOutReason::NoSuchField),
        }
    }
    // Cards must have a formatted name; where nobody knew one, it repeats something else.
    let first_email = properties.iter().find(|property| property.entry.name == VCardProperty::Email);
    let is_name = first_email.is_none_or(|email| email.text() != formatted)
        && ["employer", "preferred_name"].iter().all(|field| person.get(field) != formatted);
    if is_name && !is_company {
        person.full_name(&formatted);
    }
    let is_nameless = ["first_name", "last_name"].iter().all(|field| person.get(field).is_empty());
    let says_employer = formatted.is_empty() || formatted == person.get("employer");
    if is_nameless && (is_company || (says_employer && !person.get("employer").is_empty())) {
        problem = problem.or(Some(RowProblem::NotAPerson { what: ORGANIZATION.to_owned() }));
    }
    // The label of an address is the address as printed; it helps where its parts are missing.
    if addresses.is_empty() {
        addresses.extend(labelled.into_iter().filter(|(_, address)| !address.is_empty()));
    }
    // What somebody does is the next best thing to what they are called.
    if !role.is_empty() && !person.set("title", &role) {
        rest.add("ROLE", LeftOutReason::NoSuchField);
    }
    if person.addresses(&addresses) > 0 {
        rest.add("ADR", LeftOutReason::MoreThanFits);
    }
    (person, problem)
}

/// Properties about the card rather than the person, and those read elsewhere.
fn says_nothing(name: &VCardProperty) -> bool {
    use VCardProperty as P;
    matches!(
        name,
        P::Begin
            | P::End
            | P::Version
            | P::Prodid
            | P::Rev
            | P::Uid
            | P::Source
            | P::Clientpidmap
            | P::Created
            | P::Fn
            | P::Jsprop
    )
}

fn keep(person: &mut Person, field: &str, value: &str, name: &str, rest: &mut Rest) {
    if !person.set(field, value) {
        rest.add(name, LeftOutReason::MoreThanFits);
    }
}

/// Takes the parts of the name; answers whether there are any.
fn name(property: &Property<'_>, person: &mut Person) -> bool {
    let mut has_any = false;
    for (index, field) in
        ["last_name", "first_name", "middle_name", "name_prefix", "name_suffix"].into_iter().enumerate()
    {
        let part = property.component(index, " ");
        has_any |= !part.is_empty();
        person.set(field, &part);
    }
    has_any
}

/// Properties that say the same in several languages: the one in English stays, or else the first.
fn one_of_each_variant(properties: &mut Vec<Property<'_>>) {
    let text = |property: &Property<'_>, wanted: &VCardParameterName| {
        let found = property.entry.params.iter().find(|parameter| parameter.name == *wanted);
        found.map(|parameter| match &parameter.value {
            VCardParameterValue::Integer(number) => number.to_string(),
            value => value.as_text().unwrap_or_default().to_lowercase(),
        })
    };
    let variant = |property: &Property<'_>| {
        let id = text(property, &VCardParameterName::Altid)?;
        Some((property.entry.name.as_str().to_owned(), id))
    };
    let is_english = |property: &Property<'_>| {
        text(property, &VCardParameterName::Language).is_some_and(|language| language.starts_with("en"))
    };
    let mut kept: HashMap<(String, String), usize> = HashMap::new();
    for (at, property) in properties.iter().enumerate() {
        if let Some(variant) = variant(property) {
            let chosen = kept.entry(variant).or_insert(at);
            if is_english(property) && !is_english(&properties[*chosen]) {
                *chosen = at;
            }
        }
    }
    let mut at = 0;
    properties.retain(|property| {
        at += 1;
        variant(property).is_none_or(|variant| kept.get(&variant) == Some(&(at - 1)))
    });
}

/// Google puts every contact into this group.
fn is_everyone(label: &str) -> bool {
    let label = label.trim_start_matches('*').trim();
    ["mycontacts", "my contacts"].iter().any(|all| label.eq_ignore_ascii_case(all))
}

fn place_of(property: &Property<'_>) -> Place {
    let places = [("work", Place::Work), ("home", Place::Home)];
    places.into_iter().find(|(kind, _)| property.is(kind)).map_or(Place::Other, |(_, place)| place)
}

/// An address as it is printed: in its parts where a line has city, state and postal code as in the United States, else
/// all lines as the street.
fn address_of_lines(text: &str) -> Address {
    let lines: Vec<&str> =
        text.lines().map(|line| line.trim().trim_end_matches(',')).filter(|line| !line.is_empty()).collect();
    let city_line = |line: &&str| {
        let (city, rest) = line.rsplit_once(',')?;
        let (region, code) = rest.trim().rsplit_once(' ')?;
        let digits = code.bytes().filter(u8::is_ascii_digit).count();
        let is_code = matches!(digits, 5 | 9) && code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        is_code.then(|| (city.trim().to_owned(), region.trim().to_owned(), code.to_owned()))
    };
    let found = lines.iter().enumerate().find_map(|(at, line)| Some((at, city_line(line)?)));
    match found {
        Some((at, (city, region, postal_code))) => {
            Address { street: lines[..at].join(", "), city, region, postal_code, country: lines[at + 1..].join(", ") }
        }
        None => Address { street: lines.join(", "), ..Address::default() },
    }
}

fn organisation(property: &Property<'_>, person: &mut Person, rest: &mut Rest) {
    let units: Vec<String> = property.entry.values.iter().map(text_of).collect();
    let Some((employer, units)) = units.split_first() else {
        return;
    };
    if person.get("employer").is_empty() {
        person.set("employer", employer);
        let units = units.iter().filter(|unit| !unit.is_empty());
        person.set("department", &units.cloned().collect::<Vec<_>>().join(", "));
    } else if person.get("employer") != employer {
        rest.add("ORG", LeftOutReason::MoreThanFits);
    }
}

fn phone_kind(property: &Property<'_>) -> Phone {
    let kinds = [
        ("fax", Phone::Fax),
        ("pager", Phone::Other),
        ("cell", Phone::Mobile),
        ("work", Phone::Work),
        ("home", Phone::Home),
    ];
    let found = kinds.into_iter().find(|(kind, _)| property.is(kind));
    found.map_or_else(|| Phone::from_label(&property.types.join(" ")), |(_, kind)| kind)
}

/// "tel:+1-555-0100;ext=12" as a person writes it.
fn phone_number(value: &str) -> String {
    let value = strip_scheme(value, "tel:");
    match value.split_once(";ext=") {
        Some((number, extension)) => format!("{number} ext. {extension}"),
        None => value.to_owned(),
    }
}

fn strip_scheme<'a>(value: &'a str, scheme: &str) -> &'a str {
    match value.get(..scheme.len()) {
        Some(start) if start.eq_ignore_ascii_case(scheme) => &value[scheme.len()..],
        _ => value,
    }
}

fn address(property: &Property<'_>) -> Address {
    let street = [0, 1, 2].map(|index| property.component(index, ", "));
    let is_whole = street[..2].iter().all(String::is_empty);
    let lines = street.iter().flat_map(|part| part.lines()).map(str::trim);
    // The street comes before the floor, although the card has them the other way round.
    let mut lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    if !street[1].is_empty() && !street[2].is_empty() {
        lines = street[2].lines().chain(street[1].lines()).chain(street[0].lines()).map(str::trim).collect();
        lines.retain(|line| !line.is_empty());
    }
    Address {
        // Its lines are kept unless parts from elsewhere were put among them.
        street: lines.join(if is_whole { "\n" } else { ", " }),
        city: property.component(3, ", "),
        region: property.component(4, ", "),
        postal_code: property.component(5, ", "),
        country: property.component(6, ", "),
    }
}

/// Profiles at social networks; addresses for instant messages are no links and have no field.
fn social(property: &Property<'_>, person: &mut Person, rest: &mut Rest) {
    let text = property.text();
    let is_link = text.starts_with("http") || text.starts_with("www.");
    // Apple writes "x-apple:ann" where it knows no more than a name.
    let is_at_linkedin = property.is("linkedin") && !text.is_empty() && !text.starts_with("x-apple:");
    let kept = if property.is(SOCIAL_TYPE) {
        person.set("social", &text)
    } else if let (true, Some(field)) = (is_link, network_of(property)) {
        person.set(field, &text)
    } else if is_at_linkedin {
        person.set("linkedin", &text)
    } else if is_link {
        person.profile(&text)
    } else {
        return rest.add(property.entry.name.as_str(), LeftOutReason::NoSuchField);
    };
    if !kept {
        rest.add(property.entry.name.as_str(), LeftOutReason::MoreThanFits);
    }
}

/// The field of the network that a profile's types name.
fn network_of(property: &Property<'_>) -> Option<&'static str> {
    NETWORK_TYPES.iter().find(|(_, name)| property.is(&name.to_ascii_lowercase())).map(|(field, _)| *field)
}

/// Properties outside the standard, by their upper-case name.
fn other(name: &str, property: &Property<'_>, person: &mut Person, rest: &mut Rest) -> Option<RowProblem> {
    match name {
        "X-SOCIALPROFILE" => social(property, person, rest),
        "X-ADDRESSBOOKSERVER-KIND" => return not_a_person(&property.text()),
        "X-PRONOUNS" => {
            person.set("pronouns", &property.text());
        }
        // About the card, or said already in a standard property.
        "X-ABLABEL"
        | "X-ABUID"
        | "X-ABADR"
        | "SORT-STRING"
        | "NAME"
        | "MAILER"
        | "CLASS"
        | "PROFILE"
        | "AGENT"
        | "X-EVOLUTION-FILE-AS"
        | "X-MOZILLA-HTML" => {}
        _ if name.contains("LINKEDIN") => keep(person, "linkedin", &property.text(), name, rest),
        _ => rest.add(name, LeftOutReason::NoSuchField),
    }
    None
}

fn not_a_person(kind: &str) -> Option<RowProblem> {
    let is_person = kind.is_empty() || kind.eq_ignore_ascii_case("individual");
    let what = match kind.to_lowercase().as_str() {
        "org" | "organization" => ORGANIZATION.to_owned(),
        "group" => "a group".to_owned(),
        "location" => "a place".to_owned(),
        other => other.to_owned(),
    };
    (!is_person).then_some(RowProblem::NotAPerson { what })
}

const ORGANIZATION: &str = "an organization";
