//! Home.

use crate::shell::Shell;
use liaison_app::CommandError;
use liaison_app::home::{self, HomeCharts, HomeFigure, HomeSetup};
use tauri::State;

/// The numbers on Home, each with the list it counts.
#[tauri::command]
#[specta::specta]
pub async fn home_figures(shell: State<'_, Shell>) -> Result<Vec<HomeFigure>, CommandError> {
    home::home_figures(&shell.session()?).await
}

/// How the queue, approvals, accounts and caseloads are spread.
#[tauri::command]
#[specta::specta]
pub async fn home_charts(shell: State<'_, Shell>) -> Result<HomeCharts, CommandError> {
    home::home_charts(&shell.session()?).await
}

/// What is still to be set up.
#[tauri::command]
#[specta::specta]
pub async fn home_setup(shell: State<'_, Shell>) -> Result<HomeSetup, CommandError> {
    home::home_setup(&shell.session()?).await
}
