//! Home: what waits for whoever looks, how it is spread, and what is still to be set up.

use crate::error::CommandError;
use crate::session::Session;
use crate::{invitations, lists, onboarding, staff};
use chrono::{Days, NaiveDate};
use liaison_domain::filter::{Condition, FilterOp, ListQuery};
use liaison_domain::home::{self, Day, HomeNumber};
use liaison_domain::{OperationKind, Permission, RecordKind, contact, student, time_zone};
use liaison_queries::students;
use liaison_store::operations;
use serde::Serialize;
use specta::Type;

/// How many days the approvals are told of.
const DAYS: u64 = 14;
/// What lets contacts into the directory.
const APPROVALS: [OperationKind; 3] =
    [OperationKind::ContactsApprove, OperationKind::ContactsApproveAndAssign, OperationKind::ContactsApproveInto];

/// A number with exactly the list it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct HomeFigure {
    /// What it counts.
    pub name: HomeNumber,
    /// The list.
    pub query: ListQuery,
    /// How many records are in it.
    pub count: u32,
}

/// A part of a chart with exactly the list it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct HomeBar {
    /// What it is: a source, a step of the activation; a staff member's id, or empty for nobody's cases.
    pub key: String,
    /// The staff member's name.
    pub name: Option<String>,
    /// The list.
    pub query: ListQuery,
    /// How many records are in it.
    pub count: u32,
}

/// How many steps of one kind the history has on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct HomeSteps {
    /// The day, as `yyyy-mm-dd`.
    pub day: String,
    /// The kind.
    pub kind: OperationKind,
    /// How many.
    pub count: u32,
}

/// How things are spread. What the role may not do is empty.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct HomeCharts {
    /// Pending contacts by source, the largest part first.
    pub queue: Vec<HomeBar>,
    /// The days the approvals are told of, oldest first.
    pub days: Vec<String>,
    /// Approvals by day and kind.
    pub approvals: Vec<HomeSteps>,
    /// How far students and alumni came with their accounts.
    pub activation: Vec<HomeBar>,
    /// Caseloads by advisor, the largest first; then those who are nobody's case.
    pub caseloads: Vec<HomeBar>,
}

/// What is still to be set up, for whoever may.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct HomeSetup {
    /// Colleagues who can open Liaison, beside whoever looks.
    pub colleagues: u32,
    /// The institution has a logo or a color of its own.
    pub look: bool,
    /// Where links in invitations lead; empty where that is not set.
    pub portal: String,
    /// This computer has a mail server.
    pub mail: bool,
    /// Onboarding questions that are asked.
    pub questions: u32,
    /// Contacts, pending and rejected ones too, and students and alumni.
    pub people: u32,
    /// The users who were not invited yet, as a list.
    pub not_invited: ListQuery,
    /// How many they are.
    pub not_invited_count: u32,
}

fn today(session: &Session) -> Day {
    let (date, zone) = (session.today(), session.zone());
    Day { date: date.to_string(), begins: time_zone::begins(date, zone), ends: time_zone::ends(date, zone) }
}

/// The numbers on Home for whoever looks.
pub async fn home_figures(session: &Session) -> Result<Vec<HomeFigure>, CommandError> {
    session.actor().require(Permission::ViewContacts)?;
    let mut figures = Vec::new();
    for (name, query) in home::numbers(&session.actor(), &today(session)) {
        figures.push(HomeFigure { name, count: lists::list_count(session, query.clone()).await?, query });
    }
    Ok(figures)
}

async fn bar(session: &Session, key: String, name: Option<String>, query: ListQuery) -> Result<HomeBar, CommandError> {
    Ok(HomeBar { key, name, count: lists::list_count(session, query.clone()).await?, query })
}

