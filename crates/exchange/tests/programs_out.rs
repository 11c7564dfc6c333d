//! Files for other programs: their own columns to the letter, and each value back when they are read here.

mod support;

use std::{collections::BTreeMap, ops::ControlFlow};

use liaison_exchange::{
    ARCHIVED, Limits, Preset, Program, ProgramWriter, ProgramWritten, ReadOptions, Sheet, guess_mapping,
    read_bytes_with,
};
use proptest::prelude::*;
use support::people::{Values, person};
use support::reads;

fn write(program: Program, people: &[Values]) -> (Vec<u8>, ProgramWritten) {
    let mut file = Vec::new();
    let mut contacts = ProgramWriter::new(&mut file, program).expect("memory takes all bytes");
    for values in people {
        contacts.contact(values.iter().map(|(key, value)| (*key, value.as_str()))).expect("memory takes all bytes");
    }
    let done = contacts.finish().expect("memory takes all bytes");
    (file, done)
}

fn of(values: &[(&'static str, &str)]) -> Values {
    values.iter().map(|(field, value)| (*field, (*value).to_owned())).collect()
}

/// The filled cells of a row by the field they are mapped to.
fn fields(sheet: &Sheet, row: usize) -> BTreeMap<&'static str, String> {
    let guesses = guess_mapping(sheet).into_iter().zip(sheet.row(row));
    let mapped = guesses.filter_map(|(guess, cell)| Some((guess.field?, cell.to_owned())));
    mapped.filter(|(_, cell)| !cell.is_empty()).collect()
}

fn preset(program: Program) -> Preset {
    match program {
        Program::Google => Preset::Google,
        Program::Outlook | Program::OutlookWeb => Preset::Outlook,
        Program::Thunderbird => Preset::Thunderbird,
        Program::Handshake => Preset::Handshake,
    }
}

/// The header rows as the programs write them themselves.
const HEADERS: [(Program, &str); 5] = [
    (
        Program::Google,
        "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,\
         Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,\
         Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,E-mail 3 - Label,E-mail 3 - Value,\
         Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Phone 3 - Label,Phone 3 - Value,Phone 4 - Label,\
         Phone 4 - Value,Phone 5 - Label,Phone 5 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,\
         Address 1 - City,Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,\
         Address 1 - Extended Address,Address 2 - Label,Address 2 - Formatted,Address 2 - Street,Address 2 - City,\
         Address 2 - PO Box,Address 2 - Region,Address 2 - Postal Code,Address 2 - Country,Address 2 - Extended Address,\
         Website 1 - Label,Website 1 - Value,Website 2 - Label,Website 2 - Value,Website 3 - Label,Website 3 - Value,\
         Website 4 - Label,Website 4 - Value,Website 5 - Label,Website 5 - Value,Website 6 - Label,Website 6 - Value,\
         Website 7 - Label,Website 7 - Value",
    ),
    (
        Program::Outlook,
        "\"Title\",\"First Name\",\"Middle Name\",\"Last Name\",\"Suffix\",\"Company\",\"Department\",\"Job Title\",\
         \"Business Street\",\"Business Street 2\",\"Business Street 3\",\"Business City\",\"Business State\",\
         \"Business Postal Code\",\"Business Country/Region\",\"Home Street\",\"Home Street 2\",\"Home Street 3\",\
         \"Home City\",\"Home State\",\"Home Postal Code\",\"Home Country/Region\",\"Other Street\",\"Other Street 2\",\
         \"Other Street 3\",\"Other City\",\"Other State\",\"Other Postal Code\",\"Other Country/Region\",\
         \"Assistant's Phone\",\"Business Fax\",\"Business Phone\",\"Business Phone 2\",\"Callback\",\"Car Phone\",\
         \"Company Main Phone\",\"Home Fax\",\"Home Phone\",\"Home Phone 2\",\"ISDN\",\"Mobile Phone\",\"Other Fax\",\
         \"Other Phone\",\"Pager\",\"Primary Phone\",\"Radio Phone\",\"TTY/TDD Phone\",\"Telex\",\"Account\",\
         \"Anniversary\",\"Assistant's Name\",\"Billing Information\",\"Birthday\",\"Business Address PO Box\",\
         \"Categories\",\"Children\",\"Directory Server\",\"E-mail Address\",\"E-mail Type\",\"E-mail Display Name\",\
         \"E-mail 2 Address\",\"E-mail 2 Type\",\"E-mail 2 Display Name\",\"E-mail 3 Address\",\"E-mail 3 Type\",\
         \"E-mail 3 Display Name\",\"Gender\",\"Government ID Number\",\"Hobby\",\"Home Address PO Box\",\"Initials\",\
         \"Internet Free Busy\",\"Keywords\",\"Language\",\"Location\",\"Manager's Name\",\"Mileage\",\"Notes\",\
         \"Office Location\",\"Organizational ID Number\",\"Other Address PO Box\",\"Priority\",\"Private\",\
         \"Profession\",\"Referred By\",\"Sensitivity\",\"Spouse\",\"User 1\",\"User 2\",\"User 3\",\"User 4\",\"Web Page\"",
    ),
    (
        Program::OutlookWeb,
        "\u{feff}First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail Address,\
         E-mail 2 Address,E-mail 3 Address,Home Phone,Home Phone 2,Business Phone,Business Phone 2,Mobile Phone,Car Phone,\
         Other Phone,Primary Phone,Pager,Business Fax,Home Fax,Other Fax,Company Main Phone,Callback,Radio Phone,Telex,\
         TTY/TDD Phone,IMAddress,Job Title,Department,Company,Office Location,Manager's Name,Assistant's Name,\
         Assistant's Phone,Company Yomi,Business Street,Business City,Business State,Business Postal Code,\
         Business Country/Region,Home Street,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,\
         Other City,Other State,Other Postal Code,Other Country/Region,Personal Web Page,Spouse,Schools,Hobby,Location,\
         Web Page,Birthday,Anniversary,Notes",
    ),
    (
        Program::Thunderbird,
        "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home Phone,\
         Fax Number,Pager Number,Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,Home Country,\
         Work Address,Work Address 2,Work City,Work State,Work ZipCode,Work Country,Job Title,Department,Organization,\
         Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,Custom 1,Custom 2,Custom 3,Custom 4,Notes",
    ),
    (
        Program::Handshake,
        "email_address,first_name,last_name,title,description,employer_id,employer_name,archive,location_attributes:name,\
         phone,cell_phone,fax",
    ),
];

#[test]
fn header_rows_are_those_of_the_programs() {
    assert_eq!(HEADERS.map(|(program, _)| program), Program::ALL);
    for (program, headers) in HEADERS {
        let (file, done) = write(program, &[]);
        assert_eq!(String::from_utf8_lossy(&file), format!("{headers}\r\n"), "{program:?}");
        assert_eq!(done, ProgramWritten::default());
    }
}

/// Somebody with a value in every field.
fn zoe() -> Values {
    of(&[
        ("name_prefix", "Dr."),
        ("first_name", "Zoë"),
        ("middle_name", "M."),
        ("last_name", "Brontë"),
        ("name_suffix", "Jr."),
        ("preferred_name", "Zo"),
        ("pronouns", "she/her"),
        ("email", "zoe@acme.example"),
        ("email_2", "zoe@home.example"),
        ("email_3", "zoe@club.example"),
        ("title", "Recruiter, “Campus”"),
        ("department", "Talent; Early"),
        ("employer", "Acme “Europe”"),
        ("work_phone", "+49 7541 5900"),
        ("mobile_phone", "+1-555-0100"),
        ("home_phone", "07541 5901"),
        ("other_phone", "+49 7541 5902 ext. 12"),
        ("fax", "+4975415903"),
        ("street", "1 Main St\nFloor 2\nRoom 3\nDesk 4"),
        ("city", "Springfield"),
        ("region", "IL"),
        ("postal_code", "01067"),
        ("country", "United States"),
        ("home_street", "2 Side St"),
        ("home_city", "Québec"),
        ("home_region", "QC"),
        ("home_postal_code", "G1A 0A2"),
        ("home_country", "Canada"),
        ("website", "https://acme.example"),
        ("linkedin", "https://www.linkedin.com/in/zoe"),
        ("x_profile", "https://x.com/zoe"),
        ("github", "https://github.com/zoe"),
        ("facebook", "https://www.facebook.com/zoe"),
        ("instagram", "https://www.instagram.com/zoe"),
        ("social", "https://xing.com/profile/Zoe"),
        ("labels", "Alumni; STEM, Host"),
        ("description", "=1+1 isn’t a formula.\n\nMet at the fair; \"hello\""),
    ])
}

#[test]
fn every_field_that_a_program_holds_comes_back() {
    for program in Program::ALL {
        let (file, done) = write(program, &[zoe()]);
        assert_eq!(done, ProgramWritten { written: 1, ..ProgramWritten::default() }, "{program:?}");
        let sheet = reads("contacts.csv", &file);
        assert_eq!(sheet.preset, Some(preset(program)), "{program:?}");
        let ansi = program == Program::Outlook;
        assert_eq!(sheet.assumed.encoding.as_deref(), Some(if ansi { "windows-1252" } else { "UTF-8" }), "{program:?}");
        assert!(sheet.assumed.doubts.is_empty() || ansi, "{program:?}: {:?}", sheet.assumed.doubts);
        let expect: Values = zoe().into_iter().filter(|(field, _)| program.holds(field)).collect();
        assert_eq!(fields(&sheet, 0), expect, "{program:?}");
    }
}

#[test]
fn telephone_numbers_keep_their_form_and_formulas_are_guarded() {
    for program in Program::ALL {
        let (file, _) = write(program, &[zoe()]);
        let file = String::from_utf8_lossy(&file);
        assert!(file.contains("+49 7541 5900") && !file.contains("'+49"), "{program:?}");
        assert!(file.contains("'+1-555-0100") && file.contains("'=1+1"), "{program:?}");
    }
}

#[test]
fn handshake_wants_an_address_and_a_name() {
    let person =
        |email: &str, first: &str, last: &str| of(&[("email", email), ("first_name", first), ("last_name", last)]);
    let mut archived = person("c@x.example", "Cy", "Zed");
    archived.insert(ARCHIVED, "yes".into());
    archived.extend(of(&[("city", "Austin"), ("region", "Texas"), ("country", "United States")]));
    let people =
        [person("a@x.example", "Ann", "Lee"), person("", "Bo", "Ray"), person("d@x.example", "", "Ray"), archived];
    let (file, done) = write(Program::Handshake, &people);
    assert_eq!(done, ProgramWritten { written: 2, refused: 2, replaced: 0 });
    let rows: Vec<&str> = HEADERS[4].1.split('\n').collect();
    let text = String::from_utf8(file).expect("text");
    let expect = format!(
        "{}\r\na@x.example,Ann,Lee,,,,,FALSE,,,,\r\n\
         c@x.example,Cy,Zed,,,,,TRUE,\"Austin, Texas, United States\",,,\r\n",
        rows[0]
    );
    assert_eq!(text, expect);
    assert_eq!(fields(&reads("a.csv", &text), 1)["visibility"], "myself");
}

#[test]
fn what_outlook_cannot_write_is_counted() {
    let people = [of(&[("first_name", "Ann")]), of(&[("first_name", "Őry 山"), ("last_name", "Zoë")])];
    let (file, done) = write(Program::Outlook, &people);
    assert_eq!(done, ProgramWritten { written: 2, refused: 0, replaced: 1 });
    let text = String::from_utf8_lossy(&file);
    assert!(text.contains("\"Ory ?\"") && file.windows(4).any(|bytes| bytes == b"Zo\xeb\""), "{text}");
}

/// The person as the program can hold them: links where their hosts belong, nothing that means something to the program
/// itself.
fn for_program(program: Program, mut values: Values) -> Values {
    let hosts = [
        ("website", "acme.example"),
        ("linkedin", "www.linkedin.com"),
        ("x_profile", "x.com"),
        ("github", "github.com"),
        ("facebook", "www.facebook.com"),
        ("instagram", "www.instagram.com"),
        ("social", "xing.com"),
    ];
    for (field, host) in hosts {
        if let Some(url) = values.get_mut(field) {
            let path = url.splitn(4, '/').nth(3).unwrap_or_default();
            *url = format!("https://{host}/{path}");
        }
    }
    for value in values.values_mut() {
        // Google's mark between several values of one cell.
        *value = value.replace(":::", "::");
        if program == Program::Outlook {
            *value = value.replace(|c: char| !c.is_ascii(), "é");
        }
    }
    if program == Program::Handshake {
        values.entry("email").or_insert_with(|| "a@x.example".to_owned());
        // One line with commas between: told apart where there are all three, and none has a comma itself.
        for field in ["city", "region", "country"] {
            let value = values.entry(field).or_insert_with(|| "Here".to_owned());
            *value = value.replace(',', " ").trim().to_owned();
            if value.is_empty() {
                *value = "Here".to_owned();
            }
        }
    }
    values
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_it_comes_back(people in prop::collection::vec(person(), 1..4), at in 0..Program::ALL.len()) {
        let program = Program::ALL[at];
        let people: Vec<Values> = people.into_iter().map(|values| for_program(program, values)).collect();
        let (file, done) = write(program, &people);
        prop_assert_eq!(done, ProgramWritten { written: people.len() as u32, ..ProgramWritten::default() });
        let encoding = (program == Program::Outlook).then(|| "windows-1252".to_owned());
        let options = ReadOptions { encoding, ..ReadOptions::default() };
        let shown = String::from_utf8_lossy(&file).into_owned();
        let sheet = read_bytes_with("a.csv", file, &options, &Limits::default(), &mut |_| ControlFlow::Continue(()))?;
        prop_assert_eq!(sheet.preset, Some(preset(program)));
        prop_assert_eq!(sheet.rows(), people.len());
        prop_assert_eq!(sheet.row_problems().count(), 0);
        for (at, person) in people.iter().enumerate() {
            let held: Values = person.iter().filter(|(key, _)| program.holds(key)).map(|(key, value)| (*key, value.clone())).collect();
            prop_assert_eq!(fields(&sheet, at), held, "{:?}: {}", program, shown);
        }
    }
}
