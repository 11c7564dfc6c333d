//! From what people type, or what stands in a file, to a value of a field. One function serves forms and imports.

use crate::address::{ADDRESS_MAX, is_address};
use crate::field::{Field, FieldGroup, FieldType};
use crate::limits;
use crate::name::{email_key, fold};
use crate::refusal::Problem;
use crate::value::Value;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::HashSet;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};
use url::Url;

/// A value on its way between Rust and a screen, a script or a test. References are ids in text form, moments are
/// milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(untagged)]
pub enum FieldValue {
    /// No value.
    Empty(()),
    /// Text, a choice's key, a date or an id.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A number, or a moment in milliseconds.
    Number(i64),
    /// Several texts.
    List(Vec<String>),
}

impl From<&Value> for FieldValue {
    fn from(value: &Value) -> FieldValue {
        match value {
            Value::Empty => FieldValue::Empty(()),
            Value::Text(text) => FieldValue::Text(text.clone()),
            Value::Flag(flag) => FieldValue::Flag(*flag),
            Value::Number(number) => FieldValue::Number(*number),
            Value::Moment(millis) => FieldValue::Number(*millis),
            Value::Reference(id) => FieldValue::Text(id.to_string()),
            Value::List(items) => FieldValue::List(items.clone()),
        }
    }
}

impl Field {
    /// Longest item of a list, in characters: lists hold labels, or e-mail addresses.
    fn item_max(&self) -> u32 {
        if self.group == FieldGroup::Reach { ADDRESS_MAX as u32 } else { limits::LABEL as u32 }
    }

    /// Turns what came from a screen or a script into a value of this field.
    pub fn accept(&self, given: &FieldValue) -> Result<Value, Problem> {
        match (given, self.field_type) {
            (FieldValue::Empty(()), _) => Ok(Value::Empty),
            (FieldValue::Text(text), _) => self.read(text),
            (FieldValue::Flag(flag), FieldType::Flag) => Ok(Value::Flag(*flag)),
            (FieldValue::Number(number), FieldType::Number) => Ok(Value::Number(*number)),
            (FieldValue::Number(number), FieldType::Moment) => Ok(Value::Moment(*number)),
            (FieldValue::List(items), FieldType::List) => read_list(items.iter().map(String::as_str), self.item_max()),
            (_, FieldType::Flag) => Err(Problem::NotYesOrNo),
            (_, FieldType::Number | FieldType::Moment) => Err(Problem::NotANumber),
            (FieldValue::Number(number), _) => self.read(&number.to_string()),
            (FieldValue::Flag(_) | FieldValue::List(_), _) => Err(Problem::UnknownField),
        }
    }

    /// Turns a text as typed, or as it stands in a file, into a value of this field. Blank text is `Empty`.
    ///
    /// A reference is read in its id form only; names are looked up by whoever knows the records.
    pub fn read(&self, text: &str) -> Result<Value, Problem> {
        let multiline = matches!(self.field_type, FieldType::LongText { .. });
        let text = tidy(text, multiline);
        if text.is_empty() {
            return Ok(Value::Empty);
        }
        // Words can be anything, a choice too; a phone number that reads "n/a" is none.
        let is_typed = matches!(
            self.field_type,
            FieldType::Email | FieldType::Phone | FieldType::Url | FieldType::Number | FieldType::Date
        );
        if is_typed && stands_for_nothing(&text) {
            return Ok(Value::Empty);
        }
        match self.field_type {
            FieldType::Text { max } | FieldType::LongText { max } => {
                if text.len() > max as usize && text.chars().count() > max as usize {
                    return Err(Problem::TooLong { max });
                }
                if matches!(self.field_type, FieldType::Text { .. }) && is_scientific(&text) {
                    return Err(Problem::DigitsLost);
                }
                Ok(Value::Text(text))
            }
            FieldType::Email => read_email(text),
            FieldType::Phone => read_phone(text),
            FieldType::Url => read_url(text),
            FieldType::Choice { choices } => read_choice(&text, choices),
            FieldType::Reference { .. } => text.parse().map(Value::Reference).map_err(|_| Problem::UnknownReference),
            FieldType::Flag => read_flag(&text),
            FieldType::Number => read_number(&text, self.key.ends_with("year")),
            FieldType::Date => read_date(text),
            FieldType::Moment => text.parse().map(Value::Moment).map_err(|_| Problem::NotANumber),
            FieldType::List => read_list(text.split([';', '\n']).flat_map(|part| part.split(" ::: ")), self.item_max()),
        }
    }
}

