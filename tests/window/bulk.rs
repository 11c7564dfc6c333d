//! Custom attributes, labels and bulk changes (M25, M26).

use crate::desk::{dark_journey, go, journey, list_is_read};
use anyhow::{Result, ensure};
use liaison_journeys::harness::{Size, Window};

/// Chooses in the list that a field of this name opens.
async fn choose(window: &Window, field: &str, choice: &str) -> Result<()> {
    // A button that opens a list is named by what is chosen and by its label.
    let open = "const label = [...document.querySelectorAll('label, [class*=label]')].find((label) =>
        label.textContent.split(' · ')[0] === arguments[0]);
        const button = label.parentElement.querySelector('button');
        button.scrollIntoView({ block: 'center' }); button.focus();";
    window.script(open, vec![field.into()]).await?;
    window.press("Enter").await?;
    window.find_css("[role=listbox]").await?;
    window.click("option", choice).await
}

/// How many rows the list has.
async fn rows(window: &Window) -> Result<u64> {
    let script = "return Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 0) - 1";
    Ok(window.script(script, Vec::new()).await?.as_u64().unwrap_or(0))
}

async fn define_tier(window: &Window) -> Result<()> {
    go(window, "a", "Custom attributes and labels").await?;
    window.find("heading", "Custom attributes").await?;
    window.click("button", "New attribute").await?;
    window.fill("textbox", "Name · required", "Tier").await?;
    window.click_css("label[data-key=choice]").await?;
    window.wait_for_text("The type Choice can\u{2019}t be changed later.").await?;
    window.find("textbox", "Choices").await?;
    for choice in ["Gold", "Silver"] {
        window.fill("textbox", "Choices", choice).await?;
        window.press("Enter").await?;
    }
    window.check_accessibility().await?;
    window.screenshot("attribute_new", Size::DESK).await?;
    window.click("button", "Add attribute").await?;
    window.wait_for_text("Attribute \u{201c}Tier\u{201d} added.").await
}

#[test]
fn an_attribute_is_defined_set_on_a_filtered_selection_and_taken_back() -> Result<()> {
    journey("bulk", 300, &[], async |window| {
        define_tier(window).await?;
        window.check_accessibility().await?;
        window.screenshot("attributes", Size::DESK).await?;

        // Its place is changed by keys: the handle is taken, moved up one, and let go.
        window.script("document.querySelector('[role=row][aria-label=Tier] [slot=drag]').focus()", Vec::new()).await?;
        window.press("Enter").await?;
        window.press("ArrowUp").await?;
        window.press("ArrowUp").await?;
        window.press("Enter").await?;
        window.wait_for_text("Attributes reordered.").await?;
        let order = "return [...document.querySelectorAll('[role=grid][aria-label=Contacts] [role=row]')]
            .map((row) => row.getAttribute('aria-label')).join() !== 'Do not email,Inactive,Tier'";
        window.wait_until("the order changed", order, Vec::new()).await?;

        // A filtered selection.
        window.script("location.hash = '#/contacts?q=mar'", Vec::new()).await?;
        window.wait_for_title("Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        list_is_read(window).await?;
        let found = rows(window).await?;
        ensure!(found > 1, "people are found: {found}");
        window.press("ArrowDown").await?;
        window.press("Control+a").await?;
        window.wait_for_text(&format!("{found} selected")).await?;
        window.click("button", "Change fields…").await?;
        window.find("dialog", &format!("Change {found} contacts")).await?;
        choose(window, "Field", "Tier Custom attributes").await?;
        choose(window, "New value", "Gold").await?;
        window.find("button", &format!("Change {found} contacts")).await?;
        // A second field in the same step.
        window.click("button", "Add another field").await?;
        let second = "document.querySelectorAll('[role=dialog] [role=group][aria-label^=Change]')[1]
            .querySelector('button[aria-haspopup=listbox]').focus()";
        window.script(second, Vec::new()).await?;
        window.press("Enter").await?;
        window.click("option", "Department Work").await?;
        window.click_css("[role=dialog] [role=group][aria-label='Change 2'] input[type=text]").await?;
        window.type_text("Talent").await?;
        window.wait_for_text(&format!("Department: {found} will change.")).await?;
        window.find("button", &format!("Change {found} contacts")).await?;
        window.check_accessibility().await?;
        window.screenshot("bulk_field", Size::DESK).await?;
        window.screenshot("bulk_field_small", Size::SMALL).await?;
        window.click("button", &format!("Change {found} contacts")).await?;
        window.wait_for_text(&format!("{found} contacts changed.")).await?;

        // It filters, and stands on the profile.
        let filter = r#"[{"field":"KEY","op":"is","values":["Gold"]}]"#;
        let key = "return window.__TAURI_INTERNALS__.invoke('attributes_list').then((all) =>
            all.find((one) => one.name === 'Tier').key)";
        let key = window.script(key, Vec::new()).await?;
        let filter = filter.replace("KEY", key.as_str().unwrap_or_default());
        let to = "location.hash = '#/contacts?filter=' + encodeURIComponent(arguments[0])";
        window.script(to, vec![filter.into()]).await?;
        window.wait_for_text("Tier is Gold").await?;
        window.wait_for_text(&format!("{found} contacts")).await?;
        window.check_accessibility().await?;
        window.screenshot("bulk_filtered", Size::DESK).await?;
        window.press("ArrowDown").await?;
        window.press("Enter").await?;
        window.find("button", "Action").await?;
        window.wait_for_text("Tier\nGold").await?;
        window.check_accessibility().await?;
        window.screenshot("bulk_profile", Size::DESK).await?;

        // Undone in one step.
        window.press("Control+z").await?;
        window.wait_for_text("Undone. The changes to ").await?;
        window.press("Alt+ArrowLeft").await?;
        window.wait_for_text("0 contacts").await
    })
}

