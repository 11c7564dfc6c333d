//! Invented contacts.

use std::borrow::Cow;

use crate::Fields;
use crate::address_taken::AddressesTaken;
use crate::employers::{AddressStyle, DAY, Employer, YEAR, employer_count};
use crate::lists::sums;
use crate::people::{Person, plain_letters};
use crate::places::Place;
use crate::random::{Random, Stream};
use crate::texts::{TEXTS, fill, job, labels};

/// A person in the directory, in the queue, or turned away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleContact {
    /// Names, job, addresses and so on by registry key. First name, last name and e-mail are always there.
    pub fields: Fields,
    /// Labels, possibly none.
    pub labels: Vec<&'static str>,
    /// Which of [`crate::employers`]`(`[`crate::employer_count`]`(count), seed)`, if any.
    pub employer: Option<usize>,
    /// How the contact came about: a key of the registry's choice `source`.
    pub source: &'static str,
    /// In words, who brought the contact in, where it came by itself.
    pub added_by: Option<String>,
    /// `pending`, `approved` or `rejected`.
    pub approval: &'static str,
    /// `myself`, `career_advisors` or `students`.
    pub visibility: &'static str,
    /// Whether the employer's shared fields carry over.
    pub auto_sync: bool,
    /// How long ago the contact was entered; at least one minute.
    pub age_in_seconds: u64,
    /// The person's own login, where there is one.
    pub login: Option<SampleLogin>,
    /// What staff noted, the oldest first.
    pub notes: Vec<SampleNote>,
}

/// An employer user with the contact's e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleLogin {
    /// One of [`ROLES`].
    pub role: &'static str,
    /// Whether the person can log in.
    pub access: bool,
    /// How long ago they last did, in seconds; nothing where they never did. Never longer than the contact's age.
    pub last_log_in_age: Option<u64>,
}

/// A note on a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleNote {
    /// One or a few sentences, perhaps in several lines.
    pub text: String,
    /// How long ago it was written, in seconds. Never longer than the contact's age.
    pub age_in_seconds: u64,
}

/// The names of the roles logins have, the most usual first.
pub const ROLES: [&str; 4] = ["Default Access", "Recruiter", "Event Host", "Denied Access Role"];

/// What the roles beyond those that ship with the product permit, by key.
pub fn role_permissions(role: &str) -> &'static [&'static str] {
    match role {
        "Recruiter" => &[
            "invite_colleagues",
            "view_contacts_of_employer",
            "post_jobs",
            "view_applications",
            "manage_interviews",
            "register_events",
            "register_fairs",
            "view_students",
        ],
        "Event Host" => &["edit_employer", "register_events", "register_fairs"],
        _ => &[],
    }
}

/// Sources that go through the queue, in the order in which pending contacts take turns.
const QUEUED: [&str; 7] = [
    "employer_user_sign_up",
    "event_contact",
    "job_fair_registration",
    "oci_interviewer",
    "experiential_learning_supervisor",
    "interviewer",
    "task",
];

/// Sources of reviewed contacts, with their weights.
const SOURCES: [(&str, u64); 9] = [
    ("import", 46),
    ("admin", 16),
    ("employer_user_sign_up", 14),
    ("event_contact", 7),
    ("job_fair_registration", 7),
    ("oci_interviewer", 4),
    ("experiential_learning_supervisor", 3),
    ("interviewer", 2),
    ("task", 1),
];

/// `count` contacts, spread over [`employer_count`]`(count)` employers as real ones are: a few employers with many,
/// many with few, some with nobody. Four in a hundred are pending, three are rejected.
pub fn contacts(count: usize, seed: u64) -> Contacts {
    // Zipf's law with the head flattened (Mandelbrot), or one employer would have a tenth of all contacts.
    let employers = (0..employer_count(count) as u64).map(|rank| (1 << 32) / (rank + 10));
    Contacts { numbers: 0..count, seed, employers: sums(employers), taken: AddressesTaken::with_room_for(count) }
}

/// What [`contacts`] returns.
pub struct Contacts {
    numbers: std::ops::Range<usize>,
    seed: u64,
    employers: Vec<u64>,
    taken: AddressesTaken,
}

impl Iterator for Contacts {
    type Item = SampleContact;

    fn next(&mut self) -> Option<SampleContact> {
        let number = self.numbers.next()?;
        Some(self.contact(number))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.numbers.size_hint()
    }
}

impl ExactSizeIterator for Contacts {}

