//! Known weaknesses of crates: a copy of the RustSec database in this repository, so that looking needs no network.

pub mod copy;
mod database;
pub mod exceptions;

use std::path::Path;

use anyhow::{Context, Result};

use crate::project::Project;

/// `cargo xtask advisories PATH`: writes the copy anew from a clone of <https://github.com/rustsec/advisory-db>.
///
/// # Errors
/// Where the folder is no clone of it, or an advisory can't be read; nothing is written then.
pub fn take(project: &Project, database: &Path) -> Result<()> {
    let copy = database::read(database)?;
    let file = project.root.join(copy::FILE);
    std::fs::write(&file, copy.to_text()).with_context(|| format!("writing {}", file.display()))?;
    println!(
        "{} has {} advisories of {}, commit {}",
        copy::FILE,
        copy.advisories.len(),
        copy.source.day(),
        copy.source.commit
    );
    Ok(())
}
