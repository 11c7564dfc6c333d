//! `cargo xtask hub`

use anyhow::Result;

use crate::process;
use crate::project::Project;
use crate::system::{Need, install_missing};

/// Runs the hub; the arguments are the program's own, for example `serve`. Without any it is tried out, on a PostgreSQL
/// of its own.
pub fn hub(project: &Project, arguments: &[String]) -> Result<()> {
    let arguments = if arguments.is_empty() { &["try".to_owned()][..] } else { arguments };
    if arguments.first().is_some_and(|first| first == "try") {
        install_missing(&[Need::Hub])?;
    }
    let mut cargo = project.cargo(&["run", "--quiet", "-p", "liaison-hub", "--"]);
    process::run(cargo.args(arguments))
}
