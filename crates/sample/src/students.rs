//! Students and alumni, their groups, and what they were asked.

use crate::Fields;
use crate::people::Person;
use crate::random::{Random, Stream, mix};
use std::borrow::Cow;
use std::io::{Error, Write};

const DAY: u64 = 24 * 3_600;

/// Most students beside the contacts of a sample: enough to try everything with, quick to make.
const MOST: usize = 5_000;

/// A group of students.
#[derive(Clone, Copy, Debug)]
pub struct SampleGroup {
    /// Its name.
    pub name: &'static str,
    /// Who belongs to it.
    pub description: &'static str,
}

/// The groups there are.
pub const GROUPS: [SampleGroup; 6] = [
    SampleGroup { name: "Engineering", description: "College of Engineering and Computing" },
    SampleGroup { name: "Business", description: "School of Business, all programs" },
    SampleGroup { name: "Arts and Sciences", description: "Everyone at the college without a program of their own" },
    SampleGroup { name: "Health", description: "Nursing, public health, and pre-medicine" },
    SampleGroup { name: "Graduate school", description: "Master’s and doctoral students" },
    SampleGroup { name: "Alumni", description: "Graduates who keep their account" },
];

/// A question students are asked at their first log-in.
#[derive(Clone, Copy, Debug)]
pub struct SampleQuestion {
    /// The question.
    pub text: &'static str,
    /// How it is answered, as the field registry has it.
    pub kind: &'static str,
    /// What can be chosen.
    pub choices: &'static [&'static str],
    /// Whether it must be answered.
    pub required: bool,
}

/// The questions there are.
pub const QUESTIONS: [SampleQuestion; 4] = [
    SampleQuestion {
        text: "What are you looking for?",
        kind: "choices",
        choices: &["An internship", "A first job", "Graduate school", "Someone to talk to", "I don’t know yet"],
        required: true,
    },
    SampleQuestion {
        text: "When would you like to begin?",
        kind: "choice",
        choices: &["This term", "Next summer", "After graduation", "No hurry"],
        required: true,
    },
    SampleQuestion { text: "Do you have a résumé we could look at?", kind: "yes_no", choices: &[], required: false },
    SampleQuestion { text: "What would help you most right now?", kind: "text", choices: &[], required: false },
];

const HELP: [&str; 8] = [
    "Someone who reads my cover letter before Friday.",
    "Practice for interviews. I get nervous.",
    "Finding out which jobs there are for my major.",
    "Contacts at companies that sponsor visas.",
    "A plan: I have two offers and can’t decide.",
    "Tips on paid research over the summer.",
    "How to explain a gap year.",
    "Meeting alumni who work abroad.",
];

/// What they study, and the group of it.
const MAJORS: [(&str, usize); 16] = [
    ("Computer Science", 0),
    ("Mechanical Engineering", 0),
    ("Electrical Engineering", 0),
    ("Civil Engineering", 0),
    ("Finance", 1),
    ("Marketing", 1),
    ("Accounting", 1),
    ("Supply Chain Management", 1),
    ("Psychology", 2),
    ("Economics", 2),
    ("English", 2),
    ("Biology", 2),
    ("Political Science", 2),
    ("Mathematics", 2),
    ("Nursing", 3),
    ("Public Health", 3),
];

