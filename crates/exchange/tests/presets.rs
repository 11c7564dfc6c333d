//! Realistic exports of each program, and files of no known program.

mod support;

use std::collections::BTreeMap;

use liaison_exchange::{
    Confidence, ErrorFile, FULL_NAME, LeftOutReason, Preset, Sheet, TEMPLATE, guess_mapping, template_csv,
};
use support::{reads, workbook};

/// The filled cells of a row by the field they are mapped to.
fn fields(sheet: &Sheet, row: usize) -> BTreeMap<&'static str, &str> {
    let guesses = guess_mapping(sheet).into_iter().zip(sheet.row(row));
    let mapped = guesses.filter_map(|(guess, cell)| Some((guess.field?, cell)));
    mapped.filter(|(_, cell)| !cell.is_empty()).collect()
}

fn assert_fields(sheet: &Sheet, row: usize, expect: &[(&'static str, &str)]) {
    assert_eq!(fields(sheet, row), expect.iter().copied().collect(), "row {row}");
}

/// Each field at most once, and certain throughout where a preset is known.
fn assert_sound(sheet: &Sheet) {
    let guesses = guess_mapping(sheet);
    assert_eq!(guesses.len(), sheet.columns());
    assert_eq!(sheet.headers.len(), sheet.columns());
    for (index, guess) in guesses.iter().enumerate() {
        if let Some(field) = guess.field {
            assert!(guesses[..index].iter().all(|other| other.field != Some(field)), "{field} twice");
            assert_ne!(guess.confidence, Confidence::None);
        }
        assert!(sheet.preset.is_none() || guess.confidence == Confidence::Certain);
    }
}

/// The guessed field of each header of a file with these headers and one row of these cells.
fn guessed(headers: &str, cells: &str) -> Vec<(Option<&'static str>, Confidence)> {
    let sheet = reads("a.csv", format!("{headers}\n{cells}\n"));
    assert_sound(&sheet);
    guess_mapping(&sheet).into_iter().map(|guess| (guess.field, guess.confidence)).collect()
}

fn guessed_fields(headers: &str, cells: &str) -> Vec<&'static str> {
    guessed(headers, cells).into_iter().map(|(field, _)| field.unwrap_or("-")).collect()
}

#[test]
fn handshake() {
    let header = "email_address,first_name,last_name,title,description,employer_id,employer_name,archive";
    let sheet = reads(
        "contacts.csv",
        format!("{header}\nrosa@acme.example,Rosa,Díaz,Recruiter,\"Met at fair, 2025\",9912,Acme,false\n"),
    );
    assert_eq!(sheet.preset, Some(Preset::Handshake));
    assert_sound(&sheet);
    assert_fields(
        &sheet,
        0,
        &[
            ("email", "rosa@acme.example"),
            ("first_name", "Rosa"),
            ("last_name", "Díaz"),
            ("title", "Recruiter"),
            ("description", "Met at fair, 2025"),
            ("employer", "Acme"),
        ],
    );
    let sheet = reads(
        "contacts.csv",
        format!(
            "{header},location_attributes:name,phone,cell_phone,fax\n\
             a@acme.example,Ann,Lee,,,1,Acme,false,\"Austin, Texas, United States\",512-555-0100,512-555-0101,512-555-0102\n\
             b@acme.example,Bo,Ray,,,1,Acme,true,Berlin,,,\n"
        ),
    );
    assert_eq!(sheet.preset, Some(Preset::Handshake));
    assert_sound(&sheet);
    assert_fields(
        &sheet,
        0,
        &[
            ("email", "a@acme.example"),
            ("first_name", "Ann"),
            ("last_name", "Lee"),
            ("employer", "Acme"),
            ("city", "Austin"),
            ("region", "Texas"),
            ("country", "United States"),
            ("work_phone", "512-555-0100"),
            ("mobile_phone", "512-555-0101"),
            ("fax", "512-555-0102"),
        ],
    );
    assert_eq!(fields(&sheet, 1)["city"], "Berlin");
    assert_eq!(fields(&sheet, 1)["visibility"], "myself", "archived");
}

const GOOGLE: &str = "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,\
    Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,\
    E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,\
    Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - PO Box,\
    Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,Website 1 - Label,Website 1 - Value";

#[test]
fn google() {
    let sheet = reads(
        "contacts.csv",
        format!(
            "\u{feff}{GOOGLE}\r\n\
             Ana,María,de la Cruz,,,,Dr.,Jr.,Ani,,Acme,Recruiter,Campus,1980-01-02,\"Line one\nline two\",https://photo,\
             * myContacts ::: Recruiters ::: * STEM,Home,ana@home.example,* Work,ana@acme.example,Mobile,+1 555 0100,\
             Work,+1 555 0101 ::: +1 555 0102,Work,\"1 Main St\nSpringfield\",1 Main St,Springfield,PO 5,IL,62701,USA,,\
             Profile,https://www.linkedin.com/in/ana ::: https://acme.example\r\n\
             ,,,,,,,,,\"Lee, Ann\",,,,,,,* myContacts,,a@x.example ::: b@x.example,,c@x.example ::: d@x.example,,,,,,\
             \"2 Side St\nBerlin\nGermany\",,,,,,,,,\r\n"
        ),
    );
    assert_eq!(sheet.preset, Some(Preset::Google));
    assert_sound(&sheet);
    assert_fields(
        &sheet,
        0,
        &[
            ("name_prefix", "Dr."),
            ("first_name", "Ana"),
            ("middle_name", "María"),
            ("last_name", "de la Cruz"),
            ("name_suffix", "Jr."),
            ("preferred_name", "Ani"),
            ("email", "ana@acme.example"),
            ("email_2", "ana@home.example"),
            ("title", "Recruiter"),
            ("department", "Campus"),
            ("employer", "Acme"),
            ("mobile_phone", "+1 555 0100"),
            ("work_phone", "+1 555 0101"),
            ("other_phone", "+1 555 0102"),
            ("street", "PO 5, 1 Main St"),
            ("city", "Springfield"),
            ("region", "IL"),
            ("postal_code", "62701"),
            ("country", "USA"),
            ("linkedin", "https://www.linkedin.com/in/ana"),
            ("website", "https://acme.example"),
            ("labels", "Recruiters; STEM"),
            ("description", "Line one\nline two"),
        ],
    );
    assert_fields(
        &sheet,
        1,
        &[
            ("first_name", "Ann"),
            ("last_name", "Lee"),
            ("email", "a@x.example"),
            ("email_2", "b@x.example"),
            ("email_3", "c@x.example"),
            ("street", "2 Side St, Berlin, Germany"),
        ],
    );
    // Nothing is lost silently: unused columns stay, what does not fit is counted, the file's cells stay at hand.
    assert!(sheet.headers.contains(&"Birthday".to_owned()) && sheet.headers.contains(&"Photo".to_owned()));
    assert!(!sheet.headers.contains(&"Phonetic First Name".to_owned()));
    assert_eq!(sheet.left_out.len(), 1);
    assert_eq!((sheet.left_out[0].reason, sheet.left_out[0].rows), (LeftOutReason::MoreThanFits, 1));
    assert_eq!(sheet.original_headers().len(), 36);
    assert_eq!(sheet.original_row(0)[16], "* myContacts ::: Recruiters ::: * STEM");
    assert_eq!((sheet.row_number(0), sheet.row_number(1)), (2, 5));
}

#[test]
fn google_before_2024() {
    let sheet = reads(
        "google.csv",
        "Name,Given Name,Additional Name,Family Name,Nickname,Group Membership,E-mail 1 - Type,E-mail 1 - Value,\
         Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,Organization 1 - Name,Organization 1 - Title,Notes\n\
         Jörg Müller,Jörg,,Müller,,* myContacts ::: Alumni,* Work,j@acme.example,Work Fax,+49 30 1,,Acme,CTO,\n\
         Ludwig van Beethoven,,,,,* myContacts,,,,,,,,\n",
    );
    assert_eq!(sheet.preset, Some(Preset::GoogleLegacy));
    assert_sound(&sheet);
    assert_fields(
        &sheet,
        0,
        &[
            ("first_name", "Jörg"),
            ("last_name", "Müller"),
            ("email", "j@acme.example"),
            ("fax", "+49 30 1"),
            ("employer", "Acme"),
            ("title", "CTO"),
            ("labels", "Alumni"),
        ],
    );
    assert_fields(&sheet, 1, &[("first_name", "Ludwig"), ("last_name", "van Beethoven")]);
}

const OUTLOOK: &str = "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail Address,E-mail 2 Address,\
    E-mail 3 Address,Home Phone,Home Phone 2,Business Phone,Business Phone 2,Mobile Phone,Car Phone,Other Phone,Primary Phone,Pager,\
    Business Fax,Home Fax,Other Fax,Company Main Phone,Callback,Radio Phone,Telex,TTY/TDD Phone,IMAddress,Job Title,Department,Company,\
    Office Location,Manager's Name,Assistant's Name,Assistant's Phone,Company Yomi,Business Street,Business City,Business State,\
    Business Postal Code,Business Country/Region,Home Street,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,\
    Other City,Other State,Other Postal Code,Other Country/Region,Personal Web Page,Spouse,Schools,Hobby,Location,Web Page,Birthday,\
    Anniversary,Notes";

#[test]
fn outlook() {
    let headers: Vec<&str> = OUTLOOK.split(',').map(str::trim).collect();
    assert_eq!(headers.len(), 61);
    let row = |values: &[(&str, &str)]| {
        let cell = |header: &&str| values.iter().find(|(name, _)| name == header).map_or("", |(_, value)| *value);
        headers.iter().map(|header| format!("\"{}\"", cell(header))).collect::<Vec<_>>().join(",")
    };
    let first = row(&[
        ("First Name", "Ann"),
        ("Last Name", "Lee"),
        ("Title", "Ms."),
        ("E-mail Address", "ann@acme.example"),
        ("E-mail 2 Address", "ann@home.example"),
        ("Business Phone", "+1 555 0100"),
        ("Company Main Phone", "+1 555 0199"),
        ("Mobile Phone", "+1 555 0101"),
        ("Pager", "7"),
        ("Business Fax", "+1 555 0102"),
        ("Job Title", "Recruiter"),
        ("Department", "Campus"),
        ("Company", "Acme"),
        ("Business Street", "1 Main St\r\nFloor 2"),
        ("Business City", "Springfield"),
        ("Business Country/Region", "USA"),
        ("Home City", "Elsewhere"),
        ("Web Page", "https://acme.example"),
        ("Birthday", "1/2/1980"),
        ("Notes", "Met, at a fair"),
    ]);
    let second = row(&[("First Name", "Bo"), ("Last Name", "Ray"), ("Home City", "Rome"), ("Home Phone", "1234567")]);
    let sheet = reads("outlook.csv", format!("{}\r\n{first}\r\n{second}\r\n", headers.join(",")));
    assert_eq!(sheet.preset, Some(Preset::Outlook));
    assert_sound(&sheet);
    assert_fields(
        &sheet,
        0,
        &[
            ("name_prefix", "Ms."),
            ("first_name", "Ann"),
            ("last_name", "Lee"),
            ("email", "ann@acme.example"),
            ("email_2", "ann@home.example"),
            ("work_phone", "+1 555 0100"),
            ("other_phone", "+1 555 0199"),
            ("mobile_phone", "+1 555 0101"),
            ("fax", "+1 555 0102"),
            ("title", "Recruiter"),
            ("department", "Campus"),
            ("employer", "Acme"),
            ("street", "1 Main St\nFloor 2"),
            ("city", "Springfield"),
            ("country", "USA"),
            ("home_city", "Elsewhere"),
            ("website", "https://acme.example"),
            ("description", "Met, at a fair"),
        ],
    );
    assert_eq!(fields(&sheet, 1)["home_city"], "Rome");
    assert_eq!(fields(&sheet, 1)["home_phone"], "1234567");
    let unmapped: Vec<&String> = sheet.headers.iter().skip(sheet.columns() - 2).collect();
    assert_eq!(unmapped, ["Pager", "Birthday"]);
}

#[test]
fn thunderbird() {
    let sheet = reads(
        "addresses.csv",
        "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Work Phone,Home Phone,Fax Number,Pager Number,\
         Mobile Number,Home Address,Home Address 2,Home City,Home State,Home ZipCode,Home Country,Work Address,Work Address 2,Work City,\
         Work State,Work ZipCode,Work Country,Job Title,Department,Organization,Web Page 1,Web Page 2,Birth Year,Birth Month,Birth Day,\
         Custom 1,Custom 2,Custom 3,Custom 4,Notes,Screen Name,\n\
         Ann,Lee,Ann Lee,,ann@acme.example,ann@home.example,+1 1,+1 2,+1 3,,+1 4,,,,,,,1 Main St,Floor 2,Springfield,IL,62701,USA,\
         Recruiter,Campus,Acme,https://acme.example,,,,,,,,,Hello,,\n\
         ,,Prof. Ludwig van Beethoven,,lvb@example.org,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n",
    );
    assert_eq!(sheet.preset, Some(Preset::Thunderbird));
    assert_sound(&sheet);
    assert_eq!(sheet.row_problems().count(), 0);
    assert_fields(
        &sheet,
        0,
        &[
            ("first_name", "Ann"),
            ("last_name", "Lee"),
            ("email", "ann@acme.example"),
            ("email_2", "ann@home.example"),
            ("work_phone", "+1 1"),
            ("home_phone", "+1 2"),
            ("fax", "+1 3"),
            ("mobile_phone", "+1 4"),
            ("street", "1 Main St\nFloor 2"),
            ("city", "Springfield"),
            ("region", "IL"),
            ("postal_code", "62701"),
            ("country", "USA"),
            ("title", "Recruiter"),
            ("department", "Campus"),
            ("employer", "Acme"),
            ("website", "https://acme.example"),
            ("description", "Hello"),
        ],
    );
    assert_fields(
        &sheet,
        1,
        &[
            ("name_prefix", "Prof."),
            ("first_name", "Ludwig"),
            ("last_name", "van Beethoven"),
            ("email", "lvb@example.org"),
        ],
    );
}

#[test]
fn our_own_template() {
    let mut file = template_csv();
    file.extend_from_slice("Dr.,Ann,,Lee,,,,ann@acme.example\r\n".as_bytes());
    let sheet = reads("template.csv", file);
    assert_eq!((sheet.preset, sheet.assumed.encoding.as_deref()), (Some(Preset::Liaison), Some("UTF-8")));
    assert_sound(&sheet);
    let expect: Vec<_> = TEMPLATE.iter().map(|(key, _)| Some(*key)).collect();
    let found: Vec<_> = guess_mapping(&sheet).into_iter().map(|guess| guess.field).collect();
    assert_eq!(found, expect);
    assert_eq!(fields(&sheet, 0)["email"], "ann@acme.example");
    let twice = reads("a.csv", "First name,Last name,E-mail,E-mail\nAnn,Lee,a@x.example,b@x.example\n");
    assert_sound(&twice);
    let subset = reads(
        "a.xlsx",
        workbook(&[("People", &[&["E-mail", "Last name", "First name"], &["a@x.example", "Lee", "Ann"]])]),
    );
    assert_eq!(subset.preset, Some(Preset::Liaison));
}

#[test]
fn an_error_file_is_read_back_as_what_it_was() {
    let sheet = reads(
        "contacts.csv",
        "email_address,first_name,last_name,employer_name\nbad,Ann,Lee,+Acme\nb@x.example,Bo,Ray,=Acme,extra,cells\nc@x.example,Cy,Poe,Acme\n",
    );
    let mut file = Vec::new();
    let mut errors = ErrorFile::new(&sheet, &mut file).expect("writes");
    errors.row(0, &[(1, "Anna")], "not an e-mail address").expect("writes");
    errors.row(1, &[], "too many cells").expect("writes");
    errors.finish().expect("writes");
    let again = reads("errors.csv", &file);
    assert_eq!(again.preset, Some(Preset::Handshake));
    assert_eq!(again.headers.last().map(String::as_str), Some("Problem"));
    assert_eq!(again.row(0).collect::<Vec<_>>(), ["bad", "Anna", "Lee", "+Acme", "", "", "not an e-mail address"]);
    assert_eq!(
        again.row(1).collect::<Vec<_>>(),
        ["b@x.example", "Bo", "Ray", "=Acme", "extra", "cells", "too many cells"]
    );
    assert_eq!(guess_mapping(&again).last().and_then(|guess| guess.field), None);
    // A second round has the new reason in the old one's place.
    let mut file = Vec::new();
    let mut errors = ErrorFile::new(&again, &mut file).expect("writes");
    errors.row(0, &[], "still wrong").expect("writes");
    errors.finish().expect("writes");
    let third = reads("errors.csv", &file);
    assert_eq!(third.headers.iter().filter(|header| *header == "Problem").count(), 1);
    assert_eq!(third.row(0).last(), Some("still wrong"));
    let google = reads("contacts.csv", format!("{GOOGLE}\nAnn,,Lee\n"));
    let mut file = Vec::new();
    let mut errors = ErrorFile::new(&google, &mut file).expect("writes");
    errors.row(0, &[], "no e-mail address").expect("writes");
    errors.finish().expect("writes");
    let again = reads("errors.csv", &file);
    assert_eq!(again.preset, Some(Preset::Google));
    assert_eq!(again.original_row(0).len(), 37);
    assert_eq!(fields(&again, 0)["last_name"], "Lee");
}

#[test]
fn headers_in_other_words_and_languages() {
    assert_eq!(
        guessed_fields(
            "Surname,Given name,E-mail Address,Organization,Cell,Job Title",
            "Lee,Ann,a@x.example,Acme,5550100,Dean"
        ),
        ["last_name", "first_name", "email", "employer", "mobile_phone", "title"]
    );
    assert_eq!(
        guessed_fields(
            "Vorname;Name;E-Mail;Firma;Telefon;Handy;Straße;PLZ;Ort;Land",
            "Ann;Lee;a@x.example;Acme;030 123456;0170 123456;Weg 1;10115;Berlin;DE"
        ),
        [
            "first_name",
            "last_name",
            "email",
            "employer",
            "work_phone",
            "mobile_phone",
            "street",
            "postal_code",
            "city",
            "country"
        ]
    );
    assert_eq!(
        guessed_fields(
            "Prénom,Nom,Adresse e-mail,Entreprise,Fonction,Téléphone,Ville",
            "Ann,Lee,a@x.example,Acme,DRH,0123456789,Lyon"
        ),
        ["first_name", "last_name", "email", "employer", "title", "work_phone", "city"]
    );
    assert_eq!(
        guessed_fields(
            "Nombre,Apellidos,Correo electrónico,Empresa,Puesto,Teléfono móvil,País",
            "Ann,Lee,a@x.example,Acme,Jefa,600123456,España"
        ),
        ["first_name", "last_name", "email", "employer", "title", "mobile_phone", "country"]
    );
    assert_eq!(guessed_fields("Name,Email,Company", "Ann Lee,a@x.example,Acme"), [FULL_NAME, "email", "employer"]);
    assert_eq!(
        guessed_fields("Display Name,First,Last,Mail", "Ann Lee,Ann,Lee,a@x.example"),
        ["-", "first_name", "last_name", "email"]
    );
}

#[test]
fn connections_from_linkedin() {
    let sheet = reads(
        "Connections.csv",
        "Notes:\n\"When exporting your connection data, you may notice that some addresses are missing.\"\n\n\
         First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
         Ann,Lee,https://www.linkedin.com/in/ann,,Acme,\"Recruiter, Campus\",02 May 2026\n\
         Bo,Ray,https://www.linkedin.com/in/bo,bo@x.example,\"Ray, Ray & Co\",Partner,01 May 2026\n",
    );
    assert_sound(&sheet);
    assert_eq!((sheet.rows(), sheet.row_number(0)), (2, 5));
    assert_fields(
        &sheet,
        1,
        &[
            ("first_name", "Bo"),
            ("last_name", "Ray"),
            ("linkedin", "https://www.linkedin.com/in/bo"),
            ("email", "bo@x.example"),
            ("employer", "Ray, Ray & Co"),
            ("title", "Partner"),
        ],
    );
}

#[test]
fn content_speaks_where_headers_do_not() {
    assert_eq!(
        guessed("A,B,C,D,E", "a@x.example,555-010-0100,https://linkedin.com/in/ann,https://acme.example,Blue"),
        [
            (Some("email"), Confidence::Guess),
            (Some("work_phone"), Confidence::Guess),
            (Some("linkedin"), Confidence::Guess),
            (Some("website"), Confidence::Guess),
            (None, Confidence::None),
        ]
    );
    // A header that the content contradicts loses; one that is vague needs its support.
    assert_eq!(guessed_fields("Name,Company", "a@x.example,Acme"), ["email", "employer"]);
    assert_eq!(guessed("Phone", "555-010-0100"), [(Some("work_phone"), Confidence::Likely)]);
    assert_eq!(guessed("Phone", "ask Bob"), [(Some("work_phone"), Confidence::Guess)]);
    assert_eq!(guessed("Last name", "Lee"), [(Some("last_name"), Confidence::Certain)]);
}

#[test]
fn columns_of_the_same_kind_share_its_fields() {
    assert_eq!(
        guessed_fields(
            "Email,Email,Email,Email,Phone,Phone,Phone",
            "a@x.example,b@x.example,c@x.example,d@x.example,5550100,5550101,5550102"
        ),
        ["email", "email_2", "email_3", "-", "work_phone", "other_phone", "mobile_phone"]
    );
}

#[test]
fn a_file_without_headers_is_mapped_by_content() {
    let sheet = reads("a.csv", "Ann,a@x.example\nBo,b@x.example\n");
    assert_eq!(sheet.headers, ["Column 1", "Column 2"]);
    let found: Vec<_> = guess_mapping(&sheet).into_iter().map(|guess| guess.field).collect();
    assert_eq!(found, [None, Some("email")]);
}
