//! Fields and custom attributes from a terminal.

use crate::output::print_done;
use crate::output::{Failure, print_json, print_line, say};
use crate::trash::kind;
use clap::Subcommand;
use liaison_app::Session;
use liaison_app::attributes;
use liaison_app::attributes::AttributeInfo;
use liaison_app::schema::schema;
use liaison_domain::parse::FieldValue;
use liaison_domain::{FieldType, RecordKind};
use std::collections::HashMap;

#[derive(Subcommand)]
pub enum AttributesCommand {
    /// List custom attributes and how many records have a value
    List {
        #[arg(long)]
        json: bool,
    },
    /// Add a custom attribute
    Add {
        name: String,
        /// Type: text, number, date, yes_no, or choice
        #[arg(long = "type", value_name = "TYPE")]
        value_type: String,
        /// Kind of record that has it: contact, employer, or employer_user
        #[arg(long, default_value = "contact", value_parser = kind)]
        kind: RecordKind,
        /// A choice; can be repeated
        #[arg(long)]
        choice: Vec<String>,
        #[arg(long)]
        description: Option<String>,
        #[arg(long)]
        json: bool,
    },
    /// Move an attribute to the trash, by name or key; records keep their values in case you restore it
    Delete {
        name: String,
        #[arg(long)]
        json: bool,
    },
    /// Restore an attribute from the trash, by name or key
    Restore {
        name: String,
        #[arg(long)]
        json: bool,
    },
}

/// The key of the field with this key or name, and its type; a name that nothing has is handed on to be refused.
pub fn named(session: &Session, kind: RecordKind, name: &str) -> (String, Option<FieldType>) {
    let registry = session.registry();
    let found = registry
        .field(kind, name)
        .or_else(|| registry.fields(kind).find(|field| field.label.eq_ignore_ascii_case(name.trim())));
    found.map_or((name.to_owned(), None), |field| (field.key.to_owned(), Some(field.field_type)))
}

/// Lists the fields of a kind.
pub fn list(session: &Session, kind: RecordKind, json: bool) -> Result<(), Failure> {
    let fields = schema(&session.registry()).into_iter().find(|of| of.kind == kind).map_or(Vec::new(), |of| of.fields);
    if json {
        return print_json(&fields);
    }
    for field in fields {
        let field_type = match field.field_type {
            FieldType::Text { .. } => "text".to_owned(),
            FieldType::LongText { .. } => "long text".to_owned(),
            FieldType::Choice { choices } => format!("choice of {}", choices.join(", ")),
            FieldType::Reference { kind } => kind.key().to_owned(),
            other => format!("{other:?}").to_lowercase(),
        };
        print_line(&format!("{:18}  {:26}  {field_type}", field.key, field.label))?;
    }
    Ok(())
}

/// Lists, defines, deletes and restores attributes.
pub async fn attributes(session: &Session, command: &AttributesCommand) -> Result<(), Failure> {
    match command {
        AttributesCommand::List { json } => {
            let all = attributes::attributes_list(session).await?;
            if *json {
                return print_json(&all);
            }
            for info in all {
                let trash = if info.deleted { "  (in the trash)" } else { "" };
                let (kind, count) = (info.records.key(), info.filled);
                print_line(&format!(
                    "{:8}  {:26}  {:8}  {kind}  {count} filled{trash}",
                    info.key, info.name, info.value_type
                ))?;
            }
            Ok(())
        }
        AttributesCommand::Add { name, value_type, kind, choice, description, json } => {
            let text = |text: &str| FieldValue::Text(text.to_owned());
            let mut values = HashMap::from([
                ("name".to_owned(), text(name)),
                ("records".to_owned(), text(kind.key())),
                ("type".to_owned(), text(value_type)),
                ("choices".to_owned(), FieldValue::List(choice.clone())),
            ]);
            values.extend(description.as_deref().map(|description| ("description".to_owned(), text(description))));
            let created = attributes::attribute_define(session, &values).await?;
            let all = attributes::attributes_list(session).await?;
            let info = all.into_iter().find(|info| info.id == created.id);
            say(&format!("Attribute {name} added as {}.", info.as_ref().map_or("", |info| info.key.as_str())));
            match (json, info) {
                (true, Some(AttributeInfo { key, .. })) => {
                    print_json(&serde_json::json!({ "id": created.id, "key": key, "operation": created.operation }))
                }
                _ => print_line(&created.operation.to_string()),
            }
        }
        AttributesCommand::Delete { name, json } => {
            let done = attributes::attribute_delete(session, find(session, name, false).await?.id).await?;
            print_done(&done, *json)
        }
        AttributesCommand::Restore { name, json } => {
            let done = attributes::attribute_restore(session, find(session, name, true).await?.id).await?;
            print_done(&done, *json)
        }
    }
}

/// The attribute with this key or name, among those in the trash or among the others.
async fn find(session: &Session, name: &str, deleted: bool) -> Result<AttributeInfo, Failure> {
    let mut found = attributes::attributes_list(session).await?;
    found.retain(|info| info.deleted == deleted && (info.key == name || info.name.eq_ignore_ascii_case(name.trim())));
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(liaison_app::CommandError::not_found("attribute").into()),
        _ => Err(Failure::usage(&format!("Several attributes are named {name}. Give the key."))),
    }
}
