//! B6: exports of the programs staff use, from the file to the directory. Columns: crates/exchange has their tests.

use crate::common::{TestDesk, desk, go_on};
use crate::imports::counts;
use liaison_app::CommandError;
use liaison_app::error::FileProblem;
use liaison_app::import::{Confidence, Format, ImportTarget};
use liaison_app::{contacts, import, lists, review};
use liaison_domain::{RecordKind, contact};

const HANDSHAKE: &str = "email_address,first_name,last_name,title,description,employer_id,employer_name,archive,location_attributes:name,phone,cell_phone,fax\n\
    rosa@acme.example,Rosa,Díaz,Recruiter,\"Met at fair, 2025\",9912,Acme,false,\"Austin, Texas, United States\",512-555-0100,,\n\
    bo@acme.example,Bo,Ray,,,9912,\"ACME, Inc\",false,,,,\n\
    nobody,No,Body,,,9912,Acme,false,,,,\n";
const GOOGLE: &str = "First Name,Middle Name,Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value\n\
    Ana,María,de la Cruz,Dr.,,Ani,,Acme,Recruiter,Campus,Line one,* myContacts ::: Recruiters,Home,ana@home.example,* Work,ana@acme.example,Mobile,+1 555 0100\n\
    Only,A,Phone,,,,,,,,,* myContacts,,,,,Mobile,+1 555 0101\n";
const GOOGLE_LEGACY: &str = "Name,Given Name,Additional Name,Family Name,Nickname,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,Organization 1 - Name,Organization 1 - Title,Notes\n\
    Jörg Müller,Jörg,,Müller,,* myContacts ::: Alumni,* Work,j@acme.example,Work,+49 30 123,,Acme,CTO,\n";
const OUTLOOK: &str = "First Name,Middle Name,Last Name,Title,Suffix,E-mail Address,E-mail 2 Address,Business Phone,Mobile Phone,Job Title,Department,Company,Business Street,Business City,Business State,Business Postal Code,Business Country/Region,Web Page,Notes\n\
    Ann,,Lee,Ms.,,ann@acme.example,ann@home.example,+1 555 0100,,Recruiter,Campus,Acme,1 Main St,Springfield,IL,62701,USA,https://acme.example,\n";
const THUNDERBIRD: &str = "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Work Phone,Organization,Job Title,Notes\n\
    Ann,Lee,Ann Lee,,ann@acme.example,ann@home.example,+1 555 0100,Acme,Recruiter,Hello\n\
    ,,Prof. Ludwig van Beethoven,,lvb@example.org,,,,,\n";
const CARDS: &str = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;\r\nEMAIL;INTERNET:j@acme.example\r\nORG:Acme\r\nEND:VCARD\r\n\
    BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lee;Ann;;;\r\nFN:Ann Lee\r\nEMAIL;TYPE=WORK:ann@acme.example\r\nTEL;TYPE=CELL:+1 555 0100\r\nTITLE:Recruiter\r\nEND:VCARD\r\n\
    BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:individual\r\nFN:Bo Ray\r\nN:Ray;Bo;;;\r\nEMAIL:bo@acme.example\r\nORG:Labs\r\nCATEGORIES:Alumni,STEM\r\nEND:VCARD\r\n\
    BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cut O";

async fn assert_imported(
    name: &str,
    content: impl AsRef<[u8]>,
    preset: Option<&str>,
    expected: (u32, u32, u32, u32),
) -> TestDesk {
    let desk = desk().await;
    let path = desk.file(name, content.as_ref());
    let opened = import::import_open(&desk, &path, None, &mut go_on).await.expect("a file that can be read");
    assert_eq!(opened.preset.as_deref(), preset);
    let imported = desk.finish_import(opened.session, ImportTarget::Directory).await;
    assert_eq!(counts(&imported), expected, "{:?}", imported.rows.iter().map(|row| &row.problems).collect::<Vec<_>>());
    // A second time there is nothing left to do.
    let again = desk.import_text(name, content.as_ref()).await;
    assert_eq!(counts(&again), (0, 0, expected.0 + expected.2, expected.3));
    assert_eq!(again.done.operation, None);
    desk.assert_whole().await;
    desk
}

