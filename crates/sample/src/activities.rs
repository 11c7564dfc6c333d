//! What happened with invented contacts: tasks, meetings, e-mails, events, interviews, listings, experiences, former jobs.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::Fields;
use crate::contacts::SampleContact;
use crate::employers::{DAY, employer_count};
use crate::lists::lines;
use crate::people::Person;
use crate::random::{Random, Stream};
use crate::texts::fill;

/// A record about a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleActivity {
    /// Key of the record's kind.
    pub kind: &'static str,
    /// Filled fields but for those below.
    pub fields: Fields,
    /// Moments, in seconds from now; what is past is negative.
    pub moments: Vec<(&'static str, i64)>,
    /// Days, in days from today; what is past is negative.
    pub days: Vec<(&'static str, i64)>,
    /// The field that refers to the contact.
    pub contact: &'static str,
    /// The field that refers to the contact's employer, or to another where a number is given.
    pub employer: Option<(&'static str, Option<usize>)>,
    /// The fair it belongs to: one of [`fairs`].
    pub fair: Option<usize>,
    /// The contact interviews here.
    pub interviews: bool,
    /// How long ago it was entered, in seconds.
    pub age_in_seconds: u64,
}

type Lists = Vec<(&'static str, &'static str)>;

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| lines(include_str!("../data/activities.txt")).filter_map(|line| line.split_once(" = ")).collect());

/// A text of a list, its gaps filled.
fn text(random: &mut Random, list: &str, city: &str) -> Cow<'static, str> {
    let texts: Vec<&'static str> = LISTS.iter().filter(|(name, _)| *name == list).map(|(_, text)| *text).collect();
    let picked = random.pick(&texts);
    fill(random, picked, city).into()
}

const HOUR: i64 = 3_600;

/// How many job fairs there are for so many contacts.
pub fn fair_count(contacts: usize) -> usize {
    (contacts / 4_000).clamp(2, 40)
}

/// The job fairs of a directory of `contacts`.
pub fn fairs(contacts: usize, seed: u64) -> impl Iterator<Item = SampleActivity> {
    (0..fair_count(contacts)).map(move |number| {
        let random = &mut Random::of(seed, Stream::Fair, number);
        let titles: Vec<&'static str> =
            LISTS.iter().filter(|(name, _)| *name == "fair").map(|(_, text)| *text).collect();
        let location = text(random, "location", "");
        // One every ten weeks; the first is still to come.
        let begins = (30 - 70 * number as i64) * DAY as i64 + 15 * HOUR;
        SampleActivity {
            moments: vec![("starts_at", begins), ("ends_at", begins + 5 * HOUR)],
            fields: vec![
                ("title", titles[number % titles.len()].into()),
                ("type", "job_fair".into()),
                ("location", location),
            ],
            age_in_seconds: (70 * number as u64 + 40) * DAY,
            ..blank("event")
        }
    })
}

fn blank(kind: &'static str) -> SampleActivity {
    SampleActivity {
        kind,
        fields: Vec::new(),
        moments: Vec::new(),
        days: Vec::new(),
        contact: "contact",
        employer: None,
        fair: None,
        interviews: false,
        age_in_seconds: 0,
    }
}

/// What happened with the contact of this number among `contacts`; of most, nothing. Whoever came by an event, a
/// schedule or a student has that event, schedule or student's work, one time in five, and always while in the queue.
pub fn activities(contact: &SampleContact, number: usize, contacts: usize, seed: u64) -> Vec<SampleActivity> {
    let random = &mut Random::of(seed, Stream::Activity, number);
    let mut made = Vec::new();
    let age = contact.age_in_seconds;
    let city = crate::value(&contact.fields, "city").unwrap_or("town").to_owned();
    if contact.approval == "pending" || random.chance(200) {
        made.extend(first_interaction(random, contact, contacts, seed, &city));
    }
    if contact.approval != "approved" {
        return made;
    }
    if random.chance(40) {
        for _ in 0..=random.skewed(3) {
            made.push(task(random, age, &city));
        }
    }
    if random.chance(30) {
        made.push(meeting(random, age, &city));
    }
    if random.chance(40) {
        for _ in 0..=random.skewed(4) {
            made.push(email(random, contact, &city));
        }
    }
    if contact.source != "job_fair_registration" && random.chance(30) {
        let part = if random.chance(600) { "registered" } else { "additional_contact" };
        made.push(at_fair(random, contacts, age, part));
    }
    if let Some(days) = due_soon(number) {
        made.push(SampleActivity {
            fields: vec![("title", text(random, "task", &city)), ("done", "no".into())],
            days: vec![("due_on", days)],
            age_in_seconds: age.min(5 * DAY),
            ..blank("task")
        });
    }
    if contact.employer.is_some() {
        if random.chance(15) {
            made.push(listing(random, age, &city));
        }
        if random.chance(25) {
            made.push(former_job(random, contact, contacts));
        }
    }
    made
}

