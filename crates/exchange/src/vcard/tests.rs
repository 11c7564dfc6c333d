use std::ops::ControlFlow;

use super::*;

fn sheet(content: impl AsRef<[u8]>) -> Sheet {
    read(content.as_ref(), &ReadOptions::default(), &Limits::default(), &mut |_| ControlFlow::Continue(()))
        .expect("reads")
}

/// The filled cells of a row, by header.
fn row(sheet: &Sheet, row: usize) -> BTreeMap<&str, &str> {
    let cells = sheet.headers.iter().map(String::as_str).zip(sheet.row(row));
    cells.filter(|(_, cell)| !cell.is_empty()).collect()
}

#[test]
fn a_card_of_each_version() {
    let sheet = sheet(
        "BEGIN:VCARD\r\nVERSION:2.1\r\n\
         N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;Dr.\r\n\
         TEL;WORK;VOICE:+49 30 1\r\nTEL;CELL:+49 170 2\r\nTEL;HOME;FAX:+49 30 3\r\n\
         NOTE;QUOTED-PRINTABLE:Zeile eins=0D=0A=\r\nZeile zwei; noch=2C so\r\nEND:VCARD\r\n\
         BEGIN:VCARD\nVERSION:3.0\nFN:Ana María de la Cruz\n\
         ORG:Acme\\, Inc.;Research;Lab 2\nTITLE:Recruiter\n\
         EMAIL;TYPE=INTERNET:second@example.org\nEMAIL;TYPE=\"work,pref\":first@example.org\n\
         item1.TEL:+1 555 0100\nitem1.X-ABLabel:_$!<Mobile>!$_\n\
         ADR;TYPE=home:;;1 Home Rd;Elsewhere;;;\n\
         ADR;TYPE=WORK:;Floor 2;1 Main St;Springfield;IL;62701;USA\n\
         URL:https://www.linkedin.com/in/ana\nURL:https://acme.example\n\
         CATEGORIES:Recruiters,STEM\nNOTE:Long note that \n is folded\\nhere\nBDAY:1980-01-01\nEND:VCARD\n\
         BEGIN:VCARD\r\nVERSION:4.0\r\nN:Lee;Ann;;;\r\nFN:Ann Lee\r\nPRONOUNS:she/her\r\n\
         TEL;VALUE=uri;TYPE=\"voice,work\":tel:+1-555-0101;ext=12\r\n\
         EMAIL;PREF=2:b@example.org\r\nEMAIL;PREF=1:a@example.org\r\n\
         SOCIALPROFILE;SERVICE-TYPE=Mastodon:https://mastodon.social/@ann\r\nEND:VCARD\r\n",
    );
    assert_eq!(sheet.rows(), 3);
    assert_eq!(sheet.row_problems().count(), 0);
    let joerg = row(&sheet, 0);
    assert_eq!((joerg["Prefix"], joerg["First name"], joerg["Last name"]), ("Dr.", "Jörg", "Müller"));
    assert_eq!((joerg["Work phone"], joerg["Mobile phone"], joerg["Fax"]), ("+49 30 1", "+49 170 2", "+49 30 3"));
    assert_eq!(joerg["About"], "Zeile eins\nZeile zwei; noch, so");
    let ana = row(&sheet, 1);
    assert_eq!((ana["First name"], ana["Middle name"], ana["Last name"]), ("Ana", "María", "de la Cruz"));
    assert_eq!((ana["Employer"], ana["Department"], ana["Job title"]), ("Acme, Inc.", "Research, Lab 2", "Recruiter"));
    assert_eq!((ana["E-mail"], ana["Second e-mail"]), ("first@example.org", "second@example.org"));
    assert_eq!(ana["Mobile phone"], "+1 555 0100");
    assert_eq!((ana["Street"], ana["City"], ana["Country"]), ("1 Main St, Floor 2", "Springfield", "USA"));
    assert_eq!((ana["Home street"], ana["Home city"]), ("1 Home Rd", "Elsewhere"));
    assert_eq!((ana["LinkedIn"], ana["Website"]), ("https://www.linkedin.com/in/ana", "https://acme.example"));
    assert_eq!((ana["Labels"], ana["About"]), ("Recruiters; STEM", "Long note that is folded\nhere"));
    let ann = row(&sheet, 2);
    assert_eq!((ann["E-mail"], ann["Second e-mail"]), ("a@example.org", "b@example.org"));
    assert_eq!((ann["Work phone"], ann["Pronouns"]), ("+1-555-0101 ext. 12", "she/her"));
    assert_eq!(ann["Other social link"], "https://mastodon.social/@ann");
    let left: Vec<&str> = sheet.left_out.iter().map(|left| left.name.as_str()).collect();
    assert_eq!(left, ["BDAY"]);
}

