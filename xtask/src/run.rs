//! `cargo xtask run`

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::display::{self, InSession, VirtualDisplay};
use crate::hub::PortalToTry;
use crate::project::Project;
use crate::system::{Need, install_missing};
use crate::{process, ui};

/// What was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Built as it is delivered; slower to build, faster to use.
    release: bool,
    /// On a virtual display: leave the app open after the picture.
    stay: bool,
    /// A desk that is connected to a hub, both to try, with the hub's portal and its mail server.
    with_hub: bool,
    /// For the app.
    app: Vec<String>,
}

impl Options {
    /// Reads the arguments; everything after `--` is the app's.
    ///
    /// # Errors
    /// When an argument is not ours.
    pub fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--release" => options.release = true,
                "--stay" => options.stay = true,
                "--with-hub" => options.with_hub = true,
                "--" => options.app = rest.by_ref().cloned().collect(),
                other => {
                    bail!(
                        "`cargo xtask run` knows --release, --stay and --with-hub, not `{other}`; the app's own come after --"
                    )
                }
            }
        }
        Ok(options)
    }
}

/// From a fresh clone to the open window.
pub fn run(project: &Project, options: &Options) -> Result<()> {
    let without_display = display::is_missing();
    let mut needs = vec![Need::Build];
    if without_display {
        needs.push(Need::Window);
    }
    if options.with_hub {
        needs.extend([Need::Hub, Need::Mail]);
        if without_display {
            needs.push(Need::Browse);
        }
    }
    // Both first: whoever lacks Node should hear it before the first download.
    ui::check_node()?;
    install_missing(&needs)?;
    ui::build(project)?;
    // The workspace, because tests build it so, too: what both need is compiled once.
    let mut build = vec!["build", "--workspace", "--bin", "liaison"];
    if options.release {
        build.push("--release");
    }
    process::run(&mut project.cargo(&build))?;
    let app = project.app_binary(if options.release { "release" } else { "debug" })?;
    // It ends when this function does.
    let hub = if options.with_hub { Some(PortalToTry::start(project)?) } else { None };
    let environment = hub.as_ref().map(PortalToTry::environment).unwrap_or_default();
    if without_display {
        if let Some(hub) = &hub {
            let picture = project.root.join("screenshots/run-portal.png");
            hub.picture(&picture)?;
            println!("\nWhat employers see first: {}", picture.display());
        }
        on_virtual_display(project, &app, options, &environment)
    } else {
        process::run(Command::new(app).args(&options.app).envs(environment))
    }
}

fn on_virtual_display(project: &Project, app: &Path, options: &Options, environment: &[(&str, String)]) -> Result<()> {
    let display = VirtualDisplay::start(1280, 800)?;
    println!(
        "\nThere is no display here (DISPLAY and WAYLAND_DISPLAY are not set), so Liaison opens on a virtual one, {}.",
        display.name
    );
    let mut session = InSession::start(&display, app, &options.app, environment)?;
    let picture = project.root.join("screenshots/run.png");
    display.picture_when_ready(&mut session.leader, &picture, Duration::from_secs(60))?;
    println!("Its window is open. What it shows: {}", picture.display());
    if options.stay {
        println!(
            "It stays open until it is closed or Ctrl+C is pressed. To look again: DISPLAY={} import -window root look.png",
            display.name
        );
        session.leader.wait()?;
    } else {
        println!("Closed again; `cargo xtask run --stay` leaves it open.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments() {
        let parse = |words: &[&str]| Options::parse(&words.iter().map(ToString::to_string).collect::<Vec<_>>());
        let options = parse(&["--release", "--with-hub", "--", "--stay", "file.csv"]).expect("all known");
        assert!(options.release && options.with_hub && !options.stay);
        assert_eq!(options.app, ["--stay", "file.csv"]);
        assert!(parse(&["--fast"]).is_err());
    }
}
