//! What the sample data promises: always the same, addresses that are unique, and proportions like real ones.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use liaison_sample::{ROLES, SampleContact, contacts, employer_count, employers, value, write_csv};
use sha2::{Digest, Sha256};

const SEED: u64 = 42;

fn sha256(text: &[u8]) -> String {
    Sha256::digest(text).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// Everything about a contact in lines that depend on no library's formatting.
fn written_out(contact: &SampleContact) -> String {
    let mut text = String::new();
    for (key, value) in &contact.fields {
        writeln!(text, "{key}={value}").expect("a string takes all text");
    }
    let login = contact.login.as_ref();
    writeln!(
        text,
        "{} {} {} {} {} {} {} {} {} {} {}",
        contact.labels.join(","),
        contact.employer.map_or("none".to_owned(), |at| at.to_string()),
        contact.source,
        contact.added_by.as_deref().unwrap_or("-"),
        contact.approval,
        contact.visibility,
        contact.auto_sync,
        contact.age_in_seconds,
        login.map_or("-", |login| login.role),
        login.is_some_and(|login| login.access),
        login.and_then(|login| login.last_log_in_age).unwrap_or_default(),
    )
    .expect("a string takes all text");
    for note in &contact.notes {
        writeln!(text, "{} {}", note.age_in_seconds, note.text).expect("a string takes all text");
    }
    text
}

/// Tests, benchmarks and screenshots name people from the sample data. If this fails, the data changed: put the
/// draw that moved back, or change the hash knowing that every figure measured so far was for other data.
#[test]
fn the_first_thousand_never_change() {
    let people: String = contacts(1_000, SEED).map(|contact| written_out(&contact)).collect();
    let firms: String = employers(employer_count(1_000), SEED)
        .flat_map(|employer| employer.fields)
        .map(|(key, value)| format!("{key}={value}\n"))
        .collect();
    let mut file = Vec::new();
    write_csv(1_000, SEED, &mut file).expect("memory takes all bytes");
    assert_eq!(
        [sha256(people.as_bytes()), sha256(firms.as_bytes()), sha256(&file)],
        [
            "75f541dbbd8d1a8f36cfad0e2e42fca1a54f15fb83dd74e2f8d535e9a70b5d0a",
            "8092469f48b070f8b56d8a33cab797ab59d14832ea860d878239466ca8b0dbdf",
            "f35cce1a28df40b1f5f0f3900b1a25ebf8a3cc170f2b6007ccd00c4177a00cc4",
        ]
    );
}

#[test]
fn another_seed_gives_other_people() {
    let first = |seed| contacts(50, seed).map(|contact| written_out(&contact)).collect::<Vec<_>>();
    assert_eq!(first(1), first(1));
    assert_ne!(first(1), first(2));
}

#[test]
fn addresses_are_unique_and_look_like_addresses() {
    let mut seen = HashSet::new();
    for contact in contacts(100_000, SEED) {
        for key in ["email", "email_2"] {
            let Some(email) = value(&contact.fields, key) else {
                assert_eq!(key, "email_2", "every contact has an e-mail address");
                continue;
            };
            let (name, domain) = email.split_once('@').expect("one @");
            assert!(!name.is_empty() && name.len() <= 64, "{email}");
            assert!(name.starts_with(|first: char| first.is_ascii_lowercase()), "{email}");
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c)), "{email}");
            assert!(!name.contains("..") && !name.ends_with('.'), "{email}");
            assert!(domain.ends_with(".example") && domain.len() > ".example".len(), "{email}");
            assert!(
                domain.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c)),
                "{email}"
            );
            assert!(seen.insert(email.to_owned()), "{email} twice");
        }
    }
}

#[test]
fn values_are_filled_once_and_clean() {
    for contact in contacts(20_000, SEED) {
        let mut keys = HashSet::new();
        for (key, value) in &contact.fields {
            assert!(keys.insert(*key), "{key} twice");
            assert_eq!(value.trim(), value, "{key} has blanks around it");
            assert!(!value.is_empty(), "{key} is listed but blank");
            assert!(!value.contains(['{', '}', '#', '\u{1}']), "{key} has an open gap: {value}");
        }
        assert!(value(&contact.fields, "first_name").is_some() && value(&contact.fields, "last_name").is_some());
        assert!(contact.notes.iter().all(|note| note.age_in_seconds <= contact.age_in_seconds));
        if let Some(login) = &contact.login {
            assert!(ROLES.contains(&login.role));
            assert!(login.last_log_in_age.is_none_or(|age| age <= contact.age_in_seconds));
        }
    }
}

fn share(count: usize, of: usize) -> f64 {
    count as f64 / of as f64
}

