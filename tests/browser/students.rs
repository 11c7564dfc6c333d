//! From the invitation to what students find and report.

use crate::pages::Visitor;
use crate::site::{PASSWORD, Site, invited, outreach, sends, values};
use anyhow::Result;
use liaison_app::contacts;
use liaison_domain::{RecordKind, contact};

/// What a student sees.
pub async fn story(site: &Site) -> Result<()> {
    sends(site).await;
    let (lena, link) = invited(site, "Lena").await;
    for (first, title) in
        [("Abigail", "Falconer"), ("Bertram-Maximilian", "Head of the Department of Extraordinarily Long Titles")]
    {
        let person = values(&[
            ("first_name", first),
            ("last_name", "Quillfeather"),
            ("email", &format!("{}@acme.example", first.to_lowercase())),
            ("title", title),
            ("visibility", "students"),
        ]);
        contacts::contact_create(&site.desk, &person).await.expect("a contact");
    }
    site.at_desk(RecordKind::Student).await;

    let visitor = Visitor::of(site).await?;
    visitor.open("/log-in").await?;
    visitor.look("log-in", "Log in").await?;
    visitor.browser.click("Forgot your password?").await?;
    visitor.look("forgot", "Forgot your password?").await?;
    visitor.open("/activate?token=none").await?;
    visitor.look("link-unknown", "This link doesn’t work").await?;
    visitor.open(&link).await?;
    visitor.look("activate", "Activate your account").await?;
    visitor.fill(&[("Password", "short")]).await?;
    visitor.send_wrong("Activate", "Use at least 12 characters for your password.").await?;
    visitor.send(&[("Password", PASSWORD)], "Activate").await?;
    // What the career center asks comes first.
    visitor.look("questions", "What are you looking for?").await?;
    visitor.open("/people").await?;
    visitor.look("people", "People you can ask").await?;
    visitor.look_around("students").await?;

    visitor.open("/people").await?;
    visitor.send(&[("Search by name, job title, or employer", "quill falc")], "Search").await?;
    visitor.browser.click("Abigail Quillfeather").await?;
    visitor.look("person", "Abigail Quillfeather").await?;
    visitor.open("/people?q=nobody+of+this+name").await?;
    visitor.look("people-none", "People you can ask").await?;

    visitor.open("/experiences/new").await?;
    visitor.send_wrong("Save", "Enter your title.").await?;
    visitor.look("experience-wrong", "Report an experience").await?;
    let experience = [
        ("What you do or did", "Summer in the lab"),
        ("First name", "Sue"),
        ("Last name", "Lopez"),
        ("Email", "sue@lab.example"),
        ("Employer", "Bright Lab"),
    ];
    visitor.send(&experience, "Save").await?;
    visitor.look("experiences-saved", "My experiences").await?;
    assert!(visitor.browser.text().await?.contains("Summer in the lab"));
    visitor.open("/tasks/new").await?;
    let task = [
        ("What you do or did", "Ask about an internship"),
        ("First name", "Tom"),
        ("Last name", "Ito"),
        ("Email", "tom@lab.example"),
    ];
    visitor.send(&task, "Save").await?;
    visitor.look("tasks-saved", "My tasks").await?;
    for (email, source) in [("sue@lab.example", "experiential_learning_supervisor"), ("tom@lab.example", "task")] {
        let person = site.with(RecordKind::Contact, &contact::EMAIL, email).await.expect("a contact");
        assert_eq!([person.text(&contact::SOURCE), person.text(&contact::APPROVAL)], [source, contact::PENDING]);
    }
    visitor.browser.click("Log out").await?;
    visitor.look("log-in-again", "Log in").await?;

    // No login is needed to stop news.
    let (link, _) = outreach(site, RecordKind::Student, lena).await;
    visitor.open(&link).await?;
    visitor.look("unsubscribe", "Stop these emails?").await?;
    visitor.browser.click("Stop these emails").await?;
    visitor.look("unsubscribed", "You’re unsubscribed").await?;
    visitor.browser.click("Send me these emails again").await?;
    visitor.look("subscribed-again", "You’ll get these emails again").await?;
    visitor.close().await;
    Ok(())
}

/// Both stories, so that no page is left out; they share nothing but the hub.
#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_good_for_everybody() {
    let site = Site::start().await;
    crate::employers::story(&site).await.unwrap_or_else(|error| panic!("{error:#}"));
    story(&site).await.unwrap_or_else(|error| panic!("{error:#}"));
    crate::pages::all_are_good();
}
