//! Links that leave the window: mail, telephone and web addresses, handed to the system.

use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_domain::refusal::{FieldProblem, Problem};
use tauri::State;

/// What may be handed on. Anything else could start programs.
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

/// Longest link that is handed on, in bytes; systems take at least so much on a command line.
const LONGEST: usize = 8192;

/// Opens a link with the program the system has for it.
#[tauri::command]
#[specta::specta]
pub fn link_open(shell: State<'_, Shell>, link: String) -> Result<(), CommandError> {
    // What a link says comes from the desk; while that is locked, nothing of it leaves the window.
    shell.session()?;
    if !may_be_opened(&link) {
        return Err(CommandError::Validation {
            fields: vec![FieldProblem { field: "link".into(), problem: Problem::NotAUrl }],
        });
    }
    open::that_detached(link).map_err(CommandError::internal)
}

/// Whether the link is one of those the desk shows. A mail link is an address alone: some mail programs attach files that
/// its other parts name.
fn may_be_opened(link: &str) -> bool {
    let is_mail_with_more = link.starts_with("mailto:") && link.contains('?');
    SCHEMES.iter().any(|scheme| link.starts_with(scheme))
        && link.len() <= LONGEST
        && !is_mail_with_more
        && !link.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_phone_and_web_links_may_be_opened_and_nothing_else() {
        for link in ["mailto:a@b.example", "tel:+15550100", "https://b.example/?a=1#b", "http://b.example"] {
            assert!(may_be_opened(link), "{link}");
        }
        let long = format!("https://b.example/{}", "a".repeat(LONGEST));
        for link in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "smb://b.example/share",
            "ms-msdt:/id",
            "-h",
            "https:b.example",
            "https://b.example/\n",
            "mailto:a@b.example?attach=/etc/passwd",
            &long,
        ] {
            assert!(!may_be_opened(link), "{link}");
        }
    }
}
