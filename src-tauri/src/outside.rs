//! What is around the shell: the window that is told of things, and the system's dialogs. Commands reach both through
//! the shell and name no runtime, so that the same commands run where nothing is drawn.

use crate::events::News;
use tauri::{AppHandle, Manager as _, Runtime};
use tauri_plugin_dialog::{DialogExt as _, FilePath};
use tauri_specta::Event as _;

/// The window's label; the commands it may call are permitted to this label alone.
pub const MAIN: &str = "main";

/// What a dialog of the system asks.
pub enum Question {
    /// For a file that is there.
    Which {
        /// What the dialog calls its kinds.
        format: String,
        /// Their endings.
        extensions: Vec<String>,
    },
    /// Where to write.
    Where {
        /// The name that is offered.
        name: String,
        /// What the dialog calls its kind.
        format: String,
        /// Its ending.
        extension: String,
    },
    /// For a folder.
    Folder,
}

/// Takes what was answered; none where the person thought better.
pub type Answer = Box<dyn FnOnce(Option<FilePath>) + Send>;

/// The app, as the shell `S` sees it.
pub trait Outside<S>: Send + Sync {
    /// The shell itself, for what goes on after the command that began it.
    fn shell(&self) -> &S;

    /// Tells the window. A window that can't be told does not stop the work.
    fn tell(&self, news: News);

    /// Asks the person.
    fn ask(&self, question: Question, answer: Answer);

    /// Shows what is in the window larger or smaller: 1.0 is its usual size.
    fn zoom(&self, factor: f64) -> tauri::Result<()>;
}

impl<R: Runtime, S: Send + Sync + 'static> Outside<S> for AppHandle<R> {
    fn shell(&self) -> &S {
        self.state::<S>().inner()
    }

    fn tell(&self, news: News) {
        let told = match news {
            News::Changed(changed) => changed.emit(self),
            News::Locked(locked) => locked.emit(self),
            News::FileGiven(file) => file.emit(self),
            News::Dragged(drag) => drag.emit(self),
        };
        if let Err(error) = told {
            tracing::warn!("telling the window: {error}");
        }
    }

    fn ask(&self, question: Question, answer: Answer) {
        let dialog = self.dialog().file();
        match question {
            Question::Which { format, extensions } => {
                let extensions: Vec<&str> = extensions.iter().map(String::as_str).collect();
                dialog.add_filter(format, &extensions).pick_file(answer);
            }
            Question::Where { name, format, extension } => {
                dialog.add_filter(format, &[extension.as_str()]).set_file_name(name).save_file(answer);
            }
            Question::Folder => dialog.pick_folder(answer),
        }
    }

    fn zoom(&self, factor: f64) -> tauri::Result<()> {
        self.get_webview_window(MAIN).map_or(Ok(()), |window| window.set_zoom(factor))
    }
}
