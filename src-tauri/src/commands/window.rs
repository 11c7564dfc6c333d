//! The window itself.

use crate::shell::Shell;
use liaison_app::CommandError;
use tauri::State;

/// What the window can be zoomed to, in percent.
const ZOOM: std::ops::RangeInclusive<u16> = 50..=300;

/// Shows everything in the window larger or smaller, in percent of its usual size, from 50 to 300; what lies beyond is
/// brought to the nearer end. Answers while nothing is open, too: the passcode is typed in this size.
#[tauri::command]
#[specta::specta]
pub fn window_zoom(shell: State<'_, Shell>, percent: u16) -> Result<(), CommandError> {
    let factor = f64::from(percent.clamp(*ZOOM.start(), *ZOOM.end())) / 100.0;
    shell.outside().map_or(Ok(()), |outside| outside.zoom(factor)).map_err(CommandError::internal)
}