#[test]
fn labels_are_given_in_bulk_described_renamed_and_taken_away() -> Result<()> {
    dark_journey("labels", 120, async |window| {
        go(window, "c", "Contacts").await?;
        window.find("grid", "Contact Directory").await?;
        window.press("ArrowDown").await?;
        window.press("x").await?;
        window.press("ArrowDown").await?;
        window.press("x").await?;
        window.wait_for_text("2 selected").await?;
        window.click("button", "More actions").await?;
        window.click_css("[role=menuitem][data-key=add_labels]").await?;
        window.fill("textbox", "Labels", "Alumni board").await?;
        window.press("Enter").await?;
        window.find("button", "Change 2 contacts").await?;
        window.check_accessibility().await?;
        window.screenshot("bulk_labels_dark", Size::DESK).await?;
        window.click("button", "Change 2 contacts").await?;
        window.wait_for_text("2 contacts changed.").await?;

        go(window, "a", "Custom attributes and labels").await?;
        window.wait_for_text("Add a description").await?;
        window.click("button", "Actions for Alumni board").await?;
        window.click_css("[role=menuitem][data-key=edit]").await?;
        window.click_css("label[data-tint=teal]").await?;
        window.fill("textbox", "Label · required", "Board").await?;
        window.wait_for_text("2 contacts will change.").await?;
        window.check_accessibility().await?;
        window.screenshot("label_edit_dark", Size::DESK).await?;
        window.click("button", "Save").await?;
        window.wait_for_text("2 records now have the label “Board”.").await?;
        window.check_accessibility().await?;
        window.screenshot("labels_dark", Size::DESK).await?;

        window.click("button", "Actions for Board").await?;
        window.click_css("[role=menuitem][data-key=remove]").await?;
        window.wait_for_text("The label will be removed from 2 contacts.").await?;
        window.click("button", "Delete label").await?;
        window.wait_for_text("Label “Board” removed from 2 records.").await?;
        window.press("Control+z").await?;
        window.find("button", "Actions for Board").await?;
        Ok(())
    })
}
