//! What became of the rows of an imported file, every one of them.

use crate::common_arguments::{Answer, Import};
use crate::output::{Failure, say};
use liaison_app::Session;
use liaison_app::import;
use liaison_app::import::{
    DryRun, ImportAnswer, ImportFilter, ImportOpened, ImportOutcome, ImportRow, ImportTarget, PlacedProblem, unwatched,
};
use liaison_domain::{Id, RecordKind};
use serde_json::{Value, json};

/// Rows of a kind that are said one by one.
const MOST_SAID: u32 = 20;

impl From<Answer> for ImportAnswer {
    fn from(answer: Answer) -> ImportAnswer {
        match answer {
            Answer::Update => ImportAnswer::Update,
            Answer::Add => ImportAnswer::Add,
            Answer::Skip => ImportAnswer::Skip,
        }
    }
}

/// Says what to do with rows where the file doesn't say who is meant.
pub async fn answer(session: &Session, opened: u32, given: &Import) -> Result<(), Failure> {
    let answers = [
        (ImportOutcome::NameConflict, given.questions.on_name_conflict),
        (ImportOutcome::PossibleDuplicate, given.questions.on_possible_duplicate),
    ];
    for (about, answer) in answers {
        let Some(answer) = answer else { continue };
        if given.kind != RecordKind::Contact.key() {
            return Err(Failure::usage("Use --on-name-conflict and --on-possible-duplicate only for contacts."));
        }
        import::import_answer(session, opened, about, None, Some(answer.into())).await?;
    }
    Ok(())
}

/// Rows that were left out without anything being wrong with them.
fn skipped(counts: &DryRun) -> u32 {
    counts.skipped + counts.name_conflicts + counts.possible_duplicates
}

/// For scripts. `rows` is the sum of created, updated, unchanged, skipped, failed and blank; `assumed` says how the file
/// was read.
pub fn json(counts: DryRun, operation: Option<Id>, opened: &ImportOpened) -> Value {
    json!({
        "assumed": opened.assumed,
        "left_out": opened.left_out,
        "rows": counts.rows(),
        "created": counts.created,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "skipped": skipped(&counts),
        "failed": counts.failed,
        "blank": counts.blank,
        "skipped_because": {
            "name_conflict": counts.name_conflicts,
            "possible_duplicate": counts.possible_duplicates,
            "other": counts.skipped,
        },
        "employers_created": counts.employers_created,
        "left_out_values": counts.left_out_values,
        "operation": operation,
    })
}

/// For people: the counts, and the rows that need somebody's attention. `written` is where the rows went, where that was
/// no dry run.
pub async fn told(
    session: &Session,
    opened: u32,
    written: Option<ImportTarget>,
    counts: DryRun,
) -> Result<(), Failure> {
    say(&format!(
        "{} rows: {} created, {} updated, {} unchanged, {} skipped, {} failed, {} blank.",
        counts.rows(),
        counts.created,
        counts.updated,
        counts.unchanged,
        skipped(&counts),
        counts.failed,
        counts.blank
    ));
    if counts.name_conflicts + counts.possible_duplicates + counts.left_out_values == 0 {
        return Ok(());
    }
    // After the import the same rows still have the same questions.
    if let Some(target) = written {
        import::import_dry_run(session, opened, target, &mut unwatched).await?;
    }
    let conflicts =
        "have the email of a contact with another name. To import them, use --on-name-conflict update or add:";
    said(session, opened, ImportFilter::NameConflict, counts.name_conflicts, conflicts).await?;
    let likely =
        "are very likely contacts you already have. To import them, use --on-possible-duplicate update or add:";
    said(session, opened, ImportFilter::PossibleDuplicate, counts.possible_duplicates, likely).await?;
    let left_out = "have values that can’t be imported; everything else in these rows is imported:";
    said(session, opened, ImportFilter::LeftOutValues, counts.left_out_values, left_out).await
}

async fn said(session: &Session, opened: u32, filter: ImportFilter, count: u32, what: &str) -> Result<(), Failure> {
    if count == 0 {
        return Ok(());
    }
    say(&format!("{count} rows {what}"));
    let found = import::import_rows(session, opened, Some(filter), 0, MOST_SAID).await?;
    for ImportRow { row, name, email, problems, left_out, .. } in &found.rows {
        let problems = if filter == ImportFilter::LeftOutValues { left_out } else { problems };
        let english = |problem: &PlacedProblem| problem.in_english(&session.registry());
        let reasons: Vec<String> = problems.iter().map(english).collect();
        say(&format!("  row {row}: {name} <{email}>: {}", reasons.join("; ")));
    }
    let more = found.total.saturating_sub(MOST_SAID);
    if more > 0 {
        say(&format!("  and {more} more. To save them all, use --errors FILE."));
    }
    Ok(())
}
