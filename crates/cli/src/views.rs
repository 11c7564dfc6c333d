//! Saved views, and files of lists.

use crate::listing::{condition, print_list, sort_key};
use crate::output::{Failure, destination, print_json, print_line, say};
use clap::{Args, Subcommand};
use liaison_app::Session;
use liaison_app::export::{ExportFormat, ExportInput};
use liaison_app::files::Destination;
use liaison_app::import::unwatched;
use liaison_app::lists::Selection;
use liaison_app::{export, lists, views};
use liaison_domain::built_in_view::built_in_views;
use liaison_domain::filter::ListQuery;
use liaison_domain::{Id, RecordKind};
use serde_json::json;
use std::path::PathBuf;

#[derive(Args)]
pub struct Export {
    /// The format of the file; vcard is version 3.0, vcard4 version 4.0
    #[arg(long, value_parser = ["csv", "xlsx", "vcard", "vcard4"], required_unless_present = "program")]
    pub format: Option<String>,
    /// Instead, the program that will import the file: it gets its own columns, or cards. outlook is the classic Outlook for
    /// Windows, outlook_web the new Outlook and Outlook on the web
    #[arg(long = "for", conflicts_with = "format", value_parser = PROGRAMS)]
    pub program: Option<String>,
    /// File to write; "-" is standard output. An existing file is replaced once the new one is complete; links are
    /// followed, and pipes and devices are written to
    #[arg(short, long)]
    pub output: PathBuf,
    /// A view, by its name, key, or id, with its columns unless you give --columns
    #[arg(long)]
    pub view: Option<String>,
    /// Kind of record
    #[arg(long, default_value = "contact", conflicts_with = "view")]
    pub kind: String,
    /// Words to search for (beginnings of words match, too)
    #[arg(long, default_value = "")]
    pub search: String,
    /// Condition; can be repeated (see `contacts list`)
    #[arg(long)]
    pub filter: Vec<String>,
    /// Field to sort by; a leading minus sorts in descending order
    #[arg(long, allow_hyphen_values = true)]
    pub sort: Option<String>,
    /// Keys of the columns, separated by commas (default: all fields)
    #[arg(long, value_delimiter = ',')]
    pub columns: Vec<String>,
    #[arg(long)]
    pub json: bool,
}

/// Programs that files can be written for. Apple's take cards of version 3.0, as do phones.
const PROGRAMS: [&str; 6] = ["google", "outlook", "outlook_web", "thunderbird", "handshake", "apple"];

#[derive(Subcommand)]
pub enum ViewsCommand {
    /// List the views with their counts
    List {
        #[arg(long)]
        json: bool,
    },
    /// List the records of a view
    Show {
        /// Name, key, or id of the view
        view: String,
        #[arg(long)]
        limit: Option<u32>,
        #[arg(long)]
        json: bool,
    },
}

/// A view as the command line names it.
struct Named {
    key: String,
    name: String,
    query: ListQuery,
    columns: Vec<String>,
    id: Option<Id>,
    shared: bool,
}

async fn all(session: &Session) -> Result<Vec<Named>, Failure> {
    let views = views::views_list(session).await?;
    let built_in = built_in_views().map(|view| Named {
        key: view.key.to_owned(),
        name: view.name.to_owned(),
        query: view.query(),
        columns: view.columns.iter().map(|key| (*key).to_owned()).collect(),
        id: None,
        shared: true,
    });
    let saved = views.saved.into_iter().map(|view| Named {
        key: view.id.to_string(),
        name: view.name,
        query: view.query,
        columns: view.columns,
        id: Some(view.id),
        shared: view.shared,
    });
    Ok(built_in.chain(saved).collect())
}

/// The view with this key, id or name.
async fn named(session: &Session, wanted: &str) -> Result<Named, Failure> {
    let found =
        all(session).await?.into_iter().find(|view| view.key == wanted || view.name.eq_ignore_ascii_case(wanted));
    found.ok_or_else(|| liaison_app::CommandError::not_found("saved_view").into())
}

