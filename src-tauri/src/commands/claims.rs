//! Employers that somebody only claimed, and the domains of employers.

use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::claims::{self, Claim, Evidence};
use liaison_app::step::Done;
use liaison_domain::Id;
use tauri::State;

/// What is known of a contact beside what it says.
#[tauri::command]
#[specta::specta]
pub async fn contact_evidence(shell: State<'_, Shell>, id: Id) -> Result<Evidence, CommandError> {
    claims::contact_evidence(&shell.session()?, id).await
}

/// What a claimed employer may be.
#[tauri::command]
#[specta::specta]
pub async fn employer_claim(shell: State<'_, Shell>, id: Id) -> Result<Option<Claim>, CommandError> {
    claims::employer_claim(&shell.session()?, id).await
}

/// Says that a claimed employer is what it is called.
#[tauri::command]
#[specta::specta]
pub async fn employer_confirm(shell: State<'_, Shell>, id: Id) -> Result<Done, CommandError> {
    claims::employer_confirm(&shell.session()?, id).await
}

/// Domains that an employer may have.
#[tauri::command]
#[specta::specta]
pub async fn employer_domains_suggested(shell: State<'_, Shell>, id: Id) -> Result<Vec<String>, CommandError> {
    claims::employer_domains_suggested(&shell.session()?, id).await
}
