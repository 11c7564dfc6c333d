//! Likely duplicates and merging, from a terminal.

use crate::output::print_done;
use crate::output::{Failure, print_json, print_line, say};
use clap::Args;
use liaison_app::Session;
use liaison_app::duplicates::LEAST;
use liaison_app::import::unwatched;
use liaison_app::merge::FieldChoices;
use liaison_app::{duplicates, merge};
use liaison_domain::{Id, RecordKind};

#[derive(Args)]
pub struct Duplicates {
    /// Maximum number of pairs, most likely first
    #[arg(long, default_value_t = 1000)]
    pub limit: usize,
    /// Only pairs with at least this probability, from 0 to 1
    #[arg(long, default_value_t = LEAST)]
    pub min_score: f64,
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct Merge {
    /// The record to keep
    pub survivor: Id,
    /// The records to merge into it
    #[arg(required = true)]
    pub others: Vec<Id>,
    /// FIELD=ID: take this field’s value from that record; can be repeated
    #[arg(long, value_parser = choice)]
    pub set: Vec<(String, Id)>,
    /// Kind of record: contact or employer
    #[arg(long, default_value = "contact", value_parser = kind)]
    pub kind: RecordKind,
    /// Only show what would happen (JSON)
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long)]
    pub json: bool,
}

fn choice(text: &str) -> Result<(String, Id), String> {
    let (field, id) = text.split_once('=').ok_or("write FIELD=ID, for example email=0190…")?;
    let id = id.trim().parse().map_err(|_| format!("{id} isn’t a record id"))?;
    Ok((field.trim().to_owned(), id))
}

fn kind(key: &str) -> Result<RecordKind, String> {
    match RecordKind::from_key(key) {
        Some(kind @ (RecordKind::Contact | RecordKind::Employer)) => Ok(kind),
        _ => Err("use contact or employer".to_owned()),
    }
}

/// Compares all contacts and prints the pairs that may be one person.
pub async fn duplicates(session: &Session, duplicates: &Duplicates) -> Result<(), Failure> {
    let found = duplicates::duplicates_find(session, Some(duplicates.min_score), &mut unwatched).await?;
    let pairs = duplicates::duplicates_pairs(session, duplicates.min_score, duplicates.limit).await?;
    say(&format!("Compared {} contacts. Possible duplicates: {} pairs.", found.compared, pairs.len()));
    if duplicates.json {
        return print_json(&pairs);
    }
    for pair in pairs {
        let [one, other] = &pair.contacts;
        let agree = pair.evidence.iter().filter(|reason| reason.weight > 0.0);
        let agree: Vec<&str> = agree.map(|reason| reason.column.as_str()).collect();
        print_line(&format!(
            "{:.3}\t{}\t{}\t{}\t{}\t{}",
            pair.score,
            one.id,
            one.name,
            other.id,
            other.name,
            agree.join(", ")
        ))?;
    }
    Ok(())
}

/// Merges contacts or employers.
pub async fn merge(session: &Session, merge: &Merge) -> Result<(), Failure> {
    let choices: FieldChoices = merge.set.iter().cloned().collect();
    if merge.dry_run {
        return print_json(&merge::merge_preview(session, merge.kind, merge.survivor, &merge.others, &choices).await?);
    }
    let done = match merge.kind {
        RecordKind::Employer => merge::employers_merge(session, merge.survivor, &merge.others, &choices).await?,
        _ => merge::contacts_merge(session, merge.survivor, &merge.others, &choices).await?,
    };
    say(&format!("{} merged into {}.", done.changed, merge.survivor));
    print_done(&done, merge.json)
}
