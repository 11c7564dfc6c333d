//! Students and alumni from a terminal.

use crate::common_arguments::{Import, List};
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
    /// List them; --filter status=inactive, assigned_to=NAME, user_group=NAME and so on
    List(Listing),
    /// Add one: FIELD=VALUE for each field; first_name, last_name and email must be there
    Add {
        fields: Vec<String>,
        #[arg(long)]
        json: bool,
    },
    /// Import a CSV or xlsx file; who has the address of a row is updated
    Import {
        /// The file
        file: PathBuf,
        /// Only say what would happen
        #[arg(long)]
        dry_run: bool,
        /// Write the rows that can't be imported to this file
        #[arg(long)]
        errors: Option<PathBuf>,
        #[arg(long)]
        json: bool,
    },
    /// Assign them to a staff member
    Assign {
        /// The staff member: words of the name or address, or the id
        #[arg(long, required_unless_present = "nobody", conflicts_with = "nobody")]
        to: Option<String>,
        /// To nobody
        #[arg(long)]
        nobody: bool,
        #[command(flatten)]
        which: Which,
    },
    /// Send the welcome message to those who were not invited so far
    Invite {
        #[command(flatten)]
        which: Which,
        /// Only say who would get a message, who would not and why (JSON)
        #[arg(long)]
        dry_run: bool,
    },
    /// Remind those who are due: invited, not active, the last message 24 hours old; --all reminds all who are due
    Remind {
        #[command(flatten)]
        which: Which,
        /// Only say who would get a message, who would not and why (JSON)
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
    /// Staff with how many cases each has
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
    /// My caseload: those assigned to whoever asks
    #[arg(long)]
    pub mine: bool,
}

/// Which students a command is about.
#[derive(Args)]
pub struct Which {
    /// The students
    #[arg(conflicts_with_all = ["filter", "search", "all"])]
    pub ids: Vec<Id>,
    /// Only those who fulfil the condition; may be repeated
    #[arg(long)]
    pub filter: Vec<String>,
    /// Only those who have these words
    #[arg(long)]
    pub search: Option<String>,
    /// All of them
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
            return Err(Failure::usage("name students, say which with --filter or --search, or say --all"));
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
                let (key, text) = field.split_once('=').ok_or_else(|| Failure::usage("a field wants FIELD=VALUE"))?;
                values.insert(key.to_owned(), FieldValue::Text(text.to_owned()));
            }
            let created = students::student_create(session, &values).await?;
            if *json { print_json(&created) } else { print_line(&created.id.to_string()) }
        }
        StudentsCommand::Import { file, dry_run, errors, json } => {
            let given = Import {
                file: file.clone(),
                kind: RecordKind::Student.key().to_owned(),
                preset: None,
                queue: false,
                dry_run: *dry_run,
                errors: errors.clone(),
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
            say(&format!("{} assigned, {} were so already", done.changed, done.skipped));
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
            say(&format!("{} deactivated, {} were so already", done.changed, done.skipped));
            print_done(&done, which.json)
        }
        StudentsCommand::Reactivate { which } => {
            let done = students::students_reactivate(session, &which.selection(session).await?, &mut unwatched).await?;
            say(&format!("{} reactivated, {} were not deactivated", done.changed, done.skipped));
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
        [] => Err(Failure::usage("nobody who works here has this name")),
        several => {
            let names: Vec<&str> = several.iter().map(|load| load.name.as_str()).collect();
            Err(Failure::usage(&format!("several people have this name: {}", names.join(", "))))
        }
    }
}
