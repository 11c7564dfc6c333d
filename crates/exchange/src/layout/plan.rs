//! Which columns of an export hold which part of a person.

use crate::{
    person::{Phone, Place},
    preset::{ARCHIVED, HANDSHAKE, Preset, is},
};

/// Where the kind of a telephone number stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum PhoneKind {
    Fixed(Phone),
    /// In the column with this index, row by row.
    InColumn(usize),
}

/// The columns of one postal address.
#[derive(Debug, Default)]
pub(super) struct AddressColumns {
    /// Whose address it is, where the columns say so.
    pub(super) place: Option<Place>,
    /// "Work", "Home" …, where it differs by row.
    pub(super) label: Option<usize>,
    /// Several columns make one street.
    pub(super) street: Vec<usize>,
    /// Each of those columns is a line of it; else they are different things, joined by commas.
    pub(super) lines: bool,
    pub(super) city: Option<usize>,
    pub(super) region: Option<usize>,
    pub(super) postal_code: Option<usize>,
    pub(super) country: Option<usize>,
    /// The whole address in one cell, for rows that have nothing else.
    pub(super) whole: Option<usize>,
}

/// The columns of an export by what they hold; the first filled one counts wherever there are several.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) fields: Vec<(&'static str, Vec<usize>)>,
    pub(super) full_names: Vec<usize>,
    /// With the column of their label, which marks the preferred one by "*".
    pub(super) emails: Vec<(Option<usize>, usize)>,
    pub(super) phones: Vec<(PhoneKind, usize)>,
    /// The preferred one first.
    pub(super) addresses: Vec<AddressColumns>,
    pub(super) urls: Vec<usize>,
    pub(super) labels: Vec<usize>,
    /// A place in words: "Austin, Texas, United States".
    pub(super) places: Vec<usize>,
    /// Whether the person is archived.
    pub(super) archived: Option<usize>,
    /// Whether cells may hold several values joined by " ::: ".
    pub(super) joined_values: bool,
    /// Columns that some part above reads.
    pub(super) used: Vec<bool>,
}

/// Finds columns by name and remembers that they are used.
struct Finder<'a> {
    headers: &'a [String],
    used: Vec<bool>,
}

impl Finder<'_> {
    fn one(&mut self, name: &str) -> Option<usize> {
        let found = self.headers.iter().position(|header| is(header, name))?;
        self.used[found] = true;
        Some(found)
    }

    fn all(&mut self, names: &[&str]) -> Vec<usize> {
        names.iter().filter_map(|name| self.one(name)).collect()
    }

    fn fields(&mut self, names: &[(&'static str, &[&str])]) -> Vec<(&'static str, Vec<usize>)> {
        let columns = names.iter().map(|(field, names)| (*field, self.all(names)));
        columns.filter(|(_, columns)| !columns.is_empty()).collect()
    }

    fn phones(&mut self, names: &[(Phone, &[&str])]) -> Vec<(PhoneKind, usize)> {
        let mut phones = Vec::new();
        for (kind, names) in names {
            let columns = self.all(names).into_iter();
            phones.extend(columns.map(|column| (PhoneKind::Fixed(*kind), column)));
        }
        phones
    }

    /// Columns called `<what> 1 - <part>`, `<what> 2 - <part>` …
    fn numbered(&mut self, what: &str, number: usize, part: &str) -> Option<usize> {
        self.one(&format!("{what} {number} - {part}"))
    }
}

impl Plan {
    /// The plan for a preset whose columns have to be rearranged; `None` if each column is a field by itself.
    pub(super) fn of(preset: Preset, headers: &[String]) -> Option<Self> {
        let mut finder = Finder { headers, used: vec![false; headers.len()] };
        let plan = match preset {
            Preset::Google => google(&mut finder, "First Name", "Middle Name", "Last Name"),
            Preset::GoogleLegacy => google(&mut finder, "Given Name", "Additional Name", "Family Name"),
            Preset::Outlook => outlook(&mut finder),
            Preset::Thunderbird => thunderbird(&mut finder),
            Preset::Handshake => handshake(&mut finder),
            Preset::Liaison | Preset::Vcard => return None,
        };
        Some(Self { used: finder.used, ..plan })
    }
}

/// How many numbered columns of a kind are looked for.
const NUMBERED: std::ops::RangeInclusive<usize> = 1..=20;

fn google(find: &mut Finder<'_>, first: &str, middle: &str, last: &str) -> Plan {
    let fields = find.fields(&[
        ("name_prefix", &["Name Prefix"]),
        ("first_name", &[first]),
        ("middle_name", &[middle]),
        ("last_name", &[last]),
        ("name_suffix", &["Name Suffix"]),
        ("preferred_name", &["Nickname"]),
        ("employer", &["Organization Name", "Organization 1 - Name"]),
        ("title", &["Organization Title", "Organization 1 - Title"]),
        ("department", &["Organization Department", "Organization 1 - Department"]),
        ("description", &["Notes"]),
    ]);
    let mut plan = Plan {
        fields,
        full_names: find.all(&["Name", "File As"]),
        labels: find.all(&["Labels", "Group Membership"]),
        joined_values: true,
        ..Plan::default()
    };
    for number in NUMBERED {
        let mut label = |what: &str| {
            let label = find.numbered(what, number, "Label");
            label.or_else(|| find.numbered(what, number, "Type"))
        };
        let (email, phone, address) = (label("E-mail"), label("Phone"), label("Address"));
        label("Website");
        if let Some(value) = find.numbered("E-mail", number, "Value") {
            plan.emails.push((email, value));
        }
        if let Some(value) = find.numbered("Phone", number, "Value") {
            let kind = phone.map_or(PhoneKind::Fixed(Phone::Other), PhoneKind::InColumn);
            plan.phones.push((kind, value));
        }
        plan.urls.extend(find.numbered("Website", number, "Value"));
        let mut part = |part: &str| find.numbered("Address", number, part);
        let columns = AddressColumns {
            place: None,
            label: address,
            lines: false,
            street: ["PO Box", "Street", "Extended Address"].into_iter().filter_map(&mut part).collect(),
            city: part("City"),
            region: part("Region"),
            postal_code: part("Postal Code"),
            country: part("Country"),
            whole: part("Formatted"),
        };
        if columns.city.is_some() || columns.whole.is_some() {
            plan.addresses.push(columns);
        }
    }
    plan
}

fn outlook(find: &mut Finder<'_>) -> Plan {
    // They repeat what stands in other columns.
    for email in ["E-mail", "E-mail 2", "E-mail 3"] {
        find.all(&[&format!("{email} Type"), &format!("{email} Display Name")]);
    }
    let address = |find: &mut Finder<'_>, (name, place): (&str, Place)| {
        let mut part = |part: &str| find.one(&format!("{name} {part}"));
        AddressColumns {
            place: Some(place),
            lines: true,
            street: ["Street", "Street 2", "Street 3"].into_iter().filter_map(&mut part).collect(),
            city: part("City"),
            region: part("State"),
            postal_code: part("Postal Code"),
            country: part("Country/Region").or_else(|| part("Country")),
            ..AddressColumns::default()
        }
    };
    Plan {
        fields: find.fields(&[
            // Outlook's "Title" is the form of address.
            ("name_prefix", &["Title"]),
            ("first_name", &["First Name"]),
            ("middle_name", &["Middle Name"]),
            ("last_name", &["Last Name"]),
            ("name_suffix", &["Suffix"]),
            ("preferred_name", &["Nickname"]),
            ("title", &["Job Title"]),
            ("department", &["Department"]),
            ("employer", &["Company"]),
            ("description", &["Notes"]),
        ]),
        emails: find
            .all(&["E-mail Address", "E-mail 2 Address", "E-mail 3 Address"])
            .into_iter()
            .map(|column| (None, column))
            .collect(),
        phones: find.phones(&[
            (Phone::Work, &["Business Phone", "Business Phone 2", "Company Main Phone"]),
            (Phone::Mobile, &["Mobile Phone"]),
            (Phone::Home, &["Home Phone", "Home Phone 2"]),
            (Phone::Fax, &["Business Fax", "Other Fax", "Home Fax"]),
            (Phone::Other, &["Other Phone", "Primary Phone", "Car Phone"]),
        ]),
        addresses: [("Business", Place::Work), ("Other", Place::Other), ("Home", Place::Home)]
            .map(|place| address(find, place))
            .into(),
        urls: find.all(&["Web Page", "Personal Web Page"]),
        labels: find.all(&["Categories"]),
        ..Plan::default()
    }
}