/// Lists the views, or shows one.
pub async fn views(session: &Session, command: &ViewsCommand) -> Result<(), Failure> {
    match command {
        ViewsCommand::List { json } => {
            let views = all(session).await?;
            let counts = views::list_counts(session, views.iter().map(|view| view.query.clone()).collect()).await?;
            let mut rows = Vec::new();
            for (view, count) in views.iter().zip(counts) {
                if *json {
                    rows.push(
                        json!({ "view": view.key, "name": view.name, "kind": view.query.kind, "shared": view.shared,
                        "built_in": view.id.is_none(), "count": count }),
                    );
                } else {
                    let count = count.map_or_else(|| "?".to_owned(), |count| count.to_string());
                    print_line(&format!("{}\t{}\t{}\t{count}", view.key, view.query.kind.key(), view.name))?;
                }
            }
            if *json { print_json(&rows) } else { Ok(()) }
        }
        ViewsCommand::Show { view, limit, json } => {
            let view = named(session, view).await?;
            let columns = if view.columns.is_empty() { vec!["email".to_owned()] } else { view.columns };
            // "name" is what every row begins with.
            let columns = columns.into_iter().filter(|key| key != "name").collect::<Vec<_>>();
            let kind = view.query.kind;
            // Kinds other than contacts have columns of their own.
            let columns = columns.into_iter().filter(|key| session.registry().field(kind, key).is_some()).collect();
            print_list(session, view.query, columns, *limit, *json).await
        }
    }
}

/// Writes a file of a list.
pub async fn export(session: &Session, export: &Export) -> Result<(), Failure> {
    let to = destination(&export.output);
    if export.json && matches!(to, Destination::StandardOutput) {
        return Err(Failure::usage(
            "Standard output can’t hold both the file and --json. Write the file with --output.",
        ));
    }
    let format = match export.program.as_ref().or(export.format.as_ref()).map(String::as_str) {
        Some("apple") => Some(ExportFormat::Vcard),
        key => key.and_then(ExportFormat::from_key),
    };
    let format = format.ok_or_else(|| Failure::usage("No such format."))?;
    let mut columns = export.columns.clone();
    let mut query = match &export.view {
        Some(view) => {
            let view = named(session, view).await?;
            if columns.is_empty() {
                columns = view.columns;
                if !columns.is_empty() && !columns.iter().any(|key| key == "name") {
                    columns.insert(0, "name".to_owned());
                }
            }
            view.query
        }
        None => {
            let kind = RecordKind::from_key(&export.kind).ok_or_else(|| Failure::usage("No such kind of record."))?;
            ListQuery::all(kind)
        }
    };
    if !export.search.is_empty() {
        query.search.clone_from(&export.search);
    }
    for filter in &export.filter {
        query.filter.push(condition(session, query.kind, filter)?);
    }
    if let Some(sort) = &export.sort {
        query.sort = vec![sort_key(session, query.kind, sort)];
    }
    if !query.search.is_empty() {
        session.engine().start_searching();
    }
    let kind = query.kind;
    let opened = lists::list_open(session, query).await?;
    let selection = Selection::Result { result: opened.result, except: Vec::new() };
    let input = ExportInput { kind, selection, format, columns };
    let done = export::export(session, &input, to, &mut unwatched).await?;
    if !done.left_out.is_empty() {
        say(&format!("Not in this format: {}", done.left_out.join(", ")));
    }
    if done.refused > 0 {
        let refused = done.refused;
        say(&format!("Left out, because Handshake needs an email, a first name, and a last name: {refused}"));
    }
    if done.replaced > 0 {
        let replaced = done.replaced;
        say(&format!(
            "Contacts with characters Outlook for Windows can’t read (now without accents, or “?”): {replaced}"
        ));
    }
    match to {
        Destination::Path(_) => say(&format!("{} records saved to {}", done.records, done.path)),
        Destination::StandardOutput => say(&format!("{} records", done.records)),
    }
    if export.json { print_json(&done) } else { Ok(()) }
}
