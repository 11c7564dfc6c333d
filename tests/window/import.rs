//! Import of a real file, from the first look to taking it back (B6).

use crate::desk::{PASSCODE, desk, go, journey, seeded_journey, values};
use anyhow::{Result, anyhow, ensure};
use liaison_app::{contacts, employers};
use liaison_journeys::harness::{PATIENCE, Size, Start};
use std::path::Path;
use std::time::{Duration, Instant};

/// A file as it comes from somewhere: semicolons, a German header, one bad address, one row without a name.
const FILE: &str = "Vorname;Nachname;E-Mail;Firma;Telefon\r\n\
    Anna;Böhm;anna.boehm@quarz.example;Quarz Werke;+49 30 555 0100\r\n\
    Jörg;Ähren;joerg at quarz.example;Quarz Werke;\r\n\
    ;Ohnename;ohne@quarz.example;Quarz Werke;\r\n\
    Uta;Zander;uta@zander.example;Zander & Söhne;+49 30 555 0101\r\n";

#[test]
fn a_file_is_imported_mended_and_taken_back() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("kontakte.csv");
    std::fs::write(&path, FILE)?;
    journey("import", 50, &[&path.to_string_lossy()], async |window| {
        window.wait_for_text("kontakte.csv").await?;
        window.wait_for_text("Semicolon").await?;
        window.check_accessibility().await?;
        window.screenshot("import_columns", Size::DESK).await?;
        window.click("button", "Check 4 rows").await?;
        window.wait_for_text("2 rows can’t be imported and will be left out").await?;
        window.check_accessibility().await?;
        window.fill("textbox", "Email in line 3", "joerg@quarz.example").await?;
        window.press("Enter").await?;
        window.find("button", "Import 3 contacts").await?;
        window.screenshot("import_check", Size::DESK).await?;
        window.click("button", "Import 3 contacts").await?;
        window.find("button", "Undo import").await?;
        window.check_accessibility().await?;
        window.screenshot("import_done", Size::DESK).await?;

        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        window.press("/").await?;
        window.type_text("quarz").await?;
        window.wait_for_text("2 contacts").await?;
        window.wait_for_text("Jörg Ähren").await?;
        window.wait_for_text("Anna Böhm").await?;

        go(window, "h", "History").await?;
        window.wait_for_text("imported 3 contacts from kontakte.csv").await?;
        window.screenshot("import_history", Size::DESK).await?;
        window.click("button", "Undo this step").await?;
        window.wait_for_text("All 3 records will be as they were before this step.").await?;
        window.check_accessibility().await?;
        window.screenshot("undo_dialog", Size::DESK).await?;
        window
            .click_css("[role=alertdialog] footer button:last-of-type, [role=dialog] footer button:last-of-type")
            .await?;
        window.wait_for_text("undid importing 3 contacts").await?;
        go(window, "c", "Contacts").await?;
        window.fill("searchbox", "Search contacts", "quarz").await?;
        window.wait_for_text("0 contacts").await
    })
}

/// Somebody's address under another name, somebody very likely there under another address, and a phone that is none.
const WHO: &str = "First name,Last name,Email,Job title,Employer,Work phone\n\
    Bob,Raymond,careers@quarz.example,Campus lead,Quarz Werke,\n\
    Annie,Quillfeather,a.quillfeather@quarz.example,Director,Quarz Werke,+49 30 555 0100\n\
    Uta,Zander,uta@zander.example,Recruiter,Zander,call the front desk\n";

#[test]
fn who_is_meant_is_decided_in_the_check_step() -> Result<()> {
    decide_who("import_who", Start::default())
}

#[test]
fn who_is_meant_is_decided_in_the_dark() -> Result<()> {
    decide_who("import_who_dark", Start::dark())
}