/// Trims, drops what nobody sees (control characters have broken mail headers and terminals before, and an address with a
/// zero-width space in it is found by nobody), and composes accents.
fn tidy(text: &str, multiline: bool) -> String {
    let trimmed = text.trim();
    if trimmed.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return trimmed.to_owned();
    }
    let plain = |c: char| !c.is_control() && !is_invisible(c);
    let blank = |c: char| if is_odd_blank(c) { ' ' } else { c };
    let kept: String = if multiline {
        trimmed
            .replace("\r\n", "\n")
            .chars()
            .map(|c| if c == '\r' { '\n' } else { blank(c) })
            .filter(|c| plain(*c) || matches!(c, '\n' | '\t'))
            .collect()
    } else {
        let lines = |c: char| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { blank(c) };
        trimmed.chars().map(lines).filter(|c| plain(*c)).collect()
    };
    // Joiners belong inside a word of their script; at its edges they come from elsewhere.
    let kept = kept.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200c}' | '\u{200d}'));
    if is_nfc_quick(kept.chars()) == IsNormalized::Yes { kept.to_owned() } else { kept.nfc().collect() }
}

/// Characters that show nothing and mean nothing in a value: zero-width and soft-hyphen marks, directions, byte-order marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Blanks of other widths than a space.
fn is_odd_blank(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}')
}

/// What people and programs write where there is no value: "n/a", "none", "-".
fn stands_for_nothing(text: &str) -> bool {
    const WORDS: [&str; 8] = ["n/a", "na", "n.a.", "none", "null", "nil", "#n/a", "unknown"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
        || text.chars().all(|c| matches!(c, '-' | '–' | '—' | '.' | '?' | '/'))
}

/// Longest web address, in bytes.
const URL_MAX: usize = 2000;

fn read_email(text: String) -> Result<Value, Problem> {
    if is_address(&text) {
        return Ok(Value::Text(text));
    }
    match bare_address(&text) {
        Some(bare) if is_address(bare) => Ok(Value::Text(bare.to_owned())),
        _ => Err(Problem::NotAnEmail),
    }
}

/// An address without what stands around it: "mailto:a@x.example?subject=Hi", "<a@x.example>;".
fn bare_address(text: &str) -> Option<&str> {
    let around = |c: char| c.is_whitespace() || "<>()[]\"'“”‘’;,.:".contains(c);
    let mut bare = text.trim_matches(around);
    if let Some(scheme) = bare.get(..7)
        && scheme.eq_ignore_ascii_case("mailto:")
    {
        bare = bare[7..].split('?').next()?;
    }
    let bare = bare.trim_matches(around);
    (!bare.is_empty()).then_some(bare)
}

/// The addresses in a text that may hold several, and the names of people beside them: "a@x.example; b@x.example",
/// "Lee, Ann <a@x.example>". Each once, in their order. Empty unless everything with an at sign is an address: what was
/// meant by the rest is not known.
pub fn addresses_in(text: &str) -> Vec<String> {
    let text = tidy(text, true);
    let mut found: Vec<String> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '|' | '<' | '>' | '(' | ')')) {
        // "a@x.example/b@x.example" are two, although a slash may stand in an address.
        let parts: Vec<&str> = if word.matches('@').count() > 1 { word.split('/').collect() } else { vec![word] };
        for part in parts.into_iter().filter(|part| part.contains('@')) {
            let Some(bare) = bare_address(part).filter(|bare| is_address(bare)) else { return Vec::new() };
            if !found.iter().any(|known| email_key(known) == email_key(bare)) {
                found.push(bare.to_owned());
            }
        }
    }
    found
}

/// A whole number, also as spreadsheets write it ("2027.0"); a year also out of a date ("May 2027", "2027-05-15").
fn read_number(text: &str, is_year: bool) -> Result<Value, Problem> {
    let whole = text.split_once('.').filter(|(_, rest)| !rest.is_empty() && rest.bytes().all(|byte| byte == b'0'));
    if let Ok(number) = whole.map_or(text, |(whole, _)| whole).parse() {
        return Ok(Value::Number(number));
    }
    let year = |digits: &str| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    let mut years = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| year(digits));
    match (is_year && text.parse::<f64>().is_err(), years.next(), years.next()) {
        (true, Some(found), None) => found.parse().map(Value::Number).map_err(|_| Problem::NotANumber),
        _ => Err(Problem::NotANumber),
    }
}