impl Contacts {
    /// Where the person with this number works; one in a hundred works for nobody.
    fn employer_of(&self, number: usize) -> Option<usize> {
        let random = &mut Random::of(self.seed, Stream::Place, number);
        (!random.chance(10)).then(|| random.by_sums(&self.employers))
    }

    fn contact(&mut self, number: usize) -> SampleContact {
        let random = &mut Random::of(self.seed, Stream::Contact, number);
        let approval = match (number % 25, number % 33) {
            (12, _) => "pending",
            (_, 7) => "rejected",
            _ => "approved",
        };
        let pending = approval == "pending";
        let source = if pending { QUEUED[number / 25 % QUEUED.len()] } else { SOURCES[random.weighted(&WEIGHTS)].0 };

        // A queue holds people who are in the directory already, under another address: one pending in four.
        let known = (pending && number > 0 && random.chance(250))
            .then(|| number - 1 - random.below(number.min(3_000) as u64) as usize);
        let mut person = Person::of(self.seed, known.unwrap_or(number));
        let employer = self.employer_of(known.unwrap_or(number));
        if known.is_some()
            && let Some(short) = person.short.filter(|_| random.chance(400))
        {
            (person.first, person.plain_first, person.preferred) = (short, plain_letters(short), None);
        }
        let firm = employer.map(|employer| Employer::of(self.seed, employer));

        let at_work = known.is_none() || random.chance(300);
        let email = self.email(random, &person, firm.as_ref().filter(|_| at_work), number);
        let added_by = added_by(random, source, self.seed, firm.as_ref());
        let age_in_seconds = 60 + if pending { random.skewed(35 * DAY) } else { random.skewed(7 * YEAR) + DAY };
        let visibility = match random.below(100) {
            0..58 if approval != "rejected" => "students",
            0..92 => "career_advisors",
            _ => "myself",
        };
        let place = firm.as_ref().map_or_else(|| Place::draw(random), |firm| firm.place);
        let notes = notes(random, if pending { 40 } else { 140 }, age_in_seconds, place.city);
        SampleContact {
            employer,
            source,
            added_by,
            approval,
            visibility,
            auto_sync: firm.is_some() && random.chance(620),
            age_in_seconds,
            login: login(random, source, approval, age_in_seconds),
            notes,
            labels: if random.chance(260) { labels(random, &TEXTS.labels, 3) } else { Vec::new() },
            fields: fields(random, person, firm, place, email, number),
        }
    }

    /// The work address as the employer makes them, or a private one; with a number where it is taken.
    fn email(&mut self, random: &mut Random, person: &Person, firm: Option<&Employer>, number: usize) -> String {
        let private = ["inbox.example", "mail.example", "post.example"];
        let (style, domain) = match firm {
            Some(firm) => (firm.addresses, firm.domain.as_str()),
            None => (AddressStyle::FirstDotLast, random.pick(&private)),
        };
        let name = address_name(person, style);
        let address = [&name, "@", domain].concat();
        if self.taken.take(&address) {
            return address;
        }
        for digit in ["2", "3", "4", "5", "6", "7", "8", "9"] {
            let address = [&name, digit, "@", domain].concat();
            if self.taken.take(&address) {
                return address;
            }
        }
        // No other contact gets this number, and no name ends in a digit.
        [&name, (number + 10).to_string().as_str(), "@", domain].concat()
    }
}

const WEIGHTS: [u64; 9] = {
    let mut weights = [0; 9];
    let mut index = 0;
    while index < weights.len() {
        weights[index] = SOURCES[index].1;
        index += 1;
    }
    weights
};

fn address_name(person: &Person, style: AddressStyle) -> String {
    let (first, last) = (person.plain_first.as_str(), person.plain_last.as_str());
    // Names are plain letters, so their first byte is their first letter.
    match style {
        AddressStyle::FirstDotLast => [first, ".", last].concat(),
        AddressStyle::InitialLast => [&first[..1], last].concat(),
        AddressStyle::FirstInitial => [first, &last[..1]].concat(),
        AddressStyle::FirstUnderscoreLast => [first, "_", last].concat(),
        AddressStyle::LastDotFirst => [last, ".", first].concat(),
        AddressStyle::First => first.to_owned(),
    }
}