#[test]
fn a_card_that_breaks_off_is_a_bad_row() {
    let sheet = sheet(
        "BEGIN:VCARD\nVERSION:3.0\nN:Half;One\nEMAIL:half@exa\n\
         BEGIN:VCARD\nVERSION:3.0\nN:Whole;Two\nEND:VCARD\n\
         N:Lost;Three\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nN:Half;Four",
    );
    let bad: Vec<usize> = sheet.row_problems().map(|(row, _)| row).collect();
    assert_eq!((sheet.rows(), bad), (4, vec![0, 2, 3]));
    assert_eq!(sheet.row_problem(0), Some(&RowProblem::TruncatedCard));
    assert_eq!(row(&sheet, 2)["Last name"], "Lost");
    assert_eq!(sheet.row_number(3), 4);
}

#[test]
fn pictures_and_cards_inside_cards_stay_out() {
    let sheet = sheet(
        "BEGIN:VCARD\nVERSION:2.1\nN:Lee;Ann\nPHOTO;JPEG;ENCODING=BASE64:/9j/4AAQ\nSkZJRgABAQ==\n\nAGENT:\n\
         BEGIN:VCARD\nN:Agent;Other\nEMAIL:agent@example.org\nEND:VCARD\nEMAIL:ann@example.org\nEND:VCARD\n",
    );
    assert_eq!((sheet.rows(), sheet.row_problems().count()), (1, 0));
    assert_eq!(row(&sheet, 0)["E-mail"], "ann@example.org");
    assert_eq!(row(&sheet, 0)["Last name"], "Lee");
    assert_eq!(sheet.left_out.len(), 1);
}

#[test]
fn charsets_of_single_lines() {
    let mut content = b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-2:\xa9koda;Ji\xf8\xed\r\n".to_vec();
    content.extend_from_slice(b"ORG:Caf\xe9\r\nTITLE;ENCODING=QUOTED-PRINTABLE:Fran=C3=A7ais\r\n");
    content.extend_from_slice(b"NICKNAME;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=91=BE=98Y\r\nEND:VCARD\r\n");
    let sheet = sheet(content);
    let cells = row(&sheet, 0);
    assert_eq!((cells["Last name"], cells["First name"]), ("Škoda", "Jiří"));
    assert_eq!((cells["Employer"], cells["Job title"], cells["Preferred name"]), ("Café", "Français", "太郎"));
}

#[test]
fn a_character_may_be_split_by_a_fold() {
    let sheet = sheet(b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:M\xc3\r\n \xbcller;A\r\nEND:VCARD\r\n");
    assert_eq!(row(&sheet, 0)["Last name"], "Müller");
}

#[test]
fn groups_are_no_people() {
    let sheet = sheet("BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Fair 2026\nMEMBER:urn:uuid:1\nEND:VCARD\n");
    let what = "a group".to_owned();
    assert_eq!(sheet.row_problem(0), Some(&RowProblem::NotAPerson { what }));
}

#[test]
fn an_address_that_is_only_printed_is_read() {
    let sheet = sheet(
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ann Lee\r\n\
         ADR;TYPE=work;LABEL=\"1 Main St\\nFloor 2\\nSpringfield, IL 62701\\nUSA\":;;;;;;\r\nEND:VCARD\r\n\
         BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Bo Ray\r\n\
         ADR;TYPE=home;LABEL=\"2 Side St^nOslo\":;;;;;;\r\nEND:VCARD\r\n\
         BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Cy Zed\r\n\
         ADR;LABEL=\"Elsewhere\":;;3 High St;Bonn;;;\r\nEND:VCARD\r\n",
    );
    let ann = row(&sheet, 0);
    assert_eq!((ann["Street"], ann["City"], ann["State or region"]), ("1 Main St, Floor 2", "Springfield", "IL"));
    assert_eq!((ann["Postal code"], ann["Country"]), ("62701", "USA"));
    assert_eq!(row(&sheet, 1)["Home street"], "2 Side St, Oslo");
    assert_eq!((row(&sheet, 2)["Street"], row(&sheet, 2)["City"]), ("3 High St", "Bonn"), "the parts count");
}