/// A number as spreadsheets show long ones, such as "1.21256E+10": the digits that are not shown are gone.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.strip_prefix('+');
    whole.len() == 1 && digits(whole) && digits(fraction) && exponent.is_some_and(|e| e.len() >= 2 && digits(e))
}

fn read_phone(text: String) -> Result<Value, Problem> {
    if is_scientific(&text) {
        return Err(Problem::DigitsLost);
    }
    // Programs that take a column for numbers write "2125550101.0".
    let whole =
        text.strip_suffix(".0").filter(|digits| digits.len() >= 7 && digits.bytes().all(|b| b.is_ascii_digit()));
    let text = whole.map_or_else(|| text.clone(), str::to_owned);
    // In any script: an export may have them as its people write them.
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    // An extension may be spelled out ("ext. 12"); anything longer is not a phone number.
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if (3..=24).contains(&digits) && letters <= 10 && text.chars().count() <= 60 {
        Ok(Value::Text(text))
    } else {
        Err(Problem::NotAPhone)
    }
}

/// A web address, as it was typed but for a missing scheme: others' programs compare it letter by letter.
fn read_url(text: String) -> Result<Value, Problem> {
    let with_scheme = if text.contains("://") { text } else { format!("https://{text}") };
    let is_written_out = with_scheme.len() <= URL_MAX && !with_scheme.contains([' ', '<', '>', '"', '\\']);
    let leads_somewhere = Url::parse(&with_scheme).is_ok_and(|url| {
        let is_host = |host: &str| host.contains('.') && host.split('.').all(|label| !label.is_empty());
        matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none()
            && url.host_str().is_some_and(is_host)
    });
    if is_written_out && leads_somewhere { Ok(Value::Text(with_scheme)) } else { Err(Problem::NotAUrl) }
}

/// Whether somebody in this school year, as Handshake calls it, still studies.
fn standing_in(year: &str) -> Option<&'static str> {
    match year {
        "alumni" | "alumnus" | "alumna" | "graduate" | "graduated" => Some("alum"),
        "freshman"
        | "sophomore"
        | "junior"
        | "senior"
        | "first_year"
        | "masters"
        | "master's"
        | "doctorate"
        | "masters_of_business_administration"
        | "certificate_program"
        | "postdoctoral_studies"
        | "community/technical_college"
        | "undergraduate"
        | "graduate_student" => Some("student"),
        _ => None,
    }
}

/// Accepts the key, and the key as people write it ("Career advisors"), with a few words of the articles.
fn read_choice(text: &str, choices: &[&str]) -> Result<Value, Problem> {
    let key = fold(text).replace([' ', '-'], "_");
    let key = match key.as_str() {
        "visible" | "students_too" if choices.contains(&"students") => "students",
        "myself_and_all_career_advisors" if choices.contains(&"career_advisors") => "career_advisors",
        year if choices.contains(&"alum") => standing_in(year).unwrap_or(year),
        other => other,
    };
    // The choices of attributes are words as staff wrote them.
    let as_key = |choice: &str| fold(choice).replace([' ', '-'], "_");
    match choices.iter().find(|choice| **choice == text).or_else(|| choices.iter().find(|c| as_key(c) == key)) {
        Some(choice) => Ok(Value::Text((*choice).to_owned())),
        None => Err(Problem::NotAChoice { choices: choices.iter().map(|c| (*c).to_owned()).collect() }),
    }
}

fn read_flag(text: &str) -> Result<Value, Problem> {
    match fold(text).as_str() {
        "yes" | "y" | "true" | "1" | "on" | "x" => Ok(Value::Flag(true)),
        "no" | "n" | "false" | "0" | "off" => Ok(Value::Flag(false)),
        _ => Err(Problem::NotYesOrNo),
    }
}

fn read_date(text: String) -> Result<Value, Problem> {
    let parts: Vec<&str> = text.split('-').collect();
    // Reading a number takes a sign, too; a part of a date has none.
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
    let date = match parts[..] {
        [year, month, day] => number(year)
            .filter(|year| (1000..=9999).contains(year))
            .zip(number(month).zip(number(day)))
            .and_then(|(year, (month, day))| NaiveDate::from_ymd_opt(year as i32, month, day)),
        _ => None,
    };
    date.map(|date| Value::Text(date.format("%Y-%m-%d").to_string())).ok_or(Problem::NotADate)
}

