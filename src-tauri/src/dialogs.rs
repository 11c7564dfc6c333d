//! The system's dialogs for files, asked from here and not by the page.

use crate::outside::Question;
use crate::shell::Shell;
use liaison_app::CommandError;
use std::path::PathBuf;
use tokio::sync::oneshot;

/// Asks for a file to read; `format` and `extensions` are what the dialog offers. None where the person thought better.
pub async fn ask_which(shell: &Shell, (format, extensions): (&str, &[&str])) -> Result<Option<PathBuf>, CommandError> {
    let extensions = extensions.iter().map(|&extension| extension.to_owned()).collect();
    ask(shell, Question::Which { format: format.to_owned(), extensions }).await
}

/// Asks where to write a file of this name; `format` and `extension` are what the dialog offers.
pub async fn ask_where(
    shell: &Shell,
    name: &str,
    (format, extension): (&str, &str),
) -> Result<Option<PathBuf>, CommandError> {
    let question =
        Question::Where { name: name.to_owned(), format: format.to_owned(), extension: extension.to_owned() };
    Ok(ask(shell, question).await?.map(|mut path| {
        // Some dialogs leave the ending to the program.
        if path.extension().is_none() {
            path.set_extension(extension);
        }
        path
    }))
}

/// Asks for a folder. None where the person thought better.
pub async fn ask_folder(shell: &Shell) -> Result<Option<PathBuf>, CommandError> {
    ask(shell, Question::Folder).await
}

async fn ask(shell: &Shell, question: Question) -> Result<Option<PathBuf>, CommandError> {
    #[cfg(debug_assertions)]
    if let Some(answer) = scripted::answer() {
        return answer.map_err(CommandError::internal);
    }
    let (answer, chosen) = oneshot::channel();
    // Without an app around it nobody can be asked, which is as if they thought better.
    let Some(outside) = shell.outside() else { return Ok(None) };
    outside.ask(question, Box::new(move |path| drop(answer.send(path))));
    chosen.await.ok().flatten().map(|path| path.into_path().map_err(CommandError::internal)).transpose()
}

/// Answers for journeys and component tests: nothing that drives a page can use the system's dialogs. Never part of what is released.
#[cfg(debug_assertions)]
mod scripted {
    use std::io;
    use std::path::{Path, PathBuf};

    /// Names a file whose first line answers the next dialog and is then gone; an empty line is "Cancel".
    const ANSWERS: &str = "LIAISON_DIALOG_ANSWERS";

    /// The answer to this dialog, where dialogs are answered; an error where there are no answers left.
    pub fn answer() -> Option<io::Result<Option<PathBuf>>> {
        let file = std::env::var_os(ANSWERS)?;
        Some(take_line(Path::new(&file)))
    }

    fn take_line(file: &Path) -> io::Result<Option<PathBuf>> {
        let text = std::fs::read_to_string(file)?;
        let (line, rest) = text.split_once('\n').ok_or_else(|| io::Error::other("no answers are left"))?;
        std::fs::write(file, rest)?;
        Ok((!line.is_empty()).then(|| line.into()))
    }
}
