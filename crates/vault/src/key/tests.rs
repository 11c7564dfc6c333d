use super::*;
use serde_json::{Value, json};
use tempfile::TempDir;

const ANN: u8 = 1;
const BOB: u8 = 2;
const CLEO: u8 = 3;

fn id(n: u8) -> Id {
    Id::from_parts(u64::from(n), [n; 10])
}

/// A directory with a key that Cleo set up with the passcode "correct horse", and something for a database.
fn kept() -> (TempDir, NewKey) {
    let directory = tempfile::tempdir().expect("a directory");
    let made = create(directory.path(), Some((id(CLEO), "correct horse"))).expect("a key");
    fs::write(directory.path().join(files::DATABASE), "pages").expect("a file");
    (directory, made)
}

fn opened(directory: &TempDir, secret: &str) -> Result<(Vec<u8>, Holder), StoreError> {
    load(directory.path(), Some(secret)).map(|unlocked| (unlocked.key.0.to_vec(), unlocked.holder))
}

fn text(directory: &TempDir) -> String {
    fs::read_to_string(file::path(directory.path())).expect("the key file")
}

/// Writes the key file as a program of version 1 did.
fn as_version_1(directory: &TempDir, key: &RawKey, recovery: &str, people: &[(u8, &str)], set_up: Option<&str>) {
    let wrapped = |secret: &str| serde_json::to_value(Wrapped::new(key, secret).expect("wrapped")).expect("JSON");
    let people: Vec<Value> = people
        .iter()
        .map(|(staff, secret)| {
            let mut person = wrapped(secret);
            person["staff"] = json!(id(*staff));
            person
        })
        .collect();
    let recovery = wrapped(&recovery::read(recovery).expect("a recovery key"));
    let mut file = json!({ "version": 1, "people": people, "recovery": recovery });
    if let Some(secret) = set_up {
        file["passcode"] = wrapped(secret);
    }
    fs::write(file::path(directory.path()), file.to_string()).expect("written");
    private_file::remove(&file::copy_path(directory.path())).expect("no copy");
}

#[test]
fn a_passcode_and_the_recovery_key_open_and_nothing_else_does() {
    let (directory, made) = kept();
    let key = made.key.0.to_vec();
    assert_eq!(opened(&directory, "correct horse").expect("the passcode"), (key.clone(), Holder::Person(id(CLEO))));
    let typed = made.recovery.to_lowercase().replace('-', " ");
    assert_eq!(opened(&directory, &typed).expect("the recovery key"), (key.clone(), Holder::Recovery));
    let before = text(&directory);
    for wrong in ["wrong", "", &made.recovery[1..]] {
        assert!(matches!(opened(&directory, wrong), Err(StoreError::WrongPasscode)), "{wrong}");
    }
    assert!(matches!(load(directory.path(), None), Err(StoreError::Locked)));
    assert!(create(directory.path(), Some((id(ANN), "again"))).is_err(), "a key is never replaced");
    assert_eq!(text(&directory), before, "errors change nothing");
    assert!(!before.contains(&wrap::hex(&key)), "the key file does not hold the key");
}

#[test]
fn each_person_has_a_passcode_that_says_who_they_are() {
    let (directory, made) = kept();
    let set = |staff, passcode| set_personal(directory.path(), &made.key, id(staff), passcode);
    let who = |secret: &str| opened(&directory, secret).map(|(_, holder)| holder);
    set(ANN, Some("ann's passcode")).expect("a passcode");
    set(BOB, Some("bob's passcode")).expect("another");
    assert_eq!(who("ann's passcode").ok(), Some(Holder::Person(id(ANN))));
    assert_eq!(who("bob's passcode").ok(), Some(Holder::Person(id(BOB))));
    for taken in ["bob's passcode", "correct horse"] {
        assert!(matches!(set(ANN, Some(taken)), Err(StoreError::PasscodeTaken)));
    }
    assert_eq!(who("ann's passcode").ok(), Some(Holder::Person(id(ANN))), "a refusal changes nothing");
    set(BOB, None).expect("taken away");
    assert!(matches!(who("bob's passcode"), Err(StoreError::WrongPasscode)));
    assert_eq!(people(directory.path()).expect("people"), [id(CLEO), id(ANN)]);

    set(CLEO, Some("cleo's passcode")).expect("the one who set up");
    assert!(matches!(who("correct horse"), Err(StoreError::WrongPasscode)), "the old one opens nothing");
    set(ANN, None).expect("Cleo is left");
    assert!(matches!(set(CLEO, None), Err(StoreError::LastPasscode)));
    assert_eq!(who("cleo's passcode").ok(), Some(Holder::Person(id(CLEO))));

    let renewed = renew_recovery(directory.path(), &made.key).expect("a recovery key");
    assert!(matches!(who(&made.recovery), Err(StoreError::WrongPasscode)));
    assert_eq!(who(&renewed.to_lowercase()).ok(), Some(Holder::Recovery));
}

