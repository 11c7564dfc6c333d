//! What the window says about a file it had to guess about, and what can be changed about that.

use crate::desk::seeded_journey;
use anyhow::Result;
use liaison_journeys::harness::{Size, Start, Window};

/// From Excel on a Mac, with a title above the header, dates that could mean two days, and a quote that never closes.
const FILE: &[u8] = b"Contacts of May,,,,\r\nFirst name,Last name,Email,Employer,First met\r\n\
    Ren\x8e,M\x9fller,rene@quarz.example,Soci\x8et\x8e Quarz,05/06/2026\r\n\
    Ana,Gon\x8dalves,ana@quarz.example,\"Quarz,06/07/2026\r\nBo,Lee,bo@quarz.example,Quarz,07/08/2026\r\n";

/// Opens the choices of a part of what was assumed, and takes one.
async fn choose(window: &Window, part: &str, choice: &str) -> Result<()> {
    let script = format!(
        "const label = [...document.querySelectorAll('[class*=label]')].find((each) => each.textContent === '{part}');
         label.parentElement.querySelector('button').focus();"
    );
    window.script(&script, Vec::new()).await?;
    window.press("Enter").await?;
    window.find_css("[role=listbox]").await?;
    window.click("option", choice).await
}

async fn look(window: &mut Window, picture: &str) -> Result<()> {
    window.wait_for_text("The encoding is probably macintosh.").await?;
    window.wait_for_text("1 row above the header was left out.").await?;
    window.wait_for_text("The quotation marks in line 4 don’t match.").await?;
    window.wait_for_text("Dates such as 05/06/2026 can be read two ways").await?;
    window.wait_for_text("Müller").await?;
    window.check_accessibility().await?;
    for (name, size) in [("small", Size::SMALL), ("desk", Size::DESK), ("wide", Size::WIDE)] {
        window.screenshot(&format!("{picture}_{name}"), size).await?;
    }
    Ok(())
}

fn journey_with(name: &str, start: Start, steps: impl AsyncFnOnce(&mut Window) -> Result<()>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("contacts-may.csv");
    std::fs::write(&path, FILE)?;
    let start = Start { arguments: vec![path.to_string_lossy().into_owned()], ..start };
    seeded_journey(name, start, 10, async |_: &liaison_app::Session| Ok(()), async |window, ()| steps(window).await)
}

#[test]
fn a_file_says_how_it_was_read_and_is_read_anew() -> Result<()> {
    journey_with("import_reading", Start::default(), async |window| {
        look(window, "import_reading").await?;
        choose(window, "Dates", "Day/month/year").await?;
        window.wait_until_gone("can be read two ways").await?;
        choose(window, "Encoding", "windows-1252").await?;
        window.wait_until_gone("The encoding is probably").await?;
        window.wait_until_gone("Gonçalves").await?;
        choose(window, "Encoding", "macintosh").await?;
        window.wait_for_text("Gonçalves").await?;
        choose(window, "Header row", "No header").await?;
        window.wait_for_text("Column 5").await?;
        window.find("button", "Check 5 rows").await?;
        choose(window, "Header row", "Row 2").await?;
        window.click("button", "Check 3 rows").await?;
        window.wait_for_text("3 contacts will be added to the directory.").await
    })
}

#[test]
fn what_is_doubtful_in_dark_colors() -> Result<()> {
    journey_with("import_reading_dark", Start::dark(), async |window| look(window, "import_reading_dark").await)
}