/// What made somebody a contact.
fn first_interaction(
    random: &mut Random,
    contact: &SampleContact,
    contacts: usize,
    seed: u64,
    city: &str,
) -> Option<SampleActivity> {
    let age = contact.age_in_seconds;
    let student = contact.added_by.as_deref().and_then(|by| by.strip_suffix(", student")).map(str::to_owned);
    let student = student.unwrap_or_else(|| student_name(random, seed));
    let entered = |activity: SampleActivity| SampleActivity { age_in_seconds: age, ..activity };
    Some(entered(match contact.source {
        "task" => SampleActivity {
            fields: vec![("title", text(random, "student_task", city)), ("student", student.into())],
            ..blank("task")
        },
        "experiential_learning_supervisor" => {
            let began = random.below(120) as i64 - age as i64 / DAY as i64;
            let drawn = text(random, "experience", city);
            let (kind, name) = random.pick(&[
                ("internship", "Internship"),
                ("practicum", "Practicum"),
                ("co_op", "Co-op"),
                ("research", "Research project"),
            ]);
            let title = drawn.split_once(" in ").map(|(_, field)| [name, " in ", field].concat());
            SampleActivity {
                fields: vec![
                    ("title", title.map_or_else(|| name.into(), Into::into)),
                    ("student", student.into()),
                    ("type", kind.into()),
                    ("status", if began + 90 < 0 { "completed" } else { "under_way" }.into()),
                ],
                days: vec![("starts_on", began), ("ends_on", began + 90)],
                contact: "supervisor",
                employer: contact.employer.map(|_| ("employer", None)),
                ..blank("experience")
            }
        }
        "event_contact" => {
            let begins = (random.below(60) as i64 + 1) * DAY as i64 - age as i64;
            SampleActivity {
                fields: vec![
                    ("title", text(random, "event_title", city)),
                    ("type", "event".into()),
                    ("location", text(random, "location", city)),
                ],
                moments: vec![("starts_at", begins), ("ends_at", begins + 2 * HOUR)],
                employer: contact.employer.map(|_| ("employer", None)),
                ..blank("event")
            }
        }
        "job_fair_registration" => at_fair(random, contacts, age, "additional_contact"),
        "oci_interviewer" | "interviewer" => {
            let video = contact.source == "interviewer";
            SampleActivity {
                fields: vec![
                    ("title", text(random, "schedule", city)),
                    ("type", if video { "video" } else { "on_campus" }.into()),
                    ("location", if video { "Video call".into() } else { text(random, "location", city) }),
                    ("slots", (6 + 2 * random.below(8)).to_string().into()),
                ],
                days: vec![("held_on", random.below(40) as i64 + 5 - (age / DAY) as i64)],
                employer: contact.employer.map(|_| ("employer", None)),
                interviews: true,
                ..blank("interview_schedule")
            }
        }
        _ => return None,
    }))
}

/// Somebody who is no contact: a student.
fn student_name(random: &mut Random, seed: u64) -> String {
    let person = Person::of(seed, usize::MAX - random.below(1 << 40) as usize);
    [person.first, " ", &person.last].concat()
}

/// How long ago something was entered, at most as long as the contact is there.
fn since(random: &mut Random, age: u64) -> u64 {
    60 + random.skewed(age.min(400 * DAY))
}