#[test]
fn the_passcode_of_a_person_is_theirs_alone() {
    let (directory, made) = kept();
    set_personal(directory.path(), &made.key, id(BOB), Some("bob's passcode")).expect("a passcode");
    let own = |staff, passcode| load_own(directory.path(), id(staff), passcode).is_ok();
    assert!(own(BOB, Some("bob's passcode")) && own(CLEO, Some("correct horse")));
    assert!(!own(CLEO, Some("bob's passcode")) && !own(BOB, Some("correct horse")) && !own(ANN, Some("correct horse")));
    assert!(!own(CLEO, Some(&made.recovery)) && !own(CLEO, None));
    // An entry under another name is worth nothing, even where the digest is put right.
    let swapped = text(&directory).replace(&id(BOB).to_string(), &id(ANN).to_string());
    let mut value: Value = serde_json::from_str(&swapped).expect("JSON");
    value.as_object_mut().expect("an object").remove("digest");
    fs::write(file::path(directory.path()), value.to_string()).expect("written");
    assert!(matches!(opened(&directory, "bob's passcode"), Err(StoreError::WrongPasscode)));
}

#[test]
fn a_file_of_version_1_opens_and_becomes_one_of_today() {
    let (directory, made) = kept();
    as_version_1(&directory, &made.key, &made.recovery, &[(BOB, "bob's passcode")], Some("correct horse"));
    let before = text(&directory);
    let bob = load(directory.path(), Some("bob's passcode")).expect("Bob");
    assert_eq!((bob.holder, bob.outdated), (Holder::Person(id(BOB)), true));
    let ada = load(directory.path(), Some("correct horse")).expect("the one who set up");
    assert_eq!((ada.holder, ada.outdated), (Holder::SetUp, true));
    assert_eq!(load(directory.path(), Some(&made.recovery)).expect("the recovery key").holder, Holder::Recovery);
    assert_eq!(text(&directory), before, "reading changes nothing");

    settle(directory.path(), id(CLEO), |_| true, Some((&bob.key, id(BOB), "bob's passcode"))).expect("settled");
    assert!(text(&directory).contains("\"version\": 2") && !text(&directory).contains("\"passcode\""));
    let bob = load(directory.path(), Some("bob's passcode")).expect("Bob");
    assert_eq!((bob.holder, bob.outdated), (Holder::Person(id(BOB)), false));
    let cleo = load(directory.path(), Some("correct horse")).expect("Cleo");
    assert_eq!((cleo.holder, cleo.outdated), (Holder::Person(id(CLEO)), true), "renewed when she comes");
    let before = text(&directory);
    settle(directory.path(), id(CLEO), |_| true, None).expect("settled");
    assert_eq!(text(&directory), before, "nothing was to be done");

    settle(directory.path(), id(CLEO), |person| person != id(CLEO), None).expect("settled");
    assert!(matches!(opened(&directory, "correct horse"), Err(StoreError::WrongPasscode)), "Cleo is gone");
    assert!(!text(&directory).contains(&id(CLEO).to_string()));
}

#[test]
fn a_key_file_that_asks_for_too_much_or_was_altered_is_damaged_and_one_of_a_later_version_stays() {
    let (directory, made) = kept();
    as_version_1(&directory, &made.key, &made.recovery, &[(BOB, "bob's passcode")], None);
    let whole: Value = serde_json::from_str(&text(&directory)).expect("JSON");
    let refused = |value: &Value| {
        fs::write(file::path(directory.path()), value.to_string()).expect("written");
        let begun = std::time::Instant::now();
        let refused = load(directory.path(), Some("bob's passcode")).map(|_| ()).expect_err("refused");
        assert!(begun.elapsed().as_secs() < 5, "refused before anything is derived");
        refused
    };
    for (field, number) in [("memory_kib", json!(1 << 20)), ("passes", json!(u32::MAX)), ("passes", json!(0))] {
        let mut file = whole.clone();
        file["people"][0][field] = number.clone();
        let StoreError::Damaged(words) = refused(&file) else { panic!("damaged: {field}") };
        assert!(words.contains("key.json") && words.contains("which Liaison never writes"), "{words}");
        file = whole.clone();
        file["recovery"][field] = number;
        assert!(matches!(refused(&file), StoreError::Damaged(_)));
    }
    let mut later = whole.clone();
    (later["version"], later["people"]) = (json!(99), json!("in another form"));
    assert!(matches!(refused(&later), StoreError::TooNew));
    assert!(matches!(wrappings(directory.path()), Err(StoreError::TooNew)));
    assert!(settle(directory.path(), id(CLEO), |_| true, None).is_err());
    assert_eq!(text(&directory), later.to_string(), "never written back");
    assert!(matches!(refused(&json!({ "version": 2 })), StoreError::Damaged(_)));
}

