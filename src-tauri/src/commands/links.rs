//! Links that leave the window: mail, telephone and web addresses, handed to the system.

use liaison_app::CommandError;
use liaison_domain::refusal::{FieldProblem, Problem};

/// What may be handed on. Anything else could start programs.
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

/// Opens a link with the program the system has for it.
#[tauri::command]
#[specta::specta]
pub fn link_open(link: String) -> Result<(), CommandError> {
    if !SCHEMES.iter().any(|scheme| link.starts_with(scheme)) || link.chars().any(char::is_control) {
        return Err(CommandError::Validation {
            fields: vec![FieldProblem { field: "link".into(), problem: Problem::NotAUrl }],
        });
    }
    open::that_detached(link).map_err(CommandError::internal)
}