/// "Dana Reyes, Acme Robotics" for what a colleague entered, "Lena Ortiz, student" for what a student entered.
fn added_by(random: &mut Random, source: &str, seed: u64, firm: Option<&Employer>) -> Option<String> {
    let adder = |random: &mut Random| {
        // People past any count of contacts: nobody in the directory.
        let person = Person::of(seed, usize::MAX - random.below(1 << 40) as usize);
        [person.first, " ", &person.last].concat()
    };
    match source {
        "oci_interviewer" | "event_contact" | "job_fair_registration" | "interviewer" => {
            let name = adder(random);
            Some(firm.map_or_else(|| name.clone(), |firm| [&name, ", ", &firm.name].concat()))
        }
        "experiential_learning_supervisor" | "task" => Some([&adder(random), ", student"].concat()),
        _ => None,
    }
}

fn login(random: &mut Random, source: &str, approval: &str, age: u64) -> Option<SampleLogin> {
    let likely = match source {
        "employer_user_sign_up" => 1000,
        "oci_interviewer" | "interviewer" => 450,
        "event_contact" | "job_fair_registration" => 300,
        "experiential_learning_supervisor" | "task" => 60,
        _ => 110,
    };
    if !random.chance(likely) {
        return None;
    }
    let (access, denied) = if approval == "rejected" { (400, 400) } else { (955, 12) };
    let role = match approval {
        "pending" => ROLES[0],
        _ if random.chance(denied) => ROLES[3],
        _ => ROLES[random.weighted(&[74, 20, 6])],
    };
    let last_log_in_age = random.chance(860).then(|| random.skewed(age));
    Some(SampleLogin { role, access: random.chance(access), last_log_in_age })
}

fn notes(random: &mut Random, likely: u64, age: u64, city: &str) -> Vec<SampleNote> {
    if !random.chance(likely) {
        return Vec::new();
    }
    let count = random.skewed(6) + 1;
    let mut notes: Vec<SampleNote> = (0..count)
        .map(|_| {
            let text = random.pick(&TEXTS.notes);
            SampleNote { text: fill(random, text, city), age_in_seconds: random.below(age) }
        })
        .collect();
    notes.sort_by_key(|note| std::cmp::Reverse(note.age_in_seconds));
    notes
}

fn fields(
    random: &mut Random,
    person: Person,
    firm: Option<Employer>,
    place: &Place,
    email: String,
    number: usize,
) -> Fields {
    let mut fields = Fields::with_capacity(20);
    let mut put = |key, value: Cow<'static, str>| {
        if !value.is_empty() {
            fields.push((key, value));
        }
    };
    let slug = || format!("{}-{}", person.plain_first, person.plain_last);
    let linkedin = random.chance(180).then(|| format!("https://www.linkedin.com/in/sample-{}-{number}", slug()));
    // The number makes it unique: a second address is one person's alone, too.
    let second = random.chance(60).then(|| format!("{}{number}@home.example", person.plain_first));
    let website = random.chance(25).then(|| format!("https://{}-{number}.example", slug()));
    put("name_prefix", person.prefix.unwrap_or_default().into());
    put("first_name", person.first.into());
    put("middle_name", person.middle.unwrap_or_default());
    put("last_name", person.last);
    put("name_suffix", person.suffix.unwrap_or_default().into());
    put("preferred_name", person.preferred.unwrap_or_default().into());
    put("pronouns", person.pronouns.unwrap_or_default().into());
    put("email", email.into());
    put("email_2", second.unwrap_or_default().into());
    if random.chance(940) {
        let (title, department) = job(random);
        put("title", title.into());
        if random.chance(620) {
            put("department", department.into());
        }
    }
    let phone = firm.map(|firm| firm.phone).unwrap_or_default();
    if !phone.is_empty() && random.chance(680) {
        let phone = if random.chance(600) { format!("{phone} ext. {}", 100 + random.below(9_900)) } else { phone };
        put("work_phone", phone.into());
    }
    if random.chance(240) {
        put("mobile_phone", place.mobile(random).into());
    }
    if random.chance(30) {
        put("fax", place.phone(random).into());
    }
    let (in_full, in_short) = (random.chance(350), random.chance(900));
    if in_full {
        put("street", place.street(random).into());
    }
    if in_full || in_short {
        put("city", place.city.into());
        put("region", place.region.into());
    }
    if in_full {
        put("postal_code", place.postal_code(random).into());
    }
    if in_full || in_short {
        put("country", place.country().into());
    }
    put("website", website.unwrap_or_default().into());
    put("linkedin", linkedin.unwrap_or_default().into());
    if random.chance(110) {
        let text = random.pick(&TEXTS.about);
        put("description", fill(random, text, place.city).into());
    }
    fields
}