#[test]
fn what_a_later_program_wrote_into_the_file_stays() {
    let (directory, made) = kept();
    let mut value: Value = serde_json::from_str(&text(&directory)).expect("JSON");
    value.as_object_mut().expect("an object").remove("digest");
    value["hub"] = json!({ "devices": [1, 2] });
    fs::write(file::path(directory.path()), value.to_string()).expect("written");
    set_personal(directory.path(), &made.key, id(ANN), Some("ann's passcode")).expect("a passcode");
    let value: Value = serde_json::from_str(&text(&directory)).expect("JSON");
    assert_eq!(value["hub"], json!({ "devices": [1, 2] }));
    assert!(opened(&directory, "ann's passcode").is_ok() && opened(&directory, "correct horse").is_ok());
}

#[test]
fn the_copy_opens_what_the_lost_or_damaged_file_no_longer_does() {
    let (directory, made) = kept();
    let whole = text(&directory);
    let flip = |at: usize| {
        let mut bytes = whole.clone().into_bytes();
        bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
        String::from_utf8(bytes).expect("text")
    };
    let of_salt = whole.find("\"salt\": \"").expect("a salt") + 12;
    for lost in [None, Some(flip(of_salt)), Some(flip(0)), Some(String::new())] {
        match &lost {
            None => fs::remove_file(file::path(directory.path())).expect("lost"),
            Some(damaged) => fs::write(file::path(directory.path()), damaged).expect("damaged"),
        }
        assert_eq!(opened(&directory, &made.recovery).expect("the recovery key").1, Holder::Recovery);
        assert_eq!(opened(&directory, "correct horse").expect("the passcode").1, Holder::Person(id(CLEO)));
        settle(directory.path(), id(CLEO), |_| true, None).expect("settled");
        assert_eq!(text(&directory), whole, "put back from its copy");
    }
    fs::write(file::path(directory.path()), flip(of_salt)).expect("damaged");
    fs::write(file::copy_path(directory.path()), flip(of_salt)).expect("damaged");
    let StoreError::Damaged(words) = opened(&directory, "correct horse").expect_err("both are damaged") else {
        panic!("damaged")
    };
    assert!(words.contains("key.json: it is not as it was written"), "{words}");
    // Without a database there is nothing to open: set up anew.
    fs::remove_file(file::path(directory.path())).expect("lost");
    fs::remove_file(directory.path().join(files::DATABASE)).expect("lost");
    assert_eq!(protection(directory.path()).ok(), Some(None));
}

#[test]
fn wrappings_of_a_backup_open_with_the_secrets_of_their_time() {
    let (directory, made) = kept();
    let then = wrappings(directory.path()).expect("wrappings");
    set_personal(directory.path(), &made.key, id(CLEO), Some("another passcode")).expect("changed");
    let elsewhere = tempfile::tempdir().expect("a directory");
    for directory in [&elsewhere, &directory] {
        restore_wrappings(directory.path(), &then).expect("restored");
        fs::write(directory.path().join(files::DATABASE), "pages").expect("a file");
        assert_eq!(opened(directory, "correct horse").expect("its passcode").0, made.key.0.to_vec());
        assert!(opened(directory, &made.recovery).is_ok());
        assert!(opened(directory, "another passcode").is_err());
        assert!(file::is_whole(directory.path()));
    }
    let before = text(&directory);
    for wrong in [&then[1..], b"{}", &then[..then.len() / 2]] {
        assert!(matches!(restore_wrappings(directory.path(), wrong), Err(StoreError::Damaged(_))));
    }
    assert_eq!(text(&directory), before);
}