fn read_list<'a>(items: impl Iterator<Item = &'a str>, item_max: u32) -> Result<Value, Problem> {
    let (mut list, mut known): (Vec<String>, HashSet<String>) = Default::default();
    for item in items {
        let item = tidy(item, false);
        if limits::longer(&item, item_max as usize) {
            return Err(Problem::TooLong { max: item_max });
        }
        if !item.is_empty() && known.insert(fold(&item)) {
            list.push(item);
            limits::most(list.len(), limits::LIST_ITEMS)?;
        }
    }
    Ok(if list.is_empty() { Value::Empty } else { Value::List(list) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::RecordKind;
    use crate::{contact, student};
    use proptest::prelude::*;

    #[test]
    fn email_addresses() {
        for good in ["a@b.co", "Dana.O'Reyes+x@mail.acme.example", "mailto:dana@acme.example", "josé@acme.example"] {
            assert!(contact::EMAIL.read(good).is_ok(), "{good} is an address");
        }
        for bad in [
            "dana",
            "dana@",
            "@acme.example",
            "dana@acme",
            "da na@acme.example",
            "a..b@acme.example",
            "a@b@c.d",
            "dana@-x.example",
            "a@b.co; c@d.co",
        ] {
            assert_eq!(contact::EMAIL.read(bad), Err(Problem::NotAnEmail), "{bad} is none");
        }
        assert_eq!(contact::EMAIL.read("a@b.co\r\nBcc: x@y.zz"), Err(Problem::NotAnEmail), "no header injection");
    }

    #[test]
    fn what_stands_around_an_address_comes_off() {
        for text in
            ["<a@b.co>", "MAILTO:a@b.co", "mailto:a@b.co?subject=Hi", "a@b.co;", "a@b.co.", " \u{200b}a@b.co\u{200e}"]
        {
            assert_eq!(contact::EMAIL.read(text), Ok("a@b.co".into()), "{text}");
        }
        let two = ["a@b.co".to_owned(), "c@d.co".to_owned()];
        for text in
            ["a@b.co; c@d.co", "a@b.co, c@d.co", "a@b.co\nc@d.co", "Ann <a@b.co>, Cy <c@d.co>", "a@b.co/c@d.co A@B.CO"]
        {
            assert_eq!(addresses_in(text), two, "{text}");
        }
        for text in ["Gray, Eve (a@b.co)", "Dee Fox <a@b.co>", "a@b.co;", "write to a@b.co."] {
            assert_eq!(addresses_in(text), two[..1], "{text}");
        }
        for text in ["", "nobody", "lea @b.co", "kim@acme..example", "a@b.co; b@", "@"] {
            assert!(addresses_in(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn numbers_as_spreadsheets_write_them() {
        let year = Field::new(1, "graduation_year", "Year", FieldGroup::About, FieldType::Number);
        for text in ["2027", "2027.0", "2027.00", "May 2027", "2027-05-15", "5/15/2027", "Spring 2027"] {
            assert_eq!(year.read(text), Ok(Value::Number(2027)), "{text}");
        }
        for text in ["soon", "2026-2027", "2027.5", "class of 27"] {
            assert_eq!(year.read(text), Err(Problem::NotANumber), "{text}");
        }
        let number = Field::new(1, "seats", "Seats", FieldGroup::About, FieldType::Number);
        assert_eq!(number.read("May 2027"), Err(Problem::NotANumber));
        for field in [&contact::WORK_PHONE, &contact::POSTAL_CODE] {
            assert_eq!(field.read("1.21256E+10"), Err(Problem::DigitsLost));
        }
        assert!(contact::DESCRIPTION.read("1.21256E+10").is_ok());
    }

    #[test]
    fn urls_phones_choices_lists() {
        assert_eq!(contact::WEBSITE.read("acme.example/jobs"), Ok(Value::Text("https://acme.example/jobs".into())));
        assert_eq!(contact::WEBSITE.read("javascript://alert.me"), Err(Problem::NotAUrl));
        for typed in ["https://Büro.example/Über?q=a%20b#top", "http://10.0.0.1:8080/x", "https://a_b.example"] {
            assert_eq!(contact::WEBSITE.read(typed), Ok(Value::Text(typed.into())), "as it was typed");
        }
        for none in [
            "acme",
            "https://acme",
            "https://",
            "https://a..example",
            "https://.example",
            "https://acme.example.",
            "ftp://acme.example",
            "https://ann@acme.example",
            "https://acme.example:99999",
            "https://acme.exa mple",
            "https:\\\\acme.example",
        ] {
            assert_eq!(contact::WEBSITE.read(none), Err(Problem::NotAUrl), "{none}");
        }
        assert!(contact::WORK_PHONE.read("+1 (555) 010-0199 ext. 7").is_ok());
        assert_eq!(contact::WORK_PHONE.read("call me"), Err(Problem::NotAPhone));
        for nothing in ["n/a", "N/A", " - ", "None", "—"] {
            assert_eq!(contact::WORK_PHONE.read(nothing), Ok(Value::Empty), "{nothing}");
            assert_eq!(contact::WEBSITE.read(nothing), Ok(Value::Empty), "{nothing}");
        }
        // Somebody may be called so.
        assert_eq!(contact::LAST_NAME.read("Null"), Ok(Value::Text("Null".into())));
        assert!(contact::WORK_PHONE.read("+٩٦٦ ٥٠ ١٢٣ ٤٥٦٧").is_ok());
        assert_eq!(contact::VISIBILITY.read("Myself and All Career Advisors"), Ok("career_advisors".into()));
        assert_eq!(contact::VISIBILITY.read("Visible"), Ok("students".into()));
        for (year, standing) in
            [("Alumni", "alum"), ("Junior", "student"), ("Masters of Business Administration", "student")]
        {
            assert_eq!(student::STANDING.read(year), Ok(standing.into()), "{year}");
        }
        assert!(student::STANDING.read("Retired").is_err());
        assert_eq!(
            contact::LABELS.read("Alumni; alumni;Recruiter "),
            Ok(Value::List(vec!["Alumni".into(), "Recruiter".into()]))
        );
        assert_eq!(contact::FIRST_NAME.read(" \u{feff}Da\u{0}na\tX "), Ok("Dana X".into()));
        assert_eq!(contact::FIRST_NAME.read(&"x".repeat(201)), Err(Problem::TooLong { max: 200 }));
    }

    #[test]
    fn dates_exist() {
        let field = Field::new(1, "day", "Day", crate::field::FieldGroup::About, FieldType::Date);
        assert_eq!(field.read("2024-2-29"), Ok("2024-02-29".into()));
        assert_eq!(field.read("2023-02-29"), Err(Problem::NotADate));
        assert_eq!(field.read("+024-01-01"), Err(Problem::NotADate));
        for (good, read) in [("2000-02-29", "2000-02-29"), ("1000-1-1", "1000-01-01"), ("9999-012-0031", "9999-12-31")]
        {
            assert_eq!(field.read(good), Ok(read.into()), "{good}");
        }
        for bad in ["1900-02-29", "2024-04-31", "2024-00-10", "2024-10-00", "2024-13-01", "999-01-01", "10000-01-01"] {
            assert_eq!(field.read(bad), Err(Problem::NotADate), "{bad}");
        }
        for bad in ["2024-01", "2024-01-01-01", "2024-01-4294967296", "2024--01", "2024-01-0x"] {
            assert_eq!(field.read(bad), Err(Problem::NotADate), "{bad}");
        }
    }

    /// With a look through the whole list for each item these would take hours.
    #[test]
    fn a_list_is_read_in_time_that_grows_with_its_length() {
        let many: Vec<String> = (0..300_000).map(|n| format!("Label {n}")).collect();
        let refused = Err(Problem::TooMany { most: limits::LIST_ITEMS as u32 });
        assert_eq!(contact::LABELS.read(&many.join(";")), refused);
        assert_eq!(contact::LABELS.accept(&FieldValue::List(many.clone())), refused);
        let few = many[..100].join(";");
        let often = vec![few.as_str(); 20_000].join(";");
        assert_eq!(contact::LABELS.read(&often), Ok(Value::List(many[..100].to_vec())));
    }

    proptest! {
        /// Reading never panics, and what was read once is read the same again.
        #[test]
        fn reading_is_stable(text in "\\PC{0,60}|.{0,60}", index in 0usize..36) {
            let field = RecordKind::Contact.fields()[index];
            if let Ok(value) = field.read(&text) {
                let again = field.accept(&FieldValue::from(&value));
                prop_assert_eq!(again, Ok(value));
            }
        }
    }
}