async fn value(desk: &TestDesk, email: &str, key: &str) -> String {
    let record = desk.with_email(email).await;
    let profile = contacts::contact_get(desk, record.id).await.expect("the profile");
    match key {
        "employer" => profile.employer.map(|employer| employer.name).unwrap_or_default(),
        key => match profile.values.get(key) {
            Some(liaison_domain::parse::FieldValue::Text(text)) => text.clone(),
            Some(liaison_domain::parse::FieldValue::List(items)) => items.join("; "),
            other => format!("{other:?}"),
        },
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn handshake() {
    let desk = assert_imported("contacts.csv", HANDSHAKE, Some("handshake"), (2, 0, 0, 1)).await;
    assert_eq!(value(&desk, "rosa@acme.example", "city").await, "Austin");
    assert_eq!(value(&desk, "rosa@acme.example", "description").await, "Met at fair, 2025");
    assert_eq!(value(&desk, "rosa@acme.example", "source").await, "import");
    assert_eq!(value(&desk, "rosa@acme.example", "approval").await, contact::APPROVED);
    assert_eq!(value(&desk, "rosa@acme.example", "employer").await, "Acme");
    assert_eq!(value(&desk, "bo@acme.example", "employer").await, "ACME, Inc", "another name is another employer");
}

#[tokio::test(flavor = "multi_thread")]
async fn google_current_and_legacy() {
    let desk = assert_imported("contacts.csv", GOOGLE, Some("google"), (1, 0, 0, 1)).await;
    assert_eq!(value(&desk, "ana@acme.example", "email_2").await, "ana@home.example");
    assert_eq!(value(&desk, "ana@acme.example", "labels").await, "Recruiters");
    let desk = assert_imported("google.csv", GOOGLE_LEGACY, Some("google_legacy"), (1, 0, 0, 0)).await;
    assert_eq!(value(&desk, "j@acme.example", "last_name").await, "Müller");
}

#[tokio::test(flavor = "multi_thread")]
async fn outlook_and_thunderbird() {
    let desk = assert_imported("outlook.csv", OUTLOOK, Some("outlook"), (1, 0, 0, 0)).await;
    assert_eq!(value(&desk, "ann@acme.example", "name_prefix").await, "Ms.");
    assert_eq!(value(&desk, "ann@acme.example", "website").await, "https://acme.example");
    let desk = assert_imported("tb.csv", THUNDERBIRD, Some("thunderbird"), (2, 0, 0, 0)).await;
    assert_eq!(value(&desk, "lvb@example.org", "last_name").await, "van Beethoven");
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_of_every_version() {
    let desk = assert_imported("cards.vcf", CARDS, Some("vcard"), (3, 0, 0, 1)).await;
    assert_eq!(value(&desk, "j@acme.example", "first_name").await, "Jörg");
    assert_eq!(value(&desk, "bo@acme.example", "labels").await, "Alumni; STEM");
}

#[tokio::test(flavor = "multi_thread")]
async fn encodings_and_separators() {
    let semicolons = "Vorname;Nachname;E-Mail;Firma\r\nJörg;Müller;j@acme.example;Süd & Söhne\r\n";
    let utf16: Vec<u8> = format!("\u{feff}{semicolons}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let windows: Vec<u8> = semicolons.chars().map(|c| c as u32 as u8).collect();
    for content in [semicolons.as_bytes(), &utf16, &windows, semicolons.replace(';', "\t").as_bytes()] {
        let desk = assert_imported("kontakte.csv", content, None, (1, 0, 0, 0)).await;
        assert_eq!(value(&desk, "j@acme.example", "last_name").await, "Müller");
        assert_eq!(value(&desk, "j@acme.example", "employer").await, "Süd & Söhne");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook() {
    let mut content = Vec::new();
    let rows = [["ann@x.example", "Lee", "Ann"], ["", "Ray", "Bo"]];
    liaison_exchange::write_xlsx("People", ["E-mail", "Last name", "First name"], rows, &mut content)
        .expect("a workbook");
    assert_imported("people.xlsx", content, Some("liaison"), (1, 0, 0, 1)).await;
}

/// What the template asks for can be filled in and read; what only the desk decides is left out.
#[tokio::test(flavor = "multi_thread")]
async fn our_own_template() {
    let desk = desk().await;
    let mut content = import::import_template(&desk);
    let header = String::from_utf8(content.clone()).expect("text");
    let columns = header.trim().split(',').count();
    let mut cells = vec![""; columns];
    let place = |label: &str| header.split(',').position(|cell| cell.contains(label)).expect("a column");
    for (label, cell) in [
        ("First name", "Ann"),
        ("Last name", "Lee"),
        ("\"E-mail\"", "ann@x.example"),
        ("Source", "Event Contact"),
        ("Added by", "Dana Reyes"),
        ("Visibility", "Visible"),
        ("Approval status", "rejected"),
    ] {
        cells[place(label)] = cell;
    }
    content.extend_from_slice(cells.join(",").as_bytes());
    let path = desk.file("template.csv", &content);
    let opened = import::import_open(&desk, &path, Some("liaison"), &mut go_on).await.expect("our own template");
    assert_eq!((opened.assumed.format, opened.columns.len()), (Format::Csv, columns));
    assert!(opened.columns.iter().all(|column| column.confidence == Confidence::Certain));
    let left_out: Vec<&str> = opened.columns.iter().filter(|c| c.field.is_none()).map(|c| c.header.as_str()).collect();
    assert_eq!(left_out, ["Approval status"]);
    let imported = desk.finish_import(opened.session, ImportTarget::Directory).await;
    assert_eq!(counts(&imported), (1, 0, 0, 0));
    assert_eq!(value(&desk, "ann@x.example", "source").await, "event_contact");
    assert_eq!(value(&desk, "ann@x.example", "added_by").await, "Dana Reyes");
    assert_eq!(value(&desk, "ann@x.example", "visibility").await, contact::STUDENTS);
    assert_eq!(value(&desk, "ann@x.example", "approval").await, contact::APPROVED, "review decides, not a file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preset_that_is_asked_for_must_be_the_one() {
    let desk = desk().await;
    let path = desk.file("contacts.csv", HANDSHAKE);
    let open =
        async |preset| import::import_open(&desk, &path, Some(preset), &mut go_on).await.map(|opened| opened.preset);
    assert_eq!(open("handshake").await, Ok(Some("handshake".to_owned())));
    assert!(matches!(
        open("google").await,
        Err(CommandError::UnreadableFile { problem: FileProblem::NotRecognised, .. })
    ));
    assert_eq!(crate::common::only_problem(open("handshakes").await).0, "preset");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_as_the_target() {
    // M2 (decided): an import can choose the queue; its source is the import all the same.
    let desk = desk().await;
    let session = desk.open_file(&desk.file("contacts.csv", HANDSHAKE)).await;
    let imported = desk.finish_import(session, ImportTarget::Queue).await;
    assert_eq!(counts(&imported), (2, 0, 0, 1));
    assert_eq!(lists::queue_count(&desk).await, Ok(2));
    assert_eq!(value(&desk, "bo@acme.example", "approval").await, contact::PENDING);
    assert_eq!(value(&desk, "bo@acme.example", "source").await, "import");
    // Without a dry run, for scripts.
    let session = desk.open_file(&desk.file("tb.csv", THUNDERBIRD)).await;
    import::import_target(&desk, session, ImportTarget::Queue).expect("a session");
    let done = import::import_commit(&desk, session, &mut go_on).await.expect("an import");
    assert_eq!((done.created, lists::queue_count(&desk).await), (2, Ok(4)));
    // Who is in the directory already stays there.
    let session = desk.open_file(&desk.file("more.csv", "E-mail,Job title\nlvb@example.org,Composer\n")).await;
    let lvb = desk.with_email("lvb@example.org").await.id;
    review::contacts_review(
        &desk,
        &crate::common::ids(&[lvb]),
        liaison_domain::review::ReviewAction::Approve,
        &mut go_on,
    )
    .await
    .expect("approved");
    assert_eq!(counts(&desk.finish_import(session, ImportTarget::Queue).await), (0, 1, 0, 0));
    assert_eq!(desk.approval(lvb).await, contact::APPROVED);
}

/// What staff said the columns are is remembered for the next file with these headers, and only for it.
#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_is_remembered() {
    let desk = desk().await;
    let content = "Who,Where,Mail\nLudwig van Beethoven,Bonn,lvb@example.org\n";
    let opened = import::import_open(&desk, &desk.file("a.csv", content), None, &mut go_on).await.expect("a file");
    assert!(!opened.remembered);
    let fields = ["full_name", "city", "email"].map(|key| Some(key.to_owned()));
    import::import_map(&desk, opened.session, &fields).await.expect("a mapping");
    let imported = desk.finish_import(opened.session, ImportTarget::Directory).await;
    assert_eq!(counts(&imported), (1, 0, 0, 0));
    assert_eq!(value(&desk, "lvb@example.org", "last_name").await, "van Beethoven");
    let desk = desk.reopened(None).await;
    let opened = import::import_open(&desk, &desk.file("b.csv", content), None, &mut go_on).await.expect("a file");
    assert!(opened.remembered);
    let found: Vec<_> = opened.columns.iter().map(|column| column.field.clone()).collect();
    assert_eq!(found, fields);
    assert_eq!(opened.columns[1].samples, ["Bonn"]);
    let other =
        import::import_open(&desk, &desk.file("c.csv", content.replace("Who", "Person")), None, &mut go_on).await;
    assert!(!other.expect("a file").remembered);
    for damaged in ["no JSON", "[null]", "[\"full_name\",\"no_such_field\",null]", "[\"email\",\"email\",null]"] {
        let set = [liaison_store::Sql::Text(damaged)];
        desk.database().write(|db| db.run("UPDATE import_mapping SET fields=?", &set)).await.expect("damaged");
        let opened =
            import::import_open(&desk, &desk.file("d.csv", content), None, &mut go_on).await.expect("a guess instead");
        assert!(!opened.remembered);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_without_headers_is_not_taken_for_another() {
    let desk = desk().await;
    let opened =
        import::import_open(&desk, &desk.file("a.csv", "Ann,ann@x.example\nBo,bo@x.example\n"), None, &mut go_on).await;
    let session = opened.expect("a file").session;
    import::import_map(&desk, session, &[Some("last_name".into()), Some("email".into())]).await.expect("a mapping");
    let turned =
        import::import_open(&desk, &desk.file("b.csv", "ann@x.example,Ann\nbo@x.example,Bo\n"), None, &mut go_on).await;
    let turned = turned.expect("a file");
    assert!(!turned.remembered);
    assert_eq!(turned.columns[0].field.as_deref(), Some("email"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_names_each_importable_field_once() {
    let desk = desk().await;
    let session = desk.open_file(&desk.file("tb.csv", "A,B\nAnn,ann@x.example\n")).await;
    let map = async |fields: &[Option<&str>]| {
        let fields: Vec<_> = fields.iter().map(|field| field.map(str::to_owned)).collect();
        import::import_map(&desk, session, &fields).await
    };
    use liaison_domain::refusal::Problem;
    for field in ["approval", "owner", "auto_sync", "created_at", "deleted_at", "access", "nonsense", ""] {
        let refused = map(&[Some(field), None]).await;
        assert_eq!(crate::common::only_problem(refused), (field.to_owned(), Problem::UnknownField));
    }
    let twice = map(&[Some("email"), Some("email")]).await;
    assert!(matches!(crate::common::only_problem(twice).1, Problem::InUse { .. }));
    assert!(matches!(map(&[None]).await, Err(CommandError::NotFound { .. })));
    assert_eq!(map(&[None, None]).await, Ok(()));
    let imported = desk.finish_import(session, ImportTarget::Directory).await;
    assert_eq!(counts(&imported), (0, 0, 0, 1), "without columns nothing can be read");
    assert_eq!(desk.live(RecordKind::Contact).await.len(), 0);
}
