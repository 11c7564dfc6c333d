//! `cargo xtask bench`

use anyhow::Result;

use crate::display::{self, VirtualDisplay};
use crate::project::Project;
use crate::system::{Need, install_missing};
use crate::{process, ui};

/// Builds everything in release mode and measures; the arguments are the measuring program's own.
///
/// It finds the built app's path in `LIAISON_BIN`, and always a display and a desktop session to open it on.
pub fn bench(project: &Project, arguments: &[String]) -> Result<()> {
    install_missing(&[Need::Build, Need::Window, Need::Bench])?;
    ui::build(project)?;
    process::run(&mut project.cargo(&["build", "--release", "--workspace", "--bin", "liaison"]))?;
    let mut bench = project.cargo(&["run", "--release", "-p", "liaison-bench", "--"]);
    bench.args(arguments);
    let words = process::words(&bench);
    let binary = project.app_binary("release")?;
    if display::is_missing() {
        let display = VirtualDisplay::start(1280, 800)?;
        let mut session = display.session(bench.get_program().as_ref());
        session.args(bench.get_args()).current_dir(&project.root).env("LIAISON_BIN", binary);
        process::run_as(&mut session, &format!("{words} (on display {})", display.name))
    } else {
        process::run_as(bench.env("LIAISON_BIN", binary), &words)
    }
}
