//! What a list should say, computed the plain way: read every contact, look at each.

use crate::common::TestDesk;
use liaison_domain::field::{Field, FieldType};
use liaison_domain::filter::{Condition, FilterOp, ListQuery};
use liaison_domain::name::{Words, email_key, fold, organization_key, person_sort_key};
use liaison_domain::staleness::SIGNS;
use liaison_domain::{Id, Record, RecordKind, Registry, Value, contact, employer_user, organization};
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

/// Everything a list of contacts can depend on.
pub struct Model {
    pub people: Vec<Person>,
    employers: HashMap<Id, (String, bool)>,
    /// First and last names.
    staff: HashMap<Id, (String, String)>,
    access: HashMap<String, bool>,
    log_ins: HashMap<String, i64>,
    heard: HashMap<Id, i64>,
}

pub struct Person {
    n: i64,
    pub record: Record,
    words: Vec<String>,
}

/// Longest word that counts, in bytes.
const WORD_MAX: usize = 40;

fn cut(word: &str) -> String {
    let mut end = word.len().min(WORD_MAX);
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    word[..end].to_owned()
}

fn words(text: &str) -> Vec<String> {
    Words::new(&fold(text)).map(cut).collect()
}

impl Model {
    pub async fn of(desk: &TestDesk) -> Model {
        let mut employers: HashMap<Id, (String, bool)> = HashMap::new();
        let rows = desk.database().read(|db| {
            db.all("SELECT id,name,deleted_at IS NULL FROM employer", &[], |row| {
                Ok((Id::from_bytes(row.blob(0)).expect("an id"), row.text(1).to_owned(), row.int(2) == 1))
            })
        });
        for (id, name, live) in rows.await.expect("employers") {
            employers.insert(id, (name, live));
        }
        let rows = desk.database().read(|db| {
            db.all("SELECT id,n FROM contact WHERE deleted_at IS NULL", &[], |row| {
                Ok((Id::from_bytes(row.blob(0)).expect("an id"), row.int(1)))
            })
        });
        let numbers: HashMap<Id, i64> = rows.await.expect("contacts").into_iter().collect();
        let people = desk.live(RecordKind::Contact).await.into_values().map(|record| Person {
            n: numbers[&record.id],
            words: searched_by(&record, &employers),
            record,
        });
        let people = people.collect();
        let names = desk.live(RecordKind::Staff).await.into_values();
        let staff = names
            .map(|record| {
                let names = [&organization::STAFF_FIRST_NAME, &organization::STAFF_LAST_NAME]
                    .map(|field| record.text(field).to_owned());
                (record.id, names.into())
            })
            .collect();
        let users = desk.live(RecordKind::EmployerUser).await;
        let log_ins = users.values().filter_map(|user| {
            let at = user.get(&employer_user::LAST_LOG_IN).as_moment()?;
            Some((email_key(user.text(&employer_user::EMAIL)), at))
        });
        let log_ins = log_ins.collect();
        let heard = heard(desk).await;
        let users = users.into_values();
        let access =
            users.map(|user| (email_key(user.text(&employer_user::EMAIL)), user.get(&employer_user::ACCESS).as_flag()));
        let access = access.collect();
        Model { people, employers, staff, access, log_ins, heard }
    }

    /// The ids of a list, in its order.
    pub fn list(&self, query: &ListQuery) -> Vec<Id> {
        let query = query.clone().scoped();
        let wanted = words(&query.search);
        let has = |person: &Person, word: &String| person.words.iter().any(|have| have.starts_with(word.as_str()));
        let mut found: Vec<&Person> = self
            .people
            .iter()
            .filter(|person| query.filter.iter().all(|condition| self.holds(condition, &person.record)))
            .filter(|person| wanted.iter().all(|word| has(person, word)))
            .collect();
        found.sort_by(|a, b| self.compare(&query, a, b));
        found.into_iter().map(|person| person.record.id).collect()
    }

    fn value(&self, record: &Record, field: &Field) -> Value {
        if !field.is_computed() {
            return record.get(field).clone();
        }
        let login = self.login_of(record);
        let log_in = login.as_ref().and_then(|email| self.log_ins.get(email)).copied();
        if field.key == contact::LAST_LOG_IN.key {
            return log_in.map_or(Value::Empty, Value::Moment);
        }
        if field.key == contact::LAST_HEARD.key {
            let latest = record.created_at().max(self.heard.get(&record.id).copied()).max(log_in);
            return latest.map_or(Value::Empty, Value::Moment);
        }
        match login.and_then(|email| self.access.get(&email)) {
            None => "none".into(),
            Some(true) => "on".into(),
            Some(false) => "off".into(),
        }
    }

