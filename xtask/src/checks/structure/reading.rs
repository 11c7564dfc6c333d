//! Use cases read through a view of whoever looks (docs/decisions/reading.md); the database itself is for a few files.

use proc_macro2::{TokenStream, TokenTree};

/// The crates with use cases.
const USE_CASES: [&str; 6] =
    ["crates/app", "crates/duplicates", "crates/history", "crates/import", "crates/mailing", "crates/protection"];

/// The files among them that come to the database itself, and why.
const MAY: [(&str, &str); 20] = [
    ("crates/app/src/erasure.rs", "writes the file anew"),
    ("crates/app/src/note_drafts.rs", "keeps on this device what somebody has typed"),
    ("crates/app/src/rehearsal.rs", "runs an operation and takes it back"),
    ("crates/app/src/start.rs", "lets people in"),
    ("crates/app/src/trash/purge.rs", "empties the trash in the background, whoever is there"),
    ("crates/import/src/open.rs", "keeps on this device what columns were"),
    ("crates/mailing/src/invitees/clock.rs", "keeps on this device what the clock showed"),
    ("crates/mailing/src/mail/outbox.rs", "moves messages of this device"),
    ("crates/mailing/src/mail/outreach.rs", "puts messages into the outbox of this device"),
    ("crates/mailing/src/mail/sending.rs", "sends in the background, whoever is there"),
    ("crates/mailing/src/mail/settings.rs", "keeps the settings of this device"),
    ("crates/protection/src/backup/list.rs", "backups have all there is"),
    ("crates/protection/src/backup/make.rs", "backups have all there is"),
    ("crates/protection/src/backup/opened.rs", "backups have all there is"),
    ("crates/protection/src/backup/restore.rs", "backups have all there is"),
    ("crates/protection/src/backup/schedule.rs", "backups have all there is"),
    ("crates/protection/src/backup/settings.rs", "keeps the settings of this device"),
    ("crates/protection/src/recovery.rs", "lets people in"),
    ("crates/protection/src/security.rs", "keeps the settings of this device"),
    ("crates/protection/src/verify.rs", "checks all there is"),
];

/// What is wrong with a file, if anything is.
pub fn problem(package: &str, file: &str, text: &str) -> Option<String> {
    let path = format!("{package}/src/{file}");
    if !USE_CASES.contains(&package) || MAY.iter().any(|(may, _)| *may == path) {
        return None;
    }
    // What isn't Rust is refused where it is read for its names.
    let asks = text.parse().is_ok_and(asks);
    asks.then(|| format!("{path} reads past whoever looks: use `session.read(|view| …)`, not `.database()`"))
}

/// Whether a method `database` is called anywhere.
fn asks(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let called = tokens.windows(3).any(|three| match three {
        [TokenTree::Punct(dot), TokenTree::Ident(name), TokenTree::Group(_)] => {
            dot.as_char() == '.' && name == "database"
        }
        _ => false,
    });
    called || tokens.into_iter().any(|token| matches!(token, TokenTree::Group(group) if asks(group.stream())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_are_listed_come_to_the_database() {
        let text = "/// .database()\nfn f(s: &Session) { g(s.engine()\n.database()); }";
        assert!(problem("crates/app", "notes.rs", text).is_some());
        assert_eq!(problem("crates/app", "erasure.rs", text), None);
        assert_eq!(problem("crates/engine", "lists.rs", text), None);
        assert_eq!(problem("crates/app", "notes.rs", "fn database() { database(\".database()\") }"), None);
    }

    #[test]
    fn what_is_listed_is_so_for_a_reason() {
        assert!(MAY.iter().all(|(path, why)| !why.is_empty() && USE_CASES.iter().any(|known| path.starts_with(known))));
    }
}
