//! Duplicates: the pile by keyboard, a merge with a picked value taken back, "not a duplicate", approve into (M18, B4).

use crate::desk::{go, seeded_journey, values};
use anyhow::{Result, ensure};
use liaison_app::Session;
use liaison_app::import::{ImportAnswer, ImportOutcome, ImportTarget, unwatched};
use liaison_app::{contacts, employers, import, notes};
use liaison_domain::Id;
use liaison_journeys::harness::{Size, Start, Window};

const LONG: &str = "Wolfeschlegelsteinhausenbergerdorff-Montgomery-Featherstonehaugh";

async fn person(desk: &Session, first: &str, last: &str, email: &str, more: &[(&str, &str)]) -> Result<Id> {
    let mut given = vec![("first_name", first), ("last_name", last), ("email", email)];
    given.extend_from_slice(more);
    Ok(contacts::contact_create(desk, &values(&given)).await?.id)
}

/// Bill and William are one, so are two with a long name, so are two employers; Dora waits and is there already.
async fn doubles(desk: &Session) -> Result<(Id, Id)> {
    let employer = employers::employer_create(desk, &values(&[("name", "Zeppelin Works")])).await?.id.to_string();
    employers::employer_create(desk, &values(&[("name", "Zeppelin Works GmbH"), ("city", "Friedrichshafen")])).await?;
    let at = |title| [("employer", employer.as_str()), ("title", title), ("mobile_phone", "+49 171 5550134")];
    let bill = person(desk, "Bill", "Nimbus", "bill@zeppelin.example", &at("Recruiter")).await?;
    let william = person(desk, "William", "Nimbus", "w.nimbus@home.example", &at("Head of Hangars")).await?;
    notes::note_add(desk, william, "Met at the airship fair.").await?;
    for mailbox in ["anna", "a.featherstonehaugh.with.a.very.long.mailbox"] {
        let email = format!("{mailbox}@stratosphere-observation.example");
        let more = [("employer", employer.as_str()), ("work_phone", "+49 7541 5900 12"), ("city", "Langenargen")];
        person(desk, "Anna-Maria Elisabeth", LONG, &email, &more).await?;
    }
    let dora = [("work_phone", "+49 7541 7777 88"), ("city", "Meersburg")];
    person(desk, "Dora", "Cumulonimbus", "dora@cloud.example", &dora).await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("queue.csv");
    std::fs::write(
        &file,
        "First name,Last name,E-mail,Work phone,City,Job title\nDora,Cumulonimbus,d.c@home.example,+49 7541 7777 88,Meersburg,Pilot\nEmil,Stratus,emil@stratus.example,,,\n",
    )?;
    let opened = import::import_open(desk, &file, None, &mut unwatched).await?;
    import::import_dry_run(desk, opened.session, ImportTarget::Queue, &mut unwatched).await?;
    let (about, anyway) = (ImportOutcome::PossibleDuplicate, Some(ImportAnswer::Add));
    import::import_answer(desk, opened.session, about, None, anyway).await?;
    import::import_commit(desk, opened.session, &mut unwatched).await?;
    import::import_close(desk, opened.session);
    std::fs::remove_file(&file)?;
    Ok((bill, william))
}

async fn pile(window: &Window) -> Result<u64> {
    let script = r"const found = /(\d+) left/.exec(document.body.innerText); return found ? Number(found[1]) : 0;";
    Ok(window.script(script, Vec::new()).await?.as_u64().unwrap_or(0))
}

async fn find(window: &Window) -> Result<()> {
    go(window, "d", "Duplicates").await?;
    window.wait_for_text("Find contacts that were added more than once").await?;
    window.check_accessibility().await?;
    window.click("button", "Find duplicates").await?;
    window.find("list", "Possible duplicates").await?;
    Ok(())
}

/// Goes through the pile with j to the case of these names.
async fn stand_on(window: &Window, names: &str) -> Result<()> {
    window.wait_for_text(names).await?;
    // From the top.
    for _ in 0..pile(window).await? {
        window.press("k").await?;
    }
    let chosen =
        "return document.querySelector('ul[aria-label=\"Possible duplicates\"] [aria-current]')?.innerText ?? ''";
    for _ in 0..60 {
        if window.script(chosen, Vec::new()).await?.as_str().is_some_and(|text| text.contains(names)) {
            return Ok(());
        }
        window.press("j").await?;
    }
    anyhow::bail!("{names} is in the pile")
}

async fn merge_with_a_picked_value(window: &mut Window, (bill, william): (Id, Id)) -> Result<()> {
    find(window).await?;
    let before = pile(window).await?;
    stand_on(window, "Nimbus").await?;
    window.wait_for_text("Same mobile phone").await?;
    window.wait_for_text("Variants of one first name").await?;
    window.check_accessibility().await?;
    window.screenshot("duplicates", Size::DESK).await?;
    window.press("m").await?;
    window.find("dialog", "Merge contacts").await?;
    window.wait_for_text("links to it will open").await?;
    window.wait_for_text("1 note").await?;
    // The value clicked is the one that is kept.
    let result = "return document.querySelector('tr[data-field=title] td:last-child').innerText";
    let first = window.script(result, Vec::new()).await?;
    window.click_css("tr[data-field=title] td:nth-of-type(2) input").await?;
    let differs = result.replace("return", "return arguments[0] !==");
    let is_same = result.replace("return", "return arguments[0] ===");
    window.wait_until("another value is chosen", &differs, vec![first.clone()]).await?;
    window.check_accessibility().await?;
    window.screenshot("merge", Size::DESK).await?;
    // The arrows choose, too: there and back.
    for (key, chosen) in [("ArrowLeft", &is_same), ("ArrowRight", &differs)] {
        window.press(key).await?;
        window.wait_until(&format!("{key} chooses"), chosen, vec![first.clone()]).await?;
    }
    window.press("Control+Enter").await?;
    window.wait_for_text("2 contacts merged into").await?;
    window.wait_for_text(&format!("{} left", before - 1)).await?;
    window.script("location.hash = '#/contacts/' + arguments[0]", vec![william.to_string().into()]).await?;
    window.find("button", "Action").await?;
    let at = window.script("return location.hash", Vec::new()).await?;
    ensure!(at.as_str().is_some_and(|at| at.contains(&bill.to_string())), "an old link leads on: {at}");
    window.press("Control+z").await?;
    go(window, "d", "Duplicates").await?;
    window.wait_for_text(&format!("{before} left")).await
}

