//! Archiving and reviving from a terminal.

use crate::listing::condition;
use crate::output::print_done;
use crate::output::{Failure, print_json, say};
use clap::Args;
use liaison_app::Session;
use liaison_app::archive::Revival;
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::{archive, lists};
use liaison_domain::archive::ArchiveWay;
use liaison_domain::filter::ListQuery;
use liaison_domain::{Id, RecordKind};

fn way(text: &str) -> Result<ArchiveWay, String> {
    ArchiveWay::from_key(text).ok_or_else(|| "use one of employer, visibility, attribute, reject".to_owned())
}

/// Which contacts.
#[derive(Args)]
pub struct Which {
    /// The contacts
    #[arg(conflicts_with_all = ["filter", "search", "all_matching"])]
    pub ids: Vec<Id>,
    /// Only contacts that match the condition, written as for `contacts list`; can be repeated
    #[arg(long)]
    pub filter: Vec<String>,
    /// Only contacts that match these words
    #[arg(long)]
    pub search: Option<String>,
    /// All contacts that match; without a filter, the whole directory
    #[arg(long, alias = "all")]
    pub all_matching: bool,
    /// Only show what would happen
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct Archive {
    /// How: change employer to "Inactive", visibility to "Myself", set the attributes, or reject
    #[arg(long, value_parser = way)]
    pub way: ArchiveWay,
    #[command(flatten)]
    pub which: Which,
}

#[derive(Args)]
pub struct Revive {
    /// How the contacts were archived
    #[arg(long, value_parser = way)]
    pub way: ArchiveWay,
    /// With --way employer: the new employer, instead of the previous one
    #[arg(long)]
    pub employer: Option<String>,
    /// New visibility, instead of the one before archiving: myself, career_advisors, students
    #[arg(long)]
    pub visibility: Option<String>,
    /// Give linked users back the access or the role that archiving took
    #[arg(long)]
    pub access: bool,
    #[command(flatten)]
    pub which: Which,
}

async fn selection(session: &Session, which: &Which) -> Result<Selection, Failure> {
    if !which.ids.is_empty() {
        return Ok(Selection::Ids { ids: which.ids.clone() });
    }
    if which.filter.is_empty() && which.search.is_none() && !which.all_matching {
        return Err(Failure::usage("Give contact ids, --filter, --search, or --all-matching."));
    }
    let mut query = ListQuery::all(RecordKind::Contact);
    query.search = which.search.clone().unwrap_or_default();
    for filter in &which.filter {
        query.filter.push(condition(session, RecordKind::Contact, filter)?);
    }
    if !query.search.is_empty() {
        session.engine().start_searching();
    }
    Ok(Selection::Result { result: lists::list_open(session, query).await?.result, except: Vec::new() })
}

/// Archives contacts, or says what that would do.
pub async fn archive(session: &Session, archive: &Archive) -> Result<(), Failure> {
    let (way, which) = (archive.way, &archive.which);
    let selection = selection(session, which).await?;
    if which.dry_run {
        let said = archive::contacts_archive_preview(session, &selection, way).await?;
        say(&format!(
            "{} would be archived, {} already archived, {} rejected and frozen; {} can still log in.",
            said.contacts, said.already, said.frozen, said.can_still_log_in
        ));
        return if which.json { print_json(&said) } else { Ok(()) };
    }
    let done = archive::contacts_archive(session, &selection, way, &mut unwatched).await?;
    say(&format!("{} archived, {} unchanged.", done.changed, done.skipped));
    print_done(&done, which.json)
}

/// Revives contacts, or says what that would do.
pub async fn revive(session: &Session, revive: &Revive) -> Result<(), Failure> {
    let which = &revive.which;
    let employer = match &revive.employer {
        None => None,
        Some(_) if revive.way != ArchiveWay::Employer => {
            return Err(Failure::usage("Use --employer only with --way employer."));
        }
        Some(name) => Some(employer_named(session, name).await?),
    };
    let revival = Revival { way: revive.way, employer, visibility: revive.visibility.clone(), access: revive.access };
    let selection = selection(session, which).await?;
    if which.dry_run {
        let said = archive::contacts_revive_preview(session, &selection, &revival).await?;
        say(&format!(
            "{} would be revived, {} not archived this way, {} rejected and frozen, {} with no known previous employer.",
            said.contacts, said.not_archived, said.frozen, said.no_employer
        ));
        return if which.json { print_json(&said) } else { Ok(()) };
    }
    let done = archive::contacts_revive(session, &selection, &revival, &mut unwatched).await?;
    say(&format!("{} revived, {} unchanged.", done.changed, done.skipped));
    print_done(&done, which.json)
}

/// The employer with this name, or id.
async fn employer_named(session: &Session, name: &str) -> Result<Id, Failure> {
    if let Ok(id) = name.parse() {
        return Ok(id);
    }
    let mut query = ListQuery::all(RecordKind::Employer);
    query.filter.push(condition(session, RecordKind::Employer, &format!("name={name}"))?);
    let opened = lists::list_open(session, query).await?;
    let rows = lists::list_window(session, opened.result, 0, 1, &[]).await?.rows;
    rows.first().map(|row| row.id).ok_or_else(|| liaison_app::CommandError::not_found("employer").into())
}