/// A student or alum. Ages are in seconds before now.
#[derive(Clone, Debug)]
pub struct SampleStudent {
    /// The text fields.
    pub fields: Fields,
    /// Years from this one to graduation; below nothing for alumni.
    pub graduates_in: i64,
    /// Which of [`GROUPS`].
    pub group: Option<usize>,
    /// The case of whoever makes the sample.
    pub mine: bool,
    /// Since when there is a record.
    pub age_in_seconds: u64,
    /// When invitations and reminders went out, oldest first.
    pub invited: Vec<u64>,
    /// When the account was activated.
    pub activated: Option<u64>,
    /// When staff deactivated it.
    pub deactivated: Option<u64>,
    /// The last log-in.
    pub last_log_in: Option<u64>,
    /// The answers: which of [`QUESTIONS`], and what was answered.
    pub answers: Vec<(usize, Vec<&'static str>)>,
}

/// How many students are beside this many contacts.
pub fn student_count(contacts: usize) -> usize {
    contacts.div_ceil(3).min(MOST)
}

/// `count` students and alumni: four in five activated their account, some were only invited, a few not even that.
/// The same people for the same seed, each with an address of their own.
pub fn students(count: usize, seed: u64) -> impl ExactSizeIterator<Item = SampleStudent> {
    // Other people than the contacts with the same numbers.
    (0..count).map(move |number| student(mix(seed), number))
}

fn student(seed: u64, number: usize) -> SampleStudent {
    let random = &mut Random::of(seed, Stream::Student, number);
    let person = Person::of(seed, number);
    let (major, school) = random.pick_early(&MAJORS);
    let alum = random.chance(180);
    let graduates_in = if alum { -(1 + random.skewed(12) as i64) } else { random.below(4) as i64 };
    let initial = person.plain_first.chars().next().unwrap_or('x');
    let email = format!("{initial}{}{}@students.example", person.plain_last.replace('-', ""), number + 10);
    let mut fields: Fields = vec![
        ("first_name", Cow::Borrowed(person.first)),
        ("last_name", person.last.clone()),
        ("email", Cow::Owned(email)),
        ("standing", Cow::Borrowed(if alum { "alum" } else { "student" })),
        ("student_number", Cow::Owned(format!("N{:08}", 20_410_000 + number))),
        ("major", Cow::Borrowed(major)),
    ];
    if let Some(preferred) = person.preferred {
        fields.push(("preferred_name", Cow::Borrowed(preferred)));
    }
    if random.chance(550) {
        fields.push(("phone", Cow::Owned(us_phone(random))));
    }
    let age_in_seconds = DAY * (2 + random.below(900)) + random.below(DAY);
    let invited_at = age_in_seconds.saturating_sub(random.below(3 * 3_600));
    let (invited, activated) = match random.below(100) {
        0..78 => (vec![invited_at], Some(invited_at - random.below(invited_at.min(20 * DAY)))),
        // One asked today, one long ago and reminded since.
        78..84 => (vec![random.below(20 * 3_600)], None),
        84..94 => {
            let reminders = random.below(3);
            let mut all = vec![invited_at];
            all.extend((0..reminders).map(|_| random.below(invited_at)));
            all.sort_unstable_by(|one, other| other.cmp(one));
            (all, None)
        }
        _ => (Vec::new(), None),
    };
    let age_in_seconds = age_in_seconds.max(invited.first().copied().unwrap_or_default());
    let deactivated = random.chance(35).then(|| random.below(activated.unwrap_or(age_in_seconds).max(1)));
    let last_log_in = activated.map(|since| random.below(since.max(1)) / (1 + random.below(6)));
    SampleStudent {
        fields,
        graduates_in,
        group: group(random, alum, school),
        mine: random.chance(120),
        age_in_seconds,
        invited,
        activated,
        deactivated,
        last_log_in: last_log_in.filter(|_| deactivated.is_none()),
        answers: if activated.is_some() { answers(random) } else { Vec::new() },
    }
}

/// One in ten who still study is a graduate student; one in eight is in no group.
fn group(random: &mut Random, alum: bool, school: usize) -> Option<usize> {
    match random.below(1_000) {
        0..120 => None,
        _ if alum => Some(5),
        120..220 => Some(4),
        _ => Some(school),
    }
}

fn answers(random: &mut Random) -> Vec<(usize, Vec<&'static str>)> {
    let mut answers = Vec::new();
    for (at, question) in QUESTIONS.iter().enumerate() {
        if !question.required && random.chance(450) {
            continue;
        }
        let answer = match question.kind {
            "choices" => {
                let first = random.pick(question.choices);
                let second = Some(random.pick(question.choices)).filter(|second| *second != first);
                [first].into_iter().chain(second).collect()
            }
            "choice" => vec![random.pick(question.choices)],
            "yes_no" => vec![if random.chance(600) { "yes" } else { "no" }],
            _ => vec![random.pick(&HELP)],
        };
        answers.push((at, answer));
    }
    answers
}

/// The columns of [`write_students_csv`]: the headers of the product's own template for users.
pub const STUDENT_HEADERS: [&str; 8] =
    ["First name", "Last name", "E-mail", "Phone", "Standing", "Student number", "Major", "Graduation year"];

/// Writes students as CSV (UTF-8 without a byte order mark, commas), one row each below the headers. `year` is the
/// one graduation counts from.
///
/// # Errors
/// What the writer answered, as soon as it fails.
pub fn write_students_csv(count: usize, seed: u64, year: i64, to: impl Write) -> Result<(), Error> {
    let mut file = csv::WriterBuilder::new().from_writer(to);
    file.write_record(STUDENT_HEADERS)?;
    for student in students(count, seed) {
        let of = |key| crate::value(&student.fields, key).unwrap_or_default();
        file.write_record([
            of("first_name"),
            of("last_name"),
            of("email"),
            of("phone"),
            of("standing"),
            of("student_number"),
            of("major"),
            &(year + student.graduates_in).to_string(),
        ])?;
    }
    file.flush()
}

/// A number from the range set aside for fiction.
fn us_phone(random: &mut Random) -> String {
    const AREAS: [u64; 5] = [212, 312, 415, 617, 206];
    let (last, area) = (random.below(100), random.below(1_000));
    format!("+1 {}-555-01{last:02}", AREAS[area as usize % AREAS.len()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn students_are_the_same_each_time_and_nobody_twice() {
        let all: Vec<SampleStudent> = students(2_000, 5).collect();
        let again: Vec<SampleStudent> = students(2_000, 5).collect();
        assert_eq!(format!("{all:?}"), format!("{again:?}"));
        let addresses: HashSet<&str> =
            all.iter().filter_map(|student| crate::value(&student.fields, "email")).collect();
        assert_eq!(addresses.len(), all.len());
        assert!(addresses.iter().all(|address| address.is_ascii() && address.ends_with("@students.example")));
    }

    #[test]
    fn what_happened_happened_in_order() {
        let (mut active, mut waiting, mut never) = (0, 0, 0);
        for student in students(2_000, 5) {
            assert!(student.invited.is_sorted_by(|one, other| one >= other), "{:?}", student.invited);
            assert!(student.invited.iter().all(|age| *age <= student.age_in_seconds));
            match (student.activated, student.invited.first()) {
                (Some(activated), Some(invited)) => {
                    assert!(activated <= *invited);
                    assert!(student.last_log_in.is_none_or(|age| age <= activated));
                    active += 1;
                }
                (None, Some(_)) => waiting += 1,
                (None, None) => never += 1,
                (Some(_), None) => panic!("activated without an invitation"),
            }
            for (question, answer) in &student.answers {
                let open = QUESTIONS[*question].choices;
                assert!(!answer.is_empty() && (open.is_empty() || answer.iter().all(|one| open.contains(one))));
            }
        }
        assert!(active > 1_400 && waiting > 200 && never > 60, "{active} {waiting} {never}");
    }
}
