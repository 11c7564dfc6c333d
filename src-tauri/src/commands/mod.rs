//! The commands of the window, one file per feature. Each takes what the window gives, calls one use case and hands
//! its answer back; build.rs finds them here and registers them.

pub mod activities;
pub mod archive;
pub mod backup;
pub mod bulk;
pub mod claims;
pub mod contacts;
pub mod duplicates;
pub mod employers;
pub mod export;
pub mod fields;
pub mod history;
pub mod home;
pub mod import;
pub mod institution;
pub mod integrity;
pub mod invitations;
pub mod links;
pub mod lists;
pub mod mail;
pub mod merge;
pub mod notes;
pub mod records;
pub mod staff;
pub mod start;
pub mod students;
pub mod sync;
pub mod trash;
pub mod users;
pub mod views;
pub mod window;

#[cfg(test)]
mod tests {
    /// Commands that answer while the desk is locked, and why that is right.
    const OPEN: &[(&str, &str)] = &[
        ("app_state", "where the app stands; of the desk only once it is open"),
        ("setup_create", "there is no desk yet"),
        ("unlock", "asks for the passcode"),
        ("recovery_administrators", "asks for the recovery key"),
        ("recover", "asks for the recovery key"),
        ("sync_join", "there is no desk yet; asks for a code"),
        ("schema", "which fields there are; custom attributes only once the desk is open"),
        ("presence", "says nothing"),
        ("lock", "locks"),
        ("desk_permissions", "what a role can permit; nothing of the desk"),
        ("portal_permissions", "what a role can permit; nothing of the desk"),
        ("role_preview", "what a role that is drawn up would permit"),
        ("staff_role_preview", "what a role that is drawn up would permit"),
        ("window_zoom", "how large the window shows what it shows"),
        ("backup_look_search", "of a backup that a passcode opened"),
        ("backup_look_close", "says nothing"),
    ];

    /// Every command with its text, as `build.rs` finds them.
    fn commands() -> Vec<(String, String)> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri/src/commands");
        let mut found = Vec::new();
        for file in std::fs::read_dir(folder).expect("the folder of commands") {
            let text = std::fs::read_to_string(file.expect("a file").path()).expect("its text");
            for part in text.split("#[tauri::command").skip(1) {
                let (_, function) = part.split_once(" fn ").expect("a function");
                let (body, _) = function.split_once("\n}\n").expect("its end");
                let name = body.split(['(', '<']).next().unwrap_or_default();
                found.push((name.to_owned(), body.to_owned()));
            }
        }
        found
    }

    #[test]
    fn while_the_desk_is_locked_no_other_command_answers() {
        let commands = commands();
        assert!(commands.len() > 150, "{}", commands.len());
        let asks = |body: &str| body.contains("shell.session()?");
        let silent: Vec<&str> =
            commands.iter().filter(|(_, body)| !asks(body)).map(|(name, _)| name.as_str()).collect();
        let mut open: Vec<&str> = OPEN.iter().map(|(name, _)| *name).collect();
        let mut found = silent.clone();
        open.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, open, "commands that don't ask whether the desk is open");
    }
}