/// How the queue, approvals, accounts and caseloads are spread.
pub async fn home_charts(session: &Session) -> Result<HomeCharts, CommandError> {
    let actor = session.actor();
    actor.require(Permission::ViewContacts)?;
    let mut queue = Vec::new();
    for (source, query) in home::queue_by_source(&actor) {
        queue.push(bar(session, source.to_owned(), None, query).await?);
    }
    queue.retain(|bar| bar.count > 0);
    queue.sort_by_key(|bar| std::cmp::Reverse(bar.count));
    let mut activation = Vec::new();
    for (step, query) in home::activation(&actor) {
        activation.push(bar(session, step.to_owned(), None, query).await?);
    }
    let mut caseloads = Vec::new();
    if actor.may(Permission::AssignCases) {
        // Who has which cases is open to everybody who works here.
        for load in session.read(|view| students::case_loads(view.everything())).await? {
            if load.cases > 0 {
                let name = format!("{} {}", load.first_name, load.last_name).trim().to_owned();
                caseloads.push(bar(session, load.id.to_string(), Some(name), home::caseload(Some(load.id))).await?);
            }
        }
        caseloads.sort_by_key(|bar| std::cmp::Reverse(bar.count));
        let nobody = bar(session, String::new(), None, home::caseload(None)).await?;
        caseloads.extend(Some(nobody).filter(|bar| bar.count > 0));
    }
    let (days, approvals) = approvals(session).await?;
    Ok(HomeCharts { queue, days, approvals, activation, caseloads })
}

/// Approvals of the last days, for whoever may read the history.
async fn approvals(session: &Session) -> Result<(Vec<String>, Vec<HomeSteps>), CommandError> {
    let actor = session.actor();
    if !(actor.may(Permission::ViewAuditLog) && actor.may(Permission::ReviewContacts)) {
        return Ok((Vec::new(), Vec::new()));
    }
    let (today, zone) = (session.today(), session.zone());
    let days: Vec<NaiveDate> = (0..DAYS).rev().filter_map(|back| today.checked_sub_days(Days::new(back))).collect();
    let since = days.first().map_or(0, |day| time_zone::begins(*day, zone));
    // When something was approved names nobody.
    let found = session.read(|view| operations::moments(view.everything(), &APPROVALS, since)).await?;
    let mut steps: Vec<HomeSteps> = Vec::new();
    for (kind, at) in found {
        // A day ends where the next one begins, as in the history.
        let Some(day) = days.iter().rfind(|day| time_zone::begins(**day, zone) <= at) else { continue };
        if at >= time_zone::ends(today, zone) {
            continue;
        }
        let day = day.to_string();
        match steps.iter_mut().find(|step| step.day == day && step.kind == kind) {
            Some(step) => step.count += 1,
            None => steps.push(HomeSteps { day, kind, count: 1 }),
        }
    }
    Ok((days.iter().map(ToString::to_string).collect(), steps))
}

/// What is still to be set up.
pub async fn home_setup(session: &Session) -> Result<HomeSetup, CommandError> {
    session.actor().require(Permission::ManageSettings)?;
    let staff = staff::staff_list(session).await?;
    let look = crate::institution::institution_look(session).await?;
    let invited = invitations::invitation_settings(session).await?;
    let questions = onboarding::onboarding_list(session).await?;
    let anywhere = Condition {
        field: contact::APPROVAL.key.to_owned(),
        op: FilterOp::Is,
        values: contact::APPROVALS.iter().map(|approval| (*approval).to_owned()).collect(),
    };
    let contacts = ListQuery { filter: vec![anywhere], ..ListQuery::all(RecordKind::Contact) };
    let not_invited = ListQuery {
        filter: vec![Condition::is(&student::STATUS, student::NOT_INVITED)],
        ..ListQuery::all(RecordKind::Student)
    };
    Ok(HomeSetup {
        colleagues: staff.iter().filter(|person| !person.me && !person.deactivated).count() as u32,
        look: !look.logo.is_empty() || !look.color.is_empty(),
        portal: invited.portal,
        mail: invited.mail_set_up,
        questions: questions.iter().filter(|question| !question.retired).count() as u32,
        people: lists::list_count(session, contacts).await?
            + lists::list_count(session, ListQuery::all(RecordKind::Student)).await?,
        not_invited_count: lists::list_count(session, not_invited.clone()).await?,
        not_invited,
    })
}