fn thunderbird(find: &mut Finder<'_>) -> Plan {
    let address = |find: &mut Finder<'_>, (name, place): (&str, Place)| {
        let mut part = |part: &str| find.one(&format!("{name} {part}"));
        AddressColumns {
            place: Some(place),
            lines: true,
            street: ["Address", "Address 2"].into_iter().filter_map(&mut part).collect(),
            city: part("City"),
            region: part("State"),
            postal_code: part("ZipCode"),
            country: part("Country"),
            ..AddressColumns::default()
        }
    };
    Plan {
        fields: find.fields(&[
            ("first_name", &["First Name"]),
            ("last_name", &["Last Name"]),
            ("preferred_name", &["Nickname"]),
            ("title", &["Job Title"]),
            ("department", &["Department"]),
            ("employer", &["Organization"]),
            ("description", &["Notes"]),
        ]),
        full_names: find.all(&["Display Name"]),
        emails: find.all(&["Primary Email", "Secondary Email"]).into_iter().map(|column| (None, column)).collect(),
        phones: find.phones(&[
            (Phone::Work, &["Work Phone"]),
            (Phone::Mobile, &["Mobile Number"]),
            (Phone::Home, &["Home Phone"]),
            (Phone::Fax, &["Fax Number"]),
        ]),
        addresses: [("Work", Place::Work), ("Home", Place::Home)].map(|place| address(find, place)).into(),
        urls: find.all(&["Web Page 1", "Web Page 2"]),
        ..Plan::default()
    }
}

fn handshake(find: &mut Finder<'_>) -> Plan {
    let mut plan = Plan { archived: find.one(ARCHIVED), ..Plan::default() };
    for (name, field) in HANDSHAKE {
        let Some(field) = field else { continue };
        let Some(column) = find.one(name) else { continue };
        match *field {
            "email" => plan.emails.push((None, column)),
            "work_phone" => plan.phones.push((PhoneKind::Fixed(Phone::Work), column)),
            "mobile_phone" => plan.phones.push((PhoneKind::Fixed(Phone::Mobile), column)),
            "fax" => plan.phones.push((PhoneKind::Fixed(Phone::Fax), column)),
            "city" => plan.places.push(column),
            "labels" => plan.labels.push(column),
            field => plan.fields.push((field, vec![column])),
        }
    }
    plan
}
