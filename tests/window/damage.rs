//! Damage: whoever starts the desk is told what is damaged and what to do, and is asked for nothing.

use crate::desk::{damaged_journey, go, seeded_journey, values};
use anyhow::Result;
use liaison_app::import::unwatched;
use liaison_app::{contacts, verify};
use liaison_journeys::harness::{Size, Start};
use std::fs;

#[test]
fn a_start_on_damaged_files_says_which_they_are() -> Result<()> {
    let damage = |folder: &std::path::Path| {
        let database = folder.join("liaison.db");
        let mut bytes = fs::read(&database)?;
        fs::copy(&database, folder.join("whole.db"))?;
        bytes[1_000] ^= 1;
        Ok(fs::write(database, bytes)?)
    };
    damaged_journey("damage", damage, async |window, folder| {
        window.wait_for_text("The beginning of Liaison’s database (liaison.db) is damaged").await?;
        window.check_accessibility().await?;
        window.screenshot("damaged_first_page", Size::DESK).await?;

        // A database without its key: nobody is asked to set up over it.
        fs::rename(folder.join("whole.db"), folder.join("liaison.db"))?;
        fs::rename(folder.join("key.json"), folder.join("put aside"))?;
        fs::remove_file(folder.join("key.copy.json"))?;
        window.click("button", "Try again").await?;
        window.wait_for_text("its key file (key.json) is missing").await?;
        window.screenshot("missing_key_file", Size::DESK).await?;

        fs::rename(folder.join("put aside"), folder.join("key.json"))?;
        window.click("button", "Try again").await?;
        window.find("navigation", "Main navigation").await?;
        Ok(())
    })
}

#[test]
fn what_a_check_has_found_is_said_above_every_screen() -> Result<()> {
    seeded_journey(
        "damage_notice",
        Start::default(),
        5,
        async |desk| {
            let person = [("first_name", "Ilse"), ("last_name", "Nimbus"), ("email", "ilse@zeppelin.example")];
            contacts::contact_create(desk, &values(&person)).await?;
            let forged = "UPDATE contact SET title='Forged' WHERE last_name='Nimbus'";
            desk.engine().database().write(|db| db.execute(forged)).await?;
            anyhow::ensure!(!verify::check_all(desk, &mut unwatched).await?.whole, "the check finds it");
            Ok(())
        },
        async |window, ()| {
            window.wait_for_text("found 1 problem in Liaison’s database").await?;
            window.wait_for_text("Copy Liaison’s folder to a safe place.").await?;
            window.check_accessibility().await?;
            go(window, "c", "Contacts").await?;
            window.wait_for_text("found 1 problem in Liaison’s database").await?;
            window.screenshot("damage_notice", Size::DESK).await?;
            Ok(())
        },
    )
}