#[test]
fn the_pile_is_decided_by_keyboard_and_taken_back() -> Result<()> {
    seeded_journey("duplicates", Start::default(), 120, doubles, async |window, people| {
        merge_with_a_picked_value(window, people).await?;
        let before = pile(window).await?;
        stand_on(window, "Wolfeschlegelsteinhausenbergerdorff").await?;
        window.check_accessibility().await?;
        window.screenshot("duplicates_long", Size::DESK).await?;
        window.press("n").await?;
        window.wait_for_text("marked as different people").await?;
        window.wait_for_text(&format!("{} left", before - 1)).await?;
        window.press("u").await?;
        window.wait_for_text(&format!("{before} left")).await?;
        stand_on(window, "Wolfeschlegelsteinhausenbergerdorff").await?;
        window.press("n").await?;
        window.wait_for_text(&format!("{} left", before - 1)).await?;
        window.click("button", "Check again").await?;
        window.wait_for_text(&format!("{} left", before - 1)).await
    })
}

#[test]
fn who_waits_is_approved_into_the_contact_they_are() -> Result<()> {
    seeded_journey("approve_into", Start::default(), 0, doubles, async |window, _| {
        go(window, "q", "Pending Contacts").await?;
        window.wait_for_text("2 left").await?;
        window.find("grid", "Pending Contacts").await?;
        window.wait_for_text("Possible duplicate").await?;
        // Side by side, what agrees and what differs.
        window.wait_for_text("+49 7541 7777 88").await?;
        window.wait_for_text("dora@cloud.example").await?;
        window.find_css("tr[data-agreement=same]").await?;
        window.find_css("tr[data-agreement=different]").await?;
        // The row says it, and the filter keeps who may be somebody.
        window.find_css("[role=row] [role=img][aria-label*='match with Dora Cumulonimbus']").await?;
        window.check_accessibility().await?;
        window.screenshot("queue_likely", Size::DESK).await?;
        window.click_css("button[aria-label='Possible duplicates 1']").await?;
        window.wait_for_text("1 left").await?;
        window.check_accessibility().await?;
        window.click_css("button[aria-label='Possible duplicates 1']").await?;
        window.wait_for_text("2 left").await?;
        window.press("m").await?;
        window.find("dialog", "Approve into an existing contact").await?;
        window.wait_for_text("will leave the queue").await?;
        window.check_accessibility().await?;
        window.screenshot("approve_into", Size::DESK).await?;
        window.click("button", "Approve and merge").await?;
        window.wait_for_text("approved into Dora Cumulonimbus").await?;
        window.wait_for_text("1 left").await?;
        // The keyboard stands on the next one.
        window.find("complementary", "Pending: Emil Stratus").await?;
        window.press("u").await?;
        window.wait_for_text("is pending again.").await?;
        window.wait_for_text("2 left").await?;
        // And after the undo on the one that came back.
        window.find("complementary", "Pending: Dora Cumulonimbus").await?;
        Ok(())
    })
}

#[test]
fn employers_are_merged_from_their_list() -> Result<()> {
    seeded_journey("merge_employers", Start::default(), 0, doubles, async |window, _| {
        go(window, "e", "Employers").await?;
        window.wait_for_text("Zeppelin Works GmbH").await?;
        window.press("x").await?;
        window.press("j").await?;
        window.press("x").await?;
        window.wait_for_text("2 selected").await?;
        window.click("button", "More actions").await?;
        window.click_css("[role=menuitem][data-key=merge]").await?;
        window.find("dialog", "Merge employers").await?;
        window.wait_for_text("will be merged into this one").await?;
        window.check_accessibility().await?;
        window.screenshot("merge_employers", Size::DESK).await?;
        window.click("button", "Merge 2").await?;
        window.wait_for_text("2 employers merged into").await?;
        window.wait_for_text("1 employer").await
    })
}

#[test]
fn in_the_dark_the_pile_reads_as_well() -> Result<()> {
    seeded_journey("duplicates_dark", Start::dark(), 120, doubles, async |window, _| {
        find(window).await?;
        stand_on(window, "Wolfeschlegelsteinhausenbergerdorff").await?;
        window.check_accessibility().await?;
        window.screenshot("duplicates_dark", Size::DESK).await?;
        window.press("m").await?;
        window.find("dialog", "Merge contacts").await?;
        window.wait_for_text("links to it will open").await?;
        window.check_accessibility().await?;
        window.screenshot("merge_dark", Size::DESK).await
    })
}
