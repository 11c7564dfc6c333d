//! The first start: from nothing to a desk with people, and the passcode at the next start.

use crate::desk::go;
use anyhow::{Context as _, Result};
use liaison_journeys::harness::{Size, Window, journey};

#[test]
fn a_desk_is_set_up_and_opened_again_with_its_passcode() -> Result<()> {
    journey("first_start", async |window| {
        window.wait_for_text("Set up Liaison").await?;
        window.check_accessibility().await?;
        window.screenshot("first_start", Size::DESK).await?;
        let script = "return [...document.querySelectorAll('button')].find(button => button.type === 'submit')
            .getBoundingClientRect().bottom <= window.innerHeight";
        anyhow::ensure!(window.script(script, Vec::new()).await? == true, "all of it fits the window");

        // What is wrong is said at the fields, and nothing is lost.
        window.fill("textbox", "Institution", "Northfield University").await?;
        window.click("button", "Set up Liaison").await?;
        window.check_accessibility().await?;
        window.fill("textbox", "First name", "Dana").await?;
        window.fill("textbox", "Last name", "Reyes").await?;
        window.fill("textbox", "Your email", "dana@northfield.example").await?;
        for field in ["passcode", "passcode_again"] {
            window.click_css(&format!("input[name={field}]")).await?;
            window.type_text("twelve quiet owls").await?;
        }
        window.script("document.querySelectorAll('input[type=radio]')[1].click()", Vec::new()).await?;
        window.click("button", "Set up Liaison").await?;
        window.wait_for_text("Save the recovery key").await?;
        window.check_accessibility().await?;
        let recovery_key = recovery_key(window).await?;
        window.script("document.querySelector('input[type=checkbox]').click()", Vec::new()).await?;
        window.click("button", "Continue").await?;

        // How others see the institution, with the welcome message beside it.
        window.wait_for_text("Your colors and logo").await?;
        window.find_css("iframe").await?;
        window.fill("textbox", "Phone", "+1 555 0100").await?;
        window.check_accessibility().await?;
        window.screenshot("first_look", Size::DESK).await?;
        window.click("button", "Save and open Liaison").await?;
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;

        window.restart().await?;
        window.wait_for_text("Liaison is locked").await?;
        window.check_accessibility().await?;
        window.screenshot("unlock", Size::DESK).await?;
        window.click_css("input").await?;
        window.type_text("not the passcode").await?;
        window.press("Enter").await?;
        window.wait_for_text("not a passcode or recovery key").await?;
        window.press("Control+a").await?;
        window.type_text("twelve quiet owls").await?;
        window.press("Enter").await?;
        window.wait_for_text("1 wrong passcode was entered").await?;
        window.check_accessibility().await?;
        window.screenshot("failed_attempts", Size::DESK).await?;
        window.click("button", "Got it").await?;
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;

        // The passcode is lost: the recovery key sets another, and is replaced.
        window.restart().await?;
        window.wait_for_text("Liaison is locked").await?;
        window.click_css("input").await?;
        window.type_text(&recovery_key).await?;
        window.press("Enter").await?;
        window.fill("textbox", "New passcode", "nine patient herons").await?;
        window.fill("textbox", "Confirm passcode", "nine patient herons").await?;
        window.check_accessibility().await?;
        window.screenshot("recover", Size::DESK).await?;
        window.click("button", "Set passcode").await?;
        window.wait_for_text("This new recovery key replaces the one you entered.").await?;
        window.check_accessibility().await?;
        anyhow::ensure!(self::recovery_key(window).await? != recovery_key, "there is a new recovery key");
        window.script("document.querySelector('input[type=checkbox]').click()", Vec::new()).await?;
        window.click("button", "Continue").await?;
        go(window, "h", "History").await?;
        window.wait_for_text("The recovery key was used to set a new passcode for Dana Reyes").await?;

        window.restart().await?;
        window.wait_for_text("Liaison is locked").await?;
        for (spent, said) in [(recovery_key.as_str(), "not a passcode"), ("twelve quiet owls", "not a passcode")] {
            window.click_css("input").await?;
            window.press("Control+a").await?;
            window.type_text(spent).await?;
            window.press("Enter").await?;
            window.wait_for_text(said).await?;
        }
        window.press("Control+a").await?;
        window.type_text("nine patient herons").await?;
        window.press("Enter").await?;
        window.wait_for_text("2 wrong passcodes were entered").await?;
        window.click("button", "Got it").await?;
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        Ok(())
    })
}

/// The recovery key on the page, as it would be copied.
async fn recovery_key(window: &Window) -> Result<String> {
    let shown = window.script("return document.querySelector('output').textContent", Vec::new()).await?;
    Ok(shown.as_str().context("a recovery key")?.to_owned())
}
