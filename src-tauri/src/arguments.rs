//! A limit on what the page may hand to a command, before anything is done with it.

use liaison_app::CommandError;
use liaison_domain::limits;
use tauri::ipc::{Invoke, InvokeBody};

/// A handler of commands that refuses arguments longer than any command needs.
pub fn limited<R: tauri::Runtime>(
    handler: impl Fn(Invoke<R>) -> bool + Send + Sync + 'static,
) -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    move |invoke| {
        let checked = match invoke.message.payload() {
            InvokeBody::Json(arguments) => limits::arguments(arguments),
            // No command takes bytes.
            InvokeBody::Raw(_) => Ok(()),
        };
        match checked {
            Ok(()) => handler(invoke),
            Err(problem) => {
                invoke.resolver.reject(CommandError::Validation { fields: vec![problem] });
                true
            }
        }
    }
}
