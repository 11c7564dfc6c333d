//! What a role doesn't permit is neither shown nor accepted: every page and form of employers, with each permission alone.

use crate::events::{permits, published};
use crate::listings::student;
use crate::sign_up::{DANA, signed_up};
use crate::site::{Browser, Site};
use liaison_domain::role::{PortalArea, PortalPermission, Reach, permitted, sees};
use liaison_domain::{RecordKind, event};

/// A page, and who opens it: anybody who is logged in, or whoever has one of these.
struct Door {
    path: String,
    needs: &'static [PortalPermission],
    /// A form: what is sent to it is taken, or refused, by the same rule.
    form: bool,
}

fn doors(event: &str, fair: &str) -> Vec<Door> {
    use PortalPermission as P;
    let door = |path: &str, needs, form| Door { path: path.to_owned(), needs, form };
    vec![
        door("/hire/home", &[], false),
        door("/account", &[], true),
        door("/account/password", &[], true),
        door("/hire/employer", &[], false),
        door("/hire/employer/edit", &[P::EditEmployer], true),
        door("/hire/people", &[P::ViewContactsOfEmployer, P::InviteColleagues], false),
        door("/hire/people/invite", &[P::InviteColleagues], true),
        door("/hire/jobs", &[], false),
        door("/hire/jobs/new", &[P::PostJobs, P::ViewApplications], true),
        door("/hire/interviews", &[P::ManageInterviews], false),
        door("/hire/interviews/new", &[P::ManageInterviews], true),
        door("/hire/events", &[], false),
        door(&format!("/hire/events/{event}"), &[], false),
        door(&format!("/hire/events/{event}/register"), &[P::RegisterEvents], true),
        door(&format!("/hire/events/{fair}/register"), &[P::RegisterFairs], true),
    ]
}

/// The links of a page to pages of the portal.
fn links(body: &str) -> Vec<String> {
    let hrefs = body.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next());
    hrefs.map(|path| format!("/{}", path.split('?').next().unwrap_or_default())).collect()
}

async fn token(browser: &Browser) -> String {
    // A form that everybody has, for a token of this login.
    browser.open("/account").await.hidden("op")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_opens_what_it_permits_and_nothing_else() {
    let site = Site::start().await;
    let (dana, _) = signed_up(&site, &DANA).await;
    let fair = published(&site, event::JOB_FAIR, &[]).await.to_string();
    let event = published(&site, event::EVENT, &[]).await.to_string();
    let alone = PortalPermission::ALL.into_iter().map(|permission| vec![permission]);
    for given in alone.chain([Vec::new(), PortalPermission::ALL.to_vec()]) {
        permits(&site, &given).await;
        let may = permitted(given.iter().map(|permission| permission.key()));
        let operations = site.at_desk(RecordKind::Participation).await.len();
        let mut shown = links(&dana.open("/hire/home").await.body);
        let op = token(&dana).await;
        for Door { path, needs, form } in doors(&event, &fair) {
            let opens = needs.is_empty() || needs.iter().any(|need| may.contains(need));
            let page = dana.open(&path).await;
            assert_eq!(page.status, if opens { 200 } else { 404 }, "{given:?} {path}: {}", page.body);
            if opens {
                shown.extend(links(&page.body));
            }
            if form {
                // With a token of another page nothing is taken; and what isn't permitted isn't there.
                let sent = dana.post(&path, &[("op", &op)]).await;
                let expected: &[u16] = if !opens {
                    &[403, 404]
                } else if path == "/account" {
                    &[422]
                } else {
                    &[403]
                };
                assert!(expected.contains(&sent.status), "{given:?} {path}: {}", sent.status);
            }
        }
        // No page leads to one that isn't there.
        shown.sort();
        shown.dedup();
        for path in shown.iter().filter(|path| path.starts_with("/hire/") || path.starts_with("/account")) {
            let page = dana.open(path).await;
            assert_eq!(page.status, 200, "{given:?} leads to {path}");
        }
        assert_eq!(site.at_desk(RecordKind::Participation).await.len(), operations, "nothing was written");
        // What the desk says that a person with this role sees, they see.
        let menu = dana.open("/hire/home").await.body;
        for sight in sees(&may) {
            let page = match sight.area {
                PortalArea::Account => "/account",
                PortalArea::Employer => "/hire/employer",
                PortalArea::People => "/hire/people",
                PortalArea::Jobs => "/hire/jobs",
                PortalArea::Interviews => "/hire/interviews",
                PortalArea::Events | PortalArea::Fairs => "/hire/events",
                // There are no such pages yet.
                PortalArea::Applications | PortalArea::Students => continue,
            };
            let is_there = menu.contains(&format!("href=\"{page}\""));
            assert_eq!(is_there, sight.reach != Reach::Hidden, "{given:?} {page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_side_has_its_own_pages_and_strangers_none() {
    let site = Site::start().await;
    crate::site::sends(&site).await;
    let lena = student(&site, "Lena").await;
    let (dana, _) = signed_up(&site, &DANA).await;
    permits(&site, &PortalPermission::ALL).await;
    let fair = published(&site, event::JOB_FAIR, &[]).await.to_string();
    let of_students =
        ["/people", "/jobs", "/events", "/experiences", "/experiences/new", "/tasks", "/tasks/new", "/questions"];
    for path in of_students {
        assert_eq!(lena.open(path).await.status, 200, "{path}");
        for other in [&dana, &site.browser()] {
            assert_eq!(other.send("GET", path, None, &[]).await.location(), "/log-in", "{path}");
        }
    }
    for Door { path, .. } in doors(&fair, &fair).into_iter().filter(|door| door.path.starts_with("/hire/")) {
        for other in [&lena, &site.browser()] {
            assert_eq!(other.send("GET", &path, None, &[]).await.location(), "/hire/log-in", "{path}");
            let sent = other.post(&path, &[("op", "nothing")]).await;
            assert!(sent.location() == "/hire/log-in" || sent.status == 405, "{path}: {}", sent.status);
        }
    }
}
