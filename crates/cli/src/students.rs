//! Students and alumni from a terminal.

use crate::common_arguments::{Import, List, Questions, Reading};
use crate::contacts::import;
use crate::invitations;
use crate::listing::condition;
use crate::output::print_done;
use crate::output::{Failure, print_json, print_line, say};
use crate::records;
use clap::{Args, Subcommand};
use liaison_app::Session;
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::{lists, students};
use liaison_domain::filter::ListQuery;
use liaison_domain::parse::FieldValue;
use liaison_domain::reminder::Sending;
use liaison_domain::{Id, RecordKind};
use std::collections::HashMap;
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum StudentsCommand {
    /// List students and alumni, for example with --filter status=inactive, assigned_to=NAME, user_group=NAME and so on
    List(Listing),
    /// Add a user: FIELD=VALUE for each field; first_name, last_name, and email are required
    Add {
        fields: Vec<String>,
        #[arg(long)]
        json: bool,
    },
    /// Import a CSV or Excel file; users with the same email are updated
    Import {
        /// The file
        file: PathBuf,
        #[command(flatten)]
        reading: Reading,
        /// Only show what would happen
        #[arg(long)]
        dry_run: bool,
        /// Save the rows that can’t be imported to this file
        #[arg(long)]
        errors: Option<PathBuf>,
        #[arg(long)]
        json: bool,
    },
    /// Assign cases to a staff member
    Assign {
        /// The staff member: part of the name or email, or the id
        #[arg(long, required_unless_present = "nobody", conflicts_with = "nobody")]
        to: Option<String>,
        /// Unassign
        #[arg(long)]
        nobody: bool,
        #[command(flatten)]
        which: Which,
    },
    /// Send the welcome message to those who haven’t been invited
    Invite {
        #[command(flatten)]
        which: Which,
        /// Only show who would get an email, who wouldn’t, and why (JSON)
        #[arg(long)]
        dry_run: bool,
    },
    /// Remind those who are due: invited, not active, and last emailed at least 24 hours ago; --all reminds everyone who is due
    Remind {
        #[command(flatten)]
        which: Which,
        /// Only show who would get an email, who wouldn’t, and why (JSON)
        #[arg(long)]
        dry_run: bool,
    },
    /// Deactivate accounts
    Deactivate {
        #[command(flatten)]
        which: Which,
    },
    /// Reactivate accounts
    Reactivate {
        #[command(flatten)]
        which: Which,
    },
    /// List staff and how many cases each has
    Loads {
        #[arg(default_value = "")]
        search: String,
        #[arg(long)]
        json: bool,
    },
}

/// Which students to list.
#[derive(Args)]
pub struct Listing {
    #[command(flatten)]
    pub list: List,
    /// My caseload: only those assigned to you
    #[arg(long)]
    pub mine: bool,
}

/// Which students a command is about.
#[derive(Args)]
pub struct Which {
    /// The students
    #[arg(conflicts_with_all = ["filter", "search", "all"])]
    pub ids: Vec<Id>,
    /// Only those who match the condition; can be repeated
    #[arg(long)]
    pub filter: Vec<String>,
    /// Only those who match these words
    #[arg(long)]
    pub search: Option<String>,
    /// All students and alumni
    #[arg(long)]
    pub all: bool,
    #[arg(long)]
    pub json: bool,
}

impl Which {
    async fn selection(&self, session: &Session) -> Result<Selection, Failure> {
        if !self.ids.is_empty() {
            return Ok(Selection::Ids { ids: self.ids.clone() });
        }
        if self.filter.is_empty() && self.search.is_none() && !self.all {
            return Err(Failure::usage("Give student ids, --filter, --search, or --all."));
        }
        let mut query = ListQuery::all(RecordKind::Student);
        query.search = self.search.clone().unwrap_or_default();
        for filter in &self.filter {
            query.filter.push(condition(session, RecordKind::Student, filter)?);
        }
        Ok(Selection::Result { result: lists::list_open(session, query).await?.result, except: Vec::new() })
    }
}

/// Does what was asked.
pub async fn run(session: &Session, command: &StudentsCommand) -> Result<(), Failure> {
    match command {
        StudentsCommand::List(Listing { list, mine }) => {
            let base = if *mine { students::my_caseload(session) } else { ListQuery::all(RecordKind::Student) };
            records::list_from(session, base, list).await
        }
        StudentsCommand::Add { fields, json } => {
            let mut values = HashMap::new();
            for field in fields {
                let (key, text) =
                    field.split_once('=').ok_or_else(|| Failure::usage("Write each field as FIELD=VALUE."))?;
                values.insert(key.to_owned(), FieldValue::Text(text.to_owned()));
            }
            let created = students::student_create(session, &values).await?;
            if *json { print_json(&created) } else { print_line(&created.id.to_string()) }
        }
        StudentsCommand::Import { file, reading, dry_run, errors, json } => {
            let given = Import {
                file: file.clone(),
                kind: RecordKind::Student.key().to_owned(),
                preset: None,
                queue: false,
                reading: reading.clone(),
                dry_run: *dry_run,
                errors: errors.clone(),
                questions: Questions::default(),
                json: *json,
            };
            import(session, &given).await
        }
        StudentsCommand::Assign { to, which, .. } => {
            let to = match to {
                Some(person) => Some(holder(session, person).await?),
                None => None,
            };
            let selection = which.selection(session).await?;
            let done = students::students_assign(session, &selection, to, &mut unwatched).await?;
            say(&format!("{} changed, {} unchanged.", done.changed, done.skipped));
            print_done(&done, which.json)
        }
        StudentsCommand::Invite { which, dry_run } => {
            let (how, selection) = ((*dry_run, which.json), which.selection(session).await?);
            invitations::send(session, RecordKind::Student, &selection, Sending::Invitation, how).await
        }
        StudentsCommand::Remind { which, dry_run } => {
            let (how, selection) = ((*dry_run, which.json), which.selection(session).await?);
            invitations::send(session, RecordKind::Student, &selection, Sending::Reminder, how).await
        }
        StudentsCommand::Deactivate { which } => {
            let done = students::students_deactivate(session, &which.selection(session).await?, &mut unwatched).await?;
            say(&format!("{} deactivated, {} already deactivated.", done.changed, done.skipped));
            print_done(&done, which.json)
        }
        StudentsCommand::Reactivate { which } => {
            let done = students::students_reactivate(session, &which.selection(session).await?, &mut unwatched).await?;
            say(&format!("{} reactivated, {} not deactivated.", done.changed, done.skipped));
            print_done(&done, which.json)
        }
        StudentsCommand::Loads { search, json } => {
            let loads = students::case_loads(session, search).await?;
            if *json {
                return print_json(&loads);
            }
            for load in loads {
                print_line(&format!("{}\t{}\t{} cases", load.id, load.name, load.cases))?;
            }
            Ok(())
        }
    }
}

/// The one staff member somebody means.
async fn holder(session: &Session, text: &str) -> Result<Id, Failure> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    match students::case_loads(session, text).await?.as_slice() {
        [only] => Ok(only.id),
        [] => Err(Failure::usage("No staff member has this name.")),
        several => {
            let names: Vec<&str> = several.iter().map(|load| load.name.as_str()).collect();
            Err(Failure::usage(&format!("Several people have this name: {}", names.join(", "))))
        }
    }
}