    fn holds(&self, condition: &Condition, record: &Record) -> bool {
        let field = condition.check(&Registry::default(), RecordKind::Contact).expect("a condition that was accepted");
        let value = self.value(record, field);
        let any = |test: &dyn Fn(&str) -> bool| condition.values.iter().any(|wanted| test(wanted));
        let texts = self.texts(field, &value);
        match condition.op {
            FilterOp::IsEmpty => value.is_empty(),
            FilterOp::IsNotEmpty => !value.is_empty(),
            FilterOp::Is => any(&|wanted| self.equals(field, &value, wanted)),
            FilterOp::IsNot => !any(&|wanted| self.equals(field, &value, wanted)),
            FilterOp::Contains => any(&|wanted| {
                let wanted = wanted.to_ascii_lowercase();
                texts.iter().any(|text| text.to_ascii_lowercase().contains(&wanted))
            }),
            FilterOp::StartsWith => any(&|wanted| {
                let wanted = wanted.to_ascii_lowercase();
                texts.iter().any(|text| text.to_ascii_lowercase().starts_with(&wanted))
            }),
            FilterOp::Before => any(&|wanted| moment(wanted).is_some_and(|m| value.as_moment().is_some_and(|v| v < m))),
            FilterOp::After => any(&|wanted| moment(wanted).is_some_and(|m| value.as_moment().is_some_and(|v| v >= m))),
            FilterOp::LongerAgoThan => any(&|wanted| value.as_moment().is_some_and(|at| at < ago(wanted))),
            FilterOp::WithinLast => any(&|wanted| value.as_moment().is_some_and(|at| at >= ago(wanted))),
        }
    }

    /// The texts of a value: its items, the name of the record referred to, or itself.
    fn texts(&self, field: &Field, value: &Value) -> Vec<String> {
        match (value, field.field_type) {
            (Value::Reference(id), FieldType::Reference { kind: RecordKind::Employer }) => {
                vec![self.employers[id].0.clone()]
            }
            (Value::Reference(id), _) => vec![self.staff_name(id)],
            (Value::List(items), _) => items.clone(),
            (Value::Text(text), _) => vec![text.clone()],
            _ => Vec::new(),
        }
    }

    fn equals(&self, field: &Field, value: &Value, wanted: &str) -> bool {
        match field.field_type {
            FieldType::Reference { kind } => {
                let Some(id) = value.as_reference() else { return false };
                match (wanted.parse::<Id>(), kind) {
                    (Ok(wanted), _) => id == wanted,
                    (Err(_), RecordKind::Employer) => {
                        let (name, live) = &self.employers[&id];
                        *live && organization_key(name) == organization_key(wanted)
                    }
                    (Err(_), _) => self.staff_name(&id).eq_ignore_ascii_case(wanted),
                }
            }
            FieldType::Flag => value.as_flag() == (field.read(wanted) == Ok(Value::Flag(true))),
            FieldType::Moment => value.as_moment().is_some_and(|moment| wanted.parse() == Ok(moment)),
            FieldType::Choice { .. } => value.as_text() == wanted && !value.is_empty(),
            _ => self.texts(field, value).iter().any(|text| text.eq_ignore_ascii_case(wanted)),
        }
    }

    fn compare(&self, query: &ListQuery, a: &Person, b: &Person) -> Ordering {
        let name = |person: &Person| {
            person_sort_key(person.record.text(&contact::FIRST_NAME), person.record.text(&contact::LAST_NAME))
        };
        let by_name = name(a).cmp(&name(b));
        for key in &query.sort {
            let turned = |order: Ordering| if key.descending { order.reverse() } else { order };
            let order = if key.field == "name" {
                turned(by_name)
            } else {
                let field = RecordKind::Contact.field(&key.field).expect("a field");
                match (self.sorted_by(field, &a.record), self.sorted_by(field, &b.record)) {
                    (None, None) => Ordering::Equal,
                    (None, Some(_)) => Ordering::Greater,
                    (Some(_), None) => Ordering::Less,
                    (Some(a), Some(b)) => turned(a.cmp(&b)),
                }
            };
            if order != Ordering::Equal {
                return order;
            }
        }
        let backwards = matches!(query.sort.as_slice(), [only] if only.field == "name" && only.descending);
        let by_row = a.n.cmp(&b.n);
        by_name.then(if backwards { by_row.reverse() } else { by_row })
    }

