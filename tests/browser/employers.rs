//! From the first page to the account, and all that may go wrong on the way.

use crate::offers;
use crate::pages::Visitor;
use crate::site::{PASSWORD, Site};
use anyhow::Result;
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::users::users_access;
use liaison_domain::employer_user::NO_ACCESS;
use liaison_domain::{RecordKind, employer, employer_user};

const ADDRESS: &str = "dana@acme.example";
const OTHER_ADDRESS: &str = "dana.moss@acme.example";
const OTHER: &str = "seven purple tugboats";

/// What an employer sees.
pub async fn story(site: &Site) -> Result<()> {
    offers::permit_everything(site).await;
    let visitor = Visitor::of(site).await?;
    visitor.open("/").await?;
    visitor.look("front", "Northfield University").await?;
    visitor.browser.click("Recruit at Northfield University").await?;
    visitor.look("hire", "Recruit at Northfield University").await?;
    visitor.browser.click("Sign up").await?;
    visitor.look("sign-up", "Sign up").await?;
    visitor.send_wrong("Sign up", "Enter your email address.").await?;
    visitor.look("sign-up-wrong", "Sign up").await?;

    // By keyboard alone, as far as the message.
    visitor.open("/hire/sign-up").await?;
    for _ in 0..3 {
        visitor.browser.press("Tab").await?;
    }
    for text in [ADDRESS, "Dana", "Reyes", "Recruiter", "Acme Corp"] {
        visitor.browser.type_text(text).await?;
        visitor.browser.press("Tab").await?;
    }
    visitor.browser.press_on("Enter").await?;
    visitor.look("check-mail", "Check your email").await?;

    let link = site.link(ADDRESS);
    visitor.open(&link).await?;
    visitor.look("confirm", "Choose a password").await?;
    visitor.fill(&[("Password", "password1234")]).await?;
    visitor.send_wrong("Create account", "Choose a password that is harder to guess.").await?;
    visitor.look("confirm-wrong", "Choose a password").await?;
    visitor.send(&[("Password", PASSWORD)], "Create account").await?;
    visitor.look("hire-home", "Welcome, Dana").await?;
    let employer = site.with(RecordKind::Employer, &employer::NAME, "Acme Corp").await.expect("an employer").id;
    offers::publish(site, employer).await;
    visitor.look_around("hire").await?;

    visitor.open("/account").await?;
    visitor.fill(&[("Last name", "")]).await?;
    visitor.send_wrong("Save", "Enter your last name.").await?;
    visitor.send(&[("Last name", "Reyes-Moss")], "Save").await?;
    visitor.look("account-saved", "My account").await?;
    visitor.open("/account/password").await?;
    visitor.fill(&[("Current password", "not this one")]).await?;
    visitor.send_wrong("Change password", "This isn’t your current password.").await?;
    visitor.send(&[("Current password", PASSWORD), ("New password", OTHER)], "Change password").await?;
    visitor.look("hire-home-again", "Welcome, Dana").await?;
    assert!(site.letter().1.contains("was just changed"));

    visitor.browser.click("Log out").await?;
    visitor.look("hire-log-in", "Log in").await?;
    visitor.fill(&[("Email", ADDRESS), ("Password", PASSWORD)]).await?;
    visitor.send_wrong("Log in", "The email or password is wrong.").await?;
    visitor.look("hire-log-in-wrong", "Log in").await?;
    visitor.browser.click("Forgot your password?").await?;
    visitor.look("hire-forgot", "Forgot your password?").await?;
    visitor.send_wrong("Send the link", "Enter an email address like name@example.com.").await?;
    visitor.send(&[("Email", ADDRESS)], "Send the link").await?;
    let reset = site.link(ADDRESS);
    visitor.open(&reset).await?;
    visitor.look("reset", "Choose a new password").await?;
    visitor.send(&[("New password", PASSWORD)], "Change password").await?;
    visitor.look("hire-home-reset", "Welcome, Dana").await?;
    assert!(site.letter().1.contains("was just changed"));
    visitor.open(&reset).await?;
    visitor.look("link-used", "This link doesn’t work").await?;
    visitor.open("/no/such/page").await?;
    visitor.look("not-found", "Page not found").await?;

    // Another address: a letter to both.
    visitor.open("/account/address").await?;
    visitor.send_wrong("Send the link", "Enter an email address like name@example.com.").await?;
    visitor.send(&[("New work email", OTHER_ADDRESS), ("Current password", PASSWORD)], "Send the link").await?;
    let mut letters = [site.letter(), site.letter()];
    letters.sort();
    let link =
        |text: &str| text.lines().find(|line| line.starts_with(&site.origin)).unwrap_or_default().trim().to_owned();
    assert_eq!(letters[0].0, OTHER_ADDRESS);
    visitor.open(&link(&letters[0].1)).await?;
    visitor.look("address", "Use your new email address").await?;
    visitor.fill(&[("Password", "not this one")]).await?;
    visitor.send_wrong("Use this address", "This isn’t the password of your account.").await?;
    visitor.send(&[("Password", PASSWORD)], "Use this address").await?;
    visitor.look("account-address", "My account").await?;
    visitor.open(&site.link(ADDRESS)).await?;
    visitor.look("address-back", "Keep your old email address?").await?;

    // Off at the desk, it is the sentence and whom to ask.
    let user = site.with(RecordKind::EmployerUser, &employer_user::EMAIL, OTHER_ADDRESS).await.expect("a user");
    users_access(&site.desk, &Selection::Ids { ids: vec![user.id] }, false, &mut unwatched).await.expect("off");
    site.at_desk(RecordKind::EmployerUser).await;
    visitor.open("/hire/home").await?;
    visitor.look("no-access", NO_ACCESS).await?;

    // Whoever guesses waits.
    let guesser = Visitor::of(site).await?;
    guesser.open("/hire/log-in").await?;
    for _ in 0..5 {
        guesser.send(&[("Email", "eve@acme.example"), ("Password", OTHER)], "Log in").await?;
    }
    guesser.send(&[("Email", "eve@acme.example"), ("Password", OTHER)], "Log in").await?;
    guesser.look("too-often", "Too many attempts").await?;
    guesser.close().await;
    visitor.close().await;
    Ok(())
}