/// In how many days a task with the contact of this number is due, where there is one for certain: whatever the day a
/// sample is made on, something in it is overdue, something due today and something tomorrow.
fn due_soon(number: usize) -> Option<i64> {
    (number % 30 == 7).then_some(number as i64 / 30 % 3 - 1)
}

fn task(random: &mut Random, age: u64, city: &str) -> SampleActivity {
    let age_in_seconds = since(random, age);
    // Old tasks are mostly done; a few were forgotten.
    let done = random.chance(if age_in_seconds > 20 * DAY { 970 } else { 350 });
    let due = random.below(21) as i64 - (age_in_seconds / DAY) as i64;
    SampleActivity {
        fields: vec![("title", text(random, "task", city)), ("done", if done { "yes" } else { "no" }.into())],
        days: if random.chance(800) { vec![("due_on", due)] } else { Vec::new() },
        age_in_seconds,
        ..blank("task")
    }
}

fn meeting(random: &mut Random, age: u64, city: &str) -> SampleActivity {
    let age_in_seconds = since(random, age);
    let begins = (random.below(30) as i64 + 1) * DAY as i64 - age_in_seconds as i64;
    let mut fields: Fields = vec![
        ("title", text(random, "meeting", city)),
        ("location", text(random, "location", city)),
        ("remind_minutes", "15".into()),
    ];
    if random.chance(400) {
        fields.push(("description", text(random, "agenda", city)));
    }
    let moments = vec![("starts_at", begins), ("ends_at", begins + HOUR)];
    SampleActivity { fields, moments, age_in_seconds, ..blank("meeting") }
}

fn email(random: &mut Random, contact: &SampleContact, city: &str) -> SampleActivity {
    let age_in_seconds = since(random, contact.age_in_seconds);
    let address = crate::value(&contact.fields, "email").unwrap_or_default().to_owned();
    SampleActivity {
        fields: vec![
            ("subject", text(random, "subject", city)),
            ("text", text(random, "message", city)),
            ("direction", if random.chance(650) { "sent" } else { "received" }.into()),
            ("address", address.into()),
        ],
        moments: vec![("sent_at", -(age_in_seconds as i64))],
        age_in_seconds,
        ..blank("email")
    }
}

fn at_fair(random: &mut Random, contacts: usize, age: u64, part: &'static str) -> SampleActivity {
    let fair = random.below(fair_count(contacts) as u64) as usize;
    let mut fields: Fields = vec![("part", part.into())];
    let status = if fair == 0 { "expected" } else { random.pick(&["attended", "attended", "attended", "absent"]) };
    fields.push(("status", status.into()));
    if random.chance(300) {
        fields.push(("remark", text(random, "remark", "")));
    }
    SampleActivity { fields, fair: Some(fair), age_in_seconds: age.min(30 * DAY), ..blank("participation") }
}

fn listing(random: &mut Random, age: u64, city: &str) -> SampleActivity {
    let age_in_seconds = since(random, age);
    let posted = -((age_in_seconds / DAY) as i64);
    let closes = posted + 30 + random.below(60) as i64;
    let title = text(random, "listing", city);
    let kind = match (title.ends_with(" intern"), random.pick(&["full_time", "internship", "internship", "part_time"]))
    {
        (true, _) => "internship",
        (false, "internship") => "full_time",
        (false, kind) => kind,
    };
    SampleActivity {
        fields: vec![
            ("title", title),
            ("type", kind.into()),
            ("status", if closes < 0 { "closed" } else { "open" }.into()),
            ("location", city.to_owned().into()),
        ],
        days: vec![("posted_on", posted), ("closes_on", closes)],
        employer: Some(("employer", None)),
        age_in_seconds,
        ..blank("job_listing")
    }
}

fn former_job(random: &mut Random, contact: &SampleContact, contacts: usize) -> SampleActivity {
    let ended = -((contact.age_in_seconds / DAY) as i64) - random.below(2_000) as i64;
    let employer = random.below(employer_count(contacts) as u64) as usize;
    SampleActivity {
        fields: vec![("title", crate::texts::job(random).0.into())],
        days: vec![("started_on", ended - 200 - random.below(2_000) as i64), ("ended_on", ended)],
        employer: Some(("employer", Some(employer))),
        age_in_seconds: contact.age_in_seconds,
        ..blank("employment")
    }
}
