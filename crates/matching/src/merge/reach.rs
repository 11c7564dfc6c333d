//! E-mail addresses and phone numbers of merged contacts: every one of them keeps a place.

use super::texts::append;
use liaison_domain::contact;
use liaison_domain::field::Field;
use liaison_domain::name::email_key;
use liaison_domain::record::Record;
use liaison_domain::value::Value;
use std::collections::BTreeMap;

const EMAILS: [&Field; 3] = [&contact::EMAIL, &contact::EMAIL_2, &contact::EMAIL_3];
const PHONES: [&Field; 4] = [&contact::WORK_PHONE, &contact::MOBILE_PHONE, &contact::HOME_PHONE, &contact::OTHER_PHONE];
/// Longest description.
const DESCRIPTION_MOST: usize = 20_000;

/// Finds a place on `merged` for each address and number of the records. `merged` has the values chosen or proposed for
/// each field by itself; `chosen` says which were chosen.
pub(super) fn unite(records: &[&Record], chosen: &BTreeMap<u16, &Record>, merged: &mut Record) {
    emails(records, chosen, merged);
    phones(records, chosen, merged);
}

fn emails(records: &[&Record], chosen: &BTreeMap<u16, &Record>, merged: &mut Record) {
    let is_chosen = |field: &Field| chosen.contains_key(&field.number);
    let mut placed: Vec<String> = Vec::new();
    for field in EMAILS {
        if field.number != contact::EMAIL.number && !is_chosen(field) {
            merged.set(field, records[0].get(field).clone());
        }
        let key = email_key(merged.text(field));
        if placed.contains(&key) {
            merged.set(field, Value::Empty);
        } else if !key.is_empty() {
            placed.push(key);
        }
    }
    let all = records.iter().flat_map(|record| EMAILS.map(|field| record.text(field)));
    let former = records.iter().flat_map(|record| match record.get(&contact::FORMER_EMAILS) {
        Value::List(items) => items.as_slice(),
        _ => &[],
    });
    let mut aliases: Vec<String> = Vec::new();
    // Former addresses first: they are older than those in use until now. But one that is in use gets the free slot.
    for address in all.clone() {
        let key = email_key(address);
        let free = EMAILS.into_iter().find(|field| merged.get(field).is_empty() && !is_chosen(field));
        if let Some(free) = free.filter(|_| !key.is_empty() && !placed.contains(&key)) {
            merged.set(free, address);
            placed.push(key);
        }
    }
    for address in former.map(String::as_str).chain(all) {
        let key = email_key(address);
        if !key.is_empty() && !placed.contains(&key) {
            aliases.push(address.to_owned());
            placed.push(key);
        }
    }
    merged.set(&contact::FORMER_EMAILS, if aliases.is_empty() { Value::Empty } else { Value::List(aliases) });
    // Whether messages come back is a fact about the address.
    let key = email_key(merged.text(&contact::EMAIL));
    if let Some(owner) = records.iter().find(|record| email_key(record.text(&contact::EMAIL)) == key) {
        merged.set(&contact::BOUNCED_AT, owner.get(&contact::BOUNCED_AT).clone());
    }
}

fn phones(records: &[&Record], chosen: &BTreeMap<u16, &Record>, merged: &mut Record) {
    let is_chosen = |field: &Field| chosen.contains_key(&field.number);
    let mut placed: Vec<String> = Vec::new();
    // What is the survivor's own, or chosen, stands where it stands.
    let fixed = |field: &Field| is_chosen(field) || !records[0].get(field).is_empty();
    placed.extend(PHONES.into_iter().filter(|field| fixed(field)).map(|field| phone_key(merged.text(field))));
    for field in PHONES.into_iter().filter(|field| !fixed(field)) {
        let key = phone_key(merged.text(field));
        if placed.contains(&key) {
            merged.set(field, Value::Empty);
        } else if !key.is_empty() {
            placed.push(key);
        }
    }
    for number in records.iter().flat_map(|record| PHONES.map(|field| record.text(field))) {
        let key = phone_key(number);
        if key.is_empty() || placed.contains(&key) {
            continue;
        }
        placed.push(key);
        // A mobile number must not pass for one at work: what has no place goes to the other numbers.
        let other = match merged.text(&contact::OTHER_PHONE) {
            "" => number.to_owned(),
            have => format!("{have}; {number}"),
        };
        // As long as it still reads as a phone field, that is: two numbers.
        if !is_chosen(&contact::OTHER_PHONE) && contact::OTHER_PHONE.read(&other).is_ok() {
            merged.set(&contact::OTHER_PHONE, other.as_str());
        } else {
            let mut about = merged.text(&contact::DESCRIPTION).to_owned();
            append(&mut about, "\n", number, DESCRIPTION_MOST);
            merged.set(&contact::DESCRIPTION, about.as_str());
        }
    }
}

/// What phone numbers are compared by: their last ten digits.
pub(super) fn phone_key(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() { number.to_owned() } else { digits[digits.len().saturating_sub(10)..].to_owned() }
}
