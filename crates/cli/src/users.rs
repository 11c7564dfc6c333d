//! Employer users and staff from a terminal.

use crate::output::print_done;
use crate::output::{Failure, print_json, print_line, say};
use crate::trash::print_erasure;
use clap::{Subcommand, ValueEnum};
use liaison_app::Session;
use liaison_app::import::unwatched;
use liaison_app::lists::{Selection, WINDOW_MOST};
use liaison_app::new_users::NewUser;
use liaison_app::staff::StaffAssignment;
use liaison_app::{lists, new_users, roles, staff, staff_roles, users};
use liaison_domain::filter::ListQuery;
use liaison_domain::parse::FieldValue;
use liaison_domain::{Id, RecordKind, StaffRole};
use serde_json::json;
use std::collections::HashMap;

/// On or off.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    On,
    Off,
}

#[derive(Subcommand)]
pub enum UsersCommand {
    /// List employer users; those who aren’t contacts have no name here
    List {
        #[arg(long, default_value = "")]
        search: String,
        #[arg(long, default_value_t = 200)]
        limit: u32,
        #[arg(long)]
        json: bool,
    },
    /// Add a login for a contact, or for someone who becomes a contact with it; no email is sent
    Add {
        /// The contact’s id, or "First Last <email>"
        who: String,
        /// The role, by its name
        #[arg(long, default_value = liaison_domain::role::DEFAULT_ACCESS)]
        role: String,
        #[arg(long)]
        json: bool,
    },
    /// Turn "User Can Access Your Site" on or off
    Access {
        switch: Switch,
        #[arg(required = true)]
        ids: Vec<Id>,
        #[arg(long)]
        json: bool,
    },
    /// Give employer users a role, by its name
    Role {
        role: String,
        #[arg(required = true)]
        ids: Vec<Id>,
        #[arg(long)]
        json: bool,
    },
    /// Delete employer users permanently, with all their data; this can’t be undone
    Delete {
        #[arg(required = true)]
        ids: Vec<Id>,
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
pub enum StaffCommand {
    /// List staff
    List {
        #[arg(long)]
        json: bool,
    },
    /// Add a staff member
    Add {
        /// "First Last <email>"
        person: String,
        /// administrator, advisor, viewer, or the name of your own role
        #[arg(long, default_value = "advisor")]
        role: String,
        #[arg(long)]
        json: bool,
    },
    /// Change a staff member’s role
    Role {
        id: Id,
        /// administrator, advisor, viewer, or the name of your own role
        role: String,
        #[arg(long)]
        json: bool,
    },
}

/// `users …`
pub async fn users(session: &Session, command: &UsersCommand) -> Result<(), Failure> {
    let of = |ids: &[Id]| Selection::Ids { ids: ids.to_vec() };
    match command {
        UsersCommand::List { search, limit, json } => {
            let query = ListQuery { search: search.clone(), ..ListQuery::all(RecordKind::EmployerUser) };
            let opened = lists::list_open(session, query).await?;
            say(&format!("{} employer users", opened.total));
            let columns = ["email", "employer", "role", "access"].map(str::to_owned);
            let (mut at, end, mut rows) = (0, opened.total.min(*limit), Vec::new());
            while at < end {
                let window =
                    lists::list_window(session, opened.result, at, (end - at).min(WINDOW_MOST), &columns).await?;
                at += WINDOW_MOST;
                if *json {
                    rows.extend(window.rows);
                    continue;
                }
                for row in window.rows {
                    let words = row.cells.into_iter().map(|cell| match (cell.text, cell.value) {
                        (Some(text), _) | (None, FieldValue::Text(text)) => text,
                        (None, FieldValue::Flag(on)) => if on { "on" } else { "off" }.to_owned(),
                        _ => String::new(),
                    });
                    let name = if row.name.is_empty() { "(private)".to_owned() } else { row.name };
                    print_line(&format!("{}\t{name}\t{}", row.id, words.collect::<Vec<_>>().join("\t")))?;
                }
            }
            if *json { print_json(&json!({ "total": opened.total, "rows": rows })) } else { Ok(()) }
        }
        UsersCommand::Add { who, role, json } => {
            let role = roles::role_named(session, role).await?;
            let who = match who.parse::<Id>() {
                Ok(contact) => NewUser::Contact { contact },
                Err(_) => NewUser::Person { values: person_values(who)? },
            };
            let created = new_users::user_create(session, &who, role).await?;
            if !json {
                match (created.invited, created.withheld) {
                    (true, _) => say("An invitation to choose a password is in the outbox."),
                    (false, Some(reason)) => {
                        say(&format!("No invitation sent: {}.", crate::invitations::words(reason)))
                    }
                    (false, None) => say("No invitation sent."),
                }
            }
            if *json { print_json(&created) } else { print_line(&created.user.to_string()) }
        }
        UsersCommand::Access { switch, ids, json } => {
            let done = users::users_access(session, &of(ids), *switch == Switch::On, &mut unwatched).await?;
            print_done(&done, *json)
        }
        UsersCommand::Role { role, ids, json } => {
            let role = roles::role_named(session, role).await?;
            print_done(&users::users_role(session, &of(ids), role, &mut unwatched).await?, *json)
        }
        UsersCommand::Delete { ids, json } => {
            let done = users::users_erase(session, &of(ids), &mut unwatched).await?;
            say(&format!("{} employer users deleted permanently", done.changed));
            print_erasure(&done, *json)
        }
    }
}

/// Name and address of somebody written as "First Last <email>", as fields of a form.
fn person_values(person: &str) -> Result<HashMap<String, FieldValue>, Failure> {
    let (first_name, last_name, email) = crate::common_arguments::person(person)?;
    Ok([("first_name", first_name), ("last_name", last_name), ("email", email)]
        .map(|(key, value)| (key.to_owned(), FieldValue::Text(value)))
        .into())
}

/// The role with this key or name.
async fn assignment(session: &Session, role: &str) -> Result<StaffAssignment, Failure> {
    let wanted = role.to_lowercase();
    for row in staff_roles::staff_roles_list(session).await? {
        if row.name.to_lowercase() == wanted {
            return match (row.id, row.built_in) {
                (Some(role), _) => Ok(StaffAssignment::Own { role }),
                (None, built_in) => Ok(StaffAssignment::BuiltIn { role: built_in.unwrap_or(StaffRole::Viewer) }),
            };
        }
    }
    Err(Failure::usage("No such staff role. Use administrator, advisor, viewer, or the name of your own role."))
}

/// `staff …`
pub async fn staff(session: &Session, command: &StaffCommand) -> Result<(), Failure> {
    match command {
        StaffCommand::List { json } => {
            let staff = staff::staff_list(session).await?;
            if *json {
                return print_json(&staff);
            }
            for person in staff {
                let role = person.own_role.map_or_else(|| person.role.key().to_owned(), |role| role.name);
                let state = if person.deactivated { "deactivated" } else { "active" };
                let (first, last) = (person.first_name, person.last_name);
                print_line(&format!("{}\t{first} {last}\t{}\t{role}\t{state}", person.id, person.email))?;
            }
            Ok(())
        }
        StaffCommand::Add { person, role, json } => {
            let values = person_values(person)?;
            let created = staff::staff_create(session, &values, assignment(session, role).await?).await?;
            if *json { print_json(&created) } else { print_line(&created.id.to_string()) }
        }
        StaffCommand::Role { id, role, json } => {
            let done = staff::staff_assign(session, *id, assignment(session, role).await?).await?;
            print_done(&done, *json)
        }
    }
}
