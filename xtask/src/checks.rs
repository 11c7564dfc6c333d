//! Checks that need nothing but the files of the repository.

pub mod advisories;
pub mod architecture;
pub mod claims;
pub mod crates;
pub mod house;
pub mod licence;
pub mod npm;
pub mod structure;

use anyhow::{Result, bail};

/// Fails with all problems at once, each on a line.
fn none(problems: &[String]) -> Result<()> {
    if problems.is_empty() { Ok(()) } else { bail!("\n  {}", problems.join("\n  ")) }
}