    /// The address that the user of a contact logs in with: the contact's, else a further or former one that is no other
    /// contact's.
    fn login_of(&self, record: &Record) -> Option<String> {
        let email = email_key(record.text(&contact::EMAIL));
        if self.access.contains_key(&email) {
            return Some(email);
        }
        let former = match record.get(&contact::FORMER_EMAILS) {
            Value::List(former) => former.clone(),
            _ => Vec::new(),
        };
        let further = [&contact::EMAIL_2, &contact::EMAIL_3].map(|field| record.text(field).to_owned());
        let mut aliases = further.into_iter().chain(former).map(|alias| email_key(&alias));
        let is_free =
            |alias: &str| !self.people.iter().any(|person| email_key(person.record.text(&contact::EMAIL)) == alias);
        aliases.find(|alias| self.access.contains_key(alias) && is_free(alias))
    }

    fn staff_name(&self, id: &Id) -> String {
        let (first, last) = &self.staff[id];
        format!("{first} {last}")
    }

    fn sorted_by(&self, field: &Field, record: &Record) -> Option<(i64, String)> {
        let value = self.value(record, field);
        match (&value, field.field_type) {
            (Value::Empty, _) => None,
            (Value::Reference(id), FieldType::Reference { kind: RecordKind::Employer }) => {
                Some((0, organization_key(&self.employers[id].0)))
            }
            (Value::Reference(id), _) => {
                let (first, last) = &self.staff[id];
                Some((0, person_sort_key(first, last)))
            }
            (Value::List(items), _) => Some((0, serde_json::to_string(items).expect("JSON").to_ascii_lowercase())),
            (Value::Flag(flag), _) => Some((i64::from(*flag), String::new())),
            (Value::Number(number) | Value::Moment(number), _) => Some((*number, String::new())),
            (Value::Text(text), _) => Some((0, text.to_ascii_lowercase())),
        }
    }

    /// The values that contacts really have, by key of the field, to ask for.
    pub fn known(&self) -> BTreeMap<&'static str, Vec<String>> {
        let mut known: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for person in self.people.iter().step_by(7) {
            for field in RecordKind::Contact.fields() {
                let value = person.record.get(field);
                let texts = match value {
                    Value::Moment(moment) => vec![moment.to_string()],
                    Value::Flag(flag) => vec![flag.to_string()],
                    Value::Reference(id) => vec![id.to_string()],
                    _ => Vec::new(),
                };
                known.entry(field.key).or_default().extend(texts.into_iter().chain(self.texts(field, value)));
            }
        }
        known
    }
}

/// When the desk last heard of contacts that left a sign, the plain way.
async fn heard(desk: &TestDesk) -> HashMap<Id, i64> {
    let mut heard: HashMap<Id, i64> = HashMap::new();
    for sign in SIGNS {
        for record in desk.live(sign.kind).await.into_values() {
            let said = sign.only.is_none_or(|(field, value)| record.text(field) == value);
            let (contact, at) = (record.get(sign.contact).as_reference(), record.get(sign.at).as_moment());
            if let (Some(contact), Some(at)) = (contact, at)
                && said
                && at <= desk.now() as i64
            {
                let latest = heard.entry(contact).or_insert(at);
                *latest = at.max(*latest);
            }
        }
    }
    heard
}

fn searched_by(record: &Record, employers: &HashMap<Id, (String, bool)>) -> Vec<String> {
    let mut found = Vec::new();
    for field in RecordKind::Contact.fields().iter().filter(|field| field.searchable) {
        match record.get(field) {
            Value::Reference(id) => found.extend(words(&employers[id].0)),
            Value::List(items) => found.extend(items.iter().flat_map(|item| words(item))),
            value => found.extend(words(value.as_text())),
        }
        if field.field_type == FieldType::Phone {
            // The digits of a number in one go, the last ten of them.
            let digits: Vec<char> = record.text(field).chars().filter(char::is_ascii_digit).collect();
            found.push(digits[digits.len().saturating_sub(10)..].iter().collect());
        }
    }
    found.retain(|word| !word.is_empty());
    found
}

/// The moment that many days ago.
fn ago(period: &str) -> i64 {
    let days: i64 = period.strip_suffix(" days").and_then(|days| days.parse().ok()).expect("a period in days");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    // As the database has it: whole seconds.
    (now.as_secs() as i64 - days * 86_400) * 1_000
}

/// A moment as the filter takes it: milliseconds, or a day.
fn moment(text: &str) -> Option<i64> {
    if let Ok(millis) = text.parse() {
        return Some(millis);
    }
    let mut parts = text.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    // Days since 1970 of the civil calendar, counted from a March so that leap days come last.
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468;
    Some(days * 86_400_000)
}
