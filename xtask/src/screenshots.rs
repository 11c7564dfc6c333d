//! `cargo xtask screenshots`: the pictures of the documentation, taken of the real window.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::conditions::{Conditions, FIXED_SEED};
use crate::display::VirtualDisplay;
use crate::process;
use crate::project::Project;
use crate::steps::Steps;
use crate::system::{Need, install_missing};
use crate::test::prepare;

/// When and where the pictures are taken, so that the same screen gives the same picture.
const WHEN: [&str; 4] = ["--at", "2026-09-16 14:20", "--zone", "America/New_York"];

/// So many colors are enough for a screen; the files are a third as large.
const COLORS: &str = "200";

/// Takes all pictures and puts them into docs/screenshots.
pub fn screenshots(project: &Project) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("the pictures are taken of WebKitGTK, which is on Linux only");
    }
    prepare(project, &mut Steps::default())?;
    install_missing(&[Need::Window, Need::Drive, Need::Clock])?;
    process::run(&mut project.cargo(&["build", "--workspace", "--bins", "--tests", "--examples"]))?;
    let mut conditions = Conditions::parse(&WHEN.map(str::to_owned))?;
    conditions.prepare()?;
    let display = VirtualDisplay::start(1280, 800)?;
    let journeys =
        ["test", "--workspace", "--test", "window", "--", "--test-threads=1", "--ignored", "screenshots::every_screen"];
    let cargo = project.cargo(&journeys);
    let mut session = display.session(cargo.get_program().as_ref());
    session.args(cargo.get_args()).current_dir(&project.root).env("LIAISON_BIN", project.app_binary("debug")?);
    conditions.apply_to_cargo(&mut session, FIXED_SEED);
    process::run_as(&mut session, &process::words(&cargo))?;
    let taken = place(&project.root.join("screenshots"), &project.root.join("docs/screenshots"))?;
    println!("{taken} pictures are in docs/screenshots.");
    Ok(())
}

/// Puts what the journey took, `docs-<name>-<look>.png`, where the documentation has it. How many that was.
fn place(from: &Path, to: &Path) -> Result<usize> {
    let mut taken = 0;
    for entry in std::fs::read_dir(from).with_context(|| format!("no pictures in {}", from.display()))? {
        let picture = entry?.path();
        let name = picture.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_prefix("docs-"));
        let Some(name) = name.filter(|name| name.ends_with(".png")) else { continue };
        let mut convert = Command::new("convert");
        convert.arg(&picture).args(["-strip", "+dither", "-colors", COLORS]);
        process::run(convert.arg(format!("PNG8:{}", to.join(name).display())))?;
        std::fs::remove_file(&picture)?;
        taken += 1;
    }
    Ok(taken)
}