#[test]
fn the_queue_has_every_source_and_says_who_added_each() {
    let count = 10_000;
    let pending: Vec<_> = contacts(count, SEED).filter(|contact| contact.approval == "pending").collect();
    assert!((0.035..0.045).contains(&share(pending.len(), count)), "{} pending", pending.len());
    let sources: BTreeMap<&str, usize> = pending.iter().fold(BTreeMap::new(), |mut sources, contact| {
        *sources.entry(contact.source).or_default() += 1;
        sources
    });
    let all = [
        "employer_user_sign_up",
        "event_contact",
        "experiential_learning_supervisor",
        "interviewer",
        "job_fair_registration",
        "oci_interviewer",
        "task",
    ];
    assert_eq!(sources.keys().copied().collect::<Vec<_>>(), all);
    for contact in &pending {
        let by_themselves = contact.source == "employer_user_sign_up";
        assert_eq!(contact.added_by.is_none(), by_themselves, "{}", contact.source);
        if by_themselves {
            assert!(contact.login.is_some(), "who signs up can log in at once (M11)");
        }
    }
}

#[test]
fn some_in_the_queue_are_in_the_directory_already() {
    let name = |contact: &SampleContact| (value(&contact.fields, "last_name").map(str::to_owned), contact.employer);
    let all: Vec<_> = contacts(10_000, SEED).collect();
    let known: HashSet<_> = all.iter().filter(|contact| contact.approval == "approved").map(name).collect();
    let pending: Vec<_> = all.iter().filter(|contact| contact.approval == "pending").collect();
    let again = pending.iter().filter(|contact| known.contains(&name(contact))).count();
    assert!((0.15..0.6).contains(&share(again, pending.len())), "{again} of {}", pending.len());
}

#[test]
fn proportions_are_like_real_ones() {
    let count = 30_000;
    let all: Vec<_> = contacts(count, SEED).collect();
    let with = |what: &dyn Fn(&SampleContact) -> bool| share(all.iter().filter(|contact| what(contact)).count(), count);
    let has = |key| with(&|contact: &SampleContact| value(&contact.fields, key).is_some());

    assert!((0.025..0.035).contains(&with(&|contact| contact.approval == "rejected")));
    assert!((0.45..0.65).contains(&with(&|contact| contact.visibility == "students")));
    assert!((0.02..0.15).contains(&with(&|contact| contact.visibility == "myself")));
    assert!((0.2..0.4).contains(&with(&|contact| contact.login.is_some())));
    assert!((0.005..0.06).contains(&with(&|c| c.login.as_ref().is_some_and(|login| !login.access))));
    assert!((0.55..0.8).contains(&with(&|c| value(&c.fields, "country") == Some("United States"))));
    assert!((0.3..0.4).contains(&has("pronouns")));
    assert!((0.85..1.0).contains(&has("title")));
    assert!((0.3..0.7).contains(&has("work_phone")));
    assert!((0.005..0.02).contains(&with(&|contact| contact.employer.is_none())));
    let accents = with(&|c| !value(&c.fields, "last_name").is_some_and(str::is_ascii));
    assert!((0.02..0.15).contains(&accents), "{accents}");
    let particles = with(&|c| {
        value(&c.fields, "last_name").is_some_and(|name| name.starts_with(|first: char| first.is_lowercase()))
    });
    assert!((0.003..0.05).contains(&particles), "{particles}");
}

/// A few large employers, many small ones, some with nobody (M50).
#[test]
fn employers_differ_in_size() {
    let count = 60_000;
    let mut sizes = vec![0_usize; employer_count(count)];
    for employer in contacts(count, SEED).filter_map(|contact| contact.employer) {
        sizes[employer] += 1;
    }
    let total: usize = sizes.iter().sum();
    sizes.sort_unstable_by(|one, other| other.cmp(one));
    assert!((0.005..0.03).contains(&share(sizes[0], total)), "the largest has {}", sizes[0]);
    let tenth: usize = sizes.iter().take(sizes.len() / 10).sum();
    assert!((0.45..0.8).contains(&share(tenth, total)), "the largest tenth has {tenth} of {total}");
    assert!(sizes[sizes.len() / 2] < total / sizes.len(), "the median employer is smaller than the average one");
}

#[test]
fn any_count_works() {
    for count in [0, 1, 2, 7, 25, 96] {
        assert_eq!(contacts(count, SEED).count(), count);
        assert_eq!(contacts(count, SEED).len(), count);
        let firms = employers(employer_count(count), SEED).count();
        assert!(firms >= 8 && contacts(count, SEED).all(|contact| contact.employer.is_none_or(|at| at < firms)));
    }
}

#[test]
fn the_file_has_a_row_for_each() {
    let mut file = Vec::new();
    write_csv(500, SEED, &mut file).expect("memory takes all bytes");
    let mut reader = csv::Reader::from_reader(file.as_slice());
    assert_eq!(reader.headers().expect("headers").iter().collect::<Vec<_>>(), liaison_sample::HEADERS);
    let rows: Vec<_> = reader.records().collect::<Result<_, _>>().expect("readable rows");
    assert_eq!(rows.len(), 500);
    for (row, contact) in rows.iter().zip(contacts(500, SEED)) {
        assert_eq!(row.get(2), value(&contact.fields, "email"));
        assert_eq!(row.get(5).is_some_and(|name| !name.is_empty()), contact.employer.is_some());
    }
}
