//! The trash from a terminal.

use crate::output::print_done;
use crate::output::{Failure, print_json, print_line, say};
use clap::{Args, Subcommand};
use liaison_app::Session;
use liaison_app::erasure::ErasureDone;
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::trash;
use liaison_domain::{Id, RecordKind};

#[derive(Args)]
pub struct Delete {
    /// The records
    #[arg(required = true)]
    pub ids: Vec<Id>,
    /// Kind of record
    #[arg(long, default_value = "contact", value_parser = kind)]
    pub kind: RecordKind,
    /// Only show what would happen (JSON)
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand)]
pub enum TrashCommand {
    /// List the trash
    List {
        /// Kind of record
        #[arg(long, default_value = "contact", value_parser = kind)]
        kind: RecordKind,
        #[arg(long, default_value_t = 200)]
        limit: u32,
        #[arg(long)]
        json: bool,
    },
    /// Restore records from the trash
    Restore {
        #[arg(required = true)]
        ids: Vec<Id>,
        #[arg(long, default_value = "contact", value_parser = kind)]
        kind: RecordKind,
        #[arg(long)]
        json: bool,
    },
    /// Delete records in the trash permanently; this can’t be undone
    Erase {
        #[arg(required = true)]
        ids: Vec<Id>,
        #[arg(long, default_value = "contact", value_parser = kind)]
        kind: RecordKind,
        #[arg(long)]
        json: bool,
    },
}

/// A kind of record, by its key.
pub fn kind(key: &str) -> Result<RecordKind, String> {
    RecordKind::from_key(key).ok_or_else(|| {
        let keys: Vec<&str> = RecordKind::ALL.iter().map(|kind| kind.key()).collect();
        format!("use one of {}", keys.join(", "))
    })
}

pub async fn delete(session: &Session, arguments: &Delete) -> Result<(), Failure> {
    let selection = Selection::Ids { ids: arguments.ids.clone() };
    if arguments.dry_run {
        return print_json(&trash::delete_preview(session, arguments.kind, &selection).await?);
    }
    let done = trash::delete(session, arguments.kind, &selection, &mut unwatched).await?;
    say(&format!(
        "{} moved to the trash, {} not deleted because other records are linked to them.",
        done.changed, done.skipped
    ));
    print_done(&done, arguments.json)
}

/// Says what is still to be done after an erasure, and prints its operation.
pub fn print_erasure(done: &ErasureDone, json: bool) -> Result<(), Failure> {
    if let Some(traces) = done.traces {
        say(traces.words());
    }
    match done.operation {
        _ if json => print_json(done),
        Some(operation) => print_line(&operation.to_string()),
        None => Ok(()),
    }
}

pub async fn run(session: &Session, command: &TrashCommand) -> Result<(), Failure> {
    match command {
        TrashCommand::List { kind, limit, json } => {
            let page = trash::trash_list(session, *kind, 0, *limit).await?;
            if *json {
                return print_json(&page);
            }
            for row in &page.rows {
                let until = liaison_app::moment::utc_text(row.erased_at);
                print_line(&format!(
                    "{}\t{}\tdeleted by {}\tkept until at least {until} UTC",
                    row.id, row.name, row.by
                ))?;
            }
            say(&format!("{} in the trash.", page.total));
            Ok(())
        }
        TrashCommand::Restore { ids, kind, json } => {
            let done = trash::restore(session, *kind, ids).await?;
            say(&format!("{} restored, {} not in the trash.", done.changed, done.skipped));
            print_done(&done, *json)
        }
        TrashCommand::Erase { ids, kind, json } => {
            let done = trash::erase(session, *kind, ids, &mut unwatched).await?;
            say(&format!("{} deleted permanently, {} not in the trash.", done.changed, done.skipped));
            print_erasure(&done, *json)
        }
    }
}