fn decide_who(name: &str, start: Start) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("fair.csv");
    std::fs::write(&path, WHO)?;
    let start = Start { arguments: vec![path.to_string_lossy().into_owned()], ..start };
    let seed = async |desk: &liaison_app::Session| {
        let employer = employers::employer_create(desk, &values(&[("name", "Quarz Werke")])).await?.id.to_string();
        for (first, last, email) in
            [("Zora", "Lee", "careers@quarz.example"), ("Anne", "Quillfeather", "anne@quarz.example")]
        {
            let person = [
                ("first_name", first),
                ("last_name", last),
                ("email", email),
                ("employer", employer.as_str()),
                ("title", "Recruiter"),
                ("work_phone", "+49 30 555 0100"),
            ];
            contacts::contact_create(desk, &values(&person)).await?;
        }
        Ok(())
    };
    seeded_journey(name, start, 50, seed, async |window, ()| {
        window.click("button", "Check 3 rows").await?;
        window.wait_for_text("2 rows need your decision and will be left out without one.").await?;
        window.wait_for_text("1 row has values that can’t be imported; the rest of it will be.").await?;
        window.check_accessibility().await?;
        window.screenshot(&format!("{name}_all"), Size::DESK).await?;
        window.click("radio", "Possible duplicates 1").await?;
        window.find("button", "Update Anne Quillfeather with line 3").await?;
        window.click_css("[role=row][aria-rowindex='2']").await?;
        window.wait_for_text("Is this the same person?").await?;
        window.wait_for_text("Same work phone").await?;
        window.check_accessibility().await?;
        window.screenshot(&format!("{name}_duplicate"), Size::DESK).await?;
        window.screenshot(&format!("{name}_duplicate_small"), Size::SMALL).await?;
        window.click("button", "Update Anne Quillfeather").await?;
        window.click("radio", "Name conflicts 1").await?;
        window.click("button", "Add 1 contact").await?;
        window.wait_for_text("Name conflicts are added as new contacts with the same email.").await?;
        window.click("radio", "All rows 3").await?;
        window.check_accessibility().await?;
        window.screenshot(&format!("{name}_answered"), Size::DESK).await?;
        window.click("button", "Import 3 contacts").await?;
        window.find("button", "Undo import").await?;
        window.wait_for_text("from fair.csv, 3 rows").await?;
        window.wait_for_text("1 row has values that weren’t imported.").await?;
        window.check_accessibility().await?;
        window.screenshot(&format!("{name}_done"), Size::DESK).await?;
        window.click("button", "See the changed contact").await?;
        window.wait_for_text("Annie").await
    })
}

#[test]
fn a_file_given_to_another_start_is_imported_by_the_window_that_is_open() -> Result<()> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("kontakte.csv"), FILE)?;
    journey("import_second_start", 20, &[], async |window| {
        go(window, "c", "Contacts").await?;
        let second = std::process::Command::new(std::env::var("LIAISON_BIN")?)
            .arg("kontakte.csv")
            .current_dir(folder.path())
            .env("LIAISON_DATA", window.data())
            .status()?;
        ensure!(second.success(), "the second start ends once it was heard: {second}");
        window.find("button", "Check 4 rows").await?;
        window.wait_for_text("kontakte.csv").await
    })
}

#[test]
fn a_start_with_another_folder_opens_a_desk_of_its_own() -> Result<()> {
    let (other, folder) = (desk(0)?, tempfile::tempdir()?);
    std::fs::write(folder.path().join("kontakte.csv"), FILE)?;
    journey("import_other_desk", 20, &[], async |window| {
        go(window, "c", "Contacts").await?;
        let mut second = std::process::Command::new(std::env::var("LIAISON_BIN")?)
            .arg("kontakte.csv")
            .current_dir(folder.path())
            .env("LIAISON_DATA", other.path())
            .env("LIAISON_PASSCODE", PASSCODE)
            .envs(["DATA", "CONFIG", "CACHE"].map(|place| (format!("XDG_{place}_HOME"), folder.path())))
            .spawn()?;
        // A start that hands its file on ends before it makes a window.
        let end = Instant::now() + PATIENCE;
        let opened = loop {
            if has_window(second.id()) && has_open(second.id(), &other.path().join("liaison.db")) {
                break Ok(());
            }
            if let Some(status) = second.try_wait()? {
                break Err(anyhow!("the second start handed its file on and ended: {status}"));
            }
            if Instant::now() > end {
                break Err(anyhow!("the second start opens no desk"));
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        second.kill()?;
        second.wait()?;
        opened?;
        window.wait_for_title("Contacts").await?;
        ensure!(!window.text().await?.contains("kontakte.csv"), "the first window took the file");
        Ok(())
    })
}

/// Whether a process has a file open.
fn has_open(process: u32, file: &Path) -> bool {
    let open = std::fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten();
    open.filter_map(|entry| std::fs::read_link(entry.path()).ok()).any(|open| open == file)
}

/// Whether an app has begun the processes of its web view.
fn has_window(process: u32) -> bool {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    processes.filter_map(|entry| std::fs::read_to_string(entry.path().join("stat")).ok()).any(|status| {
        // "123 (name with spaces) S 100 …": the parent stands second after the last bracket.
        let after = status.rsplit(')').next().unwrap_or_default();
        after.split_whitespace().nth(1).and_then(|parent| parent.parse().ok()) == Some(process)
    })
}
